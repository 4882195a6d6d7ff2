//! One table asked in every way at once: what each model expects, how the forecaster spreads its chances, who challenges
//! whom, whom to persuade, and how far all of that hangs on numbers that are doubted.

mod doubt;
mod run;

use serde::{Deserialize, Serialize};

use crate::backtest::{Distribution, Forecaster};
use crate::error::StakeholderError;
use crate::forecast::Stop;
use crate::leverage::{Leverage, leverage};
use crate::model::Model;
use crate::spatial::Challenge;
use crate::table::{Actor, Issue, Stakeholders};
use doubt::{central, range, ribbon};
use run::{Runs, challenges};

/// What a study is about.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Subject {
    /// What it is called.
    pub title: String,
    /// Who wants what.
    pub table: Stakeholders,
    /// Issue by issue, what it is called in full.
    pub labels: Vec<String>,
    /// Issue by issue, in what it is counted; may be empty.
    pub units: Vec<String>,
    /// Issue by issue, what came of it; no model uses it.
    pub actual: Vec<Option<f64>>,
    /// Actor by actor, whom it belongs to.
    pub sides: Vec<Option<String>>,
    /// The same table at drawn numbers, actors and issues in the same order; none where nothing is doubted.
    pub draws: Vec<Stakeholders>,
}

impl Subject {
    /// A table by itself, its issues called as they are named.
    pub fn plain(title: impl Into<String>, table: Stakeholders) -> Subject {
        let issues = table.issues();
        Subject {
            title: title.into(),
            labels: issues.iter().map(|issue| issue.name.clone()).collect(),
            units: vec![String::new(); issues.len()],
            actual: vec![None; issues.len()],
            sides: vec![None; table.actors().len()],
            draws: Vec::new(),
            table,
        }
    }
}

/// What is asked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Question {
    /// The models, in the order of the answers.
    pub models: Vec<Model>,
    /// The forecaster, if it takes part.
    pub forecaster: Option<Forecaster>,
    /// The model whose outcome leverage moves.
    pub persuade: Model,
}

/// Everything that was found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Study {
    /// What it is called.
    pub title: String,
    /// The actors.
    pub actors: Vec<Actor>,
    /// Actor by actor, whom it belongs to.
    pub sides: Vec<Option<String>>,
    /// How often doubtful numbers were drawn.
    pub draws: usize,
    /// The model whose outcome leverage moves.
    pub persuade: String,
    /// Issue by issue.
    pub issues: Vec<Answers>,
    /// What was done to the table so that models could read it.
    pub remarks: Vec<String>,
}

/// What is expected of one issue.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Answers {
    /// The issue.
    pub issue: Issue,
    /// What it is called in full.
    pub label: String,
    /// In what it is counted; may be empty.
    pub unit: String,
    /// What came of it.
    pub actual: Option<f64>,
    /// Those with a stance.
    pub voices: Vec<Voice>,
    /// Model by model.
    pub models: Vec<Expected>,
    /// The forecaster's distribution.
    pub forecast: Option<Spread>,
    /// Who stands nearest to the forecast, or, without a forecaster, to the first model's outcome; an actor's place.
    pub nearest: Option<usize>,
    /// The model nearest to what came of the issue.
    pub best: Option<String>,
    /// Who challenges whom at first, as the spatial model reckons; nobody where that cannot be asked.
    pub challenges: Vec<Challenge>,
    /// Whom to persuade, those first who could change most.
    pub leverage: Vec<Leverage>,
}

/// One with a stance.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Voice {
    /// Who, by its place among the actors.
    pub actor: usize,
    /// Where it stands.
    pub position: f64,
    /// How much it cares, from 0 to 1.
    pub salience: f64,
    /// Influence times salience, as a share of everybody's on this issue.
    pub weight: f64,
}

/// What a model expects.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Expected {
    /// The model.
    pub model: String,
    /// The outcome; `None` where it has none.
    pub outcome: Option<f64>,
    /// Why it has none.
    pub why: Option<String>,
    /// Where the outcome lies in 90 of 100 draws; `None` where nothing is doubted.
    pub range: Option<[f64; 2]>,
    /// Round by round, every actor's position, actor by actor; empty for models without rounds.
    pub rounds: Vec<Vec<Option<f64>>>,
    /// Round by round, where every actor's position lies in 90 of 100 draws; empty where nothing is doubted.
    pub ribbon: Vec<Vec<Option<[f64; 2]>>>,
    /// Why rounds ended.
    pub stop: Option<Stop>,
}

/// The forecaster's answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Spread {
    /// The median.
    pub median: f64,
    /// Only one time in twenty lower.
    pub lower: f64,
    /// Only one time in twenty higher.
    pub upper: f64,
    /// All of it, over the draws where numbers are doubted.
    pub distribution: Distribution,
}

/// Asks everything.
///
/// # Errors
/// Drawn tables of another shape; an issue on which nobody has a stance.
pub fn study(subject: &Subject, question: &Question) -> Result<Study, StakeholderError> {
    let table = &subject.table;
    check(subject)?;
    let runs = Runs::of(table, &question.models);
    let drawn: Vec<Runs> = subject
        .draws
        .iter()
        .map(|draw| Runs::of(draw, &question.models))
        .collect();
    let mut issues = Vec::with_capacity(table.issues().len());
    let mut unmoved = Vec::new();
    for k in 0..table.issues().len() {
        let models: Vec<Expected> = (0..question.models.len())
            .map(|m| expected(&runs, &drawn, m, k))
            .collect();
        let forecast = match &question.forecaster {
            Some(forecaster) => Some(spread(forecaster, subject, k)?),
            None => None,
        };
        let point = forecast
            .as_ref()
            .map(|spread| spread.median)
            .or_else(|| models.iter().find_map(|found| found.outcome));
        let actual = subject.actual.get(k).copied().flatten();
        issues.push(Answers {
            label: subject.labels.get(k).cloned().unwrap_or_default(),
            unit: subject.units.get(k).cloned().unwrap_or_default(),
            issue: table.issues()[k].clone(),
            actual,
            voices: voices(table, k),
            nearest: point.and_then(|point| nearest(table, k, point)),
            best: actual.and_then(|actual| best(&models, forecast.as_ref(), actual)),
            models,
            forecast,
            challenges: challenges(table, k, &question.models),
            leverage: levers(table, &question.persuade, k).unwrap_or_else(|error| {
                let remark = format!("whom to persuade: {error}");
                if !unmoved.contains(&remark) {
                    unmoved.push(remark);
                }
                Vec::new()
            }),
        });
    }
    Ok(Study {
        title: subject.title.clone(),
        actors: table.actors().to_vec(),
        sides: subject.sides.clone(),
        draws: subject.draws.len(),
        persuade: question.persuade.name().to_owned(),
        issues,
        remarks: runs.remarks.into_iter().chain(unmoved).collect(),
    })
}

fn check(subject: &Subject) -> Result<(), StakeholderError> {
    let shape = |table: &Stakeholders| table.actors().len() * table.issues().len();
    let expected = shape(&subject.table);
    for draw in &subject.draws {
        let found = shape(draw);
        if found != expected {
            return Err(StakeholderError::Length { expected, found });
        }
    }
    for (k, issue) in subject.table.issues().iter().enumerate() {
        if subject.table.voices(k).next().is_none() {
            let issue = issue.name.clone();
            return Err(StakeholderError::Nobody { issue });
        }
    }
    Ok(())
}

fn voices(table: &Stakeholders, issue: usize) -> Vec<Voice> {
    let power = |(actor, stance): (usize, crate::table::Stance)| {
        table.actors()[actor].influence * stance.salience
    };
    let all: f64 = table.voices(issue).map(power).sum();
    let share = |part: f64| if all > 0.0 { part / all } else { 0.0 };
    table
        .voices(issue)
        .map(|(actor, stance)| Voice {
            actor,
            position: stance.position,
            salience: stance.salience,
            weight: share(power((actor, stance))),
        })
        .collect()
}

fn expected(runs: &Runs, drawn: &[Runs], model: usize, issue: usize) -> Expected {
    let name = runs.names[model].clone();
    match &runs.found[model][issue] {
        Err(why) => Expected {
            model: name,
            outcome: None,
            why: Some(why.clone()),
            range: None,
            rounds: Vec::new(),
            ribbon: Vec::new(),
            stop: None,
        },
        Ok(run) => {
            let others: Vec<&run::Run> = drawn
                .iter()
                .filter_map(|other| other.found[model][issue].as_ref().ok())
                .collect();
            let outcomes = others.iter().map(|other| other.outcome);
            Expected {
                model: name,
                outcome: Some(run.outcome),
                why: None,
                range: range(outcomes.collect()),
                ribbon: ribbon(&run.rounds, &others),
                rounds: run.rounds.clone(),
                stop: run.stop,
            }
        }
    }
}

fn spread(
    forecaster: &Forecaster,
    subject: &Subject,
    issue: usize,
) -> Result<Spread, StakeholderError> {
    let distribution = if subject.draws.is_empty() {
        forecaster.forecast(&subject.table, issue)?
    } else {
        let parts = subject.draws.iter();
        let parts = parts.map(|draw| forecaster.forecast(draw, issue));
        Distribution::pool(&parts.collect::<Result<Vec<_>, _>>()?)
    };
    let [lower, upper] = central(&distribution);
    Ok(Spread {
        median: distribution.median(),
        lower,
        upper,
        distribution,
    })
}

/// Whose position is nearest; of equals the first.
fn nearest(table: &Stakeholders, issue: usize, point: f64) -> Option<usize> {
    let away = |(_, stance): &(usize, crate::table::Stance)| (stance.position - point).abs();
    table
        .voices(issue)
        .min_by(|a, b| away(a).total_cmp(&away(b)))
        .map(|(actor, _)| actor)
}

/// Who was nearest to what happened: a model's name, or that of the forecaster.
fn best(models: &[Expected], forecast: Option<&Spread>, actual: f64) -> Option<String> {
    let points = models
        .iter()
        .filter_map(|found| Some((found.model.as_str(), found.outcome?)));
    let own = forecast.map(|spread| ("forecaster", spread.median));
    points
        .chain(own)
        .min_by(|a, b| (a.1 - actual).abs().total_cmp(&(b.1 - actual).abs()))
        .map(|(name, _)| name.to_owned())
}

/// Whom to persuade on an issue: by itself, but for log-rolls, which are between issues.
fn levers(
    table: &Stakeholders,
    model: &Model,
    issue: usize,
) -> Result<Vec<Leverage>, StakeholderError> {
    if let Model::Exchange(_) = model {
        return leverage(table, model, issue);
    }
    let found = leverage(&table.issue(issue)?, model, 0)?;
    Ok(at_home(found, table, issue))
}

/// Leverage of a table of one issue, with actors by their places among all.
fn at_home(found: Vec<Leverage>, table: &Stakeholders, issue: usize) -> Vec<Leverage> {
    let places: Vec<usize> = table.voices(issue).map(|(actor, _)| actor).collect();
    let placed = found.into_iter().filter_map(|lever| {
        let actor = *places.get(lever.actor)?;
        Some(Leverage { actor, ..lever })
    });
    placed.collect()
}
