//! Writes the table of the page's files that are built into the program.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// What of `web/` the page may ask for.
const PARTS: [&str; 7] = [
    "workbench",
    "charts",
    "lib",
    "vendor",
    "report.js",
    "report.css",
    "deal.css",
];

fn main() -> std::io::Result<()> {
    let here = PathBuf::from(std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let web = here.join("../../web").canonicalize()?;
    let mut files = Vec::new();
    for part in PARTS {
        let path = web.join(part);
        println!("cargo::rerun-if-changed={}", path.display());
        collect(&path, &mut files)?;
    }
    files.sort();
    let mut table = String::from("&[\n");
    for file in &files {
        let name = file.strip_prefix(&web).unwrap_or(file);
        let name: Vec<_> = name.iter().map(|part| part.to_string_lossy()).collect();
        let _ = writeln!(
            table,
            "    ({:?}, include_bytes!({file:?})),",
            name.join("/")
        );
    }
    table.push_str("]\n");
    let out = PathBuf::from(std::env::var_os("OUT_DIR").unwrap_or_default());
    std::fs::write(out.join("assets.rs"), table)
}

fn collect(path: &Path, files: &mut Vec<PathBuf>) -> std::io::Result<()> {
    if path.is_dir() {
        for entry in std::fs::read_dir(path)? {
            collect(&entry?.path(), files)?;
        }
    } else if path.is_file() {
        files.push(path.to_owned());
    }
    Ok(())
}
