//! Bargaining played out: offers, answers and deadlines among parties of different styles.
//!
//! [`Prepared`] makes a space ready once; [`play`] holds a session among [`Tactic`]s, one per party, and [`Style`] names
//! those that the literature defines.

mod aspiration;
mod committee;
mod equilibrium;
mod error;
mod halves;
mod hard;
mod micro;
mod opponent;
mod prepared;
mod protocol;
mod risk;
mod settlement;
mod style;
mod time_dependent;
mod tit_for_tat;
mod tournament;
mod trade;

pub use aspiration::{Aspiration, Aspiring};
pub use committee::{Committee, Shares};
pub use equilibrium::{Equilibrium, Move, Plan};
pub use error::SessionError;
pub use hard::{Insists, TakeItOrLeaveIt};
pub use micro::Micro;
pub use opponent::Guess;
pub use prepared::{MAX_OUTCOMES, Prepared, Seat};
pub use protocol::{Act, Discounting, End, Session, Step, Tactic, Terms, Turn, play};
pub use risk::Zeuthen;
pub use settlement::Proposal;
pub use style::Style;
pub use time_dependent::TimeDependent;
pub use tit_for_tat::{Measure, TitForTat};
pub use tournament::{Ending, Match, Record, Rules, Tournament, tournament};
pub use trade::Trades;
