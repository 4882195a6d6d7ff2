//! Equilibria of two-player games from their sequence form.

mod float;
mod form;
mod half;
mod learn;
mod lu;
mod markowitz;
mod path;
mod plan;
mod revised;
mod system;

use detente_game::Game;

use crate::{Budget, Equilibria, Unfit, need_players};

/// Numbers to compute with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Arithmetic {
    /// Exact fractions for small games, floating point for large ones.
    #[default]
    Auto,
    /// Exact fractions.
    Exact,
    /// Floating point.
    Float,
}

/// How to solve.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Options {
    /// Numbers to compute with.
    pub arithmetic: Arithmetic,
    /// Largest relative gain from deviating that counts as converged.
    pub tolerance: f64,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            arithmetic: Arithmetic::Auto,
            tolerance: 1e-9,
        }
    }
}

/// lp
pub fn lp(game: &Game, options: &Options, budget: &Budget<'_>) -> Result<Equilibria, Unfit> {
    solve(game, "sequence-lp", true, options, budget)
}
/// lcp
pub fn lcp(game: &Game, options: &Options, budget: &Budget<'_>) -> Result<Equilibria, Unfit> {
    solve(game, "sequence-lcp", false, options, budget)
}

fn solve(
    game: &Game,
    method: &'static str,
    zero_sum: bool,
    options: &Options,
    budget: &Budget<'_>,
) -> Result<Equilibria, Unfit> {
    need_players(game, method, 2)?;
    let form = form::Form::new(game, method)?;
    let _ = options;
    Ok(float::solve(game, &form, zero_sum, budget))
}
