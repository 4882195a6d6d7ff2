//! Extensive-form games as flat arrays: information sets, profiles, reach, beliefs, values.
//!
//! [`Game::new`] checks the arrays of [`Parts`]; [`passes`] sweeps over them for a [`Profile`]; [`response`]
//! finds best responses; [`order`] puts information sets in time and checks recall, [`recall`] names what is
//! forgotten; [`normal`] gives the reduced normal form, [`strategic`] turns such tables into games;
//! [`read_game`] reads Gambit's files, [`efg`] and [`nfg`] write them; [`rational`] gives numbers back exactly.
mod check;
pub mod efg;
mod error;
pub mod game;
pub mod nfg;
pub mod normal;
pub mod order;
pub mod passes;
mod profile;
pub mod rational;
pub mod recall;
pub mod response;
mod savefile;
pub mod strategic;

pub use error::GameError;
pub use game::{Game, Labels, Parts};
pub use profile::Profile;
pub use savefile::{Format, Read, Remark, format_of, read_game};
