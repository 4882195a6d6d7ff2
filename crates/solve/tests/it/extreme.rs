//! Extreme equilibria against known lists.

use std::time::Duration;

use detente_solve::{Budget, extreme};

use crate::expected::{lines, load, payoffs};
use crate::games::random_bimatrix;

#[test]
fn extreme_equilibria_match_the_expected_sets() {
    for line in lines("enummixed") {
        let Some(game) = load(&line.file) else {
            continue;
        };
        let budget = Budget::new(Some(Duration::from_secs(10)), &|_| true);
        let begun = std::time::Instant::now();
        match (
            extreme::enumerate(&game, &extreme::Options::default(), &budget),
            line.payoffs,
        ) {
            (Ok(all), expected) => {
                let found = &all.found;
                if let Some(expected) = expected {
                    if payoffs(found) != expected {
                        println!(
                            "DIFF {} {} {}",
                            line.file,
                            payoffs(found).len(),
                            expected.len()
                        );
                    }
                } else {
                    println!("NEW");
                }
                let seq = extreme::Options {
                    form: Some(extreme::Form::Sequence),
                    ..Default::default()
                };
                let begun2 = std::time::Instant::now();
                if let Ok(other) = extreme::enumerate(
                    &game,
                    &seq,
                    &Budget::new(Some(Duration::from_secs(40)), &|_| true),
                ) {
                    println!(
                        "   seq {} {:?} n={} subsets {} comps {} {:?} gain {}",
                        line.file,
                        begun2.elapsed(),
                        other.count,
                        other.subsets.len(),
                        other.components.len(),
                        other.found.status,
                        other
                            .found
                            .equilibria
                            .iter()
                            .map(|e| e.certificate.largest_gain)
                            .fold(0.0, f64::max)
                    );
                    if all.found.complete
                        && other.found.complete
                        && (all.subsets.len() != other.subsets.len()
                            || all.components.len() != other.components.len())
                    {
                        println!("DIFFSEQ");
                    }
                }
                println!(
                    "{} {:?} n={} {} subsets {} comps {} {:?} {:?}",
                    line.file,
                    begun.elapsed(),
                    all.count,
                    found.equilibria.len(),
                    all.subsets.len(),
                    all.components.len(),
                    found.status,
                    all.strategies.iter().map(|s| s.count()).collect::<Vec<_>>()
                );
            }
            (Err(why), _) => println!("{}: {why}", line.file),
        }
    }
}

#[test]
fn random_speed() {
    for size in [6, 8, 10, 12, 14, 16] {
        for seed in 1..3 {
            let game = random_bimatrix(size, seed);
            let budget = Budget::new(Some(Duration::from_secs(60)), &|_| true);
            let begun = std::time::Instant::now();
            match extreme::enumerate(&game, &extreme::Options::default(), &budget) {
                Ok(all) => println!(
                    "{size} {seed} {:?} n={} {:?}",
                    begun.elapsed(),
                    all.count,
                    all.found.status
                ),
                Err(why) => println!("{why}"),
            }
        }
    }
}
