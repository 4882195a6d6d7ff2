//! Answering one point after the other: bind, expand, solve, answer.
//!
//! What comes of a point depends on the engine and the point alone, never on what the worker solved before, so that
//! points may be shared out among threads and machines in any way.

use std::sync::atomic::{AtomicBool, Ordering};

use detente_expand::{ExpandError, Expansion, Limits, expand};
use detente_findings::query::Queries;
use detente_findings::tally::{Tally, tally};
use detente_game::passes::{reach, set_reach};
use detente_game::{Game, Profile};
use detente_language::eval::{Settings, bind};
use detente_language::scenario::{Expr, ParamId, Scenario};
use detente_solve::Status;
use detente_solve::qre::{self, Next, Resolver, Seed, Solution};

use crate::anchors::{Anchor, Anchors, Found};
use crate::decision::{Decision, Weighed, weigh};

/// Most steps along the branch of a point, taken or not: a point that needs many times what others need would hold all
/// of them up, and has seldom been solved in the end.
const MOST_STEPS: usize = 1_000;
/// The same where a part of the precision is enough.
const MOST_STEPS_IN_PART: usize = 500;

/// Parameters that differ from the best guesses.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Point {
    /// Which, and their values.
    pub overrides: Vec<(ParamId, f64)>,
    /// Precision λ at which the point is solved, where that differs from the engine's.
    pub precision: Option<f64>,
}

impl Point {
    /// A point at the engine's precision.
    #[must_use]
    pub fn new(overrides: Vec<(ParamId, f64)>) -> Point {
        Point {
            overrides,
            precision: None,
        }
    }
}

/// How play goes where it is reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// At every information set that is reached, one action is chosen all but surely.
    Pure,
    /// Somewhere on the path an actor mixes.
    Mixed,
}

impl Kind {
    /// Information sets that are reached less often than this are not looked at.
    const REACHED: f64 = 1e-3;
    /// Probability from which an action is chosen all but surely.
    const SURE: f64 = 0.99;

    /// The kind of a profile.
    #[must_use]
    pub fn of(game: &Game, profile: &Profile) -> Kind {
        let reached = set_reach(game, &reach(game, profile));
        let mixes = |set: usize| {
            let most = profile.at(game, set).iter().copied().fold(0.0, f64::max);
            reached[set] >= Kind::REACHED && most < Kind::SURE
        };
        if (0..game.sets()).any(mixes) {
            Kind::Mixed
        } else {
            Kind::Pure
        }
    }

    /// "pure" or "mixed".
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Kind::Pure => "pure",
            Kind::Mixed => "mixed",
        }
    }
}

/// The answers of a point and what they are worth.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// Endings, values of actors, answers to the queries.
    pub tally: Tally,
    /// Precision λ reached.
    pub precision: f64,
    /// Largest gain from deviating, as a share of the actor's payoff range.
    pub largest_gain: f64,
    /// Largest gain at an information set, reached or not, as such a share.
    pub largest_gain_at_sets: f64,
    /// The kind of equilibrium.
    pub kind: Kind,
    /// Whether the solution of another point was continued to here; otherwise the point was solved by itself.
    pub continued: bool,
    /// The engine's decisions, each with what its options would bring.
    pub weighed: Vec<Weighed>,
}

/// What came of a point.
#[derive(Clone, Debug, PartialEq)]
pub enum Solved {
    /// Its answers.
    Answers(Box<Answer>),
    /// Why it has none, in a sentence.
    Failed(String),
    /// The caller stopped before its turn.
    Skipped,
}

impl Solved {
    /// The answers, if there are any.
    #[must_use]
    pub fn answers(&self) -> Option<&Answer> {
        match self {
            Solved::Answers(answer) => Some(answer),
            Solved::Failed(_) | Solved::Skipped => None,
        }
    }

    /// Why there are no answers, where there cannot be.
    #[must_use]
    pub fn failure(&self) -> Option<&String> {
        match self {
            Solved::Failed(why) => Some(why),
            Solved::Answers(_) | Solved::Skipped => None,
        }
    }

    /// Endings, values and answers to queries, if there are any.
    #[must_use]
    pub fn tally(&self) -> Option<&Tally> {
        self.answers().map(|answer| &answer.tally)
    }
}

/// Where the solution of a point begins.
#[derive(Clone, Copy, Debug)]
pub enum Start<'a> {
    /// At the solution of another point, which it continues where the game has kept its shape.
    From(&'a Solution),
    /// At random play, as a solution of the point by itself.
    Afresh,
}

/// All that points have in common.
#[derive(Clone, Debug)]
pub struct Engine<'a> {
    /// The scenario.
    pub scenario: &'a Scenario,
    /// Parameters that keep a value which is not their best guess; a point may override them.
    pub pinned: &'a [(ParamId, f64)],
    /// Queries to answer.
    pub queries: Vec<&'a Expr>,
    /// Decisions whose options are weighed at every point.
    pub decisions: Vec<Decision>,
    /// How points are solved.
    pub options: &'a qre::Options,
    /// Largest relative gain from deviating with which a point counts as solved where the solver does not get to the
    /// tolerance of its options.
    pub tolerance: f64,
    /// The share of the precision of its options with which a point counts as solved where its branch turns back and
    /// forth before it gets there; 1 where that precision was asked for.
    pub share: f64,
    /// How large a game may grow.
    pub limits: Limits,
    /// Where solutions begin.
    pub start: Start<'a>,
    /// Points whose solutions others begin at, where those are nearer than the start.
    pub anchors: Option<&'a Anchors>,
}

impl<'a> Engine<'a> {
    /// One that answers points; a thread of its own may have each of them.
    #[must_use]
    pub fn worker(&self) -> Worker<'_, 'a> {
        let (resolver, near) = match self.start {
            Start::From(near) => (Resolver::new(near), Some(near)),
            Start::Afresh => (Resolver::afresh(), None),
        };
        let base = near.and_then(Seed::of);
        Worker {
            engine: self,
            resolver,
            anchors: self.anchors.filter(|anchors| !anchors.is_empty()).zip(base),
            expansion: None,
            queries: None,
        }
    }
}

/// Answers points, one after the other.
pub struct Worker<'e, 'a> {
    engine: &'e Engine<'a>,
    /// Begins where the engine says.
    resolver: Resolver,
    /// The anchors, and the start of the engine beside them.
    anchors: Option<(&'a Anchors, Seed)>,
    /// That of the last point, whose tree is kept where only numbers change.
    expansion: Option<Expansion>,
    /// Its queries, where its paths are those of the present point.
    queries: Option<Queries>,
}

/// Why a point has no answers.
enum Missing {
    Failed(String),
    Stopped,
}

impl Worker<'_, '_> {
    /// What comes of a point; when `stop` is set, it is given up.
    #[must_use]
    pub fn solve(&mut self, point: &Point, stop: &AtomicBool) -> Solved {
        match self.answer(point, stop) {
            Ok(answer) => Solved::Answers(Box::new(answer)),
            Err(Missing::Failed(why)) => Solved::Failed(why),
            Err(Missing::Stopped) => Solved::Skipped,
        }
    }

    fn answer(&mut self, point: &Point, stop: &AtomicBool) -> Result<Answer, Missing> {
        let anchors = self.anchors.clone().filter(|_| point.precision.is_none());
        let Some((anchors, base)) = anchors else {
            return Ok(self.found(point, None, stop)?.0);
        };
        if let Some(anchor) = anchors.at(point) {
            let found = anchor.found(|anchor| self.anchor(anchor, stop))?;
            return found.answer.clone().map_err(Missing::Failed);
        }
        let starts = anchors.near(point, &base, |anchor| self.anchor(anchor, stop))?;
        Ok(self.found(point, Some(&starts), stop)?.0)
    }

    /// What comes of an anchor.
    fn anchor(&mut self, anchor: &Anchor, stop: &AtomicBool) -> Result<Found, Missing> {
        let (answer, start) = match self.found(&anchor.point, Some(&[]), stop) {
            Ok((answer, solution)) => (Ok(answer), Seed::of(&solution)),
            Err(Missing::Failed(why)) => (Err(why), None),
            Err(Missing::Stopped) => return Err(Missing::Stopped),
        };
        Ok(Found { answer, start })
    }

    /// The answer of a point and its solution, which begins at one of `starts` or at random play, or as the engine says.
    fn found(
        &mut self,
        point: &Point,
        starts: Option<&[Seed]>,
        stop: &AtomicBool,
    ) -> Result<(Answer, Solution), Missing> {
        let settings = self.settings(point)?;
        let expansion = self.expand(&settings, stop)?;
        let solution = self.solution(point, &expansion, starts, stop)?;
        let tally = self.tally(&settings, &expansion, &solution.profile)?;
        let answer = Answer {
            tally,
            precision: solution.lambda,
            largest_gain: solution.certificate.largest_relative_gain,
            largest_gain_at_sets: solution.certificate.largest_relative_gain_at_sets,
            kind: Kind::of(&expansion.game, &solution.profile),
            continued: solution.continued,
            weighed: weigh(&self.engine.decisions, &expansion, &solution.profile),
        };
        self.expansion = Some(expansion);
        Ok((answer, solution))
    }

    fn settings(&self, point: &Point) -> Result<Settings, Missing> {
        let pinned = self.engine.pinned.iter().chain(&point.overrides);
        let values: Vec<_> = pinned.copied().collect();
        bind(self.engine.scenario, &values).map_err(|faults| {
            let first = faults.first();
            Missing::Failed(first.map_or_else(String::new, |fault| fault.message.clone()))
        })
    }

    /// The game of a point, in the tree of the last one where that has kept its shape.
    fn expand(&mut self, settings: &Settings, stop: &AtomicBool) -> Result<Expansion, Missing> {
        let on = &mut |_: usize, _: f64| !stop.load(Ordering::Relaxed);
        let last = self.expansion.take();
        let renewed = last.and_then(|last| last.renewed(self.engine.scenario, settings, on));
        let queries = self.queries.take();
        if let Some(renewed) = renewed {
            self.queries = queries.filter(|_| renewed.same_paths);
            return Ok(renewed.expansion);
        }
        let expanded = expand(self.engine.scenario, settings, self.engine.limits, on);
        expanded.map_err(|error| match error {
            ExpandError::Interrupted(_) => Missing::Stopped,
            ExpandError::Scenario(fault) | ExpandError::Limit(fault) => {
                Missing::Failed(fault.message)
            }
            other => Missing::Failed(other.to_string()),
        })
    }

    fn solution(
        &mut self,
        point: &Point,
        expansion: &Expansion,
        starts: Option<&[Seed]>,
        stop: &AtomicBool,
    ) -> Result<Solution, Missing> {
        let mut watch = |_: f64, _: f64, _: f64| match stop.load(Ordering::Relaxed) {
            true => Next::Stop,
            false => Next::Continue,
        };
        let options = qre::Options {
            precision: point.precision.or(self.engine.options.precision),
            path_points: 0,
            most_steps: self.most_steps(),
            // Points share out the threads.
            threads: 1,
            ..self.engine.options.clone()
        };
        let game = &expansion.game;
        let resolver = &mut self.resolver;
        let solution = match starts {
            None => resolver.solve(game, &options, &mut watch),
            Some(starts) => resolver.solve_near(game, &options, starts, &mut watch),
        };
        let near = match options.precision {
            None => solution.certificate.largest_relative_gain <= self.engine.tolerance,
            Some(precision) => {
                let turned = [Status::IterationLimit, Status::StepTooSmall];
                turned.contains(&solution.status)
                    && solution.lambda >= self.engine.share * precision
            }
        };
        if stop.load(Ordering::Relaxed) && !solution.status.is_success() {
            return Err(Missing::Stopped);
        }
        if solution.status.is_success() || near {
            return Ok(solution);
        }
        Err(Missing::Failed(unsolved(
            solution.status,
            options.most_steps,
        )))
    }

    fn most_steps(&self) -> usize {
        let most = match self.engine.share < 1.0 {
            true => MOST_STEPS_IN_PART,
            false => MOST_STEPS,
        };
        most.min(self.engine.options.most_steps)
    }

    fn tally(
        &mut self,
        settings: &Settings,
        expansion: &Expansion,
        profile: &Profile,
    ) -> Result<Tally, Missing> {
        let scenario = self.engine.scenario;
        let asked = self.engine.queries.iter().copied();
        let queries = match self.queries.take() {
            Some(last) => last.renewed(scenario, settings, expansion, asked),
            None => Queries::new(scenario, settings, expansion, asked),
        };
        queries
            .and_then(|queries| {
                let tally = tally(scenario, settings, expansion, &queries, profile);
                self.queries = Some(queries);
                tally
            })
            .map_err(|fault| Missing::Failed(fault.message.clone()))
    }
}

/// Why a point was not solved. Nothing is shown of it, unlike of a scenario whose solve ends this way.
fn unsolved(status: Status, steps: usize) -> String {
    match status {
        Status::IterationLimit => {
            format!("the branch has not come to its end after {steps} steps")
        }
        Status::StepTooSmall => {
            "the branch could only be followed in ever smaller steps, and not to its end".to_owned()
        }
        Status::NumericalTrouble => "values stopped being finite numbers".to_owned(),
        other => other.sentence().to_owned(),
    }
}
