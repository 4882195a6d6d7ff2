//! The whole line many times over doubtful numbers.
//!
//! [`tornado`] sets every parameter to the ends of its range, one at a time; [`sample`] draws all of them
//! together. Points are independent of one another and of the number of threads: each is solved from the same
//! base solution or, in a run over a design, from those of the nearest [`Anchors`]. [`vary`](vary::vary) follows the answers along one parameter, [`map`](vary::map) over two; there
//! every point is solved for itself, from random play.

mod anchors;
mod decision;
pub mod design;
mod draw;
mod engine;
mod explore;
mod footing;
mod points;
mod pool;
mod preferences;
mod reason;
pub mod run;
pub mod vary;

pub use anchors::Anchors;
pub use decision::{Decision, Weighed, first_decisions, weigh};
pub use draw::{Doubtful, doubtful, doubtful_voices};
pub use engine::{Answer, Engine, Kind, Point, Solved, Start, Worker};
pub use explore::{Base, Progress, solve_points};
pub use footing::{Footing, POINT_TOLERANCE, variation};
pub use points::{Drawn, correlations, sample, tornado};
pub use preferences::{preferences_drawn, settings_drawn};
pub use reason::placed;

/// What can go wrong before any point is solved.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum SweepError {
    /// A parameter's range or distribution makes no sense at its present numbers.
    #[error("`{parameter}`: {reason}")]
    Distribution {
        /// The parameter.
        parameter: String,
        /// What is wrong with it.
        reason: String,
    },
}
