//! The value of information: what knowing numbers exactly would be worth to somebody who chooses among options (Raiffa
//! & Schlaifer 1961), from samples (Strong & Oakley 2013).

use rand::RngExt;

use crate::columns::order;
use crate::error::{SensitivityError, within};
use crate::parallel;
use crate::resample::stream;
use crate::sample::{check_outputs, checked, enough};

/// How the value of single inputs is estimated.
#[derive(Clone, Debug, PartialEq)]
pub struct InformationOptions {
    /// Parts into which an input's values are cut; none for half the root of the number of rows, 2 … 100.
    pub parts: Option<usize>,
    /// Random orders that tell the worth of an irrelevant input; 0 for none.
    pub shuffles: usize,
    /// Seed of the random orders.
    pub seed: u64,
    /// Threads; the results do not depend on them.
    pub threads: usize,
}

impl Default for InformationOptions {
    fn default() -> Self {
        Self {
            parts: None,
            shuffles: 20,
            seed: 1,
            threads: 1,
        }
    }
}

/// What it would be worth to know one input exactly before choosing, in units of the payoff.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Worth {
    /// Expected value of partial perfect information (EVPPI), as estimated: too high by noise.
    pub evppi: f64,
    /// What an input that does not matter gets at this number of rows and parts, on average over random orders.
    pub noise: f64,
    /// The most that it got in any of these orders.
    pub most_noise: f64,
}

impl Worth {
    /// The estimate less what noise alone makes, at least 0. Where knowing the input matters much, noise matters less
    /// than for an irrelevant one, so that this errs on the low side.
    #[must_use]
    pub fn beyond_noise(&self) -> f64 {
        (self.evppi - self.noise).max(0.0)
    }

    /// Whether it beats every random order: in n of them an input that does not matter does so about once in n + 1
    /// times.
    #[must_use]
    pub fn told_from_chance(&self) -> bool {
        self.evppi > self.most_noise
    }
}

/// What information is worth to a chooser.
#[derive(Clone, Debug, PartialEq)]
pub struct Information {
    /// Mean payoff of every option.
    pub expected: Vec<f64>,
    /// The option with the highest mean, the first of several: the choice under present doubt.
    pub best: usize,
    /// Expected value of perfect information (EVPI): of knowing all inputs. The sample's mean, a little too high.
    pub evpi: f64,
    /// What knowing each input by itself would be worth.
    pub inputs: Vec<Worth>,
    /// Rows used.
    pub rows: usize,
    /// Rows left out because a payoff is NaN.
    pub dropped: usize,
}

/// EVPI and the EVPPI of every input. `points` are rows of `inputs` numbers, `payoffs` rows of `choices` numbers: what
/// each option would bring at that point.
///
/// An input's values are cut, in rising order, into parts of about equally many rows; equal values stay together. Within
/// each part the option with the highest mean is chosen (Strong & Oakley 2013). The maximum over noisy means is too
/// high by something that shrinks with the rows of a part; [`Worth::noise`] tells how much.
///
/// # Errors
/// No inputs or options, ragged or unequal arrays, inputs that are not finite, infinite payoffs, fewer than ten rows, fewer
/// than two parts.
pub fn value_of_information(
    points: &[f64],
    inputs: usize,
    payoffs: &[f64],
    choices: usize,
    options: &InformationOptions,
) -> Result<Information, SensitivityError> {
    within(
        "the number of options",
        choices as f64,
        choices > 0,
        "at least 1",
    )?;
    let rows = checked(points, inputs)?;
    if rows.checked_mul(choices) != Some(payoffs.len()) {
        return Err(SensitivityError::Unequal {
            points: rows,
            outputs: payoffs.len() / choices,
        });
    }
    check_outputs(payoffs)?;
    let failed = |row: &usize| {
        payoffs[row * choices..(row + 1) * choices]
            .iter()
            .any(|p| p.is_nan())
    };
    let kept: Vec<usize> = (0..rows).filter(|row| !failed(row)).collect();
    enough("rows", kept.len(), 10)?;
    let parts = options.parts.unwrap_or_else(|| usual_parts(kept.len()));
    within(
        "the number of parts",
        parts as f64,
        parts >= 2,
        "at least 2",
    )?;

    let payoffs: Vec<&[f64]> = kept
        .iter()
        .map(|row| &payoffs[row * choices..(row + 1) * choices])
        .collect();
    let chooser = Chooser::of(&payoffs, choices);
    let gains = payoffs.iter().map(|row| largest(row) - row[chooser.best]);
    let evpi = gains.sum::<f64>() / kept.len() as f64;
    let noise = parallel::map(options.shuffles, options.threads, |r| {
        let shuffled = shuffled(kept.len(), options.seed, r);
        chooser.gain(&payoffs, &shuffled, parts, |_, _| true)
    });
    let most_noise = noise.iter().copied().fold(0.0, f64::max);
    let noise = noise.iter().sum::<f64>() / options.shuffles.max(1) as f64;
    let inputs = parallel::map(inputs, options.threads, |j| {
        let column: Vec<f64> = kept.iter().map(|row| points[row * inputs + j]).collect();
        let differ = |a: u32, b: u32| column[a as usize] != column[b as usize];
        Worth {
            evppi: chooser.gain(&payoffs, &order(&column), parts, differ),
            noise,
            most_noise,
        }
    });
    Ok(Information {
        evpi,
        expected: chooser.expected,
        best: chooser.best,
        inputs,
        rows: kept.len(),
        dropped: rows - kept.len(),
    })
}

fn usual_parts(rows: usize) -> usize {
    (((rows as f64).sqrt() / 2.0) as usize).clamp(2, 100)
}

fn largest(values: &[f64]) -> f64 {
    values.iter().copied().fold(f64::NEG_INFINITY, f64::max)
}

fn shuffled(rows: usize, seed: u64, at: usize) -> Vec<u32> {
    let mut random = stream(seed, at);
    let mut order: Vec<u32> = (0..rows).map(|row| row as u32).collect();
    for last in (1..rows).rev() {
        order.swap(last, random.random_range(0..=last));
    }
    order
}

/// The choice under present doubt.
struct Chooser {
    expected: Vec<f64>,
    best: usize,
}

impl Chooser {
    fn of(payoffs: &[&[f64]], choices: usize) -> Self {
        let mut expected = vec![0.0; choices];
        for row in payoffs {
            for (sum, payoff) in expected.iter_mut().zip(*row) {
                *sum += payoff / payoffs.len() as f64;
            }
        }
        let mut best = 0;
        for (option, mean) in expected.iter().enumerate() {
            if *mean > expected[best] {
                best = option;
            }
        }
        Self { expected, best }
    }

    /// What it brings to choose anew in each part of the rows in this order. A part ends only where `differ` tells two
    /// neighbours apart.
    fn gain(
        &self,
        payoffs: &[&[f64]],
        order: &[u32],
        parts: usize,
        differ: impl Fn(u32, u32) -> bool,
    ) -> f64 {
        let rows = order.len();
        let mut gain = 0.0;
        // Advantages over the present choice, so that a part in which it stays adds exactly nothing.
        let mut sums = vec![0.0; self.expected.len()];
        let mut part = 1;
        for (at, &row) in order.iter().enumerate() {
            let payoffs = payoffs[row as usize];
            for (sum, payoff) in sums.iter_mut().zip(payoffs) {
                *sum += payoff - payoffs[self.best];
            }
            let full = (at + 1) * parts >= part * rows;
            let apart = order.get(at + 1).is_none_or(|&next| differ(row, next));
            if full && apart {
                gain += largest(&sums);
                sums.fill(0.0);
                part = (at + 1) * parts / rows + 1;
            }
        }
        gain / rows as f64
    }
}
