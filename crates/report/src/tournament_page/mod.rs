//! The page of a tournament of bargaining styles.

mod matrix;
mod words;

use detente_deal::session::{Record, Tournament};

use crate::html::markup::{Column, Section, Table, escape, label, listed};
use crate::number;
use crate::plain_page::{in_short, plain_page};

pub use words::tournament_sentences;

/// A tournament that was held, and on what.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TournamentPage<'a> {
    /// What the negotiation is called.
    pub title: &'a str,
    /// Names of the parties.
    pub parties: &'a [String],
    /// Rounds until the deadline.
    pub rounds: u32,
    /// What was found.
    pub found: &'a Tournament,
}

/// The page as a file. It needs no network, no script and no other file.
#[must_use]
pub fn tournament_html(page: &TournamentPage<'_>) -> String {
    let found = page.found;
    let facts = format!(
        "{} of bargaining between {}, each style with each in every seat, every party opening once: {}, at most {} each",
        number::counted(found.styles.len(), "style", "styles"),
        listed(&page.parties.iter().map(|p| label(p)).collect::<Vec<_>>()),
        number::counted(found.matches.len(), "session", "sessions"),
        number::counted(page.rounds as usize, "round", "rounds"),
    );
    let sections = [
        in_short(&tournament_sentences(page)),
        results(found),
        matrix::shares(found),
        matrix::agreements(found),
        matrix::winners(found),
        styles(found),
    ];
    plain_page(page.title, &facts, &sections)
}

fn results(found: &Tournament) -> Section {
    let mut table = Table::new("Results", &[(Column::Head, "Style")]).stacked();
    for title in [
        "Agreement",
        "Rounds to agree",
        "Own share",
        "Others’ share",
        "Ahead",
        "Off the frontier",
        "Deal missed",
    ] {
        table.column(Column::Number, title);
    }
    let mut order: Vec<usize> = (0..found.styles.len()).collect();
    order.sort_by(|&a, &b| {
        let share = |k: usize| found.records[k].share;
        share(b).total_cmp(&share(a)).then(a.cmp(&b))
    });
    for k in order {
        table.row(row(found.styles[k].word(), &found.records[k]));
    }
    table.row(row("<i>all</i>", &found.all));
    Section {
        id: "results",
        title: "How the styles did",
        body: format!(
            "<p>The style that wins most for itself stands first. A share is what a party gains over its fallback, as a \
             part of the most that any deal acceptable to all would give it; without an agreement it is 0. Time and the \
             distance from the frontier are those of the sessions that end in agreement. A deal is missed where there \
             is no agreement although some outcome is acceptable to all.</p>\n{}",
            table.html()
        ),
    }
}

fn row(name: &str, record: &Record) -> Vec<String> {
    let part = |count: u32| number::percent(f64::from(count) / f64::from(record.seats.max(1)));
    let agreed = |text: String| {
        if record.agreements == 0 {
            "–".to_owned()
        } else {
            text
        }
    };
    vec![
        name.to_owned(),
        part(record.agreements),
        agreed(format!("{:.1}", record.rounds)),
        number::percent(record.share),
        number::percent(record.others),
        part(record.wins),
        agreed(format!("{:.3}", record.distance)),
        part(record.left_on_the_table),
    ]
}

/// What the words mean.
fn styles(found: &Tournament) -> Section {
    let items: String = found
        .styles
        .iter()
        .map(|style| {
            format!(
                "<dt>{} <small>{}</small></dt><dd>{}.</dd>\n",
                style.word(),
                escape(style.name()),
                escape(style.manner())
            )
        })
        .collect();
    Section {
        id: "styles",
        title: "The styles",
        body: format!("<dl class=\"styles\">\n{items}</dl>\n"),
    }
}
