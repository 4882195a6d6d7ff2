//! The log for research: a row for each choice and draw, those that were taken back included.

use serde::{Deserialize, Serialize};

use crate::event::{By, Event};
use crate::play::Play;
use crate::table::Table;

/// A choice or a draw. Rows name what was hidden: they are for after the play.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// Position of its event in [`Play::events`], by which whoever keeps the time can add it.
    pub event: usize,
    /// Its place on the course, from 1; choices and draws are counted, and after an undo places come again.
    pub step: usize,
    /// Whether it was taken back later.
    pub undone: bool,
    /// Round, 0 outside rounds.
    pub round: u16,
    /// Who brought it about.
    pub by: By,
    /// Name of the seat, of a person's choice.
    pub seat: Option<String>,
    /// Name of the actor in the scenario, of a choice.
    pub actor: Option<String>,
    /// The information set in words, of a choice.
    pub set: Option<String>,
    /// What was decided or drawn: the name in the scenario.
    pub variable: String,
    /// Name of the option.
    pub option: String,
    /// Its label.
    pub label: String,
    /// How many options there were.
    pub options: usize,
    /// How likely it was by the actor's strategy, or by the odds of the draw: in 0..1.
    pub probability: f64,
    /// What the option was worth to the actor as far as it could know, of a choice, in its own points.
    pub foresight: Option<f64>,
    /// The most that any option was worth so.
    pub best_foresight: Option<f64>,
    /// What the option was worth to the actor given all that was hidden.
    pub hindsight: Option<f64>,
    /// The most that any option was worth so.
    pub best_hindsight: Option<f64>,
}

impl Play {
    /// A row for each choice and draw so far, in the order of the events.
    #[must_use]
    pub fn rows(&self) -> Vec<Row> {
        let table = self.table();
        let mut rows: Vec<Row> = Vec::new();
        let mut course: Vec<(usize, u32)> = Vec::new();
        let (mut node, mut called) = (0, false);
        for (at, event) in self.events().iter().enumerate() {
            let (position, by, seat) = match event {
                Event::Chose { position, seat, .. } => (*position, By::Person, Some(*seat)),
                Event::Played { position, .. } => (*position, By::Program, None),
                Event::Drew {
                    position, injected, ..
                } => match injected {
                    true => (*position, By::Facilitator, None),
                    false => (*position, By::Chance, None),
                },
                Event::Called => {
                    called = true;
                    continue;
                }
                Event::Undone => {
                    if !std::mem::take(&mut called) {
                        node = taken_back(&mut rows, &mut course, node);
                    }
                    continue;
                }
                _ => continue,
            };
            course.push((rows.len(), node));
            let seat = seat.and_then(|seat| self.setup().seats.get(seat));
            let mut row = row(table, node, position as usize, by);
            row.event = at;
            row.step = course.len();
            row.seat = seat.map(|seat| seat.name.clone());
            rows.push(row);
            node = table.edge(node, position as usize).child;
        }
        rows
    }
}

/// Marks the rows back to the last choice of a person; where the course then stands.
fn taken_back(rows: &mut [Row], course: &mut Vec<(usize, u32)>, mut node: u32) -> u32 {
    while let Some((at, before)) = course.pop() {
        rows[at].undone = true;
        node = before;
        if rows[at].by == By::Person {
            break;
        }
    }
    node
}

fn row(table: &Table, node: u32, k: usize, by: By) -> Row {
    let edge = table.edge(node, k);
    let set = table.set(node);
    let most = |values: &mut dyn Iterator<Item = f64>| values.fold(f64::NEG_INFINITY, f64::max);
    let values = set.map(|set| {
        let (worth, actor) = (table.foresight(set), table.owner(set));
        let truly = |k: usize| table.value(table.edge(node, k).child, actor);
        let best = most(&mut worth.iter().copied());
        let best_truly = most(&mut (0..table.arity(node)).map(truly));
        (worth[k], best, truly(k), best_truly)
    });
    Row {
        event: 0,
        step: 0,
        undone: false,
        round: edge.round,
        by,
        seat: None,
        actor: set.map(|set| table.scenario.actors[table.owner(set)].id.clone()),
        set: set.map(|set| table.expansion.set_name(set as u32).to_string()),
        variable: table.scenario.variables[edge.variable].id.clone(),
        option: table.option_id(node, k),
        label: table.expansion.words.options[edge.branch][edge.option]
            .bare
            .clone(),
        options: table.arity(node),
        probability: table.probabilities(node)[k],
        foresight: values.map(|values| values.0),
        best_foresight: values.map(|values| values.1),
        hindsight: values.map(|values| values.2),
        best_hindsight: values.map(|values| values.3),
    }
}
