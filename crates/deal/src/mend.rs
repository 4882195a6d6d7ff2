//! The smallest change of a refused outcome that everybody would accept.

use crate::domain::Outcome;
use crate::error::DealError;
use crate::package::Switch;
use crate::solution::gains;
use crate::space::Space;
use crate::statistics::{extremes, scales};

/// Most pairs of changes tried.
const PAIRS: usize = 2_000_000;

/// A change of an outcome after which no party prefers its fallback.
#[derive(Clone, Debug, PartialEq)]
pub struct Mend {
    /// One switch where one suffices, else two. Of two, the first helps those who refused more than the second does.
    pub switches: Vec<Switch>,
    /// The outcome after it.
    pub outcome: Outcome,
    /// Its value less the fallback, to every party.
    pub gains: Vec<f64>,
}

/// The smallest change of `outcome` that all parties would accept: fewest issues, then the largest smallest gain over a
/// fallback as a share of the party's range of values. `None` if the outcome is acceptable as it is, or if no change of
/// one or two issues makes it so (of two, where there are not more than two million pairs).
///
/// # Errors
/// An outcome that is not one of the domain's.
pub fn mend(space: &Space, outcome: &[u32]) -> Result<Option<Mend>, DealError> {
    if !space.domain().holds(outcome) {
        return Err(DealError::Outcome(format!("{outcome:?}")));
    }
    let search = Search {
        space,
        outcome,
        fallbacks: space.fallbacks(),
        scale: scales(&extremes(space)),
    };
    if search.smallest(&search.gains(&[])) >= 0.0 {
        return Ok(None);
    }
    let switches = search.switches();
    let singles = switches.iter().map(|switch| vec![*switch]);
    if let Some(best) = search.best(singles) {
        return Ok(Some(search.mend(best)));
    }
    if switches.len().saturating_mul(switches.len()) / 2 > PAIRS {
        return Ok(None);
    }
    let pairs = switches.iter().enumerate().flat_map(|(at, first)| {
        let others = switches[at + 1..].iter();
        others
            .filter(|second| second.issue != first.issue)
            .map(|second| vec![*first, *second])
    });
    Ok(search.best(pairs).map(|best| search.mend(best)))
}

struct Search<'a> {
    space: &'a Space,
    outcome: &'a [u32],
    fallbacks: Vec<f64>,
    scale: Vec<f64>,
}

impl Search<'_> {
    fn switches(&self) -> Vec<Switch> {
        let issues = self.outcome.iter().zip(self.space.domain().issues());
        issues
            .enumerate()
            .flat_map(|(issue, (&from, options))| {
                (0..options.options() as u32)
                    .filter(move |to| *to != from)
                    .map(move |to| Switch { issue, from, to })
            })
            .collect()
    }

    fn after(&self, switches: &[Switch]) -> Outcome {
        let mut outcome = self.outcome.to_vec();
        for switch in switches {
            outcome[switch.issue] = switch.to;
        }
        outcome
    }

    fn gains(&self, switches: &[Switch]) -> Vec<f64> {
        gains(&self.space.values(&self.after(switches)), &self.fallbacks)
    }

    /// The smallest gain as a share of its party's range.
    fn smallest(&self, gains: &[f64]) -> f64 {
        let shares = gains
            .iter()
            .zip(&self.scale)
            .map(|(gain, scale)| gain / scale);
        shares.fold(f64::INFINITY, f64::min)
    }

    /// The first of those with the largest smallest gain, if that is not a loss.
    fn best(&self, changes: impl Iterator<Item = Vec<Switch>>) -> Option<Vec<Switch>> {
        let mut best: Option<(f64, Vec<Switch>)> = None;
        for change in changes {
            let smallest = self.smallest(&self.gains(&change));
            if smallest >= 0.0 && best.as_ref().is_none_or(|(least, _)| smallest > *least) {
                best = Some((smallest, change));
            }
        }
        best.map(|(_, change)| change)
    }

    fn mend(&self, mut switches: Vec<Switch>) -> Mend {
        let before = self.gains(&[]);
        let helped = |switch: &Switch| -> f64 {
            let after = self.gains(&[*switch]);
            (0..before.len())
                .filter(|party| before[*party] < 0.0)
                .map(|party| (after[party] - before[party]) / self.scale[party])
                .sum()
        };
        // Stable: of equals, the first in the order of issues.
        switches.sort_by(|a, b| helped(b).total_cmp(&helped(a)));
        Mend {
            outcome: self.after(&switches),
            gains: self.gains(&switches),
            switches,
        }
    }
}
