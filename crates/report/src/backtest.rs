//! How good models were on past issues, as a table on a terminal.

use detente_stakeholders::backtest::{Backtest, Difference, Judged};

use crate::number;
use crate::pen::{Pen, Tone};
use crate::text::TextOptions;

/// Columns of a model's name.
const NAME: usize = 24;
/// Columns of a difference with its interval.
const DIFFERENCE: usize = 24;
/// Columns of the whole table in one piece.
const WIDE: usize = 130;

/// The table, with what its columns mean.
pub fn backtest_text(found: &Backtest, options: TextOptions) -> String {
    let mut pen = Pen::new(options);
    let facts = format!(
        "{} in {}, each held back with its whole group; differences are from {}, with 95 % intervals of resampled groups",
        number::counted(found.cases, "past issue", "past issues"),
        number::counted(found.groups, "group", "groups"),
        found.against
    );
    for line in pen.wrap(&pen.clean(&facts), pen.width) {
        pen.line(&[(Tone::Faint, &line)]);
    }
    pen.gap();
    let heads = ["n", "error", "median", "RMS", "<=5", "<=10", "CRPS"];
    let mut head = pen.left("model", NAME);
    for (word, wide) in heads.iter().zip([4, 7, 7, 7, 6, 6, 8]) {
        head += &pen.right(word, wide);
    }
    head += "   50/80/95 %";
    // Where the differences have no room beside the scores, they stand below them.
    let beside = pen.width >= WIDE;
    let differences = [
        pen.right("error difference", DIFFERENCE),
        pen.right("CRPS difference", DIFFERENCE),
    ]
    .concat();
    if beside {
        head += &differences;
    }
    pen.line(&[(Tone::Faint, &head)]);
    for row in &found.rows {
        if row.score.cases == 0 {
            silent(&mut pen, row);
            continue;
        }
        let mut words = scores(&pen, row);
        if beside {
            words += &compared(&pen, row, found);
        }
        let words = pen.clean(&words);
        pen.line(&[(tone(row), &words)]);
    }
    if !beside {
        pen.gap();
        let head = pen.left("model", NAME) + &differences;
        pen.line(&[(Tone::Faint, &head)]);
        for row in found.rows.iter().filter(|row| row.score.cases > 0) {
            let words = pen.left(&row.model, NAME) + &compared(&pen, row, found);
            let words = pen.clean(&words);
            pen.line(&[(tone(row), &words)]);
        }
    }
    pen.gap();
    let legend = "error: mean absolute error; <=5, <=10: forecasts as near as that; CRPS: continuous ranked probability score, \
        smaller is better; 50/80/95 %: how many outcomes the central intervals of the distributions hold";
    for line in pen.wrap(legend, pen.width) {
        pen.line(&[(Tone::Faint, &line)]);
    }
    pen.finish()
}

/// A model without an answer to any case.
fn silent(pen: &mut Pen, row: &Judged) {
    let words = pen.left(&row.model, NAME) + &pen.right("0", 4) + "  silent on all of them";
    pen.line(&[(Tone::Faint, &words)]);
}

fn tone(row: &Judged) -> Tone {
    if row.model == "forecaster" {
        Tone::Strong
    } else {
        Tone::Plain
    }
}

/// How a model compares with the one that all are compared with; nothing for itself.
fn compared(pen: &Pen, row: &Judged, found: &Backtest) -> String {
    if row.model == found.against {
        return String::new();
    }
    [row.error_difference, row.crps_difference]
        .map(|change| pen.right(&difference(change), DIFFERENCE))
        .concat()
}

fn scores(pen: &Pen, row: &Judged) -> String {
    let score = &row.score;
    let mut words = pen.left(&row.model, NAME);
    let percent = |share: f64| format!("{:.0} %", share * 100.0);
    let cells = [
        (score.cases.to_string(), 4),
        (format!("{:.2}", score.mean_error), 7),
        (format!("{:.1}", score.median_error), 7),
        (format!("{:.1}", score.root_mean_square), 7),
        (percent(score.within_5), 6),
        (percent(score.within_10), 6),
        (format!("{:.2}", score.crps), 8),
    ];
    for (cell, wide) in cells {
        words += &pen.right(&cell, wide);
    }
    let held = [score.coverage_50, score.coverage_80, score.coverage_95];
    let held = held.map(|share| format!("{:.0}", share * 100.0)).join("/");
    words += &pen.right(&held, 13);
    words
}

fn difference(found: Difference) -> String {
    let Difference {
        value,
        lower,
        upper,
    } = found;
    format!("{value:.2} [{lower:.2}, {upper:.2}]")
}
