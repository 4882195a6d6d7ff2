//! What can be wrong with a game, and with a profile for it.

use thiserror::Error;

/// Why arrays are not a game, or numbers not a profile.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum GameError {
    /// The arrays over nodes or information sets differ in length.
    #[error("the arrays of the game differ in length: {0}")]
    Lengths(&'static str),
    /// There is no node at all, or there are more than the numbering can hold.
    #[error("a game needs between 1 and {max} nodes, not {0}", max = u32::MAX - 2)]
    NodeCount(usize),
    /// More players than the arrays can hold.
    #[error("a game can have at most 249 players, not {0}")]
    PlayerCount(usize),
    /// Children are not where the order of nodes puts them, or do not name their parent.
    #[error("node {node}: its children are not where the order of nodes puts them")]
    Order {
        /// The node.
        node: usize,
    },
    /// A node's kind, arity, slot or information set contradict each other.
    #[error("node {node}: {what}")]
    Node {
        /// The node.
        node: usize,
        /// What is wrong.
        what: &'static str,
    },
    /// An information set is inconsistent.
    #[error("information set {set}: {what}")]
    Set {
        /// The information set.
        set: usize,
        /// What is wrong.
        what: &'static str,
    },
    /// Probabilities of a draw are negative, not finite, or do not sum to 1.
    #[error(
        "node {node}: the probabilities of the draw sum to {sum}, or one of them is not between 0 and 1"
    )]
    Chance {
        /// The node.
        node: usize,
        /// Their sum.
        sum: f64,
    },
    /// A payoff is not a finite number.
    #[error("node {node}: the payoff of player {player} is not a finite number")]
    Payoff {
        /// The end.
        node: usize,
        /// The player.
        player: usize,
    },
    /// A profile does not have one probability per action.
    #[error("a profile of this game has {expected} probabilities, not {found}")]
    ProfileLength {
        /// Number of action slots.
        expected: usize,
        /// Number given.
        found: usize,
    },
    /// The probabilities at an information set are not a distribution.
    #[error(
        "information set {set}: the probabilities sum to {sum}, or one of them is not between 0 and 1"
    )]
    ProfileSum {
        /// The information set.
        set: usize,
        /// Their sum.
        sum: f64,
    },
    /// The weights of a player's strategies are not a distribution.
    #[error(
        "player {player}: the weights of the strategies sum to {sum}, or one of them is not between 0 and 1"
    )]
    MixedSum {
        /// The player.
        player: usize,
        /// Their sum.
        sum: f64,
    },
}
