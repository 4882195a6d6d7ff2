//! The plane of two parties' values as SVG: all outcomes as density, the frontier, the zone, fallbacks, solutions and
//! packages. Colours are the page's, by name.

use std::fmt::Write;

use super::labels::{Block, Wish, placed};
use super::{DealPage, DealPlane};
use crate::escape::markup;
use crate::paper::{columns, label};
use crate::vary::Scale;

/// How large a picture is, and how its names are broken.
#[derive(Clone, Copy, Debug)]
pub(super) struct Format {
    pub(super) class: &'static str,
    width: f64,
    height: f64,
    ticks: usize,
    name: usize,
}

/// For a desk and for paper.
pub(super) const WIDE: Format = Format {
    class: "wide",
    width: 760.0,
    height: 520.0,
    ticks: 6,
    name: 24,
};
/// For a phone.
pub(super) const NARROW: Format = Format {
    class: "narrow",
    width: 350.0,
    height: 390.0,
    ticks: 4,
    name: 15,
};

/// Width of a column of the letters in use, and height of a line of them.
const COLUMN: f64 = 6.9;
const LINE: f64 = 15.0;
/// Steps of darkness.
const LEVELS: usize = 6;
/// How far beyond the worst and the best outcome a fallback is shown where it lies, in ranges of values.
const BEYOND: f64 = 0.35;

/// One plane.
pub(super) struct Plane<'a> {
    page: &'a DealPage,
    plane: &'a DealPlane,
    format: Format,
    scales: [Scale; 2],
    /// Left, top, right, bottom.
    frame: Block,
}

impl<'a> Plane<'a> {
    pub(super) fn new(page: &'a DealPage, plane: &'a DealPlane, format: Format) -> Plane<'a> {
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
            page,
            plane,
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
    pub(super) fn svg(&self, alt: &str) -> (String, Vec<String>) {
        let mut out = format!(
            "<svg class=\"plane {}\" xmlns=\"http://www.w3.org/2000/svg\" width=\"{w}\" height=\"{h}\" \
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
        let mut taken = self.fallbacks(&mut out);
        taken.extend(self.on_frontier());
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
            let party = &self.page.view.parties[self.plane.parties[axis]].name;
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
        let most = plane.bins.iter().map(|bin| bin[0]).max().unwrap_or(0);
        let mut paths = vec![[const { String::new() }; 3]; LEVELS];
        let side = plane.side.max(1);
        let edge = |axis: usize, k: usize| {
            plane.low[axis] + (plane.high[axis] - plane.low[axis]) * k as f64 / side as f64
        };
        for (at, bin) in plane.bins.iter().enumerate().filter(|(_, bin)| bin[0] > 0) {
            let (column, row) = (at % side, at / side);
            let kind = if self.page.ratifiers && bin[2] > 0 {
                2
            } else {
                usize::from(bin[1] > 0)
            };
            let depth = f64::from(bin[0]).ln_1p() / f64::from(most).ln_1p();
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
            let name = &self.page.view.parties[self.plane.parties[axis]].name;
            format!("{}{number}", label(name, room, 1).concat())
        });
        let wide = words.each_ref().map(|words| columns(words) * COLUMN);
        let start = (x - wide[0] / 2.0)
            .min(right - wide[0])
            .max(left.min(right - wide[0]));
        let under = y - 5.0 < top + LINE;
        let foot = if under { y + LINE } else { y - 5.0 };
        let _ = writeln!(
            out,
            "<path class=\"fallback\" d=\"M{x:.1} {top}V{bottom}M{left} {y:.1}H{right}\"/>\
             <text class=\"back halo\" x=\"{:.1}\" y=\"{:.1}\">{}</text>\
             <text class=\"back halo\" x=\"{:.1}\" y=\"{foot:.1}\" text-anchor=\"end\">{}</text>",
            start.max(0.0),
            top - 6.0,
            markup(&words[0]),
            right - 4.0,
            markup(&words[1]),
        );
        vec![[right - 4.0 - wide[1], foot - 12.0, right, foot + 4.0]]
    }

    fn marks(&self, out: &mut String, taken: &[Block]) -> Vec<String> {
        let marks = &self.plane.marks;
        let names: Vec<Vec<String>> = marks
            .iter()
            .map(|mark| label(&mark.name, self.format.name, 5))
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
            let title = format!("<title>{}</title>", markup(&mark.name));
            let _ = if mark.solution {
                writeln!(
                    out,
                    "<path class=\"solution\" d=\"M{x:.1} {:.1}l6 6l-6 6l-6 -6z\">{title}</path>",
                    y - 6.0
                )
            } else {
                writeln!(
                    out,
                    "<circle class=\"package\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"5\">{title}</circle>"
                )
            };
            match block {
                Some(block) => words(out, lines, block, x),
                None => left_out.push(mark.name.clone()),
            }
        }
        left_out
    }
}

/// The lines of a name, towards its mark.
fn words(out: &mut String, lines: &[String], block: &Block, mark: f64) {
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
fn leader(out: &mut String, wish: &Wish, block: Option<Block>) {
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
