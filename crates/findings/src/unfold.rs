//! How it unfolds: the flow of probability through the events that tell most about the ending, and the
//! likeliest courses of such events.

use std::collections::HashMap;

use crate::model::{Course, CourseStep, Flow, FlowLink, FlowNode};
use detente_expand::{Event, Expansion};
use detente_language::scenario::Scenario;

/// Stages of the flow picture before the endings.
const STAGES: usize = 5;
/// A variable that tells fewer bits of the ending is no stage.
const LEAST_INFORMATION: f64 = 1e-4;
/// With fewer telling decisions, draws are stages as well.
const FEWEST_DECISIONS: usize = 2;
/// A box of the flow picture that fewer paths pass is joined with others of its stage.
const SMALLEST_BOX: f64 = 0.01;
/// Draws that tell less of the ending than this share of its entropy are left out of courses.
const SMALLEST_SHARE: f64 = 0.02;
/// Courses rarer than this are left out, all but the likeliest.
const RAREST_COURSE: f64 = 0.001;
/// Draws at least as likely as this go without saying.
const EXPECTED: f64 = 0.95;
/// Longest list of courses.
const COURSES: usize = 8;

/// How much each variable tells about the ending, in bits; see [`joint_information`].
#[must_use]
pub fn information(scenario: &Scenario, expansion: &Expansion, ends: &[f64]) -> Vec<f64> {
    let each: Vec<Vec<usize>> = (0..scenario.variables.len())
        .map(|variable| vec![variable])
        .collect();
    joint_information(scenario, expansion, ends, &each)
}

/// How much each set of variables tells about the ending: mutual information in bits between their latest
/// values (no value counted as one) and the outcome, over the paths of a profile (Shannon 1948).
fn joint_information(
    scenario: &Scenario,
    expansion: &Expansion,
    ends: &[f64],
    sets: &[Vec<usize>],
) -> Vec<f64> {
    let outcomes = scenario.outcomes.len();
    let mut joint: Vec<HashMap<Vec<u64>, Vec<f64>>> = vec![HashMap::new(); sets.len()];
    let mut endings = vec![0.0; outcomes];
    let mut latest = vec![u64::MAX; scenario.variables.len()];
    each_path(expansion, ends, |events, end, probability| {
        let outcome = usize::from(expansion.paths.outcome[end]);
        endings[outcome] += probability;
        latest.fill(u64::MAX);
        for event in events {
            latest[event.variable] = event.value.to_bits();
        }
        for (set, table) in sets.iter().zip(&mut joint) {
            let key = set.iter().map(|&variable| latest[variable]).collect();
            table.entry(key).or_insert_with(|| vec![0.0; outcomes])[outcome] += probability;
        }
    });
    let entropy = |masses: &[f64]| -> f64 {
        let total: f64 = masses.iter().sum();
        masses
            .iter()
            .filter(|&&mass| mass > 0.0)
            .map(|mass| -mass * (mass / total).log2())
            .sum()
    };
    let before = entropy(&endings);
    joint
        .iter()
        .map(|table| {
            // Summed in the order of the keys, so that the last digits do not depend on the map.
            let mut rows: Vec<_> = table.iter().collect();
            rows.sort_by_key(|(key, _)| *key);
            (before - rows.iter().map(|(_, masses)| entropy(masses)).sum::<f64>()).max(0.0)
        })
        .collect()
}

/// Calls `visit` with the events, the end and the probability of every path that has any.
fn each_path(expansion: &Expansion, ends: &[f64], mut visit: impl FnMut(&[Event], usize, f64)) {
    let mut end = 0;
    let done: Result<(), std::convert::Infallible> = expansion.walk(|path| {
        if ends[end] > 0.0 {
            visit(path.events, end, ends[end]);
        }
        end += 1;
        Ok(())
    });
    debug_assert!(done.is_ok());
}

/// The flow picture: up to five decisions that together tell most about the ending, in the order in which the
/// play comes to them, and the endings. Draws stand in where there are too few decisions to tell a story.
#[must_use]
pub fn flow(scenario: &Scenario, expansion: &Expansion, ends: &[f64], information: &[f64]) -> Flow {
    let told = telling(scenario, expansion, ends, information);
    let mut boxes = Boxes::default();
    let mut streams: HashMap<(usize, usize), f64> = HashMap::new();
    each_path(expansion, ends, |events, end, probability| {
        let mut before = None;
        for (stage, &variable) in told.iter().enumerate() {
            let Some(event) = events.iter().rev().find(|event| event.variable == variable) else {
                continue;
            };
            let here = boxes.event(scenario, expansion, stage, event, probability);
            if let Some(before) = before.replace(here) {
                *streams.entry((before, here)).or_insert(0.0) += probability;
            }
        }
        let outcome = usize::from(expansion.paths.outcome[end]);
        let last = boxes.ending(scenario, told.len(), outcome, probability);
        if let Some(before) = before {
            *streams.entry((before, last)).or_insert(0.0) += probability;
        }
    });
    let mut stages: Vec<String> = told
        .iter()
        .map(|&v| stage_name(scenario, expansion, v))
        .collect();
    stages.push("Ending".to_owned());
    joined(stages, boxes.nodes, streams)
}

/// The variables that are the stages of the flow: each next one is that which, together with those before it,
/// tells most about the ending.
fn telling(
    scenario: &Scenario,
    expansion: &Expansion,
    ends: &[f64],
    information: &[f64],
) -> Vec<usize> {
    let tells = |v: &usize| information[*v] > LEAST_INFORMATION;
    let all = 0..information.len();
    let mut candidates: Vec<usize> = all
        .clone()
        .filter(tells)
        .filter(|&v| scenario.variables[v].actor.is_some())
        .collect();
    if candidates.len() < FEWEST_DECISIONS {
        candidates = all.filter(tells).collect();
    }
    let mut told: Vec<usize> = Vec::new();
    let mut before = 0.0;
    while told.len() < STAGES && !candidates.is_empty() {
        let sets: Vec<Vec<usize>> = candidates
            .iter()
            .map(|&v| [told.as_slice(), &[v]].concat())
            .collect();
        let joint = joint_information(scenario, expansion, ends, &sets);
        let most = |best: usize, i: usize| if joint[i] > joint[best] { i } else { best };
        let best = (0..joint.len()).fold(0, most);
        if joint[best] - before <= LEAST_INFORMATION {
            break;
        }
        before = joint[best];
        told.push(candidates.remove(best));
    }
    told.sort_by_key(|&variable| first_branch(expansion, variable));
    told
}

fn first_branch(expansion: &Expansion, variable: usize) -> usize {
    let branches = &expansion.program.branches;
    branches
        .iter()
        .position(|branch| branch.variable == variable)
        .unwrap_or(usize::MAX)
}

fn stage_name(scenario: &Scenario, expansion: &Expansion, variable: usize) -> String {
    let words = &expansion.words.variables[variable];
    match scenario.variables[variable].actor {
        Some(actor) => format!("{}: {words}", scenario.actors[actor.index()].label),
        None => words.clone(),
    }
}

/// Boxes of the flow picture while they are found.
#[derive(Default)]
struct Boxes {
    nodes: Vec<FlowNode>,
    known: HashMap<(usize, u64), usize>,
}

impl Boxes {
    fn event(
        &mut self,
        scenario: &Scenario,
        expansion: &Expansion,
        stage: usize,
        event: &Event,
        probability: f64,
    ) -> usize {
        let words = &expansion.words.options[event.branch][event.option];
        let branch = &expansion.program.branches[event.branch];
        let label = if branch.chooser().is_some() {
            &words.bare
        } else {
            &words.full
        };
        let actor = branch
            .chooser()
            .map(|actor| scenario.actors[actor].id.clone());
        // What a bargain agrees differs from package to package.
        let settled = branch.chooser().is_none() && branch.options[event.option].words.is_some();
        let key = if settled {
            event.option as u64
        } else {
            event.value.to_bits()
        };
        self.at(stage, key, probability, || (label.clone(), actor, None))
    }

    fn ending(
        &mut self,
        scenario: &Scenario,
        stage: usize,
        outcome: usize,
        probability: f64,
    ) -> usize {
        let named = &scenario.outcomes[outcome];
        self.at(stage, outcome as u64, probability, || {
            (named.label.clone(), None, Some(named.id.clone()))
        })
    }

    fn at(
        &mut self,
        stage: usize,
        key: u64,
        probability: f64,
        describe: impl FnOnce() -> (String, Option<String>, Option<String>),
    ) -> usize {
        let nodes = &mut self.nodes;
        let index = *self.known.entry((stage, key)).or_insert_with(|| {
            let (label, actor, outcome) = describe();
            nodes.push(FlowNode {
                stage,
                label,
                probability: 0.0,
                actor,
                outcome,
            });
            nodes.len() - 1
        });
        self.nodes[index].probability += probability;
        index
    }
}

/// The flow with its rare boxes joined, boxes in the order of stages and by size within them.
fn joined(
    stages: Vec<String>,
    nodes: Vec<FlowNode>,
    streams: HashMap<(usize, usize), f64>,
) -> Flow {
    let mut kept: Vec<FlowNode> = Vec::new();
    let mut target = vec![0; nodes.len()];
    let mut order: Vec<usize> = (0..nodes.len()).collect();
    order.sort_by(|&a, &b| {
        let by_stage = nodes[a].stage.cmp(&nodes[b].stage);
        by_stage
            .then(nodes[b].probability.total_cmp(&nodes[a].probability))
            .then(a.cmp(&b))
    });
    for old in order {
        let node = &nodes[old];
        let rare = node.probability < SMALLEST_BOX && node.outcome.is_none();
        let same = kept
            .iter()
            .position(|other| rare && other.stage == node.stage && other.label == "other");
        target[old] = match same {
            Some(index) => {
                kept[index].probability += node.probability;
                index
            }
            None => {
                let label = if rare {
                    "other".to_owned()
                } else {
                    node.label.clone()
                };
                kept.push(FlowNode {
                    label,
                    ..node.clone()
                });
                kept.len() - 1
            }
        };
    }
    let mut links: Vec<FlowLink> = Vec::new();
    let mut sorted: Vec<_> = streams.into_iter().collect();
    sorted.sort_by_key(|(pair, _)| *pair);
    for ((source, end), probability) in sorted {
        let (source, end) = (target[source], target[end]);
        match links
            .iter_mut()
            .find(|link| link.source == source && link.target == end)
        {
            Some(link) => link.probability += probability,
            None => links.push(FlowLink {
                source,
                target: end,
                probability,
            }),
        }
    }
    links.sort_by_key(|link| (link.source, link.target));
    Flow {
        stages,
        nodes: kept,
        links,
    }
}

/// What tells one event of a course from another.
type Key = (usize, usize, u16);

/// A group of paths that share their telling events.
struct Group {
    events: Vec<Event>,
    keys: Vec<Key>,
    outcome: usize,
    probability: f64,
    payoffs: Vec<f64>,
    /// Probability of the first 0, 1, 2 … of its events.
    prefixes: Vec<f64>,
}

/// The likeliest courses: paths grouped by their decisions and by the draws that tell of the ending.
#[must_use]
pub fn courses(
    scenario: &Scenario,
    expansion: &Expansion,
    ends: &[f64],
    information: &[f64],
) -> Vec<Course> {
    let largest = information.iter().copied().fold(0.0, f64::max);
    let tells = |event: &&Event| {
        let branch = &expansion.program.branches[event.branch];
        let choice = branch.actor.is_some() && expansion.game.arity()[event.node as usize] > 1;
        choice || information[event.variable] > SMALLEST_SHARE * largest
    };
    let mut groups: Vec<Group> = Vec::new();
    let mut known: HashMap<(Vec<Key>, usize), usize> = HashMap::new();
    each_path(expansion, ends, |events, end, probability| {
        let keys: Vec<Key> = events.iter().filter(tells).map(key).collect();
        let outcome = usize::from(expansion.paths.outcome[end]);
        let index = *known
            .entry((keys, outcome))
            .or_insert_with_key(|(keys, outcome)| {
                groups.push(Group {
                    events: events.iter().filter(tells).copied().collect(),
                    keys: keys.clone(),
                    outcome: *outcome,
                    probability: 0.0,
                    payoffs: vec![0.0; scenario.actors.len()],
                    prefixes: vec![0.0; keys.len() + 1],
                });
                groups.len() - 1
            });
        let group = &mut groups[index];
        group.probability += probability;
        for (sum, payoff) in group.payoffs.iter_mut().zip(expansion.payoffs_of_end(end)) {
            *sum += probability * payoff;
        }
    });
    groups.sort_by(|a, b| b.probability.total_cmp(&a.probability));
    groups.truncate(COURSES);
    let rare = groups
        .iter()
        .position(|group| group.probability < RAREST_COURSE);
    groups.truncate(rare.unwrap_or(COURSES).max(1));
    each_path(expansion, ends, |events, _, probability| {
        for group in &mut groups {
            let telling = events.iter().filter(tells).map(key);
            let shared = group
                .keys
                .iter()
                .zip(telling)
                .take_while(|(a, b)| *a == b)
                .count();
            group.prefixes[..=shared]
                .iter_mut()
                .for_each(|mass| *mass += probability);
        }
    });
    groups
        .iter()
        .map(|group| course(scenario, expansion, group))
        .collect()
}

fn key(event: &Event) -> Key {
    (event.branch, event.option, event.round)
}

fn course(scenario: &Scenario, expansion: &Expansion, group: &Group) -> Course {
    let everyone = u64::MAX >> (64 - scenario.actors.len().max(1));
    let chance = |i: usize| group.prefixes[i + 1] / group.prefixes[i];
    // A draw that comes as it nearly always does is no part of the story.
    let told = group.events.iter().enumerate().filter(|(i, event)| {
        expansion.program.branches[event.branch].actor.is_some() || chance(*i) < EXPECTED
    });
    let steps = told.map(|(i, event)| {
        let branch = &expansion.program.branches[event.branch];
        let words = &expansion.words.options[event.branch][event.option];
        CourseStep {
            actor: branch
                .chooser()
                .map(|actor| scenario.actors[actor].id.clone()),
            words: words.bare.clone(),
            probability: chance(i),
            hidden: branch.seen & everyone != everyone,
            round: (event.round > 0).then_some(u32::from(event.round)),
        }
    });
    Course {
        probability: group.probability,
        steps: steps.collect(),
        outcome: scenario.outcomes[group.outcome].id.clone(),
        payoffs: group
            .payoffs
            .iter()
            .map(|sum| sum / group.probability)
            .collect(),
    }
}
