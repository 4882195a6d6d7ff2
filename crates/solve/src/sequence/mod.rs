//! Equilibria of two-player games from their sequence form, by complementary pivoting with trembles.
//!
//! [`lp`] solves games of constant sum, [`lcp`] all others. Both follow one path: that of von Stengel, van den
//! Elzen & Talman (2002), on which the players answer each other's plans and, less and less, a prior. For
//! games of constant sum it is the self-dual parametric simplex method on the linear programme of Koller,
//! Megiddo & von Stengel (1996), and the prior is learnt, so that the path is short. Every sequence keeps a
//! tremble that is a power of a symbolic ε (Miltersen & Sørensen 2010), so that the path ends in an equilibrium
//! that is quasi-perfect: sequentially rational at every information set, off the path as well.
//!
//! Small games are solved in exact fractions, large ones in floating point with sparse factorised bases, after
//! what symmetry repeats has been left out. In floating point nothing is taken for granted: the certificate says how far the answer is from an equilibrium,
//! and a remark whether it is sequentially rational.

mod exact;
mod float;
mod form;
mod half;
mod learn;
mod lu;
mod markowitz;
mod path;
mod plan;
mod quotient;
mod revised;
mod start;
mod system;

use detente_game::Game;

use self::form::Form;
use crate::figure::figure;
use crate::{Budget, Equilibria, Equilibrium, Status, Unfit, need_players};

/// Largest relative gain at an information set that is rounding.
const SOUND: f64 = 1e-8;
/// Sequences and information sets of a game that is solved exactly unless asked otherwise.
const SMALL: usize = 120;
/// How far payoffs may sum from the same number, as a share of the payoffs.
const CONSTANT: f64 = 1e-12;

/// Numbers to compute with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Arithmetic {
    /// Exact fractions for small games (up to 120 actions and information sets), floating point for large ones.
    #[default]
    Auto,
    /// Exact fractions: the time grows with the fourth power of the size and more.
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

/// Which of the two problems a game poses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Problem {
    ConstantSum,
    GeneralSum,
}

/// What following the path gave.
struct Solved {
    equilibrium: Option<Equilibrium>,
    /// Why there is no better equilibrium.
    status: Status,
    pivots: usize,
    /// Classes of information sets that were solved for, if symmetry made them fewer than the information sets.
    classes: Option<usize>,
}

/// A sequential equilibrium of a two-player game whose payoffs sum to the same at every end.
///
/// # Errors
/// [`Unfit::Players`], [`Unfit::Recall`], [`Unfit::GeneralSum`].
pub fn lp(game: &Game, options: &Options, budget: &Budget<'_>) -> Result<Equilibria, Unfit> {
    let method = "sequence-lp";
    need_players(game, method, 2)?;
    if !constant_sum(game) {
        return Err(Unfit::GeneralSum { method });
    }
    let form = Form::new(game, method)?;
    Ok(solve(game, &form, Problem::ConstantSum, options, budget))
}

/// A sequential equilibrium of a two-player game.
///
/// # Errors
/// [`Unfit::Players`], [`Unfit::Recall`].
pub fn lcp(game: &Game, options: &Options, budget: &Budget<'_>) -> Result<Equilibria, Unfit> {
    let method = "sequence-lcp";
    need_players(game, method, 2)?;
    let form = Form::new(game, method)?;
    Ok(solve(game, &form, Problem::GeneralSum, options, budget))
}

fn constant_sum(game: &Game) -> bool {
    let mut ends = (0..game.nodes()).map(|node| game.payoffs_at(node));
    let mut first = None;
    ends.all(|payoffs| match payoffs {
        &[one, other] => {
            let sum = one + other;
            let size = f64::max(one.abs(), other.abs());
            (sum - *first.get_or_insert(sum)).abs() <= CONSTANT * size.max(sum.abs())
        }
        _ => true,
    })
}

fn solve(
    game: &Game,
    form: &Form,
    problem: Problem,
    options: &Options,
    budget: &Budget<'_>,
) -> Equilibria {
    let small = form.sequences() + form.sets() <= SMALL;
    let exactly = match options.arithmetic {
        Arithmetic::Auto => small,
        Arithmetic::Exact => true,
        Arithmetic::Float => false,
    };
    let mut solved = if exactly {
        exact::solve(game, form, problem, budget)
    } else {
        float::solve(game, form, problem, budget)
    };
    let numbers = if exactly {
        "exact fractions"
    } else {
        "floating point"
    };
    let mut remarks = vec![format!("{} pivots in {numbers}.", solved.pivots)];
    if let Some(classes) = solved.classes {
        let sets = form.sets();
        remarks.push(format!(
            "Nothing but names tells some of the {sets} information sets apart; solved as {classes}."
        ));
    }
    let mut status = solved.status;
    match &mut solved.equilibrium {
        Some(equilibrium) => {
            let gain = equilibrium.certificate.largest_relative_gain;
            if gain <= options.tolerance {
                status = Status::Converged;
            }
            equilibrium.remark = Some(credibility(game, equilibrium));
        }
        None => remarks.push("No equilibrium was reached.".to_owned()),
    }
    Equilibria {
        status,
        complete: false,
        equilibria: solved.equilibrium.into_iter().collect(),
        remarks,
        seconds: budget.seconds(),
    }
}

/// Whether the equilibrium is sequentially rational.
fn credibility(game: &Game, equilibrium: &Equilibrium) -> String {
    let certificate = &equilibrium.certificate;
    let gain = certificate.largest_relative_gain_at_sets;
    match certificate.worst_set {
        Some(set) if gain > SOUND => format!(
            "Not sequentially rational: {} gains {} of its payoff range at the information set {}.",
            game.player_names()[usize::from(game.set_player()[set])],
            figure(gain),
            game.set_name(set)
        ),
        _ => "Sequentially rational at every information set, reached or not.".to_owned(),
    }
}
