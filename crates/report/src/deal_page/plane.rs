//! The plane of two parties' values as SVG: all outcomes as density, the frontier, the zone, fallbacks, solutions and
//! packages. Colours are the page's, by name.

use std::fmt::Write;

use detente_findings::model::{Deal, DealBin, DealPlane};

use super::labels::{Block, MARK, Wish, placed, touch};
use crate::escape::markup;
use crate::html::markup::listed;
use crate::paper::{columns, label};
use crate::vary::Scale;

/// How large a picture is, and how its names are broken.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Format {
    pub(crate) class: &'static str,
    pub(crate) width: f64,
    pub(crate) height: f64,
    pub(crate) ticks: usize,
    pub(crate) name: usize,
}

/// For a desk and for paper.
pub(crate) const WIDE: Format = Format {
    class: "wide",
    width: 760.0,
    height: 520.0,
    ticks: 6,
    name: 24,
};
/// For a phone.
pub(crate) const NARROW: Format = Format {
    class: "narrow",
    width: 350.0,
    height: 390.0,
    ticks: 4,
    name: 15,
};

/// Width of a column of the letters in use, and height of a line of them.
pub(crate) const COLUMN: f64 = 6.9;
pub(crate) const LINE: f64 = 15.0;
/// Steps of darkness.
const LEVELS: usize = 6;
/// How far above the frame a name stands, beyond the reach of marks.
const ABOVE: f64 = 11.0;
/// How far beyond the worst and the best outcome a fallback is shown where it lies, in ranges of values.
const BEYOND: f64 = 0.35;

/// What a session adds to a plane.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Overlay {
    /// What each party offered.
    pub(crate) paths: Vec<Path>,
    /// What was agreed, with its name.
    pub(crate) agreement: Option<(String, [f64; 2])>,
}

/// The offers of one party, in their order.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Path {
    /// The party's colour.
    pub(crate) colour: usize,
    /// Their values to the plane's parties.
    pub(crate) points: Vec<[f64; 2]>,
}

/// A mark with a name.
struct Sign<'a> {
    name: &'a str,
    at: [f64; 2],
    shape: Shape,
}

/// How a mark looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    /// A solution.
    Diamond,
    /// A package.
    Disc,
    /// An agreement.
    Ring,
}

/// A plane for every size of page, and the names for which there was no room.
pub(crate) fn pictures(overlay: &Overlay, deal: &Deal, plane: &DealPlane, alt: &str) -> String {
    let mut out = String::new();
    for format in [WIDE, NARROW] {
        let (svg, left_out) = Plane::new(deal, plane, overlay, format).svg(alt);
        out += &svg;
        if !left_out.is_empty() {
            let _ = writeln!(
                out,
                "<p class=\"hint {}\">Without room for a name: {}.</p>",
                format.class,
                markup(&listed(&left_out))
            );
        }
    }
    out
}

/// One plane.
pub(crate) struct Plane<'a> {
    deal: &'a Deal,
    plane: &'a DealPlane,
    overlay: &'a Overlay,
    format: Format,
    scales: [Scale; 2],
    /// Left, top, right, bottom.
    frame: Block,
}

impl<'a> Plane<'a> {
    pub(crate) fn new(
        deal: &'a Deal,
        plane: &'a DealPlane,
        overlay: &'a Overlay,
        format: Format,
    ) -> Plane<'a> {
        let scales = [0, 1].map(|axis| {
            let [low, high] = [plane.low[axis], plane.high[axis]];
            let room = (high - low) * BEYOND;
            let fallback = plane.fallbacks[axis].clamp(low - room, high + room);
            Scale::around([low, high, fallback].into_iter(), format.ticks)
        });
        let ticks = scales[1].ticks.iter();
        let numbers = ticks.map(|tick| columns(&scales[1].words(*tick)));
        let left = numbers.fold(1.0, f64::max) * COLUMN + 10.0;
        Plane {
            deal,
            plane,
            overlay,
            format,
            scales,
            frame: [left, 42.0, format.width - 18.0, format.height - 44.0],
        }
    }

    fn x(&self, value: f64) -> f64 {
        self.frame[0] + self.scales[0].share(value) * (self.frame[2] - self.frame[0])
    }

    fn y(&self, value: f64) -> f64 {
        self.frame[3] - self.scales[1].share(value) * (self.frame[3] - self.frame[1])
    }

    fn place(&self, at: [f64; 2]) -> (f64, f64) {
        (self.x(at[0]), self.y(at[1]))
    }

    /// The picture, and the names for which it has no room.
    pub(crate) fn svg(&self, alt: &str) -> (String, Vec<String>) {
        let mut out = format!(
            "<svg class=\"plane {}\" width=\"{w}\" height=\"{h}\" \
             viewBox=\"0 0 {w} {h}\" role=\"img\" aria-label=\"{}\">\n",
            self.format.class,
            markup(alt),
            w = self.format.width,
            h = self.format.height,
        );
        self.axes(&mut out);
        self.zone(&mut out);
        self.density(&mut out);
        self.frontier(&mut out);
        self.paths(&mut out);
        let mut taken = self.fallbacks(&mut out);
        taken.extend(self.on_frontier());
        taken.extend(self.on_paths());
        let left_out = self.marks(&mut out, &taken);
        out.push_str("</svg>\n");
        (out, left_out)
    }

    fn axes(&self, out: &mut String) {
        let [left, top, right, bottom] = self.frame;
        for tick in &self.scales[0].ticks {
            let x = self.x(*tick);
            let _ = writeln!(
                out,
                "<path class=\"grid\" d=\"M{x:.1} {top}V{bottom}\"/><text class=\"faint\" x=\"{x:.1}\" y=\"{:.1}\" \
                 text-anchor=\"middle\">{}</text>",
                bottom + 17.0,
                self.scales[0].words(*tick)
            );
        }
        for tick in &self.scales[1].ticks {
            let y = self.y(*tick);
            let _ = writeln!(
                out,
                "<path class=\"grid\" d=\"M{left} {y:.1}H{right}\"/><text class=\"faint\" x=\"{:.1}\" y=\"{:.1}\" \
                 text-anchor=\"end\">{}</text>",
                left - 6.0,
                y + 4.0,
                self.scales[1].words(*tick)
            );
        }
        let most = ((right - left) / COLUMN) as usize;
        let name = |axis: usize, words: &str| {
            let party = &self.deal.parties[self.plane.parties[axis]].name;
            let lines = label(&format!("{words} {party}"), most, 1);
            markup(&lines.concat())
        };
        let _ = writeln!(
            out,
            "<text class=\"name\" x=\"0\" y=\"14\">↑ {}</text><text class=\"name\" x=\"{right}\" y=\"{:.1}\" \
             text-anchor=\"end\">{} →</text>",
            name(1, "Value to"),
            self.format.height - 6.0,
            name(0, "Value to"),
        );
    }

    /// The corner where both are at least as well off as without a deal.
    fn zone(&self, out: &mut String) {
        let [_, top, right, _] = self.frame;
        let (x, y) = self.place(self.plane.fallbacks);
        if right - x > 0.5 && y - top > 0.5 {
            let _ = writeln!(
                out,
                "<rect class=\"zone\" x=\"{x:.1}\" y=\"{top}\" width=\"{:.1}\" height=\"{:.1}\"/>",
                right - x,
                y - top
            );
        }
    }

    /// Bins as one path for every colour and darkness.
    fn density(&self, out: &mut String) {
        let plane = self.plane;
        let most = plane.bins.iter().map(|bin| bin.all).max().unwrap_or(0);
        let mut paths = vec![[const { String::new() }; 3]; LEVELS];
        let side = plane.side.max(1);
        let edge = |axis: usize, k: usize| {
            plane.low[axis] + (plane.high[axis] - plane.low[axis]) * k as f64 / side as f64
        };
        for bin in &plane.bins {
            let DealBin { column, row, .. } = *bin;
            let kind = if self.deal.ratifiers && bin.ratified > 0 {
                2
            } else {
                usize::from(bin.zone > 0)
            };
            let depth = f64::from(bin.all).ln_1p() / f64::from(most).ln_1p();
            let level = ((depth * LEVELS as f64) as usize).min(LEVELS - 1);
            let (x, y) = self.place([edge(0, column), edge(1, row + 1)]);
            let wide = (self.x(edge(0, column + 1)) - x).max(3.0);
            let high = (self.y(edge(1, row)) - y).max(3.0);
            let _ = write!(
                paths[level][kind],
                "M{x:.1} {y:.1}h{wide:.1}v{high:.1}h-{wide:.1}z"
            );
        }
        for (level, kinds) in paths.iter().enumerate() {
            let opacity = 0.2 + 0.6 * level as f64 / (LEVELS - 1) as f64;
            for (kind, path) in ["others", "agreed", "ratified"].iter().zip(kinds) {
                if !path.is_empty() {
                    let _ = writeln!(
                        out,
                        "<path class=\"{kind}\" fill-opacity=\"{opacity:.2}\" d=\"{path}\"/>"
                    );
                }
            }
        }
    }

    /// A line through the points where there are only two parties, else the points.
    fn frontier(&self, out: &mut String) {
        let mut line = String::new();
        for at in &self.plane.frontier {
            let (x, y) = self.place(*at);
            if self.plane.joined {
                let letter = if line.is_empty() { 'M' } else { 'L' };
                let _ = write!(line, "{letter}{x:.1} {y:.1}");
            } else {
                let _ = write!(line, "M{x:.1} {y:.1}h0");
            }
        }
        if !line.is_empty() {
            let class = if self.plane.joined { "line" } else { "dots" };
            let _ = writeln!(out, "<path class=\"frontier {class}\" d=\"{line}\"/>");
        }
    }

    /// Small boxes along the frontier, so that no name stands on it.
    fn on_frontier(&self) -> Vec<Block> {
        let places: Vec<(f64, f64)> = (self.plane.frontier.iter())
            .map(|at| self.place(*at))
            .collect();
        let mut blocks = Vec::new();
        for pair in places.windows(2).filter(|_| self.plane.joined) {
            let [(ax, ay), (bx, by)] = [pair[0], pair[1]];
            let pieces = ((bx - ax).hypot(by - ay) / 6.0).ceil().max(1.0) as usize;
            for k in 0..=pieces {
                let share = k as f64 / pieces as f64;
                let (x, y) = (ax + share * (bx - ax), ay + share * (by - ay));
                blocks.push([x - 2.0, y - 2.0, x + 2.0, y + 2.0]);
            }
        }
        blocks
    }

    /// Dashed lines with their names above the frame and at its right edge; the boxes of the names in the frame.
    fn fallbacks(&self, out: &mut String) -> Vec<Block> {
        let [left, top, right, bottom] = self.frame;
        let (x, y) = self.place(self.plane.fallbacks);
        let words = [0, 1].map(|axis| {
            let at = self.plane.fallbacks[axis];
            let scale = &self.scales[axis];
            let beyond = if at < scale.low || at > scale.high {
                ", beyond the edge"
            } else {
                ""
            };
            let most = ((right - left) / COLUMN) as usize;
            let number = format!(" without a deal: {}{beyond}", scale.words(at));
            let room = most.saturating_sub(columns(&number) as usize).max(4);
            let name = &self.deal.parties[self.plane.parties[axis]].name;
            format!("{}{number}", label(name, room, 1).concat())
        });
        let wide = words.each_ref().map(|words| columns(words) * COLUMN);
        let start = (x - wide[0] / 2.0)
            .min(right - wide[0])
            .max(left.min(right - wide[0]));
        let [right_end, foot] = self.free_of_marks(wide[1], y);
        let _ = writeln!(
            out,
            "<path class=\"fallback\" d=\"M{x:.1} {top}V{bottom}M{left} {y:.1}H{right}\"/>\
             <text class=\"back halo\" x=\"{:.1}\" y=\"{:.1}\">{}</text>\
             <text class=\"back halo\" x=\"{right_end:.1}\" y=\"{foot:.1}\" text-anchor=\"end\">{}</text>",
            start.max(0.0),
            top - ABOVE,
            markup(&words[0]),
            markup(&words[1]),
        );
        vec![[
            right_end - wide[1],
            foot - 12.0,
            right_end + 4.0,
            foot + 4.0,
        ]]
    }

    /// Where the name along the line at height `y` ends, and its foot: above or below the line, at the right, at the
    /// left or in the middle, wherever it first touches no mark.
    fn free_of_marks(&self, wide: f64, y: f64) -> [f64; 2] {
        let [left, top, right, bottom] = self.frame;
        let ends = [
            right - 4.0,
            (left + 4.0 + wide).min(right - 4.0),
            ((left + right + wide) / 2.0).min(right - 4.0),
        ];
        let feet = [y - 5.0, y + LINE, y - 5.0 - LINE, y + 2.0 * LINE];
        let feet = feet.map(|foot| foot.clamp(top + LINE, bottom - 4.0));
        let places = feet.iter().flat_map(|foot| ends.map(|end| [end, *foot]));
        let marks: Vec<Block> = (self.marked().map(|at| self.place(at)))
            .map(|(x, y)| [x - MARK, y - MARK, x + MARK, y + MARK])
            .collect();
        let free = |[end, foot]: &[f64; 2]| {
            let block = [end - wide, foot - 12.0, *end, foot + 4.0];
            !marks.iter().any(|mark| touch(&block, mark))
        };
        places.clone().find(free).unwrap_or([ends[0], feet[0]])
    }

    /// Where marks stand.
    fn marked(&self) -> impl Iterator<Item = [f64; 2]> + '_ {
        let marks = self.plane.marks.iter().map(|mark| mark.at);
        marks.chain(self.overlay.agreement.iter().map(|(_, at)| *at))
    }

    /// What each party offered, one after the other.
    fn paths(&self, out: &mut String) {
        for path in &self.overlay.paths {
            let places: Vec<(f64, f64)> = path.points.iter().map(|at| self.place(*at)).collect();
            let mut line = String::new();
            let mut dots = String::new();
            for (k, (x, y)) in places.iter().enumerate() {
                let _ = write!(line, "{}{x:.1} {y:.1}", if k == 0 { 'M' } else { 'L' });
                let _ = write!(dots, "M{x:.1} {y:.1}h0");
            }
            let colour = path.colour % 10;
            let _ = writeln!(
                out,
                "<g class=\"path\" style=\"--key:var(--actor-{colour})\"><path class=\"way\" d=\"{line}\"/>\
                 <path class=\"stops\" d=\"{dots}\"/></g>"
            );
        }
    }

    /// Small boxes along the paths, so that no name stands on them.
    fn on_paths(&self) -> Vec<Block> {
        let paths = self.overlay.paths.iter().flat_map(|path| &path.points);
        paths
            .map(|at| self.place(*at))
            .map(|(x, y)| [x - 3.0, y - 3.0, x + 3.0, y + 3.0])
            .collect()
    }

    fn marks(&self, out: &mut String, taken: &[Block]) -> Vec<String> {
        let marks = self.signs();
        let names: Vec<Vec<String>> = marks
            .iter()
            .map(|mark| label(mark.name, self.format.name, 5))
            .collect();
        let wishes: Vec<Wish> = marks
            .iter()
            .zip(&names)
            .map(|(mark, lines)| {
                let wide = lines.iter().map(|line| columns(line)).fold(0.0, f64::max);
                Wish {
                    at: self.place(mark.at),
                    size: (wide * COLUMN, lines.len() as f64 * LINE),
                }
            })
            .collect();
        let blocks = placed(&wishes, self.frame, taken);
        for (wish, block) in wishes.iter().zip(&blocks) {
            leader(out, wish, *block);
        }
        let mut left_out = Vec::new();
        for (((mark, lines), wish), block) in marks.iter().zip(&names).zip(&wishes).zip(&blocks) {
            let (x, y) = wish.at;
            let title = format!("<title>{}</title>", markup(mark.name));
            let _ = match mark.shape {
                Shape::Diamond => writeln!(
                    out,
                    "<path class=\"solution\" d=\"M{x:.1} {:.1}l6 6l-6 6l-6 -6z\">{title}</path>",
                    y - 6.0
                ),
                Shape::Disc => writeln!(
                    out,
                    "<circle class=\"package\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"5\">{title}</circle>"
                ),
                Shape::Ring => writeln!(
                    out,
                    "<circle class=\"agreement\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"6.5\">{title}</circle>"
                ),
            };
            match block {
                Some(block) => words(out, lines, block, x),
                None => left_out.push(mark.name.to_owned()),
            }
        }
        left_out
    }

    /// The agreement of a session first, then solutions and packages.
    fn signs(&self) -> Vec<Sign<'_>> {
        let agreement = self.overlay.agreement.iter().map(|(name, at)| Sign {
            name,
            at: *at,
            shape: Shape::Ring,
        });
        let marks = self.plane.marks.iter().map(|mark| Sign {
            name: &mark.name,
            at: mark.at,
            shape: if mark.solution {
                Shape::Diamond
            } else {
                Shape::Disc
            },
        });
        agreement.chain(marks).collect()
    }
}

/// The lines of a name, towards its mark.
pub(crate) fn words(out: &mut String, lines: &[String], block: &Block, mark: f64) {
    let (x, anchor) = if block[2] < mark {
        (block[2], "end")
    } else if block[0] > mark {
        (block[0], "start")
    } else {
        ((block[0] + block[2]) / 2.0, "middle")
    };
    for (k, line) in lines.iter().enumerate() {
        let _ = writeln!(
            out,
            "<text class=\"halo\" x=\"{x:.1}\" y=\"{:.1}\" text-anchor=\"{anchor}\">{}</text>",
            block[1] + 11.5 + k as f64 * LINE,
            markup(line)
        );
    }
}

/// A thin line from a mark to a name that does not stand beside it.
pub(crate) fn leader(out: &mut String, wish: &Wish, block: Option<Block>) {
    let Some(block) = block else { return };
    let (x, y) = wish.at;
    let (to, foot) = (x.clamp(block[0], block[2]), y.clamp(block[1], block[3]));
    if (to - x).hypot(foot - y) > 14.0 {
        let _ = writeln!(
            out,
            "<path class=\"leader\" d=\"M{x:.1} {y:.1}L{to:.1} {foot:.1}\"/>"
        );
    }
}
