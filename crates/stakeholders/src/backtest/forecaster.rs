//! A forecaster that learns from past issues where decisions end.
//!
//! Decisions lie near a weighted mean of positions, and they pile up where somebody stands. Several logits, each with
//! its own weighing of the mean, with and without marks for named actors and the reference point, are fitted alike, and
//! their distributions pooled: no weighing is best everywhere, and pooling forgives a wrong one.

use serde::{Deserialize, Serialize};

use super::case::Case;
use super::distribution::Distribution;
use super::logit::{chances, fit};
use super::places::{Lens, Places, STEPS};
use crate::error::StakeholderError;
use crate::table::Stakeholders;

/// What may be chosen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Options {
    /// Powers of influence that the centre is weighed with.
    pub influence: Vec<f64>,
    /// Powers of salience likewise.
    pub salience: Vec<f64>,
    /// Whether members without marks for named actors and the reference point take part.
    pub plain: bool,
    /// Whether members with those marks take part.
    pub marked: bool,
    /// Actors whose positions are marked, such as who proposes and who must consent.
    pub named: Vec<String>,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            influence: vec![0.0, 0.25, 0.5],
            salience: vec![1.0, 2.0, 3.0],
            plain: true,
            marked: true,
            named: Vec::new(),
        }
    }
}

/// One fitted logit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Member {
    /// Power of influence.
    pub influence: f64,
    /// Power of salience.
    pub salience: f64,
    /// Whether named actors and the reference point are marked.
    pub marked: bool,
    /// Coefficients: nearness to the centre (shares of the scale), a held position, then, if marked, the position of
    /// each named actor and the reference point.
    pub coefficients: Vec<f64>,
}

/// A fitted forecaster.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Forecaster {
    /// Actors whose positions are marked.
    pub named: Vec<String>,
    /// The fitted logits.
    pub members: Vec<Member>,
}

/// Fewer cases teach nothing.
const LEAST: usize = 20;

impl Forecaster {
    /// Learns from the cases with an outcome.
    ///
    /// # Errors
    /// Fewer than 20 of them.
    pub fn fit(cases: &[&Case], options: &Options) -> Result<Forecaster, StakeholderError> {
        let known: Vec<(&Case, usize)> = cases
            .iter()
            .filter_map(|case| {
                let share = case.table.issues()[0].share(case.outcome?);
                Some((*case, Places::nearest(share)))
            })
            .collect();
        if known.len() < LEAST {
            let (needed, found) = (LEAST, known.len());
            return Err(StakeholderError::Cases { needed, found });
        }
        let mut members = Vec::new();
        for marked in [false, true] {
            if (marked && !options.marked) || (!marked && !options.plain) {
                continue;
            }
            for &influence in &options.influence {
                for &salience in &options.salience {
                    let lens = Lens {
                        influence,
                        salience,
                        named: marked.then_some(options.named.as_slice()),
                    };
                    let seen: Vec<(Places, usize)> = known
                        .iter()
                        .map(|(case, chosen)| (Places::new(&case.table, 0, &lens), *chosen))
                        .collect();
                    let borrowed: Vec<(&Places, usize)> = seen
                        .iter()
                        .map(|(places, chosen)| (places, *chosen))
                        .collect();
                    let size = 2 + if marked { options.named.len() + 1 } else { 0 };
                    members.push(Member {
                        influence,
                        salience,
                        marked,
                        coefficients: fit(&borrowed, size),
                    });
                }
            }
        }
        Ok(Forecaster {
            named: options.named.clone(),
            members,
        })
    }

    /// Where an issue of a table may end.
    ///
    /// # Errors
    /// Nobody has a position on the issue.
    pub fn forecast(
        &self,
        table: &Stakeholders,
        issue: usize,
    ) -> Result<Distribution, StakeholderError> {
        let scale = &table.issues()[issue];
        if table.voices(issue).next().is_none() {
            let issue = scale.name.clone();
            return Err(StakeholderError::Nobody { issue });
        }
        let mut sums = vec![0.0; STEPS + 1];
        for member in &self.members {
            let lens = Lens {
                influence: member.influence,
                salience: member.salience,
                named: member.marked.then_some(self.named.as_slice()),
            };
            let places = Places::new(table, issue, &lens);
            for (sum, p) in sums.iter_mut().zip(chances(&places, &member.coefficients)) {
                *sum += p;
            }
        }
        // In this order, whole numbers on a scale to 100 are met exactly.
        let place = |(step, sum): (usize, f64)| {
            (
                scale.lower + scale.width() * step as f64 / STEPS as f64,
                sum,
            )
        };
        Ok(Distribution::new(
            sums.into_iter().enumerate().map(place).collect(),
        ))
    }
}
