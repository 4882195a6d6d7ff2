//! Of how many games of the shared folder, of at most 30 actions, the search finds everything that Gambit finds.
//!
//! Takes some two minutes: `cargo run --release -p detente-solve --example share`.
// What it is for is to print.
#![allow(clippy::print_stdout)]

#[path = "../tests/it/share.rs"]
mod share;

fn main() {
    share::measured(30, 100);
}
