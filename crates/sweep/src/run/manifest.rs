//! `manifest.json`: what the folder of a run computes.

use super::{Plan, RunError, shard};
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};

const NAME: &str = "manifest.json";

#[derive(Serialize, Deserialize)]
struct Manifest {
    fingerprint: String,
    plan: Plan,
}

fn path(folder: &Path) -> PathBuf {
    folder.join(NAME)
}

/// Begins a run in an empty folder, or goes on with the same run where that is wanted: what [`run`](super::run) does first.
/// Whoever hands out shards does it once, before anybody computes them.
///
/// # Errors
/// A folder that holds something else, files that cannot be written.
pub fn begin(folder: &Path, plan: &Plan, resume: bool) -> Result<(), RunError> {
    std::fs::create_dir_all(folder).map_err(|error| RunError::io(folder, error))?;
    if path(folder).exists() {
        if !resume {
            return Err(RunError::NotEmpty(folder.to_owned()));
        }
        return same(folder, plan, &read(folder)?);
    }
    let entries = std::fs::read_dir(folder).map_err(|error| RunError::io(folder, error))?;
    // What is left of a run that was killed before it began.
    let own = |name: &std::ffi::OsStr| name.to_string_lossy().starts_with(".manifest");
    let mut others = entries.filter(|entry| !entry.as_ref().is_ok_and(|e| own(&e.file_name())));
    if others.next().is_some() {
        return Err(match resume {
            true => RunError::NoRun(folder.to_owned()),
            false => RunError::NotEmpty(folder.to_owned()),
        });
    }
    write(folder, plan)
}

/// Writes the manifest.
pub(super) fn write(folder: &Path, plan: &Plan) -> Result<(), RunError> {
    let path = path(folder);
    let manifest = Manifest {
        fingerprint: plan.fingerprint(),
        plan: plan.clone(),
    };
    let mut text = serde_json::to_vec_pretty(&manifest)
        .map_err(|error| RunError::io(&path, std::io::Error::other(error)))?;
    text.push(b'\n');
    // Parts of a run may begin in the same folder at the same time.
    let name = format!(".manifest-{}.tmp", std::process::id());
    shard::put(folder, &name, NAME, &text)
}

/// The plan of the run in a folder.
pub(super) fn read(folder: &Path) -> Result<Plan, RunError> {
    let path = path(folder);
    let text = std::fs::read(&path).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory => {
            RunError::NoRun(folder.to_owned())
        }
        _ => RunError::io(&path, error),
    })?;
    let manifest: Manifest = serde_json::from_slice(&text).map_err(|error| {
        RunError::damaged(&path, format!("it is no manifest of a run: {error}"))
    })?;
    if manifest.plan.fingerprint() != manifest.fingerprint {
        return Err(RunError::damaged(
            &path,
            "it was changed by hand, or by another version: its fingerprint is not that of its plan",
        ));
    }
    Ok(manifest.plan)
}

/// That the run in a folder has this plan.
pub(super) fn same(folder: &Path, plan: &Plan, found: &Plan) -> Result<(), RunError> {
    let differences = plan.differences(found);
    match differences.is_empty() {
        true => Ok(()),
        false => Err(RunError::Differs {
            folder: folder.to_owned(),
            differences,
        }),
    }
}
