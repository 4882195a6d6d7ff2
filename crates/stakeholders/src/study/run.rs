//! Models asked about every issue of a table, whether they take issues together or one by one.

use crate::error::StakeholderError;
use crate::forecast::{Forecast, Stop};
use crate::model::Model;
use crate::spatial::{self, Challenge};
use crate::table::{Stakeholders, Stance};

/// What a model says of one issue.
#[derive(Clone, Debug)]
pub(super) struct Run {
    pub outcome: f64,
    /// Round by round, every actor's position on this issue.
    pub rounds: Vec<Vec<Option<f64>>>,
    pub stop: Option<Stop>,
}

/// What all models say: model by model, issue by issue, a run or why there is none.
pub(super) struct Runs {
    pub names: Vec<String>,
    pub found: Vec<Vec<Result<Run, String>>>,
    pub remarks: Vec<String>,
}

impl Runs {
    pub fn of(table: &Stakeholders, models: &[Model]) -> Runs {
        let (shared, remarks) = shared(table);
        let ask = |model: &Model| match (model, &shared) {
            (Model::Spatial(_), Some(shared)) if table.issues().len() > 1 => {
                together(shared, model)
            }
            (Model::Exchange(_), _) => together(table, model),
            _ => (0..table.issues().len())
                .map(|issue| alone(table, model, issue))
                .collect(),
        };
        let spatial = models.iter().any(|m| matches!(m, Model::Spatial(_)));
        Runs {
            names: models.iter().map(|model| model.name().to_owned()).collect(),
            found: models.iter().map(ask).collect(),
            remarks: if spatial { remarks } else { Vec::new() },
        }
    }
}

/// The table as the spatial model can read it as a whole: everybody has a stance on everything, and saliences of nobody
/// add up to more than 1. `None` where a stance is missing; then the model is asked about every issue by itself.
fn shared(table: &Stakeholders) -> (Option<Stakeholders>, Vec<String>) {
    let issues = table.issues().len();
    if issues < 2 {
        return (None, Vec::new());
    }
    let playing = table.concerned();
    let missing = playing
        .iter()
        .any(|a| (0..issues).any(|k| table.stance(*a, k).is_none()));
    if missing {
        let remark = "not everybody has a position on every issue: the spatial model takes every issue by itself";
        return (None, vec![remark.to_owned()]);
    }
    let sum = |a: usize| -> f64 {
        let stances = (0..issues).filter_map(|k| table.stance(a, k));
        stances.map(|stance| stance.salience).sum()
    };
    let most = (0..table.actors().len()).map(sum).fold(0.0, f64::max);
    if most <= 1.0 + 1e-9 {
        return (Some(table.clone()), Vec::new());
    }
    let stances = (0..table.actors().len()).flat_map(|actor| {
        (0..issues).map(move |issue| {
            table.stance(actor, issue).map(|stance| Stance {
                salience: (stance.salience / most).min(1.0),
                ..stance
            })
        })
    });
    let (actors, scales) = (table.actors().to_vec(), table.issues().to_vec());
    let Ok(smaller) = Stakeholders::new(actors, scales, stances.collect()) else {
        return (None, Vec::new());
    };
    let remark = format!(
        "saliences of an actor add up to {most:.2}; the spatial model, which shares them out among the issues, has all of them divided by that"
    );
    (Some(smaller), vec![remark])
}

/// All issues at once.
fn together(table: &Stakeholders, model: &Model) -> Vec<Result<Run, String>> {
    let issues = table.issues().len();
    match model.forecast(table) {
        Err(error) => vec![Err(error.to_string()); issues],
        Ok(forecast) => (0..issues)
            .map(|issue| {
                let outcome = forecast.outcomes.get(issue).copied();
                let round = |all: &Vec<Option<f64>>| {
                    let own = all.iter().skip(issue).step_by(issues);
                    own.copied().collect()
                };
                Ok(Run {
                    outcome: outcome.ok_or_else(|| "no answer".to_owned())?,
                    rounds: forecast.rounds.iter().map(round).collect(),
                    stop: forecast.stop,
                })
            })
            .collect(),
    }
}

/// One issue by itself.
fn alone(table: &Stakeholders, model: &Model, issue: usize) -> Result<Run, String> {
    let told = |error: StakeholderError| error.to_string();
    let one = table.issue(issue).map_err(told)?;
    let Forecast {
        outcomes,
        rounds,
        stop,
        ..
    } = model.forecast(&one).map_err(told)?;
    let places: Vec<usize> = table.voices(issue).map(|(actor, _)| actor).collect();
    let spread = |held: Vec<Option<f64>>| {
        let mut all = vec![None; table.actors().len()];
        for (place, position) in places.iter().zip(held) {
            all[*place] = position;
        }
        all
    };
    Ok(Run {
        outcome: outcomes
            .first()
            .copied()
            .ok_or_else(|| "no answer".to_owned())?,
        rounds: rounds.into_iter().map(spread).collect(),
        stop,
    })
}

/// Who challenges whom in the first turn on one issue, by the spatial model that is asked, else by the published one.
pub(super) fn challenges(table: &Stakeholders, issue: usize, models: &[Model]) -> Vec<Challenge> {
    let asked = models.iter().find_map(|model| match model {
        Model::Spatial(options) => Some(options.clone()),
        _ => None,
    });
    let options = spatial::Options {
        turns: 1,
        ..asked.unwrap_or_default()
    };
    let first = || -> Result<Vec<Challenge>, StakeholderError> {
        let one = table.issue(issue)?;
        let playing = one.concerned();
        let run = spatial::run(&one.only(&playing)?, &options)?;
        let places: Vec<usize> = table.voices(issue).map(|(actor, _)| actor).collect();
        let home = |at: usize| playing.get(at).and_then(|a| places.get(*a)).copied();
        let made = run.rounds.into_iter().next().map(|turn| turn.challenges);
        let placed = made.unwrap_or_default().into_iter().filter_map(|made| {
            Some(Challenge {
                from: home(made.from)?,
                to: home(made.to)?,
                ..made
            })
        });
        Ok(placed.collect())
    };
    // Where the model cannot be asked, there are none to show.
    first().unwrap_or_default()
}
