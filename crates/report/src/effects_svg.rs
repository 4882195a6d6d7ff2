//! Morris' picture as SVG: every number at the size μ* and the unevenness σ of its effects (Morris 1991, figure 1; with μ*
//! after Campolongo, Cariboni & Saltelli 2007).

use std::fmt::Write;

use detente_findings::model::ElementaryEffects;

use crate::deal_page::labels::{Block, Wish, placed};
use crate::deal_page::plane::{COLUMN, Format, LINE, NARROW, WIDE, leader, words};
use crate::escape::markup;
use crate::html::doubt::Told;
use crate::html::markup::listed;
use crate::paper::{columns, label};
use crate::vary::Scale;

/// Lines of a name.
const LINES: usize = 2;
/// Numbers that do less than this share of what the strongest does have no name: they crowd at the corner.
const NAMED: f64 = 0.02;
/// Length of the pieces of the diagonal that names keep clear of.
const PIECE: f64 = 10.0;

/// The picture for every size of page as a figure. `named` are the numbers that have names, the strongest first;
/// `percent` says that the output is a probability.
pub(crate) fn pictures(
    told: &Told<'_>,
    of: &ElementaryEffects,
    named: &[usize],
    percent: bool,
) -> String {
    let most = of.effects.iter().map(|one| one.1).fold(0.0, f64::max);
    let clear = |at: &usize| of.effects[*at].1 > NAMED * most;
    let named: Vec<usize> = named.iter().copied().filter(clear).collect();
    let mut out = String::from("<figure>\n");
    for format in [WIDE, NARROW] {
        let sheet = Sheet::new(told, of, &named, percent, format);
        let (svg, left_out) = sheet.svg();
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
    out + "<figcaption class=\"hint\">Each dot is a number: further right, it moves the answer more; higher up, the more it hangs \
           on where the step is taken. On the dashed line the two are alike: above it what a number does hangs mostly on the \
           others, or on its own place; near the foot it does the same everywhere.</figcaption>\n</figure>\n"
}

struct Sheet<'a> {
    told: &'a Told<'a>,
    of: &'a ElementaryEffects,
    named: &'a [usize],
    format: Format,
    scales: [Scale; 2],
    /// Left, top, right, bottom.
    frame: Block,
}

impl<'a> Sheet<'a> {
    fn new(
        told: &'a Told<'a>,
        of: &'a ElementaryEffects,
        named: &'a [usize],
        percent: bool,
        format: Format,
    ) -> Sheet<'a> {
        let effects = of.effects.iter();
        let most = effects.fold([1e-9; 2], |[star, sigma], one| {
            [f64::max(star, one.1), f64::max(sigma, one.3)]
        });
        // Room at the far end, so that no dot stands on the edge.
        let scales = most.map(|most| Scale::exact(0.0, 1.06 * most, format.ticks, percent));
        let ticks = scales[1].ticks.iter();
        let numbers = ticks.map(|tick| columns(&scales[1].words(*tick)));
        let left = numbers.fold(1.0, f64::max) * COLUMN + 10.0;
        // Lower than a plane of values: there is less to see.
        let height = 0.8 * format.height;
        Sheet {
            told,
            of,
            named,
            format: Format { height, ..format },
            scales,
            frame: [left, 28.0, format.width - 18.0, height - 44.0],
        }
    }

    fn place(&self, number: usize) -> (f64, f64) {
        let (_, star, _, sigma) = self.of.effects[number];
        self.at(star, sigma)
    }

    fn at(&self, star: f64, sigma: f64) -> (f64, f64) {
        let [left, top, right, bottom] = self.frame;
        let (x, y) = (self.scales[0].share(star), self.scales[1].share(sigma));
        (left + x * (right - left), bottom - y * (bottom - top))
    }

    /// The picture, and the names for which it has no room.
    fn svg(&self) -> (String, Vec<String>) {
        let output = &self.told.doubt.outputs[self.of.output].label;
        let strongest: Vec<String> = self.named.iter().take(3).map(|&at| self.name(at)).collect();
        let mut out = format!(
            "<svg class=\"plane {}\" width=\"{w}\" height=\"{h}\" viewBox=\"0 0 {w} {h}\" role=\"img\" \
             aria-label=\"{}\">\n",
            self.format.class,
            markup(&format!(
                "Size and unevenness of what each number does to “{output}”; furthest to the right: {}.",
                listed(&strongest)
            )),
            w = self.format.width,
            h = self.format.height,
        );
        self.axes(&mut out);
        let line = self.diagonal(&mut out);
        let left_out = self.dots(&mut out, &line);
        out.push_str("</svg>\n");
        (out, left_out)
    }

    fn name(&self, number: usize) -> String {
        self.told.doubt.numbers[number].id.replace('_', " ")
    }

    fn axes(&self, out: &mut String) {
        let [left, top, right, bottom] = self.frame;
        for tick in &self.scales[0].ticks {
            let (x, _) = self.at(*tick, 0.0);
            let _ = writeln!(
                out,
                "<path class=\"grid\" d=\"M{x:.1} {top}V{bottom:.1}\"/><text class=\"faint\" x=\"{x:.1}\" y=\"{:.1}\" \
                 text-anchor=\"middle\">{}</text>",
                bottom + 17.0,
                self.scales[0].words(*tick)
            );
        }
        for tick in &self.scales[1].ticks {
            let (_, y) = self.at(0.0, *tick);
            let _ = writeln!(
                out,
                "<path class=\"grid\" d=\"M{left:.1} {y:.1}H{right}\"/><text class=\"faint\" x=\"{:.1}\" y=\"{:.1}\" \
                 text-anchor=\"end\">{}</text>",
                left - 6.0,
                y + 4.0,
                self.scales[1].words(*tick)
            );
        }
        let _ = writeln!(
            out,
            "<text class=\"name\" x=\"0\" y=\"14\">↑ Unevenness σ</text><text class=\"name\" x=\"{right}\" y=\"{:.1}\" \
             text-anchor=\"end\">Size μ* →</text>",
            self.format.height - 6.0,
        );
    }

    /// Where σ = μ*, and small boxes along it, so that no name stands on it.
    fn diagonal(&self, out: &mut String) -> Vec<Block> {
        let end = self.scales[0].high.min(self.scales[1].high);
        let ((x0, y0), (x1, y1)) = (self.at(0.0, 0.0), self.at(end, end));
        let _ = writeln!(
            out,
            "<path class=\"fallback\" d=\"M{x0:.1} {y0:.1}L{x1:.1} {y1:.1}\"/>"
        );
        let pieces = ((x1 - x0).hypot(y1 - y0) / PIECE).ceil().max(1.0) as usize;
        let piece = |k: usize| {
            let share = k as f64 / pieces as f64;
            let (x, y) = (x0 + share * (x1 - x0), y0 + share * (y1 - y0));
            [x - 1.0, y - 1.0, x + 1.0, y + 1.0]
        };
        (0..=pieces).map(piece).collect()
    }

    fn dots(&self, out: &mut String, line: &[Block]) -> Vec<String> {
        let mut taken = line.to_vec();
        for number in (0..self.of.effects.len()).filter(|at| !self.named.contains(at)) {
            let (x, y) = self.place(number);
            taken.push([x - 3.0, y - 3.0, x + 3.0, y + 3.0]);
            let _ = writeln!(
                out,
                "<circle class=\"others\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"2.5\"><title>{}</title></circle>",
                markup(&self.name(number))
            );
        }
        let names: Vec<Vec<String>> = (self.named.iter())
            .map(|&at| label(&self.name(at), self.format.name, LINES))
            .collect();
        let wishes: Vec<Wish> = (self.named.iter().zip(&names))
            .map(|(&at, lines)| {
                let wide = lines.iter().map(|line| columns(line)).fold(0.0, f64::max);
                Wish {
                    at: self.place(at),
                    size: (wide * COLUMN, lines.len() as f64 * LINE),
                }
            })
            .collect();
        let blocks = placed(&wishes, self.frame, &taken);
        for (wish, block) in wishes.iter().zip(&blocks) {
            leader(out, wish, *block);
        }
        let mut left_out = Vec::new();
        for (((&number, lines), wish), block) in
            self.named.iter().zip(&names).zip(&wishes).zip(&blocks)
        {
            let (x, y) = wish.at;
            let _ = writeln!(
                out,
                "<circle class=\"package\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"5\"><title>{}</title></circle>",
                markup(&self.name(number))
            );
            match block {
                Some(block) => words(out, lines, block, x),
                None => left_out.push(self.name(number)),
            }
        }
        left_out
    }
}
