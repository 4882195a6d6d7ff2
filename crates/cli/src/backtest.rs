//! `detente backtest`: models judged by past issues.

use detente_report::backtest_text;
use detente_stakeholders::backtest::{self, Case, Folds, Settings};

use crate::args::When;
use crate::args_forecast::BacktestArgs;
use crate::failure::Failure;
use crate::forecast::{models, past, unwritten, wrong};
use crate::terminal::{print, text_options};

/// Reads, judges and prints.
///
/// # Errors
/// Bad input; too few past issues.
pub fn run(args: &BacktestArgs, color: When) -> Result<u8, Failure> {
    let mut cases: Vec<Case> = Vec::new();
    for path in &args.tables {
        let name = path.display().to_string();
        let mut read = past(path)?;
        if args.tables.len() > 1 {
            // Proposals of two tables may share a number.
            for case in &mut read {
                case.group = format!("{name}: {}", case.group);
            }
        }
        cases.extend(read);
    }
    let mut models = models(&args.models, &[])?;
    if args.models.is_empty() {
        // Log-rolls need several issues with the same actors; a past issue stands by itself.
        models.retain(|model| model.name() != "exchange");
    }
    let found = backtest::backtest(
        &cases,
        &Settings {
            models,
            forecaster: Some(backtest::Options {
                named: args.marked.clone(),
                ..backtest::Options::default()
            }),
            folds: match args.folds {
                Some(folds) => Folds::Dealt(folds, args.seed),
                None => Folds::EachGroup,
            },
            against: args.against.clone(),
            resamples: args.resamples,
            seed: args.seed,
        },
    )
    .map_err(wrong)?;
    if args.json {
        print(&(serde_json::to_string_pretty(&found).map_err(unwritten)? + "\n"))?;
    } else {
        print(&backtest_text(&found, text_options(color)))?;
    }
    Ok(0)
}
