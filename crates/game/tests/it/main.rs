//! Games: the checks, the passes, best responses, orders, and `.efg` files.
// A test that is skipped says so.
#![allow(clippy::print_stdout)]

mod checks;
mod efg;
mod nfg;
mod normal;
mod passes;
mod play;
mod random;
mod recall;
mod shared;
