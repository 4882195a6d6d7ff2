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
    let named = vec!["com".to_owned(), "ep".to_owned()];
    let models = MODELS.iter().map(|name| Model::named(name));
    let settings = Settings {
        models: models.collect::<Result<_, _>>()?,
        forecaster: Some(Options {
            named: named.clone(),
            ..Options::default()
        }),
        folds,
        ..Settings::default()
    };
    let mut result = backtest(&cases, &settings)?;
    // Parts of the forecaster by themselves.
    for (name, plain, marked) in [
        ("only plain members", true, false),
        ("only marked members", false, true),
    ] {
        let part = Settings {
            models: vec![Model::Compromise],
            forecaster: Some(Options {
                named: named.clone(),
                plain,
                marked,
                ..Options::default()
            }),
            ..settings.clone()
        };
        let rows = backtest(&cases, &part)?.rows;
        result.rows.extend(rows.into_iter().skip(1).map(|mut row| {
            row.model = name.to_owned();
            row
        }));
    }
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
