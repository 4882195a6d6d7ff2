//! Reading scenarios and settings, and showing what is wrong with them.

use std::io::Read;
use std::path::{Path, PathBuf};

use detente_language::check::{Loaded, load};
use detente_language::diagnostic::Diagnostic;
use detente_language::render::{RenderOptions, render};
use detente_language::scenario::{Expr, ParamId, Scenario};
use detente_language::source::{Loader, Sources};
use detente_language::suggest::nearest;

use crate::args::When;
use crate::failure::{Failure, INPUT};
use crate::library::found;
use crate::terminal::{self, complain};

/// Larger files are refused: places in them are 32-bit numbers.
const LARGEST_FILE: u64 = 1 << 30;

/// A scenario without errors, with its text.
pub struct Story {
    /// Where it was read.
    pub path: PathBuf,
    /// The scenario.
    pub scenario: Scenario,
    /// Its text and all that it includes.
    pub sources: Sources,
}

impl Story {
    /// File name without folders.
    pub fn file_name(&self) -> String {
        self.path.file_name().map_or_else(
            || "scenario".to_owned(),
            |name| name.to_string_lossy().into_owned(),
        )
    }

    /// Text of the scenario file.
    pub fn text(&self) -> &str {
        self.sources.file(0).map_or("", |file| file.text())
    }

    /// A failure that shows a diagnostic of this scenario.
    pub fn failure(&self, diagnostic: &Diagnostic, color: When, code: u8) -> Failure {
        Failure {
            message: shown(std::slice::from_ref(diagnostic), &self.sources, color),
            code,
        }
    }
}

/// Diagnostics as they are shown on standard error.
pub fn shown(diagnostics: &[Diagnostic], sources: &Sources, color: When) -> String {
    let options = RenderOptions {
        color: terminal::color(color, &std::io::stderr()),
        width: terminal::error_width(),
    };
    render(diagnostics, sources, options).trim_end().to_owned()
}

/// Includes files from the folder of the file that includes them.
struct Files;

impl Loader for Files {
    fn load(&self, path: &str, from: &str) -> Result<(String, String), String> {
        let folder = Path::new(from).parent().unwrap_or(Path::new(""));
        let file = folder.join(path);
        // The same file by another way must have the same name.
        let name = file
            .canonicalize()
            .map_err(|error| format!("{}: {error}", file.display()))?;
        let shown = std::env::current_dir()
            .ok()
            .and_then(|here| name.strip_prefix(here).map(Path::to_path_buf).ok())
            .unwrap_or(name);
        let text = read(&file).map_err(|failure| failure.message)?;
        Ok((shown.to_string_lossy().into_owned(), text))
    }
}

/// A text file, `-` for standard input. What is no UTF-8 is kept as replacement characters, which the parser
/// then shows in their place.
///
/// # Errors
/// It cannot be read, or is larger than a gibibyte.
pub fn read(path: &Path) -> Result<String, Failure> {
    let cannot = |error: &dyn std::fmt::Display| {
        Failure::input(format!("cannot read {}: {error}", path.display()))
    };
    let mut bytes = Vec::new();
    if path == Path::new("-") {
        std::io::stdin()
            .take(LARGEST_FILE)
            .read_to_end(&mut bytes)
            .map_err(|error| cannot(&error))?;
    } else {
        let size = std::fs::metadata(path).map_err(|error| cannot(&error))?;
        if size.is_dir() {
            return Err(cannot(&"it is a folder"));
        }
        if size.len() > LARGEST_FILE {
            return Err(cannot(&"it is larger than a gibibyte"));
        }
        bytes = std::fs::read(path).map_err(|error| cannot(&error))?;
    }
    Ok(String::from_utf8(bytes)
        .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned()))
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
    let loaded = load(&path.to_string_lossy(), text, &Files);
    let remarks = match loaded.diagnostics.is_empty() {
        true => String::new(),
        false => shown(&loaded.diagnostics, &loaded.sources, color),
    };
    match loaded.scenario {
        Some(scenario) => {
            let story = Story {
                path: path.to_owned(),
                scenario,
                sources: loaded.sources,
            };
            Ok((story, remarks))
        }
        None => Err(Failure {
            message: remarks,
            code: INPUT,
        }),
    }
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
    let found = scenario
        .parameters
        .iter()
        .position(|parameter| parameter.id == name);
    let names = || {
        let parameters = scenario.parameters.iter();
        parameters.map(|parameter| parameter.id.as_str())
    };
    found.map(|index| ParamId(index as u32)).ok_or_else(|| {
        Failure::input(match nearest(name, names()) {
            Some(near) => {
                format!("`{option}`: there is no param `{name}`; did you mean `{near}`?")
            }
            None => format!("`{option}`: there is no param `{name}` in this scenario"),
        })
    })
}

/// A query from the command line.
///
/// # Errors
/// It cannot be read, with the place underlined.
pub fn query(scenario: &Scenario, text: &str, color: When) -> Result<Expr, Failure> {
    detente_language::query::parse(scenario, text).map_err(|(sources, diagnostics)| Failure {
        message: shown(&diagnostics, &sources, color),
        code: INPUT,
    })
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
