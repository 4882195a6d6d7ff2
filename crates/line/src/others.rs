//! Other equilibria beside the one that is shown.

use std::time::Duration;

use detente_findings::assemble::Input;
use detente_findings::equilibria::equilibria;
use detente_findings::model::EquilibriaFacts;
use detente_language::diagnostic::Diagnostic;
use detente_solve::search::{Kind, Options, equilibria_beside};
use detente_solve::{Budget, Headway, Status};

/// Nodes and actions up to which a start tries all ways.
const SMALL_NODES: usize = 2_000;
const SMALL_ACTIONS: usize = 250;
/// Least and most starts of such a search; between them, this many divided by the actions, so that it takes about
/// two seconds.
const STARTS: (usize, usize) = (8, 40);
const STARTS_TIMES_ACTIONS: usize = 600;
/// Longest that such a search may take where no limit was given. It rarely comes to that, and the findings say so.
const LONGEST: Duration = Duration::from_secs(10);
/// Nodes up to which larger games are traced from a few random priors without being asked to, and how many.
const MOST_NODES: usize = 100_000;
const PRIORS: usize = 8;
/// Largest relative gain from deviating in an equilibrium that is found.
const TOLERANCE: f64 = 1e-6;

/// How to search.
#[derive(Clone, Copy, Debug)]
pub struct Search {
    /// From how many starts, 0 for not at all; by the size of the game where nothing was said.
    pub starts: Option<usize>,
    /// Longest that solving may take, where that is limited.
    pub limit: Option<Duration>,
    /// Whether to let the search take as long as it takes, so that its result does not depend on the machine.
    pub patient: bool,
    /// Whether the solution that is shown was found with payoffs scaled to their ranges, as the search does.
    pub scaled: bool,
    /// Seed of the starts.
    pub seed: u64,
    /// Threads; the results do not depend on it.
    pub threads: usize,
}

/// Searches for other equilibria, if that is wanted and the solution that is shown is an equilibrium. `watch` is called
/// from any thread with the share that is done and what is being done, and says whether to go on.
///
/// # Errors
/// A query that has no finite value in one of them.
pub fn others(
    input: &Input<'_>,
    search: Search,
    watch: &(dyn Fn(f64, &str) -> bool + Sync),
) -> Result<Option<EquilibriaFacts>, Box<Diagnostic>> {
    let game = &input.expansion.game;
    let limit = search.limit;
    let small = game.nodes() <= SMALL_NODES && game.actions() <= SMALL_ACTIONS;
    let (starts, limit) = match search.starts {
        Some(0) => return Ok(None),
        Some(starts) => (starts, limit),
        None if small => {
            let starts = STARTS_TIMES_ACTIONS / game.actions().max(1);
            (
                starts.clamp(STARTS.0, STARTS.1),
                limit.or((!search.patient).then_some(LONGEST)),
            )
        }
        None if game.nodes() <= MOST_NODES => (PRIORS, limit),
        None => return Ok(None),
    };
    if input.solution.status != Status::Converged || !watch(0.0, "") {
        return Ok(None);
    }
    let options = Options {
        starts,
        seed: search.seed,
        threads: search.threads,
        tolerance: TOLERANCE,
        kind: Kind::Sequential,
        most_actions: if small { SMALL_ACTIONS } else { 0 },
    };
    let watch = |headway: &Headway<'_>| watch(headway.done.unwrap_or(0.0), headway.words);
    let principal = Some(input.solution).filter(|_| search.scaled);
    let found = equilibria_beside(game, principal, &options, &Budget::new(limit, &watch));
    found
        .ok()
        .map(|found| equilibria(input, &found))
        .transpose()
}
