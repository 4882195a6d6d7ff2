//! What a run shows and writes.

use crate::{detente, detente_in, library};

#[test]
fn a_run_shows_a_screen_and_writes_report_and_findings() {
    let folder = tempfile::tempdir().unwrap();
    let ran = detente_in(
        folder.path(),
        &["run", &library("covert-programme.detente"), "--draws", "5"],
    );
    assert_eq!(ran.code, 0, "{}", ran.err);
    for words in [
        "How it ends",
        "What was asked",
        "Trustworthy",
        "Report: findings/covert-programme/report.html",
    ] {
        assert!(
            ran.out.contains(words),
            "{words} is missing in:\n{}",
            ran.out
        );
    }
    assert!(
        ran.out.lines().all(|line| line.chars().count() <= 80),
        "{}",
        ran.out
    );
    assert!(
        !ran.out.contains('\u{1b}'),
        "colour although this is no terminal"
    );
    let report =
        std::fs::read_to_string(folder.path().join("findings/covert-programme/report.html"))
            .unwrap();
    assert!(report.contains("A covert programme") && report.contains("</html>"));
}

#[test]
fn json_on_standard_output_is_findings_json() {
    let folder = tempfile::tempdir().unwrap();
    let ran = detente_in(
        folder.path(),
        &[
            "run",
            &library("chicken.detente"),
            "--json",
            "--no-doubt",
            "--out",
            "o",
        ],
    );
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(
        ran.out,
        std::fs::read_to_string(folder.path().join("o/findings.json")).unwrap()
    );
    let findings: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    for key in [
        "endings",
        "asks",
        "actors",
        "certificate",
        "game",
        "seconds",
        "headlines",
        "decisions",
    ] {
        assert!(!findings[key].is_null(), "{key}");
    }
    let sum: f64 = findings["endings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|e| e["probability"].as_f64().unwrap())
        .sum();
    assert!((sum - 1.0).abs() < 1e-12);
    assert_eq!(findings["certificate"]["status"], "converged");
    assert!(
        findings["certificate"]["largest_relative_gain"]
            .as_f64()
            .unwrap()
            <= 1e-4
    );
}

#[test]
fn colour_can_be_forced_and_quiet_is_quiet() {
    let chicken = library("chicken.detente");
    assert!(
        detente(&["run", &chicken, "--no-doubt", "--color", "always"])
            .out
            .contains('\u{1b}')
    );
    let ran = detente(&["run", &chicken, "--no-doubt", "--quiet"]);
    assert_eq!((ran.out.as_str(), ran.err.as_str(), ran.code), ("", "", 0));
}

#[test]
fn a_time_limit_keeps_what_is_done() {
    let ran = detente(&[
        "run",
        &library("covert-programme.detente"),
        "--time-limit",
        "0",
        "--no-doubt",
    ]);
    assert_eq!(ran.code, 3, "{}", ran.err);
    assert!(ran.out.contains("How it ends"), "{}", ran.out);
}

#[test]
fn trees_come_in_every_format() {
    let chicken = library("chicken.detente");
    let starts = [
        ("svg", "<svg"),
        ("dot", "digraph"),
        ("tikz", "\\documentclass"),
        ("efg", "EFG 2 R"),
    ];
    for (format, start) in starts {
        let ran = detente(&["tree", &chicken, "--format", format]);
        assert_eq!(ran.code, 0, "{}", ran.err);
        assert!(ran.out.starts_with(start), "{format}: {}", ran.out);
    }
}

#[test]
fn an_asked_query_is_answered_beside_the_scenarios_own() {
    let ran = detente(&[
        "run",
        &library("chicken.detente"),
        "--json",
        "--no-doubt",
        "--ask",
        "p(collision) * 100",
    ]);
    let findings: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    let last = findings["asks"].as_array().unwrap().last().unwrap();
    assert_eq!(last["query"], "p(collision) * 100");
    assert!((last["value"].as_f64().unwrap() - 1.0).abs() < 0.1);
}

#[test]
fn other_equilibria_are_told() {
    let chicken = library("chicken.detente");
    let run = |others: &str, threads: &str| {
        let ran = detente(&[
            "run",
            &chicken,
            "--no-doubt",
            "--json",
            "--others",
            others,
            "--threads",
            threads,
        ]);
        assert_eq!(ran.code, 0, "{}", ran.err);
        let findings: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
        findings["equilibria"].clone()
    };
    let facts = run("20", "1");
    assert_eq!(facts["found"], 3);
    assert_eq!(facts["searched"]["starts"], 20);
    let others = facts["others"].as_array().unwrap();
    for other in others {
        // One side yields for sure, so that nobody crashes.
        assert!(other["endings"][3].as_f64().unwrap() < 1e-6);
        assert!(other["differs"].as_f64().unwrap() > 0.9);
        assert_eq!(other["asks"].as_array().unwrap().len(), 2);
    }
    assert_eq!(facts["others"], run("20", "2")["others"]);
    assert!(run("off", "1").is_null());
    let text = detente(&["run", &chicken, "--no-doubt"]).out;
    assert!(text.contains("3 equilibria found from 40 starts"), "{text}");
    let wrong = detente(&["run", &chicken, "--others", "many"]);
    assert_eq!(wrong.code, 2);
    assert!(
        wrong.err.contains("write a number of starts, or off"),
        "{}",
        wrong.err
    );
}
