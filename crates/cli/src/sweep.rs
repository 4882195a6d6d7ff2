//! `detente sweep`: every point of a design solved, into a folder of Parquet files.

use std::path::Path;

use detente_expand::ExpandError;
use detente_language::scenario::{Expr, ParamId};
use detente_solve::qre::{self, Next};
use detente_sweep::design::{Design, Input, Of, Points, PointsFile};
use detente_sweep::run::{
    Done, Ground, GroundError, Options, Parts, Plan, RunError, Solving, Step, Text, describe,
    ground, merge, part, run as drive, summary,
};
use detente_sweep::{correlations, doubtful};

use indicatif::HumanCount;

use crate::args::When;
use crate::args_sweep::{DescribeArgs, DesignArg, MergeArgs, SweepAction, SweepArgs};
use crate::failure::{Failure, INPUT, LIMIT};
use crate::input::{Story, number, parameter, query, story};
use crate::line::{bound, limits, threads};
use crate::progress::{Meter, interrupted};
use crate::sweep_report::report;
use crate::sweep_view::{described, described_json, done_json, done_text};
use crate::terminal::{self, complain};

/// Largest relative gain of the best guesses, where nothing else is asked for.
const TOLERANCE: f64 = 1e-4;

/// Runs the command; the exit code if it came to its end.
///
/// # Errors
/// What ended it early.
pub fn run(args: &SweepArgs, color: When) -> Result<u8, Failure> {
    match (&args.action, &args.file, &args.out) {
        (Some(SweepAction::Merge(args)), ..) => join(args),
        (Some(SweepAction::Describe(args)), ..) => tell(args),
        (Some(SweepAction::Report(args)), ..) => report(args, color),
        (None, Some(file), Some(out)) => sweep(args, file, out, color),
        _ => Err(Failure::input(
            "name a scenario and, with `--out`, a folder",
        )),
    }
}

/// What a folder or file says about why it cannot be used.
pub(crate) fn failure(error: RunError) -> Failure {
    match error.full() {
        true => Failure::limit(error.to_string()),
        false => Failure::input(error.to_string()),
    }
}

fn sweep(args: &SweepArgs, file: &Path, out: &Path, color: When) -> Result<u8, Failure> {
    let quiet = args.quiet || args.json;
    let story = story(file, color, quiet)?;
    let asked = args
        .asks
        .iter()
        .map(|text| Ok((text.clone(), query(&story.scenario, text, color)?)))
        .collect::<Result<Vec<_>, Failure>>()?;
    let (pinned, _) = bound(&story, &args.set, color)?;
    let (options, ends) = options(args)?;
    let points = points(args, &story, &pinned, ends, color)?;
    let plan = plan(args, &story, &pinned, &asked, &options, &points);
    let shards = shards(args, &plan)?;
    if !quiet {
        plan.notes
            .iter()
            .for_each(|note| complain(&format!("note: {note}")));
    }
    let ground = stand(&story, args, &pinned, &asked, &options, color)?;
    let engine = ground.engine(&story.scenario, &pinned, &asked, args.afresh);
    let options = Options {
        shards,
        threads: threads(args.threads),
        resume: args.resume,
    };
    let meter = Meter::told("sweeping", "points", quiet);
    let mut progress = |step: Step| {
        meter.at(
            step.done,
            step.of,
            meter.pace(step.done - step.kept, step.of - step.done, step.failed),
        );
        !interrupted()
    };
    let done = drive(out, &plan, &points, &engine, &options, &mut progress).map_err(failure)?;
    drop(meter);
    show(args, out, &done)
}

fn show(args: &SweepArgs, out: &Path, done: &Done) -> Result<u8, Failure> {
    let held = describe(out).map_err(failure)?;
    let summary = summary(out).map_err(failure)?;
    if args.json {
        terminal::print(&done_json(out, &held, done, &summary)?)?;
    } else if !args.quiet {
        terminal::print(&done_text(out, &held, &summary))?;
    }
    if done.stopped {
        complain(&format!(
            "interrupted with {} of {} points done; nothing is lost: give the same command with `--resume` to go on",
            done.step.done, done.step.of
        ));
        return Ok(LIMIT);
    }
    Ok(0)
}

/// How points are solved, and the ends of the precision where it is varied.
fn options(args: &SweepArgs) -> Result<(qre::Options, Option<(f64, f64)>), Failure> {
    let wrong = |text: &str| {
        Failure::input(format!(
            "`--precision {text}`: write a number above 0, or two of them: `--precision 5..500`"
        ))
    };
    let above = |text: &str, whole: &str| {
        number(text)
            .filter(|value| *value > 0.0)
            .ok_or_else(|| wrong(whole))
    };
    let (precision, ends) = match args.precision.as_deref() {
        None => (None, None),
        Some(text) => match text.split_once("..") {
            None => (Some(above(text, text)?), None),
            Some((low, high)) => {
                let (low, high) = (above(low, text)?, above(high, text)?);
                if low >= high {
                    return Err(wrong(text));
                }
                (None, Some((low, high)))
            }
        },
    };
    let tolerance = args.tolerance.unwrap_or(TOLERANCE);
    if !(tolerance.is_finite() && tolerance >= 0.0) {
        return Err(Failure::input(format!(
            "`--tolerance {tolerance}`: write a number that is not below 0"
        )));
    }
    let options = qre::Options {
        precision,
        tolerance,
        raw_payoffs: args.raw_payoffs,
        ..qre::Options::default()
    };
    Ok((options, ends))
}

/// The points to solve.
fn points(
    args: &SweepArgs,
    story: &Story,
    pinned: &[(ParamId, f64)],
    precision: Option<(f64, f64)>,
    color: When,
) -> Result<Points, Failure> {
    let scenario = &story.scenario;
    let wrong = |error: &dyn std::fmt::Display| Failure::input(error.to_string());
    let (_, settings) = bound(story, &args.set, color)?;
    let ids: Vec<ParamId> = pinned.iter().map(|pair| pair.0).collect();
    let numbers = doubtful(scenario, &settings, &ids).map_err(|error| wrong(&error))?;
    if let Some(path) = &args.points_from {
        let all = doubtful(scenario, &settings, &[]).map_err(|error| wrong(&error))?;
        let file = PointsFile::read(path, scenario, &all).map_err(|error| wrong(&error))?;
        let twice = |input: &&Input| input.parameter().is_some_and(|id| ids.contains(&id));
        if let Some(input) = file.inputs().iter().find(twice) {
            return Err(Failure::input(format!(
                "`--set {}`: the file of points has a column for it",
                input.name
            )));
        }
        if precision.is_some() {
            return Err(Failure::input(
                "`--precision LOW..HIGH` makes no sense with `--points-from`: give the file a column `precision`",
            ));
        }
        return Points::of_file(file).map_err(|error| wrong(&error));
    }
    let mut inputs = Vec::new();
    for number in numbers {
        let name = &scenario.parameters[number.parameter.index()].id;
        if args.over.is_empty() || args.over.contains(name) {
            inputs.push(Input {
                name: name.clone(),
                of: Of::Number(number),
            });
        }
    }
    for name in &args.over {
        let id = parameter(scenario, name, "--over")?;
        if !inputs.iter().any(|input| input.name == *name) {
            let why = match ids.contains(&id) {
                true => "it is set",
                false => "it has no range and no distribution",
            };
            return Err(Failure::input(format!("`--over {name}`: {why}")));
        }
    }
    inputs.extend(precision.map(|(low, high)| Input::precision(low, high)));
    let correlations = correlations(scenario);
    Points::new(inputs, design(args), args.seed, &correlations).map_err(|error| wrong(&error))
}

fn design(args: &SweepArgs) -> Design {
    let points = |default: u64| args.points.unwrap_or(default);
    match args.design {
        DesignArg::Sobol => Design::Sobol {
            points: points(1024),
        },
        DesignArg::Latin => Design::Latin {
            points: points(1024),
        },
        DesignArg::MonteCarlo => Design::MonteCarlo {
            points: points(1024),
        },
        DesignArg::Grid => Design::Grid { values: points(5) },
        DesignArg::Saltelli => Design::Saltelli {
            base: points(256),
            second_order: args.second_order,
        },
        DesignArg::Morris => Design::Morris {
            trajectories: points(20),
            levels: args.levels,
        },
        DesignArg::Oat => Design::OneAtATime { values: points(2) },
    }
}

fn plan(
    args: &SweepArgs,
    story: &Story,
    pinned: &[(ParamId, f64)],
    asked: &[(String, Expr)],
    options: &qre::Options,
    points: &Points,
) -> Plan {
    let name = |path: &str| {
        let name = Path::new(path).file_name();
        name.map_or_else(
            || path.to_owned(),
            |name| name.to_string_lossy().into_owned(),
        )
    };
    let included = story.sources.files().iter().skip(1).map(|file| Text {
        file: name(file.name()),
        text: file.text().to_owned(),
    });
    let file = story.file_name();
    let parts = Parts {
        scenario: &story.scenario,
        file: &file,
        text: story.text(),
        included: included.collect(),
        pinned,
        asked,
        solving: Solving {
            precision: options.precision,
            tolerance: options.tolerance,
            raw_payoffs: options.raw_payoffs,
            max_nodes: args.max_nodes as u64,
            afresh: args.afresh,
        },
        points_per_shard: args.points_per_file,
    };
    Plan::new(parts, points)
}

/// The shards of the part that is asked for.
fn shards(args: &SweepArgs, plan: &Plan) -> Result<std::ops::Range<u64>, Failure> {
    let Some(text) = &args.shard else {
        return Ok(0..plan.shards());
    };
    let parsed = text
        .split_once('/')
        .and_then(|(k, n)| Some((k.trim().parse::<u64>().ok()?, n.trim().parse::<u64>().ok()?)));
    match parsed {
        Some((k, n)) if 1 <= k && k <= n => Ok(part(k, n, plan.shards())),
        _ => Err(Failure::input(format!(
            "`--shard {text}`: write k/n with k from 1 to n, such as 3/10"
        ))),
    }
}

/// Solves the scenario with its best guesses.
fn stand(
    story: &Story,
    args: &SweepArgs,
    pinned: &[(ParamId, f64)],
    asked: &[(String, Expr)],
    options: &qre::Options,
    color: When,
) -> Result<Ground, Failure> {
    let meter = Meter::share("solving", args.quiet || args.json);
    let mut watch = |share: f64| {
        meter.at(
            (share.clamp(0.0, 1.0) * 1000.0) as u64,
            1000,
            "the best guesses".to_owned(),
        );
        match interrupted() {
            true => Next::Stop,
            false => Next::Continue,
        }
    };
    let options = qre::Options {
        threads: threads(args.threads),
        ..options.clone()
    };
    let limits = limits(args.max_nodes);
    let found = ground(&story.scenario, pinned, asked, &options, limits, &mut watch);
    found.map_err(|error| match error {
        GroundError::Scenario(fault) => story.failure(&fault, color, INPUT),
        GroundError::Expand(ExpandError::Limit(fault)) => story.failure(&fault, color, LIMIT),
        error => Failure::limit(error.to_string()),
    })
}

fn join(args: &MergeArgs) -> Result<u8, Failure> {
    let meter = Meter::counted("merging", "shards", args.quiet);
    let mut progress = |done: u64, of: u64| meter.at(done, of, String::new());
    let plan = merge(&args.folders, &args.out, &mut progress).map_err(failure)?;
    drop(meter);
    if !args.quiet {
        terminal::print(&format!(
            "All {} points are in {}, each once.\n",
            HumanCount(plan.points),
            args.out.display()
        ))?;
    }
    Ok(0)
}

fn tell(args: &DescribeArgs) -> Result<u8, Failure> {
    let held = describe(&args.folder).map_err(failure)?;
    let text = match args.json {
        true => described_json(&held)?,
        false => described(&args.folder, &held),
    };
    terminal::print(&text)?;
    Ok(if held.damaged.is_empty() { 0 } else { INPUT })
}
