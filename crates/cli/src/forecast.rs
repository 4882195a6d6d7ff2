//! `detente forecast`: what becomes of issues on which many want different things.

use std::path::Path;

use detente_report::{forecast_html, forecast_text};
use detente_stakeholders::backtest::{self, Case, Forecaster};
use detente_stakeholders::read::{Cells, read_cells};
use detente_stakeholders::study::{Question, Study, Subject, study};
use detente_stakeholders::{Model, StakeholderError};

use crate::args::When;
use crate::args_forecast::{Compat, ForecastArgs};
use crate::failure::Failure;
use crate::input::story;
use crate::line::bound;
use crate::pages::{named_folder, page_file, write_page};
use crate::terminal::{print, text_options};

/// Reads, asks and prints.
///
/// # Errors
/// Bad input; a page that cannot be written.
pub fn run(args: &ForecastArgs, color: When) -> Result<u8, Failure> {
    let question = Question {
        models: models(&args.models, &args.compat)?,
        forecaster: Some(match &args.learn {
            Some(path) => learnt(path)?,
            None => Forecaster::learnt(),
        }),
        persuade: persuaded(args)?,
    };
    let subject = subject(args, color)?;
    let mut found = study(&subject, &question).map_err(wrong)?;
    keep(&mut found, &args.issues)?;
    if args.json {
        print(&(serde_json::to_string_pretty(&found).map_err(unwritten)? + "\n"))?;
        if args.out.is_none() {
            return Ok(0);
        }
    }
    let quiet = args.json || args.quiet;
    if !quiet {
        print(&forecast_text(&found, text_options(color)))?;
    }
    let out = args.out.clone();
    let out = out.unwrap_or_else(|| named_folder(&args.file));
    let path = page_file(&out, "forecast.html");
    write_page(&path, &forecast_html(&found))?;
    if !quiet {
        print(&format!("\nReport: {}\n", path.display()))?;
    }
    Ok(0)
}

/// An error of the tables or of what was asked.
pub fn wrong(error: StakeholderError) -> Failure {
    Failure::input(error.to_string())
}

/// Findings that cannot be written as JSON.
pub fn unwritten(error: serde_json::Error) -> Failure {
    Failure::input(format!("cannot write the findings: {error}"))
}

/// The models that are asked for; as published, unless a program is named.
///
/// # Errors
/// A name that is none.
pub fn models(names: &[String], compat: &[Compat]) -> Result<Vec<Model>, Failure> {
    let as_program = |name: &str| match name {
        "spatial" if compat.contains(&Compat::Ktab) => "spatial-ktab".to_owned(),
        "expected-utility" if compat.contains(&Compat::Scholz) => {
            "expected-utility-scholz".to_owned()
        }
        name => name.to_owned(),
    };
    let everything = names.iter().any(|name| name == "all");
    let published = |name: &&&str| !["spatial-ktab", "expected-utility-scholz"].contains(*name);
    let all = Model::NAMES.iter();
    let wanted: Vec<String> = if everything {
        all.map(|name| (*name).to_owned()).collect()
    } else if names.is_empty() {
        all.filter(published).map(|name| as_program(name)).collect()
    } else {
        names.iter().map(|name| as_program(name.trim())).collect()
    };
    let mut found: Vec<Model> = Vec::new();
    for name in wanted {
        let model = Model::named(&name).map_err(wrong)?;
        if !found.contains(&model) {
            found.push(model);
        }
    }
    Ok(found)
}

/// The model whose outcome is moved, as the program that is asked for computes it.
fn persuaded(args: &ForecastArgs) -> Result<Model, Failure> {
    let mut named = models(std::slice::from_ref(&args.persuade), &args.compat)?;
    match (named.pop(), named.is_empty()) {
        (Some(model), true) => Ok(model),
        _ => Err(Failure::input(format!(
            "`--persuade {}`: name one model",
            args.persuade
        ))),
    }
}

fn learnt(path: &Path) -> Result<Forecaster, Failure> {
    let cases = past(path)?;
    let borrowed: Vec<&Case> = cases.iter().collect();
    Forecaster::fit(&borrowed, &backtest::Options::default()).map_err(wrong)
}

/// Past issues from a table.
///
/// # Errors
/// A file that cannot be read, or is no such table.
pub fn past(path: &Path) -> Result<Vec<Case>, Failure> {
    backtest::read_cells(&cells(path)?, &path.display().to_string()).map_err(wrong)
}

fn cells(path: &Path) -> Result<Cells, Failure> {
    detente_line::table::cells(path).map_err(|fault| Failure::of(&fault, When::Never))
}

fn subject(args: &ForecastArgs, color: When) -> Result<Subject, Failure> {
    let name = args.file.display();
    let table = args.file.extension().is_some_and(|ending| {
        ["csv", "tsv", "txt", "parquet"]
            .iter()
            .any(|known| ending.eq_ignore_ascii_case(known))
    });
    if !table {
        if let Some(scale) = &args.scale {
            return Err(Failure::input(format!(
                "`--scale {scale}`: a scenario says itself what its scales are"
            )));
        }
        let story = story(&args.file, color, args.quiet || args.json)?;
        let (pinned, settings) = bound(&story, &args.set, color)?;
        let pinned: Vec<_> = pinned
            .iter()
            .map(|(id, _)| (*id, settings.parameters[id.index()]))
            .collect();
        let found =
            detente_line::forecast::subject(&story, &settings, &pinned, args.doubt, args.seed)
                .map_err(|fault| Failure::of(&fault, color))?;
        return found.ok_or_else(|| {
            Failure::input(format!(
                "{name} has no `stakeholder` with a position on an `issue` with a scale; `detente forecast` needs both"
            ))
        });
    }
    if let Some(setting) = args.set.first() {
        return Err(Failure::input(format!(
            "`--set {setting}`: only scenarios have params, and {name} is none"
        )));
    }
    let scale = args.scale.as_deref().map(scale).transpose()?;
    let table = read_cells(&cells(&args.file)?, &name.to_string(), scale).map_err(wrong)?;
    let title = args.file.file_stem().map_or_else(
        || name.to_string(),
        |stem| stem.to_string_lossy().into_owned(),
    );
    Ok(Subject::plain(title, table))
}

/// `LO..HI`
fn scale(words: &str) -> Result<(f64, f64), Failure> {
    let number = |part: &str| crate::input::number(part);
    let ends = words.split_once("..");
    let ends = ends.and_then(|(low, high)| Some((number(low)?, number(high)?)));
    match ends {
        Some((low, high)) if low < high => Ok((low, high)),
        _ => Err(Failure::input(format!(
            "`--scale {words}`: write LO..HI, such as 0..100"
        ))),
    }
}

/// Keeps the issues that are asked for, in their order.
fn keep(found: &mut Study, names: &[String]) -> Result<(), Failure> {
    if names.is_empty() {
        return Ok(());
    }
    let same = |name: &str, wanted: &str| name.eq_ignore_ascii_case(wanted.trim());
    for wanted in names {
        if !(found.issues.iter()).any(|known| same(&known.issue.name, wanted)) {
            let known: Vec<&str> = (found.issues.iter())
                .map(|known| known.issue.name.as_str())
                .collect();
            return Err(Failure::input(format!(
                "`--issue {wanted}`: there is no such issue; there are: {}",
                known.join(", ")
            )));
        }
    }
    found
        .issues
        .retain(|known| names.iter().any(|wanted| same(&known.issue.name, wanted)));
    Ok(())
}
