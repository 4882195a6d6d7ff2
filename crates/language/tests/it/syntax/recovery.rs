//! Errors: one for each mistake, in the scenario's words, with the mend.

use super::{errors, told};
use detente_language::ast::{ItemKind, StatementKind};
use detente_language::codes_syntax::CODES;
use detente_language::parser::{parse, parse_expression};

/// A mistake in a play, the code of its only error, the text underlined and a part of the mend.
const IN_PLAY: &[(&str, &str, &str, &str)] = &[
    ("us choose a { b }", "E0109", "choose", "`us chooses …`"),
    ("gain us 20, end war", "E0123", ",", "`;`"),
    ("gain us 20 iran 25", "E0109", "iran", "commas between"),
    ("us 20", "E0109", "us", "`gain us …`"),
    ("x = 5", "E0109", "x", "`set x = …`"),
    ("gian us 5", "E0109", "gian", "`gain`"),
    ("nature r { a 1 }", "E0109", "nature", "`chance`"),
    ("payoff us 5", "E0109", "payoff", "`gain`"),
    ("wibble wobble wubble", "E0109", "wibble", "statements are"),
    ("if a == b { war }", "E0124", "war", "`end war`"),
    ("if a = b { end war }", "E0111", "=", "`==`"),
    (
        "if a == b then { end war }",
        "E0123",
        "then",
        "a block follows",
    ),
    ("if a { } elif b { }", "E0119", "elif", "`else if`"),
    ("else { end war }", "E0119", "else", "directly"),
    ("if 1 < a < 3 { }", "E0112", "<", "`and`"),
    ("us chooses a { b 0.5, c }", "E0118", "0.5", "`chance`"),
    ("us chooses a { b = 5, c }", "E0123", "=", "simply follows"),
    (
        "us chooses a { b → { end war } }",
        "E0102",
        "→",
        "leave it out",
    ),
    ("us chooses a: { b }", "E0102", ":", "leave it out"),
    ("us chooses a in 0 .. 5 { }", "E0107", "{", "step"),
    ("us chooses a { if, b }", "E0116", "if", "another name"),
    (
        "us chooses hard-line { b }",
        "E0107",
        "hard-line",
        "`hard_line`",
    ),
    (
        "chance r { a 1 } secretly",
        "E0121",
        "secretly",
        "`seen by nobody`",
    ),
    (
        "us chooses a secretly { b } seen by us",
        "E0121",
        "seen by us",
        "say it once",
    ),
    ("repeat 3 times { }", "E0123", "times", "`repeat 3 as round"),
    ("param x = 5", "E0117", "param", "outside"),
    ("set x == 5", "E0111", "==", "`=`"),
    ("gain us max(1, 2", "E0107", "}", ""),
    ("gain us \"five\"", "E0107", "\"five\"", "without quotes"),
    ("gain us +5", "E0107", "+", "leave the `+` out"),
    ("gain us 20x", "E0105", "20x", "operator"),
    ("gain us 1e999", "E0105", "1e999", "1.8e308"),
    ("gain us a && b", "E0102", "&&", "`and`"),
    ("gain us a ≥ b", "E0102", "≥", "`>=`"),
    ("gain us – 5", "E0102", "–", "plain `-`"),
    ("gain us 5 // five", "E0102", "//", "`#`"),
    ("gain us if a then 5", "E0107", "}", "else"),
    ("gain us f(a given b)", "E0115", "given", "`p(…)`"),
    ("{ end war }", "E0107", "{", "a block belongs"),
    ("end", "E0107", "}", ""),
    ("gain us 5 €€ ☃", "E0101", "€€ ☃", ""),
];

/// The same for mistakes outside of a play.
const OUTSIDE: &[(&str, &str, &str, &str)] = &[
    ("actr us", "E0108", "actr", "`actor`"),
    ("player us", "E0108", "player", "`actor`"),
    ("wibble us", "E0108", "wibble", "declarations begin"),
    ("actor us United States", "E0107", "United", "double quotes"),
    (
        "actor us “United States”",
        "E0102",
        "“United States”",
        "\"…\"",
    ),
    (
        "actor us \"United States",
        "E0103",
        "\"United States",
        "close it",
    ),
    ("actor us \"a\\qb\"", "E0104", "\\q", "backslash"),
    ("actor if \"x\"", "E0116", "if", "`if_`"),
    ("scenario Title of it", "E0107", "Title", "double quotes"),
    ("param x 5", "E0107", "5", ""),
    ("param x == 5", "E0111", "==", "`=`"),
    ("param x := 5", "E0102", ":=", "`=`"),
    ("param x = 5 in 1, 9", "E0107", ",", "`lo .. hi`"),
    ("param x = 5 in 1...9", "E0102", "...", "`lo .. hi`"),
    ("param x = 5 \"s\" in 1 .. 9", "E0123", "in", "`param name"),
    ("let x = 5 in 1 .. 9", "E0107", "in", "`param x"),
    ("let x = (1 + 2", "E0107", "", ""),
    ("expect p(war)", "E0122", "", "`expect p(war) < 5 %`"),
    ("expect p(a) > 1 and p(b) < 2", "E0122", "and", "each"),
    ("expect p(a) = 1", "E0111", "=", "`==`"),
    ("ask p(war)", "E0107", "p", "`ask "),
    ("use other", "E0107", "other", "double quotes"),
    ("lens terms signed", "E0107", "signed", "`if`"),
    ("lens terms", "E0107", "", "`if`"),
    ("ratifier hawks us", "E0107", "us", "`of`"),
    ("ratifer hawks of us", "E0108", "ratifer", "`ratifier`"),
    (
        "value us { i = 1 { a 1 } }",
        "E0123",
        "=",
        "follow each other",
    ),
    (
        "value us { fallback 1 fallback 2 }",
        "E0123",
        "2",
        "one value",
    ),
    ("package k { i = a }", "E0123", "=", "follow each other"),
    ("issue i { a \"A\" b 5, c }", "E0107", "5", ""),
    ("play { end war } }", "E0114", "}", "too many"),
    ("us chooses a { b }", "E0117", "us", "`play { … }`"),
    ("play { if a { end war }", "E0113", "{", "missing `}`"),
    ("happened war in \"2025\"", "E0107", "in", ""),
    ("42", "E0107", "42", ""),
];

fn only_error(whole: &str, (text, code, place, mend): (&str, &str, &str, &str)) {
    let found = errors(whole);
    assert_eq!(found.len(), 1, "{text}: {found:#?}");
    assert_eq!(found[0].code, code, "{text}: {found:#?}");
    assert_eq!(&whole[found[0].primary.0.range()], place, "{text}");
    let help = found[0].help.as_deref().unwrap_or_default();
    let said = format!("{} {help}", found[0].message);
    assert!(said.contains(mend), "{text}: {said}");
}

#[test]
fn a_mistake_in_the_play_is_one_error_with_a_mend() {
    for case in IN_PLAY {
        let whole = format!("play {{ {}\n}}\nactor us\n", case.0);
        only_error(&whole, *case);
        let after = parse(&whole, 0).0.items.pop().map(|item| item.kind);
        assert!(matches!(after, Some(ItemKind::Actor { .. })), "{}", case.0);
    }
}

#[test]
fn a_mistake_in_a_declaration_is_one_error_with_a_mend() {
    for case in OUTSIDE {
        only_error(case.0, *case);
    }
}

#[test]
fn many_mistakes_are_found_in_one_run() {
    let text = "actr us\nparam a = in 1 .. 5\nplay {\n  us choose b {\n    c 0.5\n    d { war }\n  }\n  \
                gain us 1, end war\n  if b = c { end deal }\n}\nexpect p(war)\nlet x = 1 < 2 < 3\n";
    let codes: Vec<_> = told(text).iter().map(|t| t.0).collect();
    assert_eq!(
        codes,
        [
            "E0108", "E0107", "E0109", "E0118", "E0124", "E0123", "E0111", "E0122", "E0112"
        ]
    );
}

#[test]
fn what_is_readable_survives_what_is_not() {
    let (file, _) = parse(
        "actor us\nparam = = 5 5\nactor iran\nplay { gain ! ! us 5\n end war }\noutcome war",
        0,
    );
    let read =
        |wanted: fn(&ItemKind) -> bool| file.items.iter().filter(|i| wanted(&i.kind)).count();
    assert_eq!(read(|k| matches!(k, ItemKind::Actor { .. })), 2);
    assert_eq!(read(|k| matches!(k, ItemKind::Outcome { .. })), 1);
    let ends = file.items.iter().any(|item| match &item.kind {
        ItemKind::Play(block) => {
            matches!(
                block.statements.last().map(|s| &s.kind),
                Some(StatementKind::End(_))
            )
        }
        _ => false,
    });
    assert!(ends);
}

#[test]
fn the_unclosed_brace_is_found_by_the_indentation() {
    let text = "play {\n    us chooses a {\n        b {\n            if x == y {\n                \
                gain us 1\n        }\n        c\n    }\n    end war\n}\nask \"x\" p(war)\n";
    let found = errors(text);
    assert_eq!(found.len(), 1, "{found:#?}");
    let brace = text.find("== y {").expect("the brace") + 5;
    assert_eq!(found[0].code, "E0113");
    assert_eq!(found[0].primary.0.range(), brace..brace + 1);
    let (file, _) = parse(text, 0);
    assert!(matches!(
        file.items.last().map(|i| &i.kind),
        Some(ItemKind::Ask { .. })
    ));
}

#[test]
fn an_unclosed_play_does_not_swallow_the_rest() {
    let text = "play {\n    gain us 1\n\nactor us\nexpect p(war) < 1\n";
    let found = told(text);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!((found[0].0, found[0].1), ("E0113", "{"));
    assert_eq!(parse(text, 0).0.items.len(), 3);
}

#[test]
fn queries_from_the_command_line_end_where_they_end() {
    let (_, found) = parse_expression("p(war) p(deal)", 0);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].message, "expected the end of the query, found `p`");
    let (_, found) = parse_expression("", 0);
    assert_eq!(
        found[0].message,
        "expected a number, a name or a formula, found the end of the file"
    );
}

#[test]
fn every_code_that_is_used_is_explained() {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/src/");
    let mut sources = vec![root.to_owned() + "lexer.rs", root.to_owned() + "parser.rs"];
    for folder in ["lexer", "parser"] {
        let files = std::fs::read_dir(format!("{root}{folder}")).expect("sources");
        sources.extend(files.map(|f| f.expect("a file").path().display().to_string()));
    }
    let mut used: Vec<String> = Vec::new();
    for path in sources {
        let source = std::fs::read_to_string(path).expect("a source file");
        for part in source.split("\"E01").skip(1) {
            used.push(format!("E01{}", &part[..2]));
        }
    }
    used.sort();
    used.dedup();
    let explained: Vec<_> = CODES.iter().map(|c| c.0).collect();
    assert_eq!(used, explained);
}
