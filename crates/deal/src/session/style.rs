//! Styles of bargaining by name, and the tactics they stand for.
//!
//! Every tactic has its name from the literature; some also have a plain word, for scenarios:
//!
//! | word | tactic |
//! | --- | --- |
//! | patient | Boulware: holds out until the deadline is near |
//! | steady | linear: concedes by the clock |
//! | eager | conceder: concedes early |
//! | reciprocal | relative tit for tat |
//! | matching | absolute tit for tat |
//! | restless | random absolute tit for tat: a little more than the other side gave |
//! | forgiving | averaged tit for tat, over two moves |
//! | stepwise | MiCRO: one step for one step |
//! | stubborn | hard-headed: one demand until the deadline |
//! | blunt | take it or leave it: one demand, refused once is enough to leave |
//! | cautious | Zeuthen: whoever fears a breakdown more concedes |
//! | farsighted | equilibrium offers |

use crate::session::aspiration::Aspiring;
use crate::session::equilibrium::Equilibrium;
use crate::session::error::SessionError;
use crate::session::hard::{Insists, TakeItOrLeaveIt};
use crate::session::micro::Micro;
use crate::session::prepared::Prepared;
use crate::session::protocol::{Tactic, Terms};
use crate::session::risk::Zeuthen;
use crate::session::time_dependent::TimeDependent;
use crate::session::tit_for_tat::{Measure, TitForTat};
use crate::session::trade::Trades;

/// Moves over which the averaged tit for tat compares.
const WINDOW: usize = 2;

/// The most that the random tit for tat gives beyond the other side's move, in hundredths.
const RANDOM: u32 = 5;

/// A way to bargain, by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Style {
    /// Time-dependent, late.
    Boulware,
    /// Time-dependent, even.
    Linear,
    /// Time-dependent, early.
    Conceder,
    /// Tit for tat by proportion.
    Relative,
    /// Tit for tat by amount.
    Absolute,
    /// Tit for tat by amount, and a random little more.
    Random,
    /// Tit for tat by proportion, over two moves.
    Averaged,
    /// One step for one step.
    Micro,
    /// One demand, its best outcome, until the deadline.
    HardHeaded,
    /// One demand, its best outcome, made once.
    TakeItOrLeaveIt,
    /// Concessions by risk limits; knows the others' values.
    Zeuthen,
    /// Subgame-perfect offers; knows the others' values.
    Equilibrium,
}

impl Style {
    /// All styles, in the order of this module's table.
    pub const ALL: [Style; 12] = [
        Style::Boulware,
        Style::Linear,
        Style::Conceder,
        Style::Relative,
        Style::Absolute,
        Style::Random,
        Style::Averaged,
        Style::Micro,
        Style::HardHeaded,
        Style::TakeItOrLeaveIt,
        Style::Zeuthen,
        Style::Equilibrium,
    ];

    /// Its name in the literature.
    pub fn name(self) -> &'static str {
        match self {
            Style::Boulware => "boulware",
            Style::Linear => "linear",
            Style::Conceder => "conceder",
            Style::Relative => "tit_for_tat",
            Style::Absolute => "absolute_tit_for_tat",
            Style::Random => "random_tit_for_tat",
            Style::Averaged => "averaged_tit_for_tat",
            Style::Micro => "micro",
            Style::HardHeaded => "hard_headed",
            Style::TakeItOrLeaveIt => "take_it_or_leave_it",
            Style::Zeuthen => "zeuthen",
            Style::Equilibrium => "equilibrium",
        }
    }

    /// Its plain word.
    pub fn word(self) -> &'static str {
        match self {
            Style::Boulware => "patient",
            Style::Linear => "steady",
            Style::Conceder => "eager",
            Style::Relative => "reciprocal",
            Style::Absolute => "matching",
            Style::Random => "restless",
            Style::Averaged => "forgiving",
            Style::Micro => "stepwise",
            Style::HardHeaded => "stubborn",
            Style::TakeItOrLeaveIt => "blunt",
            Style::Zeuthen => "cautious",
            Style::Equilibrium => "farsighted",
        }
    }

    /// What a party of this style does, in one sentence without a subject.
    pub fn manner(self) -> &'static str {
        match self {
            Style::Boulware => "holds out and concedes only when the deadline is near",
            Style::Linear => "concedes evenly, by the clock",
            Style::Conceder => "concedes most at once",
            Style::Relative => "answers a concession by one of the same proportion",
            Style::Absolute => "answers a concession by one of the same size",
            Style::Random => "answers a concession by one a little larger, by chance",
            Style::Averaged => "answers the other side's last two moves taken together",
            Style::Micro => "makes one step for every step of the other side",
            Style::HardHeaded => "repeats one demand until the deadline",
            Style::TakeItOrLeaveIt => "makes one demand and leaves when it is refused",
            Style::Zeuthen => "concedes when a breakdown would cost it more than the other side",
            Style::Equilibrium => {
                "offers what the other side would just not refuse, reckoned back from the deadline"
            }
        }
    }

    /// The style of this name or word; case, spaces, hyphens and underscores do not matter.
    ///
    /// # Errors
    /// A name that no style has.
    pub fn parse(name: &str) -> Result<Style, SessionError> {
        let plain = |text: &str| -> String {
            let letters = text.chars().filter(|c| !matches!(c, ' ' | '-' | '_'));
            letters.flat_map(char::to_lowercase).collect()
        };
        let wanted = plain(name);
        Style::ALL
            .into_iter()
            .find(|style| plain(style.name()) == wanted || plain(style.word()) == wanted)
            .ok_or_else(|| SessionError::Style {
                name: name.to_owned(),
                known: Style::ALL
                    .map(|style| format!("{} ({})", style.word(), style.name()))
                    .join(", "),
            })
    }

    /// Whether parties of this style know what outcomes are worth to the others.
    pub fn knows_values(self) -> bool {
        matches!(self, Style::Zeuthen | Style::Equilibrium)
    }

    /// The tactic, for one party in one session. With `trades`, it picks among offers that it finds good enough the one
    /// that the others seem to like best; styles that know the others' values do not need to guess.
    pub fn tactic(
        self,
        prepared: &Prepared,
        party: usize,
        terms: &Terms,
        trades: bool,
    ) -> Box<dyn Tactic> {
        let guesses = (trades && !self.knows_values()).then(|| Trades::new(prepared, party));
        let timed = |curve| Box::new(Aspiring::new(curve, guesses.clone()));
        let answering = |measure| Box::new(Aspiring::new(TitForTat::new(measure), guesses.clone()));
        match self {
            Style::Boulware => timed(TimeDependent::BOULWARE),
            Style::Linear => timed(TimeDependent::LINEAR),
            Style::Conceder => timed(TimeDependent::CONCEDER),
            Style::Relative => answering(Measure::Relative),
            Style::Absolute => answering(Measure::Absolute),
            Style::Random => answering(Measure::Random(RANDOM)),
            Style::Averaged => answering(Measure::Averaged(WINDOW)),
            Style::Micro => Box::new(Micro::new(guesses)),
            Style::HardHeaded => Box::new(Aspiring::new(Insists { share: 1.0 }, guesses)),
            Style::TakeItOrLeaveIt => Box::new(TakeItOrLeaveIt::new(1.0, 1, guesses)),
            Style::Zeuthen => Box::new(Zeuthen::new(prepared, party)),
            Style::Equilibrium => Box::new(Equilibrium::new(prepared, party, terms)),
        }
    }
}
