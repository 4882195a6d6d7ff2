//! Why states are stable or not, each in its own fold.

use std::fmt::Write;

use detente_conflict_graph::study::Study;

use super::table::actor;
use crate::graph::{called, grouped, upper};
use crate::html::markup::{Section, escape};

pub(super) fn section(study: &Study) -> Option<Section> {
    let mut body = String::new();
    for state in &study.states {
        let told: Vec<_> = (0..study.actors.len())
            .map(|k| (k, grouped(study, state, k)))
            .filter(|(_, reasons)| !reasons.is_empty())
            .collect();
        if told.is_empty() {
            continue;
        }
        let open = study.today == Some(state.number) || study.about.contains(&state.number);
        let lasts = match state.equilibrium.iter().filter(|lasts| **lasts).count() {
            0 => "",
            n if n == study.answers.len() => " <span class=\"lasts\">●</span>",
            _ => " <span class=\"lasts\">○</span>",
        };
        let _ = write!(
            body,
            "<details class=\"why\" id=\"state-{}\"{}><summary>{}{lasts}</summary>\n<dl class=\"styles\">\n",
            state.number,
            if open { " open" } else { "" },
            escape(&upper(&called(state)))
        );
        for (k, reasons) in told {
            let _ = writeln!(body, "<dt>{}</dt>", actor(study, k));
            for (words, names, stable) in reasons {
                let verdict = if stable { "stable" } else { "unstable" };
                let _ = writeln!(
                    body,
                    "<dd>{} <small class=\"{verdict}\">{verdict}: {}</small></dd>",
                    escape(&words),
                    escape(&names.join(", "))
                );
            }
        }
        body += "</dl>\n</details>\n";
    }
    if body.is_empty() {
        return None;
    }
    let head = "<p>For each state and actor: what it would gain by, what the others could answer, and under which concepts \
                that keeps it from moving. ● lasts under all concepts, ○ under some.</p>\n";
    Some(Section {
        id: "why",
        title: "Why a state lasts, or not",
        body: format!("{head}{body}"),
    })
}
