//! Where the outcomes lie on the plane of two parties' values: counted in square bins, since a picture of a million
//! dots shows nothing.
//!
//! Spaces beyond the limit of enumeration are sampled: every option of an issue equally likely.

use crate::error::DealError;
use crate::ratify::Search;
use crate::space::Space;
use crate::statistics::extremes;
use crate::zone::{acceptable, random_outcome};

/// Random outcomes of a sample.
const SAMPLE: usize = 200_000;

/// How many outcomes lie in a bin.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Bin {
    /// All of them.
    pub all: u32,
    /// Those that every negotiator finds at least as good as its fallback.
    pub zone: u32,
    /// Those of them that every ratifier finds so, too.
    pub ratified: u32,
}

/// The outcomes on the plane of two parties' values.
#[derive(Clone, Debug, PartialEq)]
pub struct Density {
    /// The two parties, by position.
    pub parties: [usize; 2],
    /// Worst and best values of both: the edges of the plane.
    pub low: [f64; 2],
    /// See `low`.
    pub high: [f64; 2],
    /// Bins along each side.
    pub side: usize,
    /// The bins; those of the second party's lowest values first, and in each row those of the first party's.
    pub bins: Vec<Bin>,
}

/// Shares of all outcomes.
#[derive(Clone, Debug, PartialEq)]
pub struct Shares {
    /// Of every party, ratifiers included: at least as good as its fallback.
    pub each: Vec<f64>,
    /// So for every negotiator.
    pub zone: f64,
    /// So for every negotiator and every ratifier.
    pub ratified: f64,
    /// Number of outcomes looked at.
    pub looked_at: usize,
    /// Whether these are a random sample.
    pub sampled: bool,
}

/// The outcomes of a space whose first `negotiators` parties negotiate (the others ratify) on the planes of some pairs
/// of parties, with `side` bins along each side.
///
/// # Errors
/// A space too large to enumerate with preferences that are not additive.
pub fn density(
    space: &Space,
    negotiators: usize,
    pairs: &[[usize; 2]],
    side: usize,
    search: &Search,
) -> Result<(Vec<Density>, Shares), DealError> {
    let extremes = extremes(space);
    let fallbacks = space.fallbacks();
    let mut planes: Vec<Density> = pairs
        .iter()
        .map(|&parties| Density {
            parties,
            low: parties.map(|p| extremes.worst[p]),
            high: parties.map(|p| extremes.ideal[p]),
            side,
            bins: vec![Bin::default(); side * side],
        })
        .collect();
    let mut tally = Tally {
        each: vec![0; fallbacks.len()],
        zone: 0,
        ratified: 0,
    };
    let mut add = |values: &[f64]| {
        let (zone, home) = tally.add(values, &fallbacks, negotiators);
        for plane in &mut planes {
            plane.add(values, zone, zone && home);
        }
    };
    let small = space.domain().size();
    let sampled = small.is_none_or(|size| size > search.enumerated);
    let looked_at = if sampled {
        space.all_sums()?;
        let mut state = search.seed;
        let mut outcome = vec![0; space.domain().issues().len()];
        for _ in 0..SAMPLE {
            random_outcome(space.domain(), &mut state, &mut outcome);
            add(&space.values(&outcome));
        }
        SAMPLE
    } else {
        let all = space.enumerate(search.enumerated)?;
        let mut values = vec![0.0; all.parties()];
        for outcome in 0..all.outcomes() {
            for (party, value) in values.iter_mut().enumerate() {
                *value = all.of(party)[outcome];
            }
            add(&values);
        }
        all.outcomes()
    };
    let share = |hits: usize| hits as f64 / looked_at.max(1) as f64;
    let shares = Shares {
        each: tally.each.iter().map(|hits| share(*hits)).collect(),
        zone: share(tally.zone),
        ratified: share(tally.ratified),
        looked_at,
        sampled,
    };
    Ok((planes, shares))
}

struct Tally {
    each: Vec<usize>,
    zone: usize,
    ratified: usize,
}

impl Tally {
    /// Counts an outcome; whether the negotiators accept it, and whether the ratifiers do.
    fn add(&mut self, values: &[f64], fallbacks: &[f64], negotiators: usize) -> (bool, bool) {
        for ((hits, value), d) in self.each.iter_mut().zip(values).zip(fallbacks) {
            *hits += usize::from(value >= d);
        }
        let zone = acceptable(&values[..negotiators], &fallbacks[..negotiators]);
        let home = acceptable(&values[negotiators..], &fallbacks[negotiators..]);
        self.zone += usize::from(zone);
        self.ratified += usize::from(zone && home);
        (zone, home)
    }
}

impl Density {
    fn add(&mut self, values: &[f64], zone: bool, ratified: bool) {
        let place = |axis: usize| {
            let width = self.high[axis] - self.low[axis];
            let share = if width > 0.0 {
                (values[self.parties[axis]] - self.low[axis]) / width
            } else {
                0.5
            };
            ((share * self.side as f64) as usize).min(self.side - 1)
        };
        let at = place(1) * self.side + place(0);
        let bin = &mut self.bins[at];
        bin.all = bin.all.saturating_add(1);
        bin.zone = bin.zone.saturating_add(u32::from(zone));
        bin.ratified = bin.ratified.saturating_add(u32::from(ratified));
    }
}
