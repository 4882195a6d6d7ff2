//! Where answers jump as a parameter moves.
//!
//! A continuous function changes little over a short stretch, a jump as much as before however short the stretch
//! is. So every stretch between two points over which some answer changes by more than [`SMALLEST`] of its scale is
//! halved, and its halves in turn, down to the wanted width. What still changes by so much over that width, and by
//! most of it over a quarter of that width, is called a jump; neighbouring ones are one. Where the middle of a
//! stretch, and again those of its halves, lie where a straight line has them, nothing more is looked for.

use std::sync::atomic::AtomicBool;

use detente_findings::tally::Tally;

use super::{Answered, Curve, Missing, Sample};
use crate::explore::Progress;
use crate::pool::side_by_side;

/// Smallest change that counts as a jump: of a probability, or as a share of all that a number changes by.
pub const SMALLEST: f64 = 0.02;
/// A number that changes by less than this share of itself in all does not jump.
const LEVEL: f64 = 0.01;
/// Smallest change in all that is more than the dust of solving.
const DUST: f64 = 1e-6;
/// Share of a change that is left over a quarter of the stretch where it is a jump: of a slope a quarter is left, of
/// a square root at its steepest a half.
const LEFT: f64 = 0.6;
/// Share of a change by which the middle may lie off the straight line, and how often in turn it must not.
const BENT: f64 = 0.15;
const STRAIGHT: usize = 2;

/// A place where answers jump.
#[derive(Clone, Debug, PartialEq)]
pub struct Jump {
    /// Highest value on the near side for which the game was solved.
    pub low: f64,
    /// Lowest value on the far side.
    pub high: f64,
    /// The answers on the near side.
    pub before: Tally,
    /// The answers on the far side.
    pub after: Tally,
}

impl Jump {
    /// The middle between both sides.
    #[must_use]
    pub fn at(&self) -> f64 {
        f64::midpoint(self.low, self.high)
    }
}

/// Finds the jumps between samples in rising order, to stretches of at most `width`, and adds the samples on both
/// sides of each.
pub(super) fn locate(
    samples: Vec<Sample>,
    width: f64,
    threads: usize,
    stop: &AtomicBool,
    progress: &Progress<'_>,
    solve: impl Fn(f64) -> Answered + Sync,
) -> Curve {
    let scales = Scales::of(&samples);
    let suspects: Vec<usize> = (1..samples.len())
        .filter(|&i| scales.differ(&samples[i - 1].answered, &samples[i].answered))
        .collect();
    let none = || ();
    let found = side_by_side(suspects.len(), threads, stop, progress, none, |(), at| {
        let i = suspects[at];
        let mut within = Vec::new();
        halve(
            &scales,
            width,
            [&samples[i - 1], &samples[i]],
            0,
            &solve,
            &mut within,
        );
        within
    });
    let jumps = joined(found.into_iter().flatten().flatten().collect());
    with_sides(samples, jumps)
}

/// Adds the stretches no wider than `width` over which the answers differ.
fn halve(
    scales: &Scales,
    width: f64,
    [from, to]: [&Sample; 2],
    straight: usize,
    solve: &impl Fn(f64) -> Answered,
    found: &mut Vec<Jump>,
) {
    if !scales.differ(&from.answered, &to.answered) {
        return;
    }
    let middle = f64::midpoint(from.at, to.at);
    let narrow = to.at - from.at <= width * (1.0 + 1e-9);
    if narrow || middle <= from.at || middle >= to.at {
        if let (Ok(before), Ok(after)) = (&from.answered, &to.answered)
            && persists(scales, from, to, solve)
        {
            found.push(Jump {
                low: from.at,
                high: to.at,
                before: before.clone(),
                after: after.clone(),
            });
        }
        return;
    }
    let between = Sample {
        at: middle,
        answered: solve(middle),
        even: false,
    };
    let straight =
        if scales.bend(from, &between, to) <= BENT * scales.change(&from.answered, &to.answered) {
            straight + 1
        } else {
            0
        };
    // Without an answer in the middle there is nothing to say about either half.
    if between.answered.is_ok() && straight < STRAIGHT {
        halve(scales, width, [from, &between], straight, solve, found);
        halve(scales, width, [&between, to], straight, solve, found);
    }
}

/// Whether most of the change stays where the stretch is halved twice, the half that changes more each time.
fn persists(scales: &Scales, from: &Sample, to: &Sample, solve: &impl Fn(f64) -> Answered) -> bool {
    let whole = scales.change(&from.answered, &to.answered);
    let (mut from, mut to) = (from.clone(), to.clone());
    for _ in 0..2 {
        let at = f64::midpoint(from.at, to.at);
        let middle = Sample {
            at,
            answered: solve(at),
            even: false,
        };
        let before = scales.change(&from.answered, &middle.answered);
        if before >= scales.change(&middle.answered, &to.answered) {
            to = middle;
        } else {
            from = middle;
        }
    }
    scales.change(&from.answered, &to.answered) >= LEFT * whole
}

/// Jumps that touch are one.
fn joined(jumps: Vec<Jump>) -> Vec<Jump> {
    let mut joined: Vec<Jump> = Vec::new();
    for jump in jumps {
        match joined.last_mut() {
            Some(last) if last.high == jump.low => {
                last.high = jump.high;
                last.after = jump.after;
            }
            _ => joined.push(jump),
        }
    }
    joined
}

/// Adds the sides of the jumps to the samples, without those that lie inside a jump.
fn with_sides(mut samples: Vec<Sample>, jumps: Vec<Jump>) -> Curve {
    for jump in &jumps {
        samples.retain(|sample| sample.at <= jump.low || sample.at >= jump.high);
        for (at, tally) in [(jump.low, &jump.before), (jump.high, &jump.after)] {
            let place = samples.partition_point(|sample| sample.at < at);
            if samples.get(place).is_none_or(|sample| sample.at != at) {
                let answered = Ok::<_, Missing>(tally.clone());
                samples.insert(
                    place,
                    Sample {
                        at,
                        answered,
                        even: false,
                    },
                );
            }
        }
    }
    Curve { samples, jumps }
}

/// What counts as a large change of each answer.
struct Scales {
    /// Of each query; infinite where it stays level.
    asks: Vec<f64>,
}

impl Scales {
    fn of(samples: &[Sample]) -> Scales {
        let solved = || samples.iter().filter_map(|s| s.answered.as_ref().ok());
        let asks = solved().map(|tally| tally.asks.len()).max().unwrap_or(0);
        let scale = |k: usize| {
            let values = || solved().filter_map(|tally| tally.asks.get(k).copied().flatten());
            let (low, high) = (
                values().fold(f64::INFINITY, f64::min),
                values().fold(f64::NEG_INFINITY, f64::max),
            );
            let size = low.abs().max(high.abs());
            if high - low > (LEVEL * size).max(DUST) {
                high - low
            } else {
                f64::INFINITY
            }
        };
        Scales {
            asks: (0..asks).map(scale).collect(),
        }
    }

    /// Whether some answer changes by more than [`SMALLEST`], or has a value on one side only.
    fn differ(&self, from: &Answered, to: &Answered) -> bool {
        self.change(from, to) > SMALLEST
    }

    /// How far the middle lies off the straight line between both ends, of the answer where that is most.
    fn bend(&self, from: &Sample, between: &Sample, to: &Sample) -> f64 {
        let (Ok(a), Ok(m), Ok(b)) = (&from.answered, &between.answered, &to.answered) else {
            return f64::INFINITY;
        };
        let off = |a: f64, m: f64, b: f64| (m - f64::midpoint(a, b)).abs();
        let endings = a.endings.iter().zip(&m.endings).zip(&b.endings);
        let endings = endings.map(|((a, m), b)| off(*a, *m, *b));
        let asks = a.asks.iter().zip(&m.asks).zip(&b.asks).zip(&self.asks);
        let asks = asks.map(|(((a, m), b), scale)| match (a, m, b) {
            (Some(a), Some(m), Some(b)) => off(*a, *m, *b) / scale,
            (None, None, None) => 0.0,
            _ => f64::INFINITY,
        });
        endings.chain(asks).fold(0.0, f64::max)
    }

    /// The largest change of any answer, as a share of its scale; 1 where it has a value on one side only, 0 where
    /// a side was not solved.
    fn change(&self, from: &Answered, to: &Answered) -> f64 {
        let (Ok(from), Ok(to)) = (from, to) else {
            return 0.0;
        };
        let endings = from
            .endings
            .iter()
            .zip(&to.endings)
            .map(|(a, b)| (a - b).abs());
        let asks = from.asks.iter().zip(&to.asks).zip(&self.asks);
        let asks = asks.map(|((a, b), scale)| match (a, b) {
            (Some(a), Some(b)) => (a - b).abs() / scale,
            (None, None) => 0.0,
            _ => 1.0,
        });
        endings.chain(asks).fold(0.0, f64::max)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tally(value: f64) -> Tally {
        Tally {
            endings: vec![value, 1.0 - value],
            actors: Vec::new(),
            asks: Vec::new(),
        }
    }

    fn curve(of: impl Fn(f64) -> f64 + Sync) -> Curve {
        let samples = (0..=10).map(|i| {
            let at = f64::from(i) / 10.0;
            Sample {
                at,
                answered: Ok(tally(of(at))),
                even: true,
            }
        });
        let solve = |at| Ok(tally(of(at)));
        let stop = AtomicBool::new(false);
        locate(samples.collect(), 1e-3, 1, &stop, &|_, _| true, solve)
    }

    #[test]
    fn a_step_is_located_and_a_slope_is_none() {
        let found = curve(|x| if x < 0.437 { x } else { 0.1 });
        assert_eq!(found.jumps.len(), 1);
        let jump = &found.jumps[0];
        assert!(
            jump.low <= 0.437 && 0.437 <= jump.high && jump.high - jump.low <= 1e-3,
            "{jump:?}"
        );
        assert_eq!(found.samples.len(), 13, "both sides are added");
        assert!(found.samples.windows(2).all(|pair| pair[0].at < pair[1].at));
        assert!(curve(|x| x).jumps.is_empty());
        assert!(curve(|x| x.powi(8)).jumps.is_empty(), "steep, but no jump");
        assert!(curve(f64::sqrt).jumps.is_empty());
    }

    #[test]
    fn two_steps_between_two_points_are_two() {
        let found = curve(|x| match x {
            x if x < 0.52 => 0.0,
            x if x < 0.57 => 0.5,
            _ => 1.0,
        });
        let at: Vec<f64> = found.jumps.iter().map(Jump::at).collect();
        assert!(
            at.len() == 2 && (at[0] - 0.52).abs() < 1e-3 && (at[1] - 0.57).abs() < 1e-3,
            "{at:?}"
        );
    }

    #[test]
    fn a_step_there_and_back_that_the_points_do_not_meet_is_not_seen() {
        // What is not looked at is not found: the points are the caller's choice.
        assert!(
            curve(|x| if (0.52..0.57).contains(&x) { 1.0 } else { 0.0 })
                .jumps
                .is_empty()
        );
    }
}
