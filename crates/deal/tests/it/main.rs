//! Deals: published domains, closed forms, properties, files.
// A test that is skipped says so.
#![allow(clippy::print_stdout, clippy::unwrap_used)]

mod bargaining;
mod cases;
mod closed_forms;
mod formats;
mod picture;
mod properties;
mod sessions;
