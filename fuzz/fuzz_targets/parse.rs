//! Any bytes can be read: a tree and at most a page of errors, every one at a place of the text.

#![no_main]

use detente_language::parser;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let (file, diagnostics) = parser::parse(&text, 0);
    assert!(diagnostics.len() <= 51);
    for diagnostic in &diagnostics {
        let places = diagnostic.secondary.iter().map(|other| other.0);
        for place in places.chain([diagnostic.primary.0]) {
            assert!(text.get(place.range()).is_some(), "{diagnostic:?}");
        }
    }
    for item in &file.items {
        assert!(text.get(item.span.range()).is_some(), "{item:?}");
    }
    let (expr, _) = parser::parse_expression(&text, 0);
    assert!(text.get(expr.span.range()).is_some(), "{expr:?}");
});
