//! What is written but has no effect.

use std::collections::HashSet;

use super::names::Reports;
use super::used::Used;
use crate::diagnostic::Diagnostic;
use crate::scenario::{ActorId, BlockId, OutcomeId, ParamId, ScaleId, Scenario};
use crate::suggest::shorten;

/// Warns of parameters, outcomes and actors of a play that nothing depends on.
pub(super) fn check(scenario: &Scenario, reports: &mut Reports) {
    silent(scenario, reports);
    indifferent(scenario, reports);
    // Files without play are shared or hold agreements only: what they declare is used elsewhere.
    if scenario.play.is_empty() {
        return;
    }
    let mut used = Used::of_play(scenario);
    used.of_numbers(scenario);
    let voices = Used::of_stakeholders(scenario);
    let conflict = Used::of_conflict(scenario);
    for beside in [voices, conflict] {
        used.parameters.extend(beside.parameters);
        used.actors.extend(beside.actors);
    }
    for (i, parameter) in (0..).zip(&scenario.parameters) {
        if parameter.span.file == 0 && !used.parameters.contains(&ParamId(i)) {
            let name = shorten(&parameter.id);
            reports.push(
                Diagnostic::warning("W0701", format!("`{name}` is never used"), parameter.span)
                    .label("nothing depends on this number"),
            );
        }
    }
    for (i, block) in (0..).zip(&scenario.blocks) {
        if !used.blocks.contains(&BlockId(i)) {
            let name = shorten(&block.name.id);
            reports.push(
                Diagnostic::warning(
                    "W0707",
                    format!("block `{name}` is never played"),
                    block.name.span,
                )
                .label("never reached")
                .help(format!("let the play come to it: `do {name}`")),
            );
        }
    }
    for (i, outcome) in (0..).zip(&scenario.outcomes) {
        if !used.outcomes.contains(&OutcomeId(i)) {
            let name = shorten(&outcome.id);
            reports.push(
                Diagnostic::warning(
                    "W0702",
                    format!("the play never ends in `{name}`"),
                    outcome.span,
                )
                .label("never reached")
                .help(format!("let a path end there: `end {name}`")),
            );
        }
    }
    for (i, actor) in (0..).zip(&scenario.actors) {
        if !used.actors.contains(&ActorId(i)) {
            let name = shorten(&actor.id);
            reports.push(
                Diagnostic::warning(
                    "W0703",
                    format!("`{name}` never chooses and never gains"),
                    actor.span,
                )
                .label("has no part in the play"),
            );
        }
    }
}

/// Warns of issues with a scale of which no stakeholder says anything, where there are stakeholders.
fn silent(scenario: &Scenario, reports: &mut Reports) {
    if scenario.stakeholders.is_empty() {
        return;
    }
    let voices = scenario.stakeholders.iter();
    let heard: HashSet<ScaleId> = voices
        .flat_map(|voice| voice.stances.iter().map(|stance| stance.scale))
        .collect();
    for (i, scale) in (0..).zip(&scenario.scales) {
        if scale.name.span.file == 0 && !heard.contains(&ScaleId(i)) {
            let name = shorten(&scale.name.id);
            reports.push(
                Diagnostic::warning(
                    "W0708",
                    format!("no stakeholder has a position on `{name}`"),
                    scale.name.span,
                )
                .label("nobody speaks to this")
                .help(format!(
                    "add `{name} position … salience …` to a stakeholder"
                )),
            );
        }
    }
}

/// Warns of actors that have options of the conflict but prefer nothing.
fn indifferent(scenario: &Scenario, reports: &mut Reports) {
    let form = &scenario.conflict;
    let mut told: HashSet<ActorId> = form.prefers.iter().map(|prefers| prefers.actor).collect();
    for (_, option) in form.real() {
        let Some(actor) = scenario.actors.get(option.owner.index()) else {
            continue;
        };
        if told.insert(option.owner) {
            let name = shorten(&actor.id);
            reports.push(
                Diagnostic::warning(
                    "W0709",
                    format!("`{name}` has options but prefers nothing"),
                    option.name.span,
                )
                .label("no state is better for it than another, so it never moves")
                .help(format!("say what matters to it: `prefers {name} {{ … }}`")),
            );
        }
    }
}
