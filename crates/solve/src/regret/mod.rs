//! Counterfactual regret minimization on games of two players with perfect recall.
//!
//! In zero-sum games the average plans of CFR (Zinkevich, Johanson, Bowling & Piccione 2007), CFR+ (Tammelin
//! 2014), discounted CFR (Brown & Sandholm 2019) and predictive CFR+ (Farina, Kroer & Sandholm 2021) converge to
//! an equilibrium. In general-sum games nothing is promised; the certificate tells what came out. An
//! iteration updates the first player, then the second against the new plan of the first.
//!
//! The state is kept by sequences (`treeplex`), information sets of a player side by side as lanes of
//! vectors; the game itself is two matrices, own sequences by those of the other, factored into public ends with
//! small matrices between private types wherever the game has them (`public`, `payoffs`).

mod gains;
mod matrix;
mod minimizer;
mod payoffs;
mod public;
mod run;
mod table;
mod treeplex;
mod variant;

use detente_game::Game;

use crate::{Budget, Equilibria, Unfit, need_players, need_recall};
use payoffs::FILLED;
use run::Run;
use table::Table;
pub use variant::Variant;

/// The name of the method.
const METHOD: &str = "regret";

/// What to run, and for how long.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Options {
    /// The variant.
    pub variant: Variant,
    /// The power of `t` with which iteration `t` weighs in the average; none for the one of the variant's
    /// authors ([`Variant::averaging`]).
    pub averaging: Option<f64>,
    /// Most iterations; each updates both players.
    pub iterations: u64,
    /// Ends when nobody can gain more than this share of its payoff range.
    pub tolerance: f64,
}

impl Default for Options {
    /// What goes far on most games: predictive CFR+, later iterations weighing more than its authors let them.
    /// Where regrets are cut off at 0, any power of `t` keeps the promise of convergence; on Leduc poker the fifth
    /// reaches an exploitability of 1e-10 in an eighth of the iterations that the second takes.
    fn default() -> Options {
        Options {
            averaging: Some(5.0),
            ..Options::of(Variant::PredictiveCfrPlus)
        }
    }
}

impl Options {
    /// A variant as its authors run it.
    pub fn of(variant: Variant) -> Options {
        Options {
            variant,
            averaging: None,
            iterations: 1_000_000,
            tolerance: 1e-8,
        }
    }
}

/// How far the average was from equilibrium after some iterations.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// Iterations, each of both players.
    pub iteration: u64,
    /// Wall-clock seconds since the budget was made.
    pub seconds: f64,
    /// What either player could gain by a best response, in its own units. Their sum is known as NashConv;
    /// half of it is the exploitability of a zero-sum profile.
    pub gains: [f64; 2],
}

impl Point {
    /// Half the sum of gains: in zero-sum games the exploitability.
    pub fn exploitability(&self) -> f64 {
        (self.gains[0] + self.gains[1]) / 2.0
    }
}

/// What came out, and the way there.
#[derive(Clone, Debug)]
pub struct Solution {
    /// The average profile that came nearest, with its certificate.
    pub equilibria: Equilibria,
    /// Iterations done.
    pub iterations: u64,
    /// Points on the way, at iterations 1, 2, … and then ever sparser (5 % apart).
    pub path: Vec<Point>,
}

/// An equilibrium by regret minimization: [`solve`] without the way there.
///
/// # Errors
/// As [`solve`].
pub fn equilibrium(
    game: &Game,
    options: &Options,
    budget: &Budget<'_>,
) -> Result<Equilibria, Unfit> {
    solve(game, options, budget).map(|solution| solution.equilibria)
}

/// Minimizes regret until nobody gains more than the tolerance or the iterations or the budget run out.
///
/// # Errors
/// [`Unfit::Players`] and [`Unfit::Recall`]: the method is for two players with perfect recall.
pub fn solve(game: &Game, options: &Options, budget: &Budget<'_>) -> Result<Solution, Unfit> {
    need_players(game, METHOD, 2)?;
    need_recall(game, METHOD)?;
    let unfit = Unfit::Players {
        method: METHOD,
        needs: 2,
        has: game.players(),
    };
    let table = Table::new(game, FILLED).ok_or(unfit)?;
    Ok(Run::new(game, options, budget, table).go())
}
