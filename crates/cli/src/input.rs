//! Reading scenarios and settings, and showing what is wrong with them.

use std::path::{Path, PathBuf};

use detente_language::check::{Loaded, load};
use detente_language::diagnostic::Diagnostic;
use detente_language::render::{RenderOptions, render};
use detente_language::scenario::{Expr, ParamId, Scenario};
use detente_language::source::Sources;
use detente_line::files::{self, Files};
use detente_line::{Story, library, numbers};

use crate::args::When;
use crate::failure::Failure;
use crate::terminal::{self, complain};

/// Shows what is wrong with a story.
pub trait Shown {
    /// A failure that shows a diagnostic of this scenario.
    fn failure(&self, diagnostic: &Diagnostic, color: When, code: u8) -> Failure;
}

impl Shown for Story {
    fn failure(&self, diagnostic: &Diagnostic, color: When, code: u8) -> Failure {
        Failure {
            message: shown(std::slice::from_ref(diagnostic), &self.sources, color),
            code,
        }
    }
}

/// How diagnostics are shown on standard error.
pub fn render_options(color: When) -> RenderOptions {
    RenderOptions {
        color: terminal::color(color, &std::io::stderr()),
        width: terminal::error_width(),
    }
}

/// Diagnostics as they are shown on standard error.
pub fn shown(diagnostics: &[Diagnostic], sources: &Sources, color: When) -> String {
    render(diagnostics, sources, render_options(color))
        .trim_end()
        .to_owned()
}

/// A text file, `-` for standard input.
///
/// # Errors
/// It cannot be read, or is larger than a gibibyte.
pub fn read(path: &Path) -> Result<String, Failure> {
    files::read(path).map_err(|fault| Failure::of(&fault, When::Never))
}

/// The path as it is shown, and the text, of a file or a scenario of the library. Where a file is read that hides
/// another scenario of the library, that is said on standard error.
///
/// # Errors
/// The file cannot be read; names of the library that may have been meant are told.
pub fn found(path: &Path) -> Result<(PathBuf, String), Failure> {
    let found = library::found(path).map_err(|fault| Failure::of(&fault, When::Never))?;
    if let Some(hidden) = found.hides {
        complain(&format!(
            "note: this is the file {} of this folder, not the library's scenario `{hidden}`",
            found.path.display()
        ));
    }
    Ok((found.path, found.text))
}

/// Reads and checks a file; diagnostics are not shown.
///
/// # Errors
/// The file cannot be read.
pub fn checked(path: &Path) -> Result<Loaded, Failure> {
    let (path, text) = found(path)?;
    Ok(load(&path.to_string_lossy(), &text, &Files))
}

/// Reads a scenario that is to be solved; warnings are shown unless `quiet`.
///
/// # Errors
/// The file cannot be read, or the scenario has errors.
pub fn story(path: &Path, color: When, quiet: bool) -> Result<Story, Failure> {
    let (path, text) = found(path)?;
    let (story, warnings) = told(&path, &text, color)?;
    if !warnings.is_empty() && !quiet {
        complain(&warnings);
    }
    Ok(story)
}

/// A scenario from its text, and its warnings as they are shown.
///
/// # Errors
/// The scenario has errors.
pub fn told(path: &Path, text: &str, color: When) -> Result<(Story, String), Failure> {
    let story = Story::told(path, text, &Files).map_err(|fault| Failure::of(&fault, color))?;
    let remarks = match story.warnings.is_empty() {
        true => String::new(),
        false => shown(&story.warnings, &story.sources, color),
    };
    Ok((story, remarks))
}

/// `--set name=value`, each.
///
/// # Errors
/// An unknown parameter (with a suggestion), or a value that is no number.
pub fn settings(scenario: &Scenario, given: &[String]) -> Result<Vec<(ParamId, f64)>, Failure> {
    let mut pinned: Vec<(ParamId, f64)> = Vec::new();
    for setting in given {
        let Some((name, value)) = setting.split_once('=') else {
            return Err(Failure::input(format!(
                "`--set {setting}`: write NAME=VALUE, such as detection=30%"
            )));
        };
        let (name, value) = (name.trim(), value.trim());
        let id = parameter(scenario, name, "--set")?;
        match number(value) {
            Some(value) => {
                pinned.retain(|(known, _)| *known != id);
                pinned.push((id, value));
            }
            None => {
                return Err(Failure::input(format!(
                    "`--set {setting}`: `{value}` is no number"
                )));
            }
        }
    }
    Ok(pinned)
}

/// A finite number, maybe in per cent, of the command line.
pub fn number(text: &str) -> Option<f64> {
    let text = text.trim();
    let parsed = match text.strip_suffix('%') {
        Some(percent) => percent.trim_end().parse::<f64>().map(|value| value / 100.0),
        None => text.parse::<f64>(),
    };
    parsed.ok().filter(|value| value.is_finite())
}

/// The parameter of this name, which `option` of the command line gives.
///
/// # Errors
/// There is none, with a suggestion.
pub fn parameter(scenario: &Scenario, name: &str, option: &str) -> Result<ParamId, Failure> {
    numbers::parameter(scenario, name).map_err(|why| Failure::input(format!("`{option}`: {why}")))
}

/// A query from the command line.
///
/// # Errors
/// It cannot be read, with the place underlined.
pub fn query(scenario: &Scenario, text: &str, color: When) -> Result<Expr, Failure> {
    detente_line::story::query(scenario, text).map_err(|fault| Failure::of(&fault, color))
}

/// All `.detente` files of these paths; folders are searched through and through.
///
/// # Errors
/// A path that does not exist, a folder that cannot be read, or no scenario at all.
pub fn scenarios(paths: &[PathBuf]) -> Result<Vec<PathBuf>, Failure> {
    let mut found = Vec::new();
    for path in paths {
        if path.is_dir() {
            search(path, &mut found)?;
        } else {
            found.push(path.clone());
        }
    }
    if found.is_empty() {
        return Err(Failure::input("there is no .detente file in these folders"));
    }
    Ok(found)
}

fn search(folder: &Path, found: &mut Vec<PathBuf>) -> Result<(), Failure> {
    let cannot = |error: std::io::Error| {
        Failure::input(format!("cannot read {}: {error}", folder.display()))
    };
    let mut entries: Vec<PathBuf> = std::fs::read_dir(folder)
        .map_err(cannot)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()
        .map_err(cannot)?;
    entries.sort();
    for entry in entries {
        // Links to folders are not followed, so that a link in a circle ends.
        if entry.is_dir() && !entry.is_symlink() {
            search(&entry, found)?;
        } else if entry
            .extension()
            .is_some_and(|extension| extension == "detente")
        {
            found.push(entry);
        }
    }
    Ok(())
}
