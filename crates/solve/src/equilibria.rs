//! What every method returns, how long it may take, and why it may refuse a game.

use std::time::{Duration, Instant};

use detente_game::order::perfect_recall;
use detente_game::rational::{Rational, nearest};
use detente_game::recall::{Forgotten, lapses};
use detente_game::{Game, Profile};
use thiserror::Error;

use crate::qre::CheckpointError;
use crate::{Certificate, Status, certify};

/// An equilibrium, or the best profile reached, with its certificate.
#[derive(Clone, Debug)]
pub struct Equilibrium {
    /// The profile.
    pub profile: Profile,
    /// The same in exact fractions, where the method never rounds: probability per action slot.
    pub exact: Option<Vec<Rational>>,
    /// What anybody could gain by deviating.
    pub certificate: Certificate,
    /// How the method found it, where that tells something: a share of starts, the component it lies in.
    pub remark: Option<String>,
}

impl Equilibrium {
    /// Certifies a profile.
    pub fn new(game: &Game, profile: Profile) -> Equilibrium {
        Equilibrium {
            certificate: certify(game, &profile),
            profile,
            exact: None,
            remark: None,
        }
    }

    /// Certifies a profile of exact fractions, one per action slot; none where they are no profile.
    pub fn from_exact(game: &Game, exact: Vec<Rational>) -> Option<Equilibrium> {
        let probabilities = exact.iter().map(nearest).collect();
        let profile = Profile::from_probabilities(game, probabilities).ok()?;
        Some(Equilibrium {
            exact: Some(exact),
            ..Equilibrium::new(game, profile)
        })
    }

    /// Expected payoff of every player, in its own units.
    pub fn payoffs(&self) -> Vec<f64> {
        self.certificate.players.iter().map(|p| p.value).collect()
    }
}

/// What a method found.
#[derive(Clone, Debug)]
pub struct Equilibria {
    /// How the method ended.
    pub status: Status,
    /// Whether these are all equilibria of the kind that the method looks for.
    pub complete: bool,
    /// The equilibria, in an order that depends on the game alone.
    pub equilibria: Vec<Equilibrium>,
    /// Sentences that a reader of the result should know.
    pub remarks: Vec<String>,
    /// Wall-clock seconds.
    pub seconds: f64,
}

impl Equilibria {
    /// How the method ended, as a sentence.
    pub fn sentence(&self) -> &'static str {
        match self.status {
            Status::Complete if !self.complete => {
                "Searched: every start was followed to its end; there may be further equilibria."
            }
            status => status.sentence(),
        }
    }
}

/// Time that a method may take, and somebody who may stop it.
#[derive(Clone, Copy)]
pub struct Budget<'a> {
    begun: Instant,
    limit: Option<Duration>,
    watch: &'a (dyn Fn(&Headway<'_>) -> bool + Sync),
}

/// How far a method is.
#[derive(Clone, Copy, Debug)]
pub struct Headway<'a> {
    /// Share of the work that is done, 0..1; none where nobody can tell.
    pub done: Option<f64>,
    /// A few words, such as "12 equilibria in 340 starts".
    pub words: &'a str,
}

impl<'a> Budget<'a> {
    /// As much time as it takes.
    pub fn unlimited() -> Budget<'static> {
        Budget::new(None, &|_| true)
    }

    /// A time limit from now, and a watcher that is told how far the method is and answers whether to go on.
    pub fn new(
        limit: Option<Duration>,
        watch: &'a (dyn Fn(&Headway<'_>) -> bool + Sync),
    ) -> Budget<'a> {
        Budget {
            begun: Instant::now(),
            limit,
            watch,
        }
    }

    /// Why to stop now; none to go on. Methods ask at least every few milliseconds.
    pub fn spent(&self, done: Option<f64>, words: &str) -> Option<Status> {
        if !(self.watch)(&Headway { done, words }) {
            return Some(Status::Interrupted);
        }
        self.late().then_some(Status::TimeLimit)
    }

    /// Whether the time is up, for loops too tight to tell the watcher.
    pub(crate) fn late(&self) -> bool {
        self.limit.is_some_and(|limit| self.begun.elapsed() > limit)
    }

    /// The same budget for a part of the work that must end when this share of the time is spent, so that some
    /// is left for what follows.
    pub(crate) fn up_to(&self, share: f64) -> Budget<'a> {
        Budget {
            limit: self.limit.map(|limit| limit.mul_f64(share)),
            ..*self
        }
    }

    /// Seconds since the budget was made.
    pub fn seconds(&self) -> f64 {
        self.begun.elapsed().as_secs_f64()
    }
}

/// Why a method refuses a game.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum Unfit {
    /// The method is for another number of players.
    #[error(
        "`{method}` is for games of {needs} players, this one has {has}; try `logit` or `search`"
    )]
    Players {
        /// The method.
        method: &'static str,
        /// Players that it needs.
        needs: usize,
        /// Players of the game.
        has: usize,
    },
    /// The method needs perfect recall.
    #[error(
        "`{method}` needs perfect recall, but at the information set {set} {player} forgets {forgotten}; `logit` runs on such games"
    )]
    Recall {
        /// The method.
        method: &'static str,
        /// Name of the player who forgets.
        player: String,
        /// Name of the information set.
        set: String,
        /// What is forgotten there, as the object of a sentence.
        forgotten: &'static str,
    },
    /// The payoffs of the players do not sum to the same number at every end.
    #[error(
        "`{method}` is for games whose payoffs sum to the same at every end; try `sequence-lcp`"
    )]
    GeneralSum {
        /// The method.
        method: &'static str,
    },
    /// The checkpoint to go on from does not fit the game.
    #[error(transparent)]
    Checkpoint(#[from] CheckpointError),
    /// The game is too large for the method.
    #[error("`{method}`: {what} would need {size}, more than {limit}; {mend}")]
    TooLarge {
        /// The method.
        method: &'static str,
        /// What grows.
        what: &'static str,
        /// How large it would be.
        size: String,
        /// What is allowed.
        limit: String,
        /// What to do instead.
        mend: &'static str,
    },
}

/// Refuses games of another number of players.
///
/// # Errors
/// [`Unfit::Players`].
pub fn need_players(game: &Game, method: &'static str, needs: usize) -> Result<(), Unfit> {
    let has = game.players();
    if has == needs {
        Ok(())
    } else {
        Err(Unfit::Players { method, needs, has })
    }
}

/// Refuses games in which a player forgets.
///
/// # Errors
/// [`Unfit::Recall`] names the player, the information set and what is forgotten there.
pub fn need_recall(game: &Game, method: &'static str) -> Result<(), Unfit> {
    perfect_recall(game).map_err(|set| forgetful(game, method, set))
}

/// The refusal of a game that is known to have imperfect recall, which shows at this information set.
pub(crate) fn forgetful(game: &Game, method: &'static str, set: usize) -> Unfit {
    let lapses = lapses(game);
    // What was forgotten earlier on is not told again further down.
    let lapse = lapses.iter().find(|lapse| lapse.set == set);
    let lapse = lapse.or(lapses.first());
    let set = lapse.map_or(set, |lapse| lapse.set);
    let player = usize::from(game.set_player()[set]);
    Unfit::Recall {
        method,
        player: game.player_names()[player].clone(),
        set: game.set_name(set),
        forgotten: match lapse.map(|lapse| lapse.forgotten) {
            Some(Forgotten::Visit) => "that it was there before",
            Some(Forgotten::Choice) => "what it chose before",
            Some(Forgotten::Knowledge) | None => "what it knew before",
        },
    }
}
