//! Scenarios by name: files first, then those that the program carries with it.

use std::path::{Component, Path, PathBuf};

use detente_language::suggest::list;
use detente_library::{Embedded, find, near};

use crate::Fault;
use crate::files::read;

/// Where a scenario is.
#[derive(Clone, Debug, PartialEq)]
pub enum Place {
    /// A file, which may be missing.
    File(PathBuf),
    /// In the library.
    Library(&'static Embedded),
}

/// A text that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Text {
    /// Its path as it is shown.
    pub path: PathBuf,
    /// What stands in it.
    pub text: String,
    /// The name of another scenario of the library that the file hides.
    pub hides: Option<&'static str>,
}

/// Where the scenario of this path or name is: a file of exactly this name, else a file with `.detente` behind it,
/// else the scenario of the library. Paths with folders in them are always files.
#[must_use]
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

/// The text of a file or of a scenario of the library.
///
/// # Errors
/// The file cannot be read; names of the library that may have been meant are told.
pub fn found(path: &Path) -> Result<Text, Fault> {
    match place(path) {
        Place::Library(embedded) => Ok(Text {
            path: PathBuf::from(format!("{}.detente", embedded.name)),
            text: embedded.text.to_owned(),
            hides: None,
        }),
        Place::File(file) => {
            let text = read(&file).map_err(|fault| meant(path, fault))?;
            let hidden = bare_name(path).and_then(find);
            Ok(Text {
                hides: hidden
                    .filter(|hidden| hidden.text != text)
                    .map(|hidden| hidden.name),
                path: file,
                text,
            })
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

/// Adds to a fault what may have been meant.
fn meant(path: &Path, fault: Fault) -> Fault {
    match (fault, bare_name(path).filter(|_| !path.exists())) {
        (Fault::Asked(words), Some(name)) => Fault::Asked(format!("{words}\n{}", unknown(name))),
        (fault, _) => fault,
    }
}

/// What may have been meant by a name that the library does not know.
#[must_use]
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
