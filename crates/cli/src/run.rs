//! `detente run`: the whole line, from scenario to report.

use std::path::{Path, PathBuf};

use detente_findings::model::Findings;
use detente_line::Story;
use detente_line::whole::{How, Stage, Told, Wanted, findings};
use detente_report::{html, text};

use crate::args::{Others, RunArgs, When};
use crate::failure::{FINDINGS, Failure, LIMIT};
use crate::input::story;
use crate::line::{bound, options};
use crate::progress::{Stages, interrupted};
use crate::terminal::{self, complain};

/// Runs the command; the exit code if it came to its end.
///
/// # Errors
/// What ended it early.
pub fn run(args: &RunArgs, color: When) -> Result<u8, Failure> {
    let story = story(&args.file, color, args.quiet)?;
    // Here, so that what makes no sense is told in the command's own words.
    let options = options(&args.solve)?;
    let (pinned, settings) = bound(&story, &args.solve.set, color)?;
    let told = Told {
        story: &story,
        pinned: &pinned,
        settings: &settings,
    };
    let how = How {
        precision: options.precision,
        tolerance: options.tolerance,
        raw_payoffs: options.raw_payoffs,
        max_nodes: args.solve.max_nodes,
        memory: None,
        time_limit: options.time_limit,
        threads: args.threads,
    };
    let wanted = Wanted {
        asked: args.asks.clone(),
        doubt: (!args.no_doubt).then(|| args.doubt.flatten()),
        others: args.others.map(Others::starts),
        seed: args.seed,
    };
    let stages = Stages::new(args.quiet);
    let watch = |stage: Stage, done: f64, of: f64, words: &str| stages.at(stage, done, of, words);
    let findings = findings(told, &how, &wanted, &watch);
    drop(stages);
    let findings = findings.map_err(|fault| Failure::of(&fault, color))?;
    let folder = folder(args, &story);
    write(&findings, &folder)?;
    show(&findings, &folder, args, color)?;
    Ok(verdict(&findings))
}

/// `--out`, or a folder named like the scenario.
fn folder(args: &RunArgs, story: &Story) -> PathBuf {
    args.out.clone().unwrap_or_else(|| {
        let stem = story
            .path
            .file_stem()
            .map_or_else(|| "scenario".into(), ToOwned::to_owned);
        Path::new("findings").join(stem)
    })
}

fn write(findings: &Findings, folder: &Path) -> Result<(), Failure> {
    let cannot = |path: &Path, error: &dyn std::fmt::Display| {
        Failure::input(format!("cannot write {}: {error}", path.display()))
    };
    std::fs::create_dir_all(folder).map_err(|error| cannot(folder, &error))?;
    let report = html(findings).map_err(|error| Failure::input(error.to_string()))?;
    for (name, text) in [("findings.json", json(findings)?), ("report.html", report)] {
        let path = folder.join(name);
        std::fs::write(&path, text).map_err(|error| cannot(&path, &error))?;
    }
    Ok(())
}

fn json(findings: &Findings) -> Result<String, Failure> {
    let text = serde_json::to_string_pretty(findings)
        .map_err(|error| Failure::input(error.to_string()))?;
    Ok(text + "\n")
}

fn show(findings: &Findings, folder: &Path, args: &RunArgs, color: When) -> Result<(), Failure> {
    if args.json {
        return terminal::print(&json(findings)?);
    }
    if args.quiet {
        return Ok(());
    }
    let options = terminal::text_options(color);
    let report = folder.join("report.html");
    terminal::print(&format!(
        "{}\nReport: {}\n",
        text(findings, options).trim_end(),
        report.display()
    ))?;
    if interrupted() {
        complain("interrupted: everything above and the report hold what was done until then");
    }
    Ok(())
}

/// The exit code that the findings deserve.
fn verdict(findings: &Findings) -> u8 {
    let limited =
        ["interrupted", "time_limit", "too_large"].contains(&findings.certificate.status.as_str());
    if interrupted() || limited {
        LIMIT
    } else if !findings.certificate.trustworthy || findings.expects.iter().any(|check| !check.holds)
    {
        FINDINGS
    } else {
        0
    }
}
