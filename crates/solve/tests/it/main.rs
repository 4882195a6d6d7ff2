//! The solvers and the judge, on games whose answers are known.
// A test that is skipped says so.
#![allow(clippy::print_stdout)]

mod bench_games;
mod certificate;
mod edges;
mod games;
mod oracle;
mod properties;
mod resolve;
mod search;
mod share;
mod textbook;
