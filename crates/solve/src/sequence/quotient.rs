//! The sequence form without what symmetry repeats: information sets and sequences that nothing tells apart are
//! taken as one, and solving gives them the same play.
//!
//! A partition of the sequences of both players is *equitable* if sequences of a class stand alike in their
//! player's tree and get the same sum of payoffs against every class of the other player. A plan that gives a class one
//! probability then leaves the same slack in all rows of a class, so that the problem summed over the classes has
//! solutions which, repeated over their members, solve the whole: linear programmes shrink by colour refinement (Grohe,
//! Kersting, Mladenov & Selman 2014), games by lossless abstraction (Gilpin & Sandholm 2007), and trembles, which
//! depend on lengths only, go with them. The coarsest such partition is found by refining, round after round;
//! instead of its sum against every class, a sequence shows one sum with a weight without pattern per class. Actions at
//! different places of an information set are never taken as one.

use std::cmp::Ordering;

use super::form::{EMPTY, Form, Pair};
use super::system::scramble;

/// Sums that differ by less than this share of the payoffs in them are the same up to rounding.
const SAME: f64 = 1e-12;

/// A smaller sequence form and where the sequences have gone.
pub(super) struct Quotient {
    /// The form of the classes. It plays no game: there are no slots to its sequences.
    pub(super) form: Form,
    /// Payoffs of a pair of classes: the sums over their members.
    pub(super) pairs: Vec<Pair<f64>>,
    /// Per sequence: its class.
    pub(super) class: Vec<u32>,
}

impl Quotient {
    /// The form over the coarsest equitable partition; none where every sequence is a class of its own.
    pub(super) fn new(form: &Form, pairs: &[Pair<f64>]) -> Option<Quotient> {
        let classes = Refinement::new(form, pairs).run();
        if classes.count.0 == form.sets() {
            return None;
        }
        let (small, class) = form.merged(&classes.set, classes.count.0);
        let of = |sequence: u32| class.get(sequence as usize).copied().unwrap_or(EMPTY);
        let pairs = pairs.iter().map(|pair| Pair {
            row: of(pair.row),
            column: of(pair.column),
            payoffs: pair.payoffs,
        });
        Some(Quotient {
            form: small,
            pairs: super::form::merge(pairs.collect()),
            class,
        })
    }
}

/// Classes so far.
struct Classes {
    /// Per information set, and per sequence: its class.
    set: Vec<u32>,
    sequence: Vec<u32>,
    /// Number of classes of information sets and of sequences.
    count: (usize, usize),
}

struct Refinement<'a> {
    form: &'a Form,
    pairs: &'a [Pair<f64>],
    classes: Classes,
    /// Per sequence: its payoffs against the classes, weighted, and their absolute sum.
    sums: Vec<(f64, f64)>,
}

/// What tells members of different classes apart, and whose it is.
struct Sign {
    key: u64,
    sum: f64,
    /// Difference of sums that rounding can make.
    rounding: f64,
    member: u32,
}

impl<'a> Refinement<'a> {
    /// Nothing is told apart but the players.
    fn new(form: &'a Form, pairs: &'a [Pair<f64>]) -> Refinement<'a> {
        let (sets, sequences) = (0..form.sets(), 0..form.sequences());
        Refinement {
            form,
            pairs,
            classes: Classes {
                set: sets.map(|h| u32::from(h >= form.set_split())).collect(),
                sequence: sequences.map(|q| u32::from(q >= form.split)).collect(),
                count: (0, 0),
            },
            sums: vec![(0.0, 0.0); form.sequences()],
        }
    }

    /// Refines until nothing changes.
    fn run(mut self) -> Classes {
        let mut round = 0;
        loop {
            let before = self.classes.count;
            let (set, sets) = number(self.signs_of_sets(), self.classes.set.len());
            self.classes.set = set;
            self.add_up(round);
            let (sequence, sequences) =
                number(self.signs_of_sequences(), self.classes.sequence.len());
            self.classes.sequence = sequence;
            self.classes.count = (sets, sequences);
            if self.classes.count == before || sets == self.form.sets() {
                return self.classes;
            }
            round += 1;
        }
    }

    /// An information set shows its class, the one of the sequence before it and those of its actions in order.
    fn signs_of_sets(&self) -> Vec<Sign> {
        let of = |&sequence: &u32| {
            let class = self.classes.sequence.get(sequence as usize);
            class.copied().unwrap_or(EMPTY)
        };
        let sets = 0..self.form.sets();
        sets.map(|set| {
            let start = join(self.classes.set[set].into(), of(&self.form.before[set]));
            let actions = self.form.at(set).map(|action| of(&(action as u32)));
            Sign {
                key: actions.fold(start, join),
                sum: 0.0,
                rounding: 0.0,
                member: set as u32,
            }
        })
        .collect()
    }

    /// A sequence shows its class, its place at its information set, the classes of those after it, and its payoffs.
    fn signs_of_sequences(&self) -> Vec<Sign> {
        let sequences = 0..self.form.sequences();
        sequences
            .map(|sequence| {
                let set = self.form.set_of[sequence] as usize;
                let place = (sequence - self.form.at(set).start) as u32;
                let own = join(self.classes.sequence[sequence].into(), place);
                let after = self.form.after(sequence).iter();
                let after = after.map(|&next| scramble(self.classes.set[next as usize].into()));
                let (sum, size) = self.sums[sequence];
                Sign {
                    key: after.fold(join(own, self.classes.set[set]), u64::wrapping_add),
                    sum,
                    rounding: SAME * size,
                    member: sequence as u32,
                }
            })
            .collect()
    }

    /// Sums the payoffs of every sequence with a weight between 1 and 2 per class of the other player.
    fn add_up(&mut self, round: u64) {
        self.sums.fill((0.0, 0.0));
        let weights: Vec<f64> = self
            .classes
            .sequence
            .iter()
            .map(|&class| {
                let number = scramble(join(round, class));
                1.0 + (number >> 11) as f64 / (1u64 << 53) as f64
            })
            .collect();
        for pair in self.pairs {
            for (own, other, payoff) in [
                (pair.row, pair.column, pair.payoffs[0]),
                (pair.column, pair.row, pair.payoffs[1]),
            ] {
                if let Some((sum, size)) = self.sums.get_mut(own as usize) {
                    let weight = weights.get(other as usize).copied().unwrap_or(1.0);
                    let term = payoff * weight;
                    *sum += term;
                    *size += term.abs();
                }
            }
        }
    }
}

/// Numbers what shows the same sign alike; also how many there are.
fn number(mut signs: Vec<Sign>, members: usize) -> (Vec<u32>, usize) {
    signs.sort_by(|a, b| {
        let sums = || a.sum.total_cmp(&b.sum);
        a.key.cmp(&b.key).then_with(sums)
    });
    let mut class = vec![0; members];
    let mut last = 0;
    for k in 0..signs.len() {
        if k > 0 && differ(&signs[k - 1], &signs[k]) {
            last += 1;
        }
        class[signs[k].member as usize] = last;
    }
    let count = if signs.is_empty() {
        0
    } else {
        last as usize + 1
    };
    (class, count)
}

fn differ(one: &Sign, other: &Sign) -> bool {
    let rounding = one.rounding.max(other.rounding);
    one.key.cmp(&other.key) != Ordering::Equal || (one.sum - other.sum).abs() > rounding
}

fn join(key: u64, next: u32) -> u64 {
    scramble(key.rotate_left(7) ^ u64::from(next))
}
