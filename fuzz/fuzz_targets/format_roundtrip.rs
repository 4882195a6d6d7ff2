//! A formatted text means what it meant, keeps its comments, and is not changed by formatting it again.

#![no_main]

use detente_language::ast::File;
use detente_language::format::format;
use detente_language::parser::parse;
use libfuzzer_sys::fuzz_target;

/// The tree without its places.
fn meaning(file: &File) -> String {
    let tree = format!("{:?}", file.items);
    let mut parts = tree.split("Span { file: ");
    let mut bare = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        bare.push_str(part.split_once('}').map_or(part, |(_, rest)| rest));
    }
    bare
}

fn comments(file: &File) -> Vec<&str> {
    let mut texts: Vec<&str> = file.comments.iter().map(|c| c.text.as_str()).collect();
    texts.sort_unstable();
    texts
}

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let Ok(once) = format(&text) else {
        return;
    };
    let (before, _) = parse(&text, 0);
    let (after, diagnostics) = parse(&once, 0);
    assert!(diagnostics.is_empty(), "{diagnostics:?}\n{once}");
    assert_eq!(meaning(&before), meaning(&after), "{once}");
    assert_eq!(comments(&before), comments(&after), "{once}");
    assert_eq!(format(&once).as_deref(), Ok(once.as_str()));
});
