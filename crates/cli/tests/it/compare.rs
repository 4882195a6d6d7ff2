//! What differs between two scenarios or two settings.

use crate::{detente, detente_in, written};
use serde_json::Value;

const FIRST: &str = "scenario \"First\"\nactor us\nactor them\nparam cost = 20 in 5 .. 40 \"a guess\"\nparam gone = 1\noutcome deal\noutcome war\nplay {\n    us chooses move {\n        offer\n        strike { gain us -cost; end war }\n    }\n    them chooses reply { accept, refuse }\n    if reply == accept { gain us 5, them 5 }\n    end deal\n}\nask \"War?\" p(war)\n";

fn second() -> String {
    FIRST
        .replace("= 20 in 5 .. 40", "= 2 in 1 .. 40")
        .replace("param gone = 1\n", "")
        .replace("offer\n", "offer  # as before\n")
        .replace("-cost;", "30 - cost,   them -9;")
        .replace(
            "{ accept, refuse }",
            "{ accept, refuse, wait \"wait and see\" }",
        )
}

fn changes(args: &[&str]) -> Vec<Value> {
    let ran = detente(&[args, &["--json"]].concat());
    assert_eq!(ran.code, 0, "{}", ran.err);
    let found: Value = serde_json::from_str(&ran.out).unwrap();
    found["text"].as_array().unwrap().clone()
}

#[test]
fn changes_of_the_text_are_told_in_words() {
    let (_a, first) = written(FIRST);
    let (_b, other) = written(&second());
    let told: Vec<String> = changes(&["compare", &first, &other])
        .iter()
        .map(|change| {
            let word = |key: &str| change[key].as_str().unwrap_or("-").to_owned();
            let place: Vec<&str> = change["place"]
                .as_array()
                .unwrap()
                .iter()
                .filter_map(Value::as_str)
                .collect();
            format!(
                "{} {} [{}] {} -> {}",
                word("kind"),
                word("what"),
                place.join(", "),
                word("before"),
                word("after")
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            "removed param `gone` [] 1 -> -",
            "changed `cost` [] 20 -> 2",
            "changed range of `cost` [] 5 .. 40 -> 1 .. 40",
            "changed gain of us [after `move` = `strike`] -cost -> 30 - cost",
            "added gain of them [after `move` = `strike`] - -> -9",
            "added option `wait` of `reply` [] - -> \"wait and see\"",
        ]
    );
}

#[test]
fn layout_and_comments_are_no_change() {
    let (_a, first) = written(FIRST);
    let spread = FIRST
        .replace(" { ", " {\n  # a comment\n  ")
        .replace("; ", "\n");
    let (_b, other) = written(&spread);
    assert_eq!(changes(&["compare", &first, &other]), Vec::<Value>::new());
}

#[test]
fn answers_values_and_decisions_of_another_kind() {
    let (_a, first) = written(FIRST);
    let (_b, other) = written(&second());
    let ran = detente(&["compare", &first, &other, "--json"]);
    let found: Value = serde_json::from_str(&ran.out).unwrap();
    let answers = &found["answers"];
    let pair = |list: &str, at: usize| {
        ["first", "second"].map(|side| answers[list][at][side].as_f64().unwrap())
    };
    let [war, after] = pair("endings", 1);
    assert!(war < 1e-3 && after > 0.999, "{war}, {after}");
    let [us, after] = pair("actors", 0);
    assert!(
        (us - 5.0).abs() < 0.01 && (after - 28.0).abs() < 0.01,
        "{us}, {after}"
    );
    assert_eq!(answers["numbers"][0]["id"], "cost");
    let decision = &answers["decisions"][0];
    assert_eq!(decision["actor"], "us");
    assert_eq!(
        (&decision["first"][0][0], &decision["second"][0][0]),
        (&"offer".into(), &"strike".into())
    );
    let ran = detente(&["compare", &first, &other]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(
        ran.out.contains("range of `cost`") && ran.out.contains("B - A"),
        "{}",
        ran.out
    );
    assert!(
        ran.out.lines().all(|line| line.chars().count() <= 80),
        "{}",
        ran.out
    );
}

#[test]
fn one_scenario_under_two_settings() {
    let folder = tempfile::tempdir().unwrap();
    let ran = detente_in(
        folder.path(),
        &[
            "compare",
            "risk-return",
            "--against",
            "resolved=70%",
            "--svg",
            "a.svg",
        ],
    );
    assert_eq!(ran.code, 0, "{}", ran.err);
    for words in [
        "resolved = 0.7",
        "40 %  70 %",
        "nothing that plays a part",
        "85 %",
        "65 %",
    ] {
        assert!(
            ran.out.replace('\u{a0}', " ").contains(words),
            "{words}\n{}",
            ran.out
        );
    }
    let svg = std::fs::read_to_string(folder.path().join("a.svg")).unwrap();
    assert!(svg.starts_with("<svg") && svg.contains("War"));
    // `--set` holds for both, `--against` for the second alone, and there it wins.
    let ran = detente(&[
        "compare",
        "risk-return",
        "--set",
        "resolved=20%",
        "--against",
        "resolved=30%",
        "--ask",
        "p(war)",
        "--json",
    ]);
    let found: Value = serde_json::from_str(&ran.out).unwrap();
    let asks = found["answers"]["asks"].as_array().unwrap();
    let war = asks.iter().find(|ask| ask["id"] == "p(war)").unwrap();
    assert!((war["first"].as_f64().unwrap() - 0.2).abs() < 1e-3);
    assert!((war["second"].as_f64().unwrap() - 0.3).abs() < 1e-3);
}

#[test]
fn texts_alone_are_compared_without_solving() {
    let ran = detente(&[
        "compare",
        "hidden-build-up",
        "detection",
        "--text",
        "--json",
    ]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let found: Value = serde_json::from_str(&ran.out).unwrap();
    assert!(found["answers"].is_null());
    let new = found["text"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|c| c["kind"] == "added");
    let whats: Vec<&str> = new.filter_map(|c| c["what"].as_str()).collect();
    assert!(
        whats.contains(&"param `detection`") && whats.contains(&"chance `finding`"),
        "{whats:?}"
    );
}

#[test]
fn comparisons_that_make_no_sense() {
    for (args, says) in [
        (vec!["compare", "chicken"], "--against"),
        (vec!["compare", "chicken", "chiken"], "`chicken`"),
        (
            vec!["compare", "chicken", "--against", "crsh=4"],
            "did you mean `crash`",
        ),
        (
            vec!["compare", "chicken", "inspection", "--set", "nonsense=4"],
            "in either scenario",
        ),
        (
            vec![
                "compare",
                "chicken",
                "inspection",
                "--text",
                "--ask",
                "p(found)",
            ],
            "cannot be used",
        ),
    ] {
        let ran = detente(&args);
        assert_eq!(ran.code, 2, "{args:?}");
        assert!(ran.err.contains(says), "{args:?}: {}", ran.err);
    }
}
