//! The models by name, all asked in the same way.

use serde::{Deserialize, Serialize};

use crate::error::StakeholderError;
use crate::forecast::Forecast;
use crate::simple::{Weight, mean, median, nash};
use crate::table::Stakeholders;
use crate::{challenge, exchange, expected, spatial};

/// A model with its choices.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Model {
    /// The mean position.
    Mean,
    /// The mean weighed by salience.
    SalienceMean,
    /// The mean weighed by influence times salience.
    Compromise,
    /// The median position.
    Median,
    /// The median weighed by influence times salience.
    WeightedMedian,
    /// Nash's bargain with the reference point; the number is the loss of a breakdown.
    Nash(f64),
    /// The spatial model of politics.
    Spatial(spatial::Options),
    /// Bueno de Mesquita's expected utility model.
    ExpectedUtility(expected::Options),
    /// Log-rolls between issues.
    Exchange(exchange::Options),
    /// Positions won over one by one.
    Challenge(challenge::Options),
}

/// The loss of a breakdown that [`Model::named`] gives to Nash's bargain: that of the whole scale at salience 1.
const BREAKDOWN: f64 = 1.0;

impl Model {
    /// The names of all models.
    pub const NAMES: [&'static str; 12] = [
        "mean",
        "salience-mean",
        "compromise",
        "median",
        "weighted-median",
        "nash",
        "spatial",
        "spatial-ktab",
        "expected-utility",
        "expected-utility-scholz",
        "exchange",
        "challenge",
    ];

    /// The model of a name: as published, or as the program computes that the name ends with.
    ///
    /// # Errors
    /// A name that is none of [`Model::NAMES`].
    pub fn named(name: &str) -> Result<Model, StakeholderError> {
        Ok(match name {
            "mean" => Model::Mean,
            "salience-mean" => Model::SalienceMean,
            "compromise" => Model::Compromise,
            "median" => Model::Median,
            "weighted-median" => Model::WeightedMedian,
            "nash" => Model::Nash(BREAKDOWN),
            "spatial" => Model::Spatial(spatial::Options::default()),
            "spatial-ktab" => Model::Spatial(spatial::Options::ktab()),
            "expected-utility-scholz" => Model::ExpectedUtility(expected::Options::scholz()),
            "expected-utility" => Model::ExpectedUtility(expected::Options::default()),
            "exchange" => Model::Exchange(exchange::Options::default()),
            "challenge" => Model::Challenge(challenge::Options::default()),
            word => {
                return Err(StakeholderError::Word {
                    word: word.to_owned(),
                    what: "model",
                    known: Model::NAMES.join(", "),
                });
            }
        })
    }

    /// The model's name.
    pub fn name(&self) -> &'static str {
        match self {
            Model::Mean => "mean",
            Model::SalienceMean => "salience-mean",
            Model::Compromise => "compromise",
            Model::Median => "median",
            Model::WeightedMedian => "weighted-median",
            Model::Nash(_) => "nash",
            Model::Spatial(options) if options.ktab => "spatial-ktab",
            Model::Spatial(_) => "spatial",
            Model::ExpectedUtility(options) if options.scholz => "expected-utility-scholz",
            Model::ExpectedUtility(_) => "expected-utility",
            Model::Exchange(_) => "exchange",
            Model::Challenge(_) => "challenge",
        }
    }

    /// What the model expects.
    ///
    /// Models in one step treat every issue by itself, as do [`Model::ExpectedUtility`] and [`Model::Challenge`],
    /// among those who have a stance on it. The spatial model leaves out who does not care about any issue; its outcome
    /// is the mean of the last positions, weighed by their chances to be chosen; of the expected utility model, the weighted median of the last
    /// positions; of the exchange and challenge models, their compromise.
    ///
    /// # Errors
    /// What the model needs and the table lacks.
    pub fn forecast(&self, table: &Stakeholders) -> Result<Forecast, StakeholderError> {
        let each = |ask: &dyn Fn(usize) -> Result<f64, StakeholderError>| {
            let outcomes: Result<Vec<f64>, _> = (0..table.issues().len()).map(ask).collect();
            outcomes.map(|outcomes| Forecast {
                model: self.name().to_owned(),
                outcomes,
                rounds: Vec::new(),
                stop: None,
            })
        };
        match self {
            Model::Mean => each(&|k| mean(table, k, Weight::Equal)),
            Model::SalienceMean => each(&|k| mean(table, k, Weight::Salience)),
            Model::Compromise => each(&|k| mean(table, k, Weight::Both)),
            Model::Median => each(&|k| median(table, k, Weight::Equal)),
            Model::WeightedMedian => each(&|k| median(table, k, Weight::Both)),
            Model::Nash(breakdown) => each(&|k| nash(table, k, *breakdown)),
            Model::Spatial(options) => self.spatial(table, options),
            Model::ExpectedUtility(options) => self.issue_by_issue(table, |one| {
                let run = expected::run(one, options)?;
                let last = run.rounds.last().map_or(0.0, |round| round.median);
                let rounds = run
                    .rounds
                    .into_iter()
                    .map(|round| round.positions)
                    .collect();
                Ok((last, rounds, run.stop))
            }),
            Model::Challenge(options) => self.issue_by_issue(table, |one| {
                let run = challenge::run(one, options)?;
                let last = run.rounds.last().map_or(0.0, |round| round.outcome);
                let rounds = run
                    .rounds
                    .into_iter()
                    .map(|round| round.positions)
                    .collect();
                Ok((last, rounds, run.stop))
            }),
            Model::Exchange(options) => {
                let run = exchange::run(table, options)?;
                let stop = Some(run.stop);
                let outcomes = run
                    .rounds
                    .last()
                    .map(|r| r.after.clone())
                    .unwrap_or_default();
                let rounds = run.rounds.into_iter().map(|round| round.positions);
                Ok(Forecast {
                    model: self.name().to_owned(),
                    outcomes,
                    rounds: rounds.collect(),
                    stop,
                })
            }
        }
    }

    fn spatial(
        &self,
        table: &Stakeholders,
        options: &spatial::Options,
    ) -> Result<Forecast, StakeholderError> {
        let playing = table.concerned();
        let run = spatial::run(&table.only(&playing)?, options)?;
        let issues = table.issues().len();
        let mut outcomes = vec![0.0; issues];
        if let Some(last) = run.rounds.last() {
            for (position, chance) in last.positions.chunks_exact(issues).zip(&run.chances) {
                for (outcome, x) in outcomes.iter_mut().zip(position) {
                    *outcome += chance * x;
                }
            }
        }
        Ok(Forecast {
            model: self.name().to_owned(),
            outcomes,
            rounds: run
                .rounds
                .iter()
                .map(|turn| spread(table, &playing, &turn.positions))
                .collect(),
            stop: Some(run.stop),
        })
    }

    /// Asks about every issue by itself. Rounds are told for a table of one issue; of several they need not be
    /// equally many.
    fn issue_by_issue(
        &self,
        table: &Stakeholders,
        ask: impl Fn(&Stakeholders) -> Result<(f64, Vec<Vec<f64>>, crate::Stop), StakeholderError>,
    ) -> Result<Forecast, StakeholderError> {
        let issues = table.issues().len();
        let mut outcomes = Vec::with_capacity(issues);
        let (mut rounds, mut stop): (Vec<Vec<Option<f64>>>, _) = (Vec::new(), None);
        for issue in 0..issues {
            let (outcome, positions, end) = ask(&table.issue(issue)?)?;
            outcomes.push(outcome);
            if issues == 1 {
                let playing: Vec<usize> = table.voices(issue).map(|(a, _)| a).collect();
                rounds = positions
                    .iter()
                    .map(|held| spread(table, &playing, held))
                    .collect();
                stop = Some(end);
            }
        }
        Ok(Forecast {
            model: self.name().to_owned(),
            outcomes,
            rounds,
            stop,
        })
    }
}

/// Positions of those who play, at their places among all.
fn spread(table: &Stakeholders, playing: &[usize], positions: &[f64]) -> Vec<Option<f64>> {
    let issues = table.issues().len();
    let mut all = vec![None; table.actors().len() * issues];
    for (actor, held) in playing.iter().zip(positions.chunks_exact(issues)) {
        for (place, x) in all[actor * issues..].iter_mut().zip(held) {
            *place = Some(*x);
        }
    }
    all
}
