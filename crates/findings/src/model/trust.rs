//! How far an answer can be trusted: the certificate, other equilibria, and the size of the game.

use serde::{Deserialize, Serialize};

/// The certificate.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct CertificateFacts {
    /// How the solve ended, as one word: `converged`, `precision_reached`, `interrupted` …
    pub status: String,
    /// The same in a sentence.
    pub sentence: String,
    /// Whether the findings can be trusted as those of an equilibrium (or of the precision asked for).
    pub trustworthy: bool,
    /// Precision reached; none where it has no meaning.
    pub precision: Option<f64>,
    /// Largest gain of any actor from any deviation, in its own units.
    pub largest_gain: f64,
    /// The same as a share of that actor's payoff range.
    pub largest_relative_gain: f64,
    /// Per actor.
    pub actors: Vec<ActorCertificate>,
    /// Largest relative gain at any information set, reached or not, with the beliefs used.
    pub largest_relative_gain_at_sets: f64,
    /// The information set where it is.
    pub worst_set: Option<String>,
    /// Fixed-point residual of the logit equation, relative; none for other methods.
    pub residual: Option<f64>,
}

/// The certificate of one actor.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ActorCertificate {
    /// Name in the scenario.
    pub id: String,
    /// Largest gain from deviating, in its own units.
    pub gain: f64,
    /// The same as a share of its payoff range.
    pub relative_gain: f64,
    /// Its largest minus its smallest payoff.
    pub payoff_range: f64,
}

/// How many equilibria were found, which one is shown, and how the others differ.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct EquilibriaFacts {
    /// Number of equilibria that were found, the one that is shown among them. There may be more.
    pub found: usize,
    /// Which one is shown, as one word: `principal_branch`.
    pub shown: String,
    /// Why this one, in a sentence.
    pub why: String,
    /// Share of the search's random first expectations from which play comes to the one that is shown.
    pub share: f64,
    /// How they were searched for.
    pub searched: Searched,
    /// The others, those that most expectations lead to first.
    pub others: Vec<OtherEquilibrium>,
}

/// How equilibria were searched for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Searched {
    /// Random starts that were made.
    pub starts: usize,
    /// Those of them that led nowhere and were given up.
    #[serde(default)]
    pub given_up: usize,
    /// How the search ended, as one word: `complete`, or `time_limit` and `interrupted` where it was cut short.
    pub status: String,
    /// Wall-clock seconds.
    pub seconds: f64,
}

/// An equilibrium that is not shown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct OtherEquilibrium {
    /// Share of the random first expectations from which play comes to it; 0 where it was found in another way.
    pub share: f64,
    /// Its certificate.
    pub certificate: OtherCertificate,
    /// Whether further equilibria lie arbitrarily near, so that it stands for a continuum.
    pub continuum: bool,
    /// Probability of each ending, in the order of `endings`.
    pub endings: Vec<f64>,
    /// Value of each actor, in the order of `actors`.
    pub actors: Vec<f64>,
    /// Answer to each ask, in the order of `asks`; none where its condition has probability 0.
    pub asks: Vec<Option<f64>>,
    /// How far its endings are from those shown: half the sum of absolute differences (total variation), 0..1.
    pub differs: f64,
}

/// The certificate of an equilibrium that is not shown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct OtherCertificate {
    /// Largest gain of any actor from deviating, in its own units.
    pub largest_gain: f64,
    /// Largest gain as a share of that actor's payoff range.
    pub largest_relative_gain: f64,
    /// Largest relative gain at any information set, reached or not, with the beliefs used.
    pub largest_relative_gain_at_sets: f64,
}

/// The game that was solved.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct GameFacts {
    /// Nodes.
    pub nodes: usize,
    /// Information sets.
    pub information_sets: usize,
    /// Actors.
    pub actors: usize,
    /// Actions over all information sets.
    pub actions: usize,
    /// Ends of paths.
    pub ends: usize,
    /// Longest path.
    pub depth: usize,
    /// Bytes that the game takes.
    pub bytes: usize,
}
