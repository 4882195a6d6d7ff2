//! What pictures of a negotiation need: planes of two parties' values, and shares of all outcomes.

use detente_deal::{Density, Frontier, Point, Shares, Solutions, Space};

use super::Found;
use crate::model::{DealBin, DealMark, DealPlane, DealShare};

/// Most planes drawn.
const MOST_PLANES: usize = 6;
/// Bins along each side of a plane.
pub const PLANE_SIDE: usize = 56;
/// Most points of a frontier drawn.
const POINTS: usize = 1_500;

/// A named outcome: its name, its values to all parties, and whether it is a solution.
pub type Named = (String, Vec<f64>, bool);

/// The pairs of this many parties of which a plane is drawn, and how many more there are.
pub fn pairs(parties: usize) -> (Vec<[usize; 2]>, usize) {
    let mut pairs: Vec<[usize; 2]> = (0..parties)
        .flat_map(|a| (a + 1..parties).map(move |b| [a, b]))
        .collect();
    let more = pairs.len().saturating_sub(MOST_PLANES);
    pairs.truncate(MOST_PLANES);
    (pairs, more)
}

/// The solutions that there are.
pub fn named_points(solutions: &Solutions) -> Vec<Named> {
    let named = named_solutions(solutions).into_iter();
    named
        .filter_map(|(name, point)| Some((name.to_owned(), point.as_ref()?.values.clone(), true)))
        .collect()
}

/// The solutions with their names.
pub(super) fn named_solutions(solutions: &Solutions) -> [(&'static str, &Option<Point>); 5] {
    [
        ("Nash", &solutions.nash),
        ("Kalai–Smorodinsky", &solutions.kalai_smorodinsky),
        ("egalitarian", &solutions.egalitarian),
        ("utilitarian", &solutions.utilitarian),
        ("Zeuthen", &solutions.zeuthen),
    ]
}

/// The planes of these densities, with the frontier and named outcomes of their space.
pub fn planes(
    space: &Space,
    frontier: &Frontier,
    densities: &[Density],
    named: &[Named],
) -> Vec<DealPlane> {
    let plane = |density: &Density| plane(space, frontier, density, named);
    densities.iter().map(plane).collect()
}

fn plane(space: &Space, frontier: &Frontier, density: &Density, named: &[Named]) -> DealPlane {
    let [a, b] = density.parties;
    let on_plane = |values: &[f64]| [values[a], values[b]];
    let stride = frontier.len().div_ceil(POINTS).max(1);
    let points = (0..frontier.len())
        .filter(|p| p.is_multiple_of(stride) || p + 1 == frontier.len())
        .map(|p| on_plane(frontier.values(p)));
    let bins = density.bins.iter().enumerate();
    let bins = bins.filter(|(_, bin)| bin.all > 0);
    DealPlane {
        parties: density.parties,
        low: density.low,
        high: density.high,
        fallbacks: on_plane(&space.fallbacks()),
        side: density.side,
        bins: bins
            .map(|(at, bin)| DealBin {
                column: at % density.side,
                row: at / density.side,
                all: bin.all,
                zone: bin.zone,
                ratified: bin.ratified,
            })
            .collect(),
        frontier: points.collect(),
        joined: space.parties().len() == 2,
        marks: marks(named, on_plane),
    }
}

/// Those of a kind that lie at the same place together.
fn marks(named: &[Named], on_plane: impl Fn(&[f64]) -> [f64; 2]) -> Vec<DealMark> {
    let mut marks: Vec<DealMark> = Vec::new();
    for (name, values, solution) in named {
        let (at, solution) = (on_plane(values), *solution);
        let here = |mark: &&mut DealMark| mark.at == at && mark.solution == solution;
        match marks.iter_mut().find(here) {
            Some(mark) => mark.name += &format!(", {name}"),
            None => marks.push(DealMark {
                name: name.clone(),
                at,
                solution,
            }),
        }
    }
    marks
}

/// Who accepts what share of all outcomes.
pub(super) fn win_sets(found: &Found, shares: &Shares) -> Vec<DealShare> {
    let seats = found.space.parties().len();
    // Laplace's rule keeps the error of a share of 0 or 1 above 0.
    let standard_error = |share: f64| {
        let looked_at = shares.looked_at as f64;
        let smoothed = (share * looked_at + 1.0) / (looked_at + 2.0);
        let error = (smoothed * (1.0 - smoothed) / looked_at).sqrt();
        shares.sampled.then_some(error)
    };
    let parties = found
        .everyone
        .parties()
        .iter()
        .zip(&shares.each)
        .enumerate();
    let mut rows: Vec<DealShare> = parties
        .map(|(p, (party, share))| DealShare {
            name: if p < seats {
                party.party.clone()
            } else {
                format!("{} (ratifies)", party.party)
            },
            share: *share,
            standard_error: standard_error(*share),
            joint: false,
        })
        .collect();
    let joint = |name: &str, share: f64| DealShare {
        name: name.to_owned(),
        share,
        standard_error: standard_error(share),
        joint: true,
    };
    rows.push(joint("All at the table", shares.zone));
    if found.ratification.is_some() {
        rows.push(joint("And ratified", shares.ratified));
    }
    rows
}
