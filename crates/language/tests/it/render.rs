//! Rendering keeps to the width whatever it is given.

use detente_language::check::load;
use detente_language::diagnostic::Diagnostic;
use detente_language::render::{RenderOptions, counted, render};
use detente_language::source::{NoFiles, Sources};
use detente_language::span::Span;
use proptest::prelude::*;
use unicode_width::UnicodeWidthChar;

fn options(color: bool, width: usize) -> RenderOptions {
    RenderOptions { color, width }
}

fn span(start: u32, end: u32) -> Span {
    Span {
        file: 0,
        start,
        end,
    }
}

/// Columns that a line takes on a terminal.
fn columns(line: &str) -> usize {
    let mut columns = 0;
    let mut chars = line.chars();
    while let Some(c) = chars.next() {
        if c == '\u{1b}' {
            chars.by_ref().find(char::is_ascii_alphabetic);
        } else {
            columns += c.width().unwrap_or(0);
        }
    }
    columns
}

#[test]
fn narrow_terminals_get_narrow_lines() {
    let name = "länge".repeat(20);
    let text = format!(
        "param {name} = 1\nparam {name} = 2 # 危機 {}\nlet x = {name}y\n",
        "危".repeat(90)
    );
    let loaded = load(&"ordner/".repeat(30), &text, &NoFiles);
    assert_eq!(loaded.diagnostics.len(), 2);
    for color in [false, true] {
        for width in 20..=140 {
            let shown = render(&loaded.diagnostics, &loaded.sources, options(color, width));
            for line in shown.lines() {
                assert!(
                    columns(line) <= width,
                    "{width}: {} in {line:?}",
                    columns(line)
                );
            }
        }
    }
}

#[test]
fn colour_changes_nothing_but_colour() {
    let loaded = load("a.detente", "let x = y\nlet y = z + 1\n", &NoFiles);
    let plain = render(&loaded.diagnostics, &loaded.sources, options(false, 80));
    let coloured = render(&loaded.diagnostics, &loaded.sources, options(true, 80));
    assert!(coloured.contains("\u{1b}["));
    let mut stripped = String::new();
    let mut chars = coloured.chars();
    while let Some(c) = chars.next() {
        if c == '\u{1b}' {
            chars.by_ref().find(char::is_ascii_alphabetic);
        } else {
            stripped.push(c);
        }
    }
    let trimmed = |text: &str| {
        text.lines()
            .map(str::trim_end)
            .collect::<Vec<_>>()
            .join("\n")
    };
    assert_eq!(trimmed(&stripped), trimmed(&plain));
}

#[test]
fn what_is_said_twice_is_shown_once_and_in_order_of_place() {
    let sources = Sources::of("a", "one two three\n");
    let late = Diagnostic::error("E0203", "late", span(8, 13));
    let early = Diagnostic::error("E0203", "early", span(0, 3));
    let shown = render(&[late.clone(), early, late], &sources, options(false, 80));
    assert!(shown.find("early") < shown.find("late"), "{shown}");
    assert_eq!(shown.matches("late").count(), 1, "{shown}");
}

#[test]
fn many_are_cut_with_their_number() {
    let sources = Sources::of("a", "x\n".repeat(100));
    let many: Vec<Diagnostic> = (0..100)
        .map(|i| Diagnostic::error("E0203", format!("error {i}"), span(2 * i, 2 * i + 1)))
        .collect();
    let shown = render(&many, &sources, options(false, 80));
    assert_eq!(shown.matches("error[E0203]").count(), 40);
    assert!(shown.ends_with("… and 60 errors more\n"), "{shown}");
    assert_eq!(counted(&many), "100 errors");
}

#[test]
fn places_at_the_end_and_outside_are_shown() {
    for text in ["", "x", "x\n", "é", "\r\n", "a\r\nb"] {
        let sources = Sources::of("a", text);
        for start in 0..6 {
            for end in 0..8 {
                for file in [0, 1] {
                    let place = Span { file, start, end };
                    let diagnostic = Diagnostic::error("E0203", "here", place).also(place, "too");
                    let shown = render(&[diagnostic], &sources, options(false, 60));
                    assert!(shown.starts_with("error[E0203]: here"), "{shown}");
                }
            }
        }
    }
}

#[test]
fn a_line_of_megabytes_shows_its_place() {
    let text = format!("let a = {}1\nlet b = c\n", "1 + ".repeat(400_000));
    let sources = Sources::of("a", text.as_str());
    let diagnostics: Vec<Diagnostic> = (0..40)
        .map(|i| Diagnostic::error("E0203", "here", span(i * 40_000, i * 40_000 + 1)).label("this"))
        .collect();
    let shown = render(&diagnostics, &sources, options(false, 80));
    assert!(shown.contains("a:1:40001"), "{shown}");
    assert!(shown.contains("this"), "the label survives");
}

proptest! {
    #[test]
    fn any_text_and_any_place_can_be_rendered(
        text in "(\\PC|[\n\r\t\u{0}\u{1b}\u{202e}危é])*",
        marks in proptest::collection::vec((0..80u32, 0..80u32, "\\PC*"), 1..4),
        note in "[\\PC\n\u{1b}]*",
        width in 0..120usize,
        color: bool,
    ) {
        let sources = Sources::of("a", text.as_str());
        let (start, end, label) = &marks[0];
        let mut diagnostic = Diagnostic::warning("W0701", note.clone(), span(*start, *end)).label(label.clone());
        for (start, end, label) in &marks[1..] {
            diagnostic = diagnostic.also(span(*start, *end), label.clone());
        }
        let diagnostic = diagnostic.note(note.clone()).help(note);
        let shown = render(&[diagnostic], &sources, options(color, width));
        for line in shown.lines() {
            prop_assert!(columns(line) <= width.max(20), "{}: {:?}", columns(line), line);
            prop_assert!(color || !line.contains('\u{1b}'), "{line:?}");
        }
    }
}
