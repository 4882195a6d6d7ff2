//! The command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::args_forecast::{BacktestArgs, ForecastArgs};
use crate::args_graph::GraphArgs;
use crate::args_library::{BookArgs, CompareArgs, ListArgs, NewArgs, ShowArgs, VaryArgs};
use crate::args_play::PlayArgs;
use crate::args_sweep::SweepArgs;

/// Write a crisis the way you would tell it, and see how it can go.
#[derive(Debug, Parser)]
#[command(name = "detente", version, max_term_width = 100, after_help = EXIT_CODES)]
pub struct Cli {
    /// When to use colour.
    #[arg(long, global = true, value_enum, default_value_t = When::Auto)]
    pub color: When,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

const EXIT_CODES: &str = "\
Exit codes: 0 all well · 1 findings not trustworthy, an `expect` failed, or a file is not formatted ·
2 bad input · 3 a limit was reached or the run was interrupted";

/// When to use colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum When {
    /// Where the output is a terminal and NO_COLOR is not set.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Solve a scenario, print the story on one screen and write the report.
    Run(RunArgs),
    /// Begin a scenario: ask a few questions and write a small one that can be solved.
    New(NewArgs),
    /// List the scenarios that can be run by name from anywhere.
    List(ListArgs),
    /// Print the text of a scenario of the library.
    Show(ShowArgs),
    /// Tell what differs between two scenarios, or between two settings of one: in the text and in the answers.
    Compare(CompareArgs),
    /// Draw how the answers change with one parameter (lines) or two (a map).
    Vary(VaryArgs),
    /// Solve a scenario at thousands or millions of points of its doubtful numbers, into files that other programs
    /// read.
    Sweep(SweepArgs),
    /// Answer queries with just the numbers, one a line.
    Ask(AskArgs),
    /// Run the `expect`s of scenarios and print a table.
    Test(TestArgs),
    /// Check scenarios for errors without solving them.
    Check(CheckArgs),
    /// Print scenarios in the one canonical layout.
    Fmt(FmtArgs),
    /// Tell more about an error code, or list all codes.
    Explain(ExplainArgs),
    /// Sit in an actor's chair: take its decisions round by round, and see at the end what they were worth.
    Play(PlayArgs),
    /// Draw the game tree, abridged by probability, or export the whole game.
    Tree(TreeArgs),
    /// Write a scenario or a game of Gambit's as `.efg` or `.nfg`.
    Convert(ConvertArgs),
    /// Find equilibria of a scenario or a game of Gambit's by any method.
    Solve(FindArgs),
    /// Who would accept what: frontier, zone of agreement, solutions, packages.
    Deal(DealArgs),
    /// Play out a negotiation between parties of given bargaining styles.
    Session(SessionArgs),
    /// Let bargaining styles meet one another on a negotiation, in every pairing and order.
    Tournament(TournamentArgs),
    /// Forecast what becomes of issues on which many want different things.
    Forecast(ForecastArgs),
    /// Judge forecasting models by past issues whose outcomes are known.
    Backtest(BacktestArgs),
    /// Tell which states of a conflict would last, and why; how they are reached, and what would have to change.
    Graph(GraphArgs),
    /// List the methods of `detente solve` and what each is for.
    Methods,
    /// Open the workbench: write a scenario, move its numbers and see the answers change, in a browser.
    Serve(ServeArgs),
    /// Serve an editor over standard input and output (Language Server Protocol).
    Lsp,
    /// Write the book's pages about the library.
    #[command(hide = true)]
    Book(BookArgs),
}

/// How to solve.
#[derive(Clone, Debug, Args)]
pub struct SolveArgs {
    /// Give a parameter another value: `--set detection=30%` (repeatable).
    #[arg(long = "set", value_name = "NAME=VALUE")]
    pub set: Vec<String>,
    /// Stop at this precision λ instead of going to the limit.
    #[arg(long, value_name = "LAMBDA")]
    pub precision: Option<f64>,
    /// Let the precision act on payoffs as they are, not as shares of each actor's payoff range.
    #[arg(long)]
    pub raw_payoffs: bool,
    /// Largest relative gain from deviating that counts as an equilibrium [default: 1e-4; of `test`: 1e-6].
    #[arg(long, value_name = "SHARE")]
    pub tolerance: Option<f64>,
    /// Most nodes that the game may have.
    #[arg(long, value_name = "N", default_value_t = 20_000_000)]
    pub max_nodes: usize,
    /// Stop solving after this many seconds and keep what is found.
    #[arg(long, value_name = "SECONDS")]
    pub time_limit: Option<f64>,
}

/// `detente run`
#[derive(Debug, Args)]
pub struct RunArgs {
    /// The scenario.
    pub file: PathBuf,
    #[command(flatten)]
    pub solve: SolveArgs,
    /// Ask one more query (repeatable): `--ask 'p(war given approach == press)'`.
    #[arg(long = "ask", value_name = "QUERY")]
    pub asks: Vec<String>,
    /// Where to write report.html and findings.json [default: findings/NAME].
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Print findings.json on standard output instead of the summary.
    #[arg(long)]
    pub json: bool,
    /// Print nothing but errors.
    #[arg(long, short)]
    pub quiet: bool,
    /// Solve again with other numbers, as always, and draw all doubtful numbers together this many times [default: by
    /// the size of the game, 225 in small ones].
    #[arg(long, alias = "draws", value_name = "N", num_args = 0..=1, conflicts_with = "no_doubt")]
    pub doubt: Option<Option<usize>>,
    /// Do not solve again with other numbers: no ranges, and nothing about what the answers hang on.
    #[arg(long)]
    pub no_doubt: bool,
    /// Search for other equilibria from this many random starts, or `off` [default: a few where the game has at
    /// most 100,000 nodes].
    #[arg(long, value_name = "N|off", value_parser = others)]
    pub others: Option<Others>,
    /// Seed of everything that is drawn.
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub seed: u64,
    /// Threads [default: all]. The results do not depend on it.
    #[arg(long, value_name = "N")]
    pub threads: Option<usize>,
}

/// From how many starts to search for other equilibria.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Others {
    /// Not at all.
    Off,
    /// From this many.
    Starts(usize),
}

impl Others {
    /// The starts, 0 for not at all.
    pub fn starts(self) -> usize {
        match self {
            Others::Off => 0,
            Others::Starts(starts) => starts,
        }
    }
}

fn others(text: &str) -> Result<Others, String> {
    match text.parse() {
        _ if text == "off" => Ok(Others::Off),
        Ok(0) => Ok(Others::Off),
        Ok(starts) => Ok(Others::Starts(starts)),
        Err(_) => Err("write a number of starts, or off".to_owned()),
    }
}

/// `detente ask`
#[derive(Debug, Args)]
pub struct AskArgs {
    /// The scenario.
    pub file: PathBuf,
    /// Queries, such as 'p(war)' or 'mean(oil_price given deal)'.
    #[arg(required = true)]
    pub queries: Vec<String>,
    #[command(flatten)]
    pub solve: SolveArgs,
    /// Print one JSON object, query to number.
    #[arg(long)]
    pub json: bool,
    /// Threads [default: all]. The results do not depend on it.
    #[arg(long, value_name = "N")]
    pub threads: Option<usize>,
}

/// `detente test`
#[derive(Debug, Args)]
pub struct TestArgs {
    /// Scenarios, or folders of them.
    #[arg(required = true)]
    pub paths: Vec<PathBuf>,
    #[command(flatten)]
    pub solve: SolveArgs,
    /// Print one JSON object per check.
    #[arg(long)]
    pub json: bool,
}

/// `detente check`
#[derive(Debug, Args)]
pub struct CheckArgs {
    /// Scenarios.
    #[arg(required = true)]
    pub files: Vec<PathBuf>,
}

/// `detente fmt`
#[derive(Debug, Args)]
pub struct FmtArgs {
    /// Scenarios.
    #[arg(required = true)]
    pub files: Vec<PathBuf>,
    /// Change nothing; exit with 1 if a file is not formatted.
    #[arg(long)]
    pub check: bool,
}

/// `detente explain`
#[derive(Debug, Args)]
pub struct ExplainArgs {
    /// The code, such as E0203; all codes are listed without it.
    pub code: Option<String>,
}

/// `detente tree`
#[derive(Debug, Args)]
pub struct TreeArgs {
    /// The scenario.
    pub file: PathBuf,
    #[command(flatten)]
    pub solve: SolveArgs,
    /// What to make.
    #[arg(long, value_enum, default_value_t = TreeFormat::Svg)]
    pub format: TreeFormat,
    /// Where to write it [default: standard output].
    #[arg(long, short, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// Most nodes in the picture; the likeliest ones are kept.
    #[arg(long, value_name = "N", default_value_t = 60)]
    pub nodes: usize,
}

/// Formats of `detente tree`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum TreeFormat {
    /// A picture.
    Svg,
    /// Graphviz.
    Dot,
    /// LaTeX.
    Tikz,
    /// Gambit's extensive form: the whole game.
    Efg,
}

/// `detente convert`
#[derive(Debug, Args)]
pub struct ConvertArgs {
    /// A scenario (`.detente`) or a game of Gambit's (`.efg`, `.nfg`); `-` for standard input.
    pub file: PathBuf,
    /// The format to write [default: by the ending of the output, else efg].
    #[arg(long, value_enum)]
    pub to: Option<GameFormat>,
    /// Where to write it [default: standard output].
    #[arg(long, short, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// Give a parameter of a scenario another value: `--set detection=30%` (repeatable).
    #[arg(long = "set", value_name = "NAME=VALUE")]
    pub set: Vec<String>,
    /// Most nodes that the game may have.
    #[arg(long, value_name = "N", default_value_t = 20_000_000)]
    pub max_nodes: usize,
}

/// Formats of `detente convert`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum GameFormat {
    /// Gambit's extensive form: the whole tree.
    Efg,
    /// Gambit's strategic form: the table of reduced strategies.
    Nfg,
}

/// `detente solve`
#[derive(Debug, Args)]
pub struct FindArgs {
    /// A scenario (`.detente`) or a game of Gambit's (`.efg`, `.nfg`); `-` for standard input.
    pub file: PathBuf,
    /// The method; `detente methods` lists them.
    #[arg(long, short, value_name = "NAME", default_value = "logit")]
    pub method: String,
    /// Give a parameter of a scenario another value: `--set detection=30%` (repeatable).
    #[arg(long = "set", value_name = "NAME=VALUE")]
    pub set: Vec<String>,
    /// Solve the reduced normal form instead of the tree.
    #[arg(long)]
    pub strategic: bool,
    /// Of logit: stop at this precision λ instead of going to the limit.
    #[arg(long, value_name = "LAMBDA")]
    pub precision: Option<f64>,
    /// Of logit: let the precision act on payoffs as they are, not as shares of each player's payoff range.
    #[arg(long)]
    pub raw_payoffs: bool,
    /// Of logit: write the path from random play to this file (.csv, .json or .parquet).
    #[arg(long, value_name = "FILE")]
    pub path: Option<PathBuf>,
    /// Of logit: most points of that path.
    #[arg(long, value_name = "N", default_value_t = 1000)]
    pub path_points: usize,
    /// Of logit: keep the point reached in this file, and go on from it where it is there already.
    #[arg(long, value_name = "FILE")]
    pub checkpoint: Option<PathBuf>,
    /// Largest relative gain from deviating that counts as an equilibrium [default: the method's own].
    #[arg(long, value_name = "SHARE")]
    pub tolerance: Option<f64>,
    /// Of sequence-lp and sequence-lcp: numbers to compute with [default: auto].
    #[arg(long, value_enum)]
    pub arithmetic: Option<ArithmeticArg>,
    /// Of regret: the variant [default: pcfr+, with later iterations weighing more].
    #[arg(long, value_enum)]
    pub variant: Option<VariantArg>,
    /// Of regret: most iterations.
    #[arg(long, value_name = "N")]
    pub iterations: Option<u64>,
    /// Of search: number of starts [default: 100].
    #[arg(long, value_name = "N")]
    pub starts: Option<usize>,
    /// Of search: seed of the starts [default: 1].
    #[arg(long, value_name = "N")]
    pub seed: Option<u64>,
    /// Of pure: sequential equilibria, with beliefs that support them. Of search: only equilibria that are
    /// rational at every information set.
    #[arg(long)]
    pub sequential: bool,
    /// Of pure and extreme: most equilibria to list [default: 10000].
    #[arg(long, value_name = "N")]
    pub most: Option<usize>,
    /// Most nodes that the game may have.
    #[arg(long, value_name = "N", default_value_t = 20_000_000)]
    pub max_nodes: usize,
    /// Stop after this many seconds and keep what is found.
    #[arg(long, value_name = "SECONDS")]
    pub time_limit: Option<f64>,
    /// Threads [default: all]. The results do not depend on it.
    #[arg(long, value_name = "N")]
    pub threads: Option<usize>,
    /// Print one JSON object on standard output instead of the summary.
    #[arg(long)]
    pub json: bool,
    /// Print nothing but errors.
    #[arg(long, short)]
    pub quiet: bool,
}

/// `detente deal`
#[derive(Debug, Args)]
pub struct DealArgs {
    /// A scenario with `issue` and `value`, a folder with a domain and its profiles, or a domain or profile file
    /// (GENIUS XML or GeniusWeb JSON).
    pub file: PathBuf,
    /// Profiles, where a domain file is given.
    pub profiles: Vec<PathBuf>,
    /// Give a parameter of a scenario another value: `--set detection=30%` (repeatable).
    #[arg(long = "set", value_name = "NAME=VALUE")]
    pub set: Vec<String>,
    /// Who negotiates, by name, separated by commas [default: everybody with preferences but the
    /// ratifiers].
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    pub parties: Vec<String>,
    /// Somebody at home who must consent, besides the `ratifier`s of a scenario: `--ratifier hawks:us` (repeatable).
    #[arg(long = "ratifier", value_name = "NAME:PARTY")]
    pub ratifiers: Vec<String>,
    /// An outcome to look at, beside the `package`s of a scenario: `--package 'price=low,term=long'` (repeatable).
    #[arg(long = "package", value_name = "ISSUE=OPTION,…")]
    pub packages: Vec<String>,
    /// Give a party another fallback: `--fallback us=0.3` (repeatable).
    #[arg(long = "fallback", value_name = "PARTY=VALUE")]
    pub fallbacks: Vec<String>,
    /// Take every fallback as 0.
    #[arg(long)]
    pub no_fallbacks: bool,
    /// Error that the frontier of a very large space may have, in values.
    #[arg(long, value_name = "VALUE", default_value_t = 0.0)]
    pub epsilon: f64,
    /// How many times to draw all doubtful numbers together.
    #[arg(long, value_name = "N", default_value_t = 500)]
    pub draws: usize,
    /// Seed of everything that is drawn.
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub seed: u64,
    /// Folder of `deal.html`, or a file that ends in .html [default: findings/NAME; with `--json`, no page].
    #[arg(long, value_name = "PATH")]
    pub out: Option<PathBuf>,
    /// Print one JSON object on standard output instead of the summary.
    #[arg(long)]
    pub json: bool,
    /// Print nothing but errors.
    #[arg(long, short)]
    pub quiet: bool,
}

/// On what and how sessions are held.
#[derive(Clone, Debug, Args)]
pub struct TableArgs {
    /// A scenario with `issue` and `value`, or a folder with a domain and its profiles (GENIUS XML or GeniusWeb JSON).
    #[arg(long = "on", value_name = "FILE")]
    pub on: PathBuf,
    /// Profiles, where a domain file is given.
    #[arg(long = "profile", value_name = "FILE")]
    pub profiles: Vec<PathBuf>,
    /// Give a parameter of a scenario another value: `--set detection=30%` (repeatable).
    #[arg(long = "set", value_name = "NAME=VALUE")]
    pub set: Vec<String>,
    /// Who negotiates, by name, separated by commas [default: everybody with preferences].
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    pub parties: Vec<String>,
    /// Rounds until the deadline; in a round everybody acts once.
    #[arg(long, value_name = "N", default_value_t = 100)]
    pub rounds: u32,
    /// Shrink values with time by the discounts of the profiles.
    #[arg(long)]
    pub discount: bool,
    /// Parties look at nothing but their own values: no trade-offs for what others seem to like, and what is agreed
    /// first is final.
    #[arg(long)]
    pub no_trades: bool,
    /// What is agreed first is final: the time that is left is not used to look for a deal that is better for somebody
    /// and worse for nobody (Raiffa's post-settlement settlement, 1985).
    #[arg(long)]
    pub no_post_settlement: bool,
    /// Print one JSON object on standard output instead of a table.
    #[arg(long)]
    pub json: bool,
    /// Write a page with pictures: into this folder (`session.html`, `tournament.html`), or to a file that ends in
    /// .html.
    #[arg(long, value_name = "PATH")]
    pub out: Option<PathBuf>,
}

/// `detente session`.
#[derive(Clone, Debug, Args)]
pub struct SessionArgs {
    /// The style of every party, in order, such as `patient eager` [default: those that the scenario gives its
    /// actors]; `detente tournament --help` lists them.
    pub styles: Vec<String>,
    /// On what and how.
    #[command(flatten)]
    pub table: TableArgs,
    /// Which party opens, by name [default: the first].
    #[arg(long, value_name = "NAME")]
    pub opener: Option<String>,
    /// Of which two parties the page shows the plane of values, by name: `--plane us,iran` [default: of every pair].
    #[arg(long, value_name = "NAMES", value_delimiter = ',', num_args = 1)]
    pub plane: Vec<String>,
}

/// `detente tournament`.
#[derive(Clone, Debug, Args)]
#[command(after_help = STYLES)]
pub struct TournamentArgs {
    /// Styles that take part [default: all].
    pub styles: Vec<String>,
    /// On what and how.
    #[command(flatten)]
    pub table: TableArgs,
}

const STYLES: &str = "\
Styles: patient (boulware), steady (linear), eager (conceder), reciprocal (tit_for_tat), matching
(absolute_tit_for_tat), restless (random_tit_for_tat), forgiving (averaged_tit_for_tat),
stepwise (micro), stubborn (hard_headed), blunt (take_it_or_leave_it), cautious (zeuthen), farsighted (equilibrium)";

/// Numbers to compute with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ArithmeticArg {
    /// Exact fractions on small games, floating point on large ones.
    Auto,
    /// Exact fractions.
    Exact,
    /// Floating point.
    Float,
}

/// Variants of regret minimization.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum VariantArg {
    /// Counterfactual regret minimization (Zinkevich et al. 2007).
    Cfr,
    /// CFR+ (Tammelin 2014).
    #[value(name = "cfr+")]
    CfrPlus,
    /// Discounted CFR (Brown & Sandholm 2019).
    Dcfr,
    /// Predictive CFR+ (Farina, Kroer & Sandholm 2021).
    #[value(name = "pcfr+")]
    PcfrPlus,
}

/// `detente serve`
#[derive(Debug, Args)]
pub struct ServeArgs {
    /// A folder with scenarios, or one of them.
    #[arg(default_value = ".", value_name = "FILE|DIR")]
    pub served: PathBuf,
    /// Port to listen at, 0 for a free one.
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub port: u16,
    /// Do not open a browser.
    #[arg(long)]
    pub no_open: bool,
    /// Listen at this address (0.0.0.0 for all) instead of this machine alone; whoever comes needs the token.
    #[arg(long, value_name = "ADDRESS")]
    pub host: Option<String>,
    /// A name under which browsers know this machine, beside its addresses (repeatable).
    #[arg(long = "name", value_name = "NAME")]
    pub names: Vec<String>,
    /// Ask for this token instead of a random one.
    #[arg(long, value_name = "TOKEN")]
    pub token: Option<String>,
    /// Where drafts and games are kept.
    #[arg(long, value_name = "DIR")]
    pub state: Option<PathBuf>,
    /// Take the page's files from this folder instead of the program.
    #[arg(long, value_name = "DIR", hide = true)]
    pub assets: Option<PathBuf>,
}
