//! Whether consistent beliefs support a pure behaviour profile.
//!
//! Beliefs are consistent if they are limits of those of completely mixed profiles that approach the profile
//! (Kreps & Wilson 1982). With a pure profile each action a that is not chosen is a mistake of probability
//! w_a·ε^{c_a}, and trembles of this form suffice: if the limits of ratios of products of mistakes are 0, positive or
//! infinite as they are, then by Farkas' lemma there are costs c > 0 that order the nodes of every information set
//! in the same way, and weights w with the same limits (Kreps & Wilson 1982, appendix; Streufert 2015 for the
//! additive representation). A node's belief is positive if its cost, the sum of c over the mistakes on its path, is
//! smallest in its information set; it is then proportional to the product of the w, times chance.
//!
//! So the question splits in two: which nodes carry belief, a linear question about costs, and in which
//! proportion. The proportions at different information sets are free of each other where the differences
//! of their nodes' mistakes are linearly independent, and the same where the differences are the same; then
//! linear inequalities decide. Otherwise equal weights are tried, and failing these the case stays undecided.

use std::collections::BTreeMap;

use detente_game::Game;
use detente_game::rational::Rational;
use num_bigint::BigInt;
use num_traits::{One, Signed, Zero};

use super::feasible::System;
use crate::Budget;

/// The most supports of one information set that are looked at, as bundles of nodes: 2¹⁰.
const MOST_BUNDLES: usize = 10;

/// Whether a pure profile is a sequential equilibrium.
#[derive(Clone, Debug, PartialEq)]
pub enum Verdict {
    /// It is, with these beliefs: one per place in [`Game::members`], summing to 1 at every information set.
    Sequential {
        /// The beliefs.
        beliefs: Vec<Rational>,
    },
    /// It is not: no consistent beliefs make every choice optimal.
    NotSequential,
    /// Not decided: the proportions of beliefs at several information sets hang together in a way that is not
    /// linear, or the search was cut short.
    Undecided,
}

/// Nodes of an information set that the same mistakes lead to, so that their relative beliefs come from chance alone.
#[derive(Clone, Debug)]
struct Bundle {
    /// Slots of the actions on the path that are not chosen, ascending.
    mistakes: Vec<u32>,
    /// Per action: what the chosen one gives more, summed over the nodes, weighted by chance.
    more: Vec<Rational>,
}

/// An information set and the bundles that can carry belief.
struct Place {
    set: usize,
    bundles: Vec<Bundle>,
}

/// Which bundles carry belief at a place, as numbers.
type Support = Vec<usize>;

struct Judge<'a> {
    places: Vec<Place>,
    /// Per place: supports for which the choice can be optimal, small ones first.
    supports: Vec<Vec<Support>>,
    /// Number of a mistake among the unknown costs.
    cost_of: BTreeMap<u32, usize>,
    budget: &'a Budget<'a>,
    undecided: bool,
}

/// Judges a profile, given the values (times the chance of its node, a row of players per node) that it leads
/// to and the probability of chance to reach each node.
pub(super) fn judge(
    game: &Game,
    actions: &[u16],
    values: &[BigInt],
    chance: &[Rational],
    budget: &Budget<'_>,
) -> Verdict {
    let mistakes = mistakes(game, actions);
    let mut places = Vec::new();
    for set in 0..game.sets() {
        let bundles = bundles(game, set, actions, values, &mistakes, chance);
        places.push(Place { set, bundles });
    }
    let Some(weights) = Judge::new(places, budget).map(Judge::decide) else {
        return Verdict::NotSequential;
    };
    match weights {
        Ok(Some(weights)) => Verdict::Sequential {
            beliefs: beliefs(game, &weights, &mistakes, chance),
        },
        Ok(None) => Verdict::NotSequential,
        Err(()) => Verdict::Undecided,
    }
}

/// Per node: slots of the actions on its path that the profile does not choose.
fn mistakes(game: &Game, actions: &[u16]) -> Vec<Vec<u32>> {
    let mut mistakes: Vec<Vec<u32>> = vec![Vec::new(); game.nodes()];
    for node in 0..game.nodes() {
        let set = game.set()[node] as usize;
        for (k, child) in game.children(node).enumerate() {
            let mut path = mistakes[node].clone();
            if set < game.sets() && usize::from(actions[set]) != k {
                path.push(game.first_slot()[node] + k as u32);
            }
            mistakes[child] = path;
        }
    }
    mistakes.iter_mut().for_each(|path| path.sort_unstable());
    mistakes
}

/// The bundles of an information set, without those that take strictly more mistakes than another.
fn bundles(
    game: &Game,
    set: usize,
    actions: &[u16],
    values: &[BigInt],
    mistakes: &[Vec<u32>],
    chance: &[Rational],
) -> Vec<Bundle> {
    let player = usize::from(game.set_player()[set]);
    let mut grouped: BTreeMap<&Vec<u32>, Vec<Rational>> = BTreeMap::new();
    for &node in &game.members()[game.member_range(set)] {
        let node = node as usize;
        if chance[node].is_zero() {
            continue;
        }
        let worth = |child: usize| &values[child * game.players() + player];
        let children = game.children(node);
        let chosen = worth(children.start + usize::from(actions[set]));
        let more = grouped
            .entry(&mistakes[node])
            .or_insert_with(|| vec![Rational::zero(); children.len()]);
        for (sum, child) in more.iter_mut().zip(children) {
            *sum += Rational::from_integer(chosen - worth(child));
        }
    }
    let paths: Vec<&Vec<u32>> = grouped.keys().copied().collect();
    let includes = |large: &[u32], small: &[u32]| small.iter().all(|m| large.contains(m));
    let dearer = |path: &Vec<u32>| {
        let cheaper = |other: &&Vec<u32>| other.len() < path.len() && includes(path, other);
        paths.iter().any(cheaper)
    };
    let kept = grouped.iter().filter(|(path, _)| !dearer(path));
    kept.map(|(path, more)| Bundle {
        mistakes: (*path).clone(),
        more: more.clone(),
    })
    .collect()
}

/// Whether positive weights on the bundles of a support make the choice optimal: such weights. Several places share
/// them, bundle for bundle.
fn weights(places: &[(&Place, &Support)]) -> Option<Vec<Rational>> {
    let (_, first) = places.first()?;
    let mut system = System::new(first.len());
    for (place, support) in places {
        for action in 0..place.bundles[support[0]].more.len() {
            let more = |&bundle: &usize| place.bundles[bundle].more[action].clone();
            let coefficients: Vec<Rational> = support.iter().map(more).collect();
            // Weights are 1 + z.
            let sum: Rational = coefficients.iter().sum();
            system.at_least(coefficients, -sum);
        }
    }
    let solution = system.solution()?;
    Some(solution.into_iter().map(|z| z + Rational::one()).collect())
}

impl<'a> Judge<'a> {
    /// None where some choice is optimal under no beliefs.
    fn new(places: Vec<Place>, budget: &'a Budget<'a>) -> Option<Judge<'a>> {
        let mut judge = Judge {
            places: Vec::new(),
            supports: Vec::new(),
            cost_of: BTreeMap::new(),
            budget,
            undecided: false,
        };
        for place in places.into_iter().filter(|place| !place.bundles.is_empty()) {
            let all = place.bundles.len();
            let mut supports = subsets(all);
            judge.undecided |= all > MOST_BUNDLES;
            supports.retain(|support| weights(&[(&place, support)]).is_some());
            if supports.is_empty() && all <= MOST_BUNDLES {
                return None;
            }
            for mistake in place.bundles.iter().flat_map(|bundle| &bundle.mistakes) {
                let next = judge.cost_of.len();
                judge.cost_of.entry(*mistake).or_insert(next);
            }
            judge.supports.push(supports);
            judge.places.push(place);
        }
        Some(judge)
    }

    /// Weights per information set of the bundles that carry belief; none if there are none, `Err` if that is not
    /// decided.
    fn decide(mut self) -> Result<Option<Weights>, ()> {
        let mut order: Vec<usize> = (0..self.places.len()).collect();
        order.sort_by_key(|&place| self.supports[place].len());
        let mut chosen: Vec<usize> = Vec::new();
        let mut costs = System::new(self.cost_of.len());
        let mut lengths = vec![0];
        let mut next = 0;
        loop {
            if self.budget.spent(None, "consistent beliefs").is_some() {
                return Err(());
            }
            let depth = chosen.len();
            if depth == order.len() {
                if let Some(weights) = self.proportions(&order, &chosen) {
                    return Ok(Some(weights));
                }
            } else if let Some(support) = self.supports[order[depth]].get(next) {
                if !self.demand(&mut costs, order[depth], support) || costs.solution().is_some() {
                    chosen.push(next);
                    lengths.push(costs.len());
                    next = 0;
                } else {
                    costs.truncate(lengths[depth]);
                    next += 1;
                }
                continue;
            }
            let Some(last) = chosen.pop() else { break };
            lengths.pop();
            costs.truncate(lengths[chosen.len()]);
            next = last + 1;
        }
        if self.undecided { Err(()) } else { Ok(None) }
    }

    /// Demands of the costs (1 + z) that exactly these bundles of a place be cheapest; whether that demands anything.
    fn demand(&self, costs: &mut System, place: usize, support: &Support) -> bool {
        let bundles = &self.places[place].bundles;
        let first = &bundles[support[0]].mistakes;
        for (at, bundle) in bundles
            .iter()
            .enumerate()
            .filter(|&(at, _)| at != support[0])
        {
            let mut more = vec![Rational::zero(); self.cost_of.len()];
            let mut count = Rational::zero();
            for (mistakes, sign) in [(&bundle.mistakes, 1), (first, -1)] {
                for mistake in mistakes {
                    let sign = Rational::from_integer(sign.into());
                    more[self.cost_of[mistake]] += &sign;
                    count += sign;
                }
            }
            if support.contains(&at) {
                costs.at_least(more.iter().map(|a| -a).collect(), count.clone());
                costs.at_least(more, -count);
            } else {
                costs.at_least(more, Rational::one() - count);
            }
        }
        bundles.len() > 1
    }

    /// Proportions of belief within the chosen supports that make all choices optimal, where linear inequalities or
    /// equal weights tell them.
    fn proportions(&mut self, order: &[usize], chosen: &[usize]) -> Option<Weights> {
        let picked: Vec<(&Place, &Support)> = order
            .iter()
            .zip(chosen)
            .map(|(&place, &number)| (&self.places[place], &self.supports[place][number]))
            .collect();
        let mut families: BTreeMap<Vec<Vec<u32>>, Vec<(&Place, Support)>> = BTreeMap::new();
        for (place, support) in &picked {
            let (pattern, support) = pattern(place, support);
            families.entry(pattern).or_default().push((place, support));
        }
        let independent = self.independent(families.keys());
        let mut all = Weights::new();
        for family in families.values() {
            let places: Vec<(&Place, &Support)> = family.iter().map(|(p, s)| (*p, s)).collect();
            let shared = if independent || family[0].1.len() == 1 {
                weights(&places)
            } else {
                let equal = vec![Rational::one(); family[0].1.len()];
                optimal(&places, &equal).then_some(equal)
            };
            let Some(shared) = shared else {
                // With free proportions that is a proof; otherwise other weights might do.
                self.undecided |= !independent;
                return None;
            };
            for (place, support) in &places {
                let mistakes = support.iter().map(|&b| place.bundles[b].mistakes.clone());
                all.insert(place.set, mistakes.zip(shared.iter().cloned()).collect());
            }
        }
        Some(all)
    }

    /// Whether the differences of mistakes within all patterns are linearly independent.
    fn independent<'b>(&self, patterns: impl Iterator<Item = &'b Vec<Vec<u32>>>) -> bool {
        let mut rows: Vec<Vec<Rational>> = Vec::new();
        for pattern in patterns {
            for other in &pattern[1..] {
                let mut row = vec![Rational::zero(); self.cost_of.len()];
                other
                    .iter()
                    .for_each(|m| row[self.cost_of[m]] += Rational::one());
                pattern[0]
                    .iter()
                    .for_each(|m| row[self.cost_of[m]] -= Rational::one());
                rows.push(row);
            }
        }
        full_rank(rows)
    }
}

/// Per information set: mistakes of the bundles that carry belief, and the weight of each.
type Weights = BTreeMap<usize, BTreeMap<Vec<u32>, Rational>>;

/// Whether given weights make the choices optimal.
fn optimal(places: &[(&Place, &Support)], weights: &[Rational]) -> bool {
    places.iter().all(|(place, support)| {
        (0..place.bundles[support[0]].more.len()).all(|action| {
            let more = support.iter().zip(weights);
            let sum: Rational = more.map(|(&b, w)| &place.bundles[b].more[action] * w).sum();
            !sum.is_negative()
        })
    })
}

/// The mistakes of the bundles of a support without those common to all, in ascending order, and the support in the
/// same order. Places with the same pattern have the same proportions.
fn pattern(place: &Place, support: &Support) -> (Vec<Vec<u32>>, Support) {
    let paths = || support.iter().map(|&b| &place.bundles[b].mistakes);
    let common = |m: &u32| paths().all(|path| path.contains(m));
    let strip = |path: &Vec<u32>| path.iter().copied().filter(|m| !common(m)).collect();
    let mut both: Vec<(Vec<u32>, usize)> =
        paths().map(strip).zip(support.iter().copied()).collect();
    both.sort();
    both.into_iter().unzip()
}

/// All nonempty subsets of so many, small ones first; of many, only those of at most two.
fn subsets(all: usize) -> Vec<Support> {
    let mut subsets: Vec<Support> = if all <= MOST_BUNDLES {
        let members = |bits: usize| (0..all).filter(|at| bits & (1 << at) != 0).collect();
        (1..1usize << all).map(members).collect()
    } else {
        let pairs = (0..all).flat_map(|a| (a + 1..all).map(move |b| vec![a, b]));
        (0..all).map(|a| vec![a]).chain(pairs).collect()
    };
    subsets.sort_by(|a, b| a.len().cmp(&b.len()).then(a.cmp(b)));
    subsets
}

fn full_rank(mut rows: Vec<Vec<Rational>>) -> bool {
    let width = rows.first().map_or(0, Vec::len);
    let mut rank = 0;
    for column in 0..width {
        let Some(pivot) = (rank..rows.len()).find(|&row| !rows[row][column].is_zero()) else {
            continue;
        };
        rows.swap(rank, pivot);
        let (above, below) = rows.split_at_mut(rank + 1);
        for row in below {
            let factor = &row[column] / &above[rank][column];
            if !factor.is_zero() {
                for (entry, across) in row.iter_mut().zip(&above[rank]) {
                    *entry -= &factor * across;
                }
            }
        }
        rank += 1;
    }
    rank == rows.len()
}

/// Beliefs from the weights of bundles and chance; equal ones where chance never leads.
fn beliefs(
    game: &Game,
    weights: &Weights,
    mistakes: &[Vec<u32>],
    chance: &[Rational],
) -> Vec<Rational> {
    let mut beliefs = vec![Rational::zero(); game.members().len()];
    for set in 0..game.sets() {
        let range = game.member_range(set);
        let here = &mut beliefs[range.clone()];
        for (belief, &node) in here.iter_mut().zip(&game.members()[range]) {
            let node = node as usize;
            let weight = weights.get(&set).map(|own| own.get(&mistakes[node]));
            *belief = match weight {
                Some(Some(weight)) => weight * &chance[node],
                Some(None) => Rational::zero(),
                None => Rational::one(),
            };
        }
        let sum: Rational = here.iter().sum();
        here.iter_mut().for_each(|belief| *belief /= &sum);
    }
    beliefs
}
