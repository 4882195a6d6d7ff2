//! Deals: published domains, closed forms, properties, files.
// A test that is skipped says so.
#![allow(clippy::print_stdout)]

mod cases;
