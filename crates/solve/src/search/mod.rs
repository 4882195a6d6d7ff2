//! Further equilibria of general games, from many random starts.
//!
//! The principal branch of the logit correspondence leads to one equilibrium. Others are found from elsewhere:
//! every start draws
//! - a *prior* and traces logit play from it to the limit of precision: the equilibria that tracing from some
//!   prior selects (Harsanyi & Selten 1988; McKelvey & Palfrey 1995 for the correspondence);
//! - a *lean* (a bonus for every action) and follows the graph of equilibria over its strength from +∞ to −∞, which
//!   passes through equilibria of the game of both indices: the global Newton method (Govindan & Wilson 2003);
//! - a few *supports*, on each of which it solves the indifference conditions by Newton's method (Porter, Nudelman &
//!   Shoham 2008). A game with few supports has all of them looked at.
//!
//! Whatever is found is polished to machine precision on its support, certified, and listed once. Games are
//! searched in behaviour strategies (agent form), so that play where nobody comes makes no multiples:
//! equilibria that differ off the path of play only are one. A search finds what it finds; it never proves that
//! there is no other. In games of more than [`MOST_ACTIONS`] actions only the first way is open: [`traces`].

mod catalogue;
mod curve;
mod elimination;
mod response;
mod start;
mod support;
mod traces;

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use detente_game::Game;
use rand_pcg::Pcg64;

use catalogue::{Candidate, Catalogue, Entry, Standard};
use response::Response;
use start::{Start, numbered_support, random_support, supports};

use crate::qre::Solution;
use crate::{Budget, Equilibria, Equilibrium, Status, Unfit, need_recall, pure};
pub use start::Way;
pub use support::Isolation;

/// Most actions of a game for all ways of a start, whose matrices are dense; larger ones are traced from priors only.
pub const MOST_ACTIONS: usize = 600;
/// A game with at most this many supports has all of them looked at.
const FEW_SUPPORTS: u64 = 4_096;
/// Supports that a start looks at, at least: all in turn where they are few, else random ones.
const SUPPORTS: u64 = 16;
/// A game with at most this many pure profiles has its pure sequential equilibria listed, up to so many.
const MOST_PROFILES: f64 = 1e7;
const MOST_PURE: usize = 100;
/// Random points from which Newton's method begins on each support.
const POINTS: usize = 3;

/// What is asked.
#[derive(Clone, Debug, PartialEq)]
pub struct Options {
    /// Number of starts; the first is the principal branch.
    pub starts: usize,
    /// Seed; start i has its own stream of random numbers.
    pub seed: u64,
    /// Threads; the result does not depend on it.
    pub threads: usize,
    /// Largest relative gain from deviating.
    pub tolerance: f64,
    /// Which equilibria count.
    pub kind: Kind,
    /// Most actions of a game for all ways of a start, at most [`MOST_ACTIONS`]; larger ones are traced from priors only.
    pub most_actions: usize,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            starts: 100,
            seed: 1,
            threads: 1,
            tolerance: 1e-8,
            kind: Kind::Nash,
            most_actions: MOST_ACTIONS,
        }
    }
}

/// Which equilibria count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// All: nobody gains by another strategy.
    Nash,
    /// Only those in which nobody gains at any information set, reached or not, with the beliefs of
    /// [`detente_game::passes::beliefs`].
    Sequential,
}

/// An equilibrium and what is known about it.
#[derive(Clone, Debug)]
pub struct Other {
    /// The equilibrium.
    pub equilibrium: Equilibrium,
    /// Starts that led to it, one way or another.
    pub starts: usize,
    /// Starts whose prior led to it.
    pub priors: usize,
    /// Whether the principal branch of the logit correspondence leads to it.
    pub principal: bool,
    /// Whether play is rational where nobody comes, too.
    pub sequential: bool,
    /// Whether other equilibria lie arbitrarily near.
    pub isolation: Isolation,
}

/// What a search found.
#[derive(Clone, Debug)]
pub struct Found {
    /// How the search ended.
    pub status: Status,
    /// Equilibria: that of the principal branch first, then those that are rational off the path too, each kind in the
    /// order of their profiles, largest probabilities of the first actions first.
    pub others: Vec<Other>,
    /// Starts that were made.
    pub starts: usize,
    /// Those of them that led nowhere, because the branch was lost or too long.
    pub given_up: usize,
    /// Whether every support of the game was looked at.
    pub all_supports: bool,
    /// Wall-clock seconds.
    pub seconds: f64,
}

/// Searches a game for equilibria.
///
/// The result depends on the game, the seed and the number of starts, not on threads; only if the time limit
/// hits does it depend on the machine, and [`Found::status`] says so.
///
/// # Errors
/// [`Unfit::Recall`] for games of more than [`MOST_ACTIONS`] actions in which a player forgets.
pub fn equilibria(game: &Game, options: &Options, budget: &Budget<'_>) -> Result<Found, Unfit> {
    equilibria_beside(game, None, options, budget)
}

/// The same where the equilibrium of the principal branch may be known: in games of more than
/// [`Options::most_actions`] actions the first start then ends there and takes no time. It must come from
/// [`qre::solve`](crate::qre::solve) in the limit of precision, with equal weights and payoffs scaled to their ranges; one that is
/// less exact than the end of a trace is passed over.
///
/// # Errors
/// As for [`equilibria`].
pub fn equilibria_beside(
    game: &Game,
    principal: Option<&Solution>,
    options: &Options,
    budget: &Budget<'_>,
) -> Result<Found, Unfit> {
    if game.actions() > options.most_actions.min(MOST_ACTIONS) {
        need_recall(game, "search")?;
        return Ok(traces::traces(game, principal, options, budget));
    }
    let search = Search::new(game, options, *budget);
    let made = search.run();
    Ok(search.found(&made))
}

/// What one start came to.
type Made = Vec<(Way, Candidate)>;

struct Search<'a> {
    response: Response<'a>,
    options: &'a Options,
    budget: Budget<'a>,
    /// Number of supports, where all of them are looked at.
    few: Option<u64>,
    next: AtomicUsize,
    finished: AtomicUsize,
    halted: Mutex<Option<Status>>,
}

impl<'a> Search<'a> {
    fn new(game: &'a Game, options: &'a Options, budget: Budget<'a>) -> Search<'a> {
        Search {
            response: Response::new(game),
            options,
            budget,
            few: supports(game, FEW_SUPPORTS),
            next: AtomicUsize::new(0),
            finished: AtomicUsize::new(0),
            halted: Mutex::new(None),
        }
    }

    /// Makes all starts, each by its own number, in any order.
    fn run(&self) -> BTreeMap<usize, Made> {
        let made = Mutex::new(BTreeMap::new());
        let work = || {
            loop {
                let number = self.next.fetch_add(1, Ordering::Relaxed);
                if number >= self.options.starts.max(1) || !self.go_on() {
                    return;
                }
                let found = self.start(number);
                self.finished.fetch_add(1, Ordering::Relaxed);
                if let Ok(mut made) = made.lock() {
                    made.insert(number, found);
                }
            }
        };
        std::thread::scope(|scope| {
            for _ in 1..self.options.threads.clamp(1, self.options.starts.max(1)) {
                scope.spawn(work);
            }
            work();
        });
        made.into_inner().unwrap_or_default()
    }

    fn start(&self, number: usize) -> Made {
        let standard = Standard {
            kind: self.options.kind,
            tolerance: self.options.tolerance,
        };
        let go_on = || self.go_on();
        let mut start = Start::new(&self.response, standard, &go_on);
        let mut random = Pcg64::new(u128::from(self.options.seed), number as u128);
        if number == 0 {
            start.even_prior();
        } else {
            start.random_prior(&mut random);
        }
        start.random_lean(&mut random);
        self.supports(number, &mut start, &mut random);
        start.found
    }

    /// Looks at this start's share of the supports, or at random ones.
    fn supports(&self, number: usize, start: &mut Start<'_>, random: &mut Pcg64) {
        let game = self.response.game;
        let share = |few: u64| few.div_ceil(self.options.starts.max(1) as u64);
        let here = SUPPORTS.max(self.few.map_or(0, share));
        for k in 0..here {
            let plays = match self.few {
                Some(few) => numbered_support(game, (number as u64 * here + k) % few),
                None => random_support(game, random),
            };
            for _ in 0..POINTS {
                if !self.go_on() {
                    return;
                }
                start.support(&plays, random);
            }
        }
    }

    /// Whether there is time left and nobody wants to stop.
    fn go_on(&self) -> bool {
        let Ok(mut halted) = self.halted.lock() else {
            return false;
        };
        if halted.is_none() {
            let (done, of) = (self.finished.load(Ordering::Relaxed), self.options.starts);
            let words = format!("{done} of {of} starts");
            *halted = self
                .budget
                .spent(Some(done as f64 / of.max(1) as f64), &words);
        }
        halted.is_none()
    }

    /// Adds the pure sequential equilibria of games that have few pure profiles. Many of them rest on beliefs that no
    /// tracing comes by: in Cho & Kreps' game of beer and quiche, both pooling equilibria are sequential.
    fn list_pure(&self, catalogue: &mut Catalogue) {
        let game = self.response.game;
        if !few_profiles(game) {
            return;
        }
        let options = pure::Options { most: MOST_PURE };
        let Ok(sequential) = pure::sequential(game, &options, &self.budget) else {
            return;
        };
        let listed = sequential.found.equilibria.into_iter();
        for (equilibrium, beliefs) in listed.zip(&sequential.beliefs) {
            let candidate = Standard::supported(&self.response, equilibrium.profile, beliefs);
            catalogue.list(game, candidate);
        }
    }

    /// Lists what the starts came to, once each.
    fn found(&self, made: &BTreeMap<usize, Made>) -> Found {
        let game = self.response.game;
        let mut catalogue = Catalogue::default();
        for (&number, found) in made {
            for (way, candidate) in found {
                catalogue.add(game, number, *way, candidate);
            }
        }
        self.list_pure(&mut catalogue);
        catalogue.join_continua(game, self.options.tolerance);
        let halted = self.halted.lock().map_or(None, |halted| *halted);
        let entries = catalogue.entries.into_iter();
        let mut others: Vec<Other> = entries.map(|entry| Other::new(entry, made.len())).collect();
        others.sort_by(|a, b| {
            let rank = |other: &Other| (!other.principal, !other.sequential);
            rank(a).cmp(&rank(b)).then_with(|| descending(a, b))
        });
        Found {
            status: halted.unwrap_or(Status::Complete),
            others,
            starts: made.len(),
            given_up: 0,
            all_supports: self.few.is_some() && halted.is_none(),
            seconds: self.budget.seconds(),
        }
    }
}

/// Whether a game has few enough pure profiles for all its pure sequential equilibria to be listed.
fn few_profiles(game: &Game) -> bool {
    let logs = (0..game.sets()).map(|set| (game.slots(set).len() as f64).ln());
    logs.sum::<f64>() <= MOST_PROFILES.ln()
}

/// By profiles, larger probabilities first.
fn descending(a: &Other, b: &Other) -> std::cmp::Ordering {
    let key = |other: &Other| -> Vec<i64> {
        let probabilities = other.equilibrium.profile.probabilities().iter();
        probabilities.map(|p| -(p * 1e6).round() as i64).collect()
    };
    key(a).cmp(&key(b))
}

impl Other {
    fn new(entry: Entry, of: usize) -> Other {
        let (starts, priors) = (entry.starts.len(), entry.priors.len());
        let (principal, candidate) = (entry.priors.contains(&0), entry.candidate);
        let mut remark = if starts == 0 {
            "found among the pure sequential equilibria, by no start".to_owned()
        } else {
            format!("{starts} of {of} starts led here, {priors} of them from their prior")
        };
        if principal {
            remark.push_str("; the principal branch leads here");
        }
        if !candidate.sequential {
            remark.push_str(
                "; it rests on play that is not rational at information sets that are not reached",
            );
        }
        remark.push_str(match candidate.isolation {
            Isolation::Isolated => "",
            Isolation::Tied => {
                "; an action that is not played is as good, so that a continuum may end here"
            }
            Isolation::Continuum => "; others lie arbitrarily near: it stands for a continuum",
        });
        Other {
            starts,
            priors,
            principal,
            sequential: candidate.sequential,
            isolation: candidate.isolation,
            equilibrium: Equilibrium {
                profile: candidate.profile,
                exact: None,
                certificate: candidate.certificate,
                remark: Some(remark),
            },
        }
    }
}

impl From<Found> for Equilibria {
    fn from(found: Found) -> Equilibria {
        let mut remarks = vec![format!(
            "{} starts. Equilibria that differ only where play does not lead are listed once; there may be others.",
            found.starts
        )];
        if found.given_up > 0 {
            remarks.push(format!(
                "{} of them led nowhere: the branch was lost or too long.",
                found.given_up
            ));
        }
        if found.all_supports {
            remarks.push("All supports were looked at, each from a few points.".to_owned());
        }
        let continua = found
            .others
            .iter()
            .filter(|other| other.isolation == Isolation::Continuum)
            .count();
        if continua > 0 {
            remarks.push(match continua {
                1 => "One of them stands for a continuum of equilibria.".to_owned(),
                _ => format!("{continua} of them stand for continua of equilibria."),
            });
        }
        if matches!(found.status, Status::TimeLimit | Status::Interrupted) {
            remarks
                .push("The search was cut short, so that another run may find others.".to_owned());
        }
        Equilibria {
            status: found.status,
            complete: false,
            equilibria: found
                .others
                .into_iter()
                .map(|other| other.equilibrium)
                .collect(),
            remarks,
            seconds: found.seconds,
        }
    }
}
