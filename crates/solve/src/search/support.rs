//! Equilibria on a support: Newton's method on the indifference of the actions that are played.
//!
//! Given which actions each information set plays, the profile solves u_h(a) = u_h(a₀) for all actions a that
//! set h plays, and Σ σ = 1 there: polynomial equations in as many unknowns (Porter, Nudelman & Shoham 2008,
//! feasibility of a support). What solves them is an equilibrium if nobody gains from what is not played, which
//! [`certify`](crate::certify) judges.

use detente_game::{Game, Profile, passes};

use super::elimination::{shortest, solve};
use super::response::{Response, Worth};

/// Most Newton iterations.
const ITERATIONS: usize = 40;
/// Indifference in shares of the payoff range that counts as exact.
const EXACT: f64 = 1e-14;
/// The same, where rounding lets it come no nearer.
const NEARLY: f64 = 1e-11;
/// No step takes away more than this share of a probability.
const BITE: f64 = 0.9;
/// Smallest probability that still counts as played.
const PLAYED: f64 = 1e-9;
/// Reach below which an information set counts as not reached.
pub(super) const REACHED: f64 = 1e-9;
/// Pivots smaller than this share of the largest one tell a singular Jacobian.
const SINGULAR: f64 = 1e-9;
/// Share of the payoff range below which an unused action is as good as those that are played.
const TIED: f64 = 1e-8;
/// Largest logarithm of the probability of an action that is not played: what it leads to weighs nothing.
const NEVER: f64 = -45.0;

/// Whether other equilibria lie arbitrarily near, as far as derivatives tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Isolation {
    /// The Jacobian of the indifference conditions is regular and nothing that is not played is as good.
    Isolated,
    /// An action that is not played is as good as those that are: the equilibrium may end a continuum.
    Tied,
    /// The Jacobian is singular: the equilibrium lies in a continuum, or is multiple.
    Continuum,
}

/// The actions at reached or possible information sets that a profile mixes over.
struct Mixing {
    /// Slots that are played at information sets that play more than one.
    unknowns: Vec<usize>,
    /// Where each such information set begins in `unknowns`, and the end.
    first: Vec<usize>,
}

impl Mixing {
    fn new(game: &Game, plays: impl Fn(usize) -> bool, counts: impl Fn(usize) -> bool) -> Mixing {
        let (mut unknowns, mut first) = (Vec::new(), vec![0]);
        for set in (0..game.sets()).filter(|&set| counts(set)) {
            let here = unknowns.len();
            unknowns.extend(game.slots(set).filter(|&slot| plays(slot)));
            if unknowns.len() < here + 2 {
                unknowns.truncate(here);
            } else {
                first.push(unknowns.len());
            }
        }
        Mixing { unknowns, first }
    }

    /// Indifference and normalisation: the residuals, and their derivatives by the unknown probabilities.
    fn system(
        &self,
        response: &Response<'_>,
        profile: &Profile,
        worth: &Worth,
    ) -> (Vec<f64>, Vec<f64>) {
        let (n, actions) = (self.unknowns.len(), response.game.actions());
        let by = response.by_logs(profile, worth);
        let (mut matrix, mut residual) = (Vec::with_capacity(n * n), Vec::with_capacity(n));
        for pair in self.first.windows(2) {
            let base = self.unknowns[pair[0]];
            for &slot in &self.unknowns[pair[0] + 1..pair[1]] {
                residual.push(worth.u[slot] - worth.u[base]);
                matrix.extend(self.unknowns.iter().map(|&c| {
                    let apart = by[slot * actions + c] - by[base * actions + c];
                    apart / profile.probabilities()[c]
                }));
            }
            let sum: f64 = self.unknowns[pair[0]..pair[1]]
                .iter()
                .map(|&slot| profile.probabilities()[slot])
                .sum();
            residual.push(sum - 1.0);
            matrix.extend((0..n).map(|k| f64::from(u8::from(pair[0] <= k && k < pair[1]))));
        }
        (residual, matrix)
    }
}

/// The equilibrium of the indifference conditions near a profile, on the support `plays`; only those of reached
/// information sets where `reached_only`. None where Newton's method finds none inside the support.
pub(super) fn polish(
    response: &Response<'_>,
    near: &Profile,
    plays: &[bool],
    reached_only: bool,
) -> Option<Profile> {
    let game = response.game;
    let mut profile = restricted(game, near, plays)?;
    let reach = passes::set_reach(game, &passes::reach(game, &profile));
    let mixing = Mixing::new(
        game,
        |slot| plays[slot],
        |set| !reached_only || reach[set] > REACHED,
    );
    if mixing.unknowns.is_empty() {
        return Some(profile);
    }
    let mut last = f64::INFINITY;
    for _ in 0..ITERATIONS {
        let worth = response.worth(&profile);
        let (residual, matrix) = mixing.system(response, &profile, &worth);
        let size = residual.iter().fold(0.0, |a: f64, r| a.max(r.abs()));
        if size < EXACT || (size < NEARLY && size > 0.5 * last) {
            return Some(profile);
        }
        last = size;
        profile = newton_step(game, &mixing, &profile, &residual, matrix)?;
    }
    None
}

/// One step, shortened so that every probability stays positive.
fn newton_step(
    game: &Game,
    mixing: &Mixing,
    profile: &Profile,
    residual: &[f64],
    matrix: Vec<f64>,
) -> Option<Profile> {
    let mut delta = residual.to_vec();
    let regular = solve(&mut matrix.clone(), &mut delta).is_some_and(|pivot| pivot > SINGULAR);
    if !regular {
        delta = shortest(&matrix, residual, mixing.unknowns.len())?;
    }
    let played = || {
        mixing
            .unknowns
            .iter()
            .map(|&slot| profile.probabilities()[slot])
    };
    let share = played().zip(&delta).fold(1.0, |share: f64, (p, d)| {
        if *d > BITE * p {
            share.min(BITE * p / d)
        } else {
            share
        }
    });
    let mut logs = profile.logs().to_vec();
    for ((&slot, p), d) in mixing.unknowns.iter().zip(played()).zip(&delta) {
        let next = p - share * d;
        if next < PLAYED {
            return None;
        }
        logs[slot] = next.ln();
    }
    Profile::from_logs(game, logs).ok()
}

/// The profile without the actions outside the support. Their logarithms are moved down together, which keeps the
/// order of what is less likely and so the beliefs that the limit of logit play has.
fn restricted(game: &Game, near: &Profile, plays: &[bool]) -> Option<Profile> {
    let mut logs = near.logs().to_vec();
    let unplayed = || (0..plays.len()).filter(|&slot| !plays[slot]);
    let top = unplayed()
        .map(|slot| logs[slot])
        .fold(f64::NEG_INFINITY, f64::max);
    let stretch = if top > NEVER && top < 0.0 {
        NEVER / top
    } else {
        1.0
    };
    for slot in unplayed() {
        logs[slot] = (logs[slot] * stretch).min(NEVER);
    }
    for set in 0..game.sets() {
        let slots = game.slots(set);
        let sum: f64 = slots
            .clone()
            .filter(|&slot| plays[slot])
            .map(|slot| logs[slot].exp())
            .sum();
        for slot in slots.filter(|&slot| plays[slot]) {
            logs[slot] -= sum.ln();
        }
    }
    Profile::from_logs(game, logs).ok()
}

/// Whether other equilibria lie near this one.
pub(super) fn isolation(response: &Response<'_>, profile: &Profile) -> Isolation {
    let game = response.game;
    let reach = passes::set_reach(game, &passes::reach(game, profile));
    let worth = response.worth(profile);
    let plays = |slot: usize| profile.probabilities()[slot] > PLAYED;
    let mixing = Mixing::new(game, plays, |set| reach[set] > REACHED);
    if !mixing.unknowns.is_empty() {
        let (mut residual, mut matrix) = mixing.system(response, profile, &worth);
        if !solve(&mut matrix, &mut residual).is_some_and(|pivot| pivot > SINGULAR) {
            return Isolation::Continuum;
        }
    }
    let tied = (0..game.sets())
        .filter(|&set| reach[set] > REACHED)
        .any(|set| {
            let here = game.slots(set);
            let best = here
                .clone()
                .map(|slot| worth.u[slot])
                .fold(f64::NEG_INFINITY, f64::max);
            here.into_iter()
                .any(|slot| !plays(slot) && worth.u[slot] > best - TIED)
        });
    if tied {
        Isolation::Tied
    } else {
        Isolation::Isolated
    }
}
