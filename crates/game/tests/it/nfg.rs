//! Reading and writing `.nfg`.

use detente_game::normal::{Limits, NormalForm};
use detente_game::strategic::Table;
use detente_game::{Game, GameError, nfg, passes, read_game};
use proptest::prelude::*;

use crate::play::{build_up, game};
use crate::random::{Dice, random_game};

fn strategic(text: &str) -> Game {
    match nfg::read(text) {
        Ok(read) => read.game,
        Err(remarks) => panic!("{remarks:?}"),
    }
}

fn written(game: &Game) -> String {
    nfg::write(game, &Limits::default()).expect("small")
}

#[test]
fn the_payoff_version() {
    let game = strategic(
        "NFG 1 D \"a \\\"game\\\"\" { \"row\" \"column\" } { 3 2 } \"a remark\"\n 1 -2 1/3 .5, 1e1 -0 7 8 9 10 11 12",
    );
    assert_eq!(game.title(), "a \"game\"");
    assert_eq!((game.nodes(), game.sets(), game.depth()), (10, 2, 2));
    assert_eq!(game.labels().sets, ["strategy", "strategy"]);
    assert_eq!(game.labels().actions, ["1", "2", "3", "1", "2"]);
    let form = NormalForm::new(&game, &Limits::default()).expect("small");
    assert_eq!(
        form.payoffs,
        [
            1.0,
            -2.0,
            1.0 / 3.0,
            0.5,
            10.0,
            0.0,
            7.0,
            8.0,
            9.0,
            10.0,
            11.0,
            12.0
        ]
    );
    assert_eq!(
        written(&game),
        "NFG 1 R \"a \\\"game\\\"\" { \"row\" \"column\" }\n\n\
         { { \"1\" \"2\" \"3\" }\n{ \"1\" \"2\" }\n}\n\"\"\n\n\
         1 -2 1/3 0.5 10 0\n7 8 9 10 11 12\n"
    );
}

#[test]
fn the_outcome_version() {
    let text = "NFG 1 R \"\" { \"row\" \"column\" }\n\n{ { \"U\" \"D\" }\n{ \"L\" \"R\" }\n}\n\"\"\n\n\
                {\n{ \"peace\" 1, 2 }\n{ \"war\" -3, 4 }\n}\n1 2 0 1";
    let game = strategic(text);
    let form = NormalForm::new(&game, &Limits::default()).expect("small");
    assert_eq!(form.payoffs_of(&[0, 0]), [1.0, 2.0]);
    assert_eq!(form.payoffs_of(&[1, 0]), [-3.0, 4.0]);
    assert_eq!(form.payoffs_of(&[0, 1]), [0.0, 0.0]);
    assert_eq!(form.payoffs_of(&[1, 1]), [1.0, 2.0]);
    assert_eq!(
        written(&game),
        "NFG 1 R \"\" { \"row\" \"column\" }\n\n{ { \"U\" \"D\" }\n{ \"L\" \"R\" }\n}\n\"\"\n\n\
         {\n{ \"peace\" 1 2 }\n{ \"war\" -3 4 }\n{ \"\" 0 0 }\n}\n1 2\n3 1\n"
    );
}

#[test]
fn strategies_given_twice_are_numbered_with_a_warning() {
    let read = nfg::read("NFG 1 R \"\" { \"1\" } { { \"a\" \"b\" \"a\" } } 1 2 3").expect("reads");
    assert_eq!(read.game.labels().actions, ["a_1", "b", "a_2"]);
    let warnings: Vec<String> = read.warnings.iter().map(ToString::to_string).collect();
    assert_eq!(
        warnings,
        ["1:22: two strategies of one player are named \"a\"; they were numbered"]
    );
}

#[test]
fn an_extensive_game_is_written_in_its_reduced_normal_form() {
    assert_eq!(
        written(&build_up()),
        "NFG 1 R \"build-up\" { \"I\" \"U\" }\n\n{ { \"yes\" \"no\" }\n{ \"strike\" \"wait\" }\n}\n\"\"\n\n\
         -4.25 -1.75 -3 -3\n4.75 -4.75 0 0\n"
    );
    let thirds = game(
        "EFG 2 R \"\" { \"1\" }\nc \"\" 1 \"\" { \"a\" 1/3 \"b\" 2/3 } 0\n\
         p \"\" 1 1 \"\" { \"l\" \"r\" } 0 t \"\" 1 \"\" { 1 } t \"\" 2 \"\" { 0.1 }\n\
         p \"\" 1 2 \"\" { \"l\" \"r\" } 0 t \"\" 3 \"\" { 2 } t \"\" 4 \"\" { 0.2 }",
    );
    assert_eq!(
        written(&thirds),
        "NFG 1 R \"\" { \"1\" }\n\n{ { \"11\" \"12\" \"21\" \"22\" }\n}\n\"\"\n\n5/3 7/15 41/30 1/6\n"
    );
}

#[test]
fn nobody_plays() {
    let nobody = strategic("NFG 1 R \"\" { } { }");
    assert_eq!((nobody.nodes(), nobody.players()), (1, 0));
    let text = written(&nobody);
    assert_eq!(written(&strategic(&text)), text);
}

#[test]
fn tables_that_are_no_game() {
    let table = Table {
        players: vec!["1".to_owned()],
        strategies: vec![vec!["a".to_owned()]],
        outcome: vec![0],
        payoffs: vec![1.0],
        ..Table::default()
    };
    assert!(table.clone().into_game().is_ok());
    let many = Table {
        strategies: vec![vec![String::new(); 70_000]],
        outcome: vec![0; 70_000],
        ..table.clone()
    };
    assert!(matches!(
        many.into_game(),
        Err(GameError::Set { set: 0, .. })
    ));
    for wrong in [
        Table {
            strategies: Vec::new(),
            ..table.clone()
        },
        Table {
            strategies: vec![Vec::new()],
            outcome: Vec::new(),
            ..table.clone()
        },
        Table {
            outcome: vec![0, 0],
            ..table.clone()
        },
        Table {
            outcome: vec![7],
            ..table.clone()
        },
    ] {
        assert!(wrong.into_game().is_err());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn writing_what_was_read_gives_the_same_text(seed in any::<u64>(), recall in any::<bool>()) {
        let game = random_game(seed, recall);
        let limits = Limits { strategies: 300, cells: 3_000 };
        let Ok(text) = nfg::write(&game, &limits) else {
            return Ok(());
        };
        let again = read_game(&text).expect("reads");
        prop_assert!(again.warnings.is_empty(), "{:?}", again.warnings);
        prop_assert_eq!(nfg::write(&again.game, &limits).expect("small"), text);
        let before = NormalForm::new(&game, &limits).expect("small");
        let after = NormalForm::new(&again.game, &limits).expect("small");
        for (one, other) in before.payoffs.iter().zip(&after.payoffs) {
            prop_assert!((one - other).abs() < 1e-12);
        }
    }

    #[test]
    fn a_table_comes_back_from_its_tree(seed in any::<u64>()) {
        let mut dice = Dice::new(seed);
        let players = dice.below(4);
        let counts: Vec<usize> = (0..players).map(|_| 1 + dice.below(4)).collect();
        let profiles: usize = counts.iter().product();
        let table = Table {
            title: "table".to_owned(),
            players: (0..players).map(|player| format!("P{player}")).collect(),
            strategies: counts.iter().map(|&n| (0..n).map(|s| format!("s{s}")).collect()).collect(),
            outcome: (0..profiles as u32).collect(),
            payoffs: (0..profiles * players).map(|_| dice.share() * 1e3).collect(),
            outcome_names: Vec::new(),
        };
        let game = table.clone().into_game().expect("a game");
        prop_assert_eq!(Table::of_game(&game), Some(table.clone()));
        let form = NormalForm::new(&game, &Limits::default()).expect("small");
        prop_assert_eq!(Table::of_normal_form(&game, &form), table.clone());
        let read = read_game(&nfg::write_table(&table)).expect("reads");
        prop_assert_eq!(Table::of_game(&read.game), Some(table));
        prop_assert_eq!(passes::expected(&read.game, &detente_game::Profile::uniform(&read.game)).len(), players);
    }
}
