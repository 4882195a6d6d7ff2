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
