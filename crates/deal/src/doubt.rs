//! Doubtful preferences: how often an outcome is acceptable to all when weights, scores and fallbacks are drawn.

use crate::domain::{Domain, Outcome};
use crate::error::DealError;
use crate::preferences::Preferences;
use crate::space::Space;

/// How often outcomes are acceptable to all.
#[derive(Clone, Debug, PartialEq)]
pub struct Doubt {
    /// Number of draws.
    pub draws: usize,
    /// The share of draws in which there is a zone of possible agreement at all.
    pub open: f64,
    /// Of every outcome asked about, the share of draws in which it is acceptable to all.
    pub shares: Vec<f64>,
    /// The outcome acceptable in the largest share of draws; of several, the one whose smallest gain over a fallback
    /// is largest on average over the draws in which it is acceptable; then the first in the numbering.
    pub safest: Outcome,
    /// Its share.
    pub safest_share: f64,
}

/// Counts over draws of all parties' preferences how often each of `asked` is acceptable to all, and which outcome is
/// so most often. Holds one count and one sum per outcome, whatever the number of draws.
///
/// # Errors
/// No draw; preferences that do not fit the domain; more than `limit` outcomes; an outcome that is not one of the
/// domain's.
pub fn doubt(
    domain: &Domain,
    draws: impl IntoIterator<Item = Vec<Preferences>>,
    asked: &[Outcome],
    limit: usize,
) -> Result<Doubt, DealError> {
    let size = domain.size().filter(|size| *size <= limit);
    let size = size.ok_or_else(|| DealError::TooLarge {
        outcomes: domain.count(),
        limit,
    })?;
    let positions = asked
        .iter()
        .map(|outcome| {
            domain
                .index(outcome)
                .ok_or_else(|| DealError::Outcome(format!("{outcome:?}")))
        })
        .collect::<Result<Vec<_>, _>>()?;
    let mut tally = Tally {
        hits: vec![0; size],
        gains: vec![0.0; size],
        open: 0,
    };
    let mut count = 0_u32;
    for parties in draws {
        tally.add(&Space::new(domain.clone(), parties)?, limit)?;
        count += 1;
    }
    if count == 0 {
        return Err(DealError::NoDraw);
    }
    let share = |hits: u32| f64::from(hits) / f64::from(count);
    let safest = tally.safest();
    Ok(Doubt {
        draws: count as usize,
        open: share(tally.open),
        shares: positions.iter().map(|&at| share(tally.hits[at])).collect(),
        safest: domain.outcome(safest),
        safest_share: share(tally.hits[safest]),
    })
}

struct Tally {
    /// Of every outcome, the draws in which it is acceptable.
    hits: Vec<u32>,
    /// Of every outcome, the sum over these draws of the smallest gain.
    gains: Vec<f64>,
    /// Draws with an acceptable outcome.
    open: u32,
}

impl Tally {
    fn add(&mut self, space: &Space, limit: usize) -> Result<(), DealError> {
        let all = space.enumerate(limit)?;
        let mut smallest = vec![f64::INFINITY; all.outcomes()];
        for (party, d) in space.fallbacks().iter().enumerate() {
            for (smallest, value) in smallest.iter_mut().zip(all.of(party)) {
                *smallest = smallest.min(value - d);
            }
        }
        let mut any = false;
        for ((gain, hits), sum) in smallest.iter().zip(&mut self.hits).zip(&mut self.gains) {
            if *gain >= 0.0 {
                *hits += 1;
                *sum += gain;
                any = true;
            }
        }
        self.open += u32::from(any);
        Ok(())
    }

    fn safest(&self) -> usize {
        // Equal hits: the larger sum of gains is the larger average.
        (0..self.hits.len())
            .max_by(|&a, &b| {
                self.hits[a]
                    .cmp(&self.hits[b])
                    .then_with(|| self.gains[a].total_cmp(&self.gains[b]))
                    .then(b.cmp(&a))
            })
            .unwrap_or(0)
    }
}
