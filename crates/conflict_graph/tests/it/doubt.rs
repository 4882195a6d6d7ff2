//! Unknown and strong preferences, pair by pair and by statements, against the definitions.

use detente_conflict_graph::{
    Comparison, Concept, Condition, Draft, GraphError, Preference, Reading, Relation, Settings,
    Statement, Tier, Weight, analyse,
};
use proptest::prelude::*;
use proptest::strategy::ValueTree;

use crate::draw;
use crate::naive::Naive;

const CONCEPTS: [Concept; 6] = [
    Concept::Nash,
    Concept::General,
    Concept::SymmetricGeneral,
    Concept::Sequential,
    Concept::SymmetricSequential,
    Concept::Simultaneous,
];

const READINGS: [Reading; 4] = [
    Reading::UnknownA,
    Reading::UnknownB,
    Reading::UnknownC,
    Reading::UnknownD,
];

fn agrees(draft: &Draft, reading: Reading) -> Result<(), TestCaseError> {
    let naive = Naive::new(draft, reading);
    let conflict = draft.clone().check().unwrap();
    let settings = Settings {
        reading,
        ..Settings::default()
    };
    let found = analyse(&conflict, &CONCEPTS, &settings).unwrap();
    for concept in CONCEPTS {
        for actor in 0..naive.actors() {
            for state in 0..naive.states.len() {
                prop_assert_eq!(
                    found.is_stable(concept, actor, state),
                    naive.stable(concept, actor, state),
                    "{:?} {:?} actor {} state {}",
                    reading,
                    concept,
                    actor,
                    state
                );
            }
        }
    }
    Ok(())
}

/// Replaces everybody's preferences: some pairs known, in any relation.
fn in_pairs(mut draft: Draft, rolls: &[u8]) -> Draft {
    let states = draft.states.len();
    let mut rolls = rolls.iter().cycle();
    for preference in &mut draft.preferences {
        let mut comparisons = Vec::new();
        for state in 0..states {
            for with in 0..state {
                let relation = match rolls.next() {
                    Some(0) => Relation::MuchBetter,
                    Some(1) => Relation::Better,
                    Some(2) => Relation::Same,
                    Some(3) => Relation::Worse,
                    Some(4) => Relation::MuchWorse,
                    _ => continue,
                };
                comparisons.push(Comparison {
                    state,
                    with,
                    relation,
                });
            }
        }
        *preference = Preference::Pairs(comparisons);
    }
    draft
}

/// Replaces everybody's preferences by rankings with strong steps.
fn in_tiers(mut draft: Draft, rolls: &[u8]) -> Draft {
    let mut rolls = rolls.iter().cycle();
    for preference in &mut draft.preferences {
        let Preference::Payoffs(payoffs) = &*preference else {
            continue;
        };
        let mut levels = payoffs.clone();
        levels.sort_by(|a, b| b.total_cmp(a));
        levels.dedup();
        let tier = |level: &f64| Tier {
            states: (0..payoffs.len())
                .filter(|s| payoffs[*s] == *level)
                .collect(),
            strongly: rolls.next().is_some_and(|roll| *roll < 3),
        };
        let tiers = levels.iter().map(tier).collect();
        *preference = Preference::Ranking(tiers);
    }
    draft
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn unknown_pairs_agree(draft in draw::draft(4, 1), rolls in prop::collection::vec(0u8..8, 97)) {
        let draft = in_pairs(draft, &rolls);
        for reading in READINGS {
            agrees(&draft, reading)?;
        }
    }

    #[test]
    fn degrees_agree(draft in draw::draft(4, 1), rolls in prop::collection::vec(0u8..8, 97)) {
        let draft = in_tiers(draft, &rolls);
        agrees(&draft, Reading::Plain)?;
        agrees(&draft, Reading::Strong)?;
        // With all known, the four extensions are one.
        for reading in READINGS {
            agrees(&draft, reading)?;
        }
    }

    #[test]
    fn statements_agree(draft in draw::draft(3, 2), rolls in prop::collection::vec(0u8..255, 40)) {
        let mut draft = draft;
        let options = draft.options.len();
        let mut rolls = rolls.iter().map(|roll| *roll as usize).cycle();
        let mut roll = || rolls.next().unwrap_or(0);
        for preference in &mut draft.preferences {
            let statements = (0..4).map(|k| Statement {
                condition: match roll() % 3 {
                    0 => Condition::Chosen(roll() % options),
                    1 => Condition::Not(Box::new(Condition::Chosen(roll() % options))),
                    _ => Condition::If {
                        then: Box::new(Condition::Chosen(roll() % options)),
                        when: Box::new(Condition::Chosen(roll() % options)),
                    },
                },
                weight: match (k, roll() % 3) {
                    (0, 0) => Weight::Strong,
                    (1.., 0) => Weight::Unknown,
                    _ => Weight::Plain,
                },
            });
            *preference = Preference::Statements(statements.collect());
        }
        for reading in READINGS {
            agrees(&draft, reading)?;
        }
    }
}

/// What is stable under b is stable under d, under a also under b and c.
#[test]
fn unknown_preferences_need_a_reading() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let mut tried = 0;
    while tried < 50 {
        let draft = draw::draft(3, 1).new_tree(&mut runner).unwrap().current();
        let conflict = in_pairs(draft, &[7, 1, 3]).check().unwrap();
        if conflict.size() < 3 {
            continue;
        }
        tried += 1;
        let plain = analyse(&conflict, &CONCEPTS, &Settings::default());
        assert!(matches!(plain, Err(GraphError::Unanswerable { .. })));
        let [a, b, c, d] = READINGS.map(|reading| {
            let settings = Settings {
                reading,
                ..Settings::default()
            };
            analyse(&conflict, &CONCEPTS, &settings).unwrap()
        });
        for concept in CONCEPTS {
            for actor in 0..conflict.actors().len() {
                for state in 0..conflict.size() {
                    let [a, b, c, d] = [&a, &b, &c, &d].map(|x| x.is_stable(concept, actor, state));
                    assert!(!a || (b && c));
                    assert!(!(b || c) || d);
                }
            }
        }
    }
}
