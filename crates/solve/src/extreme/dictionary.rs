//! Dictionaries of a polytope {x ≥ 0, M x ≤ b} in integers, with b of ones and zeros.
//!
//! Variables are numbered x first, then the slacks. A dictionary tells d·B_r = b_r − Σ_s a_rs·N_s for basic
//! variables B and others N, with one common denominator d > 0, and in its last row the same for the objective
//! −Σ x (Chvátal 1983; Avis 2000 for the integer form). The constant b stands in the last column.

use std::cmp::Ordering;

use num_bigint::BigInt;
use num_traits::One;

use super::integers::Entry;
use super::polytope::Polytope;

/// A dictionary in one kind of integers.
#[derive(Clone)]
pub(super) struct Dictionary<T> {
    /// Basic variable of every row.
    basic: Vec<u32>,
    /// Variable of every column.
    others: Vec<u32>,
    /// Row after row, the objective last; the constant last in every row.
    entries: Vec<T>,
    denominator: T,
    /// Number of x.
    variables: usize,
}

/// A dictionary in integers just wide enough.
pub(super) enum Exact {
    Single(Dictionary<i64>),
    Double(Dictionary<i128>),
    Large(Dictionary<BigInt>),
}

/// Runs one expression for whatever integers a dictionary is made of.
macro_rules! with {
    ($exact:expr, $dictionary:ident => $body:expr) => {
        match $exact {
            Exact::Single($dictionary) => $body,
            Exact::Double($dictionary) => $body,
            Exact::Large($dictionary) => $body,
        }
    };
}

impl Exact {
    /// The dictionary at the origin of a polytope.
    pub(super) fn origin(polytope: &Polytope) -> Exact {
        let large = Dictionary::origin(polytope);
        match (large.convert(), large.convert()) {
            (Some(single), _) => Exact::Single(single),
            (_, Some(double)) => Exact::Double(double),
            _ => Exact::Large(large),
        }
    }

    /// Number of columns.
    pub(super) fn columns(&self) -> usize {
        with!(self, d => d.others.len())
    }

    /// The row to pivot on if this column leads to a child in the search tree; see [`Dictionary::child_row`].
    pub(super) fn child_row(&self, column: usize) -> Option<usize> {
        with!(self, d => d.child_row(column))
    }

    /// Which variables are 0, by number, and whether more are than there are columns.
    pub(super) fn zeros(&self) -> (Vec<u32>, bool) {
        with!(self, d => d.zeros())
    }

    /// Whether a pivot can take long: numbers of any size may have thousands of digits.
    pub(super) fn is_slow(&self) -> bool {
        matches!(self, Exact::Large(_))
    }

    /// The dictionary after a pivot, in integers just wide enough; none where `late`, asked once in a while, cut the
    /// pivot short.
    pub(super) fn pivoted(
        &self,
        row: usize,
        column: usize,
        late: &dyn Fn() -> bool,
    ) -> Option<Exact> {
        match self {
            Exact::Single(d) => match d.pivoted(row, column, &|| false) {
                Some(next) => Some(Exact::Single(next)),
                None => {
                    wide(d.convert(), row, column).or_else(|| large(&d.large(), row, column, late))
                }
            },
            Exact::Double(d) => {
                wide(Some(d.clone()), row, column).or_else(|| large(&d.large(), row, column, late))
            }
            Exact::Large(d) => large(d, row, column, late),
        }
    }
}

/// A pivot in 128 bits, back to 64 if they do.
fn wide(from: Option<Dictionary<i128>>, row: usize, column: usize) -> Option<Exact> {
    let next = from?.pivoted(row, column, &|| false)?;
    Some(match next.convert() {
        Some(single) => Exact::Single(single),
        None => Exact::Double(next),
    })
}

/// A pivot in integers of any size, back to 128 bits if they do; none where it was cut short.
fn large(
    from: &Dictionary<BigInt>,
    row: usize,
    column: usize,
    late: &dyn Fn() -> bool,
) -> Option<Exact> {
    let next = from.pivoted(row, column, late)?;
    Some(match next.convert() {
        Some(double) => Exact::Double(double),
        None => Exact::Large(next),
    })
}

impl Dictionary<BigInt> {
    fn origin(polytope: &Polytope) -> Dictionary<BigInt> {
        let (variables, constraints) = (polytope.variables, polytope.right.len());
        let mut entries = Vec::with_capacity((constraints + 1) * (variables + 1));
        for (row, &right) in polytope.matrix.chunks(variables).zip(&polytope.right) {
            entries.extend_from_slice(row);
            entries.push(BigInt::from(u8::from(right)));
        }
        entries.extend((0..variables).map(|_| BigInt::one()));
        entries.push(BigInt::default());
        Dictionary {
            basic: (variables..variables + constraints)
                .map(|v| v as u32)
                .collect(),
            others: (0..variables as u32).collect(),
            entries,
            denominator: BigInt::one(),
            variables,
        }
    }
}

impl<T: Entry> Dictionary<T> {
    fn width(&self) -> usize {
        self.others.len() + 1
    }

    fn row(&self, row: usize) -> &[T] {
        let width = self.width();
        &self.entries[row * width..(row + 1) * width]
    }

    /// The same in other integers; none where they are too narrow.
    fn convert<U: Entry>(&self) -> Option<Dictionary<U>> {
        let denominator = U::from_big(&self.denominator.to_big())?;
        let entries = self
            .entries
            .iter()
            .map(|entry| U::from_big(&entry.to_big()));
        Some(Dictionary {
            entries: entries.collect::<Option<_>>()?,
            denominator,
            basic: self.basic.clone(),
            others: self.others.clone(),
            variables: self.variables,
        })
    }

    fn large(&self) -> Dictionary<BigInt> {
        Dictionary {
            entries: self.entries.iter().map(Entry::to_big).collect(),
            denominator: self.denominator.to_big(),
            basic: self.basic.clone(),
            others: self.others.clone(),
            variables: self.variables,
        }
    }

    /// Exchanges the basic variable of a row with that of a column; none where the integers are too narrow, or where
    /// `late`, asked before every row, cut it short.
    fn pivoted(&self, row: usize, column: usize, late: &dyn Fn() -> bool) -> Option<Dictionary<T>> {
        let pivot = self.row(row);
        let (p, divisor) = (&pivot[column], self.denominator.divisor());
        let mut entries = Vec::with_capacity(self.entries.len());
        for other in 0..=self.basic.len() {
            if late() {
                return None;
            }
            if other == row {
                entries.extend_from_slice(pivot);
                entries[row * pivot.len() + column] = self.denominator.clone();
                continue;
            }
            let here = self.row(other);
            let factor = &here[column];
            for (at, (entry, across)) in here.iter().zip(pivot).enumerate() {
                entries.push(if at == column {
                    factor.negated()?
                } else {
                    T::cross(entry, p, factor, across, &divisor)?
                });
            }
        }
        let mut next = Dictionary {
            basic: self.basic.clone(),
            others: self.others.clone(),
            entries,
            denominator: p.clone(),
            variables: self.variables,
        };
        std::mem::swap(&mut next.basic[row], &mut next.others[column]);
        Some(next)
    }

    /// The row on which a pivot in this column leads to a dictionary whose own next step is to come back here.
    ///
    /// That step (the rule of Bland 1977 for what enters, the lexicographic one for what leaves) brings in the
    /// variable of smallest number that improves the objective.
    fn child_row(&self, column: usize) -> Option<usize> {
        let objective = self.row(self.basic.len());
        let gain = &objective[column];
        if gain.sign() != Ordering::Greater {
            return None;
        }
        let row = self.leaving(column)?;
        let (pivot, left) = (self.row(row), self.basic[row]);
        let p = &pivot[column];
        let earlier = self.others.iter().enumerate();
        let mut earlier = earlier.filter(|&(at, &other)| at != column && other < left);
        let first = earlier.all(|(at, _)| T::compare(&objective[at], p, gain, &pivot[at]).is_ge());
        first.then_some(row)
    }

    /// The row whose variable leaves when that of a column enters: the lexicographically smallest ratio
    /// (Dantzig, Orden & Wolfe 1955), as if the constraints read M x ≤ b + (ε, ε², …).
    fn leaving(&self, column: usize) -> Option<usize> {
        let mut best: Option<usize> = None;
        for row in 0..self.basic.len() {
            if self.row(row)[column].sign() != Ordering::Greater {
                continue;
            }
            if best.is_none_or(|least| self.smaller_ratio(row, least, column)) {
                best = Some(row);
            }
        }
        best
    }

    fn smaller_ratio(&self, row: usize, least: usize, column: usize) -> bool {
        let (a, b) = (self.row(row), self.row(least));
        let last = self.others.len();
        match T::compare(&a[last], &b[column], &b[last], &a[column]) {
            Ordering::Equal => self.smaller_perturbed_ratio(row, least, column),
            order => order.is_lt(),
        }
    }

    /// Compares ratios by their parts in ε, ε², …: the columns of the slacks, one after the other.
    fn smaller_perturbed_ratio(&self, row: usize, least: usize, column: usize) -> bool {
        let (a, b) = (self.row(row), self.row(least));
        // The slacks of all other rows have 0 in both.
        let columns = self.others.iter().copied().zip(0..);
        let here = [self.basic[row], self.basic[least]].map(|slack| (slack, usize::MAX));
        let mut slacks: Vec<(u32, usize)> = columns.chain(here).collect();
        slacks.retain(|&(variable, _)| variable as usize >= self.variables);
        slacks.sort_unstable();
        for (slack, at) in slacks {
            let order = if at < a.len() {
                T::compare(&a[at], &b[column], &b[at], &a[column])
            } else if self.basic[row] == slack {
                Ordering::Greater
            } else {
                Ordering::Less
            };
            if order != Ordering::Equal {
                return order.is_lt();
            }
        }
        false
    }

    fn zeros(&self) -> (Vec<u32>, bool) {
        let last = self.others.len();
        let mut zeros = self.others.clone();
        for (row, &variable) in self.basic.iter().enumerate() {
            if self.row(row)[last].sign() == Ordering::Equal {
                zeros.push(variable);
            }
        }
        let degenerate = zeros.len() > last;
        (zeros, degenerate)
    }
}
