//! What happens in a session, as values that are kept.

use serde::{Deserialize, Serialize};

/// Who sits where, and how it is played.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Setup {
    /// Who sits down; everybody else is played by the program.
    pub seats: Vec<Seat>,
    /// Seed of all draws and of the program's choices.
    pub seed: u64,
    /// Whether seats are told what an adviser thinks: what each option is worth as far as the actor can know, how often
    /// the equilibrium takes it, and what to believe.
    #[serde(default)]
    pub hints: bool,
    /// What spectators see.
    #[serde(default)]
    pub spectators: Spectators,
}

/// A person's seat.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seat {
    /// What the seat is called.
    pub name: String,
    /// The actors it decides for, by their names in the scenario.
    pub actors: Vec<String>,
}

/// What spectators see before the end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Spectators {
    /// What every actor sees.
    #[default]
    Public,
    /// Everything, as the facilitator does. Spectators and players then must not talk.
    Everything,
}

/// What tells a game from others, so that events are not replayed on the wrong one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// Title of the scenario.
    pub title: String,
    /// Names of the actors.
    pub actors: Vec<String>,
    /// Number of nodes.
    pub nodes: usize,
    /// Number of information sets.
    pub sets: usize,
}

/// Who brought something about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum By {
    /// A person in a seat.
    Person,
    /// The program, for an actor that nobody sits for.
    Program,
    /// Chance.
    Chance,
    /// The facilitator, who laid down how a draw comes out.
    Facilitator,
}

impl By {
    /// As one word.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            By::Person => "person",
            By::Program => "program",
            By::Chance => "chance",
            By::Facilitator => "facilitator",
        }
    }
}

/// Something that happened. A play is its list of events, the first of which is [`Event::Seated`].
///
/// Events hold what is hidden and are counted by what is hidden: they are for whoever keeps the play, never for a seat.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Event {
    /// The play began.
    Seated {
        /// Of which game.
        game: Mark,
        /// Who sits where.
        setup: Setup,
    },
    /// A person chose.
    Chose {
        /// Number of the seat, from 0.
        seat: usize,
        /// For which actor.
        actor: String,
        /// What was decided.
        variable: String,
        /// Label of the option, for readers of the log.
        option: String,
        /// Position of the option among those that were open, from 0.
        position: u32,
    },
    /// The program chose.
    Played {
        /// For which actor.
        actor: String,
        /// What was decided.
        variable: String,
        /// Label of the option.
        option: String,
        /// Position of the option among those that were open, from 0.
        position: u32,
        /// Whether another option was worth more to the actor as far as it could know, beyond rounding: at a finite
        /// precision the program errs as people do.
        erred: bool,
    },
    /// Something was drawn.
    Drew {
        /// What.
        variable: String,
        /// Label of what came out.
        option: String,
        /// Its position among what could come out, from 0.
        position: u32,
        /// Whether the facilitator had laid it down.
        injected: bool,
    },
    /// The facilitator laid down how the next draw of a variable comes out.
    Injected {
        /// The variable.
        variable: String,
        /// Name of the option.
        option: String,
    },
    /// The facilitator took that back before it was drawn.
    Withdrawn {
        /// The variable.
        variable: String,
    },
    /// The facilitator paused the play.
    Paused,
    /// The facilitator let it go on.
    Resumed,
    /// The facilitator took back the last choice of a person and all that followed; or, after [`Event::Called`], that.
    Undone,
    /// The facilitator called the end before the play had come to it.
    Called,
}
