//! Tests of the crate: closed forms, other programs' results, what must always hold, and bad input.
#![allow(clippy::unwrap_used)] // a test that cannot go on panics

mod bad_input;
mod closed_forms;
mod discovery;
mod information;
mod peers;
mod samples;
mod steady;
mod told;
