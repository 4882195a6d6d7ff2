//! Times sessions and counts how they end: `session FOLDER…`, one JSON line per folder of a domain and its profiles, and
//! one for all together.
//!
//! `sessions_per_second` is that of Boulware against conceder by their published definitions, over 100 rounds, on one
//! core; `with_trades` the same with trade-offs. `efficient` is the share of agreements on the frontier, among every
//! pairing of all styles in both orders with either side opening.

use std::error::Error;
use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

use detente_bench::negotiation;
use detente_deal::session::{Prepared, Rules, Style, Terms, Tournament, play, tournament};
use serde_json::{Value, json};

const ROUNDS: u32 = 100;

#[allow(clippy::print_stdout, clippy::print_stderr)]
fn main() -> ExitCode {
    let mut totals = [Total::default(); 2];
    for folder in std::env::args().skip(1) {
        match measured(Path::new(&folder), &mut totals) {
            Ok(line) => println!("{line}"),
            Err(error) => {
                eprintln!("{folder}: {error}");
                return ExitCode::FAILURE;
            }
        }
    }
    println!(
        "{}",
        json!({"all": {"trades": totals[0].line(), "plain": totals[1].line()}})
    );
    ExitCode::SUCCESS
}

/// Sessions of many domains.
#[derive(Clone, Copy, Default)]
struct Total {
    sessions: u32,
    agreements: u32,
    efficient: u32,
    distance: f64,
}

impl Total {
    fn add(&mut self, found: &Tournament) {
        // Every session is counted from both seats.
        self.sessions += found.all.seats / 2;
        self.agreements += found.all.agreements / 2;
        self.efficient += found.all.efficient / 2;
        self.distance += found.all.distance * f64::from(found.all.agreements / 2);
    }

    fn line(&self) -> Value {
        let agreements = f64::from(self.agreements.max(1));
        json!({
            "sessions": self.sessions,
            "agreements": self.agreements,
            "efficient": f64::from(self.efficient) / agreements,
            "distance": self.distance / agreements,
        })
    }
}

fn measured(folder: &Path, totals: &mut [Total; 2]) -> Result<Value, Box<dyn Error>> {
    let prepared = [Prepared::new(negotiation(folder)?)?];
    let mut efficient = [0.0; 2];
    for (trades, (total, share)) in [true, false]
        .into_iter()
        .zip(totals.iter_mut().zip(&mut efficient))
    {
        let rules = Rules {
            terms: Terms::rounds(ROUNDS),
            trades,
            threads: 1,
        };
        let found = tournament(&prepared, &Style::ALL, &rules)?;
        total.add(&found);
        *share = f64::from(found.all.efficient) / f64::from(found.all.agreements.max(1));
    }
    Ok(json!({
        "folder": folder.display().to_string(),
        "outcomes": prepared[0].outcomes(),
        "efficient": {"trades": efficient[0], "plain": efficient[1]},
        "sessions_per_second": rate(&prepared[0], false)?,
        "with_trades": rate(&prepared[0], true)?,
    }))
}

/// Sessions of Boulware against conceder in a second.
fn rate(prepared: &Prepared, trades: bool) -> Result<f64, Box<dyn Error>> {
    let terms = Terms::rounds(ROUNDS);
    let begun = Instant::now();
    let mut held = 0;
    while begun.elapsed().as_secs_f64() < 0.25 {
        let mut tactics = [
            Style::Boulware.tactic(prepared, 0, &terms, trades),
            Style::Conceder.tactic(prepared, 1, &terms, trades),
        ];
        std::hint::black_box(play(prepared, &mut tactics, &terms)?);
        held += 1;
    }
    Ok(f64::from(held) / begun.elapsed().as_secs_f64())
}
