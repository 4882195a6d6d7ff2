//! The solvers and the judge, on games whose answers are known.
// A test that is skipped says so.
#![allow(clippy::print_stdout)]

mod agreement;
mod algebra;
mod bench_games;
mod bimatrix;
mod certificate;
mod checkpoint;
mod edges;
mod exact_properties;
mod expected;
mod expected_logit;
mod extreme;
mod games;
mod high_precision;
mod oracle;
mod properties;
mod pure;
mod regret;
mod reordered;
mod resolve;
mod search;
mod sequence;
mod sequential;
mod share;
mod symmetry;
mod textbook;
mod textbook_cfr;
mod threads;
mod turning;
