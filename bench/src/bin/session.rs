//! Times sessions and counts how they end: `session FOLDER…`, one JSON line per folder of a domain and its profiles, and
//! one for all together.
//!
//! `sessions_per_second` is that of Boulware against conceder over 100 rounds, on one core. All is measured three ways:
//! `plain`, by the published definitions of the tactics; with `trades`, trade-offs for what the other seems to like; and
//! `settled`, with the time after the settlement as well. `agreements` and `efficient`, those on the frontier, are of every
//! pairing of all styles in both orders with either side opening; `recorded` has the same of the pairings that NegMAS's
//! recorded sessions are of, the first profile opening.

use std::error::Error;
use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

use detente_bench::negotiation;
use detente_deal::session::{Prepared, Rules, Style, Terms, Tournament, play, tournament};
use serde_json::{Value, json};

const ROUNDS: u32 = 100;

/// The tactics of NegMAS's recorded sessions that are defined in the literature.
const RECORDED: [Style; 5] = [
    Style::Boulware,
    Style::Linear,
    Style::Conceder,
    Style::Relative,
    Style::Micro,
];

#[allow(clippy::print_stdout, clippy::print_stderr)]
fn main() -> ExitCode {
    let mut totals = [Total::default(); 3];
    for folder in std::env::args().skip(1) {
        match measured(Path::new(&folder), &mut totals) {
            Ok(line) => println!("{line}"),
            Err(error) => {
                eprintln!("{folder}: {error}");
                return ExitCode::FAILURE;
            }
        }
    }
    println!("{}", json!({"all": by_way(totals.map(Total::line))}));
    ExitCode::SUCCESS
}

/// Sessions of many domains.
#[derive(Clone, Copy, Default)]
struct Total {
    sessions: u32,
    agreements: u32,
    efficient: u32,
    distance: f64,
    recorded: [u32; 2],
}

/// One value per way of holding sessions, with its name.
fn by_way(values: [Value; 3]) -> Value {
    let [plain, trades, settled] = values;
    json!({"plain": plain, "trades": trades, "settled": settled})
}

impl Total {
    fn add(&mut self, found: &Tournament) {
        // Every session is counted from both seats.
        self.sessions += found.all.seats / 2;
        self.agreements += found.all.agreements / 2;
        self.efficient += found.all.efficient / 2;
        self.distance += found.all.distance * f64::from(found.all.agreements / 2);
        for one in &found.matches {
            let is_recorded = one.styles.iter().all(|style| RECORDED.contains(style));
            if let (true, 0, Some(distance)) = (is_recorded, one.opener, one.distance) {
                self.recorded[0] += u32::from(distance == 0.0);
                self.recorded[1] += 1;
            }
        }
    }

    fn line(self) -> Value {
        json!({
            "sessions": self.sessions,
            "agreements": self.agreements,
            "efficient": self.efficient,
            "distance": self.distance / f64::from(self.agreements.max(1)),
            "recorded": self.recorded,
        })
    }
}

fn measured(folder: &Path, totals: &mut [Total; 3]) -> Result<Value, Box<dyn Error>> {
    let prepared = [Prepared::new(negotiation(folder)?)?];
    let mut shares = [Value::Null, Value::Null, Value::Null];
    let mut rates = shares.clone();
    for (way, trades) in [false, true, true].into_iter().enumerate() {
        let rules = Rules {
            terms: Terms::rounds(ROUNDS).post_settlement(way == 2),
            trades,
            threads: 1,
        };
        let found = tournament(&prepared, &Style::ALL, &rules)?;
        totals[way].add(&found);
        let mut own = Total::default();
        own.add(&found);
        shares[way] = own.line();
        rates[way] = rate(&prepared[0], &rules)?.into();
    }
    Ok(json!({
        "folder": folder.display().to_string(),
        "outcomes": prepared[0].outcomes(),
        "tournament": by_way(shares),
        "sessions_per_second": by_way(rates),
    }))
}

/// Sessions of Boulware against conceder in a second.
fn rate(prepared: &Prepared, rules: &Rules) -> Result<f64, Box<dyn Error>> {
    let begun = Instant::now();
    let mut held = 0;
    while begun.elapsed().as_secs_f64() < 0.25 {
        let mut tactics = [
            Style::Boulware.tactic(prepared, 0, &rules.terms, rules.trades),
            Style::Conceder.tactic(prepared, 1, &rules.terms, rules.trades),
        ];
        std::hint::black_box(play(prepared, &mut tactics, &rules.terms)?);
        held += 1;
    }
    Ok(f64::from(held) / begun.elapsed().as_secs_f64())
}
