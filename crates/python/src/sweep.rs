//! Runs over many points.

use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use detente_language::eval::Settings;
use detente_language::scenario::{Expr, ParamId};
use detente_line::game::threads;
use detente_line::sweep::{
    How, KINDS, MOST_POINTS_PER_FILE, Subject, Varied, plan, points, points_of_file, stand,
};
use detente_line::{Fault, Story};
use detente_solve::qre::{self, Next};
use detente_sweep::design::Points;
use detente_sweep::run::{
    Ground, Held, Options, Plan, RunError, Step, begin, describe as look, merge as join,
    rows as read_rows, run, summary as sum_up,
};
use detente_sweep::{Anchors, Decision, Engine};
use pyo3::prelude::*;
use pyo3::types::PyCapsule;
use serde_json::json;

use crate::errors::{self, BusyError};
use crate::scenario::Scenario;
use crate::table::{schema, stream};
use crate::work::{Desk, watched};

/// A run: what is computed, and the solution on which it stands as soon as it is needed.
#[pyclass(frozen, module = "detente._detente")]
pub struct Run {
    story: Arc<Story>,
    pinned: Vec<(ParamId, f64)>,
    settings: Settings,
    asked: Vec<(String, Expr)>,
    how: How,
    points: Points,
    /// Decisions whose options are weighed.
    decisions: Vec<Decision>,
    plan: Plan,
    ground: Mutex<Option<Arc<Footing>>>,
}

/// Which points, in the order in which Python gives it: the design's name, its size, levels, whether second-order
/// indices are wanted, seed, names of the numbers, ends of the precision, a file of points.
type Which = (
    String,
    Option<u64>,
    u64,
    bool,
    u64,
    Vec<String>,
    Option<(f64, f64)>,
    Option<PathBuf>,
);

/// How points are solved: precision, tolerance, whether payoffs are raw, most nodes, whether afresh, points in a file.
type Solving = (Option<f64>, f64, bool, usize, bool, u64);

fn how(solving: Solving) -> Result<How, Fault> {
    let (precision, tolerance, raw_payoffs, max_nodes, afresh, points_per_file) = solving;
    if let Some(precision) = precision.filter(|value| !(value.is_finite() && *value > 0.0)) {
        return Err(Fault::Asked(format!(
            "`precision = {precision}`: give a number above 0, or two of them"
        )));
    }
    if !(tolerance.is_finite() && tolerance >= 0.0) {
        return Err(Fault::Asked(format!(
            "`tolerance = {tolerance}`: give a number that is not below 0"
        )));
    }
    if !(1..=MOST_POINTS_PER_FILE).contains(&points_per_file) {
        return Err(Fault::Asked(format!(
            "`points_per_file = {points_per_file}`: give a number from 1 to {MOST_POINTS_PER_FILE}"
        )));
    }
    Ok(How {
        options: qre::Options {
            precision,
            tolerance,
            raw_payoffs,
            ..qre::Options::default()
        },
        max_nodes,
        afresh,
        points_per_file,
    })
}

fn chosen(subject: Subject<'_>, which: Which) -> Result<Points, Fault> {
    let (name, size, levels, second_order, seed, over, precision, file) = which;
    if let Some(file) = file {
        return points_of_file(subject, &file);
    }
    let Some((_, kind)) = KINDS.iter().find(|(known, _)| *known == name) else {
        let names: Vec<&str> = KINDS.iter().map(|(name, _)| *name).collect();
        return Err(Fault::Asked(format!(
            "there is no design `{name}`; there are {}",
            names.join(", ")
        )));
    };
    if let Some((low, high)) = precision
        && !(low > 0.0 && high.is_finite() && low < high)
    {
        return Err(Fault::Asked(format!(
            "`precision = ({low}, {high})`: give two numbers above 0, the lower one first"
        )));
    }
    let varied = Varied {
        design: kind.of(size, levels, second_order),
        seed,
        over,
        precision,
    };
    points(subject, varied)
}

impl Run {
    fn subject(&self) -> Subject<'_> {
        Subject {
            story: &self.story,
            pinned: &self.pinned,
            settings: &self.settings,
            asked: &self.asked,
        }
    }

    /// The solved best guesses, from now on kept.
    fn stand(&self, count: usize, desk: &Desk) -> Result<Arc<Footing>, Fault> {
        let poisoned = || Fault::Limit("an earlier attempt came to no end".to_owned());
        let mut kept = self.ground.lock().map_err(|_| poisoned())?;
        if let Some(footing) = &*kept {
            return Ok(footing.clone());
        }
        let mut watch = |share: f64| match desk.at("solving", share, 1.0, "the best guesses") {
            true => Next::Continue,
            false => Next::Stop,
        };
        let ground = stand(self.subject(), &self.how, count, &mut watch)?;
        let anchors = ground.anchors(&self.points);
        let footing = Arc::new(Footing { ground, anchors });
        *kept = Some(footing.clone());
        Ok(footing)
    }
}

/// What points begin at; kept from one shard to the next.
struct Footing {
    ground: Ground,
    anchors: Anchors,
}

#[pymethods]
impl Run {
    #[new]
    fn new(
        py: Python<'_>,
        scenario: &Scenario,
        which: Which,
        solving: Solving,
        asks: Vec<String>,
        worth: bool,
    ) -> PyResult<Run> {
        let prepare = || -> Result<Run, Fault> {
            let asked = scenario.story.queries(&asks)?;
            let how = how(solving)?;
            let subject = Subject {
                story: &scenario.story,
                pinned: &scenario.pinned,
                settings: &scenario.settings,
                asked: &asked,
            };
            let points = chosen(subject, which)?;
            let plan = plan(subject, &how, &points, &[]);
            Ok(Run {
                story: scenario.story.clone(),
                pinned: scenario.pinned.clone(),
                settings: scenario.settings.clone(),
                asked,
                how,
                points,
                decisions: Vec::new(),
                plan,
                ground: Mutex::default(),
            })
        };
        let mut run = prepare().map_err(|fault| errors::fault(&fault))?;
        if worth {
            // Which decision comes first shows only in the solution.
            let stood = watched(py, None, |desk| run.stand(threads(None), desk))?;
            let footing = stood.map_err(|fault| errors::fault(&fault))?;
            run.decisions = footing.ground.decisions(&run.story.scenario);
            run.plan = plan(run.subject(), &run.how, &run.points, &run.decisions);
        }
        Ok(run)
    }

    /// SHA-256 of what is computed.
    #[getter]
    fn fingerprint(&self) -> String {
        self.plan.fingerprint()
    }

    /// Number of points.
    #[getter]
    fn points(&self) -> u64 {
        self.plan.points
    }

    /// Number of shards.
    #[getter]
    fn shards(&self) -> u64 {
        self.plan.shards()
    }

    /// What a reader should know about how the points were made.
    #[getter]
    fn notes(&self) -> Vec<String> {
        self.plan.notes.clone()
    }

    /// The shards that are part `k` of `n`.
    fn part(&self, k: u64, n: u64) -> (u64, u64) {
        let part = detente_sweep::run::part(k, n, self.plan.shards());
        (part.start, part.end)
    }

    /// Solves the best guesses and begins the run in its folder, without computing a point.
    fn begin(
        &self,
        py: Python<'_>,
        out: PathBuf,
        resume: bool,
        count: Option<usize>,
        progress: Option<Py<PyAny>>,
    ) -> PyResult<()> {
        let stood = watched(py, progress, |desk| {
            self.stand(threads(count), desk).map(|_| ())
        })?;
        stood.map_err(|fault| errors::fault(&fault))?;
        begin(&out, &self.plan, resume).map_err(|error| failed(&error))
    }

    /// Computes the shards from `first` to before `end`: points done, all points, those kept from before, those that failed.
    #[expect(clippy::too_many_arguments, reason = "Python names them")]
    fn go(
        &self,
        py: Python<'_>,
        out: PathBuf,
        first: u64,
        end: u64,
        resume: bool,
        count: Option<usize>,
        progress: Option<Py<PyAny>>,
    ) -> PyResult<(u64, u64, u64, u64)> {
        let options = Options {
            shards: first..end.min(self.plan.shards()),
            threads: threads(count),
            resume,
        };
        let done = watched(py, progress, |desk| {
            let footing = self.stand(options.threads, desk).map_err(Failed::Line)?;
            let scenario = &self.story.scenario;
            let engine = Engine {
                decisions: self.decisions.clone(),
                anchors: Some(&footing.anchors),
                ..footing
                    .ground
                    .engine(scenario, &self.pinned, &self.asked, self.how.afresh)
            };
            let mut told = |step: Step| {
                let words = format!("{} failed", step.failed);
                desk.at("sweeping", step.done as f64, step.of as f64, &words)
            };
            let done = run(&out, &self.plan, &self.points, &engine, &options, &mut told);
            done.map_err(Failed::Run)
        })?;
        match done {
            Ok(done) => Ok((
                done.step.done,
                done.step.of,
                done.step.kept,
                done.step.failed,
            )),
            Err(Failed::Line(fault)) => Err(errors::fault(&fault)),
            Err(Failed::Run(error)) => Err(failed(&error)),
        }
    }
}

/// Why points were not computed.
enum Failed {
    Line(Fault),
    Run(RunError),
}

/// The exception of a folder's error.
fn failed(error: &RunError) -> PyErr {
    match error {
        RunError::Busy(_) => BusyError::new_err(error.to_string()),
        error => errors::run(error),
    }
}

/// What the folder of a run holds, as JSON.
#[pyfunction]
pub fn describe(folder: PathBuf) -> PyResult<String> {
    let held = look(&folder).map_err(|error| failed(&error))?;
    Ok(told(&held))
}

fn told(held: &Held) -> String {
    let damaged: Vec<String> = held.damaged.iter().map(ToString::to_string).collect();
    json!({
        "plan": held.plan,
        "fingerprint": held.plan.fingerprint(),
        "shards": held.plan.shards(),
        "complete": held.complete,
        "begun": held.begun,
        "missing": held.missing,
        "damaged": damaged,
        "points_done": held.points(),
    })
    .to_string()
}

/// The complete shards of a run in a few numbers, as JSON.
#[pyfunction]
pub fn summary(folder: PathBuf) -> PyResult<String> {
    let summary = sum_up(&folder).map_err(|error| failed(&error))?;
    let endings = summary.endings.iter().map(|spread| {
        json!({
            "id": spread.id,
            "label": spread.label,
            "mean": spread.mean,
            "low": spread.low,
            "high": spread.high,
        })
    });
    let (reason, count) = summary.reason.unzip();
    Ok(json!({
        "points": summary.points,
        "failed": summary.failed,
        "reason": reason,
        "reason_count": count.unwrap_or(0),
        "endings": endings.collect::<Vec<_>>(),
    })
    .to_string())
}

/// Joins runs in a folder, or in one file that ends in `.parquet`.
#[pyfunction]
pub fn merge(py: Python<'_>, folders: Vec<PathBuf>, out: PathBuf) -> PyResult<()> {
    let joined = watched(py, None, |_| join(&folders, &out, &mut |_, _| {}))?;
    joined.map(|_| ()).map_err(|error| failed(&error))
}

/// The rows of a run's complete shards: all columns, or some.
#[pyclass(frozen, module = "detente._detente")]
pub struct Rows {
    folder: PathBuf,
    columns: Option<Vec<String>>,
}

#[pymethods]
impl Rows {
    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        use arrow_array::RecordBatchReader;
        let reader = self.open()?;
        schema(py, &reader.schema())
    }

    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        // The interface leaves it to the producer whether a wish for other types is heard.
        drop(requested_schema);
        stream(py, Box::new(self.open()?))
    }
}

impl Rows {
    fn open(&self) -> PyResult<detente_sweep::run::Rows> {
        let reader = read_rows(&self.folder, self.columns.as_deref());
        reader.map_err(|error| failed(&error))
    }
}

/// The rows of a run.
#[pyfunction]
#[pyo3(signature = (folder, columns = None))]
pub fn rows(folder: PathBuf, columns: Option<Vec<String>>) -> PyResult<Rows> {
    let rows = Rows { folder, columns };
    rows.open()?;
    Ok(rows)
}
