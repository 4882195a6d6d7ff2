//! How much doubt to explore.

use detente_game::Game;

/// How many points are solved, and for what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Draws of all numbers together.
    pub draws: usize,
    /// Most ends of ranges to which numbers are set one at a time. Where they are fewer than all numbers have, those
    /// numbers are taken that matter most in the draws.
    pub ends: usize,
    /// Most points on the search for tipping points.
    pub tipping: usize,
    /// Seed of everything that is drawn.
    pub seed: u64,
    /// Threads; the results do not depend on it.
    pub threads: usize,
}

/// What the size of a game costs to solve again, in units of a node: a share that every game has, its nodes, and much
/// more for each information set, since unknowns are what the solver works on.
const FIXED: usize = 43_000;
const SET: usize = 133;
/// What all points may cost together: about a minute on two cores, more where branches wind.
const COST: usize = 26_000_000;
/// Fewest and most points, whatever the size of the game.
const POINTS: (usize, usize) = (80, 500);

impl Plan {
    /// A plan for a game of this size, the same on every machine. `draws` overrides the number of draws.
    #[must_use]
    pub fn modest(game: &Game, draws: Option<usize>, seed: u64, threads: usize) -> Plan {
        let cost = FIXED + game.nodes() + SET * game.sets();
        let points = (COST / cost).clamp(POINTS.0, POINTS.1);
        Plan {
            draws: draws.unwrap_or(points * 45 / 100),
            ends: points * 35 / 100,
            tipping: points / 5,
            seed,
            threads,
        }
    }

    /// Both ends of every range, and nothing else.
    #[must_use]
    pub fn ends_only(seed: u64, threads: usize) -> Plan {
        Plan {
            draws: 0,
            ends: usize::MAX,
            tipping: 0,
            seed,
            threads,
        }
    }
}
