//! Both players of a game, and one iteration of regret minimization.

use detente_game::order::player_recalls;
use detente_game::{Game, Profile};

use super::gains::best_response_gain;
use super::minimizer::{Minimizer, Rule};
use super::payoffs::Payoffs;
use super::public::{PublicEnds, entries};
use super::treeplex::{Forest, NO_SLOT, Treeplex};
use super::variant::{CutOff, Discounted, Plain, Predictive, Variant};

/// Payoffs are centred where they lie further from 0 than this many times their range.
const FAR: f64 = 4.0;

/// Where a player's plan leads with less than this probability, its shares have no digits left.
const NEVER: f64 = 1e-290;

/// One player: its sequences, what they pay, and where it is.
struct Seat {
    treeplex: Treeplex,
    payoffs: Payoffs,
    minimizer: Minimizer,
}

/// A game laid out for regret minimization, and where both players are.
pub(super) struct Table {
    seats: [Seat; 2],
    iterations: u64,
    /// Weights of all iterations in the average, in units of that of the last.
    weights: f64,
}

impl Table {
    /// Lays a game out, with public ends kept as matrices where at least a share `filled` of their area is.
    /// `None` where it is not of two players with perfect recall.
    pub(super) fn new(game: &Game, filled: f64) -> Option<Table> {
        let set_of_slot = set_of_slot(game);
        let forest = |player| {
            let before = player_recalls(game, player).ok()?;
            Some(Forest::new(game, player, before, &set_of_slot))
        };
        if game.players() != 2 {
            return None;
        }
        let forests = [forest(0)?, forest(1)?];
        let entries = entries(game, [0, 1].map(|player| shift(game, player)));
        let ends = PublicEnds::find(game, &forests, &set_of_slot, entries);
        let [first, second] = forests.map(|forest| Treeplex::new(game, &forest, &ends.states));
        let sequences = [first.sequence_of(game), second.sequence_of(game)];
        let seat = |player: usize, treeplex: Treeplex| Seat {
            payoffs: Payoffs::new(&ends, player, &sequences, filled),
            minimizer: Minimizer::new(&treeplex),
            treeplex,
        };
        Some(Table {
            seats: [seat(0, first), seat(1, second)],
            iterations: 0,
            weights: 0.0,
        })
    }

    /// Iterations so far.
    pub(super) fn iterations(&self) -> u64 {
        self.iterations
    }

    /// A measure of the work of one iteration: sequences of both players.
    pub(super) fn size(&self) -> usize {
        self.seats
            .iter()
            .map(|seat| seat.treeplex.sequences())
            .sum()
    }

    /// Public ends kept as matrices, and how many of these are distinct.
    pub(super) fn shared(&self) -> (usize, usize) {
        self.seats[0].payoffs.shared()
    }

    /// Lets the first player answer the second, then the second the first; the plans count in the average with
    /// weight t^`averaging`.
    pub(super) fn iterate(&mut self, variant: Variant, averaging: f64) {
        self.iterations += 1;
        match variant {
            Variant::Cfr => self.alternate(&Plain, averaging),
            Variant::CfrPlus => self.alternate(&CutOff, averaging),
            Variant::Dcfr => self.alternate(&Discounted::at(self.iterations), averaging),
            Variant::PredictiveCfrPlus => self.alternate(&Predictive, averaging),
        }
    }

    fn alternate(&mut self, rule: &impl Rule, averaging: f64) {
        let now = self.iterations as f64;
        self.weights = 1.0 + self.weights * ((now - 1.0) / now).powf(averaging);
        let share = 1.0 / self.weights;
        let [first, second] = &mut self.seats;
        first.answer(second, rule, share);
        second.answer(first, rule, share);
    }

    /// What either player could gain against the other's average plan, in its own units.
    pub(super) fn gains(&mut self) -> [f64; 2] {
        let [first, second] = &mut self.seats;
        [first.gain(second), second.gain(first)]
    }

    /// The average plans, to come back to.
    pub(super) fn averages(&self) -> [Vec<f64>; 2] {
        [0, 1].map(|player: usize| self.seats[player].minimizer.average.clone())
    }

    /// The profile of average plans: at every information set the share of each action in the plan, or the
    /// present mixture where the plan never leads.
    pub(super) fn profile(&self, game: &Game, averages: &[Vec<f64>; 2]) -> Option<Profile> {
        let mut probabilities = vec![0.0; game.actions()];
        for (seat, average) in self.seats.iter().zip(averages) {
            seat.behaviour(average, &mut probabilities);
        }
        Profile::from_probabilities(game, probabilities).ok()
    }
}

impl Seat {
    /// Updates regrets, mixtures, plan and average against the plan of the other.
    fn answer(&mut self, other: &Seat, rule: &impl Rule, share: f64) {
        let own = &mut self.minimizer;
        self.payoffs.product(&other.minimizer.plan, &mut own.worth);
        own.observe(&self.treeplex, rule);
        own.unfold(&self.treeplex, share);
    }

    fn gain(&mut self, other: &Seat) -> f64 {
        let own = &mut self.minimizer;
        self.payoffs
            .product(&other.minimizer.average, &mut own.worth);
        best_response_gain(&self.treeplex, &mut own.worth, &own.average)
    }

    /// The behaviour strategy of a plan, slot by slot of the game.
    fn behaviour(&self, plan: &[f64], probabilities: &mut [f64]) {
        for group in &self.treeplex.groups {
            for set in 0..group.sets {
                let sequences = (0..group.arity).map(|action| group.lanes(action, set, 1).start);
                let total: f64 = sequences.clone().map(|at| plan[at]).sum();
                for at in sequences {
                    probabilities[self.treeplex.slot[at] as usize] = if total > NEVER {
                        plan[at] / total
                    } else {
                        self.minimizer.mixture[at]
                    };
                }
            }
        }
    }
}

fn set_of_slot(game: &Game) -> Vec<u32> {
    let mut sets = vec![NO_SLOT; game.actions()];
    for set in 0..game.sets() {
        sets[game.slots(set)].fill(set as u32);
    }
    sets
}

/// What is subtracted from the payoffs of a player: their middle where it is large beside their range, so that
/// sums of regrets keep their digits.
fn shift(game: &Game, player: usize) -> f64 {
    let (low, high) = (game.payoff_min(player), game.payoff_max(player));
    let middle = low + (high - low) / 2.0;
    if middle.abs() > FAR * (high - low) {
        middle
    } else {
        0.0
    }
}

#[cfg(test)]
mod tests {
    use detente_game::generate::{kuhn_poker, leduc_poker, liars_dice};

    use super::*;
    use crate::regret::payoffs::FILLED;

    fn games() -> [Game; 4] {
        [
            kuhn_poker(3),
            kuhn_poker(20),
            leduc_poker(3, 2),
            liars_dice(4),
        ]
        .map(|game| game.expect("a game"))
    }

    #[test]
    fn public_ends_share_few_matrices() {
        let shared = games().map(|game| Table::new(&game, FILLED).map(|table| table.shared()));
        // Kuhn: check–check, and fold or call after either bet. Liar's dice: one for every last bid.
        assert_eq!(shared[0], Some((5, 2)));
        assert_eq!(shared[1], Some((5, 2)));
        assert_eq!(shared[3], Some((255, 8)));
        for (game, shared) in games().iter().zip(shared) {
            let sparse = Table::new(game, f64::INFINITY).map(|table| table.shared());
            assert_eq!(sparse, Some((0, 0)));
            assert!(shared.is_some_and(|(ends, matrices)| ends > 2 * matrices));
        }
    }

    #[test]
    fn matrices_and_sparse_sequences_agree() {
        for game in games() {
            for variant in Variant::ALL {
                let run = |filled| {
                    let mut table = Table::new(&game, filled).expect("two players");
                    let gains = (0..30).map(|_| {
                        table.iterate(variant, variant.averaging());
                        table.gains()
                    });
                    gains.collect::<Vec<_>>()
                };
                let (matrices, sparse) = (run(FILLED), run(f64::INFINITY));
                for (a, b) in matrices.iter().flatten().zip(sparse.iter().flatten()) {
                    assert!((a - b).abs() < 1e-9, "{variant:?}: {a} {b}");
                }
            }
        }
    }
}
