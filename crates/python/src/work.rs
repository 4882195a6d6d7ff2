//! Long work on a thread of its own, watched by the thread that Python called from.

use std::any::Any;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::time::Duration;

use pyo3::prelude::*;

use crate::errors::DetenteError;

/// How often signals are looked for and progress is told.
const TICK: Duration = Duration::from_millis(50);
/// The stack of the working thread, as large as that of a program's first thread.
const STACK: usize = 8 << 20;

/// Where work says how far it is and hears whether to stop.
#[derive(Default)]
pub struct Desk {
    stop: AtomicBool,
    step: Mutex<Option<Step>>,
}

/// How far the work is: what is done, how much of it, out of how much, and a few words.
type Step = (&'static str, f64, f64, String);

impl Desk {
    /// Says how far the work is; whether to go on.
    pub fn at(&self, stage: &'static str, done: f64, of: f64, words: &str) -> bool {
        // Whoever finds it taken need not wait: the next step is as good.
        if let Ok(mut step) = self.step.try_lock() {
            *step = Some((stage, done, of, words.to_owned()));
        }
        !self.stop.load(Ordering::Relaxed)
    }

    fn news(&self) -> Option<Step> {
        self.step.lock().ok()?.take()
    }
}

/// Does some work while Python is let go. Several times a second `progress` is called with the last step, and signals are
/// looked for; an exception of either stops the work and is raised when it has stopped.
///
/// # Errors
/// Such an exception, or a panic of the work as a `DetenteError`.
pub fn watched<T: Send>(
    py: Python<'_>,
    progress: Option<Py<PyAny>>,
    work: impl FnOnce(&Desk) -> T + Send,
) -> PyResult<T> {
    let desk = Desk::default();
    py.detach(|| {
        std::thread::scope(|scope| {
            let (alive, ended) = sync_channel::<()>(1);
            let desk = &desk;
            let worker =
                std::thread::Builder::new()
                    .stack_size(STACK)
                    .spawn_scoped(scope, move || {
                        // Dropped when the work ends, in whatever way.
                        let _alive = alive;
                        work(desk)
                    })?;
            let mut raised = None;
            while let Err(RecvTimeoutError::Timeout) = ended.recv_timeout(TICK) {
                let told = Python::attach(|py| tell(py, desk, progress.as_ref()));
                if let (Err(error), None) = (told, &raised) {
                    desk.stop.store(true, Ordering::Relaxed);
                    raised = Some(error);
                }
            }
            match (worker.join(), raised) {
                (_, Some(error)) => Err(error),
                (Ok(found), None) => Ok(found),
                (Err(panic), None) => Err(bug(panic.as_ref())),
            }
        })
    })
}

fn tell(py: Python<'_>, desk: &Desk, progress: Option<&Py<PyAny>>) -> PyResult<()> {
    py.check_signals()?;
    if let (Some(progress), Some(step)) = (progress, desk.news()) {
        progress.call1(py, step)?;
    }
    Ok(())
}

fn bug(panic: &(dyn Any + Send)) -> PyErr {
    let words = (panic.downcast_ref::<&str>().copied())
        .or_else(|| panic.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("no reason is known");
    DetenteError::new_err(format!(
        "this should not have happened, and is a mistake of Detente: {words}"
    ))
}
