//! What a reading takes for an incentive, a deterrent and a credible answer.

use crate::concept::Reading;
use crate::relation::Relation;

/// Whether the actor would move to a state that compares so with where it stands.
pub(crate) fn tempts(reading: Reading, relation: Relation) -> bool {
    let chance = matches!(reading, Reading::UnknownA | Reading::UnknownC);
    relation.is_gain() || (chance && relation == Relation::Unknown)
}

/// Whether a state that compares so with where the actor started deters it.
pub(crate) fn hurts(reading: Reading, relation: Relation) -> bool {
    let doubt = matches!(reading, Reading::UnknownC | Reading::UnknownD);
    match relation {
        Relation::MuchWorse => true,
        Relation::Worse | Relation::Same => reading != Reading::Strong,
        Relation::Unknown => doubt,
        Relation::Better | Relation::MuchBetter => false,
    }
}

/// Whether another actor may be thought to move to a state that compares so for it: for a gain, or, where preferences
/// are unknown, on a chance (Li, Hipel, Kilgour and Fang 2004).
pub(crate) fn credible(reading: Reading, relation: Relation) -> bool {
    relation.is_gain() || (reading.allows_unknown() && relation == Relation::Unknown)
}
