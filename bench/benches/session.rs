//! Bargaining sessions per second on one core, on the Car domain of the cases where they are at hand and on a space of
//! the same shape.

use std::path::Path;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use detente_bench::{negotiation, staircase};
use detente_deal::Space;
use detente_deal::session::{Prepared, Style, Terms, play};

const CAR: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../shared/cases/negotiation/y2011/Car"
);

fn sessions(c: &mut Criterion, name: &str, space: Space) {
    let Ok(prepared) = Prepared::new(space) else {
        return;
    };
    let terms = Terms::rounds(100);
    let mut group = c.benchmark_group(name);
    group.throughput(Throughput::Elements(1));
    for (how, trades) in [("plain", false), ("with trades", true)] {
        group.bench_function(format!("Boulware against conceder, {how}"), |b| {
            b.iter(|| {
                let mut tactics = [
                    Style::Boulware.tactic(&prepared, 0, &terms, trades),
                    Style::Conceder.tactic(&prepared, 1, &terms, trades),
                ];
                play(&prepared, &mut tactics, &terms)
            });
        });
    }
    group.finish();
}

fn session(c: &mut Criterion) {
    if let Ok(space) = negotiation(Path::new(CAR)) {
        sessions(c, "the Car domain", space);
    }
    if let Ok(space) = staircase(6, 5) {
        sessions(c, "six issues of five options", space);
    }
}

criterion_group!(benches, session);
criterion_main!(benches);
