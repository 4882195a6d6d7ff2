//! Extensive-form games as flat arrays: information sets, profiles, reach, beliefs, values.
pub mod game;
