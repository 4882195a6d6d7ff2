//! Answers over two numbers, drawn with characters: the darker, the larger.

use unicode_width::UnicodeWidthStr;

use super::{MapPanel, MapView};
use crate::number;
use crate::pen::{Pen, Tone};
use crate::text::TextOptions;

/// Shades from the smallest to the largest values.
const SHADES: [char; 5] = ['·', '░', '▒', '▓', '█'];
const PLAIN_SHADES: [char; 5] = ['.', ':', '+', '*', '#'];
/// Pictures that are shown; the files have all.
const MOST: usize = 3;

/// Answers over two numbers as text. No line is wider than the terminal.
pub fn map_text(view: &MapView, options: TextOptions) -> String {
    let mut pen = Pen::new(options);
    paragraph(&mut pen, Tone::Strong, &view.title);
    let axes = format!("{} against {}", view.y.name, view.x.name);
    paragraph(&mut pen, Tone::Faint, &axes);
    paragraph(&mut pen, Tone::Faint, &view.note);
    for panel in view.panels.iter().take(MOST) {
        pen.gap();
        draw(&mut pen, view, panel);
    }
    if view.panels.len() > MOST {
        pen.gap();
        let left = number::counted(view.panels.len() - MOST, "more answer", "more answers");
        let words = format!("{left} in --svg, --csv and --json; --ask says which to show");
        paragraph(&mut pen, Tone::Faint, &words);
    }
    if !view.failed.is_empty() {
        pen.gap();
        paragraph(&mut pen, Tone::Warning, &view.failed);
    }
    pen.finish()
}

fn paragraph(pen: &mut Pen, tone: Tone, words: &str) {
    for line in pen.wrap(&pen.clean(words), pen.width) {
        if !line.is_empty() {
            pen.line(&[(tone, &line)]);
        }
    }
}

fn draw(pen: &mut Pen, view: &MapView, panel: &MapPanel) {
    let (low, high) = extent(panel);
    let shades = if pen.unicode { SHADES } else { PLAIN_SHADES };
    let title = pen.clean(&panel.title);
    pen.line(&[(Tone::Strong, &title)]);
    let numbers: Vec<String> = view
        .ys
        .iter()
        .map(|y| pen.clean(&number::plain(*y, view.y.percent)))
        .collect();
    let name = pen.clean(&view.y.name);
    let margin = numbers.iter().map(|n| n.width()).max().unwrap_or(0);
    let wide = if pen.width >= margin + 3 + 2 * view.xs.len() {
        2
    } else {
        1
    };
    pen.line(&[(Tone::Faint, &format!("{} {name}", " ".repeat(margin)))]);
    let edge = if pen.unicode { "│" } else { "|" };
    for row in (0..view.ys.len()).rev() {
        let mut cells = String::new();
        for column in 0..view.xs.len() {
            let sign = match panel.cells[row * view.xs.len() + column] {
                None => '?',
                Some(value) => shades[shade(value, low, high)],
            };
            (0..wide).for_each(|_| cells.push(sign));
        }
        // Every other number, so that the eye can hold on to them.
        let words = if row % 2 == 0 {
            numbers[row].as_str()
        } else {
            ""
        };
        let before = format!("{} {edge}", pen.right(words, margin));
        pen.line(&[(Tone::Faint, &before), (Tone::Bar, &cells)]);
    }
    foot(pen, view, margin, wide);
    legend(pen, panel, shades, low, high);
}

/// The numbers below a picture.
fn foot(pen: &mut Pen, view: &MapView, margin: usize, wide: usize) {
    let mut line: Vec<char> = vec![' '; view.xs.len() * wide + 8];
    let mut free = 0;
    for (column, x) in view.xs.iter().enumerate() {
        let words: Vec<char> = pen
            .clean(&number::plain(*x, view.x.percent))
            .chars()
            .collect();
        let from = column * wide;
        if from >= free && column % 5 == 0 && from + words.len() <= line.len() {
            line[from..from + words.len()].copy_from_slice(&words);
            free = from + words.len() + 2;
        }
    }
    let numbers: String = line.into_iter().collect();
    let name = pen.clean(&view.x.name);
    let before = " ".repeat(margin + 2);
    pen.line(&[(
        Tone::Faint,
        &format!("{before}{}  {name}", numbers.trim_end()),
    )]);
}

fn legend(pen: &mut Pen, panel: &MapPanel, shades: [char; 5], low: f64, high: f64) {
    let bound = |k: usize| {
        let value = low + (high - low) * k as f64 / 5.0;
        pen.clean(&number::plain(value, panel.probability))
    };
    let mut words = String::from("  ");
    for (k, shade) in shades.iter().enumerate() {
        let dash = if pen.unicode { "–" } else { "-" };
        words.push_str(&format!("{shade} {}{dash}{}   ", bound(k), bound(k + 1)));
    }
    for line in pen.wrap(&words, pen.width.saturating_sub(2)) {
        pen.line(&[(Tone::Faint, &format!("  {line}"))]);
    }
}

/// Smallest and largest value that the shades tell apart: 0 and 1 of probabilities that change much.
pub(super) fn extent(panel: &MapPanel) -> (f64, f64) {
    const MUCH: f64 = 0.5;
    let values = || panel.cells.iter().flatten().copied();
    let low = values().fold(f64::INFINITY, f64::min);
    let high = values().fold(f64::NEG_INFINITY, f64::max);
    if low > high || panel.probability && (high - low > MUCH || high - low < 1e-3) {
        return (0.0, 1.0);
    }
    // No solution is exact enough to tell smaller differences.
    if high - low > 1e-6 * low.abs().max(high.abs()).max(1.0) {
        (low, high)
    } else {
        (low - 0.5, high + 0.5)
    }
}

fn shade(value: f64, low: f64, high: f64) -> usize {
    let share = ((value - low) / (high - low)).clamp(0.0, 1.0);
    ((share * 5.0) as usize).min(4)
}
