//! A server on a free port and a small client.
#![allow(clippy::unwrap_used)] // a test that cannot go on panics

mod answers;
mod client;
mod plays;
mod safety;
mod texts;
