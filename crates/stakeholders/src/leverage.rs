//! Whom to persuade: what becomes of the outcome if one actor stood elsewhere or cared more or less.

use serde::{Deserialize, Serialize};

use crate::error::StakeholderError;
use crate::model::Model;
use crate::table::{Stakeholders, Stance};

/// What one actor could change about the outcome of an issue.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Leverage {
    /// Who, by its place among the actors.
    pub actor: usize,
    /// The outcome less that of the table as it is, if the actor stood at the lower and at the upper end of the scale.
    pub position: [f64; 2],
    /// The same if it did not care (salience 0) and if it cared for nothing else (salience 1); where the model needs
    /// what an actor keeps for other issues, the second is what they leave. `None` where the model then has no answer.
    pub salience: [Option<f64>; 2],
}

impl Leverage {
    /// The largest change of the outcome, whichever way.
    pub fn most(&self) -> f64 {
        let all = self
            .position
            .iter()
            .copied()
            .chain(self.salience.iter().flatten().copied());
        all.fold(0.0, |most, change| most.max(change.abs()))
    }
}

/// What every actor with a stance could change about the outcome of `issue`, those who could change most first.
///
/// # Errors
/// What the model needs and the table lacks.
pub fn leverage(
    table: &Stakeholders,
    model: &Model,
    issue: usize,
) -> Result<Vec<Leverage>, StakeholderError> {
    let outcome = |table: &Stakeholders| -> Result<f64, StakeholderError> {
        let forecast = model.forecast(table)?;
        Ok(forecast.outcomes.get(issue).copied().unwrap_or(f64::NAN))
    };
    let now = outcome(table)?;
    let scale = &table.issues()[issue];
    let mut found = Vec::new();
    for (actor, stance) in table.voices(issue) {
        let after = |stance: Stance| -> Result<f64, StakeholderError> {
            Ok(outcome(&table.with_stance(actor, issue, Some(stance))?)? - now)
        };
        let at = |position: f64| after(Stance { position, ..stance });
        let spent: f64 = (0..table.issues().len())
            .filter(|other| *other != issue)
            .filter_map(|other| table.stance(actor, other).map(|stance| stance.salience))
            .sum();
        let caring = |salience: f64| after(Stance { salience, ..stance }).ok();
        found.push(Leverage {
            actor,
            position: [at(scale.lower)?, at(scale.upper)?],
            salience: [caring(0.0), caring((1.0 - spent).clamp(0.0, 1.0))],
        });
    }
    // Stable: of equals, the first in the table.
    found.sort_by(|a, b| b.most().total_cmp(&a.most()));
    Ok(found)
}
