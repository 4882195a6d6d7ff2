//! Answers over two numbers as SVG: the stronger the colour of a cell, the larger the answer there. Cells are never
//! blended into one another; where neighbours differ much, a line is drawn between them.

use super::map::extent;
use super::scale::Scale;
use super::{AxisView, MapPanel, MapView};
use crate::number;
use crate::paper::{
    Anchor, COLUMN, LINE, MARGIN, Paper, QUIET, SHEET, SIZE, STRONG, WORDS, columns,
};

/// Width of the picture and height of a map.
const WIDTH: f64 = 480.0;
const HEIGHT: f64 = 300.0;
/// Difference between two cells, as a share of what the colours span, from which a line is drawn between them.
const STEP: f64 = 0.2;
/// How much larger than on both sides of it such a difference must be.
const STEEPER: f64 = 2.5;
/// Faintest and strongest colour of a cell.
const OPACITY: (f64, f64) = (0.04, 0.92);

/// Answers over two numbers as an SVG file, for light and dark backgrounds.
#[must_use]
pub fn map_svg(view: &MapView) -> String {
    let mut paper = Paper::new(WIDTH, &[]);
    let mut y = MARGIN + SIZE;
    y = paper.paragraph(MARGIN, y, &view.title, WORDS, "font-weight=\"600\"");
    if !view.note.is_empty() {
        y = paper.paragraph(MARGIN, y, &view.note, QUIET, "");
    }
    for panel in &view.panels {
        y = Heat::new(view, panel, y + 10.0).draw(&mut paper);
    }
    if !view.failed.is_empty() {
        y = paper.paragraph(MARGIN, y, &view.failed, QUIET, "");
    }
    paper.finish(y - LINE + MARGIN, &view.title)
}

/// One map with its place on the paper.
struct Heat<'a> {
    view: &'a MapView,
    panel: &'a MapPanel,
    left: f64,
    top: f64,
    head: f64,
    wide: f64,
    high: f64,
    extent: (f64, f64),
}

impl<'a> Heat<'a> {
    fn new(view: &'a MapView, panel: &'a MapPanel, head: f64) -> Heat<'a> {
        let ticks = axis_scale(&view.ys, &view.y, 6);
        let numbers = ticks.ticks.iter().map(|tick| columns(&ticks.words(*tick)));
        let left = MARGIN + numbers.fold(0.0, f64::max) * COLUMN + 10.0;
        Heat {
            view,
            panel,
            left,
            top: head + 2.0 * LINE + 8.0,
            head: head + SIZE,
            wide: (WIDTH - MARGIN - left) / view.xs.len() as f64,
            high: HEIGHT / view.ys.len() as f64,
            extent: extent(panel),
        }
    }

    fn share(&self, value: f64) -> f64 {
        ((value - self.extent.0) / (self.extent.1 - self.extent.0)).clamp(0.0, 1.0)
    }

    fn cell(&self, column: usize, row: usize) -> Option<f64> {
        self.panel.cells[row * self.view.xs.len() + column]
    }

    /// Draws it; the answer is the line below it.
    fn draw(&self, paper: &mut Paper) -> f64 {
        paper.text((MARGIN, self.head), &self.panel.title, Anchor::Start, WORDS);
        self.legend(paper);
        let y = self.head + LINE + 4.0;
        paper.text((self.left, y), &self.view.y.name, Anchor::Start, QUIET);
        for row in 0..self.view.ys.len() {
            for column in 0..self.view.xs.len() {
                self.fill(paper, column, row);
            }
        }
        self.steps(paper);
        self.base(paper);
        self.axes(paper)
    }

    fn fill(&self, paper: &mut Paper, column: usize, row: usize) {
        let x = self.left + column as f64 * self.wide;
        let y = self.top + HEIGHT - (row + 1) as f64 * self.high;
        let at = [
            number::plain(self.view.xs[column], self.view.x.percent),
            number::plain(self.view.ys[row], self.view.y.percent),
        ]
        .join(", ");
        match self.cell(column, row) {
            Some(value) => {
                let opacity = OPACITY.0 + (OPACITY.1 - OPACITY.0) * self.share(value);
                let words = number::plain(value, self.panel.probability);
                paper.put(&format!(
                    "<rect x=\"{x:.2}\" y=\"{y:.2}\" width=\"{:.2}\" height=\"{:.2}\" fill-opacity=\"{opacity:.3}\" \
                     shape-rendering=\"crispEdges\" {}><title>{at}: {words}</title></rect>",
                    self.wide, self.high, STRONG.fill()
                ));
            }
            None => paper.put(&format!(
                "<path d=\"M{x:.2} {y:.2}l{w:.2} {h:.2}m0 -{h:.2}l-{w:.2} {h:.2}\" stroke-width=\"0.8\" {}>\
                 <title>{at}: no answer</title></path>",
                QUIET.stroke(),
                w = self.wide,
                h = self.high
            )),
        }
    }

    /// The value at a place, as a share of the extent; none outside of the map.
    fn at(&self, column: isize, row: isize) -> Option<f64> {
        let (column, row) = (usize::try_from(column).ok()?, usize::try_from(row).ok()?);
        let within = column < self.view.xs.len() && row < self.view.ys.len();
        let value = within.then(|| self.cell(column, row)).flatten();
        value.map(|value| self.share(value))
    }

    /// Whether there is a step from a cell to the next one in a direction: a large difference, and much larger than
    /// those on both sides, which a slope would not have.
    fn step(&self, column: usize, row: usize, (right, up): (isize, isize)) -> bool {
        let (column, row) = (column as isize, row as isize);
        let along = |k: isize| self.at(column + k * right, row + k * up);
        let difference = |k: isize| Some((along(k + 1)? - along(k)?).abs());
        let Some(here) = difference(0).filter(|here| *here > STEP) else {
            return false;
        };
        let beside = [difference(-1), difference(1)].into_iter().flatten();
        beside.into_iter().all(|beside| here > STEEPER * beside)
    }

    /// Lines between cells that differ much.
    fn steps(&self, paper: &mut Paper) {
        let mut path = String::new();
        for row in 0..self.view.ys.len() {
            for column in 0..self.view.xs.len() {
                let x = self.left + (column + 1) as f64 * self.wide;
                let y = self.top + HEIGHT - (row + 1) as f64 * self.high;
                if self.step(column, row, (1, 0)) {
                    path.push_str(&format!("M{x:.2} {y:.2}v{:.2}", self.high));
                }
                if self.step(column, row, (0, 1)) {
                    path.push_str(&format!("M{x:.2} {y:.2}h-{:.2}", self.wide));
                }
            }
        }
        if !path.is_empty() {
            paper.put(&format!(
                "<path d=\"{path}\" stroke-width=\"1.6\" stroke-linecap=\"round\" {}/>",
                WORDS.stroke()
            ));
        }
    }

    /// Where the scenario's best guesses lie.
    fn base(&self, paper: &mut Paper) {
        let place = |base: Option<f64>, values: &[f64]| {
            let (low, high) = (*values.first()?, *values.last()?);
            let share = (base? - low) / (high - low);
            (0.0..=1.0).contains(&share).then_some(share)
        };
        let x = place(self.view.x.base, &self.view.xs);
        let y = place(self.view.y.base, &self.view.ys);
        if let (Some(x), Some(y)) = (x, y) {
            // Values stand in the middle of their cells.
            let cx = self.left + self.wide * (0.5 + x * (self.view.xs.len() - 1) as f64);
            let cy = self.top + HEIGHT - self.high * (0.5 + y * (self.view.ys.len() - 1) as f64);
            for (stroke, width) in [(SHEET.stroke(), 4.5), (WORDS.stroke(), 2.0)] {
                paper.put(&format!(
                    "<circle cx=\"{cx:.1}\" cy=\"{cy:.1}\" r=\"5.5\" stroke-width=\"{width}\" {stroke}/>"
                ));
            }
        }
    }

    /// Numbers along both axes; the answer is the line below.
    fn axes(&self, paper: &mut Paper) -> f64 {
        let place = |value: f64, values: &[f64], size: f64| {
            let (low, high) = (values[0], values[values.len() - 1]);
            size * (0.5 + (value - low) / (high - low) * (values.len() - 1) as f64)
        };
        let ys = axis_scale(&self.view.ys, &self.view.y, 6);
        for &tick in &ys.ticks {
            let y = self.top + HEIGHT - place(tick, &self.view.ys, self.high) + SIZE * 0.36;
            paper.text((self.left - 6.0, y), &ys.words(tick), Anchor::End, QUIET);
        }
        let xs = axis_scale(&self.view.xs, &self.view.x, 6);
        let foot = self.top + HEIGHT + 4.0 + SIZE;
        for &tick in &xs.ticks {
            let x = self.left + place(tick, &self.view.xs, self.wide);
            paper.text((x, foot), &xs.words(tick), Anchor::Middle, QUIET);
        }
        let right = WIDTH - MARGIN;
        paper.text((right, foot + LINE), &self.view.x.name, Anchor::End, QUIET);
        foot + 2.0 * LINE + 4.0
    }

    /// Shades with their numbers, right of the title.
    fn legend(&self, paper: &mut Paper) {
        let [low, high] =
            [self.extent.0, self.extent.1].map(|end| number::plain(end, self.panel.probability));
        let right = WIDTH - MARGIN;
        let y = self.head + LINE + 4.0;
        paper.text((right, y), &high, Anchor::End, QUIET);
        let mut x = right - columns(&high) * COLUMN - 8.0 - 5.0 * 16.0;
        paper.text((x - 6.0, y), &low, Anchor::End, QUIET);
        for k in 0..5 {
            let opacity = OPACITY.0 + (OPACITY.1 - OPACITY.0) * f64::from(k) / 4.0;
            paper.put(&format!(
                "<rect x=\"{x:.1}\" y=\"{:.1}\" width=\"16\" height=\"11\" fill-opacity=\"{opacity:.3}\" {}/>",
                y - 10.0,
                STRONG.fill()
            ));
            x += 16.0;
        }
    }
}

/// Ticks along values that stand in the middle of their cells.
fn axis_scale(values: &[f64], axis: &AxisView, most: usize) -> Scale {
    let (low, high) = super::chart::ends(values);
    Scale::exact(low, high, most, axis.percent)
}
