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

/// From this width on the sources are listed too.
const ROOM_FOR_SOURCES: usize = 92;
/// Columns that a source takes at most.
const SOURCE: usize = 24;

/// A heading for every group and a line for every scenario, none wider than the terminal.
pub fn library_text(rows: &[LibraryRow], options: TextOptions) -> String {
    let mut pen = Pen::new(options);
    let name = rows.iter().map(|row| row.name.width()).max().unwrap_or(0);
    let sizes: Vec<String> = rows.iter().map(size).collect();
    let size = sizes.iter().map(|size| size.width()).max().unwrap_or(0);
    let source = if pen.width >= ROOM_FOR_SOURCES {
        SOURCE + 2
    } else {
        0
    };
    let title = pen.width.saturating_sub(2 + name + 2 + source + 2 + size);
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

/// "Fearon 1995" of "Fearon 1995, International Organization 49(3)".
fn short_source(source: &str) -> String {
    let end = source.find([',', '(', ':']).unwrap_or(source.len());
    source[..end].trim().to_owned()
}
