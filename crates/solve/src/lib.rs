//! Equilibrium solvers and the judge that certifies any profile.
//!
//! [`qre`] follows the logit (quantal response) correspondence; [`certify`] checks any profile from the game
//! and the profile alone; [`Status`] says how a solve ended.
mod certificate;
mod linear;
pub mod qre;
mod status;

pub use certificate::{Certificate, PlayerGain, certify};
pub use status::Status;
