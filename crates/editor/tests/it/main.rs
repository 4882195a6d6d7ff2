//! What an editor asks and what it is answered.
#![allow(clippy::unwrap_used)] // a test that cannot go on panics

mod complete;
mod conversation;
mod grammar;
mod known;
mod protocol;
mod rename;
mod robust;

use std::path::{Path, PathBuf};

use detente_language::analysis::{Analysis, analyse};
use detente_language::source::NoFiles;

/// A text in which `|` marks a place: the text without it, and the place.
pub fn marked(text: &str) -> (String, u32) {
    let at = text.find('|').expect("a mark");
    (text.replacen('|', "", 1), u32::try_from(at).unwrap())
}

/// The analysis of a text that stands alone.
pub fn alone(text: &str) -> Analysis {
    analyse("test", text, &NoFiles)
}

/// The folder of the project.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The flagship and the library, each with its path.
pub fn scenarios() -> Vec<(PathBuf, String)> {
    let folder = root().join("scenarios");
    let mut found = Vec::new();
    for folder in [folder.clone(), folder.join("library")] {
        for entry in std::fs::read_dir(folder).unwrap().flatten() {
            let path = entry.path();
            if path.extension().is_some_and(|e| e == "detente") {
                let text = std::fs::read_to_string(&path).unwrap();
                found.push((path, text));
            }
        }
    }
    found.sort();
    assert!(found.len() > 15, "the library is there");
    found
}
