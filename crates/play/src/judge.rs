//! Looks back upon a play: what each step and each choice was worth.

use detente_findings::posteriors;
use detente_findings::query::end_probabilities;
use detente_findings::tally::totals;

use crate::debrief::{
    ActorDebrief, Debrief, DecisionDebrief, EndingDebrief, HiddenThing, Parts, Quality,
    StepDebrief, WeighedOption,
};
use crate::error::PlayError;
use crate::event::By;
use crate::play::{Play, Step};
use crate::sentences;
use crate::table::Table;

/// Losses below this share of all that is at stake are none, in words.
pub(crate) const NOTHING: f64 = 0.005;
/// Most hidden things told of a decision.
const MOST_HIDDEN: usize = 12;

impl Play {
    /// What is told at the end.
    ///
    /// # Errors
    /// The play is not over.
    pub fn debrief(&self) -> Result<Debrief, PlayError> {
        if !self.is_over() {
            return Err(PlayError::NotOver);
        }
        let table = self.table();
        let actors = 0..table.scenario.actors.len();
        let mut debrief = Debrief {
            title: table.scenario.title.clone(),
            headlines: Vec::new(),
            ending: self.ending(),
            likelihood: table.reach[self.node() as usize],
            story: self.told(),
            actors: actors.map(|actor| self.looked_back(actor)).collect(),
        };
        debrief.headlines = sentences::headlines(&debrief);
        Ok(debrief)
    }

    fn ending(&self) -> Option<EndingDebrief> {
        let reached = self.reached(&[])?;
        let table = self.table();
        let ends = end_probabilities(table.game(), &table.profile);
        let (endings, _) = totals(&table.scenario, &table.expansion, &ends);
        let outcomes = table.scenario.outcomes.iter();
        let known = outcomes.zip(endings).find(|(o, _)| o.id == reached.id);
        Some(EndingDebrief {
            id: reached.id,
            label: reached.label,
            likelihood: known.map_or(0.0, |(_, probability)| probability),
        })
    }

    /// All that happened on the present course.
    pub(crate) fn told(&self) -> Vec<StepDebrief> {
        let table = self.table();
        let told = self.steps.iter().map(|step| {
            let edge = table.edge(step.node, step.k);
            let branch = &table.expansion.program.branches[edge.branch];
            let words = &table.expansion.words.options[edge.branch][edge.option];
            let blind = table.scenario.actors.iter().enumerate();
            let blind = blind.filter(|(actor, _)| {
                branch.seen >> actor & 1 == 0 && branch.chooser() != Some(*actor)
            });
            StepDebrief {
                round: (edge.round > 0).then_some(edge.round),
                by: step.by,
                actor: branch
                    .chooser()
                    .map(|actor| table.scenario.actors[actor].label.clone()),
                words: match branch.chooser() {
                    Some(_) => words.bare.clone(),
                    None => words.full.clone(),
                },
                probability: table.probabilities(step.node)[step.k],
                hidden_from: blind.map(|(_, actor)| actor.label.clone()).collect(),
            }
        });
        told.collect()
    }

    fn looked_back(&self, actor: usize) -> ActorDebrief {
        let table = self.table();
        let named = &table.scenario.actors[actor];
        let own = self.steps.iter().filter(|step| {
            let set = table.set(step.node);
            step.by == By::Person && set.is_some_and(|set| table.owner(set) == actor)
        });
        let decisions = own
            .enumerate()
            .map(|(i, step)| decision(table, actor, i + 1, step));
        let seat = self.seat_of(actor);
        let mut looked = ActorDebrief {
            actor: named.id.clone(),
            label: named.label.clone(),
            seat: seat.map(|seat| self.setup().seats[seat].name.clone()),
            expected: table.value(0, actor),
            got: table.value(self.node(), actor),
            least: table.game().payoff_min(actor),
            most: table.game().payoff_max(actor),
            parts: self.parts(actor),
            words: Vec::new(),
            decisions: decisions.collect(),
        };
        looked.words = sentences::actor(&looked, self.is_called());
        looked
    }

    /// What each kind of step added to what the actor could expect.
    fn parts(&self, actor: usize) -> Parts {
        let table = self.table();
        let mut parts = Parts::default();
        for step in &self.steps {
            let child = table.edge(step.node, step.k).child;
            let added = table.value(child, actor) - table.value(step.node, actor);
            match table.set(step.node) {
                None if step.by == By::Facilitator => parts.facilitator += added,
                None => parts.draws += added,
                Some(set) if table.owner(set) != actor => parts.others += added,
                Some(set) => {
                    let worth = table.foresight(set);
                    let mixed = table.probabilities(step.node).iter().zip(worth);
                    let strategy: f64 = mixed.map(|(p, value)| p * value).sum();
                    let known = worth[step.k] - strategy;
                    parts.decisions += known;
                    parts.hidden += added - known;
                }
            }
        }
        parts
    }
}

fn decision(table: &Table, actor: usize, number: usize, step: &Step) -> DecisionDebrief {
    let edge = table.edge(step.node, step.k);
    let slot = table.game().first_slot()[step.node as usize] as usize;
    let probabilities = table.probabilities(step.node);
    let options: Vec<WeighedOption> = (0..table.arity(step.node))
        .map(|k| {
            let edge = table.edge(step.node, k);
            WeighedOption {
                label: table.expansion.words.options[edge.branch][edge.option]
                    .bare
                    .clone(),
                chosen: k == step.k,
                probability: probabilities[k],
                foresight: table.worth[slot + k],
                hindsight: table.value(edge.child, actor),
            }
        })
        .collect();
    let stake = table.stake(actor);
    let quality = |value: fn(&WeighedOption) -> f64| quality(&options, step.k, stake, value);
    let mut decision = DecisionDebrief {
        number,
        round: (edge.round > 0).then_some(edge.round),
        about: table.expansion.words.variables[edge.variable].clone(),
        chosen: options[step.k].label.clone(),
        foresight: quality(|option| option.foresight),
        hindsight: quality(|option| option.hindsight),
        hidden: hidden(table, actor, step.node),
        words: String::new(),
        options,
    };
    decision.words = sentences::decision(&decision);
    decision
}

fn quality(
    options: &[WeighedOption],
    chosen: usize,
    stake: f64,
    value: fn(&WeighedOption) -> f64,
) -> Quality {
    // What was chosen comes first among equals.
    let mut best = chosen;
    for (k, option) in options.iter().enumerate() {
        if value(option) > value(&options[best]) {
            best = k;
        }
    }
    let loss = value(&options[best]) - value(&options[chosen]);
    let share = if stake > 0.0 { loss / stake } else { 0.0 };
    Quality {
        best: options[best].label.clone(),
        loss,
        share,
        words: sentences::verdict(share).to_owned(),
    }
}

/// What had happened on the way to a node that its actor could not see, with what it had reason to believe.
fn hidden(table: &Table, actor: usize, node: u32) -> Vec<HiddenThing> {
    let Some(set) = table.set(node) else {
        return Vec::new();
    };
    let believed = posteriors(&table.expansion, &table.beliefs, set, actor);
    let mut things: Vec<HiddenThing> = Vec::new();
    for words in table.expansion.hidden_from(actor, node) {
        if things.iter().any(|known| known.words == words) {
            continue;
        }
        let belief = believed.iter().find(|belief| belief.words == words);
        things.push(HiddenThing {
            words,
            believed: belief.map_or(0.0, |belief| belief.probability.min(1.0)),
        });
    }
    things.truncate(MOST_HIDDEN);
    things
}
