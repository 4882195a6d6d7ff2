//! Maximal Nash subsets and components.
//!
//! Extreme equilibria are the edges of a bipartite graph between vertices of the two polytopes. Its maximal complete
//! bipartite subgraphs are the maximal Nash subsets: every mixture of the vertices on one side is a best response to
//! every mixture on the other, and all equilibria are of this kind (Winkels 1979; Jansen 1981). The connected
//! parts of the graph are the topologically connected components of the set of equilibria (Avis, Rosenberg, Savani &
//! von Stengel 2010, §6).

use std::collections::{BTreeMap, HashSet};

use super::reverse::Bits;
use crate::Budget;

/// A maximal Nash subset: any mixture of the first player's strategies listed against any mixture of the second's
/// is an equilibrium.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct NashSubset {
    /// Numbers of extreme strategies of the first player, ascending.
    pub first: Vec<usize>,
    /// Numbers of extreme strategies of the second player, ascending.
    pub second: Vec<usize>,
}

/// Connected parts of the bipartite graph: the edges of each, ascending.
pub(super) fn components(pairs: &[(usize, usize)]) -> Vec<Vec<usize>> {
    let lefts = pairs.iter().map(|&(x, _)| x + 1).max().unwrap_or(0);
    let rights = pairs.iter().map(|&(_, y)| y + 1).max().unwrap_or(0);
    let mut parent: Vec<usize> = (0..lefts + rights).collect();
    fn root(parent: &mut [usize], mut at: usize) -> usize {
        while parent[at] != at {
            parent[at] = parent[parent[at]];
            at = parent[at];
        }
        at
    }
    for &(x, y) in pairs {
        let (a, b) = (root(&mut parent, x), root(&mut parent, lefts + y));
        parent[a.max(b)] = a.min(b);
    }
    let mut order: BTreeMap<usize, usize> = BTreeMap::new();
    let mut parts: Vec<Vec<usize>> = Vec::new();
    for (edge, &(x, _)) in pairs.iter().enumerate() {
        let part = *order.entry(root(&mut parent, x)).or_insert_with(|| {
            parts.push(Vec::new());
            parts.len() - 1
        });
        parts[part].push(edge);
    }
    parts
}

/// Maximal complete bipartite subgraphs of one connected part, given by its edges; none if the budget is spent or
/// there are more than `most`.
///
/// Their second sides are exactly the intersections of neighbourhoods of first vertices.
pub(super) fn maximal(
    pairs: &[(usize, usize)],
    edges: &[usize],
    most: usize,
    budget: &Budget<'_>,
) -> Option<Vec<NashSubset>> {
    let mut ys: Vec<usize> = edges.iter().map(|&edge| pairs[edge].1).collect();
    ys.sort_unstable();
    ys.dedup();
    let mut neighbours: BTreeMap<usize, Bits> = BTreeMap::new();
    for &edge in edges {
        let (x, y) = pairs[edge];
        let place = ys.partition_point(|&other| other < y);
        let own = neighbours.entry(x).or_insert_with(|| Bits::none(ys.len()));
        own.insert(place);
    }
    let mut closed: Vec<Bits> = Vec::new();
    let mut known: HashSet<Bits> = HashSet::new();
    for own in neighbours.values() {
        budget
            .spent(None, "maximal Nash subsets")
            .map_or(Some(()), |_| None)?;
        let before = closed.len();
        let meets = |other: &Bits| {
            let mut both = other.clone();
            both.intersect(own);
            both
        };
        let new: Vec<Bits> = closed[..before].iter().map(meets).collect();
        for both in new.into_iter().chain([own.clone()]) {
            if !both.is_empty() && known.insert(both.clone()) {
                closed.push(both);
            }
        }
        if closed.len() > most {
            return None;
        }
    }
    let subset = |second: &Bits| NashSubset {
        first: neighbours
            .iter()
            .filter(|(_, own)| second.within(own))
            .map(|(&x, _)| x)
            .collect(),
        second: second.iter().map(|place| ys[place]).collect(),
    };
    let mut subsets: Vec<NashSubset> = closed.iter().map(subset).collect();
    subsets.sort();
    Some(subsets)
}
