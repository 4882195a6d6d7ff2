//! Points of a design that are solved first and by themselves; the others start at the solutions of those near them.
//!
//! Which points these are, and so what comes of every point, depends on the design alone. A process solves an anchor when
//! a point of its own is near it, and then keeps its solution.

use std::sync::{Arc, Mutex, PoisonError};

use detente_language::eval::Settings;
use detente_solve::qre::Seed;

use crate::design::{Input, Points};
use crate::engine::{Answer, Point};

/// Points for each anchor. An anchor is a point too: solving it is no work lost.
const POINTS_PER_ANCHOR: u64 = 8;
/// Most numbers that are varied: of more of them, so few points as anchors are lie near no other.
const MOST_NUMBERS: usize = 16;
/// Most anchors: a process that solves some of the points only may have to solve them all.
const MOST: u64 = 256;
/// Most points among which anchors are chosen.
const CANDIDATES: u64 = 2_048;
/// The golden ratio, whose multiples lie evenly between whole numbers.
const GOLDEN: f64 = 1.618_033_988_749_895;
/// Anchors that a point tries, the nearest first.
const TRIED: usize = 4;

/// The anchors of a design.
#[derive(Debug, Default)]
pub struct Anchors {
    /// Per number: the ends of its values among the points.
    ends: Vec<(f64, f64)>,
    /// The best guesses in the unit cube.
    base: Vec<f64>,
    anchors: Vec<Anchor>,
}

/// A point that is solved by itself.
#[derive(Debug)]
pub(crate) struct Anchor {
    pub(crate) point: Point,
    /// The point in the unit cube.
    place: Vec<f64>,
    /// What is known of it.
    found: Mutex<Option<Arc<Found>>>,
}

/// What came of an anchor.
#[derive(Debug)]
pub(crate) struct Found {
    /// Its answer, or why it has none.
    pub(crate) answer: Result<Answer, String>,
    /// Its solution, if others can start there.
    pub(crate) start: Option<Seed>,
}

impl Anchors {
    /// The anchors of a design around best guesses: each is the point farthest from those before it, the first the one
    /// farthest from the best guesses (Gonzalez 1985), so that no point of the design is far from all of them. At most
    /// `most`, and none where there are few points or many numbers. Points with a precision of their own are left out.
    #[must_use]
    pub fn of(points: &Points, guesses: &Settings, most: u64) -> Anchors {
        let count = points.count();
        let wanted = (count / POINTS_PER_ANCHOR).min(MOST).min(most);
        if wanted == 0 || points.inputs().len() > MOST_NUMBERS {
            return Anchors::default();
        }
        let among = count.min(CANDIDATES);
        // Not evenly: every sixteenth point of a grid or of a Sobol' sequence lies in the same part of the cube.
        let at = |k: u64| match among == count {
            true => k,
            false => ((k as f64 * GOLDEN).fract() * count as f64) as u64,
        };
        let candidates: Vec<Point> = (0..among)
            .map(|k| points.point(at(k)))
            .filter(|point| point.precision.is_none())
            .collect();
        let varied = points.inputs().iter().filter_map(Input::parameter);
        let base = varied.map(|number| guesses.parameters[number.index()]);
        let base = base.collect();
        Anchors::among(candidates, base, wanted as usize)
    }

    fn among(candidates: Vec<Point>, base: Vec<f64>, wanted: usize) -> Anchors {
        let mut anchors = Anchors {
            ends: base.iter().map(|&value| (value, value)).collect(),
            ..Anchors::default()
        };
        for point in &candidates {
            for (ends, &(_, value)) in anchors.ends.iter_mut().zip(&point.overrides) {
                *ends = (ends.0.min(value), ends.1.max(value));
            }
        }
        let mut candidates: Vec<(Point, Vec<f64>, f64)> = candidates
            .into_iter()
            .map(|point| {
                let place = anchors.place(values(&point));
                (point, place, f64::INFINITY)
            })
            .collect();
        anchors.base = anchors.place(base.into_iter());
        let mut last = anchors.base.clone();
        for _ in 0..wanted {
            for (_, place, far) in &mut candidates {
                *far = far.min(distance(place, &last));
            }
            let farthest = (0..candidates.len()).reduce(|best, at| {
                match candidates[at].2 > candidates[best].2 {
                    true => at,
                    false => best,
                }
            });
            let Some(farthest) = farthest.filter(|&at| candidates[at].2 > 0.0) else {
                break;
            };
            let (point, place, _) = candidates.swap_remove(farthest);
            last.clone_from(&place);
            anchors.anchors.push(Anchor {
                point,
                place,
                found: Mutex::default(),
            });
        }
        anchors
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.anchors.is_empty()
    }

    /// Values in the unit cube.
    fn place(&self, values: impl Iterator<Item = f64>) -> Vec<f64> {
        let scaled = |(value, &(low, high)): (f64, &(f64, f64))| match high > low {
            true => (value - low) / (high - low),
            false => 0.0,
        };
        values.zip(&self.ends).map(scaled).collect()
    }

    /// The anchor that a point is; none if it is none.
    pub(crate) fn at(&self, point: &Point) -> Option<&Anchor> {
        self.anchors.iter().find(|anchor| anchor.point == *point)
    }

    /// The solutions near a point from which it can start, the nearest first; `base` is that of the best guesses. An anchor
    /// that is not known yet is solved by `solve`.
    ///
    /// # Errors
    /// Those of `solve`; it is asked again another time.
    pub(crate) fn near<E>(
        &self,
        point: &Point,
        base: &Seed,
        mut solve: impl FnMut(&Anchor) -> Result<Found, E>,
    ) -> Result<Vec<Seed>, E> {
        let place = self.place(values(point));
        let places = self.anchors.iter().map(|anchor| &anchor.place);
        let mut nearest: Vec<(f64, usize)> = places
            .chain([&self.base])
            .enumerate()
            .map(|(at, other)| (distance(other, &place), at))
            .collect();
        nearest.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        let mut starts = Vec::with_capacity(TRIED);
        for &(_, at) in nearest.iter().take(TRIED) {
            match self.anchors.get(at) {
                Some(anchor) => starts.extend(anchor.found(&mut solve)?.start.clone()),
                None => starts.push(base.clone()),
            }
        }
        Ok(starts)
    }
}

impl Anchor {
    /// What comes of it, found by the first who asks; others wait.
    ///
    /// # Errors
    /// Those of `solve`; it is asked again another time.
    pub(crate) fn found<E>(
        &self,
        solve: impl FnOnce(&Anchor) -> Result<Found, E>,
    ) -> Result<Arc<Found>, E> {
        let mut found = self.found.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(found) = &*found {
            return Ok(Arc::clone(found));
        }
        let new = Arc::new(solve(self)?);
        *found = Some(Arc::clone(&new));
        Ok(new)
    }
}

/// The values of a point.
fn values(point: &Point) -> impl Iterator<Item = f64> {
    point.overrides.iter().map(|&(_, value)| value)
}

/// The square of the distance of two places.
fn distance(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| (a - b) * (a - b)).sum()
}
