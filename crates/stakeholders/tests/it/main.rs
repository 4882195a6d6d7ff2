//! Stakeholders: published cases, closed forms, properties, files, the backtest.
// A test that is skipped says so.
#![allow(clippy::print_stdout, clippy::unwrap_used)]

mod backtest;
mod cases;
mod closed_forms;
mod emission;
mod exchange;
mod files;
mod ktab;
mod properties;
mod study;
