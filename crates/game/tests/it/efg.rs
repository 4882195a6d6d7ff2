//! Reading and writing `.efg`.

use std::fs;
use std::path::PathBuf;

use detente_game::efg::{read, write};

use crate::play::{build_up, game};

fn files(folder: &str) -> Vec<PathBuf> {
    let path = format!(
        "{}/../../../shared/cases/{folder}",
        env!("CARGO_MANIFEST_DIR")
    );
    let Ok(entries) = fs::read_dir(&path) else {
        println!("skipped: ../shared/cases/{folder} is absent");
        return Vec::new();
    };
    let mut files: Vec<PathBuf> = entries
        .filter_map(|entry| entry.ok().map(|e| e.path()))
        .collect();
    files.retain(|path| path.extension().is_some_and(|e| e == "efg"));
    files.sort();
    files
}

#[test]
fn every_shared_game_loads_and_is_written_stably() {
    for path in files("bench").into_iter().chain(files("gambit")) {
        let text = fs::read_to_string(&path).expect("readable");
        let first = read(&text).unwrap_or_else(|remarks| panic!("{}: {remarks:?}", path.display()));
        let written = write(&first.game);
        let second =
            read(&written).unwrap_or_else(|remarks| panic!("{}: {remarks:?}", path.display()));
        assert!(first.game.same_shape(&second.game), "{}", path.display());
        assert_eq!(first.game.payoff_max(0), second.game.payoff_max(0));
        assert_eq!(write(&second.game), written, "{}", path.display());
    }
}

#[test]
fn sizes_of_the_bench_games() {
    for path in files("bench") {
        let game = game(&fs::read_to_string(&path).expect("readable"));
        let name = path
            .file_stem()
            .and_then(|s| s.to_str())
            .unwrap_or_default();
        let expected = match name {
            "crisis-561" => (561, 98),
            "crisis-20577" => (20_577, 1_862),
            "leduc3x2" => (9_451, 2_184),
            "bargR3K8M8" => (112_193, 14_016),
            _ => continue,
        };
        assert_eq!((game.nodes(), game.actions()), expected, "{name}");
    }
}

#[test]
fn numbers_names_and_inner_outcomes() {
    let read = read(
        "\u{feff}EFG 2 D \"A \\\"quoted\\\" title\" { \"eins\" \"zwei\" }\r\n\"a remark\"\r\n\
         p \"\" 1 7 \"(1,1)\" { \"l\" \"r\" } 1 \"tax\" { -1/2, .25 }\r\n\
         t \"\" 2 \"win\" { 1e1 -3/4 }\r\n\
         c \"\" 3 \"\" { \"a\" 1/3 \"a\" 2/3 } 0\r\n\
         t \"\" 2\r\n\
         t \"\" 0",
    )
    .expect("reads");
    let game = &read.game;
    assert_eq!(game.title(), "A \"quoted\" title");
    assert_eq!(game.player_names(), ["eins", "zwei"]);
    assert_eq!(game.labels().sets, ["(1,1)"]);
    assert_eq!(game.labels().actions, ["l", "r"]);
    assert_eq!(game.chance(), [1.0 / 3.0, 2.0 / 3.0]);
    assert_eq!(game.payoffs_at(1), [9.5, -0.5]);
    assert_eq!(game.payoffs_at(3), [9.5, -0.5]);
    assert_eq!(game.payoffs_at(4), [-0.5, 0.25]);
    let warnings: Vec<String> = read.warnings.iter().map(ToString::to_string).collect();
    assert_eq!(
        warnings,
        ["5:11: two actions of one information set are named \"a\""]
    );
}

#[test]
fn rounded_probabilities_are_scaled_with_a_warning() {
    let text = "EFG 2 R \"\" { }\nc \"\" 1 \"\" { \"a\" 0.333 \"b\" 0.333 \"c\" 0.333 } 0\nt \"\" 0\nt \"\" 0\nt \"\" 0";
    let read = read(text).expect("reads");
    assert_eq!(read.game.chance(), [1.0 / 3.0; 3]);
    assert_eq!(read.warnings.len(), 1);
    assert_eq!((read.warnings[0].line, read.warnings[0].column), (2, 11));
}

#[test]
fn a_written_game_reads_back() {
    let game = build_up();
    let text = write(&game);
    assert_eq!(crate::play::game(&text), game);
    assert!(
        text.starts_with("EFG 2 R \"build-up\" { \"I\" \"U\" }\n"),
        "{text}"
    );
}

/// All remarks on a text, one a line.
fn remarks(text: &str) -> String {
    match read(text) {
        Ok(_) => panic!("accepted: {text}"),
        Err(remarks) => remarks.iter().map(|remark| format!("{remark}\n")).collect(),
    }
}

#[test]
fn faults_are_told_with_their_place() {
    let head = "EFG 2 R \"t\" { \"1\" }\n";
    let cases = [
        ("", "1:1: the file must begin with `EFG 2 R`\n"),
        ("NFG 1", "1:1: the file must begin with `EFG 2 R`\n"),
        ("EFG 1 R", "1:5: only version 2 of the format is known\n"),
        (
            "EFG 2 R \"t\"",
            "1:12: expected the players' names in braces\n",
        ),
        ("EFG 2 R \"t", "1:9: this quote is never closed\n"),
        (
            "@t \"\" 1 \"\" { 1 2 }",
            "2:11: an outcome needs 1 payoffs, not 2\n",
        ),
        (
            "@t \"\" 1 \"\" { x }",
            "2:13: expected a payoff, or `}`: a decimal number or a fraction\n",
        ),
        (
            "@t \"\" 1 \"\" { 1/0 }",
            "2:13: expected a payoff, or `}`: a decimal number or a fraction\n",
        ),
        (
            "@t \"\" 1 \"\" { inf }",
            "2:13: expected a payoff, or `}`: a decimal number or a fraction\n",
        ),
        (
            "@t \"\" 0 \"\" { 1 }",
            "2:11: outcome 0 means none and cannot have payoffs\n",
        ),
        ("@t \"\" 4", "2:1: outcome 4 has no payoffs anywhere\n"),
        (
            "@t \"\" 0 t \"\" 0",
            "2:8: the tree is complete before this node\n",
        ),
        ("@", "1:1: the file has no nodes\n"),
        (
            "@p \"\" 2 1 \"\" { \"a\" } 0",
            "2:6: there is no player 2\n",
        ),
        (
            "@p \"\" 1 1 0",
            "2:10: information set 1 has no actions yet: expected `{`\n",
        ),
        (
            "@p \"\" 1 1 \"\" { } 0",
            "2:13: an information set needs at least one action\n",
        ),
        (
            "@p \"\" 1 1 \"\" { \"a\" \"b\" } 0 t \"\" 0",
            "2:33: the file ends too early: at least 1 nodes are missing\n",
        ),
        (
            "@p \"\" 1 1 \"\" { \"a\" } 0 p \"\" 1 1 \"\" { \"a\" \"b\" } 0 t \"\" 0",
            "2:35: information set 1 had 1 actions before, here 2\n",
        ),
        (
            "@c \"\" 1 \"\" { \"a\" 0.5 \"b\" 0.6 } 0",
            "2:11: the probabilities of the draw must be at least 0 and sum to 1, not 1.1\n",
        ),
        (
            "@c \"\" 1 \"\" { \"a\" } 0",
            "2:17: expected the action's probability: a decimal number or a fraction\n",
        ),
        ("@q", "2:1: expected a node: `c`, `p` or `t`\n"),
        (
            "@t \"\" one",
            "2:6: expected the number of the outcome (0 for none), a whole number\n",
        ),
    ];
    for (text, expected) in cases {
        let text = text.replacen('@', head, 1);
        let found = remarks(&text);
        assert!(found.ends_with(expected), "{text}\n{found}\n{expected}");
    }
}

#[test]
fn several_faults_in_one_run() {
    let found = remarks(
        "EFG 2 R \"\" { \"1\" }\np \"\" 1 1 \"\" { \"a\" } x\nt \"\" 1 \"\" { }\nt \"\" y\n",
    );
    assert_eq!(found.lines().count(), 3, "{found}");
}

#[test]
fn junk_is_refused_and_deep_trees_are_read() {
    for text in [
        "\0\0\0",
        "EFG 2 R {{{{",
        "}",
        "\"",
        "EFG 2 R \"\" { } \u{1F600}",
    ] {
        assert!(read(text).is_err());
    }
    let mut deep = String::from("EFG 2 R \"\" { \"1\" }\n");
    for level in 1..=50_000 {
        deep.push_str(&format!(
            "p \"\" 1 {level} \"\" {{ \"stop\" \"go\" }} 0\nt \"\" 0\n"
        ));
    }
    deep.push_str("t \"\" 0");
    let game = game(&deep);
    assert_eq!(game.depth(), 50_000);
}
