//! Work that takes long, done by a few threads, in turn for all who asked.
//!
//! Whoever asks has a line of their own; the threads take the first of each line in turn, so that one who asks a hundred
//! times waits, and not the others. Work that has run for a while gives its place to short work, as long as there are
//! places for long work.

use std::collections::{HashMap, VecDeque};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// Work that has run for so long is long.
const LONG: Duration = Duration::from_secs(2);
/// Parsers and expansions go deep.
const STACK: usize = 32 << 20;

type Work = Box<dyn FnOnce(&Turn) + Send>;

/// How much may wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Room {
    /// In one line.
    pub each: usize,
    /// In all lines.
    pub all: usize,
}

/// There is too much to do already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Full;

/// The lines and the threads.
#[derive(Clone)]
pub struct Queue {
    shared: Arc<Shared>,
}

struct Shared {
    lines: Mutex<Lines>,
    changed: Condvar,
    room: Room,
    places: usize,
}

#[derive(Default)]
struct Lines {
    waiting: HashMap<String, VecDeque<Work>>,
    /// Whose turn it is: everybody with work that waits, once.
    turns: VecDeque<String>,
    count: usize,
    short: usize,
    long: usize,
    closed: bool,
}

/// What a piece of work knows of its place.
pub struct Turn {
    shared: Arc<Shared>,
    begun: Instant,
    long: AtomicBool,
}

impl Queue {
    /// Threads for so many pieces of short work, and as many of long work, at a time.
    ///
    /// # Errors
    /// The system gives no threads.
    pub fn new(places: usize, room: Room) -> std::io::Result<Queue> {
        let places = places.max(1);
        let shared = Arc::new(Shared {
            lines: Mutex::default(),
            changed: Condvar::new(),
            room,
            places,
        });
        for number in 0..2 * places {
            let shared = shared.clone();
            let named = std::thread::Builder::new().name(format!("solve-{number}"));
            named.stack_size(STACK).spawn(move || shared.run())?;
        }
        Ok(Queue { shared })
    }

    /// Puts work at the end of a line.
    ///
    /// # Errors
    /// The line, or all of them, are full.
    pub fn put(&self, line: &str, work: impl FnOnce(&Turn) + Send + 'static) -> Result<(), Full> {
        let mut lines = self.shared.lines();
        let here = lines.waiting.get(line).map_or(0, VecDeque::len);
        if lines.closed || lines.count >= self.shared.room.all || here >= self.shared.room.each {
            return Err(Full);
        }
        let waiting = lines.waiting.entry(line.to_owned()).or_default();
        waiting.push_back(Box::new(work));
        if here == 0 {
            lines.turns.push_back(line.to_owned());
        }
        lines.count += 1;
        drop(lines);
        self.shared.changed.notify_one();
        Ok(())
    }

    /// Lets the threads go once they have done what they are at; what waits is dropped.
    pub fn close(&self) {
        let mut lines = self.shared.lines();
        lines.closed = true;
        lines.waiting.clear();
        lines.turns.clear();
        lines.count = 0;
        drop(lines);
        self.shared.changed.notify_all();
    }
}

impl Turn {
    /// Threads that this work may use: all where nothing else waits or runs.
    #[must_use]
    pub fn threads(&self) -> usize {
        let lines = self.shared.lines();
        match lines.count == 0 && lines.short + lines.long <= 1 {
            true => self.shared.places,
            false => 1,
        }
    }

    /// Called now and then while working: long work gives its place to short work.
    pub fn going_on(&self) {
        if self.begun.elapsed() < LONG || self.long.load(Ordering::Relaxed) {
            return;
        }
        let mut lines = self.shared.lines();
        if lines.long < self.shared.places && !self.long.swap(true, Ordering::Relaxed) {
            lines.short -= 1;
            lines.long += 1;
            drop(lines);
            self.shared.changed.notify_one();
        }
    }
}

impl Shared {
    fn lines(&self) -> MutexGuard<'_, Lines> {
        self.lines.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn run(self: &Arc<Shared>) {
        while let Some(work) = self.next() {
            let turn = Turn {
                shared: self.clone(),
                begun: Instant::now(),
                long: AtomicBool::new(false),
            };
            // What panics costs only whoever asked for it: their channel closes.
            let _ = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| work(&turn)));
            let mut lines = self.lines();
            match turn.long.load(Ordering::Relaxed) {
                true => lines.long -= 1,
                false => lines.short -= 1,
            }
            drop(lines);
            self.changed.notify_one();
        }
    }

    /// The first of the line whose turn it is; none once the queue is closed.
    fn next(&self) -> Option<Work> {
        let mut lines = self.lines();
        loop {
            if lines.closed {
                return None;
            }
            if lines.short < self.places
                && let Some(work) = lines.take()
            {
                lines.short += 1;
                return Some(work);
            }
            let woken = self.changed.wait(lines);
            lines = woken.unwrap_or_else(PoisonError::into_inner);
        }
    }
}

impl Lines {
    fn take(&mut self) -> Option<Work> {
        let line = self.turns.pop_front()?;
        let waiting = self.waiting.get_mut(&line)?;
        let work = waiting.pop_front();
        if waiting.is_empty() {
            self.waiting.remove(&line);
        } else {
            self.turns.push_back(line);
        }
        self.count -= usize::from(work.is_some());
        work
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    const ROOM: Room = Room { each: 8, all: 12 };

    /// A queue with one place, held until the sender is dropped.
    fn held() -> (Queue, mpsc::Sender<()>) {
        let queue = Queue::new(1, ROOM).unwrap();
        let (hold, held) = mpsc::channel::<()>();
        let (begun, beginning) = mpsc::channel();
        let hold_work = move |_: &Turn| {
            begun.send(()).unwrap();
            let _ = held.recv();
        };
        queue.put("first", hold_work).unwrap();
        beginning.recv().unwrap();
        (queue, hold)
    }

    #[test]
    fn everybody_has_a_turn() {
        let (queue, hold) = held();
        let (done, order) = mpsc::channel();
        for (line, times) in [("greedy", 5), ("modest", 1), ("other", 2)] {
            for i in 0..times {
                let done = done.clone();
                queue
                    .put(line, move |_| done.send(format!("{line} {i}")).unwrap())
                    .unwrap();
            }
        }
        drop((hold, done));
        let order: Vec<String> = order.iter().collect();
        let wanted = [
            "greedy 0", "modest 0", "other 0", "greedy 1", "other 1", "greedy 2", "greedy 3",
            "greedy 4",
        ];
        assert_eq!(order, wanted);
        queue.close();
    }

    #[test]
    fn lines_are_bounded_and_a_panic_harms_nobody_else() {
        let (queue, hold) = held();
        for _ in 0..ROOM.each {
            queue.put("a", |_| panic!("a panic on purpose")).unwrap();
        }
        assert_eq!(queue.put("a", |_| {}), Err(Full));
        let (done, order) = mpsc::channel();
        queue
            .put("b", move |turn| done.send(turn.threads()).unwrap())
            .unwrap();
        for _ in 0..3 {
            queue.put("c", |_| {}).unwrap();
        }
        assert_eq!(queue.put("d", |_| {}), Err(Full));
        drop(hold);
        assert_eq!(order.recv(), Ok(1));
        queue.close();
        assert_eq!(queue.put("e", |_| {}), Err(Full));
    }
}
