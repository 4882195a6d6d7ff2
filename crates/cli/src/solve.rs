//! `detente solve`: equilibria of any game by any method.

use std::path::Path;
use std::time::{Duration, Instant};

use detente_game::Game;
use detente_game::normal::{Limits, NormalForm};
use detente_game::recall::{Forgotten, Lapse, lapses};
use detente_game::strategic::Table;
use detente_report::{MethodRow, equilibria_text, methods_text};
use detente_solve::methods::{METHODS, Method, Outcome, Settings, limited, method};
use detente_solve::qre::{self, Checkpoint, Next, Progress};
use detente_solve::{Budget, Headway, regret, sequence};

use crate::args::{ArithmeticArg, FindArgs, VariantArg, When};
use crate::failure::{FINDINGS, Failure, LIMIT};
use crate::game_input::{GameOptions, game};
use crate::line::{memory_at_hand, threads};
use crate::path_file;
use crate::progress::{Meter, interrupted};
use crate::solve_json::object;
use crate::solve_view::view;
use crate::terminal::{self, complain};

/// Runs the command; the exit code if it came to its end.
///
/// # Errors
/// What ended it early.
pub fn run(args: &FindArgs, color: When) -> Result<u8, Failure> {
    let method = chosen(&args.method)?;
    check_options(args, method)?;
    if let Some(file) = &args.path {
        path_file::check(file)?;
    }
    let settings = settings(args)?;
    let options = GameOptions {
        set: &args.set,
        max_nodes: args.max_nodes,
        color,
        quiet: args.quiet || args.json,
    };
    let loaded = game(&args.file, options)?;
    if !args.quiet {
        loaded.warnings.iter().for_each(|warning| complain(warning));
    }
    let (game, table_remarks) = if args.strategic {
        let remarks = what_the_table_loses(&lapses(&loaded.game));
        (strategic(&loaded.game)?, remarks)
    } else {
        (loaded.game, Vec::new())
    };
    let mut outcome = solved(&game, method, &settings, args)?;
    outcome.found.remarks.splice(0..0, table_remarks);
    if let Some(file) = &args.path {
        path_file::write(file, &game, &outcome.path)?;
    }
    if args.json {
        terminal::print(&object(&game, method.name, &outcome)?)?;
    } else if !args.quiet {
        let file = args.file.to_string_lossy();
        let view = view(&game, &file, method.name, &outcome);
        terminal::print(&equilibria_text(&view, terminal::text_options(color)))?;
    }
    Ok(verdict(&outcome))
}

/// `detente methods`
///
/// # Errors
/// Standard output cannot be written to.
pub fn methods(color: When) -> Result<u8, Failure> {
    let rows: Vec<MethodRow<'_>> = METHODS
        .iter()
        .map(|method| {
            let heads = [
                ("finds", method.finds),
                ("for", method.games),
                ("when", method.when),
            ];
            (method.name, heads)
        })
        .collect();
    terminal::print(&methods_text(&rows, terminal::text_options(color)))?;
    Ok(0)
}

fn chosen(name: &str) -> Result<&'static Method, Failure> {
    method(name).ok_or_else(|| {
        let names: Vec<&str> = METHODS.iter().map(|method| method.name).collect();
        let near = detente_language::suggest::nearest(name, names.iter().copied());
        let hint = near.map_or_else(
            || format!("the methods are {}", names.join(", ")),
            |near| format!("did you mean `{near}`?"),
        );
        Failure::input(format!("there is no method `{name}`; {hint}"))
    })
}

/// Options that the chosen method would not heed are refused, so that nobody believes that they did something.
fn check_options(args: &FindArgs, method: &Method) -> Result<(), Failure> {
    let given: [(bool, &str, &[&str]); 11] = [
        (args.precision.is_some(), "--precision", &["logit"]),
        (args.raw_payoffs, "--raw-payoffs", &["logit"]),
        (args.path.is_some(), "--path", &["logit"]),
        (args.checkpoint.is_some(), "--checkpoint", &["logit"]),
        (
            args.arithmetic.is_some(),
            "--arithmetic",
            &["sequence-lp", "sequence-lcp"],
        ),
        (args.variant.is_some(), "--variant", &["regret"]),
        (args.iterations.is_some(), "--iterations", &["regret"]),
        (args.starts.is_some(), "--starts", &["search"]),
        (args.seed.is_some(), "--seed", &["search"]),
        (args.sequential, "--sequential", &["pure", "search"]),
        (args.most.is_some(), "--most", &["pure", "extreme"]),
    ];
    for (set, option, of) in given {
        if set && !of.contains(&method.name) {
            return Err(Failure::input(format!(
                "`{option}` is for `--method {}`, not for `{}`",
                of.join("` or `"),
                method.name
            )));
        }
    }
    Ok(())
}

fn settings(args: &FindArgs) -> Result<Settings, Failure> {
    let defaults = Settings::default();
    let time_limit = args.time_limit.map(seconds).transpose()?;
    for (name, value) in [("precision", args.precision), ("tolerance", args.tolerance)] {
        if let Some(value) = value.filter(|value| !value.is_finite() || *value < 0.0) {
            return Err(Failure::input(format!(
                "`--{name} {value}`: write a number that is not below 0"
            )));
        }
    }
    Ok(Settings {
        logit: qre::Options {
            precision: args.precision,
            raw_payoffs: args.raw_payoffs,
            path_points: if args.path.is_some() {
                args.path_points
            } else {
                0
            },
            memory_limit: memory_at_hand().map_or(qre::Options::default().memory_limit, |bytes| {
                (bytes / 4 * 3) as usize
            }),
            ..qre::Options::default()
        },
        resume: None,
        tolerance: args.tolerance,
        arithmetic: match args.arithmetic {
            Some(ArithmeticArg::Exact) => sequence::Arithmetic::Exact,
            Some(ArithmeticArg::Float) => sequence::Arithmetic::Float,
            Some(ArithmeticArg::Auto) | None => sequence::Arithmetic::Auto,
        },
        variant: args.variant.map(|variant| match variant {
            VariantArg::Cfr => regret::Variant::Cfr,
            VariantArg::CfrPlus => regret::Variant::CfrPlus,
            VariantArg::Dcfr => regret::Variant::Dcfr,
            VariantArg::PcfrPlus => regret::Variant::PredictiveCfrPlus,
        }),
        iterations: args.iterations,
        starts: args.starts.unwrap_or(defaults.starts),
        seed: args.seed.unwrap_or(defaults.seed),
        threads: threads(args.threads),
        sequential: args.sequential,
        most: args.most.unwrap_or(defaults.most),
        time_limit,
    })
}

fn seconds(seconds: f64) -> Result<Duration, Failure> {
    Duration::try_from_secs_f64(seconds)
        .map_err(|_| Failure::input(format!("`--time-limit {seconds}`: write seconds")))
}

/// The reduced normal form as a game.
fn strategic(game: &Game) -> Result<Game, Failure> {
    let form = NormalForm::new(game, &Limits::default())
        .map_err(|error| Failure::limit(format!("{error}; leave out `--strategic`")))?;
    Table::of_normal_form(game, &form)
        .into_game()
        .map_err(|error| Failure::input(error.to_string()))
}

/// What a reader should know of the table of a game in which somebody forgets.
fn what_the_table_loses(lapses: &[Lapse]) -> Vec<String> {
    let mut remarks: Vec<String> = Vec::new();
    for lapse in lapses {
        let player = &lapse.player_name;
        let remark = match lapse.forgotten {
            Forgotten::Visit => format!(
                "{player} is absent-minded: a strategy of the table does the same at every visit to an information \
                 set, so that play which mixes anew at each visit is not in it, and may be better."
            ),
            Forgotten::Choice | Forgotten::Knowledge => format!(
                "{player} forgets: a mixture over the strategies of the table remembers all the same which of them \
                 was drawn, so that play by choices at each information set may not be able to do it."
            ),
        };
        if !remarks.contains(&remark) {
            remarks.push(remark);
        }
    }
    remarks
}

fn solved(
    game: &Game,
    method: &Method,
    settings: &Settings,
    args: &FindArgs,
) -> Result<Outcome, Failure> {
    let quiet = args.quiet || args.json;
    let meter = Meter::share(method.name, quiet);
    let watch = |headway: &Headway<'_>| {
        let done = headway.done.unwrap_or(0.0).clamp(0.0, 1.0);
        meter.at((done * 1000.0) as u64, 1000, headway.words.to_owned());
        !interrupted()
    };
    let budget = Budget::new(settings.time_limit, &watch);
    let mut keeper = Keeper::new(&meter, args.checkpoint.as_deref());
    let settings = Settings {
        resume: keeper.kept()?,
        ..settings.clone()
    };
    let outcome = method
        .run(game, &settings, &budget, &mut keeper)
        .map_err(|unfit| Failure::input(unfit.to_string()))?;
    keeper.finish(outcome.found.status.is_success())?;
    Ok(outcome)
}

fn verdict(outcome: &Outcome) -> u8 {
    let status = outcome.found.status;
    if interrupted() || limited(status) {
        LIMIT
    } else if status.is_success() {
        0
    } else {
        FINDINGS
    }
}

/// How often a checkpoint is written.
const KEEP_EVERY: Duration = Duration::from_secs(20);

/// Shows how far the branch is, and keeps a checkpoint in a file.
struct Keeper<'a> {
    meter: &'a Meter,
    file: Option<&'a Path>,
    written: Instant,
    last: Option<Checkpoint>,
    failure: Option<Failure>,
}

impl<'a> Keeper<'a> {
    fn new(meter: &'a Meter, file: Option<&'a Path>) -> Keeper<'a> {
        Keeper {
            meter,
            file,
            written: Instant::now(),
            last: None,
            failure: None,
        }
    }

    /// The checkpoint that an earlier run has left.
    fn kept(&self) -> Result<Option<Checkpoint>, Failure> {
        let Some(file) = self.file.filter(|file| file.exists()) else {
            return Ok(None);
        };
        let bytes = std::fs::read(file)
            .map_err(|error| Failure::input(format!("cannot read {}: {error}", file.display())))?;
        Checkpoint::from_bytes(&bytes)
            .map(Some)
            .map_err(|error| Failure::input(format!("{}: {error}", file.display())))
    }

    /// Writes the last checkpoint, to a file beside it first, so that there is always a whole one.
    fn write(&self) -> Result<(), Failure> {
        let (Some(file), Some(last)) = (self.file, &self.last) else {
            return Ok(());
        };
        let beside = file.with_extension("new");
        std::fs::write(&beside, last.to_bytes())
            .and_then(|()| std::fs::rename(&beside, file))
            .map_err(|error| Failure::input(format!("cannot write {}: {error}", file.display())))
    }

    /// A solve that came to its end needs no checkpoint any more; another leaves its last one.
    fn finish(self, done: bool) -> Result<(), Failure> {
        if let Some(failure) = self.failure {
            return Err(failure);
        }
        if !done {
            return self.write();
        }
        match self.file.filter(|file| file.exists()) {
            None => Ok(()),
            Some(file) => std::fs::remove_file(file).map_err(|error| {
                Failure::input(format!("cannot remove {}: {error}", file.display()))
            }),
        }
    }
}

impl Progress for Keeper<'_> {
    fn point(&mut self, lambda: f64, gain: f64, done: f64) -> Next {
        let words = format!("precision {lambda:.1}, largest gain {:.3} %", gain * 100.0);
        self.meter
            .at((done.clamp(0.0, 1.0) * 1000.0) as u64, 1000, words);
        if interrupted() || self.failure.is_some() {
            Next::Stop
        } else {
            Next::Continue
        }
    }

    fn checkpoint(&mut self, make: &dyn Fn() -> Checkpoint) {
        if self.file.is_none() {
            return;
        }
        self.last = Some(make());
        if self.written.elapsed() >= KEEP_EVERY {
            self.failure = self.write().err();
            self.written = Instant::now();
        }
    }
}
