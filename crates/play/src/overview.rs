//! What the facilitator sees: everything.

use std::collections::BTreeMap;

use detente_findings::tally::totals;
use serde::{Deserialize, Serialize};

use crate::debrief::StepDebrief;
use crate::event::By;
use crate::play::Play;
use crate::view::{Question, Reached, Status, question};

/// Everything, for the facilitator and for spectators that may see all.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Overview {
    /// Title of the scenario.
    pub title: String,
    /// Whether it goes on ([`Status::Waiting`]), is paused, or has ended.
    pub status: Status,
    /// All that happened on the present course, in order.
    pub story: Vec<StepDebrief>,
    /// The seats.
    pub seats: Vec<OverviewSeat>,
    /// Who is to choose; none at the end.
    pub to_move: Option<Mover>,
    /// How likely each ending is from here, by the strategies of all.
    pub endings: Vec<Likelihood>,
    /// What is laid down and not drawn yet.
    pub pending: Vec<Injection>,
    /// What can still be laid down.
    pub injectable: Vec<Injectable>,
    /// Whether there is a choice to take back.
    pub undoable: bool,
    /// How it ended, at the end, with the payoffs of all actors.
    pub ending: Option<Reached>,
}

/// A seat as the facilitator sees it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OverviewSeat {
    /// Its name.
    pub name: String,
    /// Labels of its actors.
    pub actors: Vec<String>,
    /// The question that it is asked or will be asked next.
    pub turn: u32,
    /// Whether it is to choose.
    pub to_move: bool,
}

/// Who is to choose.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Mover {
    /// Number of the seat, from 0.
    pub seat: usize,
    /// Its name.
    pub name: String,
    /// What it is asked, with hints.
    pub question: Question,
}

/// How likely an ending is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Likelihood {
    /// Name in the scenario.
    pub id: String,
    /// Label.
    pub label: String,
    /// In 0..1.
    pub probability: f64,
}

/// A draw that is laid down.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Injection {
    /// The variable.
    pub variable: String,
    /// Name of the option.
    pub option: String,
}

/// A draw that can be laid down.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Injectable {
    /// The variable.
    pub variable: String,
    /// The same as words.
    pub about: String,
    /// Names and labels of what can come out.
    pub options: Vec<(String, String)>,
}

impl Play {
    /// Everything: for the facilitator, and for spectators where the setup lets them see it.
    #[must_use]
    pub fn overview(&self) -> Overview {
        let table = self.table();
        let everybody: Vec<usize> = (0..table.scenario.actors.len()).collect();
        let seats = self.setup().seats.iter().enumerate();
        let seats = seats.map(|(number, seat)| OverviewSeat {
            name: seat.name.clone(),
            actors: self
                .actors(number)
                .iter()
                .map(|&actor| table.scenario.actors[actor].label.clone())
                .collect(),
            turn: self.turn(number),
            to_move: self.to_move() == Some(number),
        });
        let mover = self.to_move().zip(table.set(self.node()));
        Overview {
            title: table.scenario.title.clone(),
            status: self.resting().unwrap_or(Status::Waiting),
            story: self.told(),
            seats: seats.collect(),
            to_move: mover.map(|(seat, set)| Mover {
                seat,
                name: self.setup().seats[seat].name.clone(),
                question: question(table, set, true),
            }),
            endings: self.likelihoods(),
            pending: self.pending().cloned().collect(),
            injectable: self.injectable(),
            undoable: self.is_called() || self.steps.iter().any(|step| step.by == By::Person),
            ending: self.reached(&everybody),
        }
    }

    /// How likely each ending is from here.
    fn likelihoods(&self) -> Vec<Likelihood> {
        let table = self.table();
        let game = table.game();
        let mut ends = vec![0.0; game.ends()];
        let mut reach: BTreeMap<u32, f64> = BTreeMap::from([(self.node(), 1.0)]);
        while let Some((node, here)) = reach.pop_first() {
            if table.is_end(node) {
                ends[game.first_child()[node as usize] as usize] += here;
                continue;
            }
            let probabilities = table.probabilities(node);
            for (child, p) in game.children(node as usize).zip(probabilities) {
                if *p > 0.0 {
                    reach.insert(child as u32, here * p);
                }
            }
        }
        let (endings, _) = totals(&table.scenario, &table.expansion, &ends);
        let outcomes = table.scenario.outcomes.iter().zip(endings);
        outcomes
            .map(|(outcome, probability)| Likelihood {
                id: outcome.id.clone(),
                label: outcome.label.clone(),
                probability,
            })
            .collect()
    }

    /// What can still be drawn from here, by variable in the order of the play.
    pub(crate) fn injectable(&self) -> Vec<Injectable> {
        if self.is_over() {
            return Vec::new();
        }
        let table = self.table();
        let mut found: BTreeMap<(usize, usize), Vec<(String, String)>> = BTreeMap::new();
        let draws = table
            .below(self.node())
            .filter(|&node| table.expansion.is_draw(node) && table.arity(node) > 1);
        for node in draws {
            let possible = table.probabilities(node).iter().enumerate();
            for (k, _) in possible.filter(|(_, p)| **p > 0.0) {
                let edge = table.edge(node, k);
                let entry = found.entry((edge.branch, edge.variable)).or_default();
                let id = table.option_id(node, k);
                if !entry.iter().any(|(known, _)| *known == id) {
                    let words = &table.expansion.words.options[edge.branch][edge.option];
                    entry.push((id, words.bare.clone()));
                }
            }
        }
        let mut injectable: Vec<Injectable> = Vec::new();
        for ((_, variable), options) in found {
            let id = &table.scenario.variables[variable].id;
            match injectable.iter_mut().find(|draw| draw.variable == *id) {
                Some(draw) => {
                    let known: Vec<String> = draw.options.iter().map(|o| o.0.clone()).collect();
                    let new = options.into_iter().filter(|(id, _)| !known.contains(id));
                    draw.options.extend(new);
                }
                None => injectable.push(Injectable {
                    variable: id.clone(),
                    about: table.expansion.words.variables[variable].clone(),
                    options,
                }),
            }
        }
        injectable
    }
}
