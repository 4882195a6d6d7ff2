//! A scenario of the library as a page of the book, in Markdown.
//!
//! Everything that depends on the machine or the hour is left out: the same scenario gives the same page.

use std::fmt::Write;

use detente_findings::model::{Answer, EquilibriaFacts, Findings};

use crate::answer::Answers;
use crate::equilibria::cut_short;
use crate::escape::markdown;
use crate::number;

/// Equilibria that have a column.
const COLUMNS: usize = 4;

/// What a page is made of.
#[derive(Clone, Copy, Debug)]
pub struct Page<'a> {
    /// Name by which commands know the scenario.
    pub name: &'a str,
    /// What was found.
    pub findings: &'a Findings,
    /// File of its picture, beside the page.
    pub picture: &'a str,
    /// What the picture shows, in a sentence.
    pub caption: &'a str,
    /// Command that shows the same on a terminal.
    pub command: &'a str,
    /// Kind of game, in words.
    pub kind: &'a str,
    /// First line, which says who wrote it.
    pub mark: &'a str,
}

/// The page.
#[must_use]
pub fn page(page: &Page<'_>) -> String {
    let findings = page.findings;
    let mut out = format!(
        "{}\n\n# {}\n\n",
        page.mark,
        markdown(&findings.scenario.title)
    );
    head(&mut out, page);
    endings(&mut out, findings);
    asks(&mut out, findings);
    checks(&mut out, findings);
    equilibria(&mut out, findings);
    let _ = write!(
        out,
        "## The scenario\n\n{fence}text\n{}\n{fence}\n",
        findings.scenario.text.trim_end(),
        fence = fence(&findings.scenario.text)
    );
    out
}

fn head(out: &mut String, page: &Page<'_>) {
    let findings = page.findings;
    for source in &findings.scenario.sources {
        let _ = writeln!(out, "*{}*  ", markdown(source));
    }
    out.push('\n');
    for note in &findings.scenario.notes {
        let _ = writeln!(out, "{}\n", markdown(note));
    }
    let game = &findings.game;
    let _ = writeln!(
        out,
        "{}: {}, {}, {}.\n",
        page.kind,
        number::counted(game.actors, "actor", "actors"),
        number::counted(game.nodes, "node", "nodes"),
        number::counted(game.information_sets, "information set", "information sets"),
    );
    let _ = writeln!(
        out,
        "```sh\ndetente run {name}\n{}\n```\n",
        page.command,
        name = page.name
    );
    let _ = writeln!(
        out,
        "![{}]({})\n\n{}\n",
        markdown(page.caption),
        page.picture,
        markdown(page.caption)
    );
}

fn endings(out: &mut String, findings: &Findings) {
    out.push_str("## How it ends\n\n| ending | probability |\n| --- | ---: |\n");
    let mut order: Vec<_> = findings.endings.iter().collect();
    order.sort_by(|a, b| b.probability.total_cmp(&a.probability));
    for ending in order {
        let label = markdown(&ending.label);
        let _ = writeln!(out, "| {label} | {} |", number::percent(ending.probability));
    }
    out.push_str("\n| actor | what the play is worth to it |\n| --- | ---: |\n");
    for actor in &findings.actors {
        let value = number::plain(steady(actor.value), false);
        let _ = writeln!(out, "| {} | {value} |", markdown(&actor.label));
    }
    out.push('\n');
}

/// A number without the dust that differs from machine to machine.
fn steady(value: f64) -> f64 {
    let rounded = (value * 1e6).round() / 1e6;
    if rounded == 0.0 { 0.0 } else { rounded }
}

fn asks(out: &mut String, findings: &Findings) {
    if findings.asks.is_empty() {
        return;
    }
    out.push_str("## What was asked\n\n| question | answer |\n| --- | ---: |\n");
    let answers = Answers::of(&findings.asks);
    for ask in &findings.asks {
        let answer = answers.value(ask);
        let answer = answer.unwrap_or_else(|| "its condition never holds".to_owned());
        let _ = writeln!(
            out,
            "| {}<br>{} | {answer} |",
            markdown(&ask.question),
            code(&ask.query)
        );
    }
    out.push('\n');
}

fn checks(out: &mut String, findings: &Findings) {
    if findings.expects.is_empty() {
        return;
    }
    out.push_str(
        "## What is checked\n\nWritten as formulas of the parameters wherever that can be done, so that it holds for other numbers too:\n\n",
    );
    for check in &findings.expects {
        let holds = if check.holds {
            ""
        } else {
            " **It does not hold.**"
        };
        let why = if check.why.is_empty() {
            String::new()
        } else {
            format!("  \n  {}", markdown(&check.why))
        };
        let _ = writeln!(out, "- {}{why}{holds}", code(&check.text));
    }
    out.push('\n');
}

fn equilibria(out: &mut String, findings: &Findings) {
    let Some(facts) = &findings.equilibria else {
        return;
    };
    out.push_str("## Other equilibria\n\n");
    let from = number::counted(facts.searched.starts, "random start", "random starts");
    let from = from + &cut_short(facts);
    if facts.others.is_empty() {
        let _ = writeln!(
            out,
            "A search from {from} found no other equilibrium. That is no proof that there is none.\n"
        );
        return;
    }
    let _ = writeln!(
        out,
        "A search from {from} found {} equilibria; there may be more. Above stands the limit of the principal branch. \
         Where a column is marked “one of many”, others lie arbitrarily near it.\n",
        facts.found
    );
    columns(out, findings, facts);
    let more = facts.others.len().saturating_sub(COLUMNS);
    if more > 0 {
        let more = number::counted(more, "more", "more");
        let _ = writeln!(out, "{more}: `detente run` shows them.\n");
    }
}

/// A column for each equilibrium.
fn columns(out: &mut String, findings: &Findings, facts: &EquilibriaFacts) {
    let others = &facts.others[..facts.others.len().min(COLUMNS)];
    let mut head = String::from("| ending or question | shown |");
    let mut rule = String::from("| --- | ---: |");
    for (i, other) in others.iter().enumerate() {
        let many = if other.continuum { ", one of many" } else { "" };
        let _ = write!(head, " no. {}{many} |", i + 2);
        rule.push_str(" ---: |");
    }
    let _ = writeln!(out, "{head}\n{rule}");
    for (i, ending) in findings.endings.iter().enumerate() {
        let mut row = format!(
            "| {} | {} |",
            markdown(&ending.label),
            number::percent(ending.probability)
        );
        for other in others {
            let p = other.endings.get(i).copied().unwrap_or(f64::NAN);
            let _ = write!(row, " {} |", number::percent(p));
        }
        let _ = writeln!(out, "{row}");
    }
    let answers = Answers::of(&findings.asks);
    for (i, ask) in findings.asks.iter().enumerate() {
        let of = |value: Option<f64>| {
            let ask = Answer {
                value,
                ..ask.clone()
            };
            answers.value(&ask).unwrap_or_else(|| "–".to_owned())
        };
        let mut row = format!("| {} | {} |", markdown(&ask.question), of(ask.value));
        for other in others {
            let value = other.asks.get(i).copied().flatten();
            let _ = write!(row, " {} |", of(value));
        }
        let _ = writeln!(out, "{row}");
    }
    out.push('\n');
}

/// Program text in a line or a cell, on one line.
fn code(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    format!("<code>{}</code>", markdown(&words.join(" ")))
}

/// A fence longer than any in the text.
fn fence(text: &str) -> String {
    let mut longest = 0;
    let mut run = 0;
    for c in text.chars() {
        run = if c == '`' { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    "`".repeat((longest + 1).max(3))
}
