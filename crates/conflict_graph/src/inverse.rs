//! Inverse analysis: which rankings of an actor make a wished state stable for it (Kinsara, Petersons, Hipel and Kilgour
//! 2015; Wang, Hipel, Fang and Dang 2018).

use rand::{Rng, SeedableRng};
use rand_pcg::Pcg64;

use crate::concept::Concept;
use crate::conflict::Conflict;
use crate::demand::Demand;
use crate::error::GraphError;

/// Up to so many states that count, rankings are counted exactly.
pub const MOST_COUNTED: usize = 24;
/// How many rankings are drawn where they are not counted.
const DRAWS: usize = 200_000;
/// The largest number of states whose rankings can be numbered.
const MOST_NUMBERED: usize = 34;

/// How many of all strict rankings of the states by one actor make a state stable for it.
#[derive(Clone, Debug, PartialEq)]
pub struct Inverse {
    /// Their share of all.
    pub share: f64,
    /// The standard error of the share; 0 if it was counted, not drawn.
    pub standard_error: f64,
    /// Their number and that of all strict rankings, if counted and there are at most 34 states.
    pub count: Option<(u128, u128)>,
    /// Smallest sets of states such that the wished state is stable just if one of the sets is ranked below it in whole;
    /// smaller sets first.
    pub conditions: Vec<Vec<usize>>,
    /// Whether these are all such sets. If not, each of them still does, but there may be others, and smaller ones.
    pub complete: bool,
}

/// Which rankings of `actor` make `state` stable for it, the preferences of the others being as they are. At most
/// `most` conditions are told.
///
/// # Errors
/// No such state or actor; a concept under which more of the ranking counts (limited-move, non-myopic); unknown
/// preferences; more than [`crate::MOST_LISTED`] states.
pub fn inverse(
    conflict: &Conflict,
    state: usize,
    actor: usize,
    concept: Concept,
    most: usize,
) -> Result<Inverse, GraphError> {
    let demand = Demand::new(conflict, state, actor, concept)?;
    let relevant = demand.relevant();
    let (conditions, complete) = conditions(&demand, most);
    let (share, standard_error, count) = if relevant.len() <= MOST_COUNTED {
        let sizes = satisfying(&demand, &relevant);
        let count = number(&sizes, conflict.size());
        (share(&sizes), 0.0, count)
    } else {
        let (share, error) = drawn(&demand, &relevant);
        (share, error, None)
    };
    Ok(Inverse {
        share,
        standard_error,
        count,
        conditions,
        complete,
    })
}

/// By size, how many sets of the states that count fulfil the demand when they, and only they, are ranked below.
fn satisfying(demand: &Demand, relevant: &[usize]) -> Vec<u64> {
    let place = |s: &usize| relevant.binary_search(s).unwrap_or(0);
    let mask = |set: &Vec<usize>| set.iter().fold(0u32, |mask, s| mask | 1 << place(s));
    let clauses = demand.clauses.iter();
    let clauses: Vec<Vec<u32>> = clauses
        .map(|clause| clause.iter().map(mask).collect())
        .collect();
    let mut sizes = vec![0; relevant.len() + 1];
    for below in 0..1u32 << relevant.len() {
        if clauses
            .iter()
            .all(|clause| clause.iter().any(|set| set & !below == 0))
        {
            sizes[below.count_ones() as usize] += 1;
        }
    }
    sizes
}

/// Of r states that count, k given ones stand below the wished state and the others above it in k! (r − k)! of the
/// (r + 1)! orders of them all.
fn share(sizes: &[u64]) -> f64 {
    let r = sizes.len() - 1;
    let mut orders = 1.0 / (r as f64 + 1.0);
    let mut share = 0.0;
    for (k, sets) in sizes.iter().enumerate() {
        share += *sets as f64 * orders;
        // From 1 / ((r + 1) C(r, k)) to the same for k + 1.
        orders *= (k as f64 + 1.0) / (r as f64 - k as f64).max(1.0);
    }
    share
}

fn number(sizes: &[u64], states: usize) -> Option<(u128, u128)> {
    if states > MOST_NUMBERED {
        return None;
    }
    let factorial = |k: usize| (1..=k as u128).product::<u128>();
    let r = sizes.len() - 1;
    let all = factorial(states);
    let orders: u128 = sizes
        .iter()
        .enumerate()
        .map(|(k, sets)| u128::from(*sets) * factorial(k) * factorial(r - k))
        .sum();
    Some((all / factorial(r + 1) * orders, all))
}

/// The share in a fixed sequence of drawn rankings, and its standard error.
fn drawn(demand: &Demand, relevant: &[usize]) -> (f64, f64) {
    let mut rng = Pcg64::seed_from_u64(0);
    let mut unit = || (rng.next_u64() >> 11) as f64 / (1u64 << 53) as f64;
    let mut hits = 0usize;
    let mut below = vec![false; relevant.len()];
    for _ in 0..DRAWS {
        // In a drawn ranking each state stands below the wished one with the chance that the wished one's height is.
        let height = unit();
        below.iter_mut().for_each(|low| *low = unit() < height);
        let low = |s: usize| relevant.binary_search(&s).is_ok_and(|at| below[at]);
        hits += usize::from(demand.unmet(low).is_none());
    }
    let share = hits as f64 / DRAWS as f64;
    (share, (share * (1.0 - share) / DRAWS as f64).sqrt())
}

/// How many partial conditions are looked at.
const MOST_LOOKS: usize = 200_000;

/// The smallest sets, by branching over the ways to meet the clauses one by one; whether these are all.
fn conditions(demand: &Demand, most: usize) -> (Vec<Vec<usize>>, bool) {
    let mut sets: Vec<Vec<usize>> = vec![Vec::new()];
    let mut looks = 0;
    let mut cut = false;
    for clause in &demand.clauses {
        let mut next = Vec::new();
        for set in &sets {
            for part in clause {
                looks += 1;
                if looks > MOST_LOOKS {
                    cut = true;
                    break;
                }
                let mut joined = set.clone();
                joined.extend(part);
                joined.sort_unstable();
                joined.dedup();
                next.push(joined);
            }
        }
        sets = minimal(next);
        // Beyond measure: keep the smallest.
        if sets.len() > most.saturating_mul(16).max(256) {
            sets.truncate(most.saturating_mul(16).max(256));
            cut = true;
        }
    }
    let complete = !cut && sets.len() <= most;
    sets.truncate(most);
    (sets, complete)
}

fn minimal(mut sets: Vec<Vec<usize>>) -> Vec<Vec<usize>> {
    sets.sort_by(|a, b| (a.len(), a).cmp(&(b.len(), b)));
    sets.dedup();
    let mut kept: Vec<Vec<usize>> = Vec::new();
    for set in sets {
        let holds = |small: &Vec<usize>| small.iter().all(|s| set.binary_search(s).is_ok());
        if !kept.iter().any(holds) {
            kept.push(set);
        }
    }
    kept
}
