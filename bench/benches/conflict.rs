//! All five usual concepts of stability in conflicts with drawn payoffs: two actors with 4,096 states (GMCR+ takes 21.6 s
//! for as many), and three with 32,768. For 2^20 states there is `crates/conflict_graph/examples/time.rs`.

use std::collections::BTreeMap;

use criterion::{Criterion, criterion_group, criterion_main};
use detente_conflict_graph::{
    Choice, Concept, Conflict, Draft, GraphError, Preference, Settings, States, analyse,
};

/// As many options for each actor; payoffs that look random and are the same every time.
fn drawn(actors: usize, options_each: usize) -> Result<Conflict, GraphError> {
    let options = actors * options_each;
    let owned = (0..options).map(|k| Choice::new(format!("option {k}"), k / options_each));
    let payoff = |actor: u64, state: u64| {
        let mixed = (state + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15 ^ (actor << 17));
        ((mixed ^ (mixed >> 29)).wrapping_mul(0xBF58_476D_1CE4_E5B9) >> 24) as f64
    };
    let wishes = |actor: usize| {
        let states = 0..1_u64 << options;
        Preference::Payoffs(states.map(|state| payoff(actor as u64, state)).collect())
    };
    Draft {
        name: "drawn".to_owned(),
        actors: (0..actors).map(|i| format!("actor {i}")).collect(),
        options: owned.collect(),
        states: States::feasible(options, &[])?,
        preferences: (0..actors).map(wishes).collect(),
        unperceived: Vec::new(),
        labels: BTreeMap::new(),
    }
    .check()
}

fn stability(c: &mut Criterion) {
    for (name, actors, options) in [("2 × 4,096 states", 2, 6), ("3 × 32,768 states", 3, 5)] {
        let Ok(conflict) = drawn(actors, options) else {
            continue;
        };
        let settings = Settings::default();
        c.bench_function(name, |b| {
            b.iter(|| analyse(&conflict, &Concept::USUAL, &settings))
        });
    }
}

criterion_group!(benches, stability);
criterion_main!(benches);
