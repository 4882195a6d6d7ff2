//! What the answers hang on: points that were solved become findings.
//!
//! [`explore`] chooses the points around a solved scenario, has them solved and writes down what they say: ranges, the
//! ends of the numbers that matter, the smallest changes that turn an answer over. [`analyse`] tells from any table of
//! draws ([`Table`]) which numbers an output hangs on, and under which conditions something is mostly so. What cannot be
//! told from chance is left out. [`information`] tells what knowing the numbers would be worth to actors who decide. [`swept`] does so for the points of a run, with the indices of its design.
//!
//! Every result depends on the points alone, not on the number of threads or the machine's speed: how many points are
//! solved is chosen from the size of the game.

mod analyse;
mod conditions;
mod explore;
mod importance;
mod information;
mod plan;
mod swept;
mod table;
mod tipping;
mod tornado;
mod tree;

pub use analyse::{Analysis, analyse};
pub use explore::{describe, explore};
pub use importance::importance;
pub use information::{Choice, information};
pub use plan::Plan;
pub use swept::{Swept, swept};
pub use table::Table;
