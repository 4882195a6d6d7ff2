//! What an editor asks about a scenario, and the language server that answers.
//!
//! The modules of this level are functions of an [`Analysis`](detente_language::analysis::Analysis) (or of a
//! text) and a place in bytes; they know nothing of the protocol. [`server`] speaks it.

pub mod colour;
pub mod complete;
mod context;
pub mod describe;
pub mod fold;
pub mod hover;
pub mod layout;
pub mod lines;
pub mod mend;
pub mod navigate;
mod number;
pub mod outline;
pub mod rename;
pub mod server;
pub mod signature;
pub mod words;

use detente_language::span::Span;

/// The beginning of the character in which a byte lies, or the end of the text.
pub(crate) fn floor(text: &str, byte: u32) -> u32 {
    let mut at = (byte as usize).min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// A stretch of a file to be replaced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// What is replaced.
    pub span: Span,
    /// By what.
    pub text: String,
}
