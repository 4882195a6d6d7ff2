//! Strategic games: a table of payoffs, and the same as a tree.
//!
//! A strategic game is an extensive one in which the players choose one after the other without seeing
//! anything: one information set each, the strategies its actions (von Neumann & Morgenstern 1944).

use crate::error::GameError;
use crate::game::{Game, Labels, NO_PARENT, Parts, TERMINAL};
use crate::normal::NormalForm;

/// Name of every player's only information set.
pub const SET_NAME: &str = "strategy";
/// Most strategies that a player can have in a [`Game`].
const MAX_STRATEGIES: usize = u16::MAX as usize;

/// A strategic game as a table. The profiles of strategies are numbered with the first player's strategy
/// running fastest, as in Gambit's `.nfg`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// Title, may be empty.
    pub title: String,
    /// Names of the players.
    pub players: Vec<String>,
    /// Per player the names of its strategies.
    pub strategies: Vec<Vec<String>>,
    /// Per profile its outcome: a row of `payoffs`.
    pub outcome: Vec<u32>,
    /// One row per outcome: payoff of each player.
    pub payoffs: Vec<f64>,
    /// Names of the outcomes; empty where they have none.
    pub outcome_names: Vec<String>,
}

impl Table {
    /// Number of profiles that the strategies make, `u128::MAX` for that many or more.
    pub fn profiles(&self) -> u128 {
        let counts = self.strategies.iter().map(|own| own.len() as u128);
        counts.fold(1, u128::saturating_mul)
    }

    /// The table of a reduced normal form. A player who moves at one information set keeps the names of its
    /// actions, others get Gambit's names of reduced strategies.
    pub fn of_normal_form(game: &Game, form: &NormalForm) -> Table {
        let names = form.strategies.iter().map(|own| match own.sets() {
            &[set] => (0..own.count())
                .map(|action| game.action_name(set as usize, action))
                .collect(),
            _ => own.names(),
        });
        Table {
            title: game.title().to_owned(),
            players: game.player_names().to_vec(),
            strategies: names.collect(),
            outcome: (0..form.profiles() as u32).collect(),
            payoffs: form.payoffs.clone(),
            outcome_names: Vec::new(),
        }
    }

    /// The table of a game whose tree is that of a strategic game, whatever it was made from: every path has
    /// one decision of each player, in their order, and nobody sees anything.
    pub fn of_game(game: &Game) -> Option<Table> {
        let players = game.players();
        let in_order = (0..players).map(|player| player as u8);
        if !game.set_player().iter().copied().eq(in_order) {
            return None;
        }
        let mut strides = vec![1; players + 1];
        for player in 0..players {
            strides[player + 1] = strides[player] * game.slots(player).len();
        }
        let mut outcome = vec![0; *strides.last()?];
        // Nodes with the number of decisions above them and the part of the profile that these make.
        let mut open = vec![(0usize, 0usize, 0usize)];
        while let Some((node, depth, profile)) = open.pop() {
            if depth == players && game.set()[node] == TERMINAL {
                outcome[profile] = game.first_child()[node];
            } else if depth < players && game.set()[node] == depth as u32 {
                let children = game.children(node).enumerate();
                open.extend(
                    children.map(|(k, child)| (child, depth + 1, profile + k * strides[depth])),
                );
            } else {
                return None;
            }
        }
        let names = |player| {
            (0..game.slots(player).len())
                .map(|action| game.action_name(player, action))
                .collect()
        };
        Some(Table {
            title: game.title().to_owned(),
            players: game.player_names().to_vec(),
            strategies: (0..players).map(names).collect(),
            outcome,
            payoffs: game.payoffs().to_vec(),
            outcome_names: game.labels().outcomes.clone(),
        })
    }

    /// The game as a tree.
    ///
    /// # Errors
    /// [`GameError`], also where the table has another number of outcomes than its strategies make profiles,
    /// or somebody has no strategy or more than 65,535.
    pub fn into_game(self) -> Result<Game, GameError> {
        if self.strategies.len() != self.players.len() {
            return Err(GameError::Lengths(
                "every player needs a list of strategies",
            ));
        }
        if self.profiles() != self.outcome.len() as u128 {
            return Err(GameError::Lengths("every profile needs an outcome"));
        }
        if let Some(set) = self
            .strategies
            .iter()
            .position(|own| own.len() > MAX_STRATEGIES)
        {
            let what = "its player has more than 65,535 strategies";
            return Err(GameError::Set { set, what });
        }
        let mut parts = self.tree()?;
        parts.set_first_slot.push(0);
        for (player, own) in self.strategies.into_iter().enumerate() {
            parts.set_player.push(player as u8);
            parts.labels.actions.extend(own);
            parts.set_first_slot.push(parts.labels.actions.len() as u32);
        }
        for (node, set) in parts
            .set
            .iter()
            .enumerate()
            .filter(|&(_, &set)| set != TERMINAL)
        {
            parts.first_slot[node] = parts.set_first_slot[*set as usize];
        }
        Game::new(Parts {
            title: self.title,
            labels: Labels {
                sets: vec![SET_NAME.to_owned(); self.players.len()],
                actions: parts.labels.actions,
                chance: Vec::new(),
                outcomes: self.outcome_names,
            },
            players: self.players,
            payoffs: self.payoffs,
            ..parts
        })
    }

    /// The nodes: parents, children, ends and whose turn it is.
    fn tree(&self) -> Result<Parts, GameError> {
        let counts: Vec<usize> = self.strategies.iter().map(Vec::len).collect();
        let mut sizes = vec![1usize; counts.len() + 1];
        for depth in (0..counts.len()).rev() {
            let below = sizes[depth + 1].checked_mul(counts[depth]);
            let size = below.and_then(|below| below.checked_add(1));
            sizes[depth] = size.ok_or(GameError::NodeCount(usize::MAX))?;
        }
        let nodes = sizes[0];
        if nodes > (u32::MAX - 2) as usize {
            return Err(GameError::NodeCount(nodes));
        }
        let mut parts = Parts {
            parent: vec![NO_PARENT; nodes],
            first_child: vec![0; nodes],
            first_slot: vec![0; nodes],
            arity: vec![0; nodes],
            set: vec![TERMINAL; nodes],
            ..Parts::default()
        };
        // Nodes with their depth, the place of their children, and the profile and its stride so far.
        let mut open = vec![(0usize, 0usize, 1usize, 0usize, 1usize)];
        while let Some((node, depth, first, profile, stride)) = open.pop() {
            let Some(&count) = counts.get(depth) else {
                parts.first_child[node] = self.outcome[profile];
                continue;
            };
            parts.set[node] = depth as u32;
            parts.arity[node] = count as u16;
            parts.first_child[node] = first as u32;
            for k in 0..count {
                let (child, next) = (first + k, first + count + k * (sizes[depth + 1] - 1));
                parts.parent[child] = node as u32;
                open.push((child, depth + 1, next, profile + k * stride, stride * count));
            }
        }
        Ok(parts)
    }
}
