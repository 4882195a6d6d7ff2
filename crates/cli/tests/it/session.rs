//! `detente session` and `detente tournament`: what is agreed, how it is told, bad input.

use std::fs;

use serde_json::Value;

use crate::{Ran, detente_in};

const STORY: &str = r#"scenario "Two pies"
actor us "United States"
actor iran "Iran"
issue cap "Cap" { none "none", half "half", full "full" }
issue oil "Oil" { none "none", half "half", full "full" }
value us { cap 0.8 { none 0, half 0.5, full 1 }, oil 0.2 { none 1, half 0.5, full 0 }, fallback 0.3 }
value iran { cap 0.2 { none 1, half 0.5, full 0 }, oil 0.8 { none 0, half 0.5, full 1 }, fallback 0.3 }
"#;

fn on_story(args: &[&str]) -> Ran {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("pies.detente"), STORY).unwrap();
    detente_in(folder.path(), &[args, &["--on", "pies.detente"]].concat())
}

fn object(ran: &Ran) -> Value {
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    serde_json::from_str(&ran.out).unwrap()
}

#[test]
fn cautious_parties_end_at_the_largest_product() {
    let found = object(&on_story(&["session", "cautious", "cautious", "--json"]));
    assert_eq!(found["end"], "agreement");
    assert_eq!(
        found["agreement"]["outcome"],
        serde_json::json!(["full", "full"])
    );
    assert_eq!(found["agreement"]["on_frontier"], true);
    assert_eq!(found["agreement"]["values"], serde_json::json!([0.8, 0.8]));
    let trace = found["trace"].as_array().unwrap();
    assert_eq!(trace.last().unwrap()["act"], "accept");
}

#[test]
fn a_blunt_party_leaves_a_patient_one() {
    let ran = on_story(&["session", "blunt", "patient"]);
    assert_eq!(ran.code, 0);
    assert!(
        ran.out
            .contains("us leaves in round 2. A deal that all could accept was left on the table."),
        "{}",
        ran.out
    );
    let found = object(&on_story(&[
        "session", "blunt", "patient", "--json", "--opener", "iran",
    ]));
    assert_eq!(
        (&found["end"], &found["left"]),
        (&"left".into(), &"us".into())
    );
    assert_eq!(found["payoffs"], serde_json::json!([0.3, 0.3]));
}

#[test]
fn a_tournament_of_styles() {
    let found = object(&on_story(&[
        "tournament",
        "blunt",
        "stepwise",
        "patient",
        "--json",
    ]));
    let all = &found["tournament"]["all"];
    // Nine pairings, each opened by either side, each counted from both seats.
    assert_eq!(all["seats"], 36);
    assert!(all["left_on_the_table"].as_u64().unwrap() > 0);
    let ran = on_story(&[
        "tournament",
        "blunt",
        "stepwise",
        "patient",
        "--rounds",
        "30",
    ]);
    assert_eq!(ran.code, 0);
    assert!(ran.out.contains("blunt with blunt"), "{}", ran.out);
}

#[test]
fn mistakes_are_told() {
    for (args, words) in [
        (
            &["session", "rude", "patient"][..],
            "no bargaining style is called `rude`",
        ),
        (
            &["session", "patient"][..],
            "1 styles are given for 2 parties (us, iran)",
        ),
        (
            &["session", "patient", "eager", "--rounds", "0"][..],
            "the number of rounds is 0",
        ),
        (
            &["session", "patient", "eager", "--opener", "china"][..],
            "no party is called `china`",
        ),
        (&["tournament", "--parties", "us"][..], "at least 2 parties"),
    ] {
        let ran = on_story(args);
        assert_eq!(ran.code, 2, "{args:?}");
        assert!(ran.err.contains(words), "{args:?}: {}", ran.err);
    }
}
