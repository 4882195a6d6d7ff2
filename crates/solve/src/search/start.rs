//! One start: what a random prior, a random lean and a few random supports lead to.

use detente_game::{Game, Profile};
use rand::RngExt;
use rand_pcg::Pcg64;

use super::Kind;
use super::catalogue::{Candidate, Standard};
use super::curve::{Course, Curve};
use super::response::Response;
use super::support::{Isolation, polish};

/// Precision from which on the way up settles on an equilibrium near by.
const SETTLE_FROM: f64 = 100.0;
/// Farthest that an equilibrium may lie from the branch that settles on it.
const SETTLE_WITHIN: f64 = 0.05;
/// The same times the precision, where other equilibria lie arbitrarily near.
const SETTLE_IN_CONTINUUM: f64 = 30.0;
/// Precision beyond which doubles cannot tell actions apart.
const MOST_PRECISION: f64 = 1e9;
/// Most steps along a curve.
const MOST_STEPS: usize = 3_000;
/// With more actions than this the graph over a lean is followed for fewer steps, so that it costs no more.
const FEW_ACTIONS: usize = 30;
/// Least and most precision at which the graph over a lean is followed.
const LEAN_PRECISION: (f64, f64) = (20.0, 500.0);
/// A lean this strong, as a multiple of the payoff range, decides alone.
const STRONG: f64 = 3.0;

/// How a start came to an equilibrium.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Way {
    /// Tracing from the start's prior to the limit of precision.
    Prior,
    /// Along the graph over the start's lean.
    Lean,
    /// Newton's method on one of the start's supports.
    Support,
}

/// The ways of one start.
pub(super) struct Start<'a> {
    response: &'a Response<'a>,
    standard: Standard,
    /// Asked before every step whether to go on.
    go_on: &'a dyn Fn() -> bool,
    /// What was found, in the order of finding.
    pub(super) found: Vec<(Way, Candidate)>,
}

impl<'a> Start<'a> {
    pub(super) fn new(
        response: &'a Response<'a>,
        standard: Standard,
        go_on: &'a dyn Fn() -> bool,
    ) -> Start<'a> {
        Start {
            response,
            standard,
            go_on,
            found: Vec::new(),
        }
    }

    /// Follows the branch from the prior that plays everything alike: the principal branch.
    pub(super) fn even_prior(&mut self) {
        self.prior(&vec![0.0; self.response.game.actions()]);
    }

    /// Follows the branch from a prior that is drawn uniformly from the simplex of every information set.
    pub(super) fn random_prior(&mut self, random: &mut Pcg64) {
        let actions = 0..self.response.game.actions();
        let lean: Vec<f64> = actions.map(|_| exponential(random).ln()).collect();
        self.prior(&lean);
    }

    fn prior(&mut self, lean: &[f64]) {
        let Some(prior) = self.response.softmax(lean) else {
            return;
        };
        let v = self.response.worth(&prior).u;
        let course = Course::Precision(1.0);
        let found = Curve::begin(self.response, lean, course, v, 0.0, 1.0)
            .and_then(|curve| self.upward(curve, SETTLE_WITHIN));
        self.found
            .extend(found.map(|candidate| (Way::Prior, candidate)));
    }

    /// Follows the graph over a lean that at first favours a random action of every information set, and in the
    /// end its opposite.
    pub(super) fn random_lean(&mut self, random: &mut Pcg64) {
        let game = self.response.game;
        let mut lean: Vec<f64> = (0..game.actions())
            .map(|_| -random.random::<f64>())
            .collect();
        for set in 0..game.sets() {
            let favourite = random.random_range(game.slots(set));
            lean[favourite] = 1.0;
        }
        let (low, high) = LEAN_PRECISION;
        let lambda = low * (high / low).powf(random.random());
        for v in self.crossings(&lean, lambda) {
            let found = self.settled_from(v, lambda);
            self.found
                .extend(found.map(|candidate| (Way::Lean, candidate)));
            if !(self.go_on)() {
                return;
            }
        }
    }

    /// Values of the logit equilibria of precision λ through which the graph passes.
    fn crossings(&self, lean: &[f64], lambda: f64) -> Vec<Vec<f64>> {
        let mut crossings = Vec::new();
        let Some(v) = self.values_under(lean, lambda) else {
            return crossings;
        };
        let course = Course::Lean(lambda);
        let Some(mut curve) = Curve::begin(self.response, lean, course, v, STRONG, -1.0) else {
            return crossings;
        };
        let actions = lean.len().max(FEW_ACTIONS);
        let steps = MOST_STEPS * FEW_ACTIONS.pow(2) / actions.pow(2);
        for _ in 0..steps {
            let (before, theta) = (curve.values().to_vec(), curve.theta());
            if !(self.go_on)() || theta.abs() > STRONG + 1.0 || curve.advance().is_none() {
                break;
            }
            if (theta > 0.0) != (curve.theta() > 0.0) {
                crossings.extend(curve.crossing(&before, theta, 0.0));
            }
            if curve.theta() < -STRONG {
                break;
            }
        }
        crossings
    }

    /// Values where the lean decides nearly alone, by repeated responses.
    fn values_under(&self, lean: &[f64], lambda: f64) -> Option<Vec<f64>> {
        let mut v = vec![0.0; lean.len()];
        for _ in 0..self.response.game.depth().clamp(4, 40) {
            let exponents = v.iter().zip(lean).map(|(v, g)| lambda * (v + STRONG * g));
            let profile = self.response.softmax(&exponents.collect::<Vec<_>>())?;
            v = self.response.worth(&profile).u;
        }
        Some(v)
    }

    /// The equilibrium that a logit equilibrium leads to.
    fn settled_from(&self, v: Vec<f64>, lambda: f64) -> Option<Candidate> {
        let exponents: Vec<f64> = v.iter().map(|v| lambda * v).collect();
        let profile = self.response.softmax(&exponents)?;
        let here = self.standard.settled(self.response, &profile);
        if here.as_ref().is_some_and(|here| here.sequential) {
            return here;
        }
        let (course, theta) = (Course::Precision(0.0), lambda.ln_1p());
        let lean = vec![0.0; v.len()];
        let curve = Curve::begin(self.response, &lean, course, v, theta, 1.0)?;
        self.upward(curve, SETTLE_WITHIN).or(here)
    }

    /// Follows a curve of precision up until an equilibrium is near that is rational off the path; else gives the
    /// last one that was near.
    fn upward(&self, mut curve: Curve<'_>, within: f64) -> Option<Candidate> {
        let mut next = SETTLE_FROM;
        let mut threat = None;
        for _ in 0..MOST_STEPS {
            if !(self.go_on)() || curve.lambda() > MOST_PRECISION {
                break;
            }
            let lost = curve.advance().is_none();
            if lost || curve.lambda() > next {
                next = 3.0 * curve.lambda();
                let found = self.near(curve.lambda(), curve.profile()?, within);
                if found.as_ref().is_some_and(|found| found.sequential) {
                    return found;
                }
                threat = found.or(threat);
                if lost {
                    break;
                }
            }
        }
        threat
    }

    /// The equilibrium near a profile of precision λ.
    fn near(&self, lambda: f64, profile: Profile, within: f64) -> Option<Candidate> {
        let near = |found: &Candidate| {
            let within = match found.isolation {
                Isolation::Isolated => within,
                _ => within.min(SETTLE_IN_CONTINUUM / lambda),
            };
            found.distance(self.response.game, &profile) <= within
        };
        let settled = self.standard.settled(self.response, &profile);
        settled.filter(near).or_else(|| {
            // Nothing that Newton's method could sharpen: the judge is content, but who knows what is near.
            let mut blunt = self.standard.judged(self.response, profile.clone())?;
            if blunt.isolation == Isolation::Isolated {
                blunt.isolation = Isolation::Tied;
            }
            Some(blunt)
        })
    }

    /// Looks for an equilibrium on a support, beginning at a random point inside it: first with all information sets
    /// indifferent between what they play, then with those only to which play leads, so that others may threaten.
    pub(super) fn support(&mut self, plays: &[bool], random: &mut Pcg64) {
        let Some(inside) = point_inside(self.response.game, plays, random) else {
            return;
        };
        let attempts = [false, true].into_iter().take(match self.standard.kind {
            Kind::Nash => 2,
            Kind::Sequential => 1,
        });
        let found = attempts
            .filter_map(|reached_only| polish(self.response, &inside, plays, reached_only))
            .find_map(|profile| self.standard.judged(self.response, profile));
        self.found
            .extend(found.map(|candidate| (Way::Support, candidate)));
    }
}

/// A random point of a support; what is not played is never played.
fn point_inside(game: &Game, plays: &[bool], random: &mut Pcg64) -> Option<Profile> {
    let mut weights: Vec<f64> = plays
        .iter()
        .map(|&played| if played { exponential(random) } else { 0.0 })
        .collect();
    for set in 0..game.sets() {
        let here = &mut weights[game.slots(set)];
        let sum: f64 = here.iter().sum();
        here.iter_mut().for_each(|weight| *weight /= sum);
    }
    Profile::from_probabilities(game, weights).ok()
}

/// A random support: at every information set a uniformly drawn set of actions that is not empty.
pub(super) fn random_support(game: &Game, random: &mut Pcg64) -> Vec<bool> {
    let mut plays: Vec<bool> = (0..game.actions()).map(|_| random.random()).collect();
    for set in 0..game.sets() {
        let slots = game.slots(set);
        while !plays[slots.clone()].contains(&true) {
            plays[slots.clone()].fill_with(|| random.random());
        }
    }
    plays
}

/// The number of supports, if it is not above a limit.
pub(super) fn supports(game: &Game, limit: u64) -> Option<u64> {
    (0..game.sets()).try_fold(1_u64, |product, set| {
        let actions = u32::try_from(game.slots(set).len()).ok()?;
        let here = 1_u64.checked_shl(actions)?.checked_sub(1)?;
        product
            .checked_mul(here)
            .filter(|&supports| supports <= limit)
    })
}

/// Support number `number`, in the mixed radix of the information sets' numbers of supports.
pub(super) fn numbered_support(game: &Game, mut number: u64) -> Vec<bool> {
    let mut plays = vec![false; game.actions()];
    for set in 0..game.sets() {
        let slots = game.slots(set);
        let here = (1_u64 << slots.len()) - 1;
        let chosen = number % here + 1;
        number /= here;
        for (bit, slot) in slots.enumerate() {
            plays[slot] = chosen >> bit & 1 == 1;
        }
    }
    plays
}

/// A number drawn from the exponential distribution, positive.
pub(super) fn exponential(random: &mut Pcg64) -> f64 {
    let open: f64 = 1.0 - random.random::<f64>();
    (-open.ln()).max(1e-12)
}
