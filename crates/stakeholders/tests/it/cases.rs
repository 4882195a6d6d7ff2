//! The files of `../shared/cases`.

use std::fs;
use std::path::Path;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/cases");

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
