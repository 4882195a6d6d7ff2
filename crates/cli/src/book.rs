//! `detente book`: the pages of the book about the library, written from its scenarios. Hidden from the help, since
//! only who changes the library needs it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use detente_report::{LibraryRow, Page, library_table, page};

use crate::args::When;
use crate::args_library::BookArgs;
use crate::book_page::{Sheet, sheet};
use crate::failure::{FINDINGS, Failure, LIMIT};
use crate::line::threads;
use crate::list::{Entry, entries};
use crate::progress::interrupted;
use crate::terminal;

/// First line of every page that is written here.
const MARK: &str = "<!-- Written by `detente book` from the scenario; changes belong there. -->";
/// Around the table of the library.
const LIST: [&str; 2] = [
    "<!-- The table is written by `detente book`. -->",
    "<!-- End of the table. -->",
];
/// The line of the book's contents below which the pages are listed.
const CONTENTS: &str = "](library.md)";

/// Runs the command; the exit code if it came to its end.
///
/// # Errors
/// A scenario of the library cannot be solved, or a file cannot be read or written.
pub fn run(args: &BookArgs, _color: When) -> Result<u8, Failure> {
    let mut entries = entries()?;
    entries.retain(|entry| !entry.embedded.flagship);
    let mut files: BTreeMap<PathBuf, String> = BTreeMap::new();
    let chosen = |entry: &Entry| {
        args.only.is_empty() || args.only.iter().any(|name| name == entry.embedded.name)
    };
    for entry in entries.iter().filter(|entry| chosen(entry)) {
        let sheet = sheet(entry, threads(args.threads))?;
        if interrupted() {
            return Ok(LIMIT);
        }
        pages(args, entry, &sheet, &mut files);
    }
    let list = args.folder.join("library.md");
    files.insert(list.clone(), listed(&read(&list)?, &entries, &list)?);
    let contents = args.folder.join("SUMMARY.md");
    files.insert(
        contents.clone(),
        in_contents(&read(&contents)?, &entries, &contents)?,
    );
    let stale = stale(&args.folder, &entries)?;
    if args.check {
        return check(&files, &stale);
    }
    for (path, text) in &files {
        write(path, text)?;
    }
    for path in &stale {
        std::fs::remove_file(path).map_err(|error| cannot("remove", path, &error))?;
    }
    terminal::print(&format!(
        "{} pages, {} files written, {} removed\n",
        entries.len(),
        files.len(),
        stale.len()
    ))?;
    Ok(0)
}

/// The page of a scenario, and its picture.
fn pages(args: &BookArgs, entry: &Entry, sheet: &Sheet, files: &mut BTreeMap<PathBuf, String>) {
    let name = entry.embedded.name;
    let folder = args.folder.join("library");
    let text = page(&Page {
        name,
        findings: &sheet.findings,
        picture: &format!("{name}.svg"),
        caption: &sheet.caption,
        command: &sheet.command,
        kind: entry.group(),
        mark: MARK,
    });
    files.insert(folder.join(format!("{name}.md")), text);
    files.insert(folder.join(format!("{name}.svg")), sheet.picture.clone());
}

/// The page about the library with its table.
fn listed(text: &str, entries: &[Entry], path: &Path) -> Result<String, Failure> {
    let rows: Vec<LibraryRow> = entries.iter().map(Entry::row).collect();
    let missing = || {
        Failure::input(format!(
            "{}: `{}` and `{}` must stand around the table",
            path.display(),
            LIST[0],
            LIST[1]
        ))
    };
    let (before, rest) = text.split_once(LIST[0]).ok_or_else(missing)?;
    let (_, after) = rest.split_once(LIST[1]).ok_or_else(missing)?;
    let [open, close] = LIST;
    Ok(format!(
        "{before}{open}\n\n{}\n{close}{after}",
        library_table(&rows)
    ))
}

/// The book's contents with a line for each page.
fn in_contents(text: &str, entries: &[Entry], path: &Path) -> Result<String, Failure> {
    let mut lines = Vec::new();
    let mut found = false;
    for line in text.lines().filter(|line| !line.contains("](library/")) {
        lines.push(line.to_owned());
        if line.contains(CONTENTS) {
            found = true;
            lines.extend(entries.iter().map(|entry| {
                let title = entry.scenario.title.replace(['[', ']'], "");
                format!("  - [{title}](library/{}.md)", entry.embedded.name)
            }));
        }
    }
    if !found {
        return Err(Failure::input(format!(
            "{}: there is no entry for library.md",
            path.display()
        )));
    }
    Ok(lines.join("\n") + "\n")
}

/// Pages that were written for scenarios which are no longer there, and their pictures.
fn stale(folder: &Path, entries: &[Entry]) -> Result<Vec<PathBuf>, Failure> {
    let folder = folder.join("library");
    let mut stale = Vec::new();
    let Ok(files) = std::fs::read_dir(&folder) else {
        return Ok(stale);
    };
    for file in files {
        let path = file
            .map_err(|error| cannot("read", &folder, &error))?
            .path();
        let stem = path.file_stem().map(|stem| stem.to_string_lossy());
        let known = entries
            .iter()
            .any(|entry| stem.as_deref() == Some(entry.embedded.name));
        let page = path.extension().is_some_and(|ending| ending == "md");
        if page && !known && read(&path)?.starts_with(MARK) {
            let picture = path.with_extension("svg");
            stale.extend(picture.is_file().then_some(picture));
            stale.push(path);
        }
    }
    stale.sort();
    Ok(stale)
}

/// Tells which files are not what they would be.
fn check(files: &BTreeMap<PathBuf, String>, stale: &[PathBuf]) -> Result<u8, Failure> {
    let mut told = String::new();
    for (path, text) in files {
        let same = std::fs::read(path).is_ok_and(|bytes| bytes == text.as_bytes());
        if !same {
            told.push_str(&format!("{}: not up to date\n", path.display()));
        }
    }
    for path in stale {
        told.push_str(&format!("{}: its scenario is gone\n", path.display()));
    }
    if told.is_empty() {
        return Ok(0);
    }
    told.push_str("`detente book` writes them anew\n");
    terminal::print(&told)?;
    Ok(FINDINGS)
}

fn read(path: &Path) -> Result<String, Failure> {
    std::fs::read_to_string(path).map_err(|error| cannot("read", path, &error))
}

fn write(path: &Path, text: &str) -> Result<(), Failure> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(|error| cannot("write", folder, &error))?;
    }
    std::fs::write(path, text).map_err(|error| cannot("write", path, &error))
}

fn cannot(what: &str, path: &Path, error: &std::io::Error) -> Failure {
    Failure::input(format!("cannot {what} {}: {error}", path.display()))
}
