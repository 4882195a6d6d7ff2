//! Conditions and preferences of a scenario in the terms of the graph.

use detente_conflict_graph::{
    Comparison, Concept, Condition, Preference, Relation, Statement, States, Tier, Weight,
};
use detente_language::eval::{Settings, constant};
use detente_language::scenario::{
    self, ConflictOptionId, OptionForm, Perceives, Prefers, Strength, Wishes,
};

use crate::{Fault, Story};

/// The options that there are, or that somebody sees, in their order.
pub(super) struct View<'a> {
    form: &'a OptionForm,
    options: Vec<ConflictOptionId>,
}

impl<'a> View<'a> {
    /// What there is.
    pub(super) fn real(form: &'a OptionForm) -> View<'a> {
        let options = form.real().map(|(id, _)| id).collect();
        View { form, options }
    }

    /// What somebody sees.
    pub(super) fn of(form: &'a OptionForm, seen: &Perceives) -> View<'a> {
        let all = (0..).map(ConflictOptionId).zip(&form.options);
        let fits = |(id, option): &(ConflictOptionId, &scenario::ConflictOption)| {
            let there = option.imagined_by.is_none_or(|actor| actor == seen.actor);
            there && !seen.unseen.contains(id)
        };
        let options = all.filter(fits).map(|(id, _)| id).collect();
        View { form, options }
    }

    /// The options.
    pub(super) fn options(&self) -> &[ConflictOptionId] {
        &self.options
    }

    /// The set of these options, without those that are not seen.
    pub(super) fn bits(&self, chosen: &[ConflictOptionId]) -> u64 {
        let places = self.options.iter().enumerate();
        places
            .filter(|(_, option)| chosen.contains(option))
            .fold(0, |bits, (k, _)| bits | 1 << k)
    }

    /// A condition; an option that is not seen is never chosen.
    pub(super) fn condition(&self, condition: &scenario::Condition) -> Condition {
        let part = |part: &scenario::Condition| Box::new(self.condition(part));
        let chosen = |option: &ConflictOptionId| {
            let place = self.options.iter().position(|known| known == option);
            place.map_or(Condition::Any(Vec::new()), Condition::Chosen)
        };
        match condition {
            scenario::Condition::Truth(true) => Condition::All(Vec::new()),
            scenario::Condition::Truth(false) => Condition::Any(Vec::new()),
            scenario::Condition::Chosen(option) => chosen(option),
            scenario::Condition::Is(situation) => {
                let at = self.form.situations.get(situation.index());
                let bits = at.map_or(0, |at| self.bits(&at.chosen));
                let each = (0..self.options.len()).map(|k| match bits >> k & 1 {
                    1 => Condition::Chosen(k),
                    _ => Condition::Not(Box::new(Condition::Chosen(k))),
                });
                Condition::All(each.collect())
            }
            scenario::Condition::Not(inner) => Condition::Not(part(inner)),
            scenario::Condition::And(a, b) => Condition::All(vec![*part(a), *part(b)]),
            scenario::Condition::Or(a, b) => Condition::Any(vec![*part(a), *part(b)]),
            scenario::Condition::If { then, when } => Condition::If {
                then: part(then),
                when: part(when),
            },
            scenario::Condition::Iff(a, b) => Condition::Iff(part(a), part(b)),
        }
    }
}

/// What an actor prefers among these states.
pub(super) fn preference(
    story: &Story,
    settings: &Settings,
    view: &View<'_>,
    states: &States,
    prefers: &Prefers,
) -> Result<Preference, Fault> {
    Ok(match &prefers.wishes {
        Wishes::Statements(lines) => {
            let statement = |(strength, line): &(Strength, scenario::Line<_>)| Statement {
                condition: view.condition(&line.says),
                weight: match strength {
                    Strength::Plain => Weight::Plain,
                    Strength::Strongly => Weight::Strong,
                    Strength::Unknown => Weight::Unknown,
                },
            };
            Preference::Statements(lines.iter().map(statement).collect())
        }
        Wishes::Ranking(lines) => {
            let conditions: Vec<Condition> = (lines.iter())
                .map(|(_, line)| view.condition(&line.says))
                .collect();
            Preference::Ranking(tiers(states, lines.iter().map(|(s, _)| *s), &conditions))
        }
        Wishes::Weights(lines) => {
            let mut payoffs = vec![0.0; states.len()];
            for line in lines {
                let (number, when) = &line.says;
                let number = constant(&story.scenario, settings, number)
                    .map_err(|fault| story.fault(&fault))?;
                let when = when.as_ref().map(|when| view.condition(when));
                for (payoff, bits) in payoffs.iter_mut().zip(states.all()) {
                    if when.as_ref().is_none_or(|when| when.holds(*bits)) {
                        *payoff += number;
                    }
                }
            }
            Preference::Payoffs(payoffs)
        }
        Wishes::Pairs(lines) => {
            let pairs = lines.iter().map(|line| &line.says);
            Preference::Pairs(
                pairs
                    .flat_map(|pair| compared(view, states, pair))
                    .collect(),
            )
        }
    })
}

/// Every state stands in the first tier that it fits, or below all.
fn tiers(
    states: &States,
    strongly: impl Iterator<Item = bool>,
    conditions: &[Condition],
) -> Vec<Tier> {
    let mut tiers: Vec<Tier> = strongly
        .map(|strongly| Tier {
            states: Vec::new(),
            strongly,
        })
        .collect();
    tiers.push(Tier {
        states: Vec::new(),
        strongly: false,
    });
    for (state, bits) in states.all().iter().enumerate() {
        let place = conditions.iter().position(|c| c.holds(*bits));
        tiers[place.unwrap_or(conditions.len())].states.push(state);
    }
    tiers
}

fn compared(view: &View<'_>, states: &States, pair: &scenario::Pair) -> Vec<Comparison> {
    let fitting = |condition: &scenario::Condition| -> Vec<usize> {
        let condition = view.condition(condition);
        let all = states.all().iter().enumerate();
        all.filter(|(_, bits)| condition.holds(**bits))
            .map(|(state, _)| state)
            .collect()
    };
    let relation = match pair.than {
        scenario::Comparison::Better => Relation::Better,
        scenario::Comparison::MuchBetter => Relation::MuchBetter,
        scenario::Comparison::Same => Relation::Same,
    };
    let (first, second) = (fitting(&pair.first), fitting(&pair.second));
    let mut found = Vec::new();
    for state in &first {
        for with in second.iter().filter(|with| *with != state) {
            found.push(Comparison {
                state: *state,
                with: *with,
                relation,
            });
        }
    }
    found
}

/// A concept of the language.
pub(super) fn concept(concept: scenario::Concept) -> Concept {
    match concept {
        scenario::Concept::Nash => Concept::Nash,
        scenario::Concept::General => Concept::General,
        scenario::Concept::Symmetric => Concept::SymmetricGeneral,
        scenario::Concept::Sequential => Concept::Sequential,
        scenario::Concept::SymmetricSequential => Concept::SymmetricSequential,
        scenario::Concept::Simultaneous => Concept::Simultaneous,
        scenario::Concept::Limited(horizon) => Concept::Limited(horizon),
        scenario::Concept::NonMyopic => Concept::NonMyopic,
    }
}
