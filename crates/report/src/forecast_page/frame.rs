//! What all pictures of a forecast share: the sheet, the scale of the issue below it, marks on that scale.

use std::cmp::Ordering;
use std::fmt::Write;

use detente_stakeholders::study::{Answers, Study};

use crate::deal_page::plane::{Format, NARROW, WIDE};
use crate::escape::markup;
use crate::paper::label;
use crate::vary::Scale;

/// Both formats.
pub(super) const FORMATS: [Format; 2] = [WIDE, NARROW];
/// Height of a row with a name.
pub(super) const ROW: f64 = 22.0;
/// Width of a column of the letters in use.
pub(super) const COLUMN: f64 = 6.9;
/// The same of names with many broad letters, which must not run out of the picture.
const BROAD: f64 = 8.4;

/// A sheet with a horizontal scale.
pub(super) struct Sheet {
    pub out: String,
    pub left: f64,
    pub right: f64,
    pub format: Format,
    scale: Scale,
}

impl Sheet {
    /// A sheet whose scale runs from `left` nearly to the right edge.
    pub fn new(answers: &Answers, format: Format, left: f64, height: f64, alt: &str) -> Sheet {
        Sheet::over(
            (answers.issue.lower, answers.issue.upper),
            format,
            left,
            height,
            alt,
        )
    }

    /// The same for any numbers.
    pub fn over(ends: (f64, f64), format: Format, left: f64, height: f64, alt: &str) -> Sheet {
        let out = format!(
            "<svg class=\"plane {}\" width=\"{w}\" height=\"{height}\" viewBox=\"0 0 {w} {height}\" role=\"img\" \
             aria-label=\"{}\">\n",
            format.class,
            markup(alt),
            w = format.width,
        );
        Sheet {
            out,
            left,
            right: format.width - 16.0,
            format,
            scale: Scale::exact(ends.0, ends.1, format.ticks, false),
        }
    }

    pub fn x(&self, value: f64) -> f64 {
        self.left + self.scale.share(value) * (self.right - self.left)
    }

    pub fn put(&mut self, piece: &str) {
        let _ = writeln!(self.out, "{piece}");
    }

    /// The scale's lines from `top` to `bottom` with their numbers below, and what it counts.
    pub fn axis(&mut self, top: f64, bottom: f64, name: &str) {
        for tick in self.scale.ticks.clone() {
            let x = self.x(tick);
            let words = self.scale.words(tick);
            let half = crate::paper::columns(&words) * COLUMN / 2.0 + 2.0;
            let at = x.min(self.format.width - half);
            let words = markup(&words);
            self.put(&format!(
                "<path class=\"grid\" d=\"M{x:.1} {top:.1}V{bottom:.1}\"/><text class=\"faint\" x=\"{at:.1}\" y=\"{:.1}\" \
                 text-anchor=\"middle\">{words}</text>",
                bottom + 16.0
            ));
        }
        if !name.is_empty() {
            let right = self.right;
            self.put(&format!(
                "<text class=\"name\" x=\"{right:.1}\" y=\"{:.1}\" text-anchor=\"end\">{} →</text>",
                bottom + 34.0,
                markup(name)
            ));
        }
    }

    /// A vertical line at a value with its name above.
    pub fn mark(&mut self, value: f64, (top, bottom): (f64, f64), class: &str, words: &str) {
        let x = self.x(value);
        let half = crate::paper::columns(words) * COLUMN / 2.0;
        let at = x.clamp(half + 2.0, (self.format.width - half - 2.0).max(half + 2.0));
        self.put(&format!(
            "<path class=\"mark {class}\" d=\"M{x:.1} {top:.1}V{bottom:.1}\"/><text class=\"halo\" x=\"{at:.1}\" y=\"{:.1}\" \
             text-anchor=\"middle\">{}</text>",
            top - 5.0,
            markup(words)
        ));
    }

    /// A name at the left of a row whose middle is at `y`.
    pub fn name(&mut self, y: f64, words: &str) {
        let wide = ((self.left - 12.0) / BROAD).max(4.0) as usize;
        let short = label(words, wide, 1).concat();
        let left = self.left - 10.0;
        self.put(&format!(
            "<text x=\"{left:.1}\" y=\"{:.1}\" text-anchor=\"end\">{}</text>",
            y + 4.0,
            markup(&short)
        ));
    }

    pub fn finish(self) -> String {
        self.out + "</svg>\n"
    }
}

/// Room for names at the left.
pub(super) fn margin(format: Format) -> f64 {
    if format.class == "wide" { 190.0 } else { 126.0 }
}

/// What the scale counts.
pub(super) fn axis_name(answers: &Answers) -> &str {
    match answers.unit.as_str() {
        "" => &answers.label,
        unit => unit,
    }
}

/// Colours of actors that look different from each other.
const COLOURS: usize = 10;

/// The kind and number of an actor's colour. Of more actors than colours, the most influential have one to themselves, and
/// the others borrow those of endings.
pub(super) fn hue(study: &Study, actor: usize) -> (&'static str, usize) {
    let influence = |at: usize| study.actors.get(at).map_or(0.0, |one| one.influence);
    let before = |other: &usize| match influence(*other).total_cmp(&influence(actor)) {
        Ordering::Equal => *other < actor,
        order => order == Ordering::Greater,
    };
    let at = if study.actors.len() > COLOURS {
        (0..study.actors.len()).filter(before).count()
    } else {
        actor
    };
    numbered(at)
}

/// The kind and number of a colour by an actor's place: beyond those of actors those of endings are borrowed.
fn numbered(at: usize) -> (&'static str, usize) {
    let kind = if (at / COLOURS).is_multiple_of(2) {
        "actor"
    } else {
        "ending"
    };
    (kind, at % COLOURS)
}

/// The style of the colour of an actor of this place.
pub(crate) fn key_of(actor: usize) -> String {
    style(numbered(actor))
}

fn style((kind, number): (&str, usize)) -> String {
    format!("style=\"--key:var(--{kind}-{number})\"")
}

/// The style of an actor's colour.
pub(super) fn colour(study: &Study, actor: usize) -> String {
    style(hue(study, actor))
}
