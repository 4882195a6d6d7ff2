//! `detente lsp`: the language server on standard input and output.

use std::io::{BufReader, stdin, stdout};

use crate::failure::Failure;

/// Serves one editor until it ends the conversation.
///
/// # Errors
/// Standard input or output is broken.
pub fn run() -> Result<u8, Failure> {
    let ended = detente_editor::server::serve(BufReader::new(stdin()), stdout().lock());
    match ended {
        Ok(true) => Ok(0),
        // The protocol asks for 1 where `exit` comes without `shutdown`.
        Ok(false) => Ok(1),
        Err(error) => Err(Failure::input(format!(
            "the conversation with the editor broke off: {error}"
        ))),
    }
}
