//! Play at a precision by backward substitution, where no belief hangs on a choice.
//!
//! If the nodes of every information set differ by draws alone, what an action is worth depends on later choices
//! only: the logit equation is triangular, one pass from the last decisions to the first solves it, and at every
//! precision it has one solution (backward induction with logit choices; McKelvey & Palfrey 1998, section 4). The
//! principal branch then need not be followed: any of its points can be computed by itself.

use std::sync::Arc;

use super::response::{Response, believe_at, choose_at};
use super::skeleton::{ROOT, Skeleton};
use super::solution::{Next, Progress, Solution};
use super::trace::{MAX_LAMBDA, SHARP, Trace};
use crate::Status;

/// Precision (of payoffs that span 1) that is looked at first on the way to the limit.
const FIRST: f64 = 1.0;
/// Factor from one precision to the next.
const STRIDE: f64 = 4.0;

/// A game whose beliefs are those that draws give, and the room to play it.
pub(super) struct Substitution {
    pub(super) skeleton: Arc<Skeleton>,
    pub(super) response: Response,
    /// Information sets by level.
    sets: Vec<u32>,
    /// Per level, and one more: its first information set in `sets`.
    first_set: Vec<usize>,
    /// Action values, less those of the first action, at one information set.
    v: Vec<f64>,
}

impl Substitution {
    /// None where some belief hangs on a choice.
    pub(super) fn new(skeleton: &Arc<Skeleton>) -> Option<Substitution> {
        let level = levels_of_sets(skeleton)?;
        let mut sets: Vec<u32> = (0..skeleton.sets() as u32).collect();
        sets.sort_by_key(|&set| level[set as usize]);
        let first_set = (0..=skeleton.levels())
            .map(|at| sets.partition_point(|&set| (level[set as usize] as usize) < at))
            .collect();
        let mut response = Response::new(skeleton);
        believe(skeleton, &mut response.belief);
        Some(Substitution {
            skeleton: Arc::clone(skeleton),
            response,
            sets,
            first_set,
            v: Vec::new(),
        })
    }

    /// Computes play, and what it is worth, at a precision; false where that is not finite.
    pub(super) fn play(&mut self, lambda: f64) -> bool {
        let skeleton = Arc::clone(&self.skeleton);
        for level in (0..skeleton.levels()).rev() {
            self.response.value_edges(&skeleton, level);
            for at in self.first_set[level]..self.first_set[level + 1] {
                self.choose(&skeleton, self.sets[at] as usize, lambda);
            }
            self.response.value_nodes(&skeleton, level);
        }
        self.response.value_root(&skeleton);
        self.response.root.iter().all(|x| x.is_finite())
    }

    /// What actions are worth at an information set, and the choice there.
    fn choose(&mut self, skeleton: &Skeleton, set: usize, lambda: f64) {
        let slots = skeleton.slots_of(set);
        let response = &mut self.response;
        response.value_actions(skeleton, set);
        let worth = &response.worth[slots.clone()];
        self.v.clear();
        self.v.extend(worth[1..].iter().map(|u| u - worth[0]));
        choose_at(
            &mut response.log_sigma[slots.clone()],
            &mut response.sigma[slots],
            &self.v,
            &skeleton.prior[skeleton.first_unknown(set)..],
            lambda,
        );
    }
}

/// The level of every information set; none where the nodes of one of them lie below different choices.
fn levels_of_sets(skeleton: &Skeleton) -> Option<Vec<u32>> {
    let mut level_of_node = vec![0u32; skeleton.nodes()];
    for level in 0..skeleton.levels() {
        level_of_node[skeleton.level(level)].fill(level as u32);
    }
    (0..skeleton.sets())
        .map(|set| {
            let (&first, others) = skeleton.members_of(set).split_first()?;
            let alike = |&other: &u32| same_choices(skeleton, first as usize, other as usize);
            others
                .iter()
                .all(alike)
                .then(|| level_of_node[first as usize])
        })
        .collect()
}

/// Whether the same actions at the same information sets lead to two nodes.
fn same_choices(skeleton: &Skeleton, mut a: usize, mut b: usize) -> bool {
    while a != b {
        if skeleton.slot_above(a) != skeleton.slot_above(b) {
            return false;
        }
        if skeleton.edge_above[a] == ROOT {
            return true;
        }
        (a, b) = (skeleton.above[a] as usize, skeleton.above[b] as usize);
    }
    true
}

/// Beliefs that follow from draws alone.
fn believe(skeleton: &Skeleton, belief: &mut [f64]) {
    let mut log_chance = skeleton.log_weight.clone();
    for node in 0..skeleton.nodes() {
        if skeleton.edge_above[node] != ROOT {
            log_chance[node] += log_chance[skeleton.above[node] as usize];
        }
    }
    let mut here = Vec::new();
    for set in 0..skeleton.sets() {
        let members = skeleton.members_of(set);
        here.clear();
        here.resize(members.len(), 0.0);
        believe_at(skeleton, members, &log_chance, &mut here);
        for (&node, &probability) in members.iter().zip(&here) {
            belief[node as usize] = probability;
        }
    }
}

/// Finds play at the precision asked for; or in the limit, at rising precision until nothing is left to sharpen.
pub(super) fn solve(
    mut trace: Trace<'_>,
    mut game: Substitution,
    progress: &mut dyn Progress,
) -> Solution {
    let (mut lambda, success) = match trace.goal() {
        Some(goal) => (goal, Status::PrecisionReached),
        None => (FIRST, Status::Converged),
    };
    let status = loop {
        if !game.play(lambda) {
            break Status::NumericalTrouble;
        }
        let gain = trace.gain(&game.skeleton, &game.response);
        let next = trace.tell(progress, lambda, gain);
        let good = success == Status::PrecisionReached || gain <= trace.options.tolerance;
        if success == Status::PrecisionReached || gain <= SHARP || (good && lambda > MAX_LAMBDA) {
            break success;
        }
        if lambda > MAX_LAMBDA {
            break Status::IterationLimit;
        }
        if next == Next::Stop {
            break Status::Interrupted;
        }
        if trace.late() {
            break Status::TimeLimit;
        }
        lambda *= STRIDE;
    };
    keep_path(&mut trace, &mut game, lambda);
    game.play(lambda);
    trace.substituted(&game, lambda, status)
}

/// Keeps as many points of the path as are wanted, evenly spread from random play to a precision.
fn keep_path(trace: &mut Trace<'_>, game: &mut Substitution, lambda: f64) {
    let between = trace.options.path_points.saturating_sub(1);
    for k in 0..between {
        let here = (lambda.ln_1p() * k as f64 / between as f64).exp_m1();
        if game.play(here) {
            trace.keep(here, &game.skeleton, &game.response);
        }
    }
}
