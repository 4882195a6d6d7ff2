//! Files of other negotiation software: GENIUS (XML) and GeniusWeb (JSON), read and written.

mod assemble;
pub mod genius;
mod genius_evaluator;
mod genius_write;
pub mod geniusweb;
mod geniusweb_write;
mod shape;

pub use assemble::{FileError, Negotiation, Source, negotiation};

use crate::error::DealError;
use crate::preferences::Preferences;

/// Why a file could not be read or written, and where.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{place}: {message}")]
pub struct FormatError {
    /// Where in the file: line and column, or the path through its objects.
    pub place: String,
    /// What is wrong, and what would be right.
    pub message: String,
}

/// Something odd that does not prevent a file from being read, and where.
#[derive(Clone, Debug, PartialEq)]
pub struct Remark {
    /// Where in the file.
    pub place: String,
    /// What is odd, and how it was taken.
    pub message: String,
}

/// Preferences as read, with what was odd about the file.
#[derive(Clone, Debug, PartialEq)]
pub struct Profile {
    /// The preferences.
    pub preferences: Preferences,
    /// What was odd, in the order of the file.
    pub remarks: Vec<Remark>,
}

/// Weights may sum to 1 within this without a remark.
const ROUNDING: f64 = 1e-4;

/// Weights whose sum is farther from 1 than this are refused. Published profiles miss by up to 0.007.
const SUM_TOLERANCE: f64 = 0.05;

/// Checks the sum of weights: `Ok` with or without a remark, or an error.
fn check_sum(weights: &[f64], place: impl Fn() -> String) -> Result<Option<Remark>, FormatError> {
    let sum: f64 = weights.iter().sum();
    if (sum - 1.0).abs() <= ROUNDING {
        return Ok(None);
    }
    if (sum - 1.0).abs() <= SUM_TOLERANCE {
        return Ok(Some(Remark {
            place: place(),
            message: format!("the weights sum to {sum}, not to 1; they are used as they are"),
        }));
    }
    Err(FormatError {
        place: place(),
        message: format!("the weights of the issues sum to {sum}; they must sum to 1"),
    })
}

/// An error of the model, at a place of a file.
fn at(place: String) -> impl FnOnce(DealError) -> FormatError {
    move |error| FormatError {
        place,
        message: error.to_string(),
    }
}
