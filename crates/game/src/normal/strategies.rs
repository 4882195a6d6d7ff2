//! Reduced strategies: counted by a recursion over a player's own moves, then listed.
//!
//! With N(h) the number of ways to go on from information set h, N(h) = Σ_a Π_{h′} N(h′), the product over the
//! information sets h′ that may come next after action a at h.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};

use super::{Limits, TooLarge};
use crate::game::Game;

/// The reduced strategies of one player, in Gambit's order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Strategies {
    player: usize,
    sets: Vec<u32>,
    arity: Vec<u16>,
    choices: Vec<u16>,
    count: usize,
}

impl Strategies {
    /// Whose they are.
    pub fn player(&self) -> usize {
        self.player
    }

    /// Number of strategies, at least 1.
    pub fn count(&self) -> usize {
        self.count
    }

    /// Information sets of the player, ascending.
    pub fn sets(&self) -> &[u32] {
        &self.sets
    }

    /// Per own information set (as in [`Strategies::sets`]): the action, from 1; 0 where it is left open.
    pub fn choices(&self, strategy: usize) -> &[u16] {
        let width = self.sets.len();
        &self.choices[strategy * width..(strategy + 1) * width]
    }

    /// Name of a strategy as in Gambit: the number of the action at each own information set, `*` where it is
    /// left open. With ten actions or more somewhere, dots keep the numbers apart.
    pub fn name(&self, strategy: usize) -> String {
        if self.sets.is_empty() {
            return "*".to_owned();
        }
        let dots = self.arity.iter().any(|&actions| actions > 9);
        let mut name = String::new();
        for (place, &choice) in self.choices(strategy).iter().enumerate() {
            if dots && place > 0 {
                name.push('.');
            }
            match choice {
                0 => name.push('*'),
                action => name.push_str(&action.to_string()),
            }
        }
        name
    }

    /// Names of all strategies, in order.
    pub fn names(&self) -> Vec<String> {
        (0..self.count)
            .map(|strategy| self.name(strategy))
            .collect()
    }
}

/// Number of reduced strategies of a player, `u128::MAX` for that many or more. Exact with perfect recall;
/// without it, an upper bound.
pub fn count(game: &Game, player: usize) -> u128 {
    Moves::new(game, player).count()
}

/// The reduced strategies of a player. Information sets that share a path with themselves (absent-mindedness)
/// or that are reached after different own choices (imperfect recall) are one choice each.
///
/// # Errors
/// [`TooLarge::Strategies`], before anything is listed if the player has perfect recall.
pub fn strategies(game: &Game, player: usize, limits: &Limits) -> Result<Strategies, TooLarge> {
    let moves = Moves::new(game, player);
    let most = limits
        .strategies
        .min(limits.cells / moves.sets.len().max(1));
    let fail = |strategies: String| TooLarge::Strategies {
        player: game.player_names()[player].clone(),
        strategies,
        most,
    };
    let count = moves.count();
    if count > most as u128 && moves.recalls() {
        return Err(fail(match count {
            u128::MAX => "more than 10^38".to_owned(),
            count => count.to_string(),
        }));
    }
    moves
        .list(player, most)
        .ok_or_else(|| fail(format!("more than {most}")))
}

/// A player's own moves: its information sets, arranged by the own choices that lead there.
struct Moves {
    /// Own information sets, ascending.
    sets: Vec<u32>,
    /// Number of actions of each.
    arity: Vec<u16>,
    /// An information set after one sequence of own choices, numbered as a walk through the tree meets them:
    /// position of the set in `sets`.
    places: Vec<u32>,
    /// Per place and action: where it may lead next.
    next: Vec<Vec<Vec<u32>>>,
    /// Places before any own choice.
    first: Vec<u32>,
}

impl Moves {
    fn new(game: &Game, player: usize) -> Moves {
        let own = |set: u32| game.set_player().get(set as usize) == Some(&(player as u8));
        let sets: Vec<u32> = (0..game.sets() as u32).filter(|&set| own(set)).collect();
        let arity: Vec<u16> = sets
            .iter()
            .map(|&set| game.slots(set as usize).len() as u16)
            .collect();
        let mut moves = Moves {
            sets,
            arity,
            places: Vec::new(),
            next: Vec::new(),
            first: Vec::new(),
        };
        // A history is (place + 1, action), or (0, 0) before the first own choice.
        let mut known: HashMap<(u32, u16, u32), u32> = HashMap::new();
        let mut open = vec![(0usize, (0u32, 0u16))];
        while let Some((node, history)) = open.pop() {
            let set = game.set()[node];
            if !own(set) {
                open.extend(game.children(node).rev().map(|child| (child, history)));
                continue;
            }
            let place = *known
                .entry((history.0, history.1, set))
                .or_insert_with(|| moves.place(history, set));
            let after = (0u16..).map(|action| (place + 1, action));
            let children: Vec<_> = game.children(node).zip(after).collect();
            open.extend(children.into_iter().rev());
        }
        moves
    }

    fn place(&mut self, history: (u32, u16), set: u32) -> u32 {
        let own = self.sets.partition_point(|&before| before < set);
        let place = self.places.len() as u32;
        self.places.push(own as u32);
        self.next
            .push(vec![Vec::new(); usize::from(self.arity[own])]);
        match history.0 {
            0 => self.first.push(place),
            before => self.next[before as usize - 1][usize::from(history.1)].push(place),
        }
        place
    }

    /// Whether every information set has one place.
    fn recalls(&self) -> bool {
        self.places.len() == self.sets.len()
    }

    /// N over all places, later ones first.
    fn count(&self) -> u128 {
        let mut below = vec![0u128; self.places.len()];
        let product = |below: &[u128], places: &[u32]| {
            let factors = places.iter().map(|&place| below[place as usize]);
            factors.fold(1u128, u128::saturating_mul)
        };
        for place in (0..self.places.len()).rev() {
            let actions = self.next[place].iter();
            below[place] = actions
                .map(|next| product(&below, next))
                .fold(0, u128::saturating_add);
        }
        product(&below, &self.first)
    }

    /// Lists the strategies; none where there are more than `most`.
    fn list(&self, player: usize, most: usize) -> Option<Strategies> {
        let mut listed = Strategies {
            player,
            sets: self.sets.clone(),
            arity: self.arity.clone(),
            choices: Vec::new(),
            count: 0,
        };
        let mut trail: Vec<(u32, u16)> = Vec::new();
        loop {
            if listed.count == most {
                return None;
            }
            let begin = listed.choices.len();
            listed.choices.resize(begin + self.sets.len(), 0);
            self.follow(&mut trail, &mut listed.choices[begin..]);
            listed.count += 1;
            while trail
                .pop_if(|(own, action)| *action + 1 == self.arity[*own as usize])
                .is_some()
            {}
            match trail.last_mut() {
                Some((_, action)) => *action += 1,
                None => return Some(listed),
            }
        }
    }

    /// Fills in the choices of the trail, and first actions beyond its end, at all places that they reach.
    fn follow(&self, trail: &mut Vec<(u32, u16)>, choices: &mut [u16]) {
        let mut ahead: BinaryHeap<Reverse<u32>> = self.first.iter().copied().map(Reverse).collect();
        let mut decided = 0;
        while let Some(Reverse(place)) = ahead.pop() {
            let own = self.places[place as usize];
            let choice = &mut choices[own as usize];
            if *choice == 0 {
                if decided == trail.len() {
                    trail.push((own, 0));
                }
                *choice = trail[decided].1 + 1;
                decided += 1;
            }
            let next = &self.next[place as usize][usize::from(*choice) - 1];
            ahead.extend(next.iter().copied().map(Reverse));
        }
    }
}
