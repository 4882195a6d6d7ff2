//! Scenario text to checked scenario: parser, names and types, diagnostics, formatter.

pub mod analysis;
pub mod ast;
pub mod check;
mod codes_conflict;
mod codes_names;
mod codes_play;
pub mod codes_syntax;
mod codes_types;
mod codes_values;
mod codes_warnings;
pub mod correlation;
pub mod diagnostic;
pub mod eval;
pub mod explain;
pub mod format;
mod lexer;
pub mod parser;
pub mod query;
pub mod render;
pub mod scenario;
pub mod source;
pub mod span;
pub mod suggest;
pub mod tokens;
