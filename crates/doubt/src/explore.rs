//! Which points are solved around a scenario, and what their answers say.

use crate::analyse::{Analysis, analyse};
use crate::information::{Choice, information};
use crate::plan::Plan;
use crate::table::Table;
use crate::tipping::{Known, largest, tipping};
use crate::tornado::{rows, screened};
use detente_findings::model::{
    Doubt, DoubtNumber, DoubtOutput, Findings, OutputKind, TornadoBase, Unit,
};
use detente_findings::tally::Tally;
use detente_language::scenario::Scenario;
use detente_language::source::Sources;
use detente_sweep::{
    Base, Decision, Doubtful, Engine, Footing, Point, Progress, Solved, correlations,
    first_decisions, placed, sample, solve_points, tornado,
};
use std::sync::atomic::{AtomicUsize, Ordering};

/// Solves the plan's points and writes what they say into the findings: ranges, tornado, doubt. Points that
/// the caller's wish to stop left unsolved are left out.
///
/// `progress` is called with the number of points done and of all that are planned, from any thread; `false` stops.
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
    let Some(footing) = Footing::of(base, several(findings)) else {
        return;
    };
    // Correlations that contradict one another were refused when the scenario was read.
    let drawn = sample(
        doubtful,
        &correlations(base.scenario),
        plan.draws,
        plan.seed,
    );
    let drawn = drawn.unwrap_or_default();
    findings.tornado_base = Some(TornadoBase {
        precision: footing.solution.lambda,
        endings: footing.tally.endings.clone(),
        asks: footing.tally.asks.clone(),
    });
    let engine = Engine {
        decisions: first_decisions(base.scenario, base.expansion, &footing.solution.profile),
        ..footing.engine(base)
    };
    let ends = plan.ends.min(2 * doubtful.len());
    let desk = Desk {
        engine: &engine,
        threads: plan.threads,
        done: AtomicUsize::new(0),
        planned: drawn.points.len() + ends + plan.tipping,
        progress,
    };
    let draws = desk.solve(&drawn.points);
    let table = table(findings, base, doubtful, &footing, &drawn.points, &draws);
    let chosen = screened(&table, doubtful.len(), ends);
    let moved: Vec<Doubtful> = chosen.iter().map(|&at| doubtful[at].clone()).collect();
    let solved = desk.solve(&tornado(&moved));
    let numbers: Vec<&Doubtful> = moved.iter().collect();
    let asks: Vec<Unit> = findings.asks.iter().map(|ask| ask.unit).collect();
    findings.tornado = rows(base.scenario, &footing.tally, &numbers, &solved, &asks);
    if plan.draws == 0 || draws.iter().all(|draw| *draw == Solved::Skipped) {
        return;
    }
    let known = Known {
        base: &footing.tally,
        numbers: doubtful,
        ends: ends_known(&chosen, &solved),
        asks: &asks,
    };
    let tipping = tipping(&known, plan.tipping, &mut |points| desk.solve(points));
    let mut doubt = told(findings, &footing, &draws, &drawn.notes);
    let failed = drawn
        .points
        .iter()
        .zip(&draws)
        .find_map(|(point, draw)| Some((point, draw.failure()?)));
    let sources = Sources::of(&findings.scenario.file, &findings.scenario.text);
    doubt.why = failed.map(|(point, why)| placed(&engine, point, why, &sources));
    doubt.tipping = tipping;
    let choices = choices(base.scenario, &engine.decisions, &draws);
    doubt.information = information(&table, &choices, plan.seed, plan.threads);
    let analysis = Analysis {
        lead: largest(&footing.tally.endings),
        fills: true,
        seed: plan.seed,
        threads: plan.threads,
    };
    analyse(&mut doubt, table, analysis);
    ranges(findings, &doubt);
    findings.doubt = Some(doubt);
}

/// Has points solved and tells how far all of it is.
struct Desk<'a> {
    engine: &'a Engine<'a>,
    threads: usize,
    done: AtomicUsize,
    planned: usize,
    progress: &'a Progress<'a>,
}

impl Desk<'_> {
    fn solve(&self, points: &[Point]) -> Vec<Solved> {
        let before = self.done.load(Ordering::Relaxed);
        let progress = |done: usize, _: usize| (self.progress)(before + done, self.planned);
        let solved = solve_points(self.engine, points, self.threads, &progress);
        self.done.fetch_add(points.len(), Ordering::Relaxed);
        solved
    }
}

fn several(findings: &Findings) -> bool {
    let found = findings.equilibria.as_ref();
    found.is_some_and(|equilibria| equilibria.found > 1)
}

/// The ends that were solved.
fn ends_known<'a>(chosen: &[usize], solved: &'a [Solved]) -> Vec<(usize, bool, &'a Tally)> {
    let ends = chosen.iter().zip(solved.chunks(2));
    ends.flat_map(|(&number, ends)| {
        let each = ends.iter().zip([false, true]);
        each.filter_map(move |(end, high)| Some((number, high, end.tally()?)))
    })
    .collect()
}

/// The draws that were solved, as columns.
fn table(
    findings: &Findings,
    base: &Base<'_>,
    doubtful: &[Doubtful],
    footing: &Footing,
    points: &[Point],
    draws: &[Solved],
) -> Table {
    let solved: Vec<(&Point, &Tally)> = (points.iter().zip(draws))
        .filter_map(|(point, solved)| Some((point, solved.tally()?)))
        .collect();
    let inputs: Vec<Vec<f64>> = (0..doubtful.len())
        .map(|j| {
            solved
                .iter()
                .map(|(point, _)| point.overrides[j].1)
                .collect()
        })
        .collect();
    let column = |of: &dyn Fn(&Tally) -> Option<f64>| -> Vec<f64> {
        let values = solved.iter().map(|(_, tally)| of(tally));
        values.map(|value| value.unwrap_or(f64::NAN)).collect()
    };
    let endings =
        (0..findings.endings.len()).map(|i| column(&|t: &Tally| t.endings.get(i).copied()));
    let asks =
        (0..findings.asks.len()).map(|i| column(&|t: &Tally| t.asks.get(i).copied().flatten()));
    let actors = (0..findings.actors.len()).map(|i| column(&|t: &Tally| t.actors.get(i).copied()));
    let values: Vec<Vec<f64>> = endings.chain(asks).chain(actors).collect();
    Table {
        numbers: numbers(base.scenario, doubtful),
        outputs: outputs(findings, &footing.tally),
        inputs,
        values,
    }
}

/// What the options of decisions bring in the draws that were solved.
fn choices(scenario: &Scenario, decisions: &[Decision], draws: &[Solved]) -> Vec<Choice> {
    let solved = || draws.iter().filter_map(Solved::answers);
    let each = decisions.iter().enumerate();
    each.map(|(at, decision)| {
        let weighed = || solved().filter_map(move |answer| answer.weighed.get(at));
        Choice {
            actor: decision.actor,
            label: scenario.actors[decision.actor].label.clone(),
            decision: decision.name.clone(),
            options: decision.options.clone(),
            reach: weighed().map(|weighed| weighed.reach).collect(),
            values: weighed()
                .flat_map(|weighed| weighed.values.iter().copied())
                .collect(),
        }
    })
    .collect()
}

fn numbers(scenario: &Scenario, doubtful: &[Doubtful]) -> Vec<DoubtNumber> {
    let number = |number: &Doubtful| {
        let parameter = &scenario.parameters[number.parameter.index()];
        DoubtNumber {
            id: parameter.id.clone(),
            about: parameter.source.clone(),
            percent: parameter.percent,
            base: Some(number.base),
            low: number.low,
            high: number.high,
        }
    };
    doubtful.iter().map(number).collect()
}

fn outputs(findings: &Findings, base: &Tally) -> Vec<DoubtOutput> {
    let output = |kind, label: &str, unit, best| DoubtOutput {
        kind,
        label: label.to_owned(),
        unit,
        best,
        solved: 0,
        quantiles: None,
    };
    let endings = findings.endings.iter().zip(&base.endings);
    let asks = findings.asks.iter().enumerate();
    let actors = findings.actors.iter().zip(&base.actors);
    endings
        .map(|(e, p)| output(OutputKind::Ending, &e.label, Unit::Probability, Some(*p)))
        .chain(asks.map(|(at, ask)| {
            let best = base.asks.get(at).copied().flatten();
            output(OutputKind::Ask, &ask.question, ask.unit, best)
        }))
        .chain(
            actors
                .map(|(a, value)| output(OutputKind::Actor, &a.label, Unit::Number, Some(*value))),
        )
        .collect()
}

/// How the draws were made, and how many were solved.
fn told(findings: &Findings, footing: &Footing, draws: &[Solved], notes: &[String]) -> Doubt {
    let solved = draws.iter().filter(|draw| draw.answers().is_some()).count();
    let mut method = method(footing, findings, in_part(footing, draws));
    for note in notes {
        method.push_str("; ");
        method.push_str(note);
    }
    Doubt {
        draws: solved,
        failed: draws.iter().filter(|draw| draw.failure().is_some()).count(),
        method,
        ..Doubt::default()
    }
}

/// The 5 % and 95 % quantiles beside everything that is answered.
fn ranges(findings: &mut Findings, doubt: &Doubt) {
    let ends = |at: usize| {
        let quantiles = doubt.outputs[at].quantiles;
        (quantiles.map(|q| q[0]), quantiles.map(|q| q[4]))
    };
    let (endings, asks) = (findings.endings.len(), findings.asks.len());
    for (i, ending) in findings.endings.iter_mut().enumerate() {
        (ending.low, ending.high) = ends(i);
    }
    for (i, ask) in findings.asks.iter_mut().enumerate() {
        (ask.low, ask.high) = ends(endings + i);
    }
    for (i, actor) in findings.actors.iter_mut().enumerate() {
        (actor.low, actor.high) = ends(endings + asks + i);
    }
}

/// How many draws were solved short of the precision of all.
fn in_part(footing: &Footing, draws: &[Solved]) -> usize {
    let precision = footing.solution.lambda;
    let short = |draw: &&Solved| {
        let reached = draw.answers().map(|answer| answer.precision);
        reached.is_some_and(|reached| reached < precision * (1.0 - 1e-9))
    };
    draws.iter().filter(short).count()
}

/// How draws were made and solved, `in_part` of them at a lower precision than the others.
fn method(footing: &Footing, findings: &Findings, in_part: usize) -> String {
    let precision = footing.solution.lambda;
    let shown = if precision < 100.0 {
        format!("{precision:.1}")
    } else {
        format!("{precision:.0}")
    };
    let equilibrium = match footing.afresh {
        true => {
            "; there are several equilibria, and of each draw the one is taken that would be shown for its numbers alone"
        }
        false if several(findings) => {
            "; there are several equilibria: a draw goes on from the one shown where it can be followed and is solved by itself where it cannot, so draws may rest on different ones"
        }
        false => "",
    };
    let precisions = match in_part {
        0 => String::new(),
        _ => format!(
            ", but for {in_part} whose branches turn back and forth before they get there: these are shown at the highest precision they come to, at least half of it"
        ),
    };
    format!(
        "Latin hypercube over all doubtful numbers at once, each drawn from its distribution; all draws are solved at the same precision, λ = {shown}{precisions}{equilibrium}"
    )
}

/// Writes into the findings' assumptions how each doubtful number is distributed.
pub fn describe(findings: &mut Findings, scenario: &Scenario, doubtful: &[Doubtful]) {
    for number in doubtful {
        let id = &scenario.parameters[number.parameter.index()].id;
        let mut known = findings.assumptions.iter_mut();
        if let Some(known) = known.find(|known| known.id == *id) {
            known.distribution = number.words();
        }
    }
}
