//! The workbench: a local web server over the line.
//!
//! It serves the page of `web/workbench`, and an interface of JSON for it and for other programs, described by
//! [`routes::OPENAPI`]. What is answered is worked out by the rooms behind it; here is only who may ask, in which turn,
//! how much, and what is kept.

mod assets;
mod connections;
mod desk;
mod events;
mod folder;
mod guard;
mod memory;
mod play_routes;
mod plays;
mod queue;
mod refusal;
pub mod routes;
mod serve;
mod solving;
mod store;
mod tree;
mod units;
mod writing;

pub use serve::{Options, ServeError, Server};
