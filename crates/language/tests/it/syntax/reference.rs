//! The language reference holds what it says.

use detente_language::check::load;
use detente_language::diagnostic::Severity;
use detente_language::parser::parse;
use detente_language::source::NoFiles;

const REFERENCE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/src/language.md");

/// The examples of the reference.
fn examples() -> Vec<String> {
    let text = std::fs::read_to_string(REFERENCE).expect("the reference");
    let parts = text.split("```detente\n").skip(1);
    let example = |part: &str| part.split("```").next().unwrap_or_default().to_owned();
    parts.map(example).collect()
}

#[test]
fn examples_of_the_reference_are_read() {
    let examples = examples();
    assert!(examples.len() > 15, "{}", examples.len());
    for example in examples {
        let declarations = parse(&example, 0).1;
        let statements = parse(&format!("play {{\n{example}\n}}"), 0).1;
        assert!(
            declarations.is_empty() || statements.is_empty(),
            "{example}\n{declarations:#?}\n{statements:#?}"
        );
    }
}

#[test]
fn whole_scenarios_of_the_reference_are_sound_and_formatted() {
    let whole = examples()
        .into_iter()
        .filter(|example| example.contains("\nplay {"));
    let mut count = 0;
    for example in whole {
        count += 1;
        let loaded = load("reference.detente", &example, &NoFiles);
        let errors = loaded
            .diagnostics
            .iter()
            .filter(|d| d.severity == Severity::Error);
        assert_eq!(errors.count(), 0, "{:#?}", loaded.diagnostics);
        assert_eq!(
            detente_language::format::format(&example).as_deref(),
            Ok(example.as_str())
        );
    }
    assert!(count > 0);
}
