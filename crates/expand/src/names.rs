//! Readable names: of events, of paths, of information sets.

use crate::build::Expansion;
use crate::machine::{Happening, Machine, Noted, Seen, Stop};
use crate::program::{Branch, Program};
use detente_game::game::Labels;
use detente_language::scenario::Scenario;

/// Words for everything that can happen.
#[derive(Clone, Debug, PartialEq)]
pub struct Words {
    /// Label per actor.
    pub actors: Vec<String>,
    /// Label per outcome.
    pub outcomes: Vec<String>,
    /// Name per variable, underscores as spaces.
    pub variables: Vec<String>,
    /// Per branch and option: the words.
    pub options: Vec<Vec<EventWords>>,
}

/// Words for one option of one decision or draw.
#[derive(Clone, Debug, PartialEq)]
pub struct EventWords {
    /// The shortest words: "accept", "steady"; "found: yes" where the option alone would say nothing.
    pub short: String,
    /// The option's own words: "accept", "found: yes", "demand 80 %".
    pub bare: String,
    /// With the actor in front, where it is a decision: "Iran: accept".
    pub full: String,
}

impl Words {
    pub(crate) fn new(scenario: &Scenario, program: &Program) -> Words {
        let options = program
            .branches
            .iter()
            .map(|branch| option_words(scenario, branch))
            .collect();
        Words {
            actors: scenario
                .actors
                .iter()
                .map(|actor| actor.label.clone())
                .collect(),
            outcomes: scenario
                .outcomes
                .iter()
                .map(|outcome| outcome.label.clone())
                .collect(),
            variables: scenario
                .variables
                .iter()
                .map(|variable| variable_words(scenario, &variable.id))
                .collect(),
            options,
        }
    }
}

/// The name of a variable as a phrase; of a bargain its label, and behind it what belongs to it: "The talks: offer".
fn variable_words(scenario: &Scenario, id: &str) -> String {
    let (name, part) = id.split_once('.').unwrap_or((id, ""));
    let bargain = scenario.bargains.iter().find(|b| b.name.id == name);
    let name = match bargain {
        Some(bargain) if bargain.name.label != bargain.name.id => bargain.name.label.clone(),
        _ => spaced(name),
    };
    if part.is_empty() {
        name
    } else {
        format!("{name}: {}", spaced(part))
    }
}

fn option_words(scenario: &Scenario, branch: &Branch) -> Vec<EventWords> {
    let variable = spaced(&scenario.variables[branch.variable].id);
    let words = branch.options.iter().map(|option| {
        let id = if branch.grid {
            None
        } else {
            scenario.symbols.get(option.value as usize)
        };
        let told = option.words.as_ref();
        let says_nothing = |id: &str| ["yes", "no"].contains(&id);
        let (short, bare) = match id {
            _ if told.is_some() => told.cloned().unwrap_or_default(),
            None => (option.label.clone(), format!("{variable} {}", option.label)),
            Some(id) if *id != option.label => (option.label.clone(), option.label.clone()),
            Some(id) if says_nothing(id) => {
                (format!("{variable}: {id}"), format!("{variable}: {id}"))
            }
            // Without a label a draw's bare name says little.
            Some(id) if branch.chooser().is_none() => {
                (spaced(id), format!("{variable}: {}", spaced(id)))
            }
            Some(id) => (spaced(id), spaced(id)),
        };
        let who = |actor: usize| &scenario.actors[actor].label;
        let full = match (branch.actor, branch.assumed) {
            (Some(actor), _) => format!("{}: {bare}", who(actor)),
            (None, Some(actor)) => format!("{}, by assumption: {bare}", who(actor)),
            (None, None) => bare.clone(),
        };
        EventWords { short, bare, full }
    });
    words.collect()
}

fn spaced(id: &str) -> String {
    id.replace('_', " ")
}

/// A path in words, for errors.
pub(crate) fn path(words: &Words, program: &Program, happenings: &[Happening]) -> String {
    if happenings.is_empty() {
        return "this is so from the start of the play".to_owned();
    }
    let mut text = String::from("on the path ");
    let mut round = 0;
    for (i, happening) in happenings.iter().enumerate() {
        if i > 0 {
            text.push_str(" → ");
        }
        if happening.round != round && happening.round != 0 {
            round = happening.round;
            text.push_str(&format!("[round {round}] "));
        }
        debug_assert!((happening.branch as usize) < program.branches.len());
        text.push_str(&words.options[happening.branch as usize][happening.option as usize].full);
    }
    text
}

/// A large number in words: "12.3 million".
pub(crate) fn count(value: f64) -> String {
    match value {
        v if v >= 1e15 => format!("{v:.1e}"),
        v if v >= 1e12 => format!("{:.1} trillion", v / 1e12),
        v if v >= 1e9 => format!("{:.1} billion", v / 1e9),
        v if v >= 1e6 => format!("{:.1} million", v / 1e6),
        v if v >= 1e4 => format!("{:.0},{:03.0}", (v / 1e3).floor(), v % 1e3),
        v => format!("{v:.0}"),
    }
}

/// Name of an information set, in parts.
#[derive(Clone, Debug, PartialEq)]
pub struct SetName {
    /// Whose.
    pub actor: usize,
    /// What the actor knows that not everybody knows from draws: its type.
    pub private: Vec<String>,
    /// Round of the outermost `repeat` around it, 0 outside.
    pub round: u16,
    /// What it has observed besides, in order.
    pub after: Vec<String>,
    /// The actor's label.
    pub label: String,
}

impl std::fmt::Display for SetName {
    /// "Iran (steady), round 2, after: United States: offer a cap; Iran: accept".
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.label)?;
        if !self.private.is_empty() {
            write!(f, " ({})", self.private.join(", "))?;
        }
        if self.round > 0 {
            write!(f, ", round {}", self.round)?;
        }
        if self.after.is_empty() {
            f.write_str(", at the start")
        } else {
            write!(f, ", after: {}", self.after.join("; "))
        }
    }
}

impl Expansion {
    /// The name of an information set: what its actor has observed at any of its nodes.
    #[must_use]
    pub fn set_name(&self, set: u32) -> SetName {
        let node = self.game.members()[self.game.member_range(set as usize).start];
        let actor = usize::from(self.game.set_player()[set as usize]);
        let (seen, happenings) = self.replay(node, actor);
        let mut name = SetName {
            actor,
            private: Vec::new(),
            round: self.paths.slots[self.game.first_slot()[node as usize] as usize].2,
            after: Vec::new(),
            label: self.words.actors[actor].clone(),
        };
        let everyone = u64::MAX >> (64 - self.words.actors.len());
        let mut round = 0;
        for observation in seen {
            match observation {
                Seen::Happening(i) => {
                    let happening = happenings[i];
                    let branch = &self.program.branches[happening.branch as usize];
                    let words =
                        &self.words.options[happening.branch as usize][happening.option as usize];
                    if branch.chooser().is_none() && branch.seen & everyone != everyone {
                        name.private.push(words.short.clone());
                    } else if happening.round > round && happening.round > 0 && name.round > 1 {
                        round = happening.round;
                        name.after.push(format!("[round {round}] {}", words.full));
                    } else {
                        name.after.push(words.full.clone());
                    }
                }
                Seen::Shown { variable, .. } => {
                    let latest = happenings.iter().rev().find(|happening| {
                        self.program.branches[happening.branch as usize].variable == variable
                    });
                    if let Some(happening) = latest {
                        let words = &self.words.options[happening.branch as usize]
                            [happening.option as usize];
                        name.after.push(format!("learns: {}", words.full));
                    }
                }
            }
        }
        name
    }

    /// What has happened on the way to a node that an actor has not observed, in words.
    #[must_use]
    pub fn hidden_from(&self, actor: usize, node: u32) -> Vec<String> {
        let (seen, happenings) = self.replay(node, actor);
        let mut known = vec![false; happenings.len()];
        for observation in seen {
            match observation {
                Seen::Happening(i) => known[i] = true,
                Seen::Shown { variable, .. } => {
                    let latest = happenings.iter().rposition(|happening| {
                        self.program.branches[happening.branch as usize].variable == variable
                    });
                    if let Some(i) = latest {
                        known[i] = true;
                    }
                }
            }
        }
        let hidden = happenings.iter().zip(known).filter(|(_, known)| !known);
        hidden
            .map(|(happening, _)| {
                self.words.options[happening.branch as usize][happening.option as usize]
                    .full
                    .clone()
            })
            .collect()
    }

    /// What an actor has observed on the way to a node, and what has happened.
    fn replay(&self, node: u32, actor: usize) -> (Vec<Seen>, Vec<Happening>) {
        let (noted, happenings) = self.noted(node);
        let seen = noted.iter().filter(|noted| noted.who >> actor & 1 == 1);
        (seen.map(|noted| noted.what).collect(), happenings)
    }

    /// Runs the play again to a node, noting what is observed, and by whom.
    pub(crate) fn noted(&self, node: u32) -> (Vec<Noted>, Vec<Happening>) {
        let mut machine =
            Machine::new(&self.program, self.paths.variables, self.words.actors.len());
        machine.watch();
        for event in self.events_to(node) {
            if machine.run() != Ok(Stop::Branch(event.branch)) {
                break;
            }
            machine.take(event.branch, event.option);
        }
        // What happens on the way to the node itself, such as the end of a `together`, is seen as well.
        let _ = machine.run();
        (machine.noted(), std::mem::take(&mut machine.happenings))
    }

    /// Names for every information set, action, draw and end, as files of other programs carry them.
    #[must_use]
    pub fn labels(&self) -> Labels {
        let word = |&(branch, option, _): &(u16, u16, u16)| {
            self.words.options[branch as usize][option as usize]
                .bare
                .clone()
        };
        let actions = self.game.actions();
        let outcomes = self.paths.outcome.iter();
        Labels {
            sets: (0..self.game.sets())
                .map(|set| self.set_name(set as u32).to_string())
                .collect(),
            actions: self.paths.slots[..actions].iter().map(word).collect(),
            chance: self.paths.slots[actions..].iter().map(word).collect(),
            outcomes: outcomes
                .map(|&outcome| self.words.outcomes[outcome as usize].clone())
                .collect(),
        }
    }
}
