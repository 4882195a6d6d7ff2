//! The challenge model: positions won over one by one, in the manner of Stokman, Arregui and Thomson (2006).
//!
//! Of the several forms in the literature this is the plainest, with every symbol said here. A challenger `i` of `j`
//! wins with the chance `P`, the share of `cₖsₖ(|xₖ − xⱼ| − |xₖ − xᵢ|)` that favours it. The challenged resists with a
//! chance of its salience `sⱼ`. Unresisted or won, `j` comes over to `i`; lost, `i` goes over to `j`. The expected gain
//! is `|xᵢ − xⱼ| (1 − 2 sⱼ (1 − P))`. Each round everybody challenges where it gains most, if it gains at all. Whoever
//! is challenged gives way to the strongest challenge by its expected part of the way, `1 − sⱼ (1 − P)`, where that is
//! more than what it wins itself; two who challenge one another meet where their parts of the way balance. The outcome
//! is the compromise of the last positions.

use serde::{Deserialize, Serialize};

use crate::error::{StakeholderError, within};
use crate::forecast::{Stop, Trajectory};
use crate::table::{Stakeholders, Stance};

const MODEL: &str = "the challenge model";

/// What may be chosen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Options {
    /// Most rounds.
    pub rounds: usize,
    /// The run ends when a round moves nobody by more than this share of the scale.
    pub settled: f64,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            rounds: 1,
            settled: 1e-3,
        }
    }
}

/// A challenge of a round.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Challenge {
    /// Who challenges, by its place among the actors.
    pub from: usize,
    /// Whom.
    pub to: usize,
    /// The chance to win if the challenge is resisted.
    pub chance: f64,
    /// The expected gain, in units of the scale.
    pub gain: f64,
}

/// A round: where everybody stands, and who then challenges whom.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Round {
    /// Positions on the issue's scale.
    pub positions: Vec<f64>,
    /// Their compromise.
    pub outcome: f64,
    /// The challenges made from here; none in the last round.
    pub challenges: Vec<Challenge>,
}

/// Plays the model on a table of one issue; only those with a stance play.
///
/// # Errors
/// Several issues; a missing stance; nobody with weight.
pub fn run(table: &Stakeholders, options: &Options) -> Result<Trajectory<Round>, StakeholderError> {
    let found = table.issues().len();
    if found != 1 {
        let (model, needed) = (MODEL, "a single issue");
        return Err(StakeholderError::Issues {
            model,
            needed,
            found,
        });
    }
    let mut stances = table.complete(MODEL)?;
    let weights: Vec<f64> = table
        .actors()
        .iter()
        .zip(&stances)
        .map(|(actor, stance)| actor.influence * stance.salience)
        .collect();
    let sum: f64 = weights.iter().sum();
    within(
        MODEL,
        "the sum of influence times salience",
        sum,
        sum > 0.0,
        "above 0",
    )?;
    let mut rounds = Vec::new();
    let mut stop = Stop::Limit;
    for _ in 0..options.rounds {
        let challenges: Vec<Challenge> = (0..stances.len())
            .filter_map(|i| best(&stances, &weights, i))
            .collect();
        let next = settle(&stances, &challenges);
        let moved = stances
            .iter()
            .zip(&next)
            .map(|(s, x)| (s.position - x).abs())
            .fold(0.0, f64::max);
        rounds.push(told(&stances, &weights, challenges));
        for (stance, x) in stances.iter_mut().zip(next) {
            stance.position = x;
        }
        if moved <= options.settled * table.issues()[0].width() {
            stop = Stop::Settled;
            break;
        }
    }
    rounds.push(told(&stances, &weights, Vec::new()));
    Ok(Trajectory {
        rounds,
        stop,
        chances: Vec::new(),
    })
}

fn told(stances: &[Stance], weights: &[f64], challenges: Vec<Challenge>) -> Round {
    let sum: f64 = weights.iter().sum();
    let product: f64 = stances
        .iter()
        .zip(weights)
        .map(|(s, w)| s.position * w)
        .sum();
    Round {
        positions: stances.iter().map(|stance| stance.position).collect(),
        outcome: product / sum,
        challenges,
    }
}

/// The share of votes for `i` against `j`.
fn chance(stances: &[Stance], weights: &[f64], i: usize, j: usize) -> f64 {
    let (x, y) = (stances[i].position, stances[j].position);
    let (mut plus, mut all) = (0.0, 0.0);
    for (stance, w) in stances.iter().zip(weights) {
        let vote = w * ((stance.position - y).abs() - (stance.position - x).abs());
        plus += vote.max(0.0);
        all += vote.abs();
    }
    if all > 0.0 { plus / all } else { 0.5 }
}

/// The challenge by which `i` gains most; of equals the first.
fn best(stances: &[Stance], weights: &[f64], i: usize) -> Option<Challenge> {
    let mut best: Option<Challenge> = None;
    for (j, stance) in stances.iter().enumerate() {
        let apart = (stances[i].position - stance.position).abs();
        if weights[i] <= 0.0 || apart <= 0.0 {
            continue;
        }
        let chance = chance(stances, weights, i, j);
        let gain = apart * (1.0 - 2.0 * stance.salience * (1.0 - chance));
        if gain > best.map_or(0.0, |best| best.gain) {
            best = Some(Challenge {
                from: i,
                to: j,
                chance,
                gain,
            });
        }
    }
    best
}

/// Where everybody is after the challenges.
fn settle(stances: &[Stance], challenges: &[Challenge]) -> Vec<f64> {
    // The part of the way that a challenge is expected to bring the challenged.
    let part = |c: &Challenge| 1.0 - stances[c.to].salience * (1.0 - c.chance);
    let place = |j: usize| {
        let here = stances[j].position;
        let strongest = challenges
            .iter()
            .filter(|c| c.to == j)
            .reduce(|best, next| if part(next) > part(best) { next } else { best });
        let Some(challenge) = strongest else {
            return here;
        };
        let pull = part(challenge);
        let back = challenges
            .iter()
            .find(|c| c.from == j && c.to == challenge.from);
        let way = back.map_or(pull, |back| pull / (pull + part(back)));
        here + way * (stances[challenge.from].position - here)
    };
    (0..stances.len()).map(place).collect()
}
