//! Sitting in an actor's chair: a solved scenario that people play, and what their choices were worth.
//!
//! ```text
//! Scenario + Expansion + Profile ──► Table ──► Play ──► View (what a seat may see) · Overview · Debrief · Row
//!                                              ▲  │
//!                                              └──┴── Events: all that happened, to be kept and replayed
//! ```
//!
//! Everything here is logic: no clock, no files, no network. A [`Play`] is a list of [`Event`]s; whoever holds it keeps
//! them, and [`Play::replay`] brings it back to the same state. Decisions of actors that nobody sits for are drawn
//! from the profile, so that at a finite precision the program errs as people do.
//!
//! What a seat is shown is a function of what its actors have observed, of what it was asked and of the public course
//! of the session, and of nothing else. Nothing in a [`View`] counts or numbers what is hidden.

mod debrief;
mod error;
mod event;
mod judge;
mod log;
mod luck;
mod overview;
#[cfg(feature = "parquet")]
mod parquet;
mod play;
mod sentences;
mod table;
mod view;
mod words;

pub use debrief::{
    ActorDebrief, Debrief, DecisionDebrief, EndingDebrief, HiddenThing, Parts, Quality,
    StepDebrief, WeighedOption,
};
pub use error::PlayError;
pub use event::{By, Event, Mark, Seat, Setup, Spectators};
pub use log::Row;
pub use overview::{Injectable, Injection, Likelihood, Mover, Overview, OverviewSeat};
#[cfg(feature = "parquet")]
pub use parquet::{LogError, batch, parquet};
pub use play::Play;
pub use table::Table;
pub use view::{
    Chair, ChoiceOption, EndingWorth, Entry, EntryKind, Known, Passage, Question, Reached, Status,
    Thought, View,
};
