//! A small decision tree (CART: Breiman, Friedman, Olshen & Stone 1984): where the output is high and where low, by one
//! question at a time.
//!
//! Splits lessen the variance most. For outputs of 0 and 1 that is the Gini criterion: the Gini impurity is twice the
//! variance.

use crate::columns::order;
use crate::error::{SensitivityError, within};
use crate::parallel;
use crate::region::Region;
use crate::sample::Sample;

/// How a tree is grown and pruned.
#[derive(Clone, Debug, PartialEq)]
pub struct TreeOptions {
    /// Questions on the longest way to a leaf, 1 … 8.
    pub depth: usize,
    /// Share of all rows that a leaf must hold at least.
    pub leaf: f64,
    /// Share of the root's summed squares that a leaf more must lessen them by; weaker links are pruned (cost
    /// complexity, Breiman et al. 1984, §3.3).
    pub complexity: f64,
    /// Threads; the results do not depend on them.
    pub threads: usize,
}

impl Default for TreeOptions {
    fn default() -> Self {
        Self {
            depth: 3,
            leaf: 0.05,
            complexity: 0.01,
            threads: 1,
        }
    }
}

/// A node of a tree.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// Its rows.
    pub rows: usize,
    /// The mean output of its rows; the share of ones where outputs are 0 and 1.
    pub mean: f64,
    /// The variance of the output among its rows.
    pub variance: f64,
    /// Its question; none for a leaf.
    pub split: Option<Split>,
}

/// A question: rows up to a limit go one way, rows above it the other.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Split {
    /// The input asked for.
    pub input: usize,
    /// The limit, halfway between two values of the input.
    pub limit: f64,
    /// The node of rows whose input is at most the limit.
    pub below: usize,
    /// The node of rows whose input is above it.
    pub above: usize,
}

/// A leaf in full.
#[derive(Clone, Debug, PartialEq)]
pub struct Leaf {
    /// Where its rows lie; a lower limit is itself left out, an upper one belongs to it.
    pub region: Region,
    /// Its rows.
    pub rows: usize,
    /// Share of all rows.
    pub share: f64,
    /// The mean output of its rows.
    pub mean: f64,
}

/// A tree.
#[derive(Clone, Debug, PartialEq)]
pub struct Tree {
    /// All nodes; the first is the root, children stand after their parents.
    pub nodes: Vec<Node>,
    /// Share of the output's variance that the leaves' means tell.
    pub r2: f64,
    inputs: usize,
}

/// Grows a tree and prunes its weakest links.
///
/// # Errors
/// Fewer than ten rows, a constant output, options outside their range.
pub fn tree(sample: &Sample, options: &TreeOptions) -> Result<Tree, SensitivityError> {
    let depth = (1..=8).contains(&options.depth);
    within("the depth", options.depth as f64, depth, "between 1 and 8")?;
    let leaf = options.leaf >= 0.0 && options.leaf <= 0.5;
    within("the smallest leaf", options.leaf, leaf, "between 0 and 0.5")?;
    let complexity = (0.0..=1.0).contains(&options.complexity);
    within(
        "the complexity",
        options.complexity,
        complexity,
        "between 0 and 1",
    )?;
    sample.varied(10)?;
    let orders = parallel::map(sample.inputs(), options.threads, |j| order(sample.input(j)));
    let mut grower = Grower {
        sample,
        options,
        least: ((options.leaf * sample.rows() as f64).ceil() as usize).max(1),
        nodes: Vec::new(),
        left: vec![false; sample.rows()],
    };
    grower.grow(orders, options.depth);
    let nodes = pruned(grower.nodes, options.complexity);
    let root = squares(&nodes[0]);
    let leaves = nodes
        .iter()
        .filter(|node| node.split.is_none())
        .map(squares);
    Ok(Tree {
        r2: 1.0 - leaves.sum::<f64>() / root,
        nodes,
        inputs: sample.inputs(),
    })
}

impl Tree {
    /// The leaves from left to right.
    #[must_use]
    pub fn leaves(&self) -> Vec<Leaf> {
        let mut leaves = Vec::new();
        self.visit(0, Region::everywhere(self.inputs), &mut leaves);
        leaves
    }

    fn visit(&self, at: usize, region: Region, leaves: &mut Vec<Leaf>) {
        let Some(node) = self.nodes.get(at) else {
            return;
        };
        let Some(split) = node.split else {
            leaves.push(Leaf {
                region,
                rows: node.rows,
                share: node.rows as f64 / self.nodes[0].rows as f64,
                mean: node.mean,
            });
            return;
        };
        let mut below = region.clone();
        below.limits[split.input].upper = Some(split.limit);
        let mut above = region;
        above.limits[split.input].lower = Some(split.limit);
        self.visit(split.below, below, leaves);
        self.visit(split.above, above, leaves);
    }

    /// The mean output of the leaf that a point falls in; none if the point has too few numbers.
    #[must_use]
    pub fn predict(&self, point: &[f64]) -> Option<f64> {
        let mut node = self.nodes.first()?;
        while let Some(split) = node.split {
            let next = if *point.get(split.input)? <= split.limit {
                split.below
            } else {
                split.above
            };
            node = self.nodes.get(next)?;
        }
        Some(node.mean)
    }
}

fn squares(node: &Node) -> f64 {
    node.variance * node.rows as f64
}

struct Grower<'a> {
    sample: &'a Sample,
    options: &'a TreeOptions,
    least: usize,
    nodes: Vec<Node>,
    /// Rows that go below at the split being made.
    left: Vec<bool>,
}

/// The best question about one input.
#[derive(Clone, Copy)]
struct Best {
    gain: f64,
    limit: f64,
    /// Rows that go below.
    below: usize,
}

impl Grower<'_> {
    /// Adds the node of the rows that each input has in its order, and all below it.
    fn grow(&mut self, orders: Vec<Vec<u32>>, depth: usize) -> usize {
        let output = self.sample.output();
        let values: Vec<f64> = orders[0].iter().map(|&row| output[row as usize]).collect();
        let at = self.nodes.len();
        let mean = crate::columns::mean(&values);
        self.nodes.push(Node {
            rows: values.len(),
            mean,
            variance: crate::columns::variance(&values),
            split: None,
        });
        if depth == 0 || values.len() < 2 * self.least || self.nodes[at].variance == 0.0 {
            return at;
        }
        let found = parallel::map(orders.len(), self.options.threads, |j| {
            best(self.sample.input(j), output, &orders[j], mean, self.least)
        });
        let mut top: Option<(usize, Best)> = None;
        for (j, found) in found.into_iter().enumerate() {
            if let Some(found) = found
                && top.is_none_or(|(_, top)| found.gain > top.gain)
            {
                top = Some((j, found));
            }
        }
        let Some((input, best)) = top else {
            return at;
        };
        for (rank, &row) in orders[input].iter().enumerate() {
            self.left[row as usize] = rank < best.below;
        }
        let (below, above): (Vec<_>, Vec<_>) = (orders.into_iter())
            .map(|order| -> (Vec<u32>, Vec<u32>) {
                order.into_iter().partition(|&row| self.left[row as usize])
            })
            .unzip();
        let below = self.grow(below, depth - 1);
        let above = self.grow(above, depth - 1);
        self.nodes[at].split = Some(Split {
            input,
            limit: best.limit,
            below,
            above,
        });
        at
    }
}

/// The limit that lessens the summed squares most, the lowest of several.
fn best(column: &[f64], output: &[f64], order: &[u32], mean: f64, least: usize) -> Option<Best> {
    let rows = order.len();
    let mut best: Option<Best> = None;
    let mut sum = 0.0;
    for below in 1..=rows - least {
        let row = order[below - 1] as usize;
        // About the node's mean the sums of both sides are opposite.
        sum += output[row] - mean;
        if below < least {
            continue;
        }
        let (here, next) = (column[row], column[order[below] as usize]);
        if here == next {
            continue;
        }
        let gain = sum * sum * (1.0 / below as f64 + 1.0 / (rows - below) as f64);
        if gain > best.map_or(0.0, |best| best.gain) {
            let halfway = f64::midpoint(here, next);
            best = Some(Best {
                gain,
                limit: if halfway < next { halfway } else { here },
                below,
            });
        }
    }
    best
}

/// Without the links whose leaves lessen the summed squares, each, by less than this share of the root's.
fn pruned(mut nodes: Vec<Node>, complexity: f64) -> Vec<Node> {
    let root = squares(&nodes[0]);
    loop {
        let weakest = (0..nodes.len())
            .filter(|&at| reached(&nodes, at) && nodes[at].split.is_some())
            .map(|at| {
                let (sum, leaves) = below(&nodes, at);
                let gain = (squares(&nodes[at]) - sum) / (leaves as f64 - 1.0);
                (at, gain)
            })
            .min_by(|a, b| a.1.total_cmp(&b.1));
        match weakest {
            Some((at, gain)) if gain < complexity * root => nodes[at].split = None,
            _ => break,
        }
    }
    let mut kept = Vec::new();
    copy(&nodes, 0, &mut kept);
    kept
}

/// Whether a node still belongs to the tree.
fn reached(nodes: &[Node], at: usize) -> bool {
    at == 0
        || nodes.iter().enumerate().any(|(parent, node)| {
            let child = node
                .split
                .is_some_and(|split| split.below == at || split.above == at);
            child && reached(nodes, parent)
        })
}

/// Summed squares and number of the leaves under a node.
fn below(nodes: &[Node], at: usize) -> (f64, usize) {
    match nodes[at].split {
        None => (squares(&nodes[at]), 1),
        Some(split) => {
            let (one, other) = (below(nodes, split.below), below(nodes, split.above));
            (one.0 + other.0, one.1 + other.1)
        }
    }
}

fn copy(nodes: &[Node], at: usize, kept: &mut Vec<Node>) -> usize {
    let here = kept.len();
    kept.push(nodes[at].clone());
    if let Some(split) = nodes[at].split {
        let below = copy(nodes, split.below, kept);
        let above = copy(nodes, split.above, kept);
        kept[here].split = Some(Split {
            below,
            above,
            ..split
        });
    }
    here
}
