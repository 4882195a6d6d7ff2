//! `detente convert`: scenarios and Gambit's files, both ways.

use std::io::Write;
use std::process::{Command, Stdio};

use crate::{Ran, detente, detente_in, library, ran};

const DRIVER: &str = "EFG 2 R \"\" { \"driver\" }\n\
    p \"\" 1 1 \"crossing\" { \"exit\" \"on\" } 0\nt \"\" 1 \"\" { 0 }\n\
    p \"\" 1 1 0\nt \"\" 2 \"\" { 4 }\nt \"\" 3 \"\" { 1 }\n";

const PENNIES: &str = "NFG 1 R \"pennies\" { \"A\" \"B\" } { 2 2 } 1 -1 -1 1 -1 1 1 -1";

/// Runs `detente convert -` on a text.
fn convert(text: &str, more: &[&str]) -> Ran {
    let mut child = Command::new(env!("CARGO_BIN_EXE_detente"))
        .args(["convert", "-"])
        .args(more)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    input.write_all(text.as_bytes()).unwrap();
    drop(input);
    ran(&child.wait_with_output().unwrap())
}

#[test]
fn a_scenario_becomes_a_tree_or_a_table_and_both_come_back() {
    let chicken = library("chicken.detente");
    let tree = detente(&["convert", &chicken]);
    assert_eq!(tree.code, 0, "{}", tree.err);
    assert_eq!(
        tree.out,
        detente(&["tree", &chicken, "--format", "efg"]).out
    );
    let table = detente(&["convert", &chicken, "--to", "nfg"]);
    assert!(table.out.starts_with("NFG 1 R "), "{}", table.out);
    for (text, to) in [(&tree.out, "efg"), (&tree.out, "nfg"), (&table.out, "nfg")] {
        let again = convert(text, &["--to", to]);
        assert_eq!((again.code, again.err.as_str()), (0, ""));
        let expected = if to == "efg" { &tree.out } else { &table.out };
        assert_eq!(&again.out, expected);
    }
}

#[test]
fn the_ending_of_the_output_tells_the_format() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("pennies.nfg"), PENNIES).unwrap();
    let ran = detente_in(folder.path(), &["convert", "pennies.nfg", "-o", "out.efg"]);
    assert_eq!((ran.code, ran.out.as_str(), ran.err.as_str()), (0, "", ""));
    let written = std::fs::read_to_string(folder.path().join("out.efg")).unwrap();
    assert!(written.starts_with("EFG 2 R \"pennies\""), "{written}");
    let ran = detente_in(folder.path(), &["convert", "pennies.nfg", "-o", "out.txt"]);
    assert_eq!(ran.code, 2);
    assert_eq!(
        ran.err,
        "error: out.txt: say in which format, `--to efg` or `--to nfg`\n"
    );
    let ran = detente_in(
        folder.path(),
        &["convert", "pennies.nfg", "-o", "no/out.efg"],
    );
    assert_eq!(ran.code, 2);
    assert!(
        ran.err.starts_with("error: cannot write no/out.efg"),
        "{}",
        ran.err
    );
}

#[test]
fn what_is_odd_goes_to_standard_error() {
    let ran = convert(DRIVER, &[]);
    assert_eq!(ran.code, 0);
    assert_eq!(
        ran.err,
        "note: driver is absent-minded at the information set \"crossing\": one path passes it more than once\n"
    );
    assert_eq!(ran.out.matches('\n').count(), 8, "{}", ran.out);
    let ran = convert("NFG 1 R \"\" { \"A\" } { { \"x\" \"x\" } } 1 2", &[]);
    assert_eq!(
        ran.err,
        "warning: -:1:22: two strategies of one player are named \"x\"; they were numbered\n"
    );
}

#[test]
fn bad_games_are_refused_with_their_place() {
    let cases = [
        (
            "NFG 1 R \"\" { \"A\" } { 2 } 1",
            2,
            "error: -:1:27: 2 profiles of 1 players need 2 payoffs, the file ends after 1\n",
        ),
        (
            "EFG 2 R \"\" { \"A\" }\np x",
            2,
            "error: -:2:3: expected the player's number, a whole number\n",
        ),
    ];
    for (text, code, message) in cases {
        let ran = convert(text, &[]);
        assert_eq!(
            (ran.code, ran.err.as_str(), ran.out.as_str()),
            (code, message, "")
        );
    }
    // What is neither is read as a scenario.
    let ran = convert("\0\u{1}binary", &[]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("error[E"), "{}", ran.err);
}

#[test]
fn limits_and_settings() {
    let ran = convert(PENNIES, &["--max-nodes", "5"]);
    assert_eq!(ran.code, 3);
    assert_eq!(
        ran.err,
        "error: - has 7 nodes, more than 5; allow more with `--max-nodes 7`\n"
    );
    let ran = convert(PENNIES, &["--set", "x=1"]);
    assert_eq!(ran.code, 2);
    assert_eq!(
        ran.err,
        "error: `--set x=1`: only scenarios have params, and - is none\n"
    );
    let kuhn = library("kuhn-poker.detente");
    assert_eq!(detente(&["convert", &kuhn, "--to", "nfg"]).code, 0);
    let chicken = library("chicken.detente");
    let set = detente(&["convert", &chicken, "--set", "crash=42"]);
    assert!(set.out.contains("{ -42 -42 }"), "{} {}", set.err, set.out);
}
