//! From realisation plans with trembles to the behaviour strategies in their limit.

use detente_game::{Game, Profile};

use super::form::{EMPTY, Form};

/// Logarithm of the ε that trembles are written with: e^ε underflows, ratios of trembles do not.
const LOG_EPSILON: f64 = -1024.0;

/// The leading term c·ε^k of a probability.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Leading<N> {
    /// k.
    pub(super) order: usize,
    /// c > 0.
    pub(super) coefficient: N,
}

/// Behaviour probabilities in the limit, and the trembles beside them.
pub(super) struct Behaviour<N> {
    /// Per sequence: probability of its last action.
    pub(super) probability: Vec<N>,
    /// Per sequence: the leading term of that probability.
    pub(super) tremble: Vec<Leading<N>>,
}

/// Behaviour strategies of realisation plans whose leading terms are given per sequence.
pub(super) fn behaviour<N>(form: &Form, plans: &[Leading<N>]) -> Behaviour<N>
where
    N: Clone + num_traits::Num,
{
    let mut result = Behaviour {
        probability: vec![N::zero(); plans.len()],
        tremble: plans.to_vec(),
    };
    for set in 0..form.sets() {
        let actions = form.at(set);
        let orders = plans[actions.clone()].iter().map(|plan| plan.order);
        let lowest = orders.min().unwrap_or(0);
        let top = |plan: &&Leading<N>| plan.order == lowest;
        let sum = plans[actions.clone()]
            .iter()
            .filter(top)
            .fold(N::zero(), |sum, plan| sum + plan.coefficient.clone());
        for action in actions {
            let share = plans[action].coefficient.clone() / sum.clone();
            if plans[action].order == lowest {
                result.probability[action] = share.clone();
            }
            result.tremble[action] = Leading {
                order: plans[action].order - lowest,
                coefficient: share,
            };
        }
    }
    result
}

/// The profile of behaviour strategies, with their trembles in its logarithms; none where they are no profile.
pub(super) fn profile(game: &Game, form: &Form, behaviour: &Behaviour<f64>) -> Option<Profile> {
    let mut probabilities = vec![0.0; game.actions()];
    let mut logs = vec![0.0; game.actions()];
    for set in 0..form.sets() {
        let slots = game.slots(form.game_set[set] as usize);
        for (slot, action) in slots.zip(form.at(set)) {
            let tremble = &behaviour.tremble[action];
            probabilities[slot] = behaviour.probability[action];
            logs[slot] = tremble.coefficient.ln() + tremble.order as f64 * LOG_EPSILON;
        }
    }
    Profile::with_trembles(game, probabilities, logs).ok()
}

/// Per sequence the lower bound ε^length plus what is above it: the leading term. Where rounding leaves
/// nothing, the bound.
pub(super) fn leading<N>(
    form: &Form,
    sequence: usize,
    above: &[N],
    is_zero: impl Fn(&N) -> bool,
) -> Leading<N>
where
    N: Clone + num_traits::Num + PartialOrd,
{
    debug_assert_ne!(sequence as u32, EMPTY);
    let length = form.length[sequence] as usize;
    for (order, value) in above.iter().enumerate() {
        let value = if order == length {
            value.clone() + N::one()
        } else {
            value.clone()
        };
        if value > N::zero() && !is_zero(&value) {
            return Leading {
                order,
                coefficient: value,
            };
        }
    }
    Leading {
        order: length,
        coefficient: N::one(),
    }
}
