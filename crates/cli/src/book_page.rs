//! What a page of the book about a scenario of the library needs: everything that was found, and its picture.

use std::path::Path;

use detente_doubt::{Plan, explore};
use detente_findings::assemble::{Input, assemble};
use detente_findings::model::{Findings, TornadoRow, Unit};
use detente_language::scenario::ParamId;
use detente_line::Story;
use detente_line::others::Search;
use detente_report::{curve_svg, endings_svg};
use detente_solve::qre;
use detente_sweep::vary::{Axis, Study};
use detente_sweep::{Base, doubtful};

use crate::args::{SolveArgs, When};
use crate::failure::{Failure, INPUT};
use crate::input::{Shown, query, told};
use crate::line::{Line, expanded, solved};
use crate::list::Entry;
use crate::others::others;
use crate::progress::interrupted;
use crate::vary::{Subject, TIGHT, curve, range, stepped};
use crate::vary_view::curve_view;

/// A number that moves every answer by less has no picture.
const SMALL: f64 = 0.02;
/// Answers smaller than this do not count as ones that move.
const LEAST: f64 = 1e-3;
/// Points of a picture, and how closely it shows jumps, as a share of the range.
const POINTS: usize = 41;
const ACCURACY: f64 = 1e-3;
/// Seed of the search for other equilibria.
const SEED: u64 = 1;

/// What a page needs.
pub struct Sheet {
    /// What was found.
    pub findings: Findings,
    /// The picture, as SVG.
    pub picture: String,
    /// What it shows.
    pub caption: String,
    /// The command that shows the same.
    pub command: String,
}

/// Solves a scenario of the library and draws its picture.
///
/// # Errors
/// It cannot be solved.
pub fn sheet(entry: &Entry, threads: usize) -> Result<Sheet, Failure> {
    let name = entry.embedded.name;
    let path = format!("{name}.detente");
    let (story, _) = told(Path::new(&path), entry.embedded.text, When::Never)?;
    let solve = SolveArgs {
        set: Vec::new(),
        precision: None,
        raw_payoffs: false,
        tolerance: None,
        max_nodes: 20_000_000,
        time_limit: None,
    };
    let mut line = expanded(&story, &solve, When::Never, true)?;
    line.options.path_points = 0;
    let findings = findings(&story, &line, threads)?;
    let main = main_number(&findings);
    let (picture, caption, command) = match main {
        Some(main) => drawn(&story, &line, &findings, &main, threads)?,
        None => (
            endings_svg(&findings),
            "How likely each ending is.".to_owned(),
            format!("detente test {name}"),
        ),
    };
    Ok(Sheet {
        findings,
        picture,
        caption,
        command,
    })
}

/// Everything that is found out at the best guesses, with other equilibria and the ends of all ranges.
fn findings(story: &Story, line: &Line, threads: usize) -> Result<Findings, Failure> {
    let solution = solved(&line.expansion.game, &line.options, true);
    let name = story.file_name();
    let input = Input {
        scenario: &story.scenario,
        settings: &line.settings,
        pinned: &line.pinned,
        asked: &[],
        expansion: &line.expansion,
        solution: &solution,
        file: &name,
        text: story.text(),
        seed: SEED,
    };
    let failure = |fault: Box<_>| story.failure(&fault, When::Never, INPUT);
    let (mut findings, tally) = assemble(&input).map_err(failure)?;
    let search = Search {
        starts: None,
        limit: line.options.time_limit,
        patient: true,
        scaled: !line.options.raw_payoffs,
        seed: SEED,
        threads,
    };
    findings.equilibria = others(&input, search, true).map_err(failure)?;
    let numbers = doubtful(&story.scenario, &line.settings, &[])
        .map_err(|error| Failure::input(error.to_string()))?;
    let base = Base {
        scenario: &story.scenario,
        pinned: &line.pinned,
        settings: &line.settings,
        expansion: &line.expansion,
        solution: &solution,
        tally: &tally,
        asked: &[],
        options: &line.options,
        limits: line.limits,
    };
    let plan = Plan::ends_only(SEED, threads);
    explore(&mut findings, &base, &numbers, plan, &|_, _| !interrupted());
    Ok(findings)
}

/// The number that a picture is drawn against, and the ask that is drawn with the endings.
struct Main {
    param: String,
    ask: Option<usize>,
}

/// The number whose ends are furthest apart: in the endings, or else in some answer.
fn main_number(findings: &Findings) -> Option<Main> {
    let most = |score: &dyn Fn(&TornadoRow) -> f64| {
        let rows = findings.tornado.iter();
        let best = rows.map(|row| (score(row), row)).reduce(|best, next| {
            // The first of equals, so that nothing depends on how they are compared.
            if next.0 > best.0 + 1e-9 { next } else { best }
        });
        best.filter(|(score, _)| *score >= SMALL)
    };
    if let Some((_, row)) = most(&|row| row.swing) {
        return Some(Main {
            param: row.param.clone(),
            ask: None,
        });
    }
    let mut found: Option<(f64, Main)> = None;
    for (k, ask) in findings.asks.iter().enumerate() {
        let moved = |row: &TornadoRow| {
            let end = |asks: &Option<Vec<Option<f64>>>| asks.as_ref()?.get(k).copied().flatten();
            let (Some(a), Some(b)) = (end(&row.asks_at_low), end(&row.asks_at_high)) else {
                return 0.0;
            };
            match ask.unit {
                Unit::Probability => (a - b).abs(),
                Unit::Number => (a - b).abs() / a.abs().max(b.abs()).max(LEAST),
            }
        };
        if let Some((score, row)) = most(&moved)
            && found.as_ref().is_none_or(|(best, _)| score > *best + 1e-9)
        {
            let main = Main {
                param: row.param.clone(),
                ask: Some(k),
            };
            found = Some((score, main));
        }
    }
    found.map(|(_, main)| main)
}

/// The curve against a number: picture, caption and command.
fn drawn(
    story: &Story,
    line: &Line,
    findings: &Findings,
    main: &Main,
    threads: usize,
) -> Result<(String, String, String), Failure> {
    let scenario = &story.scenario;
    let known = scenario.parameters.iter();
    let index = known.map(|p| p.id.as_str()).position(|id| id == main.param);
    let id = ParamId(index.unwrap_or_default() as u32);
    let (low, high) = range(scenario, &line.settings, id)
        .map_err(|fault| story.failure(&fault, When::Never, INPUT))?
        .ok_or_else(|| Failure::input(format!("`{}` has no range", main.param)))?;
    let asked: Vec<String> = main
        .ask
        .map(|k| findings.asks[k].query.clone())
        .into_iter()
        .collect();
    let queries = asked
        .iter()
        .map(|text| query(scenario, text, When::Never))
        .collect::<Result<Vec<_>, Failure>>()?;
    let options = qre::Options {
        tolerance: TIGHT,
        path_points: 0,
        ..line.options.clone()
    };
    let study = Study {
        scenario,
        pinned: &line.pinned,
        queries: &queries,
        options: &options,
        tolerance: line.options.tolerance,
        limits: line.limits,
        threads,
    };
    let steps = stepped(scenario, &line.settings, id, (low, high))
        .map_err(|fault| story.failure(&fault, When::Never, INPUT))?;
    let axis = Axis {
        parameter: id,
        low,
        high,
        points: steps.map_or(POINTS, |steps| {
            POINTS.max(((high - low) / steps.step).ceil() as usize + 1)
        }),
        steps,
    };
    let subject = Subject {
        story,
        settings: &line.settings,
        pinned: &line.pinned,
        asked: &asked,
        queries: &queries,
        options: &options,
    };
    let curve = curve(&study, &axis, ACCURACY, true);
    let ask = asked
        .first()
        .map_or_else(String::new, |query| format!(" --ask '{query}'"));
    let name = story.file_name();
    let name = name.strip_suffix(".detente").unwrap_or(&name);
    Ok((
        curve_svg(&curve_view(&subject, &axis, &curve)),
        format!("How the answers change with {}.", main.param),
        format!("detente vary {name} {}{ask}", main.param),
    ))
}
