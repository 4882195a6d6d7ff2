//! From resolved expressions to numbers: parameters get their values, formulas are compiled against them.
//!
//! Every value is an `f64`: a number; 0 or 1 for a truth; an option's [`SymbolId`]. NaN, and only NaN, stands
//! for *no value* (a variable that the path has not reached): arithmetic passes it on, comparisons with it
//! are false. Arithmetic between values that has no finite result is a [`Fault`], never a silent NaN.

mod code;
mod compile;
mod steps;

pub use code::{Code, Env, Fault, NoPath};
pub use compile::{compile, compile_with};
pub use steps::Steps;

use crate::diagnostic::Diagnostic;
use crate::scenario::{ActorId, Expr, PackageId, ParamId, Scenario};

/// A scenario's numbers after parameters have got their values.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// Value of each parameter, in the order of [`Scenario::parameters`].
    pub parameters: Vec<f64>,
    /// `worth[actor][package]`: Σ weight × score; 0 for an actor without preferences.
    pub worth: Vec<Vec<f64>>,
    /// Value without agreement per actor; 0 for an actor without preferences.
    pub fallback: Vec<f64>,
}

/// Gives every parameter its value: the overriding one where there is one, else its best guess.
///
/// # Errors
/// A best guess, weight or score that has no finite value at these overrides; an override that stands beside the
/// steps of its parameter.
pub fn bind(
    scenario: &Scenario,
    overrides: &[(ParamId, f64)],
) -> Result<Settings, Vec<Diagnostic>> {
    let mut known = vec![None; scenario.parameters.len()];
    for &(parameter, value) in overrides {
        known[parameter.index()] = Some(value);
    }
    let mut faults = Vec::new();
    for (i, parameter) in scenario.parameters.iter().enumerate() {
        if known[i].is_none() {
            // Parameters that this one names are bound on the way, so any order in the text works.
            match compile::parameter(scenario, &mut known, i, 0) {
                Ok(_) => {}
                Err(fault) => {
                    faults.push(*fault);
                    known[i] = Some(f64::NAN);
                }
            }
        }
        debug_assert!(known[i].is_some(), "{} stays without value", parameter.id);
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    let mut settings = Settings {
        parameters: known
            .into_iter()
            .map(|value| value.unwrap_or(f64::NAN))
            .collect(),
        worth: vec![vec![0.0; scenario.packages.len()]; scenario.actors.len()],
        fallback: vec![0.0; scenario.actors.len()],
    };
    bind_preferences(scenario, &mut settings)?;
    for &(id, value) in overrides {
        let parameter = &scenario.parameters[id.index()];
        let steps = Steps::of(scenario, &settings, parameter).map_err(|fault| vec![*fault])?;
        if let Some(steps) = steps
            && !steps.hold(value)
        {
            faults.push(steps.beside(parameter, value));
        }
    }
    if faults.is_empty() {
        Ok(settings)
    } else {
        Err(faults)
    }
}

/// Fills `worth` and `fallback` from the `value` declarations.
fn bind_preferences(scenario: &Scenario, settings: &mut Settings) -> Result<(), Vec<Diagnostic>> {
    for preferences in &scenario.values {
        let ActorId(actor) = preferences.actor;
        for (p, package) in scenario.packages.iter().enumerate() {
            let mut worth = 0.0;
            for ((weight, scores), &choice) in preferences.issues.iter().zip(&package.choices) {
                if let Some(score) = scores.get(choice) {
                    worth += constant(scenario, settings, weight).map_err(|fault| vec![*fault])?
                        * constant(scenario, settings, score).map_err(|fault| vec![*fault])?;
                }
            }
            settings.worth[actor as usize][p] = worth;
        }
        settings.fallback[actor as usize] =
            constant(scenario, settings, &preferences.fallback).map_err(|fault| vec![*fault])?;
    }
    Ok(())
}

/// The value of an expression that does not depend on the path.
///
/// # Errors
/// The expression depends on the path, or has no finite value.
pub fn constant(
    scenario: &Scenario,
    settings: &Settings,
    expr: &Expr,
) -> Result<f64, Box<Diagnostic>> {
    let code = compile(scenario, settings, expr)?;
    let value = code.eval(&NoPath).map_err(|fault| fault.diagnostic())?;
    if value.is_nan() {
        return Err(Box::new(Diagnostic::error(
            "E0507",
            "this needs a number that does not depend on the path",
            expr.span,
        )));
    }
    Ok(value)
}

/// The package whose name an option carries, if there is one.
#[must_use]
pub fn package_named(scenario: &Scenario, symbol: &str) -> Option<PackageId> {
    scenario
        .packages
        .iter()
        .position(|package| package.name.id == symbol)
        .and_then(|i| u32::try_from(i).ok())
        .map(PackageId)
}
