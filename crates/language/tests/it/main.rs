//! Tests of the language as a whole.

mod analysis;
mod bad_input;
mod bargains;
mod check;
mod conflict;
mod explain;
mod format;
mod includes;
mod queries;
mod render;
mod soup;
mod stakeholders;
mod sums;
mod syntax;
