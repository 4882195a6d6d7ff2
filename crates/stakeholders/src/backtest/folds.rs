//! Which cases are learnt from and which are asked about.

use std::collections::BTreeSet;

use rand::SeedableRng;
use rand::seq::SliceRandom;
use rand_pcg::Pcg64Mcg;
use serde::{Deserialize, Serialize};

use super::case::Case;

/// How cases are held back, always whole groups.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Folds {
    /// One group after the other.
    EachGroup,
    /// Groups are dealt into this many folds after a shuffle with this seed.
    Dealt(usize, u64),
}

impl Folds {
    /// The fold of every case, and how many folds there are.
    pub fn deal(self, cases: &[Case]) -> (Vec<usize>, usize) {
        let mut groups: Vec<&str> = cases
            .iter()
            .map(|case| case.group.as_str())
            .collect::<BTreeSet<_>>()
            .into_iter()
            .collect();
        let folds = match self {
            Folds::EachGroup => groups.len(),
            Folds::Dealt(folds, seed) => {
                groups.shuffle(&mut Pcg64Mcg::seed_from_u64(seed));
                folds.clamp(1, groups.len().max(1))
            }
        };
        let of = |case: &Case| {
            let at = groups.iter().position(|group| *group == case.group);
            at.map_or(0, |at| at % folds.max(1))
        };
        (cases.iter().map(of).collect(), folds)
    }
}
