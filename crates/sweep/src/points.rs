//! Which points to solve, and what their answers say.

use crate::draw::Doubtful;
use crate::engine::{Engine, Point, Solved, Start};
use crate::explore::{Base, Progress, solve_points};
use detente_findings::model::{Doubt, Findings, TornadoBase, TornadoRow};
use detente_findings::tally::Tally;
use detente_language::scenario::Scenario;
use detente_solve::qre;
use rand::RngExt;
use rand::seq::SliceRandom;
use rand_pcg::Pcg64;

/// How much doubt to explore.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Whether to set every parameter to the ends of its range.
    pub tornado: bool,
    /// Number of draws of all parameters together.
    pub draws: usize,
    /// Seed of the draws.
    pub seed: u64,
    /// Threads; the results do not depend on it.
    pub threads: usize,
}

/// One parameter at a time at the low and the high end of its range.
#[must_use]
pub fn tornado(doubtful: &[Doubtful]) -> Vec<Point> {
    let ends = doubtful
        .iter()
        .flat_map(|number| [(number, number.low), (number, number.high)]);
    ends.map(|(number, value)| Point::new(vec![(number.parameter, value)]))
        .collect()
}

/// A Latin hypercube (McKay, Beckman & Conover 1979): every parameter's distribution is cut into as many
/// equally likely parts as there are draws, and each part is drawn from once.
#[must_use]
pub fn sample(doubtful: &[Doubtful], draws: usize, seed: u64) -> Vec<Point> {
    let mut points = vec![Point::new(Vec::with_capacity(doubtful.len())); draws];
    for number in doubtful {
        // A stream of its own for every parameter: another parameter more or less changes no other draw.
        let mut random = Pcg64::new(u128::from(seed), u128::from(number.parameter.0));
        let mut parts: Vec<usize> = (0..draws).collect();
        parts.shuffle(&mut random);
        for (point, part) in points.iter_mut().zip(parts) {
            let within: f64 = random.random();
            let q = ((part as f64 + within) / draws as f64).clamp(1e-9, 1.0 - 1e-9);
            point.overrides.push((number.parameter, number.quantile(q)));
        }
    }
    points
}

/// Relative gain from deviating within which the best guesses are solved again where no precision is asked
/// for: looser than the scenario itself, since hundreds of solutions are compared with one another, not each
/// for itself. The precision at which that holds is the precision of all points.
pub const POINT_TOLERANCE: f64 = 1e-3;

/// Solves the plan's points and writes what they say into the findings: tornado, ranges, doubt. Points that
/// the caller's wish to stop left unsolved are left out.
pub fn explore(
    findings: &mut Findings,
    base: &Base<'_>,
    doubtful: &[Doubtful],
    plan: Plan,
    progress: &Progress<'_>,
) {
    if doubtful.is_empty() {
        return;
    }
    let mut points = if plan.tornado {
        tornado(doubtful)
    } else {
        Vec::new()
    };
    let ends = points.len();
    points.extend(sample(doubtful, plan.draws, plan.seed));
    let Some((near, base_tally)) = best_guess(base) else {
        return;
    };
    let options = qre::Options {
        precision: Some(near.lambda),
        path_points: 0,
        ..base.options.clone()
    };
    findings.tornado_base = Some(TornadoBase {
        precision: near.lambda,
        endings: base_tally.endings.clone(),
        asks: base_tally.asks.clone(),
    });
    let base = &Base {
        solution: &near,
        options: &options,
        tally: &base_tally,
        ..*base
    };
    let afresh = several(findings) && base.expansion.game.nodes() <= SMALL;
    let start = match afresh {
        true => Start::Afresh,
        false => Start::From(&near),
    };
    let engine = Engine::new(base, start);
    let mut solved = solve_points(&engine, &points, plan.threads, progress);
    let draws = solved.split_off(ends);
    findings.tornado = rows(base, doubtful, &solved);
    if plan.draws > 0 {
        ranges(findings, &draws, method(near.lambda, afresh, findings));
    }
}

/// Nodes up to which every point is solved by itself where there are several equilibria: continued from the best
/// guesses, a point keeps to their equilibrium even where it would not be the one shown for its own numbers.
const SMALL: usize = 2_000;

fn several(findings: &Findings) -> bool {
    let found = findings.equilibria.as_ref();
    found.is_some_and(|equilibria| equilibria.found > 1)
}

/// The scenario's own solution at the precision of the points, from which they start; its answers beside it.
/// None where it cannot be had, and then nothing could be compared with it.
fn best_guess(base: &Base<'_>) -> Option<(qre::Solution, Tally)> {
    if base.options.precision.is_some() {
        return Some((base.solution.clone(), base.tally.clone()));
    }
    let options = qre::Options {
        precision: enough(base),
        tolerance: base.options.tolerance.max(POINT_TOLERANCE),
        path_points: 0,
        ..base.options.clone()
    };
    let near = qre::solve(&base.expansion.game, &options, &mut qre::Quiet);
    let tally = base.tally_of(&near.profile)?;
    near.status.is_success().then_some((near, tally))
}

/// Total variation of the endings within which a precision counts as enough.
const CLOSE: f64 = 0.01;

/// In a large game: the lowest precision from which on the endings stay within [`CLOSE`] of those of the base's solution,
/// as its path shows. The way from there to the end is where the branch turns most, and would be gone hundreds of times
/// for digits that nobody reads. None in a small game, or where there is no such precision.
fn enough(base: &Base<'_>) -> Option<f64> {
    if base.expansion.game.nodes() <= SMALL {
        return None;
    }
    let path = &base.solution.path;
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
            found = Some(point.lambda);
        }
    }
    found
}

/// Total variation between the endings.
fn variation(a: &Tally, b: &Tally) -> f64 {
    let differences = a.endings.iter().zip(&b.endings).map(|(a, b)| (a - b).abs());
    differences.sum::<f64>() / 2.0
}

/// Writes into the findings' assumptions how each doubtful number is distributed.
pub fn describe(findings: &mut Findings, scenario: &Scenario, doubtful: &[Doubtful]) {
    for number in doubtful {
        let id = &scenario.parameters[number.parameter.index()].id;
        if let Some(known) = findings
            .assumptions
            .iter_mut()
            .find(|known| known.id == *id)
        {
            known.distribution = number.words();
        }
    }
}

fn rows(base: &Base<'_>, doubtful: &[Doubtful], solved: &[Solved]) -> Vec<TornadoRow> {
    let rows = doubtful.iter().zip(solved.chunks(2)).map(|(number, ends)| {
        let parameter = &base.scenario.parameters[number.parameter.index()];
        let [low, high] = [0, 1].map(|end| ends.get(end).and_then(Solved::tally));
        let endings = |tally: Option<&Tally>| tally.map(|tally| tally.endings.clone());
        let asks = |tally: Option<&Tally>| tally.map(|tally| tally.asks.clone());
        TornadoRow {
            param: parameter.id.clone(),
            base: number.base,
            low: number.low,
            high: number.high,
            percent: parameter.percent,
            at_low: endings(low),
            at_high: endings(high),
            asks_at_low: asks(low),
            asks_at_high: asks(high),
            swing: swing(low, high, base.tally),
        }
    });
    // A number of which neither end was solved says nothing.
    let mut rows: Vec<TornadoRow> = rows
        .filter(|row| row.at_low.is_some() || row.at_high.is_some())
        .collect();
    rows.sort_by(|a, b| {
        b.swing
            .total_cmp(&a.swing)
            .then_with(|| a.param.cmp(&b.param))
    });
    rows
}

/// Total variation between the endings at both ends of a range; an end that was not solved counts as the base.
fn swing(low: Option<&Tally>, high: Option<&Tally>, base: &Tally) -> f64 {
    let (low, high) = (low.unwrap_or(base), high.unwrap_or(base));
    variation(low, high)
}

/// Ranges of everything that is answered, from the draws that were solved.
fn ranges(findings: &mut Findings, draws: &[Solved], method: String) {
    let solved: Vec<&Tally> = draws.iter().filter_map(Solved::tally).collect();
    let failures: Vec<&String> = draws.iter().filter_map(Solved::failure).collect();
    if solved.is_empty() && failures.is_empty() {
        return;
    }
    for (i, ending) in findings.endings.iter_mut().enumerate() {
        (ending.low, ending.high) = interval(solved.iter().map(|tally| Some(tally.endings[i])));
    }
    for (i, ask) in findings.asks.iter_mut().enumerate() {
        (ask.low, ask.high) = interval(
            solved
                .iter()
                .map(|tally| tally.asks.get(i).copied().flatten()),
        );
    }
    for (i, actor) in findings.actors.iter_mut().enumerate() {
        (actor.low, actor.high) = interval(solved.iter().map(|tally| Some(tally.actors[i])));
    }
    let mut most_likely = vec![0.0; findings.endings.len()];
    for tally in &solved {
        let first = |best: usize, i: usize| {
            if tally.endings[i] > tally.endings[best] {
                i
            } else {
                best
            }
        };
        let likeliest = (0..tally.endings.len()).fold(0, first);
        most_likely[likeliest] += 1.0 / solved.len() as f64;
    }
    findings.doubt = Some(Doubt {
        draws: solved.len(),
        failed: failures.len(),
        why: failures.first().map(|why| (*why).clone()),
        method,
        most_likely,
    });
}

fn method(precision: f64, afresh: bool, findings: &Findings) -> String {
    let shown = if precision < 100.0 {
        format!("{precision:.1}")
    } else {
        format!("{precision:.0}")
    };
    let equilibrium = match afresh {
        true => {
            "; there are several equilibria, and of each draw the one is taken that would be shown for its numbers alone"
        }
        false if several(findings) => {
            "; there are several equilibria: a draw goes on from the one shown where it can be followed and is solved by itself where it cannot, so draws may rest on different ones"
        }
        false => "",
    };
    format!(
        "Latin hypercube over all doubtful numbers at once, each drawn from its distribution; all draws are solved at the same precision, λ = {shown}{equilibrium}"
    )
}

/// 5 % and 95 % quantiles, interpolated between neighbours (type 7 of Hyndman & Fan 1996).
fn interval(values: impl Iterator<Item = Option<f64>>) -> (Option<f64>, Option<f64>) {
    let mut sorted: Vec<f64> = values.flatten().collect();
    sorted.sort_by(f64::total_cmp);
    let quantile = |q: f64| {
        let at = q * (sorted.len().checked_sub(1)?) as f64;
        let (below, above) = (sorted[at.floor() as usize], sorted[at.ceil() as usize]);
        Some(below + (at - at.floor()) * (above - below))
    };
    (quantile(0.05), quantile(0.95))
}
