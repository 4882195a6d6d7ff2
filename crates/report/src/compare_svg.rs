//! The endings of two scenarios as SVG: a line for each from where it was to where it is.

use detente_compare::{Comparison, Pair};

use crate::number;
use crate::paper::{
    Anchor, COLUMN, LINE, LINES, MARGIN, Paint, Paper, QUIET, SHEET, SIZE, WORDS, columns, label,
};
use crate::vary::Ink;

/// Width of the picture and height of a row.
const WIDTH: f64 = 600.0;
const ROW: f64 = 34.0;
/// Columns of an ending's label, and lines that it may take.
const LABEL: usize = 26;

/// How likely each ending is in both, as an SVG file for light and dark backgrounds: hollow in the first, filled in
/// the second. Nothing but titles where nothing was solved.
#[must_use]
pub fn comparison_svg(comparison: &Comparison) -> String {
    let none = Vec::new();
    let pairs = comparison.answers.as_ref().map_or(&none, |a| &a.endings);
    let inks: Vec<Ink> = (0..pairs.len()).map(Ink::Ending).collect();
    let mut paper = Paper::new(WIDTH, &inks);
    let mut y = MARGIN + SIZE;
    for (k, side) in comparison.sides.iter().enumerate() {
        let settings = side.settings.iter();
        let settings: Vec<String> = settings
            .map(|(id, value)| format!("{id} = {}", number::plain(*value, false)))
            .collect();
        let with = if settings.is_empty() {
            String::new()
        } else {
            format!(" with {}", settings.join(", "))
        };
        dot(&mut paper, (MARGIN + 5.0, y - 4.5), WORDS, k == 1);
        let words = format!("{}{with}", side.title);
        y = paper.paragraph(MARGIN + 16.0, y, &words, WORDS, "");
    }
    y = rows(&mut paper, pairs, y + 2.0);
    paper.finish(y + MARGIN, "How likely each ending is in both")
}

/// A row per ending; the answer is the foot of the picture.
fn rows(paper: &mut Paper, pairs: &[Pair], top: f64) -> f64 {
    let names: Vec<Vec<String>> = pairs.iter().map(|p| label(&p.label, LABEL, 2)).collect();
    let widest = names.iter().flatten().map(|line| columns(line));
    let left = MARGIN + widest.fold(0.0, f64::max) * COLUMN + 16.0;
    let right = WIDTH - MARGIN - 24.0;
    let x = |p: f64| left + p.clamp(0.0, 1.0) * (right - left);
    let foot = top + pairs.len() as f64 * ROW;
    for tick in [0.0, 0.25, 0.5, 0.75, 1.0] {
        let at = x(tick);
        paper.put(&format!(
            "<path d=\"M{at:.1} {top:.1}V{foot:.1}\" {}/>",
            LINES.stroke()
        ));
        let words = number::plain(tick, true);
        paper.text((at, foot + SIZE + 4.0), &words, Anchor::Middle, QUIET);
    }
    for (k, (pair, name)) in pairs.iter().zip(&names).enumerate() {
        let y = top + (k as f64 + 0.5) * ROW;
        let paint = Paint::of(Ink::Ending(k));
        let first = y + SIZE * 0.36 - (name.len() - 1) as f64 * LINE * 0.42;
        for (line, words) in name.iter().enumerate() {
            let at = (left - 14.0, first + line as f64 * LINE * 0.84);
            paper.text(at, words, Anchor::End, WORDS);
        }
        if let (Some(a), Some(b)) = (pair.first, pair.second) {
            paper.put(&format!(
                "<path d=\"M{:.1} {y:.1}H{:.1}\" stroke-width=\"3\" opacity=\"0.55\" {}/>",
                x(a),
                x(b),
                paint.stroke()
            ));
        }
        for (value, filled) in [(pair.first, false), (pair.second, true)] {
            if let Some(value) = value {
                dot(paper, (x(value), y), paint, filled);
            }
        }
        numbers(paper, pair, [x(0.0), x(1.0)], y);
    }
    foot + SIZE + 8.0
}

/// Both probabilities outside of their dots, where they differ to a reader.
fn numbers(paper: &mut Paper, pair: &Pair, [zero, one]: [f64; 2], y: f64) {
    let x = |p: f64| zero + p.clamp(0.0, 1.0) * (one - zero);
    let (low, high) = match (pair.first, pair.second) {
        (Some(a), Some(b)) => (a.min(b), a.max(b)),
        (Some(a), None) | (None, Some(a)) => (a, a),
        (None, None) => return,
    };
    let foot = y + SIZE * 0.36;
    let words = number::percent(high);
    let wide = columns(&words) * COLUMN;
    // Right of the dots, or left of them where the picture ends.
    let free_right = x(high) + 12.0 + wide <= WIDTH - 4.0;
    if free_right {
        paper.text((x(high) + 12.0, foot), &words, Anchor::Start, QUIET);
    }
    let small = number::percent(low);
    let room = x(low) - 12.0 - columns(&small) * COLUMN >= zero + 2.0;
    if room && small != words {
        paper.text((x(low) - 12.0, foot), &small, Anchor::End, QUIET);
    } else if !free_right && room {
        paper.text((x(low) - 12.0, foot), &words, Anchor::End, QUIET);
    }
}

fn dot(paper: &mut Paper, (x, y): (f64, f64), paint: Paint, filled: bool) {
    let place = format!("<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"5\"");
    if filled {
        paper.put(&format!("{place} {}/>", paint.fill()));
    } else {
        paper.put(&format!("{place} {}/>", SHEET.fill()));
        paper.put(&format!("{place} stroke-width=\"2\" {}/>", paint.stroke()));
    }
}
