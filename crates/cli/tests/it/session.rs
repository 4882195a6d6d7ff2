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
        ran.out.contains(
            "United States leaves in round 2. A deal that all could accept was left on the table."
        ),
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

/// Runs a command in a folder of its own and reads the page that it wrote.
fn page(story: &str, args: &[&str], file: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("pies.detente"), story).unwrap();
    let ran = detente_in(folder.path(), &[args, &["--on", "pies.detente"]].concat());
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    assert!(ran.out.contains(file), "{}", ran.out);
    fs::read_to_string(folder.path().join(file)).unwrap()
}

/// Every picture of a page parses and has a message.
fn pictures(html: &str) -> usize {
    let parts = html.split("<svg class=\"plane").skip(1);
    let pictures = parts.map(|part| {
        let svg = part.split("</svg>").next().unwrap();
        let alt = svg.split("aria-label=\"").nth(1).unwrap();
        assert!(alt.split('"').next().unwrap().len() > 30);
        for bad in ["NaN", "inf"] {
            assert!(!svg.contains(bad), "{svg}");
        }
    });
    pictures.count()
}

#[test]
fn a_session_has_a_page_with_its_offers() {
    let html = page(
        STORY,
        &["session", "patient", "eager", "--out", "o"],
        "o/session.html",
    );
    // A plane and two parties, each for a desk and for a phone.
    assert_eq!(pictures(&html), 6);
    assert!(html.contains("Agreement in round"));
    assert!(html.contains("class=\"agreement\""));
    assert_eq!(html.matches("class=\"way\"").count(), 4);
    assert!(html.contains("<h3><span class=\"key\""));
    // A file may be named; nobody agrees here.
    let html = page(
        STORY,
        &["session", "blunt", "patient", "--out", "x/y.html"],
        "x/y.html",
    );
    assert!(html.contains("left on the table"));
    assert!(!html.contains("class=\"agreement\""));
}

#[test]
fn three_parties_have_a_plane_for_each_pair_or_the_one_chosen() {
    let three = format!(
        "{STORY}actor gulf \"Gulf\"\nvalue gulf {{ cap 0.5 {{ none 0, half 0.5, full 1 }}, oil 0.5 {{ none 0, half 0.5, full 1 }} }}\n"
    );
    let args = ["session", "patient", "eager", "steady", "--out", "s.html"];
    // Three pairs and three parties.
    assert_eq!(pictures(&page(&three, &args, "s.html")), 12);
    let one = [&args[..], &["--plane", "us,gulf"]].concat();
    let html = page(&three, &one, "s.html");
    assert_eq!(pictures(&html), 8);
    assert!(html.contains("<bdi>United States</bdi> and <bdi>Gulf</bdi>"));
    let ran = on_story(&[
        "session", "patient", "eager", "--out", "s.html", "--plane", "us,us",
    ]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.err.contains("write two different parties"),
        "{}",
        ran.err
    );
}

#[test]
fn a_tournament_has_a_page_with_its_matrices() {
    let args = ["tournament", "blunt", "stepwise", "patient", "--out", "t"];
    let html = page(STORY, &args, "t/tournament.html");
    assert_eq!(html.matches("<table class=\"matrix\">").count(), 3);
    for part in [
        "<th scope=\"col\"><span>blunt</span></th>",
        "<th scope=\"row\">stepwise</th>",
        "Blunt comes to terms with nobody here, although a deal that all could accept exists.",
        "How the styles did",
        "title=\"blunt with blunt: no agreement at all\"",
        "makes one demand and leaves when it is refused",
    ] {
        assert!(html.contains(part), "{part}");
    }
    // The same, whatever the threads do.
    assert_eq!(html, page(STORY, &args, "t/tournament.html"));
}
#[test]
fn the_styles_of_a_scenario_are_played_where_none_are_named() {
    let styled = STORY
        .replace(
            "actor us \"United States\"",
            "actor us \"United States\" style blunt",
        )
        .replace("actor iran \"Iran\"", "actor iran \"Iran\" style patient");
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("pies.detente"), &styled).unwrap();
    let told =
        |args: &[&str]| detente_in(folder.path(), &[args, &["--on", "pies.detente"]].concat());
    let own = told(&["session"]);
    assert_eq!((own.code, own.err.as_str()), (0, ""));
    assert_eq!(own.out, told(&["session", "blunt", "patient"]).out);
    assert_ne!(own.out, told(&["session", "patient", "patient"]).out);
    let tournament = told(&["tournament", "blunt", "patient"]);
    assert!(
        tournament.out.contains(
            "In the styles of the scenario (us blunt, iran patient) they do not agree, although"
        ),
        "{}",
        tournament.out
    );
    let deal = detente_in(folder.path(), &["deal", "pies.detente"]);
    assert!(
        deal.out.contains(
            "United States bargains in the style “blunt”: it makes one demand and leaves"
        ),
        "{}",
        deal.out
    );
    let without = on_story(&["session"]);
    assert_eq!(without.code, 2);
    assert!(
        without.err.contains("no style is given for us, iran"),
        "{}",
        without.err
    );
}
