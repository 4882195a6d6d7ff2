//! Which simple function the scores of a range of numbers follow, for formats that know only those.

use crate::domain::Issue;

/// Scores may miss a straight line by this much.
const ROUNDING: f64 = 1e-9;

/// `offset + slope · (x − x₀)` through the scores of a range, `x₀` its lower end; `None` if they do not lie on a line.
pub(super) fn line(issue: &Issue, scores: &[f64]) -> Option<(f64, f64)> {
    let (first, last) = (*scores.first()?, *scores.last()?);
    let start = issue.number(0)?;
    let width = issue.number(scores.len() - 1)? - start;
    let slope = if width > 0.0 {
        (last - first) / width
    } else {
        0.0
    };
    scores
        .iter()
        .enumerate()
        .all(|(k, score)| {
            issue
                .number(k)
                .is_some_and(|x| (first + slope * (x - start) - score).abs() <= ROUNDING)
        })
        .then_some((first, slope))
}
