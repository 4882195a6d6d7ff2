//! What every actor makes of every position: distances, attitudes to risk, utilities.

use super::options::{Options, RiskRange};
use crate::voting::{Square, borrowed, coalitions, elect};

/// The unchanging part: who the actors are.
pub(super) struct Cast {
    /// Actors.
    pub actors: usize,
    /// Issues.
    pub issues: usize,
    /// Influence of each.
    pub influence: Vec<f64>,
    /// Saliences, actor by actor.
    pub salience: Vec<f64>,
    /// Sum of an actor's saliences: the share of its means that it uses.
    pub effort: Vec<f64>,
    /// Influence times effort.
    pub weight: Vec<f64>,
}

impl Cast {
    /// An actor's saliences.
    pub fn salience(&self, i: usize) -> &[f64] {
        &self.salience[i * self.issues..(i + 1) * self.issues]
    }

    /// How far `position` is from `ideal` to actor `i`, weighed by its saliences; between 0 and 1.
    pub fn distance(&self, i: usize, ideal: &[f64], position: &[f64]) -> f64 {
        if let ([a], [b]) = (ideal, position) {
            return (a - b).abs();
        }
        let (mut sum, mut norm) = (0.0, 0.0);
        for ((s, a), b) in self.salience(i).iter().zip(ideal).zip(position) {
            sum += s * s * (a - b) * (a - b);
            norm += s * s;
        }
        if norm > 0.0 { (sum / norm).sqrt() } else { 0.0 }
    }
}

/// Utility at a distance, to an actor with attitude `risk`: from 1 at its ideal to 0 at distance 1.
#[inline]
pub(super) fn utility(distance: f64, risk: f64) -> f64 {
    let within = if distance < 1.0 { distance } else { 1.0 };
    (1.0 - distance) * (1.0 + within * risk)
}

/// Distances and attitudes in one turn.
pub(super) struct View {
    /// Position by position, its distance from every actor's ideal.
    pub distances: Vec<Vec<f64>>,
    /// Position by position, its utility to every actor without regard to risk, and what a unit of attitude adds.
    neutral: Vec<Vec<f64>>,
    bend: Vec<Vec<f64>>,
    /// Every actor's attitude to risk.
    pub risk: Vec<f64>,
}

impl View {
    /// Looks at the positions of a turn.
    pub fn new(cast: &Cast, positions: &[f64], ideals: &[f64], options: &Options) -> View {
        let k = cast.issues;
        let distances: Vec<Vec<f64>> = positions
            .chunks_exact(k)
            .map(|position| {
                let to = |(i, ideal)| cast.distance(i, ideal, position);
                ideals.chunks_exact(k).enumerate().map(to).collect()
            })
            .collect();
        let neutral: Vec<Vec<f64>> = distances
            .iter()
            .map(|column| column.iter().map(|d| 1.0 - d).collect())
            .collect();
        // Saliences play no part here, as in the program: only what an actor could bring to bear.
        let strengths = coalitions(
            &borrowed(&neutral),
            &cast.influence,
            options.voting,
            options.ktab,
        );
        let chances = elect(&strengths, options.victory, options.election);
        let risk = attitudes(&chances, options.risk_range);
        let bends = |column: &Vec<f64>| {
            column
                .iter()
                .map(|d| utility(*d, 1.0) - (1.0 - d))
                .collect()
        };
        View {
            bend: distances.iter().map(bends).collect(),
            neutral,
            distances,
            risk,
        }
    }

    /// Position by position, its utility to every actor as `viewer` sees it, written into `into`.
    pub fn seen_by(&self, viewer: usize, options: &Options, into: &mut Square) {
        let share = options.risk_view.share();
        let own = (1.0 - share) * self.risk[viewer];
        let seen: Vec<f64> = self.risk.iter().map(|risk| own + share * risk).collect();
        let n = self.risk.len();
        let columns = self.neutral.iter().zip(&self.bend);
        for ((neutral, bend), out) in columns.zip(into.values.chunks_exact_mut(n)) {
            for ((u, (a, b)), r) in out.iter_mut().zip(neutral.iter().zip(bend)).zip(&seen) {
                *u = a + b * r;
            }
        }
    }
}

/// Those likely to be elected have something to lose (negative: averse) or dare (positive), by the range chosen.
fn attitudes(chances: &[f64], range: RiskRange) -> Vec<f64> {
    let least = chances.iter().copied().fold(f64::INFINITY, f64::min);
    let most = chances.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let width = most - least;
    let attitude = |p: &f64| {
        if width <= 0.0 {
            return 0.0;
        }
        match range {
            RiskRange::Min => (p - least) / width,
            RiskRange::Mid => (3.0 * p - most - 2.0 * least) / (2.0 * width),
            RiskRange::Max => (2.0 * p - most - least) / width,
        }
    };
    chances.iter().map(attitude).collect()
}
