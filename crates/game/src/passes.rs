//! Linear passes over the tree: reach probabilities, beliefs, expected values, values of actions.

use crate::game::{Game, TERMINAL};
use crate::profile::Profile;

/// Probability that play comes through each node.
///
/// Products of many small probabilities may underflow to 0 here; [`log_reach`] keeps them.
pub fn reach(game: &Game, profile: &Profile) -> Vec<f64> {
    let edges = profile.edges(game);
    let mut reach = vec![0.0; game.nodes()];
    reach[0] = 1.0;
    for node in 0..game.nodes() {
        let here = reach[node];
        let slot = game.first_slot()[node] as usize;
        let children = game.children(node);
        for (k, child) in children.enumerate() {
            reach[child] = here * edges[slot + k];
        }
    }
    reach
}

/// Probability that play comes through each information set (the sum over its nodes).
pub fn set_reach(game: &Game, reach: &[f64]) -> Vec<f64> {
    (0..game.sets())
        .map(|set| {
            game.members()[game.member_range(set)]
                .iter()
                .map(|&node| reach[node as usize])
                .sum()
        })
        .collect()
}

/// Reach probabilities in a form that never underflows: a number of impossible edges and the logarithm of
/// the product of all others.
#[derive(Clone, Debug, PartialEq)]
pub struct LogReach {
    /// Per node: natural logarithm of the product of the positive probabilities on its path.
    pub log: Vec<f64>,
    /// Per node: how many edges of probability 0 lie on its path, where one of chance counts for more than all of
    /// players together; empty where there are none in the game.
    pub zeros: Vec<u32>,
}

/// What an impossible draw counts for among edges of probability 0: players may err, chance does not.
const NEVER: u32 = 1 << 16;

/// Reach probabilities as [`LogReach`].
pub fn log_reach(game: &Game, profile: &Profile) -> LogReach {
    let mut logs = profile.logs().to_vec();
    let drawn = logs.len();
    logs.extend(game.chance().iter().map(|p| p.ln()));
    let impossible = logs.contains(&f64::NEG_INFINITY);
    let mut log = vec![0.0; game.nodes()];
    let mut zeros = if impossible {
        vec![0u32; game.nodes()]
    } else {
        Vec::new()
    };
    for node in 0..game.nodes() {
        let here = log[node];
        let slot = game.first_slot()[node] as usize;
        for (k, child) in game.children(node).enumerate() {
            let edge = logs[slot + k];
            if edge == f64::NEG_INFINITY {
                log[child] = here;
                let weight = if slot < drawn { 1 } else { NEVER };
                zeros[child] = zeros[node].saturating_add(weight);
            } else {
                log[child] = here + edge;
                if impossible {
                    zeros[child] = zeros[node];
                }
            }
        }
    }
    LogReach { log, zeros }
}

/// Beliefs: at every information set the probability of each of its nodes, given that it is reached. In the
/// order of [`Game::members`].
///
/// Where an information set has reach 0, the beliefs are the limit of those that hold when every action of
/// probability 0 gets the same vanishing probability ε: nodes with more such actions on their path than others
/// get 0, the rest are weighed by their other edges. These beliefs are consistent in the sense of Kreps and
/// Wilson (1982). Nodes behind a draw of probability 0 get a belief only where all nodes of the set lie behind one.
pub fn beliefs(game: &Game, profile: &Profile) -> Vec<f64> {
    beliefs_from(game, &log_reach(game, profile))
}

/// [`beliefs`] from reach probabilities at hand.
pub fn beliefs_from(game: &Game, reach: &LogReach) -> Vec<f64> {
    let mut beliefs = vec![0.0; game.members().len()];
    for set in 0..game.sets() {
        let range = game.member_range(set);
        let nodes = &game.members()[range.clone()];
        let here = &mut beliefs[range];
        let zeros = |node: u32| reach.zeros.get(node as usize).copied().unwrap_or(0);
        let fewest = nodes.iter().map(|&node| zeros(node)).min().unwrap_or(0);
        let top = nodes
            .iter()
            .filter(|&&node| zeros(node) == fewest)
            .map(|&node| reach.log[node as usize])
            .fold(f64::NEG_INFINITY, f64::max);
        let mut sum = 0.0;
        for (belief, &node) in here.iter_mut().zip(nodes) {
            if zeros(node) == fewest {
                *belief = (reach.log[node as usize] - top).exp();
                sum += *belief;
            }
        }
        for belief in here {
            *belief /= sum;
        }
    }
    beliefs
}

/// Expected payoffs of all players at every node, given that it is reached: row `node`, one value per player.
pub fn values(game: &Game, profile: &Profile) -> Vec<f64> {
    let edges = profile.edges(game);
    let players = game.players();
    let mut values = vec![0.0; game.nodes() * players];
    for node in (0..game.nodes()).rev() {
        let (rows, below) = values.split_at_mut((node + 1) * players);
        let row = &mut rows[node * players..];
        if game.set()[node] == TERMINAL {
            row.copy_from_slice(game.payoffs_at(node));
            continue;
        }
        let slot = game.first_slot()[node] as usize;
        for (k, child) in game.children(node).enumerate() {
            let p = edges[slot + k];
            let at = (child - node - 1) * players;
            for (value, &next) in row.iter_mut().zip(&below[at..at + players]) {
                *value += p * next;
            }
        }
    }
    values
}

/// Expected payoff of every player at the root.
pub fn expected(game: &Game, profile: &Profile) -> Vec<f64> {
    let mut values = values(game, profile);
    values.truncate(game.players());
    values
}

/// What each action is worth to the player who chooses, given that its information set is reached:
/// u_h(a) = Σ_x μ(x) V(child of x by a), with beliefs μ and values V of this profile. Per action slot, in the
/// player's own units.
pub fn action_values(game: &Game, beliefs: &[f64], values: &[f64]) -> Vec<f64> {
    let players = game.players();
    let mut worth = vec![0.0; game.actions()];
    for set in 0..game.sets() {
        let player = usize::from(game.set_player()[set]);
        let here = &mut worth[game.slots(set)];
        for place in game.member_range(set) {
            let node = game.members()[place] as usize;
            let belief = beliefs[place];
            for (value, child) in here.iter_mut().zip(game.children(node)) {
                *value += belief * values[child * players + player];
            }
        }
    }
    worth
}
