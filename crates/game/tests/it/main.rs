//! Games: the checks, the passes, best responses, orders, and files in both formats.
// A test that is skipped says so.
#![allow(clippy::print_stdout)]

mod bad_input;
mod checks;
mod efg;
mod generate;
mod nfg;
mod normal;
mod passes;
mod play;
mod random;
mod recall;
mod shared;
