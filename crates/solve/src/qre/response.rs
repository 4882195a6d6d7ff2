//! The logit response: from action values to probabilities, and from these to action values again.
//!
//! σ_h(a) = exp(λ u_h(a)) / Σ_b exp(λ u_h(b)) and u_h(a) = Σ_{x∈h} μ(x) V(x·a), where μ are the beliefs and V
//! the expected payoffs under σ (McKelvey & Palfrey 1998, agent quantal response equilibrium). Only
//! differences matter: the unknowns are v_h(a) = u_h(a) − u_h(first action), for all other actions a.

use super::skeleton::{ROOT, Skeleton};

/// One evaluation, with all that the Jacobian needs of it.
#[derive(Clone, Debug)]
pub(super) struct Response {
    /// Per slot: logarithm of its probability.
    pub(super) log_sigma: Vec<f64>,
    /// Per slot: its probability.
    pub(super) sigma: Vec<f64>,
    /// Per node: logarithm of its reach probability.
    log_reach: Vec<f64>,
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
            belief: vec![0.0; nodes],
            value: vec![0.0; nodes * players],
            edge_value: vec![0.0; skeleton.ends.len()],
            worth: vec![0.0; skeleton.slots()],
            root: vec![0.0; players],
        }
    }

    /// Evaluates probabilities, beliefs and values at action values v and precision λ.
    pub(super) fn evaluate(&mut self, skeleton: &Skeleton, v: &[f64], lambda: f64) {
        self.choose(skeleton, v, lambda);
        self.believe(skeleton);
        match skeleton.players {
            1 => self.back_up::<1>(skeleton),
            2 => self.back_up::<2>(skeleton),
            3 => self.back_up::<3>(skeleton),
            4 => self.back_up::<4>(skeleton),
            5 => self.back_up::<5>(skeleton),
            6 => self.back_up::<6>(skeleton),
            _ => self.back_up_many(skeleton),
        }
        self.assess(skeleton);
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

    fn choose(&mut self, skeleton: &Skeleton, v: &[f64], lambda: f64) {
        for set in 0..skeleton.sets() {
            let slots = skeleton.slots_of(set);
            let first = skeleton.first_unknown(set);
            let logs = &mut self.log_sigma[slots.clone()];
            let sigma = &mut self.sigma[slots];
            logs[0] = 0.0;
            let mut top: f64 = 0.0;
            let prior = &skeleton.prior[first..];
            for ((log, &value), &prior) in logs[1..].iter_mut().zip(&v[first..]).zip(prior) {
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
    }

    fn believe(&mut self, skeleton: &Skeleton) {
        for node in 0..skeleton.nodes() {
            let edge = skeleton.edge_above[node];
            let mut log = skeleton.log_weight[node];
            if edge != ROOT {
                let above = skeleton.above[node] as usize;
                let action = edge - skeleton.first_edge[above];
                let slot = skeleton.first_slot[skeleton.set[above] as usize] + action;
                log += self.log_reach[above] + self.log_sigma[slot as usize];
            }
            self.log_reach[node] = log;
        }
        for set in 0..skeleton.sets() {
            let members = skeleton.members_of(set);
            if let [only] = members {
                self.belief[*only as usize] = 1.0;
                continue;
            }
            let mut top = f64::NEG_INFINITY;
            for &node in members {
                if skeleton.believable[node as usize] {
                    top = top.max(self.log_reach[node as usize]);
                }
            }
            let mut sum = 0.0;
            for &node in members {
                let node = node as usize;
                let likely = if skeleton.believable[node] {
                    (self.log_reach[node] - top).exp()
                } else {
                    0.0
                };
                self.belief[node] = likely;
                sum += likely;
            }
            for &node in members {
                self.belief[node as usize] /= sum;
            }
        }
    }

    /// Expected payoffs, from the last decision to the first.
    fn back_up<const P: usize>(&mut self, skeleton: &Skeleton) {
        self.edge_value.copy_from_slice(&skeleton.ends);
        self.root.copy_from_slice(&skeleton.ends_at_root);
        for node in (0..skeleton.nodes()).rev() {
            let sigma = &self.sigma[skeleton.slots_of(skeleton.set[node] as usize)];
            let first = skeleton.first_edge[node] as usize * P;
            let mut value = [0.0; P];
            for (&p, row) in sigma.iter().zip(self.edge_value[first..].chunks_exact(P)) {
                for i in 0..P {
                    value[i] += p * row[i];
                }
            }
            self.value[node * P..(node + 1) * P].copy_from_slice(&value);
            let weight = skeleton.weight[node];
            let target = match skeleton.edge_above[node] {
                ROOT => &mut self.root[..],
                edge => &mut self.edge_value[edge as usize * P..(edge as usize + 1) * P],
            };
            for (sum, value) in target.iter_mut().zip(value) {
                *sum += weight * value;
            }
        }
    }

    fn back_up_many(&mut self, skeleton: &Skeleton) {
        let players = skeleton.players;
        self.edge_value.copy_from_slice(&skeleton.ends);
        self.root.copy_from_slice(&skeleton.ends_at_root);
        let mut value = vec![0.0; players];
        for node in (0..skeleton.nodes()).rev() {
            let sigma = &self.sigma[skeleton.slots_of(skeleton.set[node] as usize)];
            let first = skeleton.first_edge[node] as usize * players;
            value.fill(0.0);
            for (&p, row) in sigma
                .iter()
                .zip(self.edge_value[first..].chunks_exact(players))
            {
                for (sum, &next) in value.iter_mut().zip(row) {
                    *sum += p * next;
                }
            }
            self.value[node * players..(node + 1) * players].copy_from_slice(&value);
            let weight = skeleton.weight[node];
            let target = match skeleton.edge_above[node] {
                ROOT => &mut self.root[..],
                edge => {
                    &mut self.edge_value[edge as usize * players..(edge as usize + 1) * players]
                }
            };
            for (sum, value) in target.iter_mut().zip(&value) {
                *sum += weight * value;
            }
        }
    }

    fn assess(&mut self, skeleton: &Skeleton) {
        let players = skeleton.players;
        for set in 0..skeleton.sets() {
            let player = usize::from(skeleton.player[set]);
            let worth = &mut self.worth[skeleton.slots_of(set)];
            worth.fill(0.0);
            for &node in skeleton.members_of(set) {
                let belief = self.belief[node as usize];
                let first = skeleton.first_edge[node as usize] as usize * players + player;
                for (sum, value) in worth
                    .iter_mut()
                    .zip(self.edge_value[first..].iter().step_by(players))
                {
                    *sum += belief * value;
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
