//! The command line of `detente play`.

use std::path::PathBuf;

use clap::Args;

use crate::args::SolveArgs;

/// `detente play`
#[derive(Debug, Args)]
#[command(after_help = ANSWERS)]
pub struct PlayArgs {
    /// The scenario.
    pub file: PathBuf,
    /// Whose decisions you take, by the actor's name (repeatable): `--as iran`. All others are played by their
    /// strategies in equilibrium; with `--precision` they err as people do.
    #[arg(long = "as", value_name = "ACTOR", value_delimiter = ',')]
    pub actors: Vec<String>,
    #[command(flatten)]
    pub solve: SolveArgs,
    /// Seed of the draws and of the others' choices: another seed, another course.
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub seed: u64,
    /// At each question show what an adviser thinks: what each option is worth as far as you can know, how often the
    /// equilibrium takes it, and what to believe.
    #[arg(long)]
    pub hints: bool,
    /// Write the log of choices and draws to this file (.parquet or .json).
    #[arg(long, value_name = "FILE")]
    pub log: Option<PathBuf>,
    /// Print JSON, one object a line: what you see before each answer, and the debrief at the end.
    #[arg(long)]
    pub json: bool,
    /// Threads [default: all]. The results do not depend on it.
    #[arg(long, value_name = "N")]
    pub threads: Option<usize>,
}

const ANSWERS: &str = "\
Answers: the number of an option, its name, or how its label begins · why: what an adviser thinks · story: all that
you have seen · scale: what the endings are worth to you · known: what follows from what you have seen · undo: take
your last choice back · quit: end here and look back · ?: list these";
