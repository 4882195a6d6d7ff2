//! Whole runs of the spatial model: KTAB's table of 34 actors where the cases are at hand, else as many that are made up,
//! and 80 that are; as published and as KTAB computes. KTAB's own program needs 8.3 s for its 34 actors, and 104 s for a
//! table of 80.

use criterion::{Criterion, criterion_group, criterion_main};
use detente_bench::voices;
use detente_stakeholders::spatial::{Options, run};
use detente_stakeholders::{StakeholderError, Stakeholders, read};

const COMPETITIVE: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../shared/cases/spatial/SOE-Competitive.csv"
);

fn competitive() -> Result<Stakeholders, StakeholderError> {
    match std::fs::read_to_string(COMPETITIVE) {
        Ok(text) => read::read(&text, COMPETITIVE, None),
        Err(_) => voices(34, 1),
    }
}

fn spatial(c: &mut Criterion) {
    let tables = [
        ("34 actors", competitive()),
        ("80 actors", voices(80, 1)),
        ("80 actors, 3 issues", voices(80, 3)),
    ];
    for (name, table) in tables {
        let Ok(table) = table else { continue };
        let mut group = c.benchmark_group(name);
        for (how, options) in [
            ("as published", Options::default()),
            ("as KTAB", Options::ktab()),
        ] {
            group.bench_function(how, |b| b.iter(|| run(&table, &options)));
        }
        group.finish();
    }
}

criterion_group!(benches, spatial);
criterion_main!(benches);
