//! Scenarios: read, given other numbers, solved.

use std::cell::RefCell;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use detente_findings::deal::{find, view};
use detente_language::eval::Settings;
use detente_language::render::{RenderOptions, render};
use detente_language::scenario::ParamId;
use detente_language::source::Loader;
use detente_line::files::Files;
use detente_line::negotiation::{Question, asked, doubts};
use detente_line::whole::{How, Stage, Told, Wanted, answers, findings};
use detente_line::{Fault, Story, numbers};
use pyo3::prelude::*;

use crate::deal::Deal;
use crate::errors;
use crate::findings::Findings;
use crate::work::{Desk, watched};

/// Most outcomes of a negotiation of which the share of draws is counted.
const COUNTED: usize = 2_000_000;

/// A file that a scenario includes: in which file, as written there, its name, its text.
type Include = (String, String, String, String);

/// A scenario at its numbers.
#[pyclass(frozen, module = "detente._detente")]
pub struct Scenario {
    pub(crate) story: Arc<Story>,
    includes: Arc<Vec<Include>>,
    pub(crate) pinned: Vec<(ParamId, f64)>,
    pub(crate) settings: Settings,
}

/// Reads included files and remembers them.
struct Recorder {
    seen: RefCell<Vec<Include>>,
}

impl Loader for Recorder {
    fn load(&self, path: &str, from: &str) -> Result<(String, String), String> {
        let (name, text) = Files.load(path, from)?;
        let include = (from.to_owned(), path.to_owned(), name.clone(), text.clone());
        self.seen.borrow_mut().push(include);
        Ok((name, text))
    }
}

/// Included files that were read elsewhere.
struct Remembered<'a>(&'a [Include]);

impl Loader for Remembered<'_> {
    fn load(&self, path: &str, from: &str) -> Result<(String, String), String> {
        let known = |include: &&Include| include.0 == from && include.1 == path;
        let found = self.0.iter().find(known);
        found
            .map(|(_, _, name, text)| (name.clone(), text.clone()))
            .ok_or_else(|| format!("{path} was not included where the scenario was read"))
    }
}

/// Options of every solve, in the order in which Python gives them: precision, tolerance, whether payoffs are raw, most
/// nodes, seconds, threads.
type Options = (Option<f64>, f64, bool, usize, Option<f64>, Option<usize>);

/// Options of a solve.
///
/// # Errors
/// A time that is none.
fn how(options: Options) -> Result<How, Fault> {
    let (precision, tolerance, raw_payoffs, max_nodes, seconds, threads) = options;
    let duration = |seconds: f64| {
        Duration::try_from_secs_f64(seconds)
            .map_err(|_| Fault::Asked(format!("`time_limit = {seconds}`: give seconds")))
    };
    Ok(How {
        precision,
        tolerance,
        raw_payoffs,
        max_nodes,
        memory: None,
        time_limit: seconds.map(duration).transpose()?,
        threads,
    })
}

/// Hands what the line says on to the desk.
fn watch(desk: &Desk) -> impl Fn(Stage, f64, f64, &str) -> bool + Sync {
    |stage: Stage, done: f64, of: f64, words: &str| desk.at(stage.word(), done, of, words)
}

impl Scenario {
    fn read(path: &Path, text: &str) -> PyResult<Scenario> {
        let recorder = Recorder {
            seen: RefCell::default(),
        };
        let story = Story::told(path, text, &recorder);
        let story = story.map_err(|fault| errors::fault(&fault))?;
        Scenario::at(
            Arc::new(story),
            Arc::new(recorder.seen.into_inner()),
            Vec::new(),
        )
    }

    fn at(
        story: Arc<Story>,
        includes: Arc<Vec<Include>>,
        pinned: Vec<(ParamId, f64)>,
    ) -> PyResult<Scenario> {
        let settings = numbers::bound(&story, &pinned).map_err(|fault| errors::fault(&fault))?;
        Ok(Scenario {
            story,
            includes,
            pinned,
            settings,
        })
    }

    fn told(&self) -> Told<'_> {
        Told {
            story: &self.story,
            pinned: &self.pinned,
            settings: &self.settings,
        }
    }

    fn found_deal(&self, draws: usize, seed: u64, epsilon: f64) -> Result<Deal, Fault> {
        let doubtful = doubts(&self.story, &self.settings, &self.pinned)?;
        let question = Question {
            draws,
            counted: COUNTED,
            seed,
            epsilon,
        };
        let asked = asked(
            &self.story,
            &self.settings,
            &self.pinned,
            &doubtful,
            question,
        )?;
        let asked = asked.ok_or_else(|| {
            Fault::Asked(format!(
                "{} has no `issue` with a `value` over it; a deal needs both",
                self.story.file_name()
            ))
        })?;
        let found = find(asked).and_then(|found| view(&found));
        found.map(Deal::new).map_err(|error| Fault::asked(&error))
    }
}

#[pymethods]
impl Scenario {
    /// A file, or a scenario of the library by its name.
    #[staticmethod]
    fn load(path: PathBuf) -> PyResult<Scenario> {
        let found = detente_line::library::found(&path).map_err(|fault| errors::fault(&fault))?;
        Scenario::read(&found.path, &found.text)
    }

    /// A text.
    #[staticmethod]
    fn parse(text: &str, name: PathBuf) -> PyResult<Scenario> {
        Scenario::read(&name, text)
    }

    /// What [`Scenario::state`] gave.
    #[staticmethod]
    fn restore(
        path: PathBuf,
        text: &str,
        includes: Vec<Include>,
        set: Vec<(String, f64)>,
    ) -> PyResult<Scenario> {
        let story = Story::told(&path, text, &Remembered(&includes));
        let story = story.map_err(|fault| errors::fault(&fault))?;
        let scenario = Scenario::at(Arc::new(story), Arc::new(includes), Vec::new())?;
        scenario.set(set)
    }

    /// All that it takes to be restored, in another process or on another machine.
    fn state(&self) -> (PathBuf, String, Vec<Include>, Vec<(String, f64)>) {
        (
            self.story.path.clone(),
            self.story.text().to_owned(),
            self.includes.to_vec(),
            self.pinned(),
        )
    }

    /// The same with some numbers set.
    fn set(&self, values: Vec<(String, f64)>) -> PyResult<Scenario> {
        let mut pinned = self.pinned.clone();
        for (name, value) in values {
            let id = numbers::parameter(&self.story.scenario, &name)
                .map_err(|words| errors::fault(&Fault::Asked(words)))?;
            if !value.is_finite() {
                let words = format!("`{name} = {value}`: give a number that is finite");
                return Err(errors::fault(&Fault::Asked(words)));
            }
            pinned.retain(|(known, _)| *known != id);
            pinned.push((id, value));
        }
        Scenario::at(self.story.clone(), self.includes.clone(), pinned)
    }

    /// Numbers that are set.
    #[getter]
    fn pinned(&self) -> Vec<(String, f64)> {
        let parameters = &self.story.scenario.parameters;
        let named = |(id, value): &(ParamId, f64)| (parameters[id.index()].id.clone(), *value);
        self.pinned.iter().map(named).collect()
    }

    /// All numbers at their present values.
    #[getter]
    fn numbers(&self) -> Vec<(String, f64)> {
        let parameters = self.story.scenario.parameters.iter();
        let values = self.settings.parameters.iter().copied();
        parameters
            .map(|known| known.id.clone())
            .zip(values)
            .collect()
    }

    /// Its title.
    #[getter]
    fn title(&self) -> &str {
        &self.story.scenario.title
    }

    /// Where it was read.
    #[getter]
    fn path(&self) -> PathBuf {
        self.story.path.clone()
    }

    /// Its text.
    #[getter]
    fn text(&self) -> &str {
        self.story.text()
    }

    /// Names and labels of the actors.
    #[getter]
    fn actors(&self) -> Vec<(String, String)> {
        let actors = self.story.scenario.actors.iter();
        actors
            .map(|known| (known.id.clone(), known.label.clone()))
            .collect()
    }

    /// Names and labels of the outcomes.
    #[getter]
    fn outcomes(&self) -> Vec<(String, String)> {
        let outcomes = self.story.scenario.outcomes.iter();
        outcomes
            .map(|known| (known.id.clone(), known.label.clone()))
            .collect()
    }

    /// Its questions, and as they are written.
    #[getter]
    fn asks(&self) -> Vec<(String, String)> {
        let asks = self.story.scenario.asks.iter();
        asks.map(|ask| (ask.question.clone(), ask.text.clone()))
            .collect()
    }

    /// Its warnings, rendered, and each for itself.
    #[getter]
    fn warnings(&self) -> (String, Vec<errors::Told>) {
        let story = &self.story;
        let list = story.warnings.iter();
        (
            render(&story.warnings, &story.sources, RenderOptions::default()),
            list.map(|warning| errors::told(warning, &story.sources))
                .collect(),
        )
    }

    /// Solves it.
    #[expect(clippy::too_many_arguments, reason = "Python names them")]
    fn solve(
        &self,
        py: Python<'_>,
        options: Options,
        asks: Vec<String>,
        doubt: (bool, Option<usize>),
        others: Option<usize>,
        seed: u64,
        progress: Option<Py<PyAny>>,
    ) -> PyResult<Findings> {
        let wanted = Wanted {
            asked: asks,
            doubt: doubt.0.then_some(doubt.1),
            others,
            seed,
        };
        let found = watched(py, progress, |desk| {
            findings(self.told(), &how(options)?, &wanted, &watch(desk))
        })?;
        found
            .map(Findings::new)
            .map_err(|fault| errors::fault(&fault))
    }

    /// Answers to queries, and the sentence about a solve that did not get there.
    fn ask(
        &self,
        py: Python<'_>,
        options: Options,
        queries: Vec<String>,
        progress: Option<Py<PyAny>>,
    ) -> PyResult<(Vec<Option<f64>>, Option<&'static str>)> {
        let answered = watched(py, progress, |desk| {
            let asked = self.story.queries(&queries)?;
            answers(self.told(), &how(options)?, &asked, &watch(desk))
        })?;
        let answered = answered.map_err(|fault| errors::fault(&fault))?;
        let status = answered.solution.status;
        let sentence = (!status.is_success()).then(|| status.sentence());
        Ok((answered.values, sentence))
    }

    /// Who would accept what.
    fn deal(&self, py: Python<'_>, draws: usize, seed: u64, epsilon: f64) -> PyResult<Deal> {
        let found = watched(py, None, |_| self.found_deal(draws, seed, epsilon))?;
        found.map_err(|fault| errors::fault(&fault))
    }
}

/// Names of the scenarios of the library.
#[pyfunction]
pub fn library() -> Vec<&'static str> {
    let all = detente_library::all().iter();
    all.map(|embedded| embedded.name).collect()
}
