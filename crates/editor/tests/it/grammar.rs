//! The colouring of the VS Code extension: it knows the words of the language, all of them and no others.

use std::collections::BTreeSet;

use detente_language::tokens::{
    DISTRIBUTIONS, ITEMS, JOINTS, RESERVED, RULES, STATEMENTS, functions,
};
use serde_json::Value;

use crate::root;

fn grammar() -> Value {
    let path = root().join("editors/vscode/syntaxes/detente.tmLanguage.json");
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// All regular expressions in a grammar.
fn expressions(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(map) => {
            for (key, value) in map {
                match value.as_str() {
                    Some(text) if matches!(key.as_str(), "match" | "begin" | "end") => {
                        found.push(text.to_owned());
                    }
                    _ => expressions(value, found),
                }
            }
        }
        Value::Array(list) => list.iter().for_each(|value| expressions(value, found)),
        _ => {}
    }
}

/// Words of regular expressions: letters that are no escape and no class.
fn words(expressions: &[String]) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    for text in expressions {
        let plain = text
            .replace("\\p{L}", "")
            .replace("\\p{N}", "")
            .replace("[eE]", "");
        let mut word = String::new();
        let mut escaped = false;
        for c in plain.chars().chain([' ']) {
            if !escaped && (c.is_alphabetic() || c == '_' && !word.is_empty()) {
                word.push(c);
            } else if !word.is_empty() {
                all.insert(std::mem::take(&mut word));
            }
            escaped = c == '\\' && !escaped;
        }
    }
    // The class of escapes in texts.
    all.remove("n");
    all
}

#[test]
fn the_grammar_knows_the_words_of_the_language_and_no_others() {
    let mut found = Vec::new();
    expressions(&grammar(), &mut found);
    let coloured = words(&found);
    let mut language: BTreeSet<String> = [
        ITEMS,
        STATEMENTS,
        JOINTS,
        RESERVED,
        RULES,
        &DISTRIBUTIONS[..],
    ]
    .concat()
    .into_iter()
    .map(str::to_owned)
    .collect();
    language.extend(functions().map(|f| f.name.to_owned()));
    let missing: Vec<_> = language.difference(&coloured).collect();
    let strange: Vec<_> = coloured.difference(&language).collect();
    assert!(missing.is_empty(), "not in the grammar: {missing:?}");
    assert!(strange.is_empty(), "not in the language: {strange:?}");
}

#[test]
fn the_extension_names_files_that_are_there() {
    let folder = root().join("editors/vscode");
    let package = std::fs::read_to_string(folder.join("package.json")).unwrap();
    let package: Value = serde_json::from_str(&package).unwrap();
    let mut paths = vec![package["main"].as_str().unwrap().to_owned()];
    let contributes = &package["contributes"];
    for (list, key) in [
        ("languages", "configuration"),
        ("grammars", "path"),
        ("snippets", "path"),
    ] {
        let path = contributes[list][0][key].as_str().unwrap();
        paths.push(path.to_owned());
    }
    for path in paths {
        let text = std::fs::read_to_string(folder.join(&path));
        let text = text.unwrap_or_else(|error| panic!("{path}: {error}"));
        if path.ends_with(".json") {
            serde_json::from_str::<Value>(&text).unwrap();
        }
    }
    assert_eq!(
        contributes["grammars"][0]["scopeName"],
        grammar()["scopeName"]
    );
}

/// Snippets are scenarios that check, once their places are filled with what stands in them.
#[test]
fn the_snippet_of_a_whole_scenario_checks() {
    let path = root().join("editors/vscode/snippets/detente.json");
    let snippets: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let lines = snippets["New scenario"]["body"].as_array().unwrap();
    let lines: Vec<&str> = lines.iter().map(|l| l.as_str().unwrap()).collect();
    let text = filled(&lines.join("\n"));
    let analysis = crate::alone(&text);
    assert!(
        analysis.diagnostics.is_empty(),
        "{:?}\n{text}",
        analysis.diagnostics
    );
    for (name, snippet) in snippets.as_object().unwrap() {
        assert!(snippet["prefix"].is_string(), "{name}");
    }
}

/// A snippet with its places filled: `${1:us}` is `us`, `$0` is nothing.
fn filled(snippet: &str) -> String {
    let mut out = String::new();
    let mut rest = snippet;
    while let Some((before, after)) = rest.split_once("${") {
        out.push_str(before);
        let (place, after) = after.split_once('}').unwrap();
        out.push_str(place.split_once(':').unwrap().1);
        rest = after;
    }
    out.push_str(rest);
    out.replace("$0", "")
}
