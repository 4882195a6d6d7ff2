//! What must hold for every game, on random games of perfect recall.

use std::collections::HashMap;
use std::fmt::Write;
use std::thread;

use detente_game::Game;
use detente_solve::qre::{self, Options, Quiet};
use proptest::prelude::*;

use crate::games::game;

/// One stage of a random game: everybody who moves in it has the same options.
#[derive(Clone, Debug)]
pub struct Stage {
    /// 0 is chance, players count from 1.
    pub mover: usize,
    pub options: usize,
    /// Who sees what was chosen; the mover always does.
    pub seen_by: Vec<bool>,
    /// Whether the first option ends the play.
    pub ends: bool,
}

/// Up to five stages.
pub fn stages(players: usize) -> impl Strategy<Value = Vec<Stage>> {
    let stage = (
        0..=players,
        2usize..=3,
        prop::collection::vec(any::<bool>(), players),
        any::<bool>(),
    )
        .prop_map(|(mover, options, seen_by, ends)| Stage {
            mover,
            options,
            seen_by,
            ends,
        });
    prop::collection::vec(stage, 2..=5)
}

/// Writes the tree below a history. Information sets are what a player has seen, so that recall is perfect.
struct Teller<'a> {
    stages: &'a [Stage],
    players: usize,
    seed: u64,
    scale: &'a [(f64, f64)],
    sets: HashMap<(usize, Vec<usize>), usize>,
    text: String,
    outcomes: usize,
}

impl Teller<'_> {
    fn random(&mut self) -> f64 {
        self.seed = self
            .seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.seed >> 33) as f64 / f64::from(1u32 << 31)
    }

    fn tell(&mut self, at: usize, seen: &[Vec<usize>]) {
        let Some(stage) = self.stages.get(at).cloned() else {
            return self.end();
        };
        if stage.mover == 0 {
            let draws: Vec<f64> = (0..stage.options).map(|_| 0.1 + self.random()).collect();
            let sum: f64 = draws.iter().sum();
            let number = self.outcomes + 10_000 + self.text.len();
            let _ = write!(self.text, "c \"\" {number} \"\" {{");
            for draw in draws {
                let _ = write!(self.text, " \"d\" {}", draw / sum);
            }
            self.text.push_str(" } 0\n");
        } else {
            let mut key = seen[stage.mover - 1].clone();
            key.insert(0, at);
            let fresh = self.sets.len() + 1;
            let number = *self.sets.entry((stage.mover, key)).or_insert(fresh);
            let _ = write!(self.text, "p \"\" {} {number} \"\" {{", stage.mover);
            for option in 0..stage.options {
                let _ = write!(self.text, " \"{option}\"");
            }
            self.text.push_str(" } 0\n");
        }
        for option in 0..stage.options {
            let mut next = seen.to_vec();
            for (player, seen) in next.iter_mut().enumerate() {
                if stage.seen_by[player] || player + 1 == stage.mover {
                    seen.push(10 * at + option);
                }
            }
            if stage.ends && option == 0 {
                self.end()
            } else {
                self.tell(at + 1, &next)
            }
        }
    }

    fn end(&mut self) {
        self.outcomes += 1;
        let _ = write!(self.text, "t \"\" {} \"\" {{", self.outcomes);
        for player in 0..self.players {
            let (factor, offset) = self.scale[player];
            let payoff = factor * (self.random() * 10.0).round() + offset;
            let _ = write!(self.text, " {payoff}");
        }
        self.text.push_str(" }\n");
    }
}

/// The game of these stages, with random payoffs times a factor plus an offset for every player.
pub fn tell(stages: &[Stage], seed: u64, scale: &[(f64, f64)]) -> Game {
    let players = scale.len();
    let names: String = (0..players)
        .map(|player| format!(" \"{player}\""))
        .collect();
    let text = format!("EFG 2 R \"\" {{{names} }}\n");
    let mut teller = Teller {
        stages,
        players,
        seed,
        scale,
        sets: HashMap::new(),
        text,
        outcomes: 0,
    };
    teller.tell(0, &vec![Vec::new(); players]);
    game(&teller.text)
}

fn at(game: &Game, precision: f64, raw: bool) -> qre::Solution {
    let options = Options {
        precision: Some(precision),
        raw_payoffs: raw,
        path_points: 5,
        ..Options::default()
    };
    qre::solve(game, &options, &mut Quiet)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_limit_is_an_equilibrium(stages in stages(3), seed in any::<u64>()) {
        let game = tell(&stages, seed, &[(1.0, 0.0); 3]);
        prop_assert!(detente_game::order::perfect_recall(&game).is_ok());
        let solution = qre::solve(&game, &Options::default(), &mut Quiet);
        prop_assert!(solution.status.is_success(), "{:?}", solution.status);
        prop_assert!(solution.certificate.largest_relative_gain <= 1e-4);
        prop_assert!(solution.certificate.largest_relative_gain_at_sets <= 1e-4);
    }

    #[test]
    fn a_point_of_the_branch_solves_the_logit_equation(
        stages in stages(3),
        seed in any::<u64>(),
        precision in 0.1..50.0f64,
    ) {
        let game = tell(&stages, seed, &[(1.0, 0.0); 3]);
        let solution = at(&game, precision, true);
        prop_assert_eq!(solution.status.word(), "precision_reached");
        prop_assert_eq!(solution.lambda, precision);
        for set in 0..game.sets() {
            let worth = &solution.certificate.action_values[game.slots(set)];
            let weights: Vec<f64> = worth.iter().map(|u| (precision * (u - worth[0])).exp()).collect();
            let sum: f64 = weights.iter().sum();
            for (weight, p) in weights.iter().zip(solution.profile.at(&game, set)) {
                prop_assert!((weight / sum - p).abs() < 1e-7, "{} {}", weight / sum, p);
            }
        }
    }

    #[test]
    fn relative_precision_ignores_units(stages in stages(2), seed in any::<u64>()) {
        let plain = at(&tell(&stages, seed, &[(1.0, 0.0); 2]), 7.0, false);
        let scaled = at(&tell(&stages, seed, &[(250.0, -3.0), (0.125, 1e3)]), 7.0, false);
        for (a, b) in plain.profile.probabilities().iter().zip(scaled.profile.probabilities()) {
            prop_assert!((a - b).abs() < 1e-9);
        }
    }

    #[test]
    fn names_of_players_do_not_matter(stages in stages(2), seed in any::<u64>()) {
        let swapped: Vec<Stage> = stages
            .iter()
            .map(|stage| Stage {
                mover: [0, 2, 1][stage.mover],
                seen_by: vec![stage.seen_by[1], stage.seen_by[0]],
                ..stage.clone()
            })
            .collect();
        // Both players want the same, so that swapping them leaves the payoffs as they are.
        let common = |stages: &[Stage]| {
            let mut parts = tell(stages, seed, &[(1.0, 0.0); 2]).into_parts();
            for row in parts.payoffs.chunks_exact_mut(2) {
                row[1] = row[0];
            }
            Game::new(parts).expect("still a game")
        };
        let (a, b) = (at(&common(&stages), 5.0, false), at(&common(&swapped), 5.0, false));
        for (a, b) in a.certificate.players.iter().zip(&b.certificate.players) {
            prop_assert!((a.value - b.value).abs() < 1e-8);
        }
    }

    #[test]
    fn the_same_bytes_whatever_else_runs(stages in stages(3), seed in any::<u64>()) {
        let game = tell(&stages, seed, &[(1.0, 0.0); 3]);
        let solve = || {
            let solution = qre::solve(&game, &Options::default(), &mut Quiet);
            let bits = |values: &[f64]| values.iter().map(|v| v.to_bits()).collect::<Vec<u64>>();
            (bits(solution.profile.logs()), bits(&solution.action_values), solution.path.len())
        };
        let alone = solve();
        let (first, second) = thread::scope(|scope| {
            let (a, b) = (scope.spawn(solve), scope.spawn(solve));
            (a.join(), b.join())
        });
        prop_assert_eq!(&alone, &first.expect("no panic"));
        prop_assert_eq!(&alone, &second.expect("no panic"));
    }
}
