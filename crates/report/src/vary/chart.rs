//! Answers along one number, drawn with characters.

use unicode_width::UnicodeWidthStr;

use super::scale::{Scale, spread};
use super::{AxisView, CurveView, LineView, PanelView};
use crate::number;
use crate::pen::{Pen, Tone};
use crate::text::TextOptions;

/// Rows of a picture.
const ROWS: usize = 15;
/// Columns of the largest label beside a line.
const LABEL: usize = 24;
/// Signs that the lines are made of.
const SIGNS: [char; 10] = ['●', '○', '▲', '△', '■', '□', '◆', '◇', '★', '☆'];
const PLAIN_SIGNS: [char; 10] = ['*', 'o', '#', '+', 'x', '%', '@', '&', '=', '~'];

/// Answers along one number as text. No line is wider than the terminal.
pub fn curve_text(view: &CurveView, options: TextOptions) -> String {
    let mut pen = Pen::new(options);
    for line in pen.wrap(&pen.clean(&view.title), pen.width) {
        pen.line(&[(Tone::Strong, &line)]);
    }
    for line in pen.wrap(&pen.clean(&axis_words(&view.x)), pen.width) {
        pen.line(&[(Tone::Faint, &line)]);
    }
    for line in pen.wrap(&pen.clean(&view.note), pen.width) {
        if !line.is_empty() {
            pen.line(&[(Tone::Faint, &line)]);
        }
    }
    let label = label_columns(&pen, view);
    let margin = view.panels.iter().map(|panel| number_columns(&pen, panel));
    let room = (margin.max().unwrap_or(0), label);
    for panel in &view.panels {
        pen.gap();
        Chart::new(&pen, view, panel, room).draw(&mut pen);
    }
    remarks(&mut pen, view);
    pen.finish()
}

fn axis_words(axis: &AxisView) -> String {
    let words = if axis.words.is_empty() {
        String::new()
    } else {
        format!(": {}", axis.words)
    };
    format!("against {}{words}", axis.name)
}

/// Columns of the labels beside the lines, with the space before them; the same for all panels.
fn label_columns(pen: &Pen, view: &CurveView) -> usize {
    let labelled = view.panels.iter().filter(|panel| panel.labelled());
    let labels = labelled
        .flat_map(|panel| &panel.lines)
        .map(|line| pen.clean(&line.label).width());
    match labels.max() {
        Some(widest) => widest.min(LABEL).min(pen.width / 3) + 3,
        None => 1,
    }
}

/// Columns of the numbers before a panel and its edge.
fn number_columns(pen: &Pen, panel: &PanelView) -> usize {
    let scale = panel.scale();
    let ticks = scale.ticks.iter();
    let widths = ticks.map(|tick| pen.clean(&scale.words(*tick)).width());
    widths.max().unwrap_or(0) + 2
}

/// Jumps, gaps and endings without a line.
fn remarks(pen: &mut Pen, view: &CurveView) {
    let mut lines: Vec<(Tone, String)> = Vec::new();
    let sign = if pen.unicode { "┊" } else { ":" };
    for words in view.jump_words() {
        lines.push((Tone::Plain, format!("{sign} {words}")));
    }
    for gap in &view.gaps {
        let place = if gap.from == gap.to {
            number::plain(gap.from, view.x.percent)
        } else {
            let [from, to] = [gap.from, gap.to].map(|end| number::plain(end, view.x.percent));
            format!("{from} to {to}")
        };
        lines.push((
            Tone::Warning,
            format!("not solved at {place}: {}", gap.reason),
        ));
    }
    if !view.never.is_empty() {
        lines.push((Tone::Faint, format!("Never: {}.", view.never.join(", "))));
    }
    if lines.is_empty() {
        return;
    }
    pen.gap();
    for (tone, words) in lines {
        for line in pen.wrap(&pen.clean(&words), pen.width) {
            pen.line(&[(tone, &line)]);
        }
    }
}

/// A jump's place, as exactly as it is known: "57.13 %", "0.412 to 0.414".
pub(super) fn between(low: f64, high: f64, percent: bool) -> String {
    let [from, to] = [low, high].map(|side| number::plain(side, percent));
    let middle = number::plain(f64::midpoint(low, high), percent);
    if from == to {
        return middle;
    }
    format!("{middle} (between {from} and {to})")
}

/// One panel being drawn.
struct Chart<'a> {
    view: &'a CurveView,
    panel: &'a PanelView,
    x: Scale,
    y: Scale,
    /// Columns of the picture, and of what stands left of it.
    columns: usize,
    margin: usize,
    /// Which line is in each cell, row by row.
    cells: Vec<Option<usize>>,
    unicode: bool,
}

impl<'a> Chart<'a> {
    fn new(
        pen: &Pen,
        view: &'a CurveView,
        panel: &'a PanelView,
        (margin, label): (usize, usize),
    ) -> Chart<'a> {
        let columns = pen.width.saturating_sub(margin + label).max(8);
        let x = view.scale((columns / 9).clamp(1, 6));
        let y = panel.scale();
        let mut chart = Chart {
            view,
            panel,
            x,
            y,
            columns,
            margin,
            cells: vec![None; columns * ROWS],
            unicode: pen.unicode,
        };
        // The first line is drawn last, above the others.
        for line in (0..panel.lines.len()).rev() {
            chart.trace(line);
        }
        chart
    }

    fn column(&self, at: f64) -> usize {
        (self.x.share(at) * (self.columns - 1) as f64).round() as usize
    }

    fn row(&self, value: f64) -> usize {
        ((1.0 - self.y.share(value)) * (ROWS - 1) as f64).round() as usize
    }

    /// Puts a line into the cells, unbroken between its points but for jumps and gaps.
    fn trace(&mut self, index: usize) {
        let values = &self.panel.lines[index].values;
        for (i, value) in values.iter().enumerate() {
            let Some(value) = *value else { continue };
            let here = (self.column(self.view.at[i]), self.row(value));
            self.put(here, index);
            let next = values.get(i + 1).copied().flatten();
            if let Some(next) = next
                && !self.view.broken(i)
                && !self.view.whole
            {
                let there = (self.column(self.view.at[i + 1]), self.row(next));
                self.join(here, there, index);
            }
        }
    }

    fn join(&mut self, from: (usize, usize), to: (usize, usize), index: usize) {
        let steps = (to.0 - from.0).max(to.1.abs_diff(from.1));
        for step in 1..steps {
            let share = step as f64 / steps as f64;
            let mix = |a: usize, b: usize| (a as f64 + (b as f64 - a as f64) * share).round();
            let at = (mix(from.0, to.0) as usize, mix(from.1, to.1) as usize);
            self.put(at, index);
        }
    }

    fn put(&mut self, (column, row): (usize, usize), index: usize) {
        self.cells[row * self.columns + column] = Some(index);
    }

    fn sign(&self, index: usize) -> char {
        let signs = if self.unicode { SIGNS } else { PLAIN_SIGNS };
        signs[index % signs.len()]
    }

    fn draw(&self, pen: &mut Pen) {
        let title = pen.clean(&self.panel.title);
        pen.line(&[(Tone::Strong, &title)]);
        let jumps: Vec<usize> = self
            .view
            .marked()
            .iter()
            .map(|jump| self.column(f64::midpoint(jump.low, jump.high)))
            .collect();
        let ticks: Vec<(usize, f64)> = self.y.ticks.iter().map(|&t| (self.row(t), t)).collect();
        let labels = self.labels();
        for row in 0..ROWS {
            let tick = ticks.iter().find(|(at, _)| *at == row);
            let words =
                tick.map_or_else(String::new, |(_, value)| pen.clean(&self.y.words(*value)));
            let edge = match (self.unicode, tick.is_some()) {
                (true, true) => "┤",
                (true, false) => "│",
                (false, true) => "+",
                (false, false) => "|",
            };
            let before = format!("{} {edge}", pen.right(&words, self.margin - 2));
            let mut pieces = vec![(Tone::Faint, before)];
            pieces.extend(self.row_pieces(row, &jumps));
            if let Some((index, label)) = labels.iter().find(|(at, ..)| *at == row).map(|l| l.1) {
                let line: &LineView = label;
                pieces.push((Tone::Line(index), format!(" {} ", self.sign(index))));
                pieces.push((Tone::Plain, pen.clean(&line.label)));
            }
            let pieces: Vec<(Tone, &str)> = pieces.iter().map(|(t, s)| (*t, s.as_str())).collect();
            pen.line(&pieces);
        }
        self.axis(pen, &jumps);
    }

    fn row_pieces(&self, row: usize, jumps: &[usize]) -> Vec<(Tone, String)> {
        let mut pieces: Vec<(Tone, String)> = Vec::new();
        for column in 0..self.columns {
            let (tone, sign) = match self.cells[row * self.columns + column] {
                Some(index) => (Tone::Line(index), self.sign(index)),
                None if jumps.contains(&column) && self.unicode => (Tone::Faint, '┊'),
                None if jumps.contains(&column) => (Tone::Faint, ':'),
                None => (Tone::Plain, ' '),
            };
            match pieces.last_mut() {
                Some((last, text)) if *last == tone => text.push(sign),
                _ => pieces.push((tone, sign.to_string())),
            }
        }
        pieces
    }

    /// The row of each line's label: as near as can be to where the line ends.
    fn labels(&self) -> Vec<(usize, (usize, &LineView))> {
        if !self.panel.labelled() {
            return Vec::new();
        }
        let lines = || self.panel.lines.iter().enumerate();
        let wanted: Vec<f64> = lines()
            .map(|(_, line)| {
                let last = line.values.iter().rev().flatten().next();
                last.map_or(0.0, |value| self.row(*value) as f64)
            })
            .collect();
        let rows = spread(&wanted, 1.0, 0.0, (ROWS - 1) as f64);
        let mut taken = Vec::new();
        for ((index, line), row) in lines().zip(rows) {
            let mut row = row.round() as usize;
            while taken.iter().any(|(at, _)| *at == row) && row + 1 < ROWS {
                row += 1;
            }
            taken.push((row, (index, line)));
        }
        taken
    }

    /// The axis with its numbers, the jumps and the best guess.
    fn axis(&self, pen: &mut Pen, jumps: &[usize]) {
        let (corner, line, tick, jump) = match self.unicode {
            true => ('└', '─', '┬', '┊'),
            false => ('+', '-', '+', ':'),
        };
        let mut marks = vec![line; self.columns];
        let room = pen.width.saturating_sub(self.margin);
        let mut numbers = vec![' '; (self.columns + 8).min(room)];
        let mut free = 0;
        for &value in &self.x.ticks {
            let column = self.column(value);
            marks[column] = tick;
            let words: Vec<char> = pen.clean(&self.x.words(value)).chars().collect();
            let from = column.saturating_sub(words.len() / 2);
            if from >= free && from + words.len() <= numbers.len() {
                numbers[from..from + words.len()].copy_from_slice(&words);
                free = from + words.len() + 1;
            }
        }
        for &column in jumps {
            marks[column] = jump;
        }
        let indent = " ".repeat(self.margin - 1);
        let axis: String = std::iter::once(corner).chain(marks).collect();
        pen.line(&[(Tone::Faint, &format!("{indent}{axis}"))]);
        let numbers: String = numbers.into_iter().collect();
        pen.line(&[(Tone::Faint, &format!("{indent} {}", numbers.trim_end()))]);
        if let Some(base) = self
            .view
            .x
            .base
            .filter(|b| (self.x.low..=self.x.high).contains(b))
        {
            let arrow = if self.unicode { '↑' } else { '^' };
            let at = " ".repeat(self.margin + self.column(base));
            let words = pen.clean(&format!("best guess {}", self.x.words(base)));
            let room = pen.width.saturating_sub(at.width() + 2);
            let line = if words.width() <= room {
                format!("{at}{arrow} {words}")
            } else {
                let before = at.width().saturating_sub(words.width() + 1);
                format!("{}{words} {arrow}", " ".repeat(before))
            };
            pen.line(&[(Tone::Faint, &line)]);
        }
    }
}

/// First and last value, apart from each other.
pub(super) fn ends(at: &[f64]) -> (f64, f64) {
    match (at.first(), at.last()) {
        (Some(&low), Some(&high)) if high > low => (low, high),
        (Some(&low), _) => (low - 0.5, low + 0.5),
        _ => (0.0, 1.0),
    }
}
