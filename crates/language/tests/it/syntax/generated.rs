//! Generated texts: any bytes, any tokens, and texts of the grammar with comments and breaks in odd places.

mod declarations;
mod expressions;
mod play;
mod writer;

use super::meaning;
use detente_language::format::format;
use detente_language::parser::parse;
use proptest::prelude::*;
use writer::Writer;

/// What holds of every text: places lie in it, errors are few, and a text without errors means the same after
/// formatting, which keeps every comment and changes nothing a second time.
pub fn check_invariants(text: &str) {
    let (file, diagnostics) = parse(text, 0);
    assert!(diagnostics.len() <= 51);
    for diagnostic in &diagnostics {
        let places = diagnostic.secondary.iter().map(|s| s.0);
        for place in places.chain([diagnostic.primary.0]) {
            assert!(
                text.get(place.range()).is_some(),
                "{diagnostic:?} in {text:?}"
            );
        }
    }
    let Ok(once) = format(text) else {
        assert!(!diagnostics.is_empty());
        return;
    };
    let (again, diagnostics) = parse(&once, 0);
    assert!(diagnostics.is_empty(), "{diagnostics:#?}\n{once}");
    assert_eq!(meaning(&file), meaning(&again), "{text}\n--\n{once}");
    let sorted = |file: &detente_language::ast::File| {
        let mut texts: Vec<_> = file.comments.iter().map(|c| c.text.clone()).collect();
        texts.sort();
        texts
    };
    assert_eq!(sorted(&file), sorted(&again), "{text}\n--\n{once}");
    assert_eq!(format(&once).as_deref(), Ok(once.as_str()), "{text}");
    assert!(
        once.is_empty() || once.ends_with('\n') && !once.ends_with("\n\n"),
        "{once:?}"
    );
    assert!(
        !once.contains("\n\n\n") && !once.starts_with('\n'),
        "{once}"
    );
    assert!(once.lines().all(|line| line == line.trim_end()), "{once}");
}

#[rustfmt::skip] // one long word must not set the whole list upright
const SOUP: &[&str] = &[
    "{", "}", "(", ")", ",", ";", "..", "=", "==", "!=", "<", ">=", "~", "@", "%", "+", "-", "*",
    "/", "^", "and", "or", "not", "in", "if", "then", "else", "true", "given", "actor", "param",
    "let", "fn", "outcome", "state", "table", "by", "assume", "do", "block", "x[", "[", "]",
    "weight", ":", "bargain", "between", "over", "offers", "among", "discount", "against", "style",
    "deal.oil", "nash", "1:", "sum(", "issue", "value", "ratifier", "correlation",
    "of", "package", "ask", "stakeholder", "influence", "position", "salience", "reference",
    "option", "situation", "today", "infeasible", "prefers", "perceives", "strongly", "unknown", "iff", "like", "rank",
    "irreversible", "doing", "unseen", "overlooks", "stable", "for",
    "expect", "compare", "use", "play", "chance", "together", "show", "to", "repeat", "as", "gain",
    "set", "end", "us", "chooses", "secretly", "seen", "by", "nobody", "step", "fallback",
    "within", "with", "happened", "on", "x", "reply", "12", "0.5", "3rd", "\"text\"", "\"", "#c\n",
    "\n", "\n\n", "§", "→", "&&", "\t", "p", "{", "}", "\n",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_survived(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        check_invariants(&String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn any_text_is_survived(text in "\\PC{0,200}") {
        check_invariants(&text);
        check_invariants(&format!("play {{ {text} }}"));
    }

    #[test]
    fn any_tokens_are_survived(
        picks in proptest::collection::vec((0..SOUP.len(), any::<bool>()), 0..120)
    ) {
        let mut text = String::new();
        for (pick, space) in picks {
            text.push_str(SOUP[pick]);
            text.push_str(if space { " " } else { "" });
        }
        check_invariants(&text);
        check_invariants(&format!("play {{ {text} }}"));
    }

    #[test]
    fn texts_of_the_grammar_survive_formatting(choices in proptest::collection::vec(any::<u16>(), 0..900)) {
        let text = scenario(choices);
        let (_, diagnostics) = parse(&text, 0);
        prop_assert!(diagnostics.is_empty(), "{diagnostics:#?}\n{text}");
        check_invariants(&text);
    }
}

/// A text of the grammar made by a sequence of choices; when they run out, the simplest way is taken.
fn scenario(choices: Vec<u16>) -> String {
    let mut writer = Writer::new(choices);
    for _ in 0..writer.pick(12) {
        writer.item();
        if writer.pick(6) == 5 {
            writer.word(";");
        }
    }
    writer.out
}
