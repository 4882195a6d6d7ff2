//! What a path of the game looked like in the scenario: variables, states, rounds, ending.

use crate::build::Expansion;
use detente_game::game::{CHANCE, NO_PARENT, TERMINAL};
use detente_language::eval::{Code, Env, Fault};
use detente_language::scenario::{ActorId, OutcomeId, RepeatId, StateId, VariableId};

/// What queries need beside the game, in flat arrays.
#[derive(Clone, Debug, PartialEq)]
pub struct Paths {
    /// Number of variables of the scenario.
    pub variables: usize,
    /// Number of states of the scenario.
    pub state_count: usize,
    /// Per node: row of `states`; empty where the scenario has no states.
    pub state_row: Vec<u32>,
    /// Rows of values of all states.
    pub states: Vec<f64>,
    /// Per end (row of payoffs): the outcome.
    pub outcome: Vec<u16>,
    /// Per end: the round in which the path ended, 0 if it never came to a `repeat`.
    pub end_round: Vec<u16>,
    /// Per slot (actions, then chance): branch, position of the option, round of the outermost `repeat`.
    pub slots: Vec<(u16, u16, u16)>,
}

impl Paths {
    pub(crate) fn new(variables: usize, state_count: usize) -> Paths {
        Paths {
            variables,
            state_count,
            state_row: Vec::new(),
            states: Vec::new(),
            outcome: Vec::new(),
            end_round: Vec::new(),
            slots: Vec::new(),
        }
    }

    pub(crate) fn shrink(&mut self) {
        self.state_row.shrink_to_fit();
        self.states.shrink_to_fit();
        self.outcome.shrink_to_fit();
        self.end_round.shrink_to_fit();
        self.slots.shrink_to_fit();
    }

    /// Bytes that these arrays take.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.state_row.capacity() * 4
            + self.states.capacity() * 8
            + self.outcome.capacity() * 2
            + self.end_round.capacity() * 2
            + self.slots.capacity() * 6
    }
}

/// Something chosen or drawn on a path.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Event {
    /// Which decision or draw of the program.
    pub branch: usize,
    /// Position among its options.
    pub option: usize,
    /// Round of the outermost `repeat` around it, 0 outside.
    pub round: u16,
    /// The variable that it set.
    pub variable: usize,
    /// The value that the variable got.
    pub value: f64,
    /// Node at which it was chosen or drawn.
    pub node: u32,
    /// Node to which it led.
    pub child: u32,
    /// Slot of the edge.
    pub slot: u32,
}

/// A point of a path, for expressions: everything up to some event, or the whole path.
#[derive(Clone, Copy)]
pub struct PathEnv<'a> {
    /// The game's scenario side.
    pub expansion: &'a Expansion,
    /// Events so far.
    pub events: &'a [Event],
    /// Node where the path stands.
    pub node: u32,
    /// Row of payoffs if the path has ended.
    pub end: Option<u32>,
}

impl<'a> PathEnv<'a> {
    /// The same path as it stood after its first `count` events.
    fn after(&self, count: usize) -> PathEnv<'a> {
        let whole = count == self.events.len();
        let events = &self.events[..count];
        PathEnv {
            expansion: self.expansion,
            events,
            node: if whole {
                self.node
            } else {
                events.last().map_or(0, |event| event.child)
            },
            end: self.end.filter(|_| whole),
        }
    }

    fn state_at_node(&self, state: StateId, node: u32) -> f64 {
        let paths = &self.expansion.paths;
        let row = paths
            .state_row
            .get(node as usize)
            .map_or(0, |&row| row as usize);
        paths
            .states
            .get(row * paths.state_count + state.index())
            .copied()
            .unwrap_or(f64::NAN)
    }
}

impl Env for PathEnv<'_> {
    fn variable(&self, variable: VariableId) -> f64 {
        let variable = variable.index();
        let mut events = self.events.iter().rev();
        if self.expansion.program.beside[variable] {
            let found = events.find_map(|event| self.expansion.value(event, variable));
            return found.unwrap_or(f64::NAN);
        }
        let event = events.find(|event| event.variable == variable);
        event.map_or(f64::NAN, |event| event.value)
    }

    fn state(&self, state: StateId) -> f64 {
        self.state_at_node(state, self.node)
    }

    fn index(&self, _: RepeatId) -> f64 {
        f64::NAN
    }

    fn payoff(&self, actor: ActorId) -> f64 {
        self.end.map_or(f64::NAN, |row| {
            let actors = self.expansion.game.players();
            self.expansion.game.payoffs()[row as usize * actors + actor.index()]
        })
    }

    fn variable_at(&self, variable: VariableId, round: f64) -> f64 {
        let events = self.events.iter().rev();
        events
            .filter(|event| f64::from(event.round) == round)
            .find_map(|event| self.expansion.value(event, variable.index()))
            .unwrap_or(f64::NAN)
    }

    fn state_at(&self, state: StateId, round: f64) -> f64 {
        let mut events = self.events.iter().rev();
        events
            .find(|event| f64::from(event.round) == round)
            .map_or(f64::NAN, |event| self.state_at_node(state, event.node))
    }

    fn ended_in(&self, outcome: OutcomeId) -> bool {
        self.end
            .is_some_and(|row| u32::from(self.expansion.paths.outcome[row as usize]) == outcome.0)
    }

    fn round(&self) -> f64 {
        self.end.map_or(f64::NAN, |row| {
            f64::from(self.expansion.paths.end_round[row as usize])
        })
    }

    fn ever(&self, code: &Code) -> Result<bool, Fault> {
        for count in 0..=self.events.len() {
            if code.holds(&self.after(count))? {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

impl Expansion {
    /// The event on the edge from a node to its child number `k`.
    #[must_use]
    pub fn event(&self, node: u32, k: u32) -> Event {
        let game = &self.game;
        let slot = game.first_slot()[node as usize] + k;
        let (branch, option, round) = self.paths.slots[slot as usize];
        let declared = &self.program.branches[branch as usize];
        Event {
            branch: branch.into(),
            option: option.into(),
            round,
            variable: declared.variable,
            value: declared.options[option as usize].value,
            node,
            child: game.first_child()[node as usize] + k,
            slot,
        }
    }

    /// The value that an event gave to a variable, if it did.
    fn value(&self, event: &Event, variable: usize) -> Option<f64> {
        if event.variable == variable {
            return Some(event.value);
        }
        let also = &self.program.branches[event.branch].options[event.option].also;
        let found = also.iter().find(|(beside, _)| *beside == variable);
        found.map(|(_, value)| *value)
    }

    /// The events that lead to a node, in order.
    #[must_use]
    pub fn events_to(&self, mut node: u32) -> Vec<Event> {
        let mut events = Vec::new();
        while self.game.parent()[node as usize] != NO_PARENT {
            let parent = self.game.parent()[node as usize];
            events.push(self.event(parent, node - self.game.first_child()[parent as usize]));
            node = parent;
        }
        events.reverse();
        events
    }

    /// Calls `visit` for every end of the game, in the order of their rows of payoffs.
    ///
    /// # Errors
    /// The first error of `visit`.
    pub fn walk<E>(&self, mut visit: impl FnMut(&PathEnv<'_>) -> Result<(), E>) -> Result<(), E> {
        let mut events: Vec<Event> = Vec::new();
        let (mut node, mut depth) = (0_u32, vec![0_u32]);
        loop {
            let (set, arity) = (
                self.game.set()[node as usize],
                self.game.arity()[node as usize],
            );
            if set == TERMINAL {
                let end = Some(self.game.first_child()[node as usize]);
                visit(&PathEnv {
                    expansion: self,
                    events: &events,
                    node,
                    end,
                })?;
            } else if depth.last().is_some_and(|&next| next < u32::from(arity)) {
                let next = depth
                    .last_mut()
                    .map_or(0, |next| std::mem::replace(next, *next + 1));
                events.push(self.event(node, next));
                node = self.game.first_child()[node as usize] + next;
                depth.push(0);
                continue;
            }
            depth.pop();
            match events.pop() {
                Some(event) => node = event.node,
                None => return Ok(()),
            }
        }
    }

    /// Payoffs of an end, by its row.
    #[must_use]
    pub fn payoffs_of_end(&self, row: usize) -> &[f64] {
        let actors = self.game.players();
        &self.game.payoffs()[row * actors..(row + 1) * actors]
    }

    /// Whether a node is a draw.
    #[must_use]
    pub fn is_draw(&self, node: u32) -> bool {
        self.game.set()[node as usize] == CHANCE
    }
}
