//! A large tree made small enough to draw: the likeliest nodes are opened, the rest is counted.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use detente_game::Game;

/// A node that is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shown {
    /// The node.
    pub node: u32,
    /// Position of its parent in the list; none for the root.
    pub parent: Option<usize>,
    /// Nodes below it that are not shown.
    pub elided: u64,
}

/// A node that may be opened, the likeliest first.
struct Candidate {
    reach: f64,
    node: u32,
}

impl PartialEq for Candidate {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}
impl Eq for Candidate {}
impl PartialOrd for Candidate {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Candidate {
    fn cmp(&self, other: &Self) -> Ordering {
        self.reach
            .total_cmp(&other.reach)
            .then(other.node.cmp(&self.node))
    }
}

/// The nodes to show, every one after its parent, siblings in order: as long as there is room for `most` nodes
/// (and always the root's children), the likeliest node that is not yet open is opened with all its children.
#[must_use]
pub fn abridged(game: &Game, reach: &[f64], most: usize) -> Vec<Shown> {
    let mut open = vec![false; game.nodes()];
    let mut candidates = BinaryHeap::from([Candidate {
        reach: 1.0,
        node: 0,
    }]);
    let mut count = 1;
    while let Some(Candidate { node, .. }) = candidates.pop() {
        let children = game.children(node as usize);
        if count + children.len() > most && node != 0 {
            continue;
        }
        count += children.len();
        open[node as usize] = true;
        candidates.extend(children.map(|child| Candidate {
            reach: reach[child],
            node: child as u32,
        }));
    }
    listed(game, &open)
}

fn listed(game: &Game, open: &[bool]) -> Vec<Shown> {
    let below = nodes_below(game);
    let mut shown: Vec<Shown> = Vec::new();
    let mut waiting = vec![(0_u32, None)];
    while let Some((node, parent)) = waiting.pop() {
        let at = node as usize;
        let here = shown.len();
        let elided = if open[at] { 0 } else { below[at].into() };
        shown.push(Shown {
            node,
            parent,
            elided,
        });
        if open[at] {
            waiting.extend(
                game.children(at)
                    .rev()
                    .map(|child| (child as u32, Some(here))),
            );
        }
    }
    shown
}

/// Number of nodes below each node.
fn nodes_below(game: &Game) -> Vec<u32> {
    let mut below = vec![0; game.nodes()];
    for node in (1..game.nodes()).rev() {
        below[game.parent()[node] as usize] += below[node] + 1;
    }
    below
}
