//! Solving on request: fast and alone for small games, with progress and a coarse answer first for large ones.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use detente_findings::model::Findings;
use detente_line::Fault;
use detente_line::game::{TOLERANCE, memory_at_hand};
use detente_line::whole::{How, Stage, Wanted, grown, solution, tell};
use detente_report::{html, sections};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::desk::{Desk, Key, Numbered, Slot, Solved, cores, key, lock};
use crate::events::Outlet;
use crate::queue::Turn;
use crate::refusal::Refusal;

/// Nodes up to which an answer comes fast enough alone.
const SMALL: usize = 5_000;
/// Precision λ of a coarse answer.
const COARSE: f64 = 20.0;
/// Nothing is said of progress before this, nor more often.
const PACE: Duration = Duration::from_millis(120);
/// Seed of everything that is drawn, as that of `detente run`.
const SEED: u64 = 1;
/// Most draws of the doubtful numbers.
const MOST_DRAWS: usize = 20_000;
/// Most queries of a request.
const MOST_ASKS: usize = 100;

/// What is to be solved.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Problem {
    /// The scenario.
    pub text: String,
    /// Path of its file, `library/NAME` or `untitled/ID`.
    #[serde(default = "untitled")]
    pub name: String,
    /// Parameters that are set.
    #[serde(default)]
    pub numbers: BTreeMap<String, f64>,
    /// Precision λ to stop at; the limit where there is none.
    #[serde(default)]
    pub precision: Option<f64>,
    /// More queries to answer.
    #[serde(default)]
    pub asks: Vec<String>,
    /// Whether to explore what the answers hang on, or from how many draws.
    #[serde(default)]
    pub doubt: Option<Doubt>,
    /// What to work out beside the answer.
    #[serde(default)]
    pub parts: Vec<Part>,
    /// From how many starts to search for other equilibria.
    #[serde(default)]
    pub others: Option<usize>,
}

impl Problem {
    /// A scenario at these numbers, without anything beside its solution.
    pub fn plain(
        text: &str,
        name: &str,
        numbers: &BTreeMap<String, f64>,
        precision: Option<f64>,
    ) -> Problem {
        Problem {
            text: text.to_owned(),
            name: name.to_owned(),
            numbers: numbers.clone(),
            precision,
            ..Problem::default()
        }
    }
}

/// What the answers hang on.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(untagged)]
pub enum Doubt {
    /// Explored or not.
    Asked(bool),
    /// Explored with so many draws.
    Draws(usize),
}

/// What can be worked out beside the answer.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub enum Part {
    /// The answer itself, which always comes.
    Answer,
    /// Who would accept what, which always comes where there are issues.
    Deal,
    /// Other equilibria.
    Equilibria,
    /// What the answers hang on.
    Doubt,
}

fn untitled() -> String {
    "untitled/scenario".to_owned()
}

impl Problem {
    /// How to solve, on so many threads.
    pub fn how(&self, desk: &Desk, threads: usize) -> How {
        let share = 2 * cores() as u64;
        How {
            precision: self.precision,
            tolerance: TOLERANCE,
            raw_payoffs: false,
            max_nodes: desk.limits.nodes,
            memory: memory_at_hand().map(|bytes| bytes / share),
            time_limit: None,
            threads: Some(threads),
        }
    }

    /// What is wanted: for the page only what comes fast unless more is asked for, for a report all that `detente run`
    /// gives.
    fn wanted(&self, report: bool) -> Wanted {
        let doubt = match self.doubt {
            Some(Doubt::Draws(draws)) => Some(Some(draws.min(MOST_DRAWS))),
            Some(Doubt::Asked(true)) => Some(None),
            Some(Doubt::Asked(false)) => None,
            None if report || self.parts.contains(&Part::Doubt) => Some(None),
            None => None,
        };
        let search = report || self.parts.contains(&Part::Equilibria);
        Wanted {
            asked: self.asks.clone(),
            doubt,
            others: self.others.or((!search).then_some(0)),
            seed: SEED,
        }
    }

    /// Refuses what is too much.
    ///
    /// # Errors
    /// The text, or what is asked, is too large.
    pub fn check(&self, desk: &Desk) -> Result<(), Refusal> {
        check_text(desk, &self.text)?;
        let words = match (self.asks.len() > MOST_ASKS, self.others) {
            (true, _) => format!("more than {MOST_ASKS} queries are too many for a request"),
            (_, Some(starts)) if starts > MOST_DRAWS => format!("{starts} starts are too many"),
            _ => return Ok(()),
        };
        Err(Refusal::bad(words))
    }
}

/// Refuses a text that is too large.
///
/// # Errors
/// It is.
pub fn check_text(desk: &Desk, text: &str) -> Result<(), Refusal> {
    match text.len() > desk.limits.text {
        true => Err(Refusal::new(
            axum::http::StatusCode::PAYLOAD_TOO_LARGE,
            "too_large",
            format!("A text may have {} bytes.", desk.limits.text),
        )),
        false => Ok(()),
    }
}

/// Whether to go on: nobody took the slot, somebody waits, there is time left.
pub struct Patience<'a> {
    desk: &'a Desk,
    slot: &'a Slot,
    gone: &'a (dyn Fn() -> bool + Sync),
    turn: &'a Turn,
    until: Instant,
    late: AtomicBool,
}

impl<'a> Patience<'a> {
    /// From now on.
    pub fn new(
        desk: &'a Desk,
        slot: &'a Slot,
        gone: &'a (dyn Fn() -> bool + Sync),
        turn: &'a Turn,
    ) -> Patience<'a> {
        Patience {
            desk,
            slot,
            gone,
            turn,
            until: Instant::now() + desk.limits.time,
            late: AtomicBool::new(false),
        }
    }

    /// Whether to go on.
    pub fn lasts(&self) -> bool {
        self.turn.going_on();
        if Instant::now() > self.until {
            self.late.store(true, Ordering::Relaxed);
            return false;
        }
        !self.dropped()
    }

    /// Whether nobody waits for it any more.
    pub fn dropped(&self) -> bool {
        self.slot.lost() || self.desk.is_closing() || (self.gone)()
    }

    /// Why it was stopped, where it was.
    pub fn stopped(&self) -> Option<Refusal> {
        if self.slot.lost() || (self.gone)() {
            Some(Refusal::cancelled())
        } else if self.desk.is_closing() {
            let words = "The server is being ended.";
            let status = axum::http::StatusCode::SERVICE_UNAVAILABLE;
            Some(Refusal::new(status, "closing", words))
        } else if self.late.load(Ordering::Relaxed) {
            let seconds = self.desk.limits.time.as_secs();
            let words = format!("This was not done within {seconds} seconds.");
            let status = axum::http::StatusCode::UNPROCESSABLE_ENTITY;
            Some(
                Refusal::new(status, "time", words)
                    .help("Give a precision, or make the scenario smaller."),
            )
        } else {
            None
        }
    }

    /// Why the line ended early: it was stopped, or has its own reason.
    pub fn refusal(&self, fault: &Fault) -> Refusal {
        self.stopped().unwrap_or_else(|| Refusal::of(fault))
    }
}

/// Solves for the page and sends events.
pub fn stream(desk: &Desk, problem: &Problem, slot: &Slot, outlet: &Outlet, turn: &Turn) {
    let gone = || outlet.closed();
    let patience = Patience::new(desk, slot, &gone, turn);
    let work = AssertUnwindSafe(|| streamed(desk, problem, &patience, outlet, turn));
    let broken = |_| {
        Err(Refusal::internal(
            "This could not be worked out: a fault of the program.",
        ))
    };
    if let Err(refusal) = catch_unwind(work).unwrap_or_else(broken) {
        outlet.send("failed", &json!({ "error": refusal.error() }).to_string());
    }
}

fn streamed(
    desk: &Desk,
    problem: &Problem,
    patience: &Patience<'_>,
    outlet: &Outlet,
    turn: &Turn,
) -> Result<(), Refusal> {
    let begun = Instant::now();
    if let Some(refusal) = patience.dropped().then(|| patience.stopped()).flatten() {
        return Err(refusal);
    }
    let refused = |fault: Fault| patience.refusal(&fault);
    let numbered = desk
        .numbered(&problem.name, &problem.text, &problem.numbers)
        .map_err(refused)?;
    let wanted = problem.wanted(false);
    let answer_key = answer_key(&numbered, problem, &wanted);
    if let Some(known) = answer_key.and_then(|key| desk.answer(&key)) {
        outlet.send("answer", &timed(begun, &known));
        return Ok(());
    }
    let told = Mutex::new(Instant::now());
    let watch = |stage: Stage, done: f64, of: f64, words: &str| {
        let mut last = lock(&told);
        if last.elapsed() >= PACE {
            *last = Instant::now();
            let data = json!({ "stage": stage.word(), "done": done, "of": of, "words": words });
            outlet.send("progress", &data.to_string());
        }
        patience.lasts()
    };
    let how = problem.how(desk, turn.threads());
    let rough = |findings: &Findings| outlet.send("coarse", &timed(begun, &core(findings, None)));
    let solved = solved(
        desk,
        numbered,
        problem,
        &how,
        Some(&rough),
        &watch,
        patience,
    )?;
    let found = tell(
        solved.numbered.told(),
        &how,
        &wanted,
        &solved.grown,
        &solved.solution,
        begun,
        &watch,
    )
    .map_err(refused)?;
    if patience.dropped() {
        return Err(patience.stopped().unwrap_or_else(Refusal::cancelled));
    }
    let late = patience.stopped();
    let answer: Arc<str> = core(&found, late.as_ref()).into();
    if let Some(key) = answer_key.filter(|_| late.is_none()) {
        desk.keep_answer(key, &answer);
    }
    outlet.send("answer", &timed(begun, &answer));
    Ok(())
}

/// The game of a story with its solution: as it was found before, or now. `rough` is told a coarse answer of a large game
/// first.
///
/// # Errors
/// What is wrong with the scenario at these numbers; limits.
pub fn solved(
    desk: &Desk,
    numbered: Numbered,
    problem: &Problem,
    how: &How,
    rough: Option<&dyn Fn(&Findings)>,
    watch: &detente_line::whole::Watch<'_>,
    patience: &Patience<'_>,
) -> Result<Arc<Solved>, Refusal> {
    let refused = |fault: Fault| patience.refusal(&fault);
    if let Some(known) = desk.known(&numbered, problem.precision) {
        return Ok(known);
    }
    let told = numbered.told();
    told.story.queries(&problem.asks).map_err(refused)?;
    let begun = Instant::now();
    let grown = grown(told, how, watch).map_err(refused)?;
    let coarse = problem.precision.is_none_or(|precision| precision > COARSE);
    if let Some(rough) = rough.filter(|_| coarse && grown.expansion.game.nodes() > SMALL) {
        let mut options = grown.options.clone();
        options.precision = Some(COARSE);
        let at = solution(&grown.expansion.game, &options, watch);
        let plain = Wanted {
            doubt: None,
            others: Some(0),
            ..problem.wanted(false)
        };
        if patience.lasts() {
            let found = tell(told, how, &plain, &grown, &at, begun, watch);
            rough(&found.map_err(refused)?);
        }
    }
    let solution = solution(&grown.expansion.game, &grown.options, watch);
    if patience.dropped() {
        return Err(patience.stopped().unwrap_or_else(Refusal::cancelled));
    }
    let solved = Arc::new(Solved::new(numbered, grown, solution));
    if patience.stopped().is_none() {
        desk.keep(&solved, problem.precision);
    }
    Ok(solved)
}

/// The report: the very page that `detente run` writes for these options.
///
/// # Errors
/// What is wrong with the scenario at these numbers; limits.
pub fn report(
    desk: &Desk,
    problem: &Problem,
    patience: &Patience<'_>,
    turn: &Turn,
) -> Result<String, Refusal> {
    let refused = |fault: Fault| patience.refusal(&fault);
    let numbered = desk
        .numbered(&problem.name, &problem.text, &problem.numbers)
        .map_err(refused)?;
    let how = problem.how(desk, turn.threads());
    let watch = |_: Stage, _: f64, _: f64, _: &str| patience.lasts();
    let found = detente_line::whole::findings(numbered.told(), &how, &problem.wanted(true), &watch)
        .map_err(refused)?;
    match patience.stopped() {
        Some(refusal) => Err(refusal),
        None => html(&found).map_err(|error| Refusal::internal(error.to_string())),
    }
}

/// Members of an answer but for its time, as JSON without the opening brace.
fn core(findings: &Findings, late: Option<&Refusal>) -> String {
    let sections: Vec<Value> = sections(findings)
        .into_iter()
        .map(|section| {
            json!({ "id": section.id, "title": section.title, "html": styled(&section.html) })
        })
        .collect();
    let found = json!({
        "findings": findings,
        "sections": sections,
        "stopped": late.map(Refusal::error),
    });
    found.to_string().split_off(1)
}

/// The page's policy forbids styles in its text: they are set by its script, from `data-style`.
fn styled(html: &str) -> String {
    html.replace(" style=\"", " data-style=\"")
}

fn timed(begun: Instant, core: &str) -> String {
    let milliseconds = begun.elapsed().as_secs_f64() * 1e3;
    format!("{{\"milliseconds\":{milliseconds:.1},{core}")
}

fn answer_key(numbered: &Numbered, problem: &Problem, wanted: &Wanted) -> Option<Key> {
    let rest = format!("{:?} {:?}", problem.precision, wanted);
    Some(key(&[&numbered.key?, rest.as_bytes()]))
}
