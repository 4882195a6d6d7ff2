//! Journals: rows of a shard in flight, each appended as soon as it is solved.
//!
//! A journal begins with the run's fingerprint; then every row has its length, a check sum and its bytes. A row that
//! was only half written when the program was killed fails its check sum, and the journal is cut there. While a
//! process works on a shard it holds a lock on its journal.

use super::{Row, RunError, shard};
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, SeekFrom, Write};
use std::ops::Range;
use std::path::{Path, PathBuf};

/// Length and check sum.
const HEAD: usize = 8;

/// The journal of a shard in flight.
pub(super) struct Journal {
    file: File,
    path: PathBuf,
    dirty: bool,
}

/// Where a shard's journal stands.
pub(super) fn path(folder: &Path, shard: u64) -> PathBuf {
    folder.join(format!(".shard-{shard:05}.journal"))
}

impl Journal {
    /// Opens the journal of a shard, or begins it; the rows that it holds already.
    pub(super) fn open(
        folder: &Path,
        fingerprint: &str,
        shard: u64,
        points: &Range<u64>,
    ) -> Result<(Journal, Vec<Row>), RunError> {
        let path = path(folder, shard);
        let io = |error| RunError::io(&path, error);
        let mut file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(&path)
            .map_err(io)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(RunError::Busy(shard::path(folder, shard)));
            }
            // A file system without locks: whoever starts two processes on one shard there is not stopped.
            Err(TryLockError::Error(error)) if error.kind() == std::io::ErrorKind::Unsupported => {}
            Err(TryLockError::Error(error)) => return Err(io(error)),
        }
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).map_err(io)?;
        let (rows, mut end) = match bytes.strip_prefix(fingerprint.as_bytes()) {
            Some(rest) => {
                let (rows, end) = replay(rest, points);
                (rows, fingerprint.len() + end)
            }
            None if bytes.len() < fingerprint.len() => (Vec::new(), 0),
            None => return Err(RunError::damaged(&path, "it is the journal of another run")),
        };
        file.set_len(end as u64).map_err(io)?;
        file.seek(SeekFrom::End(0)).map_err(io)?;
        if end == 0 {
            file.write_all(fingerprint.as_bytes()).map_err(io)?;
            end = fingerprint.len();
            shard::settle(folder).map_err(io)?;
        }
        debug_assert!(end >= fingerprint.len(), "a journal has its fingerprint");
        let journal = Journal {
            file,
            path,
            dirty: false,
        };
        Ok((journal, rows))
    }

    /// Appends a row.
    pub(super) fn append(&mut self, row: &Row) -> Result<(), RunError> {
        let body = row.encode();
        let mut bytes = Vec::with_capacity(HEAD + body.len());
        bytes.extend((body.len() as u32).to_le_bytes());
        bytes.extend(crc32fast::hash(&body).to_le_bytes());
        bytes.extend(body);
        self.dirty = true;
        let written = self.file.write_all(&bytes);
        written.map_err(|error| RunError::io(&self.path, error))
    }

    /// Makes sure that its rows are on the disk.
    pub(super) fn sync(&mut self) -> Result<(), RunError> {
        if std::mem::take(&mut self.dirty) {
            let synced = self.file.sync_data();
            synced.map_err(|error| RunError::io(&self.path, error))?;
        }
        Ok(())
    }

    /// Removes it: the shard is complete.
    pub(super) fn remove(self) -> Result<(), RunError> {
        std::fs::remove_file(&self.path).map_err(|error| RunError::io(&self.path, error))
    }
}

/// Rows of a shard's points in a journal that nobody need work on; none where there is no journal.
pub(super) fn rows(folder: &Path, fingerprint: &str, shard: u64, points: &Range<u64>) -> Vec<Row> {
    let bytes = std::fs::read(path(folder, shard)).unwrap_or_default();
    let rest = bytes.strip_prefix(fingerprint.as_bytes());
    rest.map_or_else(Vec::new, |rest| replay(rest, points).0)
}

/// The rows of these points, each once, and where the whole ones end.
fn replay(bytes: &[u8], points: &Range<u64>) -> (Vec<Row>, usize) {
    let mut rows: Vec<Row> = Vec::new();
    let mut met = std::collections::HashSet::new();
    let mut end = 0;
    while let Some(body) = record(&bytes[end..]) {
        let Some(row) = Row::decode(body) else {
            break;
        };
        if points.contains(&row.point) && met.insert(row.point) {
            rows.push(row);
        }
        end += HEAD + body.len();
    }
    (rows, end)
}

/// The first record's body, if it is whole.
fn record(bytes: &[u8]) -> Option<&[u8]> {
    let number = |at: usize| Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?));
    let (length, sum) = (number(0)? as usize, number(4)?);
    let body = bytes.get(HEAD..HEAD.checked_add(length)?)?;
    (crc32fast::hash(body) == sum).then_some(body)
}
