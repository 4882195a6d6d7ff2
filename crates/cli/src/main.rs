//! The `detente` command.

mod args;
mod ask;
mod convert;
mod deal;
mod deal_input;
mod deal_json;
mod deal_view;
mod failure;
mod game_input;
mod input;
mod line;
mod others;
mod path_file;
mod progress;
mod run;
mod solve;
mod solve_json;
mod solve_view;
mod terminal;
mod test;
mod texts;
mod tree;

use std::process::ExitCode;

use clap::Parser;

use crate::args::{Cli, Command};

fn main() -> ExitCode {
    let cli = Cli::parse();
    progress::watch_interrupt();
    let color = cli.color;
    let done = match &cli.command {
        Command::Run(args) => run::run(args, color),
        Command::Ask(args) => ask::run(args, color),
        Command::Test(args) => test::run(args, color),
        Command::Check(args) => texts::check(args, color),
        Command::Fmt(args) => texts::fmt(args, color),
        Command::Explain(args) => texts::explain(args),
        Command::Tree(args) => tree::run(args, color),
        Command::Convert(args) => convert::run(args, color),
        Command::Solve(args) => solve::run(args, color),
        Command::Deal(args) => deal::run(args, color),
        Command::Methods => solve::methods(color),
    };
    match done {
        Ok(code) => ExitCode::from(code),
        Err(failure) => {
            terminal::complain(&failure.message);
            ExitCode::from(failure.code)
        }
    }
}
