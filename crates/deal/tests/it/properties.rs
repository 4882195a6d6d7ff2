//! What must hold for every space, on random ones.

use detente_deal::{
    Domain, Frontier, Issue, Lever, Merge, Point, Preferences, Space, acceptable, merged, package,
    ranks, solutions, tipping, zone_count, zone_of,
};
use proptest::prelude::*;

/// Small spaces of additive preferences in tenths, so that ties abound.
fn spaces(parties: std::ops::RangeInclusive<usize>) -> impl Strategy<Value = Space> {
    let shape = prop::collection::vec(1_usize..5, 1..5);
    (shape, parties).prop_flat_map(|(shape, parties)| {
        let options: usize = shape.iter().sum();
        let one = (
            prop::collection::vec(0_u32..10, shape.len()),
            prop::collection::vec(0_u32..=10, options),
            0_u32..25,
        );
        prop::collection::vec(one, parties).prop_map(move |parties| space(&shape, &parties))
    })
}

fn space(shape: &[usize], parties: &[(Vec<u32>, Vec<u32>, u32)]) -> Space {
    let issues = shape.iter().enumerate().map(|(i, options)| {
        Issue::named(
            format!("issue {i}"),
            (0..*options).map(|k| format!("option {k}")),
        )
    });
    let domain = Domain::new("random", issues.collect()).unwrap();
    let parties = parties.iter().enumerate().map(|(p, (weights, scores, d))| {
        let mut scores = scores.iter().map(|score| f64::from(*score) / 10.0);
        let scores = shape
            .iter()
            .map(|n| scores.by_ref().take(*n).collect())
            .collect();
        let weights = weights
            .iter()
            .map(|weight| f64::from(*weight) / 10.0)
            .collect();
        Preferences::additive(format!("party {p}"), weights, scores)
            .with_fallback(f64::from(*d) / 10.0)
    });
    Space::new(domain, parties.collect()).unwrap()
}

fn dominates(a: &[f64], b: &[f64]) -> bool {
    a.iter().zip(b).all(|(a, b)| a >= b) && a != b
}

fn enumerated(space: &Space) -> Frontier {
    Frontier::of(space.domain(), &space.enumerate(1_000_000).unwrap())
}

/// Tables of many outcomes, large enough for the grid.
fn tables() -> impl Strategy<Value = Vec<Vec<f64>>> {
    (1_usize..=5, 1_u32..200).prop_flat_map(|(parties, levels)| {
        let column = prop::collection::vec(0..levels, 700);
        let column = column.prop_map(|c| c.into_iter().map(|v| f64::from(v) / 7.0 - 5.0).collect());
        prop::collection::vec(column, parties)
    })
}

/// The value that a solution maximises.
type Worth = fn(&Point, &[f64]) -> f64;

fn product(point: &Point, d: &[f64]) -> f64 {
    point.values.iter().zip(d).map(|(u, d)| u - d).product()
}

fn least(point: &Point, d: &[f64]) -> f64 {
    let gains = point.values.iter().zip(d).map(|(u, d)| u - d);
    gains.fold(f64::INFINITY, f64::min)
}

fn total(point: &Point, _: &[f64]) -> f64 {
    point.values.iter().sum()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn merging_is_enumeration(space in spaces(1..=4)) {
        prop_assert_eq!(merged(&space, &Merge::default()).unwrap(), enumerated(&space));
    }

    #[test]
    fn exactly_the_undominated_points_are_on_the_frontier(values in tables()) {
        let space = super::closed_forms::points(&values);
        let all = space.enumerate(1_000).unwrap();
        let rows: Vec<Vec<f64>> = (0..all.outcomes()).map(|at| all.at(at)).collect();
        let mut expected: Vec<usize> = (0..rows.len())
            .filter(|&a| !rows.iter().any(|b| dominates(b, &rows[a])))
            .collect();
        let frontier = enumerated(&space);
        prop_assert_eq!(frontier.outcomes(), expected.len() as f64);
        expected.retain(|&a| !rows[..a].contains(&rows[a]));
        let mut found: Vec<usize> = frontier.points().map(|p| p.outcome[0] as usize).collect();
        found.sort_unstable();
        prop_assert_eq!(found, expected);
    }

    #[test]
    fn thinning_keeps_its_promise(space in spaces(2..=3), epsilon in 0.01_f64..0.5) {
        let merge = Merge { epsilon, exact_up_to: 1, ..Merge::default() };
        let thin = merged(&space, &merge).unwrap();
        prop_assert!(thin.epsilon() <= epsilon + 1e-12);
        for point in enumerated(&space).points() {
            let covered = (0..thin.len()).any(|p| {
                let mut values = thin.values(p).iter().zip(&point.values);
                values.all(|(thin, exact)| exact - thin <= epsilon + 1e-12)
            });
            prop_assert!(covered, "{:?}", point.values);
        }
    }

    #[test]
    fn zones_are_counted_without_enumeration(space in spaces(1..=4)) {
        let all = space.enumerate(1_000_000).unwrap();
        let counted = zone_count(&space, &space.fallbacks(), 1).unwrap();
        prop_assert_eq!(counted.value(), zone_of(&all, &space.fallbacks()));
    }

    #[test]
    fn solutions_are_invariant_as_their_axioms_say(
        space in spaces(2..=3),
        scale in prop::collection::vec(0.5_f64..4.0, 3),
        shift in prop::collection::vec(-5.0_f64..5.0, 3),
    ) {
        let d = space.fallbacks();
        let frontier = enumerated(&space);
        let found = solutions(&frontier, &d);
        // Nash and Kalai–Smorodinsky do not depend on the units and zero of each party's values.
        let (moved, e) = transformed(&space, &scale, &shift);
        let other = solutions(&enumerated(&moved), &e);
        let factor: f64 = scale[..d.len()].iter().product();
        if let (Some(a), Some(b)) = (&found.nash, &other.nash) {
            prop_assert!((product(a, &d) * factor - product(b, &e)).abs() < 1e-7);
        }
        let share = |point: &Point, frontier: &Frontier, d: &[f64]| {
            let ideal = frontier.ideal().unwrap();
            let gains = point.values.iter().zip(d).zip(&ideal).filter(|((_, d), i)| **i - **d > 1e-9);
            gains.map(|((u, d), i)| (u - d) / (i - d)).fold(f64::INFINITY, f64::min)
        };
        if let (Some(a), Some(b)) = (&found.kalai_smorodinsky, &other.kalai_smorodinsky) {
            let (a, b) = (share(a, &frontier, &d), share(b, &enumerated(&moved), &e));
            prop_assert!(a == b || (a - b).abs() < 1e-7, "{a} {b}");
        }
        // The egalitarian solution does not depend on a common unit, nor on zeros; the utilitarian not on zeros.
        let common = vec![scale[0]; 3];
        let (moved, e) = transformed(&space, &common, &shift);
        let other = solutions(&enumerated(&moved), &e);
        if let (Some(a), Some(b)) = (&found.egalitarian, &other.egalitarian) {
            prop_assert!((least(a, &d) * scale[0] - least(b, &e)).abs() < 1e-7);
        }
        if let (Some(a), Some(b)) = (&found.utilitarian, &other.utilitarian) {
            let moved: f64 = total(a, &d) * scale[0] + shift[..d.len()].iter().sum::<f64>();
            prop_assert!((moved - total(b, &e)).abs() < 1e-7);
        }
    }

    #[test]
    fn solutions_are_best_among_all_acceptable_outcomes(space in spaces(1..=4)) {
        let d = space.fallbacks();
        let found = solutions(&enumerated(&space), &d);
        let all = space.enumerate(1_000_000).unwrap();
        let zone: Vec<Point> = (0..all.outcomes())
            .map(|at| Point { outcome: space.domain().outcome(at), values: all.at(at) })
            .filter(|point| acceptable(&point.values, &d))
            .collect();
        let worths: [(&Option<Point>, Worth); 3] =
            [(&found.nash, product), (&found.egalitarian, least), (&found.utilitarian, total)];
        for (point, worth) in worths {
            let best = zone.iter().map(|point| worth(point, &d)).reduce(f64::max);
            match (point, best) {
                (Some(point), Some(best)) => prop_assert!(worth(point, &d) >= best - 1e-12),
                (None, None) => {}
                other => prop_assert!(false, "{other:?}"),
            }
        }
        // Two parties: Zeuthen's concessions reach the largest product.
        if let (2, Some(nash), Some(zeuthen)) = (d.len(), &found.nash, &found.zeuthen) {
            prop_assert!((product(nash, &d) - product(zeuthen, &d)).abs() < 1e-9);
        }
        // What nobody chose may be taken away.
        if let Some(nash) = &found.nash {
            let best = product(nash, &d);
            let rest: Vec<&Point> = zone.iter().filter(|p| product(p, &d) < best || **p == *nash).collect();
            let fewer: Vec<Vec<f64>> =
                (0..d.len()).map(|p| rest.iter().map(|point| point.values[p]).collect()).collect();
            let again = solutions(&enumerated(&super::closed_forms::points(&fewer)), &d);
            prop_assert!((product(&again.nash.unwrap(), &d) - best).abs() < 1e-12);
        }
    }

    #[test]
    fn tips_tip(space in spaces(2..=3)) {
        let found = tipping(&space, &Merge::default()).unwrap();
        let open = |space: &Space| enumerated(space).points().any(|p| acceptable(&p.values, &space.fallbacks()));
        prop_assert_eq!(found.open, open(&space));
        for tip in &found.tips {
            let direction = if tip.up { 1.0 } else { -1.0 };
            let at = |value: f64| {
                let mut parties = space.parties().to_vec();
                set(&mut parties[tip.party], tip.lever, value);
                Space::new(space.domain().clone(), parties).map(|space| open(&space))
            };
            // Beyond the threshold it has turned around; short of it, not.
            if tip.size() > 1e-6 {
                prop_assert_eq!(at(tip.to - direction * 1e-7).unwrap(), found.open, "{:?}", tip);
            }
            if let Ok(turned) = at(tip.to + direction * 1e-7) {
                prop_assert_eq!(turned, !found.open, "{:?}", tip);
            }
        }
    }

    #[test]
    fn trades_do_what_they_say(space in spaces(2..=3), at in 0_usize..10_000) {
        let frontier = enumerated(&space);
        let outcome = space.domain().outcome(at);
        let looked = package(&space, &frontier, &outcome, usize::MAX).unwrap();
        let on_frontier = (0..frontier.len()).any(|p| frontier.values(p) == looked.values);
        prop_assert_eq!(looked.efficient, on_frontier);
        prop_assert_eq!(looked.distance < 1e-12, on_frontier);
        for trade in &looked.trades {
            let mut changed = outcome.clone();
            for switch in &trade.switches {
                changed[switch.issue] = switch.to;
            }
            let new = space.values(&changed);
            prop_assert!(dominates(&new, &looked.values));
            for ((new, old), gain) in new.iter().zip(&looked.values).zip(&trade.gains) {
                prop_assert_eq!(new - old, *gain);
            }
        }
    }

    #[test]
    fn ranks_count_the_better(few in prop::collection::vec(-5_i32..5, 1..60), times in prop::sample::select(vec![1_usize, 100])) {
        let values: Vec<f64> = few.iter().cycle().take(few.len() * times).map(|v| f64::from(*v) / 3.0).collect();
        let ranks = ranks(&values);
        prop_assert_eq!(ranks.len(), values.len());
        for (value, rank) in values.iter().zip(ranks).take(100) {
            prop_assert_eq!(rank as usize, 1 + values.iter().filter(|other| *other > value).count());
        }
    }
}

/// Every party's values times its scale plus its shift.
fn transformed(space: &Space, scale: &[f64], shift: &[f64]) -> (Space, Vec<f64>) {
    let all = space.enumerate(1_000_000).unwrap();
    let parties = (0..all.parties()).map(|p| {
        let values = all.of(p).iter().map(|u| u * scale[p] + shift[p]);
        let d = space.parties()[p].fallback * scale[p] + shift[p];
        // Rounding must not push a point that is exactly at its fallback below it.
        Preferences::table(format!("party {p}"), values.collect()).with_fallback(d - 1e-9)
    });
    let space = Space::new(space.domain().clone(), parties.collect()).unwrap();
    let d = space.fallbacks();
    (space, d)
}

fn set(preferences: &mut Preferences, lever: Lever, value: f64) {
    if lever == Lever::Fallback {
        preferences.fallback = value;
    }
    if let detente_deal::Utility::Additive(additive) = &mut preferences.utility {
        match lever {
            Lever::Fallback => {}
            Lever::Weight { issue } => additive.weights[issue] = value,
            Lever::Score { issue, option } => additive.scores[issue][option as usize] = value,
        }
    }
}
