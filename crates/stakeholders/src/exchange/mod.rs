//! The exchange model: log-rolls between issues at equal gains (Stokman and Van Oosten 1994; Dijkstra, Van Assen and
//! Stokman 2008).
//!
//! On every issue the outcome is the compromise. Two actors on opposite sides of the outcome on two issues can both
//! gain if each gives way on the issue that matters less to it. The exchange with the highest gain is made, the others
//! are reckoned anew, until none is left; positions then settle part of the way towards what was voted.

mod pair;

use serde::{Deserialize, Serialize};

use crate::error::{StakeholderError, within};
use crate::forecast::{Stop, Trajectory};
use crate::table::Stakeholders;
use pair::{Floor, Pair};

const MODEL: &str = "the exchange model";

/// What may be chosen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Options {
    /// Rounds.
    pub rounds: usize,
    /// The part of the way to the voted position that salience 0 adds to what everybody keeps.
    pub flexible: f64,
    /// The part of the way to the voted position that everybody keeps.
    pub fixed: f64,
    /// The run ends when a round moves no outcome by more than this share of its scale.
    pub settled: f64,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            rounds: 1,
            flexible: 0.4,
            fixed: 0.1,
            settled: 1e-6,
        }
    }
}

/// One side of an exchange.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Side {
    /// Who, by its place among the actors.
    pub actor: usize,
    /// The issue on which it gives way.
    pub supply: usize,
    /// Where it stood there.
    pub from: f64,
    /// Where it will vote.
    pub to: f64,
}

/// An exchange that was made.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Exchange {
    /// What either side gains: the shift of outcomes, in hundredths of a scale, weighed by its saliences.
    pub gain: f64,
    /// The two sides.
    pub sides: [Side; 2],
}

/// A round: where everybody starts, the exchanges, and what comes out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Round {
    /// Positions on the issues' scales, actor by actor; `None` where there is no stance.
    pub positions: Vec<Option<f64>>,
    /// The outcome on every issue before exchanges.
    pub before: Vec<f64>,
    /// Exchanges, in their order.
    pub exchanges: Vec<Exchange>,
    /// Positions voted for.
    pub voted: Vec<Option<f64>>,
    /// The outcome on every issue after them.
    pub after: Vec<f64>,
}

/// Plays the model.
///
/// # Errors
/// A table of one issue; an issue without anybody who has weight; parts of the way outside 0 to 1.
pub fn run(table: &Stakeholders, options: &Options) -> Result<Trajectory<Round>, StakeholderError> {
    let found = table.issues().len();
    if found < 2 {
        let (model, needed) = (MODEL, "at least two issues");
        return Err(StakeholderError::Issues {
            model,
            needed,
            found,
        });
    }
    let parts = options.flexible + options.fixed;
    let good = options.fixed >= 0.0 && options.flexible >= 0.0 && parts <= 1.0;
    within(
        MODEL,
        "the part of the way kept",
        parts,
        good,
        "between 0 and 1",
    )?;
    let mut floor = Floor::new(table)?;
    let mut rounds: Vec<Round> = Vec::new();
    let mut stop = Stop::Limit;
    for _ in 0..options.rounds.max(1) {
        let (exchanges, voted) = trade(&floor);
        let round = told(table, &floor, exchanges, &voted);
        let still = rounds.last().is_some_and(|last| {
            let pairs = last.after.iter().zip(&round.after).zip(table.issues());
            pairs
                .into_iter()
                .all(|((a, b), issue)| (a - b).abs() <= options.settled * issue.width())
        });
        rounds.push(round);
        if still {
            stop = Stop::Settled;
            break;
        }
        settle(&mut floor, &voted, options);
    }
    Ok(Trajectory {
        rounds,
        stop,
        chances: Vec::new(),
    })
}

/// Makes exchanges until none is left; also the positions voted for.
fn trade(floor: &Floor) -> (Vec<Pair>, Vec<Option<f64>>) {
    let mut voted = floor.positions.clone();
    let mut open = candidates(floor);
    let mut made = Vec::new();
    while let Some(at) = highest(&open) {
        let done = open.remove(at);
        for side in &done.sides {
            voted[side.actor * floor.issues + side.supply] = Some(side.vote);
        }
        for pair in &mut open {
            pair.after(floor, &done);
        }
        open.retain(|pair| pair.valid);
        made.push(done);
    }
    (made, voted)
}

/// All exchanges that are possible at first.
fn candidates(floor: &Floor) -> Vec<Pair> {
    let mut found = Vec::new();
    for p in 0..floor.issues {
        for q in p + 1..floor.issues {
            let both: Vec<usize> = (0..floor.actors)
                .filter(|&a| floor.stands(a, p) && floor.stands(a, q))
                .collect();
            let group = |left: (bool, bool)| -> Vec<usize> {
                let side = |a: usize| (floor.left(a, p), floor.left(a, q));
                both.iter().copied().filter(|&a| side(a) == left).collect()
            };
            // Those on the right of both outcomes with those on the left of both; those on either side crosswise.
            for (one, other) in [
                ((false, false), (true, true)),
                ((true, false), (false, true)),
            ] {
                let others = group(other);
                for i in group(one) {
                    found.extend(others.iter().map(|&j| Pair::new(floor, i, j, p, q)));
                }
            }
        }
    }
    found.retain(|pair| pair.valid);
    found
}

/// Gains closer than this are equal.
const EQUAL: f64 = 1e-9;

/// The exchange with the highest gain; of equals the first.
fn highest(open: &[Pair]) -> Option<usize> {
    let mut best: Option<usize> = None;
    for (at, pair) in open.iter().enumerate() {
        if best.is_none_or(|best| pair.gain > open[best].gain + EQUAL) {
            best = Some(at);
        }
    }
    best
}

/// Positions move part of the way towards the vote: the less the issue matters, the further.
fn settle(floor: &mut Floor, voted: &[Option<f64>], options: &Options) {
    let saliences = floor.salience.iter();
    for ((x, y), s) in floor.positions.iter_mut().zip(voted).zip(saliences) {
        if let (Some(x), Some(y)) = (x.as_mut(), y) {
            let part = (1.0 - s) * options.flexible + options.fixed;
            *x += part * (y - *x);
        }
    }
    floor.reckon();
}

fn told(table: &Stakeholders, floor: &Floor, made: Vec<Pair>, voted: &[Option<f64>]) -> Round {
    let issues = table.issues();
    let place = |issue: usize, x: f64| issues[issue].place(x / 100.0);
    let places = |shares: &[Option<f64>]| -> Vec<Option<f64>> {
        let numbered = shares.iter().enumerate();
        numbered
            .map(|(at, x)| x.map(|x| place(at % issues.len(), x)))
            .collect()
    };
    let outcomes = |positions: &[Option<f64>]| -> Vec<f64> {
        (0..issues.len())
            .map(|k| place(k, floor.outcome(k, positions)))
            .collect()
    };
    let exchanges = made.iter().map(|pair| Exchange {
        gain: pair.gain,
        sides: pair.sides.clone().map(|side| Side {
            actor: side.actor,
            supply: side.supply,
            from: place(side.supply, side.from),
            to: place(side.supply, side.vote),
        }),
    });
    Round {
        positions: places(&floor.positions),
        before: outcomes(&floor.positions),
        exchanges: exchanges.collect(),
        voted: places(voted),
        after: outcomes(voted),
    }
}
