//! Scenarios by name: files first, then those that the program carries with it.

use std::path::{Component, Path, PathBuf};

use detente_language::suggest::list;
use detente_library::{Embedded, find, near};

use crate::failure::Failure;
use crate::input::read;
use crate::terminal::complain;

/// Where a scenario is.
#[derive(Clone, Debug, PartialEq)]
pub enum Place {
    /// A file, which may be missing.
    File(PathBuf),
    /// In the library.
    Library(&'static Embedded),
}

/// Where the scenario of this path or name is: a file of exactly this name, else a file with `.detente` behind it,
/// else the scenario of the library. Paths with folders in them are always files.
pub fn place(path: &Path) -> Place {
    let Some(name) = bare_name(path) else {
        return Place::File(path.to_owned());
    };
    // A folder that happens to have the name of a scenario is not what is meant.
    if path.is_file() {
        return Place::File(path.to_owned());
    }
    let file = PathBuf::from(format!("{name}.detente"));
    if file.is_file() {
        return Place::File(file);
    }
    match find(name) {
        Some(embedded) => Place::Library(embedded),
        None => Place::File(path.to_owned()),
    }
}

/// The path as it is shown, and the text, of a file or a scenario of the library. Where a file is read that hides
/// another scenario of the library, that is said on standard error.
///
/// # Errors
/// The file cannot be read; names of the library that may have been meant are told.
pub fn found(path: &Path) -> Result<(PathBuf, String), Failure> {
    match place(path) {
        Place::Library(embedded) => {
            let shown = PathBuf::from(format!("{}.detente", embedded.name));
            Ok((shown, embedded.text.to_owned()))
        }
        Place::File(file) => {
            let text = read(&file).map_err(|failure| meant(path, failure))?;
            if let Some(hidden) = bare_name(path).and_then(find)
                && hidden.text != text
            {
                complain(&format!(
                    "note: this is the file {} of this folder, not the library's scenario `{}`",
                    file.display(),
                    hidden.name
                ));
            }
            Ok((file, text))
        }
    }
}

/// The name that a path without folders consists of.
fn bare_name(path: &Path) -> Option<&str> {
    let mut parts = path.components();
    match (parts.next(), parts.next()) {
        (Some(Component::Normal(name)), None) if path != Path::new("-") => name.to_str(),
        _ => None,
    }
}

/// Adds to a failure what may have been meant.
fn meant(path: &Path, failure: Failure) -> Failure {
    let Some(name) = bare_name(path).filter(|_| !path.exists()) else {
        return failure;
    };
    Failure {
        message: format!("{}\n{}", failure.message, unknown(name)),
        ..failure
    }
}

/// What may have been meant by a name that the library does not know.
pub fn unknown(name: &str) -> String {
    let near = near(name);
    if near.is_empty() {
        return "  help: `detente list` names the scenarios that can be run from anywhere"
            .to_owned();
    }
    format!(
        "  help: did you mean {} of the library? (`detente list` names all)",
        list(near)
    )
}
