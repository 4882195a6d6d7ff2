//! `detente graph`, and `expect stable` in `detente test`: scenarios, packages, published conflicts, bad input.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::{Ran, detente, detente_in, scenarios};

/// The example of the book: Elmira (Hipel, Fang, Kilgour and Haight 1993).
fn elmira() -> String {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/src/conflict-graphs.md");
    let page = fs::read_to_string(page).unwrap();
    let start = page.find("```detente\nscenario \"Elmira\"").unwrap() + "```detente\n".len();
    let end = page[start..].find("```").unwrap();
    page[start..start + end].to_owned()
}

fn with(text: &str, command: &[&str]) -> Ran {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("s.detente"), text).unwrap();
    detente_in(folder.path(), command)
}

fn object(ran: &Ran) -> Value {
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    serde_json::from_str(&ran.out).unwrap()
}

fn equilibria(found: &Value, concept: &str) -> Vec<u64> {
    let answers = found["answers"].as_array().unwrap();
    let answer = answers.iter().find(|a| a["name"] == concept).unwrap();
    let states = answer["equilibria"].as_array().unwrap();
    states.iter().map(|n| n.as_u64().unwrap()).collect()
}

#[test]
fn the_book_s_example_has_the_published_equilibria() {
    let text = elmira();
    let found = object(&with(&text, &["graph", "s.detente", "--json"]));
    assert_eq!(equilibria(&found, "Nash"), [5, 6, 7, 10, 11, 12]);
    assert_eq!(equilibria(&found, "sequential"), [5, 6, 7, 10, 11, 12]);
    let smr = equilibria(&found, "symmetric metarational");
    assert_eq!(smr, [1, 4, 5, 6, 7, 10, 11, 12]);
    assert_eq!(found["today"], 1);
    let together = found["alliance"]["departures"].as_array().unwrap();
    let way = &together[0];
    assert_eq!(
        (way["from"].as_u64(), way["to"].as_u64()),
        (Some(7), Some(10))
    );
    assert_eq!(way["members"], serde_json::json!(["Ministry", "Company"]));

    let block = [
        "graph",
        "s.detente",
        "--json",
        "--coalitions",
        "ministry+company",
    ];
    let found = object(&with(&text, &block));
    let nash = &found["alliance"]["equilibria"][0];
    assert_eq!(nash, &serde_json::json!(["Nash", [5, 6, 9, 10, 11, 12]]));

    let tested = with(&text, &["test", "s.detente"]);
    assert_eq!(tested.code, 0, "{}", tested.out);
    assert!(tested.out.contains("3 passed, 0 failed"), "{}", tested.out);
    let formatted = with(&text, &["fmt", "--check", "s.detente"]);
    assert_eq!(formatted.code, 0, "{}{}", formatted.out, formatted.err);
}

#[test]
fn the_screen_tells_what_lasts_and_why_and_the_page_is_written() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("s.detente"), elmira()).unwrap();
    let command = [
        "graph",
        "s.detente",
        "--state",
        "deadlock",
        "--goal",
        "agreed",
        "--horizon",
        "2",
    ];
    let ran = detente_in(folder.path(), &command);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{}", ran.out);
    for words in [
        "Together, Ministry and Company would go from the deadlock (state 7)",
        "Why the deadlock (state 7) lasts, or not",
        "limited-move with horizon 2",
        "How it may get there",
        "What would have to change for a modified order accepted (state 10)",
        "lasts as it is",
    ] {
        assert!(ran.out.contains(words), "{words}: {}", ran.out);
    }
    assert!(
        ran.out.lines().all(|line| line.chars().count() <= 100),
        "{}",
        ran.out
    );
    let page = fs::read_to_string(folder.path().join("findings/s/graph.html")).unwrap();
    assert!(page.contains("Elmira") && page.contains("id=\"why\""));
}

#[test]
fn a_failing_expectation_says_what_speaks_against_it() {
    let text = elmira().replace("expect unstable deadlock", "expect stable deadlock");
    let ran = with(&text, &["test", "s.detente"]);
    assert_eq!(ran.code, 1, "{}", ran.out);
    assert!(
        ran.out.contains("the deadlock is not Nash stable"),
        "{}",
        ran.out
    );
    assert!(ran.out.contains("2 passed, 1 failed"), "{}", ran.out);
}

#[test]
fn the_play_knows_nothing_of_the_conflict() {
    let text =
        fs::read_to_string(scenarios().join("library/cuban-missile-crisis.detente")).unwrap();
    let (play, _) = text.split_once("# The same crisis in option form").unwrap();
    let ask = |text: &str| with(text, &["ask", "s.detente", "p(trade)", "p(war)"]).out;
    assert_eq!(ask(play), ask(&text));
}

#[test]
fn misperceptions_change_what_lasts() {
    // Each would answer talks with talks; one believes that the other would not.
    let text = "scenario \"Talks\"\nactor us\nactor iran\noption talk of us\noption yield of iran\n\
        prefers us { yield iff talk; talk }\nprefers iran { yield iff talk; yield }\n\
        perceives iran { prefers us { not talk } }\n";
    let found = object(&with(
        text,
        &["graph", "s.detente", "--json", "--concept", "nash"],
    ));
    let seen = &found["perceived"][0];
    assert_eq!(seen["equilibria"], serde_json::json!([1, 4]));
    assert_eq!(seen["steady"], serde_json::json!([1]));
    assert_eq!(seen["expected"][1], serde_json::json!([1]));
    let unseen = text.replace("prefers us { not talk }", "unseen talk");
    let found = object(&with(
        &unseen,
        &["graph", "s.detente", "--json", "--concept", "nash"],
    ));
    assert_eq!(
        found["perceived"][0]["expected"][1],
        serde_json::json!([1, 2])
    );
}

#[test]
fn unknown_and_strong_preferences_are_read_in_every_way() {
    let text = "scenario \"Doubt\"\nactor us\nactor iran\noption press of us\noption dash of iran\n\
        prefers us { strongly not dash; unknown press }\nprefers iran { not press; dash }\n";
    let found = object(&with(text, &["graph", "s.detente", "--json"]));
    assert_eq!(found["extensions"].as_array().unwrap().len(), 4);
    assert_eq!(found["reading"], "unknown-a");
    let told = object(&with(
        text,
        &["graph", "s.detente", "--json", "--unknown", "d"],
    ));
    assert_eq!(told["reading"], "unknown-d");
    assert_eq!(equilibria(&found, "Nash"), Vec::<u64>::new());
    assert_eq!(equilibria(&told, "Nash"), [3, 4]);
    let known = text.replace("unknown press", "press");
    let found = object(&with(&known, &["graph", "s.detente", "--json"]));
    assert!(found["answers"][0]["strong"].is_array());
}

#[test]
fn packages_are_a_graph_too() {
    let text = "scenario \"Two\"\nactor a\nactor b\nissue x { low, high }\nissue y { low, high }\n\
        value a { x 1 { low 0, high 1 } fallback 0.5 }\nvalue b { y 1 { low 0, high 1 } fallback 0.5 }\n\
        package good { x high, y high }\npackage bad { x low, y low }\n";
    let found = object(&with(text, &["graph", "s.detente", "--json"]));
    // Nobody gets from no agreement to one alone; a coalition does.
    let nash = equilibria(&found, "Nash");
    assert!(nash.contains(&1), "{nash:?}");
    let together = &found["alliance"]["equilibria"][0][1];
    let good = |state: &&Value| state["words"] == "agreement on “good”";
    let number = found["states"]
        .as_array()
        .unwrap()
        .iter()
        .find(good)
        .unwrap()["number"]
        .clone();
    assert!(together.as_array().unwrap().contains(&number), "{together}");
    assert!(
        !together.as_array().unwrap().contains(&1.into()),
        "{together}"
    );
}

#[test]
fn published_conflicts_are_read() {
    let file =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/cases/gmcr/conflicts.json");
    if !file.exists() {
        println!("skipped: {} is not here", file.display());
        return;
    }
    let file = file.to_str().unwrap();
    let ran = detente(&["graph", file, "--conflict", "cuban", "--json"]);
    let found = object(&ran);
    assert_eq!(equilibria(&found, "Nash"), [6]);
    assert_eq!(equilibria(&found, "sequential"), [5, 6, 7]);
    // The library's scenario tells the same conflict by statements.
    let told = object(&detente(&["graph", "cuban-missile-crisis", "--json"]));
    assert_eq!(told["answers"], found["answers"]);
    let places = |found: &Value| -> Vec<Value> {
        let states = found["states"].as_array().unwrap();
        states.iter().map(|s| s["places"].clone()).collect()
    };
    assert_eq!(places(&told), places(&found));
    let several = detente(&["graph", file]);
    assert!(several.err.contains("--conflict NAME"), "{}", several.err);
}

#[test]
fn bad_input_is_told() {
    let text = elmira();
    for (more, words) in [
        (
            &["--state", "nowhere"][..],
            "there are: start, deadlock, agreed, modify",
        ),
        (&["--state", "13"], "numbered from 1 to 12"),
        (&["--state", "delay+accept"], "not feasible"),
        (&["--concept", "nahs"], "there are: nash"),
        (
            &["--coalitions", "ministry+nobody"],
            "there is no such actor",
        ),
        (&["--conflict", "Elmira"], "one conflict"),
        (
            &["--horizon", "0", "--concept", "limited:0"],
            "at least one move",
        ),
        (&["--set", "x=1"], "x"),
    ] {
        let ran = with(&text, &[&["graph", "s.detente"], more].concat());
        assert_eq!(ran.code, 2, "{more:?}: {}", ran.out);
        assert!(ran.err.contains(words), "{more:?}: {}", ran.err);
    }
    let nothing = with("scenario \"Empty\"\nactor us\n", &["graph", "s.detente"]);
    assert!(nothing.err.contains("no `option`"), "{}", nothing.err);
    let impossible = "actor us\noption a of us\ninfeasible true\nprefers us { a }\n";
    let ran = with(impossible, &["graph", "s.detente"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("state"), "{}", ran.err);
}
