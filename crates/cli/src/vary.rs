//! `detente vary`: how the answers change with one parameter, or with two.

use std::path::Path;
use std::sync::Mutex;

use detente_language::eval::{Settings, Steps, constant};
use detente_language::scenario::{Expr, ParamId, Scenario};
use detente_line::Story;
use detente_report::{curve_svg, curve_text, map_svg, map_text};
use detente_solve::qre;
use detente_sweep::vary::{Answered, Axis, Curve, Map, Missing, Study, counts_rounds};

use crate::args::When;
use crate::args_library::VaryArgs;
use crate::failure::{FINDINGS, Failure, INPUT, LIMIT};
use crate::input::{Shown, number, parameter, query, story};
use crate::line::{bound, limits, options, threads};
use crate::progress::{Meter, interrupted};
use crate::terminal::{self, complain};
use crate::vary_file::{curve_csv, curve_json, map_csv, map_json};
use crate::vary_view::{curve_view, map_view};

/// Values of one parameter, and of each of two, where nothing else is said.
const POINTS: usize = 41;
const MAP_POINTS: usize = 21;
/// Most values of a parameter.
const MOST_POINTS: usize = 10_000;
/// Games are solved to this relative gain from deviating where they can be: near a jump, play that is solved loosely
/// is spread over both sides.
pub const TIGHT: f64 = 1e-7;

/// What is varied, with everything that its pictures and tables need.
pub struct Subject<'a> {
    /// The scenario.
    pub story: &'a Story,
    /// Its numbers, with those that were set.
    pub settings: &'a Settings,
    /// Parameters that were set.
    pub pinned: &'a [(ParamId, f64)],
    /// Queries as written.
    pub asked: &'a [String],
    /// The same, read.
    pub queries: &'a [Expr],
    /// How it was solved.
    pub options: &'a qre::Options,
}

/// Runs the command; the exit code if it came to its end.
///
/// # Errors
/// What ended it early.
pub fn run(args: &VaryArgs, color: When) -> Result<u8, Failure> {
    let story = story(&args.file, color, args.quiet || args.json)?;
    let (pinned, settings) = bound(&story, &args.solve.set, color)?;
    let queries = args
        .asks
        .iter()
        .map(|text| query(&story.scenario, text, color))
        .collect::<Result<Vec<_>, Failure>>()?;
    let axes = axes(args, &story, &settings, &pinned, color)?;
    let accuracy = accuracy(args)?;
    let asked = options(&args.solve)?;
    let options = qre::Options {
        tolerance: asked.tolerance.min(TIGHT),
        path_points: 0,
        ..asked.clone()
    };
    let study = Study {
        scenario: &story.scenario,
        pinned: &pinned,
        queries: &queries,
        options: &options,
        tolerance: asked.tolerance,
        limits: limits(args.solve.max_nodes),
        threads: threads(args.threads),
    };
    let subject = Subject {
        story: &story,
        settings: &settings,
        pinned: &pinned,
        asked: &args.asks,
        queries: &queries,
        options: &options,
    };
    match axes[..] {
        [x] => one(args, &study, &subject, x, accuracy, color),
        [x, y, ..] => two(args, &study, &subject, [x, y], color),
        [] => Err(Failure::input("name a param to vary")),
    }
}

fn one(
    args: &VaryArgs,
    study: &Study<'_>,
    subject: &Subject<'_>,
    x: Axis,
    accuracy: f64,
    color: When,
) -> Result<u8, Failure> {
    let curve = curve(study, &x, accuracy, args.quiet || args.json);
    let view = curve_view(subject, &x, &curve);
    write(args.svg.as_deref(), || curve_svg(&view))?;
    write(args.csv.as_deref(), || curve_csv(subject, &x, &curve))?;
    if args.json {
        terminal::print(&curve_json(subject, &x, &curve)?)?;
    } else if !args.quiet {
        terminal::print(&curve_text(&view, terminal::text_options(color)))?;
    }
    let answered: Vec<&Answered> = curve.samples.iter().map(|s| &s.answered).collect();
    Ok(verdict(&answered))
}

fn two(
    args: &VaryArgs,
    study: &Study<'_>,
    subject: &Subject<'_>,
    [x, y]: [Axis; 2],
    color: When,
) -> Result<u8, Failure> {
    let meter = Mutex::new(Meter::counted("varying", "points", args.quiet || args.json));
    let progress = |done: usize, of: usize| shown(&meter, done, of);
    let map: Map = detente_sweep::vary::map(study, &x, &y, &progress);
    drop(meter);
    let view = map_view(subject, [&x, &y], &map);
    write(args.svg.as_deref(), || map_svg(&view))?;
    write(args.csv.as_deref(), || map_csv(subject, [&x, &y], &map))?;
    if args.json {
        terminal::print(&map_json(subject, [&x, &y], &map)?)?;
    } else if !args.quiet {
        terminal::print(&map_text(&view, terminal::text_options(color)))?;
    }
    Ok(verdict(&map.cells.iter().collect::<Vec<_>>()))
}

/// The answers along a parameter, with progress and Ctrl-C.
pub fn curve(study: &Study<'_>, x: &Axis, accuracy: f64, quiet: bool) -> Curve {
    let meter = Mutex::new(Meter::counted("varying", "points", quiet));
    let progress = |done: usize, of: usize| shown(&meter, done, of);
    detente_sweep::vary::vary(study, x, accuracy, &progress)
}

fn shown(meter: &Mutex<Meter>, done: usize, of: usize) -> bool {
    if let Ok(meter) = meter.try_lock() {
        meter.at(done as u64, of as u64, String::new());
    }
    !interrupted()
}

fn write(path: Option<&Path>, text: impl FnOnce() -> String) -> Result<(), Failure> {
    match path {
        Some(path) => terminal::put(Some(path), &text()),
        None => Ok(()),
    }
}

/// The exit code that the points deserve.
fn verdict(answered: &[&Answered]) -> u8 {
    if interrupted() {
        complain("interrupted: what was solved until then is shown");
        return LIMIT;
    }
    match answered.iter().any(|point| point.is_err()) {
        true => FINDINGS,
        false => 0,
    }
}

fn accuracy(args: &VaryArgs) -> Result<f64, Failure> {
    match args.accuracy {
        share if share > 0.0 && share <= 1.0 => Ok(share),
        share => Err(Failure::input(format!(
            "`--accuracy {share}`: write a share of the range above 0, such as 0.001"
        ))),
    }
}

/// The axes that the command line asks for.
fn axes(
    args: &VaryArgs,
    story: &Story,
    settings: &Settings,
    pinned: &[(ParamId, f64)],
    color: When,
) -> Result<Vec<Axis>, Failure> {
    let count = args.params.len();
    for (name, given) in [("from", &args.from), ("to", &args.to)] {
        if given.len() > count {
            return Err(Failure::input(format!(
                "`--{name}` is given {} times for {count} param{}",
                given.len(),
                if count == 1 { "" } else { "s" }
            )));
        }
    }
    let points = args
        .points
        .unwrap_or(if count == 1 { POINTS } else { MAP_POINTS });
    if !(2..=MOST_POINTS).contains(&points) {
        return Err(Failure::input(format!(
            "`--points {points}`: write a number from 2 to {MOST_POINTS}"
        )));
    }
    let mut axes: Vec<Axis> = Vec::new();
    for (at, name) in args.params.iter().enumerate() {
        let id = parameter(&story.scenario, name, "vary")?;
        if pinned.iter().any(|(set, _)| *set == id) {
            return Err(Failure::input(format!(
                "`{name}` cannot be both varied and set"
            )));
        }
        if axes.iter().any(|axis| axis.parameter == id) {
            return Err(Failure::input(format!("`{name}` is named twice")));
        }
        let ends = [("from", args.from.get(at)), ("to", args.to.get(at))];
        axes.push(axis(story, settings, id, ends, points, color)?);
    }
    Ok(axes)
}

/// The axis of a parameter: from end to end of its range, or of what the command line says.
fn axis(
    story: &Story,
    settings: &Settings,
    id: ParamId,
    ends: [(&str, Option<&String>); 2],
    points: usize,
    color: When,
) -> Result<Axis, Failure> {
    let scenario = &story.scenario;
    let known = &scenario.parameters[id.index()];
    let name = &known.id;
    let range =
        range(scenario, settings, id).map_err(|fault| story.failure(&fault, color, INPUT))?;
    let mut found = [0.0; 2];
    for (k, (option, given)) in ends.into_iter().enumerate() {
        found[k] = match (given, range) {
            (Some(text), _) => number(text).ok_or_else(|| {
                Failure::input(format!("`--{option} {text}`: `{text}` is no number"))
            })?,
            (None, Some(range)) => [range.0, range.1][k],
            (None, None) => {
                return Err(Failure::input(format!(
                    "`{name}` has no range in the scenario: say from where to where, `--from` and `--to`"
                )));
            }
        };
    }
    let [low, high] = found;
    if low >= high {
        return Err(Failure::input(format!(
            "`{name}` cannot be varied from {low} to {high}: the first value must be below the last"
        )));
    }
    let steps = stepped(scenario, settings, id, (low, high))
        .map_err(|fault| story.failure(&fault, color, INPUT))?;
    let axis = Axis {
        parameter: id,
        low,
        high,
        points: match steps {
            Some(steps) => points
                .max(((high - low) / steps.step).ceil() as usize + 1)
                .min(MOST_POINTS),
            None => points,
        },
        steps,
    };
    match axis.values()[..] {
        [_, _, ..] => Ok(axis),
        _ => Err(Failure::input(format!(
            "`{name}` goes in steps, and there are not two of its numbers from {low} to {high}"
        ))),
    }
}

/// The only numbers from `low` to `high` that make sense of a parameter: its own steps, or whole numbers where it
/// counts rounds.
///
/// # Errors
/// An end of its range or a step that has no finite value.
pub fn stepped(
    scenario: &Scenario,
    settings: &Settings,
    id: ParamId,
    (low, high): (f64, f64),
) -> Result<Option<Steps>, Box<detente_language::diagnostic::Diagnostic>> {
    let own = Steps::of(scenario, settings, &scenario.parameters[id.index()])?;
    let rounds = counts_rounds(scenario, id).then_some(Steps {
        first: low.ceil(),
        step: 1.0,
        last: high.floor(),
    });
    Ok(own.or(rounds))
}

/// The range of a parameter at the present numbers.
///
/// # Errors
/// An end that has no finite value.
pub fn range(
    scenario: &Scenario,
    settings: &Settings,
    id: ParamId,
) -> Result<Option<(f64, f64)>, Box<detente_language::diagnostic::Diagnostic>> {
    let ends = scenario.parameters[id.index()].range.as_ref();
    ends.map(|(low, high)| {
        Ok((
            constant(scenario, settings, low)?,
            constant(scenario, settings, high)?,
        ))
    })
    .transpose()
}

/// Why a point has no answers, in words.
pub fn reason(missing: &Missing) -> &str {
    match missing {
        Missing::Failed(words) => words,
        Missing::Stopped => "interrupted",
    }
}
