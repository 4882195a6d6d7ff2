//! Writes the table of the scenarios that are built in: all of `scenarios/` and `scenarios/library/`.

use std::error::Error;
use std::fmt::Write;
use std::path::{Path, PathBuf};

fn main() -> Result<(), Box<dyn Error>> {
    let here = PathBuf::from(std::env::var("CARGO_MANIFEST_DIR")?);
    let folder = here.join("../../scenarios").canonicalize()?;
    let mut rows = String::new();
    for (folder, flagship) in [(folder.clone(), true), (folder.join("library"), false)] {
        println!("cargo::rerun-if-changed={}", folder.display());
        for file in scenarios(&folder)? {
            let name = file.file_stem().unwrap_or_default().to_string_lossy();
            writeln!(
                rows,
                "    Embedded {{ name: {name:?}, text: include_str!({file:?}), flagship: {flagship} }},"
            )?;
        }
    }
    let table = Path::new(&std::env::var("OUT_DIR")?).join("table.rs");
    std::fs::write(table, format!("&[\n{rows}]\n"))?;
    Ok(())
}

/// The scenarios of a folder by name.
fn scenarios(folder: &Path) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let file = entry?.path();
        if file.extension().is_some_and(|ending| ending == "detente") {
            files.push(file);
        }
    }
    files.sort();
    Ok(files)
}
