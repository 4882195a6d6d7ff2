//! Comparative statics as pictures: answers against one number as lines, over two as maps.

mod chart;
mod curve;
mod heat;
mod map;
mod scale;

pub(crate) use scale::{Scale, spread};

pub use chart::curve_text;
pub use curve::curve_svg;
pub use heat::map_svg;
pub use map::map_text;

/// The number along an axis.
#[derive(Clone, Debug, PartialEq)]
pub struct AxisView {
    /// Its name in the scenario.
    pub name: String,
    /// What it is, in words; may be empty.
    pub words: String,
    /// Whether it is printed as a percentage.
    pub percent: bool,
    /// The scenario's best guess, where it is no value that was set.
    pub base: Option<f64>,
}

/// Where a line's colour comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ink {
    /// The ending at this place in the scenario.
    Ending(usize),
    /// The answer at this place among those asked for.
    Answer(usize),
}

/// One answer along the axis.
#[derive(Clone, Debug, PartialEq)]
pub struct LineView {
    /// What it is.
    pub label: String,
    /// Its colour.
    pub ink: Ink,
    /// Its value at each point of [`CurveView::at`]; none where it has none.
    pub values: Vec<Option<f64>>,
}

/// Lines that share a scale.
#[derive(Clone, Debug, PartialEq)]
pub struct PanelView {
    /// What is drawn.
    pub title: String,
    /// Whether it is probabilities, drawn from 0 to 1.
    pub probability: bool,
    /// The lines.
    pub lines: Vec<LineView>,
}

impl PanelView {
    /// Whether its lines need labels: a single line is what the title says.
    fn labelled(&self) -> bool {
        self.lines.len() > 1 || self.lines.iter().any(|line| line.label != self.title)
    }

    /// Its scale from bottom to top.
    fn scale(&self) -> scale::Scale {
        let values = self.lines.iter().flat_map(|line| &line.values).flatten();
        if self.probability {
            scale::Scale::probability()
        } else {
            scale::Scale::around(values.copied(), 4)
        }
    }
}

/// A place where answers jump.
#[derive(Clone, Debug, PartialEq)]
pub struct JumpView {
    /// Near side.
    pub low: f64,
    /// Far side.
    pub high: f64,
    /// What changes there.
    pub words: String,
    /// How much the answer changes that changes most, as a share of its scale.
    pub size: f64,
}

/// Points that could not be solved.
#[derive(Clone, Debug, PartialEq)]
pub struct GapView {
    /// First of them.
    pub from: f64,
    /// Last of them.
    pub to: f64,
    /// Why.
    pub reason: String,
}

/// Answers along one number.
#[derive(Clone, Debug, PartialEq)]
pub struct CurveView {
    /// The scenario's title.
    pub title: String,
    /// What was set, and anything else to say below the title; may be empty.
    pub note: String,
    /// The number along the axis.
    pub x: AxisView,
    /// Its values, rising.
    pub at: Vec<f64>,
    /// Whether these are all values that make sense, so that there is nothing between them.
    pub whole: bool,
    /// Pictures, one above the other.
    pub panels: Vec<PanelView>,
    /// Where answers jump; no line is drawn across.
    pub jumps: Vec<JumpView>,
    /// What could not be solved.
    pub gaps: Vec<GapView>,
    /// Endings that never come, which have no line.
    pub never: Vec<String>,
}

/// With more jumps than this, each is a step of a grid rather than another equilibrium, and none is marked alone.
const MOST_JUMPS: usize = 6;

impl CurveView {
    /// The number along the axis with about `most` ticks.
    fn scale(&self, most: usize) -> scale::Scale {
        let (low, high) = match (self.at.first(), self.at.last()) {
            (Some(&low), Some(&high)) if high > low => (low, high),
            (Some(&low), _) => (low - 0.5, low + 0.5),
            _ => (0.0, 1.0),
        };
        let mut scale = scale::Scale::exact(low, high, most, self.x.percent);
        if self.whole {
            scale.ticks.retain(|tick| tick.fract() == 0.0);
        }
        scale
    }

    /// Jumps that are marked one by one.
    fn marked(&self) -> &[JumpView] {
        if self.jumps.len() > MOST_JUMPS {
            &[]
        } else {
            &self.jumps
        }
    }

    /// The jumps in words: a sentence for each, or one for all where they are many.
    fn jump_words(&self) -> Vec<String> {
        let place = |jump: &JumpView| {
            format!(
                "{} = {}",
                self.x.name,
                chart::between(jump.low, jump.high, self.x.percent)
            )
        };
        if self.jumps.len() > MOST_JUMPS {
            let [first, last] = [0, self.jumps.len() - 1].map(|at| &self.jumps[at]);
            let largest = self.jumps.iter().reduce(|largest, jump| {
                if jump.size > largest.size {
                    jump
                } else {
                    largest
                }
            });
            let largest = largest.map_or_else(String::new, |jump| {
                format!("; the largest: {}, {}", place(jump), jump.words)
            });
            let [from, to] =
                [first.low, last.high].map(|end| crate::number::plain(end, self.x.percent));
            return vec![format!(
                "{} jumps between {from} and {to}{largest}",
                self.jumps.len()
            )];
        }
        let jumps = self.jumps.iter();
        jumps
            .map(|jump| format!("jump at {}: {}", place(jump), jump.words))
            .collect()
    }

    /// Whether nothing is drawn between point `i` and the next, since answers jump there.
    fn broken(&self, i: usize) -> bool {
        let (from, to) = (self.at[i], self.at[i + 1]);
        self.jumps
            .iter()
            .any(|jump| jump.low >= from && jump.high <= to)
    }
}

/// One answer over two numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct MapPanel {
    /// What is drawn.
    pub title: String,
    /// Whether it is a probability.
    pub probability: bool,
    /// Its value in each cell, row by row from the lowest; none where it has none.
    pub cells: Vec<Option<f64>>,
}

/// Answers over two numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct MapView {
    /// The scenario's title.
    pub title: String,
    /// What was set; may be empty.
    pub note: String,
    /// The number from left to right.
    pub x: AxisView,
    /// The number from bottom to top.
    pub y: AxisView,
    /// Values of the first.
    pub xs: Vec<f64>,
    /// Values of the second.
    pub ys: Vec<f64>,
    /// Pictures.
    pub panels: Vec<MapPanel>,
    /// Cells that could not be solved, in words; may be empty.
    pub failed: String,
}
