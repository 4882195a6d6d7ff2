//! Joining the parts of a run, and making sure that nothing is missing, doubled or foreign.

use super::{Plan, RunError, manifest, shard, table};
use std::collections::BTreeMap;
use std::fs::File;
use std::path::{Path, PathBuf};

/// Joins the shards of some folders in another folder, as if one run had made them all, or in one file where `out`
/// ends in `.parquet`. Every row is read and looked at. The plan of the run.
///
/// # Errors
/// Shards that are missing, doubled, damaged or of another run; files that cannot be read or written.
pub fn merge(
    folders: &[PathBuf],
    out: &Path,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<Plan, RunError> {
    let (plan, shards) = gather(folders)?;
    let single = out.extension().is_some_and(|ending| ending == "parquet");
    match single {
        true => into_file(&plan, &shards, out, progress)?,
        false => into_folder(&plan, &shards, out, progress)?,
    }
    Ok(plan)
}

/// What stands in a folder, by name: of several faults the same is told everywhere.
fn sorted(folder: &Path) -> Result<Vec<PathBuf>, RunError> {
    let entries = std::fs::read_dir(folder)
        .and_then(|entries| entries.map(|entry| Ok(entry?.path())).collect());
    let mut paths: Vec<PathBuf> = entries.map_err(|error| RunError::io(folder, error))?;
    paths.sort();
    Ok(paths)
}

/// The plan of all folders, and where each shard stands.
fn gather(folders: &[PathBuf]) -> Result<(Plan, BTreeMap<u64, PathBuf>), RunError> {
    let mut plan: Option<Plan> = None;
    let mut shards: BTreeMap<u64, PathBuf> = BTreeMap::new();
    for folder in folders {
        let found = manifest::read(folder)?;
        if let Some(plan) = &plan {
            manifest::same(folder, plan, &found)?;
        }
        for path in sorted(folder)? {
            let name = path.file_name().map(|name| name.to_string_lossy());
            let Some(number) = name.and_then(|name| shard::number(&name)) else {
                continue;
            };
            if number >= found.shards() {
                return Err(RunError::damaged(
                    &path,
                    "the run has no such shard: remove it",
                ));
            }
            table::check(&path, &found, number)?;
            if let Some(first) = shards.insert(number, path.clone()) {
                return Err(RunError::Doubled {
                    shard: number,
                    first,
                    second: path,
                });
            }
        }
        plan.get_or_insert(found);
    }
    let Some(plan) = plan else {
        return Err(RunError::NoRun(PathBuf::from(".")));
    };
    let all = plan.shards();
    let missing: Vec<u64> = (0..all)
        .filter(|shard| !shards.contains_key(shard))
        .collect();
    match missing.is_empty() {
        true => Ok((plan, shards)),
        false => Err(RunError::Missing { missing, of: all }),
    }
}

fn into_folder(
    plan: &Plan,
    shards: &BTreeMap<u64, PathBuf>,
    out: &Path,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<(), RunError> {
    manifest::begin(out, plan, false)?;
    for (&number, path) in shards {
        verify(plan, number, path, &mut |_| Ok(()))?;
        let bytes = std::fs::read(path).map_err(|error| RunError::io(path, error))?;
        let aside = format!(".{}.tmp", shard::name(number));
        shard::put(out, &aside, &shard::name(number), &bytes)?;
        progress(number + 1, plan.shards());
    }
    Ok(())
}

fn into_file(
    plan: &Plan,
    shards: &BTreeMap<u64, PathBuf>,
    out: &Path,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<(), RunError> {
    if out.exists() {
        return Err(RunError::damaged(
            out,
            "it is there already: choose another name",
        ));
    }
    let aside = out.with_extension("parquet.tmp");
    let write = |progress: &mut dyn FnMut(u64, u64)| {
        let io = |error: std::io::Error| RunError::io(&aside, error);
        let other = |error: parquet::errors::ParquetError| io(written(error));
        let file = File::create(&aside).map_err(io)?;
        let mut writer = table::whole(plan, file).map_err(other)?;
        for (&number, path) in shards {
            verify(plan, number, path, &mut |batch| {
                writer.write(batch).map_err(other)
            })?;
            writer.flush().map_err(other)?;
            progress(number + 1, plan.shards());
        }
        let file = writer.into_inner().map_err(other)?;
        file.sync_all().map_err(io)?;
        std::fs::rename(&aside, out).map_err(io)
    };
    write(progress).inspect_err(|_| {
        let _ = std::fs::remove_file(&aside);
    })
}

/// The error of the system behind one of the library's, so that a full disk is known as one.
fn written(error: parquet::errors::ParquetError) -> std::io::Error {
    use parquet::errors::ParquetError::External;
    match error {
        External(error) => match error.downcast::<std::io::Error>() {
            Ok(error) => *error,
            Err(error) => std::io::Error::other(error),
        },
        error => std::io::Error::other(error),
    }
}

/// Reads a shard through and makes sure that it holds its points, each once and in order.
fn verify(
    plan: &Plan,
    number: u64,
    path: &Path,
    each: &mut dyn FnMut(&arrow_array::RecordBatch) -> Result<(), RunError>,
) -> Result<(), RunError> {
    let damaged = |reason: String| {
        RunError::damaged(path, format!("{reason}; remove it and compute it again"))
    };
    let all: Vec<usize> = (0..plan.columns.len()).collect();
    let mut points = plan.shard(number);
    for batch in table::read(path, &all)? {
        let batch = batch.map_err(|error| damaged(format!("it is damaged ({error})")))?;
        if batch.schema().fields() != table::schema(plan).fields() {
            return Err(damaged("it has other columns than the run".to_owned()));
        }
        if !table::follow(&batch, &mut points) {
            return Err(damaged("its points are not in order".to_owned()));
        }
        each(&batch)?;
    }
    match points.is_empty() {
        true => Ok(()),
        false => Err(damaged("points are missing".to_owned())),
    }
}
