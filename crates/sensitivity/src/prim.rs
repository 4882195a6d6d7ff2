//! PRIM, the patient rule induction method (Friedman & Fisher 1999): boxes in which most rows are of interest, found by
//! peeling a few rows off one side at a time, and pasting some back.
//!
//! The rules of peeling and pasting, and their order where two do equally well, are those of the EMA Workbench for
//! numbers and whole numbers, but that a whole number is pasted one value at a time.

use crate::columns::{extent, order};
use crate::error::{SensitivityError, within};
use crate::parallel;
use crate::quasi::{Quasi, quasi_p};
use crate::region::{Limits, Region};
use crate::sample::Sample;

/// Which rows are of interest.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Interest {
    /// Those whose output is above this.
    Above(f64),
    /// Those whose output is below this.
    Below(f64),
}

impl Interest {
    /// Whether an output is of interest.
    #[must_use]
    pub fn in_output(self, output: f64) -> bool {
        match self {
            Self::Above(threshold) => output > threshold,
            Self::Below(threshold) => output < threshold,
        }
    }
}

/// By what candidates for the next box are compared; ȳ is the share of rows of interest, n the number of rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Objective {
    /// Gain in ȳ for each row given up or taken in: fair to inputs with few values. The EMA Workbench's default, `lenient1`.
    #[default]
    PerRow,
    /// The same times the rows that remain, `lenient2` (Friedman & Fisher 1999, eq. 14.6).
    PerShare,
    /// ȳ of the new box.
    Mean,
}

/// How boxes are sought.
#[derive(Clone, Debug, PartialEq)]
pub struct PrimOptions {
    /// Which rows are of interest.
    pub interest: Interest,
    /// By what candidates are compared.
    pub objective: Objective,
    /// Share of rows to peel at a time, between 0 and 0.5.
    pub peel: f64,
    /// Share of rows to paste at a time, between 0 and 0.5.
    pub paste: f64,
    /// Share of all rows that a box must hold at least.
    pub mass: f64,
    /// Density that a chosen box must have at least ([`discover`](crate::discover)).
    pub density: f64,
    /// Inputs that a chosen box may restrict at most.
    pub restricted: usize,
    /// Limits with a quasi-p-value above this are dropped from a chosen box.
    pub significance: f64,
    /// Boxes to look for, one after the other.
    pub boxes: usize,
    /// Threads; the results do not depend on them.
    pub threads: usize,
}

impl Default for PrimOptions {
    fn default() -> Self {
        Self {
            interest: Interest::Above(0.5),
            objective: Objective::PerRow,
            peel: 0.05,
            paste: 0.05,
            mass: 0.05,
            density: 0.5,
            restricted: 3,
            significance: 0.05,
            boxes: 3,
            threads: 1,
        }
    }
}

impl PrimOptions {
    fn check(&self) -> Result<(), SensitivityError> {
        let half = |share: f64| share > 0.0 && share < 0.5;
        within(
            "the share to peel",
            self.peel,
            half(self.peel),
            "between 0 and 0.5",
        )?;
        within(
            "the share to paste",
            self.paste,
            half(self.paste),
            "between 0 and 0.5",
        )?;
        let mass = (0.0..=1.0).contains(&self.mass);
        within("the smallest mass", self.mass, mass, "between 0 and 1")
    }
}

/// One box of a trajectory.
#[derive(Clone, Debug, PartialEq)]
pub struct Peeled {
    /// The box.
    pub region: Region,
    /// Share of all rows of interest that lie in it.
    pub coverage: f64,
    /// Share of its rows that are of interest.
    pub density: f64,
    /// Share of all rows that lie in it.
    pub mass: f64,
    /// Its rows.
    pub rows: usize,
    /// Its rows of interest.
    pub interesting: usize,
    /// For every input the quasi-p-values of its lower and upper limit: the chance of so many rows of interest if
    /// the limit did not matter (Bryant & Lempert 2010).
    pub quasi_p: Vec<(Option<f64>, Option<f64>)>,
}

/// A trajectory of boxes, from all rows to the smallest and, with the last ones, back by pasting.
#[derive(Clone, Debug, PartialEq)]
pub struct PrimBox {
    /// The boxes in the order they were found.
    pub trajectory: Vec<Peeled>,
}

/// Peels and pastes one box.
///
/// # Errors
/// Fewer than ten rows, no row or every row of interest, options outside their range.
pub fn prim(sample: &Sample, options: &PrimOptions) -> Result<PrimBox, SensitivityError> {
    let search = Search::new(sample, options)?;
    let rows: Vec<u32> = (0..sample.rows()).map(|row| row as u32).collect();
    Ok(PrimBox {
        trajectory: search.trajectory(&rows),
    })
}

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
