//! Outcomes in two halves: the first issues and the last. A weighted sum is the sum of two looked-up numbers then.
//!
//! With the halves sorted by what they are worth to a party, the best of all outcomes above a target for another
//! weighted sum takes a step per half outcome instead of one per outcome: about the square root of their number
//! (the meeting in the middle of Horowitz and Sahni 1974).

use crate::domain::Domain;
use crate::sum::Sum;

/// How outcome numbers split.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Split {
    /// Outcomes of the last issues; an outcome's number is `first · block + last`.
    pub(crate) block: u32,
    /// Number of the first issues.
    pub(crate) head: usize,
}

impl Split {
    /// The evenest split of a domain of at most 2³² outcomes.
    pub(crate) fn of(domain: &Domain, outcomes: usize) -> Split {
        let mut block = 1_usize;
        let mut head = domain.issues().len();
        while head > 0 && block * block < outcomes {
            head -= 1;
            block *= domain.issues()[head].options();
        }
        Split {
            // It divides the number of outcomes.
            block: block as u32,
            head,
        }
    }

    /// The two halves of an outcome.
    pub(crate) fn parts(self, outcome: u32) -> (usize, usize) {
        (
            (outcome / self.block) as usize,
            (outcome % self.block) as usize,
        )
    }
}

/// A party's sums over both halves, the largest first, each with the number of its half outcome.
#[derive(Clone, Debug)]
pub(crate) struct Halves {
    pub(crate) first: Vec<(f64, u32)>,
    pub(crate) last: Vec<(f64, u32)>,
    /// What rounding may add to a sum or take from it.
    pub(crate) slack: f64,
}

impl Halves {
    pub(crate) fn of(sum: &Sum, split: Split) -> Halves {
        let part = |issues: std::ops::Range<usize>| {
            let mut sums = vec![0.0];
            for issue in issues {
                let mut longer = Vec::new();
                sum.extend(&mut longer, &sums, sum.terms(issue));
                sums = longer;
            }
            let mut part: Vec<(f64, u32)> = sums.into_iter().zip(0..).collect();
            part.sort_by(|a, b| b.0.total_cmp(&a.0));
            part
        };
        let first = part(0..split.head);
        let last = part(split.head..sum.issues());
        let size = |part: &[(f64, u32)]| part.iter().map(|p| p.0.abs()).fold(0.0, f64::max);
        Halves {
            slack: 1e-10 * (size(&first) + size(&last)),
            first,
            last,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Issue;

    #[test]
    fn the_halves_are_as_even_as_issues_allow() {
        let issue = |name: &str, n: u32| Issue::named(name, (0..n).map(|k| k.to_string()));
        let domain = Domain::new("d", vec![issue("a", 5), issue("b", 4), issue("c", 7)]).unwrap();
        let split = Split::of(&domain, 140);
        assert_eq!((split.block, split.head), (28, 1));
        assert_eq!(split.parts(139), (4, 27));
        let one = Domain::new("d", vec![issue("a", 1)]).unwrap();
        assert_eq!(Split::of(&one, 1).block, 1);
    }
}
