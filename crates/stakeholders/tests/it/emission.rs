//! The expected utility model on the emission standards of the European Community.

use detente_stakeholders::expected::{Options, run};
use detente_stakeholders::simple::{Weight, mean, median};
use detente_stakeholders::{Actor, Issue, Stakeholders, Stance};

/// Bueno de Mesquita (1994), table 1: capability, years until the standard, salience in percent.
const COUNCIL: [(&str, f64, f64, f64); 10] = [
    ("Netherlands", 0.08, 4.0, 80.0),
    ("Belgium", 0.08, 7.0, 40.0),
    ("Luxembourg", 0.03, 4.0, 20.0),
    ("Germany", 0.16, 4.0, 80.0),
    ("France", 0.16, 10.0, 60.0),
    ("Italy", 0.16, 10.0, 60.0),
    ("United Kingdom", 0.16, 10.0, 90.0),
    ("Ireland", 0.05, 7.0, 10.0),
    ("Denmark", 0.05, 4.0, 100.0),
    ("Greece", 0.08, 7.0, 70.0),
];

pub(crate) fn council() -> Stakeholders {
    let actors = COUNCIL.iter().map(|(name, influence, ..)| Actor {
        name: (*name).to_owned(),
        label: String::new(),
        influence: *influence,
    });
    let stances = COUNCIL.iter().map(|(_, _, position, salience)| {
        Some(Stance {
            position: *position,
            salience: salience / 100.0,
        })
    });
    let issues = vec![Issue::new("years", 4.0, 10.0)];
    Stakeholders::new(actors.collect(), issues, stances.collect()).unwrap()
}

#[test]
fn rounds_are_those_of_the_program() {
    let options = Options {
        rounds: 8,
        ..Options::scholz()
    };
    let run = run(&council(), &options).unwrap();
    let medians = [
        7.0, 8.4159, 9.6109, 9.9620, 9.9620, 9.9620, 7.4720, 8.8246, 9.6711,
    ];
    let means = [
        7.3900, 7.4613, 7.5525, 7.5901, 7.3581, 7.3492, 7.4149, 7.5105, 7.5724,
    ];
    assert_eq!(run.rounds.len(), medians.len());
    for (at, round) in run.rounds.iter().enumerate() {
        assert!(
            (round.median - medians[at]).abs() < 1e-4,
            "{at}: {}",
            round.median
        );
        assert!(
            (round.mean - means[at]).abs() < 1e-4,
            "{at}: {}",
            round.mean
        );
    }
    let risks = [
        1.4057, 0.7542, 0.5089, 1.4057, 1.0465, 1.0465, 1.9649, 0.5, 2.0, 1.1121,
    ];
    for (found, expected) in run.rounds[0].risks.iter().zip(risks) {
        assert!((found - expected).abs() < 1e-4, "{found} {expected}");
    }
    let belgium = run.rounds[0]
        .moves
        .iter()
        .find(|step| step.actor == 1)
        .unwrap();
    assert!((belgium.own + 0.11483).abs() < 1e-5 && (belgium.other - 0.24330).abs() < 1e-5);
    assert!((belgium.position - 8.41593).abs() < 1e-5);
}

#[test]
fn where_conflicts_stand_the_first_round_is_that_of_another_reading() {
    // An independent reading of the paper in which a conflict moves nobody has 9.53 after the first round.
    let run = run(&council(), &Options::default()).unwrap();
    assert!((run.rounds[1].median - 9.53).abs() < 5e-3);
}

#[test]
fn first_positions_have_the_median_and_mean_of_the_table() {
    let table = council();
    assert!((median(&table, 0, Weight::Both).unwrap() - 7.0).abs() < 1e-12);
    assert!((mean(&table, 0, Weight::Both).unwrap() - 7.39).abs() < 1e-4);
}
