//! The backtest: models and the forecaster on all cases, out of sample.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::case::Case;
use super::distribution::Distribution;
use super::folds::Folds;
use super::forecaster::{Forecaster, Options};
use super::score::{Answer, Difference, Score, difference, score};
use crate::error::StakeholderError;
use crate::model::Model;

/// What is judged, and how.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Settings {
    /// The models.
    pub models: Vec<Model>,
    /// The forecaster, if it takes part.
    pub forecaster: Option<Options>,
    /// What is held back.
    pub folds: Folds,
    /// The model that all are compared with, by its name.
    pub against: String,
    /// Bootstrap resamples.
    pub resamples: usize,
    /// Seed of the resamples.
    pub seed: u64,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            models: vec![
                Model::Mean,
                Model::SalienceMean,
                Model::Compromise,
                Model::Median,
                Model::WeightedMedian,
            ],
            forecaster: Some(Options::default()),
            folds: Folds::EachGroup,
            against: "compromise".to_owned(),
            resamples: 2000,
            seed: 1,
        }
    }
}

/// A model's row.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Judged {
    /// The model's name.
    pub model: String,
    /// Its scores.
    pub score: Score,
    /// Absolute error less that of the model compared with, over cases that both forecast.
    pub error_difference: Difference,
    /// The same of the continuous ranked probability score.
    pub crps_difference: Difference,
    /// Case by case, the forecast; `None` where the model had no answer.
    pub points: Vec<Option<f64>>,
}

/// The table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Backtest {
    /// Cases with an outcome.
    pub cases: usize,
    /// Groups that they belong to.
    pub groups: usize,
    /// The model compared with.
    pub against: String,
    /// Names of the cases.
    pub names: Vec<String>,
    /// What happened, case by case.
    pub outcomes: Vec<f64>,
    /// A row per model.
    pub rows: Vec<Judged>,
}

/// The forecaster's name in the table.
const FORECASTER: &str = "forecaster";
/// Fewer cases are no test.
const LEAST: usize = 20;

/// Asks every model about every case with an outcome.
///
/// The distribution of a model's forecast is that of its own errors on the cases not held back with it, around its
/// forecast and kept on the scale; the forecaster is fitted on those cases.
///
/// # Errors
/// Fewer than 20 cases with an outcome; a model compared with that is not judged.
pub fn backtest(cases: &[Case], settings: &Settings) -> Result<Backtest, StakeholderError> {
    let known: Vec<Case> = cases
        .iter()
        .filter(|case| case.outcome.is_some())
        .cloned()
        .collect();
    if known.len() < LEAST {
        let (needed, found) = (LEAST, known.len());
        return Err(StakeholderError::Cases { needed, found });
    }
    let (fold, folds) = settings.folds.deal(&known);
    let groups = numbered(&known);
    let mut answers: Vec<(String, Vec<Option<Answer>>)> = Vec::new();
    for model in &settings.models {
        let found = by_model(&known, model, &fold, &groups);
        answers.push((model.name().to_owned(), found));
    }
    if let Some(options) = &settings.forecaster {
        let found = by_forecaster(&known, options, (&fold, folds), &groups)?;
        answers.push((FORECASTER.to_owned(), found));
    }
    let Some(against) = answers
        .iter()
        .position(|(name, _)| *name == settings.against)
    else {
        let known: Vec<&str> = answers.iter().map(|(name, _)| name.as_str()).collect();
        return Err(StakeholderError::Word {
            word: settings.against.clone(),
            what: "model of this backtest",
            known: known.join(", "),
        });
    };
    let rows = answers.iter().map(|(name, found)| {
        let paired = |measure: &dyn Fn(&Answer) -> f64| {
            let both = found.iter().zip(&answers[against].1);
            let pairs = both.filter_map(|(a, b)| {
                let (a, b) = (a.as_ref()?, b.as_ref()?);
                Some((a.group, measure(a) - measure(b)))
            });
            difference(
                &pairs.collect::<Vec<_>>(),
                settings.resamples,
                settings.seed,
            )
        };
        Judged {
            model: name.clone(),
            score: score(&found.iter().flatten().collect::<Vec<_>>()),
            error_difference: paired(&Answer::error),
            crps_difference: paired(&Answer::crps),
            points: found
                .iter()
                .map(|answer| answer.as_ref().map(|a| a.point))
                .collect(),
        }
    });
    Ok(Backtest {
        cases: known.len(),
        groups: groups.iter().max().map_or(0, |last| last + 1),
        against: settings.against.clone(),
        names: known.iter().map(|case| case.name.clone()).collect(),
        outcomes: known.iter().filter_map(|case| case.outcome).collect(),
        rows: rows.collect(),
    })
}

/// Every case's group by number.
fn numbered(cases: &[Case]) -> Vec<usize> {
    let mut numbers = BTreeMap::new();
    let number = |case: &Case| {
        let next = numbers.len();
        *numbers.entry(case.group.clone()).or_insert(next)
    };
    cases.iter().map(number).collect()
}

fn by_model(
    cases: &[Case],
    model: &Model,
    fold: &[usize],
    groups: &[usize],
) -> Vec<Option<Answer>> {
    // A model without an answer is silent about the case, and judged on the others.
    let points: Vec<Option<f64>> = cases
        .iter()
        .map(|case| {
            model
                .forecast(&case.table)
                .ok()
                .and_then(|f| f.outcomes.first().copied())
        })
        .collect();
    let answer = |at: usize| {
        let (point, outcome) = (points[at]?, cases[at].outcome?);
        let errors: Vec<f64> = (0..cases.len())
            .filter(|&other| fold[other] != fold[at])
            .filter_map(|other| Some(cases[other].outcome? - points[other]?))
            .collect();
        if errors.is_empty() {
            return None;
        }
        let scale = &cases[at].table.issues()[0];
        let distribution = Distribution::around(point, &errors, scale.lower, scale.upper);
        Some(Answer {
            group: groups[at],
            point,
            distribution,
            outcome,
        })
    };
    (0..cases.len()).map(answer).collect()
}

fn by_forecaster(
    cases: &[Case],
    options: &Options,
    (fold, folds): (&[usize], usize),
    groups: &[usize],
) -> Result<Vec<Option<Answer>>, StakeholderError> {
    let mut answers: Vec<Option<Answer>> = cases.iter().map(|_| None).collect();
    for held in 0..folds {
        let learnt: Vec<&Case> = cases
            .iter()
            .zip(fold)
            .filter(|(_, f)| **f != held)
            .map(|(case, _)| case)
            .collect();
        let forecaster = Forecaster::fit(&learnt, options)?;
        for (at, case) in cases.iter().enumerate().filter(|(at, _)| fold[*at] == held) {
            let distribution = forecaster.forecast(&case.table, 0)?;
            answers[at] = case.outcome.map(|outcome| Answer {
                group: groups[at],
                point: distribution.median(),
                distribution,
                outcome,
            });
        }
    }
    Ok(answers)
}
