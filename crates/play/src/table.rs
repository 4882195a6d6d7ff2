//! A solved game ready to be sat down to, with all that is looked up often.

use std::ops::Range;

use detente_expand::{Event as Edge, Expansion, Observer, Sights};
use detente_game::game::{CHANCE, TERMINAL};
use detente_game::{Game, Profile, passes};
use detente_language::scenario::{Domain, Scenario};

use crate::event::Mark;

/// Gains below this share of an actor's payoff range are rounding.
pub(crate) const ROUNDING: f64 = 1e-9;

/// A solved game ready to be sat down to. It does not change, and many plays can share one.
///
/// Beside the game itself it takes 12 bytes and 8 per actor for each node, and 4 for each node and observer.
#[derive(Debug)]
pub struct Table {
    pub(crate) scenario: Scenario,
    pub(crate) expansion: Expansion,
    pub(crate) profile: Profile,
    pub(crate) sights: Sights,
    /// Per node: the expected payoff of each actor.
    pub(crate) values: Vec<f64>,
    /// Beliefs, in the order of the members of information sets.
    pub(crate) beliefs: Vec<f64>,
    /// What each action is worth to its actor as far as it can know, per action slot.
    pub(crate) worth: Vec<f64>,
    /// Per node: probability from the start.
    pub(crate) reach: Vec<f64>,
    /// Per node: rows of payoffs of the ends below it.
    ends: Vec<(u32, u32)>,
}

impl Table {
    /// A table for a scenario, its game and the strategies by which whoever is not a person plays. These are also what
    /// everybody's choices are judged by.
    #[must_use]
    pub fn new(scenario: Scenario, expansion: Expansion, profile: Profile) -> Table {
        let game = &expansion.game;
        let values = passes::values(game, &profile);
        let beliefs = passes::beliefs(game, &profile);
        let worth = passes::action_values(game, &beliefs, &values);
        let reach = passes::reach(game, &profile);
        let ends = ends(game);
        let sights = expansion.sights();
        Table {
            scenario,
            expansion,
            profile,
            sights,
            values,
            beliefs,
            worth,
            reach,
            ends,
        }
    }

    /// The scenario.
    #[must_use]
    pub fn scenario(&self) -> &Scenario {
        &self.scenario
    }

    /// Its game.
    #[must_use]
    pub fn expansion(&self) -> &Expansion {
        &self.expansion
    }

    /// The strategies.
    #[must_use]
    pub fn profile(&self) -> &Profile {
        &self.profile
    }

    /// What tells this game from others.
    #[must_use]
    pub fn mark(&self) -> Mark {
        let actors = self.scenario.actors.iter();
        Mark {
            title: self.scenario.title.clone(),
            actors: actors.map(|actor| actor.id.clone()).collect(),
            nodes: self.game().nodes(),
            sets: self.game().sets(),
        }
    }

    pub(crate) fn game(&self) -> &Game {
        &self.expansion.game
    }

    /// The information set of a node, if it is a decision.
    pub(crate) fn set(&self, node: u32) -> Option<usize> {
        let set = self.game().set()[node as usize];
        (set != CHANCE && set != TERMINAL).then_some(set as usize)
    }

    /// Who decides at an information set.
    pub(crate) fn owner(&self, set: usize) -> usize {
        usize::from(self.game().set_player()[set])
    }

    pub(crate) fn is_end(&self, node: u32) -> bool {
        self.game().set()[node as usize] == TERMINAL
    }

    /// Number of options at a node.
    pub(crate) fn arity(&self, node: u32) -> usize {
        usize::from(self.game().arity()[node as usize])
    }

    /// What is chosen or drawn at a node with its option number `k`.
    pub(crate) fn edge(&self, node: u32, k: usize) -> Edge {
        self.expansion.event(node, k as u32)
    }

    /// Probabilities of the options at a node, by the strategies or by chance.
    pub(crate) fn probabilities(&self, node: u32) -> &[f64] {
        let slot = self.game().first_slot()[node as usize] as usize;
        let actions = self.game().actions();
        let all = match slot < actions {
            true => self.profile.probabilities(),
            false => self.game().chance(),
        };
        let first = if slot < actions { slot } else { slot - actions };
        &all[first..first + self.arity(node)]
    }

    /// What an actor can expect at a node, by the strategies of all.
    pub(crate) fn value(&self, node: u32, actor: usize) -> f64 {
        self.values[node as usize * self.game().players() + actor]
    }

    /// What each option of an information set is worth to its actor, as far as it can know.
    pub(crate) fn foresight(&self, set: usize) -> &[f64] {
        &self.worth[self.game().slots(set)]
    }

    /// Rows of payoffs of the ends below a node, or of the end itself.
    pub(crate) fn ends_below(&self, node: u32) -> Range<usize> {
        let (first, last) = self.ends[node as usize];
        first as usize..last as usize
    }

    /// A node and all its descendants, which are one stretch of nodes.
    pub(crate) fn below(&self, node: u32) -> impl Iterator<Item = u32> + '_ {
        let first = self.game().first_child()[node as usize];
        let descendants = match self.is_end(node) {
            true => 0..0,
            false => first..self.last_descendant(node) + 1,
        };
        std::iter::once(node).chain(descendants)
    }

    /// The last node of the stretch of a node's descendants.
    fn last_descendant(&self, node: u32) -> u32 {
        let mut last = node;
        let mut at = node;
        // The subtrees of siblings follow one another, so that the last one that has children comes last.
        loop {
            let children = self.game().children(at as usize);
            if children.is_empty() {
                return last;
            }
            last = last.max(children.end as u32 - 1);
            match children.rev().find(|&child| self.arity(child as u32) > 0) {
                Some(child) => at = child as u32,
                None => return last,
            }
        }
    }

    /// The number of an actor by its name in the scenario.
    pub(crate) fn actor(&self, id: &str) -> Option<usize> {
        self.scenario.actors.iter().position(|actor| actor.id == id)
    }

    /// Number of what an actor or the public has seen at a node.
    pub(crate) fn seen(&self, observer: Observer, node: u32) -> u32 {
        self.sights.class(observer, node)
    }
}

/// For each node, the rows of payoffs below it: ends are numbered depth first.
fn ends(game: &Game) -> Vec<(u32, u32)> {
    let mut ends = vec![(u32::MAX, 0); game.nodes()];
    for node in (0..game.nodes()).rev() {
        if game.set()[node] == TERMINAL {
            let row = game.first_child()[node];
            ends[node] = (row, row + 1);
        }
        for child in game.children(node) {
            let (first, last) = ends[child];
            ends[node].0 = ends[node].0.min(first);
            ends[node].1 = ends[node].1.max(last);
        }
    }
    ends
}

impl Table {
    /// Name in the scenario of the option number `k` at a node; a number of a grid as it is written.
    pub(crate) fn option_id(&self, node: u32, k: usize) -> String {
        let edge = self.edge(node, k);
        let choice = &self.expansion.program.branches[edge.branch].options[edge.option];
        self.choice_id(edge.variable, choice.value)
    }

    /// Name of a value of a variable.
    pub(crate) fn choice_id(&self, variable: usize, value: f64) -> String {
        let symbol = match self.scenario.variables[variable].domain {
            Domain::Numbers => None,
            Domain::Symbols(_) => self.scenario.symbols.get(value as usize),
        };
        symbol.cloned().unwrap_or_else(|| value.to_string())
    }

    /// How much less an option is worth than the best, as far as its actor can know: 0 or more.
    pub(crate) fn regret(&self, set: usize, k: usize) -> f64 {
        let worth = self.foresight(set);
        let best = worth.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        (best - worth[k]).max(0.0)
    }

    /// All that is at stake for an actor: its largest payoff less its smallest.
    pub(crate) fn stake(&self, actor: usize) -> f64 {
        self.game().payoff_range(actor)
    }
}
