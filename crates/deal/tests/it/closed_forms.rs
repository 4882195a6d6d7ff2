//! Bargaining problems whose solutions are known as formulas.

use detente_deal::{
    Domain, Frontier, Issue, Lever, Merge, Preferences, Ratifier, Search, Solutions, Space,
    hardening, merged, package, ratification, solutions, tipping, tipping_fallbacks,
};

/// One issue with an option per point.
pub(crate) fn points(values: &[Vec<f64>]) -> Space {
    let options = (0..values[0].len()).map(|k| k.to_string());
    let domain = Domain::new("points", vec![Issue::named("deal", options)]).unwrap();
    let parties = values
        .iter()
        .enumerate()
        .map(|(p, values)| Preferences::table(format!("party {p}"), values.clone()))
        .collect();
    Space::new(domain, parties).unwrap()
}

fn solved(space: &Space, fallbacks: &[f64]) -> Solutions {
    let all = space.enumerate(1_000_000).unwrap();
    solutions(&Frontier::of(space.domain(), &all), fallbacks)
}

/// Points of a curve `u₂ = f(u₁)` at a grid of `u₁` between 0 and 1.
fn curve(f: impl Fn(f64) -> f64) -> Space {
    const STEPS: usize = 60_000;
    let first: Vec<f64> = (0..=STEPS).map(|k| k as f64 / STEPS as f64).collect();
    let second = first.iter().map(|u| f(*u)).collect();
    points(&[first, second])
}

#[track_caller]
fn near(found: &Option<detente_deal::Point>, expected: [f64; 2]) {
    let found = &found.as_ref().expect("a solution").values;
    for (found, expected) in found.iter().zip(expected) {
        assert!((found - expected).abs() < 2e-5, "{found} for {expected}");
    }
}

#[test]
fn fallbacks_worse_or_better_than_any_deal() {
    let space = points(&[vec![1.0, 0.8, 0.6], vec![0.1, 0.35, 0.55]]);
    let none = solved(&space, &[1.1, 0.0]);
    assert_eq!(
        [&none.nash, &none.kalai_smorodinsky, &none.equal_shares],
        [&None; 3]
    );
    assert_eq!(
        [&none.egalitarian, &none.utilitarian, &none.zeuthen],
        [&None; 3]
    );
    near(&solved(&space, &[0.0, 0.0]).nash, [0.6, 0.55]);
    // 11 × 10.1 < 10.8 × 10.35 < 10.6 × 10.55.
    near(&solved(&space, &[-10.0, -10.0]).nash, [0.6, 0.55]);
    // Far below for one side only: the other's gain decides.
    near(&solved(&space, &[-10.0, 0.0]).nash, [0.6, 0.55]);
    near(&solved(&space, &[0.0, -10.0]).nash, [1.0, 0.1]);
    near(&solved(&space, &[0.7, 0.3]).nash, [0.8, 0.35]);
    // Two losses do not make a gain.
    assert_eq!(solved(&space, &[0.9, 0.5]).nash, None);
    // Exactly the fallback is acceptable.
    near(&solved(&space, &[1.0, 0.1]).nash, [1.0, 0.1]);
}

#[test]
fn a_parabola() {
    let found = solved(&curve(|u| 1.0 - u * u), &[0.0, 0.0]);
    let golden = (5_f64.sqrt() - 1.0) / 2.0;
    near(&found.nash, [3_f64.sqrt().recip(), 2.0 / 3.0]);
    near(&found.zeuthen, [3_f64.sqrt().recip(), 2.0 / 3.0]);
    near(&found.kalai_smorodinsky, [golden, golden]);
    near(&found.equal_shares, [golden, golden]);
    near(&found.egalitarian, [golden, golden]);
    near(&found.utilitarian, [0.5, 0.75]);
}

#[test]
fn a_line_of_unequal_stakes() {
    let found = solved(&curve(|u| 2.0 * (1.0 - u)), &[0.0, 0.0]);
    near(&found.nash, [0.5, 1.0]);
    near(&found.kalai_smorodinsky, [0.5, 1.0]);
    near(&found.zeuthen, [0.5, 1.0]);
    near(&found.egalitarian, [2.0 / 3.0, 2.0 / 3.0]);
    near(&found.utilitarian, [0.0, 2.0]);
}

#[test]
fn a_dollar_among_three() {
    let mut shares = vec![Vec::new(); 3];
    for a in 0..=30 {
        for b in 0..=30 - a {
            for (share, part) in shares.iter_mut().zip([a, b, 30 - a - b]) {
                share.push(f64::from(part) / 30.0);
            }
        }
    }
    let space = points(&shares);
    let third = vec![1.0 / 3.0; 3];
    let found = solved(&space, &[0.0; 3]);
    for point in [
        &found.nash,
        &found.kalai_smorodinsky,
        &found.egalitarian,
        &found.zeuthen,
    ] {
        let values = &point.as_ref().expect("a solution").values;
        assert!(
            values.iter().zip(&third).all(|(a, b)| (a - b).abs() < 1e-9),
            "{values:?}"
        );
    }
    // A fallback of 0.4 for one leaves 0.6 to share over all fallbacks: 0.4 + 0.2, 0.2, 0.2.
    let nash = solved(&space, &[0.4, 0.0, 0.0])
        .nash
        .expect("a solution")
        .values;
    assert!(
        nash.iter()
            .zip([0.6, 0.2, 0.2])
            .all(|(a, b)| (a - b).abs() < 1e-9),
        "{nash:?}"
    );
}

/// Two pies; the parties care 4 to 1 about different ones.
fn two_pies() -> Space {
    let issue = |name: &str| Issue {
        name: name.to_owned(),
        values: detente_deal::Values::Grid {
            lower: 0.0,
            upper: 1.0,
            steps: 10,
        },
    };
    let domain = Domain::new("pies", vec![issue("apple"), issue("pear")]).unwrap();
    let mine: Vec<f64> = (0..=10).map(|k| f64::from(k) / 10.0).collect();
    let yours: Vec<f64> = mine.iter().rev().copied().collect();
    Space::new(
        domain,
        vec![
            Preferences::additive("a", vec![0.8, 0.2], vec![mine.clone(), mine]),
            Preferences::additive("b", vec![0.2, 0.8], vec![yours.clone(), yours]),
        ],
    )
    .unwrap()
}

#[test]
fn logrolling_beats_splitting_everything() {
    let space = two_pies();
    let frontier = merged(&space, &Merge::default()).unwrap();
    near(&solutions(&frontier, &[0.0, 0.0]).nash, [0.8, 0.8]);
    let split = package(&space, &frontier, &[5, 5], 3).unwrap();
    assert_eq!(split.values, [0.5, 0.5]);
    assert!(split.acceptable && !split.efficient);
    // The whole apple for the whole pear: each gains 0.4 where it cares and gives 0.1 where it does not.
    let best = &split.trades[0];
    assert_eq!(best.switches.len(), 2);
    assert_eq!([best.switches[0].to, best.switches[1].to], [10, 0]);
    assert!(best.gains.iter().all(|gain| (gain - 0.3).abs() < 1e-9));
    // The nearest point of the frontier, (0.86, 0.56), is not one that helps both most.
    assert!((split.distance - 0.36_f64.hypot(0.06)).abs() < 1e-9);
    let better = package(&space, &frontier, &[10, 0], 3).unwrap();
    assert!(better.efficient && better.trades.is_empty() && better.distance == 0.0);
}

/// A pie of which the first party gets 0, 0.01, … 1.
fn pie() -> Space {
    let issue = Issue {
        name: "share".to_owned(),
        values: detente_deal::Values::Grid {
            lower: 0.0,
            upper: 1.0,
            steps: 100,
        },
    };
    Space::new(
        Domain::new("pie", vec![issue]).unwrap(),
        vec![share("a", false), share("b", true)],
    )
    .unwrap()
}

fn share(party: &str, rest: bool) -> Preferences {
    let scores = (0..=100).map(|k| f64::from(if rest { 100 - k } else { k }) / 100.0);
    Preferences::additive(party, vec![1.0], vec![scores.collect()])
}

#[test]
fn a_pie_that_two_parliaments_must_ratify() {
    let merging = Search {
        enumerated: 0,
        ..Search::default()
    };
    for search in [Search::default(), merging] {
        for (r1, r2) in [
            (0.0, 0.0),
            (0.6, 0.1),
            (0.2, 0.7),
            (0.5, 0.5),
            (0.45, 0.55),
            (0.6, 0.41),
        ] {
            let hawk = |of: usize, r: f64| Ratifier {
                of,
                preferences: share("home", of == 1).with_fallback(r),
            };
            let found = ratification(&pie(), &[hawk(0, r1), hawk(1, r2)], &search).unwrap();
            near(&found.without.nash, [0.5, 0.5]);
            if r1 + r2 > 1.0 {
                assert_eq!(found.with.nash, None);
                assert_eq!(found.zone_with.value(), 0.0);
                continue;
            }
            let agreed = 0.5_f64.max(r1).min(1.0 - r2);
            near(&found.with.nash, [agreed, 1.0 - agreed]);
            assert_eq!(found.zone_without.value(), 101.0);
            assert_eq!(
                found.zone_with.value(),
                ((1.0 - r1 - r2) * 100.0).round() + 1.0
            );
            assert_eq!(
                found.each[0].win_set.value(),
                ((1.0 - r1) * 100.0).round() + 1.0
            );
            // What the first parliament alone adds to its negotiator's share.
            let shift = found.each[0].shift.as_ref().expect("agreements");
            assert!((shift[0] - (0.5_f64.max(r1) - 0.5)).abs() < 1e-9);
        }
    }
}

#[test]
fn a_harder_line_at_home_helps_until_nothing_is_left() {
    let hawk = Ratifier {
        of: 0,
        preferences: share("home", false),
    };
    let pie = pie();
    let found = hardening(&pie, &hawk, &[0.3, 0.5, 0.8, 1.0, 1.01], &Search::default()).unwrap();
    let first: Vec<Option<f64>> = found.iter().map(|v| v.as_ref().map(|v| v[0])).collect();
    assert_eq!(first, [Some(0.5), Some(0.5), Some(0.8), Some(1.0), None]);
}

#[test]
fn what_opens_a_closed_zone() {
    let mut parties = two_pies().parties().to_vec();
    parties[0].fallback = 0.9;
    parties[1].fallback = 0.75;
    let space = Space::new(two_pies().domain().clone(), parties).unwrap();
    let found = tipping(&space, &Merge::default()).unwrap();
    assert!(!found.open);
    // With u₂ ≥ 0.75 the best left for a is the whole apple and 0 of the pear (0.8, 0.8); one tenth of the pear costs b
    // 0.08. So a must come down from 0.9 to 0.8.
    let fallback = found.smallest(|lever| lever == Lever::Fallback).unwrap();
    assert!((fallback.size() - 0.1).abs() < 1e-9, "{fallback:?}");
    // Or care a tenth more about the apple.
    let weight = found
        .smallest(|lever| matches!(lever, Lever::Weight { .. }))
        .unwrap();
    assert_eq!(
        (weight.party, weight.lever),
        (0, Lever::Weight { issue: 0 })
    );
    assert!((weight.to - 0.9).abs() < 1e-9);
    let frontier = merged(&space, &Merge::default()).unwrap();
    let by_frontier = tipping_fallbacks(&frontier, &space.fallbacks());
    assert_eq!(by_frontier.tips[0], fallback);
}
