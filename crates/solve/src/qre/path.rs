//! The points of the path that are kept: a bounded number, spread evenly in t = ln(1 + λ).

use detente_game::{Game, Profile};

use super::solution::PathPoint;
use crate::certificate::relative_gains;

/// Points kept so far. When there are twice as many as wanted, every other one is dropped and the spacing
/// doubles, so that memory stays bounded however long the branch is.
pub(super) struct Path {
    wanted: usize,
    spacing: f64,
    kept: Vec<(f64, Profile)>,
}

/// Spacing in t to begin with.
const FIRST_SPACING: f64 = 0.01;

impl Path {
    pub(super) fn new(wanted: usize) -> Path {
        Path {
            wanted,
            spacing: FIRST_SPACING,
            kept: Vec::new(),
        }
    }

    /// Keeps a point if it is far enough from the last one.
    pub(super) fn visit(&mut self, lambda: f64, profile: impl FnOnce() -> Profile) {
        if self.wanted == 0 {
            return;
        }
        let near = |last: f64, spacing: f64| (lambda.ln_1p() - last.ln_1p()).abs() < spacing;
        if self
            .kept
            .last()
            .is_some_and(|&(last, _)| near(last, self.spacing))
        {
            return;
        }
        self.kept.push((lambda, profile()));
        while self.kept.len() > 2 * self.wanted.max(2) {
            self.spacing *= 2.0;
            self.thin();
        }
    }

    fn thin(&mut self) {
        let spacing = self.spacing;
        let mut last = f64::NEG_INFINITY;
        self.kept.retain(|&(lambda, _)| {
            let t = lambda.ln_1p();
            let far = (t - last).abs() >= spacing;
            if far {
                last = t;
            }
            far
        });
    }

    /// The points, the end of the path last.
    pub(super) fn points(mut self, game: &Game, lambda: f64, end: &Profile) -> Vec<PathPoint> {
        if self.wanted == 0 {
            return Vec::new();
        }
        if self.kept.last().is_none_or(|&(last, _)| last != lambda) {
            self.kept.push((lambda, end.clone()));
        } else if let Some(last) = self.kept.last_mut() {
            last.1 = end.clone();
        }
        let (count, wanted) = (self.kept.len(), self.wanted.max(2));
        let chosen: Vec<usize> = if count <= wanted {
            (0..count).collect()
        } else {
            (0..wanted)
                .map(|k| k * (count - 1) / (wanted - 1))
                .collect()
        };
        let kept = self.kept.into_iter().enumerate();
        let (lambdas, profiles): (Vec<f64>, Vec<Profile>) = kept
            .filter(|(at, _)| chosen.binary_search(at).is_ok())
            .map(|(_, point)| point)
            .unzip();
        let gains = relative_gains(game, &profiles.iter().collect::<Vec<_>>());
        let points = lambdas.into_iter().zip(profiles).zip(gains);
        let point = |((lambda, profile), relative_gain)| PathPoint {
            lambda,
            relative_gain,
            profile,
        };
        points.map(point).collect()
    }
}
