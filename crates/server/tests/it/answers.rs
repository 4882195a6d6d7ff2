//! Answers: the same as the line's, in turn, stopped when nobody waits.

use std::path::Path;

use detente_language::source::NoFiles;
use detente_line::Story;
use detente_line::numbers::bound;
use detente_line::whole::{How, Told, Wanted, findings};
use detente_server::Options;
use serde_json::{Value, json};

use crate::client::{Running, library};

/// What the line says of a scenario of the library, as `detente run` asks it.
fn line(name: &str, doubt: bool, others: Option<usize>) -> detente_findings::model::Findings {
    let path = format!("{name}.detente");
    let story = Story::told(Path::new(&path), library(name), &NoFiles).unwrap();
    let settings = bound(&story, &[]).unwrap();
    let told = Told {
        story: &story,
        pinned: &[],
        settings: &settings,
    };
    let how = How {
        precision: None,
        tolerance: 1e-4,
        raw_payoffs: false,
        max_nodes: 20_000_000,
        memory: None,
        time_limit: None,
        threads: Some(1),
    };
    let wanted = Wanted {
        asked: Vec::new(),
        doubt: doubt.then_some(None),
        others,
        seed: 1,
    };
    findings(told, &how, &wanted, &|_, _, _, _| true).unwrap()
}

fn untimed(mut value: Value) -> Value {
    value["seconds"] = json!(0.0);
    value
}

#[test]
fn the_page_gets_the_line_s_findings_and_the_report_s_sections() {
    let server = Running::new();
    let body = json!({ "text": library("chicken"), "name": "library/chicken" });
    for _ in 0..2 {
        let answer = server.post("/solve", &body);
        assert_eq!(answer.header("content-type"), Some("text/event-stream"));
        let events = answer.events();
        let [(name, told)] = events.as_slice() else {
            panic!("{}", answer.body)
        };
        assert_eq!(name, "answer");
        let expected = line("chicken", false, Some(0));
        let value = serde_json::to_value(&expected).unwrap();
        assert_eq!(untimed(told["findings"].clone()), untimed(value));
        let sections = detente_report::sections(&expected);
        let ids: Vec<&str> = sections.iter().map(|section| section.id).collect();
        let served: Vec<&str> = told["sections"]
            .as_array()
            .unwrap()
            .iter()
            .map(|section| section["id"].as_str().unwrap())
            .collect();
        assert_eq!(served, ids);
        assert!(
            !told["sections"].to_string().contains(" style="),
            "the page's policy forbids styles in text"
        );
        assert_eq!(told["stopped"], Value::Null);
    }
}

#[test]
fn the_report_is_that_of_detente_run() {
    let server = Running::new();
    let body = json!({ "text": library("chicken"), "name": "library/chicken", "doubt": false });
    let served = server.post("/report", &body);
    assert_eq!(
        (served.status, served.header("content-type")),
        (200, Some("text/html; charset=utf-8"))
    );
    let mut expected = line("chicken", false, None);
    // Time is all that differs between two runs: of the search for other equilibria, and of all before it.
    let times = served.body.split("\"seconds\":").skip(1);
    let times = times.map(|rest| rest.split([',', '}']).next().unwrap().parse().unwrap());
    let times: Vec<f64> = times.collect();
    expected.equilibria.as_mut().unwrap().searched.seconds = times[0];
    expected.seconds = times[1];
    assert!(
        served.body == detente_report::html(&expected).unwrap(),
        "not the same page"
    );
}

#[test]
fn numbers_that_are_set_change_the_answer_and_unknown_ones_are_refused() {
    let server = Running::new();
    let text = "param x = 1 in 0 .. 9\nactor a\noutcome left { a x }\noutcome right { a 5 }\n\
        play {\n a chooses move { go, stay }\n if move == go { end left }\n end right\n}\n";
    let ending = |numbers: Value| {
        let answer = server.post("/solve", &json!({ "text": text, "numbers": numbers }));
        let events = answer.events();
        events.last().unwrap().1["findings"]["endings"][0]["probability"]
            .as_f64()
            .unwrap()
    };
    assert!(ending(json!({})) < 0.01);
    assert!(ending(json!({ "x": 8 })) > 0.99);
    let refused = server
        .post("/solve", &json!({ "text": text, "numbers": { "y": 8 } }))
        .events();
    let [(name, why)] = refused.as_slice() else {
        panic!()
    };
    assert_eq!(
        (name.as_str(), why["error"]["code"].as_str()),
        ("failed", Some("scenario"))
    );
    let broken = server
        .post(
            "/solve",
            &json!({ "text": "actor a\nplay { end nowhere }\n" }),
        )
        .events();
    let why = &broken[0].1["error"];
    assert_eq!(why["diagnostics"][0]["severity"], "error", "{why}");
}

/// A game that nobody can expand: 20 rounds of 30 options.
const EXPLODING: &str = "actor a\nactor b\noutcome e { a 1 }\nplay {\n repeat 20 {\n  a chooses x in 1 .. 30 step 1\n  b chooses y in 1 .. 30 step 1\n }\n end e\n}\n";

#[test]
fn a_scenario_that_explodes_costs_its_author_an_error() {
    let options = Options {
        host: Some("127.0.0.1".to_owned()),
        token: Some("token".to_owned()),
        ..Options::default()
    };
    let server = Running::with(options, tempfile::tempdir().unwrap());
    let body = json!({ "text": EXPLODING }).to_string();
    let ask = |path: &str| {
        let lines = [
            ("authorization", "Bearer token"),
            ("content-type", "application/json"),
        ];
        server.ask("POST", path, &lines, &body)
    };
    let events = ask("/api/v1/solve").events();
    let (name, why) = events.last().unwrap();
    assert_eq!(
        (name.as_str(), why["error"]["code"].as_str()),
        ("failed", Some("limit")),
        "{why}"
    );
    assert_eq!(ask("/api/v1/report").code(), "limit");
}

#[test]
fn a_newer_request_in_a_slot_stops_the_older() {
    let server = Running::new();
    let long =
        json!({ "text": library("us-iran-2025"), "name": "library/us-iran-2025" }).to_string();
    let head = [
        ("content-type", "application/json"),
        ("detente-slot", "me/answer"),
    ];
    let mut older = server.begin("POST", "/api/v1/solve", &head, &long);
    // It is begun once it has said something.
    let mut first = [0; 1];
    std::io::Read::read_exact(&mut older, &mut first).unwrap();
    let short = json!({ "text": library("chicken"), "name": "library/chicken" }).to_string();
    let newer = server.ask("POST", "/api/v1/solve", &head, &short);
    assert_eq!(newer.events().last().unwrap().0, "answer");
    let mut rest = String::new();
    std::io::Read::read_to_string(&mut older, &mut rest).unwrap();
    assert!(
        rest.contains("event: failed") && rest.contains("\"cancelled\""),
        "{rest}"
    );
    assert!(!rest.contains("event: answer"));
}

#[test]
fn the_tree_tells_who_knows_what() {
    let server = Running::new();
    let ask = |more: Value| {
        let mut body = json!({ "text": library("kuhn-poker"), "name": "library/kuhn-poker" });
        for (name, value) in more.as_object().unwrap() {
            body[name] = value.clone();
        }
        server.post("/tree", &body)
    };
    let root = ask(json!({})).json();
    assert_eq!(
        (root["node"]["id"].as_u64(), root["node"]["kind"].as_str()),
        (Some(0), Some("draw"))
    );
    assert_eq!(root["node"]["reach"], 1.0);
    let options = root["node"]["options"].as_array().unwrap();
    let sum: f64 = options
        .iter()
        .map(|option| option["probability"].as_f64().unwrap())
        .sum();
    assert!((sum - 1.0).abs() < 1e-9);
    // Down to the first decision, whose maker does not know the other's card.
    let mut node = root;
    while node["node"]["kind"] != "decision" {
        let child = node["node"]["options"][0]["child"].clone();
        node = ask(json!({ "node": child })).json();
    }
    let set = &node["node"]["set"];
    assert!(
        set["size"].as_u64().unwrap() > 1 && !set["hidden"].as_array().unwrap().is_empty(),
        "{set}"
    );
    let beliefs: f64 = set["histories"]
        .as_array()
        .unwrap()
        .iter()
        .map(|history| history["belief"].as_f64().unwrap())
        .sum();
    assert!((beliefs - 1.0).abs() < 1e-9);
    // The same set by its number, at another of its histories.
    let other = set["histories"][1]["node"].clone();
    assert_eq!(
        ask(json!({ "node": other })).json()["node"]["set"]["id"],
        set["id"]
    );
    assert_eq!(
        ask(json!({ "set": set["id"] })).json()["node"]["set"]["id"],
        set["id"]
    );
    // Every option is worth to its chooser what its values and beliefs say.
    let folded = ask(json!({ "limit": 1 })).json();
    let shown = folded["node"]["options"][0]["probability"]
        .as_f64()
        .unwrap();
    assert!((folded["node"]["folded"]["probability"].as_f64().unwrap() + shown - 1.0).abs() < 1e-9);
    assert_eq!(ask(json!({ "node": 4_000_000 })).status, 404);
    assert_eq!(ask(json!({ "set": 4_000_000 })).status, 404);
}
