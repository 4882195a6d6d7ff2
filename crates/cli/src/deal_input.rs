//! Negotiations for `detente deal`: scenarios, and domains with profiles of GENIUS and GeniusWeb.

use std::path::{Path, PathBuf};

use detente_deal::formats::{Source, negotiation};
use detente_deal::session::Style;
use detente_deal::{Outcome, Preferences, Space};
use detente_findings::deal::scenario::{self, negotiates};
use detente_sweep::{doubtful, preferences_drawn};

use crate::args::{DealArgs, When};
use crate::deal_package::{asked_for, spelled, spellings};
use crate::failure::{Failure, INPUT};
use crate::input::{Shown, read, shown, story};
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
    let packages = asked_for(&args.packages, &spellings(read.space.domain()))?;
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
        packages,
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
    let told = &story.scenario;
    if !negotiates(told) {
        return Err(Failure::input(format!(
            "{} has no `issue` with a `value` over it; `detente deal` needs both",
            args.file.display()
        )));
    }
    let wrong = |error: detente_deal::DealError| Failure::input(error.to_string());
    let domain = scenario::domain(told).map_err(wrong)?;
    let parties = scenario::preferences(told, &settings)
        .map_err(|diagnostic| story.failure(&diagnostic, color, INPUT))?;
    let free: Vec<_> = pinned.iter().map(|(id, _)| *id).collect();
    let numbers =
        doubtful(told, &settings, &free).map_err(|error| Failure::input(error.to_string()))?;
    let set: Vec<_> = (free.iter())
        .map(|id| (*id, settings.parameters[id.index()]))
        .collect();
    let draws =
        preferences_drawn(told, &set, &numbers, args.draws, args.seed).map_err(|faults| {
            Failure {
                message: shown(&faults, &story.sources, color),
                code: INPUT,
            }
        })?;
    let mut packages = scenario::packages(told);
    packages.extend(asked_for(&args.packages, &spelled(&domain, told))?);
    Ok(Table {
        title: told.title.clone(),
        ids: (told.values.iter())
            .map(|value| told.actors[value.actor.index()].id.clone())
            .collect(),
        styles: scenario::styles(told),
        ratifiers: scenario::ratifiers(told),
        packages,
        space: Space::new(domain, parties).map_err(wrong)?,
        remarks: Vec::new(),
        draws,
    })
}
