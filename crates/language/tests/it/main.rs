//! Tests of the language as a whole.

mod bad_input;
mod check;
mod format;
mod syntax;
mod explain;
mod queries;
mod render;
mod includes;
mod soup;
