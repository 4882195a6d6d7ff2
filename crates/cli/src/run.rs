//! `detente run`: the whole line, from scenario to report.

use std::path::{Path, PathBuf};
use std::time::Instant;

use detente_doubt::{Plan, describe, explore};
use detente_findings::assemble::{Input, assemble};
use detente_findings::deal::{find, view};
use detente_findings::headlines::headlines;
use detente_findings::model::{Deal, Findings};
use detente_line::Story;
use detente_line::negotiation::{Question, asked, doubts};
use detente_line::others::Search;
use detente_report::{html, text};
use detente_solve::qre;
use detente_sweep::{Base, Doubtful};

use crate::args::{Others, RunArgs, When};
use crate::failure::{FINDINGS, Failure, INPUT, LIMIT};
use crate::input::{Shown, query, story};
use crate::line::{Line, expanded, solved, threads};
use crate::others::others;
use crate::progress::{Meter, interrupted};
use crate::terminal::{self, complain};

/// Draws of the doubtful numbers for who would accept what: nothing is solved again for them.
const DEAL_DRAWS: usize = 500;
/// Most outcomes that are looked at one by one in every draw.
const DEAL_COUNTED: usize = 20_000;

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
        starts: args.others.map(Others::starts),
        limit: line.options.time_limit,
        patient: false,
        seed: args.seed,
        threads: threads(args.threads),
    };
    findings.equilibria =
        others(&input, search, args.quiet).map_err(|fault| story.failure(&fault, color, INPUT))?;
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
    let numbers = doubt(&mut findings, &story, &line, &base, args)?;
    findings.deal = negotiation(&story, &line, &numbers, args);
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
) -> Result<Vec<Doubtful>, Failure> {
    let numbers = doubts(story, &line.settings, &line.pinned)
        .map_err(|fault| Failure::of(&fault, When::Never))?;
    describe(findings, &story.scenario, &numbers);
    if args.no_doubt || interrupted() || !base.solution.status.is_success() {
        return Ok(numbers);
    }
    let meter = Meter::counted("doubting", "re-solutions", args.quiet);
    let progress = |done: usize, of: usize| {
        meter.at(done as u64, of as u64, String::new());
        !interrupted()
    };
    let (game, threads) = (&line.expansion.game, threads(args.threads));
    let plan = Plan::modest(game, args.doubt.flatten(), args.seed, threads);
    explore(findings, base, &numbers, plan, &progress);
    Ok(numbers)
}

/// Who would accept what over the issues, where there are any. Spaces too large to analyse and numbers that make no sense
/// there are passed over: the play has been solved without them.
fn negotiation(story: &Story, line: &Line, numbers: &[Doubtful], args: &RunArgs) -> Option<Deal> {
    let question = |draws: usize| Question {
        draws,
        counted: DEAL_COUNTED,
        seed: args.seed,
        epsilon: 0.0,
    };
    let asked = |draws: usize| {
        asked(
            story,
            &line.settings,
            &line.pinned,
            numbers,
            question(draws),
        )
    };
    let draws = if args.no_doubt { 0 } else { DEAL_DRAWS };
    let asked = asked(draws).or_else(|_| asked(0)).ok()??;
    view(&find(asked).ok()?).ok()
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
