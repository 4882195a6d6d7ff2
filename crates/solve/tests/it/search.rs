//! Further equilibria: games whose equilibria are all known.

use std::time::Duration;

use detente_game::Game;
use detente_solve::qre;
use detente_solve::search::{self, Found, Isolation, Kind, Options};
use detente_solve::{Budget, Equilibria, Status};

use crate::games::{close, game, shared, threat_game, two_by_two};
use crate::oracle::{equilibria_of_three, three};

fn found(game: &Game, starts: usize) -> Found {
    let options = Options {
        starts,
        ..Options::default()
    };
    let found = search::equilibria(game, &options, &Budget::unlimited());
    let found = found.unwrap_or_else(|unfit| panic!("{unfit}"));
    assert_eq!(found.status, Status::Complete);
    for other in &found.others {
        let certificate = &other.equilibrium.certificate;
        assert!(certificate.largest_relative_gain <= options.tolerance);
        assert!(other.priors <= other.starts && other.starts <= found.starts);
    }
    found
}

fn has(found: &Found, profile: &[f64]) -> bool {
    found.others.iter().any(|other| {
        let pairs = other
            .equilibrium
            .profile
            .probabilities()
            .iter()
            .zip(profile);
        pairs.into_iter().all(|(p, q)| (p - q).abs() < 1e-6)
    })
}

#[test]
fn all_nine_of_mckelvey_and_mclennan() {
    let Some(g) = shared("gambit/2x2x2.nfg") else {
        return;
    };
    let all = found(&g, 40);
    assert_eq!(all.others.len(), 9);
    let third = 1.0 / 3.0;
    assert!(has(&all, &[0.4, 0.6, 0.5, 0.5, third, 1.0 - third]));
    assert!(has(&all, &[0.5, 0.5, 0.4, 0.6, 0.25, 0.75]));
    assert!(
        all.others
            .iter()
            .all(|other| other.isolation == Isolation::Isolated)
    );
    assert!(
        all.others[0].principal,
        "the principal branch's comes first"
    );
}

#[test]
fn coordination_has_every_subset() {
    for n in 2..=4_usize {
        let payoffs: Vec<String> = (0..n * n)
            .map(|cell| if cell % n == cell / n { "1 1" } else { "0 0" }.to_owned())
            .collect();
        let text = format!(
            "NFG 1 R \"coordination\" {{ \"a\" \"b\" }} {{ {n} {n} }} {}",
            payoffs.join(" ")
        );
        assert_eq!(found(&game(&text), 30).others.len(), (1 << n) - 1);
    }
}

#[test]
fn textbook_bimatrix_games() {
    let names = (["u", "d"], ["l", "r"]);
    let counted = [
        (1, [[2.0, 2.0], [0.0, 3.0], [3.0, 0.0], [1.0, 1.0]]),
        (1, [[1.0, -1.0], [-1.0, 1.0], [-1.0, 1.0], [1.0, -1.0]]),
        (3, [[2.0, 1.0], [0.0, 0.0], [0.0, 0.0], [1.0, 2.0]]),
        (3, [[4.0, 4.0], [0.0, 3.0], [3.0, 0.0], [3.0, 3.0]]),
    ];
    for (count, payoffs) in counted {
        assert_eq!(
            found(&two_by_two(names.0, names.1, payoffs), 10)
                .others
                .len(),
            count
        );
    }
}

#[test]
fn random_games_of_three_against_closed_forms() {
    for seed in 0..25 {
        let g = three(seed);
        let known = equilibria_of_three(&g);
        let all = found(&g, 12);
        assert_eq!(all.others.len(), known.len(), "seed {seed}: {known:?}");
        assert!(
            known.iter().all(|profile| has(&all, profile)),
            "seed {seed}"
        );
        // Almost all games have an odd number of equilibria (Wilson 1971).
        assert_eq!(all.others.len() % 2, 1);
    }
}

#[test]
fn a_threat_that_nobody_would_carry_out() {
    // Chain store (Selten 1978), one town: fighting is an equilibrium threat, but not a sequential one.
    let g = game(
        r#"EFG 2 R "" { "entrant" "incumbent" }
        p "" 1 1 "entry" { "in" "out" } 0
        p "" 2 1 "reply" { "fight" "share" } 0
        t "" 1 "" { -1 -1 }
        t "" 2 "" { 1 1 }
        t "" 3 "" { 0 2 }"#,
    );
    let all = found(&g, 30);
    let rational: Vec<bool> = all.others.iter().map(|other| other.sequential).collect();
    assert_eq!(rational, [true, false]);
    let options = Options {
        kind: Kind::Sequential,
        ..Options::default()
    };
    let only =
        search::equilibria(&g, &options, &Budget::unlimited()).map(|found| found.others.len());
    assert_eq!(only, Ok(1));
}

#[test]
fn a_signalling_game_is_solved_in_behaviour_strategies() {
    let all = found(&threat_game(0.3), 20);
    assert!(all.others[0].principal && all.others[0].sequential);
}

#[test]
fn a_continuum_has_one_representative() {
    let g = two_by_two(["u", "d"], ["l", "r"], [[1.0, 1.0]; 4]);
    let all = found(&g, 20);
    assert_eq!(all.others.len(), 1);
    assert_eq!(all.others[0].isolation, Isolation::Continuum);
    let list = Equilibria::from(all);
    assert!(!list.complete);
    assert!(list.remarks.iter().any(|remark| remark.contains("continu")));
    let remark = list.equilibria[0].remark.as_deref().unwrap_or("");
    assert!(remark.contains("20 of 20 starts"), "{remark}");
}

#[test]
fn neither_threads_nor_another_run_change_anything() {
    let g = three(3);
    let run = |threads, seed| {
        let options = Options {
            starts: 12,
            threads,
            seed,
            ..Options::default()
        };
        let found = search::equilibria(&g, &options, &Budget::unlimited());
        let found = found.unwrap_or_else(|unfit| panic!("{unfit}"));
        let one = |other: &search::Other| {
            let bits: Vec<u64> = other
                .equilibrium
                .profile
                .probabilities()
                .iter()
                .map(|p| p.to_bits())
                .collect();
            (
                other.starts,
                other.priors,
                bits,
                other.equilibrium.remark.clone(),
            )
        };
        found.others.iter().map(one).collect::<Vec<_>>()
    };
    assert_eq!(run(1, 7), run(3, 7));
    assert_eq!(run(1, 7).len(), run(1, 8).len());
}

#[test]
fn payoffs_of_any_size() {
    for unit in [1e9, 1e-9] {
        let scaled =
            [[2.0, 1.0], [0.0, 0.0], [0.0, 0.0], [1.0, 2.0]].map(|row| row.map(|u| u * unit));
        let all = found(&two_by_two(["u", "d"], ["l", "r"], scaled), 10);
        assert_eq!(all.others.len(), 3);
        let mixed = all
            .others
            .iter()
            .find(|other| (other.equilibrium.profile.probabilities()[0] - 0.5).abs() < 0.4);
        let mixed = mixed.unwrap_or_else(|| panic!("no mixed equilibrium"));
        close(
            mixed.equilibrium.profile.probabilities()[0],
            2.0 / 3.0,
            1e-9,
        );
    }
}

#[test]
fn nothing_to_choose() {
    let forced = game("EFG 2 R \"\" { \"1\" } p \"\" 1 1 \"\" { \"only\" } 0 t \"\" 1 \"\" { 1 }");
    let alone = game("EFG 2 R \"\" { \"1\" \"2\" } t \"\" 1 \"\" { 3 -4 }");
    let nobody = game("EFG 2 R \"\" { } c \"\" 1 \"\" { \"a\" 1/2 \"b\" 1/2 } 0 t \"\" 0 t \"\" 0");
    for g in [forced, alone, nobody] {
        assert_eq!(found(&g, 3).others.len(), 1);
    }
}

#[test]
fn a_player_who_forgets() {
    // Absent-minded driver (Piccione & Rubinstein 1997): going on with 2/3 is best at both exits together.
    let g = game(
        r#"EFG 2 R "" { "driver" }
        p "" 1 1 "exit" { "off" "on" } 0
        t "" 1 "" { 0 }
        p "" 1 1 "exit" 0
        t "" 2 "" { 4 }
        t "" 3 "" { 1 }"#,
    );
    assert!(!found(&g, 10).others.is_empty());
}

#[test]
fn stops_when_told_and_says_so() {
    let g = three(1);
    let late = Budget::new(Some(Duration::ZERO), &|_| true);
    let ended = search::equilibria(&g, &Options::default(), &late).map(|found| found.status);
    assert_eq!(ended, Ok(Status::TimeLimit));
    let unwanted = Budget::new(None, &|_| false);
    let ended = search::equilibria(&g, &Options::default(), &unwanted).map(|found| found.status);
    assert_eq!(ended, Ok(Status::Interrupted));
}

#[test]
fn large_games_are_traced_from_priors() {
    let actions = vec!["\"a\""; search::MOST_ACTIONS + 1].join(" ");
    let ends: String = (0..=search::MOST_ACTIONS)
        .map(|k| format!("t \"\" {} \"\" {{ {k} }}\n", k + 1))
        .collect();
    let g = game(&format!(
        "EFG 2 R \"\" {{ \"1\" }}\np \"\" 1 1 \"\" {{ {actions} }} 0\n{ends}"
    ));
    let options = Options {
        starts: 3,
        ..Options::default()
    };
    let traced =
        search::equilibria(&g, &options, &Budget::unlimited()).expect("one player recalls");
    assert_eq!(traced.others.len(), 1);
    assert_eq!((traced.starts, traced.others[0].starts), (3, 3));
    assert!(traced.others[0].principal && !traced.all_supports);
}

/// Cho & Kreps (1987): the strong like beer, the weak quiche, and both would rather not be fought. Pooling on quiche
/// is sequential too, if beer is believed to be drunk by the weak; no trace comes by that belief.
#[test]
fn both_pooling_equilibria_of_beer_and_quiche() {
    let g = game(
        r#"EFG 2 R "beer and quiche" { "guest" "bully" }
        c "" 1 "" { "strong" 0.9 "weak" 0.1 } 0
        p "" 1 1 "strong" { "beer" "quiche" } 0
        p "" 2 1 "saw beer" { "fight" "leave" } 0
        t "" 1 "" { 1 0 }
        t "" 2 "" { 3 1 }
        p "" 2 2 "saw quiche" { "fight" "leave" } 0
        t "" 3 "" { 0 0 }
        t "" 4 "" { 2 1 }
        p "" 1 2 "weak" { "beer" "quiche" } 0
        p "" 2 1 "saw beer" 0
        t "" 5 "" { 0 1 }
        t "" 6 "" { 2 0 }
        p "" 2 2 "saw quiche" 0
        t "" 7 "" { 1 1 }
        t "" 8 "" { 3 0 }"#,
    );
    let options = Options {
        starts: 20,
        kind: Kind::Sequential,
        ..Options::default()
    };
    let all = search::equilibria(&g, &options, &Budget::unlimited()).expect("fit");
    // Information sets in the order of the text: strong, saw beer, saw quiche, weak.
    for drink in [0, 1] {
        let found = all.others.iter().find(|other| {
            let profile = &other.equilibrium.profile;
            [0, 3].iter().all(|&set| profile.at(&g, set)[drink] > 0.999)
        });
        let found = found.unwrap_or_else(|| panic!("no pooling on drink {drink}"));
        assert!(found.equilibrium.certificate.largest_relative_gain_at_sets <= 1e-6);
    }
}

/// Battle of the sexes, traced as large games are: both pure equilibria, the same whatever the threads.
#[test]
fn traces_do_not_depend_on_threads() {
    let g = two_by_two(
        ["opera", "football"],
        ["opera", "football"],
        [[2.0, 1.0], [0.0, 0.0], [0.0, 0.0], [1.0, 2.0]],
    );
    let traced = |threads: usize| {
        let options = Options {
            starts: 12,
            threads,
            most_actions: 0,
            ..Options::default()
        };
        let found = search::equilibria(&g, &options, &Budget::unlimited()).expect("fit");
        let told = found.others.into_iter().map(|other| {
            let profile = other.equilibrium.profile.probabilities().to_vec();
            (other.starts, other.principal, profile)
        });
        told.collect::<Vec<_>>()
    };
    let one = traced(1);
    assert_eq!(one, traced(3));
    assert_eq!(one.iter().map(|(starts, ..)| starts).sum::<usize>(), 12);
    for chosen in [0, 1] {
        assert!(
            one.iter()
                .any(|(_, _, p)| p[chosen] > 0.999 && p[2 + chosen] > 0.999)
        );
    }
}

/// A principal equilibrium that is known takes the place of the first trace, and changes nothing.
#[test]
fn traces_go_on_from_a_known_principal_equilibrium() {
    let g = two_by_two(
        ["opera", "football"],
        ["opera", "football"],
        [[2.0, 1.0], [0.0, 0.0], [0.0, 0.0], [1.0, 3.0]],
    );
    let options = Options {
        starts: 10,
        most_actions: 0,
        ..Options::default()
    };
    let known = qre::solve(&g, &qre::Options::default(), &mut qre::Quiet);
    let told = |principal: Option<&qre::Solution>| {
        let budget = Budget::unlimited();
        let found = search::equilibria_beside(&g, principal, &options, &budget).expect("fit");
        assert_eq!((found.starts, found.given_up), (10, 0));
        let told = found.others.iter().map(|other| {
            let first = other.equilibrium.profile.probabilities()[0].round();
            (other.starts, other.principal, first)
        });
        told.collect::<Vec<_>>()
    };
    assert_eq!(told(None), told(Some(&known)));
    // One that is not exact enough to be compared with the ends of traces is traced again.
    let early = qre::Options {
        precision: Some(2.0),
        ..qre::Options::default()
    };
    let early = qre::solve(&g, &early, &mut qre::Quiet);
    assert_eq!(told(None), told(Some(&early)));
}
