//! All vertices of a polytope by lexicographic reverse search (Avis & Fukuda 1992; Avis 2000; Avis, Rosenberg,
//! Savani & von Stengel 2010).
//!
//! The simplex method with a fixed rule leads from every dictionary to the one at the origin. These steps form a
//! tree, which is searched backwards from its root. Dictionaries on the way down are kept, so that nothing is
//! pivoted back.

use std::collections::HashSet;

use super::dictionary::Exact;
use super::polytope::Polytope;
use crate::{Budget, Status};

/// A set of small numbers.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Bits(Box<[u64]>);

impl Bits {
    pub(super) fn none(size: usize) -> Bits {
        Bits(vec![0; size.div_ceil(64)].into_boxed_slice())
    }

    pub(super) fn insert(&mut self, at: usize) {
        self.0[at / 64] |= 1 << (at % 64);
    }

    pub(super) fn contains(&self, at: usize) -> bool {
        self.0[at / 64] & (1 << (at % 64)) != 0
    }

    pub(super) fn count(&self) -> usize {
        self.0.iter().map(|word| word.count_ones() as usize).sum()
    }

    pub(super) fn within(&self, other: &Bits) -> bool {
        self.0.iter().zip(&other.0).all(|(a, b)| a & !b == 0)
    }

    pub(super) fn intersect(&mut self, other: &Bits) {
        self.0.iter_mut().zip(&other.0).for_each(|(a, b)| *a &= b);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.iter().all(|&word| word == 0)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        self.0.iter().enumerate().flat_map(|(place, &word)| {
            let mut left = word;
            std::iter::from_fn(move || {
                if left == 0 {
                    return None;
                }
                let bit = left.trailing_zeros() as usize;
                left &= left - 1;
                Some(place * 64 + bit)
            })
        })
    }
}

/// Vertices of a polytope other than the origin, each told by what is 0 there: the variables, then the slacks.
pub(super) struct Vertices {
    pub(super) zeros: Vec<Bits>,
    /// Why the search ended early, if it did.
    pub(super) stopped: Option<Status>,
}

/// Searches through all dictionaries, until `most` vertices are found.
pub(super) fn vertices(polytope: &Polytope, most: usize, budget: &Budget<'_>) -> Vertices {
    let size = polytope.variables + polytope.right.len();
    let mut found = Vertices {
        zeros: Vec::new(),
        stopped: None,
    };
    let mut seen = HashSet::new();
    let mut path = vec![(Exact::origin(polytope), 0)];
    let mut rounds = 0u64;
    while let Some((dictionary, column)) = path.last_mut() {
        if *column == dictionary.columns() {
            path.pop();
            continue;
        }
        if dictionary.is_slow() {
            found.stopped = budget.spent(None, "a large vertex");
            if found.stopped.is_some() {
                break;
            }
        }
        let here = *column;
        *column += 1;
        let Some(row) = dictionary.child_row(here) else {
            continue;
        };
        let Some(child) = dictionary.pivoted(row, here, &|| budget.late()) else {
            found.stopped = Some(Status::TimeLimit);
            break;
        };
        let (zeros, degenerate) = child.zeros();
        let mut bits = Bits::none(size);
        zeros
            .into_iter()
            .for_each(|zero| bits.insert(zero as usize));
        let origin = (0..polytope.variables).all(|v| bits.contains(v));
        if !origin && (!degenerate || seen.insert(bits.clone())) {
            found.zeros.push(bits);
        }
        path.push((child, 0));
        rounds += 1;
        if rounds.is_multiple_of(256) {
            let words = format!("{} vertices", found.zeros.len());
            let full = found.zeros.len() >= most;
            let full = full.then_some(Status::IterationLimit);
            found.stopped = budget.spent(None, &words).or(full);
            if found.stopped.is_some() {
                break;
            }
        }
    }
    found
}
