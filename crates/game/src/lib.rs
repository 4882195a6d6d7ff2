//! Extensive-form games as flat arrays: information sets, profiles, reach, beliefs, values.
//!
//! [`Game::new`] checks the arrays of [`Parts`]; [`passes`] sweeps over them for a [`Profile`]; [`response`]
//! finds best responses; [`order`] puts information sets in time and checks recall; [`rational`] gives numbers
//! back exactly; [`efg`] reads and writes Gambit's extensive-form files; [`generate`] makes known games.
mod check;
pub mod efg;
mod error;
pub mod game;
pub mod generate;
pub mod order;
pub mod passes;
mod profile;
pub mod rational;
pub mod response;

pub use error::GameError;
pub use game::{Game, Labels, Parts};
pub use profile::Profile;
