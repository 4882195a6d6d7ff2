//! How influence becomes votes, votes coalitions, and coalitions the chance to win.

use serde::{Deserialize, Serialize};

/// How strongly a difference in utility moves an actor to throw its weight behind the better of two.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum VotingRule {
    /// All the weight, however small the difference.
    Binary,
    /// Four fifths proportional, one fifth binary.
    PropBin,
    /// In proportion to the difference.
    #[default]
    Proportional,
    /// Half proportional, half cubic.
    PropCbc,
    /// With the cube of the difference.
    Cubic,
    /// In proportion, gains counted at two thirds of losses (after prospect theory).
    Asymmetric,
}

/// Differences below this are ties to the binary rules.
const TIE: f64 = 1e-8;

impl VotingRule {
    /// The share of its weight that an actor gives to the better of two, negative for the second, when the first is
    /// better by `difference` (utilities lie between 0 and 1 or a small multiple).
    #[inline]
    pub fn vote(self, difference: f64) -> f64 {
        let binary = (difference / TIE).clamp(-1.0, 1.0);
        let cube = difference * difference * difference;
        match self {
            VotingRule::Binary => binary,
            VotingRule::PropBin => 0.8 * difference + 0.2 * binary,
            VotingRule::Proportional => difference,
            VotingRule::PropCbc => 0.5 * difference + 0.5 * cube,
            VotingRule::Cubic => cube,
            VotingRule::Asymmetric if difference > 0.0 => 2.0 * difference / 3.0,
            VotingRule::Asymmetric => difference,
        }
    }
}

/// How the strengths of two coalitions become the chance that the first wins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Victory {
    /// The share in the sum of strengths.
    #[default]
    Linear,
    /// The share of squares.
    Square,
    /// The share of fourth powers.
    Quartic,
    /// The share of eighth powers.
    Octic,
    /// The stronger wins if it is stronger by a tenth; between, a straight line.
    Binary,
}

/// How much stronger the binary model wants a winner to be.
const CLEAR: f64 = 1.1;
/// The chance, in parts of the winner's, that the binary model leaves to a clearly weaker side.
const REMNANT: f64 = 1e-6;

impl Victory {
    /// The chance that strength `x` wins against `y`, both above 0.
    #[inline]
    pub fn chance(self, x: f64, y: f64) -> f64 {
        let share = |power: i32| {
            let (x, y) = (x.powi(power), y.powi(power));
            x / (x + y)
        };
        match self {
            Victory::Linear => x / (x + y),
            Victory::Square => share(2),
            Victory::Quartic => share(4),
            Victory::Octic => share(8),
            Victory::Binary if x >= CLEAR * y => 1.0 / (1.0 + REMNANT),
            Victory::Binary if y >= CLEAR * x => REMNANT / (1.0 + REMNANT),
            Victory::Binary => (x / (x + y) * (1.0 + CLEAR) - 1.0) / (CLEAR - 1.0),
        }
    }
}

/// How chances to win every pair become the chances of being chosen: the probabilistic Condorcet election.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Election {
    /// The chance of winning all pairs, given that one does.
    #[default]
    Conditional,
    /// The standing distribution of a walk that challenges every other alike.
    MarkovUniform,
    /// The same, where stronger challengers come more often.
    MarkovIncentive,
}

/// A square array of numbers, row by row.
#[derive(Clone, Debug, Default)]
pub(crate) struct Square {
    pub size: usize,
    pub values: Vec<f64>,
}

impl Square {
    pub fn new(size: usize, value: f64) -> Square {
        Square {
            size,
            values: vec![value; size * size],
        }
    }

    /// The same with every number changed.
    pub fn map(&self, change: impl Fn(f64) -> f64) -> Square {
        Square {
            size: self.size,
            values: self.values.iter().map(|x| change(*x)).collect(),
        }
    }

    /// All rows.
    pub fn rows(&self) -> Vec<&[f64]> {
        self.values.chunks_exact(self.size).collect()
    }

    pub fn row(&self, i: usize) -> &[f64] {
        &self.values[i * self.size..(i + 1) * self.size]
    }

    pub fn at(&self, i: usize, j: usize) -> f64 {
        self.values[i * self.size + j]
    }

    pub fn set(&mut self, i: usize, j: usize, value: f64) {
        self.values[i * self.size + j] = value;
    }
}

/// Every coalition has at least this strength.
pub(crate) const LEAST: f64 = 1e-8;

/// The strength of those who prefer `i` to `j`, for all pairs of options: `options` holds, option by option, every
/// actor's utility of it; `weights` the actors' weights.
///
/// `ordered`: votes are asked once per pair, for the later against the earlier, as KTAB asks; else the asymmetric rule
/// would tell the same pair differently in the two orders, and the mean of both is taken.
pub(crate) fn coalitions(
    options: &[&[f64]],
    weights: &[f64],
    rule: VotingRule,
    ordered: bool,
) -> Square {
    let mut strengths = Square::new(options.len(), LEAST);
    for i in 0..options.len() {
        for j in 0..i {
            let (first, second) = (options[i], options[j]);
            let (for_first, for_second) = match rule {
                VotingRule::Proportional => sides(weights, first, second, |d| d),
                VotingRule::Asymmetric if !ordered => sides(weights, first, second, |d| {
                    (VotingRule::Asymmetric.vote(d) - VotingRule::Asymmetric.vote(-d)) / 2.0
                }),
                rule => sides(weights, first, second, |d| rule.vote(d)),
            };
            strengths.set(i, j, LEAST + for_first);
            strengths.set(j, i, LEAST + for_second);
        }
    }
    strengths
}

/// Lanes that sums are split into, so that they need not wait for each other.
const LANES: usize = 4;

/// `x` where it is above 0, else 0.
#[inline]
pub(crate) fn positive(x: f64) -> f64 {
    (x + x.abs()) / 2.0
}

/// The sums of positive votes, and of negative ones without their sign.
#[inline]
pub(crate) fn split(votes: impl Fn(usize) -> f64, count: usize) -> (f64, f64) {
    // Half the sum of sizes, more and less half the sum: two additions a vote, and no branch.
    let (mut size, mut sum) = ([0.0; LANES], [0.0; LANES]);
    let whole = count / LANES * LANES;
    for start in (0..whole).step_by(LANES) {
        for lane in 0..LANES {
            let vote = votes(start + lane);
            size[lane] += vote.abs();
            sum[lane] += vote;
        }
    }
    for k in whole..count {
        let vote = votes(k);
        size[0] += vote.abs();
        sum[0] += vote;
    }
    let (size, sum): (f64, f64) = (size.iter().sum(), sum.iter().sum());
    (positive(size + sum) / 2.0, positive(size - sum) / 2.0)
}

/// The summed votes for the first and for the second of two options.
#[inline]
fn sides(weights: &[f64], first: &[f64], second: &[f64], rule: impl Fn(f64) -> f64) -> (f64, f64) {
    let count = weights.len();
    // The same length for all: no bound is looked at twice.
    let (first, second) = (&first[..count], &second[..count]);
    split(|k| weights[k] * rule(first[k] - second[k]), count)
}

/// Steps after which a walk is taken as settled.
const WALK: usize = 100_000;

/// The chance of every option to be chosen, from the strengths of coalitions.
pub(crate) fn elect(strengths: &Square, victory: Victory, election: Election) -> Vec<f64> {
    let n = strengths.size;
    let mut chances = Square::new(n, 0.5);
    for i in 0..n {
        for j in 0..n {
            if i != j {
                chances.set(i, j, victory.chance(strengths.at(i, j), strengths.at(j, i)));
            }
        }
    }
    match election {
        Election::Conditional => conditional(&chances),
        Election::MarkovUniform => walk(n, 1e-6, |p, i| {
            let sum: f64 = (0..n).map(|j| chances.at(i, j) * (p[i] + p[j])).sum();
            sum / n as f64
        }),
        Election::MarkovIncentive => {
            let come = incentives(strengths, &chances);
            walk(n, 1e-8, |p, i| {
                let meet = |j: usize| p[i] * come.at(j, i) + p[j] * come.at(i, j);
                (0..n).map(|j| chances.at(i, j) * meet(j)).sum()
            })
        }
    }
}

fn conditional(chances: &Square) -> Vec<f64> {
    let n = chances.size;
    let products: Vec<f64> = (0..n).map(|i| chances.row(i).iter().product()).collect();
    let sum: f64 = products.iter().sum();
    if sum > f64::MIN_POSITIVE {
        return products.iter().map(|p| p / sum).collect();
    }
    // All products are too small for numbers: the same by logarithms.
    let logs: Vec<f64> = (0..n)
        .map(|i| {
            chances
                .row(i)
                .iter()
                .map(|p| p.max(f64::MIN_POSITIVE).ln())
                .sum()
        })
        .collect();
    let top = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let powers: Vec<f64> = logs.iter().map(|log| (log - top).exp()).collect();
    let sum: f64 = powers.iter().sum();
    powers.iter().map(|p| p / sum).collect()
}

/// How often `i` is the one that challenges `j`: in proportion to its strength times its chance.
fn incentives(strengths: &Square, chances: &Square) -> Square {
    let n = strengths.size;
    let mut come = Square::new(n, 0.0);
    for j in 0..n {
        let drive = |i: usize| {
            let extra = if i == j { 1e-10 } else { 0.0 };
            strengths.at(i, j) * chances.at(i, j) + extra
        };
        let sum: f64 = (0..n).map(drive).sum();
        for i in 0..n {
            come.set(i, j, drive(i) / sum);
        }
    }
    come
}

/// Half-steps from the uniform distribution until none changes any chance by more than `tolerance`.
fn walk(n: usize, tolerance: f64, step: impl Fn(&[f64], usize) -> f64) -> Vec<f64> {
    let mut p = vec![1.0 / n as f64; n];
    for _ in 0..WALK {
        let q: Vec<f64> = (0..n).map(|i| step(&p, i)).collect();
        let change = p
            .iter()
            .zip(&q)
            .map(|(p, q)| (p - q).abs())
            .fold(0.0, f64::max);
        for (p, q) in p.iter_mut().zip(&q) {
            *p = (*p + q) / 2.0;
        }
        if change <= tolerance {
            break;
        }
    }
    p
}
