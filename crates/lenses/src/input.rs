//! What the lenses are asked about.

use detente_conflict_graph::Conflict;
use detente_stakeholders::study::Subject;

/// What the solved play says of things that other lenses speak of.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Play {
    /// Probability that it comes to an agreement; none where the scenario does not say when it has.
    pub signed: Option<f64>,
    /// Probability of an agreement on each of the scenario's packages; none for those of which the play never speaks.
    pub packages: Vec<Option<f64>>,
    /// Probability that a package is put forward which everybody at the table would take rather than none.
    pub offered: Option<f64>,
    /// Probability that the play comes to what each option of the graph means; none where that is not said.
    pub options: Vec<Option<f64>>,
}

/// What the options of something to agree on come to on a scale.
#[derive(Clone, Debug, PartialEq)]
pub struct Level {
    /// Which issue of the negotiation.
    pub issue: usize,
    /// The place on the scale of each of its options.
    pub at: Vec<f64>,
}

/// The stakeholders.
#[derive(Clone, Debug)]
pub struct Voices<'a> {
    /// Who wants what.
    pub subject: &'a Subject,
    /// For each issue with a scale, what options of the negotiation come to on it; none where that is not said.
    pub levels: Vec<Option<Level>>,
}

/// The graph of the conflict.
#[derive(Clone, Debug)]
pub struct Graph<'a> {
    /// The conflict.
    pub conflict: &'a Conflict,
    /// The state that holds today, if that is said.
    pub today: Option<usize>,
    /// What the play says of each option.
    pub play: &'a [Option<f64>],
    /// How many threads work; the results do not depend on it.
    pub threads: usize,
}
