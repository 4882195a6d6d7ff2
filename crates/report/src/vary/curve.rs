//! Answers along one number as SVG: a panel of lines above another, labelled where the lines end.

use super::scale::{Scale, spread};
use super::{CurveView, Ink, PanelView};
use crate::number;
use crate::paper::{
    Anchor, BOLD, COLUMN, LINE, LINES, MARGIN, Paint, Paper, QUIET, SHEET, SIZE, STRONG, WORDS,
    columns, label,
};

/// Width of the picture, so that it can be read on a phone as well.
const WIDTH: f64 = 600.0;
/// Least height of a panel's lines.
const HEIGHT: f64 = 210.0;
/// Columns of a label, and lines that it may take.
const LABEL: usize = 20;
const LABEL_LINES: usize = 2;
/// Width of a line.
const THICK: f64 = 2.25;

/// Answers along one number as an SVG file, for light and dark backgrounds.
///
/// Lines end at both sides of a jump, which a dashed line marks with its place; numbers that could not be solved are
/// shaded.
#[must_use]
pub fn curve_svg(view: &CurveView) -> String {
    let inks: Vec<Ink> = view
        .panels
        .iter()
        .flat_map(|panel| panel.lines.iter().map(|line| line.ink))
        .collect();
    let mut paper = Paper::new(WIDTH, &inks);
    let mut y = MARGIN + SIZE;
    y = paper.paragraph(MARGIN, y, &view.title, WORDS, "font-weight=\"600\"");
    if !view.note.is_empty() {
        y = paper.paragraph(MARGIN, y, &view.note, QUIET, "");
    }
    let sides = sides(view);
    for (k, panel) in view.panels.iter().enumerate() {
        let last = k + 1 == view.panels.len();
        y = Panel::new(view, panel, sides, y + 8.0).draw(&mut paper, last);
    }
    y += LINE * 0.4;
    for (words, paint) in remarks(view) {
        y = paper.paragraph(MARGIN, y, &words, paint, "");
    }
    paper.finish(y - LINE + MARGIN, &view.title)
}

/// Where the lines begin and end from left to right, the same for all panels.
fn sides(view: &CurveView) -> (f64, f64) {
    let mut numbers: f64 = 0.0;
    let mut labels: f64 = 0.0;
    for panel in &view.panels {
        let scale = panel.scale();
        let ticks = scale.ticks.iter().map(|&tick| columns(&scale.words(tick)));
        numbers = ticks.fold(numbers, f64::max);
        if panel.labelled() {
            let lines = panel.lines.iter();
            let lines = lines.flat_map(|line| label(&line.label, LABEL, LABEL_LINES));
            labels = lines.map(|line| columns(&line)).fold(labels, f64::max);
        }
    }
    let right = if labels > 0.0 {
        labels * BOLD + 12.0
    } else {
        6.0
    };
    (MARGIN + numbers * COLUMN + 8.0, WIDTH - MARGIN - right)
}

/// What stands below the lines.
fn remarks(view: &CurveView) -> Vec<(String, Paint)> {
    let mut remarks = Vec::new();
    for words in view.jump_words() {
        let mut letters = words.chars();
        let first: String = letters
            .next()
            .into_iter()
            .flat_map(char::to_uppercase)
            .collect();
        remarks.push((format!("{first}{}", letters.as_str()), WORDS));
    }
    for gap in &view.gaps {
        let [from, to] = [gap.from, gap.to].map(|end| number::plain(end, view.x.percent));
        let place = if from == to {
            from
        } else {
            format!("{from} to {to}")
        };
        remarks.push((format!("Not solved at {place}: {}", gap.reason), QUIET));
    }
    if !view.never.is_empty() {
        remarks.push((format!("Never: {}.", view.never.join(", ")), QUIET));
    }
    remarks
}

/// One panel with its place on the paper.
struct Panel<'a> {
    view: &'a CurveView,
    panel: &'a PanelView,
    x: Scale,
    y: Scale,
    left: f64,
    right: f64,
    top: f64,
    /// Height of the lines: more than usual where there are many labels.
    height: f64,
    /// Line of the title.
    head: f64,
}

impl<'a> Panel<'a> {
    fn new(
        view: &'a CurveView,
        panel: &'a PanelView,
        (left, right): (f64, f64),
        from: f64,
    ) -> Panel<'a> {
        let jumps = if view.marked().is_empty() { 0.0 } else { LINE };
        let head = from + SIZE;
        Panel {
            view,
            panel,
            x: view.scale(6),
            y: panel.scale(),
            left,
            right,
            top: head + 14.0 + jumps,
            height: if panel.labelled() {
                HEIGHT.max((panel.lines.len() as f64 - 1.0) * label_height(panel))
            } else {
                HEIGHT
            },
            head,
        }
    }

    fn x(&self, at: f64) -> f64 {
        self.left + self.x.share(at) * (self.right - self.left)
    }

    fn y(&self, value: f64) -> f64 {
        self.top + (1.0 - self.y.share(value)) * self.height
    }

    /// Draws it, with what the axis is if it is the last one; the answer is the line below it.
    fn draw(&self, paper: &mut Paper, last: bool) -> f64 {
        paper.styled(
            (MARGIN, self.head),
            &self.panel.title,
            Anchor::Start,
            QUIET,
            "",
        );
        self.grid(paper);
        self.gaps(paper);
        self.base(paper);
        self.jumps(paper);
        for k in (0..self.panel.lines.len()).rev() {
            self.line(paper, k);
        }
        self.labels(paper);
        self.axis(paper);
        let foot = self.top + self.height + 10.0 + SIZE + LINE + 2.0;
        if last {
            self.axis_words(paper, foot)
        } else {
            foot
        }
    }

    fn grid(&self, paper: &mut Paper) {
        for &tick in &self.y.ticks {
            let y = self.y(tick);
            paper.put(&format!(
                "<path d=\"M{:.1} {y:.1}H{:.1}\" {}/>",
                self.left,
                self.right,
                LINES.stroke()
            ));
            let words = self.y.words(tick);
            paper.text(
                (self.left - 7.0, y + SIZE * 0.36),
                &words,
                Anchor::End,
                QUIET,
            );
        }
    }

    fn axis(&self, paper: &mut Paper) {
        let foot = self.top + self.height;
        for &tick in &self.x.ticks {
            let x = self.x(tick);
            paper.put(&format!(
                "<path d=\"M{x:.1} {foot:.1}v5\" {}/>",
                QUIET.stroke()
            ));
            paper.text(
                (x, foot + 10.0 + SIZE),
                &self.x.words(tick),
                Anchor::Middle,
                QUIET,
            );
        }
    }

    /// What the axis is, from a line on; the answer is the line below.
    fn axis_words(&self, paper: &mut Paper, y: f64) -> f64 {
        let name = &self.view.x.name;
        let words = if self.view.x.words.is_empty() {
            name.clone()
        } else {
            format!("{name}: {}", self.view.x.words)
        };
        let mut y = paper.paragraph(self.left, y, &words, WORDS, "");
        if let Some(base) = self.shown_base() {
            triangle(paper, (self.left + 5.0, y - 10.0));
            let words = format!("best guess {}", self.x.words(base));
            y = paper.paragraph(self.left + 15.0, y, &words, QUIET, "");
        }
        y + 2.0
    }

    /// A shade over what could not be solved, to the middle between it and its solved neighbours.
    fn gaps(&self, paper: &mut Paper) {
        let at = &self.view.at;
        for gap in &self.view.gaps {
            let first = at.partition_point(|x| *x < gap.from);
            let last = at.partition_point(|x| *x <= gap.to);
            let near = |a: Option<&f64>, b: f64| a.map_or(b, |a| f64::midpoint(*a, b));
            let from = self.x(near(first.checked_sub(1).map(|i| &at[i]), gap.from));
            let to = self.x(near(at.get(last), gap.to));
            paper.put(&format!(
                "<rect x=\"{from:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"{}\" {} fill-opacity=\"0.16\"/>",
                self.top,
                (to - from).max(1.0),
                self.height,
                QUIET.fill()
            ));
        }
    }

    /// The best guess, if it lies on the axis.
    fn shown_base(&self) -> Option<f64> {
        let within = |base: &f64| (self.x.low..=self.x.high).contains(base);
        self.view.x.base.filter(within)
    }

    fn base(&self, paper: &mut Paper) {
        if let Some(base) = self.shown_base() {
            triangle(paper, (self.x(base), self.top + self.height + 1.0));
        }
    }

    fn jumps(&self, paper: &mut Paper) {
        let mut free = f64::NEG_INFINITY;
        for jump in self.view.marked() {
            let middle = f64::midpoint(jump.low, jump.high);
            let x = self.x(middle);
            paper.put(&format!(
                "<path d=\"M{x:.1} {:.1}V{:.1}\" stroke-dasharray=\"3 4\" {}/>",
                self.top - 4.0,
                self.top + self.height,
                QUIET.stroke()
            ));
            let words = self.x.words(middle);
            let half = columns(&words) * COLUMN / 2.0;
            if x - half >= free {
                paper.text((x, self.top - 8.0), &words, Anchor::Middle, WORDS);
                free = x + half + COLUMN;
            }
        }
    }

    /// A line, with dots where it is broken and where a point stands alone.
    fn line(&self, paper: &mut Paper, k: usize) {
        let line = &self.panel.lines[k];
        let paint = Paint::of(line.ink);
        let mut path = String::new();
        let mut dots: Vec<(f64, f64)> = Vec::new();
        let mut begun = false;
        for (i, value) in line.values.iter().enumerate() {
            let Some(value) = *value else {
                begun = false;
                continue;
            };
            let (x, y) = (self.x(self.view.at[i]), self.y(value));
            path.push_str(&format!("{}{x:.1} {y:.1}", if begun { 'L' } else { 'M' }));
            let goes_on = line.values.get(i + 1).is_some_and(Option::is_some);
            let broken = i + 1 < self.view.at.len() && self.view.broken(i);
            let after_break = i > 0 && self.view.broken(i - 1);
            let marked = !self.view.marked().is_empty() && (broken || after_break);
            if self.view.whole || marked || (!begun && !goes_on) {
                dots.push((x, y));
            }
            begun = goes_on && !broken;
        }
        let (dash, opacity) = if self.view.whole {
            (" stroke-dasharray=\"2 5\"", 0.6)
        } else {
            ("", 1.0)
        };
        for (stroke, width) in [(SHEET.stroke(), THICK + 2.5), (paint.stroke(), THICK)] {
            paper.put(&format!(
                "<path d=\"{path}\" stroke-width=\"{width}\" stroke-linejoin=\"round\" stroke-linecap=\"round\"{dash} \
                 opacity=\"{opacity}\" {stroke}/>"
            ));
        }
        for (x, y) in dots {
            paper.put(&format!(
                "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"3.4\" {}/>",
                paint.fill()
            ));
        }
    }

    /// Labels right of the lines' ends, moved apart, with a thin line where a label was moved.
    fn labels(&self, paper: &mut Paper) {
        if !self.panel.labelled() {
            return;
        }
        let texts: Vec<Vec<String>> = self
            .panel
            .lines
            .iter()
            .map(|line| label(&line.label, LABEL, LABEL_LINES))
            .collect();
        let ends: Vec<(f64, f64)> = self
            .panel
            .lines
            .iter()
            .map(|line| {
                let last = line.values.iter().rposition(Option::is_some);
                let value = last.and_then(|i| line.values[i]).unwrap_or(self.y.low);
                let at = last.map_or(self.x.high, |i| self.view.at[i]);
                (self.x(at), self.y(value))
            })
            .collect();
        let apart = label_height(self.panel);
        let wanted: Vec<f64> = ends.iter().map(|end| end.1).collect();
        let places = spread(&wanted, apart, self.top, self.top + self.height);
        for (((text, end), place), line) in
            texts.iter().zip(&ends).zip(places).zip(&self.panel.lines)
        {
            let paint = Paint::of(line.ink);
            let x = self.right + 12.0;
            if (place - end.1).abs() > 3.0 || self.right - end.0 > 3.0 {
                paper.put(&format!(
                    "<path d=\"M{:.1} {:.1}L{:.1} {place:.1}\" stroke-width=\"1\" opacity=\"0.7\" {}/>",
                    end.0.max(self.right) + 2.0,
                    end.1,
                    x - 2.0,
                    paint.stroke()
                ));
            }
            let first = place + SIZE * 0.36 - (text.len() - 1) as f64 * LINE * 0.46;
            for (k, words) in text.iter().enumerate() {
                let y = first + k as f64 * LINE * 0.92;
                paper.styled((x, y), words, Anchor::Start, paint, "font-weight=\"600\"");
            }
        }
    }
}

/// Room that a label takes, the highest of a panel.
fn label_height(panel: &PanelView) -> f64 {
    let labels = panel.lines.iter();
    let lines = labels.map(|line| label(&line.label, LABEL, LABEL_LINES).len());
    lines.max().unwrap_or(1) as f64 * LINE * 0.92 + 2.0
}

/// The sign of the best guess, with its tip at a place.
fn triangle(paper: &mut Paper, (x, y): (f64, f64)) {
    paper.put(&format!(
        "<path d=\"M{x:.1} {y:.1}l-5 9h10z\" {}/>",
        STRONG.fill()
    ));
}
