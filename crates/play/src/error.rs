//! Why something cannot be done in a play.

use thiserror::Error;

/// Why something cannot be done in a play. The state of the play is unchanged.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum PlayError {
    /// There is no actor of this name.
    #[error("there is no actor `{name}`; the actors are {known}")]
    NoActor {
        /// The name given.
        name: String,
        /// The names that there are.
        known: String,
    },
    /// An actor is given twice.
    #[error("`{0}` is given twice; an actor has one seat")]
    TwoSeats(String),
    /// A seat without an actor.
    #[error("the seat “{0}” has no actor; give it at least one")]
    EmptySeat(String),
    /// Nobody sits down.
    #[error("nobody sits down; give at least one seat")]
    NoSeats,
    /// There is no seat of this number.
    #[error("there is no seat number {0}")]
    NoSeat(usize),
    /// Somebody else is to move, or the seat has chosen already.
    #[error("it is not this seat's turn")]
    NotYourTurn,
    /// The choice answers a question that is no longer asked.
    #[error("this answers a question that is no longer asked; look at the present one")]
    Stale,
    /// There is no option of this number.
    #[error("there is no option number {number}; choose from 1 to {options}")]
    NoOption {
        /// The number given, from 1.
        number: usize,
        /// How many there are.
        options: usize,
    },
    /// The facilitator has paused.
    #[error("the play is paused")]
    Paused,
    /// It is not paused.
    #[error("the play is not paused")]
    NotPaused,
    /// The play has come to its end.
    #[error("the play is over")]
    Over,
    /// The play has not come to its end.
    #[error("the play is not over yet; what was hidden is told at its end")]
    NotOver,
    /// Nobody has chosen anything yet.
    #[error("there is no choice to take back")]
    NothingToUndo,
    /// Nothing of this kind can still be drawn with this result.
    #[error(
        "`{variable} = {option}` can no longer be drawn from here; what can be is in the facilitator's view"
    )]
    NoDraw {
        /// The variable.
        variable: String,
        /// The option.
        option: String,
    },
    /// No such draw is laid down.
    #[error("nothing is laid down for `{0}`")]
    NothingLaidDown(String),
    /// The events are those of another game, or none of any play.
    #[error("event {at} does not fit this game: {why}")]
    Unfit {
        /// Position of the event.
        at: usize,
        /// Why.
        why: String,
    },
}
