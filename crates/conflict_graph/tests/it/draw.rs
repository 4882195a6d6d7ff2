//! Conflicts drawn at random: several actors, irreversible options, infeasible states, ties, blind spots.

use std::collections::BTreeMap;

use detente_conflict_graph::{Change, Choice, Condition, Conflict, Draft, Preference, States};
use proptest::prelude::*;

/// The options' owners and directions, the states, payoffs, and what is not perceived.
pub(crate) fn draft(most_actors: usize, most_options: usize) -> impl Strategy<Value = Draft> {
    (2..=most_actors, 0..=most_options).prop_flat_map(|(actors, more)| {
        let options = (actors + more).min(7);
        let choice = (0..actors, 0u8..6);
        let choices = prop::collection::vec(choice, options);
        let keep = prop::collection::vec(0u8..8, 1 << options);
        let payoffs = prop::collection::vec(prop::collection::vec(0u8..12, 1 << options), actors);
        let blind = prop::collection::vec(
            prop::option::weighted(0.15, (0..options, 0..options, any::<bool>())),
            actors,
        );
        (choices, keep, 1u8..8, payoffs, blind).prop_map(
            move |(choices, keep, level, payoffs, blind)| {
                build(actors, &choices, &keep, level, &payoffs, &blind)
            },
        )
    })
}

fn build(
    actors: usize,
    choices: &[(usize, u8)],
    keep: &[u8],
    level: u8,
    payoffs: &[Vec<u8>],
    blind: &[Option<(usize, usize, bool)>],
) -> Draft {
    let mut bits: Vec<u64> = (0u64..)
        .zip(keep)
        .filter(|(_, roll)| **roll < level)
        .map(|(state, _)| state)
        .collect();
    if bits.is_empty() {
        bits.push(0);
    }
    let options = choices.iter().enumerate().map(|(k, (owner, roll))| Choice {
        change: match roll {
            0 => Change::Forward,
            1 => Change::Backward,
            _ => Change::Free,
        },
        ..Choice::new(format!("option {k}"), *owner)
    });
    let payoffs = payoffs.iter().map(|list| {
        Preference::Payoffs(
            list.iter()
                .take(bits.len())
                .map(|p| f64::from(*p))
                .collect(),
        )
    });
    let blind = blind.iter().map(|spot| {
        let pattern = |(a, b, negated): &(usize, usize, bool)| {
            let second = Condition::Chosen(*b);
            let second = if *negated {
                Condition::Not(Box::new(second))
            } else {
                second
            };
            Condition::All(vec![Condition::Chosen(*a), second])
        };
        spot.iter().map(pattern).collect()
    });
    Draft {
        name: "drawn".to_owned(),
        actors: (0..actors).map(|i| format!("actor {i}")).collect(),
        options: options.collect(),
        preferences: payoffs.collect(),
        unperceived: blind.collect(),
        states: States::listed(choices.len(), bits).unwrap(),
        labels: BTreeMap::new(),
    }
}

/// The conflict as a graph, so that nothing is known of options.
pub(crate) fn as_graph(conflict: &Conflict) -> Conflict {
    conflict.merged(&[]).unwrap()
}
