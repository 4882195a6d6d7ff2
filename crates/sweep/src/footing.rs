//! The solution on which re-solutions stand: that of the best guesses, at the precision of all points.

use crate::engine::{Engine, Start};
use crate::explore::Base;
use detente_findings::tally::Tally;
use detente_solve::qre;

/// Relative gain from deviating within which the best guesses are solved again where no precision is asked
/// for: looser than the scenario itself, since hundreds of solutions are compared with one another, not each
/// for itself. The precision at which that holds is the precision of all points.
pub const POINT_TOLERANCE: f64 = 1e-3;

/// Nodes up to which every point is solved by itself where there are several equilibria: continued from the best
/// guesses, a point keeps to their equilibrium even where it would not be the one shown for its own numbers.
const SMALL: usize = 2_000;

/// Share of the points' precision that is enough for one that does not get to it, where nobody asked for that precision.
const SHARE: f64 = 0.5;

/// The scenario's own solution at the precision of the points.
#[derive(Clone, Debug)]
pub struct Footing {
    /// The solution, from which points start unless they are solved afresh.
    pub solution: qre::Solution,
    /// Its answers, with which those of points are compared.
    pub tally: Tally,
    /// How points are solved.
    pub options: qre::Options,
    /// The share of that precision which is enough for a point that does not get to it.
    pub share: f64,
    /// Whether every point is solved by itself.
    pub afresh: bool,
}

impl Footing {
    /// The footing of a base; `several` says that it has several equilibria. None where it cannot be had, and then
    /// nothing could be compared with it.
    #[must_use]
    pub fn of(base: &Base<'_>, several: bool) -> Option<Footing> {
        let (solution, tally) = best_guess(base)?;
        Some(Footing {
            share: match base.options.precision {
                Some(_) => 1.0,
                None => SHARE,
            },
            options: qre::Options {
                precision: Some(solution.lambda),
                path_points: 0,
                ..base.options.clone()
            },
            afresh: several && base.expansion.game.nodes() <= SMALL,
            solution,
            tally,
        })
    }

    /// What answers points around the base.
    #[must_use]
    pub fn engine<'a>(&'a self, base: &Base<'a>) -> Engine<'a> {
        let base = Base {
            solution: &self.solution,
            options: &self.options,
            tally: &self.tally,
            ..*base
        };
        let start = match self.afresh {
            true => Start::Afresh,
            false => Start::From(&self.solution),
        };
        Engine {
            share: self.share,
            ..Engine::new(&base, start)
        }
    }
}

/// The scenario's own solution at the precision of the points, from which they start; its answers beside it.
/// None where it cannot be had, and then nothing could be compared with it.
fn best_guess(base: &Base<'_>) -> Option<(qre::Solution, Tally)> {
    if base.options.precision.is_some() {
        return Some((base.solution.clone(), base.tally.clone()));
    }
    let (game, point) = (&base.expansion.game, enough(base));
    let settled = point.and_then(|point| qre::settle(game, point, base.options));
    let near = settled.unwrap_or_else(|| {
        let options = qre::Options {
            precision: point.map(|point| point.lambda),
            tolerance: base.options.tolerance.max(POINT_TOLERANCE),
            path_points: 0,
            ..base.options.clone()
        };
        qre::solve(game, &options, &mut qre::Quiet)
    });
    let tally = base.tally_of(&near.profile)?;
    near.status.is_success().then_some((near, tally))
}

/// Total variation of the endings within which a precision counts as enough.
const CLOSE: f64 = 0.01;

/// In a large game: the lowest precision from which on the endings stay within [`CLOSE`] of those of the base's solution,
/// as its path shows. The way from there to the end is where the branch turns most, and would be gone hundreds of times
/// for digits that nobody reads. The point of the path there; none in a small game, or where there is no such precision.
fn enough<'a>(base: &Base<'a>) -> Option<&'a qre::PathPoint> {
    if base.expansion.game.nodes() <= SMALL {
        return None;
    }
    let path: &'a [qre::PathPoint] = &base.solution.path;
    // The path may turn back: a solve to a precision ends where the path comes by it first.
    let mut highest = 0.0;
    let first = path.iter().map(|point| {
        let first = point.lambda > highest;
        highest = f64::max(highest, point.lambda);
        first
    });
    let first: Vec<bool> = first.collect();
    let mut found = None;
    for (point, first) in path.iter().zip(first).rev() {
        let tally = base.tally_of(&point.profile)?;
        if variation(&tally, base.tally) > CLOSE {
            break;
        }
        if first {
            found = Some(point);
        }
    }
    found
}

/// Total variation between the endings.
#[must_use]
pub fn variation(a: &Tally, b: &Tally) -> f64 {
    let differences = a.endings.iter().zip(&b.endings).map(|(a, b)| (a - b).abs());
    differences.sum::<f64>() / 2.0
}
