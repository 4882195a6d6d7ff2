//! Scenario text to checked scenario: parser, names and types, diagnostics, formatter.

pub mod ast;
pub mod check;
pub mod diagnostic;
pub mod eval;
pub mod format;
pub mod lexer;
pub mod parser;
pub mod query;
pub mod render;
pub mod scenario;
pub mod source;
pub mod span;
pub mod suggest;
