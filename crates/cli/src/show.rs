//! `detente show`: the text of a scenario of the library.

use std::path::Path;

use crate::args_library::ShowArgs;
use crate::failure::Failure;
use crate::terminal;
use detente_line::library::unknown;

/// Runs the command; the exit code if it came to its end.
///
/// # Errors
/// The library has no such scenario.
pub fn run(args: &ShowArgs) -> Result<u8, Failure> {
    let embedded = embedded(&args.name)?;
    terminal::print(embedded.text)?;
    Ok(0)
}

/// The scenario of the library that has this name.
///
/// # Errors
/// There is none; names that may have been meant are told.
pub fn embedded(name: &str) -> Result<&'static detente_library::Embedded, Failure> {
    detente_library::find(name).ok_or_else(|| {
        let file = Path::new(name).is_file();
        let else_said = if file {
            "  help: a file of this name is in this folder; this command shows the library's"
                .to_owned()
        } else {
            unknown(name)
        };
        Failure::input(format!("the library has no scenario `{name}`\n{else_said}"))
    })
}
