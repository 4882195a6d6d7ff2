//! Two-player games by their sequence form in floating point: the shared folder's, where it is present.

use std::time::Duration;

use criterion::{Criterion, criterion_group, criterion_main};
use detente_game::{Game, read_game};
use detente_solve::{Budget, sequence};

fn shared(name: &str) -> Option<Game> {
    let path = format!(
        "{}/../../shared/cases/bench/{name}",
        env!("CARGO_MANIFEST_DIR")
    );
    let text = std::fs::read_to_string(path).ok()?;
    read_game(&text).ok().map(|read| read.game)
}

fn solve(c: &mut Criterion) {
    let mut group = c.benchmark_group("sequence");
    group
        .sample_size(10)
        .warm_up_time(Duration::from_millis(300))
        .measurement_time(Duration::from_secs(2));
    let options = sequence::Options {
        arithmetic: sequence::Arithmetic::Float,
        ..sequence::Options::default()
    };
    for name in ["kuhn48.efg", "leduc3x2.efg", "leduc4x2.efg"] {
        if let Some(game) = shared(name) {
            group.bench_function(format!("lp {name}"), |b| {
                b.iter(|| sequence::lp(&game, &options, &Budget::unlimited()));
            });
        }
    }
    for name in [
        "crisisK10M10.efg",
        "crisisK16M16.efg",
        "bargR3K3M3.efg",
        "bargR3K2M5.efg",
    ] {
        if let Some(game) = shared(name) {
            group.bench_function(format!("lcp {name}"), |b| {
                b.iter(|| sequence::lcp(&game, &options, &Budget::unlimited()));
            });
        }
    }
    group.finish();
}

criterion_group!(benches, solve);
criterion_main!(benches);
