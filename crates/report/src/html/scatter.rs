//! Any answer against any number: a picture drawn here for one pair, and by script for the pair that a reader chooses.

use detente_findings::model::{DoubtOutput, OutputKind, Unit};

use super::doubt::Told;
use super::markup::{Column, Figure, Section, Table, escape};
use crate::number;

/// Size of the picture without script, and room for its scales.
const WIDTH: f64 = 640.0;
const HEIGHT: f64 = 360.0;
const LEFT: f64 = 58.0;
const FOOT: f64 = 44.0;
/// Draws that stand in the table.
const TABLE_ROWS: usize = 12;

/// The section; none without draws to show.
pub(crate) fn scatter(told: &Told<'_>) -> Option<Section> {
    let doubt = told.doubt;
    if doubt.rows.len() < 2 || doubt.numbers.is_empty() || doubt.outputs.is_empty() {
        return None;
    }
    let (number, output) = first_pair(told);
    let moved = match doubt.numbers.len() {
        1 => "",
        _ => ", with all numbers moved at once",
    };
    let figure = Figure {
        chart: "scatter",
        title: "One dot for each solved case",
        note: &format!(
            "Each dot is one of {} {}{moved}. From left to right the number that you choose below, \
             from bottom to top the answer. A cloud without a slope means that the answer does not hang on this number alone. \
             The dashed line is the best guess.",
            number::count(doubt.rows.len() as u64),
            told.draws
        ),
        alt: &format!(
            "One dot for each of {} {}: “{}” from bottom to top, {} from left to right.",
            number::count(doubt.rows.len() as u64),
            told.draws,
            doubt.outputs[output].label,
            doubt.numbers[number].id.replace('_', " ")
        ),
        table: &table(told, number, output),
    };
    let picture = picture(told, number, output);
    // The picture without script stands where script will draw its own.
    let body = figure.html().replacen(
        "></div>\n<details",
        &format!(">{picture}</div>\n<details"),
        1,
    );
    Some(Section {
        id: "scatter",
        title: "Any answer against any number",
        body,
    })
}

/// The pair that is shown first: the strongest of the ending that moves most.
fn first_pair(told: &Told<'_>) -> (usize, usize) {
    let doubt = told.doubt;
    let moves = |output: usize| match doubt.outputs[output].kind {
        OutputKind::Ending => doubt.outputs[output].quantiles.map_or(0.0, |q| q[4] - q[0]),
        _ => 0.0,
    };
    let known = doubt.importance.iter().filter(|of| moves(of.output) > 0.0);
    let best = known.reduce(|best, next| {
        if moves(next.output) > moves(best.output) {
            next
        } else {
            best
        }
    });
    match best.and_then(|of| Some((of.found.first()?.number, of.output))) {
        Some(pair) => pair,
        None => (0, most_moving(doubt.outputs.len(), moves)),
    }
}

fn most_moving(outputs: usize, moves: impl Fn(usize) -> f64) -> usize {
    (0..outputs).fold(
        0,
        |best, at| if moves(at) > moves(best) { at } else { best },
    )
}

fn table(told: &Told<'_>, number: usize, output: usize) -> String {
    let doubt = told.doubt;
    let mut table = Table::new(
        "Some of the solved cases",
        &[(Column::Head, "Case"), (Column::Number, &told.name(number))],
    );
    table.column(Column::Number, &escape(&doubt.outputs[output].label));
    let shown = doubt.rows.len().min(TABLE_ROWS);
    for k in 0..shown {
        let at = k * doubt.rows.len() / shown;
        let row = &doubt.rows[at];
        let value = row.outputs[output];
        table.row(vec![
            number::count(at as u64 + 1),
            number::plain(row.numbers[number], doubt.numbers[number].percent),
            value.map_or_else(|| "no value".to_owned(), |v| told.amount(output, v)),
        ]);
    }
    table.html()
}

fn picture(told: &Told<'_>, number: usize, output: usize) -> String {
    let doubt = told.doubt;
    let (of, by) = (&doubt.outputs[output], &doubt.numbers[number]);
    let dots: Vec<(f64, f64)> = (doubt.rows.iter())
        .filter_map(|row| Some((row.numbers[number], row.outputs[output]?)))
        .collect();
    let (x0, x1) = ends(dots.iter().map(|dot| dot.0));
    let (y0, y1) = scale(of, dots.iter().map(|dot| dot.1));
    let x = |value: f64| LEFT + (value - x0) / (x1 - x0) * (WIDTH - LEFT - 12.0);
    let y = |value: f64| HEIGHT - FOOT - (value - y0) / (y1 - y0) * (HEIGHT - FOOT - 14.0);
    let mut out = format!(
        "<svg viewBox=\"0 0 {WIDTH} {HEIGHT}\" width=\"100%\" font-size=\"13\" fill=\"currentColor\" aria-hidden=\"true\">"
    );
    for value in [y0, f64::midpoint(y0, y1), y1] {
        let at = y(value);
        out.push_str(&format!(
            "<path class=\"grid\" d=\"M{LEFT} {at:.1}H{WIDTH}\"/><text class=\"faint\" x=\"{:.0}\" y=\"{:.1}\" text-anchor=\"end\">{}</text>",
            LEFT - 8.0,
            at + 4.5,
            told.amount(output, value)
        ));
    }
    for (value, anchor) in [
        (x0, "start"),
        (f64::midpoint(x0, x1), "middle"),
        (x1, "end"),
    ] {
        out.push_str(&format!(
            "<text class=\"faint\" x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"{anchor}\">{}</text>",
            x(value),
            HEIGHT - FOOT + 20.0,
            number::plain(value, by.percent)
        ));
    }
    let colour = match of.kind {
        OutputKind::Ending => format!("var(--ending-{})", output % 10),
        _ => "var(--accent)".to_owned(),
    };
    for (a, b) in &dots {
        out.push_str(&format!(
            "<circle class=\"mark\" cx=\"{:.1}\" cy=\"{:.1}\" r=\"3.5\" fill=\"{colour}\" fill-opacity=\".65\"/>",
            x(*a),
            y(*b)
        ));
    }
    out.push_str(&format!(
        "<text x=\"{WIDTH}\" y=\"{:.1}\" text-anchor=\"end\">{} →</text></svg>",
        HEIGHT - 4.0,
        escape(&by.id.replace('_', " "))
    ));
    out
}

/// Two different ends around some values.
fn ends(values: impl Iterator<Item = f64> + Clone) -> (f64, f64) {
    let low = values.clone().fold(f64::INFINITY, f64::min);
    let high = values.fold(f64::NEG_INFINITY, f64::max);
    if low < high {
        (low, high)
    } else if low.is_finite() {
        (low - 0.5, low + 0.5)
    } else {
        (0.0, 1.0)
    }
}

/// The scale of an output: from 0 where it is a probability.
fn scale(of: &DoubtOutput, values: impl Iterator<Item = f64> + Clone) -> (f64, f64) {
    let (low, high) = ends(values);
    match of.unit {
        Unit::Probability => (0.0, (high.max(0.02) * 20.0).ceil() / 20.0),
        Unit::Number => (low, high),
    }
}
