//! Styles against styles as tables whose cells are coloured: a picture that can be read aloud.

use std::fmt::Write;

use detente_deal::session::{Record, Tournament};

use crate::html::markup::{Section, escape};
use crate::number;

/// What a cell shows.
struct Cell {
    /// How strong its colour is, 0 to 1; none where there is nothing to show.
    depth: Option<f64>,
    /// What stands in it: at most three letters.
    text: String,
    /// The same in words.
    words: String,
}

/// Own share of the best possible gain.
pub(super) fn shares(found: &Tournament) -> Section {
    let cell = |record: &Record, row: &str, column: &str| {
        if record.agreements == 0 {
            return Cell {
                depth: None,
                text: "·".to_owned(),
                words: format!("{row} with {column}: no agreement at all"),
            };
        }
        Cell {
            depth: Some(record.share),
            text: hundredths(record.share),
            words: format!(
                "{row} with {column}: {} for {row}, {} for the other",
                number::percent(record.share),
                number::percent(record.others)
            ),
        }
    };
    Section {
        id: "shares",
        title: "Who gets how much from whom",
        body: matrix(
            found,
            "Own share, per cent: style of the row against style of the column",
            "<p>What the style of the row gains against the style of the column, in per cent of the most that it could: the \
             stronger the colour, the more. A dot stands where the two never agree.</p>\n",
            cell,
        ),
    }
}

/// How often there is an agreement.
pub(super) fn agreements(found: &Tournament) -> Section {
    let cell = |record: &Record, row: &str, column: &str| {
        let rate = f64::from(record.agreements) / f64::from(record.seats.max(1));
        let missed = f64::from(record.left_on_the_table) / f64::from(record.seats.max(1));
        Cell {
            depth: Some(rate),
            text: hundredths(rate),
            words: format!(
                "{row} with {column}: agreement in {}, a deal missed in {}",
                number::percent(rate),
                number::percent(missed)
            ),
        }
    };
    Section {
        id: "agreements",
        title: "Who comes to terms with whom",
        body: matrix(
            found,
            "Agreements, per cent of sessions: style of the row with style of the column",
            "<p>Sessions that end in agreement, in per cent: where the colour is weak, the two styles often leave the table \
             empty-handed.</p>\n",
            cell,
        ),
    }
}

/// How often the row's party has the larger share.
pub(super) fn winners(found: &Tournament) -> Section {
    let cell = |record: &Record, row: &str, column: &str| {
        let ahead = f64::from(record.wins) / f64::from(record.seats.max(1));
        Cell {
            depth: (record.agreements > 0).then_some(ahead),
            text: if record.agreements > 0 {
                hundredths(ahead)
            } else {
                "·".to_owned()
            },
            words: format!(
                "{row} with {column}: {row} has the larger share in {}",
                number::percent(ahead)
            ),
        }
    };
    Section {
        id: "winners",
        title: "Who wins against whom",
        body: matrix(
            found,
            "Sessions in which the row has the larger share, per cent",
            "<p>Sessions in which the style of the row ends with the larger share of its best possible gain than the style of \
             the column, in per cent of all. A dot stands where the two never agree.</p>\n",
            cell,
        ),
    }
}

fn hundredths(share: f64) -> String {
    format!("{:.0}", share * 100.0)
}

fn matrix(
    found: &Tournament,
    caption: &str,
    note: &str,
    cell: impl Fn(&Record, &str, &str) -> Cell,
) -> String {
    let mut out = format!(
        "{note}<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"{0}\"><table class=\"matrix\">\
         <caption>{0}</caption><thead><tr><td></td>",
        escape(caption)
    );
    for style in &found.styles {
        let _ = write!(out, "<th scope=\"col\"><span>{}</span></th>", style.word());
    }
    out.push_str("</tr></thead><tbody>\n");
    for (style, row) in found.styles.iter().zip(&found.against) {
        let _ = write!(out, "<tr><th scope=\"row\">{}</th>", style.word());
        for (other, record) in found.styles.iter().zip(row) {
            let cell = cell(record, style.word(), other.word());
            let depth = cell.depth.map_or(0.0, |depth| depth.clamp(0.0, 1.0));
            let _ = write!(
                out,
                "<td style=\"--depth:{depth:.3}\" title=\"{}\">{}</td>",
                escape(&cell.words),
                cell.text
            );
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody></table></div>\n");
    out
}
