//! What players can get, and can get by deviating, while some choices are still open.
//!
//! Two linear passes over the tree. With everything decided they give the values of the profile and of the
//! best responses; with choices open, a bound above the one and a bound below the other, so that a search may
//! give up as soon as a player surely gains by deviating.

use detente_game::Game;
use detente_game::game::{CHANCE, TERMINAL};
use detente_game::order::player_recalls;

use crate::weighted::{Number, Weighted};

/// In a list of choices: nothing is decided at the information set.
pub(super) const OPEN: u16 = u16::MAX;

/// Nodes and information sets of one player that lie behind the same number of its own choices.
#[derive(Clone, Debug, Default)]
struct Level {
    /// The player's information sets.
    sets: Vec<u32>,
    /// Nodes at which the player does not decide, children before parents.
    nodes: Vec<u32>,
}

/// The passes and their memory.
pub(super) struct Bounds<'a, T> {
    game: &'a Game,
    weighted: &'a Weighted<T>,
    /// Per player, earliest level first.
    levels: Vec<Vec<Level>>,
    values: Vec<T>,
    own: Vec<T>,
    allowed: Vec<bool>,
}

impl<'a, T: Number> Bounds<'a, T> {
    /// Prepares the passes; `Err` names an information set where a player forgets.
    pub(super) fn new(game: &'a Game, weighted: &'a Weighted<T>) -> Result<Bounds<'a, T>, usize> {
        let levels = (0..game.players())
            .map(|player| levels(game, player))
            .collect::<Result<_, _>>()?;
        Ok(Bounds {
            game,
            weighted,
            levels,
            values: vec![T::zero(); game.nodes() * game.players()],
            own: vec![T::zero(); game.nodes()],
            allowed: vec![true; game.nodes()],
        })
    }

    /// The most that every player can get if all play as decided and as the player wishes elsewhere.
    pub(super) fn at_most(&mut self, choices: &[u16]) -> &[T] {
        let (game, players) = (self.game, self.game.players());
        for node in (0..game.nodes()).rev() {
            let (upper, below) = self.values.split_at_mut((node + 1) * players);
            let row = &mut upper[node * players..];
            let set = game.set()[node];
            if set == TERMINAL {
                row.clone_from_slice(&self.weighted.payoffs[node * players..][..players]);
                continue;
            }
            let children = game.children(node);
            let at = |child: usize| (child - node - 1) * players;
            if set == CHANCE {
                row.fill(T::zero());
                for child in children {
                    for (sum, value) in row.iter_mut().zip(&below[at(child)..]) {
                        *sum += value;
                    }
                }
            } else if choices[set as usize] != OPEN {
                let child = children.start + usize::from(choices[set as usize]);
                row.clone_from_slice(&below[at(child)..][..players]);
            } else {
                row.clone_from_slice(&below[at(children.start)..][..players]);
                for child in children.skip(1) {
                    for (most, value) in row.iter_mut().zip(&below[at(child)..]) {
                        if value > most {
                            most.clone_from(value);
                        }
                    }
                }
            }
        }
        &self.values[..players]
    }

    /// A row of players per node, as [`Bounds::at_most`] left them.
    pub(super) fn values(&self) -> &[T] {
        &self.values
    }

    /// What a player gets at least by the best deviation, however the others decide what they have left open.
    pub(super) fn deviating(&mut self, player: usize, choices: &[u16]) -> &T {
        self.allow(player, choices);
        for level in (0..self.levels[player].len()).rev() {
            for at in 0..self.levels[player][level].sets.len() {
                self.decide(self.levels[player][level].sets[at] as usize);
            }
            for at in 0..self.levels[player][level].nodes.len() {
                let node = self.levels[player][level].nodes[at] as usize;
                self.own[node] = self.others_value(node, player, choices);
            }
        }
        &self.own[0]
    }

    /// Which nodes the decided choices of the others lead to.
    fn allow(&mut self, player: usize, choices: &[u16]) {
        let game = self.game;
        for node in 0..game.nodes() {
            let set = game.set()[node] as usize;
            let other = set < game.sets() && usize::from(game.set_player()[set]) != player;
            let chosen = if other { choices[set] } else { OPEN };
            let here = self.allowed[node];
            for (k, child) in game.children(node).enumerate() {
                self.allowed[child] = here && (chosen == OPEN || usize::from(chosen) == k);
            }
        }
    }

    /// The deviating player chooses at an information set behind which everything is valued.
    fn decide(&mut self, set: usize) {
        let game = self.game;
        let nodes = &game.members()[game.member_range(set)];
        let mut best: Option<(T, usize)> = None;
        for action in 0..game.slots(set).len() {
            let mut worth = T::zero();
            for &node in nodes.iter().filter(|&&node| self.allowed[node as usize]) {
                worth += &self.own[game.children(node as usize).start + action];
            }
            if best.as_ref().is_none_or(|(most, _)| worth > *most) {
                best = Some((worth, action));
            }
        }
        let action = best.map_or(0, |(_, action)| action);
        for &node in nodes {
            let child = game.children(node as usize).start + action;
            self.own[node as usize] = self.own[child].clone();
        }
    }

    /// Value to the deviating player of a node at which it does not decide.
    fn others_value(&self, node: usize, player: usize, choices: &[u16]) -> T {
        let game = self.game;
        let set = game.set()[node];
        let children = game.children(node);
        if set == TERMINAL {
            return self.weighted.payoffs[node * game.players() + player].clone();
        }
        if set == CHANCE {
            let mut sum = T::zero();
            for child in children {
                sum += &self.own[child];
            }
            return sum;
        }
        match choices[set as usize] {
            OPEN => self.own[children]
                .iter()
                .min()
                .cloned()
                .unwrap_or_else(T::zero),
            action => self.own[children.start + usize::from(action)].clone(),
        }
    }
}

/// Sorts nodes and information sets by the number of the player's own choices before them.
fn levels(game: &Game, player: usize) -> Result<Vec<Level>, usize> {
    player_recalls(game, player)?;
    let owns = |node: usize| {
        let set = game.set()[node] as usize;
        set < game.sets() && usize::from(game.set_player()[set]) == player
    };
    let mut depth = vec![0usize; game.nodes()];
    for node in 0..game.nodes() {
        let below = depth[node] + usize::from(owns(node));
        for child in game.children(node) {
            depth[child] = below;
        }
    }
    let deepest = depth.iter().copied().max().unwrap_or(0);
    let mut levels = vec![Level::default(); deepest + 1];
    for node in (0..game.nodes()).rev().filter(|&node| !owns(node)) {
        levels[depth[node]].nodes.push(node as u32);
    }
    for set in 0..game.sets() {
        if usize::from(game.set_player()[set]) == player {
            let first = game.members()[game.member_range(set).start] as usize;
            levels[depth[first]].sets.push(set as u32);
        }
    }
    Ok(levels)
}
