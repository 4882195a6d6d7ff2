//! How long judging all states takes: two actors with 4,096 states, and 2^20 states with three to five actors.
#![allow(clippy::print_stdout)]

use std::collections::BTreeMap;
use std::time::Instant;

use detente_conflict_graph::{
    Change, Choice, Concept, Condition, Conflict, Draft, GraphError, Preference, Settings,
    Statement, States, Weight, analyse,
};

/// A drawn conflict: `shares` options per actor, drawn payoffs or ordered statements, some options irreversible.
fn drawn(shares: &[usize], irreversible: usize, statements: bool) -> Result<Conflict, GraphError> {
    let options: usize = shares.iter().sum();
    let mut seed = 0x9E37_79B9_7F4A_7C15_u64;
    let mut roll = move || {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        seed
    };
    let owners = shares
        .iter()
        .enumerate()
        .flat_map(|(actor, n)| vec![actor; *n]);
    let choices = owners.enumerate().map(|(k, owner)| Choice {
        change: if k % 3 == 0 && k / 3 < irreversible {
            Change::Forward
        } else {
            Change::Free
        },
        ..Choice::new(format!("option {k}"), owner)
    });
    let choices = choices.collect();
    let preferences = shares.iter().map(|_| {
        if statements {
            Preference::Statements(
                (0..options)
                    .map(|_| {
                        let (a, b) = (roll() as usize % options, roll() as usize % options);
                        let (a, b) = (Condition::Chosen(a), Condition::Chosen(b));
                        let condition = match roll() % 3 {
                            0 => a,
                            1 => Condition::Not(Box::new(a)),
                            _ => Condition::Iff(Box::new(a), Box::new(b)),
                        };
                        Statement {
                            condition,
                            weight: Weight::Plain,
                        }
                    })
                    .collect(),
            )
        } else {
            Preference::Payoffs(
                (0..1usize << options)
                    .map(|_| (roll() >> 24) as f64)
                    .collect(),
            )
        }
    });
    let preferences = preferences.collect();
    Draft {
        name: "drawn".to_owned(),
        actors: (0..shares.len()).map(|i| format!("actor {i}")).collect(),
        options: choices,
        states: States::feasible(options, &[])?,
        preferences,
        unperceived: Vec::new(),
        labels: BTreeMap::new(),
    }
    .check()
}

/// Arguments: options per actor like `7,7,6`, irreversible options, `payoffs` or `statements`, threads.
fn main() -> Result<(), GraphError> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let word = |k: usize, default: &str| {
        arguments
            .get(k)
            .cloned()
            .unwrap_or_else(|| default.to_owned())
    };
    let shares: Vec<usize> = word(0, "6,6")
        .split(',')
        .filter_map(|n| n.parse().ok())
        .collect();
    let irreversible = word(1, "0").parse().unwrap_or(0);
    let kind = word(2, "payoffs");
    let threads = word(3, "2").parse().unwrap_or(1);
    let start = Instant::now();
    let conflict = drawn(&shares, irreversible, kind == "statements")?;
    let built = start.elapsed().as_secs_f64();
    let settings = Settings {
        threads,
        ..Settings::default()
    };
    print!(
        "{shares:?}, {irreversible} irreversible, {kind}, {threads} threads: built {built:.3} s"
    );
    let start = Instant::now();
    let found = analyse(&conflict, &Concept::USUAL, &settings)?;
    println!("  all five concepts {:.3} s", start.elapsed().as_secs_f64());
    for concept in Concept::USUAL {
        let start = Instant::now();
        let alone = analyse(&conflict, &[concept], &settings)?.equilibria(concept);
        assert_eq!(alone, found.equilibria(concept));
        let time = start.elapsed().as_secs_f64();
        println!(
            "  {} {time:.3} s, {} equilibria",
            concept.name(),
            alone.count()
        );
    }
    Ok(())
}
