//! `detente solve` and `detente methods`: every method, the JSON object, exit codes, options and files.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::{Ran, detente, detente_in, library, ran};

/// Inspection: one equilibrium, (2/5, 3/5) and (6/7, 1/7).
const INSPECTION: &str = "NFG 1 R \"inspection\" { \"A\" \"B\" } { 2 2 } -1 0 0 0 -4 -9 -10 6";
const PENNIES: &str = "NFG 1 R \"pennies\" { \"A\" \"B\" } { 2 2 } 1 -1 -1 1 -1 1 1 -1";
/// Stag hunt: two pure equilibria and a mixed one.
const STAG: &str = "NFG 1 R \"stag hunt\" { \"A\" \"B\" } { 2 2 } 4 4 3 0 0 3 3 3";
/// Piccione & Rubinstein (1997).
const DRIVER: &str = "EFG 2 R \"\" { \"driver\" }\n\
    p \"\" 1 1 \"crossing\" { \"exit\" \"on\" } 0\nt \"\" 1 \"\" { 0 }\n\
    p \"\" 1 1 0\nt \"\" 2 \"\" { 4 }\nt \"\" 3 \"\" { 1 }\n";

/// Runs `detente solve -` on a text.
fn solve(text: &str, more: &[&str]) -> Ran {
    let mut child = Command::new(env!("CARGO_BIN_EXE_detente"))
        .args(["solve", "-"])
        .args(more)
        .env("COLUMNS", "80")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    // A command that refuses its options reads nothing.
    let _ = input.write_all(text.as_bytes());
    drop(input);
    ran(&child.wait_with_output().unwrap())
}

/// The object that a method gives, which must end well.
fn object(text: &str, more: &[&str]) -> Value {
    let ran = solve(text, &[more, &["--json"]].concat());
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{more:?}");
    serde_json::from_str(&ran.out).unwrap()
}

fn near(value: &Value, expected: f64) {
    let found = value.as_f64().unwrap();
    assert!((found - expected).abs() < 1e-3, "{found} {expected}");
}

#[test]
fn every_method_gives_an_object_of_the_same_shape() {
    for (method, text, count) in [
        ("logit", INSPECTION, 1),
        ("pure", STAG, 2),
        ("extreme", STAG, 3),
        ("sequence-lp", PENNIES, 1),
        ("sequence-lcp", INSPECTION, 1),
        ("regret", PENNIES, 1),
        ("search", STAG, 3),
    ] {
        let found = object(text, &["--method", method]);
        assert_eq!(found["method"], method);
        let status = found["status"].as_str().unwrap();
        assert!(
            ["converged", "complete"].contains(&status),
            "{method}: {status}"
        );
        assert!(found["seconds"].as_f64().unwrap() >= 0.0);
        let game = &found["game"];
        assert_eq!((&game["players"], &game["nodes"]), (&2.into(), &7.into()));
        assert_eq!(game["information_sets"], 2);
        let equilibria = found["equilibria"].as_array().unwrap();
        assert_eq!(equilibria.len(), count, "{method}");
        for one in equilibria {
            assert_eq!(one["payoffs"].as_array().unwrap().len(), 2);
            for gain in ["largest_gain", "largest_relative_gain"] {
                let gain = one["certificate"][gain].as_f64().unwrap();
                assert!((0.0..=1e-3).contains(&gain), "{method}: {gain}");
            }
            sums_to_one(&one["profile"], method);
        }
    }
}

/// `{player: {information_set: {action: probability}}}`
fn sums_to_one(profile: &Value, method: &str) {
    let players = profile.as_object().unwrap();
    assert_eq!(players.keys().collect::<Vec<_>>(), ["A", "B"]);
    for sets in players.values() {
        for actions in sets.as_object().unwrap().values() {
            let all = actions.as_object().unwrap().values();
            let sum: f64 = all.map(|p| p.as_f64().unwrap()).sum();
            assert!((sum - 1.0).abs() < 1e-9, "{method}: {profile}");
        }
    }
}

#[test]
fn known_answers_and_exact_fractions() {
    let logit = object(INSPECTION, &[]);
    assert_eq!(logit["method"], "logit");
    assert!(logit["precision"].as_f64().unwrap() > 1e3);
    near(&logit["equilibria"][0]["payoffs"][0], -10.0 / 7.0);
    for method in ["extreme", "sequence-lcp"] {
        let found = object(INSPECTION, &["--method", method]);
        let one = &found["equilibria"][0];
        assert_eq!(one["exact_payoffs"], serde_json::json!(["-10/7", "0"]));
        let set = |player: &str| {
            let sets = one["exact_profile"][player].as_object().unwrap();
            sets.values().next().unwrap().clone()
        };
        let shares: Vec<Value> = set("A").as_object().unwrap().values().cloned().collect();
        assert_eq!(shares, ["2/5", "3/5"], "{method}");
        near(&one["payoffs"][0], -10.0 / 7.0);
    }
    let float = object(
        INSPECTION,
        &["--method", "sequence-lcp", "--arithmetic", "float"],
    );
    assert!(float["equilibria"][0].get("exact_payoffs").is_none());
    near(&float["equilibria"][0]["payoffs"][0], -10.0 / 7.0);
    let raw = object(INSPECTION, &["--precision", "2", "--raw-payoffs"]);
    assert_eq!(
        (&raw["status"], &raw["precision"]),
        (&"precision_reached".into(), &2.0.into())
    );
}

#[test]
fn what_only_some_methods_tell() {
    let extreme = object(STAG, &["--method", "extreme"]);
    assert_eq!(extreme["components"], serde_json::json!([[0], [1], [2]]));
    assert_eq!(extreme["complete"], true);
    let pure = object(STAG, &["--method", "pure", "--sequential"]);
    let beliefs = pure["equilibria"][0]["beliefs"].as_object().unwrap();
    assert_eq!(beliefs.len(), 2);
    let search = object(
        STAG,
        &["--method", "search", "--starts", "20", "--seed", "3"],
    );
    // A start may lead to several.
    for one in search["equilibria"].as_array().unwrap() {
        let share = one["share"].as_f64().unwrap();
        assert!(share > 0.0 && share <= 1.0, "{share}");
    }
    let none = object(PENNIES, &["--method", "pure"]);
    assert_eq!(none["equilibria"], serde_json::json!([]));
}

#[test]
fn scenarios_and_their_tables() {
    let inspection = library("inspection.detente");
    let ran = detente(&["solve", &inspection]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    assert!(ran.out.contains("violate 0.1429"), "{}", ran.out);
    assert!(ran.out.lines().all(|line| line.chars().count() <= 100));
    let table = detente(&[
        "solve",
        &library("beer-quiche.detente"),
        "--strategic",
        "--json",
    ]);
    let tree = detente(&["solve", &library("beer-quiche.detente"), "--json"]);
    let [table, tree]: [Value; 2] = [table, tree].map(|ran| {
        assert_eq!(ran.code, 0, "{}", ran.err);
        serde_json::from_str(&ran.out).unwrap()
    });
    assert_eq!(table["game"]["information_sets"], 2);
    assert!(tree["game"]["information_sets"].as_u64() > Some(2));
    let quiet = detente(&["solve", &inspection, "--quiet"]);
    assert_eq!(
        (quiet.code, quiet.out.as_str(), quiet.err.as_str()),
        (0, "", "")
    );
    let set = detente(&[
        "solve",
        &library("chicken.detente"),
        "--set",
        "crash=42",
        "--quiet",
    ]);
    assert_eq!(set.code, 0, "{}", set.err);
}

#[test]
fn the_table_of_a_game_in_which_somebody_forgets_says_what_it_loses() {
    let forgetful = "EFG 2 R \"\" { \"A\" \"B\" }\n\
        p \"\" 1 1 \"first\" { \"l\" \"r\" } 0\np \"\" 1 2 \"second\" { \"l\" \"r\" } 0\n\
        t \"\" 1 \"\" { 1 0 }\nt \"\" 2 \"\" { 0 0 }\np \"\" 1 2 0\nt \"\" 3 \"\" { 0 0 }\nt \"\" 4 \"\" { 1 0 }\n";
    for (text, words) in [
        (DRIVER, "driver is absent-minded: a strategy of the table"),
        (forgetful, "A forgets: a mixture over the strategies"),
    ] {
        for method in ["pure", "logit"] {
            let ran = solve(text, &["--strategic", "--method", method, "--json"]);
            let found: Value = serde_json::from_str(&ran.out).unwrap();
            let first = found["remarks"][0].as_str().unwrap();
            assert!(first.starts_with(words), "{first}");
        }
        assert!(solve(text, &["--strategic"]).out.contains(&words[..12]));
    }
    let found = object(STAG, &["--strategic", "--method", "pure"]);
    assert_eq!(found["remarks"], serde_json::json!([]));
}

#[test]
fn what_does_not_fit_is_refused() {
    let three = "EFG 2 R \"\" { \"A\" \"B\" \"C\" } t \"\" 1 \"\" { 1 2 3 }";
    let cases: [(&str, &[&str], &str); 10] = [
        (
            STAG,
            &["--method", "serch"],
            "there is no method `serch`; did you mean `search`?",
        ),
        (
            STAG,
            &["--method", "simplex-of-old"],
            "there is no method `simplex-of-old`; the methods are logit, pure, extreme, sequence-lp, sequence-lcp, regret, search",
        ),
        (
            STAG,
            &["--method", "sequence-lp"],
            "`sequence-lp` is for games whose payoffs sum to the same at every end; try `sequence-lcp`",
        ),
        (
            three,
            &["--method", "extreme"],
            "`extreme` is for games of 2 players, this one has 3; try `logit` or `search`",
        ),
        (
            STAG,
            &["--method", "pure", "--raw-payoffs"],
            "`--raw-payoffs` is for `--method logit`, not for `pure`",
        ),
        (
            STAG,
            &["--seed", "3"],
            "`--seed` is for `--method search`, not for `logit`",
        ),
        (
            STAG,
            &["--arithmetic", "exact"],
            "`--arithmetic` is for `--method sequence-lp` or `sequence-lcp`, not for `logit`",
        ),
        (
            STAG,
            &["--precision", "NaN"],
            "`--precision NaN`: write a number that is not below 0",
        ),
        (
            STAG,
            &["--time-limit", "1e300"],
            "`--time-limit 1e300`: write seconds",
        ),
        (
            STAG,
            &["--path", "path.txt"],
            "`--path path.txt`: write a file that ends in .csv, .json or .parquet",
        ),
    ];
    for (text, options, message) in cases {
        let ran = solve(text, options);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{options:?}");
        let message = message.replace("1e300", &format!("{}", 1e300));
        assert_eq!(ran.err, format!("error: {message}\n"));
    }
    for option in [
        "--checkpoint",
        "--path",
        "--variant",
        "--iterations",
        "--starts",
        "--most",
    ] {
        let value = if option == "--variant" { "cfr+" } else { "5" };
        let ran = solve(STAG, &["--method", "sequence-lcp", option, value]);
        assert_eq!(ran.code, 2, "{option}");
        assert!(
            ran.err.contains(&format!("`{option}` is for")),
            "{}",
            ran.err
        );
    }
    let absent = detente(&["solve", "absent.efg"]);
    assert_eq!(absent.code, 2);
    assert!(
        absent.err.starts_with("error: cannot read absent.efg"),
        "{}",
        absent.err
    );
    let broken = solve("NFG 1 R \"x\" { \"A\" } { 2 } 1", &[]);
    assert_eq!(broken.code, 2);
    assert!(broken.err.starts_with("error: -:1:"), "{}", broken.err);
    assert_eq!(solve(STAG, &["--max-nodes", "3"]).code, 3);
}

#[test]
fn limits_end_with_3_and_what_was_found() {
    for (method, text) in [("logit", STAG), ("search", STAG), ("regret", PENNIES)] {
        let ran = solve(text, &["--method", method, "--time-limit", "0", "--json"]);
        assert_eq!(ran.code, 3, "{method}: {}", ran.out);
        let found: Value = serde_json::from_str(&ran.out).unwrap();
        assert_eq!(found["status"], "time_limit", "{method}");
    }
    // Opposed interests, and random play is no equilibrium.
    let uneven = "NFG 1 R \"uneven\" { \"A\" \"B\" } { 2 2 } 2 -2 0 0 -1 1 1 -1";
    let once = [
        "--method",
        "regret",
        "--iterations",
        "1",
        "--tolerance",
        "0",
    ];
    let few = solve(uneven, &once);
    assert_eq!(few.code, 1, "{}", few.out);
}

#[test]
fn imperfect_recall_runs_on_logit_and_is_explained() {
    let ran = solve(DRIVER, &[]);
    assert_eq!(ran.code, 0);
    assert!(
        ran.err.starts_with("note: driver is absent-minded"),
        "{}",
        ran.err
    );
    let words = ran.out.replace('\n', " ");
    assert!(
        words.contains("a player of its own (agent form)"),
        "{words}"
    );
    assert!(words.contains("need not be a Nash equilibrium"), "{words}");
    assert!(words.contains("on 0.6667"), "{words}");
    let refused = solve(DRIVER, &["--method", "pure"]);
    assert_eq!(refused.code, 2);
    assert!(
        refused.err.ends_with(
            "error: `pure` needs perfect recall, but at the information set crossing driver forgets \
             that it was there before; `logit` runs on such games\n"
        ),
        "{}",
        refused.err
    );
}

#[test]
fn one_player_or_none() {
    let alone = "EFG 2 R \"\" { \"A\" } p \"\" 1 1 \"one\" { \"a\" \"b\" } 0 \
                 t \"\" 1 \"\" { 1 } t \"\" 2 \"\" { 2 }";
    let nobody = "EFG 2 R \"\" { } c \"\" 1 \"\" { \"a\" 1/2 \"b\" 1/2 } 0 t \"\" 0 t \"\" 0";
    for method in ["logit", "pure", "search"] {
        let found = object(alone, &["--method", method]);
        near(&found["equilibria"][0]["payoffs"][0], 2.0);
        let found = object(nobody, &["--method", method]);
        assert_eq!(found["equilibria"][0]["payoffs"], serde_json::json!([]));
        assert_eq!(found["equilibria"][0]["profile"], serde_json::json!({}));
    }
    for method in ["extreme", "sequence-lp", "sequence-lcp", "regret"] {
        assert_eq!(solve(alone, &["--method", method]).code, 2, "{method}");
        assert_eq!(solve(nobody, &["--method", method]).code, 2, "{method}");
    }
}

#[test]
fn the_same_bytes_on_any_number_of_threads() {
    let text = |threads: &str| {
        let options = [
            "--method",
            "search",
            "--starts",
            "30",
            "--json",
            "--threads",
            threads,
        ];
        let ran = solve(STAG, &options);
        assert_eq!(ran.code, 0, "{}", ran.err);
        let lines = ran.out.lines().filter(|line| !line.contains("\"seconds\""));
        lines.map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(text("1"), text("2"));
}

#[test]
fn the_path_as_csv_json_and_parquet() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("game.nfg"), INSPECTION).unwrap();
    let write = |file: &str| {
        let options = [
            "solve",
            "game.nfg",
            "--path",
            file,
            "--path-points",
            "40",
            "--quiet",
        ];
        let ran = detente_in(folder.path(), &options);
        assert_eq!((ran.code, ran.err.as_str()), (0, ""));
        std::fs::read(folder.path().join(file)).unwrap()
    };
    let csv = String::from_utf8(write("path.csv")).unwrap();
    let mut lines = csv.lines();
    let head: Vec<&str> = lines.next().unwrap().split(',').collect();
    assert_eq!(
        head[..4],
        ["lambda", "relative_gain", "payoff | A", "payoff | B"]
    );
    assert_eq!(head.len(), 8);
    let rows: Vec<Vec<f64>> = lines
        .map(|line| line.split(',').map(|cell| cell.parse().unwrap()).collect())
        .collect();
    assert!(rows.len() > 10 && rows.len() <= 40, "{}", rows.len());
    assert_eq!(rows[0][0], 0.0);
    assert_eq!(rows[0][4..], [0.5; 4]);
    let json: Value = serde_json::from_slice(&write("path.json")).unwrap();
    assert_eq!(json["points"], rows.len());
    let columns = json["columns"].as_array().unwrap();
    for (column, name) in columns.iter().zip(&head) {
        assert_eq!(column["name"], *name);
        assert_eq!(column["numbers"].as_array().unwrap().len(), rows.len());
    }
    write("path.parquet");
    assert_eq!(
        read_parquet(&folder.path().join("path.parquet")),
        (head.len(), rows)
    );
}

/// Number of columns and the rows of a Parquet file of doubles.
fn read_parquet(file: &Path) -> (usize, Vec<Vec<f64>>) {
    use parquet::file::reader::{FileReader, SerializedFileReader};
    use parquet::record::RowAccessor;
    let reader = SerializedFileReader::new(std::fs::File::open(file).unwrap()).unwrap();
    let columns = reader
        .metadata()
        .file_metadata()
        .schema_descr()
        .num_columns();
    let rows = reader.get_row_iter(None).unwrap().map(|row| {
        let row = row.unwrap();
        (0..columns).map(|k| row.get_double(k).unwrap()).collect()
    });
    (columns, rows.collect())
}

#[test]
fn a_checkpoint_is_kept_gone_on_from_and_removed() {
    let folder = tempfile::tempdir().unwrap();
    let kept = folder.path().join("kept");
    std::fs::write(folder.path().join("game.nfg"), INSPECTION).unwrap();
    std::fs::write(folder.path().join("other.nfg"), STAG).unwrap();
    let solve = |game: &str, more: &[&str]| {
        let options = [&["solve", game, "--json", "--checkpoint", "kept"], more].concat();
        detente_in(folder.path(), &options)
    };
    assert_eq!(solve("game.nfg", &["--time-limit", "0"]).code, 3);
    let bytes = std::fs::read(&kept).unwrap();
    let other = solve("other.nfg", &[]);
    assert_eq!((other.code, other.out.as_str()), (2, ""));
    assert_eq!(
        other.err,
        "error: this checkpoint is of another game, or of the same with other numbers or options\n"
    );
    assert_eq!(solve("game.nfg", &["--raw-payoffs"]).code, 2);
    assert_eq!(
        std::fs::read(&kept).unwrap(),
        bytes,
        "a refusal leaves it as it is"
    );
    let done = solve("game.nfg", &[]);
    assert_eq!((done.code, done.err.as_str()), (0, ""));
    assert!(!kept.exists());
    let found: Value = serde_json::from_str(&done.out).unwrap();
    near(&found["equilibria"][0]["payoffs"][0], -10.0 / 7.0);
    for damaged in [&bytes[..bytes.len() - 3], b"nonsense".as_slice(), b""] {
        std::fs::write(&kept, damaged).unwrap();
        let ran = solve("game.nfg", &[]);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""));
        assert_eq!(
            ran.err,
            "error: kept: this is no checkpoint, or it is damaged\n"
        );
    }
}

#[test]
fn methods_are_listed_with_what_each_is_for() {
    let ran = detente(&["methods"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    for name in [
        "logit",
        "pure",
        "extreme",
        "sequence-lp",
        "sequence-lcp",
        "regret",
        "search",
    ] {
        assert!(ran.out.lines().any(|line| line == name), "{}", ran.out);
    }
    assert_eq!(ran.out.matches("\n  when").count(), 7);
}
