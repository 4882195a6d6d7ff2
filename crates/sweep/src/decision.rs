//! What each option of an actor's decision would bring at a point, for the value of information.
//!
//! The actor takes an option whatever the numbers are, and afterwards plays as the solution of the point says; so do all
//! others throughout, who cannot see that it did not choose by the numbers. The values of the options are then those
//! at the solved profile, and nothing need be solved again.

use detente_expand::Expansion;
use detente_game::{Game, Profile, passes};
use detente_language::scenario::{Domain, Scenario};

/// A decision of an actor, by the steps that lead to it, so that it is found again where the numbers are others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// The actor, by its place.
    pub actor: usize,
    /// The decision in words.
    pub name: String,
    /// Its options, as labels.
    pub options: Vec<String>,
    /// Its options, as a query asks for them: `approach == press`.
    pub terms: Vec<String>,
    /// Branch and option of every step to one of its nodes.
    way: Vec<(u16, u16)>,
    /// Branch and option of each option.
    choices: Vec<(u16, u16)>,
}

/// A decision at a point.
#[derive(Clone, Debug, PartialEq)]
pub struct Weighed {
    /// Probability that it is reached.
    pub reach: f64,
    /// What each option would bring to the actor given that the decision is reached, in the actor's own units:
    /// Σ_x r(x) V(child of x by the option) / Σ_x r(x) over the decision's nodes x, with reach r and values V of the
    /// profile. NaN where the decision is not reached, and for an option that is not there at this point.
    pub values: Vec<f64>,
}

/// For every actor that ever chooses among options, the decision that the play comes to most often under this profile,
/// the earliest of several. With perfect recall the actor has not chosen before it.
#[must_use]
pub fn first_decisions(
    scenario: &Scenario,
    expansion: &Expansion,
    profile: &Profile,
) -> Vec<Decision> {
    let game = &expansion.game;
    let reach = passes::reach(game, profile);
    let sets = passes::set_reach(game, &reach);
    let mut best: Vec<Option<usize>> = vec![None; game.players()];
    let first_node = |set: usize| game.members()[game.member_range(set).start];
    for set in (0..game.sets()).filter(|&set| game.slots(set).len() > 1) {
        let known = &mut best[usize::from(game.set_player()[set])];
        // Probabilities that are equal but for rounding count as equal.
        let better = |known: usize| {
            let ahead = sets[set] - sets[known];
            ahead > 1e-9 || (ahead > -1e-9 && first_node(set) < first_node(known))
        };
        if known.is_none_or(better) {
            *known = Some(set);
        }
    }
    let found = best.into_iter().flatten();
    found
        .map(|set| decision(scenario, expansion, set, &reach))
        .collect()
}

fn decision(scenario: &Scenario, expansion: &Expansion, set: usize, reach: &[f64]) -> Decision {
    let game = &expansion.game;
    let members = &game.members()[game.member_range(set)];
    // The likeliest way is the likeliest to be there at other numbers too.
    let likelier = |best: u32, next: u32| match reach[next as usize] > reach[best as usize] {
        true => next,
        false => best,
    };
    let mut node = members.iter().copied().reduce(likelier).unwrap_or_default() as usize;
    let mut way = Vec::new();
    while let Some(slot) = game.slot_into(node) {
        let (branch, option, _) = expansion.paths.slots[slot];
        way.push((branch, option));
        node = game.parent()[node] as usize;
    }
    way.reverse();
    let choices = game.slots(set).map(|slot| {
        let (branch, option, _) = expansion.paths.slots[slot];
        (branch, option)
    });
    let choices: Vec<(u16, u16)> = choices.collect();
    let label = |&(branch, option): &(u16, u16)| {
        let branch = &expansion.program.branches[usize::from(branch)];
        branch.options[usize::from(option)].label.clone()
    };
    let term = |&(branch, option): &(u16, u16)| {
        let branch = &expansion.program.branches[usize::from(branch)];
        let variable = &scenario.variables[branch.variable];
        let value = branch.options[usize::from(option)].value;
        match variable.domain {
            Domain::Numbers => format!("{} == {value}", variable.id),
            Domain::Symbols(_) => {
                format!("{} == {}", variable.id, scenario.symbols[value as usize])
            }
        }
    };
    Decision {
        actor: usize::from(game.set_player()[set]),
        name: expansion.set_name(set as u32).to_string(),
        options: choices.iter().map(label).collect(),
        terms: choices.iter().map(term).collect(),
        way,
        choices,
    }
}

impl Decision {
    /// Its information set in another game of the same scenario, if that has it.
    fn find(&self, expansion: &Expansion) -> Option<usize> {
        let game = &expansion.game;
        let mut node = 0;
        for step in &self.way {
            let slot = game.first_slot()[node] as usize;
            let mut children = game.children(node).enumerate();
            node = children.find_map(|(k, child)| {
                let (branch, option, _) = expansion.paths.slots[slot + k];
                ((branch, option) == *step).then_some(child)
            })?;
        }
        let set = game.set()[node] as usize;
        (set < game.sets() && usize::from(game.set_player()[set]) == self.actor).then_some(set)
    }

    fn weigh(&self, expansion: &Expansion, reach: &[f64], values: &[f64]) -> Weighed {
        let game = &expansion.game;
        // A decision that is not there is never reached.
        let Some(set) = self.find(expansion) else {
            return Weighed {
                reach: 0.0,
                values: vec![f64::NAN; self.choices.len()],
            };
        };
        let slots = game.slots(set);
        let place = |choice: &(u16, u16)| {
            slots.clone().position(|slot| {
                let (branch, option, _) = expansion.paths.slots[slot];
                (branch, option) == *choice
            })
        };
        let nodes = || {
            let nodes = game.members()[game.member_range(set)].iter();
            nodes.map(|&node| node as usize)
        };
        let reached: f64 = nodes().map(|node| reach[node]).sum();
        let value = |choice| {
            let Some(place) = place(choice).filter(|_| reached > 0.0) else {
                return f64::NAN;
            };
            let worth = |node| value_below(game, values, node, place, self.actor);
            let total: f64 = nodes().map(|node| reach[node] * worth(node)).sum();
            total / reached
        };
        Weighed {
            reach: reached,
            values: self.choices.iter().map(value).collect(),
        }
    }
}

fn value_below(game: &Game, values: &[f64], node: usize, place: usize, actor: usize) -> f64 {
    values[(game.children(node).start + place) * game.players() + actor]
}

/// What the options of decisions would bring under a profile.
#[must_use]
pub fn weigh(decisions: &[Decision], expansion: &Expansion, profile: &Profile) -> Vec<Weighed> {
    if decisions.is_empty() {
        return Vec::new();
    }
    let reach = passes::reach(&expansion.game, profile);
    let values = passes::values(&expansion.game, profile);
    let each = decisions.iter();
    each.map(|decision| decision.weigh(expansion, &reach, &values))
        .collect()
}
