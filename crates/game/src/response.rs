//! Best responses of one player against the others.

use std::ops::Range;

use crate::game::{Game, TERMINAL};
use crate::order::player_recalls;
use crate::profile::Profile;

/// What one player can get at most against the others' strategies.
#[derive(Clone, Debug, PartialEq)]
pub struct BestResponse {
    /// Its expected payoff, in its own units.
    pub value: f64,
    /// Per information set the best action (0 for the first), 0 at those of other players.
    pub actions: Vec<u16>,
}

/// Best response of a player with perfect recall, by backward induction over its own information sets,
/// latest first, each weighed by the probability with which chance and the others lead there.
///
/// # Errors
/// The information set where the player forgets: without perfect recall this induction does not hold.
pub fn best_response(game: &Game, profile: &Profile, player: usize) -> Result<BestResponse, usize> {
    let before = player_recalls(game, player)?;
    let mut search = Search::new(game, profile, player);
    for set in own_sets_latest_first(game, player, &before) {
        search.decide(set);
    }
    let value = search.value(0..1)[0];
    Ok(BestResponse {
        value,
        actions: search.actions,
    })
}

/// Information sets of a player, those with more own choices before them first.
fn own_sets_latest_first(game: &Game, player: usize, before: &[u32]) -> Vec<usize> {
    let owner = |set: usize| usize::from(game.set_player()[set]) == player;
    let mut set_of_slot = vec![0u32; game.actions()];
    for set in 0..game.sets() {
        set_of_slot[game.slots(set)].fill(set as u32);
    }
    let mut depth = vec![u32::MAX; game.sets()];
    let mut chain = Vec::new();
    for set in (0..game.sets()).filter(|&set| owner(set)) {
        let mut at = set;
        while depth[at] == u32::MAX {
            chain.push(at);
            match set_of_slot.get(before[at] as usize) {
                Some(&earlier) => at = earlier as usize,
                None => break,
            }
        }
        let known = depth[at];
        let mut next = if known == u32::MAX { 0 } else { known + 1 };
        while let Some(link) = chain.pop() {
            depth[link] = next;
            next += 1;
        }
    }
    let mut sets: Vec<usize> = (0..game.sets()).filter(|&set| owner(set)).collect();
    sets.sort_by_key(|&set| (std::cmp::Reverse(depth[set]), set));
    sets
}

struct Search<'a> {
    game: &'a Game,
    player: usize,
    edges: Vec<f64>,
    /// Probability with which chance and the others lead to a node.
    weight: Vec<f64>,
    /// Value of a decided node of the player.
    decided: Vec<f64>,
    actions: Vec<u16>,
    /// Nodes of the part of the tree being valued, parents first, and the value of each.
    list: Vec<u32>,
    part: Vec<f64>,
}

impl<'a> Search<'a> {
    fn new(game: &'a Game, profile: &Profile, player: usize) -> Search<'a> {
        let edges = profile.edges(game);
        let mut weight = vec![1.0; game.nodes()];
        for node in 0..game.nodes() {
            let set = game.set()[node] as usize;
            let own = set < game.sets() && usize::from(game.set_player()[set]) == player;
            let slot = game.first_slot()[node] as usize;
            let here = weight[node];
            for (k, child) in game.children(node).enumerate() {
                weight[child] = if own { here } else { here * edges[slot + k] };
            }
        }
        let decided = vec![0.0; game.nodes()];
        let actions = vec![0; game.sets()];
        Search {
            game,
            player,
            edges,
            weight,
            decided,
            actions,
            list: Vec::new(),
            part: Vec::new(),
        }
    }

    /// Chooses at an information set below which everything is decided.
    fn decide(&mut self, set: usize) {
        let game = self.game;
        let nodes = &game.members()[game.member_range(set)];
        let mut totals = vec![0.0; game.slots(set).len()];
        let mut rows = Vec::with_capacity(nodes.len() * totals.len());
        for &node in nodes {
            let weight = self.weight[node as usize];
            let row = self.value(game.children(node as usize));
            for (total, value) in totals.iter_mut().zip(&row) {
                *total += weight * value;
            }
            rows.extend(row);
        }
        let mut best = 0;
        for (action, total) in totals.iter().enumerate() {
            if *total > totals[best] {
                best = action;
            }
        }
        self.actions[set] = best as u16;
        for (place, &node) in nodes.iter().enumerate() {
            self.decided[node as usize] = rows[place * totals.len() + best];
        }
    }

    /// Values of neighbouring nodes, down to ends and to decided nodes of the player.
    fn value(&mut self, roots: Range<usize>) -> Vec<f64> {
        let game = self.game;
        self.list.clear();
        self.list.extend(roots.clone().map(|node| node as u32));
        let mut at = 0;
        while at < self.list.len() {
            let node = self.list[at] as usize;
            if !self.own(node) {
                self.list
                    .extend(game.children(node).map(|child| child as u32));
            }
            at += 1;
        }
        self.part.clear();
        self.part.resize(self.list.len(), 0.0);
        let mut next = self.list.len();
        for at in (0..self.list.len()).rev() {
            let node = self.list[at] as usize;
            self.part[at] = if self.own(node) {
                self.decided[node]
            } else if game.set()[node] == TERMINAL {
                game.payoffs_at(node)[self.player]
            } else {
                let slot = game.first_slot()[node] as usize;
                let arity = usize::from(game.arity()[node]);
                next -= arity;
                (0..arity)
                    .map(|k| self.edges[slot + k] * self.part[next + k])
                    .sum()
            };
        }
        self.part[..roots.len()].to_vec()
    }

    fn own(&self, node: usize) -> bool {
        let set = self.game.set()[node] as usize;
        set < self.game.sets() && usize::from(self.game.set_player()[set]) == self.player
    }
}
