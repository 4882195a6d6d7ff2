//! Stability for preferences and moves of any kind, and for coalitions: relations between states as rows of bits.

use crate::bits::{StateSet, Table, ones};
use crate::concept::{Concept, Countermoves, Reading, Settings};
use crate::conflict::{Conflict, MOST_LISTED};
use crate::error::GraphError;
use crate::judge;
use crate::relation::Relation;

/// An actor, or several that move and judge together.
pub(crate) struct Player {
    /// All states that it reaches: a coalition by sequences in which no member moves twice in a row.
    moves: Table,
    /// Those that may be expected of it as an answer.
    credible: Table,
    /// Those that it would like to go to: a coalition, if every member would.
    tempting: Table,
    /// From each state, the states that would deter it: a coalition, if they deter one of its members.
    hurtful: Table,
}

/// # Errors
/// The conflict is too large for rows of bits.
pub(crate) fn check_size(conflict: &Conflict) -> Result<(), GraphError> {
    if conflict.size() <= MOST_LISTED {
        return Ok(());
    }
    Err(GraphError::TooMany {
        what: "states of a conflict with coalitions or with preferences that are no complete order"
            .to_owned(),
        found: conflict.size(),
        limit: MOST_LISTED,
        mend: "rule out more states, or give complete preferences and ask about single actors",
    })
}

impl Player {
    /// The player of these members.
    pub fn new(conflict: &Conflict, members: &[usize], reading: Reading) -> Player {
        let size = conflict.size();
        let single: Vec<Table> = members.iter().map(|i| moves(conflict, *i)).collect();
        let moves = sequences(
            &single.iter().collect::<Vec<_>>(),
            size,
            Countermoves::Sequences,
        );
        let all = |judge: &dyn Fn(Reading, Relation) -> bool, from: usize, to: usize| {
            let mut relations = members
                .iter()
                .map(|i| conflict.preferences(*i).relation(from, to));
            relations.all(|relation| judge(reading, relation))
        };
        let (mut credible, mut tempting, mut hurtful) =
            (Table::empty(size), Table::empty(size), Table::empty(size));
        for from in 0..size {
            for to in ones(moves.row(from)) {
                if all(&judge::credible, from, to) {
                    credible.set(from, to);
                }
                if all(&judge::tempts, from, to) {
                    tempting.set(from, to);
                }
            }
            for to in 0..size {
                if !all(
                    &|reading, relation| !judge::hurts(reading, relation),
                    from,
                    to,
                ) {
                    hurtful.set(from, to);
                }
            }
        }
        Player {
            moves,
            credible,
            tempting,
            hurtful,
        }
    }

    /// The states to which it would like to go.
    pub fn temptations(&self, state: usize) -> impl Iterator<Item = usize> + '_ {
        ones(self.tempting.row(state))
    }

    /// The states that are stable for this player when `others` answer: their moves, and their credible moves.
    pub fn stable(&self, concept: Concept, others: &Others, size: usize) -> StateSet {
        let deterred = |answers: Option<&Table>, symmetric: bool| {
            StateSet::of(size, |state| {
                let hurtful = self.hurtful.row(state);
                self.temptations(state).all(|to| {
                    let Some(answers) = answers else { return false };
                    let hits: Vec<u64> = answers
                        .row(to)
                        .iter()
                        .zip(hurtful)
                        .map(|(a, h)| a & h)
                        .collect();
                    ones(&hits).any(|end| !symmetric || within(self.moves.row(end), hurtful))
                })
            })
        };
        match concept {
            Concept::General => deterred(Some(&others.moves), false),
            Concept::SymmetricGeneral => deterred(Some(&others.moves), true),
            Concept::Sequential => deterred(Some(&others.credible), false),
            Concept::SymmetricSequential => deterred(Some(&others.credible), true),
            _ => deterred(None, false),
        }
    }
}

fn within(part: &[u64], whole: &[u64]) -> bool {
    part.iter().zip(whole).all(|(p, w)| p & !w == 0)
}

/// What those who answer can reach together.
pub(crate) struct Others {
    moves: Table,
    credible: Table,
}

impl Others {
    /// The answers of players: any moves by `free`, credible moves by `careful`.
    pub fn new(
        free: &[&Player],
        careful: &[&Player],
        countermoves: Countermoves,
        size: usize,
    ) -> Others {
        let moves: Vec<&Table> = free.iter().map(|player| &player.moves).collect();
        let credible: Vec<&Table> = careful.iter().map(|player| &player.credible).collect();
        Others {
            moves: sequences(&moves, size, countermoves),
            credible: sequences(&credible, size, countermoves),
        }
    }
}

impl Others {
    /// The states to which the others can take the conflict.
    pub fn moves_from(&self, state: usize) -> Vec<usize> {
        ones(self.moves.row(state)).collect()
    }

    /// The states to which they may be expected to take it.
    pub fn credible_from(&self, state: usize) -> Vec<usize> {
        ones(self.credible.row(state)).collect()
    }
}

fn moves(conflict: &Conflict, actor: usize) -> Table {
    let mut table = Table::empty(conflict.size());
    for from in 0..conflict.size() {
        conflict.movement(actor).each(from, |to| {
            table.set(from, to);
            true
        });
    }
    table
}

/// What is reached from every state by sequences of moves.
///
/// What the movers may still do hangs on who moved last (nobody moves twice in a row: Fang, Hipel and Kilgour 1993,
/// definition 3.5), or, with `once`, on who has moved at all. So that is kept with each state reached, as a set of
/// movers: those who may not move next.
fn sequences(movers: &[&Table], size: usize, countermoves: Countermoves) -> Table {
    let once = countermoves == Countermoves::Once;
    let kinds = if once {
        1 << movers.len()
    } else {
        movers.len()
    };
    let barred = |kind: usize, mover: usize| {
        if once {
            kind >> mover & 1 == 1
        } else {
            kind == mover
        }
    };
    let after = |kind: usize, mover: usize| if once { kind | 1 << mover } else { mover };
    let mut reached = Table::empty(size);
    let mut seen = vec![vec![0u64; size.div_ceil(64)]; kinds];
    let mut waiting: Vec<(usize, usize)> = Vec::new();
    for start in 0..size {
        seen.iter_mut().for_each(|set| set.fill(0));
        for (mover, table) in movers.iter().enumerate() {
            let kind = after(0, mover);
            step(table.row(start), &mut seen[kind], kind, &mut waiting);
        }
        while let Some((state, kind)) = waiting.pop() {
            for (mover, table) in movers.iter().enumerate() {
                if !barred(kind, mover) {
                    let next = after(kind, mover);
                    step(table.row(state), &mut seen[next], next, &mut waiting);
                }
            }
        }
        let row = reached.row_mut(start);
        for set in &seen {
            row.iter_mut().zip(set).for_each(|(a, b)| *a |= b);
        }
    }
    reached
}

/// Adds a row to what has been reached in a kind of way; what is new waits.
fn step(row: &[u64], seen: &mut [u64], kind: usize, waiting: &mut Vec<(usize, usize)>) {
    for (word, (row, seen)) in row.iter().zip(seen).enumerate() {
        let new = row & !*seen;
        *seen |= new;
        waiting.extend(ones(&[new]).map(|bit| (word * 64 + bit, kind)));
    }
}

/// The stable states of one actor.
pub(crate) fn single(
    conflict: &Conflict,
    players: &[Player],
    actor: usize,
    concepts: &[Concept],
    settings: &Settings,
) -> Vec<StateSet> {
    let size = conflict.size();
    let others: Vec<&Player> = players
        .iter()
        .enumerate()
        .filter(|(k, _)| *k != actor)
        .map(|(_, player)| player)
        .collect();
    let others = Others::new(&others, &others, settings.countermoves, size);
    let stable = |concept: &Concept| players[actor].stable(*concept, &others, size);
    concepts.iter().map(stable).collect()
}
