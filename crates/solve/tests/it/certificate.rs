//! The judge.

use detente_game::Profile;
use detente_solve::certify;

use crate::games::{close, game, limit, shared, threat_game};

#[test]
fn an_equilibrium_passes_and_perturbed_ones_do_not() {
    let g = threat_game(0.3);
    let solution = limit(&g);
    let good = certify(&g, &solution.profile);
    assert!(good.largest_relative_gain < 1e-6);
    assert!(good.largest_relative_gain_at_sets < 1e-6);
    assert!(good.perfect_recall());
    for set in 0..g.sets() {
        let mut probabilities = solution.profile.probabilities().to_vec();
        let slots = g.slots(set);
        probabilities[slots].reverse();
        let bad = Profile::from_probabilities(&g, probabilities).expect("a profile");
        let verdict = certify(&g, &bad);
        assert!(verdict.largest_relative_gain_at_sets > 0.01, "set {set}");
    }
}

#[test]
fn points_of_the_path_have_their_own_certificates() {
    let g = threat_game(0.3);
    let path = limit(&g).path;
    assert!(path.len() > 10);
    for point in &path {
        let alone = certify(&g, &point.profile).largest_relative_gain;
        assert_eq!(point.relative_gain, alone, "at {}", point.lambda);
    }
}

#[test]
fn a_threat_that_nobody_would_carry_out_is_found_out() {
    // V07: "the irresolute strikes" is a Nash equilibrium, but not sequentially rational.
    let g = threat_game(0.3);
    let sets = &g.labels().sets;
    let mut probabilities = vec![0.0; g.actions()];
    for (set, name) in sets.iter().enumerate() {
        let second = match name.as_str() {
            "resolute" | "irresolute" | "resolute acts" | "irresolute acts" => 1.0,
            _ => 0.0,
        };
        let first = g.slots(set).start;
        probabilities[first] = 1.0 - second;
        probabilities[first + 1] = second;
    }
    let profile = Profile::from_probabilities(&g, probabilities).expect("a profile");
    let verdict = certify(&g, &profile);
    assert_eq!(verdict.largest_gain, 0.0);
    close(verdict.largest_gain_at_sets, 0.5, 1e-12);
    assert_eq!(
        verdict.worst_set.map(|set| sets[set].as_str()),
        Some("irresolute acts")
    );
}

#[test]
fn uniform_play_of_poker() {
    let Some(kuhn) = shared("bench/kuhn3.efg") else {
        return;
    };
    let verdict = certify(&kuhn, &Profile::uniform(&kuhn));
    close(verdict.total_gain, 11.0 / 12.0, 1e-12);
    let Some(leduc) = shared("bench/leduc3x2.efg") else {
        return;
    };
    let verdict = certify(&leduc, &Profile::uniform(&leduc));
    close(verdict.total_gain, 4.747_222_222_2, 1e-9);
}

#[test]
fn imperfect_recall_is_named() {
    let g = game(
        r#"EFG 2 R "forgets" { "1" }
        p "" 1 1 "first" { "a" "b" } 0
        p "" 1 2 "second" { "c" "d" } 0
        t "" 1 "" { 1 }
        t "" 2 "" { 0 }
        p "" 1 2 "second" 0
        t "" 2 ""
        t "" 3 "" { 2 }"#,
    );
    let verdict = certify(&g, &Profile::uniform(&g));
    assert_eq!(verdict.players[0].forgets_at, Some(1));
    assert!(!verdict.perfect_recall());
    // Agent form: with both nodes equally likely, d is worth 1 and c 0.5.
    close(verdict.players[0].gain, 0.25, 1e-12);
}

#[test]
fn beliefs_of_an_unreached_set_follow_the_logarithms() {
    // Both ways to the second player's set have probability 0 as doubles, one far less than the other.
    let g = game(
        r#"EFG 2 R "" { "1" "2" }
        p "" 1 1 "one" { "out" "left" "right" } 0
        t "" 1 "" { 2 0 }
        p "" 2 1 "two" { "x" "y" } 0
        t "" 2 "" { 0 1 }
        t "" 3 "" { 0 0 }
        p "" 2 1 "two" 0
        t "" 4 "" { 0 0 }
        t "" 5 "" { 0 1 }"#,
    );
    let logs = vec![0.0, -2000.0, -3000.0, 0.0, f64::NEG_INFINITY];
    let verdict = certify(&g, &Profile::from_logs(&g, logs).expect("a profile"));
    assert_eq!(verdict.set_gains[1], 0.0);
    assert_eq!(verdict.action_values[3..5], [1.0, 0.0]);
}
