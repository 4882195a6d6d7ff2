//! From rules to a tree.

use std::collections::HashMap;

use super::GenerateError;
use crate::game::{CHANCE, Game, NO_PARENT, Parts, TERMINAL};

/// More nodes than this are not generated.
pub(super) const MOST_NODES: usize = 50_000_000;

/// What happens in a state of the play.
pub(super) enum Turn<S> {
    /// The play is over; what each of the two players gets.
    End([f64; 2]),
    /// Chance draws: name, probability and what follows.
    Draw(Vec<(String, f64, S)>),
    /// A player moves, who knows what `sees` says and nothing else.
    Move {
        player: u8,
        sees: String,
        options: Vec<(String, S)>,
    },
}

/// The rules of a game of two players.
pub(super) trait Rules {
    /// All that matters for how the play goes on.
    type State;

    fn title(&self) -> String;
    fn start(&self) -> Self::State;
    fn turn(&self, state: &Self::State) -> Turn<Self::State>;
}

/// The whole tree of a game.
pub(super) fn grow<R: Rules>(rules: &R) -> Result<Game, GenerateError> {
    let mut growth = Growth::new(rules.title());
    growth.reserve(1, NO_PARENT)?;
    growth.expand(rules, 0, &rules.start())?;
    growth.finish()
}

struct Growth {
    parts: Parts,
    /// Information sets by player and what it sees.
    sets: HashMap<(u8, String), u32>,
    /// Draws by names and probabilities, so that equal ones share their slots.
    draws: HashMap<Vec<(String, u64)>, u32>,
    /// Rows of payoffs by their bits.
    rows: HashMap<[u64; 2], u32>,
}

impl Growth {
    fn new(title: String) -> Growth {
        let parts = Parts {
            title,
            players: vec!["1".to_owned(), "2".to_owned()],
            set_first_slot: vec![0],
            ..Parts::default()
        };
        Growth {
            parts,
            sets: HashMap::new(),
            draws: HashMap::new(),
            rows: HashMap::new(),
        }
    }

    /// Makes room for children side by side; gives the number of the first.
    fn reserve(&mut self, count: usize, parent: u32) -> Result<usize, GenerateError> {
        let first = self.parts.set.len();
        let nodes = first + count;
        if nodes > MOST_NODES {
            return Err(GenerateError::TooLarge { limit: MOST_NODES });
        }
        self.parts.parent.resize(nodes, parent);
        self.parts.first_child.resize(nodes, 0);
        self.parts.first_slot.resize(nodes, 0);
        self.parts.arity.resize(nodes, 0);
        self.parts.set.resize(nodes, TERMINAL);
        Ok(first)
    }

    fn expand<R: Rules>(
        &mut self,
        rules: &R,
        node: usize,
        state: &R::State,
    ) -> Result<(), GenerateError> {
        let next: Vec<R::State> = match rules.turn(state) {
            Turn::End(payoffs) => {
                self.parts.first_child[node] = self.row(payoffs);
                return Ok(());
            }
            Turn::Draw(draws) => {
                self.parts.set[node] = CHANCE;
                self.parts.first_slot[node] = self.draw(&draws);
                draws.into_iter().map(|(_, _, next)| next).collect()
            }
            Turn::Move {
                player,
                sees,
                options,
            } => {
                let (names, next): (Vec<String>, Vec<R::State>) = options.into_iter().unzip();
                let set = self.set(player, sees, names);
                self.parts.set[node] = set;
                self.parts.first_slot[node] = self.parts.set_first_slot[set as usize];
                next
            }
        };
        let first = self.reserve(next.len(), node as u32)?;
        self.parts.first_child[node] = first as u32;
        self.parts.arity[node] = next.len() as u16;
        for (k, state) in next.iter().enumerate() {
            self.expand(rules, first + k, state)?;
        }
        Ok(())
    }

    fn row(&mut self, payoffs: [f64; 2]) -> u32 {
        let fresh = self.rows.len() as u32;
        let row = *self.rows.entry(payoffs.map(f64::to_bits)).or_insert(fresh);
        if row == fresh {
            self.parts.payoffs.extend(payoffs);
        }
        row
    }

    /// First slot of a draw, counted among those of chance.
    fn draw<S>(&mut self, draws: &[(String, f64, S)]) -> u32 {
        let key = draws
            .iter()
            .map(|(name, p, _)| (name.clone(), p.to_bits()))
            .collect();
        let fresh = self.parts.chance.len() as u32;
        let first = *self.draws.entry(key).or_insert(fresh);
        if first == fresh {
            self.parts.chance.extend(draws.iter().map(|&(_, p, _)| p));
            let names = draws.iter().map(|(name, _, _)| name.clone());
            self.parts.labels.chance.extend(names);
        }
        first
    }

    fn set(&mut self, player: u8, sees: String, names: Vec<String>) -> u32 {
        let fresh = self.parts.set_player.len() as u32;
        let set = *self.sets.entry((player, sees.clone())).or_insert(fresh);
        if set == fresh {
            self.parts.set_player.push(player);
            self.parts.labels.sets.push(sees);
            self.parts.labels.actions.extend(names);
            let actions = self.parts.labels.actions.len() as u32;
            self.parts.set_first_slot.push(actions);
        }
        set
    }

    fn finish(mut self) -> Result<Game, GenerateError> {
        let actions = self.parts.labels.actions.len() as u32;
        for (slot, &set) in self.parts.first_slot.iter_mut().zip(&self.parts.set) {
            if set == CHANCE {
                *slot += actions;
            }
        }
        Ok(Game::new(self.parts)?)
    }
}
