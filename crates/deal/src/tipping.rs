//! The smallest change of one number that opens or closes the zone of possible agreement.
//!
//! For every party `i`, issue `a` and option `k`, let `M` be the largest value to `i` of an outcome with `k` that all
//! others find acceptable. Changing `i`'s fallback, its weight of `a` or its score of `k` moves `M` or what it is
//! compared with along a line, so that the change that makes `M` meet the fallback can be read off. `M` comes from the
//! frontiers of the sums over all issues but one.

use crate::error::DealError;
use crate::frontier::{Frontier, Merge, Sums};
use crate::preferences::Additive;
use crate::space::Space;
use crate::sum::Sum;
use crate::zone::acceptable;

/// A number of a party's preferences.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lever {
    /// The fallback.
    Fallback,
    /// The weight of an issue; the other weights stay as they are.
    Weight {
        /// The issue, by position.
        issue: usize,
    },
    /// The score of an option.
    Score {
        /// The issue, by position.
        issue: usize,
        /// The option, by position.
        option: u32,
    },
}

/// A change of one number that opens or closes the zone.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tip {
    /// Whose number.
    pub party: usize,
    /// Which number.
    pub lever: Lever,
    /// What it is.
    pub from: f64,
    /// Where the zone opens: here and beyond. Or where it closes: beyond this, but not yet here.
    pub to: f64,
    /// Whether the number must rise.
    pub up: bool,
}

impl Tip {
    /// The size of the change.
    pub fn size(&self) -> f64 {
        (self.to - self.from).abs()
    }
}

/// Whether there is a zone of possible agreement, and what would change that.
#[derive(Clone, Debug, PartialEq)]
pub struct Tipping {
    /// Whether some outcome is acceptable to all.
    pub open: bool,
    /// All changes of one number that turn this around, the smallest first.
    pub tips: Vec<Tip>,
}

impl Tipping {
    /// The smallest change of a kind.
    pub fn smallest(&self, kind: impl Fn(Lever) -> bool) -> Option<Tip> {
        self.tips.iter().copied().find(|tip| kind(tip.lever))
    }

    fn new(open: bool, mut tips: Vec<Tip>) -> Tipping {
        // Stable: among equals, parties, issues and options in their order.
        tips.sort_by(|a, b| a.size().total_cmp(&b.size()));
        Tipping { open, tips }
    }
}

/// Which fallbacks would open or close the zone, for preferences of any kind, given the frontier.
pub fn tipping_fallbacks(frontier: &Frontier, fallbacks: &[f64]) -> Tipping {
    let open = (0..frontier.len()).any(|p| acceptable(frontier.values(p), fallbacks));
    let tips = (0..fallbacks.len())
        .filter_map(|party| {
            let best = (0..frontier.len())
                .map(|p| frontier.values(p))
                .filter(|values| others_accept(values, fallbacks, party))
                .map(|values| values[party])
                .reduce(f64::max)?;
            Some(Tip {
                party,
                lever: Lever::Fallback,
                from: fallbacks[party],
                to: best,
                up: open,
            })
        })
        .collect();
    Tipping::new(open, tips)
}

fn others_accept(values: &[f64], fallbacks: &[f64], party: usize) -> bool {
    (0..values.len()).all(|other| other == party || values[other] >= fallbacks[other])
}

/// Which single fallback, weight or score would open or close the zone of additive preferences.
///
/// # Errors
/// Preferences that are not additive; sets of sums beyond `merge.limit`.
pub fn tipping(space: &Space, merge: &Merge) -> Result<Tipping, DealError> {
    let sums = space.all_sums()?;
    let fallbacks = space.fallbacks();
    let issues: Vec<usize> = (0..space.domain().issues().len()).collect();
    let mut best = Best {
        sums: &sums,
        fallbacks: &fallbacks,
        merge,
        table: vec![Vec::new(); issues.len()],
    };
    best.fill(Sums::empty(sums.len()), &issues)?;
    let open = capped_accept(&sums, &fallbacks, None)
        && best
            .table
            .iter()
            .flatten()
            .any(|row| row[0] >= fallbacks[0]);
    let mut tips = Vec::new();
    for (party, preferences) in space.parties().iter().enumerate() {
        let Some(additive) = preferences.as_additive() else {
            continue;
        };
        if !capped_accept(&sums, &fallbacks, Some(party)) {
            continue;
        }
        let mut levers = Levers {
            party,
            d: fallbacks[party],
            ceiling: sums[party].ceiling,
            open,
            tips: &mut tips,
        };
        levers.fallback(&best.table);
        for (issue, options) in best.table.iter().enumerate() {
            let best: Vec<f64> = options.iter().map(|row| row[party]).collect();
            levers.weight(additive, issue, &best);
            levers.scores(additive, issue, &best);
        }
    }
    Ok(Tipping::new(open, tips))
}

/// Whether the bounds on values leave every party (but one) its fallback.
fn capped_accept(sums: &[&Sum], fallbacks: &[f64], but: Option<usize>) -> bool {
    (0..sums.len()).all(|p| Some(p) == but || sums[p].ceiling >= fallbacks[p])
}

/// For every issue, option and party, the largest sum for the party of an outcome with the option that all others
/// accept; negative infinity if there is none.
struct Best<'a> {
    sums: &'a [&'a Sum],
    fallbacks: &'a [f64],
    merge: &'a Merge,
    table: Vec<Vec<Vec<f64>>>,
}

impl Best<'_> {
    /// Merges all issues but one for each of `issues`, given the merged sums of all others: half of the issues are
    /// added before the other half is looked at, so that every step serves many.
    fn fill(&mut self, merged: Sums, issues: &[usize]) -> Result<(), DealError> {
        if let [issue] = issues {
            self.table[*issue] = self.options(&merged, *issue);
            return Ok(());
        }
        let (left, right) = issues.split_at(issues.len() / 2);
        let with = |added: &[usize]| merged.with(self.sums, added, self.merge);
        let (for_left, for_right) = (with(right)?, with(left)?);
        drop(merged);
        self.fill(for_left, left)?;
        self.fill(for_right, right)
    }

    fn options(&self, others: &Sums, issue: usize) -> Vec<Vec<f64>> {
        let parties = self.sums.len();
        let options = self.sums[0].terms(issue).len();
        let mut best = vec![vec![f64::NEG_INFINITY; parties]; options];
        let mut values = vec![0.0; parties];
        for p in 0..others.len() {
            for (k, best) in best.iter_mut().enumerate() {
                for (party, sum) in self.sums.iter().enumerate() {
                    values[party] = sum.add(others.columns[party][p], sum.terms(issue)[k]);
                }
                for party in 0..parties {
                    if others_accept(&values, self.fallbacks, party) {
                        best[party] = best[party].max(values[party]);
                    }
                }
            }
        }
        best
    }
}

/// Collects the changes of one party's numbers.
struct Levers<'a> {
    party: usize,
    d: f64,
    ceiling: f64,
    open: bool,
    tips: &'a mut Vec<Tip>,
}

impl Levers<'_> {
    fn push(&mut self, lever: Lever, from: f64, to: f64, up: bool) {
        self.tips.push(Tip {
            party: self.party,
            lever,
            from,
            to,
            up,
        });
    }

    fn fallback(&mut self, table: &[Vec<Vec<f64>>]) {
        let best = table
            .iter()
            .flatten()
            .map(|row| row[self.party])
            .fold(f64::NEG_INFINITY, f64::max);
        if best > f64::NEG_INFINITY {
            self.push(Lever::Fallback, self.d, best.min(self.ceiling), self.open);
        }
    }

    /// A change `x` of the weight moves the best value with an option from `M` to `M + x · score`.
    fn weight(&mut self, additive: &Additive, issue: usize, best: &[f64]) {
        if self.ceiling < self.d {
            return;
        }
        let lines = || {
            best.iter()
                .zip(&additive.scores[issue])
                .filter(|(best, _)| **best > f64::NEG_INFINITY)
                .map(|(best, score)| (self.d - best, *score))
        };
        let weight = additive.weights[issue];
        let change = if self.open {
            closing(lines(), weight)
        } else {
            lines()
                .filter(|(_, score)| *score != 0.0)
                .map(|(short, score)| (short / score, short / score > 0.0))
                .filter(|(change, _)| weight + change >= 0.0)
                .min_by(|a, b| a.0.abs().total_cmp(&b.0.abs()))
        };
        if let Some((change, up)) = change {
            self.push(Lever::Weight { issue }, weight, weight + change, up);
        }
    }

    /// A change `x` of an option's score moves the best value with it from `M` to `M + weight · x`. It closes the zone
    /// only if no other option of the issue is left in it.
    fn scores(&mut self, additive: &Additive, issue: usize, best: &[f64]) {
        let weight = additive.weights[issue];
        if self.ceiling < self.d || weight == 0.0 {
            return;
        }
        let inside = best.iter().filter(|best| **best >= self.d).count();
        for (k, &value) in best.iter().enumerate() {
            let turns = if self.open {
                inside == 1 && value >= self.d
            } else {
                value > f64::NEG_INFINITY
            };
            if turns {
                let score = additive.scores[issue][k];
                let option = k as u32;
                let to = score + (self.d - value) / weight;
                self.push(Lever::Score { issue, option }, score, to, !self.open);
            }
        }
    }
}

/// The change `x` beyond which every `x · score` stays below what is missing, if the weight may not become negative;
/// and whether beyond means above.
fn closing(lines: impl Iterator<Item = (f64, f64)>, weight: f64) -> Option<(f64, bool)> {
    let (mut low, mut high) = (f64::NEG_INFINITY, f64::INFINITY);
    for (short, score) in lines {
        if score > 0.0 {
            high = high.min(short / score);
        } else if score < 0.0 {
            low = low.max(short / score);
        } else if short <= 0.0 {
            return None;
        }
    }
    if low >= high {
        None
    } else if high <= 0.0 {
        (weight + high > 0.0).then_some((high, false))
    } else {
        (low >= 0.0).then_some((low, true))
    }
}
