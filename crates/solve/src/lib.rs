//! Equilibrium solvers and the judge that certifies any profile.
//!
//! Every method is a module that reads like the papers it implements and returns [`Equilibria`], each with the
//! [`Certificate`] that [`certify`] computed from the game and the profile alone. [`Status`] says how a solve
//! ended.
//!
//! - [`qre`] follows the logit (quantal response) correspondence.
//! - [`pure`] lists all pure equilibria and the sequential ones among them.
//! - [`extreme`] lists all extreme equilibria of two players and their components, in exact fractions.
//! - [`sequence`] pivots through the sequence form of two players, exactly or in floating point.
//! - [`regret`] minimizes counterfactual regret of two players.
//! - [`search`] looks for further equilibria from many starts.
//! - [`methods`] is the table of all of them.
mod certificate;
mod equilibria;
pub mod extreme;
mod figure;
mod linear;
pub mod methods;
mod parallel;
pub mod pure;
pub mod qre;
pub mod regret;
pub mod search;
pub mod sequence;
mod status;
mod weighted;

pub use certificate::{Certificate, PlayerGain, certify, certify_with};
pub use equilibria::{Budget, Equilibria, Equilibrium, Headway, Unfit, need_players, need_recall};
pub use status::Status;
