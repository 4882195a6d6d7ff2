//! Turn after turn.

use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg64Mcg;
use serde::{Deserialize, Serialize};

use super::MODEL;
use super::bargain::{Bargain, Worth, as_target, proposals};
use super::challenge::{Challenge, Reckoner, best};
use super::options::{Options, Transition};
use super::view::{Cast, View};
use crate::error::{StakeholderError, within};
use crate::forecast::{Stop, Trajectory};
use crate::table::Stakeholders;
use crate::voting::{Square, coalitions, elect};

/// A turn: where everybody stands, and who then challenges whom.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Turn {
    /// Positions on the issues' scales, actor by actor.
    pub positions: Vec<f64>,
    /// Ideals likewise.
    pub ideals: Vec<f64>,
    /// The challenges made from here; none in the last turn.
    pub challenges: Vec<Challenge>,
}

/// Where everybody stands and what they want.
struct State {
    positions: Vec<f64>,
    ideals: Vec<f64>,
}

/// Plays the model: the turns from the first on, why they ended, and the chance of every actor's last position to be
/// chosen by the probabilistic Condorcet election of all.
///
/// # Errors
/// A missing stance; saliences of an actor that add up to more than 1; an accommodation of the wrong size.
pub fn run(table: &Stakeholders, options: &Options) -> Result<Trajectory<Turn>, StakeholderError> {
    let (cast, positions) = cast(table)?;
    check_accommodation(&cast, options)?;
    let mut random = match options.transition {
        Transition::Likeliest => None,
        Transition::Drawn(seed) => Some(Pcg64Mcg::seed_from_u64(seed)),
    };
    let mut state = State {
        ideals: positions.clone(),
        positions,
    };
    let mut rounds = Vec::new();
    let mut first = 0.0;
    let mut stop = Stop::Limit;
    for turn in 1..=options.turns {
        let (next, challenges) = step(&cast, &state, options, random.as_mut());
        let moved = movement(&cast, &state.positions, &next.positions);
        rounds.push(told(table, &state, challenges));
        state = next;
        if turn == 1 {
            first = moved;
        } else if moved / (first + 1e-4) < options.settled {
            stop = Stop::Settled;
            break;
        }
    }
    let chances = last_election(&cast, &state, options);
    rounds.push(told(table, &state, Vec::new()));
    Ok(Trajectory {
        rounds,
        stop,
        chances,
    })
}

/// Row by row, the chance that an actor gives itself of winning against each other, were it to challenge it now; ½
/// against itself.
///
/// # Errors
/// As for [`run`].
pub fn odds(table: &Stakeholders, options: &Options) -> Result<Vec<Vec<f64>>, StakeholderError> {
    let (cast, positions) = cast(table)?;
    let view = View::new(&cast, &positions, &positions, options);
    let mut reckoner = Reckoner::new(&cast, options, &view);
    let row = |i: usize| {
        reckoner.look(i, i);
        let against = |j: usize| {
            if i == j { 0.5 } else { reckoner.reckon(j).0 }
        };
        (0..cast.actors).map(against).collect()
    };
    Ok((0..cast.actors).map(row).collect())
}

fn cast(table: &Stakeholders) -> Result<(Cast, Vec<f64>), StakeholderError> {
    let stances = table.complete(MODEL)?;
    let (actors, issues) = (table.actors().len(), table.issues().len());
    let salience: Vec<f64> = stances.iter().map(|stance| stance.salience).collect();
    let influence: Vec<f64> = table.actors().iter().map(|actor| actor.influence).collect();
    let effort: Vec<f64> = salience
        .chunks_exact(issues)
        .map(|s| s.iter().sum())
        .collect();
    for (actor, sum) in table.actors().iter().zip(&effort) {
        if *sum > 1.0 + 1e-9 {
            return Err(StakeholderError::Salience {
                actor: actor.name.clone(),
                sum: *sum,
            });
        }
        let name = &actor.name;
        within(name, "the sum of saliences", *sum, *sum > 0.0, "above 0")?;
    }
    let share = |(at, stance): (usize, &crate::table::Stance)| {
        table.issues()[at % issues].share(stance.position)
    };
    let positions = stances.iter().enumerate().map(share).collect();
    let weight = influence.iter().zip(&effort).map(|(c, s)| s * c).collect();
    let cast = Cast {
        actors,
        issues,
        influence,
        salience,
        effort,
        weight,
    };
    Ok((cast, positions))
}

fn check_accommodation(cast: &Cast, options: &Options) -> Result<(), StakeholderError> {
    let (found, expected) = (options.accommodation.len(), cast.actors * cast.actors);
    if found != 0 && found != expected {
        return Err(StakeholderError::Length { expected, found });
    }
    for share in &options.accommodation {
        let good = (0.0..=1.0).contains(share);
        within(
            "the accommodation",
            "a share",
            *share,
            good,
            "between 0 and 1",
        )?;
    }
    Ok(())
}

/// One turn: challenges, bargains, resolution, ideals.
fn step(
    cast: &Cast,
    state: &State,
    options: &Options,
    random: Option<&mut Pcg64Mcg>,
) -> (State, Vec<Challenge>) {
    let view = View::new(cast, &state.positions, &state.ideals, options);
    let (bargains, challenges) = challenges(cast, state, &view, options);
    let positions = resolve(cast, state, &view, &bargains, options, random);
    let ideals = follow(cast, state, &positions, options);
    (State { positions, ideals }, challenges)
}

fn challenges(
    cast: &Cast,
    state: &State,
    view: &View,
    options: &Options,
) -> (Vec<Bargain>, Vec<Challenge>) {
    let (mut bargains, mut made) = (Vec::new(), Vec::new());
    let mut reckoner = Reckoner::new(cast, options, view);
    for i in 0..cast.actors {
        reckoner.look(i, i);
        let Some(challenge) = best(&mut reckoner) else {
            continue;
        };
        bargains.extend(proposals(
            cast,
            &state.positions,
            &challenge,
            options.weighing,
            options.bargaining,
            || as_target(&mut reckoner, &challenge),
            options.ktab,
        ));
        made.push(challenge);
    }
    (bargains, made)
}

/// Every actor takes its part of the bargain that the assembly would choose of those it is in, whatever the other
/// side takes.
fn resolve(
    cast: &Cast,
    state: &State,
    view: &View,
    bargains: &[Bargain],
    options: &Options,
    mut random: Option<&mut Pcg64Mcg>,
) -> Vec<f64> {
    let worth = Worth::new(cast, view, &state.ideals);
    let status_quo = worth.status_quo();
    let worths: Vec<Vec<f64>> = bargains
        .iter()
        .map(|bargain| worth.after(bargain))
        .collect();
    let k = cast.issues;
    let mut positions = Vec::with_capacity(cast.actors * k);
    for actor in 0..cast.actors {
        let held = &state.positions[actor * k..][..k];
        let mine: Vec<usize> = (0..bargains.len())
            .filter(|&b| bargains[b].from == actor || bargains[b].to == actor)
            .collect();
        let mut queue = vec![status_quo.as_slice()];
        queue.extend(mine.iter().map(|&b| worths[b].as_slice()));
        let strengths = coalitions(&queue, &cast.influence, options.voting, options.ktab);
        let chances = elect(&strengths, options.victory, options.election);
        let taken = match random.as_deref_mut() {
            None => likeliest(&chances),
            Some(random) => drawn(&chances, random.random::<f64>()),
        };
        positions.extend_from_slice(match taken.checked_sub(1).map(|at| &bargains[mine[at]]) {
            None => held,
            Some(bargain) if bargain.from == actor => &bargain.from_position,
            Some(bargain) => &bargain.to_position,
        });
    }
    positions
}

/// Chances closer than this are equal.
const ROUNDING: f64 = 1e-12;

/// The first of the largest.
fn likeliest(chances: &[f64]) -> usize {
    let mut best = 0;
    for (at, chance) in chances.iter().enumerate() {
        if *chance > chances[best] + ROUNDING {
            best = at;
        }
    }
    best
}

/// The option at a height between 0 and 1 of the stacked chances.
fn drawn(chances: &[f64], height: f64) -> usize {
    let mut sum = 0.0;
    for (at, chance) in chances.iter().enumerate() {
        sum += chance;
        if height < sum {
            return at;
        }
    }
    chances.len().saturating_sub(1)
}

/// Ideals move towards positions by the accommodation; without one they are where positions are.
fn follow(cast: &Cast, state: &State, positions: &[f64], options: &Options) -> Vec<f64> {
    if options.accommodation.is_empty() {
        return positions.to_vec();
    }
    let (n, k) = (cast.actors, cast.issues);
    let mut ideals = Vec::with_capacity(n * k);
    for (i, shares) in options.accommodation.chunks_exact(n).enumerate() {
        let left = 1.0 - shares.iter().sum::<f64>().min(1.0);
        for d in 0..k {
            let pulled: f64 = shares
                .iter()
                .enumerate()
                .map(|(j, a)| a * positions[j * k + d])
                .sum();
            ideals.push(pulled + left * state.ideals[i * k + d]);
        }
    }
    ideals
}

/// The sum of the distances that all have moved.
fn movement(cast: &Cast, before: &[f64], after: &[f64]) -> f64 {
    let k = cast.issues;
    let pairs = before.chunks_exact(k).zip(after.chunks_exact(k));
    let length = |(a, b): (&[f64], &[f64])| {
        a.iter()
            .zip(b)
            .map(|(a, b)| (a - b) * (a - b))
            .sum::<f64>()
            .sqrt()
    };
    pairs.map(length).sum()
}

/// The chance of every actor's position, were the assembly to choose between them now.
fn last_election(cast: &Cast, state: &State, options: &Options) -> Vec<f64> {
    let view = View::new(cast, &state.positions, &state.ideals, options);
    let mut columns = Square::new(cast.actors, 0.0);
    for (position, column) in columns.values.chunks_exact_mut(cast.actors).enumerate() {
        view.utilities(position, &view.risk, column);
    }
    let strengths = coalitions(&columns.rows(), &cast.weight, options.voting, options.ktab);
    elect(&strengths, options.victory, options.election)
}

/// A state on the scales of its issues.
fn told(table: &Stakeholders, state: &State, challenges: Vec<Challenge>) -> Turn {
    let issues = table.issues();
    let places = |shares: &[f64]| -> Vec<f64> {
        let place = |(at, share): (usize, &f64)| issues[at % issues.len()].place(*share);
        shares.iter().enumerate().map(place).collect()
    };
    Turn {
        positions: places(&state.positions),
        ideals: places(&state.ideals),
        challenges,
    }
}
