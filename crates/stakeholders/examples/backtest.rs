//! The table of a backtest: `cargo run --release --example backtest -- FILE [folds [seed]]`.
#![allow(clippy::print_stdout)]

use detente_stakeholders::Model;
use detente_stakeholders::backtest::{Folds, Options, Settings, backtest, read};

/// Models of single issues.
const MODELS: [&str; 11] = [
    "mean",
    "salience-mean",
    "compromise",
    "median",
    "weighted-median",
    "nash",
    "spatial",
    "spatial-ktab",
    "expected-utility",
    "expected-utility-scholz",
    "challenge",
];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let file = arguments.first().ok_or("name a file")?;
    let folds = match arguments.get(1) {
        None => Folds::EachGroup,
        Some(folds) => {
            let seed = arguments.get(2).map_or(Ok(1), |seed| seed.parse())?;
            Folds::Dealt(folds.parse()?, seed)
        }
    };
    let cases = read(&std::fs::read_to_string(file)?, file)?;
    let settings = Settings {
        models: MODELS
            .iter()
            .map(|name| Model::named(name))
            .collect::<Result<_, _>>()?,
        forecaster: Some(Options {
            named: vec!["com".to_owned(), "ep".to_owned()],
            ..Options::default()
        }),
        folds,
        ..Settings::default()
    };
    let result = backtest(&cases, &settings)?;
    println!(
        "{} cases in {} groups, against {}",
        result.cases, result.groups, result.against
    );
    println!(
        "model                    n     mae  median    rms    5    10   crps   50   80   95   d mae [95 %]          d crps [95 %]"
    );
    for row in &result.rows {
        let (s, e, c) = (&row.score, row.error_difference, row.crps_difference);
        println!(
            "{:24} {:3} {:6.2} {:6.2} {:6.2} {:4.0} {:4.0} {:6.3} {:4.0} {:4.0} {:4.0} {:6.2} [{:6.2}, {:6.2}] {:6.2} [{:6.2}, {:6.2}]",
            row.model,
            s.cases,
            s.mean_error,
            s.median_error,
            s.root_mean_square,
            100.0 * s.within_5,
            100.0 * s.within_10,
            s.crps,
            100.0 * s.coverage_50,
            100.0 * s.coverage_80,
            100.0 * s.coverage_95,
            e.value,
            e.lower,
            e.upper,
            c.value,
            c.lower,
            c.upper
        );
    }
    Ok(())
}
