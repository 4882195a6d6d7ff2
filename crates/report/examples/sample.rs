//! Writes a report to look at: of an invented sample, or of the `findings.json` of an earlier run.
//!
//! `cargo run -p detente-report --example sample -- OUT.html [FINDINGS.json]`

#[allow(clippy::unwrap_used)] // the sample is made of numbers that fit
#[path = "../tests/it/sample/mod.rs"]
mod sample;

use std::error::Error;
use std::process::ExitCode;

use detente_findings::model::Findings;

fn main() -> ExitCode {
    let mut paths = std::env::args_os().skip(1);
    let Some(out) = paths.next() else {
        return ExitCode::from(2);
    };
    match findings(paths.next()).and_then(|f| Ok(std::fs::write(out, detente_report::html(&f)?)?)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

fn findings(path: Option<std::ffi::OsString>) -> Result<Findings, Box<dyn Error>> {
    match path {
        None => Ok(sample::findings()),
        Some(path) => Ok(serde_json::from_str(&std::fs::read_to_string(path)?)?),
    }
}
