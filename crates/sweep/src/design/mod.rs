//! Designs: which points of a space of doubtful numbers are solved.
//!
//! A design says what point i is from the seed and i alone, so that points may be computed in any order, by any
//! thread, on any machine. Designs of the unit cube are carried to the numbers by the quantiles of their
//! distributions; grids and one-at-a-time designs go over the ranges.

mod copula;
mod file;
mod grid;
mod input;
mod latin;
mod mix;
mod monte_carlo;
mod morris;
mod one_at_a_time;
mod points;
mod saltelli;
mod sobol;

pub use file::PointsFile;
pub(crate) use file::hexadecimal;
pub(crate) use input::shares;
pub use input::{Input, Of};
pub use points::{Correlation, Points};
pub use sobol::MOST_DIMENSIONS;

use serde::{Deserialize, Serialize};

/// A design and its size.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "name", rename_all = "kebab-case")]
pub enum Design {
    /// Every combination of evenly spread values; the last number changes fastest.
    Grid {
        /// Values of each number.
        values: u64,
    },
    /// Independent draws.
    MonteCarlo {
        /// Draws.
        points: u64,
    },
    /// A Latin hypercube: each of as many equally likely parts of every number as there are points is met once.
    Latin {
        /// Points.
        points: u64,
    },
    /// A scrambled Sobol' sequence; best with a power of 2.
    Sobol {
        /// Points.
        points: u64,
    },
    /// Saltelli's design for Sobol' indices, with base · (d + 2) rows for d numbers, or base · (2 d + 2).
    Saltelli {
        /// Points of the base sample, best a power of 2.
        base: u64,
        /// Whether second-order indices are wanted.
        second_order: bool,
    },
    /// Morris' trajectories, with trajectories · (d + 1) rows for d numbers.
    Morris {
        /// Trajectories.
        trajectories: u64,
        /// Levels of each number, even.
        levels: u64,
    },
    /// The best guesses, and then one number at a time away from them.
    OneAtATime {
        /// Values of each number, 2 for the ends of its range.
        values: u64,
    },
    /// Points that are read from a file.
    File {
        /// Its name, without folders.
        file: String,
        /// SHA-256 of its bytes, in hexadecimal digits.
        sha256: String,
        /// Its rows.
        points: u64,
    },
}

impl Design {
    /// The design's name on the command line.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Design::Grid { .. } => "grid",
            Design::MonteCarlo { .. } => "monte-carlo",
            Design::Latin { .. } => "latin",
            Design::Sobol { .. } => "sobol",
            Design::Saltelli { .. } => "saltelli",
            Design::Morris { .. } => "morris",
            Design::OneAtATime { .. } => "oat",
            Design::File { .. } => "file",
        }
    }

    /// Whether points are draws from the distributions, so that shares of points are probabilities and numbers can be
    /// correlated.
    #[must_use]
    pub fn draws(&self) -> bool {
        matches!(
            self,
            Design::MonteCarlo { .. } | Design::Latin { .. } | Design::Sobol { .. }
        )
    }
}

/// Why a design cannot be made.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum DesignError {
    /// There is nothing to vary.
    #[error("there is nothing to vary: no number of the scenario has a range or a distribution")]
    Nothing,
    /// There are no points.
    #[error("a design needs at least one point")]
    Empty,
    /// More values of a number than are held in memory.
    #[error("the design has more than {MOST_VALUES} values of each number")]
    Values,
    /// More points than can be numbered.
    #[error("the design has more than {MOST_POINTS} points")]
    Large,
    /// More dimensions than the design has.
    #[error(
        "the design goes up to {most} dimensions and {wanted} are wanted: choose fewer numbers"
    )]
    Dimensions {
        /// Dimensions wanted.
        wanted: usize,
        /// Most that there are.
        most: usize,
    },
    /// An odd number of Morris' levels, or fewer than 2.
    #[error("{0} levels: Morris' design needs an even number of levels, at least 2")]
    Levels(u64),
    /// Correlations that contradict one another.
    #[error(
        "the correlations contradict one another: no numbers can be correlated like this (the matrix is not positive semidefinite); bring the largest ones closer to 0"
    )]
    Impossible,
    /// A file of points that cannot be used.
    #[error("{file}: {reason}")]
    File {
        /// The file.
        file: String,
        /// Why.
        reason: String,
    },
}

/// Most values of each number in a design that goes over values.
pub const MOST_VALUES: u64 = 1_000_000;
/// Most points of a design.
pub const MOST_POINTS: u64 = 1 << 48;
