//! Outcomes in one step: means, medians, and Nash's bargain with a reference point.

use crate::error::{StakeholderError, within};
use crate::table::{Stakeholders, Stance};

/// How much a voice counts in a mean or median.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// All alike.
    Equal,
    /// By salience.
    Salience,
    /// By influence.
    Influence,
    /// By influence times salience.
    Both,
}

impl Weight {
    fn of(self, influence: f64, stance: Stance) -> f64 {
        match self {
            Weight::Equal => 1.0,
            Weight::Salience => stance.salience,
            Weight::Influence => influence,
            Weight::Both => influence * stance.salience,
        }
    }
}

/// Positions on an issue with their weights; only those above 0.
///
/// # Errors
/// Nobody with weight.
pub(crate) fn weighed(
    table: &Stakeholders,
    issue: usize,
    weight: Weight,
) -> Result<Vec<(f64, f64)>, StakeholderError> {
    let heard: Vec<(f64, f64)> = table
        .voices(issue)
        .map(|(a, stance)| {
            (
                stance.position,
                weight.of(table.actors()[a].influence, stance),
            )
        })
        .filter(|(_, w)| *w > 0.0)
        .collect();
    if heard.is_empty() {
        let issue = table.issues()[issue].name.clone();
        return Err(StakeholderError::Nobody { issue });
    }
    Ok(heard)
}

/// The weighted mean position: with both weights, the compromise (Van den Bos 1991; Achen 2006), also called the Nash
/// bargaining solution where disagreement is far worse than any agreement.
///
/// # Errors
/// Nobody with weight has a position.
pub fn mean(table: &Stakeholders, issue: usize, weight: Weight) -> Result<f64, StakeholderError> {
    let heard = weighed(table, issue, weight)?;
    let sum: f64 = heard.iter().map(|(_, w)| w).sum();
    Ok(heard.iter().map(|(x, w)| x * w).sum::<f64>() / sum)
}

/// The weighted median: a position with at most half of the weight on either side (Black 1948). Where the weights on
/// both sides of a gap are equal, the middle of the gap.
///
/// # Errors
/// Nobody with weight has a position.
pub fn median(table: &Stakeholders, issue: usize, weight: Weight) -> Result<f64, StakeholderError> {
    let mut heard = weighed(table, issue, weight)?;
    heard.sort_by(|a, b| a.0.total_cmp(&b.0));
    let half = heard.iter().map(|(_, w)| w).sum::<f64>() / 2.0;
    let tie = 1e-12 * half;
    let mut sum = 0.0;
    for (at, (x, w)) in heard.iter().enumerate() {
        sum += w;
        if (sum - half).abs() <= tie {
            let next = heard.get(at + 1).map_or(*x, |(next, _)| *next);
            return Ok((x + next) / 2.0);
        }
        if sum > half {
            return Ok(*x);
        }
    }
    Ok(heard[heard.len() - 1].0)
}

/// Nash's bargain (1950) between all, with what holds without agreement as the point they fall back to.
///
/// With losses `sᵢ((x − xᵢ)/width)²` and fallbacks of the reference point's loss plus `breakdown`, the outcome has the
/// largest `Σ cᵢ ln(gainᵢ)` on the scale. At `breakdown` 0, nobody accepts less than the reference point, which then
/// holds if it lies between positions; as `breakdown` grows, the outcome nears the compromise (Achen 2006).
///
/// # Errors
/// No reference point; a `breakdown` that is negative or not finite; nobody with weight has a position.
pub fn nash(table: &Stakeholders, issue: usize, breakdown: f64) -> Result<f64, StakeholderError> {
    let scale = &table.issues()[issue];
    let Some(reference) = scale.reference else {
        return Err(StakeholderError::Reference {
            issue: scale.name.clone(),
            model: "Nash bargaining",
        });
    };
    let good = breakdown.is_finite() && breakdown >= 0.0;
    let place = "Nash bargaining";
    within(
        place,
        "the loss of a breakdown",
        breakdown,
        good,
        "finite and not negative",
    )?;
    weighed(table, issue, Weight::Both)?;
    let voices: Vec<Voice> = table
        .voices(issue)
        .map(|(a, stance)| Voice {
            ideal: scale.share(stance.position),
            salience: stance.salience,
            influence: table.actors()[a].influence,
        })
        .filter(|voice| voice.salience > 0.0 && voice.influence > 0.0)
        .collect();
    let share = bargain(&voices, scale.share(reference), breakdown);
    Ok(scale.place(share))
}

/// A party to the bargain; positions as shares of the scale.
struct Voice {
    ideal: f64,
    salience: f64,
    influence: f64,
}

impl Voice {
    /// How far from its ideal it is as well off as without agreement.
    fn reach(&self, reference: f64, breakdown: f64) -> f64 {
        ((reference - self.ideal).powi(2) + breakdown / self.salience).sqrt()
    }

    /// The derivative of `c ln(gain)` at `x`.
    fn slope(&self, x: f64, reach: f64) -> f64 {
        let off = x - self.ideal;
        -2.0 * self.influence * off / (reach * reach - off * off)
    }
}

/// Halvings of the interval where the best point lies.
const HALVINGS: usize = 100;

fn bargain(voices: &[Voice], reference: f64, breakdown: f64) -> f64 {
    let reaches: Vec<f64> = voices
        .iter()
        .map(|v| v.reach(reference, breakdown))
        .collect();
    let ends = voices.iter().zip(&reaches);
    let (mut lower, mut upper) = ends.fold((0.0_f64, 1.0_f64), |(lower, upper), (v, reach)| {
        (lower.max(v.ideal - reach), upper.min(v.ideal + reach))
    });
    // Nothing is better than the reference point for everybody.
    if upper - lower <= 1e-12 {
        return reference;
    }
    // The sum is concave between the ends: halve to where its slope changes sign.
    for _ in 0..HALVINGS {
        let x = f64::midpoint(lower, upper);
        let slope: f64 = voices
            .iter()
            .zip(&reaches)
            .map(|(v, r)| v.slope(x, *r))
            .sum();
        if slope > 0.0 {
            lower = x;
        } else {
            upper = x;
        }
    }
    f64::midpoint(lower, upper)
}
