//! What reports show of what was found.

use detente_deal::{Count, DealError, Package, Point, Solutions, Space, Trade, density};

use super::picture::{PLANE_SIDE, named_points, named_solutions, pairs, planes, win_sets};
use super::words::{agreed, list, sentences, steps};
use super::{Found, worth};
use crate::model::{Deal, DealIssue, DealPackage, DealParty, DealSolution, DealZone};

/// All of it, with its pictures.
///
/// # Errors
/// A space too large to enumerate with preferences that are not additive.
pub fn view(found: &Found) -> Result<Deal, DealError> {
    let space = &found.space;
    let analysis = &found.analysis;
    let extremes = &analysis.extremes;
    let seats = space.parties().len();
    let parties = space
        .parties()
        .iter()
        .enumerate()
        .map(|(p, party)| DealParty {
            name: party.party.clone(),
            colour: found.colours[p],
            fallback: party.fallback,
            worst: extremes.worst[p],
            best: extremes.ideal[p],
        });
    let (drawn, more_planes) = pairs(seats);
    let packages = found.packages.iter().zip(&analysis.packages);
    let mut marks: Vec<_> = packages
        .map(|(name, package)| (name.clone(), package.values.clone(), false))
        .collect();
    marks.extend(named_points(&analysis.solutions));
    let (densities, shares) = density(&found.everyone, seats, &drawn, PLANE_SIDE, &found.search)?;
    Ok(Deal {
        title: found.title.clone(),
        outcomes: analysis.outcomes,
        zone: match analysis.zone {
            Count::Exact(count) => DealZone {
                count,
                standard_error: None,
                sample: None,
            },
            Count::Estimated {
                count,
                standard_error,
                sample,
            } => DealZone {
                count,
                standard_error: Some(standard_error),
                sample: Some(sample),
            },
        },
        frontier: analysis.frontier.len(),
        opposition: analysis.opposition,
        parties: parties.collect(),
        issues: issues(found)?,
        solutions: solved(space, &analysis.solutions),
        packages: (0..found.packages.len())
            .map(|k| package(found, k))
            .collect(),
        sentences: sentences(found),
        win_sets: win_sets(found, &shares),
        ratifiers: found.ratification.is_some(),
        planes: planes(space, &analysis.frontier, &densities, &marks),
        more_planes,
        sampled: shares.sampled.then_some(shares.looked_at),
        draws: (found.draws > 0).then_some(found.draws),
    })
}

fn issues(found: &Found) -> Result<Vec<DealIssue>, DealError> {
    let space = &found.space;
    let additive = space.parties().iter().all(|p| p.as_additive().is_some());
    let mut options = if additive {
        Vec::new()
    } else {
        worth::options(space, found.search.enumerated)?
    }
    .into_iter();
    let issues = space.domain().issues().iter().enumerate();
    let issues = issues.map(|(i, issue)| DealIssue {
        name: issue.name.clone(),
        stakes: if additive {
            stakes(space, i)
        } else {
            Vec::new()
        },
        favourites: if additive {
            favourites(space, i)
        } else {
            Vec::new()
        },
        options: options.next().unwrap_or_default(),
    });
    Ok(issues.collect())
}

/// The share of every party's range of sums that hangs on an issue.
fn stakes(space: &Space, issue: usize) -> Vec<f64> {
    let additive = space.parties().iter().filter_map(|p| p.as_additive());
    let stakes = additive.map(|additive| {
        let width = |(weight, scores): (&f64, &Vec<f64>)| {
            let high = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            let low = scores.iter().copied().fold(f64::INFINITY, f64::min);
            weight * (high - low)
        };
        let widths: Vec<f64> = (additive.weights.iter().zip(&additive.scores))
            .map(width)
            .collect();
        let total: f64 = widths.iter().sum();
        if total > 0.0 {
            widths[issue] / total
        } else {
            0.0
        }
    });
    stakes.collect()
}

/// The option of an issue that each party likes best.
fn favourites(space: &Space, issue: usize) -> Vec<String> {
    let options = &space.domain().issues()[issue];
    let additive = space.parties().iter().filter_map(|p| p.as_additive());
    let favourites = additive.filter_map(|additive| {
        let scores = additive.scores.get(issue)?;
        let top = (0..scores.len()).reduce(|a, b| if scores[b] > scores[a] { b } else { a });
        Some(options.label(top?))
    });
    favourites.collect()
}

/// The solutions; one at the outcome of an earlier one says so.
fn solved(space: &Space, solutions: &Solutions) -> Vec<DealSolution> {
    let named = named_solutions(solutions);
    let words = |k: usize, point: &Point| {
        let same = |(_, p): &&(&str, &Option<Point>)| {
            p.as_ref().is_some_and(|p| p.outcome == point.outcome)
        };
        match named[..k].iter().find(same) {
            Some((earlier, _)) => format!("as {earlier}"),
            None => agreed(space, &point.outcome),
        }
    };
    let solution = |(k, (name, point)): (usize, &(&str, &Option<Point>))| DealSolution {
        name: (*name).to_owned(),
        values: point.as_ref().map(|point| point.values.clone()),
        agreed: point
            .as_ref()
            .map_or_else(|| "none".to_owned(), |point| words(k, point)),
    };
    named.iter().enumerate().map(solution).collect()
}

fn package(found: &Found, k: usize) -> DealPackage {
    let space = &found.space;
    let looked: &Package = &found.analysis.packages[k];
    let help = match (&found.mends[k], looked.trades.first()) {
        (Some(mend), _) => format!(
            "Acceptable to all with {}.",
            steps(&found.everyone, &mend.switches)
        ),
        (None, Some(trade)) => format!("Better at the table: {}.", traded(space, trade)),
        (None, None) if looked.efficient => String::new(),
        (None, None) => "No trade of two issues; larger changes would help all.".to_owned(),
    };
    let values = found.everyone.values(&looked.outcome);
    let everyone = values.iter().zip(found.everyone.parties());
    DealPackage {
        name: found.packages[k].clone(),
        agreed: agreed(space, &looked.outcome),
        values: looked.values.clone(),
        gains: looked.gains.clone(),
        acceptable: everyone.fold(true, |all, (v, party)| all && *v >= party.fallback),
        efficient: looked.efficient,
        distance: looked.distance,
        verdict: verdict(space, looked),
        help,
        share: (found.refused.as_ref()).and_then(|refused| Some(refused.get(k)?.all)),
    }
}

fn verdict(space: &Space, package: &Package) -> String {
    let refusers: Vec<&str> = space
        .parties()
        .iter()
        .zip(&package.gains)
        .filter(|(_, gain)| **gain < 0.0)
        .map(|(party, _)| party.party.as_str())
        .collect();
    let mut words = match refusers.as_slice() {
        [] => "acceptable to all".to_owned(),
        refusers => format!("worse than no deal for {}", list(refusers)),
    };
    words += if package.efficient {
        "; on the frontier"
    } else {
        "; not on the frontier"
    };
    if let Some(trade) = package.trades.first() {
        words += &format!("; all would rather have {}", traded(space, trade));
    }
    words
}

/// Where a trade leads.
fn traded(space: &Space, trade: &Trade) -> String {
    let parts: Vec<String> = trade
        .switches
        .iter()
        .map(|switch| {
            let issue = &space.domain().issues()[switch.issue];
            format!("{} {}", issue.name, issue.label(switch.to as usize))
        })
        .collect();
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    list(&parts)
}
