//! The same crisis through other lenses, side by side with the play.

use serde::{Deserialize, Serialize};

/// What the play, the analysis of deals, the forecast of stakeholders and the graph of the conflict say of the same
/// things.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Lenses {
    /// Whether an agreement comes, and which; none where there is nothing to agree on.
    pub agreement: Option<LensAgreement>,
    /// Where issues with a scale come to rest; empty without stakeholders.
    pub issues: Vec<LensIssue>,
    /// What is done; empty without options.
    pub options: Vec<LensOption>,
    /// The states of the conflict that last, those first that last under most concepts; empty without options.
    pub equilibria: Vec<LensEquilibrium>,
    /// Where lenses agree, and where not.
    pub verdicts: Vec<LensVerdict>,
}

/// A way to look at a crisis.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Lens {
    /// The play: who moves when, knowing what.
    Play,
    /// Who would accept what.
    Deal,
    /// Who wants what, and how much each counts.
    Forecast,
    /// From which states nobody would move.
    Graph,
}

/// Whether an agreement comes, and which.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct LensAgreement {
    /// Probability that the play comes to one; none where the scenario does not say when it has.
    pub signed: Option<f64>,
    /// Probability that terms are put forward which everybody at the table would take rather than none.
    pub offered: Option<f64>,
    /// Number of agreements that could be made.
    pub outcomes: f64,
    /// How many of them everybody at the table would take rather than none.
    pub zone: f64,
    /// The scenario's packages.
    pub packages: Vec<LensPackage>,
}

/// A package through several lenses.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct LensPackage {
    /// Its label.
    pub label: String,
    /// Probability that the play comes to an agreement on it; none where the play never speaks of it.
    pub play: Option<f64>,
    /// Who refuses it, of those at the table.
    pub refused_by: Vec<String>,
    /// Whether all at the table would take it, and somebody at home whose consent is needed would not.
    pub blocked: bool,
    /// How far it lies from what the stakeholders are expected to settle on: the mean distance as a share of the scales;
    /// none where the scales are not tied to what is agreed.
    pub away: Option<f64>,
}

/// An issue with a scale through several lenses.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct LensIssue {
    /// Its label.
    pub label: String,
    /// Its unit; may be empty.
    pub unit: String,
    /// Lower end of the scale.
    pub low: f64,
    /// Upper end of the scale.
    pub high: f64,
    /// What holds without agreement.
    pub today: Option<f64>,
    /// What the play expects, the level without agreement included; none where its scale is not tied to what is agreed.
    pub play: Option<f64>,
    /// What the play expects if there is an agreement.
    pub play_agreed: Option<f64>,
    /// What Nash's solution of the negotiation agrees on; none as for `play`, or where nothing is acceptable to all.
    pub deal: Option<f64>,
    /// Median of the forecast from the stakeholders.
    pub forecast: f64,
    /// Its 5 % and 95 % quantiles.
    pub forecast_range: [f64; 2],
    /// The mean position, weighed by influence and salience.
    pub compromise: Option<f64>,
}

/// An option through several lenses.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct LensOption {
    /// Whose it is.
    pub actor: String,
    /// Its label.
    pub label: String,
    /// Whether it is taken today; none where the scenario does not say what holds today.
    pub today: Option<bool>,
    /// Probability that the play comes to it; none where the scenario does not say what it means in the play.
    pub play: Option<f64>,
    /// In which of the equilibria it is taken, in their order.
    pub taken: Vec<bool>,
}

/// A state of the conflict that lasts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct LensEquilibrium {
    /// It in words.
    pub label: String,
    /// Concepts under which nobody would move from it.
    pub concepts: Vec<String>,
    /// Fewest moves that lead to it from today, each in its mover's interest; none where there are none.
    pub moves: Option<u32>,
}

/// Whether two lenses agree on something.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct LensVerdict {
    /// Which two.
    pub lenses: [Lens; 2],
    /// Whether they agree.
    pub agree: bool,
    /// What each says.
    pub words: String,
    /// Where they do not agree: which assumption makes the difference.
    pub because: Option<String>,
}
