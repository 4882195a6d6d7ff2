//! What ends a command early, and its exit code.

use detente_line::Fault;

use crate::args::When;

/// Findings that are not trustworthy, a failed `expect`, a file that is not formatted.
pub const FINDINGS: u8 = 1;
/// Input that makes no sense.
pub const INPUT: u8 = 2;
/// A limit that was reached, or an interruption.
pub const LIMIT: u8 = 3;

/// A command that ends early: what to print on standard error, and the exit code.
#[derive(Debug)]
pub struct Failure {
    /// Printed as it is.
    pub message: String,
    /// Exit code.
    pub code: u8,
}

impl Failure {
    /// Why the line ended early, as it is shown on standard error.
    pub fn of(fault: &Fault, color: When) -> Failure {
        Failure {
            message: fault.rendered(crate::input::render_options(color)),
            code: if fault.is_limit() { LIMIT } else { INPUT },
        }
    }

    /// Bad input.
    pub fn input(message: impl Into<String>) -> Failure {
        Failure {
            message: format!("error: {}", message.into()),
            code: INPUT,
        }
    }

    /// A limit or an interruption.
    pub fn limit(message: impl Into<String>) -> Failure {
        Failure {
            message: format!("error: {}", message.into()),
            code: LIMIT,
        }
    }
}
