//! Comparative statics: known shapes, jumps at their known places, gaps with their reasons, the same bytes twice.

use crate::{Ran, detente, detente_in, written};
use serde_json::Value;

fn json(args: &[&str]) -> Value {
    let ran = detente(&[args, &["--json"]].concat());
    assert!(ran.code <= 1, "{}", ran.err);
    serde_json::from_str(&ran.out).unwrap()
}

/// Fearon 1995: the risky demand pays while a resolved B is less likely than (risky − safe) / (risky − strength +
/// cost_a) = 0.2 / 0.35; below it war is as likely as a resolved B, above it there is none.
#[test]
fn the_risk_return_trade_off_jumps_at_its_switch() {
    let found = json(&[
        "vary",
        "risk-return",
        "resolved",
        "--points",
        "7",
        "--ask",
        "mean(demand)",
    ]);
    let jumps = found["jumps"].as_array().unwrap();
    assert_eq!(jumps.len(), 1, "{jumps:?}");
    let [low, high] = ["low", "high"].map(|side| jumps[0][side].as_f64().unwrap());
    let switch = 0.2 / 0.35;
    assert!(low <= switch && switch <= high, "{low} to {high}");
    assert!(high - low <= 0.9e-3 * (1.0 + 1e-9), "{low} to {high}");
    for point in found["points"].as_array().unwrap() {
        let at = point["at"][0].as_f64().unwrap();
        assert!(at <= low || at >= high, "{at} lies inside the jump");
        let war = point["endings"][1].as_f64().unwrap();
        let demand = point["asks"][0].as_f64().unwrap();
        let (expected, asked) = if at < switch { (at, 0.85) } else { (0.0, 0.65) };
        assert!((war - expected).abs() < 1e-3, "p(war) = {war} at {at}");
        assert!((demand - asked).abs() < 1e-3, "demand {demand} at {at}");
    }
}

/// Both mixed strategies of the inspection game are smooth in the cost of an inspection.
#[test]
fn smooth_answers_have_no_jump_and_their_closed_form() {
    let found = json(&[
        "vary",
        "inspection",
        "inspection",
        "--ask",
        "p(conduct == violate)",
    ]);
    assert_eq!(found["jumps"].as_array().unwrap().len(), 0);
    let points = found["points"].as_array().unwrap();
    assert_eq!(points.len(), 41);
    for point in points {
        let at = point["at"][0].as_f64().unwrap();
        let rate = point["asks"][0].as_f64().unwrap();
        assert!((rate - at / (at + 6.0)).abs() < 1e-3, "{rate} at {at}");
    }
}

#[test]
fn a_point_says_what_ask_says() {
    let found = json(&[
        "vary", "chicken", "crash", "--from", "4", "--to", "5", "--points", "2",
    ]);
    let last = found["points"].as_array().unwrap().last().unwrap();
    let varied = last["endings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|p| p.as_f64().unwrap());
    let ids = found["endings"].as_array().unwrap();
    for (id, varied) in ids.iter().zip(varied) {
        let query = format!("p({})", id.as_str().unwrap());
        let ran = detente(&["ask", "chicken", &query, "--set", "crash=5"]);
        let asked: f64 = ran.out.trim().parse().unwrap();
        assert!((varied - asked).abs() < 1e-3, "{query}: {varied}, {asked}");
    }
}

#[test]
fn the_same_bytes_whatever_the_threads() {
    let run = |threads: &str| -> (Ran, String, String) {
        let folder = tempfile::tempdir().unwrap();
        let ran = detente_in(
            folder.path(),
            &[
                "vary",
                "threat-game",
                "resolute_rate",
                "--threads",
                threads,
                "--svg",
                "a.svg",
                "--csv",
                "a.csv",
                "--points",
                "9",
            ],
        );
        let read =
            |name: &str| std::fs::read_to_string(folder.path().join(name)).unwrap_or_default();
        (ran, read("a.svg"), read("a.csv"))
    };
    let one = run("1");
    assert_eq!(one.0.code, 0, "{}", one.0.err);
    let two = run("2");
    assert_eq!(
        (one.0.out, one.1.clone(), one.2.clone()),
        (two.0.out, two.1, two.2)
    );
    assert!(one.1.starts_with("<svg") && one.2.lines().count() >= 10);
}

const GAPPED: &str = "actor a\noutcome won\noutcome lost\nparam chance = 50 % in 0 % .. 200 %\nplay {\n    chance coin { heads chance, tails 1 - chance }\n    if coin == heads { end won }\n    end lost\n}\n";

#[test]
fn points_that_cannot_be_solved_are_gaps_with_their_reason() {
    let (folder, path) = written(GAPPED);
    let ran = detente_in(
        folder.path(),
        &["vary", &path, "chance", "--points", "5", "--csv", "a.csv"],
    );
    assert_eq!(ran.code, 1);
    assert!(
        ran.out.contains("not solved at 150 % to 200 %: ") && ran.out.contains("probabilit"),
        "{}",
        ran.out
    );
    let csv = std::fs::read_to_string(folder.path().join("a.csv")).unwrap();
    let rows: Vec<&str> = csv.lines().collect();
    assert!(rows[0].starts_with("chance,point,p(won),p(lost),value(a),reason"));
    assert!(rows[3].starts_with("1,even,1,0,0,"), "{}", rows[3]);
    assert!(rows[5].starts_with("2,even,,,,"), "{}", rows[5]);
}

#[test]
fn rounds_take_whole_numbers_only() {
    let (_folder, path) = written(
        "actor a\noutcome won\noutcome lost\nparam n = 2 in 1 .. 4\nlet rounds = n\nplay {\n    repeat rounds {\n        chance coin { heads 50 %, tails 50 % }\n        if coin == heads { end won }\n    }\n    end lost\n}\n",
    );
    let found = json(&["vary", &path, "n"]);
    let points = found["points"].as_array().unwrap();
    assert_eq!(points.len(), 4);
    for (k, point) in points.iter().enumerate() {
        let lost = point["endings"][1].as_f64().unwrap();
        assert!((lost - 0.5f64.powi(k as i32 + 1)).abs() < 1e-12);
    }
}

#[test]
fn two_params_make_a_map() {
    let folder = tempfile::tempdir().unwrap();
    let ran = detente_in(
        folder.path(),
        &[
            "vary",
            "inspection",
            "prize",
            "penalty",
            "--points",
            "5",
            "--from",
            "2",
            "--from",
            "4",
            "--to",
            "10",
            "--to",
            "12",
            "--csv",
            "a.csv",
            "--svg",
            "a.svg",
            "--ask",
            "p(visit == inspect)",
        ],
    );
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.out.lines().all(|line| line.chars().count() <= 80));
    let csv = std::fs::read_to_string(folder.path().join("a.csv")).unwrap();
    let rows: Vec<Vec<&str>> = csv
        .lines()
        .skip(1)
        .map(|row| row.split(',').collect())
        .collect();
    assert_eq!(rows.len(), 25);
    let (first, last) = (&rows[0], &rows[24]);
    assert_eq!(
        (first[0], first[1], last[0], last[1]),
        ("2", "4", "10", "12")
    );
    for row in rows {
        let number = |at: usize| row[at].parse::<f64>().unwrap();
        let rate = number(row.len() - 2);
        let (prize, penalty) = (number(0), number(1));
        assert!((rate - prize / (prize + penalty)).abs() < 1e-3);
    }
    let svg = std::fs::read_to_string(folder.path().join("a.svg")).unwrap();
    assert!(svg.matches("<rect").count() >= 26);
}

#[test]
fn a_chart_is_never_wider_than_the_terminal_and_falls_back_to_ascii() {
    let folder = tempfile::tempdir().unwrap();
    for columns in ["30", "80", "200"] {
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_detente"))
            .args(["vary", "inspection", "inspection", "--points", "5"])
            .current_dir(folder.path())
            .env("COLUMNS", columns)
            .env("LC_ALL", "en_US.ISO-8859-1")
            .output()
            .unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        assert!(text.is_ascii(), "{text}");
        let most: usize = columns.parse().unwrap();
        assert!(text.lines().all(|line| line.len() <= most), "{text}");
    }
}

#[test]
fn requests_that_make_no_sense() {
    let (_folder, path) = written("actor a\noutcome o\nparam x = 1\nplay { end o }\n");
    for (args, says) in [
        (vec!["vary", "chicken", "crsh"], "did you mean `crash`"),
        (vec!["vary", "chicken", "crash", "crash"], "named twice"),
        (
            vec!["vary", "chicken", "crash", "--set", "crash=3"],
            "both varied and set",
        ),
        (
            vec!["vary", "chicken", "crash", "--from", "9", "--to", "3"],
            "must be below",
        ),
        (
            vec!["vary", "chicken", "crash", "--from", "nan"],
            "is no number",
        ),
        (
            vec!["vary", "chicken", "crash", "--from", "1", "--from", "2"],
            "2 times",
        ),
        (
            vec!["vary", "chicken", "crash", "--points", "1"],
            "--points",
        ),
        (
            vec!["vary", "chicken", "crash", "--accuracy", "0"],
            "--accuracy",
        ),
        (
            vec!["vary", "chicken", "crash", "--ask", "p(colision)"],
            "collision",
        ),
        (vec!["vary", &path, "x"], "no range"),
        (vec!["vary", "chicken"], "PARAM"),
        (vec!["vary", "nowhere.detente", "x"], "cannot read"),
    ] {
        let ran = detente(&args);
        assert_eq!(ran.code, 2, "{args:?}");
        assert!(ran.err.contains(says), "{args:?}: {}", ran.err);
    }
}
