//! Doing many independent things side by side.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use crate::explore::Progress;

/// What `work` makes of 0, 1, …, `count` − 1, in this order whatever the threads; none of what was not begun before
/// `progress` wanted to stop. Every thread hires one worker of its own for its `work`, which is to look at `stop` too.
pub(crate) fn side_by_side<W, T: Send + Clone>(
    count: usize,
    threads: usize,
    stop: &AtomicBool,
    progress: &Progress<'_>,
    hire: impl Fn() -> W + Sync,
    work: impl Fn(&mut W, usize) -> T + Sync,
) -> Vec<Option<T>> {
    let next = AtomicUsize::new(0);
    let done = AtomicUsize::new(0);
    let made = Mutex::new(vec![None; count]);
    let worker = || {
        let mut own = hire();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            if at >= count || stop.load(Ordering::Relaxed) {
                return;
            }
            let one = work(&mut own, at);
            if let Ok(mut made) = made.lock() {
                made[at] = Some(one);
            }
            let so_far = done.fetch_add(1, Ordering::Relaxed) + 1;
            if !progress(so_far, count) {
                stop.store(true, Ordering::Relaxed);
            }
        }
    };
    std::thread::scope(|scope| {
        for _ in 1..threads.clamp(1, count.max(1)) {
            scope.spawn(worker);
        }
        worker();
    });
    made.into_inner().unwrap_or_default()
}
