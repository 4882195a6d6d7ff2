//! Negotiations for `detente deal`: scenarios, and domains with profiles of GENIUS and GeniusWeb.

use std::path::{Path, PathBuf};

use detente_deal::formats::{Source, negotiation};
use detente_deal::session::Style;
use detente_deal::{Domain, Issue, Outcome, Preferences, Space};
use detente_language::eval::{Settings, bind, constant};
use detente_language::scenario::Scenario;
use detente_sweep::{doubtful, sample};

use crate::args::{DealArgs, When};
use crate::failure::{Failure, INPUT};
use crate::input::{Story, read, story};
use crate::line::bound;

/// A negotiation, the outcomes to look at, and draws of its doubtful numbers.
pub struct Table {
    /// What it is called.
    pub title: String,
    /// Everybody with preferences.
    pub space: Space,
    /// Short names of the parties: a scenario's identifiers, or the names of the profiles' files.
    pub ids: Vec<String>,
    /// The style in which each party bargains, where a scenario says so.
    pub styles: Vec<Option<Style>>,
    /// Who must consent to what whom agrees, by position.
    pub ratifiers: Vec<(usize, usize)>,
    /// Packages by name.
    pub packages: Vec<(String, Outcome)>,
    /// What was odd, as it is shown on standard error.
    pub remarks: Vec<String>,
    /// Preferences of everybody, drawn together; none where no number is doubtful.
    pub draws: Vec<Vec<Preferences>>,
}

/// Reads what `detente deal` is about.
///
/// # Errors
/// Files that cannot be read or are wrong; a scenario without `issue` or `value`.
pub fn table(args: &DealArgs, color: When) -> Result<Table, Failure> {
    let is_scenario = args.file.extension().is_some_and(|e| e == "detente");
    if is_scenario {
        return of_scenario(args, color);
    }
    if let Some(setting) = args.set.first() {
        let name = args.file.display();
        return Err(Failure::input(format!(
            "`--set {setting}`: only scenarios have params, and {name} is none"
        )));
    }
    let files = files(&args.file, &args.profiles)?;
    let sources = files
        .iter()
        .map(|path| {
            Ok(Source {
                name: path.display().to_string(),
                party: stem(path),
                text: read(path)?,
            })
        })
        .collect::<Result<Vec<_>, Failure>>()?;
    let read = negotiation(&sources).map_err(|error| Failure::input(error.to_string()))?;
    let remarks = read.remarks.iter();
    Ok(Table {
        title: match read.space.domain().name() {
            "" => stem(&args.file),
            name => name.to_owned(),
        },
        remarks: remarks
            .map(|(file, remark)| format!("warning: {file}: {}: {}", remark.place, remark.message))
            .collect(),
        ids: read
            .space
            .parties()
            .iter()
            .map(|p| p.party.clone())
            .collect(),
        styles: vec![None; read.space.parties().len()],
        space: read.space,
        ratifiers: Vec::new(),
        packages: Vec::new(),
        draws: Vec::new(),
    })
}

fn stem(path: &Path) -> String {
    path.file_stem().map_or_else(
        || path.display().to_string(),
        |s| s.to_string_lossy().into_owned(),
    )
}

/// The files of a folder, by name, or the files named.
fn files(first: &Path, others: &[PathBuf]) -> Result<Vec<PathBuf>, Failure> {
    if !first.is_dir() {
        return Ok([&[first.to_owned()], others].concat());
    }
    let cannot =
        |error: std::io::Error| Failure::input(format!("cannot read {}: {error}", first.display()));
    let mut files = Vec::new();
    for entry in std::fs::read_dir(first).map_err(cannot)? {
        let path = entry.map_err(cannot)?.path();
        if path.extension().is_some_and(|e| e == "xml" || e == "json") {
            files.push(path);
        }
    }
    files.sort();
    if files.is_empty() {
        return Err(Failure::input(format!(
            "{} holds no .xml or .json file",
            first.display()
        )));
    }
    files.extend_from_slice(others);
    Ok(files)
}

fn of_scenario(args: &DealArgs, color: When) -> Result<Table, Failure> {
    let story = story(&args.file, color, args.quiet || args.json)?;
    let (pinned, settings) = bound(&story, &args.set, color)?;
    let scenario = &story.scenario;
    if scenario.issues.is_empty() || scenario.values.is_empty() {
        return Err(Failure::input(format!(
            "{} has no `issue` with a `value` over it; `detente deal` needs both",
            args.file.display()
        )));
    }
    let named = |name: &detente_language::scenario::Named| name.label.clone();
    let issues = scenario
        .issues
        .iter()
        .map(|issue| Issue::named(named(&issue.name), issue.options.iter().map(named)));
    let wrong = |error: detente_deal::DealError| Failure::input(error.to_string());
    let domain = Domain::new(scenario.title.clone(), issues.collect()).map_err(wrong)?;
    let parties = preferences(&story, &settings, color)?;
    let packages = scenario.packages.iter().map(|package| {
        let outcome = package.choices.iter().map(|k| *k as u32).collect();
        (package.name.label.clone(), outcome)
    });
    let free: Vec<_> = pinned.iter().map(|(id, _)| *id).collect();
    Ok(Table {
        title: scenario.title.clone(),
        ids: (scenario.values.iter())
            .map(|value| scenario.actors[value.actor.index()].id.clone())
            .collect(),
        styles: (scenario.values.iter())
            .map(|value| scenario.styles[value.actor.index()].as_deref())
            .map(|style| style.and_then(|style| Style::parse(style).ok()))
            .collect(),
        ratifiers: ratifiers(scenario),
        packages: packages.collect(),
        space: Space::new(domain, parties).map_err(wrong)?,
        remarks: Vec::new(),
        draws: draws(&story, &settings, &free, args, color)?,
    })
}

/// The `ratifier`s of a scenario, by the positions of their preferences.
fn ratifiers(scenario: &Scenario) -> Vec<(usize, usize)> {
    let seat = |actor| scenario.values.iter().position(|v| v.actor == actor);
    let all = scenario.ratifiers.iter();
    all.filter_map(|ratifier| Some((seat(ratifier.actor)?, seat(ratifier.of)?)))
        .collect()
}

/// What every actor with a `value` makes of the options, at these numbers.
fn preferences(
    story: &Story,
    settings: &Settings,
    color: When,
) -> Result<Vec<Preferences>, Failure> {
    let scenario: &Scenario = &story.scenario;
    let number = |expr| {
        constant(scenario, settings, expr)
            .map_err(|diagnostic| story.failure(&diagnostic, color, INPUT))
    };
    scenario
        .values
        .iter()
        .map(|value| {
            let mut weights = Vec::new();
            let mut scores = Vec::new();
            for ((weight, of_options), issue) in value.issues.iter().zip(&scenario.issues) {
                let mut row = of_options
                    .iter()
                    .map(number)
                    .collect::<Result<Vec<_>, _>>()?;
                // An issue that the actor does not mention has no scores: it is worth nothing whatever is agreed.
                row.resize(issue.options.len(), 0.0);
                weights.push(number(weight)?);
                scores.push(row);
            }
            let actor = value.actor.index();
            let label = scenario.actors[actor].label.clone();
            Ok(Preferences::additive(label, weights, scores)
                .with_fallback(settings.fallback[actor]))
        })
        .collect()
}

/// Preferences at draws of all doubtful numbers together.
fn draws(
    story: &Story,
    settings: &Settings,
    pinned: &[detente_language::scenario::ParamId],
    args: &DealArgs,
    color: When,
) -> Result<Vec<Vec<Preferences>>, Failure> {
    let numbers = doubtful(&story.scenario, settings, pinned)
        .map_err(|error| Failure::input(error.to_string()))?;
    if numbers.is_empty() || args.draws == 0 {
        return Ok(Vec::new());
    }
    let set: Vec<_> = (pinned.iter())
        .map(|id| (*id, settings.parameters[id.index()]))
        .collect();
    sample(&numbers, args.draws, args.seed)
        .into_iter()
        .map(|point| {
            let overrides = [set.as_slice(), &point.overrides].concat();
            let drawn = bind(&story.scenario, &overrides).map_err(|faults| Failure {
                message: crate::input::shown(&faults, &story.sources, color),
                code: INPUT,
            })?;
            preferences(story, &drawn, color)
        })
        .collect()
}
