//! Progress bars for everything that takes longer than a second, and Ctrl-C.

use std::io::IsTerminal;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use detente_line::whole::Stage;
use indicatif::{HumanCount, HumanDuration, ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Nothing shorter than this gets a bar.
const PATIENCE: Duration = Duration::from_secs(1);

static INTERRUPTED: AtomicBool = AtomicBool::new(false);
static ASKING: AtomicBool = AtomicBool::new(false);

/// From now on the first Ctrl-C asks to stop and keep what is done; the second, or one while an answer is waited for,
/// ends the program at once.
pub fn watch_interrupt() {
    // Without a handler Ctrl-C ends the program as usual, which is all that is lost.
    let _ = ctrlc::set_handler(|| {
        if INTERRUPTED.swap(true, Ordering::SeqCst) || ASKING.load(Ordering::SeqCst) {
            std::process::exit(crate::failure::LIMIT.into());
        }
    });
}

/// Tells whether an answer is waited for.
pub fn asking(asking: bool) {
    ASKING.store(asking, Ordering::SeqCst);
}

/// Whether Ctrl-C was pressed.
pub fn interrupted() -> bool {
    INTERRUPTED.load(Ordering::Relaxed)
}

/// A bar that appears after a second, if standard error is a terminal and nobody asked for quiet.
pub struct Meter {
    bar: ProgressBar,
    begun: Instant,
    visible: bool,
}

impl Meter {
    /// A bar for something that is counted, in units such as "nodes".
    pub fn counted(what: &str, unit: &str, quiet: bool) -> Meter {
        Meter::new(
            &format!(
                "{what} {{bar:24}} {{human_pos}} of about {{human_len}} {unit} · {{per_sec}} · {{eta}} left"
            ),
            quiet,
        )
    }

    /// A bar for something of which the number is known and whose pace is told by [`Meter::pace`].
    pub fn told(what: &str, unit: &str, quiet: bool) -> Meter {
        Meter::new(
            &format!("{what} {{bar:24}} {{human_pos}} of {{human_len}} {unit} · {{msg}}"),
            quiet,
        )
    }

    /// "512 a second · 3 failed · 2m left": of things done since the meter began, those left and those that failed.
    pub fn pace(&self, done: u64, left: u64, failed: u64) -> String {
        let seconds = self.begun.elapsed().as_secs_f64();
        let rate = done as f64 / seconds.max(1e-3);
        let mut words = match rate < 10.0 {
            true => format!("{rate:.1} a second"),
            false => format!("{} a second", HumanCount(rate as u64)),
        };
        if failed > 0 {
            words += &format!(" · {} failed", HumanCount(failed));
        }
        if rate > 0.0 {
            let left = Duration::try_from_secs_f64(left as f64 / rate).unwrap_or(Duration::MAX);
            words += &format!(" · {} left", HumanDuration(left));
        }
        words
    }

    /// A bar for something of which a share is done.
    pub fn share(what: &str, quiet: bool) -> Meter {
        Meter::new(
            &format!("{what} {{bar:24}} {{percent}} % · {{msg}} · {{eta}} left"),
            quiet,
        )
    }

    fn new(template: &str, quiet: bool) -> Meter {
        let bar = ProgressBar::with_draw_target(Some(1), ProgressDrawTarget::hidden());
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style.progress_chars("━╸ "));
        }
        let visible = !quiet && std::io::stderr().is_terminal();
        Meter {
            bar,
            begun: Instant::now(),
            visible,
        }
    }

    /// Shows how far it is.
    pub fn at(&self, done: u64, of: u64, message: String) {
        if !self.visible || self.begun.elapsed() < PATIENCE {
            return;
        }
        if self.bar.is_hidden() {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
        self.bar.set_length(of.max(done));
        self.bar.set_position(done);
        self.bar.set_message(message);
    }
}

/// One bar after the other for the stages of the whole line.
pub struct Stages {
    current: Mutex<Option<(Stage, Meter)>>,
    quiet: bool,
}

impl Stages {
    /// None shown yet.
    pub fn new(quiet: bool) -> Stages {
        Stages {
            current: Mutex::new(None),
            quiet,
        }
    }

    /// Shows how far a stage is, from any thread; `false` after Ctrl-C.
    pub fn at(&self, stage: Stage, done: f64, of: f64, words: &str) -> bool {
        // Whoever finds another thread at the bar goes on working.
        if let Ok(mut current) = self.current.try_lock() {
            if current.as_ref().is_none_or(|(shown, _)| *shown != stage) {
                // The old bar goes before the new one comes.
                *current = None;
                *current = Some((stage, self.meter(stage)));
            }
            if let Some((_, meter)) = current.as_ref() {
                let (done, of) = match stage {
                    Stage::Expanding | Stage::Doubting => (done, of),
                    Stage::Solving | Stage::Searching => (done.clamp(0.0, 1.0) * 1000.0, 1000.0),
                };
                meter.at(done as u64, of as u64, words.to_owned());
            }
        }
        !interrupted()
    }

    fn meter(&self, stage: Stage) -> Meter {
        match stage {
            Stage::Expanding => Meter::counted(stage.word(), "nodes", self.quiet),
            Stage::Doubting => Meter::counted(stage.word(), "re-solutions", self.quiet),
            Stage::Solving | Stage::Searching => Meter::share(stage.word(), self.quiet),
        }
    }
}

impl Drop for Meter {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
