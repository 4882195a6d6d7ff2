//! What a seat and the public may see.
//!
//! Everything here is computed from the observations of the seat's actors (or of the public), from the question it is
//! asked, and from what is the same for all nodes that they cannot tell apart. Nodes, steps and events are not counted
//! in it.

use detente_expand::Observer;
use serde::{Deserialize, Serialize};

use crate::error::PlayError;
use crate::play::Play;
use crate::table::Table;
use crate::words::{spaced, state_value, story};

/// What a seat may see, or the public.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct View {
    /// Title of the scenario.
    pub title: String,
    /// Name of the seat; none for the public.
    pub seat: Option<String>,
    /// What the seat is to do.
    pub status: Status,
    /// Number of the question that the seat is asked or will be asked next: from 1, one more after each of its choices,
    /// and after each undo that changed what it sees. An answer carries it.
    pub turn: u32,
    /// Label of the actor that is waited for, where the seat can know that; none otherwise.
    pub waiting_for: Option<String>,
    /// The question, where it is the seat's turn and the play is not paused.
    pub question: Option<Question>,
    /// What each of the seat's actors has seen and what it wants; for the public one, with what everybody has seen.
    pub chairs: Vec<Chair>,
    /// How it ended, at the end.
    pub ending: Option<Reached>,
}

/// What a seat is to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// To choose.
    YourTurn,
    /// To wait for others.
    Waiting,
    /// To wait for the facilitator.
    Paused,
    /// Nothing: the play has ended.
    Ended,
    /// Nothing: the facilitator has called the end.
    Called,
}

/// An actor from inside.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Chair {
    /// Name in the scenario; none for the public.
    pub actor: Option<String>,
    /// Label.
    pub label: String,
    /// What it has seen, in order.
    pub story: Vec<Passage>,
    /// What the endings are worth to it, in its own points, in the order declared; empty for the public.
    pub endings: Vec<EndingWorth>,
}

/// A round of a story, or what lies outside rounds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Passage {
    /// The round, from 1; none outside rounds.
    pub round: Option<u16>,
    /// What was seen in it.
    pub entries: Vec<Entry>,
}

/// Something that was seen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// Of which kind.
    pub kind: EntryKind,
    /// Label of the actor that chose, where one did.
    pub actor: Option<String>,
    /// Whether the seat chose it.
    pub own: bool,
    /// What: "accept the offer", "the regime stands".
    pub words: String,
    /// Whether not everybody saw it.
    pub private: bool,
}

/// Kinds of what can be seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EntryKind {
    /// An actor chose.
    Choice,
    /// Something was drawn.
    Draw,
    /// Something that was chosen or drawn before came to be known.
    Learned,
}

/// What an ending is worth to an actor.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EndingWorth {
    /// Name in the scenario.
    pub id: String,
    /// Label.
    pub label: String,
    /// The least that the actor can have in the end, in its own points; none where the play never ends so.
    pub low: Option<f64>,
    /// The most.
    pub high: Option<f64>,
    /// Whether it can still come to that, as far as the actor can know. Told at its decisions alone; true elsewhere.
    pub possible: bool,
}

/// A question to a seat.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Question {
    /// For which actor: its name in the scenario.
    pub actor: String,
    /// Its label.
    pub label: String,
    /// Round, from 1; none outside rounds.
    pub round: Option<u16>,
    /// What is to be decided: the name in the scenario.
    pub variable: String,
    /// The same as words.
    pub about: String,
    /// What can be done.
    pub options: Vec<ChoiceOption>,
    /// States of the scenario whose values follow from what the actor has seen.
    pub known: Vec<Known>,
    /// What to think about what is hidden, where hints are given: how likely it is that it has happened.
    pub thoughts: Option<Vec<Thought>>,
}

/// Something that can be done.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ChoiceOption {
    /// From 1.
    pub number: usize,
    /// Name in the scenario, or the number of a grid.
    pub id: String,
    /// The words for it.
    pub label: String,
    /// With hints: what it is worth to the actor as far as it can know, in its own points, if all go on as in
    /// equilibrium.
    pub value: Option<f64>,
    /// With hints: how often the equilibrium takes it, in 0..1.
    pub probability: Option<f64>,
}

/// A state whose value is known.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Known {
    /// Name in the scenario.
    pub id: String,
    /// Words for it.
    pub label: String,
    /// Its value in words.
    pub value: String,
}

/// Something hidden that may have happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Thought {
    /// What.
    pub words: String,
    /// How likely it is, by the equilibrium, given what the actor has seen: in 0..1.
    pub probability: f64,
}

/// How it ended.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reached {
    /// Name of the ending in the scenario.
    pub id: String,
    /// Its label.
    pub label: String,
    /// What each of the seat's actors got, in its own points; empty for the public.
    pub payoffs: Vec<f64>,
}

impl Play {
    /// What a seat may see.
    ///
    /// # Errors
    /// There is no such seat.
    pub fn view(&self, seat: usize) -> Result<View, PlayError> {
        let name = self.setup().seats.get(seat);
        let name = name.ok_or(PlayError::NoSeat(seat))?.name.clone();
        let (table, own) = (self.table(), self.actors(seat));
        let asked = self.to_move() == Some(seat);
        let set = table.set(self.node()).filter(|_| asked);
        let status = match (self.resting(), asked) {
            (Some(status), _) => status,
            (None, true) => Status::YourTurn,
            (None, false) => Status::Waiting,
        };
        let chairs = own.iter().map(|&actor| Chair {
            actor: Some(table.scenario.actors[actor].id.clone()),
            label: table.scenario.actors[actor].label.clone(),
            story: self.story(Observer::Actor(actor), own),
            endings: endings(table, actor, set.filter(|&set| table.owner(set) == actor)),
        });
        let observers: Vec<Observer> = own.iter().map(|&actor| Observer::Actor(actor)).collect();
        Ok(View {
            title: table.scenario.title.clone(),
            seat: Some(name),
            status,
            turn: self.turn(seat),
            waiting_for: self.waited_for(&observers, Some(seat)),
            question: set
                .filter(|_| status == Status::YourTurn)
                .map(|set| question(table, set, self.setup().hints)),
            chairs: chairs.collect(),
            ending: self.reached(own),
        })
    }

    /// What everybody may see.
    #[must_use]
    pub fn public_view(&self) -> View {
        let table = self.table();
        let chair = Chair {
            actor: None,
            label: "What everybody sees".to_owned(),
            story: self.story(Observer::Public, &[]),
            endings: Vec::new(),
        };
        View {
            title: table.scenario.title.clone(),
            seat: None,
            status: self.resting().unwrap_or(Status::Waiting),
            turn: 1,
            waiting_for: self.waited_for(&[Observer::Public], None),
            question: None,
            chairs: vec![chair],
            ending: self.reached(&[]),
        }
    }

    /// Why nobody is to choose, if so.
    pub(crate) fn resting(&self) -> Option<Status> {
        match (self.is_called(), self.is_over(), self.is_paused()) {
            (true, ..) => Some(Status::Called),
            (_, true, _) => Some(Status::Ended),
            (.., true) => Some(Status::Paused),
            _ => None,
        }
    }

    fn story(&self, observer: Observer, own: &[usize]) -> Vec<Passage> {
        let table = self.table();
        story(
            table,
            &table.expansion.observations(observer, self.node()),
            own,
        )
    }

    /// The actor that is to choose, if that is the same wherever the play may rest as far as the observers can tell.
    fn waited_for(&self, observers: &[Observer], seat: Option<usize>) -> Option<String> {
        if self.is_over() || self.to_move() == seat {
            return None;
        }
        let table = self.table();
        let seen = |node: u32| observers.iter().map(move |&o| table.seen(o, node));
        let here: Vec<u32> = seen(self.node()).collect();
        let mut movers = (0..table.game().nodes() as u32).filter_map(|node| {
            let actor = table.owner(table.set(node)?);
            let rests = self.seat_of(actor).is_some_and(|of| Some(of) != seat);
            (rests && seen(node).eq(here.iter().copied())).then_some(actor)
        });
        let first = movers.next()?;
        let same = movers.all(|actor| actor == first);
        same.then(|| table.scenario.actors[first].label.clone())
    }

    pub(crate) fn reached(&self, own: &[usize]) -> Option<Reached> {
        let table = self.table();
        if !table.is_end(self.node()) {
            return None;
        }
        let payoffs = table.game().payoffs_at(self.node() as usize);
        let row = table.game().first_child()[self.node() as usize] as usize;
        let outcome = &table.scenario.outcomes[usize::from(table.expansion.paths.outcome[row])];
        Some(Reached {
            id: outcome.id.clone(),
            label: outcome.label.clone(),
            payoffs: own.iter().map(|&actor| payoffs[actor]).collect(),
        })
    }
}

impl Question {
    /// The option that is meant by an answer: its number, its name, or words with which the label of one option alone
    /// begins.
    #[must_use]
    pub fn option(&self, answer: &str) -> Option<&ChoiceOption> {
        let number = answer.parse::<usize>().ok();
        let counted = self
            .options
            .iter()
            .find(|option| Some(option.number) == number);
        let named = self.options.iter().find(|option| option.id == answer);
        let small = answer.to_lowercase();
        let begins = |option: &&ChoiceOption| option.label.to_lowercase().starts_with(&small);
        let mut begun = self.options.iter().filter(begins);
        let only = begun
            .next()
            .filter(|_| begun.next().is_none() && !small.is_empty());
        counted.or(named).or(only)
    }
}

/// What the endings are worth to an actor, over the whole game; and which are possible at an information set.
fn endings(table: &Table, actor: usize, set: Option<usize>) -> Vec<EndingWorth> {
    let (game, paths) = (table.game(), &table.expansion.paths);
    let mut ranges: Vec<Option<(f64, f64)>> = vec![None; table.scenario.outcomes.len()];
    for (row, &outcome) in paths.outcome.iter().enumerate() {
        let payoff = game.payoffs()[row * game.players() + actor];
        let range = &mut ranges[usize::from(outcome)];
        *range = Some(range.map_or((payoff, payoff), |(low, high)| {
            (low.min(payoff), high.max(payoff))
        }));
    }
    let mut possible = vec![set.is_none(); ranges.len()];
    for &node in set.map_or(&[][..], |set| &game.members()[game.member_range(set)]) {
        for row in table.ends_below(node) {
            possible[usize::from(paths.outcome[row])] = true;
        }
    }
    let outcomes = table.scenario.outcomes.iter().zip(ranges).zip(possible);
    outcomes
        .map(|((outcome, range), possible)| EndingWorth {
            id: outcome.id.clone(),
            label: outcome.label.clone(),
            low: range.map(|(low, _)| low),
            high: range.map(|(_, high)| high),
            possible: possible && range.is_some(),
        })
        .collect()
}

/// The question at an information set: a function of the set alone.
pub(crate) fn question(table: &Table, set: usize, hints: bool) -> Question {
    let game = table.game();
    let actor = table.owner(set);
    let members = &game.members()[game.member_range(set)];
    let node = members[0];
    let edge = table.edge(node, 0);
    let named = &table.scenario.actors[actor];
    let (worth, probabilities) = (table.foresight(set), table.probabilities(node));
    let options = (0..table.arity(node)).map(|k| {
        let edge = table.edge(node, k);
        let words = &table.expansion.words.options[edge.branch][edge.option];
        ChoiceOption {
            number: k + 1,
            id: table.option_id(node, k),
            label: words.bare.clone(),
            value: hints.then_some(worth[k]),
            probability: hints.then_some(probabilities[k]),
        }
    });
    Question {
        actor: named.id.clone(),
        label: named.label.clone(),
        round: (edge.round > 0).then_some(edge.round),
        variable: table.scenario.variables[edge.variable].id.clone(),
        about: table.expansion.words.variables[edge.variable].clone(),
        options: options.collect(),
        known: known(table, members),
        thoughts: hints.then(|| thoughts(table, set, actor)),
    }
}

/// The states that have one value at all nodes of an information set.
fn known(table: &Table, members: &[u32]) -> Vec<Known> {
    let paths = &table.expansion.paths;
    let value = |state: usize, node: u32| {
        let row = paths.state_row.get(node as usize).copied().unwrap_or(0) as usize;
        let at = row * paths.state_count + state;
        paths.states.get(at).copied().unwrap_or(f64::NAN)
    };
    let states = table.scenario.states.iter().enumerate();
    let known = states.filter_map(|(state, formula)| {
        let first = value(state, members[0]);
        let same = |&node: &u32| value(state, node).to_bits() == first.to_bits();
        members.iter().all(same).then(|| Known {
            id: formula.id.clone(),
            label: spaced(&formula.label),
            value: state_value(table, formula.kind, first),
        })
    });
    known.collect()
}

fn thoughts(table: &Table, set: usize, actor: usize) -> Vec<Thought> {
    let believed = detente_findings::believed(&table.expansion, &table.beliefs, set, actor);
    let thoughts = believed.into_iter().map(|belief| Thought {
        words: belief.words,
        probability: belief.probability,
    });
    thoughts.collect()
}
