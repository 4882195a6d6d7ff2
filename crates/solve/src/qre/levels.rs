//! The order in which the skeleton keeps its nodes: level by level, and within a level in the order of the edges
//! above.
//!
//! What is needed of the level above or below then lies together and is read in order, and the nodes of a level can
//! be shared out among threads.

use super::skeleton::{ROOT, Skeleton};

/// The order, as it follows from a skeleton whose nodes are in any order in which parents come first.
pub(super) struct Levels {
    /// Per place: the node that goes there.
    order: Vec<u32>,
    /// Per place: number of edges of the node that goes there.
    arity: Vec<u32>,
    /// Per node: its place.
    pub(super) node: Vec<u32>,
    /// Per edge: its place.
    pub(super) edge: Vec<u32>,
    /// Per level, and one more: its first place.
    pub(super) first_of_level: Vec<u32>,
}

impl Levels {
    pub(super) fn new(skeleton: &Skeleton) -> Levels {
        let (order, first_of_level) = by_depth(skeleton);
        let edges = skeleton.ends.len().checked_div(skeleton.players);
        let mut levels = Levels {
            arity: Vec::with_capacity(order.len()),
            node: vec![0; order.len()],
            edge: vec![ROOT; edges.unwrap_or(0)],
            order,
            first_of_level,
        };
        let mut next = 0;
        for level in 1..levels.first_of_level.len() {
            let here = levels.first_of_level[level - 1] as usize;
            let here = here..levels.first_of_level[level] as usize;
            if level > 1 {
                let edge_above = |node: u32| skeleton.edge_above[node as usize] as usize;
                levels.order[here.clone()]
                    .sort_by_key(|&node| (levels.edge[edge_above(node)], node));
            }
            for place in here {
                let node = levels.order[place] as usize;
                levels.node[node] = place as u32;
                let arity = skeleton.arity(skeleton.set[node] as usize);
                levels.arity.push(arity as u32);
                let first = skeleton.first_edge[node] as usize;
                for edge in levels.edge.iter_mut().skip(first).take(arity) {
                    *edge = next;
                    next += 1;
                }
            }
        }
        levels
    }

    /// What belongs to the nodes, in their new order.
    pub(super) fn nodes<T: Copy>(&self, list: &[T]) -> Vec<T> {
        self.order.iter().map(|&node| list[node as usize]).collect()
    }

    /// Rows of `width` numbers that belong to the edges, in their new order.
    pub(super) fn edges(&self, rows: &[f64], width: usize) -> Vec<f64> {
        let mut sorted = vec![0.0; rows.len()];
        for (row, &place) in rows.chunks_exact(width.max(1)).zip(&self.edge) {
            let at = place as usize * width;
            sorted[at..at + width].copy_from_slice(row);
        }
        sorted
    }

    /// Per node in the new order, and one more: its first edge.
    pub(super) fn first_edge(&self) -> Vec<u32> {
        let mut first = vec![0];
        let mut edges = 0;
        for arity in &self.arity {
            edges += arity;
            first.push(edges);
        }
        first
    }

    /// Per edge, and one more: the first node that it leads to, or that any later edge does. `edge_above` is given
    /// for the nodes in the new order.
    pub(super) fn first_child(&self, edge_above: &[u32]) -> Vec<u32> {
        let edges: u32 = self.arity.iter().sum();
        let mut first = vec![edge_above.len() as u32; edges as usize + 1];
        for (node, &edge) in edge_above.iter().enumerate().rev() {
            if edge != ROOT {
                first[edge as usize] = node as u32;
            }
        }
        for edge in (0..edges as usize).rev() {
            first[edge] = first[edge].min(first[edge + 1]);
        }
        first
    }
}

/// The nodes by the number of decisions above them, and where each level begins.
fn by_depth(skeleton: &Skeleton) -> (Vec<u32>, Vec<u32>) {
    let mut depth = vec![0u32; skeleton.nodes()];
    for node in 0..skeleton.nodes() {
        if skeleton.edge_above[node] != ROOT {
            depth[node] = depth[skeleton.above[node] as usize] + 1;
        }
    }
    let mut order: Vec<u32> = (0..skeleton.nodes() as u32).collect();
    order.sort_by_key(|&node| depth[node as usize]);
    let levels = order.last().map_or(0, |&node| depth[node as usize] + 1);
    let begin = |level| order.partition_point(|&node| depth[node as usize] < level) as u32;
    let first_of_level = (0..=levels).map(begin).collect();
    (order, first_of_level)
}
