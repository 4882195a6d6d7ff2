//! What the results hang on: the precision of the actors, and the doubted numbers.

use detente_findings::model::{Findings, PrecisionPoint, TornadoRow};

use super::by_probability;
use super::markup::{Column, Figure, Section, Table, code, escape, listed};
use crate::number::{self, Scale};

/// Rows of the precision tables; a path has many more points than a table can be read with.
const TABLE_ROWS: usize = 12;

/// Endings and values along the path from random play to the limit.
pub(super) fn precision(findings: &Findings) -> Option<Section> {
    let path = onward(&findings.precision);
    if path.len() < 2 {
        return None;
    }
    let words = "<p>Precision says how sharply actors tell better options from worse. At the left end, 0, everybody picks at \
         random; towards the right everybody more and more takes what is best for it, given what the others do; the \
         right end is as far as this run went. People lie between, neither dice nor calculators: an ending that is likely \
         all along the path is a sturdier finding than one that appears only at its end.</p>\n";
    let mut body = words.to_string();
    body.push_str(
        &Figure {
            chart: "precision",
            title: "Endings against precision",
            note: &format!(
                "Each band is an ending; its height at a precision is its probability there. The dashed line is the \
                 precision of the numbers in the rest of this report.{}",
                fold_words(findings.precision.len(), path.len())
            ),
            alt: &precision_alt(findings),
            table: &path_table(
                findings,
                "Endings against precision",
                &findings.endings.iter().map(|e| e.label.clone()).collect::<Vec<_>>(),
                |p| p.endings.iter().map(|v| number::percent(*v)).collect(),
            ),
        }
        .html(),
    );
    if !findings.actors.is_empty() {
        let scale = Scale::of(path.iter().flat_map(|p| p.actors.iter().copied()));
        let table = path_table(
            findings,
            "Values against precision",
            &findings
                .actors
                .iter()
                .map(|a| a.label.clone())
                .collect::<Vec<_>>(),
            |p| p.actors.iter().map(|v| scale.write(*v)).collect(),
        );
        body.push_str(
            &Figure {
                chart: "values",
                title: "What the play is worth against precision",
                note: "Expected payoff of each actor in its own units, each on its own scale.",
                alt: &values_alt(findings, scale),
                table: &table,
            }
            .html(),
        );
    }
    Some(Section {
        id: "precision",
        title: "From random play to the limit",
        body,
    })
}

/// The points whose precision is lower than that of every later point, as the pictures show them: one answer for
/// each precision, with the first and the last point of the path among them.
fn onward(path: &[PrecisionPoint]) -> Vec<&PrecisionPoint> {
    let mut lowest = f64::INFINITY;
    let mut kept: Vec<&PrecisionPoint> = Vec::with_capacity(path.len());
    for point in path.iter().rev() {
        if point.precision < lowest {
            lowest = point.precision;
            kept.push(point);
        }
    }
    kept.reverse();
    kept
}

/// What to know where the path turns back.
fn fold_words(all: usize, shown: usize) -> &'static str {
    if shown == all {
        ""
    } else {
        " The path of equilibria turns back to lower precision before it goes on; there the picture jumps, and a small \
         change of precision changes much."
    }
}

fn precision_alt(findings: &Findings) -> String {
    let [first, .., last] = onward(&findings.precision)[..] else {
        return String::new();
    };
    let said: Vec<String> = by_probability(findings)
        .into_iter()
        .filter_map(|i| {
            let (from, to) = (first.endings.get(i)?, last.endings.get(i)?);
            Some(format!(
                "{} goes from {} to {}",
                findings.endings[i].label,
                number::percent(*from),
                number::percent(*to)
            ))
        })
        .collect();
    format!(
        "Bands of probability from precision {} to {}. {}.",
        number::precision(first.precision),
        number::precision(last.precision),
        listed(&said)
    )
}

fn values_alt(findings: &Findings, scale: Scale) -> String {
    let [first, .., last] = onward(&findings.precision)[..] else {
        return String::new();
    };
    let said: Vec<String> = findings
        .actors
        .iter()
        .enumerate()
        .filter_map(|(i, a)| {
            let (from, to) = (first.actors.get(i)?, last.actors.get(i)?);
            Some(format!(
                "{} from {} to {}",
                a.label,
                scale.write(*from),
                scale.write(*to)
            ))
        })
        .collect();
    format!("One line per actor against precision. {}.", listed(&said))
}

fn path_table(
    findings: &Findings,
    caption: &str,
    titles: &[String],
    cells: impl Fn(&PrecisionPoint) -> Vec<String>,
) -> String {
    let mut table = Table::new(caption, &[(Column::Head, "Precision")]);
    for title in titles {
        table.column(Column::Number, &escape(title));
    }
    table.column(Column::Number, "Largest gain from deviating");
    let path = onward(&findings.precision);
    let rows = path.len().min(TABLE_ROWS);
    for k in 0..rows {
        let point = path[k * (path.len() - 1) / (rows - 1).max(1)];
        let mut row = vec![number::precision(point.precision)];
        row.extend(cells(point));
        row.push(number::small_percent(point.largest_relative_gain));
        table.row(row);
    }
    table.html()
}

/// What each doubtful number does, from one end of its range to the other.
pub(super) fn tornado(findings: &Findings) -> Option<Section> {
    if findings.tornado.is_empty() {
        return None;
    }
    let mut rows: Vec<&TornadoRow> = findings.tornado.iter().collect();
    rows.sort_by(|a, b| b.swing.total_cmp(&a.swing));
    let body = Figure {
        chart: "tornado",
        title: "Each number at the ends of its range",
        note: &format!(
            "One number at a time is set to the low and the high end of its range, everything else stays at its best \
             guess, and the game is solved again. A bar runs from the result at the low end (hollow) to the result at \
             the high end (filled); the line is the result at the best guesses.{}{}{} Choose below what to look at.",
            screened_words(findings),
            precision_words(findings),
            one_sided_words(&rows)
        ),
        alt: &tornado_alt(&rows),
        table: &tornado_table(findings, &rows),
    }
    .html();
    Some(Section {
        id: "sensitivity",
        title: "What moves the result most",
        body,
    })
}

/// How many of the numbers are set to their ends, where it is not all of them.
fn screened_words(findings: &Findings) -> String {
    let all = findings
        .doubt
        .as_ref()
        .map_or(0, |doubt| doubt.numbers.len());
    match findings.tornado.len() < all {
        true => format!(
            " Of {all} doubtful numbers the {} are shown with which the endings went most closely when all were drawn \
             together.",
            findings.tornado.len()
        ),
        false => String::new(),
    }
}

/// At which precision the rows are solved, where it is not that of the rest of the report.
fn precision_words(findings: &Findings) -> String {
    let Some(base) = &findings.tornado_base else {
        return String::new();
    };
    if findings.certificate.precision == Some(base.precision) {
        return String::new();
    }
    format!(
        " All of them, the best guesses included, are solved at precision λ = {}, short of the limit, so that like is \
         compared with like: the line can differ a little from the number in the rest of the report.",
        number::precision(base.precision)
    )
}

/// What to know where both ends lie on one side of the best guess.
fn one_sided_words(rows: &[&TornadoRow]) -> &'static str {
    match rows.iter().any(|row| !row.one_sided.is_empty()) {
        true => {
            " Where a name is marked †, both ends lie clearly on one side of the line: within the range the answer rises and \
             falls again, or the best guesses stand near a place where play tips over from one kind into another. There the \
             answers jump, and <code>detente vary</code> draws what lies between."
        }
        false => "",
    }
}

fn tornado_alt(rows: &[&TornadoRow]) -> String {
    let said: Vec<String> = rows
        .iter()
        .take(5)
        .map(|r| format!("{} moves {}", r.param, number::percent(r.swing)))
        .collect();
    format!(
        "Bars, one per doubted number. Of the probability of the endings, {} from one end of the range to the other.",
        listed(&said)
    )
}

fn tornado_table(findings: &Findings, rows: &[&TornadoRow]) -> String {
    let lead = by_probability(findings).first().copied();
    let ending = lead.map_or_else(String::new, |i| findings.endings[i].label.clone());
    let mut table = Table::new(
        "What each doubted number moves",
        &[
            (Column::Head, "Number"),
            (Column::Number, "From"),
            (Column::Number, "To"),
            (Column::Number, "Probability moved between endings"),
        ],
    );
    table.column(
        Column::Number,
        &format!("{}: at the low end", escape(&ending)),
    );
    table.column(Column::Number, "at the high end");
    for row in rows {
        let at = |side: &Option<Vec<f64>>| {
            lead.and_then(|i| side.as_ref().and_then(|e| e.get(i).copied()))
                .map_or_else(|| "not solved".to_string(), number::percent)
        };
        let mark = match lead.is_some_and(|i| row.one_sided.contains(&i)) {
            true => " †",
            false => "",
        };
        table.row(vec![
            format!("{}{mark}", code(&row.param)),
            number::plain(row.low, row.percent),
            number::plain(row.high, row.percent),
            number::percent(row.swing),
            at(&row.at_low),
            at(&row.at_high),
        ]);
    }
    table.html()
}
