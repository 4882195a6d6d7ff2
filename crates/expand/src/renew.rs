//! The same tree with other numbers.

use crate::build::{Expansion, Progress, REPORT_EVERY, draw_key, keep_states};
use crate::machine::{Machine, Stop};
use crate::observe::FingerprintMap;
use crate::options::{find_open, find_probabilities};
use crate::paths::Paths;
use crate::program::{Branch, Choice, Program};
use detente_game::Game;
use detente_game::game::TERMINAL;
use detente_language::eval::Settings;
use detente_language::scenario::Scenario;

/// A tree with other numbers.
#[derive(Clone, Debug)]
pub struct Renewed {
    /// The expansion.
    pub expansion: Expansion,
    /// Whether its paths are what they were: states, outcomes and rounds; payoffs and probabilities need not be.
    pub same_paths: bool,
}

impl Expansion {
    /// The expansion of the same scenario under other settings, found along the tree that is there: equal to what
    /// [`expand`](crate::expand) makes, without looking for nodes and information sets anew. None where the other settings
    /// change more than payoffs, states and probabilities (other options are open somewhere, a draw becomes like another
    /// or unlike it), where something is wrong with them, and where `progress` says to stop; `expand` tells which.
    #[must_use]
    pub fn renewed(
        self,
        scenario: &Scenario,
        settings: &Settings,
        progress: Progress<'_>,
    ) -> Option<Renewed> {
        let program = Program::new(scenario, settings).ok()?;
        if !alike(&self.program, &program) {
            return None;
        }
        let Expansion {
            game,
            mut paths,
            words,
            ..
        } = self;
        let (chance, payoffs) = (game.chance().len(), game.payoffs().len());
        let states = std::mem::take(&mut paths.states);
        let mut renewal = Renewal {
            game: &game,
            machine: Machine::blind(&program, scenario.variables.len(), scenario.actors.len()),
            paths: &mut paths,
            same_paths: true,
            chance: vec![f64::NAN; chance],
            payoffs: Vec::with_capacity(payoffs),
            draws: FingerprintMap::default(),
            states: FingerprintMap::default(),
            levels: Vec::new(),
            open: Vec::new(),
            probabilities: Vec::new(),
        };
        renewal.walk(progress)?;
        let Renewal {
            chance,
            payoffs,
            same_paths,
            ..
        } = renewal;
        paths.states.shrink_to_fit();
        let bits = |x: &f64| x.to_bits();
        let same_states = states.iter().map(bits).eq(paths.states.iter().map(bits));
        Some(Renewed {
            expansion: Expansion {
                game: game.with_numbers(chance, payoffs).ok()?,
                program,
                paths,
                words,
            },
            same_paths: same_paths && same_states,
        })
    }
}

/// Whether two compilations of a scenario differ at most in what its expressions are worth. Then the same options on the
/// way to a point leave the same variables and rounds there, and actors the same observations.
fn alike(one: &Program, other: &Program) -> bool {
    let choices = |a: &Choice, b: &Choice| {
        let of = |choice: &Choice| (choice.value.to_bits(), choice.target);
        of(a) == of(b) && a.label == b.label && a.also == b.also && a.words == b.words
    };
    let branches = |(a, b): (&Branch, &Branch)| {
        a.options.len() == b.options.len()
            && a.options.iter().zip(&b.options).all(|(a, b)| choices(a, b))
    };
    one.rounds == other.rounds
        && one.ops.len() == other.ops.len()
        && one.branches.iter().zip(&other.branches).all(branches)
}

/// A walk along a tree that is there.
struct Renewal<'a> {
    game: &'a Game,
    machine: Machine<'a>,
    paths: &'a mut Paths,
    /// Whether rows of states, outcomes and rounds are what they were so far.
    same_paths: bool,
    /// Per slot of chance its probability; NaN until the walk comes to it.
    chance: Vec<f64>,
    payoffs: Vec<f64>,
    /// Slots of chance by branch, round and probabilities.
    draws: FingerprintMap<u32>,
    /// Rows of states by their values.
    states: FingerprintMap<u32>,
    /// Nodes on the present path, each with the option to be taken next.
    levels: Vec<(u32, u16)>,
    open: Vec<u32>,
    probabilities: Vec<f64>,
}

impl Renewal<'_> {
    /// The whole tree, in the order in which it was made; none where it would have become another.
    fn walk(&mut self, progress: Progress<'_>) -> Option<()> {
        let (nodes, mut seen) = (self.game.nodes(), 0);
        let mut node = 0;
        loop {
            match self.machine.run().ok()? {
                Stop::Branch(branch) => self.branch(node, branch)?,
                Stop::End(outcome) => self.end(node, outcome)?,
                Stop::Fall => return None,
            }
            seen += 1;
            if seen % REPORT_EVERY == 0 && !progress(seen, nodes as f64) {
                return None;
            }
            let Some(next) = self.next() else {
                return Some(());
            };
            node = next;
        }
    }

    /// The node to go to; none where all have been seen.
    fn next(&mut self) -> Option<u32> {
        loop {
            let (above, next) = self.levels.last_mut()?;
            let at = *above as usize;
            // The frame of the option tried before is left before the next is taken.
            if *next > 0 {
                self.machine.back();
            }
            if *next < self.game.arity()[at] {
                let slot = self.game.first_slot()[at] as usize + usize::from(*next);
                let child = self.game.first_child()[at] + u32::from(*next);
                *next += 1;
                let (branch, option, _) = self.paths.slots[slot];
                self.machine.take(usize::from(branch), usize::from(option));
                return Some(child);
            }
            self.levels.pop();
        }
    }

    /// Comes to a decision or draw, which must be the one that was here, with the same options.
    fn branch(&mut self, node: u32, branch: usize) -> Option<()> {
        self.keep_states(node);
        let at = node as usize;
        if self.game.set()[at] == TERMINAL {
            return None;
        }
        let first = self.game.first_slot()[at] as usize;
        let slots = first..first + usize::from(self.game.arity()[at]);
        let known = self.paths.slots[slots].iter();
        self.open.clear();
        find_open(&mut self.machine, branch, &mut self.open).ok()?;
        let round = self.machine.round_here() as u16;
        let open = self.open.iter();
        if !known
            .copied()
            .eq(open.map(|&option| (branch as u16, option as u16, round)))
        {
            return None;
        }
        if self.machine.program.branches[branch].actor.is_none() {
            self.draw(branch, round, first)?;
        }
        self.levels.push((node, 0));
        Some(())
    }

    /// Draws that were one must be one still, and others others.
    fn draw(&mut self, branch: usize, round: u16, first: usize) -> Option<()> {
        let (open, probabilities) = (&self.open, &mut self.probabilities);
        find_probabilities(&mut self.machine, branch, open, probabilities).ok()?;
        let key = draw_key(branch, round, open, probabilities);
        let slot = first - self.game.actions();
        if *self.draws.entry(key).or_insert(slot as u32) != slot as u32 {
            return None;
        }
        let here = &mut self.chance[slot..slot + probabilities.len()];
        if here[0].is_nan() {
            here.copy_from_slice(probabilities);
        }
        let bits = |p: &f64| p.to_bits();
        let same = here.iter().map(bits).eq(probabilities.iter().map(bits));
        same.then_some(())
    }

    fn end(&mut self, node: u32, outcome: u16) -> Option<()> {
        let at = node as usize;
        if self.game.set()[at] != TERMINAL {
            return None;
        }
        self.keep_states(node);
        let row = self.game.first_child()[at] as usize;
        self.payoffs.extend_from_slice(self.machine.payoffs());
        let now = (outcome, self.machine.round() as u16);
        let known = (&mut self.paths.outcome[row], &mut self.paths.end_round[row]);
        self.same_paths &= (*known.0, *known.1) == now;
        (*known.0, *known.1) = now;
        Some(())
    }

    fn keep_states(&mut self, node: u32) {
        let row = |paths: &Paths| paths.state_row.get(node as usize).copied();
        let before = row(self.paths);
        keep_states(&mut self.machine, &mut self.states, self.paths, node);
        self.same_paths &= before == row(self.paths);
    }
}
