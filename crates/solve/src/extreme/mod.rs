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
mod listing;
mod polytope;
mod reverse;
mod subsets;
mod treeplex;

use detente_game::Game;
use detente_game::normal::{self, Limits, Strategies, TooLarge};
use detente_game::rational::Rational;

use crate::equilibria::forgetful;
use crate::{Budget, Equilibria, Status, Unfit, need_players, need_recall};
use listing::Listing;
use polytope::Polytope;
use reverse::Vertices;

pub use subsets::NashSubset;

/// What extreme equilibria are extreme among.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Mixed strategies of the reduced normal form.
    Strategic,
    /// Realisation plans: mixed strategies that no opponent can tell apart are one plan. There are far
    /// fewer extreme equilibria, with the same Nash subsets and components.
    Sequence,
}

/// How much to list.
#[derive(Clone, Debug, PartialEq)]
pub struct Options {
    /// The form; none for the strategic form where it has at most 300 pairs of strategies or each player
    /// moves at one information set only, else the sequence form.
    pub form: Option<Form>,
    /// The most extreme equilibria to list; all are counted.
    pub most: usize,
    /// The most reduced strategies of one player.
    pub strategies: usize,
    /// The most vertices of one polytope, each of which takes some 200 bytes.
    pub vertices: usize,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            form: None,
            most: 10_000,
            strategies: 1 << 12,
            vertices: 8_000_000,
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
    /// What the equilibria are extreme among.
    pub form: Form,
    /// Per player: extreme strategies, in the strategic form a weight per reduced strategy, in the sequence form
    /// the probability to play up to each action slot (0 at the opponent's slots).
    pub extreme: [Vec<Vec<Rational>>; 2],
    /// Per equilibrium: numbers of the two extreme strategies.
    pub pairs: Vec<(usize, usize)>,
    /// Maximal Nash subsets; empty where not all equilibria are listed.
    pub subsets: Vec<NashSubset>,
    /// Connected components, each as numbers of equilibria; empty where not all are listed.
    pub components: Vec<Vec<usize>>,
}

impl Extreme {
    /// What is known where not even the polytopes were ready in time.
    fn none_in_time(strategies: Vec<Strategies>, form: Form, budget: &Budget<'_>) -> Extreme {
        Extreme {
            found: Equilibria {
                complete: false,
                status: Status::TimeLimit,
                equilibria: Vec::new(),
                remarks: Vec::new(),
                seconds: budget.seconds(),
            },
            count: 0,
            strategies,
            form,
            extreme: Default::default(),
            pairs: Vec::new(),
            subsets: Vec::new(),
            components: Vec::new(),
        }
    }
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
/// Extreme equilibria of the strategic form that differ only in correlations which no opponent can tell have the
/// same behaviour profile, and are listed one by one all the same.
///
/// # Errors
/// [`Unfit::Players`] and [`Unfit::Recall`]; [`Unfit::TooLarge`] where a player has too many reduced strategies, or, in
/// the strategic form, both together.
pub fn enumerate(game: &Game, options: &Options, budget: &Budget<'_>) -> Result<Extreme, Unfit> {
    need_players(game, "extreme", 2)?;
    need_recall(game, "extreme")?;
    let strategies = reduced_strategies(game, options)?;
    let form = options.form.unwrap_or_else(|| suitable(game, &strategies));
    let polytopes = match form {
        Form::Strategic => Some(strategic_polytopes(game, &strategies)?),
        Form::Sequence => sequence_polytopes(game, &strategies, budget)?,
    };
    let Some(polytopes) = polytopes else {
        return Ok(Extreme::none_in_time(strategies, form, budget));
    };
    let [first, second] = both_vertices(&polytopes, options.vertices, &budget.up_to(VERTICES));
    let [p, q] = &polytopes;
    let (answers, stopped) = join::join([p, q], &first.zeros, &second.zeros, &budget.up_to(PAIRS));
    let stopped = first.stopped.or(second.stopped).or(stopped);
    let mut listing = Listing::new(game, &polytopes, options.most);
    let mut stopped = stopped;
    for (x, y) in answers {
        if budget.up_to(PAIRS).late() {
            stopped = stopped.or(Some(Status::TimeLimit));
            break;
        }
        listing.add([(x, &first.zeros[x]), (y, &second.zeros[y])]);
    }
    Ok(listing.finish(strategies, stopped, budget))
}

/// Share of the time that vertices may take. The rest is for joining them, so that equilibria among the vertices
/// found are told even if there is no time for all.
const VERTICES: f64 = 0.6;
/// Share of the time after which no pairs of vertices are sought any more. The rest is for certifying those found.
const PAIRS: f64 = 0.85;

/// The form that suits a game.
fn suitable(game: &Game, strategies: &[Strategies]) -> Form {
    const SMALL: usize = 300;
    let pairs = strategies[0].count().saturating_mul(strategies[1].count());
    let simultaneous = strategies.iter().all(|own| own.sets().len() <= 1);
    if pairs <= SMALL || simultaneous || game.sets() == 0 {
        Form::Strategic
    } else {
        Form::Sequence
    }
}

fn reduced_strategies(game: &Game, options: &Options) -> Result<Vec<Strategies>, Unfit> {
    let limits = Limits {
        strategies: options.strategies,
        ..Limits::default()
    };
    let listed = (0..game.players()).map(|player| normal::strategies(game, player, &limits));
    listed.collect::<Result<_, _>>().map_err(|why| match why {
        TooLarge::Strategies {
            strategies, most, ..
        } => too_large("a player's list of reduced strategies", strategies, most),
        TooLarge::Table { cells, most } => {
            too_large("a player's reduced strategies", cells.to_string(), most)
        }
    })
}

fn too_large(what: &'static str, size: String, limit: usize) -> Unfit {
    Unfit::TooLarge {
        method: "extreme",
        what,
        size,
        limit: limit.to_string(),
        mend: "try `sequence-lcp` or `search`",
    }
}

fn strategic_polytopes(game: &Game, strategies: &[Strategies]) -> Result<[Polytope; 2], Unfit> {
    let (cells, most) = (
        strategies[0].count() * strategies[1].count() * 2,
        Limits::default().cells,
    );
    if cells > most {
        return Err(too_large("the table of payoffs", cells.to_string(), most));
    }
    let table = normal::exact_payoffs(game, strategies);
    let [rows, columns] = [strategies[0].count(), strategies[1].count()];
    let payoff = |i: usize, j: usize, player: usize| table[(i + j * rows) * 2 + player].clone();
    Ok([
        Polytope::strategic(rows, columns, |i, j| payoff(i, j, 1)),
        Polytope::strategic(columns, rows, |j, i| payoff(i, j, 0)),
    ])
}

fn sequence_polytopes(
    game: &Game,
    strategies: &[Strategies],
    budget: &Budget<'_>,
) -> Result<Option<[Polytope; 2]>, Unfit> {
    let of = |player| {
        Polytope::sequence(game, player, strategies, budget)
            .map_err(|set| forgetful(game, "extreme", set))
    };
    Ok(of(0)?.zip(of(1)?).map(Into::into))
}

/// Vertices of both polytopes, on two threads.
fn both_vertices(polytopes: &[Polytope; 2], most: usize, budget: &Budget<'_>) -> [Vertices; 2] {
    let [p, q] = polytopes;
    let of = |polytope: &Polytope| reverse::vertices(polytope, most, budget);
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
