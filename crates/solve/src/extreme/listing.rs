//! From pairs of vertices to certified equilibria.

use std::collections::HashMap;

use detente_game::Game;
use detente_game::normal::Strategies;
use detente_game::rational::Rational;
use num_traits::Zero;

use super::polytope::{Polytope, behaviour};
use super::reverse::Bits;
use super::{Extreme, Form, subsets};
use crate::{Budget, Equilibria, Equilibrium, Status};

/// Extreme equilibria being listed.
pub(super) struct Listing<'a> {
    game: &'a Game,
    polytopes: &'a [Polytope; 2],
    most: usize,
    count: u128,
    extreme: [Vec<Vec<Rational>>; 2],
    /// Numbers of extreme strategies by vertex and the strategies that its positive atoms are put on.
    known: [HashMap<(usize, Vec<usize>), usize>; 2],
    pairs: Vec<(usize, usize)>,
}

impl<'a> Listing<'a> {
    pub(super) fn new(game: &'a Game, polytopes: &'a [Polytope; 2], most: usize) -> Listing<'a> {
        Listing {
            game,
            polytopes,
            most,
            count: 0,
            extreme: Default::default(),
            known: Default::default(),
            pairs: Vec::new(),
        }
    }

    /// Adds a pair of vertices, in all ways to put their atoms on strategies that are best responses.
    pub(super) fn add(&mut self, vertices: [(usize, &Bits); 2]) {
        let sides = [0, 1].map(|side| self.placements(vertices, side));
        let ways = sides.each_ref().map(|side| {
            let sizes = side.iter().map(|choice| choice.len() as u128);
            sizes.fold(1u128, u128::saturating_mul)
        });
        self.count = self.count.saturating_add(ways[0].saturating_mul(ways[1]));
        let mut first = Odometer::new(&sides[0]);
        while let Some(x) = first.next() {
            let mut second = Odometer::new(&sides[1]);
            while let Some(y) = second.next() {
                if self.pairs.len() >= self.most {
                    return;
                }
                let x = self.number(0, vertices[0], x.clone());
                let y = self.number(1, vertices[1], y);
                if let (Some(x), Some(y)) = (x, y) {
                    self.pairs.push((x, y));
                }
            }
        }
    }

    /// Per positive atom at a vertex: its strategies that are best responses to the other vertex. Realisation plans
    /// are not put on strategies.
    fn placements(&self, vertices: [(usize, &Bits); 2], side: usize) -> Vec<Vec<usize>> {
        let (own, other) = (&self.polytopes[side], &self.polytopes[1 - side]);
        let (zeros, answered) = (vertices[side].1, vertices[1 - side].1);
        if own.has_plans() {
            return Vec::new();
        }
        let answers = |atom: usize| {
            let all = own.strategies[atom].iter().copied();
            all.filter(|&s| other.is_response(answered, s)).collect()
        };
        own.played(zeros).map(answers).collect()
    }

    /// Number of an extreme strategy, which is new where it was not met before.
    fn number(&mut self, side: usize, vertex: (usize, &Bits), on: Vec<usize>) -> Option<usize> {
        if let Some(&number) = self.known[side].get(&(vertex.0, on.clone())) {
            return Some(number);
        }
        let own = &self.polytopes[side];
        let weights = own.weights(vertex.1)?;
        let strategy = if own.has_plans() {
            own.realisation(self.game, &weights)
        } else {
            let mut mixed = vec![Rational::zero(); self.polytopes[1 - side].constraint_of.len()];
            let positive = weights.into_iter().filter(|weight| !weight.is_zero());
            on.iter()
                .zip(positive)
                .for_each(|(&s, weight)| mixed[s] = weight);
            mixed
        };
        let number = self.extreme[side].len();
        self.extreme[side].push(strategy);
        self.known[side].insert((vertex.0, on), number);
        Some(number)
    }

    /// Certifies the equilibria, for as long as there is time, and tells how they hang together.
    pub(super) fn finish(
        mut self,
        strategies: Vec<Strategies>,
        mut stopped: Option<Status>,
        budget: &Budget<'_>,
    ) -> Extreme {
        let plans = self.polytopes[0].has_plans();
        let certified = |&(x, y): &(usize, usize)| {
            let both = [&self.extreme[0][x], &self.extreme[1][y]];
            let exact = behaviour(self.game, &strategies, both, plans).ok()?;
            Equilibrium::from_exact(self.game, exact)
        };
        let in_time = self
            .pairs
            .iter()
            .take_while(|_| !budget.late())
            .map(certified);
        let in_time: Vec<Option<Equilibrium>> = in_time.collect();
        if in_time.len() < self.pairs.len() {
            stopped = stopped.or(Some(Status::TimeLimit));
            self.pairs.truncate(in_time.len());
        }
        let mut listed: Vec<Equilibrium> = in_time.into_iter().flatten().collect();
        let all = listed.len() as u128 == self.count && stopped.is_none();
        let mut remarks = Vec::new();
        if plans {
            remarks.push("Extreme among realisation plans, of which each may stand for several extreme mixed strategies.".to_owned());
        }
        if (listed.len() as u128) < self.count {
            remarks.push(format!(
                "{} of {} extreme equilibria are listed.",
                listed.len(),
                self.count
            ));
        }
        let (mut components, mut nash) = (Vec::new(), Vec::new());
        if all {
            components = subsets::components(&self.pairs);
            let parts = components
                .iter()
                .map(|edges| subsets::maximal(&self.pairs, edges, self.most, budget));
            match parts.collect::<Option<Vec<_>>>() {
                Some(parts) => nash = parts.concat(),
                None => remarks.push("Maximal Nash subsets were not all found.".to_owned()),
            }
            for (number, edges) in components.iter().enumerate() {
                for &edge in edges {
                    listed[edge].remark = Some(format!("component {}", number + 1));
                }
            }
        }
        Extreme {
            found: Equilibria {
                complete: all,
                status: stopped.unwrap_or(Status::Complete),
                equilibria: listed,
                remarks,
                seconds: budget.seconds(),
            },
            count: self.count,
            strategies,
            form: if plans {
                Form::Sequence
            } else {
                Form::Strategic
            },
            extreme: self.extreme,
            pairs: self.pairs,
            subsets: nash,
            components,
        }
    }
}

/// All ways to take one from each list, the last changing fastest.
struct Odometer<'a> {
    lists: &'a [Vec<usize>],
    at: Vec<usize>,
    done: bool,
}

impl<'a> Odometer<'a> {
    fn new(lists: &'a [Vec<usize>]) -> Odometer<'a> {
        Odometer {
            lists,
            at: vec![0; lists.len()],
            done: lists.iter().any(Vec::is_empty),
        }
    }

    fn next(&mut self) -> Option<Vec<usize>> {
        if self.done {
            return None;
        }
        let taken = self.lists.iter().zip(&self.at).map(|(list, &at)| list[at]);
        let taken = taken.collect();
        self.done = true;
        for (place, list) in self.lists.iter().enumerate().rev() {
            if self.at[place] + 1 < list.len() {
                self.at[place] += 1;
                self.done = false;
                break;
            }
            self.at[place] = 0;
        }
        Some(taken)
    }
}
