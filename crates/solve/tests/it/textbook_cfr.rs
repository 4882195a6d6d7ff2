//! Counterfactual regret minimization as textbooks write it: by recursion over the nodes of the tree, one
//! information set at a time. Slow, and independent of the solver in all that matters.

use detente_game::game::{CHANCE, TERMINAL};
use detente_game::{Game, Profile};
use detente_solve::regret::Variant;

/// The state of a run; all vectors are over action slots.
pub struct Textbook<'a> {
    game: &'a Game,
    variant: Variant,
    regrets: Vec<f64>,
    mixture: Vec<f64>,
    sums: Vec<f64>,
    /// Regrets of the iteration at hand.
    instant: Vec<f64>,
    /// Own reach of each information set.
    own_reach: Vec<f64>,
    /// Whether a weight at a set that the others reach was once within rounding of 0.
    fragile: bool,
}

/// Weights below this may be nothing but lost digits.
const ROUNDING: f64 = 1e-10;

impl<'a> Textbook<'a> {
    pub fn new(game: &'a Game, variant: Variant) -> Textbook<'a> {
        let zero = vec![0.0; game.actions()];
        Textbook {
            game,
            variant,
            regrets: zero.clone(),
            mixture: Profile::uniform(game).probabilities().to_vec(),
            sums: zero.clone(),
            instant: zero,
            own_reach: vec![0.0; game.sets()],
            fragile: false,
        }
    }

    /// Whether rounding decided a mixture: regret matching jumps where all weights vanish, there or at a set
    /// that is reached by nothing but lost digits, so that two programs which sum in different orders may
    /// rightly differ.
    pub fn fragile(&self) -> bool {
        self.fragile
    }

    /// The average profile after some iterations.
    pub fn run(&mut self, iterations: u64) -> Profile {
        for t in 1..=iterations {
            for player in 0..2 {
                self.instant.fill(0.0);
                self.walk(0, player, 1.0, 1.0);
                self.update(player, t);
                self.walk(0, player, 1.0, 1.0);
                self.average(player, (t as f64).powf(self.variant.averaging()));
            }
        }
        let mut profile = self.mixture.clone();
        for set in 0..self.game.sets() {
            let total: f64 = self.sums[self.game.slots(set)].iter().sum();
            for slot in self.game.slots(set).filter(|_| total > 0.0) {
                profile[slot] = self.sums[slot] / total;
            }
        }
        Profile::from_probabilities(self.game, profile).expect("a profile")
    }

    /// Expected payoff below a node; adds up regrets on the way.
    fn walk(&mut self, node: usize, player: usize, own: f64, others: f64) -> f64 {
        let game = self.game;
        let (set, first) = (game.set()[node], game.first_slot()[node] as usize);
        if set == TERMINAL {
            return game.payoffs_at(node)[player];
        }
        if set == CHANCE {
            let p = &game.chance()[first - game.actions()..];
            return game
                .children(node)
                .zip(p)
                .map(|(child, p)| p * self.walk(child, player, own, others * p))
                .sum();
        }
        let mine = usize::from(game.set_player()[set as usize]) == player;
        let values: Vec<f64> = game
            .children(node)
            .enumerate()
            .map(|(k, child)| {
                let p = self.mixture[first + k];
                let (own, others) = if mine {
                    (own * p, others)
                } else {
                    (own, others * p)
                };
                self.walk(child, player, own, others)
            })
            .collect();
        let value = values
            .iter()
            .zip(&self.mixture[first..])
            .map(|(v, p)| v * p)
            .sum();
        if mine {
            self.own_reach[set as usize] = own;
            for (k, v) in values.iter().enumerate() {
                self.instant[first + k] += others * (v - value);
            }
        }
        value
    }

    fn update(&mut self, player: usize, t: u64) {
        let sets =
            (0..self.game.sets()).filter(|&s| usize::from(self.game.set_player()[s]) == player);
        for set in sets {
            let slots = self.game.slots(set);
            let weights: Vec<f64> = slots.clone().map(|slot| self.observe(slot, t)).collect();
            let reached = slots.clone().any(|slot| self.instant[slot] != 0.0);
            self.fragile |= reached && weights.iter().any(|weight| weight.abs() < ROUNDING);
            let weights: Vec<f64> = weights.iter().map(|weight| weight.max(0.0)).collect();
            let total: f64 = weights.iter().sum();
            for (slot, weight) in slots.clone().zip(weights) {
                let even = 1.0 / slots.len() as f64;
                self.mixture[slot] = if total > 0.0 { weight / total } else { even };
            }
        }
    }

    /// Sums a regret up; gives the weight of the action, which counts only where it is positive.
    fn observe(&mut self, slot: usize, t: u64) -> f64 {
        let regret = self.instant[slot];
        let sum = self.regrets[slot] + regret;
        let power = (t as f64).powf(1.5);
        self.regrets[slot] = match self.variant {
            Variant::Cfr => sum,
            Variant::CfrPlus | Variant::PredictiveCfrPlus => sum.max(0.0),
            Variant::Dcfr if sum > 0.0 => sum * power / (power + 1.0),
            Variant::Dcfr => sum * 0.5,
        };
        match self.variant {
            Variant::PredictiveCfrPlus => self.regrets[slot] + regret,
            Variant::CfrPlus => sum,
            _ => self.regrets[slot],
        }
    }

    fn average(&mut self, player: usize, weight: f64) {
        let sets =
            (0..self.game.sets()).filter(|&s| usize::from(self.game.set_player()[s]) == player);
        for set in sets {
            for slot in self.game.slots(set) {
                self.sums[slot] += weight * self.own_reach[set] * self.mixture[slot];
            }
        }
    }
}
