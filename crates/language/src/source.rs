//! The texts of one check, and where a byte of them stands.

use crate::span::Span;

/// Bytes between two counts of characters: bounds the work of one column lookup.
const STRIDE: usize = 1024;

/// A scenario and everything it includes. File 0 is the scenario itself.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sources {
    files: Vec<SourceFile>,
}

/// One text with its name and the starts of its lines, found once.
#[derive(Clone, Debug, PartialEq)]
pub struct SourceFile {
    name: String,
    text: String,
    /// First byte of every line.
    lines: Vec<u32>,
    /// Characters before every `STRIDE`-th byte.
    characters: Vec<u32>,
}

/// A place as people count: line and column from 1, the column in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Location {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

/// Where `use "path"` finds its files. The library itself reads nothing.
pub trait Loader {
    /// The name and the text of `path` as written in the file called `from`. The same file must get the same
    /// name whatever the way to it, since names tell whether it is included already.
    ///
    /// # Errors
    /// Why it cannot be read, in words that go behind "cannot include: ".
    fn load(&self, path: &str, from: &str) -> Result<(String, String), String>;
}

/// Includes nothing: for texts that stand alone.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoFiles;

impl Loader for NoFiles {
    fn load(&self, _path: &str, _from: &str) -> Result<(String, String), String> {
        Err("this text stands alone: no other files are at hand".to_owned())
    }
}

impl Sources {
    /// No file yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sources of one text.
    #[must_use]
    pub fn of(name: impl Into<String>, text: impl Into<String>) -> Self {
        let mut sources = Self::new();
        sources.add(name, text);
        sources
    }

    /// Adds a file and returns its number.
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<String>) -> u16 {
        let number = u16::try_from(self.files.len()).unwrap_or(u16::MAX);
        self.files.push(SourceFile::new(name.into(), text.into()));
        number
    }

    /// The file of this number, if there is one.
    #[must_use]
    pub fn file(&self, number: u16) -> Option<&SourceFile> {
        self.files.get(usize::from(number))
    }

    /// All files, the scenario first.
    #[must_use]
    pub fn files(&self) -> &[SourceFile] {
        &self.files
    }

    /// The text of a span; empty where the span does not fit its file.
    #[must_use]
    pub fn text(&self, span: Span) -> &str {
        self.file(span.file)
            .and_then(|file| file.text.get(span.range()))
            .unwrap_or("")
    }

    /// Where a span begins; none where its file is unknown.
    #[must_use]
    pub fn location(&self, span: Span) -> Option<Location> {
        Some(self.file(span.file)?.location(span.start as usize))
    }
}

impl SourceFile {
    fn new(name: String, text: String) -> Self {
        let mut lines = vec![0];
        let mut characters = Vec::with_capacity(text.len() / STRIDE + 1);
        let mut count = 0;
        for (at, byte) in text.bytes().enumerate() {
            if at.is_multiple_of(STRIDE) {
                characters.push(count);
            }
            count += u32::from(starts_character(byte));
            if byte == b'\n' {
                lines.push(u32::try_from(at + 1).unwrap_or(u32::MAX));
            }
        }
        SourceFile {
            name,
            text,
            lines,
            characters,
        }
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Line and column of a byte; places behind the end count as the end.
    #[must_use]
    pub fn location(&self, byte: usize) -> Location {
        let byte = byte.min(self.text.len());
        let line = self.line_at(byte);
        let column = self.characters_before(byte) - self.characters_before(self.line_start(line));
        Location {
            line: line + 1,
            column: column + 1,
        }
    }

    /// The byte range of a line (from 1), without its line break; none where there is no such line.
    #[must_use]
    pub fn line_range(&self, line: usize) -> Option<std::ops::Range<usize>> {
        let index = line.checked_sub(1)?;
        let start = *self.lines.get(index)? as usize;
        let end = match self.lines.get(index + 1) {
            Some(&next) => next as usize - 1,
            None => self.text.len(),
        };
        let end = if end > start && self.text.as_bytes()[end - 1] == b'\r' {
            end - 1
        } else {
            end
        };
        Some(start..end)
    }

    fn line_at(&self, byte: usize) -> usize {
        self.lines
            .partition_point(|&start| start as usize <= byte)
            .saturating_sub(1)
    }

    fn line_start(&self, index: usize) -> usize {
        self.lines.get(index).map_or(0, |&start| start as usize)
    }

    fn characters_before(&self, byte: usize) -> usize {
        // The end of a text that fills its last block has no count of its own.
        let block = (byte / STRIDE).min(self.characters.len().saturating_sub(1));
        let from = block * STRIDE;
        let counted = self
            .characters
            .get(block)
            .map_or(0, |&count| count as usize);
        let rest = self.text.as_bytes()[from..byte]
            .iter()
            .filter(|&&b| starts_character(b))
            .count();
        counted + rest
    }
}

fn starts_character(byte: u8) -> bool {
    byte & 0b1100_0000 != 0b1000_0000
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(file: &SourceFile, byte: usize) -> (usize, usize) {
        let place = file.location(byte);
        (place.line, place.column)
    }

    #[test]
    fn counts_lines_and_characters_from_one() {
        let sources = Sources::of("a", "ab\r\nΓé x\n\n");
        let file = &sources.files()[0];
        assert_eq!(at(file, 0), (1, 1));
        assert_eq!(at(file, 3), (1, 4));
        assert_eq!(at(file, 4), (2, 1));
        assert_eq!(at(file, 9), (2, 4), "two letters of two bytes and a blank");
        assert_eq!(at(file, 11), (3, 1));
        assert_eq!(at(file, 12), (4, 1), "the end");
        assert_eq!(at(file, 99), (4, 1), "behind the end");
        assert_eq!(file.line_range(1), Some(0..2), "without its line break");
        assert_eq!(file.line_range(4), Some(12..12));
        assert_eq!(file.line_range(5), None);
        assert_eq!(file.line_range(0), None);
    }

    #[test]
    fn every_byte_of_a_long_line_agrees_with_plain_counting() {
        let text = "é".repeat(3 * STRIDE / 2) + "x";
        let sources = Sources::of("a", text.as_str());
        for (count, (byte, _)) in text.char_indices().enumerate() {
            assert_eq!(at(&sources.files()[0], byte), (1, count + 1));
        }
        let whole = Sources::of("b", "x".repeat(2 * STRIDE));
        assert_eq!(at(&whole.files()[0], 2 * STRIDE), (1, 2 * STRIDE + 1));
    }

    #[test]
    fn text_of_a_span_that_does_not_fit_is_empty() {
        let sources = Sources::of("a", "é");
        let span = |file, start, end| Span { file, start, end };
        assert_eq!(sources.text(span(0, 0, 2)), "é");
        assert_eq!(sources.text(span(0, 0, 1)), "", "no character ends here");
        assert_eq!(sources.text(span(0, 0, 9)), "");
        assert_eq!(sources.text(span(3, 0, 0)), "");
        assert_eq!(sources.location(span(3, 0, 0)), None);
    }
}
