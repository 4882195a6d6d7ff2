//! What the folder of a run holds, and what is missing.

use super::{Plan, RunError, journal, manifest, shard};
use std::path::Path;

/// What a run's folder holds.
#[derive(Debug)]
pub struct Held {
    /// What it computes.
    pub plan: Plan,
    /// Shards that are complete.
    pub complete: Vec<u64>,
    /// Shards that are begun, with the number of rows in their journals.
    pub begun: Vec<(u64, u64)>,
    /// Shards that are not complete, begun or not.
    pub missing: Vec<u64>,
    /// Shards that are not what they should be.
    pub damaged: Vec<RunError>,
}

/// Looks into the folder of a run.
///
/// # Errors
/// There is no run in it, or its manifest cannot be read.
pub fn describe(folder: &Path) -> Result<Held, RunError> {
    let plan = manifest::read(folder)?;
    let fingerprint = plan.fingerprint();
    let mut held = Held {
        complete: Vec::new(),
        begun: Vec::new(),
        missing: Vec::new(),
        damaged: Vec::new(),
        plan,
    };
    for number in 0..held.plan.shards() {
        match shard::complete(folder, &held.plan, number) {
            Ok(true) => held.complete.push(number),
            Ok(false) => {
                held.missing.push(number);
                let points = held.plan.shard(number);
                let rows = journal::rows(folder, &fingerprint, number, &points).len() as u64;
                if rows > 0 {
                    held.begun.push((number, rows));
                }
            }
            Err(error) => {
                held.missing.push(number);
                held.damaged.push(error);
            }
        }
    }
    Ok(held)
}

impl Held {
    /// Points in complete shards and in journals.
    #[must_use]
    pub fn points(&self) -> u64 {
        let ranges = self.complete.iter().map(|&shard| self.plan.shard(shard));
        ranges.map(|range| range.end - range.start).sum::<u64>()
            + self.begun.iter().map(|(_, rows)| rows).sum::<u64>()
    }
}
