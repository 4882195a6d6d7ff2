//! What an actor knows is its information set.

use crate::{game, play};
use detente_expand::{Observed, Observer};

fn sets(body: &str) -> usize {
    game(&play(body)).game.sets()
}

#[test]
fn everybody_sees_a_choice_unless_it_is_said_otherwise() {
    assert_eq!(
        sets("a chooses x { l, r }\nb chooses y { l, r }\nend good"),
        3
    );
    assert_eq!(
        sets("a chooses x secretly { l, r }\nb chooses y { l, r }\nend good"),
        2
    );
    assert_eq!(
        sets("a chooses x secretly { l, r }\na chooses y { l, r }\nend good"),
        3
    );
    assert_eq!(
        sets("a chooses x seen by b { l, r }\nb chooses y { l, r }\nend good"),
        3
    );
}

#[test]
fn draws_are_seen_by_those_who_are_named() {
    let draw = |who: &str| {
        format!("chance c {{ u 50 %, d 50 % }} {who}\na chooses x {{ l, r }}\nend good")
    };
    assert_eq!(sets(&draw("")), 2);
    assert_eq!(sets(&draw("seen by a")), 2);
    assert_eq!(sets(&draw("seen by b")), 1);
    assert_eq!(sets(&draw("seen by nobody")), 1);
}

#[test]
fn choices_made_together_are_seen_only_at_the_end() {
    assert_eq!(
        sets("together { a chooses x { l, r }\nb chooses y { l, r } }\nend good"),
        2
    );
    assert_eq!(
        sets(
            "together { a chooses x { l, r }\nb chooses y { l, r } }\na chooses z { l, r }\nend good"
        ),
        2 + 4
    );
    // The chooser knows its own choice at once.
    assert_eq!(
        sets("together { a chooses x { l, r }\na chooses y { l, r } }\nend good"),
        3
    );
}

#[test]
fn what_is_shown_is_known() {
    let body = |show: &str| {
        format!("a chooses x secretly {{ l, r }}\n{show}\nb chooses y {{ l, r }}\nend good")
    };
    assert_eq!(sets(&body("")), 2);
    assert_eq!(sets(&body("show x to b")), 3);
    assert_eq!(sets(&body("if x == l { show x to b }")), 3);
}

#[test]
fn the_clock_is_public() {
    // In every round Bob moves without having seen anything, but he knows the round.
    assert_eq!(
        sets("repeat 3 { a chooses x secretly { l, r }\nb chooses y secretly { l, r } }\nend good"),
        {
            let ann = 1 + 2 + 4;
            let bob = 1 + 2 + 4;
            ann + bob
        }
    );
}

#[test]
fn names_tell_type_round_and_what_was_seen() {
    let x = game(&play(
        "chance t { weak \"weak\" 50 %, strong \"strong\" 50 % } seen by b\nrepeat 2 {\n\
         a chooses x { offer \"offer a deal\", wait }\n b chooses y { yes, no } }\nend good",
    ));
    let names: Vec<String> = (0..x.game.sets())
        .map(|set| x.set_name(set as u32).to_string())
        .collect();
    assert_eq!(names[0], "Ann, round 1, at the start");
    assert_eq!(names[1], "Bob (weak), round 1, after: Ann: offer a deal");
    let again = "Ann, round 2, after: [round 1] Ann: offer a deal; Bob: y: yes";
    assert!(names.iter().any(|name| name == again), "{names:#?}");
}

#[test]
fn names_are_different_for_different_sets() {
    let x = game(&play(
        "chance t { weak 50 %, strong 50 % } seen by b\nrepeat 2 {\n a chooses x { offer, wait }\n \
         b chooses y secretly { l, r }\n if y == l { show y to a } }\nend good",
    ));
    let mut names: Vec<String> = (0..x.game.sets())
        .map(|set| x.set_name(set as u32).to_string())
        .collect();
    let all = names.len();
    names.sort();
    names.dedup();
    assert_eq!(names.len(), all);
}

#[test]
fn what_an_actor_has_not_seen_is_hidden_from_it() {
    let x = game(&play(
        "a chooses x secretly { l, r }\nb chooses y { l, r }\nend good",
    ));
    let node = x.game.members()[x.game.member_range(1).start];
    assert_eq!(x.hidden_from(1, node), ["Ann: l"]);
    assert_eq!(x.hidden_from(0, node), Vec::<String>::new());
}

fn told(expansion: &detente_expand::Expansion, observer: Observer, node: u32) -> Vec<String> {
    let seen = expansion.observations(observer, node);
    let words = seen.iter().map(|seen| match seen.what {
        Observed::Happened { branch, option } => {
            expansion.words.options[branch][option].short.clone()
        }
        Observed::Shown { variable, value } => {
            format!("{} = {value}", expansion.words.variables[variable])
        }
    });
    words.collect()
}

#[test]
fn observers_see_what_they_may_and_the_public_what_all_see() {
    let x = game(&play(
        "chance t { weak 50 %, strong 50 % } seen by b\n\
         together { a chooses x { l, r }\nb chooses y { u, d } }\n\
         b chooses z secretly { enter, out }\nif z == out { show z to a }\na chooses w { go, stop }\nend good",
    ));
    let game = &x.game;
    let last = game.nodes() as u32 - 1;
    let end = |observer| told(&x, observer, last);
    // Bob sees his own choice before that of Ann, which is revealed after both.
    assert_eq!(end(Observer::Actor(1)), ["strong", "d", "r", "out", "stop"]);
    assert_eq!(end(Observer::Actor(0))[..2], ["r", "d"]);
    assert!(end(Observer::Actor(0))[2].starts_with("z = "));
    assert_eq!(end(Observer::Public), ["r", "d", "stop"]);
    // Nodes of an information set look alike to its actor, and alone those.
    let sights = x.sights();
    for node in 0..game.nodes() as u32 {
        for other in 0..node {
            for observer in [Observer::Actor(0), Observer::Actor(1), Observer::Public] {
                let alike = sights.class(observer, node) == sights.class(observer, other);
                assert_eq!(alike, told(&x, observer, node) == told(&x, observer, other));
            }
        }
    }
}
