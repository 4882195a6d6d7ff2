//! What an output hangs on, from samples: points (numbers that were doubted) and what came out at each of them.
//!
//! Designed samples give [Sobol' indices](sobol) and [elementary effects](morris). Any sample (a [`Sample`] holds
//! it) gives the [`delta`] measure, [`pawn`], [`regression`] and rank coefficients, boxes in which an output is mostly
//! of interest ([`prim`], [`discover`]), a [`tree`], and what knowing a number would be worth to somebody who chooses
//! ([`value_of_information`]). [`Label`]s turn boxes and leaves into words.
//!
//! Nothing here knows where samples come from. Every result depends on its input, options and seed alone, not on the
//! number of threads.

mod columns;
mod delta;
mod discover;
mod error;
mod information;
mod kernel;
mod morris;
mod parallel;
mod pawn;
mod peel;
mod prim;
mod quasi;
mod region;
mod regression;
mod resample;
mod sample;
mod sobol;
mod tree;
mod words;

pub use delta::{Delta, DeltaOptions, delta, delta_raw, first_order_raw};
pub use discover::{Discovery, Found, discover, reproduced};
pub use error::SensitivityError;
pub use information::{Information, InformationOptions, Worth, value_of_information};
pub use morris::{Effects, MorrisOptions, morris};
pub use pawn::{Pawn, pawn};
pub use prim::{Interest, Objective, Peeled, PrimBox, PrimOptions, prim};
pub use region::{Limits, Region};
pub use regression::{Coefficients, Regression, regression};
pub use resample::Estimate;
pub use sample::Sample;
pub use sobol::{FirstOrder, Indices, SobolOptions, rows_per_base_point, sobol};
pub use tree::{Leaf, Node, Tree, TreeOptions, tree};
pub use words::{Form, Label};
