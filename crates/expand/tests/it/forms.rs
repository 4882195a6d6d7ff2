//! Tables, weights, sums, blocks and fixed behaviour along the paths of a game.

use crate::{expanded, game, play, scenario};
use detente_expand::{ExpandError, Limits};
use detente_game::order::perfect_recall;
use detente_language::eval::bind;
use detente_language::query;

/// What the first actor gains at each end.
fn gains(text: &str) -> Vec<f64> {
    let x = game(text);
    let actors = x.game.players();
    x.game.payoffs().iter().step_by(actors).copied().collect()
}

fn fails(text: &str) -> &'static str {
    match expanded(text, Limits::default()) {
        Err(ExpandError::Scenario(diagnostic)) => diagnostic.code,
        other => panic!("{:?}", other.map(|x| x.game.nodes())),
    }
}

const TYPES: &str = "table cost by kind { low 5, high 2 * base }\nparam base = 10\n\
    table harm by kind, arms {\n build, hold\n low -1, 3\n high -3, 0\n}\n\
    fn twice(k) = 2 * cost[k]\n";

#[test]
fn tables_are_looked_up_by_options() {
    let body = "chance kind { low 50 %, high 50 % }\na chooses arms { build, hold }\n\
        gain a cost[kind] + 100 * harm[kind, arms] + 1000 * twice(kind) + 10000 * cost[low]\nend good";
    let text = format!("{TYPES}{}", play(body));
    assert_eq!(gains(&text), [59_905.0, 60_305.0, 89_720.0, 90_020.0]);
}

#[test]
fn tables_fit_every_choice_with_their_options_and_guards_and_probabilities() {
    let body = "chance kind { low 50 %, high 50 % }\nchance other { high cost[kind] / 20, low 1 - cost[kind] / 20 }\n\
        a chooses arms { build, hold if cost[other] > 6 }\ngain a cost[other]\nend good";
    let x = game(&format!("{TYPES}{}", play(body)));
    assert_eq!(x.game.chance()[2..], [0.25, 0.75, 1.0, 0.0]);
    assert_eq!(x.game.ends(), 6);
}

#[test]
fn tables_go_by_rounds_and_numbers_of_a_grid() {
    let body =
        "repeat 2 as i {\n  a chooses d in 10 % .. 30 % step 10 % { gain a t[i, d] }\n}\nend good";
    let text = format!(
        "table t by i, d {{ 10 %, 20 %, 30 %; 1: 1, 2, 3; 2: 10, 20, 30 }}\n{}",
        play(body)
    );
    assert_eq!(
        gains(&text),
        [11.0, 21.0, 31.0, 12.0, 22.0, 32.0, 13.0, 23.0, 33.0]
    );
}

#[test]
fn a_place_that_is_not_there_is_told_with_its_path() {
    let body = "repeat 3 as i { a chooses x { l, r } gain a t[i] }\nend good";
    let text = format!("table t by i {{ 1: 1, 2: 2 }}\n{}", play(body));
    assert_eq!(fails(&text), "E0511");
    // What nothing has a value for has no value in a table either.
    let text = format!(
        "{TYPES}{}",
        play(
            "a chooses arms { build, hold { gain a cost[kind] } }\nchance kind { low 50 %, high 50 % }\nend good"
        )
    );
    assert_eq!(fails(&text), "E0507");
}

#[test]
fn queries_look_up_tables() {
    let body = "chance kind { low 50 %, high 50 % }\na chooses arms { build, hold }\nend good";
    let text = format!("{TYPES}{}", play(body));
    let scenario = scenario(&text);
    for good in [
        "mean(harm[kind, arms])",
        "p(cost[kind] > 6)",
        "cost[high] * p(good)",
        "twice(low)",
    ] {
        assert!(query::parse(&scenario, good).is_ok(), "{good}");
    }
    for (bad, code) in [
        ("cost[kind]", "E0220"),
        ("cost(kind)", "E0208"),
        ("cost[arms] + 0", "E0302"),
        ("cost[nope]", "E0204"),
        ("twice[low]", "E0208"),
    ] {
        let (_, diagnostics) = query::parse(&scenario, bad).expect_err(bad);
        assert!(
            diagnostics.iter().any(|d| d.code == code),
            "{bad} {diagnostics:#?}"
        );
    }
    let settings = bind(&scenario, &[]).unwrap();
    let twice = query::parse(&scenario, "twice(high) + harm[low, hold]").unwrap();
    let value = detente_language::eval::constant(&scenario, &settings, &twice);
    assert_eq!(value.ok(), Some(43.0));
}

#[test]
fn weights_become_probabilities() {
    let x = game(&play(
        "chance c { u weight 3, d weight 1 }\nchance g in 1 .. 3 step 1 weight 4 - g\nend good",
    ));
    assert_eq!(x.game.chance()[..2], [0.75, 0.25]);
    let grid = &x.game.chance()[2..5];
    for (found, wanted) in grid.iter().zip([3.0, 2.0, 1.0]) {
        assert!((found - wanted / 6.0).abs() < 1e-15);
    }
    // Weights may depend on the path, and be of any size; a closed number of a grid takes no part.
    let x = game(&play(
        "a chooses x { l, r }\nchance c { u weight if x == l then 1e308 else 0, d weight 1e308 }\nend good",
    ));
    assert_eq!(x.game.chance(), [0.5, 0.5, 0.0, 1.0]);
    let x = game(&play(
        "chance g in 1 .. 4 step 1 weight g if g != 2\nend good",
    ));
    assert_eq!(x.game.chance(), [0.125, 0.375, 0.5]);
}

#[test]
fn weights_that_make_no_probabilities_are_told() {
    for body in [
        "a chooses x { l, r }\nchance c { u weight if x == l then 0 else 1, d weight 0 }\nend good",
        "a chooses x { l, r }\nchance c { u weight if x == l then -1 else 1, d weight 2 }\nend good",
        "chance g in 1 .. 3 step 1 weight g - 2\nend good",
    ] {
        assert_eq!(fails(&play(body)), "E0512", "{body}");
    }
    let text = play("chance c { u weight 1 / k, d weight 2 }\nchance k in 0 .. 1 step 1\nend good");
    assert_eq!(fails(&text), "E0507");
}

#[test]
fn one_option_takes_what_the_others_leave() {
    let x = game(&play(
        "a chooses x { l, r }\nchance c { u if x == l then 0.25 else 0.5, v 12.5 %, d otherwise }\nend good",
    ));
    assert_eq!(x.game.chance(), [0.25, 0.125, 0.625, 0.5, 0.125, 0.375]);
    // What is closed is no branch, and what it would have had is left to the other.
    let x = game(&play(
        "a chooses x { l, r }\nchance c { u 25 % if x == l, d otherwise }\nend good",
    ));
    assert_eq!(x.game.chance(), [0.25, 0.75, 1.0]);
    assert_eq!(x.game.ends(), 3);
    let x = game(&play(
        "a chooses x { l, r }\nchance c { u weight 1, v weight 2 if x == l, d weight 1 }\nend good",
    ));
    assert_eq!(x.game.chance(), [0.25, 0.5, 0.25, 0.5, 0.5]);
    let body =
        "a chooses x { l, r }\nchance c { u if x == l then 1.5 else 0.5, d otherwise }\nend good";
    assert_eq!(fails(&play(body)), "E0501");
    let body = "a chooses x { l, r }\nchance c { u 50 % if x == l, d 50 % }\nend good";
    assert_eq!(fails(&play(body)), "E0502");
    // A number may be called so, too.
    let x = game(&format!(
        "let otherwise = 30 %\n{}",
        play("chance c { u 70 %, d otherwise }\nend good")
    ));
    assert_eq!(x.game.chance(), [0.7, 0.3]);
}

/// A play with blocks.
fn with_blocks(blocks: &str, body: &str) -> String {
    format!("{blocks}\n{}", play(body))
}

#[test]
fn blocks_are_played_where_they_are_called_and_come_back() {
    let blocks = "block react { b chooses reply { yes { gain b 1 }, no { gain b 2; end bad } } gain a 10 }\n\
                  block twice { do react; do react }";
    let x = game(&with_blocks(
        blocks,
        "a chooses x { l { do react }, r { do twice } }\nend good",
    ));
    // After l: yes, no; after r: yes and then yes or no, or no at once.
    let ends: Vec<(f64, f64)> = x.game.payoffs().chunks(2).map(|p| (p[0], p[1])).collect();
    let wanted = [
        (10.0, 1.0),
        (0.0, 2.0),
        (20.0, 2.0),
        (10.0, 3.0),
        (0.0, 2.0),
    ];
    assert_eq!(ends, wanted);
    assert!(perfect_recall(&x.game).is_ok());
}

#[test]
fn where_a_block_was_called_is_no_knowledge() {
    let blocks = "block react { b chooses reply { yes, no } }";
    let hidden = "a chooses x secretly { l { do react }, r { do react } }\nend good";
    assert_eq!(game(&with_blocks(blocks, hidden)).game.sets(), 2);
    let seen = "a chooses x { l { do react }, r { do react } }\nend good";
    let x = game(&with_blocks(blocks, seen));
    assert_eq!(x.game.sets(), 3);
    assert_eq!(x.set_name(2).to_string(), "Bob, after: Ann: r");
}

#[test]
fn blocks_may_play_themselves() {
    let blocks = "block bargain {\n  a chooses offer { high, low }\n  b chooses reply { accept { end good }, reject }\n\
                  set s = s + 1\n  if s < 3 { do bargain }\n  gain a 1\n}";
    let x = game(&with_blocks(blocks, "do bargain\nend bad"));
    assert!(perfect_recall(&x.game).is_ok());
    // Each of three rounds has two offers with two replies; behind every call its own statements run.
    let bad: Vec<f64> = (0..x.game.ends())
        .filter(|&end| x.paths.outcome[end] == 1)
        .map(|end| x.payoffs_of_end(end)[0])
        .collect();
    assert_eq!(bad, [3.0; 8]);
    assert_eq!(x.game.ends(), 2 + 4 + 8 + 8);
    let endless = with_blocks("block b1 { do b2 }\nblock b2 { do b1 }", "do b1\nend good");
    assert!(matches!(
        expanded(&endless, Limits::default()),
        Err(ExpandError::Limit(_))
    ));
}

#[test]
fn rounds_around_a_block_are_known_in_it() {
    let blocks = "block act { b chooses y { u, d } repeat 2 as j { a chooses z { p, q } } }";
    let x = game(&with_blocks(
        blocks,
        "repeat 2 as i { a chooses x secretly { l, r } do act }\nend good",
    ));
    assert!(perfect_recall(&x.game).is_ok());
    let names: Vec<String> = (0..x.game.sets())
        .map(|set| x.set_name(set as u32).to_string())
        .collect();
    assert_eq!(
        names
            .iter()
            .filter(|n| n.starts_with("Bob, round 1"))
            .count(),
        1
    );
    assert!(
        names.iter().any(|n| n.starts_with("Bob, round 2")),
        "{names:#?}"
    );
    // Statements behind a `repeat` belong to no round.
    let x = game(&play(
        "repeat 2 { a chooses x { l, r } }\nb chooses y { u, d }\nend good",
    ));
    let name = x.set_name(x.game.sets() as u32 - 1).to_string();
    assert_eq!(name, "Bob, after: Ann: r; Ann: r");
}

#[test]
fn assumed_behaviour_is_a_draw_in_the_actors_name() {
    let x = game(&play(
        "a chooses x { l, r }\nassume b chooses y { u if x == l then 0.75 else 0.5, d otherwise }\n\
         a chooses z { p, q }\nend good",
    ));
    assert_eq!(x.game.chance(), [0.75, 0.25, 0.5, 0.5]);
    assert!(perfect_recall(&x.game).is_ok());
    assert_eq!(
        x.set_name(1).to_string(),
        "Ann, after: Ann: l; Bob, by assumption: u"
    );
    // Who is not told does not see it; the actor itself knows what it did.
    let x = game(&play(
        "assume b chooses y secretly { u 50 %, d otherwise }\na chooses z { p, q }\nb chooses w { m, n }\nend good",
    ));
    assert_eq!(x.game.sets(), 1 + 4);
    let x = game(&play(
        "together { assume b chooses y in 1 .. 3 step 1 weight y\na chooses z { p, q } }\nb chooses w { m, n }\nend good",
    ));
    assert_eq!(x.game.sets(), 1 + 6);
}

#[test]
fn assumed_behaviour_rests_on_what_the_actor_sees() {
    let body = "a chooses x seen by nobody { l, r }\nassume b chooses y { u if x == l then 0.75 else 0.5, d otherwise }\nend good";
    assert_eq!(fails(&play(body)), "E0513");
}

#[test]
fn outcomes_bring_their_payoffs_where_the_path_ends() {
    let text = play("a chooses x { l { set s = 3; end bad }, r { gain a 10 } }\nend good")
        .replace("outcome bad \"Bad\"", "outcome bad \"Bad\" { a -1, b s }");
    let x = game(&text);
    assert_eq!(x.game.payoffs(), [-1.0, 3.0, 10.0, 0.0]);
}
