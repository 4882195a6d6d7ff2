//! Writes the report of an invented sample, to look at: `cargo run -p detente-report --example sample -- OUT.html`.

#[path = "../tests/it/sample/mod.rs"]
mod sample;

use std::process::ExitCode;

fn main() -> ExitCode {
    let Some(path) = std::env::args_os().nth(1) else {
        return ExitCode::from(2);
    };
    let findings = sample::findings();
    let page = match detente_report::html(&findings) {
        Ok(page) => page,
        Err(_) => return ExitCode::FAILURE,
    };
    match std::fs::write(path, page) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}
