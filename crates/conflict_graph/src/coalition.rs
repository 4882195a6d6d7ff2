//! Coalitions: blocks of actors that act as one, states that no coalition would leave, and equilibria that one does.

use std::collections::HashSet;

use crate::analysis::{self, Analysis, run};
use crate::bits::StateSet;
use crate::concept::{Concept, Countermoves, MOST_ONCE, Settings};
use crate::conflict::Conflict;
use crate::error::{GraphError, present};
use crate::players::{Others, Player, check_size};

/// The most actors of whom all coalitions are looked at.
pub const MOST_IN_COALITIONS: usize = 6;

/// Judges every state for blocks of actors that act as one. A block moves by sequences of its members' moves, in which
/// nobody moves twice in a row; it moves only to where every member is better off (its coalition improvements), and is
/// deterred by what deters one member. Answers come from the other blocks. In the result, "actors" are the blocks.
///
/// # Errors
/// Blocks that are not a partition of the actors; a concept other than Nash, the two of metarationality and the two
/// of sequential stability; and as for [`crate::analyse`] where preferences are not complete orders.
pub fn analyse_blocks(
    conflict: &Conflict,
    blocks: &[Vec<usize>],
    concepts: &[Concept],
    settings: &Settings,
) -> Result<Analysis, GraphError> {
    check(conflict, concepts, settings)?;
    check_partition(conflict, blocks)?;
    let size = conflict.size();
    let players = run(blocks.len(), settings.threads, |block| {
        Player::new(conflict, &blocks[block], settings.reading)
    });
    let per_block = run(blocks.len(), settings.threads, |block| {
        let others = players.iter().enumerate().filter(|(k, _)| *k != block);
        let others: Vec<&Player> = others.map(|(_, player)| player).collect();
        let others = Others::new(&others, &others, settings.countermoves, size);
        let stable = |concept: &Concept| players[block].stable(*concept, &others, size);
        concepts.iter().map(stable).collect::<Vec<_>>()
    });
    let stable = (0..concepts.len())
        .map(|c| per_block.iter().map(|sets| sets[c].clone()).collect())
        .collect();
    Ok(Analysis::new(concepts, stable, size))
}

/// Judges every state for every coalition, single actors among them (Inohara and Hipel 2008): a state is coalitionally
/// stable if no coalition has a coalition improvement that the others leave unanswered. The others answer by any moves
/// (metarationality) or by coalition improvements of any coalitions among them (sequential stability). In the result,
/// "actors" are the coalitions, in the order of their numbers: coalition c has actor i if bit i of c + 1 is set; the
/// equilibria are the states that are stable for all of them.
///
/// # Errors
/// More than [`MOST_IN_COALITIONS`] actors; otherwise as for [`analyse_blocks`].
pub fn analyse_coalitions(
    conflict: &Conflict,
    concepts: &[Concept],
    settings: &Settings,
) -> Result<Analysis, GraphError> {
    check(conflict, concepts, settings)?;
    let actors = few_actors(conflict)?;
    if settings.countermoves == Countermoves::Once && 1 << (actors - 1) > MOST_ONCE {
        return Err(GraphError::TooMany {
            what: "coalitions of others of which each moves at most once".to_owned(),
            found: 1 << (actors - 1),
            limit: MOST_ONCE,
            mend: "let them move in sequences",
        });
    }
    let size = conflict.size();
    let coalitions = (1 << actors) - 1;
    let players = run(coalitions, settings.threads, |c| {
        Player::new(conflict, &members(c + 1), settings.reading)
    });
    let per_coalition = run(coalitions, settings.threads, |c| {
        let apart = |other: &usize| (other + 1) & (c + 1) == 0;
        let careful = (0..coalitions).filter(apart);
        let free = careful
            .clone()
            .filter(|other| (other + 1).is_power_of_two());
        let free: Vec<&Player> = free.map(|other| &players[other]).collect();
        let careful: Vec<&Player> = careful.map(|other| &players[other]).collect();
        let others = Others::new(&free, &careful, settings.countermoves, size);
        let stable = |concept: &Concept| players[c].stable(*concept, &others, size);
        concepts.iter().map(stable).collect::<Vec<_>>()
    });
    let stable = (0..concepts.len())
        .map(|c| per_coalition.iter().map(|sets| sets[c].clone()).collect())
        .collect();
    Ok(Analysis::new(concepts, stable, size))
}

/// A way in which a coalition leaves a state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Departure {
    /// Its members.
    pub members: Vec<usize>,
    /// The state left.
    pub from: usize,
    /// The state reached, which every member likes better.
    pub to: usize,
}

/// From which of these states (equilibria, say) a coalition can go to which others of them, to the gain of all its
/// members: such equilibria are not coalitionally stable (Kilgour, Hipel, Fang and Peng 2001). Of coalitions that go
/// the same way the smallest are named.
///
/// # Errors
/// More than [`MOST_IN_COALITIONS`] actors, or too many states.
pub fn departures(
    conflict: &Conflict,
    states: &StateSet,
    settings: &Settings,
) -> Result<Vec<Departure>, GraphError> {
    check(conflict, &[], settings)?;
    let actors = few_actors(conflict)?;
    let coalitions = (1 << actors) - 1;
    let ways = run(coalitions, settings.threads, |c| {
        let player = Player::new(conflict, &members(c + 1), settings.reading);
        let from = |from: usize| {
            let to = player.temptations(from).filter(|to| states.contains(*to));
            to.map(|to| (from, to)).collect::<Vec<_>>()
        };
        states.iter().flat_map(from).collect::<Vec<_>>()
    });
    let mut found: Vec<(usize, Departure)> = Vec::new();
    let mut by_size: Vec<usize> = (1..=coalitions).collect();
    by_size.sort_by_key(|c| (c.count_ones(), *c));
    for c in by_size {
        for (from, to) in &ways[c - 1] {
            let same = |(smaller, way): &(usize, Departure)| {
                way.from == *from && way.to == *to && smaller & c == *smaller
            };
            if !found.iter().any(same) {
                let departure = Departure {
                    members: members(c),
                    from: *from,
                    to: *to,
                };
                found.push((c, departure));
            }
        }
    }
    let mut found: Vec<Departure> = found.into_iter().map(|(_, way)| way).collect();
    found.sort_by_key(|way| (way.from, way.to));
    Ok(found)
}

fn members(coalition: usize) -> Vec<usize> {
    (0..usize::BITS as usize)
        .filter(|i| coalition >> i & 1 == 1)
        .collect()
}

fn few_actors(conflict: &Conflict) -> Result<usize, GraphError> {
    let actors = conflict.actors().len();
    if actors <= MOST_IN_COALITIONS {
        return Ok(actors);
    }
    Err(GraphError::TooMany {
        what: "actors of whom all coalitions are looked at".to_owned(),
        found: actors,
        limit: MOST_IN_COALITIONS,
        mend: "name the blocks that act as one",
    })
}

fn check(conflict: &Conflict, concepts: &[Concept], settings: &Settings) -> Result<(), GraphError> {
    check_size(conflict)?;
    analysis::check(conflict, concepts, settings)?;
    let fits = |concept: &&Concept| {
        let far = matches!(concept, Concept::Limited(_) | Concept::NonMyopic);
        far || **concept == Concept::Simultaneous
    };
    match concepts.iter().find(fits) {
        None => Ok(()),
        Some(concept) => Err(GraphError::Unanswerable {
            question: format!("{} stability of coalitions", concept.name()),
            why: "it is defined for single actors".to_owned(),
            mend: "ask for Nash, metarational or sequential stability",
        }),
    }
}

fn check_partition(conflict: &Conflict, blocks: &[Vec<usize>]) -> Result<(), GraphError> {
    let mut seen = HashSet::new();
    for actor in blocks.iter().flatten() {
        let actor = present("the blocks", "actor", *actor, conflict.actors().len())?;
        if !seen.insert(actor) {
            let name = conflict.actors()[actor].clone();
            let what = "members of blocks";
            return Err(GraphError::Twice { name, what });
        }
    }
    let missing = (0..conflict.actors().len()).find(|actor| !seen.contains(actor));
    if let Some(actor) = missing {
        return Err(GraphError::Unanswerable {
            question: "stability for blocks".to_owned(),
            why: format!("{} is in no block", conflict.actors()[actor]),
            mend: "give every actor a block, alone if need be",
        });
    }
    if blocks.iter().any(Vec::is_empty) {
        let what = "members in a block";
        return Err(GraphError::Empty { what });
    }
    Ok(())
}
