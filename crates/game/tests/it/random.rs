//! Random games, with perfect recall or without, written as `.efg` text.

use std::collections::HashMap;
use std::fmt::Write;

use detente_game::{Game, Profile};

use crate::play::game;

/// A stream of random numbers.
pub struct Dice(u64);

impl Dice {
    /// A stream of its own for every seed.
    pub fn new(seed: u64) -> Dice {
        Dice(seed ^ 0x9E37_79B9_7F4A_7C15)
    }

    /// A number in 0..1.
    pub fn share(&mut self) -> f64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as f64 / f64::from(1u32 << 31)
    }

    /// A whole number below another.
    pub fn below(&mut self, most: usize) -> usize {
        (self.share() * most as f64) as usize
    }
}

/// One stage of a random game: everybody who moves in it has the same options.
struct Stage {
    /// 0 is chance, players count from 1.
    mover: usize,
    options: usize,
    /// Who sees what was chosen; the mover always does.
    seen_by: Vec<bool>,
    /// Whether the first option ends the play.
    ends: bool,
}

struct Teller {
    dice: Dice,
    stages: Vec<Stage>,
    players: usize,
    recall: bool,
    sets: HashMap<(usize, Vec<usize>), usize>,
    text: String,
    count: usize,
}

/// A random game. With `recall`, information sets are what a player has seen and done; without, nodes of a
/// player with equally many actions are thrown together, also along one path.
pub fn random_game(seed: u64, recall: bool) -> Game {
    let mut dice = Dice::new(seed);
    let players = 1 + dice.below(3);
    let stages = (0..2 + dice.below(4))
        .map(|_| Stage {
            mover: dice.below(players + 1),
            options: 1 + dice.below(3),
            seen_by: (0..players).map(|_| dice.share() < 0.5).collect(),
            ends: dice.share() < 0.4,
        })
        .collect();
    let mut teller = Teller {
        dice,
        stages,
        players,
        recall,
        sets: HashMap::new(),
        text: "EFG 2 R \"random\" {".to_owned(),
        count: 0,
    };
    for player in 1..=players {
        let _ = write!(teller.text, " \"P{player}\"");
    }
    teller.text.push_str(" }\n");
    teller.tell(0, &vec![Vec::new(); players]);
    game(&teller.text)
}

impl Teller {
    fn tell(&mut self, at: usize, seen: &[Vec<usize>]) {
        if at == self.stages.len() {
            return self.end();
        }
        let (mover, options) = (self.stages[at].mover, self.stages[at].options);
        if mover == 0 {
            self.draw(options);
        } else {
            let key = if self.recall {
                let mut key = seen[mover - 1].clone();
                key.insert(0, at);
                key
            } else {
                vec![options, self.dice.below(3)]
            };
            let fresh = self.sets.len() + 1;
            let number = *self.sets.entry((mover, key)).or_insert(fresh);
            let _ = write!(self.text, "p \"\" {mover} {number} \"set {number}\" {{");
            for option in 0..options {
                let _ = write!(self.text, " \"a{option}\"");
            }
            self.text.push_str(" } 0\n");
        }
        for option in 0..options {
            if option == 0 && options > 1 && self.stages[at].ends {
                self.end();
                continue;
            }
            let mut seen = seen.to_vec();
            for (player, history) in seen.iter_mut().enumerate() {
                if self.stages[at].seen_by[player] || player + 1 == mover {
                    history.push(at * 10 + option);
                }
            }
            self.tell(at + 1, &seen);
        }
    }

    fn draw(&mut self, options: usize) {
        self.count += 1;
        let _ = write!(self.text, "c \"\" {} \"\" {{", self.count);
        let weights: Vec<usize> = (0..options).map(|_| 1 + self.dice.below(5)).collect();
        let sum: usize = weights.iter().sum();
        for weight in weights {
            let _ = write!(self.text, " \"d\" {weight}/{sum}");
        }
        self.text.push_str(" } 0\n");
    }

    fn end(&mut self) {
        self.count += 1;
        let _ = write!(self.text, "t \"\" {} \"\" {{", self.count);
        for _ in 0..self.players {
            let payoff = self.dice.below(41) as f64 - 20.0;
            let _ = write!(self.text, " {}", payoff / 4.0);
        }
        self.text.push_str(" }\n");
    }
}

/// A distribution over so many things, some of them impossible.
pub fn distribution(dice: &mut Dice, things: usize) -> Vec<f64> {
    let draw = |dice: &mut Dice| {
        if dice.share() < 0.3 {
            0.0
        } else {
            dice.share()
        }
    };
    let mut weights: Vec<f64> = (0..things).map(|_| draw(dice)).collect();
    weights[dice.below(things)] += 0.1;
    let sum: f64 = weights.iter().sum();
    weights.iter_mut().for_each(|weight| *weight /= sum);
    weights
}

/// A random behaviour profile.
pub fn random_profile(game: &Game, dice: &mut Dice) -> Profile {
    let probabilities = (0..game.sets())
        .flat_map(|set| distribution(dice, game.slots(set).len()))
        .collect();
    Profile::from_probabilities(game, probabilities).expect("a profile")
}
