//! Runs: every point of a design solved, streamed to a folder of Parquet files.
//!
//! A run's folder holds `manifest.json`, which says what is computed ([`Plan`]), and `shard-00000.parquet` and so on,
//! each with the same number of points. A shard is complete or absent. Rows of shards in flight stand in journals
//! beside them, so that a run that is killed loses no more than the points that were being solved.

mod columns;
mod describe;
mod drive;
mod ground;
mod journal;
mod manifest;
mod merge;
mod plan;
mod row;
mod rows;
mod shard;
mod summary;
mod table;

pub use columns::{Columns, columns};
pub use describe::{Held, describe};
pub use drive::{Done, Options, Step, part, run};
pub use ground::{Ground, GroundError, ground};
pub use manifest::begin;
pub use merge::merge;
pub use plan::{Column, DecisionColumns, InputColumn, Parts, Plan, Role, Solving, Text};
pub use row::{Numbers, Row};
pub use rows::{Rows, rows};
pub use summary::{Spread, Summary, summary};
pub use table::{batch, schema};

use std::path::{Path, PathBuf};

/// Why a run cannot be begun, go on, or be read.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// A file or folder cannot be read or written.
    #[error("{}: {}", path.display(), words(error))]
    Io {
        /// Which.
        path: PathBuf,
        /// Why.
        error: std::io::Error,
    },
    /// A folder that holds something already.
    #[error(
        "{} is not empty: go on with the run in it with `--resume`, or choose another folder", .0.display()
    )]
    NotEmpty(PathBuf),
    /// A folder without a manifest.
    #[error("{} holds no run: there is no manifest.json in it", .0.display())]
    NoRun(PathBuf),
    /// A run that is not this one.
    #[error("{} holds another run: {}", folder.display(), differences.join("; "))]
    Differs {
        /// Its folder.
        folder: PathBuf,
        /// What differs, each in words.
        differences: Vec<String>,
    },
    /// A file that is not what it should be.
    #[error("{}: {reason}", path.display())]
    Damaged {
        /// Which.
        path: PathBuf,
        /// What is wrong and what to do.
        reason: String,
    },
    /// Another process works on the same shard.
    #[error("{} is being computed by another process", .0.display())]
    Busy(PathBuf),
    /// Shards that are needed and not there.
    #[error("{} of {of} shards are missing: {}", missing.len(), ranges(missing))]
    Missing {
        /// Which.
        missing: Vec<u64>,
        /// All that there should be.
        of: u64,
    },
    /// A shard that stands in two folders.
    #[error("shard {shard} stands in {} and in {}", first.display(), second.display())]
    Doubled {
        /// Which.
        shard: u64,
        /// One folder.
        first: PathBuf,
        /// The other.
        second: PathBuf,
    },
}

impl RunError {
    fn io(path: &Path, error: std::io::Error) -> RunError {
        RunError::Io {
            path: path.to_owned(),
            error,
        }
    }

    fn damaged(path: &Path, reason: impl Into<String>) -> RunError {
        RunError::Damaged {
            path: path.to_owned(),
            reason: reason.into(),
        }
    }

    /// Whether there was no room left.
    #[must_use]
    pub fn full(&self) -> bool {
        matches!(self, RunError::Io { error, .. } if full(error))
    }
}

fn full(error: &std::io::Error) -> bool {
    use std::io::ErrorKind::{FileTooLarge, QuotaExceeded, StorageFull};
    matches!(error.kind(), StorageFull | QuotaExceeded | FileTooLarge)
}

fn words(error: &std::io::Error) -> String {
    match full(error) {
        true => format!(
            "the disk is full ({error}); everything solved before is kept: make room and go on with `--resume`"
        ),
        false => error.to_string(),
    }
}

/// "0–3, 7, 9–10".
#[must_use]
pub fn ranges(numbers: &[u64]) -> String {
    let mut runs: Vec<(u64, u64)> = Vec::new();
    for &number in numbers {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == number => *last = number,
            _ => runs.push((number, number)),
        }
    }
    let words = |&(first, last): &(u64, u64)| match last - first {
        0 => first.to_string(),
        _ => format!("{first}–{last}"),
    };
    runs.iter().map(words).collect::<Vec<_>>().join(", ")
}
