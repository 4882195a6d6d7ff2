//! The search for other equilibria, with its progress bar.

use std::sync::Mutex;

use detente_findings::assemble::Input;
use detente_findings::model::EquilibriaFacts;
use detente_language::diagnostic::Diagnostic;
use detente_line::others::{Search, others as search_others};

use crate::progress::{Meter, interrupted};

/// Searches for other equilibria, if that is wanted and the solution that is shown is an equilibrium.
///
/// # Errors
/// A query that has no finite value in one of them.
pub fn others(
    input: &Input<'_>,
    search: Search,
    quiet: bool,
) -> Result<Option<EquilibriaFacts>, Box<Diagnostic>> {
    let meter = Mutex::new(Meter::share("searching", quiet));
    let watch = |done: f64, words: &str| {
        if let Ok(meter) = meter.try_lock() {
            meter.at((done * 1000.0) as u64, 1000, words.to_owned());
        }
        !interrupted()
    };
    search_others(input, search, &watch)
}
