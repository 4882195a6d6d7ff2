//! The whole line at once: from a story to its findings.

use std::time::{Duration, Instant};

use detente_doubt::{Plan, describe, explore};
use detente_expand::{Expansion, Limits};
use detente_findings::assemble::{Input, assemble};
use detente_findings::deal::{find, view};
use detente_findings::headlines::headlines;
use detente_findings::model::{Deal, Findings};
use detente_findings::query::Queries;
use detente_language::eval::Settings;
use detente_language::scenario::{Expr, ParamId};
use detente_solve::qre::{self, Next, Solution};
use detente_sweep::{Base, Doubtful};

use crate::game::{expansion, limits, threads};
use crate::lenses::lenses;
use crate::negotiation::{Question, asked, doubts};
use crate::others::{Search, others};
use crate::{Fault, Story};

/// Draws of the doubtful numbers for who would accept what: nothing is solved again for them.
const DEAL_DRAWS: usize = 500;
/// Most outcomes that are looked at one by one in every draw.
const DEAL_COUNTED: usize = 20_000;

/// What is being done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// The game is expanded; nodes are counted.
    Expanding,
    /// It is solved; shares are counted.
    Solving,
    /// Other equilibria are searched for; shares are counted.
    Searching,
    /// It is solved again with other numbers; points are counted.
    Doubting,
}

impl Stage {
    /// As one word.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Stage::Expanding => "expanding",
            Stage::Solving => "solving",
            Stage::Searching => "searching",
            Stage::Doubting => "doubting",
        }
    }
}

/// Called from any thread with what is being done, how much of it is done, out of how much, and a few words; says
/// whether to go on.
pub type Watch<'a> = dyn Fn(Stage, f64, f64, &str) -> bool + Sync + 'a;

/// A story at its numbers.
#[derive(Clone, Copy)]
pub struct Told<'a> {
    /// The story.
    pub story: &'a Story,
    /// Parameters that are set.
    pub pinned: &'a [(ParamId, f64)],
    /// All numbers.
    pub settings: &'a Settings,
}

/// How to solve.
#[derive(Clone, Debug, PartialEq)]
pub struct How {
    /// Precision λ to stop at; the limit where there is none.
    pub precision: Option<f64>,
    /// Largest relative gain from deviating that counts as an equilibrium.
    pub tolerance: f64,
    /// Whether the precision acts on payoffs as they are.
    pub raw_payoffs: bool,
    /// Most nodes of the game.
    pub max_nodes: usize,
    /// Most bytes that the game may take; what is at hand where nothing is said.
    pub memory: Option<u64>,
    /// Longest that solving may take.
    pub time_limit: Option<Duration>,
    /// Threads; all where nothing is said. The results do not depend on it.
    pub threads: Option<usize>,
}

/// What is wanted beside the solution.
#[derive(Clone, Debug, PartialEq)]
pub struct Wanted {
    /// Queries to answer, as written.
    pub asked: Vec<String>,
    /// Whether to explore what the answers hang on; and how many times to draw all doubtful numbers together, by the size
    /// of the game where nothing is said.
    pub doubt: Option<Option<usize>>,
    /// From how many starts to search for other equilibria, 0 for not at all; by the size of the game where nothing is
    /// said.
    pub others: Option<usize>,
    /// Seed of everything that is drawn.
    pub seed: u64,
}

impl How {
    /// Options of the solver, `path_points` of the way to be kept.
    ///
    /// # Errors
    /// A number that makes no sense.
    pub fn options(&self) -> Result<qre::Options, Fault> {
        let checked = |name: &str, value: f64| match value.is_finite() && value >= 0.0 {
            true => Ok(value),
            false => Err(Fault::Asked(format!(
                "`{name} = {value}`: give a number that is not below 0"
            ))),
        };
        let precision = self.precision.map(|value| checked("precision", value));
        Ok(qre::Options {
            precision: precision.transpose()?,
            tolerance: checked("tolerance", self.tolerance)?,
            raw_payoffs: self.raw_payoffs,
            time_limit: self.time_limit,
            ..qre::Options::default()
        })
    }

    fn limits(&self) -> Limits {
        let at_hand = limits(self.max_nodes);
        Limits {
            bytes: self.memory.or(at_hand.bytes),
            ..at_hand
        }
    }
}

/// Solves a story and puts together all that is wanted. What the watcher stops is left out, and the certificate says so.
///
/// # Errors
/// What is wrong with the scenario at these numbers, or with what is asked; limits.
pub fn findings(
    told: Told<'_>,
    how: &How,
    wanted: &Wanted,
    watch: &Watch<'_>,
) -> Result<Findings, Fault> {
    let begun = Instant::now();
    told.story.queries(&wanted.asked)?;
    let grown = grown(told, how, watch)?;
    let solution = solution(&grown.expansion.game, &grown.options, watch);
    tell(told, how, wanted, &grown, &solution, begun, watch)
}

/// The game of a story, and how it is to be solved.
pub struct Grown {
    /// The game.
    pub expansion: Expansion,
    /// How to solve it.
    pub options: qre::Options,
}

/// Expands a story.
///
/// # Errors
/// What is wrong with the scenario at these numbers; limits; a number of `how` that makes no sense.
pub fn grown(told: Told<'_>, how: &How, watch: &Watch<'_>) -> Result<Grown, Fault> {
    let mut options = how.options()?;
    let growing =
        &mut |nodes: usize, expected: f64| watch(Stage::Expanding, nodes as f64, expected, "");
    let expansion = expansion(told.story, told.settings, how.limits(), growing)?;
    options.threads = qre::Options::worth_while(&expansion.game, threads(how.threads));
    Ok(Grown { expansion, options })
}

/// Puts together all that is wanted about a game that is solved. `begun` is when the work on it began.
///
/// # Errors
/// What is wrong with what is asked at these numbers.
pub fn tell(
    told: Told<'_>,
    how: &How,
    wanted: &Wanted,
    grown: &Grown,
    solution: &Solution,
    begun: Instant,
    watch: &Watch<'_>,
) -> Result<Findings, Fault> {
    let story = told.story;
    let queries = story.queries(&wanted.asked)?;
    let Grown { expansion, options } = grown;
    let file = story.file_name();
    let input = Input {
        scenario: &story.scenario,
        settings: told.settings,
        pinned: told.pinned,
        asked: &queries,
        expansion,
        solution,
        file: &file,
        text: story.text(),
        seed: wanted.seed,
    };
    let (mut findings, tally) = assemble(&input).map_err(|fault| story.fault(&fault))?;
    findings.seconds = begun.elapsed().as_secs_f64();
    let search = Search {
        starts: wanted.others,
        limit: how.time_limit,
        patient: false,
        scaled: !how.raw_payoffs,
        seed: wanted.seed,
        threads: threads(how.threads),
    };
    let searched = &|done: f64, words: &str| watch(Stage::Searching, done, 1.0, words);
    findings.equilibria = others(&input, search, searched).map_err(|fault| story.fault(&fault))?;
    let numbers = doubts(story, told.settings, told.pinned)?;
    describe(&mut findings, &story.scenario, &numbers);
    let base = Base {
        scenario: &story.scenario,
        pinned: told.pinned,
        settings: told.settings,
        expansion,
        solution,
        tally: &tally,
        asked: &queries,
        options,
        limits: how.limits(),
    };
    // Whoever has stopped by now wants no doubt either.
    let goes_on = solution.status.is_success() && watch(Stage::Doubting, 0.0, 1.0, "");
    if let Some(draws) = wanted.doubt.filter(|_| goes_on) {
        let plan = Plan::modest(&expansion.game, draws, wanted.seed, threads(how.threads));
        let again = &|done: usize, of: usize| watch(Stage::Doubting, done as f64, of as f64, "");
        explore(&mut findings, &base, &numbers, plan, again);
    }
    findings.deal = deal(told, &numbers, wanted);
    findings.lenses = lenses(told, expansion, solution, &findings, threads(how.threads))?;
    findings.headlines = headlines(&findings);
    Ok(findings)
}

/// Solves a game; what the watcher stops ends at the last point that was reached.
pub fn solution(game: &detente_game::Game, options: &qre::Options, watch: &Watch<'_>) -> Solution {
    let mut progress = |lambda: f64, gain: f64, done: f64| {
        let words = format!("precision {lambda:.1}, largest gain {:.3} %", gain * 100.0);
        match watch(Stage::Solving, done, 1.0, &words) {
            true => Next::Continue,
            false => Next::Stop,
        }
    };
    qre::solve(game, options, &mut progress)
}

/// Who would accept what over the issues, where there are any. Spaces too large to analyse and numbers that make no sense
/// there are passed over: the play has been solved without them.
fn deal(told: Told<'_>, numbers: &[Doubtful], wanted: &Wanted) -> Option<Deal> {
    let asked = |draws: usize| {
        let question = Question {
            draws,
            counted: DEAL_COUNTED,
            seed: wanted.seed,
            epsilon: 0.0,
        };
        asked(told.story, told.settings, told.pinned, numbers, question)
    };
    let draws = wanted.doubt.map_or(0, |_| DEAL_DRAWS);
    let asked = asked(draws).or_else(|_| asked(0)).ok()??;
    view(&find(asked).ok()?).ok()
}

/// Answers to queries, and the status of the solution on which they stand.
pub struct Answers {
    /// An answer each; none where a condition has probability 0.
    pub values: Vec<Option<f64>>,
    /// How the solve ended.
    pub solution: Solution,
}

/// Answers just these queries.
///
/// # Errors
/// What is wrong with the scenario at these numbers, or with what is asked; limits.
pub fn answers(
    told: Told<'_>,
    how: &How,
    asked: &[(String, Expr)],
    watch: &Watch<'_>,
) -> Result<Answers, Fault> {
    let story = told.story;
    let Grown {
        expansion,
        mut options,
    } = grown(told, how, watch)?;
    // Only the last point of the path is asked for.
    options.path_points = 0;
    let solution = solution(&expansion.game, &options, watch);
    let queries = asked.iter().map(|(_, query)| query);
    let values = Queries::new(&story.scenario, told.settings, &expansion, queries)
        .and_then(|ready| {
            ready.answer(
                &story.scenario,
                told.settings,
                &expansion.game,
                &solution.profile,
            )
        })
        .map_err(|fault| story.fault(&fault))?;
    Ok(Answers { values, solution })
}
