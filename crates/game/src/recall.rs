//! What players forget, and where.
//!
//! A player has perfect recall if at all nodes of each of its information sets it has made the same choices at
//! the same own information sets before (Kuhn 1953; Selten 1975). It is absent-minded where one path passes
//! the same information set twice (Piccione & Rubinstein 1997).

use std::fmt;

use crate::game::Game;

/// What is forgotten at an information set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Forgotten {
    /// That it was here before: absent-mindedness.
    Visit,
    /// Which action it chose at an information set that it remembers.
    Choice,
    /// Which of its information sets it came through, and so something that it knew.
    Knowledge,
}

/// An information set whose player has forgotten something that it knew before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lapse {
    /// The player.
    pub player: usize,
    /// The information set.
    pub set: usize,
    /// What is forgotten there.
    pub forgotten: Forgotten,
    /// Two nodes of the information set that the player cannot tell apart but did before.
    pub nodes: (usize, usize),
    /// Name of the player.
    pub player_name: String,
    /// Name of the information set.
    pub set_name: String,
}

impl fmt::Display for Lapse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (player, set) = (&self.player_name, &self.set_name);
        match self.forgotten {
            Forgotten::Visit => write!(
                f,
                "{player} is absent-minded at the information set \"{set}\": one path passes it more than once"
            ),
            Forgotten::Choice => write!(
                f,
                "{player} has imperfect recall at the information set \"{set}\": it forgets what it chose before"
            ),
            Forgotten::Knowledge => write!(
                f,
                "{player} has imperfect recall at the information set \"{set}\": it forgets what it knew before"
            ),
        }
    }
}

/// All information sets where a player first forgets something, by number; none with perfect recall. What was
/// forgotten earlier on is not told again further down.
pub fn lapses(game: &Game) -> Vec<Lapse> {
    const NONE: u32 = u32::MAX;
    let mut set_of_slot = vec![NONE; game.actions()];
    for set in 0..game.sets() {
        set_of_slot[game.slots(set)].fill(set as u32);
    }
    let set_of = |slot: u32| set_of_slot.get(slot as usize).copied().unwrap_or(NONE);
    let before = choices_before(game);
    let mut found = Vec::new();
    for (set, visited) in repeated_visits(game).into_iter().enumerate() {
        let places = game.member_range(set);
        let nodes = &game.members()[places.clone()];
        let first = before[places.start];
        let other = places.clone().find(|&place| before[place] != first);
        let (forgotten, nodes) = match (visited, other) {
            (Some(nodes), _) => (Forgotten::Visit, nodes),
            (None, None) => continue,
            (None, Some(place)) => {
                let same = set_of(first) == set_of(before[place]);
                let pair = (nodes[0] as usize, game.members()[place] as usize);
                match same {
                    true => (Forgotten::Choice, pair),
                    false => (Forgotten::Knowledge, pair),
                }
            }
        };
        let player = usize::from(game.set_player()[set]);
        found.push(Lapse {
            player,
            set,
            forgotten,
            nodes,
            player_name: game.player_names()[player].clone(),
            set_name: game.set_name(set),
        });
    }
    found
}

/// Per place in [`Game::members`]: the slot of the last choice that the same player made before, `u32::MAX`
/// for none.
fn choices_before(game: &Game) -> Vec<u32> {
    let mut before = vec![u32::MAX; game.members().len()];
    let mut last = vec![u32::MAX; game.nodes()];
    let mut place_of = vec![u32::MAX; game.nodes()];
    for (place, &node) in game.members().iter().enumerate() {
        place_of[node as usize] = place as u32;
    }
    for player in 0..game.players() {
        for node in 0..game.nodes() {
            let set = game.set()[node] as usize;
            let own = set < game.sets() && usize::from(game.set_player()[set]) == player;
            if node == 0 {
                last[0] = u32::MAX;
            }
            if own {
                before[place_of[node] as usize] = last[node];
            }
            for (k, child) in game.children(node).enumerate() {
                last[child] = if own {
                    game.first_slot()[node] + k as u32
                } else {
                    last[node]
                };
            }
        }
    }
    before
}

/// Per information set two of its nodes on one path, the earlier one first, if there are any.
fn repeated_visits(game: &Game) -> Vec<Option<(usize, usize)>> {
    let mut visits = vec![None; game.sets()];
    let mut on_path: Vec<Option<usize>> = vec![None; game.sets()];
    // A node is entered, and left again once all below it is done.
    let mut open = vec![(0usize, true)];
    while let Some((node, enters)) = open.pop() {
        let set = game.set()[node] as usize;
        let known = set < game.sets();
        if !enters {
            on_path[set] = None;
            continue;
        }
        if known {
            match on_path[set] {
                Some(earlier) => visits[set] = visits[set].or(Some((earlier, node))),
                None => {
                    on_path[set] = Some(node);
                    open.push((node, false));
                }
            }
        }
        open.extend(game.children(node).rev().map(|child| (child, true)));
    }
    visits
}
