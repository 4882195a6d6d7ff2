//! Quasi-p-values (Bryant & Lempert 2010): would a box be as good without one of its limits, by chance?

use statrs::function::beta::checked_beta_reg;

use crate::region::Region;
use crate::sample::Sample;

/// The quasi-p-values of an input's lower and upper limit; none where there is no limit.
pub(crate) type Quasi = (Option<f64>, Option<f64>);

/// For every limit of a box the chance that so many of its rows would be of interest if their share were that of the
/// box without this limit: a one-sided binomial test over `rows`.
pub(crate) fn quasi_p(
    sample: &Sample,
    interesting: &[bool],
    rows: &[u32],
    region: &Region,
) -> Vec<Quasi> {
    let d = region.limits.len();
    let limits: Vec<(usize, bool, f64)> = (0..d)
        .flat_map(|j| {
            let limits = region.limits[j];
            let lower = limits.lower.map(|limit| (j, false, limit));
            let upper = limits.upper.map(|limit| (j, true, limit));
            lower.into_iter().chain(upper)
        })
        .collect();
    let mut inside = Tally::default();
    let mut beyond = vec![Tally::default(); limits.len()];
    for &row in rows {
        let broken = |&(j, upper, limit): &(usize, bool, f64)| {
            let value = sample.columns()[j][row as usize];
            if upper { value > limit } else { value < limit }
        };
        let mut first = limits.iter().enumerate().filter(|(_, limit)| broken(limit));
        match (first.next(), first.next()) {
            (None, _) => inside.add(interesting[row as usize]),
            (Some((at, _)), None) => beyond[at].add(interesting[row as usize]),
            _ => {}
        }
    }
    let mut found = vec![(None, None); d];
    for (&(j, upper, _), beyond) in limits.iter().zip(&beyond) {
        let p = inside.chance(*beyond);
        if upper {
            found[j].1 = Some(p);
        } else {
            found[j].0 = Some(p);
        }
    }
    found
}

#[derive(Clone, Copy, Default)]
struct Tally {
    rows: u64,
    interesting: u64,
}

impl Tally {
    fn add(&mut self, interesting: bool) {
        self.rows += 1;
        self.interesting += u64::from(interesting);
    }

    /// The chance of at least this many of interest at the share of this and the rows beyond the limit together.
    fn chance(self, beyond: Self) -> f64 {
        let all = self.rows + beyond.rows;
        let share = (self.interesting + beyond.interesting) as f64 / all as f64;
        let (hits, rows) = (self.interesting as f64, self.rows as f64);
        match self.interesting {
            0 => 1.0,
            _ if share >= 1.0 => 1.0,
            _ => checked_beta_reg(hits, rows - hits + 1.0, share).unwrap_or(1.0),
        }
    }
}
