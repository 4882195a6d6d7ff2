//! Which options of a decision or draw are open at a point of a path, and how likely those of a draw are.

use crate::machine::{Halt, Machine, View};
use crate::program::{Branch, Choice, Opens, Settle};
use detente_language::eval::Fault;
use detente_language::span::Span;

/// How far probabilities of a draw may sum from 1.
const SUM_TOLERANCE: f64 = 1e-9;

/// What is wrong with the options of a decision or draw at a point of a path.
pub(crate) enum Wrong {
    /// Something in them has no value.
    Halt(Halt),
    /// A probability outside 0..1; of the option at this position.
    Probability(usize, f64),
    /// Probabilities that do not sum to 1.
    Sum(f64),
    /// A weight below 0; of the option at this position.
    Weight(usize, f64),
    /// No weight above 0.
    NoWeight,
}

/// Appends the options of a branch that are open here.
pub(crate) fn find_open(
    machine: &mut Machine<'_>,
    branch: usize,
    open: &mut Vec<u32>,
) -> Result<(), Wrong> {
    let declared = &machine.program.branches[branch];
    match &declared.opens {
        Opens::Guards => {}
        Opens::Settled(settle) => {
            open.push(settled(machine, settle, declared.span)?);
            return Ok(());
        }
        Opens::Answers {
            offer,
            packages,
            repeat,
        } => {
            let answers = machine.answers(*offer, *packages, *repeat);
            open.extend(answers.map(|option| option as u32));
            return Ok(());
        }
    }
    for (i, option) in declared.options.iter().enumerate() {
        let is_open = match &option.guard {
            None => true,
            Some(guard) => with(machine, declared, option, |view| guard.holds(view))?,
        };
        if is_open {
            open.push(i as u32);
        }
    }
    Ok(())
}

/// The option on which the parties of a bargain settle.
fn settled(machine: &Machine<'_>, settle: &Settle, span: Span) -> Result<u32, Wrong> {
    let mut against = Vec::with_capacity(settle.against.len());
    for code in &settle.against {
        let value = code.eval(&machine.view()).map_err(fault)?;
        if value.is_nan() {
            return Err(Wrong::Halt(Halt::NoValue(span)));
        }
        against.push(value);
    }
    Ok(settle.option(&against) as u32)
}

/// The probabilities of the open options of a draw, which must be in 0..1 and sum to 1.
pub(crate) fn find_probabilities(
    machine: &mut Machine<'_>,
    branch: usize,
    open: &[u32],
    probabilities: &mut Vec<f64>,
) -> Result<(), Wrong> {
    let declared = &machine.program.branches[branch];
    probabilities.clear();
    if declared.weighted {
        return find_weights(machine, branch, open, probabilities);
    }
    let equal = 1.0 / open.len() as f64;
    for &option in open {
        let choice = &declared.options[option as usize];
        let probability = match &choice.probability {
            None => equal,
            Some(code) => code.eval(&machine.view()).map_err(fault)?,
        };
        // Rounding may leave 1 − 0.9 − 0.1 a hair below 0.
        let rounding = (-1e-12..0.0).contains(&probability);
        if probability.is_nan() {
            return Err(Wrong::Halt(Halt::NoValue(choice.span)));
        }
        if !rounding && !(0.0..=1.0 + 1e-12).contains(&probability) {
            return Err(Wrong::Probability(option as usize, probability));
        }
        probabilities.push(probability.clamp(0.0, 1.0));
    }
    let sum: f64 = probabilities.iter().sum();
    match (sum - 1.0).abs() > SUM_TOLERANCE {
        true => Err(Wrong::Sum(sum)),
        false => Ok(()),
    }
}

/// The weights of the open options as probabilities.
fn find_weights(
    machine: &mut Machine<'_>,
    branch: usize,
    open: &[u32],
    probabilities: &mut Vec<f64>,
) -> Result<(), Wrong> {
    let declared = &machine.program.branches[branch];
    for &option in open {
        let choice = &declared.options[option as usize];
        let Some(code) = &choice.probability else {
            continue;
        };
        let weight = with(machine, declared, choice, |view| code.eval(view))?;
        if weight.is_nan() {
            return Err(Wrong::Halt(Halt::NoValue(choice.span)));
        }
        if weight < 0.0 {
            return Err(Wrong::Weight(option as usize, weight));
        }
        probabilities.push(weight);
    }
    // Divided by the greatest first, so that no sum of weights is beyond all numbers.
    let greatest = probabilities.iter().copied().fold(0.0, f64::max);
    if greatest == 0.0 {
        return Err(Wrong::NoWeight);
    }
    let sum: f64 = probabilities.iter().map(|w| w / greatest).sum();
    for weight in probabilities {
        *weight = *weight / greatest / sum;
    }
    Ok(())
}

/// What a guard or weight of an option comes to here. That of a grid's number may speak of the number.
fn with<T>(
    machine: &mut Machine<'_>,
    branch: &Branch,
    choice: &Choice,
    look: impl FnOnce(&View<'_>) -> Result<T, Fault>,
) -> Result<T, Wrong> {
    if !branch.grid {
        return look(&machine.view()).map_err(fault);
    }
    let before = machine.try_value(branch.variable, choice.value);
    let found = look(&machine.view());
    machine.try_value(branch.variable, before);
    found.map_err(fault)
}

fn fault(fault: Fault) -> Wrong {
    Wrong::Halt(Halt::Fault(fault))
}
