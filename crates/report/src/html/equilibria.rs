//! Other equilibria: how many were found, which one is shown and why, and how the answers differ.

use detente_findings::model::{Answer, EquilibriaFacts, Findings};

use super::markup::{Column, Section, Table, escape, key, label};
use crate::answer::Answers;
use crate::equilibria::cut_short;
use crate::number;

/// Equilibria that have a column; findings.json has all.
const COLUMNS: usize = 7;

/// Left out where nobody searched.
pub(super) fn equilibria(findings: &Findings) -> Option<Section> {
    let facts = findings.equilibria.as_ref()?;
    let from = number::counted(facts.searched.starts, "random start", "random starts");
    let cut = cut_short(facts);
    let body = if facts.others.is_empty() {
        format!(
            "<p>A search from {from}{cut} found no other equilibrium. That is no proof that there is none.</p>\n"
        )
    } else {
        several(findings, facts, &from)
    };
    Some(Section {
        id: "equilibria",
        title: "Other equilibria",
        body,
    })
}

fn several(findings: &Findings, facts: &EquilibriaFacts, from: &str) -> String {
    let shown = facts.others.len().min(COLUMNS);
    let left_out = match facts.others.len() - shown {
        0 => String::new(),
        more => format!(" {more} more stand in findings.json."),
    };
    let continua = match facts.others.iter().filter(|other| other.continuum).count() {
        0 => "",
        _ => " Where a column is marked “one of many”, others lie arbitrarily near it.",
    };
    format!(
        "<p>What everybody expects of everybody else can hold itself up in more than one way. A search from {from}{cut} \
         found <strong>{found} equilibria</strong>; there may be more. This report shows the first. {why} The same path, \
         begun at random expectations instead of even odds, ends there for {share} of the starts. In the others nobody \
         gains by deviating alone either: the largest gain is {gain} of a payoff range.{continua}{left_out}</p>\n{table}",
        cut = cut_short(facts),
        found = facts.found,
        why = escape(&facts.why),
        share = number::percent(facts.share),
        gain = number::small_percent(largest_gain(facts)),
        table = table(findings, facts, shown).html(),
    )
}

fn largest_gain(facts: &EquilibriaFacts) -> f64 {
    let gains = facts
        .others
        .iter()
        .map(|other| other.certificate.largest_relative_gain);
    gains.fold(0.0, f64::max)
}

/// One column for each equilibrium; rows for the share of starts, endings and asks.
fn table(findings: &Findings, facts: &EquilibriaFacts, shown: usize) -> Table {
    let mut table = Table::new(
        "Endings and answers in each equilibrium",
        &[
            (Column::Head, "Ending or question"),
            (Column::Number, "Shown"),
        ],
    );
    let others = &facts.others[..shown];
    for (i, other) in others.iter().enumerate() {
        let many = if other.continuum {
            " (one of many)"
        } else {
            ""
        };
        table.column(Column::Number, &format!("No. {}{many}", i + 2));
    }
    let cells = |head: String, first: String, rest: Vec<String>| [vec![head, first], rest].concat();
    table.row(cells(
        "Starts that led there".to_owned(),
        number::percent(facts.share),
        others
            .iter()
            .map(|other| number::percent(other.share))
            .collect(),
    ));
    for (i, ending) in findings.endings.iter().enumerate() {
        let of = |endings: &[f64]| endings.get(i).map_or_else(dash, |p| number::percent(*p));
        table.row(cells(
            format!("{}{}", key("ending", i), label(&ending.label)),
            number::percent(ending.probability),
            others.iter().map(|other| of(&other.endings)).collect(),
        ));
    }
    let answers = Answers::of(&findings.asks);
    for (i, ask) in findings.asks.iter().enumerate() {
        let of = |value: Option<f64>| {
            let ask = Answer {
                value,
                ..ask.clone()
            };
            answers.value(&ask).unwrap_or_else(dash)
        };
        table.row(cells(
            label(&ask.question),
            of(ask.value),
            others
                .iter()
                .map(|other| of(other.asks.get(i).copied().flatten()))
                .collect(),
        ));
    }
    table
}

fn dash() -> String {
    "–".to_owned()
}
