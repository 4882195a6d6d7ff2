//! Why a session cannot be played.

use crate::error::DealError;

/// Why a session cannot be played.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum SessionError {
    /// The space is not fit for sessions.
    #[error(transparent)]
    Space(#[from] DealError),
    /// Not one tactic per party.
    #[error("the space has {parties} parties, but {tactics} tactics are at the table")]
    Tactics {
        /// Parties of the space.
        parties: usize,
        /// Tactics given.
        tactics: usize,
    },
    /// A term of the session out of its range.
    #[error("{what} is {value}; it must be {range}")]
    Term {
        /// Which term.
        what: &'static str,
        /// What it is.
        value: f64,
        /// What it must be.
        range: &'static str,
    },
    /// A tactic did what the protocol forbids.
    #[error("{party} breaks the protocol in its turn {turn}: {what}")]
    Illegal {
        /// Whose tactic.
        party: String,
        /// The turn, counted from 1 over all parties.
        turn: u32,
        /// What it did.
        what: &'static str,
    },
    /// A name that no style has.
    #[error("no bargaining style is called `{name}`; there are {known}")]
    Style {
        /// The name given.
        name: String,
        /// The names there are.
        known: String,
    },
    /// A tournament without styles.
    #[error("a tournament needs at least one style")]
    NoStyle,
    /// More sessions than a tournament may play.
    #[error(
        "{styles} styles for {parties} parties make more than {limit} sessions; give fewer styles"
    )]
    TooMany {
        /// Styles.
        styles: usize,
        /// Parties.
        parties: usize,
        /// The limit.
        limit: usize,
    },
}
