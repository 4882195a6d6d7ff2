//! Hover, definitions, references, outline, folds, colours and mends.

use detente_editor::colour::{Colour, colours};
use detente_editor::fold::folds;
use detente_editor::hover::hover;
use detente_editor::mend::mend;
use detente_editor::navigate::{definitions, references};
use detente_editor::outline::outline;
use detente_language::tokens::{TokenKind, tokens};

use crate::{alone, marked, scenarios};

const TEXT: &str = r#"scenario "A test"
actor us "United States"
param cost = 20 % in 5 % .. 40 % "a survey"
let double = 2 * cost
let broken = 3 + nonsense
outcome war "War"
issue arms "Arms" { keep "Keep them", scrap }
package gone "None left" { arms scrap }
value us { arms 3 { keep 0, scrap 1 } fallback 1 }
# One
# two
play {
    us chooses move { stay "Stay put", go { end war } }
    repeat 2 as i {
        us chooses again { stay, back { gain us double } }
    }
    if move == stay { gain us -cost * i }
    end war
}
"#;

fn told(place: &str) -> String {
    let (text, at) = marked(&TEXT.replacen(&place.replace('|', ""), place, 1));
    hover(&alone(&text), at).map_or(String::new(), |(_, told)| told)
}

fn tells(place: &str, parts: &[&str]) {
    let told = told(place);
    for part in parts {
        assert!(told.contains(part), "{place}: `{part}` in\n{told}");
    }
}

#[test]
fn hover_tells_the_declaration_and_the_present_value() {
    tells(
        "2 * co|st",
        &[
            "param cost = 20 % in",
            "Best guess: **20 %**",
            "Range: 5 % .. 40 %",
            "Source: a survey",
        ],
    );
    tells("let dou|ble", &["let double = 2 * cost", "Value: **0.4**"]);
    tells("let bro|ken", &["has an error"]);
    tells("end w|ar", &["outcome war", "**A way to end**: War"]);
    tells(
        "chooses mo|ve",
        &["chosen by United States", "- `stay` Stay put"],
    );
    tells("move == st|ay", &["**Stay put**: an option of `move`"]);
    tells(
        "package go|ne",
        &[
            "None left",
            "Worth to United States: **3**, without agreement 1",
        ],
    );
    tells("arms sc|rap }", &["an option of issue `arms`"]);
    tells(
        "u|s chooses move",
        &["actor us", "**Actor**: United States"],
    );
    tells("-cost * |i", &[]);
    tells("repeat 2 as |i", &["from 1 to 2"]);
    tells("pla|y {", &["What can happen, in order."]);
    assert_eq!(told("\"A |test\""), "");
    assert_eq!(told("{ stay| \"Stay"), told("{ st|ay \"Stay"));
}

#[test]
fn definitions_and_references_are_those_of_the_checker() {
    let analysis = alone(TEXT);
    let at = |word: &str, nth| {
        let (at, _) = TEXT.match_indices(word).nth(nth).unwrap();
        u32::try_from(at).unwrap()
    };
    let texts = |spans: Vec<detente_language::span::Span>| -> Vec<usize> {
        spans.into_iter().map(|s| s.start as usize).collect()
    };
    let stay = |nth| at("stay", nth) as usize;
    assert_eq!(texts(definitions(&analysis, at("stay", 2))), [stay(0)]);
    assert_eq!(
        texts(references(&analysis, at("stay", 0), true)),
        [stay(0), stay(2)],
        "`again` has a `stay` of its own"
    );
    assert_eq!(
        texts(references(&analysis, at("stay", 0), false)),
        [stay(2)]
    );
    let war = texts(references(&analysis, at("war", 0), true));
    assert_eq!(war.len(), 3);
    assert!(definitions(&analysis, 0).is_empty());
}

#[test]
fn the_outline_follows_the_play() {
    let analysis = alone(TEXT);
    let entries = outline(analysis.tree(0).unwrap());
    let names: Vec<&str> = entries.iter().map(|e| e.name.as_str()).collect();
    assert_eq!(
        names,
        [
            "A test", "us", "cost", "double", "broken", "war", "arms", "gone", "us", "play"
        ]
    );
    let play = entries.last().unwrap();
    let inside: Vec<&str> = play.inside.iter().map(|e| e.name.as_str()).collect();
    assert_eq!(inside, ["move", "again"]);
    assert_eq!(entries[6].inside.len(), 2);
}

#[test]
fn braces_and_comments_fold() {
    let found = folds(TEXT);
    let texts: Vec<(&str, bool)> = found
        .iter()
        .map(|f| (TEXT[f.bytes.clone()].lines().next().unwrap(), f.comment))
        .collect();
    assert_eq!(texts, [("# One", true), ("{", false), ("{", false)]);
}

#[test]
fn every_token_of_the_library_that_can_have_a_colour_has_one() {
    for (path, text) in scenarios() {
        let analysis = alone(&text);
        if analysis.has_errors() {
            continue;
        }
        let found = colours(&analysis);
        assert!(found.windows(2).all(|w| w[0].span.end <= w[1].span.start));
        let (tokens, _) = tokens(&text);
        for token in tokens.iter().filter(|t| t.kind == TokenKind::Name) {
            let at = found.binary_search_by_key(&token.start, |c| c.span.start);
            let word = &text[token.start as usize..token.end as usize];
            // What a table of plain numbers goes by is told to the reader only.
            let label = text[..token.start as usize].ends_with(" by ");
            assert!(
                at.is_ok() || label,
                "{}: `{word}` has no colour",
                path.display()
            );
        }
    }
    for (i, (colour, _)) in Colour::ALL.iter().enumerate() {
        assert_eq!(*colour as usize, i);
    }
}

/// Each text with what the mend of its only diagnostic makes of it.
#[test]
fn mends_mend() {
    let play = |inside: &str| {
        format!(
            "actor us\noutcome war\nplay {{\n    us chooses move {{ stay, go }}\n    {inside}\n    end war\n}}\n"
        )
    };
    for (wrong, right) in [
        (
            "if move == stey { gain us 1 }",
            "if move == stay { gain us 1 }",
        ),
        (
            "if move = stay { gain us 1 }",
            "if move == stay { gain us 1 }",
        ),
        (
            "if not (move == stay && move == go) { gain us 1 }",
            "if not (move == stay and move == go) { gain us 1 }",
        ),
        ("gian us 1", "gain us 1"),
        ("gain uss 1", "gain us 1"),
        (
            "if move ≠ stay { gain us 1 }",
            "if move != stay { gain us 1 }",
        ),
    ] {
        let text = play(wrong);
        let analysis = alone(&text);
        let errors: Vec<_> = analysis.diagnostics.iter().collect();
        let mended = errors.iter().find_map(|d| mend(d, &analysis.sources));
        let (_, edit) = mended.unwrap_or_else(|| panic!("{wrong}: {errors:?}"));
        let mut new = text.clone();
        new.replace_range(edit.span.range(), &edit.text);
        assert_eq!(new, play(right));
        assert!(!alone(&new).has_errors());
    }
    let text = "parm x = 1\nissue hard-liner { a }\n";
    let analysis = alone(text);
    let mends: Vec<String> = analysis
        .diagnostics
        .iter()
        .filter_map(|d| mend(d, &analysis.sources))
        .map(|(_, edit)| edit.text)
        .collect();
    assert_eq!(mends, ["param", "hard_liner"]);
}
