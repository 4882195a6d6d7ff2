//! Peeling and pasting, step by step.
//!
//! The rules, and their order where two steps do equally well, are those of the EMA Workbench (Kwakkel 2017) for numbers
//! and whole numbers, but that a whole number is pasted one value at a time.

use crate::columns::{extent, order};
use crate::error::SensitivityError;
use crate::parallel;
use crate::prim::{Objective, Peeled, PrimOptions};
use crate::quasi::{Quasi, quasi_p};
use crate::region::{Limits, Region};
use crate::sample::Sample;

/// What all boxes of one sample share.
pub(crate) struct Search<'a> {
    pub(crate) sample: &'a Sample,
    pub(crate) options: &'a PrimOptions,
    pub(crate) interesting: Vec<bool>,
    pub(crate) hits: usize,
    /// Inputs whose values are all whole numbers.
    whole: Vec<bool>,
    /// Inputs in the order in which they are tried: whole numbers last.
    tried: Vec<usize>,
    /// The box around all rows.
    around: Vec<(f64, f64)>,
}

/// A box on the way, as plain ends.
#[derive(Clone)]
struct Ends {
    ends: Vec<(f64, f64)>,
    rows: usize,
    hits: usize,
}

/// A way to change one end of a box.
struct Candidate {
    input: usize,
    ends: (f64, f64),
    rows: usize,
    hits: usize,
}

impl<'a> Search<'a> {
    pub(crate) fn new(
        sample: &'a Sample,
        options: &'a PrimOptions,
    ) -> Result<Self, SensitivityError> {
        options.check()?;
        crate::sample::enough("rows", sample.rows(), 10)?;
        let interesting: Vec<bool> = (sample.output().iter())
            .map(|output| options.interest.in_output(*output))
            .collect();
        let hits = interesting.iter().filter(|is| **is).count();
        if hits == 0 || hits == sample.rows() {
            return Err(SensitivityError::OneKind {
                interesting: hits,
                rows: sample.rows(),
            });
        }
        let whole: Vec<bool> = (sample.columns().iter())
            .map(|column| column.iter().all(|value| value.fract() == 0.0))
            .collect();
        let mut tried: Vec<usize> = (0..sample.inputs()).collect();
        tried.sort_by_key(|&j| whole[j]);
        Ok(Self {
            around: sample
                .columns()
                .iter()
                .map(|column| extent(column))
                .collect(),
            sample,
            options,
            interesting,
            hits,
            whole,
            tried,
        })
    }

    /// All boxes on the way from these rows.
    pub(crate) fn trajectory(&self, rows: &[u32]) -> Vec<Peeled> {
        let hits = rows
            .iter()
            .filter(|&&row| self.interesting[row as usize])
            .count();
        let mut way = vec![Ends {
            ends: self.around.clone(),
            rows: rows.len(),
            hits,
        }];
        self.peel(rows, &mut way);
        self.paste(rows, &mut way);
        parallel::map(way.len(), self.options.threads, |at| {
            let ends = &way[at];
            self.judged(self.region(&ends.ends), ends.rows, ends.hits, rows)
        })
    }

    /// A box with its measures; quasi-p-values are taken over `rows`.
    pub(crate) fn judged(&self, region: Region, count: usize, hits: usize, rows: &[u32]) -> Peeled {
        let quasi_p: Vec<Quasi> = quasi_p(self.sample, &self.interesting, rows, &region);
        Peeled {
            region,
            coverage: hits as f64 / self.hits as f64,
            density: hits as f64 / count.max(1) as f64,
            mass: count as f64 / self.sample.rows() as f64,
            rows: count,
            interesting: hits,
            quasi_p,
        }
    }

    fn region(&self, ends: &[(f64, f64)]) -> Region {
        let limits = ends.iter().zip(&self.around).map(|(ends, around)| Limits {
            lower: (ends.0 != around.0).then_some(ends.0),
            upper: (ends.1 != around.1).then_some(ends.1),
        });
        Region {
            limits: limits.collect(),
        }
    }

    fn peel(&self, rows: &[u32], way: &mut Vec<Ends>) {
        let mut orders = parallel::map(self.sample.inputs(), self.options.threads, |j| {
            let column = &self.sample.columns()[j];
            let values: Vec<f64> = rows.iter().map(|&row| column[row as usize]).collect();
            let sorted = order(&values).into_iter();
            sorted.map(|at| rows[at as usize]).collect::<Vec<u32>>()
        });
        let mut inside = vec![false; self.sample.rows()];
        while let Some(now) = way.last().cloned() {
            let candidates = self
                .tried
                .iter()
                .flat_map(|&j| [true, false].map(|upper| self.peeled(j, upper, &orders[j], &now)));
            let Some((score, best)) = self.best(&now, candidates) else {
                return;
            };
            let mass = best.rows as f64 / self.sample.rows() as f64;
            if mass < self.options.mass || best.rows >= now.rows || score <= 0.0 {
                return;
            }
            let column = &self.sample.columns()[best.input];
            let within = |row: u32| {
                let value = column[row as usize];
                value >= best.ends.0 && value <= best.ends.1
            };
            for &row in &orders[best.input] {
                inside[row as usize] = within(row);
            }
            for order in &mut orders {
                order.retain(|&row| inside[row as usize]);
            }
            way.push(now.changed(&best));
        }
    }

    /// The box without a few rows at one end of an input.
    fn peeled(&self, input: usize, upper: bool, order: &[u32], now: &Ends) -> Candidate {
        let column = &self.sample.columns()[input];
        let value = |at: usize| column[order[at] as usize];
        let share = if upper {
            1.0 - self.options.peel
        } else {
            self.options.peel
        };
        let limit = quantile(value, order.len(), share);
        let mut ends = now.ends[input];
        let end = if upper { &mut ends.1 } else { &mut ends.0 };
        // A whole number's own end goes if the quantile falls on it.
        let whole = self.whole[input];
        let limit = if whole { limit.trunc() } else { limit };
        let strict = whole && limit == *end;
        let gone = |value: f64| match (upper, strict) {
            (true, false) => value > limit,
            (true, true) => value >= limit,
            (false, false) => value < limit,
            (false, true) => value <= limit,
        };
        let from_end = |at: usize| if upper { order.len() - 1 - at } else { at };
        let mut removed = 0;
        let mut hits = now.hits;
        while removed < order.len() && gone(value(from_end(removed))) {
            hits -= usize::from(self.interesting[order[from_end(removed)] as usize]);
            removed += 1;
        }
        *end = if !whole {
            limit
        } else if removed < order.len() {
            value(from_end(removed))
        } else {
            value(from_end(0))
        };
        Candidate {
            input,
            ends,
            rows: order.len() - removed,
            hits,
        }
    }

    fn paste(&self, rows: &[u32], way: &mut Vec<Ends>) {
        while let Some(now) = way.last().cloned() {
            let beyond = self.beyond(rows, &now);
            let restricted = |j: &&usize| now.ends[**j] != self.around[**j];
            let candidates =
                self.tried.iter().filter(restricted).flat_map(|&j| {
                    [false, true].map(|upper| self.pasted(j, upper, &beyond[j], &now))
                });
            let Some((score, best)) = self.best(&now, candidates) else {
                return;
            };
            let mass = best.rows as f64 / self.sample.rows() as f64;
            let denser = share(best.rows, best.hits) > share(now.rows, now.hits);
            if mass < self.options.mass || best.rows <= now.rows || score <= 0.0 || !denser {
                return;
            }
            way.push(now.changed(&best));
        }
    }

    /// For every input the rows that lie outside the box by this input alone, and those in it that lie at its ends.
    fn beyond(&self, rows: &[u32], now: &Ends) -> Vec<Vec<u32>> {
        let mut beyond = vec![Vec::new(); self.sample.inputs()];
        let restricted: Vec<usize> = (0..self.sample.inputs())
            .filter(|&j| now.ends[j] != self.around[j])
            .collect();
        let value = |row: u32, j: usize| self.sample.columns()[j][row as usize];
        for &row in rows {
            let mut outside = restricted.iter().filter(|&&j| {
                let value = value(row, j);
                value < now.ends[j].0 || value > now.ends[j].1
            });
            match (outside.next(), outside.next()) {
                (Some(&j), None) => beyond[j].push(row),
                (None, _) => {
                    for &j in &restricted {
                        let value = value(row, j);
                        if value == now.ends[j].0 || value == now.ends[j].1 {
                            beyond[j].push(row);
                        }
                    }
                }
                _ => {}
            }
        }
        beyond
    }

    /// The box with a few rows more at one end of an input.
    fn pasted(&self, input: usize, upper: bool, beyond: &[u32], now: &Ends) -> Candidate {
        let column = &self.sample.columns()[input];
        let mut ends = now.ends[input];
        let old = if upper { ends.1 } else { ends.0 };
        let farther = |value: f64| if upper { value > old } else { value < old };
        let mut values: Vec<f64> = (beyond.iter())
            .map(|&row| column[row as usize])
            .filter(|value| farther(*value) || *value == old)
            .collect();
        values.sort_unstable_by(f64::total_cmp);
        let around = self.around[input];
        let limit = if self.whole[input] {
            let mut outside = values.iter().copied().filter(|value| farther(*value));
            let next = if upper {
                outside.next()
            } else {
                outside.next_back()
            };
            next.unwrap_or(old)
        } else if values.is_empty() {
            if upper { around.1 } else { around.0 }
        } else {
            let share = if upper {
                self.options.paste
            } else {
                1.0 - self.options.paste
            };
            quantile(|at| values[at], values.len(), share)
        };
        let gained = beyond.iter().filter(|&&row| {
            let value = column[row as usize];
            farther(value)
                && if upper {
                    value <= limit
                } else {
                    value >= limit
                }
        });
        let (mut rows, mut hits) = (now.rows, now.hits);
        for &row in gained {
            rows += 1;
            hits += usize::from(self.interesting[row as usize]);
        }
        if upper {
            ends.1 = limit;
        } else {
            ends.0 = limit;
        }
        Candidate {
            input,
            ends,
            rows,
            hits,
        }
    }

    /// The first candidate with the best score and, among these, the fewest restricted inputs.
    fn best(
        &self,
        now: &Ends,
        candidates: impl Iterator<Item = Candidate>,
    ) -> Option<(f64, Candidate)> {
        let mut best: Option<(f64, usize, Candidate)> = None;
        for candidate in candidates {
            let score = self.score(now, &candidate);
            let free = (0..self.around.len())
                .filter(|&j| {
                    let ends = if j == candidate.input {
                        candidate.ends
                    } else {
                        now.ends[j]
                    };
                    ends == self.around[j]
                })
                .count();
            let better = match &best {
                Some((top, free_top, _)) => (score, free) > (*top, *free_top),
                None => true,
            };
            if better {
                best = Some((score, free, candidate));
            }
        }
        best.map(|(score, _, candidate)| (score, candidate))
    }

    fn score(&self, now: &Ends, new: &Candidate) -> f64 {
        let gain = share(new.rows, new.hits) - share(now.rows, now.hits);
        let moved = now.rows.abs_diff(new.rows) as f64;
        match self.options.objective {
            Objective::Mean if new.rows == 0 => -1.0,
            Objective::Mean => share(new.rows, new.hits),
            _ if moved == 0.0 || gain == 0.0 => 0.0,
            Objective::PerRow => gain / moved,
            Objective::PerShare => new.rows as f64 * gain / moved,
        }
    }
}

impl Ends {
    fn changed(mut self, best: &Candidate) -> Self {
        self.ends[best.input] = best.ends;
        self.rows = best.rows;
        self.hits = best.hits;
        self
    }
}

fn share(rows: usize, hits: usize) -> f64 {
    if rows == 0 {
        0.0
    } else {
        hits as f64 / rows as f64
    }
}

/// A quantile of sorted values that lies between two different ones wherever there are two, as in `sdtoolkit` (Bryant) and
/// the EMA Workbench.
fn quantile(value: impl Fn(usize) -> f64, count: usize, share: f64) -> f64 {
    let last = count - 1;
    let at = last as f64 * share;
    let (mut low, mut high) = (at.floor() as usize, (at.ceil() as usize).min(last));
    if share > 0.5 {
        while value(low) == value(high) && low > 0 {
            low -= 1;
        }
    } else {
        while value(low) == value(high) && high < last {
            high += 1;
        }
    }
    f64::midpoint(value(low), value(high))
}
