//! The list of scenarios that the program carries with it, for a terminal.

use unicode_width::UnicodeWidthStr;

use crate::escape::markdown;
use crate::number;
use crate::pen::{Pen, Tone};
use crate::text::TextOptions;

/// A scenario of the list. Rows of one group stand together.
#[derive(Clone, Debug, PartialEq)]
pub struct LibraryRow {
    /// Heading that it stands under.
    pub group: String,
    /// Name by which commands know it.
    pub name: String,
    /// Title.
    pub title: String,
    /// First source; empty where there is none.
    pub source: String,
    /// Number of actors.
    pub actors: usize,
    /// Nodes of its game, if they were counted.
    pub nodes: Option<usize>,
}

/// Columns that titles have at least before the sources are listed too.
const TITLE: usize = 48;
/// Columns that a source takes at most.
const SOURCE: usize = 26;

/// A heading for every group and a line for every scenario, none wider than the terminal.
pub fn library_text(rows: &[LibraryRow], options: TextOptions) -> String {
    let mut pen = Pen::new(options);
    let name = rows.iter().map(|row| row.name.width()).max().unwrap_or(0);
    let sizes: Vec<String> = rows.iter().map(size).collect();
    let size = sizes.iter().map(|size| size.width()).max().unwrap_or(0);
    let room = pen.width.saturating_sub(2 + name + 2 + 2 + size);
    let source = if room >= TITLE + SOURCE + 2 {
        SOURCE + 2
    } else {
        0
    };
    let title = room - source.min(room);
    let mut group = "";
    for (row, size_words) in rows.iter().zip(&sizes) {
        if row.group != group {
            if !group.is_empty() {
                pen.gap();
            }
            pen.line(&[(Tone::Strong, &row.group)]);
            group = &row.group;
        }
        let words = pen.left(&pen.clean(&row.title), title);
        let from = pen.left(
            &pen.clean(&short_source(&row.source)),
            source.saturating_sub(2),
        );
        let gap = if source > 0 { "  " } else { "" };
        pen.line(&[
            (Tone::Bar, &format!("  {}  ", pen.left(&row.name, name))),
            (Tone::Plain, &words),
            (Tone::Faint, &format!("{gap}{from}")),
            (Tone::Faint, &format!("  {}", pen.right(size_words, size))),
        ]);
    }
    pen.gap();
    let count = number::counted(rows.len(), "scenario", "scenarios");
    pen.line(&[(
        Tone::Faint,
        &format!("{count}. Run one from anywhere: detente run NAME"),
    )]);
    pen.finish()
}

/// The same as tables in Markdown, with links to the scenarios' pages in the folder `library`.
#[must_use]
pub fn library_table(rows: &[LibraryRow]) -> String {
    let mut out = String::new();
    let mut group = "";
    for row in rows {
        if row.group != group {
            if !group.is_empty() {
                out.push('\n');
            }
            out.push_str(&format!(
                "### {}\n\n| name | model | source | game |\n| --- | --- | --- | --- |\n",
                row.group
            ));
            group = &row.group;
        }
        let size: Vec<String> = size(row).split_whitespace().map(str::to_owned).collect();
        out.push_str(&format!(
            "| [`{name}`](library/{name}.md) | {} | {} | {} |\n",
            markdown(&row.title),
            markdown(&short_source(&row.source)),
            size.join(" "),
            name = row.name
        ));
    }
    out
}

fn size(row: &LibraryRow) -> String {
    let actors = number::counted(row.actors, "actor", "actors");
    match row.nodes {
        Some(nodes) => format!("{actors}, {:>6} nodes", number::count(nodes as u64)),
        None => actors,
    }
}

/// Authors and year: "Fearon 1995" of "Fearon 1995, International Organization 49(3)", "Debs & Monteiro 2014" of "the
/// idea: Debs & Monteiro 2014, …". Where there is no year, what stands before the first comma, bracket or colon.
fn short_source(source: &str) -> String {
    let year = |at: usize| {
        let digits = source.get(at..at + 4);
        let alone = source[at + 4..]
            .chars()
            .next()
            .is_none_or(|c| !c.is_alphanumeric());
        let before = source[..at]
            .chars()
            .next_back()
            .is_none_or(|c| !c.is_alphanumeric());
        before && alone && digits.is_some_and(|d| d.starts_with("1") || d.starts_with("2"))
    };
    let digits = |at: usize| {
        let four = source.get(at..at + 4);
        four.is_some_and(|d| d.bytes().all(|b| b.is_ascii_digit()))
    };
    let found = (0..source.len()).find(|&at| digits(at) && year(at));
    let Some(end) = found.map(|at| at + 4) else {
        let end = source.find([',', '(', ':']).unwrap_or(source.len());
        return source[..end].trim().to_owned();
    };
    let authors = &source[..end];
    let start = authors.find(": ").map_or(0, |colon| colon + 2);
    authors[start..].trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::short_source;

    #[test]
    fn sources_are_told_by_authors_and_year() {
        for (source, short) in [
            (
                "Fearon 1995, International Organization 49(3)",
                "Fearon 1995",
            ),
            (
                "the idea: Debs & Monteiro 2014, Known Unknowns",
                "Debs & Monteiro 2014",
            ),
            (
                "Avenhaus, von Stengel & Zamir 2002, Games",
                "Avenhaus, von Stengel & Zamir 2002",
            ),
            ("the article: an analysis (March)", "the article"),
            ("Ståhl 1972", "Ståhl 1972"),
            ("日本 12345", "日本 12345"),
            ("", ""),
        ] {
            assert_eq!(short_source(source), short, "{source}");
        }
    }
}
