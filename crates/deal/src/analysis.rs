//! Everything that this crate says about a space, in one go.

use crate::domain::Outcome;
use crate::error::DealError;
use crate::frontier::{Frontier, merged};
use crate::package::{Package, package};
use crate::ratify::Search;
use crate::solution::{Solutions, solutions};
use crate::space::Space;
use crate::statistics::{Extremes, extremes, opposition};
use crate::tipping::{Tipping, tipping, tipping_fallbacks};
use crate::zone::{Count, zone_count, zone_of};

/// Most trades listed for a package.
const TRADES: usize = 20;

/// What can be said of a negotiation from preferences alone.
#[derive(Clone, Debug, PartialEq)]
pub struct Analysis {
    /// Number of outcomes (exact up to 2⁵³).
    pub outcomes: f64,
    /// The Pareto frontier.
    pub frontier: Frontier,
    /// Best and worst values.
    pub extremes: Extremes,
    /// Distance from the ideal point to the nearest acceptable outcome; `None` if nothing is acceptable to all.
    pub opposition: Option<f64>,
    /// How many outcomes are acceptable to all.
    pub zone: Count,
    /// The cooperative solutions.
    pub solutions: Solutions,
    /// What would open or close the zone.
    pub tipping: Tipping,
    /// The outcomes asked about.
    pub packages: Vec<Package>,
}

/// Analyses a space and looks at some outcomes. Additive preferences are merged issue by issue; tables are enumerated.
///
/// # Errors
/// A space beyond the limits of `search`; an outcome that is not one of the domain's.
pub fn analyse(space: &Space, asked: &[Outcome], search: &Search) -> Result<Analysis, DealError> {
    let fallbacks = space.fallbacks();
    let extremes = extremes(space);
    let small = space
        .domain()
        .size()
        .is_some_and(|size| size <= search.enumerated);
    let additive = space.all_sums().is_ok();
    let all = if small || !additive {
        Some(space.enumerate(search.enumerated)?)
    } else {
        None
    };
    let frontier = match &all {
        Some(all) if !additive => Frontier::of(space.domain(), all),
        _ => merged(space, &search.merge)?,
    };
    let zone = match &all {
        Some(all) => Count::Exact(zone_of(all, &fallbacks)),
        None => zone_count(space, &fallbacks, search.seed)?,
    };
    let packages = asked
        .iter()
        .map(|outcome| package(space, &frontier, outcome, TRADES))
        .collect::<Result<_, _>>()?;
    Ok(Analysis {
        outcomes: space.domain().count(),
        opposition: opposition(&frontier.rational(&fallbacks), &extremes),
        solutions: solutions(&frontier, &fallbacks),
        tipping: if additive {
            tipping(space, &search.merge)?
        } else {
            tipping_fallbacks(&frontier, &fallbacks)
        },
        zone,
        extremes,
        packages,
        frontier,
    })
}
