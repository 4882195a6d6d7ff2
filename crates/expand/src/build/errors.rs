//! What goes wrong while a game grows, each with the path that shows it.

use super::Builder;
use crate::error::ExpandError;
use crate::estimate::estimate;
use crate::machine::{Halt, Happening};
use crate::names;
use crate::options::Wrong;
use crate::program::Choice;
use detente_game::game::CHANCE;
use detente_language::diagnostic::Diagnostic;
use detente_language::scenario::Scenario;

const GIB: f64 = 1024.0 * 1024.0 * 1024.0;

/// What a node takes while the game grows, ends counted as three of five nodes.
fn bytes_per_node(scenario: &Scenario) -> f64 {
    36.0 + 0.6 * (4 + 8 * scenario.actors.len()) as f64
}

impl Builder<'_> {
    pub(super) fn path(&self) -> String {
        names::path(self.words, self.program, &self.machine.happenings)
    }

    pub(super) fn halted(&self, halt: &Halt) -> ExpandError {
        let diagnostic = match halt {
            Halt::Fault(fault) => fault.diagnostic(),
            Halt::NoValue(span) => {
                Diagnostic::error("E0507", "something here has no value on this path", *span)
                    .label("used before it is chosen or drawn")
            }
            Halt::NotFinite(span) => {
                Diagnostic::error("E0509", "this payoff is not a finite number", *span)
            }
            Halt::Endless => {
                return ExpandError::Limit(Box::new(
                    Diagnostic::error(
                        "E0605",
                        "the play runs on and on without deciding anything",
                        self.scenario.play_span,
                    )
                    .note(self.path())
                    .help("lower the number of rounds of the `repeat` that decides nothing, or let a block that plays itself end"),
                ));
            }
        };
        ExpandError::Scenario(Box::new(diagnostic.note(self.path())))
    }

    /// What is wrong with the options of a branch on the present path.
    pub(super) fn wrong(&self, branch: usize, wrong: &Wrong) -> ExpandError {
        let diagnostic = match wrong {
            Wrong::Halt(halt) => return self.halted(halt),
            Wrong::Probability(option, probability) => {
                self.bad_probability(branch, *option, *probability)
            }
            Wrong::Sum(sum) => self.bad_sum(branch, *sum),
            Wrong::Weight(option, weight) => {
                let choice = &self.program.branches[branch].options[*option];
                self.bad_weight(choice, *weight)
            }
            Wrong::NoWeight => self.no_weight(branch),
        };
        diagnostic.into()
    }

    pub(super) fn fell_off(&self) -> Box<Diagnostic> {
        let end = self.scenario.play_span;
        Box::new(
            Diagnostic::error("E0504", "a path falls off the end of `play`", end)
                .label("the play can come to its closing brace without `end`")
                .note(self.path())
                .help("write `end OUTCOME` where this path should end, or as the last statement of `play`"),
        )
    }

    pub(super) fn nothing_open(&self, branch: usize) -> Box<Diagnostic> {
        let variable = &self.scenario.variables[self.program.branches[branch].variable].id;
        Box::new(
            Diagnostic::error("E0506", format!("no option of `{variable}` is open"), self.program.branches[branch].span)
                .label("every `if` of its options fails on this path")
                .note(self.path())
                .help("leave at least one option without `if`, or put the statement itself inside an `if`"),
        )
    }

    fn bad_probability(&self, branch: usize, option: usize, probability: f64) -> Box<Diagnostic> {
        let choice = &self.program.branches[branch].options[option];
        Box::new(
            Diagnostic::error(
                "E0501",
                format!("a probability of {probability}"),
                choice.span,
            )
            .label("must lie between 0 and 1")
            .note(self.path()),
        )
    }

    fn bad_weight(&self, choice: &Choice, weight: f64) -> Box<Diagnostic> {
        Box::new(
            Diagnostic::error("E0512", format!("a weight of {weight}"), choice.span)
                .label("must be 0 or above")
                .note(self.path()),
        )
    }

    fn no_weight(&self, branch: usize) -> Box<Diagnostic> {
        let declared = &self.program.branches[branch];
        let variable = &self.scenario.variables[declared.variable].id;
        Box::new(
            Diagnostic::error(
                "E0512",
                format!("all weights of `{variable}` are 0"),
                declared.span,
            )
            .label("nothing can be drawn")
            .note(self.path())
            .help("let at least one option have a weight above 0, or put the draw inside an `if`"),
        )
    }

    fn bad_sum(&self, branch: usize, sum: f64) -> Box<Diagnostic> {
        let declared = &self.program.branches[branch];
        let variable = &self.scenario.variables[declared.variable].id;
        Box::new(
            Diagnostic::error(
                "E0502",
                format!("the probabilities of `{variable}` sum to {sum}"),
                declared.span,
            )
            .label("must sum to 1")
            .note(self.path())
            .help("give one of them what the others leave, by `otherwise` in place of its probability"),
        )
    }

    /// The options at two histories that the chooser cannot tell apart differ.
    pub(super) fn guard_tells(&self, branch: usize, set: u32) -> Box<Diagnostic> {
        let declared = &self.program.branches[branch];
        let actor = declared.actor.unwrap_or(0);
        let known = self.parts.set.iter().position(|&known| known == set);
        let before = self.happenings_of(known.map_or(0, |node| node as u32));
        let here = &self.machine.happenings;
        let mut diagnostic = Diagnostic::error(
            "E0505",
            format!(
                "the options of `{}` tell {} what it cannot see",
                self.scenario.variables[declared.variable].id, self.scenario.actors[actor].label
            ),
            declared.span,
        )
        .label("different options are open at two histories that look the same to the chooser");
        for hidden in self.differing(&before, here) {
            diagnostic = diagnostic.note(format!(
                "what differs is hidden from the chooser: `{hidden}`"
            ));
        }
        Box::new(
            diagnostic
                .note(format!("one history: {}", names::path(self.words, self.program, &before)))
                .note(format!("the other: {}", self.path()))
                .help("let the chooser see it (`seen by`, `show`), or let the options not depend on it"),
        )
    }

    /// The assumed behaviour at two histories that the actor cannot tell apart differs.
    pub(super) fn habit_tells(&self, branch: usize, actor: usize) -> Box<Diagnostic> {
        let declared = &self.program.branches[branch];
        Box::new(
            Diagnostic::error(
                "E0513",
                format!(
                    "the behaviour assumed for `{}` depends on what {} cannot see",
                    self.scenario.variables[declared.variable].id, self.scenario.actors[actor].label
                ),
                declared.span,
            )
            .label("other probabilities at another history that looks the same to the actor")
            .note(self.path())
            .help("let the actor see it (`seen by`, `show`), or let the probabilities not depend on it"),
        )
    }

    /// What a bargain is settled at differs between two histories that a party cannot tell apart.
    pub(super) fn agreement_tells(&self, branch: usize, party: usize) -> Box<Diagnostic> {
        let declared = &self.program.branches[branch];
        Box::new(
            Diagnostic::error(
                "E0514",
                format!(
                    "what `{}` agrees depends on what {} cannot see",
                    self.scenario.variables[declared.variable].id, self.scenario.actors[party].label
                ),
                declared.span,
            )
            .label("settled otherwise at another history that looks the same to this party")
            .note(self.path())
            .help("let the party see it (`seen by`, `show`), or bargain against what all parties know"),
        )
    }

    /// Variables whose latest values differ between two histories.
    pub(super) fn differing(&self, one: &[Happening], other: &[Happening]) -> Vec<String> {
        let latest = |happenings: &[Happening]| {
            let mut values = vec![None; self.scenario.variables.len()];
            for happening in happenings {
                let branch = &self.program.branches[happening.branch as usize];
                values[branch.variable] =
                    Some(branch.options[happening.option as usize].value.to_bits());
            }
            values
        };
        let (one, other) = (latest(one), latest(other));
        let differ = one
            .iter()
            .zip(&other)
            .enumerate()
            .filter(|(_, (a, b))| a != b);
        differ
            .map(|(i, _)| self.scenario.variables[i].id.clone())
            .collect()
    }

    /// What happened on the way to a node that was made before.
    pub(super) fn happenings_of(&self, mut node: u32) -> Vec<Happening> {
        let mut happenings = Vec::new();
        while node != 0 {
            let parent = self.parts.parent[node as usize];
            let at = parent as usize;
            let edge = (node - self.parts.first_child[at] + self.parts.first_slot[at]) as usize;
            let slots = if self.parts.set[at] == CHANCE {
                &self.chance_slots
            } else {
                &self.action_slots
            };
            let (branch, option, round) = slots[edge];
            happenings.push(Happening {
                branch: branch.into(),
                option: option.into(),
                round: round.into(),
                observed: 0,
            });
            node = parent;
        }
        happenings.reverse();
        happenings
    }

    pub(super) fn check_memory(&self, expected: f64) -> Result<(), ExpandError> {
        let bytes = expected.min(self.limits.nodes as f64) * bytes_per_node(self.scenario);
        match self.limits.bytes {
            Some(limit) if bytes > limit as f64 => Err(ExpandError::Limit(Box::new(
                Diagnostic::error(
                    "E0602",
                    format!(
                        "the game would take about {:.1} GiB of memory, more than the {:.1} GiB at hand",
                        bytes / GIB,
                        limit as f64 / GIB
                    ),
                    self.scenario.play_span,
                )
                .note(format!("about {} nodes are expected", names::count(expected)))
                .help("lower rounds or options, or let the limit down with `--max-nodes`"),
            ))),
            _ => Ok(()),
        }
    }

    /// The error that names the statements that multiply.
    pub(super) fn too_many_nodes(&self) -> Diagnostic {
        let expected = estimate(
            self.program,
            self.scenario.variables.len(),
            self.scenario.actors.len(),
        );
        let mut most: Vec<usize> = (0..self.made.len()).collect();
        most.sort_by_key(|&branch| std::cmp::Reverse(self.made[branch]));
        let place = most.first().map_or(self.scenario.play_span, |&branch| {
            self.program.branches[branch].span
        });
        let mut diagnostic = Diagnostic::error(
            "E0601",
            format!(
                "the game has more than {} nodes",
                names::count(self.limits.nodes as f64)
            ),
            place,
        )
        .label("this statement multiplies most")
        .note(format!(
            "about {} nodes are expected in all",
            names::count(expected)
        ));
        for &branch in most.iter().take(5).filter(|&&branch| self.made[branch] > 0) {
            let declared = &self.program.branches[branch];
            diagnostic = diagnostic.note(format!(
                "`{}`: {} options, {} nodes so far",
                self.scenario.variables[declared.variable].id,
                declared.options.len(),
                names::count(self.made[branch] as f64)
            ));
        }
        for (i, repeat) in self.scenario.repeats.iter().enumerate() {
            diagnostic = diagnostic.also(repeat.span, format!("{} rounds", self.program.rounds[i]));
        }
        diagnostic.help("lower rounds or options, or raise the limit with `--max-nodes`")
    }
}
