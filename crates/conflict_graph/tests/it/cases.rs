//! The files of `../shared/cases`.

use std::fs;
use std::path::Path;

use detente_conflict_graph::{Conflict, read_json};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/cases/gmcr");

/// A file's text; `None`, said in a printed line, if it is absent.
pub(crate) fn text(file: &str) -> Option<String> {
    let path = Path::new(FOLDER).join(file);
    match fs::read_to_string(&path) {
        Ok(text) => Some(text),
        Err(_) => {
            println!("skipped: {} is not there", path.display());
            None
        }
    }
}

/// A published conflict.
pub(crate) fn conflict(name: &str) -> Option<Conflict> {
    let text = text("conflicts.json")?;
    let drafts = read_json(&text, "conflicts.json").unwrap();
    let draft = drafts.into_iter().find(|draft| draft.name == name).unwrap();
    Some(draft.check().unwrap())
}
