//! From a program to a game: depth first, children side by side.

use crate::error::ExpandError;
mod errors;

use crate::estimate::estimate;
use crate::machine::{Halt, Machine, Stop};
use crate::names::Words;
use crate::observe::{Fingerprint, FingerprintMap};
use crate::paths::Paths;
use crate::program::{MOST_OPTIONS, Opens, Program, Settle};
use detente_game::Game;
use detente_game::game::{CHANCE, Labels, NO_PARENT, Parts, TERMINAL};
use detente_language::diagnostic::Diagnostic;
use detente_language::eval::Settings;
use detente_language::scenario::Scenario;

/// How far probabilities of a draw may sum from 1.
const SUM_TOLERANCE: f64 = 1e-9;
/// Nodes between two calls of the progress function.
const REPORT_EVERY: usize = 1 << 16;

/// A scenario's game with what queries need.
#[derive(Clone, Debug)]
pub struct Expansion {
    /// The game.
    pub game: Game,
    /// The compiled play.
    pub program: Program,
    /// Variables, states and outcomes of every node.
    pub paths: Paths,
    /// Words for actors, options and rounds.
    pub words: Words,
}

/// How large a game may grow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Most nodes.
    pub nodes: usize,
    /// Most bytes of memory that the game may take by estimate; none for no such limit.
    pub bytes: Option<u64>,
}

impl Default for Limits {
    /// 20 million nodes, no limit of memory.
    fn default() -> Self {
        Limits {
            nodes: 20_000_000,
            bytes: None,
        }
    }
}

/// Called every 65,536 nodes with the nodes so far and an estimate of all; `false` stops the expansion.
pub type Progress<'a> = &'a mut dyn FnMut(usize, f64) -> bool;

/// Expands a scenario under its settings.
///
/// # Errors
/// What only a path shows (with the path), a limit that is reached, or the caller's wish to stop.
pub fn expand(
    scenario: &Scenario,
    settings: &Settings,
    limits: Limits,
    progress: Progress<'_>,
) -> Result<Expansion, ExpandError> {
    if scenario.play.is_empty() {
        return Err(Box::new(
            Diagnostic::error("E0510", "this scenario has no `play`", scenario.play_span)
                .help("tell what can happen in `play { … }`"),
        )
        .into());
    }
    let program = Program::new(scenario, settings)?;
    let words = Words::new(scenario, &program);
    let mut builder = Builder::new(scenario, &program, &words, limits);
    builder.grow(progress)?;
    let (parts, paths) = builder.finish();
    let game = Game::new(parts)?;
    Ok(Expansion {
        game,
        program,
        paths,
        words,
    })
}

/// A decision or draw whose options are being tried.
struct Level {
    branch: usize,
    first_child: u32,
    next: u32,
    arity: u32,
    /// Where its open options begin in `Builder::open`.
    open: usize,
}

/// What is known of an information set while the game grows.
struct Builder<'a> {
    scenario: &'a Scenario,
    program: &'a Program,
    words: &'a Words,
    limits: Limits,
    machine: Machine<'a>,
    parts: Parts,
    paths: Paths,
    /// Information sets by fingerprint.
    sets: FingerprintMap<u32>,
    /// Slots of chance by branch, round and probabilities.
    draws: FingerprintMap<u32>,
    /// Slots of chance by information set, where behaviour is assumed; options by what a party knows, where a bargain
    /// is settled.
    habits: FingerprintMap<u32>,
    /// Rows of states by their values.
    states: FingerprintMap<u32>,
    chance_slots: Vec<(u16, u16, u16)>,
    action_slots: Vec<(u16, u16, u16)>,
    levels: Vec<Level>,
    open: Vec<u32>,
    probabilities: Vec<f64>,
    /// Nodes made below each branch's statement.
    made: Vec<usize>,
}

impl<'a> Builder<'a> {
    fn new(scenario: &'a Scenario, program: &'a Program, words: &'a Words, limits: Limits) -> Self {
        let parts = Parts {
            title: scenario.title.clone(),
            players: scenario
                .actors
                .iter()
                .map(|actor| actor.label.clone())
                .collect(),
            set_first_slot: vec![0],
            labels: Labels::default(),
            ..Parts::default()
        };
        Builder {
            scenario,
            program,
            words,
            limits,
            machine: Machine::new(program, scenario.variables.len(), scenario.actors.len()),
            parts,
            paths: Paths::new(scenario.variables.len(), program.states.len()),
            sets: FingerprintMap::default(),
            draws: FingerprintMap::default(),
            habits: FingerprintMap::default(),
            states: FingerprintMap::default(),
            chance_slots: Vec::new(),
            action_slots: Vec::new(),
            levels: Vec::new(),
            open: Vec::new(),
            probabilities: Vec::new(),
            made: vec![0; program.branches.len()],
        }
    }

    /// The whole tree: run to the next stop, make its node, take the next open option, go back when all are done.
    fn grow(&mut self, progress: Progress<'_>) -> Result<(), ExpandError> {
        self.allocate(1, NO_PARENT)?;
        let mut node = 0;
        // Small games are done before it is worth knowing how large they will be.
        let mut expected = None;
        let mut report = REPORT_EVERY;
        loop {
            match self.machine.run().map_err(|halt| self.halted(&halt))? {
                Stop::Branch(branch) => self.open_level(node, branch)?,
                Stop::End(outcome) => self.end(node, outcome),
                Stop::Fall => return Err(self.fell_off().into()),
            }
            loop {
                let Some(level) = self.levels.last_mut() else {
                    return Ok(());
                };
                // The frame of the option tried before is left before the next is taken.
                if level.next > 0 {
                    self.machine.back();
                }
                if level.next < level.arity {
                    let option = self.open[level.open + level.next as usize];
                    node = level.first_child + level.next;
                    level.next += 1;
                    let branch = level.branch;
                    self.machine.take(branch, option as usize);
                    break;
                }
                self.open.truncate(level.open);
                self.levels.pop();
            }
            if self.parts.parent.len() >= report {
                report = self.parts.parent.len() + REPORT_EVERY;
                let expected = match expected {
                    Some(expected) => expected,
                    None => *expected.insert(self.expected_nodes()?),
                };
                if !progress(self.parts.parent.len(), expected) {
                    return Err(ExpandError::Interrupted(self.parts.parent.len()));
                }
            }
        }
    }

    /// An estimate of the number of nodes, if so many fit into memory.
    fn expected_nodes(&self) -> Result<f64, ExpandError> {
        let (variables, actors) = (self.scenario.variables.len(), self.scenario.actors.len());
        let expected = estimate(self.program, variables, actors);
        self.check_memory(expected)?;
        Ok(expected)
    }

    fn allocate(&mut self, count: usize, parent: u32) -> Result<u32, ExpandError> {
        let first = self.parts.parent.len();
        let all = first + count;
        if all > self.limits.nodes || all >= TERMINAL as usize {
            return Err(ExpandError::Limit(Box::new(self.too_many_nodes())));
        }
        self.parts.parent.resize(all, parent);
        self.parts.first_child.resize(all, 0);
        self.parts.first_slot.resize(all, 0);
        self.parts.arity.resize(all, 0);
        self.parts.set.resize(all, TERMINAL);
        if !self.program.states.is_empty() {
            self.paths.state_row.resize(all, 0);
        }
        Ok(first as u32)
    }

    /// Makes a decision or draw of a node, with all its children.
    fn open_level(&mut self, node: u32, branch: usize) -> Result<(), ExpandError> {
        self.keep_states(node);
        let open = self.open.len();
        self.find_open(branch)?;
        let arity = self.open.len() - open;
        if arity == 0 {
            return Err(self.nothing_open(branch).into());
        }
        debug_assert!(arity <= MOST_OPTIONS);
        let at = node as usize;
        if self.program.branches[branch].actor.is_some() {
            let (set, slot) = self.information_set(branch, open)?;
            self.parts.set[at] = set;
            self.parts.first_slot[at] = slot;
        } else {
            self.parts.set[at] = CHANCE;
            let slot = self.draw(branch, open)?;
            self.parts.first_slot[at] = slot;
            self.habit(branch, slot)?;
        }
        let first_child = self.allocate(arity, node)?;
        self.parts.first_child[at] = first_child;
        self.parts.arity[at] = arity as u16;
        self.made[branch] += arity;
        self.levels.push(Level {
            branch,
            first_child,
            next: 0,
            arity: arity as u32,
            open,
        });
        Ok(())
    }

    /// Appends the options of a branch that are open here.
    fn find_open(&mut self, branch: usize) -> Result<(), ExpandError> {
        let program = self.program;
        let declared = &program.branches[branch];
        match &declared.opens {
            Opens::Guards => {}
            Opens::Settled(settle) => return self.find_settled(branch, settle),
            Opens::Answers {
                offer,
                packages,
                repeat,
            } => {
                let open = self.machine.answers(*offer, *packages, *repeat);
                self.open.extend(open.map(|option| option as u32));
                return Ok(());
            }
        }
        for (i, option) in declared.options.iter().enumerate() {
            let is_open = match &option.guard {
                None => true,
                Some(guard) if declared.grid => {
                    let before = self.machine.try_value(declared.variable, option.value);
                    let holds = guard.holds(&self.machine.view());
                    self.machine.try_value(declared.variable, before);
                    holds.map_err(|fault| self.halted(&Halt::Fault(fault)))?
                }
                Some(guard) => guard
                    .holds(&self.machine.view())
                    .map_err(|fault| self.halted(&Halt::Fault(fault)))?,
            };
            if is_open {
                self.open.push(i as u32);
            }
        }
        Ok(())
    }

    /// The option on which the parties of a bargain settle. It must be the same wherever one of them cannot tell the
    /// difference, so that an agreement reveals nothing that a party does not know.
    fn find_settled(&mut self, branch: usize, settle: &Settle) -> Result<(), ExpandError> {
        let mut against = Vec::with_capacity(settle.against.len());
        for code in &settle.against {
            let value = code
                .eval(&self.machine.view())
                .map_err(|fault| self.halted(&Halt::Fault(fault)))?;
            if value.is_nan() {
                let span = self.program.branches[branch].span;
                return Err(self.halted(&Halt::NoValue(span)));
            }
            against.push(value);
        }
        let option = settle.option(&against) as u32;
        for &party in &settle.parties {
            let standing = self.machine.standing_of(party, branch).then(party as u64);
            if *self.habits.entry(standing).or_insert(option) != option {
                return Err(self.agreement_tells(branch, party).into());
            }
        }
        self.open.push(option);
        Ok(())
    }

    /// The information set at which the chooser stands, made if it is new, and its first slot.
    fn information_set(&mut self, branch: usize, open: usize) -> Result<(u32, u32), ExpandError> {
        let standing = self.machine.standing(branch);
        let options = &self.open[open..];
        if let Some(&set) = self.sets.get(&standing) {
            let slots = self.parts.set_first_slot[set as usize]
                ..self.parts.set_first_slot[set as usize + 1];
            let known = &self.action_slots[slots.start as usize..slots.end as usize];
            if !known
                .iter()
                .map(|slot| u32::from(slot.1))
                .eq(options.iter().copied())
            {
                return Err(self.guard_tells(branch, set).into());
            }
            return Ok((set, slots.start));
        }
        let set = self.parts.set_player.len() as u32;
        let slot = self.action_slots.len() as u32;
        let declared = &self.program.branches[branch];
        let round = self.machine.round_here() as u16;
        self.action_slots.extend(
            options
                .iter()
                .map(|&option| (branch as u16, option as u16, round)),
        );
        self.parts
            .set_player
            .push(declared.actor.unwrap_or(0) as u8);
        self.parts
            .set_first_slot
            .push(self.action_slots.len() as u32);
        self.sets.insert(standing, set);
        Ok((set, slot))
    }

    /// The slots of a draw with these probabilities, shared with equal draws of the same statement and round.
    fn draw(&mut self, branch: usize, open: usize) -> Result<u32, ExpandError> {
        self.find_probabilities(branch, open)?;
        let round = self.machine.round_here() as u16;
        let mut key = Fingerprint(branch as u64, u64::from(round));
        for (&option, &probability) in self.open[open..].iter().zip(&self.probabilities) {
            key = key.then(u64::from(option)).then(probability.to_bits());
        }
        if let Some(&slot) = self.draws.get(&key) {
            return Ok(slot);
        }
        let slot = self.parts.chance.len() as u32;
        self.parts.chance.extend_from_slice(&self.probabilities);
        let options = self.open[open..].iter();
        self.chance_slots
            .extend(options.map(|&option| (branch as u16, option as u16, round)));
        self.draws.insert(key, slot);
        Ok(slot)
    }

    /// Behaviour that is assumed must be the same wherever the actor cannot tell the difference.
    fn habit(&mut self, branch: usize, slot: u32) -> Result<(), ExpandError> {
        let Some(actor) = self.program.branches[branch].assumed else {
            return Ok(());
        };
        let standing = self.machine.standing(branch);
        if *self.habits.entry(standing).or_insert(slot) == slot {
            Ok(())
        } else {
            Err(self.habit_tells(branch, actor).into())
        }
    }

    /// The weights of the open options as probabilities.
    fn find_weights(&mut self, branch: usize, open: usize) -> Result<(), ExpandError> {
        let program = self.program;
        let declared = &program.branches[branch];
        self.probabilities.clear();
        for i in open..self.open.len() {
            let choice = &declared.options[self.open[i] as usize];
            let Some(code) = &choice.probability else {
                continue;
            };
            // The weight of a grid's number may speak of that number.
            let weight = if declared.grid {
                let before = self.machine.try_value(declared.variable, choice.value);
                let weight = code.eval(&self.machine.view());
                self.machine.try_value(declared.variable, before);
                weight
            } else {
                code.eval(&self.machine.view())
            };
            let weight = weight.map_err(|fault| self.halted(&Halt::Fault(fault)))?;
            if weight.is_nan() {
                return Err(self.halted(&Halt::NoValue(choice.span)));
            }
            if weight < 0.0 {
                return Err(self.bad_weight(choice, weight).into());
            }
            self.probabilities.push(weight);
        }
        // Divided by the greatest first, so that no sum of weights is beyond all numbers.
        let greatest = self.probabilities.iter().copied().fold(0.0, f64::max);
        if greatest == 0.0 {
            return Err(self.no_weight(branch).into());
        }
        let sum: f64 = self.probabilities.iter().map(|w| w / greatest).sum();
        for weight in &mut self.probabilities {
            *weight = *weight / greatest / sum;
        }
        Ok(())
    }

    /// The probabilities of the open options, which must be in 0..1 and sum to 1.
    fn find_probabilities(&mut self, branch: usize, open: usize) -> Result<(), ExpandError> {
        let program = self.program;
        let declared = &program.branches[branch];
        if declared.weighted {
            return self.find_weights(branch, open);
        }
        let equal = 1.0 / (self.open.len() - open) as f64;
        self.probabilities.clear();
        for &option in &self.open[open..] {
            let choice = &declared.options[option as usize];
            let probability = match &choice.probability {
                None => equal,
                Some(code) => code
                    .eval(&self.machine.view())
                    .map_err(|fault| self.halted(&Halt::Fault(fault)))?,
            };
            // Rounding may leave 1 − 0.9 − 0.1 a hair below 0.
            let rounding = (-1e-12..0.0).contains(&probability);
            if probability.is_nan() {
                return Err(self.halted(&Halt::NoValue(choice.span)));
            }
            if !rounding && !(0.0..=1.0 + 1e-12).contains(&probability) {
                return Err(self
                    .bad_probability(branch, option as usize, probability)
                    .into());
            }
            self.probabilities.push(probability.clamp(0.0, 1.0));
        }
        let sum: f64 = self.probabilities.iter().sum();
        if (sum - 1.0).abs() > SUM_TOLERANCE {
            return Err(self.bad_sum(branch, sum).into());
        }
        Ok(())
    }

    fn end(&mut self, node: u32, outcome: u16) {
        self.keep_states(node);
        self.parts.first_child[node as usize] = self.paths.outcome.len() as u32;
        self.parts.payoffs.extend_from_slice(self.machine.payoffs());
        self.paths.outcome.push(outcome);
        self.paths.end_round.push(self.machine.round() as u16);
    }

    /// Remembers the values of the states at a node, equal ones once.
    fn keep_states(&mut self, node: u32) {
        if self.program.states.is_empty() {
            return;
        }
        let row = self.machine.state_row().unwrap_or_else(|| {
            let values = self.machine.states();
            let key = values.iter().fold(Fingerprint::default(), |key, value| {
                key.then(value.to_bits())
            });
            let rows = &mut self.paths.states;
            let row = *self.states.entry(key).or_insert_with(|| {
                rows.extend_from_slice(values);
                (rows.len() / values.len() - 1) as u32
            });
            self.machine.keep_state_row(row);
            row
        });
        self.paths.state_row[node as usize] = row;
    }

    /// Slots of chance follow those of the actions; both are told apart here, once all are known.
    fn finish(mut self) -> (Parts, Paths) {
        let actions = self.action_slots.len() as u32;
        for (set, slot) in self.parts.set.iter().zip(&mut self.parts.first_slot) {
            if *set == CHANCE {
                *slot += actions;
            }
        }
        self.action_slots.append(&mut self.chance_slots);
        self.paths.slots = self.action_slots;
        self.paths.shrink();
        shrink(&mut self.parts);
        (self.parts, self.paths)
    }
}

fn shrink(parts: &mut Parts) {
    parts.parent.shrink_to_fit();
    parts.first_child.shrink_to_fit();
    parts.first_slot.shrink_to_fit();
    parts.arity.shrink_to_fit();
    parts.set.shrink_to_fit();
    parts.set_player.shrink_to_fit();
    parts.set_first_slot.shrink_to_fit();
    parts.chance.shrink_to_fit();
    parts.payoffs.shrink_to_fit();
}
