//! Reading scenarios and what they include.

use std::io::Read;
use std::path::Path;

use detente_language::source::Loader;

use crate::Fault;

/// Larger files are refused: places in them are 32-bit numbers.
pub(crate) const LARGEST_FILE: u64 = 1 << 30;

/// Includes files from the folder of the file that includes them.
#[derive(Clone, Copy, Debug)]
pub struct Files;

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
        let text = text(&file)?;
        Ok((shown.to_string_lossy().into_owned(), text))
    }
}

/// A text file, `-` for standard input. What is no UTF-8 is kept as replacement characters, which the parser
/// then shows in their place.
///
/// # Errors
/// It cannot be read, or is larger than a gibibyte.
pub fn read(path: &Path) -> Result<String, Fault> {
    text(path).map_err(Fault::Asked)
}

fn text(path: &Path) -> Result<String, String> {
    let cannot = |error: &dyn std::fmt::Display| format!("cannot read {}: {error}", path.display());
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
