//! The linear check of a game's arrays, and what is derived on the way.

use crate::error::GameError;
use crate::game::{CHANCE, Derived, NO_PARENT, Parts, TERMINAL};

/// How far the probabilities of a draw may sum from 1.
const CHANCE_SUM: f64 = 1e-9;
/// More players than this cannot be held.
const MAX_PLAYERS: usize = 250;

/// Checks everything that [`crate::game`] promises about the arrays.
pub(crate) fn check(parts: &Parts) -> Result<Derived, GameError> {
    check_lengths(parts)?;
    check_sets(parts)?;
    check_nodes(parts)?;
    check_order(parts)?;
    let (set_first_member, members) = collect_members(parts)?;
    let (payoff_min, payoff_max, ends) = payoff_bounds(parts)?;
    let depth = longest_path(parts);
    Ok(Derived {
        set_first_member,
        members,
        payoff_min,
        payoff_max,
        ends,
        depth,
    })
}

/// Checks the numbers of arrays whose other contents keep their promises: probabilities and payoffs. Gives each player's
/// smallest and largest payoff.
pub(crate) fn check_numbers(parts: &Parts) -> Result<(Vec<f64>, Vec<f64>), GameError> {
    let actions = parts.set_first_slot.last().map_or(0, |&last| last as usize);
    for node in 0..parts.set.len() {
        if parts.set[node] == CHANCE {
            let first = parts.first_slot[node] as usize - actions;
            let arity = usize::from(parts.arity[node]);
            check_draw(node, &parts.chance[first..first + arity])?;
        }
    }
    let (low, high, _) = payoff_bounds(parts)?;
    Ok((low, high))
}

fn check_lengths(parts: &Parts) -> Result<(), GameError> {
    let nodes = parts.set.len();
    if nodes == 0 || nodes > (u32::MAX - 2) as usize {
        return Err(GameError::NodeCount(nodes));
    }
    if parts.players.len() >= MAX_PLAYERS {
        return Err(GameError::PlayerCount(parts.players.len()));
    }
    let same = [
        parts.parent.len(),
        parts.first_child.len(),
        parts.first_slot.len(),
        parts.arity.len(),
    ];
    if same.iter().any(|&len| len != nodes) {
        return Err(GameError::Lengths(
            "every array over nodes needs one entry per node",
        ));
    }
    if parts.set_first_slot.len() != parts.set_player.len() + 1 {
        return Err(GameError::Lengths(
            "set_first_slot needs one entry more than set_player",
        ));
    }
    if !parts.players.is_empty() && !parts.payoffs.len().is_multiple_of(parts.players.len()) {
        return Err(GameError::Lengths(
            "payoffs need one value per player in every row",
        ));
    }
    let l = &parts.labels;
    let actions = parts.set_first_slot.last().map_or(0, |&last| last as usize);
    let named = [
        (l.sets.len(), parts.set_player.len()),
        (l.actions.len(), actions),
        (l.chance.len(), parts.chance.len()),
    ];
    if named
        .iter()
        .any(|&(names, things)| names != 0 && names != things)
    {
        return Err(GameError::Lengths(
            "labels need one name per information set, action or chance slot, or none",
        ));
    }
    Ok(())
}

fn check_sets(parts: &Parts) -> Result<(), GameError> {
    if parts.set_first_slot[0] != 0 {
        return Err(GameError::Lengths(
            "the first information set needs to begin at slot 0",
        ));
    }
    for (set, &player) in parts.set_player.iter().enumerate() {
        if usize::from(player) >= parts.players.len() {
            return Err(GameError::Set {
                set,
                what: "its player does not exist",
            });
        }
        if parts.set_first_slot[set + 1] <= parts.set_first_slot[set] {
            return Err(GameError::Set {
                set,
                what: "it has no actions",
            });
        }
    }
    Ok(())
}

fn check_nodes(parts: &Parts) -> Result<(), GameError> {
    let actions = parts.set_first_slot.last().map_or(0, |&last| last as usize);
    let slots = actions + parts.chance.len();
    for node in 0..parts.set.len() {
        let (set, arity) = (parts.set[node], usize::from(parts.arity[node]));
        let first = parts.first_slot[node] as usize;
        let fail = |what| Err(GameError::Node { node, what });
        if (set == TERMINAL) != (arity == 0) {
            return fail("an end has no children, and every other node has some");
        }
        if set == TERMINAL {
            continue;
        }
        if set == CHANCE {
            if first < actions || first + arity > slots {
                return fail("its slots are not slots of chance");
            }
            check_draw(
                node,
                &parts.chance[first - actions..first - actions + arity],
            )?;
            continue;
        }
        let set = set as usize;
        if set >= parts.set_player.len() {
            return fail("its information set does not exist");
        }
        if first != parts.set_first_slot[set] as usize
            || first + arity != parts.set_first_slot[set + 1] as usize
        {
            return fail("its actions are not those of its information set");
        }
    }
    Ok(())
}

fn check_draw(node: usize, probabilities: &[f64]) -> Result<(), GameError> {
    let sum: f64 = probabilities.iter().sum();
    let within = probabilities
        .iter()
        .all(|p| (0.0..=1.0 + CHANCE_SUM).contains(p));
    if within && (sum - 1.0).abs() <= CHANCE_SUM {
        Ok(())
    } else {
        Err(GameError::Chance { node, sum })
    }
}

/// The order of nodes: all children of a node, then the subtree of each child in turn.
fn check_order(parts: &Parts) -> Result<(), GameError> {
    let nodes = parts.set.len();
    if parts.parent[0] != NO_PARENT {
        return Err(GameError::Order { node: 0 });
    }
    for node in 0..nodes {
        let arity = usize::from(parts.arity[node]);
        if arity == 0 {
            continue;
        }
        let first = parts.first_child[node] as usize;
        if first <= node || first + arity > nodes {
            return Err(GameError::Order { node });
        }
        if parts.parent[first..first + arity]
            .iter()
            .any(|&parent| parent as usize != node)
        {
            return Err(GameError::Order { node });
        }
    }
    let mut size = vec![1u32; nodes];
    for node in (1..nodes).rev() {
        let parent = parts.parent[node] as usize;
        if parent >= node {
            return Err(GameError::Order { node });
        }
        size[parent] += size[node];
    }
    if parts.arity[0] != 0 && parts.first_child[0] != 1 || size[0] as usize != nodes {
        return Err(GameError::Order { node: 0 });
    }
    for node in 0..nodes {
        let arity = usize::from(parts.arity[node]);
        if arity == 0 {
            continue;
        }
        let children = parts.first_child[node] as usize..parts.first_child[node] as usize + arity;
        let mut next = children.end;
        for (child, &below) in children.clone().zip(&size[children]) {
            if parts.arity[child] != 0 && parts.first_child[child] as usize != next {
                return Err(GameError::Order { node: child });
            }
            next += below as usize - 1;
        }
    }
    Ok(())
}

fn collect_members(parts: &Parts) -> Result<(Vec<u32>, Vec<u32>), GameError> {
    let sets = parts.set_player.len();
    let mut first = vec![0u32; sets + 1];
    for &set in &parts.set {
        if (set as usize) < sets {
            first[set as usize + 1] += 1;
        }
    }
    for set in 0..sets {
        if first[set + 1] == 0 {
            return Err(GameError::Set {
                set,
                what: "it has no nodes",
            });
        }
        first[set + 1] += first[set];
    }
    let mut next = first.clone();
    let mut members = vec![0u32; first[sets] as usize];
    for (node, &set) in parts.set.iter().enumerate() {
        if (set as usize) < sets {
            let place = &mut next[set as usize];
            members[*place as usize] = node as u32;
            *place += 1;
        }
    }
    Ok((first, members))
}

/// Smallest and largest payoff of every player over the ends, and the number of ends.
fn payoff_bounds(parts: &Parts) -> Result<(Vec<f64>, Vec<f64>, usize), GameError> {
    let players = parts.players.len();
    let mut low = vec![f64::INFINITY; players];
    let mut high = vec![f64::NEG_INFINITY; players];
    let mut ends = 0;
    for node in 0..parts.set.len() {
        if parts.arity[node] != 0 {
            continue;
        }
        ends += 1;
        let row = parts.first_child[node] as usize * players;
        let Some(payoffs) = parts.payoffs.get(row..row + players) else {
            return Err(GameError::Node {
                node,
                what: "its row of payoffs does not exist",
            });
        };
        for (player, &payoff) in payoffs.iter().enumerate() {
            if !payoff.is_finite() {
                return Err(GameError::Payoff { node, player });
            }
            low[player] = low[player].min(payoff);
            high[player] = high[player].max(payoff);
        }
    }
    Ok((low, high, ends))
}

fn longest_path(parts: &Parts) -> usize {
    let mut depth = vec![0u32; parts.set.len()];
    let mut longest = 0;
    for node in 1..parts.set.len() {
        depth[node] = depth[parts.parent[node] as usize] + 1;
        longest = longest.max(depth[node]);
    }
    longest as usize
}
