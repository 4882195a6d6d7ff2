//! The exchange model against the training case of the program that came with it.

use detente_stakeholders::exchange::{Options, run};
use detente_stakeholders::{Actor, Issue, Stakeholders, Stance};

/// Influence of ten actors on a town's toll (a training case of Decide, 2017).
const INFLUENCE: [f64; 10] = [1.0, 1.0, 0.6, 0.5, 0.4, 0.5, 0.2, 0.2, 0.6, 0.9];

/// Position and salience.
type Held = (f64, f64);

/// Issue by issue: the ends of the scale, then position and salience of every actor.
const ISSUES: [(f64, f64, [Held; 10]); 6] = [
    (
        0.0,
        100.0,
        [
            (100.0, 0.95),
            (50.0, 0.8),
            (100.0, 0.95),
            (0.0, 0.9),
            (75.0, 0.7),
            (25.0, 0.8),
            (25.0, 0.5),
            (75.0, 0.7),
            (25.0, 0.8),
            (0.0, 0.95),
        ],
    ),
    (
        0.5,
        7.0,
        [
            (3.0, 0.7),
            (3.0, 0.7),
            (5.0, 0.9),
            (0.5, 0.5),
            (2.0, 0.5),
            (1.0, 0.6),
            (3.0, 0.3),
            (3.0, 0.5),
            (1.0, 0.6),
            (0.5, 0.8),
        ],
    ),
    (
        0.0,
        100.0,
        [
            (100.0, 0.9),
            (75.0, 0.7),
            (100.0, 0.95),
            (0.0, 0.9),
            (75.0, 0.6),
            (25.0, 0.7),
            (50.0, 0.5),
            (75.0, 0.6),
            (0.0, 0.7),
            (0.0, 1.0),
        ],
    ),
    (
        0.0,
        100.0,
        [
            (100.0, 0.8),
            (100.0, 0.6),
            (100.0, 0.8),
            (0.0, 0.9),
            (50.0, 0.4),
            (50.0, 0.4),
            (75.0, 0.6),
            (100.0, 0.6),
            (0.0, 0.9),
            (0.0, 0.95),
        ],
    ),
    (
        0.0,
        100.0,
        [
            (25.0, 0.6),
            (25.0, 0.5),
            (50.0, 0.4),
            (50.0, 0.8),
            (0.0, 0.3),
            (25.0, 0.5),
            (25.0, 0.5),
            (50.0, 0.5),
            (50.0, 0.5),
            (100.0, 0.9),
        ],
    ),
    (
        0.0,
        100.0,
        [
            (75.0, 0.95),
            (25.0, 0.8),
            (100.0, 0.9),
            (0.0, 0.7),
            (0.0, 0.7),
            (50.0, 0.6),
            (50.0, 0.7),
            (75.0, 0.8),
            (25.0, 0.8),
            (100.0, 0.9),
        ],
    ),
];

fn toll() -> Stakeholders {
    let actors = INFLUENCE.iter().enumerate().map(|(a, influence)| Actor {
        name: format!("actor {a}"),
        label: String::new(),
        influence: *influence,
    });
    let issues = ISSUES.iter().enumerate();
    let issues =
        issues.map(|(k, (lower, upper, _))| Issue::new(format!("issue {k}"), *lower, *upper));
    let stances = (0..INFLUENCE.len()).flat_map(|a| {
        ISSUES.iter().map(move |(_, _, held)| {
            let (position, salience) = held[a];
            Some(Stance { position, salience })
        })
    });
    Stakeholders::new(actors.collect(), issues.collect(), stances.collect()).unwrap()
}

#[test]
fn first_gains_and_outcomes_are_the_programs() {
    let table = toll();
    let run = run(&table, &Options::default()).unwrap();
    let round = &run.rounds[0];
    let gains: Vec<f64> = round
        .exchanges
        .iter()
        .map(|exchange| exchange.gain)
        .collect();
    assert!((gains[0] - 1.973_684_210_526_316).abs() < 1e-6, "{gains:?}");
    assert!((gains[1] - 1.792_636_308_765_341).abs() < 1e-6, "{gains:?}");
    let expected = [
        (49.3532, 67.1779),
        (27.2460, 48.6005),
        (50.5789, 50.6828),
        (52.4855, 16.2347),
        (49.4883, 75.1462),
        (56.6008, 46.7727),
    ];
    for (k, (before, after)) in expected.into_iter().enumerate() {
        let share = |x: f64| 100.0 * table.issues()[k].share(x);
        assert!(
            (share(round.before[k]) - before).abs() < 1e-4,
            "issue {k}: {}",
            share(round.before[k])
        );
        assert!(
            (share(round.after[k]) - after).abs() < 1e-4,
            "issue {k}: {}",
            share(round.after[k])
        );
    }
    assert_eq!(round.exchanges.len(), 39);
}
