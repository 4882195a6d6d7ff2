//! A negotiation: who would accept what, ready to be shown or read by programs.

use serde::{Deserialize, Serialize};

/// What is known about a negotiation from preferences alone.
///
/// Lists that run parallel to `parties` are in the order of the seats at the table.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Deal {
    /// Title of the scenario, or name of the domain.
    pub title: String,
    /// Number of outcomes.
    pub outcomes: f64,
    /// How many of them are acceptable to everybody at the table.
    pub zone: DealZone,
    /// Number of points on the Pareto frontier.
    pub frontier: usize,
    /// Distance from the ideal point to the nearest acceptable outcome; none where nothing is acceptable to all.
    pub opposition: Option<f64>,
    /// The parties at the table.
    pub parties: Vec<DealParty>,
    /// The issues.
    pub issues: Vec<DealIssue>,
    /// The cooperative solutions.
    pub solutions: Vec<DealSolution>,
    /// The packages.
    pub packages: Vec<DealPackage>,
    /// What a negotiator would want to know.
    pub sentences: Vec<String>,
    /// Who would accept how much: of all outcomes.
    pub win_sets: Vec<DealShare>,
    /// Whether ratifiers at home were asked.
    pub ratifiers: bool,
    /// Planes of pairs of parties.
    pub planes: Vec<DealPlane>,
    /// Pairs of parties of which no plane is drawn.
    pub more_planes: usize,
    /// Number of outcomes in the random sample from which planes and win-sets come; none where all were looked at.
    pub sampled: Option<usize>,
    /// Number of draws of the doubtful numbers; none where nothing was drawn.
    pub draws: Option<usize>,
}

/// A number of acceptable outcomes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct DealZone {
    /// How many.
    pub count: f64,
    /// Standard error, where it is an estimate.
    pub standard_error: Option<f64>,
    /// How many outcomes were drawn for the estimate.
    pub sample: Option<u32>,
}

/// A party at the table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct DealParty {
    /// Its name.
    pub name: String,
    /// Which colour it has in pictures: an actor's position in its scenario, else its seat.
    pub colour: usize,
    /// What it gets without a deal.
    pub fallback: f64,
    /// Its value of its worst outcome.
    pub worst: f64,
    /// Its value of its best outcome.
    pub best: f64,
}

/// An issue.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct DealIssue {
    /// Its name.
    pub name: String,
    /// The share of each party's range of values that hangs on it; empty where some preferences are not a sum over
    /// issues.
    pub stakes: Vec<f64>,
    /// The option that each party likes best; empty likewise.
    pub favourites: Vec<String>,
    /// What its options are worth where some preferences are not a sum over issues; empty where all are.
    pub options: Vec<DealOption>,
}

/// What an option is worth, whatever else is agreed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct DealOption {
    /// Its name.
    pub name: String,
    /// Mean value to each party of the outcomes with it.
    pub mean: Vec<f64>,
    /// Value to each party of its best outcome with it.
    pub best: Vec<f64>,
}

/// A point that bargaining theory singles out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct DealSolution {
    /// Whose solution.
    pub name: String,
    /// Its value to each party; none where nothing is acceptable to all.
    pub values: Option<Vec<f64>>,
    /// What is agreed, or which earlier solution it is the same as.
    pub agreed: String,
}

/// A package.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct DealPackage {
    /// Its name.
    pub name: String,
    /// What is agreed.
    pub agreed: String,
    /// Its value to each party.
    pub values: Vec<f64>,
    /// Its value less the fallback, to each party.
    pub gains: Vec<f64>,
    /// Whether every party at the table accepts it, and every ratifier.
    pub acceptable: bool,
    /// Whether it lies on the frontier.
    pub efficient: bool,
    /// Distance to the frontier.
    pub distance: f64,
    /// Who refuses it and whether it lies on the frontier, in words.
    pub verdict: String,
    /// What would improve it for all, or make it acceptable, in words.
    pub help: String,
    /// Share of draws of the doubtful numbers in which everybody accepts it; none where nothing was drawn.
    pub share: Option<f64>,
}

/// A share of all outcomes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct DealShare {
    /// Who accepts them.
    pub name: String,
    /// The share.
    pub share: f64,
    /// Standard error of the share, where it comes from a random sample.
    pub standard_error: Option<f64>,
    /// Whether several must accept together.
    pub joint: bool,
}

/// The plane of two parties' values.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct DealPlane {
    /// The parties, by position; the first's values run to the right.
    pub parties: [usize; 2],
    /// Worst values.
    pub low: [f64; 2],
    /// Best values.
    pub high: [f64; 2],
    /// Values without a deal.
    pub fallbacks: [f64; 2],
    /// Bins along each side.
    pub side: usize,
    /// The bins that hold an outcome, row by row from the lowest.
    pub bins: Vec<DealBin>,
    /// Points of the frontier; of very many, an even choice.
    pub frontier: Vec<[f64; 2]>,
    /// Whether they lie on one line: with two parties.
    pub joined: bool,
    /// Solutions and packages.
    pub marks: Vec<DealMark>,
}

/// How many outcomes lie in a bin of a plane.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct DealBin {
    /// Its column, counted from the left.
    pub column: usize,
    /// Its row, counted from below.
    pub row: usize,
    /// All outcomes in it.
    pub all: u32,
    /// Those acceptable to everybody at the table.
    pub zone: u32,
    /// Those of them that every ratifier accepts.
    pub ratified: u32,
}

/// A solution or package on a plane.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct DealMark {
    /// Its name, or those of all that lie here.
    pub name: String,
    /// Its values to the plane's parties.
    pub at: [f64; 2],
    /// Whether it is a solution.
    pub solution: bool,
}
