//! Solving the points of some shards, side by side, into a folder.

use super::journal::Journal;
use super::{Plan, Row, RunError, manifest, shard};
use crate::design::Points;
use crate::engine::{Engine, Solved};
use crate::reason::placed;
use detente_language::source::Sources;
use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};
use std::ops::Range;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::time::{Duration, Instant};

/// How often the caller is asked whether to go on while nothing is done.
const TICK: Duration = Duration::from_millis(100);
/// How often journals are brought to the disk: what a power cut can take.
const SYNC: Duration = Duration::from_secs(1);
/// Rows that may wait to be written.
const WAITING: usize = 256;

/// What to do of a run, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// Which shards.
    pub shards: Range<u64>,
    /// Threads; the files do not depend on it.
    pub threads: usize,
    /// Whether to go on with a run that is in the folder already.
    pub resume: bool,
}

/// How far a run is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Step {
    /// Points done, with those of former times.
    pub done: u64,
    /// All points of the shards.
    pub of: u64,
    /// Points done before.
    pub kept: u64,
    /// Points that failed, of this time and of journals.
    pub failed: u64,
}

/// How a run came to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Done {
    /// How far it came.
    pub step: Step,
    /// Whether the caller stopped it before all was done.
    pub stopped: bool,
}

/// The shards that are part `k` of `n`, 1 ≤ k ≤ n.
#[must_use]
pub fn part(k: u64, n: u64, shards: u64) -> Range<u64> {
    let cut = |k: u64| (u128::from(shards) * u128::from(k) / u128::from(n.max(1))) as u64;
    cut(k.saturating_sub(1))..cut(k)
}

/// Solves the points of some shards that are not in the folder yet. `progress` is called from this thread and returns
/// whether to go on.
///
/// Shards are written when they are complete; rows of the others stay in journals, from which the same call with
/// [`Options::resume`] goes on.
///
/// # Errors
/// A folder that holds something else, files that cannot be written.
pub fn run(
    folder: &Path,
    plan: &Plan,
    points: &Points,
    engine: &Engine<'_>,
    options: &Options,
    progress: &mut dyn FnMut(Step) -> bool,
) -> Result<Done, RunError> {
    manifest::begin(folder, plan, options.resume)?;
    let mut step = Step::default();
    let mut todo = VecDeque::new();
    for number in options.shards.clone() {
        let points = plan.shard(number);
        let count = points.end - points.start;
        step.of += count;
        if shard::complete(folder, plan, number)? {
            step.kept += count;
            remove_journal(folder, number)?;
        } else {
            todo.push_back(number);
        }
    }
    step.done = step.kept;
    let desk = Desk {
        folder,
        plan,
        fingerprint: plan.fingerprint(),
        sources: plan.sources(),
        queue: Mutex::new(Queue {
            shards: todo,
            points: VecDeque::new(),
        }),
        stop: AtomicBool::new(false),
    };
    let (send, receive) = sync_channel(WAITING);
    std::thread::scope(|scope| {
        for _ in 0..options.threads.max(1) {
            let send = send.clone();
            let desk = &desk;
            scope.spawn(move || desk.work(points, engine, &send));
        }
        drop(send);
        Keeper {
            desk: &desk,
            flights: HashMap::new(),
            step,
            synced: Instant::now(),
        }
        .keep(&receive, progress)
    })
}

/// A journal that a run left behind when it was killed right after it wrote the shard.
fn remove_journal(folder: &Path, number: u64) -> Result<(), RunError> {
    let path = super::journal::path(folder, number);
    match std::fs::remove_file(&path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(RunError::io(&path, error))
        }
        _ => shard::sweep_aside(folder, number),
    }
}

/// What workers tell the keeper.
enum Message {
    /// A shard is begun, with the rows of its journal.
    Opened(u64, Journal, Vec<Row>),
    /// A point of a shard is solved.
    Solved(u64, Row),
    /// Something cannot be opened.
    Broken(RunError),
}

/// Where workers take points from.
struct Desk<'a> {
    folder: &'a Path,
    plan: &'a Plan,
    fingerprint: String,
    sources: Sources,
    queue: Mutex<Queue>,
    stop: AtomicBool,
}

struct Queue {
    /// Shards that are not begun.
    shards: VecDeque<u64>,
    /// Points of the last shard begun that nobody has taken.
    points: VecDeque<(u64, u64)>,
}

impl Desk<'_> {
    fn work(&self, points: &Points, engine: &Engine<'_>, send: &SyncSender<Message>) {
        let mut worker = engine.worker();
        while let Some((shard, point)) = self.next(send) {
            let at = points.point(point);
            let solved = match worker.solve(&at, &self.stop) {
                Solved::Failed(why) => Solved::Failed(placed(engine, &at, &why, &self.sources)),
                solved => solved,
            };
            let row = Row::of(point, points.values(point), solved);
            if let Some(row) = row
                && send.send(Message::Solved(shard, row)).is_err()
            {
                return;
            }
        }
    }

    /// The next point and its shard.
    fn next(&self, send: &SyncSender<Message>) -> Option<(u64, u64)> {
        let mut queue = self.queue.lock().ok()?;
        loop {
            if self.stop.load(Ordering::Relaxed) {
                return None;
            }
            if let Some(next) = queue.points.pop_front() {
                return Some(next);
            }
            let shard = queue.shards.pop_front()?;
            match self.open(shard) {
                Ok(None) => {}
                Ok(Some((journal, rows))) => {
                    let met: HashSet<u64> = rows.iter().map(|row| row.point).collect();
                    let missing = self.plan.shard(shard).filter(|point| !met.contains(point));
                    queue.points = missing.map(|point| (shard, point)).collect();
                    send.send(Message::Opened(shard, journal, rows)).ok()?;
                }
                Err(error) => {
                    let _ = send.send(Message::Broken(error));
                    return None;
                }
            }
        }
    }

    /// Opens the journal of a shard; none where another process has completed it meanwhile.
    fn open(&self, shard: u64) -> Result<Option<(Journal, Vec<Row>)>, RunError> {
        let points = self.plan.shard(shard);
        let (journal, rows) = Journal::open(self.folder, &self.fingerprint, shard, &points)?;
        if shard::complete(self.folder, self.plan, shard)? {
            return Ok(None);
        }
        shard::sweep_aside(self.folder, shard)?;
        Ok(Some((journal, rows)))
    }
}

/// A shard of which points are being solved.
struct Flight {
    journal: Journal,
    rows: BTreeMap<u64, Row>,
}

/// Writes down what workers tell.
struct Keeper<'a> {
    desk: &'a Desk<'a>,
    flights: HashMap<u64, Flight>,
    step: Step,
    synced: Instant,
}

impl Keeper<'_> {
    fn keep(
        mut self,
        receive: &Receiver<Message>,
        progress: &mut dyn FnMut(Step) -> bool,
    ) -> Result<Done, RunError> {
        let mut broken = None;
        loop {
            match receive.recv_timeout(TICK) {
                Ok(message) if broken.is_none() => {
                    let kept = self.take(message).and_then(|()| self.sync(false));
                    broken = kept.err();
                }
                Ok(_) | Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => break,
            }
            if broken.is_some() || !progress(self.step) {
                self.desk.stop.store(true, Ordering::Relaxed);
            }
        }
        if let Some(error) = broken {
            return Err(error);
        }
        self.sync(true)?;
        Ok(Done {
            step: self.step,
            stopped: self.step.done < self.step.of,
        })
    }

    fn take(&mut self, message: Message) -> Result<(), RunError> {
        match message {
            Message::Broken(error) => Err(error),
            Message::Opened(shard, journal, rows) => {
                self.step.kept += rows.len() as u64;
                self.step.done += rows.len() as u64;
                self.step.failed += rows.iter().filter(|row| row.result.is_err()).count() as u64;
                let rows = rows.into_iter().map(|row| (row.point, row)).collect();
                self.flights.insert(shard, Flight { journal, rows });
                self.land(shard)
            }
            Message::Solved(shard, row) => {
                self.step.done += 1;
                self.step.failed += u64::from(row.result.is_err());
                if let Some(flight) = self.flights.get_mut(&shard) {
                    flight.journal.append(&row)?;
                    flight.rows.insert(row.point, row);
                }
                self.land(shard)
            }
        }
    }

    /// Writes a shard if it is complete.
    fn land(&mut self, shard: u64) -> Result<(), RunError> {
        let points = self.desk.plan.shard(shard);
        let complete = |flight: &Flight| flight.rows.len() as u64 == points.end - points.start;
        if !self.flights.get(&shard).is_some_and(complete) {
            return Ok(());
        }
        if let Some(flight) = self.flights.remove(&shard) {
            let rows: Vec<Row> = flight.rows.into_values().collect();
            shard::write(self.desk.folder, self.desk.plan, shard, &rows)?;
            flight.journal.remove()?;
        }
        Ok(())
    }

    /// Brings journals to the disk, if it is time or `now`.
    fn sync(&mut self, now: bool) -> Result<(), RunError> {
        if now || self.synced.elapsed() >= SYNC {
            self.synced = Instant::now();
            for flight in self.flights.values_mut() {
                flight.journal.sync()?;
            }
        }
        Ok(())
    }
}
