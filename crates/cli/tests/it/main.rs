//! The command as a user meets it: what it prints, writes and returns.
#![allow(clippy::unwrap_used)] // a test that cannot go on panics

mod answers;
mod compare;
mod convert;
mod deal;
mod forecast;
mod graph;
mod input;
mod library;
mod lsp;
mod output;
mod play;
mod session;
mod solutions;
mod solve;
mod sweep;
mod vary;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// What a run of the command gave.
pub struct Ran {
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
    /// Exit code.
    pub code: i32,
}

/// Runs `detente` in a folder.
pub fn detente_in(folder: &Path, args: &[&str]) -> Ran {
    let output = Command::new(env!("CARGO_BIN_EXE_detente"))
        .args(args)
        .current_dir(folder)
        .env_remove("NO_COLOR")
        .env("COLUMNS", "80")
        .output()
        .unwrap();
    ran(&output)
}

fn ran(output: &Output) -> Ran {
    Ran {
        out: String::from_utf8(output.stdout.clone()).unwrap(),
        err: String::from_utf8(output.stderr.clone()).unwrap(),
        code: output.status.code().unwrap(),
    }
}

/// Runs `detente` in a folder of its own.
pub fn detente(args: &[&str]) -> Ran {
    let folder = tempfile::tempdir().unwrap();
    detente_in(folder.path(), args)
}

/// The folder of scenarios.
pub fn scenarios() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios")
}

/// A scenario of the library.
pub fn library(name: &str) -> String {
    scenarios()
        .join("library")
        .join(name)
        .to_string_lossy()
        .into_owned()
}

/// A folder with one scenario in it, and that scenario's path.
pub fn written(text: &str) -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("test.detente");
    std::fs::write(&path, text).unwrap();
    let path = path.to_string_lossy().into_owned();
    (folder, path)
}
