//! What a name stands for, told in Markdown: its declaration, label, source, range and present value.

use std::fmt::Write as _;

use detente_language::analysis::{Analysis, Meaning, Values};
use detente_language::ast::{Item, ItemKind};
use detente_language::scenario::{
    ConflictOptionId, Domain, IssueId, PackageId, ParamId, ScaleId, Scenario, SituationId,
    StakeholderId, VariableId,
};
use detente_language::span::Span;
use detente_language::suggest::shorten;
use detente_language::tokens::functions;

use crate::number::shown;
use crate::words;

/// Lines of a declaration that are shown.
const MOST_LINES: usize = 12;

/// Everything worth telling about a name.
#[must_use]
pub fn describe(analysis: &Analysis, meaning: Meaning) -> String {
    let mut text = String::new();
    if let Some(code) = declaration(analysis, meaning) {
        let _ = writeln!(text, "```detente\n{code}\n```\n");
    }
    for line in facts(analysis, meaning) {
        let _ = writeln!(text, "{line}\n");
    }
    text.truncate(text.trim_end().len());
    text
}

/// One line about a name: its label, or its value.
#[must_use]
pub fn brief(analysis: &Analysis, values: Option<&Values<'_>>, meaning: Meaning) -> String {
    let draft = &analysis.draft;
    let label = |named: Option<&detente_language::scenario::Named>| {
        named.map(|n| n.label.clone()).unwrap_or_default()
    };
    let value = |expr, percent| values?.of(expr).map(|value| shown(value, percent));
    match meaning {
        Meaning::Actor(id) => label(draft.actors.get(id.index())),
        Meaning::Outcome(id) => label(draft.outcomes.get(id.index())),
        Meaning::Issue(id) => label(draft.issues.get(id.index()).map(|i| &i.name)),
        Meaning::Scale(id) => label(draft.scales.get(id.index()).map(|s| &s.name)),
        Meaning::Stakeholder(id) => label(draft.stakeholders.get(id.index()).map(|s| &s.name)),
        Meaning::ConflictOption(id) => {
            label(draft.conflict.options.get(id.index()).map(|o| &o.name))
        }
        Meaning::Situation(id) => label(draft.conflict.situations.get(id.index()).map(|s| &s.name)),
        Meaning::Package(id) => label(draft.packages.get(id.index()).map(|p| &p.name)),
        Meaning::Param(id) => draft
            .parameters
            .get(id.index())
            .and_then(|p| value(&p.value, p.percent))
            .map_or_else(String::new, |value| format!("= {value}")),
        Meaning::Let(id) => draft
            .lets
            .get(id.index())
            .and_then(|l| value(&l.body, false))
            .map_or_else(String::new, |value| format!("= {value}")),
        Meaning::State(id) => draft
            .states
            .get(id.index())
            .map(|s| s.label.clone())
            .unwrap_or_default(),
        Meaning::Variable(id) => chooser(draft, id),
        Meaning::Option(variable, at) => option(draft, variable, at).unwrap_or_default(),
        Meaning::IssueOption(issue, at) => draft
            .issues
            .get(issue.index())
            .and_then(|issue| issue.options.get(at as usize))
            .map(|option| option.label.clone())
            .unwrap_or_default(),
        Meaning::Block(id) => label(draft.blocks.get(id.index()).map(|b| &b.name)),
        Meaning::Bound(_)
        | Meaning::Function(_)
        | Meaning::Argument(..)
        | Meaning::Index(_)
        | Meaning::Symbol(_) => String::new(),
        Meaning::Builtin(name) => words::function(name).to_owned(),
    }
}

fn facts(analysis: &Analysis, meaning: Meaning) -> Vec<String> {
    let draft = &analysis.draft;
    match meaning {
        Meaning::Actor(id) => {
            let named = draft.actors.get(id.index());
            labelled("Actor", named.map(|n| n.label.as_str()))
        }
        Meaning::Outcome(id) => {
            let named = draft.outcomes.get(id.index());
            labelled("A way to end", named.map(|n| n.label.as_str()))
        }
        Meaning::Param(id) => parameter(analysis, id),
        Meaning::Let(id) => {
            let body = draft.lets.get(id.index()).map(|l| &l.body);
            vec![value_line(analysis, "Value", body, false)]
        }
        Meaning::State(id) => {
            let state = draft.states.get(id.index());
            let mut facts = labelled("State of the play", state.map(|s| s.label.as_str()));
            facts.push(value_line(
                analysis,
                "First value",
                state.map(|s| &s.body),
                false,
            ));
            facts
        }
        Meaning::Function(_) => vec!["A formula or table of the scenario.".to_owned()],
        Meaning::Bound(_) => vec!["The number over which the sum runs.".to_owned()],
        Meaning::Block(id) => {
            let named = draft.blocks.get(id.index());
            labelled("Block of the play", named.map(|b| b.name.label.as_str()))
        }
        Meaning::Issue(id) => issue(draft, id),
        Meaning::Scale(id) => scale(analysis, id),
        Meaning::Stakeholder(id) => stakeholder(analysis, id),
        Meaning::ConflictOption(id) => conflict_option(draft, id),
        Meaning::Situation(id) => situation(draft, id),
        Meaning::Package(id) => package(analysis, id),
        Meaning::Variable(id) => variable(analysis, id),
        Meaning::Option(id, at) => {
            let label = option(draft, id, at).unwrap_or_default();
            let owner = draft.variables.get(id.index()).map_or("", |v| &v.id);
            let chooser = chooser(draft, id);
            vec![format!("**{label}**: an option of `{owner}`, {chooser}.")]
        }
        Meaning::IssueOption(id, at) => {
            let Some(issue) = draft.issues.get(id.index()) else {
                return Vec::new();
            };
            let label = issue.options.get(at as usize).map_or("", |o| &o.label);
            vec![format!(
                "**{label}**: an option of issue `{}`.",
                issue.name.id
            )]
        }
        Meaning::Symbol(symbol) => {
            let owners = draft.variables.iter().filter(|v| match &v.domain {
                Domain::Symbols(options) => options.iter().any(|(s, _)| *s == symbol),
                Domain::Numbers => false,
            });
            let owners = detente_language::suggest::list(owners.map(|v| v.id.as_str()));
            vec![format!("An option of {owners}.")]
        }
        Meaning::Argument(function, _) => {
            let name = draft.functions.get(function.index()).map_or("", |f| &f.id);
            vec![format!("An argument of `{name}`.")]
        }
        Meaning::Index(repeat) => {
            let count = draft.repeats.get(repeat.index()).map(|r| &r.count);
            let rounds = count.and_then(|count| analysis.values()?.of(count));
            let rounds = rounds.map_or(String::new(), |n| format!(" to {}", shown(n, false)));
            vec![format!("The number of the round, from 1{rounds}.")]
        }
        Meaning::Builtin(name) => {
            let form = functions().find(|f| f.name == name).map_or("", |f| f.form);
            let form = form.replace(" or ", "` or `");
            vec![format!("`{form}`"), words::function(name).to_owned()]
        }
    }
}

fn labelled(what: &str, label: Option<&str>) -> Vec<String> {
    vec![format!("**{}**: {}", what, label.unwrap_or_default())]
}

fn value_line(
    analysis: &Analysis,
    what: &str,
    expr: Option<&detente_language::scenario::Expr>,
    percent: bool,
) -> String {
    let value = expr.and_then(|expr| analysis.values()?.of(expr));
    match value {
        Some(value) => format!("{what}: **{}**", shown(value, percent)),
        None => format!("{what}: depends on the path, or on something that has an error"),
    }
}

fn parameter(analysis: &Analysis, id: ParamId) -> Vec<String> {
    let Some(parameter) = analysis.draft.parameters.get(id.index()) else {
        return Vec::new();
    };
    let percent = parameter.percent;
    let mut facts = vec![value_line(
        analysis,
        "Best guess",
        Some(&parameter.value),
        percent,
    )];
    let values = analysis.values();
    let value = |expr| values.as_ref()?.of(expr);
    if let Some((lo, hi)) = &parameter.range
        && let (Some(lo), Some(hi)) = (value(lo), value(hi))
    {
        facts.push(format!(
            "Range: {} .. {}",
            shown(lo, percent),
            shown(hi, percent)
        ));
    }
    if !parameter.source.is_empty() {
        facts.push(format!("Source: {}", parameter.source));
    }
    facts
}

fn issue(draft: &Scenario, id: IssueId) -> Vec<String> {
    let Some(issue) = draft.issues.get(id.index()) else {
        return Vec::new();
    };
    let mut facts = labelled("Issue", Some(&issue.name.label));
    let options = issue.options.iter().take(MOST_LINES);
    let list: Vec<String> = options
        .map(|option| format!("- `{}` {}", option.id, other(&option.label, &option.id)))
        .collect();
    facts.push(list.join("\n"));
    facts
}

fn scale(analysis: &Analysis, id: ScaleId) -> Vec<String> {
    let Some(scale) = analysis.draft.scales.get(id.index()) else {
        return Vec::new();
    };
    let mut facts = labelled("Issue with a scale", Some(&scale.name.label));
    let values = analysis.values();
    let value = |expr| {
        let value = values.as_ref()?.of(expr);
        value.map(|value| shown(value, false))
    };
    if let (Some(lower), Some(upper)) = (value(&scale.lower), value(&scale.upper)) {
        let line = format!("From {lower} to {upper} {}", scale.unit);
        facts.push(line.trim_end().to_owned());
    }
    let marks = [
        ("Without agreement", &scale.reference),
        ("What came of it", &scale.actual),
    ];
    for (what, at) in marks {
        if let Some(at) = at.as_ref().and_then(value) {
            facts.push(format!("{what}: {at}"));
        }
    }
    facts
}

fn conflict_option(draft: &Scenario, id: ConflictOptionId) -> Vec<String> {
    let Some(option) = draft.conflict.options.get(id.index()) else {
        return Vec::new();
    };
    let mut facts = labelled("Option of the conflict", Some(&option.name.label));
    if let Some(owner) = draft.actors.get(option.owner.index()) {
        facts.push(format!("Belongs to {}", owner.label));
    }
    if option.irreversible {
        facts.push("Once taken up, it stays".to_owned());
    }
    if option.unrepeatable {
        facts.push("Once given up, it is gone".to_owned());
    }
    if let Some(dreamer) = option.imagined_by {
        let dreamer = draft.actors.get(dreamer.index()).map_or("", |a| &a.label);
        facts.push(format!("Only {dreamer} believes in it"));
    }
    if !option.source.is_empty() {
        facts.push(option.source.clone());
    }
    facts
}

fn situation(draft: &Scenario, id: SituationId) -> Vec<String> {
    let Some(at) = draft.conflict.situations.get(id.index()) else {
        return Vec::new();
    };
    let mut facts = labelled("Situation", Some(&at.name.label));
    let chosen: Vec<&str> = (at.chosen.iter())
        .filter_map(|option| draft.conflict.options.get(option.index()))
        .map(|option| option.name.label.as_str())
        .collect();
    facts.push(match chosen.as_slice() {
        [] => "Nothing is chosen".to_owned(),
        chosen => format!("Chosen: {}", chosen.join(", ")),
    });
    facts
}

fn stakeholder(analysis: &Analysis, id: StakeholderId) -> Vec<String> {
    let draft = &analysis.draft;
    let Some(voice) = draft.stakeholders.get(id.index()) else {
        return Vec::new();
    };
    let mut facts = labelled("Stakeholder", Some(&voice.name.label));
    if let Some(actor) = voice.of.and_then(|actor| draft.actors.get(actor.index())) {
        facts.push(format!("Belongs to {}", actor.label));
    }
    facts.push(value_line(
        analysis,
        "Influence",
        Some(&voice.influence),
        false,
    ));
    facts
}

/// A label that differs from the name.
fn other<'a>(label: &'a str, id: &str) -> &'a str {
    if label == id { "" } else { label }
}

fn package(analysis: &Analysis, id: PackageId) -> Vec<String> {
    let draft = &analysis.draft;
    let Some(package) = draft.packages.get(id.index()) else {
        return Vec::new();
    };
    let mut facts = labelled("Package", Some(&package.name.label));
    let Some(values) = analysis.values() else {
        return facts;
    };
    for preferences in &draft.values {
        let actor = draft.actors.get(preferences.actor.index());
        let label = actor.map_or("", |actor| actor.label.as_str());
        if let Some((worth, fallback)) = values.worth(preferences.actor, id) {
            facts.push(format!(
                "Worth to {label}: **{}**, without agreement {}",
                shown(worth, false),
                shown(fallback, false)
            ));
        }
    }
    facts
}

fn chooser(draft: &Scenario, id: VariableId) -> String {
    let Some(variable) = draft.variables.get(id.index()) else {
        return String::new();
    };
    match variable.actor.and_then(|a| draft.actors.get(a.index())) {
        Some(actor) => format!("chosen by {}", actor.label),
        None if variable.id.contains('.') || draft.bargain_of(id).is_some() => {
            "settled by a bargain".to_owned()
        }
        None => "drawn by chance".to_owned(),
    }
}

fn option(draft: &Scenario, id: VariableId, at: u32) -> Option<String> {
    match &draft.variables.get(id.index())?.domain {
        Domain::Symbols(options) => options.get(at as usize).map(|(_, label)| label.clone()),
        Domain::Numbers => None,
    }
}

fn variable(analysis: &Analysis, id: VariableId) -> Vec<String> {
    let draft = &analysis.draft;
    let Some(variable) = draft.variables.get(id.index()) else {
        return Vec::new();
    };
    let mut facts = vec![format!("`{}`, {}.", variable.id, chooser(draft, id))];
    match &variable.domain {
        Domain::Numbers => facts.push("A number of a grid.".to_owned()),
        Domain::Symbols(options) => {
            let list: Vec<String> = options
                .iter()
                .take(MOST_LINES)
                .map(|(symbol, label)| {
                    let name = draft.symbols.get(symbol.index()).map_or("", |s| s);
                    format!("- `{}` {}", shorten(name), other(label, name))
                })
                .collect();
            facts.push(list.join("\n"));
            if options.len() > MOST_LINES {
                facts.push(format!("and {} more", options.len() - MOST_LINES));
            }
        }
    }
    let places = analysis
        .mentions_of(Meaning::Variable(id))
        .filter(|mention| mention.declares)
        .count();
    if places > 1 {
        facts.push(format!("Set in {places} places."));
    }
    facts
}

/// The text of the declaration, for what has one of its own.
fn declaration(analysis: &Analysis, meaning: Meaning) -> Option<String> {
    let place = analysis.mentions_of(meaning).find(|m| m.declares)?.span;
    let item = item_at(analysis, place)?;
    if matches!(item.kind, ItemKind::Play(_)) {
        return None;
    }
    let text = analysis.sources.text(item.span);
    let mut lines: Vec<&str> = text.lines().take(MOST_LINES + 1).collect();
    if lines.len() > MOST_LINES {
        lines[MOST_LINES] = "…";
    }
    Some(lines.join("\n"))
}

/// The declaration that holds a place.
pub(crate) fn item_at(analysis: &Analysis, place: Span) -> Option<&Item> {
    let items = &analysis.tree(place.file)?.items;
    let from = items.partition_point(|item| item.span.end < place.start);
    items
        .get(from)
        .filter(|item| item.span.start <= place.start)
}
