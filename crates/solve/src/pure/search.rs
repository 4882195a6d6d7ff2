//! Search over reduced pure strategies, play path first.
//!
//! Choices are decided in the order in which they matter: at information sets that play reaches, then at those
//! that one player alone can reach by deviating, and last at those that only two deviating players could reach,
//! where every choice will do. What a player left aside by its own earlier choice stays open: these are the
//! strategies of the reduced normal form (Kuhn 1953). A partial profile is dropped as soon as some player surely
//! gains by deviating, see [`super::bounds`].

use detente_game::Game;
use detente_game::game::{CHANCE, TERMINAL};
use detente_game::order::player_recalls;

use super::bounds::{Bounds, OPEN};
use crate::weighted::{Number, Weighted};
use crate::{Budget, Status};

/// Who has left the path of play on the way to a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Astray {
    Nobody,
    One(u8),
    Many,
    /// Not told yet: an open choice lies before.
    Unknown,
}

/// What the search found.
pub(super) struct Found {
    /// Choices per information set, [`OPEN`] where a player's own choice leaves the set aside.
    pub(super) profiles: Vec<Vec<u16>>,
    /// Number of equilibria, those beyond the listed ones included; `u128::MAX` for more than that.
    pub(super) count: u128,
    /// Why the search ended early, if it did.
    pub(super) stopped: Option<Status>,
}

struct Search<'a, T> {
    game: &'a Game,
    bounds: Bounds<'a, T>,
    most: usize,
    /// Per information set: slot of the choice that its player made before, `u32::MAX` for none.
    before: Vec<u32>,
    set_of_slot: Vec<u32>,
    /// Per information set: in how many ways its player can go on from there.
    ways: Vec<u128>,
    choices: Vec<u16>,
    astray: Vec<Astray>,
    found: Found,
}

/// What to do with a partial profile.
enum Step {
    Decide(usize),
    Record,
    Drop,
}

/// All pure equilibria, of which at most `most` are listed, and unless `all` is asked for not many more counted;
/// `Err` names an information set where a player forgets.
pub(super) fn search<T: Number>(
    game: &Game,
    weighted: &Weighted<T>,
    most: usize,
    all: bool,
    budget: &Budget<'_>,
) -> Result<Found, usize> {
    let mut search = Search::new(game, weighted, most)?;
    let mut trail: Vec<usize> = Vec::new();
    let mut rounds = 0u64;
    loop {
        rounds += 1;
        if rounds.is_multiple_of(64) {
            let words = format!("{} equilibria so far", search.found.count);
            if let Some(status) = budget.spent(None, &words) {
                search.found.stopped = Some(status);
                break;
            }
        }
        match search.step() {
            Step::Decide(set) => {
                search.choices[set] = 0;
                trail.push(set);
                continue;
            }
            Step::Record => search.record(),
            Step::Drop => {}
        }
        if !all && search.found.count > most as u128 {
            break;
        }
        if !search.back(&mut trail) {
            break;
        }
    }
    Ok(search.found)
}

impl<'a, T: Number> Search<'a, T> {
    fn new(game: &'a Game, weighted: &'a Weighted<T>, most: usize) -> Result<Self, usize> {
        let mut before = vec![u32::MAX; game.sets()];
        for player in 0..game.players() {
            for (set, slot) in player_recalls(game, player)?.into_iter().enumerate() {
                if usize::from(game.set_player()[set]) == player {
                    before[set] = slot;
                }
            }
        }
        let set_of_slot = set_of_slot(game);
        Ok(Search {
            game,
            bounds: Bounds::new(game, weighted)?,
            most,
            ways: ways(game, &before, &set_of_slot),
            before,
            set_of_slot,
            choices: vec![OPEN; game.sets()],
            astray: vec![Astray::Nobody; game.nodes()],
            found: Found {
                profiles: Vec::new(),
                count: 0,
                stopped: None,
            },
        })
    }

    /// Goes on to the next choice of the latest information set that has one; whether there was any.
    fn back(&mut self, trail: &mut Vec<usize>) -> bool {
        while let Some(&set) = trail.last() {
            if usize::from(self.choices[set]) + 1 < self.game.slots(set).len() {
                self.choices[set] += 1;
                return true;
            }
            self.choices[set] = OPEN;
            trail.pop();
        }
        false
    }

    fn step(&mut self) -> Step {
        self.follow();
        if self.somebody_gains() {
            return Step::Drop;
        }
        match self.most_pressing() {
            Some((set, 2)) if self.found.profiles.len() < self.most => Step::Decide(set),
            Some((_, 2)) | None => Step::Record,
            Some((set, _)) => Step::Decide(set),
        }
    }

    /// Whether some player surely gains by deviating, whatever is still open.
    fn somebody_gains(&mut self) -> bool {
        let most = self.bounds.at_most(&self.choices).to_vec();
        let gains = |(player, most): (usize, &T)| {
            let deviating = self.bounds.deviating(player, &self.choices);
            deviating > most
        };
        most.iter().enumerate().any(gains)
    }

    /// Tells at every node who has left the path of play.
    fn follow(&mut self) {
        let game = self.game;
        for node in 0..game.nodes() {
            let here = self.astray[node];
            let set = game.set()[node];
            if set == TERMINAL {
                continue;
            }
            let slot = game.first_slot()[node] as usize;
            for (k, child) in game.children(node).enumerate() {
                self.astray[child] = if set == CHANCE {
                    let never = game.chance()[slot + k - game.actions()] == 0.0;
                    if never { Astray::Many } else { here }
                } else {
                    self.after_choice(here, set as usize, k)
                };
            }
        }
    }

    fn after_choice(&self, here: Astray, set: usize, action: usize) -> Astray {
        if self.aside(set) {
            return here;
        }
        let chosen = self.choices[set];
        if chosen == OPEN {
            return Astray::Unknown;
        }
        let player = self.game.set_player()[set];
        match here {
            _ if usize::from(chosen) == action => here,
            Astray::Nobody => Astray::One(player),
            Astray::One(same) if same == player => here,
            Astray::Unknown => Astray::Unknown,
            _ => Astray::Many,
        }
    }

    /// Whether its player's own earlier choice leaves an information set aside.
    fn aside(&self, set: usize) -> bool {
        let mut slot = self.before[set];
        while slot != u32::MAX {
            let earlier = self.set_of_slot[slot as usize] as usize;
            let action = slot - self.game.set_first_slot()[earlier];
            let chosen = self.choices[earlier];
            if chosen != OPEN && u32::from(chosen) != action {
                return true;
            }
            slot = self.before[earlier];
        }
        false
    }

    /// The open information set that matters most, and how much: 0 play reaches it, 1 one player alone can,
    /// 2 only several together.
    fn most_pressing(&self) -> Option<(usize, u8)> {
        let game = self.game;
        let mut first: Option<(usize, u8)> = None;
        for node in 0..game.nodes() {
            let set = game.set()[node] as usize;
            if set >= game.sets() || self.choices[set] != OPEN {
                continue;
            }
            let rank = match self.astray[node] {
                Astray::Nobody => 0,
                Astray::One(_) => 1,
                Astray::Many => 2,
                Astray::Unknown => continue,
            };
            if first.is_none_or(|(_, best)| rank < best) && !self.aside(set) {
                first = Some((set, rank));
                if rank == 0 {
                    break;
                }
            }
        }
        first
    }

    /// Counts the profile with all ways to complete it, and lists it while there is room.
    fn record(&mut self) {
        let mut ways = 1u128;
        for set in 0..self.game.sets() {
            let slot = self.before[set];
            let first =
                slot == u32::MAX || self.choices[self.set_of_slot[slot as usize] as usize] != OPEN;
            if self.choices[set] == OPEN && first && !self.aside(set) {
                ways = ways.saturating_mul(self.ways[set]);
            }
        }
        self.found.count = self.found.count.saturating_add(ways);
        if self.found.profiles.len() < self.most {
            self.found.profiles.push(self.choices.clone());
        }
    }
}

/// Per action slot: its information set.
pub(super) fn set_of_slot(game: &Game) -> Vec<u32> {
    let mut sets = vec![0u32; game.actions()];
    for set in 0..game.sets() {
        sets[game.slots(set)].fill(set as u32);
    }
    sets
}

/// Per information set: in how many ways its player can choose there and later, by the recursion
/// w(h) = Σ_a Π w(h′) over the information sets h′ that follow h and a.
fn ways(game: &Game, before: &[u32], set_of_slot: &[u32]) -> Vec<u128> {
    let mut depth = vec![0usize; game.sets()];
    for (set, steps) in depth.iter_mut().enumerate() {
        let mut slot = before[set];
        while slot != u32::MAX {
            *steps += 1;
            slot = before[set_of_slot[slot as usize] as usize];
        }
    }
    let mut latest_first: Vec<usize> = (0..game.sets()).collect();
    latest_first.sort_by_key(|&set| std::cmp::Reverse(depth[set]));
    let mut after = vec![1u128; game.actions()];
    let mut ways = vec![0u128; game.sets()];
    for set in latest_first {
        let sum = after[game.slots(set)].iter();
        ways[set] = sum.fold(0, |sum, &way| sum.saturating_add(way));
        if let Some(product) = after.get_mut(before[set] as usize) {
            *product = product.saturating_mul(ways[set]);
        }
    }
    ways
}
