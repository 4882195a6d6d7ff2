//! What a challenger proposes, and which proposals are taken.

use super::challenge::{Challenge, Reckoner};
use super::options::{Bargaining, Weighing};
use super::view::{Cast, View, utility};
use crate::voting::Square;

/// Two positions that two actors would take.
#[derive(Clone, Debug)]
pub(super) struct Bargain {
    pub from: usize,
    pub to: usize,
    /// Where the challenger would go.
    pub from_position: Vec<f64>,
    /// Where the challenged would go.
    pub to_position: Vec<f64>,
}

/// Keeps weights of a bargain above 0.
const MARGIN: f64 = 1e-6;

/// Positions are agreed to a ten-thousandth of the scale.
fn rounded(x: f64) -> f64 {
    (0.5 + 1e4 * x).trunc() / 1e4
}

/// Where a challenge would lead, with chances `p` and `q` of the two sides.
fn interpolate(
    cast: &Cast,
    positions: &[f64],
    (i, j): (usize, usize),
    (p, q): (f64, f64),
    weighing: Weighing,
) -> Bargain {
    let k = cast.issues;
    let (at_i, at_j) = (&positions[i * k..][..k], &positions[j * k..][..k]);
    let between = |d: usize| {
        let (a, b) = (at_i[d], at_j[d]);
        let (si, sj) = (cast.salience(i)[d], cast.salience(j)[d]);
        let mix = |wi: f64, wj: f64| {
            (
                rounded(((wi + MARGIN) * a + wj * b) / (wi + MARGIN + wj)),
                rounded((wi * a + (MARGIN + wj) * b) / (wi + MARGIN + wj)),
            )
        };
        match weighing {
            Weighing::S1P1 => mix(si * p, sj * q),
            Weighing::S2P2 => mix(si * si * (p * p), sj * sj * (q * q)),
            Weighing::S2PMax => {
                let shift = |lag: f64, own: f64, other: f64| {
                    let pull = lag * other * other;
                    pull / (pull + MARGIN + (1.0 - lag) * own * own)
                };
                let (x, y) = (
                    shift((q - p).max(0.0), si, sj),
                    shift((p - q).max(0.0), sj, si),
                );
                (a + x * (b - a), b + y * (a - b))
            }
        }
    };
    let (from_position, to_position) = (0..k).map(between).unzip();
    Bargain {
        from: i,
        to: j,
        from_position,
        to_position,
    }
}

/// The bargains that a challenge puts on the table; `target` reckons as the challenged sees it.
pub(super) fn proposals(
    cast: &Cast,
    positions: &[f64],
    challenge: &Challenge,
    weighing: Weighing,
    bargaining: Bargaining,
    target: impl FnOnce() -> (f64, f64),
    ktab: bool,
) -> Vec<Bargain> {
    let (i, j) = (challenge.from, challenge.to);
    let pair = (i, j);
    let p = challenge.chance;
    let own = interpolate(cast, positions, pair, (p, 1.0 - p), weighing);
    if bargaining == Bargaining::Initiator {
        return vec![own];
    }
    let (chance, gain) = target();
    // The program takes the gain where the chance is meant.
    let q = if ktab { gain } else { chance };
    let other = interpolate(cast, positions, pair, (q, 1.0 - q), weighing);
    if bargaining == Bargaining::Both {
        return vec![own, other];
    }
    // And the challenger's influence where the challenged's is meant.
    let influence = cast.influence[if ktab { i } else { j }];
    let (wi, wj) = (cast.weight[i], influence * cast.effort[j]);
    let average = |a: &[f64], b: &[f64]| -> Vec<f64> {
        a.iter()
            .zip(b)
            .map(|(a, b)| (wi * a + wj * b) / (wi + wj))
            .collect()
    };
    vec![Bargain {
        from: i,
        to: j,
        from_position: average(&own.from_position, &other.from_position),
        to_position: average(&own.to_position, &other.to_position),
    }]
}

/// What actors make of where they stand.
pub(super) struct Worth<'a> {
    cast: &'a Cast,
    view: &'a View,
    ideals: &'a [f64],
    /// Position by position, its utility to every actor, as the actor itself sees it.
    utilities: Square,
    /// Actor by actor, the sum of its utilities of all positions.
    sums: Vec<f64>,
}

impl<'a> Worth<'a> {
    /// Looks at the positions of a turn.
    pub fn new(cast: &'a Cast, view: &'a View, ideals: &'a [f64]) -> Worth<'a> {
        let mut sums = vec![0.0; cast.actors];
        let mut utilities = Square::new(cast.actors, 0.0);
        for (position, column) in utilities.values.chunks_exact_mut(cast.actors).enumerate() {
            view.utilities(position, &view.risk, column);
            for (sum, u) in sums.iter_mut().zip(column) {
                *sum += *u;
            }
        }
        Worth {
            cast,
            view,
            ideals,
            utilities,
            sums,
        }
    }

    /// The mean utility of all positions to every actor, as things are.
    pub fn status_quo(&self) -> Vec<f64> {
        let n = self.cast.actors as f64;
        self.sums.iter().map(|sum| sum / n).collect()
    }

    /// The same after a bargain, everybody else staying where it is.
    pub fn after(&self, bargain: &Bargain) -> Vec<f64> {
        let (n, k) = (self.cast.actors, self.cast.issues);
        let (from, to) = (
            self.utilities.row(bargain.from),
            self.utilities.row(bargain.to),
        );
        let value = |(a, ideal): (usize, &[f64])| {
            let risk = self.view.risk[a];
            let new = |position: &[f64]| utility(self.cast.distance(a, ideal, position), risk);
            let change =
                new(&bargain.from_position) - from[a] + (new(&bargain.to_position) - to[a]);
            (self.sums[a] + change) / n as f64
        };
        self.ideals.chunks_exact(k).enumerate().map(value).collect()
    }
}

/// What the challenged of `challenge` reckons: its own view of the chance, and of the challenger's gain.
pub(super) fn as_target(reckoner: &mut Reckoner, challenge: &Challenge) -> (f64, f64) {
    reckoner.look(challenge.to, challenge.from);
    reckoner.reckon(challenge.to)
}
