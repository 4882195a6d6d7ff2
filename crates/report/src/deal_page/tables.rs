//! Win-sets as bars; packages and solutions as tables.

use std::fmt::Write;

use detente_findings::model::{Deal, DealParty};

use crate::deal::SCALES;
use crate::html::markup::{Column, Section, Table, escape, label};
use crate::number::{self, Scale};

pub(super) fn shares(deal: &Deal) -> Option<Section> {
    if deal.win_sets.is_empty() {
        return None;
    }
    let mut body = String::from(
        "<p>The share of all outcomes that each would accept rather than be left without a deal: its win-set. What all \
         accept together is the zone of possible agreement.</p>\n<div class=\"weigh\">",
    );
    for row in &deal.win_sets {
        let _ = write!(
            body,
            "<span>{}</span><span class=\"track\"><span style=\"width:{:.2}%;--key:var(--{})\"></span></span><span>{}</span>",
            if row.joint {
                format!("<strong>{}</strong>", label(&row.name))
            } else {
                label(&row.name)
            },
            row.share.clamp(0.0, 1.0) * 100.0,
            if row.joint { "accent" } else { "nobody" },
            number::percent(row.share)
        );
    }
    body.push_str("</div>\n");
    let errors = deal.win_sets.iter().filter_map(|row| row.standard_error);
    if let (Some(sample), Some(error)) = (deal.sampled, errors.reduce(f64::max)) {
        let _ = writeln!(
            body,
            "<p class=\"hint\">Estimated from a random sample of {} outcomes; the standard error of a share is at most {}.</p>",
            number::count(sample as u64),
            number::small_percent(error)
        );
    }
    Some(Section {
        id: "win-sets",
        title: "Win-sets",
        body,
    })
}

/// The numbers of a party.
fn scale(party: &DealParty) -> Scale {
    Scale::of([party.fallback, party.worst, party.best])
}

/// A number with its sign.
fn gain(scale: Scale, x: f64) -> String {
    let text = scale.write(x);
    if x > 0.0 { format!("+{text}") } else { text }
}

pub(super) fn packages(deal: &Deal) -> Option<Section> {
    if deal.packages.is_empty() {
        return None;
    }
    let doubt = deal.packages.iter().any(|package| package.share.is_some());
    let mut table = Table::new("Packages one by one", &[(Column::Head, "Package")]).stacked();
    for party in &deal.parties {
        table.column(Column::Number, &escape(&party.name));
    }
    table.column(Column::Number, "Distance to the frontier");
    if doubt {
        table.column(Column::Number, "Acceptable in draws");
    }
    table.column(Column::Words, "What would help");
    let scales: Vec<Scale> = deal.parties.iter().map(scale).collect();
    for package in &deal.packages {
        let mut row = vec![format!(
            "{}<br><small>{}</small>",
            label(&package.name),
            escape(&package.agreed)
        )];
        row.extend(package.gains.iter().zip(&scales).map(|(x, scale)| {
            let text = gain(*scale, *x);
            if *x < 0.0 {
                format!("<span class=\"bad\">{text}</span>")
            } else {
                text
            }
        }));
        row.push(if package.efficient {
            "on it".to_owned()
        } else {
            number::plain(package.distance, false)
        });
        if doubt {
            row.push(package.share.map_or_else(String::new, number::percent));
        }
        row.push(escape(&package.help));
        table.row(row);
    }
    Some(Section {
        id: "packages",
        title: "Packages",
        body: format!(
            "<p>What each party would gain or lose against its fallback.{}</p>\n{}",
            match deal.draws {
                Some(draws) if doubt => format!(
                    " The share is that of {} of the doubtful numbers in which everybody{} accepts the package.",
                    number::counted(draws, "draw", "draws"),
                    if deal.ratifiers {
                        ", ratifiers included,"
                    } else {
                        ""
                    }
                ),
                _ => String::new(),
            },
            table.html()
        ),
    })
}

pub(super) fn solutions(deal: &Deal) -> Option<Section> {
    let mut table = Table::new("Solutions one by one", &[(Column::Head, "Solution")]).stacked();
    for party in &deal.parties {
        table.column(Column::Number, &escape(&party.name));
    }
    let scales: Vec<Scale> = deal.parties.iter().map(scale).collect();
    for solution in &deal.solutions {
        let mut row = vec![format!(
            "{}<br><small>{}</small>",
            label(&solution.name),
            escape(&solution.agreed)
        )];
        row.extend(scales.iter().enumerate().map(|(p, scale)| {
            let value = solution.values.as_ref().and_then(|values| values.get(p));
            value.map_or_else(|| "–".to_owned(), |value| scale.write(*value))
        }));
        table.row(row);
    }
    let mut back = vec!["<i>Without a deal</i>".to_owned()];
    back.extend(
        deal.parties
            .iter()
            .zip(&scales)
            .map(|(party, scale)| scale.write(party.fallback)),
    );
    table.row(back);
    Some(Section {
        id: "solutions",
        title: "Solutions",
        body: format!(
            "<p>What bargaining theory singles out, by its value to each party. {SCALES}</p>\n{}",
            table.html()
        ),
    })
}
