//! `detente compare`: what differs between two scenarios, or between one under two settings.

use std::path::Path;

use detente_compare::{Comparison, SCHEMA, Side, answers, texts};
use detente_findings::assemble::{Input, assemble};
use detente_findings::model::Findings;
use detente_language::suggest::nearest;
use detente_line::Story;
use detente_report::{comparison_svg, comparison_text};

use crate::args::{SolveArgs, When};
use crate::args_library::CompareArgs;
use crate::failure::{FINDINGS, Failure, INPUT, LIMIT};
use crate::input::{Shown, query, settings, story};
use crate::line::{expanded, solved};
use crate::progress::interrupted;
use crate::terminal;

/// Runs the command; the exit code if it came to its end.
///
/// # Errors
/// What ended it early.
pub fn run(args: &CompareArgs, color: When) -> Result<u8, Failure> {
    if args.second.is_none() && args.against.is_empty() {
        return Err(Failure::input(
            "name two scenarios, or other settings for the second side with `--against NAME=VALUE`",
        ));
    }
    let first = story(&args.first, color, args.json)?;
    let second = story(args.second.as_ref().unwrap_or(&args.first), color, true)?;
    let [set_first, set_second] = given(args, &first, &second)?;
    let text = texts(&first.sources, &second.sources);
    let (answers, sides) = if args.text {
        let sides = [side(&first, &set_first)?, side(&second, &set_second)?];
        (None, sides)
    } else {
        let a = findings(&first, args, set_first.clone(), color)?;
        let b = findings(&second, args, set_second.clone(), color)?;
        let sides = [side(&first, &set_first)?, side(&second, &set_second)?];
        (Some(answers(&a, &b)), sides)
    };
    let comparison = Comparison {
        schema: SCHEMA.to_owned(),
        sides,
        text,
        answers,
    };
    if let Some(path) = &args.svg {
        terminal::put(Some(path), &comparison_svg(&comparison))?;
    }
    if args.json {
        let text = serde_json::to_string_pretty(&comparison)
            .map_err(|error| Failure::input(error.to_string()))?;
        terminal::print(&(text + "\n"))?;
    } else {
        let options = terminal::text_options(color);
        terminal::print(&comparison_text(&comparison, options))?;
    }
    let doubted = comparison
        .answers
        .is_some_and(|answers| answers.trustworthy.contains(&false));
    Ok(match (interrupted(), doubted) {
        (true, _) => LIMIT,
        (false, true) => FINDINGS,
        (false, false) => 0,
    })
}

/// The settings of both sides: `--set` holds for both, where two different scenarios are compared for those of them
/// that have the param; `--against` for the second only, and there over `--set`.
fn given(args: &CompareArgs, first: &Story, second: &Story) -> Result<[Vec<String>; 2], Failure> {
    let has = |story: &Story, setting: &str| {
        let name = setting.split('=').next().unwrap_or_default().trim();
        let mut known = story.scenario.parameters.iter();
        known.any(|parameter| parameter.id == name)
    };
    let mut sides = [Vec::new(), Vec::new()];
    for setting in &args.solve.set {
        let [a, b] = [first, second].map(|story| has(story, setting));
        if !a && !b {
            return Err(unknown(setting, first, second));
        }
        for (side, has) in sides.iter_mut().zip([a, b]) {
            if has {
                side.push(setting.clone());
            }
        }
    }
    for setting in &args.against {
        if !has(second, setting) {
            // Says what is wrong with it, as for `--set`.
            settings(&second.scenario, std::slice::from_ref(setting))?;
        }
        sides[1].push(setting.clone());
    }
    Ok(sides)
}

fn unknown(setting: &str, first: &Story, second: &Story) -> Failure {
    let name = setting.split('=').next().unwrap_or_default().trim();
    let names = [first, second].into_iter().flat_map(|story| {
        let parameters = story.scenario.parameters.iter();
        parameters.map(|parameter| parameter.id.as_str())
    });
    let near = nearest(name, names);
    let near = near.map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
    Failure::input(format!(
        "`--set`: there is no param `{name}` in either scenario{near}"
    ))
}

fn side(story: &Story, set: &[String]) -> Result<Side, Failure> {
    let pinned = settings(&story.scenario, set)?;
    let named = pinned
        .into_iter()
        .map(|(id, value)| (story.scenario.parameters[id.index()].id.clone(), value));
    Ok(Side {
        title: story.scenario.title.clone(),
        file: Path::new(&story.file_name()).display().to_string(),
        settings: named.collect(),
    })
}

/// Everything that is found out about a side, but for doubts.
fn findings(
    story: &Story,
    args: &CompareArgs,
    set: Vec<String>,
    color: When,
) -> Result<Findings, Failure> {
    let asked = args
        .asks
        .iter()
        .map(|text| Ok((text.clone(), query(&story.scenario, text, color)?)))
        .collect::<Result<Vec<_>, Failure>>()?;
    let solve = SolveArgs {
        set,
        ..args.solve.clone()
    };
    let mut line = expanded(story, &solve, color, args.json)?;
    line.options.path_points = 0;
    let solution = solved(&line.expansion.game, &line.options, args.json);
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
        seed: 1,
    };
    let (findings, _) = assemble(&input).map_err(|fault| story.failure(&fault, color, INPUT))?;
    Ok(findings)
}
