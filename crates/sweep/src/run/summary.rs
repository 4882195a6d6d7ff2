//! A run in a few numbers, in memory that does not grow with the points.

use super::{Plan, Role, RunError, manifest, shard, table};
use arrow_array::RecordBatch;
use arrow_array::cast::AsArray;
use arrow_array::types::Float64Type;
use std::collections::HashMap;
use std::path::Path;

/// Parts into which probabilities are counted: quantiles are good to this share.
const PARTS: usize = 10_000;
/// Reasons that are counted apart.
const MOST_REASONS: usize = 1_000;

/// A run in a few numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct Summary {
    /// Points in complete shards.
    pub points: u64,
    /// Those that failed.
    pub failed: u64,
    /// The commonest reason and how often it stands.
    pub reason: Option<(String, u64)>,
    /// All reasons that were told apart, the commonest first.
    pub reasons: Vec<(String, u64)>,
    /// Each ending over the points that were solved.
    pub endings: Vec<Spread>,
}

/// How a number is spread.
#[derive(Clone, Debug, PartialEq)]
pub struct Spread {
    /// Name of the outcome.
    pub id: String,
    /// In words.
    pub label: String,
    /// Mean.
    pub mean: f64,
    /// 5 % quantile.
    pub low: f64,
    /// 95 % quantile.
    pub high: f64,
}

/// Sums up the complete shards of a run.
///
/// # Errors
/// There is no run in the folder, or a file cannot be read.
pub fn summary(folder: &Path) -> Result<Summary, RunError> {
    let plan = manifest::read(folder)?;
    let mut sums = Sums::new(&plan);
    for number in 0..plan.shards() {
        if !shard::complete(folder, &plan, number)? {
            continue;
        }
        let path = shard::path(folder, number);
        for batch in table::read(&path, &sums.columns)? {
            let batch = batch
                .map_err(|error| RunError::damaged(&path, format!("it is damaged ({error})")))?;
            sums.add(&batch);
        }
    }
    Ok(sums.done(&plan))
}

struct Sums {
    /// Places of the endings' columns, then the reason's.
    columns: Vec<usize>,
    points: u64,
    failed: u64,
    reasons: HashMap<String, u64>,
    endings: Vec<Counts>,
}

#[derive(Clone)]
struct Counts {
    sum: f64,
    parts: Vec<u64>,
}

impl Sums {
    fn new(plan: &Plan) -> Sums {
        let place = |(place, _)| place;
        let endings: Vec<usize> = plan.columns_of(Role::Ending).map(place).collect();
        let counts = Counts {
            sum: 0.0,
            parts: vec![0; PARTS],
        };
        Sums {
            endings: vec![counts; endings.len()],
            columns: endings
                .into_iter()
                .chain(plan.columns_of(Role::Reason).map(place))
                .collect(),
            points: 0,
            failed: 0,
            reasons: HashMap::new(),
        }
    }

    fn add(&mut self, batch: &RecordBatch) {
        self.points += batch.num_rows() as u64;
        for (counts, column) in self.endings.iter_mut().zip(batch.columns()) {
            for value in column.as_primitive::<Float64Type>().iter().flatten() {
                counts.sum += value;
                let part = (value * PARTS as f64) as usize;
                counts.parts[part.min(PARTS - 1)] += 1;
            }
        }
        if let Some(reasons) = batch.columns().last() {
            for reason in reasons.as_string::<i32>().iter().flatten() {
                self.failed += 1;
                if let Some(count) = self.reasons.get_mut(reason) {
                    *count += 1;
                } else if self.reasons.len() < MOST_REASONS {
                    self.reasons.insert(reason.to_owned(), 1);
                }
            }
        }
    }

    fn done(self, plan: &Plan) -> Summary {
        let solved = self.points - self.failed;
        let spread = |((_, column), counts): ((usize, &super::Column), &Counts)| Spread {
            id: column.of.clone(),
            label: column.label.clone(),
            mean: counts.sum / solved as f64,
            low: counts.quantile(0.05, solved),
            high: counts.quantile(0.95, solved),
        };
        let mut reasons: Vec<(String, u64)> = self.reasons.into_iter().collect();
        reasons.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        Summary {
            points: self.points,
            failed: self.failed,
            reason: reasons.first().cloned(),
            reasons,
            endings: match solved {
                0 => Vec::new(),
                _ => plan
                    .columns_of(Role::Ending)
                    .zip(&self.endings)
                    .map(spread)
                    .collect(),
            },
        }
    }
}

impl Counts {
    /// The value below which a share of them lies, in the middle of its part.
    fn quantile(&self, share: f64, solved: u64) -> f64 {
        let mut below = 0;
        let wanted = share * solved as f64;
        let reached = self.parts.iter().position(|count| {
            below += count;
            below as f64 >= wanted
        });
        let part = reached.unwrap_or(PARTS - 1);
        (part as f64 + 0.5) / PARTS as f64
    }
}
