//! Arguments of `detente forecast` and `detente backtest`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

/// A program whose departures from the published rule are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Compat {
    /// KAPSARC's toolkit, of the spatial model.
    Ktab,
    /// The program behind Scholz, Calbert and Smith (2011), of the expected utility model.
    Scholz,
}

/// `detente forecast`
#[derive(Debug, Args)]
pub struct ForecastArgs {
    /// A scenario with `stakeholder`s, or a table of stakeholders (CSV, KTAB's CSV or Parquet).
    pub file: PathBuf,
    /// Models by name, separated by commas; `all` for all of them [default: all, as published].
    #[arg(
        long = "model",
        visible_alias = "models",
        value_name = "NAMES",
        value_delimiter = ','
    )]
    pub models: Vec<String>,
    /// Compute as a program does where it departs from the published rule (repeatable).
    #[arg(long, value_name = "PROGRAM", value_delimiter = ',')]
    pub compat: Vec<Compat>,
    /// Show these issues only, by name, separated by commas.
    #[arg(long = "issue", value_name = "NAMES", value_delimiter = ',')]
    pub issues: Vec<String>,
    /// The model whose outcome is moved in "whom to persuade" (with `--compat`, as that program computes).
    #[arg(long, value_name = "MODEL", default_value = "compromise")]
    pub persuade: String,
    /// Teach the forecaster with a table of past issues (CSV or Parquet) instead of what it knows.
    #[arg(long, value_name = "TABLE")]
    pub learn: Option<PathBuf>,
    /// The scale of a plain table's issues [default: from the smallest to the largest position].
    #[arg(long, value_name = "LO..HI", allow_hyphen_values = true)]
    pub scale: Option<String>,
    /// Give a parameter of a scenario another value: `--set grip=30` (repeatable).
    #[arg(long = "set", value_name = "NAME=VALUE")]
    pub set: Vec<String>,
    /// How many times to draw all doubtful numbers together; 0 for none.
    #[arg(long, value_name = "N", default_value_t = 200)]
    pub doubt: usize,
    /// Seed of everything that is drawn.
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub seed: u64,
    /// Folder of `forecast.html`, or a file that ends in .html [default: findings/NAME; with `--json`, no page].
    #[arg(long, value_name = "PATH")]
    pub out: Option<PathBuf>,
    /// Print one JSON object on standard output instead of the summary.
    #[arg(long)]
    pub json: bool,
    /// Print nothing but errors.
    #[arg(long, short)]
    pub quiet: bool,
}

/// `detente backtest`
#[derive(Debug, Args)]
pub struct BacktestArgs {
    /// Tables of past issues: one row per issue, with columns pNAME and sNAME for every actor (CSV or Parquet).
    #[arg(required = true)]
    pub tables: Vec<PathBuf>,
    /// Models by name, separated by commas; `all` for all of them [default: those that take issues one by one].
    #[arg(
        long = "models",
        visible_alias = "model",
        value_name = "NAMES",
        value_delimiter = ','
    )]
    pub models: Vec<String>,
    /// The model that all are compared with.
    #[arg(long, value_name = "MODEL", default_value = "compromise")]
    pub against: String,
    /// Deal the proposals into this many folds [default: each proposal is a fold].
    #[arg(long, value_name = "N")]
    pub folds: Option<usize>,
    /// Seed of the folds and of the resamples.
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub seed: u64,
    /// Resamples of whole proposals for the intervals.
    #[arg(long, value_name = "N", default_value_t = 2000)]
    pub resamples: usize,
    /// Actors whose positions the forecaster marks, such as who proposes and who must consent, separated by commas.
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    pub marked: Vec<String>,
    /// Print one JSON object on standard output instead of the table.
    #[arg(long)]
    pub json: bool,
}
