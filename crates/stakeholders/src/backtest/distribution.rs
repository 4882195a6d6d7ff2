//! Forecasts that are distributions.

use serde::{Deserialize, Serialize};

/// A distribution on finitely many places.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Distribution {
    /// Places in rising order, each with its chance; chances add up to 1.
    pub atoms: Vec<(f64, f64)>,
}

impl Distribution {
    /// A distribution with weights above 0 in any order; they are scaled to add up to 1.
    pub fn new(mut atoms: Vec<(f64, f64)>) -> Distribution {
        atoms.sort_by(|a, b| a.0.total_cmp(&b.0));
        atoms.dedup_by(|next, kept| {
            let same = next.0 == kept.0;
            if same {
                kept.1 += next.1;
            }
            same
        });
        let sum: f64 = atoms.iter().map(|(_, w)| w).sum();
        for (_, w) in &mut atoms {
            *w /= sum;
        }
        Distribution { atoms }
    }

    /// The smallest place with at least a share of the chances up to it.
    pub fn quantile(&self, share: f64) -> f64 {
        let mut sum = 0.0;
        for (x, w) in &self.atoms {
            sum += w;
            if sum >= share - 1e-12 {
                return *x;
            }
        }
        self.atoms.last().map_or(f64::NAN, |(x, _)| *x)
    }

    /// The median: the place with the smallest expected absolute error.
    pub fn median(&self) -> f64 {
        self.quantile(0.5)
    }

    /// The mean.
    pub fn mean(&self) -> f64 {
        self.atoms.iter().map(|(x, w)| x * w).sum()
    }

    /// The continuous ranked probability score of `y` (Gneiting and Raftery 2007, eq. 21): `E|X − y| − ½E|X − X′|`, in
    /// units of the scale; 0 for a sure and right forecast, the absolute error for a sure and wrong one.
    pub fn crps(&self, y: f64) -> f64 {
        let away: f64 = self.atoms.iter().map(|(x, w)| w * (x - y).abs()).sum();
        // E|X − X′| = 2 Σ (xₖ₊₁ − xₖ) F(xₖ)(1 − F(xₖ)).
        let (mut below, mut spread) = (0.0, 0.0);
        for pair in self.atoms.windows(2) {
            below += pair[0].1;
            spread += (pair[1].0 - pair[0].0) * below * (1.0 - below);
        }
        away - spread
    }

    /// How much of `y` lies in the central interval with this share of the chances: 1 inside, 0 outside. A place with a
    /// chance of its own covers a stretch of the distribution; where an end of the interval cuts it, the part inside
    /// counts. Forecasts that are right on average cover in exactly this share of cases.
    pub fn coverage(&self, y: f64, share: f64) -> f64 {
        let below: f64 = self
            .atoms
            .iter()
            .filter(|(x, _)| *x < y)
            .map(|(_, w)| w)
            .sum();
        let at: f64 = self
            .atoms
            .iter()
            .filter(|(x, _)| *x == y)
            .map(|(_, w)| w)
            .sum();
        let (lower, upper) = ((1.0 - share) / 2.0, f64::midpoint(1.0, share));
        if at > 0.0 {
            let inside = upper.min(below + at) - lower.max(below);
            (inside / at).clamp(0.0, 1.0)
        } else {
            f64::from(u8::from((lower..=upper).contains(&below)))
        }
    }

    /// The mean of several distributions, all counted alike.
    pub fn pool(parts: &[Distribution]) -> Distribution {
        Distribution::new(
            parts
                .iter()
                .flat_map(|part| part.atoms.iter().copied())
                .collect(),
        )
    }

    /// The distribution around `center` that past errors (outcome less forecast) tell, kept on the scale.
    pub fn around(center: f64, errors: &[f64], lower: f64, upper: f64) -> Distribution {
        let place = |error: &f64| ((center + error).clamp(lower, upper), 1.0);
        Distribution::new(errors.iter().map(place).collect())
    }
}
