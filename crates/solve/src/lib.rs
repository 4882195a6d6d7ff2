//! Equilibrium solvers and the judge that certifies any profile.
//!
//! Every method is a module that reads like the papers it implements and returns [`Equilibria`], each with the
//! [`Certificate`] that [`certify`] computed from the game and the profile alone. [`qre`] follows the logit
//! (quantal response) correspondence. [`Status`] says how a solve ended.
mod certificate;
mod equilibria;
mod linear;
pub mod qre;
pub mod search;
mod status;

pub use certificate::{Certificate, PlayerGain, certify};
pub use equilibria::{Budget, Equilibria, Equilibrium, Headway, Unfit, need_players, need_recall};
pub use status::Status;
