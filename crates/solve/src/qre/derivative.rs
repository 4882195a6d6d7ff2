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

use super::response::Response;
use super::skeleton::{ROOT, Skeleton};

/// Room for the passes.
#[derive(Clone, Debug)]
pub(super) struct Derivative {
    /// Per slot: change of log σ.
    log_sigma: Vec<f64>,
    /// Per node: change of log reach, then of the belief.
    belief: Vec<f64>,
    /// Per edge, one per player: change of the expected payoff after it.
    edge_value: Vec<f64>,
    /// One per player: change at a node.
    value: Vec<f64>,
    /// Information sets, those that come last on every path first.
    latest_first: Arc<Vec<u32>>,
}

impl Derivative {
    pub(super) fn new(skeleton: &Skeleton, latest_first: Arc<Vec<u32>>) -> Derivative {
        Derivative {
            log_sigma: vec![0.0; skeleton.slots()],
            belief: vec![0.0; skeleton.nodes()],
            edge_value: vec![0.0; skeleton.ends.len()],
            value: vec![0.0; skeleton.players],
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
        dz: &[f64],
        out: &mut [f64],
    ) {
        for set in 0..skeleton.sets() {
            self.move_choice(skeleton, response, set, dz);
        }
        self.move_beliefs(skeleton, response);
        self.edge_value.fill(0.0);
        for node in (0..skeleton.nodes()).rev() {
            self.move_value(skeleton, response, node);
        }
        for set in 0..skeleton.sets() {
            let first = skeleton.first_unknown(set);
            let out = &mut out[first..first + skeleton.arity(set) - 1];
            self.move_worth(skeleton, response, set, true, out);
        }
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
            self.move_choice(skeleton, response, set, x);
            for &node in skeleton.members_of(set) {
                self.move_value(skeleton, response, node as usize);
            }
        }
    }

    /// Change of log σ at one information set.
    fn move_choice(&mut self, skeleton: &Skeleton, response: &Response, set: usize, dz: &[f64]) {
        let slots = skeleton.slots_of(set);
        let first = skeleton.first_unknown(set);
        let sigma = &response.sigma[slots.clone()];
        let dz = &dz[first..first + sigma.len() - 1];
        let mean: f64 = sigma[1..].iter().zip(dz).map(|(p, d)| p * d).sum();
        let moved = &mut self.log_sigma[slots];
        moved[0] = -mean;
        for (moved, d) in moved[1..].iter_mut().zip(dz) {
            *moved = d - mean;
        }
    }

    /// Changes of all beliefs, from those of the choices.
    fn move_beliefs(&mut self, skeleton: &Skeleton, response: &Response) {
        for node in 0..skeleton.nodes() {
            let edge = skeleton.edge_above[node];
            self.belief[node] = if edge == ROOT {
                0.0
            } else {
                let above = skeleton.above[node] as usize;
                let action = edge - skeleton.first_edge[above];
                let slot = skeleton.first_slot[skeleton.set[above] as usize] + action;
                self.belief[above] + self.log_sigma[slot as usize]
            };
        }
        // Only now, since a node's own change of reach is needed by those below it.
        for set in 0..skeleton.sets() {
            let members = skeleton.members_of(set);
            let mean: f64 = members
                .iter()
                .map(|&node| response.belief[node as usize] * self.belief[node as usize])
                .sum();
            for &node in members {
                let node = node as usize;
                self.belief[node] = response.belief[node] * (self.belief[node] - mean);
            }
        }
    }

    /// Change of the expected payoffs at a node, handed to the edge above it.
    fn move_value(&mut self, skeleton: &Skeleton, response: &Response, node: usize) {
        let edge = skeleton.edge_above[node];
        if edge == ROOT {
            return;
        }
        let players = skeleton.players;
        let slots = skeleton.slots_of(skeleton.set[node] as usize);
        let first = skeleton.first_edge[node] as usize * players;
        self.value.fill(0.0);
        let rows = self.edge_value[first..].chunks_exact(players);
        let values = response.edge_value[first..].chunks_exact(players);
        for ((slot, moved), values) in slots.zip(rows).zip(values) {
            let (p, d) = (response.sigma[slot], self.log_sigma[slot]);
            for ((sum, &moved), &value) in self.value.iter_mut().zip(moved).zip(values) {
                *sum += p * (moved + d * value);
            }
        }
        let weight = skeleton.weight[node];
        let target = &mut self.edge_value[edge as usize * players..(edge as usize + 1) * players];
        for (sum, &moved) in target.iter_mut().zip(&self.value) {
            *sum += weight * moved;
        }
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
