//! The `detente` command.

mod args;
mod args_forecast;
mod args_graph;
mod args_library;
mod args_play;
mod args_sweep;
mod ask;
mod backtest;
mod book;
mod book_page;
mod compare;
mod convert;
mod deal;
mod deal_input;
mod deal_json;
mod deal_package;
mod failure;
mod forecast;
mod game_input;
mod graph;
mod input;
mod line;
mod list;
mod lsp;
mod new;
mod new_draft;
mod new_questions;
mod others;
mod pages;
mod path_file;
mod play;
mod play_talk;
mod progress;
mod run;
mod serve;
mod session;
mod session_input;
mod session_page;
mod show;
mod solve;
mod solve_json;
mod solve_view;
mod sweep;
mod sweep_report;
mod sweep_view;
mod terminal;
mod test;
mod texts;
mod tournament;
mod tree;
mod vary;
mod vary_file;
mod vary_view;

use std::process::ExitCode;

use clap::Parser;

use crate::args::{Cli, Command};

fn main() -> ExitCode {
    let cli = Cli::parse();
    // An editor's server has nothing to keep: it may simply be ended. The workbench ends in its own way.
    if !matches!(cli.command, Command::Lsp | Command::Serve(_)) {
        progress::watch_interrupt();
    }
    let color = cli.color;
    let done = match &cli.command {
        Command::Run(args) => run::run(args, color),
        Command::New(args) => new::run(args, color),
        Command::List(args) => list::run(args, color),
        Command::Show(args) => show::run(args),
        Command::Compare(args) => compare::run(args, color),
        Command::Vary(args) => vary::run(args, color),
        Command::Sweep(args) => sweep::run(args, color),
        Command::Book(args) => book::run(args, color),
        Command::Ask(args) => ask::run(args, color),
        Command::Test(args) => test::run(args, color),
        Command::Check(args) => texts::check(args, color),
        Command::Fmt(args) => texts::fmt(args, color),
        Command::Explain(args) => texts::explain(args),
        Command::Play(args) => play::run(args, color),
        Command::Tree(args) => tree::run(args, color),
        Command::Convert(args) => convert::run(args, color),
        Command::Solve(args) => solve::run(args, color),
        Command::Deal(args) => deal::run(args, color),
        Command::Session(args) => session::run(args, color),
        Command::Tournament(args) => tournament::run(args, color),
        Command::Forecast(args) => forecast::run(args, color),
        Command::Backtest(args) => backtest::run(args, color),
        Command::Graph(args) => graph::run(args, color),
        Command::Methods => solve::methods(color),
        Command::Serve(args) => serve::run(args),
        Command::Lsp => lsp::run(),
    };
    match done {
        Ok(code) => ExitCode::from(code),
        Err(failure) => {
            terminal::complain(&failure.message);
            ExitCode::from(failure.code)
        }
    }
}
