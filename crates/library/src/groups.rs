//! Which kind of game a scenario is, by who sees what: the order in which the library is listed.

use detente_language::scenario::{Options, Scenario, Step};

/// Kinds of scenario by what its actors see.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// Every actor sees every choice and every draw.
    Open,
    /// Some choices are hidden or made at the same time; what is drawn, all see.
    Hidden,
    /// Something is drawn that some actors see and others do not.
    Private,
}

impl Group {
    /// All groups, in the order in which they are listed.
    pub const ALL: [Group; 3] = [Group::Open, Group::Hidden, Group::Private];

    /// The group of a scenario.
    #[must_use]
    pub fn of(scenario: &Scenario) -> Group {
        let mut group = Group::Open;
        look(&scenario.play, &mut group);
        group
    }

    /// A heading.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Group::Open => "Everything is seen",
            Group::Hidden => "Hidden or simultaneous choices",
            Group::Private => "Private information",
        }
    }

    /// One word, for files.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Group::Open => "open",
            Group::Hidden => "hidden_choices",
            Group::Private => "private_information",
        }
    }
}

fn look(steps: &[Step], group: &mut Group) {
    for step in steps {
        match step {
            Step::Choose {
                seen_by, options, ..
            } => {
                if seen_by.contains(&false) {
                    *group = (*group).max(Group::Hidden);
                }
                look_into(options, group);
            }
            Step::Chance {
                seen_by, options, ..
            } => {
                if seen_by.contains(&true) && seen_by.contains(&false) {
                    *group = Group::Private;
                }
                look_into(options, group);
            }
            Step::Bargain { seen_by, .. } if seen_by.contains(&false) => {
                *group = (*group).max(Group::Hidden);
            }
            Step::Together(steps) => {
                *group = (*group).max(Group::Hidden);
                look(steps, group);
            }
            Step::Repeat(_, steps) => look(steps, group),
            Step::If(arms, otherwise) => {
                for (_, steps) in arms {
                    look(steps, group);
                }
                look(otherwise, group);
            }
            // The others hold no steps.
            _ => {}
        }
    }
}

fn look_into(options: &Options, group: &mut Group) {
    match options {
        Options::Listed(items) => {
            for item in items {
                look(&item.block, group);
            }
        }
        Options::Grid { block, .. } => look(block, group),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn group(name: &str) -> Group {
        let embedded = crate::find(name).unwrap();
        let loaded =
            detente_language::check::load(name, embedded.text, &detente_language::source::NoFiles);
        Group::of(&loaded.scenario.unwrap())
    }

    #[test]
    fn known_models_stand_where_they_belong() {
        assert_eq!(group("fearon-1995"), Group::Open);
        assert_eq!(group("chicken"), Group::Hidden);
        assert_eq!(group("inspection"), Group::Hidden);
        assert_eq!(group("risk-return"), Group::Private);
        assert_eq!(group("beer-quiche"), Group::Private);
    }
}
