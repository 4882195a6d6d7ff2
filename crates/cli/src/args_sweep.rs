//! The command line of `detente sweep`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use detente_line::sweep::Kind;
use detente_sweep::design::Design;

/// `detente sweep`
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub struct SweepArgs {
    /// What to do with runs that are there.
    #[command(subcommand)]
    pub action: Option<SweepAction>,
    /// The scenario.
    #[arg(required = true)]
    pub file: Option<PathBuf>,
    /// The folder of the run: `manifest.json` and `shard-00000.parquet`, …
    #[arg(long, value_name = "DIR", required = true)]
    pub out: Option<PathBuf>,
    /// Which points are solved.
    #[arg(long, value_enum, default_value_t = DesignArg::Sobol)]
    pub design: DesignArg,
    /// Size of the design [default: 1024 points; of grid 5 and of oat 2 values of each number; of saltelli 256 base
    /// points; of morris 20 trajectories].
    #[arg(long, short, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    pub points: Option<u64>,
    /// Of saltelli: with the points that second-order indices need.
    #[arg(long)]
    pub second_order: bool,
    /// Of morris: levels of each number, an even number.
    #[arg(long, value_name = "N", default_value_t = 4)]
    pub levels: u64,
    /// Solve the points of this file (.csv, .parquet) instead: columns are named like params, or `precision`.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["design", "points", "second_order", "levels", "over", "seed"])]
    pub points_from: Option<PathBuf>,
    /// Seed of everything that is drawn.
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub seed: u64,
    /// Vary only these numbers [default: all that have a range or a distribution].
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    pub over: Vec<String>,
    /// Give a parameter another value and keep it: `--set detection=30%` (repeatable).
    #[arg(long = "set", value_name = "NAME=VALUE")]
    pub set: Vec<String>,
    /// Answer this query too (repeatable): `--ask 'p(war given demand > 50 %)'`.
    #[arg(long = "ask", value_name = "QUERY")]
    pub asks: Vec<String>,
    /// Solve all points at this precision λ, or vary it too: `--precision 5..500` [default: the precision at which
    /// the best guesses are an equilibrium].
    #[arg(long, value_name = "LAMBDA|LOW..HIGH")]
    pub precision: Option<String>,
    /// Let the precision act on payoffs as they are, not as shares of each actor's payoff range.
    #[arg(long)]
    pub raw_payoffs: bool,
    /// Largest relative gain from deviating that counts as an equilibrium, 1e-3 at least.
    #[arg(long, value_name = "SHARE")]
    pub tolerance: Option<f64>,
    /// Most nodes that a game may have.
    #[arg(long, value_name = "N", default_value_t = 20_000_000)]
    pub max_nodes: usize,
    /// Solve every point from random play instead of going on from points nearby: slower, and always the equilibrium that
    /// would be shown for the point alone.
    #[arg(long)]
    pub afresh: bool,
    /// Write also what each option of every actor's first decision would bring at each point, from which `report` tells
    /// what knowing the numbers would be worth.
    #[arg(long)]
    pub worth: bool,
    /// Points in each file.
    #[arg(long, value_name = "N", default_value_t = 1024, value_parser = clap::value_parser!(u64).range(1..=1_000_000))]
    pub points_per_file: u64,
    /// Only the k-th of n parts, in whole files, for many machines: `--shard 3/10`.
    #[arg(long, value_name = "K/N")]
    pub shard: Option<String>,
    /// Go on with the run in the folder, or begin it; what is there is kept.
    #[arg(long)]
    pub resume: bool,
    /// Threads [default: all]. The files do not depend on it.
    #[arg(long, value_name = "N")]
    pub threads: Option<usize>,
    /// Print one JSON object instead of the summary.
    #[arg(long)]
    pub json: bool,
    /// Print nothing but errors.
    #[arg(long, short)]
    pub quiet: bool,
}

impl SweepArgs {
    /// The design that is asked for.
    pub fn design(&self) -> Design {
        let kind = match self.design {
            DesignArg::Sobol => Kind::Sobol,
            DesignArg::Latin => Kind::Latin,
            DesignArg::MonteCarlo => Kind::MonteCarlo,
            DesignArg::Grid => Kind::Grid,
            DesignArg::Saltelli => Kind::Saltelli,
            DesignArg::Morris => Kind::Morris,
            DesignArg::Oat => Kind::OneAtATime,
        };
        kind.of(self.points, self.levels, self.second_order)
    }
}

/// What to do with runs that are there.
#[derive(Debug, Subcommand)]
pub enum SweepAction {
    /// Join the parts of a run and make sure that nothing is missing, doubled or foreign.
    Merge(MergeArgs),
    /// Tell what the folder of a run holds and what is missing.
    Describe(DescribeArgs),
    /// Tell what the points of a run say: how far answers move, on which numbers they hang, and under which conditions.
    Report(ReportArgs),
}

/// `detente sweep report`
#[derive(Debug, Args)]
pub struct ReportArgs {
    /// The folder of a run.
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
    /// Where to write the page [default: DIR/report.html].
    #[arg(long, value_name = "FILE.html|DIR")]
    pub out: Option<PathBuf>,
    /// Threads [default: all]. The page does not depend on it.
    #[arg(long, value_name = "N")]
    pub threads: Option<usize>,
    /// Print one JSON object instead of the summary.
    #[arg(long)]
    pub json: bool,
    /// Print nothing but errors.
    #[arg(long, short)]
    pub quiet: bool,
}

/// `detente sweep merge`
#[derive(Debug, Args)]
pub struct MergeArgs {
    /// Folders of the parts.
    #[arg(required = true, value_name = "DIR")]
    pub folders: Vec<PathBuf>,
    /// A new folder, or one file where the name ends in `.parquet`.
    #[arg(long, value_name = "DIR|FILE.parquet")]
    pub out: PathBuf,
    /// Print nothing but errors.
    #[arg(long, short)]
    pub quiet: bool,
}

/// `detente sweep describe`
#[derive(Debug, Args)]
pub struct DescribeArgs {
    /// The folder of a run.
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
    /// Print one JSON object.
    #[arg(long)]
    pub json: bool,
}

/// Designs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum DesignArg {
    /// A scrambled Sobol' sequence: even cover of many dimensions, best with a power of 2.
    Sobol,
    /// A Latin hypercube: each number's distribution is covered evenly.
    Latin,
    /// Independent draws.
    MonteCarlo,
    /// Every combination of evenly spread values.
    Grid,
    /// Saltelli's design for Sobol' indices.
    Saltelli,
    /// Morris' trajectories for elementary effects.
    Morris,
    /// The best guesses, and one number at a time away from them.
    Oat,
}
