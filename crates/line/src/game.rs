//! From a story to its game, and how large it may grow.

use detente_expand::{ExpandError, Expansion, Limits, expand};
use detente_language::eval::Settings;

use crate::{Fault, Story};

/// Largest relative gain from deviating in an equilibrium, where nothing else is asked for.
pub const TOLERANCE: f64 = 1e-4;
/// Most nodes that a game may have, where nothing else is asked for.
pub const MOST_NODES: usize = 20_000_000;

/// How large a game may grow.
#[must_use]
pub fn limits(nodes: usize) -> Limits {
    Limits {
        nodes,
        bytes: memory_at_hand(),
    }
}

/// The game of a story. `watch` is called with the nodes that there are and those expected, and says whether to go on.
///
/// # Errors
/// What shows only on a path; limits; an interruption.
pub fn expansion(
    story: &Story,
    settings: &Settings,
    limits: Limits,
    watch: &mut dyn FnMut(usize, f64) -> bool,
) -> Result<Expansion, Fault> {
    let expanded = expand(&story.scenario, settings, limits, watch);
    expanded.map_err(|error| expand_fault(story, error))
}

/// Why a story has no game.
#[must_use]
pub fn expand_fault(story: &Story, error: ExpandError) -> Fault {
    match error {
        ExpandError::Scenario(diagnostic) => story.fault(&diagnostic),
        ExpandError::Limit(diagnostic) => Fault::Told {
            diagnostics: vec![*diagnostic],
            sources: Box::new(story.sources.clone()),
            limit: true,
        },
        ExpandError::Interrupted(_) | ExpandError::Game(_) => Fault::Limit(error.to_string()),
    }
}

/// Memory that can be had without swapping, where the system tells.
#[must_use]
pub fn memory_at_hand() -> Option<u64> {
    let text = std::fs::read_to_string("/proc/meminfo").ok()?;
    let line = text
        .lines()
        .find(|line| line.starts_with("MemAvailable:"))?;
    let kibibytes: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kibibytes * 1024)
}

/// Threads to use: those asked for, else all.
#[must_use]
pub fn threads(asked: Option<usize>) -> usize {
    asked
        .or_else(|| std::thread::available_parallelism().ok().map(usize::from))
        .unwrap_or(1)
        .max(1)
}
