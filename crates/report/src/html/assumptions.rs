//! Every number that can be doubted, with its range and where it comes from.

use detente_findings::model::{Assumption, Findings};

use super::markup::{Column, Section, Table, code, label};
use crate::number;

/// The table of assumptions.
pub(super) fn assumptions(findings: &Findings) -> Option<Section> {
    if findings.assumptions.is_empty() {
        return None;
    }
    let mut table = Table::new(
        "Assumptions with their ranges and sources",
        &[
            (Column::Head, "Number"),
            (Column::Number, "Value"),
            (Column::Words, "Range"),
            (Column::Words, "What it is and where it comes from"),
        ],
    )
    .stacked();
    for a in &findings.assumptions {
        let set = if a.set {
            " <span class=\"tag\">set for this run</span>"
        } else {
            ""
        };
        let source = if a.source.is_empty() {
            "<span class=\"none\">no source given</span>".to_string()
        } else {
            label(&a.source)
        };
        table.row(vec![
            format!("{}{set}", code(&a.id)),
            number::plain(a.value, a.percent),
            range(a),
            source,
        ]);
    }
    let doubted = findings
        .assumptions
        .iter()
        .filter(|a| a.low.is_some())
        .count();
    Some(Section {
        id: "assumptions",
        title: "Assumptions",
        body: format!(
            "<p>The numbers that the scenario rests on, {} in all, {doubted} of them with a range within which an analyst may \
             doubt them, every value in it as likely as any other unless a distribution is named. The dot is the value used, \
             the line its range.</p>\n<div class=\"assumptions\">{}</div>",
            findings.assumptions.len(),
            table.html()
        ),
    })
}

/// The range in numbers with a small picture of where the value lies in it.
fn range(a: &Assumption) -> String {
    let (Some(low), Some(high)) = (a.low, a.high) else {
        return "<span class=\"none\">fixed</span>".to_string();
    };
    let share = (a.value - low) / (high - low);
    let share = if share.is_finite() {
        share.clamp(-0.06, 1.06)
    } else {
        0.5
    };
    let distribution = if a.distribution.is_empty() || a.distribution.starts_with("uniform") {
        String::new()
    } else {
        format!("<br><small>{}</small>", label(&a.distribution))
    };
    format!(
        "<span class=\"span\"><span>{}</span><svg class=\"glyph\" viewBox=\"0 0 100 10\" aria-hidden=\"true\">\
         <path class=\"range\" d=\"M8 5H92\"/><path class=\"range\" d=\"M8 2V8M92 2V8\"/><circle cx=\"{:.1}\" cy=\"5\" r=\"3.4\"/></svg>\
         <span>{}</span></span>{distribution}",
        number::plain(low, a.percent),
        8.0 + 84.0 * share,
        number::plain(high, a.percent),
    )
}
