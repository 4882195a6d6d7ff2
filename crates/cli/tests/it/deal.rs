//! `detente deal`: scenarios, GENIUS and GeniusWeb files, options, bad input.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::{Ran, detente, detente_in, scenarios};

const STORY: &str = r#"scenario "Two pies"
actor us "United States"
actor iran "Iran"
actor hawks "Hawks"
param care = 0.8 in 0.6 .. 0.9 "judgement"
issue cap "Cap" { none "none", half "half", full "full" }
issue oil "Oil" { none "none", half "half", full "full" }
value us { cap care { none 0, half 0.5, full 1 }, oil 1 - care { none 1, half 0.5, full 0 }, fallback 0.3 }
value iran { cap 0.2 { none 1, half 0.5, full 0 }, oil 0.8 { none 0, half 0.5, full 1 }, fallback 0.3 }
value hawks { cap 1 { none 0, half 0.5, full 1 }, fallback 0.75 }
package split "Split everything" { cap half, oil half }
"#;

const PROFILE: &str = r#"<utility_space><objective name="d">
<issue index="1" name="x" type="discrete"><item value="a" evaluation="A"/><item value="b" evaluation="B"/><item value="c" evaluation="C"/></issue>
<weight index="1" value="1"/></objective><reservation value="R"/></utility_space>"#;

fn profile(a: f64, b: f64, c: f64, r: f64) -> String {
    let mut text = PROFILE.to_owned();
    for (letter, value) in [("\"A\"", a), ("\"B\"", b), ("\"C\"", c), ("\"R\"", r)] {
        text = text.replace(letter, &format!("\"{value}\""));
    }
    text
}

fn object(ran: &Ran) -> Value {
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    serde_json::from_str(&ran.out).unwrap()
}

fn story(more: &[&str]) -> Ran {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("s.detente"), STORY).unwrap();
    detente_in(folder.path(), &[&["deal", "s.detente"], more].concat())
}

#[test]
fn a_scenario_without_play() {
    let found = object(&story(&["--parties", "us,iran", "--json"]));
    assert_eq!(found["outcomes"], 9);
    assert_eq!(
        found["solutions"]["nash"]["outcome"],
        serde_json::json!(["full", "full"])
    );
    assert_eq!(
        found["solutions"]["nash"]["values"],
        serde_json::json!([0.8, 0.8])
    );
    let split = &found["packages"][0];
    assert_eq!(split["acceptable"], true);
    assert_eq!(split["efficient"], false);
    assert_eq!(split["trades"][0]["switches"].as_array().unwrap().len(), 2);
    assert_eq!(split["acceptable_in_draws"], 1.0);
    assert_eq!(found["doubt"]["draws"], 500);
    // Another weight, another value.
    let other = object(&story(&[
        "--parties",
        "us,iran",
        "--set",
        "care=0.6",
        "--json",
    ]));
    assert_eq!(other["solutions"]["nash"]["values"][0], 0.6);
    assert!(other["doubt"].is_null());
}

#[test]
fn a_ratifier_at_home() {
    let found = object(&story(&["--ratifier", "hawks:us", "--json"]));
    let home = &found["ratification"];
    assert_eq!(found["parties"].as_array().unwrap().len(), 2);
    // Hawks accept only a full cap: 3 of 9 outcomes.
    assert_eq!(home["ratifiers"][0]["win_set"]["count"], 3);
    let closed = object(&story(&[
        "--ratifier",
        "hawks:us",
        "--fallback",
        "hawks=1.5",
        "--json",
    ]));
    assert_eq!(closed["ratification"]["zone_with"]["count"], 0);
    assert!(closed["ratification"]["solutions"]["nash"].is_null());
}

/// What the command says of the story with other lines for the hawks.
fn told(hawks: &str, more: &[&str]) -> Ran {
    let start = STORY.find("value hawks").unwrap();
    let end = STORY.find("package").unwrap();
    let text = STORY.replace(&STORY[start..end], hawks);
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("s.detente"), text).unwrap();
    detente_in(folder.path(), &[&["deal", "s.detente"], more].concat())
}

#[test]
fn a_ratifier_that_the_scenario_declares() {
    let asked = object(&story(&["--ratifier", "hawks:us", "--json"]));
    let braces = "{ cap 1 { none 0, half 0.5, full 1 }, fallback 0.75 }";
    for hawks in [
        format!("ratifier hawks of us {braces}\n"),
        format!("value hawks {braces}\nratifier hawks of us\n"),
    ] {
        assert_eq!(object(&told(&hawks, &["--json"])), asked, "{hawks}");
        // Asked for once more, it is still one.
        let twice = told(&hawks, &["--ratifier", "hawks:us", "--json"]);
        assert_eq!(object(&twice), asked);
    }
    // Who is named at the table negotiates.
    let hawks = format!("ratifier hawks of us {braces}\n");
    let seated = object(&told(&hawks, &["--parties", "hawks,iran", "--json"]));
    assert_eq!(seated["parties"][0]["name"], "Hawks");
    assert!(seated["ratification"].is_null());
    let home = object(&told(&hawks, &["--parties", "us,iran", "--json"]));
    assert_eq!(home["ratification"], asked["ratification"]);
}

/// A pie in hundredths, both with fallback 0: Nash gives each the half; a parliament that insists on `need` pays its own
/// negotiator (Putnam 1988; Tarar 2001): clamp(½, need, 1), and nothing is left if two insist on more than the pie.
#[test]
fn a_parliament_that_insists_on_more_than_half_gets_it() {
    let options = |score: &dyn Fn(u32) -> f64| {
        let each: Vec<String> = (0..=100).map(|k| format!("s{k} {}", score(k))).collect();
        each.join(", ")
    };
    let names: Vec<String> = (0..=100).map(|k| format!("s{k}")).collect();
    let (own, other) = (
        options(&|k| f64::from(k) / 100.0),
        options(&|k| f64::from(100 - k) / 100.0),
    );
    for (need_a, need_b, share) in [
        (0.2, 0.3, Some(0.5)),
        (0.7, 0.1, Some(0.7)),
        (0.1, 0.8, Some(0.2)),
        (0.7, 0.4, None),
    ] {
        let text = format!(
            "actor a\nactor b\nactor home\nactor away\nissue pie {{ {} }}\n\
             value a {{ pie 1 {{ {own} }} }}\nvalue b {{ pie 1 {{ {other} }} }}\n\
             ratifier home of a {{ pie 1 {{ {own} }} fallback {need_a} }}\n\
             ratifier away of b {{ pie 1 {{ {other} }} fallback {need_b} }}\n",
            names.join(", ")
        );
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("pie.detente"), text).unwrap();
        let found = object(&detente_in(
            folder.path(),
            &["deal", "pie.detente", "--json"],
        ));
        let nash = &found["ratification"]["solutions"]["nash"];
        match share {
            None => assert!(nash.is_null(), "{nash}"),
            Some(share) => {
                let kept = nash["values"][0].as_f64().unwrap();
                assert!((kept - share).abs() < 1e-12, "{kept} {share}");
            }
        }
    }
}

#[test]
fn one_screen() {
    let ran = story(&["--ratifier", "hawks:us"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    for part in [
        "Two pies",
        "9 outcomes of 2 issues",
        "acceptable to all",
        "Split everything",
        "Hawks would ratify",
    ] {
        assert!(ran.out.contains(part), "{part}: {}", ran.out);
    }
    assert!(
        ran.out.lines().all(|line| line.chars().count() <= 80),
        "{}",
        ran.out
    );
    let flagship = scenarios().join("us-iran-2025.detente");
    let ran = detente(&["deal", flagship.to_str().unwrap(), "--draws", "20"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
}

#[test]
fn a_page_is_written_and_sentences_hold() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    fs::write(here.join("s.detente"), STORY).unwrap();
    let ran = detente_in(
        here,
        &["deal", "s.detente", "--ratifier", "hawks:us", "--out", "o"],
    );
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    assert!(ran.out.contains("deal.html"), "{}", ran.out);
    let html = fs::read_to_string(here.join("o/deal.html")).unwrap();
    // Half a cap is not enough for the hawks; a full one leaves Iran 0.4, above its 0.3.
    assert!(html.contains(
        "“Split everything” leaves both above their fallbacks; but Hawks would block it at home."
    ));
    assert!(html.contains("All would accept it with Cap “full” instead of “half”."));
    assert!(html.contains("in 0 % of the draws; it is most often refused by Hawks, in 100 %."));
    // Without a page where only the object is wanted.
    detente_in(here, &["deal", "s.detente", "--json"]);
    assert!(!here.join("findings").exists());
    let blocked = detente_in(here, &["deal", "s.detente", "--out", "s.detente/x"]);
    assert_eq!(blocked.code, 2);
    assert!(blocked.err.contains("cannot write"), "{}", blocked.err);
}

fn files(folder: &Path) {
    fs::write(folder.join("ann.xml"), profile(1.0, 0.8, 0.6, 0.0)).unwrap();
    // Evaluations over the largest: 0.1, 0.35, 0.55 of 1 need a fourth option; here they are shares of 0.55.
    fs::write(folder.join("bob.xml"), profile(2.0, 7.0, 11.0, 0.5)).unwrap();
}

#[test]
fn a_folder_of_genius_profiles() {
    let folder = tempfile::tempdir().unwrap();
    files(folder.path());
    let found = object(&detente_in(folder.path(), &["deal", ".", "--json"]));
    assert_eq!(found["parties"][1]["name"], "bob");
    assert_eq!(found["zone"]["count"], 2);
    assert_eq!(
        found["solutions"]["nash"]["outcome"],
        serde_json::json!(["c"])
    );
    let named = object(&detente_in(
        folder.path(),
        &["deal", "ann.xml", "bob.xml", "--no-fallbacks", "--json"],
    ));
    assert_eq!(named["zone"]["count"], 3);
    let none = object(&detente_in(
        folder.path(),
        &["deal", ".", "--fallback", "ann=0.9", "--json"],
    ));
    assert_eq!(none["zone"]["count"], 0);
    for solution in [
        "nash",
        "kalai_smorodinsky",
        "egalitarian",
        "utilitarian",
        "zeuthen",
    ] {
        assert!(none["solutions"][solution].is_null());
    }
    assert!(none["opposition"].is_null());
    assert_eq!(none["tipping"]["open"], false);
}

#[test]
fn bad_input_has_a_place() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    let refused = |args: &[&str], part: &str| {
        let ran = detente_in(here, &[&["deal"], args].concat());
        assert_eq!(ran.code, 2, "{args:?}: {}", ran.out);
        assert!(ran.err.contains(part), "{args:?}: {}", ran.err);
    };
    refused(&["."], "holds no .xml or .json file");
    files(here);
    refused(&[".", "--fallback", "carl=1"], "no party is called `carl`");
    refused(&[".", "--fallback", "ann"], "write PARTY=NUMBER");
    refused(&[".", "--ratifier", "ann"], "write RATIFIER:PARTY");
    refused(&[".", "--set", "a=1"], "only scenarios have params");
    fs::write(here.join("carl.xml"), profile(1.0, -0.5, 0.6, 0.0)).unwrap();
    refused(&["."], "carl.xml: line 2");
    fs::write(here.join("carl.xml"), "<!DOCTYPE a><a/>").unwrap();
    refused(&["."], "document type");
    fs::write(here.join("s.detente"), "scenario \"s\"\nactor a \"A\"\n").unwrap();
    refused(&["s.detente"], "no `issue` with a `value`");
}

#[test]
fn packages_from_the_command_line() {
    let folder = tempfile::tempdir().unwrap();
    files(folder.path());
    let found = object(&detente_in(
        folder.path(),
        &[
            "deal",
            ".",
            "--package",
            "x=a",
            "--package",
            "X = c",
            "--json",
        ],
    ));
    let packages = found["packages"].as_array().unwrap();
    assert_eq!(packages.len(), 2);
    assert_eq!(packages[0]["name"], "Package 1");
    assert_eq!(packages[0]["acceptable"], false);
    assert_eq!(packages[1]["outcome"], serde_json::json!(["c"]));
    // Beside those of a scenario, by short names or labels.
    let more = object(&story(&["--package", "cap=full,Oil=half", "--json"]));
    let names: Vec<&Value> = more["packages"]
        .as_array()
        .unwrap()
        .iter()
        .map(|p| &p["name"])
        .collect();
    assert_eq!(names, ["Split everything", "Package 1"]);
    let wrong = story(&["--package", "cap=full"]);
    assert_eq!(wrong.code, 2);
    assert!(
        wrong.err.contains("nothing is said of `Oil`"),
        "{}",
        wrong.err
    );
}

#[test]
fn what_would_tip_stays_on_its_scale() {
    let folder = tempfile::tempdir().unwrap();
    // Ann wants 0.5 and can have 0.11: only a score above 4 of the first issue would do, or one of 0.54 of the second.
    let text = "actor a \"Ann\"\nactor b \"Bob\"\nissue x { p, q }\nissue y { p, q }\n\
        value a { x 0.1 { p 0.1, q 0.2 } y 0.9 { p 0.1, q 0.1 } fallback 0.5 }\n\
        value b { x 0.5 { p 1, q 0 } y 0.5 { p 1, q 0 } fallback 0.1 }\n";
    fs::write(folder.path().join("s.detente"), text).unwrap();
    let ran = detente_in(folder.path(), &["deal", "s.detente"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    for line in ran.out.lines().filter(|line| line.contains("score of")) {
        let to = line.trim_end_matches('.').rsplit(' ').next().unwrap();
        let to: f64 = to.parse().unwrap();
        assert!((0.0..=1.0).contains(&to), "{line}");
    }
    assert!(ran.out.contains("Egalitarian and utilitarian compare"));
}

#[test]
fn the_report_of_run_tells_who_would_accept_what() {
    let folder = tempfile::tempdir().unwrap();
    let text = format!("{STORY}ratifier hawks of us\noutcome o \"Over\"\nplay {{ end o }}\n");
    fs::write(folder.path().join("s.detente"), text).unwrap();
    let ran = detente_in(
        folder.path(),
        &["run", "s.detente", "--out", "o", "--draws", "4"],
    );
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
    assert!(ran.out.contains("What could be agreed"), "{}", ran.out);
    assert!(
        ran.out
            .contains("Split everything  blocked at home; accepted in 0 % of draws"),
        "{}",
        ran.out
    );
    let text = fs::read_to_string(folder.path().join("o/findings.json")).unwrap();
    let found: Value = serde_json::from_str(&text).unwrap();
    let deal = &found["deal"];
    assert_eq!(
        (&deal["outcomes"], &deal["draws"]),
        (&9.0.into(), &500.into())
    );
    assert_eq!(deal["packages"][0]["acceptable"], false);
    assert_eq!(deal["packages"][0]["share"], 0.0);
    assert!(found["packages"]["count"] == 9);
    // The sentences are those of `deal`.
    let ran = detente_in(folder.path(), &["deal", "s.detente", "--out", "o"]);
    assert_eq!(ran.code, 0);
    let page = fs::read_to_string(folder.path().join("o/deal.html")).unwrap();
    let report = fs::read_to_string(folder.path().join("o/report.html")).unwrap();
    for sentence in deal["sentences"].as_array().unwrap() {
        let sentence = sentence.as_str().unwrap();
        assert!(
            page.contains(sentence) && report.contains(sentence),
            "{sentence}"
        );
    }
    let alone = detente_in(
        folder.path(),
        &["run", "s.detente", "--no-doubt", "--json", "--quiet"],
    );
    let found: Value = serde_json::from_str(&alone.out).unwrap();
    assert!(found["deal"]["draws"].is_null() && found["deal"]["packages"][0]["share"].is_null());
}
