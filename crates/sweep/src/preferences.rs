//! What everybody makes of the options at a negotiation, drawn with all doubtful numbers together.

use detente_deal::Preferences;
use detente_findings::deal::scenario::preferences;
use detente_language::diagnostic::Diagnostic;
use detente_language::eval::{Settings, bind};
use detente_language::scenario::{ParamId, Scenario};

use crate::draw::Doubtful;
use crate::points::{correlations, sample};

/// Preferences of all actors with a `value`, in `draws` draws of the doubtful numbers; the pinned ones stay as they are.
/// Empty where nothing is doubtful. Nothing is solved.
///
/// # Errors
/// A draw at which the scenario's numbers make no sense.
pub fn preferences_drawn(
    scenario: &Scenario,
    pinned: &[(ParamId, f64)],
    doubtful: &[Doubtful],
    draws: usize,
    seed: u64,
) -> Result<Vec<Vec<Preferences>>, Vec<Diagnostic>> {
    let settings = settings_drawn(scenario, pinned, doubtful, draws, seed)?;
    (settings.iter())
        .map(|drawn| preferences(scenario, drawn).map_err(|fault| vec![*fault]))
        .collect()
}

/// All numbers of a scenario in `draws` draws of the doubtful ones; the pinned ones stay as they are. Empty where
/// nothing is doubtful.
///
/// # Errors
/// A draw at which the scenario's numbers make no sense.
pub fn settings_drawn(
    scenario: &Scenario,
    pinned: &[(ParamId, f64)],
    doubtful: &[Doubtful],
    draws: usize,
    seed: u64,
) -> Result<Vec<Settings>, Vec<Diagnostic>> {
    if doubtful.is_empty() {
        return Ok(Vec::new());
    }
    // Correlations that contradict one another were refused when the scenario was read.
    let drawn = sample(doubtful, &correlations(scenario), draws, seed).unwrap_or_default();
    (drawn.points.into_iter())
        .map(|point| bind(scenario, &[pinned, &point.overrides].concat()))
        .collect()
}
