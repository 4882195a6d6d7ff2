//! What was found, first of all: headlines, endings, base rates, answers, and the look back.

use detente_findings::model::{Answer, BaseRate, Doubt, Findings, Unit};

use super::markup::{Column, Figure, Section, Table, code, escape, key, label, listed};
use super::{by_probability, ending_index};
use crate::answer::Answers;
use crate::number::{self, Scale};

/// The sentences that say the main results.
pub(super) fn headlines(findings: &Findings) -> Option<Section> {
    if findings.headlines.is_empty() {
        return None;
    }
    let items: String = findings
        .headlines
        .iter()
        .map(|h| format!("<li>{}</li>\n", label(&h.replace(" %", "\u{a0}%"))))
        .collect();
    Some(Section {
        id: "headlines",
        title: "In short",
        body: format!("<ul class=\"headlines\">\n{items}</ul>\n"),
    })
}

/// Endings with their ranges, and base rates beside them.
pub(super) fn endings(findings: &Findings) -> Option<Section> {
    if findings.endings.is_empty() {
        return None;
    }
    let mut body = Figure {
        chart: "endings",
        title: "How likely each ending is",
        note: &endings_note(findings),
        alt: &endings_alt(findings),
        table: &endings_table(findings),
    }
    .html();
    if !findings.base_rates.is_empty() {
        body.push_str(&base_rates(findings));
    }
    Some(Section {
        id: "endings",
        title: "How it ends",
        body,
    })
}

fn endings_note(findings: &Findings) -> String {
    let mut note =
        "Each bar is the probability of an ending at the scenario’s best guesses.".to_string();
    if let Some(doubt) = &findings.doubt
        && doubt.draws == 0
    {
        note.push_str(&format!(
            " There are no ranges over the doubted numbers: none of {} draws could be solved{}.",
            number::count(doubt.failed as u64),
            reason(doubt)
        ));
    } else if let Some(doubt) = &findings.doubt {
        note.push_str(&format!(
            " The thin line spans 5 to 95 % of {} runs with the doubted numbers drawn from their ranges ({}{}).",
            number::count(doubt.draws as u64),
            escape(&doubt.method),
            if doubt.failed > 0 {
                format!(
                    "; {} could not be solved{} and are left out",
                    doubt.failed,
                    reason(doubt)
                )
            } else {
                String::new()
            }
        ));
    }
    note
}

/// Why the first draw that failed could not be solved, in brackets.
fn reason(doubt: &Doubt) -> String {
    let why = doubt.why.iter();
    why.map(|why| format!(" ({})", escape(why))).collect()
}

fn endings_alt(findings: &Findings) -> String {
    let said: Vec<String> = by_probability(findings)
        .into_iter()
        .map(|i| {
            let e = &findings.endings[i];
            let range = match (e.low, e.high) {
                (Some(low), Some(high)) => format!(" (range {})", number::percent_range(low, high)),
                _ => String::new(),
            };
            format!("{} {}{range}", e.label, number::percent(e.probability))
        })
        .collect();
    format!("Bars, most likely ending first: {}.", listed(&said))
}

fn endings_table(findings: &Findings) -> String {
    let ranges = findings.endings.iter().any(|e| e.low.is_some());
    let mut table = Table::new(
        "Endings with their probabilities",
        &[(Column::Head, "Ending"), (Column::Number, "Probability")],
    );
    if ranges {
        table.column(Column::Number, "5–95 % of draws");
    }
    let most_likely = findings
        .doubt
        .as_ref()
        .filter(|d| d.draws > 0)
        .map(|d| &d.most_likely)
        .filter(|m| m.len() == findings.endings.len());
    if most_likely.is_some() {
        table.column(Column::Number, "Most likely ending in");
    }
    for i in by_probability(findings) {
        let e = &findings.endings[i];
        let mut cells = vec![
            format!("{}{}", key("ending", i), label(&e.label)),
            number::percent(e.probability),
        ];
        if ranges {
            cells.push(percent_range(e.low, e.high));
        }
        if let Some(most) = most_likely {
            cells.push(format!("{} of draws", number::percent(most[i])));
        }
        table.row(cells);
    }
    table.html()
}

fn percent_range(low: Option<f64>, high: Option<f64>) -> String {
    match (low, high) {
        (Some(low), Some(high)) => number::percent_range(low, high),
        _ => String::new(),
    }
}

/// The words for a query: the question that asks for it, else the endings that it names, else the query itself.
fn query_words(findings: &Findings, rate: &BaseRate) -> String {
    if let Some(ask) = findings.asks.iter().find(|a| a.query == rate.query) {
        return label(&ask.question);
    }
    let inner = rate
        .query
        .strip_prefix("p(")
        .and_then(|q| q.strip_suffix(')'))
        .unwrap_or("");
    let ids = inner
        .strip_prefix("outcome in {")
        .and_then(|q| q.strip_suffix('}'))
        .or_else(|| inner.strip_prefix("outcome == "))
        .unwrap_or(inner);
    let names: Option<Vec<String>> = ids
        .split(',')
        .map(|id| {
            let ending = findings.endings.iter().find(|e| e.id == id.trim());
            ending.map(|e| label(&e.label))
        })
        .collect();
    names.map_or_else(|| code(&rate.query), |names| names.join(" or "))
}

fn base_rates(findings: &Findings) -> String {
    let mut table = Table::new(
        "Base rates beside the model’s numbers",
        &[
            (Column::Head, "Comparable crises"),
            (Column::Number, "Rate"),
            (Column::Number, "Interval"),
            (Column::Words, "Compared with"),
            (Column::Number, "Model"),
        ],
    );
    let mut said = Vec::new();
    for rate in &findings.base_rates {
        table.row(vec![
            label(&rate.source),
            number::percent(rate.rate),
            percent_range(rate.low, rate.high),
            query_words(findings, rate),
            rate.value.map_or_else(|| "–".to_string(), number::percent),
        ]);
        if let Some(value) = rate.value {
            said.push(format!(
                "{}: rate {}, model {}",
                rate.source,
                number::percent(rate.rate),
                number::percent(value)
            ));
        }
    }
    Figure {
        chart: "base_rates",
        title: "Beside comparable crises",
        note: "How often the like happened in reference classes of past crises (hollow, with its interval where one is \
               known), and what the model says here (filled). The rates are no input: a gap is a reason to ask what \
               makes this crisis different, or what the scenario gets wrong.",
        alt: &format!("Base rate and model side by side. {}.", said.join("; ")),
        table: &table.html(),
    }
    .html()
}

/// Answers to the asks, and what the play is worth to each actor.
pub(super) fn asks(findings: &Findings) -> Option<Section> {
    let mut body = String::new();
    if !findings.asks.is_empty() {
        body.push_str(&asks_table(findings));
    }
    if !findings.actors.is_empty() {
        body.push_str(&values_table(findings));
    }
    (!body.is_empty()).then_some(Section {
        id: "asks",
        title: if findings.asks.is_empty() {
            "What it is worth"
        } else {
            "What was asked"
        },
        body,
    })
}

fn asks_table(findings: &Findings) -> String {
    let asks = &findings.asks;
    let answers = Answers::of(asks);
    let ranges = asks.iter().any(|a| a.low.is_some());
    let mut table = Table::new(
        "Questions of the scenario and their answers",
        &[(Column::Head, "Question"), (Column::Number, "Answer")],
    )
    .stacked();
    if ranges {
        table.column(Column::Number, "5–95 % of draws");
    }
    for ask in asks {
        let answer = answers.value(ask).map_or_else(
            || "<span class=\"none\">its condition never holds</span>".to_string(),
            |v| format!("<strong>{v}</strong>{}", glyph(ask)),
        );
        let question = format!(
            "{}<br><small>{}</small>",
            label(&ask.question),
            code(&ask.query)
        );
        let mut cells = vec![question, answer];
        if ranges {
            cells.push(answers.range(ask));
        }
        table.row(cells);
    }
    table.html()
}

/// A small picture of a probability and its range on a line from 0 to 1; the numbers stand beside it.
fn glyph(ask: &Answer) -> String {
    let (Some(v), Unit::Probability) = (ask.value, ask.unit) else {
        return String::new();
    };
    let at = |p: f64| 2.0 + 96.0 * p.clamp(0.0, 1.0);
    let (low, high) = (at(ask.low.unwrap_or(v)), at(ask.high.unwrap_or(v)));
    format!(
        "<svg class=\"glyph\" viewBox=\"0 0 100 10\" aria-hidden=\"true\"><path class=\"axis\" d=\"M2 5H98\"/>\
         <path class=\"range\" d=\"M{low:.1} 5H{high:.1}\"/><circle cx=\"{:.1}\" cy=\"5\" r=\"3.4\"/></svg>",
        at(v)
    )
}

fn values_table(findings: &Findings) -> String {
    let actors = &findings.actors;
    let ranges = actors.iter().any(|a| a.low.is_some());
    let scale = Scale::of(actors.iter().map(|a| a.value));
    let mut table = Table::new(
        "What the play is worth to each actor, in its own units",
        &[(Column::Head, "Actor"), (Column::Number, "Expected payoff")],
    );
    if ranges {
        table.column(Column::Number, "5–95 % of draws");
    }
    for (i, actor) in actors.iter().enumerate() {
        let mut cells = vec![
            format!("{}{}", key("actor", i), label(&actor.label)),
            scale.write(actor.value),
        ];
        if ranges {
            cells.push(match (actor.low, actor.high) {
                (Some(low), Some(high)) => scale.range(low, high),
                _ => String::new(),
            });
        }
        table.row(cells);
    }
    format!(
        "<h3>What it is worth to each actor</h3>\n<p>Expected payoffs over all courses, in each actor’s own units. They \
         compare what one actor faces under different assumptions; they do not compare actors with each other.</p>\n{}",
        table.html()
    )
}

/// What really happened, scored.
pub(super) fn happened(findings: &Findings) -> Option<Section> {
    if findings.happened.is_empty() {
        return None;
    }
    let even = 1.0 / findings.endings.len().max(1) as f64;
    let mut body = "<p>This looks back. What happened after the scenario’s date was never an input: nothing above \
                    knows it, and no number was fitted to it.</p>\n<dl class=\"happened\">\n"
        .to_string();
    for h in &findings.happened {
        body.push_str(&format!(
            "<dt>{}{} <span class=\"date\">{}</span></dt>\n<dd>{}. The model gave this ending <strong>{}</strong>.\
             <br>Brier score {:.2} (0 is perfect, 2 worst; giving all endings the same probability scores {:.2}). \
             Logarithmic score {:.2} (0 is perfect; the same probability for all scores {:.2}).</dd>\n",
            key("ending", ending_index(findings, &h.id)),
            label(&h.label),
            escape(&h.date),
            sentence_start(&h.words),
            number::percent(h.probability),
            h.brier,
            1.0 - even,
            h.log_score,
            -even.ln(),
        ));
    }
    body.push_str(
        "</dl>\n<p>One crisis cannot show whether a model is good: endings that are given 20 % should happen one time in \
         five, no less and no more.</p>\n",
    );
    Some(Section {
        id: "happened",
        title: "What happened since",
        body,
    })
}

/// Words that begin a sentence and do not end it.
fn sentence_start(words: &str) -> String {
    let words = words.trim().trim_end_matches('.');
    let mut chars = words.chars();
    let head: String = chars
        .next()
        .map(|c| c.to_uppercase().collect())
        .unwrap_or_default();
    label(&format!("{head}{}", chars.as_str()))
}
