//! All sequential equilibria in pure behaviour strategies.
//!
//! Choices are decided from the end of the game backwards, so that what each action leads to is known when it is
//! chosen; a choice that is optimal under no beliefs at all is dropped at once. Whether *consistent* beliefs support a
//! complete profile is decided in [`super::beliefs`].

use detente_game::rational::{Rational, nearest};
use detente_game::{Game, order, passes};
use num_bigint::BigInt;
use num_traits::{Signed, Zero};

use super::beliefs::{Verdict, judge};
use super::bounds::{Bounds, OPEN};
use super::feasible::System;
use super::{Options, nash, pure_profile};
use crate::equilibria::forgetful;
use crate::weighted::{Weighted, chance_reach, weighted};
use crate::{Budget, Equilibria, Equilibrium, Status, Unfit, need_recall};

/// The sequential equilibria that were found.
#[derive(Clone, Debug)]
pub struct Sequential {
    /// The equilibria.
    pub found: Equilibria,
    /// Per equilibrium: beliefs that support it, one per place in [`Game::members`].
    pub beliefs: Vec<Vec<Rational>>,
    /// Per equilibrium: the largest gain of any action at any information set under these beliefs, in payoff units.
    pub largest_gains: Vec<f64>,
    /// Profiles (action per information set) of which it is not decided whether consistent beliefs support them.
    pub undecided: Vec<Vec<u16>>,
}

/// All sequential equilibria in pure behaviour strategies, each with beliefs that support it.
///
/// # Errors
/// [`Unfit::Recall`] where a player forgets.
pub fn sequential(
    game: &Game,
    options: &Options,
    budget: &Budget<'_>,
) -> Result<Sequential, Unfit> {
    need_recall(game, "pure")?;
    let (weighted, _) = weighted(game);
    let mut search = Backward::new(game, &weighted)?;
    let mut result = Sequential {
        found: Equilibria {
            status: Status::Complete,
            complete: true,
            equilibria: Vec::new(),
            remarks: Vec::new(),
            seconds: 0.0,
        },
        beliefs: Vec::new(),
        largest_gains: Vec::new(),
        undecided: Vec::new(),
    };
    // Sequential equilibria are Nash equilibria. Where those are few, each fixes most choices beforehand.
    let nash = nash(game, FEW, false, budget)?;
    if let Some(status) = nash.stopped {
        result.found.status = status;
    } else if nash.count > nash.profiles.len() as u128 {
        search.collect(&mut result, options.most, budget);
    } else {
        for profile in nash.profiles {
            search.fixed = profile;
            search.collect(&mut result, options.most, budget);
        }
    }
    if !result.undecided.is_empty() {
        let open = result.undecided.len();
        result.found.remarks.push(format!(
            "Of {open} further profiles it is not decided whether consistent beliefs support them."
        ));
    }
    result.found.complete = result.found.status == Status::Complete && result.undecided.is_empty();
    result.found.seconds = budget.seconds();
    Ok(result)
}

/// Whether a pure behaviour profile (action per information set, from 0) is a sequential equilibrium.
///
/// # Errors
/// [`Unfit::Recall`] where a player forgets.
pub fn verdict(game: &Game, actions: &[u16], budget: &Budget<'_>) -> Result<Verdict, Unfit> {
    need_recall(game, "pure")?;
    let (weighted, _) = weighted(game);
    let mut bounds = Bounds::new(game, &weighted).map_err(|set| forgetful(game, "pure", set))?;
    bounds.at_most(actions);
    Ok(judge(
        game,
        actions,
        bounds.values(),
        &chance_reach(game),
        budget,
    ))
}

/// So many Nash equilibria are few.
const FEW: usize = 1000;

fn words(result: &Sequential) -> String {
    format!("{} sequential equilibria so far", result.beliefs.len())
}

/// Search over profiles from the end of the game backwards.
struct Backward<'a> {
    game: &'a Game,
    bounds: Bounds<'a, BigInt>,
    chance: Vec<Rational>,
    /// Information sets, latest first.
    order: Vec<usize>,
    /// Whether everything below an information set comes earlier in `order`.
    timeable: bool,
    /// Choices that every profile is to have, [`OPEN`] for none.
    fixed: Vec<u16>,
    depth: usize,
    actions: Vec<u16>,
}

impl<'a> Backward<'a> {
    fn new(game: &'a Game, weighted: &'a Weighted<BigInt>) -> Result<Backward<'a>, Unfit> {
        let schedule = order::schedule(game);
        let latest_first = schedule.order.iter().rev();
        Ok(Backward {
            game,
            bounds: Bounds::new(game, weighted).map_err(|set| forgetful(game, "pure", set))?,
            chance: chance_reach(game),
            order: latest_first.map(|&set| set as usize).collect(),
            timeable: schedule.timeable,
            fixed: vec![OPEN; game.sets()],
            depth: 0,
            actions: vec![OPEN; game.sets()],
        })
    }

    /// Searches through all profiles with the fixed choices.
    fn collect(&mut self, result: &mut Sequential, most: usize, budget: &Budget<'_>) {
        let mut more = true;
        while more && result.found.status == Status::Complete {
            if let Some(status) = budget.spent(None, &words(result)) {
                result.found.status = status;
            } else if !self.complete() {
                more = self.deeper();
            } else if result.beliefs.len() < most {
                self.judge_into(result, budget);
                more = self.elsewhere();
            } else {
                result.found.status = Status::IterationLimit;
            }
        }
    }

    fn complete(&self) -> bool {
        self.depth == self.order.len()
    }

    /// Decides one information set more, or goes on elsewhere; whether there is anything left.
    fn deeper(&mut self) -> bool {
        let set = self.order[self.depth];
        match self.optimal_from(set, 0) {
            Some(action) => {
                self.actions[set] = action;
                self.depth += 1;
                true
            }
            None => self.elsewhere(),
        }
    }

    /// Goes on to the next choice of the last information set that has one; whether there is any.
    fn elsewhere(&mut self) -> bool {
        while self.depth > 0 {
            let set = self.order[self.depth - 1];
            if let Some(action) = self.optimal_from(set, self.actions[set] + 1) {
                self.actions[set] = action;
                return true;
            }
            self.actions[set] = OPEN;
            self.depth -= 1;
        }
        false
    }

    /// The first action from a number on that is optimal under some beliefs.
    fn optimal_from(&mut self, set: usize, from: u16) -> Option<u16> {
        self.bounds.at_most(&self.actions);
        let mut candidates = from..self.game.slots(set).len() as u16;
        let fixed = self.fixed[set];
        candidates.find(|&action| {
            (fixed == OPEN || fixed == action)
                && (!self.timeable || self.optimal_somewhere(set, action))
        })
    }

    /// Whether an action is optimal under some weights of the nodes of its information set.
    fn optimal_somewhere(&self, set: usize, action: u16) -> bool {
        let (game, values) = (self.game, self.bounds.values());
        let player = usize::from(game.set_player()[set]);
        let worth = |child: usize| &values[child * game.players() + player];
        let nodes = &game.members()[game.member_range(set)];
        let more: Vec<Vec<BigInt>> = nodes
            .iter()
            .filter(|&&node| !self.chance[node as usize].is_zero())
            .map(|&node| {
                let children = game.children(node as usize);
                let chosen = worth(children.start + usize::from(action));
                children.map(|child| chosen - worth(child)).collect()
            })
            .collect();
        if more.is_empty() || more.iter().any(|row| row.iter().all(|d| !d.is_negative())) {
            return true;
        }
        let mut system = System::new(more.len());
        for other in 0..game.slots(set).len() {
            let column = more
                .iter()
                .map(|row| Rational::from_integer(row[other].clone()));
            system.at_least(column.collect(), Rational::zero());
        }
        system.at_least(
            more.iter()
                .map(|_| Rational::from_integer(1.into()))
                .collect(),
            Rational::from_integer(1.into()),
        );
        system.solution().is_some()
    }

    /// Judges the complete profile and keeps it where it is one of those sought, or not decided.
    fn judge_into(&mut self, result: &mut Sequential, budget: &Budget<'_>) {
        let game = self.game;
        self.bounds.at_most(&self.actions);
        match judge(
            game,
            &self.actions,
            self.bounds.values(),
            &self.chance,
            budget,
        ) {
            Verdict::NotSequential => {}
            Verdict::Undecided => result.undecided.push(self.actions.clone()),
            Verdict::Sequential { beliefs } => {
                let profile = pure_profile(game, &self.actions);
                let Some(equilibrium) = Equilibrium::from_exact(game, profile) else {
                    return;
                };
                result
                    .largest_gains
                    .push(largest_gain(game, &equilibrium, &beliefs));
                result.found.equilibria.push(equilibrium);
                result.beliefs.push(beliefs);
            }
        }
    }
}

/// The largest gain at any information set, under given beliefs.
fn largest_gain(game: &Game, equilibrium: &Equilibrium, beliefs: &[Rational]) -> f64 {
    let beliefs: Vec<f64> = beliefs.iter().map(nearest).collect();
    let values = passes::values(game, &equilibrium.profile);
    let worth = passes::action_values(game, &beliefs, &values);
    let gain = |set: usize| {
        let here = &worth[game.slots(set)];
        let mixture = here.iter().zip(equilibrium.profile.at(game, set));
        let value: f64 = mixture.map(|(worth, p)| worth * p).sum();
        here.iter().copied().fold(f64::NEG_INFINITY, f64::max) - value
    };
    (0..game.sets()).map(gain).fold(0.0, f64::max)
}
