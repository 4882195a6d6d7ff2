//! The graph of a conflict: published conflicts, definitions taken word by word, properties, bad input.
// A test that is skipped says so.
#![allow(clippy::print_stdout, clippy::unwrap_used)]

mod cases;
mod doubt;
mod draw;
mod input;
mod invariance;
mod naive;
mod published;
mod stability;
mod study;
mod wishes;
