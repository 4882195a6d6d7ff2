//! How likely each ending is, as SVG: a bar each.

use detente_findings::model::Findings;

use crate::number;
use crate::paper::{Anchor, COLUMN, LINE, MARGIN, Paint, Paper, SIZE, WORDS, columns, label};
use crate::vary::Ink;

/// Width of the picture and height of a row and of a bar.
const WIDTH: f64 = 600.0;
const ROW: f64 = 34.0;
const BAR: f64 = 18.0;
/// Columns of an ending's label, and lines that it may take.
const LABEL: usize = 30;

/// The endings as bars, most likely first, as an SVG file for light and dark backgrounds.
#[must_use]
pub fn endings_svg(findings: &Findings) -> String {
    let mut order: Vec<usize> = (0..findings.endings.len()).collect();
    order.sort_by(|&a, &b| {
        let p = |i: usize| findings.endings[i].probability;
        p(b).total_cmp(&p(a))
    });
    let inks: Vec<Ink> = order.iter().map(|&i| Ink::Ending(i)).collect();
    let mut paper = Paper::new(WIDTH, &inks);
    let title = &findings.scenario.title;
    let top = paper.paragraph(MARGIN, MARGIN + SIZE, title, WORDS, "font-weight=\"600\"") - SIZE;
    let names: Vec<Vec<String>> = order
        .iter()
        .map(|&i| label(&findings.endings[i].label, LABEL, 2))
        .collect();
    let widest = names.iter().flatten().map(|line| columns(line));
    let left = MARGIN + widest.fold(0.0, f64::max) * COLUMN + 12.0;
    let room = WIDTH - MARGIN - left - 9.0 * COLUMN;
    for (k, (&i, name)) in order.iter().zip(&names).enumerate() {
        let p = findings.endings[i].probability;
        let y = top + (k as f64 + 0.5) * ROW;
        let first = y + SIZE * 0.36 - (name.len() - 1) as f64 * LINE * 0.42;
        for (line, words) in name.iter().enumerate() {
            let at = (left - 10.0, first + line as f64 * LINE * 0.84);
            paper.text(at, words, Anchor::End, WORDS);
        }
        let width = (p.clamp(0.0, 1.0) * room).max(1.5);
        paper.put(&format!(
            "<rect x=\"{left:.1}\" y=\"{:.1}\" width=\"{width:.1}\" height=\"{BAR}\" {}/>",
            y - BAR / 2.0,
            Paint::of(inks[k]).fill()
        ));
        let at = (left + width + 8.0, y + SIZE * 0.36);
        paper.text(at, &number::percent(p), Anchor::Start, WORDS);
    }
    paper.finish(top + order.len() as f64 * ROW + MARGIN * 0.6, title)
}
