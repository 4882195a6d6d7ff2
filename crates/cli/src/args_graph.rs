//! Arguments of `detente graph`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

/// How unknown preferences are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Unknown {
    /// Moving on a chance, deterred by sure harm only.
    A,
    /// Moving for sure gains only, deterred by sure harm only.
    B,
    /// Moving on a chance, deterred by possible harm.
    C,
    /// Moving for sure gains only, deterred by possible harm.
    D,
}

/// `detente graph`
#[derive(Debug, Args)]
pub struct GraphArgs {
    /// A scenario with `option`s (or with issues and packages), or a JSON file of conflicts.
    pub file: PathBuf,
    /// Concepts of stability, separated by commas: nash, general, symmetric, sequential, symmetric-sequential, simultaneous,
    /// limited:N, non-myopic, all [default: the first four and simultaneous].
    #[arg(
        long = "concept",
        visible_alias = "concepts",
        value_name = "NAMES",
        value_delimiter = ','
    )]
    pub concepts: Vec<String>,
    /// Look so many moves ahead, too: limited-move stability (repeatable).
    #[arg(long, value_name = "MOVES")]
    pub horizon: Vec<u32>,
    /// Who acts as one: `us+israel`, more blocks separated by commas; or `all` for all coalitions [default: all, where the
    /// conflict is small].
    #[arg(long, value_name = "BLOCKS", value_delimiter = ',')]
    pub coalitions: Vec<String>,
    /// Tell why a state is stable for whom: by its name, its number, Y and N per option, or the chosen options joined by +
    /// (repeatable).
    #[arg(long, value_name = "STATE", visible_alias = "why")]
    pub state: Vec<String>,
    /// Where the conflict begins [default: today's state of the scenario, else where nothing is chosen].
    #[arg(long, value_name = "STATE")]
    pub from: Option<String>,
    /// What would have to change in whose ranking for this state to last (repeatable).
    #[arg(long, value_name = "STATE")]
    pub goal: Vec<String>,
    /// Who may change its mind for `--goal`, separated by commas [default: everybody].
    #[arg(long, value_name = "ACTORS", value_delimiter = ',', requires = "goal")]
    pub willing: Vec<String>,
    /// How unknown preferences are read [default: a].
    #[arg(long, value_name = "EXTENSION", conflicts_with = "strong")]
    pub unknown: Option<Unknown>,
    /// Count only what is much worse as a deterrent: strong stability.
    #[arg(long)]
    pub strong: bool,
    /// Let each of the others move at most once in an answer, as the program gmcr-py reckons.
    #[arg(long)]
    pub once: bool,
    /// Which conflict of a JSON file with several, by its name.
    #[arg(long, value_name = "NAME")]
    pub conflict: Option<String>,
    /// Give a parameter of a scenario another value: `--set pride=3` (repeatable).
    #[arg(long = "set", value_name = "NAME=VALUE")]
    pub set: Vec<String>,
    /// Threads; the answer is the same for any number [default: all].
    #[arg(long, value_name = "N")]
    pub threads: Option<usize>,
    /// Folder of `graph.html`, or a file that ends in .html [default: findings/NAME; with `--json`, no page].
    #[arg(long, value_name = "PATH")]
    pub out: Option<PathBuf>,
    /// Print one JSON object on standard output instead of the summary.
    #[arg(long)]
    pub json: bool,
    /// Print nothing but errors.
    #[arg(long, short)]
    pub quiet: bool,
}
