//! What single options are worth where values are given outcome by outcome, so that no issue has a weight of its own.

use detente_deal::{DealError, Space};

use crate::model::DealOption;

/// What is known of an option so far.
#[derive(Clone)]
struct Tally {
    /// Outcomes with it.
    count: usize,
    /// Sum of their values, party by party.
    sum: Vec<f64>,
    /// The largest of them.
    best: Vec<f64>,
}

/// Of every issue, what each option is worth to each party: the mean over all outcomes with it, and the best of them.
///
/// # Errors
/// A space with more than `limit` outcomes.
pub(super) fn options(space: &Space, limit: usize) -> Result<Vec<Vec<DealOption>>, DealError> {
    let all = space.enumerate(limit)?;
    let domain = space.domain();
    let parties = space.parties().len();
    let mut issues: Vec<Vec<Tally>> = domain
        .issues()
        .iter()
        .map(|issue| {
            let nothing = Tally {
                count: 0,
                sum: vec![0.0; parties],
                best: vec![f64::NEG_INFINITY; parties],
            };
            vec![nothing; issue.options()]
        })
        .collect();
    for number in 0..all.outcomes() {
        let values = all.at(number);
        for (options, k) in issues.iter_mut().zip(domain.outcome(number)) {
            let tally = &mut options[k as usize];
            tally.count += 1;
            for (party, value) in values.iter().enumerate() {
                tally.sum[party] += value;
                tally.best[party] = tally.best[party].max(*value);
            }
        }
    }
    let named = issues.into_iter().zip(domain.issues());
    let named = named.map(|(options, issue)| {
        let options = options.into_iter().enumerate();
        let options = options.map(|(k, tally)| DealOption {
            name: issue.label(k),
            mean: tally
                .sum
                .iter()
                .map(|sum| sum / tally.count as f64)
                .collect(),
            best: tally.best,
        });
        options.collect()
    });
    Ok(named.collect())
}
