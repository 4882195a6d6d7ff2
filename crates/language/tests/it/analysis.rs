//! What editors ask: which name stands for what, in sound and in broken texts.

use std::path::{Path, PathBuf};

use detente_language::analysis::{Analysis, Meaning, Mention, analyse};
use detente_language::source::NoFiles;
use detente_language::tokens::{
    CONCEPTS, DISTRIBUTIONS, ITEMS, JOINTS, RESERVED, STATEMENTS, TokenKind, functions, tokens,
    unfit_name,
};

/// The scenarios that come with the program, each with its text.
fn scenarios() -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios");
    let mut found = Vec::new();
    for folder in [root.clone(), root.join("library")] {
        for entry in std::fs::read_dir(folder).expect("scenarios").flatten() {
            let path = entry.path();
            if path.extension().is_some_and(|e| e == "detente") {
                let text = std::fs::read_to_string(&path).expect("a text");
                found.push((path, text));
            }
        }
    }
    found.sort();
    assert!(found.len() > 15, "the library is there");
    found
}

fn alone(text: &str) -> Analysis {
    analyse("test", text, &NoFiles)
}

/// The mention of the `nth` place where `word` stands.
fn mention(analysis: &Analysis, word: &str, nth: usize) -> Mention {
    let text = analysis.sources.files()[0].text();
    let (at, _) = text.match_indices(word).nth(nth).expect("the word");
    let found = analysis.mention_at(0, u32::try_from(at).expect("small"));
    found.unwrap_or_else(|| panic!("`{word}` {nth} means something"))
}

/// The name of what is meant, from the draft.
fn name_of(analysis: &Analysis, meaning: Meaning) -> Option<String> {
    use detente_language::scenario::Domain;
    let draft = &analysis.draft;
    Some(match meaning {
        Meaning::Actor(id) => draft.actors[id.index()].id.clone(),
        Meaning::Param(id) => draft.parameters[id.index()].id.clone(),
        Meaning::Let(id) => draft.lets[id.index()].id.clone(),
        Meaning::Function(id) => draft.functions[id.index()].id.clone(),
        Meaning::Outcome(id) => draft.outcomes[id.index()].id.clone(),
        Meaning::State(id) => draft.states[id.index()].id.clone(),
        Meaning::Issue(id) => draft.issues[id.index()].name.id.clone(),
        Meaning::Scale(id) => draft.scales[id.index()].name.id.clone(),
        Meaning::Stakeholder(id) => draft.stakeholders[id.index()].name.id.clone(),
        Meaning::ConflictOption(id) => draft.conflict.options[id.index()].name.id.clone(),
        Meaning::Situation(id) => draft.conflict.situations[id.index()].name.id.clone(),
        Meaning::Package(id) => draft.packages[id.index()].name.id.clone(),
        Meaning::Variable(id) => draft.variables[id.index()].id.clone(),
        Meaning::Option(id, at) => match &draft.variables[id.index()].domain {
            Domain::Symbols(options) => draft.symbols[options[at as usize].0.index()].clone(),
            Domain::Numbers => panic!("numbers have no names"),
        },
        Meaning::IssueOption(id, at) => draft.issues[id.index()].options[at as usize].id.clone(),
        Meaning::Symbol(id) => draft.symbols[id.index()].clone(),
        Meaning::Argument(..) | Meaning::Bound(_) => return None,
        Meaning::Block(id) => draft.blocks[id.index()].name.id.clone(),
        Meaning::Index(id) => draft.repeats[id.index()].index.clone()?,
        Meaning::Builtin(name) => name.to_owned(),
    })
}

#[test]
fn every_name_of_every_scenario_stands_for_something() {
    for (path, text) in scenarios() {
        let analysis = alone(&text);
        if analysis.has_errors() {
            // A scenario that includes files cannot stand alone.
            assert!(text.contains("\nuse "), "{}", path.display());
            continue;
        }
        let (tokens, _) = tokens(&text);
        for token in tokens.iter().filter(|t| t.kind == TokenKind::Name) {
            let word = &text[token.start as usize..token.end as usize];
            let here = analysis.mention_at(0, token.start);
            let meant = here.is_some_and(|m| m.span.start == token.start);
            let outcome = &["outcome"][..];
            let language = [
                ITEMS,
                STATEMENTS,
                JOINTS,
                CONCEPTS,
                outcome,
                &DISTRIBUTIONS[..],
            ]
            .iter()
            .any(|words| words.contains(&word));
            // What a table of plain numbers goes by is told to the reader only: here the index of a `repeat`.
            let label = text[..token.start as usize].ends_with(" by ");
            // So is a style: what it does is defined where negotiations are played out.
            let style = text[..token.start as usize].ends_with(" style ");
            assert!(
                meant || language || label || style,
                "{}: `{word}` at byte {} is neither a word of the language nor known",
                path.display(),
                token.start
            );
        }
        for mention in &analysis.mentions {
            let written = analysis.sources.text(mention.span);
            if let Some(name) = name_of(&analysis, mention.meaning) {
                assert_eq!(written, name, "{}: {mention:?}", path.display());
            }
        }
    }
}

const TEXT: &str = r#"
actor us
actor iran "Iran"
param cost = 20 in 5 .. 40 "a guess"
let double = 2 * cost
fn least(x, floor_) = max(x, floor_)
outcome war
outcome calm
state heat = 0
issue arms { keep, scrap }
package none_left { arms scrap }
value us { arms 3 { keep 0, scrap 1 } fallback 1 }
play {
    iran chooses reply { accept, reject, none_left }
    repeat 2 as round_ {
        us chooses next { accept, wait }
        if reply == accept and next == accept { set heat = heat + round_ }
    }
    show reply to us
    if reply in { reject, none_left } { gain us -cost, iran least(double, 3); end war }
    end calm
}
ask "?" p(war given reply@1 == accept)
"#;

#[test]
fn names_mean_what_the_checker_makes_of_them() {
    let analysis = alone(TEXT);
    let errors: Vec<_> = analysis.diagnostics.iter().map(|d| d.code).collect();
    assert!(!analysis.has_errors(), "{errors:?}");
    let meaning = |word, nth| mention(&analysis, word, nth).meaning;
    assert_eq!(meaning("accept", 0), meaning("accept", 2), "reply's own");
    assert_eq!(meaning("accept", 1), meaning("accept", 3), "next's own");
    assert_ne!(meaning("accept", 0), meaning("accept", 1));
    assert_eq!(meaning("accept", 0), meaning("accept", 4), "in a query too");
    let package = meaning("none_left", 0);
    assert!(matches!(package, Meaning::Package(_)));
    assert_eq!(analysis.mentions_of(package).count(), 3, "as option too");
    assert!(matches!(meaning("scrap", 1), Meaning::IssueOption(_, 1)));
    assert_eq!(meaning("floor_", 0), meaning("floor_", 1));
    assert!(matches!(meaning("max", 0), Meaning::Builtin("max")));
    assert!(matches!(meaning("round_", 1), Meaning::Index(_)));
    let heat: Vec<bool> = analysis
        .mentions_of(meaning("heat", 0))
        .map(|m| m.declares)
        .collect();
    assert_eq!(heat, [true, false, false]);
    let compared = alone(&TEXT.replace("reply == accept", "reply == next"));
    assert_eq!(compared.compared.len(), 1, "their options go together");
}

#[test]
fn what_is_sound_keeps_its_meaning_and_its_value_in_a_broken_text() {
    let broken = TEXT
        .replace("let double = 2 * cost", "let double = 2 * cost\nlet bad = 3 * \nlet worse = bad + 1\nlet worst = if nonsense then 1 else 2")
        .replace("show reply to us", "show reply to us\n    if reply == ");
    let analysis = alone(&broken);
    assert!(analysis.has_errors());
    let values = analysis.values().expect("values");
    let value = |name: &str| {
        let found = analysis.draft.lets.iter().find(|l| l.id == name);
        values.of(&found.expect("declared").body)
    };
    assert_eq!(value("double"), Some(40.0));
    assert_eq!(value("bad"), None);
    assert_eq!(value("worse"), None, "it uses what is broken");
    assert_eq!(value("worst"), None);
    assert!(matches!(
        mention(&analysis, "cost", 1).meaning,
        Meaning::Param(_)
    ));
    assert!(matches!(
        mention(&analysis, "calm", 1).meaning,
        Meaning::Outcome(_)
    ));
}

#[test]
fn parameters_that_are_broken_do_not_take_the_others_along() {
    let analysis = alone("param a = 3\nparam b = a + nothing\nparam c = 2 * a\nparam d = d\n");
    let values = analysis.values().expect("values");
    let all: Vec<Option<f64>> = analysis
        .draft
        .parameters
        .iter()
        .map(|p| values.of(&p.value))
        .collect();
    assert_eq!(all, [Some(3.0), None, Some(6.0), None]);
}

/// Names from the parser's own text, so that a word added there is not forgotten here (and with that in the
/// colouring and the completion of editors, which are tested against these lists).
#[test]
fn every_word_that_the_parser_asks_for_is_listed() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/parser");
    let mut found = 0;
    let files = std::fs::read_dir(folder).expect("the parser").flatten();
    for text in files.map(|f| std::fs::read_to_string(f.path()).expect("a text")) {
        for opening in [
            "eat_word(\"",
            "expect_word(\"",
            "word(0) == \"",
            "word(1) == \"",
        ] {
            for (at, _) in text.match_indices(opening) {
                let rest = &text[at + opening.len()..];
                let word = &rest[..rest.find('"').expect("closed")];
                if word == "times" {
                    continue; // Asked for only to say that it is too much.
                }
                let lists = [ITEMS, STATEMENTS, JOINTS, RESERVED];
                assert!(
                    lists.iter().any(|list| list.contains(&word)),
                    "the parser asks for `{word}`, which no list of words holds"
                );
                found += 1;
            }
        }
    }
    assert!(
        found >= 8,
        "only {found} words found: has the parser changed its ways?"
    );
    for word in RESERVED {
        assert!(tokens(word).0[0].kind.reserved(), "{word}");
    }
}

#[test]
fn unfit_names_are_told_why() {
    for word in [
        "play", "chooses", "and", "max", "outcome", "a b", "3rd", "", "a-b", "a#b", " a", "\"a\"",
    ] {
        assert!(unfit_name(word).is_some(), "`{word}` is unfit");
    }
    for word in ["war", "_x", "größe", "p1"] {
        assert_eq!(unfit_name(word), None);
    }
    assert!(functions().any(|f| f.name == "p" && f.query));
    assert!(functions().any(|f| f.name == "max" && !f.query));
}

/// While a line is being typed, what stands below it is still known.
#[test]
fn an_unfinished_line_does_not_swallow_the_next() {
    let text = "actor us\noutcome end_\nlet a = 3 *\nlet b = 4\nplay {\n    gain us \n    us chooses x { y, z }\n    set t = 3 +\n    set s = 3 +\n    us chooses w { v }\n    end end_\n}\nparam c =\nparam d = 2\nask \"?\" p(x == \nparam e = 1\nask \"!\" p(w == v)\n";
    let analysis = alone(text);
    for word in ["b", "d", "e"] {
        assert!(
            analysis.draft.lets.iter().any(|l| l.id == word)
                || analysis.draft.parameters.iter().any(|p| p.id == word),
            "{word}"
        );
    }
    assert_eq!(analysis.draft.variables.len(), 2);
    assert_eq!(analysis.draft.asks.len(), 2);
}
