//! `Findings`: everything that a run found out, as plain values that serialise to `findings.json`.
//!
//! Field order is the order in the file. Probabilities are in 0..1, payoffs in the scenario's own units,
//! precision λ is relative: a player whose payoffs span 1 after scaling chooses between two options with
//! odds exp(λ × difference).

mod deal;
mod doubt;
mod lenses;
mod trust;

use serde::{Deserialize, Serialize};

pub use deal::{
    Deal, DealBin, DealIssue, DealMark, DealOption, DealPackage, DealParty, DealPlane, DealShare,
    DealSolution, DealZone,
};
pub use doubt::{
    BoxLimit, Change, Condition, Doubt, DoubtBox, DoubtNode, DoubtNumber, DoubtOutput, DoubtRow,
    DoubtTree, ElementaryEffects, Importance, Information, Instead, NumberWorth, OptionWorth,
    OutputKind, Question, Reason, Tipping, TippingPoint, VarianceShares, Weight,
};
pub use lenses::{
    Lens, LensAgreement, LensEquilibrium, LensIssue, LensOption, LensPackage, LensVerdict, Lenses,
};
pub use trust::{
    ActorCertificate, CertificateFacts, EquilibriaFacts, GameFacts, OtherCertificate,
    OtherEquilibrium, Searched,
};

/// Name and version of the layout of this file.
pub const SCHEMA: &str = "detente-findings/1";

/// All findings of one run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Findings {
    /// [`SCHEMA`].
    pub schema: String,
    /// Version of the program.
    pub version: String,
    /// What was asked.
    pub scenario: ScenarioFacts,
    /// Sentences that say the main results, generated from the numbers below.
    pub headlines: Vec<String>,
    /// How likely each ending is, in the order declared.
    pub endings: Vec<Ending>,
    /// Answers to the asks.
    pub asks: Vec<Answer>,
    /// What the play is worth to each actor.
    pub actors: Vec<ActorValue>,
    /// The scenario's checks of itself.
    pub expects: Vec<Check>,
    /// Base rates of comparable crises, with the model's own number beside each.
    pub base_rates: Vec<BaseRate>,
    /// What really happened, with the probability given to it.
    pub happened: Vec<Happened>,
    /// How it unfolds: stages and flows between them.
    pub flow: Flow,
    /// The most likely courses.
    pub courses: Vec<Course>,
    /// Decisions at the information sets that matter, most likely first.
    pub decisions: Vec<Decision>,
    /// Results against precision, from random play to the limit.
    pub precision: Vec<PrecisionPoint>,
    /// What moves the results most, of the numbers that were set to both ends of their ranges; empty where it was not
    /// asked for.
    pub tornado: Vec<TornadoRow>,
    /// The best guesses, solved to the precision at which the tornado's rows and the draws are; none where
    /// nothing was solved again.
    pub tornado_base: Option<TornadoBase>,
    /// What the answers hang on; none where it was not asked for.
    pub doubt: Option<Doubt>,
    /// Packages and who gains; none where the scenario has no issues.
    pub packages: Option<Packages>,
    /// Who would accept what; none where the scenario has no issues, or where they were too many to analyse.
    #[serde(default)]
    pub deal: Option<Deal>,
    /// The same crisis through other lenses; none where the scenario has only its play.
    #[serde(default)]
    pub lenses: Option<Lenses>,
    /// Every number that can be doubted.
    pub assumptions: Vec<Assumption>,
    /// How far the solution can be trusted.
    pub certificate: CertificateFacts,
    /// Equilibria beside the one that is shown; none where they were not searched for.
    pub equilibria: Option<EquilibriaFacts>,
    /// The game that was solved.
    pub game: GameFacts,
    /// Wall-clock seconds of reading, expanding, solving and answering.
    pub seconds: f64,
}

/// What was asked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ScenarioFacts {
    /// Title.
    pub title: String,
    /// File name without folders.
    pub file: String,
    /// As of which date.
    pub as_of: Option<String>,
    /// Sources.
    pub sources: Vec<String>,
    /// Notes.
    pub notes: Vec<String>,
    /// `--set name=value` as given.
    pub settings: Vec<(String, f64)>,
    /// Seed of everything sampled.
    pub seed: u64,
    /// Whole text of the scenario file.
    pub text: String,
}

/// One way to end.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Ending {
    /// Name in the scenario.
    pub id: String,
    /// Label.
    pub label: String,
    /// Probability.
    pub probability: f64,
    /// 5 % quantile over doubted numbers, if they were sampled.
    pub low: Option<f64>,
    /// 95 % quantile over doubted numbers, if they were sampled.
    pub high: Option<f64>,
}

/// What an answer measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// A probability in 0..1.
    Probability,
    /// Any other number.
    Number,
}

/// Answer to an ask.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Answer {
    /// The question in words.
    pub question: String,
    /// The query as written.
    pub query: String,
    /// The answer; none where the condition has probability 0.
    pub value: Option<f64>,
    /// What it measures.
    pub unit: Unit,
    /// 5 % quantile over doubted numbers, if they were sampled.
    pub low: Option<f64>,
    /// 95 % quantile over doubted numbers, if they were sampled.
    pub high: Option<f64>,
}

/// What the play is worth to an actor.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ActorValue {
    /// Name in the scenario.
    pub id: String,
    /// Label.
    pub label: String,
    /// Expected payoff.
    pub value: f64,
    /// 5 % quantile over doubted numbers, if they were sampled.
    pub low: Option<f64>,
    /// 95 % quantile over doubted numbers, if they were sampled.
    pub high: Option<f64>,
}

/// What is meant where nothing else is written.
fn yes() -> bool {
    true
}

/// One `expect`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Check {
    /// The check as written.
    pub text: String,
    /// Why it must hold.
    pub why: String,
    /// Whether it holds; true, too, where it does not apply.
    pub holds: bool,
    /// Whether its condition (`if …`) is met, so that it speaks of these numbers at all.
    #[serde(default = "yes")]
    pub applies: bool,
    /// Left side, if it has a value.
    pub left: Option<f64>,
    /// Right side, if it has a value.
    pub right: Option<f64>,
}

/// One base rate.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct BaseRate {
    /// The query that is compared.
    pub query: String,
    /// The model's answer.
    pub value: Option<f64>,
    /// The rate in the reference class.
    pub rate: f64,
    /// Lower end of its interval.
    pub low: Option<f64>,
    /// Upper end of its interval.
    pub high: Option<f64>,
    /// Reference class and source.
    pub source: String,
}

/// What really happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Happened {
    /// The ending.
    pub id: String,
    /// Its label.
    pub label: String,
    /// When.
    pub date: String,
    /// What, in words.
    pub words: String,
    /// The probability that the model gave to it.
    pub probability: f64,
    /// Brier score over all endings (0 best, 2 worst).
    pub brier: f64,
    /// Logarithmic score, −ln(probability) (0 best).
    pub log_score: f64,
}

/// The flow picture: where the probability goes, stage by stage.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Flow {
    /// Stage headings from left to right, in words ("United States: approach").
    pub stages: Vec<String>,
    /// Boxes.
    pub nodes: Vec<FlowNode>,
    /// Streams between boxes of consecutive stages.
    pub links: Vec<FlowLink>,
}

/// A box of the flow picture.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct FlowNode {
    /// Which stage, from 0. Endings stand in the last stage.
    pub stage: usize,
    /// Words in the box.
    pub label: String,
    /// Probability that the play comes through here.
    pub probability: f64,
    /// Actor id where it is a choice.
    pub actor: Option<String>,
    /// Outcome id where it is an ending.
    pub outcome: Option<String>,
}

/// A stream of the flow picture.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct FlowLink {
    /// Index of the box on the left.
    pub source: usize,
    /// Index of the box on the right.
    pub target: usize,
    /// Probability.
    pub probability: f64,
}

/// A course of events.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Course {
    /// Its probability.
    pub probability: f64,
    /// What happens, in order.
    pub steps: Vec<CourseStep>,
    /// Outcome id.
    pub outcome: String,
    /// Payoff of each actor.
    pub payoffs: Vec<f64>,
}

/// One event of a course.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct CourseStep {
    /// Actor id; none for a draw.
    pub actor: Option<String>,
    /// What was chosen or drawn, in words.
    pub words: String,
    /// Its probability at this point.
    pub probability: f64,
    /// Whether some actor does not see it.
    pub hidden: bool,
    /// Round of the outermost `repeat`, if any.
    pub round: Option<u32>,
}

/// One information set.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Decision {
    /// Actor id.
    pub actor: String,
    /// Readable name: "Iran (steady), round 2, after: United States offers the nuclear deal".
    pub name: String,
    /// What is decided (the variable's name).
    pub variable: String,
    /// Round of the outermost `repeat`, if any.
    pub round: Option<u32>,
    /// Reach probability.
    pub reach: f64,
    /// The options.
    pub options: Vec<DecisionOption>,
    /// What the actor believes about what it cannot see, most likely first.
    pub beliefs: Vec<Belief>,
    /// What the best option would give more than the mixture chosen, in the actor's units.
    pub gain: f64,
}

/// One option of a decision.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct DecisionOption {
    /// Name in the scenario.
    pub id: String,
    /// Label.
    pub label: String,
    /// Probability that it is taken.
    pub probability: f64,
    /// Expected payoff of the actor if it is taken here.
    pub value: f64,
}

/// A belief at an information set.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Belief {
    /// What is hidden from the actor, in words ("Iran's resolve is steady, Iran dashes").
    pub words: String,
    /// Probability.
    pub probability: f64,
}

/// Results at one precision.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct PrecisionPoint {
    /// Precision λ (relative); 0 is random play.
    pub precision: f64,
    /// Probability of each ending, in the order of `endings`.
    pub endings: Vec<f64>,
    /// Value of each actor, in the order of `actors`.
    pub actors: Vec<f64>,
    /// Largest relative gain from deviating.
    pub largest_relative_gain: f64,
}

/// The scenario at its best guesses, as the tornado's rows are solved: what they are to be compared with.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct TornadoBase {
    /// Precision of this solution, of every row and of every draw.
    pub precision: f64,
    /// Probability of each ending.
    pub endings: Vec<f64>,
    /// Answers to the asks.
    pub asks: Vec<Option<f64>>,
}

/// What one doubtful number does.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct TornadoRow {
    /// Parameter.
    pub param: String,
    /// Its best guess.
    pub base: f64,
    /// Low end of its range.
    pub low: f64,
    /// High end of its range.
    pub high: f64,
    /// Whether it is printed as a percentage.
    pub percent: bool,
    /// Probability of each ending at the low end; none where that could not be solved.
    pub at_low: Option<Vec<f64>>,
    /// Probability of each ending at the high end; none where that could not be solved.
    pub at_high: Option<Vec<f64>>,
    /// Answers to the asks at the low end.
    pub asks_at_low: Option<Vec<Option<f64>>>,
    /// Answers to the asks at the high end.
    pub asks_at_high: Option<Vec<Option<f64>>>,
    /// Endings and asks, counted through in this order, whose probability at the best guesses lies clearly beyond those at
    /// both ends, on the same side.
    #[serde(default)]
    pub one_sided: Vec<usize>,
    /// How far the endings move between the ends: half the sum of absolute differences (total variation), 0..1.
    pub swing: f64,
}

/// Packages and who gains.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Packages {
    /// Actors that have preferences over issues, in the order of `values` below.
    pub actors: Vec<PackageActor>,
    /// The issues with their options.
    pub issues: Vec<PackageIssue>,
    /// The scenario's packages.
    pub named: Vec<PackagePoint>,
    /// Every full agreement (or an evenly chosen part of them where there are very many).
    pub all: Vec<PackagePoint>,
    /// Number of full agreements.
    pub count: u64,
    /// Number of full agreements that leave everybody at least at its fallback.
    pub acceptable_to_all: u64,
}

/// An actor with preferences over issues.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct PackageActor {
    /// Name in the scenario.
    pub id: String,
    /// Label.
    pub label: String,
    /// Value without agreement.
    pub fallback: f64,
    /// Weight of each issue.
    pub weights: Vec<f64>,
}

/// An issue.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct PackageIssue {
    /// Name in the scenario.
    pub id: String,
    /// Label.
    pub label: String,
    /// Labels of its options.
    pub options: Vec<String>,
}

/// A full agreement.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct PackagePoint {
    /// Label of a named package; none otherwise.
    pub label: Option<String>,
    /// Position of the agreed option per issue.
    pub choices: Vec<usize>,
    /// Value to each actor.
    pub values: Vec<f64>,
    /// Whether everybody is at least at its fallback.
    pub acceptable_to_all: bool,
    /// Whether no other full agreement is better for one and as good for all.
    pub efficient: bool,
}

/// A number that can be doubted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Assumption {
    /// Name.
    pub id: String,
    /// Value used in this run.
    pub value: f64,
    /// Low end of its range.
    pub low: Option<f64>,
    /// High end of its range.
    pub high: Option<f64>,
    /// From one of its numbers to the next, counted from the low end; any number where there is none.
    #[serde(default)]
    pub step: Option<f64>,
    /// Distribution in words.
    pub distribution: String,
    /// Where it comes from.
    pub source: String,
    /// Whether it is printed as a percentage.
    pub percent: bool,
    /// Whether this run set it with `--set`.
    pub set: bool,
}

#[cfg(test)]
mod tests {
    use super::Findings;

    /// `docs/findings.schema.json` is this schema. To renew it after a change of the layout, run the test
    /// with `DETENTE_WRITE_SCHEMA=1`.
    #[test]
    fn the_published_schema_is_that_of_the_types() {
        let mut schema = schemars::schema_for!(Findings);
        schema.insert("title".to_owned(), super::SCHEMA.into());
        let text = serde_json::to_string_pretty(&schema).unwrap() + "\n";
        let path = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../../docs/findings.schema.json"
        );
        if std::env::var_os("DETENTE_WRITE_SCHEMA").is_some() {
            std::fs::write(path, &text).unwrap();
        }
        assert_eq!(std::fs::read_to_string(path).unwrap(), text);
    }
}
