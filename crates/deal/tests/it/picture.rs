//! What the picture of a negotiation is made of: bins, shares, the smallest change of a refused outcome.

use detente_deal::{Domain, Issue, Preferences, Search, Space, density, mend};
use proptest::prelude::*;

/// Two issues of three options and three parties: two negotiators and a hawk who looks at the first issue only.
fn pies(hawk: f64) -> Space {
    let options = ["none", "half", "full"];
    let issues = vec![Issue::named("cap", options), Issue::named("oil", options)];
    let (up, down) = (vec![0.0, 0.5, 1.0], vec![1.0, 0.5, 0.0]);
    let domain = Domain::new("pies", issues).unwrap();
    let parties = vec![
        Preferences::additive("us", vec![0.8, 0.2], vec![up.clone(), down.clone()])
            .with_fallback(0.3),
        Preferences::additive("iran", vec![0.2, 0.8], vec![down, up.clone()]).with_fallback(0.3),
        Preferences::additive("hawk", vec![1.0, 0.0], vec![up.clone(), up]).with_fallback(hawk),
    ];
    Space::new(domain, parties).unwrap()
}

#[test]
fn a_hawk_takes_bins_out_of_the_zone() {
    let (planes, shares) = density(&pies(0.75), 2, &[[0, 1]], 8, &Search::default()).unwrap();
    let sum = |of: fn(&detente_deal::Bin) -> u32| planes[0].bins.iter().map(of).sum::<u32>();
    assert_eq!(sum(|bin| bin.all), 9);
    // By hand: (half, half), (half, full), (full, half), (full, full); the hawk wants the cap full.
    assert_eq!((sum(|bin| bin.zone), sum(|bin| bin.ratified)), (4, 2));
    assert_eq!(shares.each[2], 3.0 / 9.0);
    assert_eq!((shares.zone, shares.ratified), (4.0 / 9.0, 2.0 / 9.0));
    assert!(!shares.sampled);
}

#[test]
fn a_sample_is_near_the_truth() {
    let search = Search {
        enumerated: 1,
        ..Search::default()
    };
    let (_, shares) = density(&pies(0.75), 2, &[], 8, &search).unwrap();
    assert!(shares.sampled);
    assert!((shares.ratified - 2.0 / 9.0).abs() < 0.005, "{shares:?}");
}

#[test]
fn the_smallest_change_of_a_refused_outcome() {
    // (half, half) gives everybody ½; the hawk wants the cap full, and Iran then still has 0.4.
    let mended = mend(&pies(0.75), &[1, 1]).unwrap().unwrap();
    assert_eq!(mended.outcome[0], 2);
    assert_eq!(mended.switches.len(), 1);
    // (half, none): Iran refuses, and so does the hawk. Oil helps Iran more than a full cap helps the hawk.
    let mended = mend(&pies(0.75), &[1, 0]).unwrap().unwrap();
    assert_eq!(mended.switches.len(), 2);
    assert_eq!((mended.switches[0].issue, mended.outcome), (1, vec![2, 2]));
    assert!(mend(&pies(0.0), &[1, 1]).unwrap().is_none());
    assert!(mend(&pies(2.0), &[1, 1]).unwrap().is_none());
    assert!(mend(&pies(0.0), &[1, 9]).is_err());
}

proptest! {
    #[test]
    fn a_mended_outcome_is_acceptable(
        weights in proptest::collection::vec(0.0..1.0_f64, 6),
        fallbacks in proptest::collection::vec(-0.5..1.5_f64, 3),
        outcome in proptest::collection::vec(0..3_u32, 2),
    ) {
        let old = pies(0.0);
        let parties = old.parties().iter().enumerate().map(|(p, party)| {
            let scores = party.as_additive().unwrap().scores.clone();
            Preferences::additive("p", weights[2 * p..2 * p + 2].to_vec(), scores).with_fallback(fallbacks[p])
        });
        let space = Space::new(old.domain().clone(), parties.collect()).unwrap();
        let accepts = |outcome: &[u32]| {
            space.values(outcome).iter().zip(&fallbacks).all(|(value, d)| value >= d)
        };
        let possible = (0..9).any(|k| accepts(&space.domain().outcome(k)));
        match mend(&space, &outcome).unwrap() {
            Some(mended) => {
                prop_assert!(!accepts(&outcome));
                prop_assert!(accepts(&mended.outcome));
            }
            // Two issues: two switches reach every outcome.
            None => prop_assert!(accepts(&outcome) || !possible),
        }
    }
}
