//! A scenario's stakeholders as a table that models read.

use detente_language::eval::{Settings, constant};
use detente_language::scenario::{Expr, ParamId, Scenario};
use detente_stakeholders::study::Subject;
use detente_stakeholders::{Actor, Issue, Stakeholders, Stance};
use detente_sweep::{doubtful_voices, settings_drawn};

use crate::{Fault, Story};

/// What a story's stakeholders want: the issues that somebody speaks to, with draws of the numbers that are doubted.
/// `None` where there are no stakeholders with a position.
///
/// # Errors
/// Numbers that make no sense, as they are or in a draw.
pub fn subject(
    story: &Story,
    settings: &Settings,
    pinned: &[(ParamId, f64)],
    draws: usize,
    seed: u64,
) -> Result<Option<Subject>, Fault> {
    let told = &story.scenario;
    let heard = heard(told);
    if heard.is_empty() {
        return Ok(None);
    }
    let table = |settings: &Settings| table(story, settings, &heard);
    let ids: Vec<ParamId> = pinned.iter().map(|(id, _)| *id).collect();
    let numbers = doubtful_voices(told, settings, &ids).map_err(|error| Fault::asked(&error))?;
    let drawn = settings_drawn(told, pinned, &numbers, draws, seed)
        .map_err(|faults| Fault::told(faults, &story.sources))?;
    let scales = || heard.iter().map(|at| &told.scales[*at]);
    let actual = |expr: &Option<Expr>| match expr {
        Some(expr) => number(story, settings, expr).map(Some),
        None => Ok(None),
    };
    let side =
        |actor: detente_language::scenario::ActorId| told.actors[actor.index()].label.clone();
    Ok(Some(Subject {
        title: told.title.clone(),
        table: table(settings)?,
        labels: scales().map(|scale| scale.name.label.clone()).collect(),
        units: scales().map(|scale| scale.unit.clone()).collect(),
        actual: scales()
            .map(|scale| actual(&scale.actual))
            .collect::<Result<_, _>>()?,
        sides: (told.stakeholders.iter())
            .map(|voice| voice.of.map(side))
            .collect(),
        draws: drawn.iter().map(table).collect::<Result<_, _>>()?,
    }))
}

/// Issues with a scale to which somebody speaks, by their places.
pub(crate) fn heard(told: &Scenario) -> Vec<usize> {
    let spoken = |at: &usize| {
        let mut stances = told.stakeholders.iter().flat_map(|voice| &voice.stances);
        stances.any(|stance| stance.scale.index() == *at)
    };
    (0..told.scales.len()).filter(spoken).collect()
}

fn number(story: &Story, settings: &Settings, expr: &Expr) -> Result<f64, Fault> {
    constant(&story.scenario, settings, expr).map_err(|fault| story.fault(&fault))
}

fn table(story: &Story, settings: &Settings, heard: &[usize]) -> Result<Stakeholders, Fault> {
    let told = &story.scenario;
    let value = |expr: &Expr| number(story, settings, expr);
    let mut issues = Vec::with_capacity(heard.len());
    for at in heard {
        let scale = &told.scales[*at];
        let mut issue = Issue::new(&scale.name.id, value(&scale.lower)?, value(&scale.upper)?);
        if let Some(reference) = &scale.reference {
            issue.reference = Some(value(reference)?);
        }
        issues.push(issue);
    }
    let mut actors = Vec::with_capacity(told.stakeholders.len());
    let mut stances = vec![None; told.stakeholders.len() * heard.len()];
    for (i, voice) in told.stakeholders.iter().enumerate() {
        actors.push(Actor {
            name: voice.name.id.clone(),
            label: voice.name.label.clone(),
            influence: value(&voice.influence)?,
        });
        for stance in &voice.stances {
            let column = heard.iter().position(|at| *at == stance.scale.index());
            if let Some(column) = column {
                stances[i * heard.len() + column] = Some(Stance {
                    position: value(&stance.position)?,
                    salience: value(&stance.salience)?,
                });
            }
        }
    }
    Stakeholders::new(actors, issues, stances).map_err(|error| Fault::asked(&error))
}
