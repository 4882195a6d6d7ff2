//! The derivative of the logit response, block by block.
//!
//! A change dz of the arguments z = λv moves probabilities by d log σ_h(a) = dz_h(a) − Σ_b σ_h(b) dz_h(b).
//! It reaches the action values of an information set h in two ways only:
//! - through *values*, from a node y below x·a: ∂u_h(a) = Σ μ(x) P(y | x·a) σ(c) (V(y·c) − V(y)) dz(c),
//! - through *beliefs*, from a choice (h, a) above y: ∂u_k(c) = Σ_y μ(y) (V(y·c) − u_k(c)) d log σ_h(a).
//!
//! Both run over the same pairs (edge above, node below), so that one walk up from every node fills all
//! blocks exactly; it costs about as much as a few passes over the tree.

use std::ops::Range;

use crate::linear::{Factors, Plan, Target};
use crate::parallel::{Crew, cut};

use super::response::{Response, SETS};
use super::skeleton::{ROOT, Skeleton};

/// Contributions to λ ∂U/∂z below this are left out: what is left moves Newton's method, not the solution.
const NEGLIGIBLE: f64 = 1e-8;

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
    /// In the order of their coefficients: those with the same set below lie together.
    blocks: Vec<Block>,
    /// Per information set, and one more: its first block among those of which it is the set below.
    first_block: Vec<u32>,
    /// The blocks by the front that they go to.
    by_front: Vec<u32>,
    /// Per front, and one more: its first block in `by_front`.
    first_of_front: Vec<u32>,
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
    /// Per block of the pattern.
    active: Vec<Active>,
}

/// Which coefficients of a block are other than 0.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Active {
    values: bool,
    beliefs: bool,
}

/// What is needed to fill the coefficients of some information sets below.
struct Filler<'a> {
    skeleton: &'a Skeleton,
    pattern: &'a Pattern,
    response: &'a Response,
    /// Their blocks, and the coefficients of these.
    first_block: usize,
    first: usize,
    by_value: &'a mut [f64],
    by_belief: &'a mut [f64],
    active: &'a mut [Active],
    /// Contributions below this are left out.
    negligible: f64,
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
        let blocks: Vec<Block> = found.into_iter().map(locate).collect();
        let mut by_front: Vec<u32> = (0..blocks.len() as u32).collect();
        let front = |&block: &u32| blocks[block as usize].target.front;
        by_front.sort_by_key(front);
        let first_of_front = (0..=plan.fronts() as u32)
            .map(|number| by_front.partition_point(|block| front(block) < number) as u32)
            .collect();
        let sets = skeleton.sets() as u32;
        let first_block = (0..=sets)
            .map(|set| blocks.partition_point(|block| block.below < set) as u32)
            .collect();
        Some((
            Pattern {
                blocks,
                first_block,
                by_front,
                first_of_front,
                first_pair,
                pair_at,
                length,
            },
            plan,
        ))
    }

    /// The blocks with all sets above a range of information sets.
    fn blocks_of(&self, sets: &Range<usize>) -> Range<usize> {
        self.first_block[sets.start] as usize..self.first_block[sets.end] as usize
    }

    /// Where the coefficients of a block begin.
    fn begin(&self, block: usize) -> usize {
        self.blocks.get(block).map_or(self.length, |block| block.at)
    }

    /// Bytes of the pattern and of the coefficients that fill it.
    pub(super) fn bytes(&self) -> usize {
        self.length * 2 * size_of::<f64>()
            + (self.pair_at.len() + self.first_pair.len()) * size_of::<u32>()
            + self.blocks.len() * (size_of::<Block>() + size_of::<u32>())
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
            active: vec![Active::default(); pattern.blocks.len()],
        }
    }

    /// Computes all coefficients at an evaluation, to be used at precision `lambda`.
    pub(super) fn fill(
        &mut self,
        skeleton: &Skeleton,
        pattern: &Pattern,
        response: &Response,
        lambda: f64,
        crew: Crew,
    ) {
        let mut by_value = &mut self.by_value[..];
        let mut by_belief = &mut self.by_belief[..];
        let mut active = &mut self.active[..];
        let mut tasks = Vec::new();
        for sets in crew.pieces(0..skeleton.sets(), SETS) {
            let blocks = pattern.blocks_of(&sets);
            let (first, end) = (pattern.begin(blocks.start), pattern.begin(blocks.end));
            let filler = Filler {
                skeleton,
                pattern,
                response,
                first_block: blocks.start,
                first,
                by_value: cut(&mut by_value, end - first),
                by_belief: cut(&mut by_belief, end - first),
                active: cut(&mut active, blocks.len()),
                negligible: NEGLIGIBLE / lambda.max(1.0),
                scratch: Vec::new(),
            };
            tasks.push((sets, filler));
        }
        crew.each(tasks, |(sets, mut filler)| {
            sets.for_each(|set| filler.fill(set))
        });
    }

    /// Factors M = I − λ ∂U/∂z.
    pub(super) fn factor(
        &self,
        skeleton: &Skeleton,
        pattern: &Pattern,
        plan: &Plan,
        lambda: f64,
        factors: &mut Factors,
        crew: Crew,
    ) {
        factors.factor(plan, crew, |front, matrix| {
            let blocks =
                pattern.first_of_front[front] as usize..pattern.first_of_front[front + 1] as usize;
            for &number in &pattern.by_front[blocks] {
                let (block, active) = (
                    &pattern.blocks[number as usize],
                    self.active[number as usize],
                );
                if active == Active::default() {
                    continue;
                }
                let (range, width) = block.extent(skeleton);
                let inner = range.start + width..range.end;
                let above = active.values.then(|| &self.by_value[inner.clone()]);
                let below = active.beliefs.then(|| &self.by_belief[inner]);
                matrix.subtract(block.target, lambda, width, above, below);
            }
        });
    }
}

impl Filler<'_> {
    /// Fills the blocks of an information set with all those above it.
    fn fill(&mut self, set: usize) {
        let blocks = self.pattern.blocks_of(&(set..set + 1));
        let range = self.pattern.begin(blocks.start) - self.first
            ..self.pattern.begin(blocks.end) - self.first;
        let active = blocks.start - self.first_block..blocks.end - self.first_block;
        let before = &mut self.active[active.clone()];
        // Of most choices that have settled nothing is left: their coefficients stay 0.
        if before.iter().any(|active| active.values) {
            self.by_value[range.clone()].fill(0.0);
        }
        if before.iter().any(|active| active.beliefs) {
            self.by_belief[range].fill(0.0);
        }
        before.fill(Active::default());
        let members = self.skeleton.members_of(set);
        let mut touched = Active::default();
        for &node in members {
            let node = node as usize;
            let pairs =
                self.pattern.first_pair[node] as usize..self.pattern.first_pair[node + 1] as usize;
            let pairs = &self.pattern.pair_at[pairs];
            touched.values |= self.add_values(node, pairs);
            if members.len() > 1 && self.response.belief[node] > self.negligible {
                touched.beliefs |= self.add_beliefs(node, pairs);
            }
        }
        if touched != Active::default() {
            for (block, active) in blocks.zip(active) {
                let block = self.pattern.blocks[block];
                self.active[active] = self.centre(&block);
            }
        }
    }

    /// How the choice at a node moves the values of the actions above that lead to it; whether it does.
    fn add_values(&mut self, node: usize, pairs: &[u32]) -> bool {
        let (skeleton, response) = (self.skeleton, self.response);
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
        let mut touched = false;
        let mut share = 1.0;
        let mut at = node;
        for &place in pairs {
            share *= skeleton.weight[at];
            if share * largest <= self.negligible {
                break;
            }
            let edge = skeleton.edge_above[at];
            at = skeleton.above[at] as usize;
            let above = skeleton.set[at] as usize;
            let owner = usize::from(skeleton.player[above]);
            let weight = response.belief[at] * share;
            if weight * largest > self.negligible {
                touched = true;
                let place = place as usize - self.first;
                let target = &mut self.by_value[place..place + width];
                for (sum, &x) in target.iter_mut().zip(&self.scratch[owner * width..]) {
                    *sum += weight * x;
                }
            }
            let action = (edge - skeleton.first_edge[at]) as usize;
            share *= response.sigma[skeleton.first_slot[above] as usize + action];
        }
        touched
    }

    /// How the choices above a node move the belief in it, and so the values at its information set; whether they
    /// do.
    fn add_beliefs(&mut self, node: usize, pairs: &[u32]) -> bool {
        let (skeleton, response) = (self.skeleton, self.response);
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
        if self.scratch.iter().all(|x| x.abs() <= self.negligible) {
            return false;
        }
        for &place in pairs {
            let place = place as usize - self.first;
            let target = &mut self.by_belief[place..place + width];
            for (sum, &x) in target.iter_mut().zip(&self.scratch) {
                *sum += x;
            }
        }
        true
    }

    /// From log σ to z in a block by belief, and from u to v in one by value.
    fn centre(&mut self, block: &Block) -> Active {
        let (range, width) = block.extent(self.skeleton);
        let range = range.start - self.first..range.end - self.first;
        let beliefs = &mut self.by_belief[range.clone()];
        let values = &mut self.by_value[range];
        let active = Active {
            values: is_active(values),
            beliefs: is_active(beliefs),
        };
        if active.beliefs {
            let above = self.skeleton.slots_of(block.above as usize);
            let sigma = &self.response.sigma[above];
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
        if active.values {
            let (first, others) = values.split_at_mut(width);
            for row in others.chunks_exact_mut(width) {
                for (x, &base) in row.iter_mut().zip(&*first) {
                    *x -= base;
                }
            }
        }
        active
    }
}

fn is_active(coefficients: &[f64]) -> bool {
    coefficients.iter().any(|&x| x != 0.0)
}

impl Block {
    /// Its place in the coefficient arrays, and the length of its rows.
    fn extent(&self, skeleton: &Skeleton) -> (Range<usize>, usize) {
        let width = skeleton.arity(self.below as usize) - 1;
        (
            self.at..self.at + skeleton.arity(self.above as usize) * width,
            width,
        )
    }
}
