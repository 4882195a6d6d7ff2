//! Work on several threads, with a result that does not depend on how many there are.
//!
//! Arrays are cut into pieces, and every number is computed within one piece, from numbers that were complete
//! before and always in the same order. Where the cuts lie and which thread takes which piece then changes nothing.

use std::ops::Range;
use std::sync::Mutex;
use std::thread;

/// Pieces per thread, so that one that is held up leaves work to the others.
const PIECES: usize = 4;

/// How many threads share the work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Crew {
    threads: usize,
}

impl Crew {
    /// This many threads, at least one.
    pub(crate) fn new(threads: usize) -> Crew {
        Crew {
            threads: threads.max(1),
        }
    }

    /// Whether there is one thread only.
    pub(crate) fn alone(self) -> bool {
        self.threads == 1
    }

    /// Cuts a range into pieces of at least `grain`; a single one where that is not worth a thread.
    pub(crate) fn pieces(self, range: Range<usize>, grain: usize) -> Vec<Range<usize>> {
        if self.alone() || range.len() < 2 * grain {
            return vec![range];
        }
        let size = range.len().div_ceil(PIECES * self.threads).max(grain);
        range
            .clone()
            .step_by(size)
            .map(|from| from..(from + size).min(range.end))
            .collect()
    }

    /// Does all tasks.
    pub(crate) fn each<T: Send>(self, tasks: Vec<T>, work: impl Fn(T) + Sync) {
        let helpers = self.threads.min(tasks.len()).saturating_sub(1);
        if helpers == 0 {
            tasks.into_iter().for_each(work);
            return;
        }
        let queue = Mutex::new(tasks.into_iter());
        let next = || queue.lock().ok().and_then(|mut queue| queue.next());
        let labour = || {
            while let Some(task) = next() {
                work(task);
            }
        };
        thread::scope(|scope| {
            for _ in 0..helpers {
                scope.spawn(labour);
            }
            labour();
        });
    }
}

/// Cuts the first entries off a slice.
pub(crate) fn cut<'a, T>(slice: &mut &'a mut [T], length: usize) -> &'a mut [T] {
    let (first, rest) = std::mem::take(slice).split_at_mut(length);
    *slice = rest;
    first
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_cover_the_range_in_order() {
        for threads in [1, 2, 3, 8] {
            for length in [0, 1, 99, 100, 1000, 1001] {
                let pieces = Crew::new(threads).pieces(7..7 + length, 50);
                let all: Vec<usize> = pieces.into_iter().flatten().collect();
                assert!(all.into_iter().eq(7..7 + length));
            }
        }
    }

    #[test]
    fn every_task_is_done_once() {
        let mut done = vec![0; 1000];
        let tasks: Vec<&mut i32> = done.iter_mut().collect();
        Crew::new(3).each(tasks, |task| *task += 1);
        assert!(done.iter().all(|&count| count == 1));
    }
}
