//! Writing for a terminal: widths in columns, colours, and characters that every terminal has.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::text::TextOptions;

/// How a piece of text is set off. Without colour all are plain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tone {
    Plain,
    Strong,
    Faint,
    Bar,
    Good,
    Warning,
    /// One of several lines of a chart.
    Line(usize),
}

/// Colours of the lines of a chart, which differ in their signs too.
const LINES: [&str; 6] = [
    "\u{1b}[36m",
    "\u{1b}[33m",
    "\u{1b}[35m",
    "\u{1b}[32m",
    "\u{1b}[31m",
    "\u{1b}[34m",
];

impl Tone {
    fn code(self) -> &'static str {
        match self {
            Tone::Plain => "",
            Tone::Strong => "\u{1b}[1m",
            Tone::Faint => "\u{1b}[2m",
            Tone::Bar => "\u{1b}[36m",
            Tone::Good => "\u{1b}[32m",
            Tone::Warning => "\u{1b}[1;33m",
            Tone::Line(index) => LINES[index % LINES.len()],
        }
    }
}

/// Lines that are never wider than the terminal.
pub(crate) struct Pen {
    pub(crate) width: usize,
    pub(crate) unicode: bool,
    color: bool,
    lines: Vec<String>,
}

impl Pen {
    pub(crate) fn new(options: TextOptions) -> Pen {
        Pen {
            // Below this, columns could not be told apart; a narrower terminal wraps by itself.
            width: options.width.max(24),
            unicode: options.unicode,
            color: options.color,
            lines: Vec::new(),
        }
    }

    /// Adds a paragraph behind a head, such as a bullet; its further lines are indented as far.
    pub(crate) fn paragraph(&mut self, tone: Tone, head: &str, text: &str) {
        let indent = head.chars().count();
        let room = self.width.saturating_sub(indent).max(12);
        let blank = " ".repeat(indent);
        for (k, line) in self.wrap(&self.clean(text), room).iter().enumerate() {
            let head = if k == 0 { head } else { &blank };
            self.line(&[(tone, head), (tone, line)]);
        }
    }

    /// Adds a line made of pieces; what does not fit is cut.
    pub(crate) fn line(&mut self, pieces: &[(Tone, &str)]) {
        let mut line = String::new();
        let mut room = self.width;
        for &(tone, text) in pieces {
            let text = self.cut(text, room);
            room = room.saturating_sub(text.width());
            if text.is_empty() {
                continue;
            }
            if self.color && tone != Tone::Plain {
                line.push_str(tone.code());
                line.push_str(&text);
                line.push_str("\u{1b}[0m");
            } else {
                line.push_str(&text);
            }
        }
        self.lines.push(line.trim_end().to_string());
    }

    /// Adds an empty line.
    pub(crate) fn gap(&mut self) {
        self.lines.push(String::new());
    }

    pub(crate) fn height(&self) -> usize {
        self.lines.len()
    }

    pub(crate) fn append(&mut self, other: Pen) {
        self.lines.extend(other.lines);
    }

    pub(crate) fn finish(self) -> String {
        let mut text = self.lines.join("\n");
        text.push('\n');
        text
    }

    /// Text that is safe to print: control characters and direction overrides cannot reach the terminal.
    pub(crate) fn clean(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut raised = false;
        for c in text.chars() {
            let exponent = RAISED
                .iter()
                .position(|&r| r == c)
                .filter(|_| !self.unicode);
            if let Some(at) = exponent {
                out.push_str(if raised { "" } else { "^" });
                out.push(PLAIN[at]);
            }
            raised = exponent.is_some();
            match c {
                _ if raised => {}
                '\u{a0}' | '\u{202f}' => out.push(' '),
                '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {}
                c if c.is_control() => out.push(' '),
                c if self.unicode || c.is_ascii() => out.push(c),
                c => out.push_str(plain_form(c)),
            }
        }
        out
    }

    /// At most `room` columns of a text, with an ellipsis where something was cut.
    pub(crate) fn cut(&self, text: &str, room: usize) -> String {
        if text.width() <= room {
            return text.to_string();
        }
        let dots = if self.unicode { "…" } else { ".." };
        if room < dots.width() {
            return String::new();
        }
        // The width of a text may differ from the sum of its characters' (emoji, ligatures).
        let mut out = String::new();
        for c in text.chars() {
            out.push(c);
            if out.width() + dots.width() > room {
                out.pop();
                break;
            }
        }
        out + dots
    }

    /// Cut or filled up on the right to exactly `columns`.
    pub(crate) fn left(&self, text: &str, columns: usize) -> String {
        let mut out = self.cut(text, columns);
        out.push_str(&" ".repeat(columns.saturating_sub(out.width())));
        out
    }

    /// Filled up on the left to at least `columns`.
    pub(crate) fn right(&self, text: &str, columns: usize) -> String {
        format!("{}{text}", " ".repeat(columns.saturating_sub(text.width())))
    }

    /// A bar of `share` of `columns`, in eighths of a column where the terminal has them.
    pub(crate) fn bar(&self, share: f64, columns: usize) -> String {
        let share = if share.is_finite() {
            share.clamp(0.0, 1.0)
        } else {
            0.0
        };
        if !self.unicode {
            return "#".repeat((share * columns as f64).round() as usize);
        }
        let eighths = (share * columns as f64 * 8.0).round() as usize;
        let parts = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
        format!("{}{}", "█".repeat(eighths / 8), parts[eighths % 8])
    }

    /// Lines of at most `columns`, broken between words, within a word only where it is wider than a line.
    pub(crate) fn wrap(&self, text: &str, columns: usize) -> Vec<String> {
        let mut lines = vec![String::new()];
        for word in text.split_whitespace() {
            let mut rest = word;
            while !rest.is_empty() {
                let last = lines.len() - 1;
                let used = lines[last].width();
                let space = usize::from(used > 0);
                if used + space + rest.width() <= columns {
                    lines[last].push_str(&" "[..space]);
                    lines[last].push_str(rest);
                    break;
                }
                if used == 0 {
                    let (head, tail) = split_at_width(rest, columns);
                    lines[last].push_str(head);
                    rest = tail;
                }
                if !rest.is_empty() {
                    lines.push(String::new());
                }
            }
        }
        lines
    }
}

/// The longest head that fits, at least one character.
fn split_at_width(text: &str, columns: usize) -> (&str, &str) {
    let mut used = 0;
    for (at, c) in text.char_indices() {
        used += c.width().unwrap_or(0);
        if used > columns && at > 0 {
            return text.split_at(at);
        }
    }
    (text, "")
}

/// Signs of exponents, and what stands for them behind a `^` where there is only ASCII.
const RAISED: [char; 11] = ['⁻', '⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
const PLAIN: [char; 11] = ['-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9'];

/// The nearest ASCII for typographic characters; a question mark for what has none.
fn plain_form(c: char) -> &'static str {
    match c {
        '–' | '—' | '−' | '‐' | '‑' => "-",
        '‘' | '’' | '′' => "'",
        '“' | '”' | '„' | '″' => "\"",
        '…' => "...",
        '·' | '•' => "*",
        '×' => "x",
        '≤' => "<=",
        '≥' => ">=",
        '≠' => "!=",
        '→' => "->",
        '∞' => "inf",
        'λ' => "lambda",
        '\u{200b}'..='\u{200d}' | '\u{ad}' => "",
        _ => "?",
    }
}
