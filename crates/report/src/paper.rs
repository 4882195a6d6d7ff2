//! A sheet to draw on as SVG. Colours by day are plain attributes, so that every viewer shows them; where the reader
//! prefers the dark, a style sheet in the file replaces them.

use std::fmt::Write;

use unicode_width::UnicodeWidthStr;

use crate::escape::markup;
use crate::palette::{ACCENT, ACTORS, Colour, ENDINGS, FAINT, GRID, INK, PAPER};

use crate::vary::Ink;

/// Size of the letters and width of a column of text at that size, in pixels.
pub(crate) const SIZE: f64 = 13.0;
pub(crate) const COLUMN: f64 = 7.3;
/// The same of bold letters.
pub(crate) const BOLD: f64 = 8.2;
/// Height of a line of text.
pub(crate) const LINE: f64 = 17.0;
/// Space around the picture.
pub(crate) const MARGIN: f64 = 16.0;

/// How text is set against its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Anchor {
    Start,
    Middle,
    End,
}

/// What something is drawn in: the name of its class, and its colours.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Paint {
    class: &'static str,
    index: Option<usize>,
    colour: Colour,
}

const fn paint(class: &'static str, colour: Colour) -> Paint {
    Paint {
        class,
        index: None,
        colour,
    }
}

pub(crate) const WORDS: Paint = paint("ink", INK);
pub(crate) const QUIET: Paint = paint("faint", FAINT);
pub(crate) const LINES: Paint = paint("grid", GRID);
pub(crate) const SHEET: Paint = paint("paper", PAPER);
pub(crate) const STRONG: Paint = paint("accent", ACCENT);

impl Paint {
    /// The colour of a line.
    pub(crate) fn of(ink: Ink) -> Paint {
        let (class, index, colours) = match ink {
            Ink::Ending(index) => ("e", index, &ENDINGS),
            Ink::Answer(index) => ("a", index, &ACTORS),
        };
        let index = index % colours.len();
        Paint {
            class,
            index: Some(index),
            colour: colours[index],
        }
    }

    fn name(self, what: char) -> String {
        let index = self.index.map_or_else(String::new, |i| i.to_string());
        format!("{}{index}-{what}", self.class)
    }

    /// Attributes that fill with this colour.
    pub(crate) fn fill(self) -> String {
        format!(
            "class=\"{}\" fill=\"#{}\"",
            self.name('f'),
            self.colour.light
        )
    }

    /// Attributes that draw with this colour.
    pub(crate) fn stroke(self) -> String {
        format!(
            "class=\"{}\" fill=\"none\" stroke=\"#{}\"",
            self.name('s'),
            self.colour.light
        )
    }

    /// The rules for the dark.
    fn rules(self) -> String {
        format!(
            ".{}{{fill:#{dark}}}.{}{{stroke:#{dark}}}",
            self.name('f'),
            self.name('s'),
            dark = self.colour.dark
        )
    }
}

/// A picture being drawn.
pub(crate) struct Paper {
    width: f64,
    body: String,
    paints: Vec<Paint>,
}

impl Paper {
    pub(crate) fn new(width: f64, inks: &[Ink]) -> Paper {
        let mut paints = vec![WORDS, QUIET, LINES, SHEET, STRONG];
        paints.extend(inks.iter().map(|ink| Paint::of(*ink)));
        Paper {
            width,
            body: String::new(),
            paints,
        }
    }

    /// Adds a piece of SVG on a line of its own.
    pub(crate) fn put(&mut self, piece: &str) {
        let _ = writeln!(self.body, "{piece}");
    }

    /// Text with its foot at `y`.
    pub(crate) fn text(&mut self, (x, y): (f64, f64), words: &str, anchor: Anchor, paint: Paint) {
        self.styled((x, y), words, anchor, paint, "");
    }

    /// Text with further attributes.
    pub(crate) fn styled(
        &mut self,
        (x, y): (f64, f64),
        words: &str,
        anchor: Anchor,
        paint: Paint,
        more: &str,
    ) {
        let anchor = match anchor {
            Anchor::Start => "",
            Anchor::Middle => " text-anchor=\"middle\"",
            Anchor::End => " text-anchor=\"end\"",
        };
        let more = if more.is_empty() {
            String::new()
        } else {
            format!(" {more}")
        };
        self.put(&format!(
            "<text x=\"{x:.1}\" y=\"{y:.1}\"{anchor} {}{more}>{}</text>",
            paint.fill(),
            markup(words)
        ));
    }

    /// Paragraphs from the line at `y` on; the answer is the line below them.
    pub(crate) fn paragraph(
        &mut self,
        x: f64,
        y: f64,
        words: &str,
        paint: Paint,
        more: &str,
    ) -> f64 {
        let columns = ((self.width - x - MARGIN) / COLUMN) as usize;
        let mut y = y;
        for line in wrapped(words, columns) {
            self.styled((x, y), &line, Anchor::Start, paint, more);
            y += LINE;
        }
        y
    }

    /// The file.
    pub(crate) fn finish(self, height: f64, title: &str) -> String {
        let (w, h) = (self.width.ceil(), height.ceil());
        let mut rules: Vec<String> = self.paints.iter().map(|paint| paint.rules()).collect();
        rules.dedup();
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{w}\" height=\"{h}\" viewBox=\"0 0 {w} {h}\" role=\"img\" \
             font-family=\"system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Liberation Sans', Arial, sans-serif\" \
             font-size=\"{SIZE}\">\n<title>{}</title>\n<style>@media (prefers-color-scheme: dark){{{}}}</style>\n\
             <rect width=\"{w}\" height=\"{h}\" {}/>\n{}</svg>\n",
            markup(title),
            rules.concat(),
            SHEET.fill(),
            self.body
        )
    }
}

/// Columns that a text takes.
pub(crate) fn columns(text: &str) -> f64 {
    text.width() as f64
}

/// Lines of at most `most` columns, broken between words.
pub(crate) fn wrapped(text: &str, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        match lines.last_mut() {
            Some(line) if line.width() + 1 + word.width() <= most => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// A label of at most `most` lines of `wide` columns; what is cut ends in an ellipsis.
pub(crate) fn label(text: &str, wide: usize, most: usize) -> Vec<String> {
    let mut lines = wrapped(text, wide);
    let cut = lines.len() > most;
    lines.truncate(most);
    for line in &mut lines {
        if line.width() > wide {
            while line.width() + 1 > wide {
                line.pop();
            }
            line.push('…');
        }
    }
    if let Some(last) = lines.last_mut().filter(|last| cut && !last.ends_with('…')) {
        while last.width() + 1 > wide {
            last.pop();
        }
        last.push('…');
    }
    lines
}
