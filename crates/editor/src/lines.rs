//! Places of the protocol (line and column, the column in code units of an agreed encoding) and bytes.

use std::ops::Range;

use gen_lsp_types as lsp;

/// In what the columns of a line are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// Bytes.
    Utf8,
    /// Units of 16 bits: what the protocol demands unless something else is agreed.
    Utf16,
    /// Characters.
    Utf32,
}

impl Encoding {
    fn units(self, c: char) -> usize {
        match self {
            Encoding::Utf8 => c.len_utf8(),
            Encoding::Utf16 => c.len_utf16(),
            Encoding::Utf32 => 1,
        }
    }
}

/// A text with the starts of its lines. As the protocol says, lines end with `\n`, `\r\n` or `\r`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lines {
    text: String,
    starts: Vec<usize>,
}

impl Lines {
    /// Finds the lines of a text.
    #[must_use]
    pub fn new(text: String) -> Self {
        let starts = starts(&text);
        Lines { text, starts }
    }

    /// The text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Line and column of a byte; behind the end counts as the end, inside of a character as its beginning.
    #[must_use]
    pub fn position(&self, byte: usize, encoding: Encoding) -> lsp::Position {
        let byte = crate::floor(&self.text, number(byte)) as usize;
        let line = self
            .starts
            .partition_point(|&start| start <= byte)
            .saturating_sub(1);
        let start = self.starts.get(line).copied().unwrap_or(0);
        let before = self.text.get(start..byte).unwrap_or("");
        let column: usize = before.chars().map(|c| encoding.units(c)).sum();
        lsp::Position {
            line: number(line),
            character: number(column),
        }
    }

    /// The byte of a place. A column behind the end of its line counts as the end of the line, a line behind
    /// the last one as the end of the text.
    #[must_use]
    pub fn byte(&self, position: lsp::Position, encoding: Encoding) -> usize {
        let line = position.line as usize;
        let Some(&start) = self.starts.get(line) else {
            return self.text.len();
        };
        let end = self.starts.get(line + 1).copied();
        let line = self
            .text
            .get(start..end.unwrap_or(self.text.len()))
            .unwrap_or("");
        let line = line.trim_end_matches(['\r', '\n']);
        let mut column = position.character as usize;
        for (at, c) in line.char_indices() {
            let units = encoding.units(c);
            if column < units {
                return start + at;
            }
            column -= units;
        }
        start + line.len()
    }

    /// The bytes of a stretch; one that ends before it begins is empty.
    #[must_use]
    pub fn bytes(&self, range: lsp::Range, encoding: Encoding) -> Range<usize> {
        let start = self.byte(range.start, encoding);
        start..self.byte(range.end, encoding).max(start)
    }

    /// The stretch of the protocol of a range of bytes.
    #[must_use]
    pub fn range(&self, bytes: Range<usize>, encoding: Encoding) -> lsp::Range {
        lsp::Range {
            start: self.position(bytes.start, encoding),
            end: self.position(bytes.end, encoding),
        }
    }

    /// Replaces a stretch; the whole text where none is given.
    pub fn replace(&mut self, range: Option<lsp::Range>, with: &str, encoding: Encoding) {
        match range {
            Some(range) => {
                let bytes = self.bytes(range, encoding);
                self.text.replace_range(bytes, with);
            }
            None => with.clone_into(&mut self.text),
        }
        self.starts = starts(&self.text);
    }
}

fn starts(text: &str) -> Vec<usize> {
    let bytes = text.as_bytes();
    let breaks = bytes.iter().enumerate().filter(|&(i, b)| match b {
        b'\n' => true,
        b'\r' => bytes.get(i + 1) != Some(&b'\n'),
        _ => false,
    });
    std::iter::once(0)
        .chain(breaks.map(|(i, _)| i + 1))
        .collect()
}

fn number(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(line: u32, character: u32) -> lsp::Position {
        lsp::Position { line, character }
    }

    #[test]
    fn columns_are_counted_in_the_agreed_units() {
        let lines = Lines::new("aé𝔸x\r\n\rb".to_owned());
        let x = "aé𝔸".len();
        for (encoding, column) in [
            (Encoding::Utf8, 7),
            (Encoding::Utf16, 4),
            (Encoding::Utf32, 3),
        ] {
            assert_eq!(lines.position(x, encoding), at(0, column));
            assert_eq!(lines.byte(at(0, column), encoding), x);
        }
        assert_eq!(
            lines.byte(at(0, 3), Encoding::Utf16),
            3,
            "inside of a pair: its beginning"
        );
        assert_eq!(lines.byte(at(0, 99), Encoding::Utf16), x + 1);
        assert_eq!(lines.byte(at(9, 0), Encoding::Utf16), lines.text().len());
        assert_eq!(lines.position(99, Encoding::Utf16), at(2, 1));
        assert_eq!(lines.byte(at(2, 0), Encoding::Utf16), x + 4);
    }

    #[test]
    fn every_place_is_found_again() {
        for text in ["", "a\n\r\n\rb", "é𝔸\r\n𝔸", "\u{feff}x"] {
            let lines = Lines::new(text.to_owned());
            for encoding in [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32] {
                for (byte, c) in text.char_indices() {
                    let position = lines.position(byte, encoding);
                    let back = lines.byte(position, encoding);
                    // The inside of a line's end is no place of the protocol.
                    assert!(
                        back == byte || c == '\n' && back + 1 == byte,
                        "{text:?} {byte}"
                    );
                }
            }
        }
    }

    #[test]
    fn stretches_are_replaced() {
        let mut lines = Lines::new("one\ntwo\n".to_owned());
        let range = lsp::Range {
            start: at(0, 3),
            end: at(1, 1),
        };
        lines.replace(Some(range), "\nT", Encoding::Utf16);
        assert_eq!(lines.text(), "one\nTwo\n");
        let backwards = lsp::Range {
            start: at(1, 1),
            end: at(0, 0),
        };
        lines.replace(Some(backwards), "x", Encoding::Utf16);
        assert_eq!(lines.text(), "one\nTxwo\n");
        lines.replace(None, "", Encoding::Utf16);
        assert_eq!(lines.position(0, Encoding::Utf8), at(0, 0));
    }
}
