//! The derivative of the logit response in one direction, without its matrix.
//!
//! A direction dz of the arguments z = λv moves log σ_h(a) by dz_h(a) − Σ_b σ_h(b) dz_h(b). One pass from the
//! root adds these up to d log(reach) of every node and from there to the change of beliefs; one pass from the
//! ends turns them into changes of expected payoffs; together they give du_h(a) = Σ_x μ(x) dV(x·a) + dμ(x)
//! V(x·a). That is about three evaluations of the response, and memory in proportion to the tree.
//!
//! [`Derivative::undo_values`] solves z-by-value alone: with beliefs held fixed, what an action is worth
//! depends on later choices only, so that I − λ ∂U/∂z is triangular and one pass from the latest information
//! sets to the earliest inverts it. It is the preconditioner of the Krylov solver.

use std::sync::Arc;

use super::response::{NODES, Response, SETS};
use super::skeleton::{ROOT, Skeleton};
use crate::parallel::{Crew, cut};

/// Room for the passes.
#[derive(Clone, Debug)]
pub(super) struct Derivative {
    /// Per slot: change of log σ.
    log_sigma: Vec<f64>,
    /// Per node: change of log reach, then of the belief.
    belief: Vec<f64>,
    /// Per edge, one per player: change of the expected payoff after it.
    edge_value: Vec<f64>,
    /// Per information set: mean change of the log reach of its nodes.
    mean: Vec<f64>,
    /// Information sets, those that come last on every path first.
    latest_first: Arc<Vec<u32>>,
}

impl Derivative {
    pub(super) fn new(skeleton: &Skeleton, latest_first: Arc<Vec<u32>>) -> Derivative {
        Derivative {
            log_sigma: vec![0.0; skeleton.slots()],
            belief: vec![0.0; skeleton.nodes()],
            edge_value: vec![0.0; skeleton.ends.len()],
            mean: vec![0.0; skeleton.sets()],
            latest_first,
        }
    }

    /// Bytes that the room for a game takes.
    pub(super) fn bytes(skeleton: &Skeleton) -> usize {
        (skeleton.slots() + skeleton.nodes() + skeleton.ends.len()) * size_of::<f64>()
    }

    /// ∂v/∂z in direction dz at an evaluation, into `out`.
    pub(super) fn apply(
        &mut self,
        skeleton: &Skeleton,
        response: &Response,
        crew: Crew,
        dz: &[f64],
        out: &mut [f64],
    ) {
        self.move_choices(skeleton, response, crew, dz);
        self.move_beliefs(skeleton, response, crew);
        self.move_values(skeleton, response, crew);
        let mut out = out;
        let mut tasks = Vec::new();
        for sets in crew.pieces(0..skeleton.sets(), SETS) {
            let unknowns = skeleton.slots_of_all(&sets).len() - sets.len();
            tasks.push((sets, cut(&mut out, unknowns)));
        }
        let moved = &*self;
        crew.each(tasks, |(sets, mut out)| {
            for set in sets {
                let out = cut(&mut out, skeleton.arity(set) - 1);
                moved.move_worth(skeleton, response, set, true, out);
            }
        });
    }

    /// Solves x − λ ∂v/∂z|beliefs fixed x = b for x, in place.
    pub(super) fn undo_values(
        &mut self,
        skeleton: &Skeleton,
        response: &Response,
        lambda: f64,
        x: &mut [f64],
    ) {
        self.edge_value.fill(0.0);
        let order = Arc::clone(&self.latest_first);
        let mut moved = Vec::new();
        for &set in order.iter() {
            let set = set as usize;
            let first = skeleton.first_unknown(set);
            moved.clear();
            moved.resize(skeleton.arity(set) - 1, 0.0);
            self.move_worth(skeleton, response, set, false, &mut moved);
            for (x, &du) in x[first..].iter_mut().zip(&moved) {
                *x += lambda * du;
            }
            let slots = skeleton.slots_of(set);
            move_choice(skeleton, response, set, x, &mut self.log_sigma[slots]);
            for &node in skeleton.members_of(set) {
                self.move_value(skeleton, response, node as usize);
            }
        }
    }

    /// Changes of all log σ.
    fn move_choices(&mut self, skeleton: &Skeleton, response: &Response, crew: Crew, dz: &[f64]) {
        let mut moved = &mut self.log_sigma[..];
        let mut tasks = Vec::new();
        for sets in crew.pieces(0..skeleton.sets(), SETS) {
            let slots = skeleton.slots_of_all(&sets).len();
            tasks.push((sets, cut(&mut moved, slots)));
        }
        crew.each(tasks, |(sets, mut moved)| {
            for set in sets {
                let moved = cut(&mut moved, skeleton.arity(set));
                move_choice(skeleton, response, set, dz, moved);
            }
        });
    }

    /// Changes of all beliefs, from those of the choices.
    fn move_beliefs(&mut self, skeleton: &Skeleton, response: &Response, crew: Crew) {
        let log_sigma = &self.log_sigma[..];
        for level in 0..skeleton.levels() {
            let nodes = skeleton.level(level);
            let (earlier, mut here) = self.belief.split_at_mut(nodes.start);
            let mut tasks = Vec::new();
            for nodes in crew.pieces(nodes, NODES) {
                let length = nodes.len();
                tasks.push((nodes, cut(&mut here, length)));
            }
            crew.each(tasks, |(nodes, here)| {
                for (node, moved) in nodes.zip(here) {
                    *moved = skeleton.slot_above(node).map_or(0.0, |slot| {
                        earlier[skeleton.above[node] as usize] + log_sigma[slot]
                    });
                }
            });
        }
        // Only now, since a node's own change of reach is needed by those below it.
        let reach = &self.belief[..];
        let mut means = &mut self.mean[..];
        let mut tasks = Vec::new();
        for sets in crew.pieces(0..skeleton.sets(), SETS) {
            let length = sets.len();
            tasks.push((sets, cut(&mut means, length)));
        }
        crew.each(tasks, |(sets, means)| {
            for (set, mean) in sets.zip(means) {
                let members = skeleton.members_of(set).iter().map(|&node| node as usize);
                *mean = members
                    .map(|node| response.belief[node] * reach[node])
                    .sum();
            }
        });
        let means = &self.mean[..];
        let mut moved = &mut self.belief[..];
        let mut tasks = Vec::new();
        for nodes in crew.pieces(0..skeleton.nodes(), NODES) {
            let length = nodes.len();
            tasks.push((nodes, cut(&mut moved, length)));
        }
        crew.each(tasks, |(nodes, moved)| {
            for (node, moved) in nodes.zip(moved) {
                let mean = means[skeleton.set[node] as usize];
                *moved = response.belief[node] * (*moved - mean);
            }
        });
    }

    /// Changes of all expected payoffs, from the last decisions to the first.
    fn move_values(&mut self, skeleton: &Skeleton, response: &Response, crew: Crew) {
        let players = skeleton.players;
        let log_sigma = &self.log_sigma[..];
        for level in (0..skeleton.levels()).rev() {
            let nodes = skeleton.level(level);
            let edges = skeleton.edges_of(&nodes);
            let (rows, later) = self.edge_value.split_at_mut(edges.end * players);
            let mut rows = &mut rows[edges.start * players..];
            let mut tasks = Vec::new();
            for piece in crew.pieces(nodes, NODES) {
                let edges = skeleton.edges_of(&piece);
                tasks.push((edges.clone(), cut(&mut rows, edges.len() * players)));
            }
            let later = (edges.end, &*later);
            crew.each(tasks, |(edges, rows)| {
                rows.fill(0.0);
                for (edge, row) in edges.zip(rows.chunks_exact_mut(players)) {
                    for child in skeleton.children_of(edge) {
                        add_moved_value(skeleton, response, log_sigma, child, later, row);
                    }
                }
            });
        }
    }

    /// Change of the expected payoffs at a node, handed to the edge above it.
    fn move_value(&mut self, skeleton: &Skeleton, response: &Response, node: usize) {
        let edge = skeleton.edge_above[node];
        if edge == ROOT {
            return;
        }
        let players = skeleton.players;
        let (rows, later) = self
            .edge_value
            .split_at_mut(skeleton.first_edge[node] as usize * players);
        let row = &mut rows[edge as usize * players..(edge as usize + 1) * players];
        let later = (skeleton.first_edge[node] as usize, &*later);
        add_moved_value(skeleton, response, &self.log_sigma, node, later, row);
    }

    /// Change of what the actions of an information set are worth, less that of the first; `out` has one
    /// number for each of the others.
    fn move_worth(
        &self,
        skeleton: &Skeleton,
        response: &Response,
        set: usize,
        beliefs_too: bool,
        out: &mut [f64],
    ) {
        let players = skeleton.players;
        let player = usize::from(skeleton.player[set]);
        out.fill(0.0);
        for &node in skeleton.members_of(set) {
            let node = node as usize;
            let first = skeleton.first_edge[node] as usize * players + player;
            let belief = response.belief[node];
            let moved = if beliefs_too { self.belief[node] } else { 0.0 };
            let change = |at: usize| belief * self.edge_value[at] + moved * response.edge_value[at];
            let base = change(first);
            for (k, sum) in out.iter_mut().enumerate() {
                *sum += change(first + (k + 1) * players) - base;
            }
        }
    }
}

/// Change of log σ at one information set.
fn move_choice(
    skeleton: &Skeleton,
    response: &Response,
    set: usize,
    dz: &[f64],
    moved: &mut [f64],
) {
    let first = skeleton.first_unknown(set);
    let sigma = &response.sigma[skeleton.slots_of(set)];
    let dz = &dz[first..first + sigma.len() - 1];
    let mean: f64 = sigma[1..].iter().zip(dz).map(|(p, d)| p * d).sum();
    moved[0] = -mean;
    for (moved, d) in moved[1..].iter_mut().zip(dz) {
        *moved = d - mean;
    }
}

/// Adds the change of the expected payoffs at a node, times the probability of the draws that lead there, to that
/// after the edge above it. `later` are the changes after all edges from a first one on.
fn add_moved_value(
    skeleton: &Skeleton,
    response: &Response,
    log_sigma: &[f64],
    node: usize,
    later: (usize, &[f64]),
    row: &mut [f64],
) {
    let players = skeleton.players;
    let slots = skeleton.slots_of(skeleton.set[node] as usize);
    let first = skeleton.first_edge[node] as usize;
    let weight = skeleton.weight[node];
    let moved = later.1[(first - later.0) * players..].chunks_exact(players);
    let values = response.edge_value[first * players..].chunks_exact(players);
    for ((slot, moved), values) in slots.zip(moved).zip(values) {
        let (p, d) = (weight * response.sigma[slot], log_sigma[slot]);
        for ((sum, &moved), &value) in row.iter_mut().zip(moved).zip(values) {
            *sum += p * (moved + d * value);
        }
    }
}
