//! The files of a run, each written aside and renamed, so that it is complete or absent.

use super::{Plan, Row, RunError, table};
use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};

/// The name of a shard.
pub(super) fn name(shard: u64) -> String {
    format!("shard-{shard:05}.parquet")
}

/// Where a shard stands.
pub(super) fn path(folder: &Path, shard: u64) -> PathBuf {
    folder.join(name(shard))
}

fn aside(shard: u64) -> String {
    format!(".shard-{shard:05}.tmp")
}

/// The number of a shard by its file's name.
pub(super) fn number(name: &str) -> Option<u64> {
    let digits = name.strip_prefix("shard-")?.strip_suffix(".parquet")?;
    let number = digits.parse().ok()?;
    (self::name(number) == name).then_some(number)
}

/// Writes a file aside, makes sure that it is on the disk, and gives it its name.
pub(super) fn put(folder: &Path, aside: &str, name: &str, bytes: &[u8]) -> Result<(), RunError> {
    let (aside, path) = (folder.join(aside), folder.join(name));
    let written = File::create(&aside)
        .and_then(|mut file| file.write_all(bytes).and_then(|()| file.sync_all()))
        .and_then(|()| std::fs::rename(&aside, &path))
        .and_then(|()| settle(folder));
    written.map_err(|error| {
        // What was written aside is of no use, and a full disk wants its room back.
        let _ = std::fs::remove_file(&aside);
        RunError::io(&path, error)
    })
}

/// Makes sure that the names in a folder are on the disk.
pub(super) fn settle(folder: &Path) -> std::io::Result<()> {
    // Only on Unix can a folder be opened and synchronised.
    if cfg!(unix) {
        File::open(folder)?.sync_all()?;
    }
    Ok(())
}

/// Writes a shard from its rows in the order of points.
pub(super) fn write(folder: &Path, plan: &Plan, shard: u64, rows: &[Row]) -> Result<(), RunError> {
    let path = path(folder, shard);
    let bytes = table::parquet(plan, shard, rows)
        .map_err(|error| RunError::io(&path, std::io::Error::other(error)))?;
    put(folder, &aside(shard), &name(shard), &bytes)
}

/// Removes what a run that was killed left of a shard's writing.
pub(super) fn sweep_aside(folder: &Path, shard: u64) -> Result<(), RunError> {
    let path = folder.join(aside(shard));
    match std::fs::remove_file(&path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(RunError::io(&path, error))
        }
        _ => Ok(()),
    }
}

/// Whether a shard is there; one that is not this plan's is an error.
pub(super) fn complete(folder: &Path, plan: &Plan, shard: u64) -> Result<bool, RunError> {
    let path = path(folder, shard);
    match path.try_exists() {
        Ok(false) => Ok(false),
        Ok(true) => table::check(&path, plan, shard).map(|()| true),
        Err(error) => Err(RunError::io(&path, error)),
    }
}
