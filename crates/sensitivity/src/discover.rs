//! Scenario discovery (Bryant & Lempert 2010): the boxes worth telling, one after the other.

use rand::RngExt;

use crate::error::SensitivityError;
use crate::parallel;
use crate::peel::Search;
use crate::prim::{Peeled, PrimOptions, prim};
use crate::region::{Limits, Region};
use crate::resample::stream;
use crate::sample::Sample;

/// A box worth telling, and the way to it.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// The box: as chosen from the trajectory, without the limits that do not matter. Its coverage is of all rows of
    /// interest; rows in boxes found before do not count for it.
    pub chosen: Peeled,
    /// The trajectory that it was chosen from.
    pub trajectory: Vec<Peeled>,
    /// Where on the trajectory it stood.
    pub at: usize,
}

/// Boxes in which most rows are of interest.
#[derive(Clone, Debug, PartialEq)]
pub struct Discovery {
    /// The boxes in the order they were found; none if no box is dense enough.
    pub boxes: Vec<Found>,
    /// Rows of the sample.
    pub rows: usize,
    /// Those of interest.
    pub interesting: usize,
}

impl Discovery {
    /// Share of all rows of interest that lie in one of the boxes.
    #[must_use]
    pub fn coverage(&self) -> f64 {
        self.boxes.iter().map(|found| found.chosen.coverage).sum()
    }
}

/// Boxes of the trajectory whose score comes within this share of the best are as good; the simplest is chosen.
const AS_GOOD: f64 = 0.98;

/// Finds boxes one after the other, each among the rows outside those before it, until a box is not dense enough.
///
/// The box is chosen so: from every box of the trajectory limits are dropped, the least telling first, while one has a
/// quasi-p-value above [`PrimOptions::significance`]. Of the boxes that then restrict at most
/// [`PrimOptions::restricted`] inputs and are at least as dense as [`PrimOptions::density`], those count whose harmonic mean of
/// density, weighed twice, and coverage (of the rows of interest not yet in a box) is within 2 % of the best; among
/// these the one with the fewest restricted inputs, then the highest mean. (The mean is van Rijsbergen's F measure, 1979,
/// with β = ½.)
///
/// # Errors
/// As [`prim`](crate::prim).
pub fn discover(sample: &Sample, options: &PrimOptions) -> Result<Discovery, SensitivityError> {
    let search = Search::new(sample, options)?;
    let mut rows: Vec<u32> = (0..sample.rows()).map(|row| row as u32).collect();
    let mut boxes = Vec::new();
    while boxes.len() < options.boxes && !rows.is_empty() {
        let trajectory = search.trajectory(&rows);
        if trajectory[0].interesting == 0 {
            break;
        }
        let Some((at, chosen)) = choose(&search, &trajectory, &rows) else {
            break;
        };
        rows.retain(|&row| !holds(sample, &chosen.region, row));
        boxes.push(Found {
            chosen,
            trajectory,
            at,
        });
    }
    Ok(Discovery {
        boxes,
        rows: sample.rows(),
        interesting: search.hits,
    })
}

fn holds(sample: &Sample, region: &Region, row: u32) -> bool {
    let both = region.limits.iter().zip(sample.columns());
    both.into_iter()
        .all(|(limits, column)| limits.hold(column[row as usize]))
}

/// The box to tell of a trajectory, and where it stood; none if no box is dense enough and smaller than everything.
fn choose(search: &Search<'_>, trajectory: &[Peeled], rows: &[u32]) -> Option<(usize, Peeled)> {
    let options = search.options;
    let hits = trajectory[0].interesting as f64;
    let simple = parallel::map(trajectory.len(), options.threads, |at| {
        simplified(search, trajectory[at].clone(), rows)
    });
    // Van Rijsbergen's F with β = ½: density matters twice as much as coverage.
    let score = |peeled: &Peeled| {
        let coverage = peeled.interesting as f64 / hits;
        1.25 * coverage * peeled.density / (coverage + 0.25 * peeled.density)
    };
    let mut good: Vec<(usize, usize, f64, Peeled)> = (simple.into_iter().enumerate())
        .map(|(at, peeled)| (at, peeled.region.restricted(), score(&peeled), peeled))
        .filter(|(_, restricted, score, peeled)| {
            let telling = (1..=options.restricted).contains(restricted);
            telling && peeled.density >= options.density && score.is_finite()
        })
        .collect();
    let top = good
        .iter()
        .map(|(_, _, score, _)| *score)
        .fold(0.0, f64::max);
    good.retain(|(_, _, score, _)| *score >= AS_GOOD * top);
    good.sort_by(|a, b| a.1.cmp(&b.1).then(b.2.total_cmp(&a.2)).then(a.0.cmp(&b.0)));
    good.into_iter()
        .next()
        .map(|(at, _, _, peeled)| (at, peeled))
}

/// The box without the limits that chance explains as well.
fn simplified(search: &Search<'_>, mut peeled: Peeled, rows: &[u32]) -> Peeled {
    loop {
        let values = peeled.quasi_p.iter().enumerate();
        let each = values.flat_map(|(j, (lower, upper))| [(j, false, *lower), (j, true, *upper)]);
        let told = each.filter_map(|(j, upper, p)| Some((j, upper, p?)));
        let worst = told.max_by(|a, b| a.2.total_cmp(&b.2));
        let Some((j, upper, p)) = worst else {
            return peeled;
        };
        if p <= search.options.significance {
            return peeled;
        }
        let mut region = peeled.region;
        let limits = region.limits[j];
        region.limits[j] = if upper {
            Limits {
                upper: None,
                ..limits
            }
        } else {
            Limits {
                lower: None,
                ..limits
            }
        };
        let inside = rows
            .iter()
            .filter(|&&row| holds(search.sample, &region, row));
        let (mut count, mut hits) = (0, 0);
        for &row in inside {
            count += 1;
            hits += usize::from(search.interesting[row as usize]);
        }
        peeled = search.judged(region, count, hits, rows);
    }
}

/// How well a box's restrictions are reproduced (Bryant & Lempert 2010): for every input the share of `resamples` random
/// halves of the sample whose box of nearest coverage restricts it. A half without, or with only, rows of interest
/// restricts nothing.
///
/// # Errors
/// As [`prim`](crate::prim).
pub fn reproduced(
    sample: &Sample,
    options: &PrimOptions,
    coverage: f64,
    resamples: usize,
    seed: u64,
) -> Result<Vec<f64>, SensitivityError> {
    Search::new(sample, options)?;
    let single = PrimOptions {
        threads: 1,
        ..options.clone()
    };
    let restricted = parallel::map(resamples, options.threads, |r| -> Vec<bool> {
        let half = sample.part(&half(sample.rows(), seed, r));
        let nearest = prim(&half, &single).ok().and_then(|found| {
            let gap = |peeled: &Peeled| (peeled.coverage - coverage).abs();
            let boxes = found.trajectory.into_iter();
            boxes.min_by(|a, b| gap(a).total_cmp(&gap(b)))
        });
        match nearest {
            Some(peeled) => peeled
                .region
                .limits
                .iter()
                .map(|limits| !limits.free())
                .collect(),
            None => vec![false; sample.inputs()],
        }
    });
    Ok((0..sample.inputs())
        .map(|j| restricted.iter().filter(|r| r[j]).count() as f64 / resamples.max(1) as f64)
        .collect())
}

/// A random half of the rows, in rising order.
fn half(rows: usize, seed: u64, resample: usize) -> Vec<usize> {
    let mut random = stream(seed, resample);
    let mut all: Vec<usize> = (0..rows).collect();
    let count = rows / 2;
    for at in 0..count {
        let other = random.random_range(at..rows);
        all.swap(at, other);
    }
    all.truncate(count);
    all.sort_unstable();
    all
}
