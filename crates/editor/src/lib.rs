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

/// A stretch of a file to be replaced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// What is replaced.
    pub span: Span,
    /// By what.
    pub text: String,
}
