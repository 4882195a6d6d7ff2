//! The extensive-form game as flat arrays.
//!
//! Nodes are numbered so that the children of a node stand side by side and after their parent: first come
//! all children of a node, then the subtree of the first child, then that of the second, and so on. A pass
//! from the root (reach probabilities) is then one sweep upward through the arrays, a pass from the leaves
//! (values) one sweep downward, and every subtree below a child is one contiguous range.
//!
//! Every edge has a *slot*: an index into one array of probabilities. The slots of the players' actions come
//! first (`0..actions`), information set after information set; the slots of chance follow
//! (`actions..actions + chance`). All nodes of an information set share its slots, and chance nodes with equal
//! probabilities may share theirs.

use std::ops::Range;

use crate::check;
use crate::error::GameError;

/// In [`Parts::set`]: the node is a draw.
pub const CHANCE: u32 = u32::MAX;
/// In [`Parts::set`]: the node is an end.
pub const TERMINAL: u32 = u32::MAX - 1;
/// In [`Parts::parent`]: the node is the root.
pub const NO_PARENT: u32 = u32::MAX;

/// The arrays of a game, before they are checked. See the module for their order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Parts {
    /// Title, may be empty.
    pub title: String,
    /// Names of the players.
    pub players: Vec<String>,
    /// Per node: its parent, [`NO_PARENT`] for the root (node 0).
    pub parent: Vec<u32>,
    /// Per node: its first child; for an end, its row of `payoffs`.
    pub first_child: Vec<u32>,
    /// Per node: the slot of its first edge (0 for an end).
    pub first_slot: Vec<u32>,
    /// Per node: number of children, 0 for an end.
    pub arity: Vec<u16>,
    /// Per node: its information set, [`CHANCE`] or [`TERMINAL`].
    pub set: Vec<u32>,
    /// Per information set: whose it is.
    pub set_player: Vec<u8>,
    /// Per information set, and one more at the end: its first slot. The last entry is the number of actions.
    pub set_first_slot: Vec<u32>,
    /// Probabilities of the slots of chance.
    pub chance: Vec<f64>,
    /// One row per end: payoff of each player.
    pub payoffs: Vec<f64>,
    /// Names, where the game carries them.
    pub labels: Labels,
}

/// Names of a game that was read from a file; empty vectors where nothing is named.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Labels {
    /// Per information set.
    pub sets: Vec<String>,
    /// Per action slot.
    pub actions: Vec<String>,
    /// Per chance slot.
    pub chance: Vec<String>,
    /// Per row of payoffs: name of the outcome.
    pub outcomes: Vec<String>,
}

/// What the checks derive from the arrays and the game keeps.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Derived {
    /// Per information set, and one more: where its nodes begin in `members`.
    pub(crate) set_first_member: Vec<u32>,
    /// Nodes of the information sets, ascending within each.
    pub(crate) members: Vec<u32>,
    /// Smallest payoff of each player.
    pub(crate) payoff_min: Vec<f64>,
    /// Largest payoff of each player.
    pub(crate) payoff_max: Vec<f64>,
    /// Number of ends.
    pub(crate) ends: usize,
    /// Edges on the longest path.
    pub(crate) depth: usize,
}

/// A checked extensive-form game. It cannot be changed, so that whatever holds for its arrays stays true.
#[derive(Clone, Debug, PartialEq)]
pub struct Game {
    parts: Parts,
    derived: Derived,
}

impl Game {
    /// Checks the arrays in one linear pass and derives what solvers need.
    ///
    /// # Errors
    /// [`GameError`] names the first node, information set or player that breaks a rule.
    pub fn new(parts: Parts) -> Result<Game, GameError> {
        let derived = check::check(&parts)?;
        Ok(Game { parts, derived })
    }

    /// The same tree and information sets with other numbers: `chance` has the probability of every slot of chance,
    /// `payoffs` one value per player in every row, both as in [`Parts`].
    ///
    /// # Errors
    /// [`GameError::Lengths`] where an array is not as long as before; else the first draw or payoff that breaks a rule.
    pub fn with_numbers(self, chance: Vec<f64>, payoffs: Vec<f64>) -> Result<Game, GameError> {
        let Game {
            mut parts,
            mut derived,
        } = self;
        if (chance.len(), payoffs.len()) != (parts.chance.len(), parts.payoffs.len()) {
            return Err(GameError::Lengths(
                "other numbers of a game need to be as many as it has",
            ));
        }
        parts.chance = chance;
        parts.payoffs = payoffs;
        (derived.payoff_min, derived.payoff_max) = check::check_numbers(&parts)?;
        Ok(Game { parts, derived })
    }

    /// The arrays, given back.
    pub fn into_parts(self) -> Parts {
        self.parts
    }

    /// The arrays as they were given.
    pub fn parts(&self) -> &Parts {
        &self.parts
    }

    /// Title, may be empty.
    pub fn title(&self) -> &str {
        &self.parts.title
    }

    /// Names of the players.
    pub fn player_names(&self) -> &[String] {
        &self.parts.players
    }

    /// Number of players.
    pub fn players(&self) -> usize {
        self.parts.players.len()
    }

    /// Number of nodes, ends included.
    pub fn nodes(&self) -> usize {
        self.parts.set.len()
    }

    /// Number of ends.
    pub fn ends(&self) -> usize {
        self.derived.ends
    }

    /// Edges on the longest path.
    pub fn depth(&self) -> usize {
        self.derived.depth
    }

    /// Number of information sets.
    pub fn sets(&self) -> usize {
        self.parts.set_player.len()
    }

    /// Number of action slots: actions over all information sets.
    pub fn actions(&self) -> usize {
        self.parts
            .set_first_slot
            .last()
            .map_or(0, |&last| last as usize)
    }

    /// Per node: its parent, [`NO_PARENT`] for the root.
    pub fn parent(&self) -> &[u32] {
        &self.parts.parent
    }

    /// Per node: its first child; for an end, its row of payoffs.
    pub fn first_child(&self) -> &[u32] {
        &self.parts.first_child
    }

    /// Per node: slot of its first edge.
    pub fn first_slot(&self) -> &[u32] {
        &self.parts.first_slot
    }

    /// Per node: number of children.
    pub fn arity(&self) -> &[u16] {
        &self.parts.arity
    }

    /// Per node: its information set, [`CHANCE`] or [`TERMINAL`].
    pub fn set(&self) -> &[u32] {
        &self.parts.set
    }

    /// Per information set: whose it is.
    pub fn set_player(&self) -> &[u8] {
        &self.parts.set_player
    }

    /// Per information set, and one more at the end: its first slot.
    pub fn set_first_slot(&self) -> &[u32] {
        &self.parts.set_first_slot
    }

    /// Probabilities of the slots of chance; slot `s` of a draw is `chance()[s - actions()]`.
    pub fn chance(&self) -> &[f64] {
        &self.parts.chance
    }

    /// Payoff rows, one value per player each.
    pub fn payoffs(&self) -> &[f64] {
        &self.parts.payoffs
    }

    /// Names, where the game carries them.
    pub fn labels(&self) -> &Labels {
        &self.parts.labels
    }

    /// Name of an information set: its label, or its number (from 1) among those of its player.
    pub fn set_name(&self, set: usize) -> String {
        match self.parts.labels.sets.get(set) {
            Some(name) if !name.is_empty() => name.clone(),
            _ => {
                let player = self.parts.set_player[set];
                let own = self.parts.set_player[..=set].iter();
                own.filter(|&&p| p == player).count().to_string()
            }
        }
    }

    /// Names of all information sets, as [`Game::set_name`] gives them.
    pub fn set_names(&self) -> Vec<String> {
        let mut own = vec![0usize; self.players()];
        let name = |(set, &player): (usize, &u8)| {
            let number = &mut own[usize::from(player)];
            *number += 1;
            match self.parts.labels.sets.get(set) {
                Some(name) if !name.is_empty() => name.clone(),
                _ => number.to_string(),
            }
        };
        self.parts.set_player.iter().enumerate().map(name).collect()
    }

    /// Name of an action slot: its label, or its number (from 1) at its information set.
    pub fn action_name(&self, set: usize, action: usize) -> String {
        let slot = self.parts.set_first_slot[set] as usize + action;
        match self.parts.labels.actions.get(slot) {
            Some(name) if !name.is_empty() => name.clone(),
            _ => (action + 1).to_string(),
        }
    }

    /// Nodes of all information sets, set after set, ascending within each.
    pub fn members(&self) -> &[u32] {
        &self.derived.members
    }

    /// Per information set, and one more at the end: where its nodes begin in [`Game::members`].
    pub fn set_first_member(&self) -> &[u32] {
        &self.derived.set_first_member
    }

    /// Slots of the actions of an information set.
    pub fn slots(&self, set: usize) -> Range<usize> {
        self.parts.set_first_slot[set] as usize..self.parts.set_first_slot[set + 1] as usize
    }

    /// Positions in [`Game::members`] of an information set.
    pub fn member_range(&self, set: usize) -> Range<usize> {
        self.derived.set_first_member[set] as usize..self.derived.set_first_member[set + 1] as usize
    }

    /// Children of a node; empty for an end.
    pub fn children(&self, node: usize) -> Range<usize> {
        let arity = usize::from(self.parts.arity[node]);
        if arity == 0 {
            return 0..0;
        }
        let first = self.parts.first_child[node] as usize;
        first..first + arity
    }

    /// Payoffs at an end, one per player. Of another node it says nothing and gives an empty slice.
    pub fn payoffs_at(&self, end: usize) -> &[f64] {
        if self.parts.arity[end] != 0 {
            return &[];
        }
        let players = self.players();
        let row = self.parts.first_child[end] as usize * players;
        &self.parts.payoffs[row..row + players]
    }

    /// Slot of the edge that leads into a node; none for the root.
    pub fn slot_into(&self, node: usize) -> Option<usize> {
        let parent = self.parts.parent[node];
        if parent == NO_PARENT {
            return None;
        }
        let parent = parent as usize;
        Some(
            self.parts.first_slot[parent] as usize + node - self.parts.first_child[parent] as usize,
        )
    }

    /// Smallest payoff of a player at any end.
    pub fn payoff_min(&self, player: usize) -> f64 {
        self.derived.payoff_min[player]
    }

    /// Largest payoff of a player at any end.
    pub fn payoff_max(&self, player: usize) -> f64 {
        self.derived.payoff_max[player]
    }

    /// Largest minus smallest payoff of a player.
    pub fn payoff_range(&self, player: usize) -> f64 {
        self.derived.payoff_max[player] - self.derived.payoff_min[player]
    }

    /// Whether two games have the same tree, information sets and players, so that they differ at most in
    /// payoffs, probabilities of chance and names.
    pub fn same_shape(&self, other: &Game) -> bool {
        let (a, b) = (&self.parts, &other.parts);
        a.players.len() == b.players.len()
            && a.chance.len() == b.chance.len()
            && a.set_player == b.set_player
            && a.set_first_slot == b.set_first_slot
            && a.set == b.set
            && a.arity == b.arity
            && a.first_slot == b.first_slot
            && a.parent == b.parent
    }

    /// Bytes that the game takes on the heap, names included.
    pub fn bytes(&self) -> usize {
        let (p, d) = (&self.parts, &self.derived);
        let words = p.parent.len()
            + p.first_child.len()
            + p.first_slot.len()
            + p.set.len()
            + p.set_first_slot.len()
            + d.set_first_member.len()
            + d.members.len();
        let doubles = p.chance.len() + p.payoffs.len() + d.payoff_min.len() + d.payoff_max.len();
        let l = &p.labels;
        let names = [&p.players, &l.sets, &l.actions, &l.chance, &l.outcomes];
        let text: usize = names
            .iter()
            .flat_map(|list| list.iter())
            .map(|name| name.len() + size_of::<String>())
            .sum();
        words * 4 + p.arity.len() * 2 + p.set_player.len() + doubles * 8 + text + p.title.len()
    }
}
