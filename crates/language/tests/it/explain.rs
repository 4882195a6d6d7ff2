//! Explanations fit the program: every code is explained, and every example shows what it says.

use std::collections::BTreeSet;
use std::path::Path;

use detente_language::check::{Loaded, load};
use detente_language::diagnostic::Diagnostic;
use detente_language::explain::{all, book, explain, explain_within};
use detente_language::parser;
use detente_language::render::{RenderOptions, render};
use detente_language::source::Loader;

/// The files that examples include.
struct Shelf;

impl Loader for Shelf {
    fn load(&self, path: &str, _from: &str) -> Result<(String, String), String> {
        let text = match path {
            "costs.detente" => "param cost = 5\n",
            "whole_scenario.detente" => "outcome war\n",
            "crisis.detente" => "",
            _ => return Err("no such file".to_owned()),
        };
        Ok((path.to_owned(), text.to_owned()))
    }
}

fn check(text: &str) -> Loaded {
    load("crisis.detente", text, &Shelf)
}

fn shown(loaded: &Loaded) -> String {
    render(
        &loaded.diagnostics,
        &loaded.sources,
        RenderOptions::default(),
    )
}

/// Codes that only running the play shows; their examples are sound for the checker.
fn at_play(code: &str) -> bool {
    code.starts_with("E05") || code.starts_with("E06")
}

/// Codes of reading; their examples may be a mere piece of a scenario.
fn of_syntax(code: &str) -> bool {
    code.starts_with("E01")
}

/// Codes that come of reading a piece as a whole file, as a part of the play, as an option,
/// and as an expression.
fn readings(piece: &str) -> [BTreeSet<&'static str>; 4] {
    let codes = |diagnostics: Vec<Diagnostic>| diagnostics.iter().map(|d| d.code).collect();
    [
        codes(parser::parse(piece, 0).1),
        codes(parser::parse(&format!("play {{\n{piece}\n}}\n"), 0).1),
        codes(parser::parse(&format!("play {{ a chooses b {{\n{piece}\n}} }}\n"), 0).1),
        codes(parser::parse_expression(piece.trim_end(), 0).1),
    ]
}

#[test]
fn examples_of_syntax_are_wrong_and_right_in_some_reading() {
    for explanation in all().filter(|e| of_syntax(e.code)) {
        let code = explanation.code;
        if let Some(wrong) = explanation.wrong() {
            let found = readings(&wrong);
            assert!(
                found.iter().any(|codes| codes.contains(code)),
                "{code}: {found:?}"
            );
        }
        if let Some(right) = explanation.right() {
            let found = readings(&right);
            assert!(found.iter().any(BTreeSet::is_empty), "{code}: {found:?}");
        }
    }
}

#[test]
fn wrong_examples_yield_their_code_and_nothing_else() {
    for explanation in all().filter(|e| !at_play(e.code) && !of_syntax(e.code)) {
        let code = explanation.code;
        let wrong = explanation
            .wrong()
            .unwrap_or_else(|| panic!("{code} has a wrong example"));
        let loaded = check(&wrong);
        let found: BTreeSet<&str> = loaded.diagnostics.iter().map(|d| d.code).collect();
        assert_eq!(found, BTreeSet::from([code]), "{}", shown(&loaded));
    }
}

#[test]
fn right_examples_are_without_errors() {
    for explanation in all().filter(|e| !of_syntax(e.code)) {
        let Some(right) = explanation.right() else {
            assert!(
                explanation.code.starts_with("E06"),
                "{} has a right example",
                explanation.code
            );
            continue;
        };
        let loaded = check(&right);
        assert!(
            !loaded.has_errors(),
            "{}: {}",
            explanation.code,
            shown(&loaded)
        );
        let warned = loaded
            .diagnostics
            .iter()
            .any(|d| d.code == explanation.code);
        assert!(!warned, "{}", explanation.code);
    }
}

#[test]
fn examples_of_the_play_are_sound_until_played() {
    for explanation in all().filter(|e| at_play(e.code)) {
        if let Some(wrong) = explanation.wrong() {
            let loaded = check(&wrong);
            assert!(
                !loaded.has_errors(),
                "{}: {}",
                explanation.code,
                shown(&loaded)
            );
        }
    }
}

/// Codes that occur as `"E0203"` in the sources of a directory.
fn codes_in(directory: &Path, found: &mut BTreeSet<String>) {
    let entries = std::fs::read_dir(directory).expect("sources are readable");
    for entry in entries {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            codes_in(&path, found);
            continue;
        }
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        if !name.ends_with(".rs") || name.starts_with("codes_") {
            continue;
        }
        let text = std::fs::read_to_string(&path).expect("a source file");
        for quoted in text.split('"') {
            let mut letters = quoted.chars();
            let first = letters.next();
            if quoted.len() == 5
                && matches!(first, Some('E' | 'W'))
                && letters.all(|c| c.is_ascii_digit())
            {
                found.insert(quoted.to_owned());
            }
        }
    }
}

#[test]
fn every_code_is_explained_and_every_explained_code_is_used() {
    let mut used = BTreeSet::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    codes_in(&root.join("src"), &mut used);
    codes_in(&root.join("../expand/src"), &mut used);
    let explained: BTreeSet<String> = all().map(|e| e.code.to_owned()).collect();
    assert_eq!(used, explained);
    assert!(used.len() > 60, "the search finds codes: {}", used.len());
}

#[test]
fn codes_are_in_order_and_told_once() {
    let codes: Vec<&str> = all().map(|e| e.code).collect();
    assert!(codes.windows(2).all(|pair| pair[0] < pair[1]), "{codes:?}");
}

#[test]
fn an_explanation_is_found_by_its_code() {
    let text = explain("e0204").expect("small letters do");
    assert!(
        text.starts_with("E0204: a choice, draw or issue has no such option\n\nIn a comparison")
    );
    assert!(text.contains("\n\nWrong:\n\n    actor iran\n"), "{text}");
    assert_eq!(explain("E9999"), None);
    assert_eq!(explain_within("E9999", 60), None);
}

#[test]
fn paragraphs_keep_to_the_width() {
    for explanation in all() {
        for width in [40, 72, 120] {
            let text = explain_within(explanation.code, width).expect("explained");
            let words = text.lines().filter(|line| !line.starts_with("    "));
            let widest = words.map(|line| line.chars().count()).max();
            assert!(widest <= Some(width), "{width}: {text}");
        }
        let text = explain(explanation.code).expect("explained");
        assert!(
            text.lines().all(|line| line.chars().count() <= 100),
            "{text}"
        );
        assert!(!text.contains("```"), "{text}");
    }
}

/// The page of the book says what the program says. `UPDATE_BOOK=1 cargo test` writes it anew.
#[test]
fn the_book_is_in_step() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/src/errors.md");
    if std::env::var_os("UPDATE_BOOK").is_some() {
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("the book's directory");
        std::fs::write(&path, book()).expect("the page is written");
    }
    let page = std::fs::read_to_string(&path).expect("the page is there");
    assert!(
        page == book(),
        "docs/src/errors.md is out of step: run with UPDATE_BOOK=1"
    );
}
