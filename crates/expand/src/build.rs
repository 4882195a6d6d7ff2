//! From a program to a game: depth first, children side by side.

use crate::error::ExpandError;
mod errors;

use crate::estimate::estimate;
use crate::machine::{Machine, Stop};
use crate::names::Words;
use crate::observe::{Fingerprint, FingerprintMap};
use crate::options::{find_open, find_probabilities};
use crate::paths::Paths;
use crate::program::{MOST_OPTIONS, Opens, Program};
use detente_game::Game;
use detente_game::game::{CHANCE, Labels, NO_PARENT, Parts, TERMINAL};
use detente_language::diagnostic::Diagnostic;
use detente_language::eval::Settings;
use detente_language::scenario::Scenario;

/// Nodes between two calls of the progress function.
pub(crate) const REPORT_EVERY: usize = 1 << 16;

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

    /// The options of a branch that are open here. That on which the parties of a bargain settle must be the same
    /// wherever one of them cannot tell the difference, so that an agreement reveals nothing that a party does not know.
    fn find_open(&mut self, branch: usize) -> Result<(), ExpandError> {
        find_open(&mut self.machine, branch, &mut self.open)
            .map_err(|wrong| self.wrong(branch, &wrong))?;
        let opens = &self.program.branches[branch].opens;
        if let (Opens::Settled(settle), Some(&option)) = (opens, self.open.last()) {
            for &party in &settle.parties {
                let standing = self.machine.standing_of(party, branch).then(party as u64);
                if *self.habits.entry(standing).or_insert(option) != option {
                    return Err(self.agreement_tells(branch, party).into());
                }
            }
        }
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
        let options = &self.open[open..];
        find_probabilities(&mut self.machine, branch, options, &mut self.probabilities)
            .map_err(|wrong| self.wrong(branch, &wrong))?;
        let round = self.machine.round_here() as u16;
        let key = draw_key(branch, round, &self.open[open..], &self.probabilities);
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

    fn end(&mut self, node: u32, outcome: u16) {
        self.keep_states(node);
        self.parts.first_child[node as usize] = self.paths.outcome.len() as u32;
        self.parts.payoffs.extend_from_slice(self.machine.payoffs());
        self.paths.outcome.push(outcome);
        self.paths.end_round.push(self.machine.round() as u16);
    }

    fn keep_states(&mut self, node: u32) {
        keep_states(&mut self.machine, &mut self.states, &mut self.paths, node);
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

/// What tells draws apart: statement, round, open options and their probabilities.
pub(crate) fn draw_key(
    branch: usize,
    round: u16,
    open: &[u32],
    probabilities: &[f64],
) -> Fingerprint {
    let key = Fingerprint(branch as u64, u64::from(round));
    let drawn = open.iter().zip(probabilities);
    drawn.fold(key, |key, (&option, &probability)| {
        key.then(u64::from(option)).then(probability.to_bits())
    })
}

/// Remembers the values of the states at a node, equal ones once.
pub(crate) fn keep_states(
    machine: &mut Machine<'_>,
    known: &mut FingerprintMap<u32>,
    paths: &mut Paths,
    node: u32,
) {
    if machine.program.states.is_empty() {
        return;
    }
    let row = machine.state_row().unwrap_or_else(|| {
        let values = machine.states();
        let key = values.iter().fold(Fingerprint::default(), |key, value| {
            key.then(value.to_bits())
        });
        let rows = &mut paths.states;
        let row = *known.entry(key).or_insert_with(|| {
            rows.extend_from_slice(values);
            (rows.len() / values.len() - 1) as u32
        });
        machine.keep_state_row(row);
        row
    });
    paths.state_row[node as usize] = row;
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
