//! What is expected of the stakeholders, and what would be if others were heard.

use detente_stakeholders::backtest::Forecaster;
use detente_stakeholders::study::{Question, study};
use detente_stakeholders::{Actor, Issue, Model, StakeholderError, Stakeholders, Stance};

use crate::input::{Level, Voices};

/// What is expected of an issue.
pub(crate) struct Heard {
    /// Median of the forecast.
    pub median: f64,
    /// Its 5 % and 95 % quantiles.
    pub range: [f64; 2],
    /// The mean weighed by influence and salience.
    pub compromise: Option<f64>,
}

/// What is expected of every issue.
pub(crate) fn heard(voices: &Voices<'_>) -> Result<Vec<Heard>, StakeholderError> {
    let question = Question {
        models: vec![Model::Compromise],
        forecaster: Some(Forecaster::learnt()),
        persuade: Model::Compromise,
    };
    let found = study(voices.subject, &question)?;
    let each = found.issues.into_iter().map(|issue| {
        let compromise = issue.models.first().and_then(|model| model.outcome);
        let spread = issue.forecast;
        Heard {
            median: spread.as_ref().map_or(f64::NAN, |spread| spread.median),
            range: spread
                .as_ref()
                .map_or([f64::NAN; 2], |spread| [spread.lower, spread.upper]),
            compromise,
        }
    });
    Ok(each.collect())
}

/// An assumption of the forecast that can be changed.
pub(crate) struct Variant {
    /// As in "with …".
    pub words: &'static str,
    /// What the assumption is about: "who is heard".
    pub about: &'static str,
    table: Option<Stakeholders>,
}

/// The forecast's assumptions, each changed by itself: who is heard, how much each counts, how much each cares.
pub(crate) fn variants(voices: &Voices<'_>, table: &[String]) -> Vec<Variant> {
    let all = &voices.subject.table;
    let seated: Vec<usize> = (voices.subject.sides.iter().enumerate())
        .filter(|(_, side)| side.as_ref().is_some_and(|side| table.contains(side)))
        .map(|(at, _)| at)
        .collect();
    let some = !seated.is_empty() && seated.len() < all.actors().len();
    let equal = |influence: bool| {
        let actors = all.actors().iter().map(|actor| Actor {
            influence: if influence { 1.0 } else { actor.influence },
            ..actor.clone()
        });
        let stances = (0..all.actors().len()).flat_map(|actor| {
            (0..all.issues().len()).map(move |issue| {
                all.stance(actor, issue).map(|stance| Stance {
                    salience: if influence { stance.salience } else { 1.0 },
                    ..stance
                })
            })
        });
        Stakeholders::new(actors.collect(), all.issues().to_vec(), stances.collect()).ok()
    };
    vec![
        Variant {
            words: "only the voices of those at the table",
            about: "who is heard",
            table: some.then(|| all.only(&seated).ok()).flatten(),
        },
        Variant {
            words: "all voices counting alike",
            about: "how much each counts",
            table: equal(true),
        },
        Variant {
            words: "everybody caring alike",
            about: "how much each cares",
            table: equal(false),
        },
    ]
}

impl Variant {
    /// The median that the forecast would then have on an issue.
    pub fn median(&self, issue: usize) -> Option<f64> {
        let found = Forecaster::learnt().forecast(self.table.as_ref()?, issue);
        found.ok().map(|found| found.median())
    }
}

/// How far a package lies from places on the scales, as the mean share of the scales that are tied to it.
pub(crate) fn away(
    levels: &[Option<Level>],
    scales: &[Issue],
    choices: &[usize],
    places: impl Fn(usize) -> Option<f64>,
) -> Option<f64> {
    let mut sum = 0.0;
    let mut tied = 0;
    for (at, (level, scale)) in levels.iter().zip(scales).enumerate() {
        let Some(level) = level else { continue };
        let agreed = *level.at.get(*choices.get(level.issue)?)?;
        sum += (agreed - places(at)?).abs() / scale.width();
        tied += 1;
    }
    (tied > 0).then(|| sum / f64::from(tied))
}
