//! What actions are worth at a profile, and how that changes with it.
//!
//! u_h(a) = Σ_x μ(x) V(xa), the conditional value of an action at its information set, in shares of its
//! player's payoff range. With r the reach of nodes and ℓ_c = ln σ_c, two things move it:
//! the beliefs, ∂μ(x)/∂ℓ_c = μ(x) (n_c(x) − Σ_y μ(y) n_c(y)) where n_c(x) counts the edges with slot c above x, and
//! the values, ∂V(xa)/∂ℓ_c = Σ_y P(xa → y) σ_c V(yc) over the nodes y below xa where c is played.
//! Both sums run over pairs of a node and one of its ancestors, so that the whole matrix of derivatives costs
//! nodes × depth × actions of an information set.

use detente_game::game::NO_PARENT;
use detente_game::{Game, Profile, passes};

/// A game with its payoffs scaled.
pub(super) struct Response<'a> {
    pub(super) game: &'a Game,
    /// Per player: one over its payoff range, 0 where that is 0.
    unit: Vec<f64>,
    /// Per action slot: its information set.
    pub(super) set_of_slot: Vec<u32>,
}

/// Everything that one evaluation finds.
pub(super) struct Worth {
    /// Per action slot: what it is worth, in shares of the payoff range.
    pub(super) u: Vec<f64>,
    values: Vec<f64>,
    /// Per node: its belief at its information set; 0 elsewhere.
    belief: Vec<f64>,
}

impl<'a> Response<'a> {
    pub(super) fn new(game: &'a Game) -> Response<'a> {
        let share = |player| match game.payoff_range(player) {
            range if range > 0.0 => 1.0 / range,
            _ => 0.0,
        };
        let mut set_of_slot = vec![0; game.actions()];
        for set in 0..game.sets() {
            set_of_slot[game.slots(set)].fill(set as u32);
        }
        Response {
            game,
            unit: (0..game.players()).map(share).collect(),
            set_of_slot,
        }
    }

    /// The profile that plays action c of an information set with probability proportional to exp(z_c).
    pub(super) fn softmax(&self, z: &[f64]) -> Option<Profile> {
        let mut logs = z.to_vec();
        for set in 0..self.game.sets() {
            let here = &mut logs[self.game.slots(set)];
            let top = here.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            let sum: f64 = here.iter().map(|z| (z - top).exp()).sum();
            let whole = top + sum.ln();
            for z in here {
                *z -= whole;
            }
        }
        Profile::from_logs(self.game, logs).ok()
    }

    /// What actions are worth.
    pub(super) fn worth(&self, profile: &Profile) -> Worth {
        let game = self.game;
        let values = passes::values(game, profile);
        let beliefs = passes::beliefs(game, profile);
        let mut u = passes::action_values(game, &beliefs, &values);
        for (worth, &set) in u.iter_mut().zip(&self.set_of_slot) {
            *worth *= self.unit[usize::from(game.set_player()[set as usize])];
        }
        let mut belief = vec![0.0; game.nodes()];
        for (&node, &probability) in game.members().iter().zip(&beliefs) {
            belief[node as usize] = probability;
        }
        Worth { u, values, belief }
    }

    /// ∂u/∂ln σ, row after row: one row per action valued, one column per action played.
    pub(super) fn by_logs(&self, profile: &Profile, worth: &Worth) -> Vec<f64> {
        let game = self.game;
        let edges = profile.edges(game);
        let mut matrix = vec![0.0; game.actions() * game.actions()];
        for &node in game.members() {
            self.through_beliefs(worth, node as usize, &mut matrix);
            self.through_values(&edges, worth, node as usize, &mut matrix);
        }
        matrix
    }

    /// What a node adds to the derivatives because its belief moves with the choices above it.
    fn through_beliefs(&self, worth: &Worth, node: usize, matrix: &mut [f64]) {
        let (game, actions) = (self.game, self.game.actions());
        let set = game.set()[node] as usize;
        let belief = worth.belief[node];
        if belief == 0.0 || game.member_range(set).len() == 1 {
            return;
        }
        let mut below = node;
        while let Some(slot) = game.slot_into(below) {
            if slot < actions {
                for (a, child) in game.slots(set).zip(game.children(node)) {
                    let apart = self.value(worth, child, set) - worth.u[a];
                    matrix[a * actions + slot] += belief * apart;
                }
            }
            below = game.parent()[below] as usize;
        }
    }

    /// What the choices at a node add to the derivatives of all choices above it.
    fn through_values(&self, edges: &[f64], worth: &Worth, node: usize, matrix: &mut [f64]) {
        let (game, actions) = (self.game, self.game.actions());
        let own = game.slots(game.set()[node] as usize);
        let (mut below, mut along) = (node, 1.0);
        while let Some(slot) = game.slot_into(below) {
            let above = game.parent()[below];
            if above == NO_PARENT || along == 0.0 {
                return;
            }
            if slot < actions {
                let weight = worth.belief[above as usize] * along;
                let set = self.set_of_slot[slot] as usize;
                let row = &mut matrix[slot * actions..(slot + 1) * actions];
                for (c, child) in own.clone().zip(game.children(node)) {
                    row[c] += weight * edges[c] * self.value(worth, child, set);
                }
            }
            along *= edges[slot];
            below = above as usize;
        }
    }

    /// Value of a node to the player of an information set, in shares of its payoff range.
    fn value(&self, worth: &Worth, node: usize, set: usize) -> f64 {
        let player = usize::from(self.game.set_player()[set]);
        worth.values[node * self.game.players() + player] * self.unit[player]
    }
}

/// Turns derivatives by ln σ into those by z, where σ = softmax(z): ∂u/∂z_c = ∂u/∂ℓ_c − σ_c Σ_b ∂u/∂ℓ_b, the sum
/// over the information set of c.
pub(super) fn by_exponents(game: &Game, profile: &Profile, matrix: &mut [f64]) {
    for row in matrix.chunks_exact_mut(game.actions().max(1)) {
        for set in 0..game.sets() {
            let slots = game.slots(set);
            let sum: f64 = row[slots.clone()].iter().sum();
            for (value, p) in row[slots].iter_mut().zip(profile.at(game, set)) {
                *value -= p * sum;
            }
        }
    }
}
