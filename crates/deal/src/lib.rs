//! Who would accept what: the outcome space of a negotiation and everything that follows from preferences alone.
//!
//! A [`Domain`] holds the issues and the options of each; [`Preferences`] say what a party makes of every outcome and
//! what it gets without a deal; a [`Space`] joins both for any number of parties. Small spaces are enumerated
//! ([`Enumerated`]); where preferences are additive, size does not matter.

mod analysis;
mod density;
mod domain;
mod doubt;
mod enumerate;
mod error;
pub mod formats;
mod frontier;
mod mend;
mod package;
mod preferences;
mod ratify;
pub mod session;
mod solution;
mod space;
mod statistics;
mod sum;
mod tipping;
mod zeuthen;
mod zone;

pub use analysis::{Analysis, analyse};
pub use density::{Bin, Density, Shares, density};
pub use domain::{Domain, Issue, Outcome, Values};
pub use doubt::{Doubt, doubt};
pub use enumerate::Enumerated;
pub use error::DealError;
pub use frontier::{Frontier, Merge, Point, merged};
pub use mend::{Mend, mend};
pub use package::{Package, Switch, Trade, package};
pub use preferences::{Additive, Preferences, Utility};
pub use ratify::{Effect, Ratification, Ratifier, Search, hardening, ratification};
pub use solution::{Solutions, solutions};
pub use space::Space;
pub use statistics::{Extremes, Rationality, extremes, opposition, ranks, rationality};
pub use tipping::{Lever, Tip, Tipping, tipping, tipping_fallbacks};
pub use zone::{Count, acceptable, zone_count, zone_of};
