//! All extreme equilibria of two-player games, in exact fractions.
//!
//! The equilibria of a bimatrix game are a union of finitely many polytopes, the maximal Nash subsets, each
//! the product of a set of the first player's and a set of the second player's mixed strategies. Their vertices,
//! the extreme equilibria, are the pairs of vertices of the two best-response polytopes that answer each other
//! (Mangasarian 1964; Winkels 1979; Jansen 1981; von Stengel 2002). [`enumerate`] lists all vertices
//! by lexicographic reverse search in integers, joins them, and tells maximal Nash subsets and components
//! (Avis, Rosenberg, Savani & von Stengel 2010). An extensive game is taken in its reduced normal form.
mod dictionary;
mod integers;
mod join;
mod polytope;
mod reverse;
mod subsets;

use detente_game::Game;
use detente_game::normal::{self, Limits, Strategies, TooLarge};
use detente_game::rational::Rational;
use num_traits::Zero;

use crate::{Budget, Equilibria, Equilibrium, Status, Unfit, need_players, need_recall};
use polytope::Polytope;
use reverse::{Bits, Vertices};

pub use subsets::NashSubset;

/// How much to list.
#[derive(Clone, Debug, PartialEq)]
pub struct Options {
    /// The most extreme equilibria to list; all are counted.
    pub most: usize,
    /// The most reduced strategies of one player.
    pub strategies: usize,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            most: 10_000,
            strategies: 1 << 12,
        }
    }
}

/// The extreme equilibria of a game and how they hang together.
#[derive(Clone, Debug)]
pub struct Extreme {
    /// The equilibria, as behaviour profiles.
    pub found: Equilibria,
    /// Number of extreme equilibria, those beyond the listed ones included; `u128::MAX` for more than that.
    pub count: u128,
    /// The reduced strategies of both players.
    pub strategies: Vec<Strategies>,
    /// Per player: extreme mixed strategies, a weight per reduced strategy.
    pub mixed: [Vec<Vec<Rational>>; 2],
    /// Per equilibrium: numbers of the two extreme mixed strategies.
    pub pairs: Vec<(usize, usize)>,
    /// Maximal Nash subsets; empty where not all equilibria are listed.
    pub subsets: Vec<NashSubset>,
    /// Connected components, each as numbers of equilibria; empty where not all are listed.
    pub components: Vec<Vec<usize>>,
}

/// All extreme equilibria of a two-player game. See [`enumerate`].
///
/// # Errors
/// As [`enumerate`].
pub fn equilibria(
    game: &Game,
    options: &Options,
    budget: &Budget<'_>,
) -> Result<Equilibria, Unfit> {
    enumerate(game, options, budget).map(|extreme| extreme.found)
}

/// All extreme equilibria of a two-player game with their maximal Nash subsets and components.
///
/// Extreme equilibria of the reduced normal form that differ only in correlations which no opponent can tell have
/// the same behaviour profile, and are listed one by one all the same.
///
/// # Errors
/// [`Unfit::Players`] and [`Unfit::Recall`]; [`Unfit::TooLarge`] where the reduced normal form is.
pub fn enumerate(game: &Game, options: &Options, budget: &Budget<'_>) -> Result<Extreme, Unfit> {
    need_players(game, "extreme", 2)?;
    need_recall(game, "extreme")?;
    let strategies = reduced_strategies(game, options)?;
    let polytopes = best_response_polytopes(game, &strategies);
    let [first, second] = both_vertices(&polytopes, budget);
    let [p, q] = &polytopes;
    let (answers, stopped) = join::join([p, q], &first.zeros, &second.zeros, budget);
    let stopped = first.stopped.or(second.stopped).or(stopped);
    let mut listing = Listing::new(&polytopes, options.most);
    for (x, y) in answers {
        listing.add([(x, &first.zeros[x]), (y, &second.zeros[y])]);
    }
    Ok(listing.finish(game, strategies, stopped, budget))
}

fn reduced_strategies(game: &Game, options: &Options) -> Result<Vec<Strategies>, Unfit> {
    let limits = Limits {
        strategies: options.strategies,
        ..Limits::default()
    };
    normal::all_strategies(game, &limits).map_err(|why| {
        let (size, limit) = match why {
            TooLarge::Strategies {
                strategies, most, ..
            } => (strategies, most),
            TooLarge::Table { cells, most } => (cells.to_string(), most),
        };
        Unfit::TooLarge {
            method: "extreme",
            what: "the reduced normal form",
            size,
            limit: limit.to_string(),
            mend: "try `sequence-lcp` or `search`",
        }
    })
}

fn best_response_polytopes(game: &Game, strategies: &[Strategies]) -> [Polytope; 2] {
    let table = normal::exact_payoffs(game, strategies);
    let [rows, columns] = [strategies[0].count(), strategies[1].count()];
    let payoff = |i: usize, j: usize, player: usize| table[(i + j * rows) * 2 + player].clone();
    [
        Polytope::new(rows, columns, |i, j| payoff(i, j, 1)),
        Polytope::new(columns, rows, |j, i| payoff(i, j, 0)),
    ]
}

/// Vertices of both polytopes, on two threads.
fn both_vertices(polytopes: &[Polytope; 2], budget: &Budget<'_>) -> [Vertices; 2] {
    let [p, q] = polytopes;
    let of =
        |polytope: &Polytope| reverse::vertices(&polytope.matrix, polytope.variables(), budget);
    std::thread::scope(|scope| {
        let other = scope.spawn(|| of(q));
        let first = of(p);
        let second = other.join().unwrap_or(Vertices {
            zeros: Vec::new(),
            stopped: Some(Status::NumericalTrouble),
        });
        [first, second]
    })
}

/// Extreme equilibria being listed.
struct Listing<'a> {
    polytopes: &'a [Polytope; 2],
    most: usize,
    count: u128,
    mixed: [Vec<Vec<Rational>>; 2],
    /// Numbers of mixed strategies by vertex and the strategies that its positive variables are put on.
    known: [std::collections::HashMap<(usize, Vec<usize>), usize>; 2],
    pairs: Vec<(usize, usize)>,
}

impl<'a> Listing<'a> {
    fn new(polytopes: &'a [Polytope; 2], most: usize) -> Listing<'a> {
        Listing {
            polytopes,
            most,
            count: 0,
            mixed: Default::default(),
            known: Default::default(),
            pairs: Vec::new(),
        }
    }

    /// Adds a pair of vertices, in all ways to put their variables on strategies that are best responses.
    fn add(&mut self, vertices: [(usize, &Bits); 2]) {
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

    /// Per positive variable at a vertex: its strategies that are best responses to the other vertex.
    fn placements(&self, vertices: [(usize, &Bits); 2], side: usize) -> Vec<Vec<usize>> {
        let (own, other) = (&self.polytopes[side], &self.polytopes[1 - side]);
        let (zeros, answered) = (vertices[side].1, vertices[1 - side].1);
        let positive = (0..own.variables()).filter(|&v| !zeros.contains(v));
        let answers = |v: usize| {
            let all = own.strategies[v].iter().copied();
            all.filter(|&s| other.is_response(answered, s)).collect()
        };
        positive.map(answers).collect()
    }

    /// Number of a mixed strategy, which is new where it was not met before.
    fn number(&mut self, side: usize, vertex: (usize, &Bits), on: Vec<usize>) -> Option<usize> {
        if let Some(&number) = self.known[side].get(&(vertex.0, on.clone())) {
            return Some(number);
        }
        let own = &self.polytopes[side];
        let weights = own.weights(vertex.1)?;
        let mut mixed = vec![Rational::zero(); self.polytopes[1 - side].constraint_of.len()];
        let positive = weights.into_iter().filter(|weight| !weight.is_zero());
        for (&strategy, weight) in on.iter().zip(positive) {
            mixed[strategy] = weight;
        }
        let number = self.mixed[side].len();
        self.mixed[side].push(mixed);
        self.known[side].insert((vertex.0, on), number);
        Some(number)
    }

    fn finish(
        self,
        game: &Game,
        strategies: Vec<Strategies>,
        stopped: Option<Status>,
        budget: &Budget<'_>,
    ) -> Extreme {
        let certified = |&(x, y): &(usize, usize)| {
            let mixed = [self.mixed[0][x].clone(), self.mixed[1][y].clone()];
            let exact = normal::exact_behaviour(game, &strategies, &mixed).ok()?;
            Equilibrium::from_exact(game, exact)
        };
        let mut listed: Vec<Equilibrium> = self.pairs.iter().filter_map(certified).collect();
        let all = listed.len() as u128 == self.count && stopped.is_none();
        let mut remarks = Vec::new();
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
            mixed: self.mixed,
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
