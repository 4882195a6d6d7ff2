//! The table of methods: what each is called, what it finds, for which games, and how to run it.

use std::time::Duration;

use detente_game::Game;
use detente_game::rational::Rational;

use crate::qre::{self, Checkpoint, Event};
use crate::{
    Budget, Equilibria, Equilibrium, Status, Unfit, extreme, pure, regret, search, sequence,
};

/// A method of the table.
#[derive(Clone, Copy)]
pub struct Method {
    /// Its name on the command line.
    pub name: &'static str,
    /// What it finds.
    pub finds: &'static str,
    /// The games it is for.
    pub games: &'static str,
    /// When to choose it.
    pub when: &'static str,
    run: fn(&Game, &Settings, &Budget<'_>, &mut dyn qre::Progress) -> Result<Outcome, Unfit>,
}

impl Method {
    /// Runs the method. `progress` is told of every point of the logit branch, `budget` of everything else.
    ///
    /// # Errors
    /// Why the method refuses the game.
    pub fn run(
        &self,
        game: &Game,
        settings: &Settings,
        budget: &Budget<'_>,
        progress: &mut dyn qre::Progress,
    ) -> Result<Outcome, Unfit> {
        (self.run)(game, settings, budget, progress)
    }
}

/// All methods.
pub const METHODS: &[Method] = &[
    Method {
        name: "logit",
        finds: "one equilibrium, sequential for almost all games, and the path to it from random play",
        games: "any number of players; games of millions of nodes; runs on imperfect recall",
        when: "the default: what careful but fallible players come to",
        run: logit,
    },
    Method {
        name: "pure",
        finds: "all equilibria in pure strategies; with --sequential all pure sequential ones with their beliefs",
        games: "any number of players, perfect recall",
        when: "to know whether anybody must keep others guessing",
        run: all_pure,
    },
    Method {
        name: "extreme",
        finds: "all extreme equilibria and their components, in exact fractions",
        games: "two players, perfect recall, small",
        when: "to know every equilibrium there is",
        run: all_extreme,
    },
    Method {
        name: "sequence-lp",
        finds: "one equilibrium, the value of the game; exact on small games",
        games: "two players with opposed interests, perfect recall",
        when: "zero-sum games: inspections, poker",
        run: sequence_lp,
    },
    Method {
        name: "sequence-lcp",
        finds: "one equilibrium; exact on small games",
        games: "two players, perfect recall",
        when: "an equilibrium of a two-player game to the last digit",
        run: sequence_lcp,
    },
    Method {
        name: "regret",
        finds: "one equilibrium by regret minimization, ever better with time",
        games: "two players, perfect recall; no promise unless interests are opposed",
        when: "very large zero-sum games",
        run: least_regret,
    },
    Method {
        name: "search",
        finds: "as many equilibria as it can, each with the share of starts that led to it",
        games: "any number of players; above 600 actions only those that some prior leads to",
        when: "to see how differently the same game can be played",
        run: many,
    },
];

/// The method of this name.
pub fn method(name: &str) -> Option<&'static Method> {
    METHODS.iter().find(|method| method.name == name)
}

/// What the methods can be told; each takes what concerns it.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Of `logit`.
    pub logit: qre::Options,
    /// Of `logit`: where an earlier solve was interrupted.
    pub resume: Option<Checkpoint>,
    /// Largest relative gain from deviating; none for the method's own.
    pub tolerance: Option<f64>,
    /// Of `sequence-lp` and `sequence-lcp`.
    pub arithmetic: sequence::Arithmetic,
    /// Of `regret`.
    pub variant: Option<regret::Variant>,
    /// Of `regret`.
    pub iterations: Option<u64>,
    /// Of `search`.
    pub starts: usize,
    /// Of `search`.
    pub seed: u64,
    /// Of `logit` and `search`; the results do not depend on it.
    pub threads: usize,
    /// Of `pure`: the sequential equilibria, with beliefs. Of `search`: only those that are rational everywhere.
    pub sequential: bool,
    /// Of `pure` and `extreme`: the most equilibria to list.
    pub most: usize,
    /// Time for the whole.
    pub time_limit: Option<Duration>,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            logit: qre::Options::default(),
            resume: None,
            tolerance: None,
            arithmetic: sequence::Arithmetic::Auto,
            variant: None,
            iterations: None,
            starts: 100,
            seed: 1,
            threads: 1,
            sequential: false,
            most: 10_000,
            time_limit: None,
        }
    }
}

/// What a method found, and what it has to tell beside.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The equilibria.
    pub found: Equilibria,
    /// Of `logit`: the precision reached.
    pub precision: Option<f64>,
    /// Of `logit`: the path.
    pub path: Vec<qre::PathPoint>,
    /// Of `pure` with beliefs: one list per equilibrium, one belief per place in [`Game::members`].
    pub beliefs: Vec<Vec<Rational>>,
    /// Of `extreme`: connected components, each as numbers of equilibria.
    pub components: Vec<Vec<usize>>,
    /// Of `search`: per equilibrium, the share of starts that led to it.
    pub shares: Vec<f64>,
}

impl Outcome {
    fn of(found: Equilibria) -> Outcome {
        Outcome {
            found,
            precision: None,
            path: Vec::new(),
            beliefs: Vec::new(),
            components: Vec::new(),
            shares: Vec::new(),
        }
    }
}

fn logit(
    game: &Game,
    settings: &Settings,
    budget: &Budget<'_>,
    progress: &mut dyn qre::Progress,
) -> Result<Outcome, Unfit> {
    let mut options = settings.logit.clone();
    options.tolerance = settings.tolerance.unwrap_or(options.tolerance);
    options.time_limit = settings.time_limit;
    options.threads = qre::Options::worth_while(game, settings.threads);
    let solution = match &settings.resume {
        None => qre::solve(game, &options, progress),
        Some(from) => qre::resume(game, from, &options, progress)?,
    };
    Ok(Outcome {
        precision: Some(solution.lambda),
        path: solution.path.clone(),
        ..Outcome::of(Equilibria {
            status: solution.status,
            complete: false,
            remarks: logit_remarks(game, &solution),
            equilibria: vec![Equilibrium {
                profile: solution.profile,
                exact: None,
                certificate: solution.certificate,
                remark: None,
            }],
            seconds: budget.seconds(),
        })
    })
}

/// What happened to the branch, and what the result means where somebody forgets.
fn logit_remarks(game: &Game, solution: &qre::Solution) -> Vec<String> {
    let mut remarks = Vec::new();
    let at = |kind: Event| {
        let all = solution.events.iter().filter(|(_, event)| *event == kind);
        all.map(|(lambda, _)| format!("{lambda:.4}"))
            .collect::<Vec<_>>()
    };
    let (turns, crossings) = (at(Event::Turn), at(Event::Bifurcation));
    if !turns.is_empty() {
        remarks.push(format!(
            "The branch turns {}, at the precision{} {}.",
            match turns.len() {
                1 => "once".to_owned(),
                count => format!("back and forth {count} times"),
            },
            if turns.len() == 1 { "" } else { "s" },
            abridged(&turns)
        ));
    }
    if !crossings.is_empty() {
        remarks.push(format!(
            "Other branches cross it near the precision{} {}; it was followed straight on, which in symmetric games \
             keeps what is symmetric.",
            if crossings.len() == 1 { "" } else { "s" },
            abridged(&crossings)
        ));
    }
    if solution.work.krylov > 0 {
        remarks.push(
            "Newton's equation was solved without its matrix, so that crossings of branches are not told."
                .to_owned(),
        );
    }
    if !solution.certificate.perfect_recall() {
        remarks.push(
            "Somebody forgets in this game: every information set is treated as a player of its own (agent form), \
             and the gains are those of changing one choice; an equilibrium of this kind need not be a Nash \
             equilibrium."
                .to_owned(),
        );
    } else if game.players() > 0 && solution.certificate.largest_relative_gain_at_sets > 1e-3 {
        remarks.push(
            "At information sets that play does not reach, choices are still far from optimal at this precision."
                .to_owned(),
        );
    }
    remarks
}

/// The first few of a list.
fn abridged(words: &[String]) -> String {
    const FEW: usize = 6;
    match words.len() {
        count if count <= FEW => words.join(", "),
        count => format!("{} and {} more", words[..FEW].join(", "), count - FEW),
    }
}

fn all_pure(
    game: &Game,
    settings: &Settings,
    budget: &Budget<'_>,
    _: &mut dyn qre::Progress,
) -> Result<Outcome, Unfit> {
    let options = pure::Options {
        most: settings.most,
    };
    if !settings.sequential {
        return pure::equilibria(game, &options, budget).map(Outcome::of);
    }
    let sequential = pure::sequential(game, &options, budget)?;
    Ok(Outcome {
        beliefs: sequential.beliefs,
        ..Outcome::of(sequential.found)
    })
}

fn all_extreme(
    game: &Game,
    settings: &Settings,
    budget: &Budget<'_>,
    _: &mut dyn qre::Progress,
) -> Result<Outcome, Unfit> {
    let options = extreme::Options {
        most: settings.most,
        ..extreme::Options::default()
    };
    let extreme = extreme::enumerate(game, &options, budget)?;
    Ok(Outcome {
        components: extreme.components,
        ..Outcome::of(extreme.found)
    })
}

fn sequence_options(settings: &Settings) -> sequence::Options {
    sequence::Options {
        arithmetic: settings.arithmetic,
        tolerance: settings
            .tolerance
            .unwrap_or(sequence::Options::default().tolerance),
    }
}

fn sequence_lp(
    game: &Game,
    settings: &Settings,
    budget: &Budget<'_>,
    _: &mut dyn qre::Progress,
) -> Result<Outcome, Unfit> {
    sequence::lp(game, &sequence_options(settings), budget).map(Outcome::of)
}

fn sequence_lcp(
    game: &Game,
    settings: &Settings,
    budget: &Budget<'_>,
    _: &mut dyn qre::Progress,
) -> Result<Outcome, Unfit> {
    sequence::lcp(game, &sequence_options(settings), budget).map(Outcome::of)
}

fn least_regret(
    game: &Game,
    settings: &Settings,
    budget: &Budget<'_>,
    _: &mut dyn qre::Progress,
) -> Result<Outcome, Unfit> {
    let mut options = settings
        .variant
        .map_or_else(regret::Options::default, regret::Options::of);
    options.tolerance = settings.tolerance.unwrap_or(options.tolerance);
    options.iterations = settings.iterations.unwrap_or(options.iterations);
    regret::solve(game, &options, budget).map(|solution| Outcome::of(solution.equilibria))
}

fn many(
    game: &Game,
    settings: &Settings,
    budget: &Budget<'_>,
    _: &mut dyn qre::Progress,
) -> Result<Outcome, Unfit> {
    let defaults = search::Options::default();
    let options = search::Options {
        starts: settings.starts,
        seed: settings.seed,
        threads: settings.threads,
        tolerance: settings.tolerance.unwrap_or(defaults.tolerance),
        kind: if settings.sequential {
            search::Kind::Sequential
        } else {
            search::Kind::Nash
        },
        ..defaults
    };
    let found = search::equilibria(game, &options, budget)?;
    let share = |other: &search::Other| other.starts as f64 / found.starts.max(1) as f64;
    let shares = found.others.iter().map(share).collect();
    Ok(Outcome {
        shares,
        ..Outcome::of(found.into())
    })
}

/// Whether a result is what was asked for, or what stopped short of it is a limit.
pub fn limited(status: Status) -> bool {
    matches!(
        status,
        Status::Interrupted | Status::TimeLimit | Status::TooLarge
    )
}
