//! The rows of a run, shard after shard, in memory that does not grow with the points.

use super::{Plan, RunError, manifest, shard, table};
use arrow_array::{RecordBatch, RecordBatchReader};
use arrow_schema::{ArrowError, SchemaRef};
use parquet::arrow::arrow_reader::ParquetRecordBatchReader;
use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Reads the rows of a run's complete shards, in the order of points.
pub struct Rows {
    folder: PathBuf,
    schema: SchemaRef,
    /// Places of the columns that are read.
    wanted: Vec<usize>,
    /// Shards that are not begun.
    shards: VecDeque<u64>,
    /// The shard that is being read.
    open: Option<ParquetRecordBatchReader>,
}

/// The rows of the complete shards in a run's folder: all columns, or those of these names in the order of the files.
///
/// # Errors
/// There is no run in the folder, a shard is not what it should be, or there is no such column.
pub fn rows(folder: &Path, columns: Option<&[String]>) -> Result<Rows, RunError> {
    let plan = manifest::read(folder)?;
    let wanted = wanted(folder, &plan, columns)?;
    let mut shards = VecDeque::new();
    for number in 0..plan.shards() {
        if shard::complete(folder, &plan, number)? {
            shards.push_back(number);
        }
    }
    let schema = table::schema(&plan)
        .project(&wanted)
        .map_err(|error| RunError::io(folder, std::io::Error::other(error)))?;
    Ok(Rows {
        folder: folder.to_owned(),
        schema: Arc::new(schema),
        wanted,
        shards,
        open: None,
    })
}

/// Places of the columns of these names.
fn wanted(folder: &Path, plan: &Plan, columns: Option<&[String]>) -> Result<Vec<usize>, RunError> {
    let Some(columns) = columns else {
        return Ok((0..plan.columns.len()).collect());
    };
    let names = || plan.columns.iter().map(|column| column.name.as_str());
    if let Some(unknown) = columns
        .iter()
        .find(|name| !names().any(|known| known == *name))
    {
        let hint = detente_language::suggest::nearest(unknown, names());
        let hint = hint.map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
        return Err(RunError::damaged(
            folder,
            format!("the run has no column `{unknown}`{hint}"),
        ));
    }
    let known = names().enumerate();
    let chosen = known.filter(|(_, name)| columns.iter().any(|column| column == name));
    Ok(chosen.map(|(place, _)| place).collect())
}

impl Rows {
    fn open(&mut self, number: u64) -> Result<(), ArrowError> {
        let reader = table::read(&shard::path(&self.folder, number), &self.wanted);
        let reader = reader.map_err(|error| ArrowError::ExternalError(Box::new(error)))?;
        self.open = Some(reader);
        Ok(())
    }

    /// A batch without the metadata of its file, so that all have the same schema.
    fn plain(&self, batch: RecordBatch) -> Result<RecordBatch, ArrowError> {
        RecordBatch::try_new(self.schema.clone(), batch.columns().to_vec())
    }
}

impl Iterator for Rows {
    type Item = Result<RecordBatch, ArrowError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(batch) = self.open.as_mut().and_then(Iterator::next) {
                return Some(batch.and_then(|batch| self.plain(batch)));
            }
            let number = self.shards.pop_front()?;
            if let Err(error) = self.open(number) {
                self.shards.clear();
                self.open = None;
                return Some(Err(error));
            }
        }
    }
}

impl RecordBatchReader for Rows {
    fn schema(&self) -> SchemaRef {
        self.schema.clone()
    }
}
