//! The logit response: from action values to probabilities, and from these to action values again.
//!
//! σ_h(a) = exp(λ u_h(a)) / Σ_b exp(λ u_h(b)) and u_h(a) = Σ_{x∈h} μ(x) V(x·a), where μ are the beliefs and V
//! the expected payoffs under σ (McKelvey & Palfrey 1998, agent quantal response equilibrium). Only
//! differences matter: the unknowns are v_h(a) = u_h(a) − u_h(first action), for all other actions a.

use super::skeleton::Skeleton;
use crate::parallel::{Crew, cut};

/// Fewest information sets and nodes that are worth a thread.
pub(super) const SETS: usize = 1024;
pub(super) const NODES: usize = 4096;

/// One evaluation, with all that the Jacobian needs of it.
#[derive(Clone, Debug)]
pub(super) struct Response {
    /// Per slot: logarithm of its probability.
    pub(super) log_sigma: Vec<f64>,
    /// Per slot: its probability.
    pub(super) sigma: Vec<f64>,
    /// Per node: logarithm of its reach probability.
    log_reach: Vec<f64>,
    /// Beliefs in the order of the skeleton's `members`.
    likely: Vec<f64>,
    /// Per node: belief in it at its information set.
    pub(super) belief: Vec<f64>,
    /// Per node, one per player: expected payoff.
    pub(super) value: Vec<f64>,
    /// Per edge, one per player: expected payoff after it.
    pub(super) edge_value: Vec<f64>,
    /// Per slot: what the action is worth to its player.
    pub(super) worth: Vec<f64>,
    /// One per player: expected payoff at the root.
    pub(super) root: Vec<f64>,
}

impl Response {
    pub(super) fn new(skeleton: &Skeleton) -> Response {
        let (nodes, players) = (skeleton.nodes(), skeleton.players);
        Response {
            log_sigma: vec![0.0; skeleton.slots()],
            sigma: vec![0.0; skeleton.slots()],
            log_reach: vec![0.0; nodes],
            likely: vec![0.0; nodes],
            belief: vec![0.0; nodes],
            value: vec![0.0; nodes * players],
            edge_value: vec![0.0; skeleton.ends.len()],
            worth: vec![0.0; skeleton.slots()],
            root: vec![0.0; players],
        }
    }

    /// Evaluates probabilities, beliefs and values at action values v and precision λ.
    pub(super) fn evaluate(&mut self, skeleton: &Skeleton, crew: Crew, v: &[f64], lambda: f64) {
        self.choose(skeleton, crew, v, lambda);
        self.believe(skeleton, crew);
        match skeleton.players {
            1 => self.back_up::<1>(skeleton, crew),
            2 => self.back_up::<2>(skeleton, crew),
            3 => self.back_up::<3>(skeleton, crew),
            4 => self.back_up::<4>(skeleton, crew),
            5 => self.back_up::<5>(skeleton, crew),
            6 => self.back_up::<6>(skeleton, crew),
            _ => self.back_up::<0>(skeleton, crew),
        }
        self.assess(skeleton, crew);
    }

    /// Residual v − U(σ(λv)) of the last evaluation.
    pub(super) fn residual(&self, skeleton: &Skeleton, v: &[f64], residual: &mut [f64]) {
        for set in 0..skeleton.sets() {
            let worth = &self.worth[skeleton.slots_of(set)];
            let first = skeleton.first_unknown(set);
            for k in 1..worth.len() {
                residual[first + k - 1] = v[first + k - 1] - (worth[k] - worth[0]);
            }
        }
    }

    fn choose(&mut self, skeleton: &Skeleton, crew: Crew, v: &[f64], lambda: f64) {
        let (mut logs, mut sigma) = (&mut self.log_sigma[..], &mut self.sigma[..]);
        let mut tasks = Vec::new();
        for sets in crew.pieces(0..skeleton.sets(), SETS) {
            let slots = skeleton.slots_of_all(&sets).len();
            tasks.push((sets, cut(&mut logs, slots), cut(&mut sigma, slots)));
        }
        crew.each(tasks, |(sets, mut logs, mut sigma)| {
            for set in sets {
                let (arity, first) = (skeleton.arity(set), skeleton.first_unknown(set));
                let prior = &skeleton.prior[first..];
                let logs = cut(&mut logs, arity);
                let sigma = cut(&mut sigma, arity);
                choose_at(logs, sigma, &v[first..], prior, lambda);
            }
        });
    }

    fn believe(&mut self, skeleton: &Skeleton, crew: Crew) {
        let log_sigma = &self.log_sigma[..];
        for level in 0..skeleton.levels() {
            let nodes = skeleton.level(level);
            let (earlier, mut here) = self.log_reach.split_at_mut(nodes.start);
            let mut tasks = Vec::new();
            for nodes in crew.pieces(nodes, NODES) {
                let length = nodes.len();
                tasks.push((nodes, cut(&mut here, length)));
            }
            crew.each(tasks, |(nodes, here)| {
                for (node, log_reach) in nodes.zip(here) {
                    *log_reach = skeleton.log_weight[node];
                    if let Some(slot) = skeleton.slot_above(node) {
                        *log_reach += earlier[skeleton.above[node] as usize] + log_sigma[slot];
                    }
                }
            });
        }
        let log_reach = &self.log_reach[..];
        let mut likely = &mut self.likely[..];
        let mut tasks = Vec::new();
        for sets in crew.pieces(0..skeleton.sets(), SETS) {
            let members = skeleton.members_of_all(&sets).len();
            tasks.push((sets, cut(&mut likely, members)));
        }
        crew.each(tasks, |(sets, mut likely)| {
            for set in sets {
                let members = skeleton.members_of(set);
                believe_at(
                    skeleton,
                    members,
                    log_reach,
                    cut(&mut likely, members.len()),
                );
            }
        });
    }

    /// Beliefs by node, and expected payoffs from the last decisions to the first. P is the number of players, or 0
    /// where there are more than a few.
    fn back_up<const P: usize>(&mut self, skeleton: &Skeleton, crew: Crew) {
        let players = if P == 0 { skeleton.players } else { P };
        let (sigma, likely) = (&self.sigma[..], &self.likely[..]);
        for level in (0..skeleton.levels()).rev() {
            let nodes = skeleton.level(level);
            let edges = skeleton.edges_of(&nodes);
            let (here, later) = self.value.split_at_mut(nodes.end * players);
            let mut here = &mut here[nodes.start * players..];
            let mut rows = &mut self.edge_value[edges.start * players..edges.end * players];
            let mut beliefs = &mut self.belief[nodes.clone()];
            let mut tasks = Vec::new();
            for piece in crew.pieces(nodes.clone(), NODES) {
                let here = cut(&mut here, piece.len() * players);
                let rows = cut(&mut rows, skeleton.edges_of(&piece).len() * players);
                tasks.push((piece.clone(), here, rows, cut(&mut beliefs, piece.len())));
            }
            crew.each(tasks, |(piece, here, mut rows, beliefs)| {
                let mut many = vec![0.0; if P == 0 { players } else { 0 }];
                let mut few = [0.0; P];
                let value = if P == 0 { &mut many[..] } else { &mut few[..] };
                for ((node, target), belief) in
                    piece.zip(here.chunks_exact_mut(players)).zip(beliefs)
                {
                    *belief = likely[skeleton.place[node] as usize];
                    value.fill(0.0);
                    let sigma = &sigma[skeleton.slots_of(skeleton.set[node] as usize)];
                    for (edge, &p) in (skeleton.first_edge[node] as usize..).zip(sigma) {
                        let row = cut(&mut rows, players);
                        row.copy_from_slice(&skeleton.ends[edge * players..(edge + 1) * players]);
                        for child in skeleton.children_of(edge) {
                            let at = (child - nodes.end) * players;
                            let weight = skeleton.weight[child];
                            for (sum, x) in row.iter_mut().zip(&later[at..at + players]) {
                                *sum += weight * x;
                            }
                        }
                        for (sum, x) in value.iter_mut().zip(row) {
                            *sum += p * *x;
                        }
                    }
                    target.copy_from_slice(value);
                }
            });
        }
        self.value_root(skeleton);
    }

    /// Expected payoffs at the root, from those of the first decisions.
    pub(super) fn value_root(&mut self, skeleton: &Skeleton) {
        let players = skeleton.players;
        self.root.copy_from_slice(&skeleton.ends_at_root);
        if skeleton.levels() > 0 {
            for (node, value) in skeleton.level(0).zip(self.value.chunks_exact(players)) {
                for (sum, x) in self.root.iter_mut().zip(value) {
                    *sum += skeleton.weight[node] * x;
                }
            }
        }
    }

    fn assess(&mut self, skeleton: &Skeleton, crew: Crew) {
        let (belief, edge_value) = (&self.belief[..], &self.edge_value[..]);
        let mut worth = &mut self.worth[..];
        let mut tasks = Vec::new();
        for sets in crew.pieces(0..skeleton.sets(), SETS) {
            let slots = skeleton.slots_of_all(&sets).len();
            tasks.push((sets, cut(&mut worth, slots)));
        }
        crew.each(tasks, |(sets, mut worth)| {
            for set in sets {
                let worth = cut(&mut worth, skeleton.arity(set));
                assess_at(skeleton, set, belief, edge_value, worth);
            }
        });
    }

    /// What actions are worth at one information set.
    pub(super) fn value_actions(&mut self, skeleton: &Skeleton, set: usize) {
        let worth = &mut self.worth[skeleton.slots_of(set)];
        assess_at(skeleton, set, &self.belief, &self.edge_value, worth);
    }

    /// Expected payoffs after the edges of a level, from those of the nodes below.
    pub(super) fn value_edges(&mut self, skeleton: &Skeleton, level: usize) {
        let players = skeleton.players;
        let edges = skeleton.edges_of(&skeleton.level(level));
        let ends = &skeleton.ends[edges.start * players..edges.end * players];
        let rows = &mut self.edge_value[edges.start * players..edges.end * players];
        rows.copy_from_slice(ends);
        for (edge, row) in edges.zip(rows.chunks_exact_mut(players)) {
            for child in skeleton.children_of(edge) {
                let below = &self.value[child * players..(child + 1) * players];
                for (sum, x) in row.iter_mut().zip(below) {
                    *sum += skeleton.weight[child] * x;
                }
            }
        }
    }

    /// Expected payoffs at the nodes of a level, from those after their edges.
    pub(super) fn value_nodes(&mut self, skeleton: &Skeleton, level: usize) {
        let players = skeleton.players;
        for node in skeleton.level(level) {
            let value = &mut self.value[node * players..(node + 1) * players];
            value.fill(0.0);
            let sigma = &self.sigma[skeleton.slots_of(skeleton.set[node] as usize)];
            let rows = &self.edge_value[skeleton.first_edge[node] as usize * players..];
            for (&p, row) in sigma.iter().zip(rows.chunks_exact(players)) {
                for (sum, x) in value.iter_mut().zip(row) {
                    *sum += p * x;
                }
            }
        }
    }

    /// Largest gain that one change at one information set brings there, over all information sets, in the
    /// scaled payoffs: max_a u_h(a) − Σ_a σ_h(a) u_h(a).
    pub(super) fn largest_local_gain(&self, skeleton: &Skeleton) -> f64 {
        let mut largest: f64 = 0.0;
        for set in 0..skeleton.sets() {
            let slots = skeleton.slots_of(set);
            let worth = &self.worth[slots.clone()];
            let best = worth.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            let mixed: f64 = worth
                .iter()
                .zip(&self.sigma[slots])
                .map(|(u, p)| p * (best - u))
                .sum();
            largest = largest.max(mixed);
        }
        largest
    }
}

/// What actions are worth at one information set, given beliefs and what follows.
fn assess_at(
    skeleton: &Skeleton,
    set: usize,
    belief: &[f64],
    edge_value: &[f64],
    worth: &mut [f64],
) {
    let (players, player) = (skeleton.players, usize::from(skeleton.player[set]));
    worth.fill(0.0);
    for &node in skeleton.members_of(set) {
        let belief = belief[node as usize];
        let first = skeleton.first_edge[node as usize] as usize * players + player;
        let values = edge_value[first..].iter().step_by(players);
        for (sum, value) in worth.iter_mut().zip(values) {
            *sum += belief * value;
        }
    }
}

/// Probabilities, and their logarithms, of the actions of one information set.
pub(super) fn choose_at(
    logs: &mut [f64],
    sigma: &mut [f64],
    v: &[f64],
    prior: &[f64],
    lambda: f64,
) {
    logs[0] = 0.0;
    let mut top: f64 = 0.0;
    for ((log, &value), &prior) in logs[1..].iter_mut().zip(v).zip(prior) {
        *log = lambda * value + prior;
        top = top.max(*log);
    }
    let mut sum = 0.0;
    for (p, &log) in sigma.iter_mut().zip(&*logs) {
        *p = (log - top).exp();
        sum += *p;
    }
    // At high precision the logarithms are large: only their differences are exact.
    let spread = sum.ln();
    for (p, log) in sigma.iter_mut().zip(logs) {
        *p /= sum;
        *log = (*log - top) - spread;
    }
}

/// Beliefs in the nodes of one information set.
pub(super) fn believe_at(
    skeleton: &Skeleton,
    members: &[u32],
    log_reach: &[f64],
    beliefs: &mut [f64],
) {
    if let [only] = beliefs {
        *only = 1.0;
        return;
    }
    let mut top = f64::NEG_INFINITY;
    for &node in members {
        if skeleton.believable[node as usize] {
            top = top.max(log_reach[node as usize]);
        }
    }
    let mut sum = 0.0;
    for (&node, belief) in members.iter().zip(&mut *beliefs) {
        let node = node as usize;
        *belief = if skeleton.believable[node] {
            (log_reach[node] - top).exp()
        } else {
            0.0
        };
        sum += *belief;
    }
    beliefs.iter_mut().for_each(|belief| *belief /= sum);
}
