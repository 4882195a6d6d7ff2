//! Goal seeking: the smallest change of an actor's ranking that makes a wished state stable for it.

use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap};

use crate::analysis::analyse;
use crate::concept::{Concept, Settings};
use crate::conflict::Conflict;
use crate::demand::Demand;
use crate::error::{GraphError, present};
use crate::preference::{Preference, Tier};

/// How many partial changes are looked at before the best one found is taken.
const MOST_LOOKS: usize = 20_000;

/// A change of an actor's ranking.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rethink {
    /// Whose ranking.
    pub actor: usize,
    /// The states that have to fall just below the wished one, best first; all others keep their order.
    pub lowered: Vec<usize>,
    /// How many pairs of states change places.
    pub swaps: usize,
    /// Whether no change with fewer pairs would do.
    pub proven: bool,
    /// The new ranking.
    pub ranking: Vec<Tier>,
}

/// What has to change for a wished state to be an equilibrium.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Goal {
    /// The changes, one for each actor for whom the state is not stable; none if it is an equilibrium.
    pub changes: Vec<Rethink>,
    /// For whom the state is still not stable once all are made (answers in an actor's own interest change with its
    /// ranking), or who was not asked to change and does not find it stable.
    pub unstable_for: Vec<usize>,
}

/// The smallest changes of the rankings of `willing` actors that make `state` an equilibrium: each for itself, the others
/// being as they are, and then looked at together. If under sequential or simultaneous stability a change robs another
/// actor's answers of their ground, that one's change is sought anew, a few times.
///
/// The size of a change is the number of pairs of states that change places (Kendall 1938); of two equally good states
/// the one of the lower number counts as the worse.
///
/// # Errors
/// As for [`crate::inverse`]; a willing actor whose preferences are not a complete order.
pub fn seek(
    conflict: &Conflict,
    state: usize,
    willing: &[usize],
    concept: Concept,
    settings: &Settings,
) -> Result<Goal, GraphError> {
    let state = present("the wish", "state", state, conflict.size())?;
    let mut now = conflict.clone();
    let mut changes: Vec<Rethink> = Vec::new();
    for _ in 0..=willing.len() {
        let found = analyse(&now, &[concept], settings)?;
        let unstable = |actor: &usize| !found.is_stable(concept, *actor, state);
        let Some(actor) = willing.iter().copied().find(unstable) else {
            break;
        };
        // Sought from the actor's own first ranking, so that its change is the smallest for what the others want now.
        let mut base = now.clone();
        base.restore(conflict, actor);
        let change = rethink(&base, state, actor, concept)?;
        now = now.with_preference(actor, &Preference::Ranking(change.ranking.clone()))?;
        changes.retain(|other| other.actor != actor);
        changes.push(change);
    }
    let found = analyse(&now, &[concept], settings)?;
    let actors = 0..conflict.actors().len();
    let unstable_for = actors.filter(|actor| !found.is_stable(concept, *actor, state));
    changes.sort_by_key(|change| change.actor);
    Ok(Goal {
        changes,
        unstable_for: unstable_for.collect(),
    })
}

/// The smallest change of one actor's ranking that makes a state stable for it.
///
/// # Errors
/// As for [`crate::inverse`]; preferences that are not a complete order.
pub fn rethink(
    conflict: &Conflict,
    state: usize,
    actor: usize,
    concept: Concept,
) -> Result<Rethink, GraphError> {
    let demand = Demand::new(conflict, state, actor, concept)?;
    let Some(order) = conflict.preferences(actor).order() else {
        return Err(GraphError::Preference {
            actor: conflict.actors()[actor].clone(),
            what: "they are not a complete order, so that no smallest change can be told"
                .to_owned(),
            mend: "give a ranking, payoffs or statements without unknowns",
        });
    };
    let rank = order.ranks();
    let mut above: Vec<usize> = (0..conflict.size())
        .filter(|s| rank[*s] > rank[state])
        .collect();
    above.sort_by_key(|s| Reverse((rank[*s], *s)));
    let level = rank.iter().filter(|r| **r == rank[state]).count();
    let ladder = Ladder { above, level };
    let (lowered, swaps, proven) = search(&demand, &ladder, |s| rank[s] <= rank[state]);
    let ranking = ranking(rank, order.tiers(), state, &lowered);
    Ok(Rethink {
        actor,
        lowered,
        swaps,
        proven,
        ranking,
    })
}

/// The states above the wished one, best first, and how many stand on its level.
struct Ladder {
    above: Vec<usize>,
    level: usize,
}

impl Ladder {
    /// The smallest change that lowers at least the states of `needed`: how many pairs change places, and what falls.
    ///
    /// A state that falls changes places with the level, and with all below it that stay. Going down the ladder, what
    /// counts is how many have fallen so far; `best[q]` is the cheapest way to have let q fall.
    fn cheapest(&self, needed: &BTreeSet<usize>) -> (usize, Vec<usize>) {
        let top = self
            .above
            .iter()
            .position(|s| needed.contains(s))
            .unwrap_or(self.above.len());
        let span = &self.above[top..];
        let mut best: Vec<Option<usize>> = vec![Some(0)];
        let mut history = Vec::with_capacity(span.len());
        for state in span {
            let mut next = vec![None; best.len() + 1];
            let mut fell = vec![false; best.len() + 1];
            for (q, cost) in best.iter().enumerate() {
                let Some(cost) = cost else { continue };
                let (fall, stay) = (cost + self.level, cost + q);
                if !needed.contains(state) && next[q].is_none_or(|c| stay < c) {
                    next[q] = Some(stay);
                    fell[q] = false;
                }
                if next[q + 1].is_none_or(|c| fall < c) {
                    next[q + 1] = Some(fall);
                    fell[q + 1] = true;
                }
            }
            history.push(fell);
            best = next;
        }
        let ends = best
            .iter()
            .enumerate()
            .filter_map(|(q, cost)| cost.map(|cost| (cost, q)));
        let (cost, mut q) = ends.min().unwrap_or((0, 0));
        let mut lowered = Vec::new();
        for (state, fell) in span.iter().zip(&history).rev() {
            if fell[q] {
                lowered.push(*state);
                q -= 1;
            }
        }
        lowered.reverse();
        (cost, lowered)
    }
}

/// Branches over the ways to meet unmet clauses, cheapest first; what falls, its cost, and whether that is smallest.
fn search(
    demand: &Demand,
    ladder: &Ladder,
    low: impl Fn(usize) -> bool,
) -> (Vec<usize>, usize, bool) {
    let mut seen: BTreeSet<BTreeSet<usize>> = BTreeSet::new();
    let mut waiting = BinaryHeap::from([Reverse((0, BTreeSet::new()))]);
    let mut looks = 0;
    while let Some(Reverse((cost, needed))) = waiting.pop() {
        let (_, lowered) = ladder.cheapest(&needed);
        let falls: BTreeSet<usize> = lowered.iter().copied().collect();
        let Some(clause) = demand.unmet(|s| low(s) || falls.contains(&s)) else {
            return (lowered, cost, true);
        };
        looks += 1;
        if looks > MOST_LOOKS {
            break;
        }
        for set in clause {
            let mut more = needed.clone();
            more.extend(set.iter().copied().filter(|s| !low(*s)));
            if seen.insert(more.clone()) {
                let (cost, _) = ladder.cheapest(&more);
                waiting.push(Reverse((cost, more)));
            }
        }
    }
    let (lowered, cost) = greedy(demand, ladder, low);
    (lowered, cost, false)
}

/// Meets one clause after another in the way that is cheapest at the moment.
fn greedy(demand: &Demand, ladder: &Ladder, low: impl Fn(usize) -> bool) -> (Vec<usize>, usize) {
    let mut needed = BTreeSet::new();
    loop {
        let (cost, lowered) = ladder.cheapest(&needed);
        let falls: BTreeSet<usize> = lowered.iter().copied().collect();
        let Some(clause) = demand.unmet(|s| low(s) || falls.contains(&s)) else {
            return (lowered, cost);
        };
        let ways = clause.iter().map(|set| {
            let mut more: BTreeSet<usize> = needed.clone();
            more.extend(set.iter().copied().filter(|s| !low(*s)));
            (ladder.cheapest(&more).0, more)
        });
        match ways.min() {
            Some((_, more)) => needed = more,
            None => return (lowered, cost),
        }
    }
}

/// The ranking, best first, once `lowered` stand just below the level of `state`.
fn ranking(rank: &[u32], tiers: usize, state: usize, lowered: &[usize]) -> Vec<Tier> {
    let mut levels: Vec<Vec<usize>> = vec![Vec::new(); tiers];
    for (s, rank) in rank.iter().enumerate() {
        if !lowered.contains(&s) {
            levels[*rank as usize].push(s);
        }
    }
    let mut ranking = Vec::new();
    for (level, states) in levels.into_iter().enumerate().rev() {
        let here = level == rank[state] as usize;
        if !states.is_empty() {
            ranking.push(Tier {
                states,
                strongly: false,
            });
        }
        if here {
            // Those that were equally good stay so.
            for s in lowered {
                match ranking.last_mut() {
                    Some(tier) if tier.states.iter().all(|t| rank[*t] == rank[*s]) => {
                        tier.states.push(*s);
                    }
                    _ => ranking.push(Tier {
                        states: vec![*s],
                        strongly: false,
                    }),
                }
            }
        }
    }
    ranking
}
