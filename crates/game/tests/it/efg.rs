//! Reading and writing `.efg`.

use detente_game::efg::{read, write};
use proptest::prelude::*;

use crate::play::{build_up, game};
use crate::random::random_game;

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
        ["5:11: two actions of one information set are named \"a\"; they were numbered"]
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
        (
            "EFG 3 R",
            "1:5: only version 2 of the format is known: write `EFG 2 R`\n",
        ),
        (
            "EFG 2 R \"t\"",
            "1:12: expected the players' names in braces\n",
        ),
        (
            "EFG 2 R \"t",
            "1:9: this quote is never closed: end the text with `\"`\n",
        ),
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

#[test]
fn old_dialects_and_names_given_twice() {
    let read = read(
        "EFG 1 D \"\" { \"A\" \"A\" \"\" }\n\
         p \"\" 1 1 \"s\" { \"a\" \"a\" \"a_1\" } 0\n\
         p \"\" 1 2 \"s\" { \"\" \"1\" } 0 t \"\" 0 t \"\" 0\n\
         p \"\" 2 1 \"s\" { \"x\" } 1 \"o\" { 1, 2, 3 }\n t \"\" 2 { 1 2 3 }\n\
         t \"\" 0",
    )
    .expect("reads");
    let game = &read.game;
    assert_eq!(game.player_names(), ["A_1", "A_2", "Player 3"]);
    assert_eq!(game.labels().sets, ["s_1", "s_2", "s"]);
    assert_eq!(game.labels().actions, ["a_2", "a_3", "a_1", "_1", "1", "x"]);
    let warnings: Vec<String> = read.warnings.iter().map(ToString::to_string).collect();
    assert_eq!(
        warnings,
        [
            "1:5: version 1 of the format is read as if it were version 2",
            "1:12: there are two players named \"A\"; they were numbered",
            "2:14: two actions of one information set are named \"a\"; they were numbered",
            "3:14: two information sets of one player are named \"s\"; they were numbered",
        ]
    );
}

#[test]
fn labels_and_numbers_are_written_as_gambit_reads_them() {
    let odd = game(
        "EFG 2 R \"Präsident\u{2019}s  \\\"game\\\"\" { \"Iran\u{2019}s\" \"日\" }\n\
         c \"\" 1 \"\" { \"a\" 0.3333333333333333 \"b\" 0.3333333333333333 \"c\" 0.3333333333333333 } 0\n\
         p \"\" 1 1 \"a\\b\" { \"é\" \"e\" } 0\n\
         t \"\" 1 \"x\" { 1e-9 -0 }\n\
         t \"\" 2 \"\" { 0.30000000000000004 -1e300 }\n\
         p \"\" 1 1 0\n t \"\" 1\n t \"\" 1\n\
         t \"\" 0",
    );
    assert_eq!(
        write(&odd),
        "EFG 2 R \"Prasident's \\\"game\\\"\" { \"Iran's\" \"?\" }\n\"\"\n\n\
         c \"\" 1 \"\" { \"a\" 1/3 \"b\" 1/3 \"c\" 1/3 } 0\n\
         p \"\" 1 1 \"a/b\" { \"e_1\" \"e_2\" } 0\n\
         t \"\" 1 \"x\" { 0.000000001 0 }\n\
         t \"\" 2 \"\" { 0.30000000000000004 -1e300 }\n\
         p \"\" 1 1 0\n\
         t \"\" 1\n\
         t \"\" 1\n\
         t \"\" 3 \"\" { 0 0 }\n"
    );
}

#[test]
fn probabilities_are_written_so_that_they_sum_to_one() {
    let draw = game(
        "EFG 2 R \"\" { }\nc \"\" 1 \"\" { \"a\" 0.30000000000000004 \"b\" 0.7 } 0 t \"\" 0 t \"\" 0",
    );
    let text = write(&draw);
    assert!(text.contains("\"a\" 0.3 \"b\" 0.7"), "{text}");
    assert_eq!(write(&game(&text)), text);
}

proptest! {
    #[test]
    fn writing_what_was_read_gives_the_same_text(seed in any::<u64>(), recall in any::<bool>()) {
        let first = random_game(seed, recall);
        let text = write(&first);
        let second = read(&text).expect("reads");
        prop_assert!(second.warnings.is_empty());
        prop_assert_eq!(&second.game, &first);
        prop_assert_eq!(write(&second.game), text);
    }
}
