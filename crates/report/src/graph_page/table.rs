//! The field's option form: states as columns, options as rows; filtered by style alone, without script.

use std::fmt::Write;

use detente_conflict_graph::Change;
use detente_conflict_graph::study::{StateColumn, Study};

use crate::forecast_page::key_of;
use crate::html::markup::{Section, escape};

pub(super) fn section(study: &Study) -> Option<Section> {
    if study.states.is_empty() {
        return None;
    }
    let shown = match study.states.len() == study.size {
        true => String::new(),
        false => format!(
            " Of {} states, {} are shown: those that last, where it begins, and what was asked about.",
            crate::number::count(study.size as u64),
            crate::number::count(study.states.len() as u64)
        ),
    };
    let mut body = format!(
        "<p>One column for each state: which options are chosen (Y) or not, its place in each actor’s order (1 is best), and \
         for whom it is stable: a full dot where it lasts for all, else the actors for whom it does.{shown}</p>\n"
    );
    body += &style(study);
    body += "<div class=\"option-form\">\n";
    body += &filters(study);
    body += &table(study);
    body += "</div>\n";
    Some(Section {
        id: "states",
        title: "States in option form",
        body,
    })
}

/// Rules that hide what a filter leaves out.
fn style(study: &Study) -> String {
    let mut rules = String::from("<style>\n");
    for concept in 0..study.answers.len() {
        for actor in 0..=study.actors.len() {
            let _ = writeln!(
                rules,
                ".option-form:has(#lasts-{concept}:checked):has(#whom-{actor}:checked) .st:not(.l{concept}-{actor}){{display:none}}"
            );
        }
    }
    rules + "</style>\n"
}

fn filters(study: &Study) -> String {
    let radio = |group: &str, key: &str, words: &str, checked: bool| {
        format!(
            "<label><input type=\"radio\" name=\"{group}\" id=\"{group}-{key}\"{}> {}</label>\n",
            if checked { " checked" } else { "" },
            escape(words)
        )
    };
    let mut out = String::from("<fieldset class=\"filter\"><legend>Stable under</legend>\n");
    out += &radio("lasts", "any", "any concept or none", true);
    for (k, answer) in study.answers.iter().enumerate() {
        out += &radio("lasts", &k.to_string(), &answer.name, false);
    }
    out += "</fieldset>\n<fieldset class=\"filter\"><legend>for</legend>\n";
    out += &radio("whom", "0", "everybody (equilibria)", true);
    for (k, actor) in study.actors.iter().enumerate() {
        out += &radio("whom", &(k + 1).to_string(), actor, false);
    }
    out + "</fieldset>\n"
}

/// The classes of a state's cells: for whom it is stable under which concept.
fn classes(study: &Study, state: &StateColumn) -> String {
    let mut out = String::from("st");
    for concept in 0..study.answers.len() {
        if state.equilibrium.get(concept) == Some(&true) {
            let _ = write!(out, " l{concept}-0");
        }
        for actor in 0..study.actors.len() {
            let stable = state.stable.get(concept).and_then(|row| row.get(actor));
            if stable == Some(&true) {
                let _ = write!(out, " l{concept}-{}", actor + 1);
            }
        }
    }
    if study.today == Some(state.number) {
        out += " now";
    }
    out
}

fn table(study: &Study) -> String {
    let classes: Vec<String> = study.states.iter().map(|s| classes(study, s)).collect();
    let mut out = String::from(
        "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Table of the states\"><table class=\"states\">\n\
         <caption>States as columns, options as rows</caption>\n<thead><tr><th scope=\"col\">State</th>",
    );
    for (state, class) in study.states.iter().zip(&classes) {
        let now = if study.today == Some(state.number) {
            "<small>now</small>"
        } else {
            ""
        };
        let _ = write!(
            out,
            "<th scope=\"col\" class=\"{class}\" title=\"{}\">{}{now}</th>",
            escape(&state.words),
            state.number
        );
    }
    out += "</tr></thead>\n<tbody>\n";
    let cells = |cell: &dyn Fn(&StateColumn) -> String| -> String {
        let each = study.states.iter().zip(&classes);
        each.map(|(state, class)| format!("<td class=\"{class}\">{}</td>", cell(state)))
            .collect()
    };
    let blank = cells(&|_| String::new());
    let head =
        |words: &str| format!("<tr class=\"group\"><th scope=\"row\">{words}</th>{blank}</tr>\n");
    let mut owner = usize::MAX;
    for (k, option) in study.options.iter().enumerate() {
        if option.owner != owner {
            owner = option.owner;
            out += &head(&actor(study, owner));
        }
        let change = match option.change {
            Change::Free => "",
            Change::Forward => " <small title=\"once taken up, it stays\">→</small>",
            Change::Backward => " <small title=\"once given up, it is gone\">←</small>",
        };
        let marks = cells(&|state| match state.chosen.get(k) {
            Some(true) => "<b>Y</b>".to_owned(),
            _ => "<span class=\"no\">N</span>".to_owned(),
        });
        let _ = writeln!(
            out,
            "<tr><th scope=\"row\">{}{change}</th>{marks}</tr>",
            escape(&option.label)
        );
    }
    out += &head("Place in the order of");
    for (k, _) in study.actors.iter().enumerate() {
        let marks = cells(&|state| match state.places.get(k) {
            Some(Some(place)) => place.to_string(),
            _ => "?".to_owned(),
        });
        let _ = writeln!(
            out,
            "<tr><th scope=\"row\">{}</th>{marks}</tr>",
            actor(study, k)
        );
    }
    out += &head("Stable");
    for (k, answer) in study.answers.iter().enumerate() {
        let marks = cells(&|state| verdict(study, state, k));
        let _ = writeln!(
            out,
            "<tr><th scope=\"row\">{}</th>{marks}</tr>",
            escape(&answer.name)
        );
    }
    out + "</tbody>\n</table></div>\n"
}

/// A full dot for an equilibrium, else a small one in the colour of each actor for whom the state is stable.
fn verdict(study: &Study, state: &StateColumn, concept: usize) -> String {
    if state.equilibrium.get(concept) == Some(&true) {
        return "<span class=\"lasts\" title=\"stable for all\">●</span>".to_owned();
    }
    let mut out = String::new();
    for (k, name) in study.actors.iter().enumerate() {
        let stable = state.stable.get(concept).and_then(|row| row.get(k));
        if stable == Some(&true) {
            let _ = write!(
                out,
                "<span class=\"one\" {} title=\"stable for {}\">•</span>",
                key_of(k),
                escape(name)
            );
        }
    }
    out
}

/// An actor's name with its colour.
pub(super) fn actor(study: &Study, actor: usize) -> String {
    let name = study.actors.get(actor).map_or("", String::as_str);
    format!(
        "<span class=\"actor\" {}>{}</span>",
        key_of(actor),
        escape(name)
    )
}
