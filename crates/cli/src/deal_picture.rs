//! What the page of `detente deal` shows beyond the terminal's screen.

use detente_deal::{DealError, Density, Package, Shares, density};
use detente_report::{DealMark, DealPackage, DealPage, DealPlane, DealShare, DealView};

use crate::deal::Found;
use crate::deal_view::{named_solutions, traded};
use crate::deal_words::{agreed, steps};

/// Most planes drawn.
const PLANES: usize = 6;
/// Bins along each side of a plane.
const SIDE: usize = 56;
/// Most points of a frontier drawn.
const POINTS: usize = 1_500;

/// The page.
///
/// # Errors
/// A space too large to enumerate with preferences that are not additive.
pub fn page(found: &Found, view: DealView) -> Result<DealPage, DealError> {
    let seats = found.space.parties().len();
    let pairs: Vec<[usize; 2]> = (0..seats)
        .flat_map(|a| (a + 1..seats).map(move |b| [a, b]))
        .collect();
    let drawn = &pairs[..pairs.len().min(PLANES)];
    let (planes, shares) = density(&found.everyone, seats, drawn, SIDE, &found.search)?;
    Ok(DealPage {
        planes: planes
            .into_iter()
            .map(|plane| picture(found, plane))
            .collect(),
        more_planes: pairs.len() - drawn.len(),
        ratifiers: found.ratification.is_some(),
        sampled: shares.sampled.then_some(shares.looked_at),
        shares: win_sets(found, &shares),
        best: best(found),
        packages: (0..found.packages.len())
            .map(|k| package(found, k))
            .collect(),
        view,
    })
}

fn picture(found: &Found, density: Density) -> DealPlane {
    let fallbacks = found.space.fallbacks();
    let [a, b] = density.parties;
    let on_plane = |values: &[f64]| [values[a], values[b]];
    let frontier = &found.analysis.frontier;
    let stride = frontier.len().div_ceil(POINTS).max(1);
    let points = (0..frontier.len())
        .filter(|p| p.is_multiple_of(stride) || p + 1 == frontier.len())
        .map(|p| on_plane(frontier.values(p)));
    DealPlane {
        parties: density.parties,
        low: density.low,
        high: density.high,
        fallbacks: on_plane(&fallbacks),
        side: density.side,
        bins: (density.bins.iter())
            .map(|bin| [bin.all, bin.zone, bin.ratified])
            .collect(),
        frontier: points.collect(),
        joined: found.space.parties().len() == 2,
        marks: marks(found, on_plane),
    }
}

/// Packages, then solutions; those at the same place together.
fn marks(found: &Found, on_plane: impl Fn(&[f64]) -> [f64; 2]) -> Vec<DealMark> {
    let packages = found.packages.iter().zip(&found.analysis.packages);
    let packages = packages.map(|(name, package)| (name.clone(), on_plane(&package.values), false));
    let solutions = named_solutions(&found.analysis.solutions);
    let solutions = solutions.into_iter().filter_map(|(name, point)| {
        Some((name.to_owned(), on_plane(&point.as_ref()?.values), true))
    });
    let mut marks: Vec<DealMark> = Vec::new();
    for (name, at, solution) in packages.chain(solutions) {
        let here = |mark: &&mut DealMark| mark.at == at && mark.solution == solution;
        match marks.iter_mut().find(here) {
            Some(mark) => mark.name += &format!(", {name}"),
            None => marks.push(DealMark { name, at, solution }),
        }
    }
    marks
}

fn win_sets(found: &Found, shares: &Shares) -> Vec<DealShare> {
    let seats = found.space.parties().len();
    let parties = found
        .everyone
        .parties()
        .iter()
        .zip(&shares.each)
        .enumerate();
    let mut rows: Vec<DealShare> = parties
        .map(|(p, (party, share))| DealShare {
            label: if p < seats {
                party.party.clone()
            } else {
                format!("{} (ratifies)", party.party)
            },
            share: *share,
            joint: false,
        })
        .collect();
    let joint = |label: &str, share: f64| DealShare {
        label: label.to_owned(),
        share,
        joint: true,
    };
    rows.push(joint("All at the table", shares.zone));
    if found.ratification.is_some() {
        rows.push(joint("And ratified", shares.ratified));
    }
    rows
}

/// Of every issue, the option that each party likes best; nothing where preferences are tables.
fn best(found: &Found) -> Vec<Vec<String>> {
    let issues = found.space.domain().issues().iter().enumerate();
    issues
        .map(|(i, issue)| {
            let parties = found.space.parties().iter();
            let favourite = parties.filter_map(|party| {
                let scores = party.as_additive()?.scores.get(i)?;
                let top =
                    (0..scores.len()).reduce(|a, b| if scores[b] > scores[a] { b } else { a });
                Some(issue.label(top?))
            });
            favourite.collect()
        })
        .collect()
}

fn package(found: &Found, k: usize) -> DealPackage {
    let looked: &Package = &found.analysis.packages[k];
    let trade = match (&found.mends[k], looked.trades.first()) {
        (Some(mend), _) => format!(
            "Acceptable to all with {}.",
            steps(&found.everyone, &mend.switches)
        ),
        (None, Some(trade)) => format!("Better at the table: {}.", traded(&found.space, trade)),
        (None, None) if looked.efficient => String::new(),
        (None, None) => "No trade of two issues; larger changes would help all.".to_owned(),
    };
    DealPackage {
        name: found.packages[k].clone(),
        agreed: agreed(&found.space, &looked.outcome),
        gains: looked.gains.clone(),
        distance: looked.distance,
        efficient: looked.efficient,
        trade,
        share: (found.refused.as_ref()).and_then(|refused| Some(refused.get(k)?.all)),
    }
}
