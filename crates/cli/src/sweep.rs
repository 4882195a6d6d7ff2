//! `detente sweep`: every point of a design solved, into a folder of Parquet files.

use std::path::Path;

use detente_line::game::TOLERANCE;
use detente_line::sweep::{
    How, Subject, Varied, plan, points as points_of_design, points_of_file, stand,
};
use detente_solve::qre::{self, Next};
use detente_sweep::Engine;
use detente_sweep::design::Points;
use detente_sweep::run::{
    Done, Ground, Options, Plan, RunError, Step, describe, merge, part, run as drive, summary,
};

use indicatif::HumanCount;

use crate::args::When;
use crate::args_sweep::{DescribeArgs, MergeArgs, SweepAction, SweepArgs};
use crate::failure::{Failure, INPUT, LIMIT};
use crate::input::{number, query, story};
use crate::line::{bound, threads};
use crate::progress::{Meter, interrupted};
use crate::sweep_report::report;
use crate::sweep_view::{described, described_json, done_json, done_text};
use crate::terminal::{self, complain};

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
    let (pinned, settings) = bound(&story, &args.set, color)?;
    let subject = Subject {
        story: &story,
        pinned: &pinned,
        settings: &settings,
        asked: &asked,
    };
    let (options, precision) = options(args)?;
    let points = points(args, subject, precision, color)?;
    let how = How {
        options,
        max_nodes: args.max_nodes,
        afresh: args.afresh,
        points_per_file: args.points_per_file,
    };
    // Which decision comes first shows only in the solution.
    let early = args.worth.then(|| ground(subject, &how, args, color));
    let early = early.transpose()?;
    let decisions = early
        .as_ref()
        .map(|ground| ground.decisions(&story.scenario));
    let decisions = decisions.unwrap_or_default();
    let plan = plan(subject, &how, &points, &decisions);
    let shards = shards(args, &plan)?;
    if !quiet {
        plan.notes
            .iter()
            .for_each(|note| complain(&format!("note: {note}")));
    }
    let ground = match early {
        Some(ground) => ground,
        None => ground(subject, &how, args, color)?,
    };
    let anchors = ground.anchors(&points);
    let engine = Engine {
        decisions,
        anchors: Some(&anchors),
        ..ground.engine(&story.scenario, &pinned, &asked, args.afresh)
    };
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
    subject: Subject<'_>,
    precision: Option<(f64, f64)>,
    color: When,
) -> Result<Points, Failure> {
    let points = match &args.points_from {
        Some(_) if precision.is_some() => {
            return Err(Failure::input(
                "`--precision LOW..HIGH` makes no sense with `--points-from`: give the file a column `precision`",
            ));
        }
        Some(path) => points_of_file(subject, path),
        None => {
            let varied = Varied {
                design: args.design(),
                seed: args.seed,
                over: args.over.clone(),
                precision,
            };
            points_of_design(subject, varied)
        }
    };
    points.map_err(|fault| Failure::of(&fault, color))
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
fn ground(
    subject: Subject<'_>,
    how: &How,
    args: &SweepArgs,
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
    stand(subject, how, threads(args.threads), &mut watch)
        .map_err(|fault| Failure::of(&fault, color))
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
