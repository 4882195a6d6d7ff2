//! `detente run`: the whole line, from scenario to report.

use std::path::{Path, PathBuf};
use std::time::Instant;

use detente_findings::assemble::{Input, assemble};
use detente_findings::headlines::headlines;
use detente_findings::model::Findings;
use detente_report::{html, text};
use detente_solve::qre;
use detente_sweep::{Base, Plan, describe, doubtful, explore};

use crate::args::{RunArgs, When};
use crate::failure::{FINDINGS, Failure, INPUT, LIMIT};
use crate::input::{Story, query, story};
use crate::line::{Line, expanded, solved, threads};
use crate::others::{Search, others};
use crate::progress::{Meter, interrupted};
use crate::terminal::{self, complain};

/// Runs the command; the exit code if it came to its end.
///
/// # Errors
/// What ended it early.
pub fn run(args: &RunArgs, color: When) -> Result<u8, Failure> {
    let begun = Instant::now();
    let story = story(&args.file, color, args.quiet)?;
    let asked = args
        .asks
        .iter()
        .map(|text| Ok((text.clone(), query(&story.scenario, text, color)?)))
        .collect::<Result<Vec<_>, Failure>>()?;
    let mut line = expanded(&story, &args.solve, color, args.quiet)?;
    line.options.threads = qre::Options::worth_while(&line.expansion.game, threads(args.threads));
    let solution = solved(&line.expansion.game, &line.options, args.quiet);
    let name = story.file_name();
    let input = Input {
        scenario: &story.scenario,
        settings: &line.settings,
        pinned: &line.pinned,
        asked: &asked,
        expansion: &line.expansion,
        solution: &solution,
        file: &name,
        text: story.text(),
        seed: args.seed,
    };
    let (mut findings, tally) =
        assemble(&input).map_err(|fault| story.failure(&fault, color, INPUT))?;
    findings.seconds = begun.elapsed().as_secs_f64();
    let search = Search {
        starts: args.others,
        patient: false,
        seed: args.seed,
        threads: threads(args.threads),
        quiet: args.quiet,
    };
    findings.equilibria =
        others(&input, &line, search).map_err(|fault| story.failure(&fault, color, INPUT))?;
    let base = Base {
        scenario: &story.scenario,
        pinned: &line.pinned,
        settings: &line.settings,
        expansion: &line.expansion,
        solution: &solution,
        tally: &tally,
        asked: &asked,
        options: &line.options,
        limits: line.limits,
    };
    doubt(&mut findings, &story, &line, &base, args)?;
    findings.headlines = headlines(&findings);
    let folder = folder(args, &story);
    write(&findings, &folder)?;
    show(&findings, &folder, args, color)?;
    Ok(verdict(&findings))
}

/// Solves again with other numbers, unless that was not wanted or there is nothing to go by.
fn doubt(
    findings: &mut Findings,
    story: &Story,
    line: &Line,
    base: &Base<'_>,
    args: &RunArgs,
) -> Result<(), Failure> {
    let pinned: Vec<_> = line.pinned.iter().map(|(id, _)| *id).collect();
    let numbers = doubtful(&story.scenario, &line.settings, &pinned)
        .map_err(|error| Failure::input(error.to_string()))?;
    describe(findings, &story.scenario, &numbers);
    if args.no_doubt || interrupted() || !base.solution.status.is_success() {
        return Ok(());
    }
    let meter = Meter::counted("doubting", "re-solutions", args.quiet);
    let progress = |done: usize, of: usize| {
        meter.at(done as u64, of as u64, String::new());
        !interrupted()
    };
    let plan = Plan {
        tornado: true,
        draws: args.draws,
        seed: args.seed,
        threads: threads(args.threads),
    };
    explore(findings, base, &numbers, plan, &progress);
    Ok(())
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
