//! What every actor makes of every position: distances, attitudes to risk, utilities.

use super::options::{Options, RiskRange};
use crate::voting::{Square, coalitions, elect};

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

/// Distances and attitudes in one turn. Squares hold, position by position, a number for every actor.
pub(super) struct View {
    /// The utility of each position to every actor without regard to risk, and what a unit of attitude adds.
    neutral: Square,
    bend: Square,
    /// Every actor's attitude to risk.
    pub risk: Vec<f64>,
}

impl View {
    /// Looks at the positions of a turn.
    pub fn new(cast: &Cast, positions: &[f64], ideals: &[f64], options: &Options) -> View {
        let (n, k) = (cast.actors, cast.issues);
        let mut distances = Square::new(n, 0.0);
        let columns = distances.values.chunks_exact_mut(n);
        for (column, position) in columns.zip(positions.chunks_exact(k)) {
            let to = column.iter_mut().zip(ideals.chunks_exact(k)).enumerate();
            for (i, (distance, ideal)) in to {
                *distance = cast.distance(i, ideal, position);
            }
        }
        let neutral = distances.map(|d| 1.0 - d);
        // Saliences play no part here, as in the program: only what an actor could bring to bear.
        let strengths = coalitions(
            &neutral.rows(),
            &cast.influence,
            options.voting,
            options.ktab,
        );
        let chances = elect(&strengths, options.victory, options.election);
        View {
            bend: distances.map(|d| utility(d, 1.0) - (1.0 - d)),
            risk: attitudes(&chances, options.risk_range),
            neutral,
        }
    }

    /// Every actor's attitude to risk as `viewer` sees it, written into `into`.
    pub fn attitudes_seen(&self, viewer: usize, options: &Options, into: &mut [f64]) {
        let share = options.risk_view.share();
        let own = (1.0 - share) * self.risk[viewer];
        for (seen, risk) in into.iter_mut().zip(&self.risk) {
            *seen = own + share * risk;
        }
    }

    /// The utility of a position to every actor with these attitudes, written into `into`.
    pub fn utilities(&self, position: usize, attitudes: &[f64], into: &mut [f64]) {
        let count = into.len();
        let (neutral, bend) = (self.neutral.row(position), self.bend.row(position));
        let (neutral, bend) = (&neutral[..count], &bend[..count]);
        let attitudes = &attitudes[..count];
        for (m, u) in into.iter_mut().enumerate() {
            *u = neutral[m] + bend[m] * attitudes[m];
        }
    }

    /// The utility of a position to one actor with this attitude.
    pub fn utility(&self, position: usize, actor: usize, attitude: f64) -> f64 {
        self.neutral.at(position, actor) + self.bend.at(position, actor) * attitude
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
