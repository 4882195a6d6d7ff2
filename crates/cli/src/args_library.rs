//! The command line of the commands that begin, list, compare and vary scenarios.

use std::path::PathBuf;

use clap::Args;

use crate::args::SolveArgs;

/// `detente list`
#[derive(Debug, Args)]
pub struct ListArgs {
    /// Only scenarios that tell of all these words.
    pub words: Vec<String>,
    /// Print a JSON array with all that is known of each.
    #[arg(long)]
    pub json: bool,
}

/// `detente show`
#[derive(Debug, Args)]
pub struct ShowArgs {
    /// The name of the scenario; `detente list` names all.
    pub name: String,
}

/// `detente new`
#[derive(Debug, Args)]
pub struct NewArgs {
    /// Name of the new file, with or without `.detente` [default: from the title].
    pub name: Option<PathBuf>,
    /// Copy this scenario of the library instead of beginning a new one.
    #[arg(long, value_name = "LIBRARY-NAME", conflicts_with_all = ["title", "actors", "options", "answers", "private"])]
    pub from: Option<String>,
    /// Title: "A border dispute".
    #[arg(long, value_name = "TEXT")]
    pub title: Option<String>,
    /// Actors in the order in which they move: "Northland" (repeatable, two at least).
    #[arg(long = "actor", value_name = "NAME")]
    pub actors: Vec<String>,
    /// What the first actor can do: "demand the valley" (repeatable, two at least).
    #[arg(long = "option", value_name = "WORDS")]
    pub options: Vec<String>,
    /// What the second actor can answer (repeatable, two at least).
    #[arg(long = "answer", value_name = "WORDS")]
    pub answers: Vec<String>,
    /// What the second actor knows of itself and the first does not: "resolved" (it is drawn whether it is so).
    #[arg(long, value_name = "WORD")]
    pub private: Option<String>,
    /// Print the scenario instead of writing a file.
    #[arg(long)]
    pub print: bool,
}

/// `detente compare`
#[derive(Debug, Args)]
pub struct CompareArgs {
    /// The first scenario.
    pub first: PathBuf,
    /// The second scenario [default: the first one again, with other settings].
    pub second: Option<PathBuf>,
    #[command(flatten)]
    pub solve: SolveArgs,
    /// Give a parameter another value in the second scenario only: `--against detection=60%` (repeatable).
    #[arg(long, value_name = "NAME=VALUE")]
    pub against: Vec<String>,
    /// Compare the answers to one more query (repeatable).
    #[arg(long = "ask", value_name = "QUERY")]
    pub asks: Vec<String>,
    /// Compare the texts only, without solving.
    #[arg(long, conflicts_with_all = ["svg", "asks"])]
    pub text: bool,
    /// Print one JSON object.
    #[arg(long)]
    pub json: bool,
    /// Also draw the endings of both side by side.
    #[arg(long, value_name = "FILE")]
    pub svg: Option<PathBuf>,
}

/// `detente vary`
#[derive(Debug, Args)]
pub struct VaryArgs {
    /// The scenario.
    pub file: PathBuf,
    /// The param to vary, or two for a map.
    #[arg(required = true, num_args = 1..=2, value_name = "PARAM")]
    pub params: Vec<String>,
    #[command(flatten)]
    pub solve: SolveArgs,
    /// Draw the answer to this query too (repeatable): `--ask 'p(war given demand > 50 %)'`.
    #[arg(long = "ask", value_name = "QUERY")]
    pub asks: Vec<String>,
    /// First value [default: the low end of the param's range]; give it twice for two params.
    #[arg(long, value_name = "VALUE", allow_hyphen_values = true)]
    pub from: Vec<String>,
    /// Last value [default: the high end of the param's range]; give it twice for two params.
    #[arg(long, value_name = "VALUE", allow_hyphen_values = true)]
    pub to: Vec<String>,
    /// Number of values, evenly spread [default: 41, and 21 each for two params].
    #[arg(long, value_name = "N")]
    pub points: Option<usize>,
    /// How closely jumps are located, as a share of the range.
    #[arg(long, value_name = "SHARE", default_value_t = 1e-3)]
    pub accuracy: f64,
    /// Write the picture to this file.
    #[arg(long, value_name = "FILE")]
    pub svg: Option<PathBuf>,
    /// Write the numbers to this file.
    #[arg(long, value_name = "FILE")]
    pub csv: Option<PathBuf>,
    /// Print one JSON object instead of the chart.
    #[arg(long)]
    pub json: bool,
    /// Print nothing but errors.
    #[arg(long, short)]
    pub quiet: bool,
    /// Threads [default: all]. The results do not depend on it.
    #[arg(long, value_name = "N")]
    pub threads: Option<usize>,
}

/// `detente book`
#[derive(Debug, Args)]
pub struct BookArgs {
    /// The book's folder of pages.
    #[arg(default_value = "docs/src")]
    pub folder: PathBuf,
    /// Change nothing; exit with 1 if a page is not what it would be.
    #[arg(long)]
    pub check: bool,
    /// Only the pages of these scenarios.
    #[arg(long, value_name = "NAME")]
    pub only: Vec<String>,
    /// Threads [default: all]. The pages do not depend on it.
    #[arg(long, value_name = "N")]
    pub threads: Option<usize>,
}
