//! Cases that can be reckoned by hand.

use detente_stakeholders::simple::{Weight, mean, median, nash};
use detente_stakeholders::spatial::{self, Options};
use detente_stakeholders::{Actor, Issue, Model, StakeholderError, Stakeholders, Stance, leverage};

/// One issue from 0 to 100: influence, position, salience.
pub(crate) fn table(voices: &[(f64, f64, f64)], reference: Option<f64>) -> Stakeholders {
    let actors = voices
        .iter()
        .enumerate()
        .map(|(at, (influence, ..))| Actor {
            name: format!("{}", char::from(b'A' + u8::try_from(at).unwrap())),
            label: String::new(),
            influence: *influence,
        });
    let stances = voices.iter().map(|(_, position, salience)| {
        Some(Stance {
            position: *position,
            salience: *salience,
        })
    });
    let mut issue = Issue::new("issue", 0.0, 100.0);
    issue.reference = reference;
    Stakeholders::new(actors.collect(), vec![issue], stances.collect()).unwrap()
}

#[test]
fn means_and_medians() {
    let table = table(
        &[(1.0, 0.0, 0.5), (2.0, 50.0, 1.0), (1.0, 100.0, 0.5)],
        None,
    );
    assert!((mean(&table, 0, Weight::Both).unwrap() - 50.0).abs() < 1e-12);
    assert!((mean(&table, 0, Weight::Salience).unwrap() - 50.0).abs() < 1e-12);
    assert!((median(&table, 0, Weight::Both).unwrap() - 50.0).abs() < 1e-12);
    let even = self::table(&[(1.0, 20.0, 1.0), (1.0, 60.0, 1.0)], None);
    assert!((median(&even, 0, Weight::Equal).unwrap() - 40.0).abs() < 1e-12);
}

#[test]
fn nash_without_a_costly_breakdown_splits_what_both_gain() {
    // With the reference at 0 and ideals at 40 and 80, gains are x(80 − x) and x(160 − x).
    let table = table(&[(1.0, 40.0, 1.0), (1.0, 80.0, 1.0)], Some(0.0));
    let x = nash(&table, 0, 0.0).unwrap();
    // The slope 2/x − 1/(80 − x) − 1/(160 − x) is 0: 4x² − 720x + 25600 = 0.
    let by_hand = (720.0 - (720.0_f64.powi(2) - 16.0 * 25600.0).sqrt()) / 8.0;
    assert!((x - by_hand).abs() < 1e-9, "{x} {by_hand}");
}

#[test]
fn nash_keeps_a_reference_that_lies_between() {
    let table = table(&[(1.0, 10.0, 1.0), (1.0, 80.0, 1.0)], Some(30.0));
    assert!((nash(&table, 0, 0.0).unwrap() - 30.0).abs() < 1e-9);
}

#[test]
fn nash_with_a_dreadful_breakdown_is_the_compromise() {
    let table = table(
        &[(3.0, 10.0, 0.2), (1.0, 80.0, 0.9), (2.0, 55.0, 0.4)],
        Some(100.0),
    );
    let compromise = mean(&table, 0, Weight::Both).unwrap();
    assert!((nash(&table, 0, 1e9).unwrap() - compromise).abs() < 1e-5);
}

#[test]
fn nash_needs_a_reference_point() {
    let error = Model::Nash(1.0).forecast(&table(&[(1.0, 10.0, 1.0)], None));
    assert!(matches!(error, Err(StakeholderError::Reference { .. })));
}

/// The chance of the first to win against the second, as it reckons itself.
fn chance(voices: &[(f64, f64, f64)], options: &Options) -> f64 {
    spatial::odds(&table(voices, None), options).unwrap()[0][1]
}

#[test]
fn an_ally_helps_except_in_the_program() {
    let alone = [(100.0, 10.0, 0.9), (100.0, 90.0, 0.9)];
    let allied = [alone[0], alone[1], (100.0, 10.0, 0.9)];
    let (published, program) = (Options::default(), Options::ktab());
    assert!(chance(&allied, &program) < chance(&alone, &program));
    assert!(chance(&allied, &published) > chance(&alone, &published));
    // KTAB gives 0.402; where third parties do nothing, 0.471.
    let idle = Options {
        commitment: spatial::Commitment::None,
        ..Options::ktab()
    };
    assert!((chance(&allied, &program) - 0.402).abs() < 5e-4);
    assert!((chance(&allied, &idle) - 0.471).abs() < 5e-4);
    assert!(chance(&allied, &published) > 0.471);
}

#[test]
fn commitment_matters_except_in_the_program() {
    let voices = [(100.0, 10.0, 0.9), (80.0, 90.0, 0.9), (60.0, 30.0, 0.7)];
    let with = |commitment, ktab| {
        let options = Options {
            commitment,
            ktab,
            ..Options::default()
        };
        chance(&voices, &options)
    };
    let (none, full) = (spatial::Commitment::None, spatial::Commitment::Full);
    assert!((with(none, true) - with(full, true)).abs() < 1e-12);
    assert!((with(none, false) - with(full, false)).abs() > 1e-6);
}

#[test]
fn whoever_weighs_most_is_worth_persuading() {
    let table = table(&[(1.0, 0.0, 0.5), (3.0, 40.0, 0.5), (1.0, 80.0, 1.0)], None);
    let found = leverage(&table, &Model::Compromise, 0).unwrap();
    let order: Vec<usize> = found.iter().map(|one| one.actor).collect();
    // Weights are ½, 1½ and 1 of 3: moving the second from 40 to 0 or 100 moves the outcome by half of it, the third
    // from 80 to 0 by a third.
    assert_eq!(order, [1, 2, 0]);
    assert!((found[0].position[0] + 20.0).abs() < 1e-9);
    assert!((found[0].position[1] - 30.0).abs() < 1e-9);
    assert!((found[1].position[0] + 80.0 / 3.0).abs() < 1e-9);
    // Did the third not care, the outcome would be 30 instead of 140 / 3.
    assert!((found[1].salience[0].unwrap() - (30.0 - 140.0 / 3.0)).abs() < 1e-9);
}

#[test]
fn who_does_not_care_keeps_a_place_in_the_rounds() {
    let table = table(
        &[(1.0, 10.0, 0.9), (1.0, 50.0, 0.0), (1.0, 90.0, 0.9)],
        None,
    );
    let forecast = Model::named("spatial").unwrap().forecast(&table).unwrap();
    assert_eq!(forecast.rounds[0], [Some(10.0), None, Some(90.0)]);
}

#[test]
fn of_twins_the_first_is_challenged_whatever_rounding_says() {
    for shift in 0..40 {
        let odd = 1.0 + f64::from(shift) / 7.0;
        let voices = [
            (5.0, 0.0, 0.9),
            (odd, 100.0, 0.5),
            (odd, 100.0, 0.5),
            (2.0 * odd, 50.0, 0.3),
            (0.3, 71.0, 0.7),
        ];
        for options in [Options::default(), Options::ktab()] {
            let run = spatial::run(&table(&voices, None), &options).unwrap();
            let first = &run.rounds[0].challenges;
            assert!(first.iter().any(|made| made.to == 1), "{first:?}");
            assert!(first.iter().all(|made| made.to != 2), "{first:?}");
        }
    }
}
