//! What all requests share: the folder, the store, the queue, and what was worked out already.

use std::collections::HashMap;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Duration;

use detente_findings::explore::Passes;
use detente_language::eval::Settings;
use detente_language::scenario::ParamId;
use detente_language::source::{Loader, NoFiles};
use detente_line::numbers::{bound, parameter};
use detente_line::whole::{Grown, Told};
use detente_line::{Fault, Story};
use detente_solve::qre::Solution;
use sha2::{Digest, Sha256};
use tokio::sync::watch;

use crate::assets::Assets;
use crate::folder::Folder;
use crate::guard::Guard;
use crate::memory::Memory;
use crate::plays::Sessions;
use crate::queue::Queue;
use crate::store::Store;

/// What one request, and all together, may cost.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Limits {
    /// Most bytes of a text.
    pub text: usize,
    /// Most nodes of a game.
    pub nodes: usize,
    /// Longest that a request is worked on.
    pub time: Duration,
    /// Most bytes of all games that are kept to be asked about again.
    pub kept: usize,
    /// Most connections at a time.
    pub connections: usize,
}

impl Limits {
    /// For one person on their own machine.
    pub const ALONE: Limits = Limits {
        text: 1 << 20,
        nodes: 20_000_000,
        time: Duration::from_secs(600),
        kept: 1 << 30,
        connections: 512,
    };
    /// For many who share a machine.
    pub const SHARED: Limits = Limits {
        text: 1 << 20,
        nodes: 2_000_000,
        time: Duration::from_secs(60),
        kept: 1 << 29,
        connections: 2_048,
    };
}

/// Key of something that was worked out: the SHA-256 of all that it depends on.
pub type Key = [u8; 32];

/// A key of these parts.
pub fn key(parts: &[&[u8]]) -> Key {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part);
    }
    hash.finalize().into()
}

/// A story with its numbers.
pub struct Numbered {
    /// The story.
    pub story: Arc<Story>,
    /// Parameters that are set.
    pub pinned: Vec<(ParamId, f64)>,
    /// All numbers.
    pub settings: Settings,
    /// What tells it from others; none where it includes files, which may change.
    pub key: Option<Key>,
}

impl Numbered {
    /// As the line takes it.
    pub fn told(&self) -> Told<'_> {
        Told {
            story: &self.story,
            pinned: &self.pinned,
            settings: &self.settings,
        }
    }
}

/// A story that is solved.
pub struct Solved {
    /// The story with its numbers.
    pub numbered: Numbered,
    /// Its game.
    pub grown: Grown,
    /// How it is solved.
    pub solution: Solution,
    passes: OnceLock<Passes>,
}

impl Solved {
    /// A game with its solution.
    pub fn new(numbered: Numbered, grown: Grown, solution: Solution) -> Solved {
        Solved {
            numbered,
            grown,
            solution,
            passes: OnceLock::new(),
        }
    }

    /// Probabilities and values at all nodes.
    pub fn passes(&self) -> &Passes {
        let (expansion, profile) = (&self.grown.expansion, &self.solution.profile);
        self.passes.get_or_init(|| Passes::new(expansion, profile))
    }
}

/// What all requests share.
pub struct Desk {
    /// The served folder.
    pub folder: Folder,
    /// The file to open first.
    pub first: Option<String>,
    /// What outlives the server.
    pub store: Store,
    /// The page.
    pub assets: Assets,
    /// Who may ask.
    pub guard: Guard,
    /// Work that takes long.
    pub queue: Queue,
    /// What may be asked.
    pub limits: Limits,
    /// How much short work is done at a time.
    pub light: Arc<tokio::sync::Semaphore>,
    /// Sessions of play that are at work.
    pub sessions: Sessions,
    closing: watch::Sender<bool>,
    stories: Mutex<Memory<Key, Arc<Story>>>,
    solved: Mutex<Memory<Key, Arc<Solved>>>,
    answers: Mutex<Memory<Key, Arc<str>>>,
    slots: Mutex<HashMap<String, (u64, Arc<AtomicBool>)>>,
    counter: AtomicU64,
}

/// Bytes of texts whose stories are kept.
const STORIES: usize = 8 << 20;
/// Bytes of answers that are kept.
const ANSWERS: usize = 64 << 20;

impl Desk {
    /// A desk with nothing on it yet.
    pub fn new(
        folder: Folder,
        first: Option<String>,
        store: Store,
        assets: Assets,
        guard: Guard,
        queue: Queue,
        limits: Limits,
    ) -> Desk {
        Desk {
            folder,
            first,
            store,
            assets,
            guard,
            queue,
            limits,
            light: Arc::new(tokio::sync::Semaphore::new(2 * cores())),
            sessions: Sessions::default(),
            closing: watch::Sender::new(false),
            stories: Mutex::new(Memory::new(STORIES)),
            solved: Mutex::new(Memory::new(limits.kept)),
            answers: Mutex::new(Memory::new(ANSWERS)),
            slots: Mutex::default(),
            counter: AtomicU64::new(0),
        }
    }

    /// The server is about to end.
    pub fn close(&self) {
        self.closing.send_replace(true);
        self.queue.close();
    }

    /// Whether the server is about to end.
    pub fn is_closing(&self) -> bool {
        *self.closing.borrow()
    }

    /// Waits until the server is about to end.
    pub async fn ended(&self) {
        let _ = self.closing.subscribe().wait_for(|closing| *closing).await;
    }

    /// What a text of this name may include: files of the folder, if it is itself one of them.
    pub fn loader(&self, name: &str) -> &dyn Loader {
        match name.starts_with("library/") || name.starts_with("untitled/") {
            true => &NoFiles,
            false => &self.folder,
        }
    }

    /// The story of a text.
    ///
    /// # Errors
    /// It has mistakes.
    pub fn story(&self, name: &str, text: &str) -> Result<(Arc<Story>, Option<Key>), Fault> {
        let key = key(&[name.as_bytes(), text.as_bytes()]);
        if let Some(story) = lock(&self.stories).get(&key) {
            return Ok((story, Some(key)));
        }
        let path = path(name);
        let story = Arc::new(Story::told(Path::new(&path), text, self.loader(name))?);
        if story.sources.files().len() > 1 {
            return Ok((story, None));
        }
        lock(&self.stories).put(key, story.clone(), text.len() + 1);
        Ok((story, Some(key)))
    }

    /// The story of a text with these numbers set.
    ///
    /// # Errors
    /// The text has mistakes; a number that is not known, or makes no sense.
    pub fn numbered(
        &self,
        name: &str,
        text: &str,
        numbers: &std::collections::BTreeMap<String, f64>,
    ) -> Result<Numbered, Fault> {
        let (story, key_of_story) = self.story(name, text)?;
        let pinned = numbers.iter().map(|(name, value)| {
            let id = parameter(&story.scenario, name).map_err(Fault::Asked)?;
            Ok((id, *value))
        });
        let pinned: Vec<_> = pinned.collect::<Result<_, Fault>>()?;
        let settings = bound(&story, &pinned)?;
        let set: Vec<u8> = (pinned.iter())
            .flat_map(|(id, value)| [u64::from(id.0).to_le_bytes(), value.to_le_bytes()].concat())
            .collect();
        Ok(Numbered {
            story,
            pinned,
            settings,
            key: key_of_story.map(|story| key(&[&story, &set])),
        })
    }

    /// A story that was solved before, at this precision.
    pub fn known(&self, numbered: &Numbered, precision: Option<f64>) -> Option<Arc<Solved>> {
        let key = solved_key(numbered, precision)?;
        lock(&self.solved).get(&key)
    }

    /// Keeps a story that was solved.
    pub fn keep(&self, solved: &Arc<Solved>, precision: Option<f64>) {
        let Some(key) = solved_key(&solved.numbered, precision) else {
            return;
        };
        let (game, paths) = (&solved.grown.expansion.game, &solved.grown.expansion.paths);
        let points = solved.solution.path.len() * game.actions() * 16;
        let passes = game.nodes() * (game.players() + 2) * 8;
        let weight = game.bytes() + paths.bytes() + points + passes;
        lock(&self.solved).put(key, solved.clone(), weight);
    }

    /// An answer that was given before.
    pub fn answer(&self, key: &Key) -> Option<Arc<str>> {
        lock(&self.answers).get(key)
    }

    /// Keeps an answer.
    pub fn keep_answer(&self, key: Key, answer: &Arc<str>) {
        lock(&self.answers).put(key, answer.clone(), answer.len());
    }

    /// Takes a slot: whatever is at work in it is told to stop. What is given back is set once a newer request takes the
    /// slot.
    pub fn take(self: &Arc<Desk>, slot: Option<String>) -> Slot {
        let stop = Arc::new(AtomicBool::new(false));
        let number = self.counter.fetch_add(1, Ordering::Relaxed);
        if let Some(slot) = &slot {
            let taken = (number, stop.clone());
            if let Some((_, older)) = lock(&self.slots).insert(slot.clone(), taken) {
                older.store(true, Ordering::Relaxed);
            }
        }
        Slot {
            desk: self.clone(),
            name: slot,
            number,
            stop,
        }
    }
}

/// A slot that a request has taken.
pub struct Slot {
    desk: Arc<Desk>,
    name: Option<String>,
    number: u64,
    stop: Arc<AtomicBool>,
}

impl Slot {
    /// Whether a newer request has taken the slot.
    pub fn lost(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        if let Some(name) = &self.name {
            let mut slots = lock(&self.desk.slots);
            if slots
                .get(name)
                .is_some_and(|(number, _)| *number == self.number)
            {
                slots.remove(name);
            }
        }
    }
}

fn solved_key(numbered: &Numbered, precision: Option<f64>) -> Option<Key> {
    let precision = precision.map(f64::to_le_bytes);
    let precision = precision.as_ref().map_or(&[][..], |bytes| bytes);
    Some(key(&[&numbered.key?, precision]))
}

/// The path under which a text of this name is told: as the command names it.
fn path(name: &str) -> String {
    let name = name.strip_prefix("library/").unwrap_or(name);
    let name = name.strip_prefix("untitled/").unwrap_or(name);
    match name.ends_with(".detente") {
        true => name.to_owned(),
        false => format!("{name}.detente"),
    }
}

/// Processors at hand.
pub fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

/// What a mutex holds, even after a panic: everything behind it is whole at all times.
pub fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
