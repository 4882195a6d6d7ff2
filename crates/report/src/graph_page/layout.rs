//! Where the states of a graph stand: the status quo at the left, others by how many moves they are from it.

use detente_conflict_graph::study::Study;

/// A state that is drawn.
pub(super) struct Place {
    /// Its position among the shown states.
    pub state: usize,
    /// The column, from the left.
    pub column: usize,
    /// The row in it.
    pub row: usize,
}

/// A move that is drawn.
pub(super) struct Arrow {
    /// Positions among the places.
    pub from: usize,
    pub to: usize,
    /// Who moves.
    pub actor: usize,
}

/// A graph on its grid.
pub(super) struct Layout {
    pub places: Vec<Place>,
    pub arrows: Vec<Arrow>,
    pub columns: usize,
    pub rows: usize,
    /// The first column of states that no improvements lead to.
    pub apart: Option<usize>,
}

/// Most states that are drawn.
const MOST: usize = 48;
/// How often the order within columns is improved.
const SWEEPS: usize = 6;

/// The layout; none where there is nothing to draw.
pub(super) fn layout(study: &Study) -> Option<Layout> {
    let states = &study.states;
    let position = |number: usize| states.binary_search_by_key(&number, |s| s.number).ok();
    let gains: Vec<Vec<(usize, usize)>> = states
        .iter()
        .map(|state| {
            let gains = state.moves.iter().filter(|step| step.gain);
            gains
                .filter_map(|step| Some((step.actor, position(step.to)?)))
                .collect()
        })
        .collect();
    let start = study.today.and_then(position);
    let mut column: Vec<Option<usize>> = vec![None; states.len()];
    let mut front: Vec<usize> = start.into_iter().collect();
    let mut depth = 0;
    while !front.is_empty() {
        for state in &front {
            column[*state] = Some(depth);
        }
        let mut next: Vec<usize> = front
            .iter()
            .flat_map(|state| gains[*state].iter().map(|(_, to)| *to))
            .filter(|to| column[*to].is_none())
            .collect();
        next.sort_unstable();
        next.dedup();
        front = next;
        depth += 1;
    }
    // Whatever improvements do not lead to stands apart, at the right.
    let apart = depth;
    let mut kept: Vec<usize> = (0..states.len()).collect();
    if kept.len() > MOST {
        kept.retain(|s| {
            let last = states[*s].equilibrium.contains(&true);
            last || column[*s].is_some() || study.about.contains(&states[*s].number)
        });
        kept.sort_by_key(|s| column[*s].unwrap_or(apart));
        kept.truncate(MOST);
    }
    let left: Vec<usize> = kept
        .iter()
        .copied()
        .filter(|s| column[*s].is_none())
        .collect();
    // Many that stand apart fill several columns.
    let tall = (kept.len() as f64).sqrt().ceil() as usize + 2;
    for (k, state) in left.iter().enumerate() {
        column[*state] = Some(apart + k / tall);
    }
    let columns = kept.iter().filter_map(|s| column[*s]).max()? + 1;
    let mut grid: Vec<Vec<usize>> = vec![Vec::new(); columns];
    kept.sort_unstable();
    for state in &kept {
        grid[column[*state].unwrap_or(apart)].push(*state);
    }
    order(&mut grid, &gains, states.len());
    let rows = grid.iter().map(Vec::len).max().unwrap_or(1);
    let places: Vec<Place> = (grid.iter().enumerate())
        .flat_map(|(column, states)| {
            states.iter().enumerate().map(move |(row, state)| Place {
                state: *state,
                column,
                row,
            })
        })
        .collect();
    let place = |state: usize| places.iter().position(|place| place.state == state);
    let mut arrows = Vec::new();
    for (from, at) in places.iter().enumerate() {
        for (actor, to) in &gains[at.state] {
            if let Some(to) = place(*to) {
                arrows.push(Arrow {
                    from,
                    to,
                    actor: *actor,
                });
            }
        }
    }
    Some(Layout {
        apart: (!left.is_empty()).then_some(apart),
        places,
        arrows,
        columns,
        rows,
    })
}

/// Orders each column by where its neighbours stand (Sugiyama, Tagawa and Toda 1981: barycentres).
fn order(grid: &mut [Vec<usize>], gains: &[Vec<(usize, usize)>], states: usize) {
    for _ in 0..SWEEPS {
        let mut height = vec![None; states];
        for column in grid.iter() {
            let tall = column.len() as f64;
            for (row, state) in column.iter().enumerate() {
                height[*state] = Some((row as f64 + 0.5) / tall);
            }
        }
        for column in grid.iter_mut() {
            let middle = |state: usize| {
                let out = gains[state].iter().map(|(_, to)| *to);
                let into = (0..states).filter(|s| gains[*s].iter().any(|(_, to)| *to == state));
                let near: Vec<f64> = out.chain(into).filter_map(|s| height[s]).collect();
                match near.len() {
                    0 => height[state].unwrap_or(0.5),
                    n => near.iter().sum::<f64>() / n as f64,
                }
            };
            let keys: Vec<(f64, usize)> = column.iter().map(|s| (middle(*s), *s)).collect();
            let mut sorted = keys;
            sorted.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
            *column = sorted.into_iter().map(|(_, state)| state).collect();
        }
    }
}
