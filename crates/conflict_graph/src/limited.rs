//! Limited-move and non-myopic stability: everybody looks a number of moves ahead, and to the end.
//!
//! `end(h, i, s)` is where play ends if i may move first from s and h moves may follow one another. With no moves left
//! it is s. Otherwise i looks at each of its moves, to t say, and at the end of play from there, `end(h-1, j, t)`; it
//! makes the move with the best end for it if that is better than s, else it stays and play ends at s (Kilgour 1985;
//! Fang, Hipel and Kilgour 1993, chapter 4). With two actors j is the other one. With more, the literature has several
//! rules; here i expects, of those others who would move on from t, the one whose move ends worst for i, and t itself
//! if nobody would move. Of moves with equally good ends the one to the state of the lowest number is made.

use crate::bits::StateSet;
use crate::conflict::Conflict;
use crate::error::GraphError;
use crate::moves::{Movement, NONE};
use crate::relation::Order;
use crate::search::{Mover, descending, first_reached};

/// The longest horizon.
pub const LONGEST_HORIZON: u32 = 1000;

/// Where play ends, per actor that moves first and state.
pub(crate) type Ends = Vec<Vec<u32>>;

/// What is needed to look ahead.
pub(crate) struct Foresight<'a> {
    conflict: &'a Conflict,
    orders: Vec<&'a Order>,
}

impl<'a> Foresight<'a> {
    /// # Errors
    /// Somebody's preferences are not a complete order.
    pub fn new(conflict: &'a Conflict) -> Result<Foresight<'a>, GraphError> {
        let order = |i| {
            conflict
                .preferences(i)
                .order()
                .ok_or_else(|| GraphError::Unanswerable {
                    question: "limited-move stability".to_owned(),
                    why: format!("{} does not order all states", conflict.actors()[i]),
                    mend: "give complete preferences, or ask for another concept",
                })
        };
        Ok(Foresight {
            conflict,
            orders: (0..conflict.actors().len())
                .map(order)
                .collect::<Result<_, _>>()?,
        })
    }

    /// The ends with no moves left.
    pub fn start(&self) -> Ends {
        let here: Vec<u32> = (0..self.conflict.size() as u32).collect();
        vec![here; self.orders.len()]
    }

    /// The ends with one more move.
    pub fn longer(&self, ends: &Ends) -> Ends {
        (0..self.orders.len())
            .map(|i| self.first_mover(i, ends))
            .collect()
    }

    fn first_mover(&self, actor: usize, ends: &Ends) -> Vec<u32> {
        let order = self.orders[actor];
        let rank = order.ranks();
        let size = self.conflict.size();
        let expected: Vec<u32> = (0..size).map(|t| self.expected(actor, t, ends)).collect();
        let key: Vec<u32> = expected.iter().map(|end| rank[*end as usize]).collect();
        let best_first = descending(&key, order.tiers());
        let best = match self.conflict.movement(actor) {
            Movement::Options(cosets) => {
                let mover = Mover {
                    cosets,
                    climb: None,
                };
                first_reached(&[mover], &best_first, size)
            }
            movement @ Movement::Arcs(_) => best_listed(movement, &best_first),
        };
        let end = |(state, to): (usize, &u32)| match *to {
            NONE => state as u32,
            to if key[to as usize] > rank[state] => expected[to as usize],
            _ => state as u32,
        };
        best.iter().enumerate().map(end).collect()
    }

    /// Where the actor expects play to end once it has moved to `state`.
    fn expected(&self, actor: usize, state: usize, ends: &Ends) -> u32 {
        let rank = self.orders[actor].ranks();
        (0..ends.len())
            .filter(|other| *other != actor)
            .map(|other| ends[other][state])
            .filter(|end| *end as usize != state)
            .min_by_key(|end| rank[*end as usize])
            .unwrap_or(state as u32)
    }

    /// The move that an actor makes from a state, and where it expects play to end, if `ends` hold after it; `None` if
    /// it stays.
    pub fn step(&self, actor: usize, state: usize, ends: &Ends) -> Option<(usize, usize)> {
        let rank = self.orders[actor].ranks();
        let moves = self.conflict.moves(actor, state).into_iter();
        let ends = moves.map(|to| (to, self.expected(actor, to, ends) as usize));
        // Of equally good ends the first.
        let best = ends.min_by_key(|(to, end)| (std::cmp::Reverse(rank[*end]), *to));
        best.filter(|(_, end)| rank[*end] > rank[state])
    }

    /// The states where an actor stays.
    pub fn stays(&self, actor: usize, ends: &Ends) -> StateSet {
        StateSet::of(self.conflict.size(), |s| ends[actor][s] as usize == s)
    }

    /// Per actor the states that are stable at all horizons from some horizon on.
    ///
    /// # Errors
    /// Play does not settle, nor repeat itself, up to [`LONGEST_HORIZON`].
    pub fn non_myopic(&self) -> Result<Vec<StateSet>, GraphError> {
        let mut history = vec![self.start()];
        // Ends follow from the ends before, so that they go round in a circle once one is met again.
        for _ in 0..LONGEST_HORIZON {
            let Some(last) = history.last() else { break };
            let next = self.longer(last);
            // A circle is mostly short: look back from the end.
            if let Some(met) = history.iter().rposition(|ends| *ends == next) {
                let circle = &history[met..];
                let always = |actor| {
                    let mut set = StateSet::full(self.conflict.size());
                    for ends in circle {
                        set.intersect(&self.stays(actor, ends));
                    }
                    set
                };
                return Ok((0..self.orders.len()).map(always).collect());
            }
            history.push(next);
            // Only a few are kept of a large conflict.
            if history.len() * self.conflict.size() > MOST_REMEMBERED {
                history.remove(0);
            }
        }
        Err(GraphError::Unanswerable {
            question: "non-myopic stability".to_owned(),
            why: format!("foresight does not settle within {LONGEST_HORIZON} moves"),
            mend: "ask for limited-move stability with a horizon",
        })
    }
}

/// How many states of earlier horizons are remembered.
const MOST_REMEMBERED: usize = 1 << 24;

fn best_listed(movement: &Movement, best_first: &[u32]) -> Vec<u32> {
    let mut place = vec![0; best_first.len()];
    for (k, state) in (0u32..).zip(best_first) {
        place[*state as usize] = k;
    }
    let best = |state| {
        let moves = movement.targets(state);
        moves.into_iter().min_by_key(|to| place[*to])
    };
    let best = (0..best_first.len()).map(best);
    best.map(|to| to.map_or(NONE, |to| to as u32)).collect()
}
