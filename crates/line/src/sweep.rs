//! Setting up a run over many points: which points, what is computed of them, and the solution on which they stand.

use std::path::Path;

use detente_language::eval::Settings;
use detente_language::scenario::{Expr, ParamId};
use detente_solve::qre::{self, Next};
use detente_sweep::design::{Design, Input, Of, Points, PointsFile};
use detente_sweep::run::{Ground, GroundError, Parts, Plan, Solving, Text, ground};
use detente_sweep::{Decision, correlations, doubtful};

use crate::game::{expand_fault, limits};
use crate::numbers::parameter;
use crate::{Fault, Story};

/// Points in each file, where nothing else is asked for.
pub const POINTS_PER_FILE: u64 = 1024;
/// Most points in each file.
pub const MOST_POINTS_PER_FILE: u64 = 1_000_000;

/// A story and what is asked of all points alike.
#[derive(Clone, Copy)]
pub struct Subject<'a> {
    /// The story.
    pub story: &'a Story,
    /// Parameters that are set.
    pub pinned: &'a [(ParamId, f64)],
    /// Its numbers.
    pub settings: &'a Settings,
    /// Queries asked beside those of the scenario, as written.
    pub asked: &'a [(String, Expr)],
}

/// Which numbers are varied, and how.
#[derive(Clone, Debug)]
pub struct Varied {
    /// The design.
    pub design: Design,
    /// Seed of everything that is drawn.
    pub seed: u64,
    /// Only these; all that have a range or a distribution where it is empty.
    pub over: Vec<String>,
    /// The ends of the precision, where it is varied too.
    pub precision: Option<(f64, f64)>,
}

/// How points are solved.
#[derive(Clone, Debug)]
pub struct How {
    /// Options of the solver.
    pub options: qre::Options,
    /// Most nodes of a game.
    pub max_nodes: usize,
    /// Whether every point is solved from random play.
    pub afresh: bool,
    /// Points in each file.
    pub points_per_file: u64,
}

/// A kind of design.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A scrambled Sobol' sequence.
    Sobol,
    /// A Latin hypercube.
    Latin,
    /// Independent draws.
    MonteCarlo,
    /// Every combination of evenly spread values.
    Grid,
    /// Saltelli's design for Sobol' indices.
    Saltelli,
    /// Morris' trajectories.
    Morris,
    /// The best guesses, and one number at a time away from them.
    OneAtATime,
}

/// Kinds of designs by their names.
pub const KINDS: [(&str, Kind); 7] = [
    ("sobol", Kind::Sobol),
    ("latin", Kind::Latin),
    ("monte-carlo", Kind::MonteCarlo),
    ("grid", Kind::Grid),
    ("saltelli", Kind::Saltelli),
    ("morris", Kind::Morris),
    ("oat", Kind::OneAtATime),
];

impl Kind {
    /// The design of this size. Where none is given, it is 1024 points; of grids 5 and of one at a time 2 values of each
    /// number; of Saltelli 256 base points; of Morris 20 trajectories. `levels` are Morris', `second_order` is Saltelli's.
    #[must_use]
    pub fn of(self, size: Option<u64>, levels: u64, second_order: bool) -> Design {
        let size = |default: u64| size.unwrap_or(default);
        match self {
            Kind::Sobol => Design::Sobol { points: size(1024) },
            Kind::Latin => Design::Latin { points: size(1024) },
            Kind::MonteCarlo => Design::MonteCarlo { points: size(1024) },
            Kind::Grid => Design::Grid { values: size(5) },
            Kind::Saltelli => Design::Saltelli {
                base: size(256),
                second_order,
            },
            Kind::Morris => Design::Morris {
                trajectories: size(20),
                levels,
            },
            Kind::OneAtATime => Design::OneAtATime { values: size(2) },
        }
    }
}

/// The points of a design.
///
/// # Errors
/// Numbers that cannot be varied, a design that cannot be made.
pub fn points(subject: Subject<'_>, varied: Varied) -> Result<Points, Fault> {
    let scenario = &subject.story.scenario;
    let set = ids(subject.pinned);
    let numbers =
        doubtful(scenario, subject.settings, &set).map_err(|error| Fault::asked(&error))?;
    let over = &varied.over;
    let mut inputs = Vec::new();
    for number in numbers {
        let name = &scenario.parameters[number.parameter.index()].id;
        if over.is_empty() || over.contains(name) {
            inputs.push(Input {
                name: name.clone(),
                of: Of::Number(number),
            });
        }
    }
    for name in over {
        let id = parameter(scenario, name).map_err(Fault::Asked)?;
        if !inputs.iter().any(|input| input.name == *name) {
            let why = match set.contains(&id) {
                true => "it is set",
                false => "it has no range and no distribution",
            };
            return Err(Fault::Asked(format!("`{name}` cannot be varied: {why}")));
        }
    }
    inputs.extend(
        varied
            .precision
            .map(|(low, high)| Input::precision(low, high)),
    );
    Points::new(inputs, varied.design, varied.seed, &correlations(scenario))
        .map_err(|error| Fault::asked(&error))
}

fn ids(pinned: &[(ParamId, f64)]) -> Vec<ParamId> {
    pinned.iter().map(|pair| pair.0).collect()
}

/// The points of a file.
///
/// # Errors
/// A file that cannot be read, or that has a column for a number that is set.
pub fn points_of_file(subject: Subject<'_>, path: &Path) -> Result<Points, Fault> {
    let scenario = &subject.story.scenario;
    let all = doubtful(scenario, subject.settings, &[]).map_err(|error| Fault::asked(&error))?;
    let file = PointsFile::read(path, scenario, &all).map_err(|error| Fault::asked(&error))?;
    let set = ids(subject.pinned);
    let twice = |input: &&Input| input.parameter().is_some_and(|id| set.contains(&id));
    if let Some(input) = file.inputs().iter().find(twice) {
        return Err(Fault::Asked(format!(
            "`{}` is set, and the file of points has a column for it",
            input.name
        )));
    }
    Points::of_file(file).map_err(|error| Fault::asked(&error))
}

/// What a run over these points computes, with the options of these decisions weighed.
#[must_use]
pub fn plan(subject: Subject<'_>, how: &How, points: &Points, decisions: &[Decision]) -> Plan {
    let name = |path: &str| {
        let name = Path::new(path).file_name();
        name.map_or_else(
            || path.to_owned(),
            |name| name.to_string_lossy().into_owned(),
        )
    };
    let story = subject.story;
    let included = story.sources.files().iter().skip(1).map(|file| Text {
        file: name(file.name()),
        text: file.text().to_owned(),
    });
    let file = story.file_name();
    let parts = Parts {
        scenario: &story.scenario,
        file: &file,
        text: story.text(),
        included: included.collect(),
        pinned: subject.pinned,
        asked: subject.asked,
        solving: Solving {
            precision: how.options.precision,
            tolerance: how.options.tolerance,
            raw_payoffs: how.options.raw_payoffs,
            max_nodes: how.max_nodes as u64,
            afresh: how.afresh,
        },
        points_per_shard: how.points_per_file,
        decisions,
    };
    Plan::new(parts, points)
}

/// Solves the scenario with its best guesses, on so many threads. `watch` is called with the share that is done and may
/// say stop.
///
/// # Errors
/// What is wrong with the scenario at these numbers, limits, or why it is not solved.
pub fn stand(
    subject: Subject<'_>,
    how: &How,
    threads: usize,
    watch: &mut dyn FnMut(f64) -> Next,
) -> Result<Ground, Fault> {
    let story = subject.story;
    let options = qre::Options {
        threads,
        ..how.options.clone()
    };
    let found = ground(
        &story.scenario,
        subject.pinned,
        subject.asked,
        &options,
        limits(how.max_nodes),
        watch,
    );
    found.map_err(|error| match error {
        GroundError::Scenario(fault) => story.fault(&fault),
        GroundError::Expand(error) => expand_fault(story, error),
        GroundError::Solve(_) => Fault::Limit(error.to_string()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numbers::bound;
    use detente_language::source::NoFiles;

    const TEXT: &str = "param x = 3 in 0 .. 9\nparam y = 2 in 1 .. 5\nparam z = 1\nactor a\n\
        outcome one { a x }\noutcome other { a y + z }\n\
        play {\n a chooses move { left, right }\n if move == left { end one }\n end other\n}\n";

    fn story() -> Story {
        Story::told(Path::new("test.detente"), TEXT, &NoFiles).unwrap()
    }

    fn chosen(over: &[&str], set: &[(ParamId, f64)], kind: Kind) -> Result<Points, String> {
        let story = story();
        let settings = bound(&story, set).unwrap();
        let subject = Subject {
            story: &story,
            pinned: set,
            settings: &settings,
            asked: &[],
        };
        let varied = Varied {
            design: kind.of(Some(4), 3, false),
            seed: 1,
            over: over.iter().map(|name| (*name).to_owned()).collect(),
            precision: None,
        };
        points(subject, varied).map_err(|fault| fault.rendered(Default::default()))
    }

    #[test]
    fn numbers_in_doubt_are_varied_unless_they_are_set() {
        let names = |points: Points| -> Vec<String> {
            let inputs = points.inputs().iter();
            inputs.map(|input| input.name.clone()).collect()
        };
        assert_eq!(names(chosen(&[], &[], Kind::Sobol).unwrap()), ["x", "y"]);
        assert_eq!(names(chosen(&["y"], &[], Kind::Latin).unwrap()), ["y"]);
        let set = [(ParamId(0), 1.0)];
        assert_eq!(names(chosen(&[], &set, Kind::Grid).unwrap()), ["y"]);
    }

    #[test]
    fn what_cannot_be_varied_is_refused_with_the_reason() {
        let refused = |over: &[&str], set: &[(ParamId, f64)], kind: Kind, words: &str| {
            let error = chosen(over, set, kind).err().unwrap();
            assert!(error.contains(words), "{error}");
        };
        refused(&["x"], &[(ParamId(0), 1.0)], Kind::Sobol, "it is set");
        refused(&["z"], &[], Kind::Sobol, "no range and no distribution");
        refused(&["w"], &[], Kind::Sobol, "there is no param `w`");
        refused(&[], &[], Kind::Morris, "even number of levels");
    }
}
