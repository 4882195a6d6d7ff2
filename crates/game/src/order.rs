//! Orders of information sets in time, and perfect recall.

use crate::game::{Game, NO_PARENT};

/// An order of the information sets along which every path only rises, where there is one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Schedule {
    /// Information sets, earlier ones first. Where the game is not timeable, those that have no place in
    /// time follow at the end.
    pub order: Vec<u32>,
    /// Per information set: longest chain of information sets before it; `u32::MAX` without a place in time.
    pub level: Vec<u32>,
    /// Whether all information sets have a place in time.
    pub timeable: bool,
}

/// The nearest decision node above each node (the node itself excluded), [`NO_PARENT`] where there is none.
pub fn decision_above(game: &Game) -> Vec<u32> {
    let sets = game.sets();
    let mut above = vec![NO_PARENT; game.nodes()];
    for node in 1..game.nodes() {
        let parent = game.parent()[node];
        let decides = (game.set()[parent as usize] as usize) < sets;
        above[node] = if decides {
            parent
        } else {
            above[parent as usize]
        };
    }
    above
}

/// Orders the information sets in time (Kahn 1962), level by level and by number within a level.
pub fn schedule(game: &Game) -> Schedule {
    let sets = game.sets();
    let above = decision_above(game);
    let mut waits = vec![0u32; sets];
    let mut edges: Vec<(u32, u32)> = Vec::new();
    for &node in game.members() {
        let before = above[node as usize];
        if before != NO_PARENT {
            edges.push((game.set()[before as usize], game.set()[node as usize]));
        }
    }
    edges.sort_unstable();
    edges.dedup();
    for &(_, later) in &edges {
        waits[later as usize] += 1;
    }
    let first = |set: u32| edges.partition_point(|&(earlier, _)| earlier < set);
    let mut level = vec![u32::MAX; sets];
    let mut order: Vec<u32> = (0..sets as u32)
        .filter(|&set| waits[set as usize] == 0)
        .collect();
    let mut begin = 0;
    let mut now = 0;
    while begin < order.len() {
        let end = order.len();
        for place in begin..end {
            let set = order[place];
            level[set as usize] = now;
            for &(_, later) in &edges[first(set)..first(set + 1)] {
                waits[later as usize] -= 1;
                if waits[later as usize] == 0 {
                    order.push(later);
                }
            }
        }
        order[end..].sort_unstable();
        begin = end;
        now += 1;
    }
    let timeable = order.len() == sets;
    order.extend((0..sets as u32).filter(|&set| level[set as usize] == u32::MAX));
    Schedule {
        order,
        level,
        timeable,
    }
}

/// Whether every player has perfect recall: at all nodes of an information set its player has made the same
/// choices at the same information sets before. `Err` names an information set where a player forgets.
pub fn perfect_recall(game: &Game) -> Result<(), usize> {
    (0..game.players()).try_for_each(|player| player_recalls(game, player).map(|_| ()))
}

/// Per information set the slot of the last choice that its player made before, `u32::MAX` for none, for the
/// information sets of one player (others keep `u32::MAX`). `Err` names one where the player forgets.
pub fn player_recalls(game: &Game, player: usize) -> Result<Vec<u32>, usize> {
    const NONE: u32 = u32::MAX;
    const UNSEEN: u32 = u32::MAX - 1;
    let mut last_choice = vec![NONE; game.nodes()];
    let mut before = vec![UNSEEN; game.sets()];
    for node in 0..game.nodes() {
        let set = game.set()[node] as usize;
        let own = set < game.sets() && usize::from(game.set_player()[set]) == player;
        if own {
            if before[set] == UNSEEN {
                before[set] = last_choice[node];
            } else if before[set] != last_choice[node] {
                return Err(set);
            }
        }
        for (k, child) in game.children(node).enumerate() {
            last_choice[child] = if own {
                game.first_slot()[node] + k as u32
            } else {
                last_choice[node]
            };
        }
    }
    for slot in &mut before {
        if *slot == UNSEEN {
            *slot = NONE;
        }
    }
    Ok(before)
}
