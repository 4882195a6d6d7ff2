//! Whole scenarios through the checker.

use detente_language::check::{Loaded, load};
use detente_language::source::NoFiles;

/// The scenario by which the language is introduced.
const COVERT: &str = include_str!("cases/covert.detente");

fn check(text: &str) -> Loaded {
    load("test.detente", text, &NoFiles)
}

#[test]
fn the_introductory_scenario_is_sound() {
    let loaded = check(COVERT);
    assert_eq!(loaded.diagnostics, []);
    let scenario = loaded.scenario.expect("no errors");
    assert_eq!(scenario.title, "A covert programme");
    assert_eq!(scenario.actors[1].label, "Iran");
    assert_eq!(scenario.parameters.len(), 3);
    assert!(scenario.parameters[0].percent);
    assert_eq!(scenario.points.len(), 6);
    assert_eq!(
        scenario.asks[0].text,
        "p(programme == dash given approach == offer)"
    );
    assert_eq!(scenario.expects[0].text, "p(war) < 5 %");
}
