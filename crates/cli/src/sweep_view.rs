//! Runs of `detente sweep` in words and as JSON.

use std::fmt::Write;
use std::path::Path;

use detente_sweep::design::Design;
use detente_sweep::run::{Done, Held, Plan, Spread, Summary, ranges};
use indicatif::HumanCount;
use serde_json::{Value, json};

use crate::failure::Failure;

/// Widest label in the table of endings.
const WIDEST: usize = 44;

/// The end of a run in a few lines.
pub fn done_text(folder: &Path, held: &Held, summary: &Summary) -> String {
    let mut text = heading(&held.plan);
    let solved = summary.points - summary.failed;
    let _ = writeln!(
        text,
        "{} points in complete files, {} solved{}",
        HumanCount(summary.points),
        HumanCount(solved),
        failures(summary)
    );
    if !summary.endings.is_empty() {
        text += "\n";
        text += &endings(&summary.endings);
    }
    let _ = write!(text, "\nFiles: {}", folder.display());
    let all = held.plan.shards();
    let _ = match held.missing.is_empty() {
        true => writeln!(text, " ({all} {})", plural(all, "shard", "shards")),
        false => writeln!(
            text,
            " ({} of {all} shards; `detente sweep describe {}` tells what is missing)",
            held.complete.len(),
            folder.display()
        ),
    };
    text
}

fn plural(count: u64, one: &'static str, many: &'static str) -> &'static str {
    if count == 1 { one } else { many }
}

fn heading(plan: &Plan) -> String {
    let numbers = plan.inputs.len() as u64;
    format!(
        "{}\n{} over {numbers} {}, seed {}: {} points\n",
        plan.title,
        design(&plan.design),
        plural(numbers, "number", "numbers"),
        plan.seed,
        HumanCount(plan.points)
    )
}

/// A design in words, as the beginning of a sentence.
pub fn design(design: &Design) -> String {
    match design {
        Design::Grid { values } => format!("Grid of {values} values each"),
        Design::MonteCarlo { .. } => "Monte Carlo".to_owned(),
        Design::Latin { .. } => "Latin hypercube".to_owned(),
        Design::Sobol { .. } => "Sobol' sequence".to_owned(),
        Design::Saltelli { base, .. } => {
            format!("Saltelli's design on {} base points", HumanCount(*base))
        }
        Design::Morris {
            trajectories,
            levels,
        } => format!(
            "{} of Morris' trajectories on {levels} levels",
            HumanCount(*trajectories)
        ),
        Design::OneAtATime { .. } => "One number at a time".to_owned(),
        Design::File { file, .. } => format!("Points of {file}"),
    }
}

fn failures(summary: &Summary) -> String {
    match &summary.reason {
        None => String::new(),
        Some((reason, count)) => {
            let share = 100.0 * summary.failed as f64 / summary.points.max(1) as f64;
            let whose = match *count == summary.failed {
                true => "all because",
                false => "most often because",
            };
            format!(
                ", {} failed ({share:.1} %), {whose}: {reason}",
                HumanCount(summary.failed)
            )
        }
    }
}

/// Mean and 5–95 % range of every ending.
fn endings(endings: &[Spread]) -> String {
    let widths = endings.iter().map(|ending| ending.label.chars().count());
    let width = widths.max().unwrap_or(0).min(WIDEST);
    let mut text = format!("{:width$}     mean       5–95 %\n", "");
    for ending in endings {
        let label: String = ending.label.chars().take(width).collect();
        let percent = |share: f64| format!("{:.1}", 100.0 * share);
        let _ = writeln!(
            text,
            "{label:width$}  {:>5} %  {:>5} – {} %",
            percent(ending.mean),
            percent(ending.low),
            percent(ending.high)
        );
    }
    text
}

/// The end of a run as JSON.
///
/// # Errors
/// It cannot be written.
pub fn done_json(
    folder: &Path,
    held: &Held,
    done: &Done,
    summary: &Summary,
) -> Result<String, Failure> {
    let spread = |ending: &Spread| {
        json!({
            "id": ending.id,
            "label": ending.label,
            "mean": ending.mean,
            "p5": ending.low,
            "p95": ending.high,
        })
    };
    pretty(&json!({
        "folder": folder.display().to_string(),
        "fingerprint": held.plan.fingerprint(),
        "points": held.plan.points,
        "shards": { "all": held.plan.shards(), "complete": held.complete.len() },
        "this_time": {
            "points": done.step.of,
            "done": done.step.done,
            "kept": done.step.kept,
            "failed": done.step.failed,
            "interrupted": done.stopped,
        },
        "complete": {
            "points": summary.points,
            "failed": summary.failed,
            "commonest_reason": summary.reason.as_ref().map(|reason| &reason.0),
            "endings": summary.endings.iter().map(spread).collect::<Vec<_>>(),
        },
        "notes": held.plan.notes,
    }))
}

/// What a folder holds, in words.
pub fn described(folder: &Path, held: &Held) -> String {
    let plan = &held.plan;
    let mut text = heading(plan);
    let _ = writeln!(text, "of {}, by version {}", plan.file, plan.version);
    let names: Vec<&str> = plan
        .inputs
        .iter()
        .map(|input| input.name.as_str())
        .collect();
    let _ = writeln!(text, "Varied: {}", names.join(", "));
    for (a, b, rank) in &plan.correlations {
        let _ = writeln!(text, "Correlated: {a} and {b}, {rank}");
    }
    if !plan.set.is_empty() {
        let set = plan
            .set
            .iter()
            .map(|(name, value)| format!("{name} = {value}"));
        let _ = writeln!(text, "Set: {}", set.collect::<Vec<_>>().join(", "));
    }
    for note in &plan.notes {
        let _ = writeln!(text, "Note: {note}");
    }
    let all = plan.shards();
    let _ = writeln!(
        text,
        "\n{}: {} of {} points, {} of {all} shards complete",
        folder.display(),
        HumanCount(held.points()),
        HumanCount(plan.points),
        held.complete.len()
    );
    if !held.begun.is_empty() {
        let rows: u64 = held.begun.iter().map(|(_, rows)| rows).sum();
        let _ = writeln!(
            text,
            "Begun: {} {} with {} rows in journals",
            held.begun.len(),
            plural(held.begun.len() as u64, "shard", "shards"),
            HumanCount(rows)
        );
    }
    if !held.missing.is_empty() {
        let _ = writeln!(text, "Missing: shards {}", ranges(&held.missing));
    }
    for error in &held.damaged {
        let _ = writeln!(text, "Damaged: {error}");
    }
    text
}

/// What a folder holds, as JSON.
///
/// # Errors
/// It cannot be written.
pub fn described_json(held: &Held) -> Result<String, Failure> {
    let begun = |(shard, rows): &(u64, u64)| json!({ "shard": shard, "rows": rows });
    pretty(&json!({
        "fingerprint": held.plan.fingerprint(),
        "points": held.plan.points,
        "held": held.points(),
        "shards": held.plan.shards(),
        "complete": held.complete,
        "begun": held.begun.iter().map(begun).collect::<Vec<_>>(),
        "missing": held.missing,
        "damaged": held.damaged.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "plan": held.plan,
    }))
}

fn pretty(value: &Value) -> Result<String, Failure> {
    serde_json::to_string_pretty(value)
        .map(|text| text + "\n")
        .map_err(|error| Failure::input(error.to_string()))
}
