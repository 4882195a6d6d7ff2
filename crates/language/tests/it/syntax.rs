//! Reading: every construct, recovery from errors, hostile input.

mod constructs;
pub mod generated;
mod nasty;
mod recovery;
mod reference;

use detente_language::ast::{Expr, File, Item, ItemKind, Statement};
use detente_language::diagnostic::Diagnostic;
use detente_language::parser::{parse, parse_expression};

/// The tree of a text that must have no error.
fn sound(text: &str) -> File {
    let (file, diagnostics) = parse(text, 0);
    assert_eq!(diagnostics, [], "in {text}");
    file
}

fn items(text: &str) -> Vec<ItemKind> {
    sound(text)
        .items
        .into_iter()
        .map(|item| item.kind)
        .collect()
}

/// The statements of a play that must have no error.
fn statements(text: &str) -> Vec<Statement> {
    let file = sound(&format!("play {{ {text} }}"));
    match file.items.into_iter().next() {
        Some(Item {
            kind: ItemKind::Play(block),
            ..
        }) => block.statements,
        other => panic!("no play but {other:?}"),
    }
}

fn expression(text: &str) -> Expr {
    let (expr, diagnostics) = parse_expression(text, 0);
    assert_eq!(diagnostics, [], "in {text}");
    expr
}

fn errors(text: &str) -> Vec<Diagnostic> {
    parse(text, 0).1
}

/// Code, underlined text and message of every error.
fn told(text: &str) -> Vec<(&'static str, &str, String)> {
    let tell = |d: Diagnostic| (d.code, &text[d.primary.0.range()], d.message);
    errors(text).into_iter().map(tell).collect()
}

/// A tree without its places, to compare what two texts mean.
pub fn meaning(file: &File) -> String {
    let tree = format!("{:?}", file.items);
    let mut parts = tree.split("Span { file: ");
    let mut bare = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        bare.push_str(part.split_once('}').map_or(part, |(_, rest)| rest));
    }
    bare
}
