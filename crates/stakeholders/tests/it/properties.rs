//! What holds for every table.

use detente_stakeholders::exchange;
use detente_stakeholders::spatial::{self, Options, Transition};
use detente_stakeholders::{Actor, Issue, Model, Stakeholders, Stance};
use proptest::prelude::*;

/// Tables of two to six actors on `issues` issues from 0 to 100.
fn tables(issues: usize) -> impl Strategy<Value = Stakeholders> {
    let voice = prop::collection::vec((0.0..100.0_f64, 0.05..1.0_f64), issues);
    prop::collection::vec((0.1..10.0_f64, voice), 2..=6).prop_map(move |voices| {
        let actors = voices.iter().enumerate().map(|(at, (influence, _))| Actor {
            name: at.to_string(),
            label: String::new(),
            influence: *influence,
        });
        let scales = (0..issues).map(|k| Issue {
            reference: Some(0.0),
            ..Issue::new(k.to_string(), 0.0, 100.0)
        });
        let stances = voices.iter().flat_map(|(_, stances)| {
            stances.iter().map(|(position, salience)| {
                Some(Stance {
                    position: *position,
                    salience: salience / issues as f64,
                })
            })
        });
        Stakeholders::new(actors.collect(), scales.collect(), stances.collect()).unwrap()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn outcomes_lie_between_positions(table in tables(1)) {
        let held: Vec<f64> = table.voices(0).map(|(_, stance)| stance.position).collect();
        let lower = held.iter().copied().fold(f64::INFINITY, f64::min);
        let upper = held.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        for name in Model::NAMES {
            if name == "exchange" || name == "nash" {
                continue;
            }
            let outcome = Model::named(name).unwrap().forecast(&table).unwrap().outcomes[0];
            // Bargains of the spatial model are struck to a ten-thousandth of the scale.
            prop_assert!((lower - 0.011..=upper + 0.011).contains(&outcome), "{name}: {outcome}");
        }
    }

    #[test]
    fn only_ratios_of_influence_count(table in tables(2), factor in 0.01..100.0_f64) {
        let actors = table.actors().iter().cloned().map(|mut actor| {
            actor.influence *= factor;
            actor
        });
        let stances = (0..table.actors().len() * 2).map(|at| table.stance(at / 2, at % 2));
        let scaled = Stakeholders::new(actors.collect(), table.issues().to_vec(), stances.collect());
        let scaled = scaled.unwrap();
        for name in ["compromise", "weighted-median", "nash", "exchange"] {
            let model = Model::named(name).unwrap();
            let (a, b) = (model.forecast(&table).unwrap(), model.forecast(&scaled).unwrap());
            for (a, b) in a.outcomes.iter().zip(&b.outcomes) {
                prop_assert!((a - b).abs() < 1e-6, "{name}: {a} {b}");
            }
        }
    }

    #[test]
    fn chances_of_a_pair_add_up_as_one_sees_them(table in tables(2)) {
        let odds = spatial::odds(&table, &Options::default()).unwrap();
        for row in &odds {
            prop_assert!(row.iter().all(|p| (0.0..=1.0).contains(p)));
        }
        let run = spatial::run(&table, &Options::default()).unwrap();
        prop_assert!((run.chances.iter().sum::<f64>() - 1.0).abs() < 1e-9);
        prop_assert!(run.rounds.len() <= 101);
    }

    #[test]
    fn draws_are_those_of_their_seed(table in tables(1), seed in 0_u64..100) {
        let options = Options { transition: Transition::Drawn(seed), turns: 10, ..Options::default() };
        prop_assert_eq!(
            spatial::run(&table, &options).unwrap(),
            spatial::run(&table, &options).unwrap()
        );
    }

    #[test]
    fn exchanges_gain_both_and_keep_outcomes_on_the_scale(table in tables(3)) {
        let run = exchange::run(&table, &exchange::Options { rounds: 3, ..Default::default() }).unwrap();
        for round in &run.rounds {
            prop_assert!(round.exchanges.iter().all(|exchange| exchange.gain > 0.0));
            prop_assert!(round.after.iter().all(|x| (-1e-6..=100.0 + 1e-6).contains(x)));
        }
    }

    #[test]
    fn results_survive_json(table in tables(1)) {
        let forecast = Model::named("spatial").unwrap().forecast(&table).unwrap();
        let text = serde_json::to_string(&forecast).unwrap();
        let back: detente_stakeholders::Forecast = serde_json::from_str(&text).unwrap();
        prop_assert_eq!(back.model, forecast.model);
        let text = serde_json::to_string(&table).unwrap();
        let back: Stakeholders = serde_json::from_str(&text).unwrap();
        for (a, b) in back.actors().iter().zip(table.actors()) {
            prop_assert!(a.name == b.name && (a.influence - b.influence).abs() < 1e-12);
        }
    }
}
