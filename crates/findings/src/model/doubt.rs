//! What the answers hang on: draws of the doubted numbers, and what they say.
//!
//! Numbers and outputs are called by their places in [`Doubt::numbers`] and [`Doubt::outputs`], from 0.

use super::Unit;
use serde::{Deserialize, Serialize};

/// What the answers hang on.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Doubt {
    /// Number of draws that were solved.
    pub draws: usize,
    /// Number of draws that could not be solved.
    pub failed: usize,
    /// Why the first of those could not.
    #[serde(default)]
    pub why: Option<String>,
    /// How they were drawn, in words.
    pub method: String,
    /// How often each ending was the most likely one, in the order of `endings`.
    pub most_likely: Vec<f64>,
    /// The numbers that were doubted.
    #[serde(default)]
    pub numbers: Vec<DoubtNumber>,
    /// What was looked at: endings, then answers, then actors' values.
    #[serde(default)]
    pub outputs: Vec<DoubtOutput>,
    /// The draws, for pictures; of very many, some that lie evenly among them.
    #[serde(default)]
    pub rows: Vec<DoubtRow>,
    /// Which numbers an output hangs on, for those outputs of which something can be said.
    #[serde(default)]
    pub importance: Vec<Importance>,
    /// Under which conditions something is mostly so.
    #[serde(default)]
    pub conditions: Vec<Condition>,
    /// A few questions that tell high from low; none where they tell little.
    #[serde(default)]
    pub tree: Option<DoubtTree>,
    /// The smallest changes that make another ending the most likely; none where they were not sought.
    #[serde(default)]
    pub tipping: Option<Tipping>,
    /// What it would be worth to actors to know the numbers before they decide.
    #[serde(default)]
    pub information: Vec<Information>,
    /// Shares of the variance, from a Saltelli design.
    #[serde(default)]
    pub variance: Vec<VarianceShares>,
    /// Elementary effects, from Morris' design.
    #[serde(default)]
    pub effects: Vec<ElementaryEffects>,
    /// Why points have no answer, the commonest reason first.
    #[serde(default)]
    pub reasons: Vec<Reason>,
}

/// A doubted number.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct DoubtNumber {
    /// Name.
    pub id: String,
    /// What it is, as its source says; may be empty.
    pub about: String,
    /// Whether it is printed as a percentage.
    pub percent: bool,
    /// Best guess, if it has one.
    pub base: Option<f64>,
    /// Low end of what was drawn or of its range.
    pub low: f64,
    /// High end.
    pub high: f64,
}

/// What an output is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum OutputKind {
    /// The probability of an ending.
    Ending,
    /// The answer to an ask.
    Ask,
    /// What the play is worth to an actor.
    Actor,
}

/// Something that was looked at in every draw.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct DoubtOutput {
    /// What it is.
    pub kind: OutputKind,
    /// Its words: label or question.
    pub label: String,
    /// What it measures.
    pub unit: Unit,
    /// At the best guesses, solved as the draws are; none where it has no value.
    pub best: Option<f64>,
    /// Draws in which it has a value.
    pub solved: usize,
    /// 5, 25, 50, 75 and 95 % quantiles over the draws; none without draws.
    pub quantiles: Option<[f64; 5]>,
}

/// A draw.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct DoubtRow {
    /// The numbers.
    pub numbers: Vec<f64>,
    /// The outputs; none where there is no value.
    pub outputs: Vec<Option<f64>>,
}

/// Which numbers an output hangs on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Importance {
    /// Which output.
    pub output: usize,
    /// Draws that were used.
    pub rows: usize,
    /// The numbers that can be told from chance, the strongest first.
    pub found: Vec<Weight>,
}

/// How strongly an output hangs on a number.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Weight {
    /// Which number.
    pub number: usize,
    /// Rank correlation (Spearman's), −1 to 1: 1 where a higher number always goes with a higher output.
    pub rank: f64,
    /// Low end of its 90 % interval.
    pub low: f64,
    /// High end of its 90 % interval.
    pub high: f64,
    /// Borgonovo's δ with half of its 95 % interval, where there are draws enough: 0 where the number does not
    /// matter, 1 where it decides everything.
    pub delta: Option<(f64, f64)>,
}

/// When something is mostly so.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Condition {
    /// What, in words: "“War” is above 30 %".
    pub what: String,
    /// Which output; none where it is about which ending is the likeliest.
    pub output: Option<usize>,
    /// Above which value of the output; 0.5 of 0 and 1 where it is about the likeliest ending.
    pub above: f64,
    /// In which share of draws it is so.
    pub share: f64,
    /// Draws.
    pub rows: usize,
    /// Boxes in which it is mostly so; the share of all cases that lies in an earlier box does not count for a later.
    pub boxes: Vec<DoubtBox>,
}

/// A box of numbers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct DoubtBox {
    /// In words: "detection < 70 % and cost of blocking > 12".
    pub words: String,
    /// Its sides.
    pub limits: Vec<BoxLimit>,
    /// Share of all cases of interest that lie in it.
    pub coverage: f64,
    /// Share of its draws that are of interest.
    pub density: f64,
    /// Its draws.
    pub rows: usize,
}

/// A side of a box.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct BoxLimit {
    /// Which number.
    pub number: usize,
    /// At least this.
    pub lower: Option<f64>,
    /// At most this.
    pub upper: Option<f64>,
    /// In which share of random halves of the draws the number was found again.
    pub again: f64,
}

/// A decision tree on one output.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct DoubtTree {
    /// Which output.
    pub output: usize,
    /// Share of the output's variance that the tree tells, 0..1.
    pub r2: f64,
    /// Draws.
    pub rows: usize,
    /// Its nodes; the first is the root, children stand after their parents.
    pub nodes: Vec<DoubtNode>,
}

/// A node of a tree.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct DoubtNode {
    /// Its draws.
    pub rows: usize,
    /// Mean of the output among them.
    pub mean: f64,
    /// Its question; none for a leaf.
    pub question: Option<Question>,
}

/// A question of a tree.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Question {
    /// Which number.
    pub number: usize,
    /// Whether it is at most this.
    pub limit: f64,
    /// The limit as it is read: "70 %".
    pub words: String,
    /// The node of draws in which it is.
    pub below: usize,
    /// The node of draws in which it is not.
    pub above: usize,
}

/// The smallest changes that turn an answer over.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Tipping {
    /// The ending that is the most likely at the best guesses.
    pub ending: usize,
    /// How many numbers were moved to the ends of their ranges, one at a time.
    pub tried: usize,
    /// How many pairs of numbers were moved together.
    pub pairs_tried: usize,
    /// Re-solutions that the search took beside the ends of ranges.
    pub solved: usize,
    /// Changes of one number, the smallest first.
    pub single: Vec<TippingPoint>,
    /// Changes of two numbers together, the smallest first.
    pub pairs: Vec<TippingPoint>,
    /// Changes of one number that carry the answer to an ask across 50 %, the smallest first for each.
    pub asks: Vec<TippingPoint>,
}

/// A change that turns an answer over, solved and found so.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct TippingPoint {
    /// What is changed.
    pub changes: Vec<Change>,
    /// The output that has turned: the ending that is now the most likely, or the ask that is across 50 %.
    pub output: usize,
    /// Its probability at the best guesses.
    pub before: f64,
    /// Its probability after the change.
    pub after: f64,
}

/// A number that is moved.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Change {
    /// Which.
    pub number: usize,
    /// Its best guess.
    pub from: f64,
    /// Where the answer has turned.
    pub to: f64,
    /// The last value before it, still unturned.
    pub still: f64,
    /// How far that is, as a share of the way from the best guess to the end of the range.
    pub share: f64,
}

/// What it would be worth to an actor to know the numbers before a decision, while all others act as they would by
/// the numbers in any case. In the actor's own units, given that it comes to the decision.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Information {
    /// The actor, by its place among the actors.
    pub actor: usize,
    /// The actor's label.
    pub label: String,
    /// The decision, in words.
    pub decision: String,
    /// Probability that it comes to the decision, on average over the draws.
    pub reached: f64,
    /// Draws.
    pub rows: usize,
    /// The options of the decision.
    pub options: Vec<OptionWorth>,
    /// The option that is best on average over the draws: the choice without knowing the numbers.
    pub best: usize,
    /// How far apart all lies that options bring in any draw, or that the play is worth in them: to compare with.
    pub stake: f64,
    /// Expected value of perfect information (EVPI): of knowing all numbers.
    pub evpi: f64,
    /// Expected value of partial perfect information (EVPPI): of knowing a number by itself. Those numbers that can be told
    /// from chance, the most valuable first.
    pub numbers: Vec<NumberWorth>,
}

/// An option of a decision.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct OptionWorth {
    /// Its label.
    pub label: String,
    /// What it brings on average over the draws, taken whatever the numbers are.
    pub expected: f64,
    /// In which share of draws it is the best.
    pub best_in: f64,
}

/// What knowing a number would be worth.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct NumberWorth {
    /// Which number.
    pub number: usize,
    /// Its EVPPI less what a number without any influence seems to be worth at so many draws.
    pub worth: f64,
    /// What it would be good for, where one limit tells most of it.
    pub instead: Option<Instead>,
}

/// Another option than the best on average, beyond a limit.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Instead {
    /// The option to take there.
    pub option: usize,
    /// Whether above the limit; else below.
    pub above: bool,
    /// The limit.
    pub limit: f64,
}

/// Sobol' indices of an output.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct VarianceShares {
    /// Which output.
    pub output: usize,
    /// Base points.
    pub base_points: usize,
    /// Base points left out because a point failed.
    pub dropped: usize,
    /// Of each number by itself, with half of its 95 % interval.
    pub first: Vec<(f64, f64)>,
    /// Of each number with all that it takes part in, with half of its 95 % interval.
    pub total: Vec<(f64, f64)>,
    /// Of pairs beyond what each does by itself, those that can be told from nothing, the largest first: numbers,
    /// share, half of its 95 % interval.
    pub pairs: Vec<(usize, usize, f64, f64)>,
}

/// Elementary effects on an output.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ElementaryEffects {
    /// Which output.
    pub output: usize,
    /// Trajectories.
    pub trajectories: usize,
    /// Trajectories left out because a point failed.
    pub dropped: usize,
    /// Of each number: mean μ, mean size μ*, half of its 95 % interval, standard deviation σ; per whole range.
    pub effects: Vec<(f64, f64, f64, f64)>,
}

/// Why points have no answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Reason {
    /// Why, in a sentence.
    pub words: String,
    /// How many.
    pub points: u64,
}
