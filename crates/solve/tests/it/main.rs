//! The solvers and the judge, on games whose answers are known.

mod bench_games;
mod certificate;
mod edges;
mod games;
mod properties;
mod resolve;
mod textbook;
