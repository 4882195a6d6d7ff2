//! The derivative of the logit response, block by block.
//!
//! A change dz of the arguments z = λv moves probabilities by d log σ_h(a) = dz_h(a) − Σ_b σ_h(b) dz_h(b).
//! It reaches the action values of an information set h in two ways only:
//! - through *values*, from a node y below x·a: ∂u_h(a) = Σ μ(x) P(y | x·a) σ(c) (V(y·c) − V(y)) dz(c),
//! - through *beliefs*, from a choice (h, a) above y: ∂u_k(c) = Σ_y μ(y) (V(y·c) − u_k(c)) d log σ_h(a).
//!
//! Both run over the same pairs (edge above, node below), so that one walk up from every node fills all
//! blocks exactly; it costs about as much as a few passes over the tree.

use crate::linear::{Factors, Plan, Target};

use super::response::Response;
use super::skeleton::{ROOT, Skeleton};

/// Contributions below this are left out: what is left moves Newton's method, not the solution.
const NEGLIGIBLE: f64 = 1e-15;

/// The blocks that couple an information set above with one below.
#[derive(Clone, Copy, Debug)]
struct Block {
    above: u32,
    below: u32,
    at: usize,
    target: Target,
}

/// Where the coefficients are.
#[derive(Clone, Debug)]
pub(super) struct Pattern {
    blocks: Vec<Block>,
    /// Per node, and one more: where its ancestors' entries begin in `pair_at`.
    first_pair: Vec<u32>,
    /// Per node and decision above it, nearest first: where the pair's coefficients begin.
    pair_at: Vec<u32>,
    /// Length of the coefficient arrays.
    length: usize,
}

/// Coefficients at one evaluation. Both arrays have, for every block, a row per action of the set above, of
/// one number per unknown of the set below.
#[derive(Clone, Debug)]
pub(super) struct Jacobian {
    /// ∂u(action above) / ∂z(unknown below).
    by_value: Vec<f64>,
    /// ∂v(unknown below) / ∂z(action above).
    by_belief: Vec<f64>,
    /// Per block of the pattern: whether it has a coefficient other than 0.
    active: Vec<bool>,
    scratch: Vec<f64>,
}

impl Pattern {
    /// Finds all blocks, and the plan of eliminating the information sets in the order given; none where they
    /// would take more than `memory` bytes.
    pub(super) fn new(
        skeleton: &Skeleton,
        order: &[u32],
        memory: usize,
    ) -> Option<(Pattern, Plan)> {
        let first_pair = count_pairs(skeleton, memory / size_of::<u32>())?;
        let (pair_at, found, length) = find_blocks(skeleton, &first_pair, memory)?;
        let size: Vec<u32> = (0..skeleton.sets())
            .map(|set| skeleton.arity(set) as u32 - 1)
            .collect();
        let neighbours: Vec<(u32, u32)> = found
            .iter()
            .map(|&(above, below, _)| (above, below))
            .collect();
        let plan = Plan::new(&size, order, &neighbours, memory)?;
        let locate = |(above, below, at): (u32, u32, usize)| {
            let target = plan.target(above as usize, below as usize);
            Block {
                above,
                below,
                at,
                target,
            }
        };
        let mut blocks: Vec<Block> = found.into_iter().map(locate).collect();
        blocks.sort_by_key(|block| (block.target.front, block.at));
        Some((
            Pattern {
                blocks,
                first_pair,
                pair_at,
                length,
            },
            plan,
        ))
    }

    /// Bytes of the pattern and of the coefficients that fill it.
    pub(super) fn bytes(&self) -> usize {
        self.length * 2 * size_of::<f64>()
            + (self.pair_at.len() + self.first_pair.len()) * size_of::<u32>()
            + self.blocks.len() * size_of::<Block>()
    }
}

/// Where the entries of every node's ancestors begin; none where there are more than `most`.
fn count_pairs(skeleton: &Skeleton, most: usize) -> Option<Vec<u32>> {
    let most = most.min(u32::MAX as usize);
    let mut depth = vec![0u32; skeleton.nodes()];
    let mut first_pair = Vec::with_capacity(skeleton.nodes() + 1);
    let mut pairs = 0usize;
    first_pair.push(0);
    for node in 0..skeleton.nodes() {
        if skeleton.edge_above[node] != ROOT {
            depth[node] = depth[skeleton.above[node] as usize] + 1;
        }
        pairs += depth[node] as usize;
        if pairs > most {
            return None;
        }
        first_pair.push(pairs as u32);
    }
    Some(first_pair)
}

/// Blocks as (set above, set below, first coefficient).
type Found = Vec<(u32, u32, usize)>;

/// Per pair its first coefficient, the blocks, and the number of coefficients.
fn find_blocks(
    skeleton: &Skeleton,
    first_pair: &[u32],
    memory: usize,
) -> Option<(Vec<u32>, Found, usize)> {
    let most = (memory / (2 * size_of::<f64>())).min(u32::MAX as usize);
    let mut pair_at = vec![0u32; first_pair[skeleton.nodes()] as usize];
    let mut found: Found = Vec::new();
    let mut length = 0;
    let mut seen = vec![(u32::MAX, 0usize); skeleton.sets()];
    for below in 0..skeleton.sets() {
        let width = skeleton.arity(below) - 1;
        for &node in skeleton.members_of(below) {
            let mut at = node as usize;
            for pair in first_pair[node as usize]..first_pair[node as usize + 1] {
                let edge = skeleton.edge_above[at];
                at = skeleton.above[at] as usize;
                let above = skeleton.set[at];
                if seen[above as usize].0 != below as u32 {
                    seen[above as usize] = (below as u32, length);
                    found.push((above, below as u32, length));
                    length += skeleton.arity(above as usize) * width;
                }
                let action = (edge - skeleton.first_edge[at]) as usize;
                pair_at[pair as usize] = (seen[above as usize].1 + action * width) as u32;
            }
        }
        if length > most {
            return None;
        }
    }
    Some((pair_at, found, length))
}

impl Jacobian {
    pub(super) fn new(pattern: &Pattern) -> Jacobian {
        Jacobian {
            by_value: vec![0.0; pattern.length],
            by_belief: vec![0.0; pattern.length],
            active: vec![false; pattern.blocks.len()],
            scratch: Vec::new(),
        }
    }

    /// Computes all coefficients at an evaluation.
    pub(super) fn fill(&mut self, skeleton: &Skeleton, pattern: &Pattern, response: &Response) {
        self.by_value.fill(0.0);
        self.by_belief.fill(0.0);
        for node in 0..skeleton.nodes() {
            self.add_node(skeleton, pattern, response, node);
        }
        self.centre(skeleton, pattern, response);
    }

    /// Adds what a node gives to the blocks with all decisions above it.
    fn add_node(
        &mut self,
        skeleton: &Skeleton,
        pattern: &Pattern,
        response: &Response,
        node: usize,
    ) {
        let pairs = pattern.first_pair[node] as usize..pattern.first_pair[node + 1] as usize;
        if pairs.is_empty() {
            return;
        }
        let pairs = &pattern.pair_at[pairs];
        self.add_values(skeleton, response, node, pairs);
        let set = skeleton.set[node] as usize;
        if skeleton.members_of(set).len() > 1 && response.belief[node] > NEGLIGIBLE {
            self.add_beliefs(skeleton, response, node, pairs);
        }
    }

    /// How the choice at a node moves the values of the actions above that lead to it.
    fn add_values(&mut self, skeleton: &Skeleton, response: &Response, node: usize, pairs: &[u32]) {
        let players = skeleton.players;
        let slots = skeleton.slots_of(skeleton.set[node] as usize);
        let width = slots.len() - 1;
        let sigma = &response.sigma[slots];
        let first = skeleton.first_edge[node] as usize * players;
        let edge_value = &response.edge_value[first..first + (width + 1) * players];
        let value = &response.value[node * players..(node + 1) * players];
        self.scratch.clear();
        let mut largest: f64 = 0.0;
        for (player, &mean) in value.iter().enumerate() {
            for (k, p) in sigma.iter().enumerate().skip(1) {
                let effect = p * (edge_value[k * players + player] - mean);
                largest = largest.max(effect.abs());
                self.scratch.push(effect);
            }
        }
        let mut share = 1.0;
        let mut at = node;
        for &place in pairs {
            share *= skeleton.weight[at];
            if share * largest <= NEGLIGIBLE {
                return;
            }
            let edge = skeleton.edge_above[at];
            at = skeleton.above[at] as usize;
            let above = skeleton.set[at] as usize;
            let owner = usize::from(skeleton.player[above]);
            let weight = response.belief[at] * share;
            if weight * largest > NEGLIGIBLE {
                let target = &mut self.by_value[place as usize..place as usize + width];
                for (sum, &x) in target.iter_mut().zip(&self.scratch[owner * width..]) {
                    *sum += weight * x;
                }
            }
            let action = (edge - skeleton.first_edge[at]) as usize;
            share *= response.sigma[skeleton.first_slot[above] as usize + action];
        }
    }

    /// How the choices above a node move the belief in it, and so the values at its information set.
    fn add_beliefs(
        &mut self,
        skeleton: &Skeleton,
        response: &Response,
        node: usize,
        pairs: &[u32],
    ) {
        let players = skeleton.players;
        let set = skeleton.set[node] as usize;
        let worth = &response.worth[skeleton.slots_of(set)];
        let width = worth.len() - 1;
        let mine = usize::from(skeleton.player[set]);
        let belief = response.belief[node];
        let first = skeleton.first_edge[node] as usize * players + mine;
        let surprise = |k: usize| belief * (response.edge_value[first + k * players] - worth[k]);
        let base = surprise(0);
        self.scratch.clear();
        self.scratch.extend((1..=width).map(|k| surprise(k) - base));
        if self.scratch.iter().all(|x| x.abs() <= NEGLIGIBLE) {
            return;
        }
        for &place in pairs {
            let target = &mut self.by_belief[place as usize..place as usize + width];
            for (sum, &x) in target.iter_mut().zip(&self.scratch) {
                *sum += x;
            }
        }
    }

    /// From log σ to z in the blocks by belief, and from u to v in those by value.
    fn centre(&mut self, skeleton: &Skeleton, pattern: &Pattern, response: &Response) {
        for (block, active) in pattern.blocks.iter().zip(&mut self.active) {
            let (range, width) = block.extent(skeleton);
            let beliefs = &mut self.by_belief[range.clone()];
            let values = &mut self.by_value[range];
            let (believed, valued) = (is_active(beliefs), is_active(values));
            *active = believed || valued;
            if believed {
                let sigma = &response.sigma[skeleton.slots_of(block.above as usize)];
                self.scratch.clear();
                self.scratch.resize(width, 0.0);
                for row in beliefs.chunks_exact(width) {
                    for (sum, &x) in self.scratch.iter_mut().zip(row) {
                        *sum += x;
                    }
                }
                for (row, &p) in beliefs.chunks_exact_mut(width).zip(sigma) {
                    for (x, &sum) in row.iter_mut().zip(&self.scratch) {
                        *x -= p * sum;
                    }
                }
            }
            if valued {
                let (first, others) = values.split_at_mut(width);
                for row in others.chunks_exact_mut(width) {
                    for (x, &base) in row.iter_mut().zip(&*first) {
                        *x -= base;
                    }
                }
            }
        }
    }

    /// Adds the derivative in direction dz to `out`.
    pub(super) fn apply(
        &self,
        skeleton: &Skeleton,
        pattern: &Pattern,
        dz: &[f64],
        out: &mut [f64],
    ) {
        for (block, _) in pattern
            .blocks
            .iter()
            .zip(&self.active)
            .filter(|(_, active)| **active)
        {
            let (range, width) = block.extent(skeleton);
            let above = skeleton.first_unknown(block.above as usize);
            let below = skeleton.first_unknown(block.below as usize);
            let values = self.by_value[range.clone()].chunks_exact(width).skip(1);
            let beliefs = self.by_belief[range].chunks_exact(width).skip(1);
            for (k, (value, belief)) in values.zip(beliefs).enumerate() {
                let mut sum = 0.0;
                for (&x, &d) in value.iter().zip(&dz[below..]) {
                    sum += x * d;
                }
                out[above + k] += sum;
                let d = dz[above + k];
                for (y, &x) in out[below..].iter_mut().zip(belief) {
                    *y += x * d;
                }
            }
        }
    }

    /// Factors M = I − λ ∂U/∂z.
    pub(super) fn factor(
        &self,
        skeleton: &Skeleton,
        pattern: &Pattern,
        plan: &Plan,
        lambda: f64,
        factors: &mut Factors,
    ) {
        let mut next = 0;
        factors.factor(plan, |front, order, matrix| {
            while let Some(block) = pattern.blocks.get(next)
                && block.target.front as usize == front
            {
                next += 1;
                if !self.active[next - 1] {
                    continue;
                }
                let (range, width) = block.extent(skeleton);
                let inner = range.start + width..range.end;
                let (above, below) = (&self.by_value[inner.clone()], &self.by_belief[inner]);
                block
                    .target
                    .subtract(matrix, order, lambda, width, above, below);
            }
        });
    }
}

fn is_active(coefficients: &[f64]) -> bool {
    coefficients.iter().any(|&x| x != 0.0)
}

impl Block {
    /// Its place in the coefficient arrays, and the length of its rows.
    fn extent(&self, skeleton: &Skeleton) -> (std::ops::Range<usize>, usize) {
        let width = skeleton.arity(self.below as usize) - 1;
        (
            self.at..self.at + skeleton.arity(self.above as usize) * width,
            width,
        )
    }
}
