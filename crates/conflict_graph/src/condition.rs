//! Conditions over options: what makes a state infeasible, and what an actor wants (ordered statements).

use crate::error::GraphError;

/// A condition over the options of a state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Condition {
    /// The option of this number is chosen.
    Chosen(usize),
    /// The opposite.
    Not(Box<Condition>),
    /// All of them (true if there are none).
    All(Vec<Condition>),
    /// At least one of them (false if there are none).
    Any(Vec<Condition>),
    /// `then if when`: whenever the second holds, so does the first (true where the second does not hold).
    If {
        /// What must hold.
        then: Box<Condition>,
        /// Whenever this does.
        when: Box<Condition>,
    },
    /// Both hold or neither does.
    Iff(Box<Condition>, Box<Condition>),
}

impl Condition {
    /// The condition that a state fits a pattern: `Y` chosen, `N` not chosen, `-` either; first option first.
    ///
    /// # Errors
    /// Another character.
    pub fn pattern(text: &str) -> Result<Condition, GraphError> {
        let mut parts = Vec::new();
        for (option, mark) in text.chars().enumerate() {
            match mark {
                'Y' => parts.push(Condition::Chosen(option)),
                'N' => parts.push(Condition::Not(Box::new(Condition::Chosen(option)))),
                '-' => {}
                _ => {
                    return Err(GraphError::Condition {
                        text: text.to_owned(),
                        at: option + 1,
                        what: format!("`{mark}` is no mark of a pattern"),
                        mend: "write Y, N or - for every option".to_owned(),
                    });
                }
            }
        }
        Ok(Condition::All(parts))
    }

    /// Whether it holds in a state (bit k: option k is chosen).
    pub fn holds(&self, state: u64) -> bool {
        match self {
            Condition::Chosen(option) => state >> option & 1 == 1,
            Condition::Not(inner) => !inner.holds(state),
            Condition::All(parts) => parts.iter().all(|part| part.holds(state)),
            Condition::Any(parts) => parts.iter().any(|part| part.holds(state)),
            Condition::If { then, when } => !when.holds(state) || then.holds(state),
            Condition::Iff(a, b) => a.holds(state) == b.holds(state),
        }
    }

    /// Whether it holds when only the options in the mask `known` are decided; `None` if that hangs on others
    /// (Kleene's three values).
    pub fn holds_so_far(&self, state: u64, known: u64) -> Option<bool> {
        match self {
            Condition::Chosen(option) => {
                (known >> option & 1 == 1).then_some(state >> option & 1 == 1)
            }
            Condition::Not(inner) => inner.holds_so_far(state, known).map(|truth| !truth),
            Condition::All(parts) => every(parts.iter().map(|p| p.holds_so_far(state, known))),
            Condition::Any(parts) => every(
                parts
                    .iter()
                    .map(|p| p.holds_so_far(state, known).map(|truth| !truth)),
            )
            .map(|truth| !truth),
            Condition::If { then, when } => every(
                [
                    when.holds_so_far(state, known),
                    then.holds_so_far(state, known).map(|truth| !truth),
                ]
                .into_iter(),
            )
            .map(|truth| !truth),
            Condition::Iff(a, b) => {
                let (a, b) = (a.holds_so_far(state, known)?, b.holds_so_far(state, known)?);
                Some(a == b)
            }
        }
    }

    /// The largest number of an option that it names.
    pub fn last_option(&self) -> Option<usize> {
        match self {
            Condition::Chosen(option) => Some(*option),
            Condition::Not(inner) => inner.last_option(),
            Condition::All(parts) | Condition::Any(parts) => {
                parts.iter().filter_map(Condition::last_option).max()
            }
            Condition::If { then: a, when: b } | Condition::Iff(a, b) => {
                a.last_option().max(b.last_option())
            }
        }
    }
}

/// Kleene's conjunction.
fn every(truths: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    let mut all = Some(true);
    for truth in truths {
        match truth {
            Some(false) => return Some(false),
            None => all = None,
            Some(true) => {}
        }
    }
    all
}
