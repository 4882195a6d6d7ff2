//! Bargains: closed forms of what is settled, offers against backward induction, and what may not be told.

use super::{expanded, game, scenario};
use detente_deal::session::{Plan, Style};
use detente_deal::{Domain, Issue, Merge, Preferences, Space, merged};
use detente_expand::{ExpandError, Expansion, Limits};
use detente_game::game::{CHANCE, TERMINAL};
use detente_language::check::STYLES;
use detente_language::diagnostic::Diagnostic;
use std::fmt::Write;

/// Two parties with these values of named options, each option worth something to both.
fn table(points: &[(f64, f64)], fallbacks: [f64; 2], rule: &str) -> String {
    let options: Vec<String> = (0..points.len()).map(|k| format!("o{k}")).collect();
    let scores = |who: usize| {
        let score = |&(a, b): &(f64, f64)| if who == 0 { a } else { b };
        let scores = points.iter().enumerate();
        let scores: Vec<String> = scores
            .map(|(k, p)| format!("o{k} {:?}", score(p)))
            .collect();
        scores.join(", ")
    };
    format!(
        "actor a\nactor b\noutcome over\nissue x {{ {} }}\n\
         value a {{ x 1 {{ {} }} fallback {:?} }}\nvalue b {{ x 1 {{ {} }} fallback {:?} }}\n\
         play {{\nbargain deal between a, b over x {rule}\n\
         gain a worth(a, deal), b worth(b, deal)\nend over\n}}\n",
        options.join(", "),
        scores(0),
        fallbacks[0],
        scores(1),
        fallbacks[1],
    )
}

/// The frontier of this curve, cut into steps.
fn curve(steps: u32, second: impl Fn(f64) -> f64) -> Vec<(f64, f64)> {
    let share = |k: u32| f64::from(k) / f64::from(steps);
    (0..=steps).map(|k| (share(k), second(share(k)))).collect()
}

/// The payoffs of the only end.
fn settled(text: &str) -> Vec<f64> {
    let game = game(text);
    assert_eq!(game.game.ends(), 1);
    game.payoffs_of_end(0).to_vec()
}

fn near(found: &[f64], wanted: [f64; 2], by: f64) {
    let close = found.iter().zip(wanted).all(|(f, w)| (f - w).abs() <= by);
    assert!(close, "{found:?}, not {wanted:?}");
}

fn fails(text: &str) -> Box<Diagnostic> {
    match expanded(text, Limits::default()) {
        Err(ExpandError::Scenario(diagnostic)) => diagnostic,
        other => panic!("{other:?}"),
    }
}

/// Nash 1950 and Kalai and Smorodinsky 1975 on u₂ = 1 - u₁².
#[test]
fn solutions_on_a_curved_frontier_are_those_of_the_textbooks() {
    let points = curve(2000, |u| 1.0 - u * u);
    let solve = |rule: &str| settled(&table(&points, [0.0; 2], rule));
    near(&solve("by nash"), [1.0 / 3f64.sqrt(), 2.0 / 3.0], 1e-3);
    let golden = (5f64.sqrt() - 1.0) / 2.0;
    near(&solve("by kalai_smorodinsky"), [golden; 2], 1e-3);
    near(&solve("by egalitarian"), [golden; 2], 1e-3);
    near(&solve("by utilitarian"), [0.5, 0.75], 1e-3);
}

/// u₂ = 2 (1 - u₁), halved so that values stay scores.
#[test]
fn solutions_on_a_straight_frontier_are_those_of_the_textbooks() {
    let points = curve(3000, |u| 1.0 - u);
    let text =
        |rule: &str| table(&points, [0.0; 2], rule).replace("value b { x 1", "value b { x 2");
    near(&settled(&text("by nash")), [0.5, 1.0], 1e-3);
    near(&settled(&text("by kalai_smorodinsky")), [0.5, 1.0], 1e-3);
    near(&settled(&text("by egalitarian")), [2.0 / 3.0; 2], 1e-3);
}

#[test]
fn trades_beat_splitting_everything() {
    let text = "actor a\nactor b\noutcome over\nissue x { a, b }\nissue y { a, b }\n\
        value a { x 0.8 { a 1, b 0 } y 0.2 { a 1, b 0 } }\nvalue b { x 0.2 { a 0, b 1 } y 0.8 { a 0, b 1 } }\n\
        play { bargain deal between a, b over x, y by nash\n\
        gain a worth(a, deal), b if deal.x == a and deal.y == b then worth(b, deal) else -9\nend over }";
    near(&settled(text), [0.8, 0.8], 1e-12);
}

/// Putnam 1988; Tarar 2001: on a pie, clamp(1/2, r₁, 1 - r₂).
#[test]
fn ratifiers_bind_a_bargain() {
    let pie = curve(200, |u| 1.0 - u);
    for (r1, r2) in [
        (0.0, 0.0),
        (0.3, 0.2),
        (0.701, 0.1),
        (0.1, 0.801),
        (0.6, 0.6),
        (0.9, 0.05),
    ] {
        let scores = |turned: bool| {
            let mut text = String::new();
            for (k, (a, b)) in pie.iter().enumerate() {
                let _ = write!(text, "o{k} {:?}, ", if turned { b } else { a });
            }
            text
        };
        let homes = format!(
            "actor p\nactor q\nratifier p of a {{ x 1 {{ {} }} fallback {r1:?} }}\n\
             ratifier q of b {{ x 1 {{ {} }} fallback {r2:?} }}\n",
            scores(false),
            scores(true)
        );
        let found = settled(&(table(&pie, [0.0; 2], "by nash") + &homes));
        if r1 + r2 > 1.0 {
            assert_eq!(found[..2], [0.0, 0.0]);
        } else {
            let share = 0.5f64.max(r1).min(1.0 - r2);
            near(&found, [share, 1.0 - share], 1.0 / 200.0);
        }
    }
}

#[test]
fn where_nobody_can_gain_there_is_no_agreement() {
    let points = [(0.2, 0.9), (0.6, 0.5), (0.9, 0.1)];
    for rule in ["nash", "egalitarian", "kalai_smorodinsky", "utilitarian"] {
        let none = table(&points, [0.95, 0.4], &format!("by {rule}"));
        assert_eq!(settled(&none), [0.95, 0.4], "{rule}");
        // What is acceptable but no better than the fallbacks is not agreed either.
        let same = table(&[(0.6, 0.5)], [0.6, 0.5], &format!("by {rule}"));
        let same = same.replace(
            "gain a worth(a, deal)",
            "gain a if deal == none then 7 else 0",
        );
        assert_eq!(settled(&same)[0], 7.0, "{rule}");
        // War is worse than the worst of all deals: everything is acceptable.
        let war = table(&points, [-5.0, -5.0], &format!("by {rule}"));
        near(&settled(&war), [0.6, 0.5], 1e-12);
    }
    let against = table(&points, [0.95, 0.4], "by nash against a 0.5, b 0.5");
    near(&settled(&against), [0.6, 0.5], 1e-12);
    let offers = game(&table(&points, [0.95, 0.4], "by offers 4"));
    assert_eq!(offers.game.nodes(), 2);
    assert_eq!(offers.payoffs_of_end(0), [0.95, 0.4]);
}

/// What everybody gets by backward induction; who is indifferent accepts, and offers what leaves the others most.
fn induction(game: &Expansion) -> Vec<f64> {
    let (tree, players) = (&game.game, game.game.players());
    let mut values = vec![vec![0.0; players]; tree.nodes()];
    for node in (0..tree.nodes()).rev() {
        let first = tree.first_child()[node] as usize;
        let set = tree.set()[node];
        if set == TERMINAL {
            values[node] = game.payoffs_of_end(first).to_vec();
            continue;
        }
        let children = first..first + usize::from(tree.arity()[node]);
        assert!(set != CHANCE || children.len() == 1);
        let who = if set == CHANCE {
            0
        } else {
            usize::from(tree.set_player()[set as usize])
        };
        let rank = |child: &usize| (values[*child][who], values[*child].iter().sum::<f64>());
        let best = children.reduce(|best, child| {
            if rank(&child) > rank(&best) {
                child
            } else {
                best
            }
        });
        values[node] = values[best.unwrap()].clone();
    }
    values[0].clone()
}

/// The same bargain in the crate `deal`.
fn plan(points: &[(f64, f64)], fallbacks: [f64; 2], factor: f64, rounds: usize) -> Vec<f64> {
    let names = (0..points.len()).map(|k| format!("o{k}"));
    let domain = Domain::new("x", vec![Issue::named("x", names)]).unwrap();
    let party = |name: &str, who: usize| {
        let scores = points.iter().map(|p| if who == 0 { p.0 } else { p.1 });
        Preferences::additive(name, vec![1.0], vec![scores.collect()]).with_fallback(fallbacks[who])
    };
    let space = Space::new(domain, vec![party("a", 0), party("b", 1)]).unwrap();
    let frontier = merged(&space, &Merge::default()).unwrap();
    // A turn more than there are offers: the last answer takes one.
    let plan = Plan::new(&frontier, &fallbacks, &[factor; 2], rounds + 1, 0);
    plan.values(0).to_vec()
}

#[test]
fn offers_agree_with_backward_induction_on_the_frontier() {
    let pie = curve(10, |u| 1.0 - u);
    let bent = curve(9, |u| 1.0 - u * u);
    for rounds in 1..=4 {
        for (points, fallbacks, factor) in [
            (&pie, [0.0, 0.0], 0.87),
            (&bent, [0.0, 0.0], 0.93),
            (&pie, [0.33, 0.21], 1.0),
            (&bent, [0.41, 0.12], 1.0),
        ] {
            let rule = format!("by offers {rounds} discount {factor:?}");
            let found = induction(&game(&table(points, fallbacks, &rule)));
            let wanted = plan(points, fallbacks, factor, rounds);
            near(&found, [wanted[0], wanted[1]], 1e-9);
        }
    }
}

/// Ståhl 1972; Rubinstein 1982: the first keeps (1 - (-d)^T) / (1 + d).
#[test]
fn offers_reproduce_the_finite_share_of_rubinstein() {
    for rounds in 1..=3u32 {
        let pie = curve(40, |u| 1.0 - u);
        let rule = format!("by offers {rounds} discount 0.83");
        let found = induction(&game(&table(&pie, [0.0; 2], &rule)));
        let share = (1.0 - (-0.83f64).powi(rounds as i32)) / 1.83;
        assert!(
            (found[0] - share).abs() <= f64::from(rounds) / 40.0,
            "{rounds}: {found:?}, not {share}"
        );
    }
}

#[test]
fn rounds_and_answers_are_decisions_of_the_parties() {
    let pie = curve(2, |u| 1.0 - u);
    let game = game(&table(&pie, [0.0; 2], "by offers 2"));
    // 1 + 3 offers + 3 × 2 answers + 3 × (3 offers + 3 × 2 answers)
    assert_eq!(game.game.nodes(), 37);
    let name = game.set_name(0);
    assert_eq!(name.to_string(), "a, round 1, at the start");
    let names: Vec<String> = (0..game.game.sets())
        .map(|set| game.set_name(set as u32).to_string())
        .collect();
    assert!(
        names.contains(&"b, round 1, after: a: offer x o1".to_owned()),
        "{names:?}"
    );
    assert!(
        names.iter().any(|name| name.contains("b: reject")),
        "{names:?}"
    );
}

#[test]
fn only_some_packages_are_offered_where_one_says_so() {
    let pie = curve(100, |u| 1.0 - u);
    let game = game(&table(&pie, [0.0; 2], "by offers 1 among 5"));
    assert_eq!(game.game.arity()[0], 5);
    let first: Vec<f64> = (0..game.game.ends())
        .map(|end| game.payoffs_of_end(end)[0])
        .collect();
    for share in [1.0, 0.75, 0.5, 0.25, 0.0] {
        assert!(first.contains(&share), "{share}: {first:?}");
    }
}

#[test]
fn three_parties_must_all_accept() {
    let text = "actor a\nactor b\nactor c\noutcome over\nissue x { o, p, q }\n\
        value a { x 1 { o 0.6, p 0.3, q 0.2 } }\nvalue b { x 1 { o 0.2, p 0.6, q 0.3 } }\n\
        value c { x 1 { o 0.3, p 0.2, q 0.6 } }\n\
        play { bargain deal between a, b, c over x by offers 3 discount 0.9\n\
        gain a worth(a, deal), b worth(b, deal), c worth(c, deal)\nend over }";
    let game = game(text);
    // In the last round c gets its best; b and then a know that.
    let found = induction(&game);
    near(&found[..2], [0.3, 0.6], 0.31);
    assert!(found.iter().all(|value| *value > 0.0), "{found:?}");
}

#[test]
fn a_bargain_can_be_held_again() {
    let text = "actor a\nactor b\noutcome over\nstate won = 0\nissue x { o, p }\n\
        value a { x 1 { o 1, p 0.4 } }\nvalue b { x 1 { o 0.4, p 1 } }\n\
        play { repeat 2 as i { bargain deal between a, b over x by nash\n\
            against a if i == 1 then 0.5 else 0, b if i == 1 then 0 else 0.5\n\
            if deal.x == o { set won = won + 1 }\ngain a worth(a, deal), b worth(b, deal) }\n\
        gain a 10 * won\nend over }";
    near(&settled(text), [11.4, 1.4], 1e-12);
}

#[test]
fn an_agreement_tells_no_party_what_it_cannot_see() {
    let text = |seen: &str| {
        format!(
            "actor a\nactor b\noutcome over\nissue x {{ o, p }}\n\
             value a {{ x 1 {{ o 1, p 0.4 }} }}\nvalue b {{ x 1 {{ o 0.4, p 1 }} }}\n\
             play {{ chance kind {{ hard 50 %, soft 50 % }} {seen}\n\
             bargain deal between a, b over x by nash against a if kind == hard then 1.5 else 0\n\
             gain a worth(a, deal), b worth(b, deal)\nend over }}"
        )
    };
    let error = fails(&text("seen by a"));
    assert_eq!(error.code, "E0514");
    assert!(
        error.message.contains("what b cannot see"),
        "{}",
        error.message
    );
    assert_eq!(game(&text("")).game.ends(), 2);
    assert_eq!(game(&text("seen by a, b")).game.ends(), 2);
}

#[test]
fn too_many_packages_are_an_error_that_says_how_to_mend_it() {
    let pie = curve(300, |u| 1.0 - u);
    let error = fails(&table(&pie, [0.0; 2], "by offers 2"));
    assert_eq!(error.code, "E0607");
    assert!(format!("{error:?}").contains("among 20"), "{error:?}");
    assert_eq!(
        game(&table(&pie, [0.0; 2], "by offers 1 among 20"))
            .game
            .arity()[0],
        20
    );
}

#[test]
fn styles_are_those_of_the_sessions() {
    let known: Vec<(&str, &str)> = Style::ALL
        .iter()
        .map(|style| (style.word(), style.name()))
        .collect();
    assert_eq!(known, STYLES);
    let text = "actor a style patient\n";
    assert_eq!(scenario(text).styles, [Some("patient".to_owned())]);
}
