//! All pure equilibria, and the sequential ones among them.
//!
//! [`equilibria`] lists the Nash equilibria in pure strategies of the reduced normal form, for any number of
//! players, without ever writing that form down; a strategic game is one already and is scanned. [`sequential`] lists the sequential equilibria (Kreps & Wilson
//! 1982) in pure behaviour strategies, each with consistent beliefs that support it. Both compare payoffs in
//! integers, so that ties are ties.
mod beliefs;
mod bounds;
mod count;
mod feasible;
mod search;
mod sequential;
mod table;

use detente_game::Game;
use detente_game::rational::Rational;
use num_traits::{One, Zero};

use crate::equilibria::forgetful;
use crate::weighted::{Number, Weighted, weighted};
use crate::{Budget, Equilibria, Equilibrium, Status, Unfit};
use bounds::OPEN;
use search::Found;

pub use beliefs::Verdict;
pub use sequential::{Sequential, sequential, verdict};

/// What to list.
#[derive(Clone, Debug, PartialEq)]
pub struct Options {
    /// The most equilibria to list; all are counted.
    pub most: usize,
}

impl Default for Options {
    fn default() -> Options {
        Options { most: 10_000 }
    }
}

/// All equilibria in pure strategies of the reduced normal form.
///
/// Where a player's own earlier choice leaves an information set aside, the profile shows its first action: the
/// reduced normal form does not tell these apart.
///
/// # Errors
/// [`Unfit::Recall`] where a player forgets.
pub fn equilibria(
    game: &Game,
    options: &Options,
    budget: &Budget<'_>,
) -> Result<Equilibria, Unfit> {
    let found = nash(game, options.most, true, budget)?;
    let listed: Vec<Equilibrium> = found
        .profiles
        .iter()
        .filter_map(|choices| Equilibrium::from_exact(game, pure_profile(game, choices)))
        .collect();
    let all = listed.len() as u128 == found.count;
    let mut remarks = Vec::new();
    if !all {
        remarks.push(format!(
            "{} of {} pure equilibria are listed.",
            listed.len(),
            found.count
        ));
    }
    Ok(Equilibria {
        complete: found.stopped.is_none() && all,
        status: found.stopped.unwrap_or(Status::Complete),
        equilibria: listed,
        remarks,
        seconds: budget.seconds(),
    })
}

/// Reduced profiles that are equilibria, by [`search::search`] in integers just wide enough, or by
/// [`table::scan`].
fn nash(game: &Game, most: usize, all: bool, budget: &Budget<'_>) -> Result<Found, Unfit> {
    if let Some(found) = table::scan(game, most, budget) {
        return Ok(found);
    }
    let (big, _) = weighted(game);
    match big.narrow() {
        Some(small) => nash_in(game, &small, most, all, budget),
        None => nash_in(game, &big, most, all, budget),
    }
}

fn nash_in<T: Number>(
    game: &Game,
    weighted: &Weighted<T>,
    most: usize,
    all: bool,
    budget: &Budget<'_>,
) -> Result<Found, Unfit> {
    // Where all can be counted without being listed, the search ends with the list.
    let count = count::count(game, weighted);
    let found = search::search(game, weighted, most, all && count.is_none(), budget);
    let mut found = found.map_err(|set| forgetful(game, "pure", set))?;
    found.count = count.unwrap_or(found.count);
    Ok(found)
}

/// Probabilities per action slot of a pure profile; the first action where nothing is chosen.
fn pure_profile(game: &Game, choices: &[u16]) -> Vec<Rational> {
    let mut profile = vec![Rational::zero(); game.actions()];
    for (set, &chosen) in choices.iter().enumerate() {
        let action = if chosen == OPEN {
            0
        } else {
            usize::from(chosen)
        };
        profile[game.slots(set).start + action] = Rational::one();
    }
    profile
}
