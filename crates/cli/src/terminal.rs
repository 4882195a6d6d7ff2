//! What the terminal can do, and writing to it.

use std::io::{IsTerminal, Write};
use std::path::Path;

use detente_report::TextOptions;

use crate::args::When;
use crate::failure::{Failure, INPUT};

/// Width where standard output is no terminal.
const PLAIN_WIDTH: usize = 100;

/// Whether to use colour on a stream.
pub fn color(when: When, stream: &impl IsTerminal) -> bool {
    match when {
        When::Always => true,
        When::Never => false,
        When::Auto => {
            let refused = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
            let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
            stream.is_terminal() && !refused && !dumb
        }
    }
}

/// Columns of standard output.
pub fn width() -> usize {
    asked_width()
        .or_else(|| columns(std::io::stdout()))
        .unwrap_or(PLAIN_WIDTH)
}

/// Columns of standard error.
pub fn error_width() -> usize {
    asked_width()
        .or_else(|| columns(std::io::stderr()))
        .unwrap_or(PLAIN_WIDTH)
}

/// `COLUMNS`, which shells and scripts set to overrule what the terminal says.
fn asked_width() -> Option<usize> {
    std::env::var("COLUMNS")
        .ok()?
        .parse()
        .ok()
        .filter(|&width| width > 0)
}

#[cfg(unix)]
fn columns(stream: impl std::os::fd::AsFd) -> Option<usize> {
    terminal_size::terminal_size_of(stream).map(|(width, _)| width.0.into())
}

#[cfg(windows)]
fn columns(stream: impl std::os::windows::io::AsHandle) -> Option<usize> {
    terminal_size::terminal_size_of(stream).map(|(width, _)| width.0.into())
}

/// How text is written to standard output.
pub fn text_options(when: When) -> TextOptions {
    TextOptions {
        width: width(),
        color: color(when, &std::io::stdout()),
        unicode: unicode(),
    }
}

/// Prints on standard output. A reader that has gone away (`| head`) is no error.
///
/// # Errors
/// Standard output cannot be written.
pub fn print(text: &str) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(Failure {
            message: format!("error: cannot write to standard output: {error}"),
            code: INPUT,
        }),
        _ => Ok(()),
    }
}

/// Writes to a file, or prints on standard output where there is none.
///
/// # Errors
/// It cannot be written.
pub fn put(path: Option<&Path>, text: &str) -> Result<(), Failure> {
    match path {
        None => print(text),
        Some(path) => std::fs::write(path, text)
            .map_err(|error| Failure::input(format!("cannot write {}: {error}", path.display()))),
    }
}

/// Prints on standard error; there is nowhere to complain if that fails.
pub fn complain(text: &str) {
    let mut out = std::io::stderr().lock();
    let _ = out
        .write_all(text.as_bytes())
        .and_then(|()| out.write_all(b"\n"));
}

/// Whether characters outside ASCII can be shown: by the locale, as the C library reads it.
pub fn unicode() -> bool {
    let set = ["LC_ALL", "LC_CTYPE", "LANG"]
        .into_iter()
        .filter_map(std::env::var_os)
        .find(|value| !value.is_empty());
    // Without any locale most terminals of today still show UTF-8; only a named other one does not.
    set.is_none_or(|locale| {
        let locale = locale.to_string_lossy().to_lowercase();
        locale.contains("utf-8") || locale.contains("utf8") || locale == "c" || locale == "posix"
    })
}
