//! How it unfolds: the flow picture and the likeliest courses as stories.

use detente_findings::model::{Course, CourseStep, Findings, Flow};

use super::markup::{Column, Figure, Section, Table, escape, key, label, listed};
use super::{actor_index, actor_label, ending_index, ending_label};
use crate::number::{self, Scale};

/// Boxes of a stage that the alternative text names.
const SAID_PER_STAGE: usize = 3;

/// The flow picture and the courses.
pub(super) fn unfolds(findings: &Findings) -> Option<Section> {
    let mut body = String::new();
    if !findings.flow.links.is_empty() {
        body.push_str(&flow(findings));
    }
    if !findings.courses.is_empty() {
        body.push_str(&courses(findings));
    }
    (!body.is_empty()).then_some(Section {
        id: "unfolds",
        title: "How it unfolds",
        body,
    })
}

fn flow(findings: &Findings) -> String {
    let flow = &findings.flow;
    Figure {
        chart: "flow",
        title: "Where the probability goes",
        note: "From left to right, stage by stage. The height of a stream is the probability that the play takes it; \
               streams into the endings have the colour of the ending, boxes the colour of who decides.",
        alt: &flow_alt(flow),
        table: &flow_table(findings),
    }
    .html()
}

fn flow_alt(flow: &Flow) -> String {
    let stages: Vec<String> = flow
        .stages
        .iter()
        .enumerate()
        .map(|(stage, heading)| {
            let mut boxes: Vec<_> = flow.nodes.iter().filter(|n| n.stage == stage).collect();
            boxes.sort_by(|a, b| b.probability.total_cmp(&a.probability));
            let said: Vec<String> = boxes
                .iter()
                .take(SAID_PER_STAGE)
                .map(|n| format!("{} {}", n.label, number::percent(n.probability)))
                .collect();
            format!("{heading}: {}", said.join(", "))
        })
        .collect();
    format!(
        "Streams through {} stages. {}.",
        flow.stages.len(),
        stages.join("; ")
    )
}

fn flow_table(findings: &Findings) -> String {
    let flow = &findings.flow;
    let mut table = Table::new(
        "Streams of the flow picture",
        &[
            (Column::Head, "From"),
            (Column::Words, "To"),
            (Column::Number, "Probability"),
        ],
    );
    let name = |i: usize| {
        flow.nodes.get(i).map_or_else(String::new, |n| {
            let stage = flow.stages.get(n.stage).map_or("", String::as_str);
            format!("<small>{}</small> {}", label(stage), label(&n.label))
        })
    };
    for link in &flow.links {
        table.row(vec![
            name(link.source),
            name(link.target),
            number::percent(link.probability),
        ]);
    }
    table.html()
}

fn courses(findings: &Findings) -> String {
    let courses = &findings.courses;
    let total: f64 = courses.iter().map(|c| c.probability).sum();
    let scale = Scale::of(courses.iter().flat_map(|c| c.payoffs.iter().copied()));
    let stories: String = courses.iter().map(|c| story(findings, c, scale)).collect();
    let lead = if courses.len() == 1 {
        "The single most likely course".to_string()
    } else {
        format!("The {} most likely courses", courses.len())
    };
    format!(
        "<h3>The likeliest courses</h3>\n<p>{lead} together make up {} of the probability. A percentage in a step is \
         the chance of that step where it stands; an open circle marks a step that some actor does not see.</p>\n\
         <ol class=\"courses\">\n{stories}</ol>\n",
        number::percent(total)
    )
}

fn story(findings: &Findings, course: &Course, scale: Scale) -> String {
    let mut round = None;
    let mut steps = String::new();
    for s in &course.steps {
        steps.push_str(&step(findings, s, s.round != round));
        round = s.round;
    }
    let worth: Vec<String> = findings
        .actors
        .iter()
        .zip(&course.payoffs)
        .map(|(actor, payoff)| format!("{} {}", label(&actor.label), scale.write(*payoff)))
        .collect();
    let worth = if worth.is_empty() {
        String::new()
    } else {
        format!("<p class=\"worth\">Payoffs: {}.</p>", listed(&worth))
    };
    format!(
        "<li><p class=\"course\">{}<strong>{}</strong> <span class=\"share\">{}</span></p>\n<ol class=\"steps\">{steps}</ol>{worth}</li>\n",
        key("ending", ending_index(findings, &course.outcome)),
        label(ending_label(findings, &course.outcome)),
        number::percent(course.probability),
    )
}

/// One step; the round is said where it changes.
fn step(findings: &Findings, step: &CourseStep, new_round: bool) -> String {
    let round = step
        .round
        .filter(|_| new_round)
        .map(|r| format!("<li class=\"round\">Round {r}</li>"))
        .unwrap_or_default();
    let who = match &step.actor {
        Some(id) => format!(
            "<b class=\"who\" style=\"color:var(--actor-{})\">{}:</b> ",
            actor_index(findings, id) % 10,
            label(actor_label(findings, id))
        ),
        None => "<b class=\"who\">Chance</b> ".to_string(),
    };
    let (class, hidden) = if step.hidden {
        (
            " class=\"hidden\"",
            " <span class=\"note\">· unseen by some</span>",
        )
    } else {
        ("", "")
    };
    format!(
        "{round}<li{class}>{who}{} <span class=\"p\">{}</span>{hidden}</li>",
        label(&without_stop(&step.words)),
        escape(&number::percent(step.probability)),
    )
}

/// Words of a step without a full stop, since the probability follows.
fn without_stop(words: &str) -> String {
    words.trim().trim_end_matches('.').to_string()
}
