//! Iterations per second of regret minimization on one core; each updates both players.

use std::time::Duration;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use detente_game::Game;
use detente_game::generate::{GenerateError, kuhn_poker, leduc_poker, liars_dice};
use detente_solve::Budget;
use detente_solve::regret::{Options, Variant, solve};

/// Iterations of one sample: many beside what laying the game out takes.
fn iterations(game: &Game) -> u64 {
    (200_000_000 / game.nodes() as u64).clamp(500, 200_000)
}

fn regret(c: &mut Criterion) {
    let games: [(&str, Result<Game, GenerateError>); 5] = [
        ("Kuhn poker, 3 cards", kuhn_poker(3)),
        ("Kuhn poker, 48 cards", kuhn_poker(48)),
        ("Leduc poker, 3 × 2 cards", leduc_poker(3, 2)),
        ("Leduc poker, 6 × 4 cards", leduc_poker(6, 4)),
        ("liar's dice, 6 faces", liars_dice(6)),
    ];
    for (name, game) in games {
        let Ok(game) = game else { continue };
        let mut group = c.benchmark_group(name);
        group
            .sample_size(10)
            .warm_up_time(Duration::from_millis(200));
        let iterations = iterations(&game);
        group.throughput(Throughput::Elements(iterations));
        for variant in [Variant::CfrPlus, Variant::PredictiveCfrPlus] {
            let options = Options {
                iterations,
                tolerance: 0.0,
                ..Options::of(variant)
            };
            group.bench_function(variant.word(), |b| {
                b.iter(|| solve(&game, &options, &Budget::unlimited()));
            });
        }
        group.finish();
    }
}

criterion_group!(benches, regret);
criterion_main!(benches);
