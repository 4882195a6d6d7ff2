//! Files that are no games: what is wrong, where, and how to mend it. Never a panic, and never more memory
//! than the text is worth.

use detente_game::normal::Limits;
use detente_game::{efg, nfg, read_game};
use proptest::prelude::*;

use crate::random::{Dice, random_game};

/// All remarks on a text, one a line.
fn remarks(text: &str) -> String {
    match read_game(text) {
        Ok(_) => panic!("accepted: {text}"),
        Err(remarks) => {
            let lines: Vec<String> = remarks.iter().map(ToString::to_string).collect();
            lines.join("\n")
        }
    }
}

#[test]
fn neither_format() {
    let wish =
        "1:1: a game must begin with `EFG 2 R` (extensive form) or `NFG 1 R` (strategic form)";
    let junk: String = (0..=255u8).cycle().take(5_000).map(char::from).collect();
    for text in [
        "",
        "   \n",
        "\u{0}\u{1}\u{2}",
        "efg 2 R",
        "scenario \"x\"",
        "\"EFG\"",
        "{",
        &junk,
    ] {
        assert_eq!(remarks(text), wish);
    }
}

#[test]
fn strategic_games_with_faults() {
    let cases = [
        (
            "NFG",
            "1:4: only version 1 of the format is known: write `NFG 1 R`",
        ),
        (
            "NFG 2 R",
            "1:5: only version 1 of the format is known: write `NFG 1 R`",
        ),
        ("NFG 1 X", "1:7: after `NFG 1` comes `R` or `D`"),
        ("NFG 1 R t", "1:9: expected the game's title in quotes"),
        (
            "NFG 1 R \"t",
            "1:11: expected the players' names in braces\n1:9: this quote is never closed: end the text with `\"`",
        ),
        (
            "NFG 1 R \"t\" \"A\"",
            "1:13: expected the players' names in braces",
        ),
        (
            "NFG 1 R \"t\" { \"A\"",
            "1:18: expected a player's name in quotes, or `}`",
        ),
        (
            "NFG 1 R \"t\" { \"A\" }",
            "1:20: expected the players' strategies in braces",
        ),
        (
            "NFG 1 R \"t\" { \"A\" } { x }",
            "1:23: expected the names of a player's strategies in braces, or how many there are, a whole number",
        ),
        (
            "NFG 1 R \"t\" { \"A\" } { { \"x\" 2 } }",
            "1:29: expected a strategy's name in quotes, or `}`",
        ),
        (
            "NFG 1 R \"t\" { \"A\" } { { } }",
            "1:23: a player needs at least one strategy",
        ),
        (
            "NFG 1 R \"t\" { \"A\" } { 0 }",
            "1:23: a player needs at least one strategy",
        ),
        (
            "NFG 1 R \"t\" { \"A\" } { 99999999999 }",
            "1:23: a player can have at most 65535 strategies, not 99999999999",
        ),
        (
            "NFG 1 R \"t\" { \"A\" \"B\" } { 2 }",
            "1:25: 2 players need 2 lists or numbers of strategies, not 1",
        ),
        (
            "NFG 1 R \"t\" { \"A\" \"B\" } { 2 2 } 1 2 3",
            "1:38: 4 profiles of 2 players need 8 payoffs, the file ends after 3",
        ),
        (
            "NFG 1 R \"t\" { \"A\" } { 2 } 1 2 3",
            "1:31: all 2 payoffs are there before this: take it out",
        ),
        (
            "NFG 1 R \"t\" { \"A\" } { 2 } 1 nan",
            "1:29: expected a payoff: a decimal number or a fraction",
        ),
        (
            "NFG 1 R \"t\" { \"A\" } { 2 } 1e999 1",
            "1:27: expected a payoff: a decimal number or a fraction",
        ),
        (
            "NFG 1 R \"t\" { \"A\" } { 2 } 1/0 1",
            "1:27: expected a payoff: a decimal number or a fraction",
        ),
        (
            "NFG 1 R \"t\" { \"A\" } { 2 } { { \"o\" 1 2 } } 1 1",
            "1:29: an outcome needs 1 payoffs, not 2",
        ),
        (
            "NFG 1 R \"t\" { \"A\" } { 2 } { { \"o\" 1 } } 1 2",
            "1:43: there is no outcome 2: the list above has 1",
        ),
        (
            "NFG 1 R \"t\" { \"A\" } { 2 } { { \"o\" 1 } } 1 -1",
            "1:43: expected the number of an outcome (0 for none), a whole number",
        ),
        (
            "NFG 1 R \"t\" { \"A\" } { 2 } { { \"o\" 1 } } 1",
            "1:42: 2 profiles need the number of an outcome each, the file ends after 1",
        ),
        (
            "NFG 1 R \"t\" { \"A\" } { 2 } { { \"o\" 1 } } 1 1 1",
            "1:45: all 2 profiles have an outcome before this: take it out",
        ),
        (
            "NFG 1 R \"t\" { \"A\" } { 2 } { { \"o\" 1",
            "1:36: expected a payoff, or `}`: a decimal number or a fraction",
        ),
        (
            "NFG 1 R \"t\" { \"A\" } { 2 } { 1 }",
            "1:29: expected an outcome in braces, or `}`",
        ),
    ];
    for (text, expected) in cases {
        assert_eq!(remarks(text), expected, "{text}");
    }
}

#[test]
fn sizes_that_are_declared_and_not_there() {
    let huge = "NFG 1 R \"\" { \"A\" \"B\" \"C\" \"D\" \"E\" \"F\" \"G\" \"H\" \"I\" } \
                { 65535 65535 65535 65535 65535 65535 65535 65535 65535 } 1 2 3";
    assert_eq!(
        remarks(huge),
        "1:115: more than 10^38 profiles of 9 players need more than 10^38 payoffs, the file ends after 3"
    );
    let many = format!("NFG 1 R \"\" {{ {} }} {{ }}", "\"A\" ".repeat(300));
    assert_eq!(
        remarks(&many),
        "1:1010: a game can have at most 249 players"
    );
    let actions = format!(
        "EFG 2 R \"\" {{ \"A\" }} p \"\" 1 1 \"\" {{ {} }} 0",
        "\"a\" ".repeat(70_000)
    );
    assert_eq!(
        remarks(&actions),
        "1:32: an information set can have at most 65535 actions"
    );
    let number = "9".repeat(100_000);
    let digits = format!("NFG 1 R \"\" {{ \"A\" }} {{ 1 }} {number}/{number}");
    assert!(remarks(&digits).ends_with("expected a payoff: a decimal number or a fraction"));
}

#[test]
fn many_faults_and_many_warnings_are_cut_short() {
    let faults = format!("EFG 2 R \"\" {{ \"A\" }}\n{}", "t \"\" x\n".repeat(10_000));
    assert_eq!(remarks(&faults).lines().count(), 20);
    let mut odd = "EFG 2 R \"\" { \"A\" }\n".to_owned();
    for set in 1..=1_000 {
        odd.push_str(&format!(
            "p \"\" 1 {set} \"\" {{ \"a\" \"a\" }} 0 t \"\" 0\n"
        ));
    }
    odd.push_str("t \"\" 0");
    let warnings = read_game(&odd).expect("reads").warnings;
    assert_eq!(warnings.len(), 21);
    assert_eq!(
        warnings[20].to_string(),
        "22:14: from here on 980 more warnings like these"
    );
}

#[test]
fn deep_nesting() {
    for text in [
        "{".repeat(200_000),
        "EFG 2 R \"\" { \"A\" } ".to_owned() + &"{".repeat(200_000),
        "NFG 1 R \"\" { \"A\" } ".to_owned() + &"{".repeat(200_000),
        "EFG 2 R \"\" { \"A\" } ".to_owned() + &"\"".repeat(200_001),
    ] {
        assert!(read_game(&text).is_err());
    }
}

/// Cuts, swaps and doubles pieces of a text, and puts in what the formats are made of.
fn mutated(text: &str, dice: &mut Dice) -> String {
    const PIECES: [&str; 16] = [
        "{",
        "}",
        "\"",
        "\\",
        ",",
        " 0 ",
        " 1 ",
        "-1",
        "1/3",
        "1e400",
        "9999999999999999999",
        "t \"\" ",
        "p \"\" 1 1 ",
        "c \"\" 1 ",
        "\u{0}",
        "é",
    ];
    let mut chars: Vec<char> = text.chars().collect();
    for _ in 0..1 + dice.below(4) {
        let at = dice.below(chars.len() + 1);
        let to = (at + dice.below(12)).min(chars.len());
        match dice.below(4) {
            0 => drop(chars.drain(at..to)),
            1 => drop(chars.splice(at..at, PIECES[dice.below(PIECES.len())].chars())),
            2 => chars.truncate(at.max(1)),
            _ => {
                let piece: Vec<char> = chars[at..to].to_vec();
                let place = dice.below(chars.len() + 1);
                chars.splice(place..place, piece);
            }
        }
    }
    chars.into_iter().collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    /// Whatever is accepted is written stably; nothing panics.
    #[test]
    fn damaged_files(seed in any::<u64>(), strategic in any::<bool>()) {
        let game = random_game(seed, true);
        let limits = Limits { strategies: 100, cells: 1_000 };
        let text = match nfg::write(&game, &limits) {
            Ok(table) if strategic => table,
            _ => efg::write(&game),
        };
        let Ok(read) = read_game(&mutated(&text, &mut Dice::new(seed))) else {
            return Ok(());
        };
        let once = efg::write(&read.game);
        let again = read_game(&once).expect("reads back");
        prop_assert_eq!(efg::write(&again.game), once);
        if let Ok(once) = nfg::write(&read.game, &limits) {
            let again = read_game(&once).expect("reads back");
            prop_assert_eq!(nfg::write(&again.game, &limits), Ok(once));
        }
    }
}
