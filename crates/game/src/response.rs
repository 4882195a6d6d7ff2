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
    Ok(Responder::new(game, player)?.respond(&profile.edges(game)))
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

/// One player's best responses in a game, to one profile after another: in which order everything is decided depends on the
/// game alone.
pub struct Responder<'a> {
    game: &'a Game,
    player: usize,
    /// Whether a node is the player's.
    own: Vec<bool>,
    /// The player's information sets, latest first, each with the place in `inner` up to which all below it is valued.
    sets: Vec<(u32, u32)>,
    /// Nodes of chance and of the others, each after all below it that is not below a later decision of the player.
    inner: Vec<u32>,
    /// Per node the probability with which chance and the others lead there.
    weight: Vec<f64>,
    /// Per node what it is worth to the player: at ends the payoff, elsewhere as it was worked out last.
    worth: Vec<f64>,
}

impl<'a> Responder<'a> {
    /// A player of a game.
    ///
    /// # Errors
    /// The information set where the player forgets.
    pub fn new(game: &'a Game, player: usize) -> Result<Responder<'a>, usize> {
        let before = player_recalls(game, player)?;
        let owner = |node: usize| {
            let set = game.set()[node] as usize;
            set < game.sets() && usize::from(game.set_player()[set]) == player
        };
        let worth = (0..game.nodes()).map(|node| match game.set()[node] {
            TERMINAL => game.payoffs_at(node)[player],
            _ => 0.0,
        });
        let mut responder = Responder {
            game,
            player,
            own: (0..game.nodes()).map(owner).collect(),
            sets: Vec::new(),
            inner: Vec::new(),
            weight: vec![1.0; game.nodes()],
            worth: worth.collect(),
        };
        let mut list = Vec::new();
        for set in own_sets_latest_first(game, player, &before) {
            for &node in &game.members()[game.member_range(set)] {
                responder.below(game.children(node as usize), &mut list);
            }
            let valued = responder.inner.len() as u32;
            responder.sets.push((set as u32, valued));
        }
        responder.below(0..1, &mut list);
        Ok(responder)
    }

    /// Notes in which order neighbouring nodes are valued, down to ends and to the player's own. `list` is room to work in.
    fn below(&mut self, roots: Range<usize>, list: &mut Vec<u32>) {
        list.clear();
        list.extend(roots.map(|node| node as u32));
        let mut at = 0;
        while let Some(&node) = list.get(at) {
            if !self.own[node as usize] {
                let children = self.game.children(node as usize);
                list.extend(children.map(|child| child as u32));
            }
            at += 1;
        }
        let inner = |node: &u32| {
            let node = *node as usize;
            !self.own[node] && self.game.set()[node] != TERMINAL
        };
        self.inner.extend(list.iter().rev().copied().filter(inner));
    }

    /// The player's best response to a profile, by its probability of every edge ([`Profile::edges`]).
    pub fn respond(&mut self, edges: &[f64]) -> BestResponse {
        self.weigh(edges);
        let mut actions = vec![0; self.game.sets()];
        let mut valued = 0;
        for at in 0..self.sets.len() {
            let (set, until) = self.sets[at];
            self.value(valued..until as usize, edges);
            valued = until as usize;
            actions[set as usize] = self.decide(set as usize);
        }
        self.value(valued..self.inner.len(), edges);
        BestResponse {
            value: self.worth.first().copied().unwrap_or(0.0),
            actions,
        }
    }

    /// How likely chance and the others lead to each node.
    fn weigh(&mut self, edges: &[f64]) {
        let game = self.game;
        for node in 0..game.nodes() {
            let slot = game.first_slot()[node] as usize;
            let here = self.weight[node];
            for (k, child) in game.children(node).enumerate() {
                self.weight[child] = match self.own[node] {
                    true => here,
                    false => here * edges[slot + k],
                };
            }
        }
    }

    /// Values nodes of chance and of the others.
    fn value(&mut self, places: Range<usize>, edges: &[f64]) {
        let game = self.game;
        for &node in &self.inner[places] {
            let slot = game.first_slot()[node as usize] as usize;
            let children = game.children(node as usize).enumerate();
            let worth = children.map(|(k, child)| edges[slot + k] * self.worth[child]);
            self.worth[node as usize] = worth.sum();
        }
    }

    /// Chooses at an information set below which everything is valued.
    fn decide(&mut self, set: usize) -> u16 {
        let game = self.game;
        debug_assert_eq!(usize::from(game.set_player()[set]), self.player);
        let nodes = &game.members()[game.member_range(set)];
        let total = |action: usize| -> f64 {
            let worth = nodes.iter().map(|&node| {
                let child = game.children(node as usize).start + action;
                self.weight[node as usize] * self.worth[child]
            });
            worth.sum()
        };
        let (mut best, mut most) = (0, total(0));
        for action in 1..game.slots(set).len() {
            let total = total(action);
            if total > most {
                (best, most) = (action, total);
            }
        }
        for &node in nodes {
            self.worth[node as usize] = self.worth[game.children(node as usize).start + best];
        }
        best as u16
    }
}
