//! Nodes per second of expansion on one core.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use detente_bench::{expanded, ladder, loaded};

fn expand(c: &mut Criterion) {
    let mut group = c.benchmark_group("expand");
    group.sample_size(10);
    for rounds in [3, 4, 5] {
        let (scenario, settings) = loaded(&ladder(rounds));
        let Ok(expansion) = expanded(&scenario, &settings) else {
            continue;
        };
        let nodes = expansion.game.nodes();
        let bytes = expansion.game.bytes() + expansion.paths.bytes();
        group.throughput(Throughput::Elements(nodes as u64));
        let name = format!(
            "ladder of {rounds} rounds, {nodes} nodes, {:.1} bytes per node",
            bytes as f64 / nodes as f64
        );
        group.bench_function(name, |b| b.iter(|| expanded(&scenario, &settings)));
    }
    group.finish();
}

criterion_group!(benches, expand);
criterion_main!(benches);
