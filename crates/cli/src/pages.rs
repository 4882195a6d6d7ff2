//! Where pages are written.

use std::path::{Path, PathBuf};

use crate::failure::Failure;

/// `findings/NAME` for a file or folder of this name.
pub fn named_folder(file: &Path) -> PathBuf {
    let stem = file.file_stem();
    Path::new("findings").join(stem.unwrap_or_else(|| "deal".as_ref()))
}

/// The file that `--out` means: itself where it ends in `.html`, else `name` in that folder.
pub fn page_file(out: &Path, name: &str) -> PathBuf {
    if out.extension().is_some_and(|ending| ending == "html") {
        out.to_owned()
    } else {
        out.join(name)
    }
}

/// Writes a page, and the folder that it stands in.
///
/// # Errors
/// A place that cannot be written to.
pub fn write_page(path: &Path, html: &str) -> Result<(), Failure> {
    let cannot = |path: &Path, error: std::io::Error| {
        Failure::input(format!("cannot write {}: {error}", path.display()))
    };
    let folder = path.parent().filter(|folder| *folder != Path::new(""));
    if let Some(folder) = folder {
        std::fs::create_dir_all(folder).map_err(|error| cannot(folder, error))?;
    }
    std::fs::write(path, html).map_err(|error| cannot(path, error))
}
