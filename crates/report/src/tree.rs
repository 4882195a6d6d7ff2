//! Pictures of game trees: a plain description, already abridged by whoever fills it, drawn as SVG, DOT or TikZ.

mod dot;
mod layout;
mod svg;
mod tikz;

pub use dot::dot;
pub use svg::svg;
pub use tikz::tikz;

use unicode_width::UnicodeWidthStr;

use crate::number;
use crate::palette::ACTORS;

/// A game tree to draw. A node is known by its position in [`nodes`](TreePicture::nodes).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TreePicture {
    /// Title above the picture; none where empty.
    pub title: String,
    /// Labels of the actors, in the order of payoffs.
    pub actors: Vec<String>,
    /// The root first; every other node after its parent. Siblings are drawn in the order they stand.
    pub nodes: Vec<TreeNode>,
}

/// What stands at a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TreeKind {
    /// The actor at this position decides.
    Decision(usize),
    /// Chance draws.
    Draw,
    /// The path ends.
    End,
}

/// One node with the edge that leads to it.
#[derive(Clone, Debug, PartialEq)]
pub struct TreeNode {
    /// The node before it; none for the root.
    pub parent: Option<usize>,
    /// What stands here.
    pub kind: TreeKind,
    /// Words at the node: what is decided or drawn, or how it ends.
    pub label: String,
    /// Number of its information set; nodes of the same number are joined.
    pub set: Option<usize>,
    /// Probability that the play comes here, in 0..1.
    pub probability: f64,
    /// Payoff of each actor where the path ends; empty elsewhere.
    pub payoffs: Vec<f64>,
    /// Nodes below this one that are left out of the picture.
    pub elided: u64,
    /// Words on the edge from the parent; empty for the root.
    pub edge: String,
    /// Probability of that edge at the parent, in 0..1; none where it is not known.
    pub edge_probability: Option<f64>,
}

/// Why a tree could not be drawn.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TreeError {
    /// There is no node.
    #[error("a tree without nodes cannot be drawn")]
    Empty,
    /// A node that is not the first does not name an earlier node as its parent, or the first names one.
    #[error("node {0} of the tree does not stand after its parent")]
    Parent(usize),
    /// A node's actor is not among the actors.
    #[error("node {node} of the tree belongs to actor {actor}, but there are only {actors}")]
    Actor {
        /// The node.
        node: usize,
        /// Its actor.
        actor: usize,
        /// How many actors there are.
        actors: usize,
    },
    /// A node where the path ends has a node after it.
    #[error("node {0} of the tree is an end but has nodes after it")]
    AfterEnd(usize),
}

impl TreePicture {
    /// Whether the nodes form one tree that can be drawn.
    ///
    /// # Errors
    /// The first node that does not fit.
    pub fn check(&self) -> Result<(), TreeError> {
        if self.nodes.is_empty() {
            return Err(TreeError::Empty);
        }
        for (i, node) in self.nodes.iter().enumerate() {
            match node.parent {
                None if i == 0 => {}
                Some(parent) if parent < i => {
                    if self.nodes[parent].kind == TreeKind::End {
                        return Err(TreeError::AfterEnd(parent));
                    }
                }
                _ => return Err(TreeError::Parent(i)),
            }
            if let TreeKind::Decision(actor) = node.kind {
                let actors = self.actors.len();
                if actor >= actors {
                    return Err(TreeError::Actor {
                        node: i,
                        actor,
                        actors,
                    });
                }
            }
        }
        Ok(())
    }

    /// Children of every node, in the order they stand.
    fn children(&self) -> Vec<Vec<usize>> {
        let mut children = vec![Vec::new(); self.nodes.len()];
        for (i, node) in self.nodes.iter().enumerate() {
            if let Some(parent) = node.parent {
                children[parent].push(i);
            }
        }
        children
    }

    /// Nodes of every information set that has more than one node in the picture, by number of the set.
    fn joined(&self) -> Vec<Vec<usize>> {
        let mut sets: std::collections::BTreeMap<usize, Vec<usize>> =
            std::collections::BTreeMap::new();
        for (i, node) in self.nodes.iter().enumerate() {
            if let Some(set) = node.set {
                sets.entry(set).or_default().push(i);
            }
        }
        sets.into_values().filter(|nodes| nodes.len() > 1).collect()
    }
}

impl TreeNode {
    /// Words on the edge, at most `columns` wide: what is done, cut where it is long, and how likely it is.
    fn edge_words(&self, columns: usize) -> String {
        let share = self
            .edge_probability
            .map(number::percent)
            .unwrap_or_default();
        let room = columns.saturating_sub(share.width() + 1);
        let what = layout::cut(&self.edge, room);
        match (what.is_empty(), share.is_empty()) {
            (false, false) => format!("{what} {share}"),
            _ => what + &share,
        }
    }

    /// Payoffs as they stand behind an end: "12, −4.5".
    fn payoff_words(&self) -> String {
        let words: Vec<String> = self
            .payoffs
            .iter()
            .map(|v| number::plain(*v, false))
            .collect();
        words.join(", ")
    }

    /// What is left out: "… 312 more".
    fn elided_words(&self) -> Option<String> {
        (self.elided > 0).then(|| format!("… {} more", number::count(self.elided)))
    }
}

fn actor_colour(actor: usize) -> &'static str {
    ACTORS[actor % ACTORS.len()].light
}
