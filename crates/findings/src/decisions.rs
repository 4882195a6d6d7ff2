//! Every actor's decisions at the information sets that matter: those that the play comes to most often.

use crate::model::{Belief, Decision, DecisionOption};
use detente_expand::Expansion;
use detente_game::{Profile, passes};
use detente_language::scenario::{Domain, Scenario};

/// Most information sets shown per actor.
const MOST_PER_ACTOR: usize = 10;
/// Information sets reached more rarely are left out.
const SMALLEST_REACH: f64 = 0.002;
/// Nodes of an information set looked at for its beliefs, the likeliest first.
const MOST_NODES: usize = 2_000;
/// Longest list of beliefs.
const MOST_BELIEFS: usize = 8;

/// The decisions that matter, by actor in the order declared and by reach probability within each.
#[must_use]
pub fn decisions(scenario: &Scenario, expansion: &Expansion, profile: &Profile) -> Vec<Decision> {
    let game = &expansion.game;
    let reach = passes::reach(game, profile);
    let set_reach = passes::set_reach(game, &reach);
    let beliefs = passes::beliefs(game, profile);
    let values = passes::values(game, profile);
    let action_values = passes::action_values(game, &beliefs, &values);
    let mut decisions = Vec::new();
    for (actor, named) in scenario.actors.iter().enumerate() {
        let mut sets: Vec<usize> = (0..game.sets())
            .filter(|&set| usize::from(game.set_player()[set]) == actor)
            .filter(|&set| set_reach[set] >= SMALLEST_REACH && game.slots(set).len() > 1)
            .collect();
        sets.sort_by(|&a, &b| set_reach[b].total_cmp(&set_reach[a]).then(a.cmp(&b)));
        sets.truncate(MOST_PER_ACTOR);
        for set in sets {
            let options = options(scenario, expansion, profile, &action_values, set);
            let best = options
                .iter()
                .map(|option| option.value)
                .fold(f64::NEG_INFINITY, f64::max);
            let mixed: f64 = options
                .iter()
                .map(|option| option.probability * option.value)
                .sum();
            let name = expansion.set_name(set as u32);
            let first = game.slots(set).start;
            let variable =
                expansion.program.branches[usize::from(expansion.paths.slots[first].0)].variable;
            decisions.push(Decision {
                actor: named.id.clone(),
                variable: scenario.variables[variable].id.clone(),
                round: (name.round > 0).then_some(u32::from(name.round)),
                name: name.to_string(),
                reach: set_reach[set],
                options,
                beliefs: believed(expansion, &beliefs, set, actor),
                gain: (best - mixed).max(0.0),
            });
        }
    }
    decisions
}

fn options(
    scenario: &Scenario,
    expansion: &Expansion,
    profile: &Profile,
    action_values: &[f64],
    set: usize,
) -> Vec<DecisionOption> {
    let slots = expansion.game.slots(set);
    slots
        .map(|slot| {
            let (branch, option, _) = expansion.paths.slots[slot];
            let branch = &expansion.program.branches[usize::from(branch)];
            let choice = &branch.options[usize::from(option)];
            let id = match scenario.variables[branch.variable].domain {
                Domain::Numbers => choice.value.to_string(),
                Domain::Symbols(_) => scenario.symbols[choice.value as usize].clone(),
            };
            DecisionOption {
                id,
                label: choice.label.clone(),
                probability: profile.probabilities()[slot],
                value: action_values[slot],
            }
        })
        .collect()
}

/// For everything that may have happened unseen, how likely the actor thinks it at an information set: marginal
/// posteriors, the likeliest first, of what is in doubt and not all but impossible. `beliefs` are in the order of the
/// game's members.
#[must_use]
pub fn believed(expansion: &Expansion, beliefs: &[f64], set: usize, actor: usize) -> Vec<Belief> {
    if expansion.game.member_range(set).len() < 2 {
        return Vec::new();
    }
    let mut believed = posteriors(expansion, beliefs, set, actor);
    // What is certain although unseen tells nothing.
    believed.retain(|belief| belief.probability < 1.0 - 1e-9 && belief.probability > 1e-4);
    believed.sort_by(|a, b| {
        b.probability
            .total_cmp(&a.probability)
            .then_with(|| a.words.cmp(&b.words))
    });
    believed.truncate(MOST_BELIEFS);
    believed
}

/// The same for all that may have happened unseen, in no special order. Of a large information set, the likeliest
/// nodes are looked at.
#[must_use]
pub fn posteriors(expansion: &Expansion, beliefs: &[f64], set: usize, actor: usize) -> Vec<Belief> {
    let range = expansion.game.member_range(set);
    let members = &expansion.game.members()[range.clone()];
    let mut likeliest: Vec<(u32, f64)> = members
        .iter()
        .copied()
        .zip(beliefs[range].iter().copied())
        .collect();
    likeliest.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    likeliest.truncate(MOST_NODES);
    let mut believed: Vec<Belief> = Vec::new();
    for (node, belief) in likeliest.into_iter().filter(|(_, belief)| *belief > 0.0) {
        let mut hidden = expansion.hidden_from(actor, node);
        // What has happened twice has happened.
        hidden.sort();
        hidden.dedup();
        for words in hidden {
            match believed.iter_mut().find(|known| known.words == words) {
                Some(known) => known.probability += belief,
                None => believed.push(Belief {
                    words,
                    probability: belief,
                }),
            }
        }
    }
    believed
}
