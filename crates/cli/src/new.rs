//! `detente new`: begins a scenario, by questions on a terminal and by flags elsewhere, or copies one of the library.

use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};

use detente_language::check::load;
use detente_language::format::format;
use detente_language::source::NoFiles;

use crate::args::When;
use crate::args_library::NewArgs;
use crate::failure::Failure;
use crate::input::shown;
use crate::new_draft::{Draft, slug};
use crate::new_questions::questions;
use crate::show::embedded;
use crate::terminal;

/// Runs the command; the exit code if it came to its end.
///
/// # Errors
/// What ended it early: a file that is there already, above all.
pub fn run(args: &NewArgs, color: When) -> Result<u8, Failure> {
    let (name, text) = match &args.from {
        Some(from) => {
            let embedded = embedded(from)?;
            (embedded.name.to_owned(), embedded.text.to_owned())
        }
        None => {
            let draft = draft(args)?;
            (slug(&draft.title, '-'), written(&draft, color)?)
        }
    };
    if args.print {
        terminal::print(&text)?;
        return Ok(0);
    }
    let path = path(args.name.as_deref(), &name);
    create(&path, &text)?;
    let shown = path.display();
    terminal::print(&format!(
        "wrote {shown}\nNext: detente run {shown}\n      detente check {shown}   after every change\n"
    ))?;
    Ok(0)
}

/// The draft: what the flags say, then what is answered on a terminal, then what is usual.
fn draft(args: &NewArgs) -> Result<Draft, Failure> {
    let given = Draft::given(args)?;
    let flags = args.title.is_some()
        || args.private.is_some()
        || ![&args.actors, &args.options, &args.answers]
            .iter()
            .all(|list| list.is_empty());
    if flags || !std::io::stdin().is_terminal() || !std::io::stderr().is_terminal() {
        return Ok(given);
    }
    questions(&mut std::io::stdin().lock(), &mut std::io::stderr(), given)
}

/// The draft as a scenario: in the canonical layout, and without errors.
fn written(draft: &Draft, color: When) -> Result<String, Failure> {
    let text = draft.text();
    let formatted = format(&text).unwrap_or(text);
    let loaded = load("new.detente", &formatted, &NoFiles);
    match loaded.scenario {
        Some(_) => Ok(formatted),
        None => Err(Failure::input(format!(
            "these answers do not make a scenario:\n{}",
            shown(&loaded.diagnostics, &loaded.sources, color)
        ))),
    }
}

/// The file of this name, with `.detente` behind it.
fn path(given: Option<&Path>, name: &str) -> PathBuf {
    let path = given.map_or_else(|| PathBuf::from(name), Path::to_path_buf);
    if path.extension().is_some_and(|ending| ending == "detente") {
        return path;
    }
    let mut whole = path.into_os_string();
    whole.push(".detente");
    whole.into()
}

/// Writes a file that was not there.
fn create(path: &Path, text: &str) -> Result<(), Failure> {
    let file = std::fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(path);
    let mut file = file.map_err(|error| match error.kind() {
        std::io::ErrorKind::AlreadyExists => Failure::input(format!(
            "{} is there already, and nothing is overwritten; name another file: detente new NAME",
            path.display()
        )),
        _ => Failure::input(format!("cannot write {}: {error}", path.display())),
    })?;
    file.write_all(text.as_bytes())
        .map_err(|error| Failure::input(format!("cannot write {}: {error}", path.display())))
}
