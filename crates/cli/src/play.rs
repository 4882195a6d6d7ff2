//! `detente play`: sits in an actor's chair.

use std::io::IsTerminal;
use std::path::Path;
use std::sync::Arc;

use detente_language::scenario::{Named, Scenario};
use detente_play::{Play, PlayError, Seat, Setup, Spectators, Table, parquet};
use detente_report::{play_debrief, play_opening};
use detente_solve::qre;

use crate::args::When;
use crate::args_play::PlayArgs;
use crate::failure::{FINDINGS, Failure, LIMIT};
use crate::input::story;
use crate::line::{expanded, solved, threads};
use crate::play_talk::Talk;
use crate::progress::interrupted;
use crate::terminal::{self, complain};

/// Runs the command; the exit code if it came to its end.
///
/// # Errors
/// What ended it early.
pub fn run(args: &PlayArgs, color: When) -> Result<u8, Failure> {
    let story = story(&args.file, color, false)?;
    seated(&story.scenario, &args.actors)?;
    if let Some(path) = &args.log {
        log_format(path)?;
    }
    let mut line = expanded(&story, &args.solve, color, false)?;
    line.options.path_points = 0;
    line.options.threads = qre::Options::worth_while(&line.expansion.game, threads(args.threads));
    let solution = solved(&line.expansion.game, &line.options, false);
    if !solution.status.is_success() {
        complain(&format!(
            "warning: the others do not play in equilibrium. {}",
            solution.status.sentence()
        ));
    }
    if interrupted() {
        return Ok(LIMIT);
    }
    let setup = Setup {
        seats: vec![Seat {
            name: "You".to_owned(),
            actors: args.actors.clone(),
        }],
        seed: args.seed,
        // Whether they are shown is decided at each question.
        hints: true,
        spectators: Spectators::Public,
    };
    let converged = solution.status.is_success();
    let table = Table::new(story.scenario.clone(), line.expansion, solution.profile);
    let mut play = Play::begin(Arc::new(table), setup).map_err(wrong)?;
    if !args.json {
        let opening = play_opening(
            &story.scenario.title,
            &facts(&play, args),
            terminal::text_options(color),
        );
        terminal::print(&opening)?;
    }
    let options = terminal::text_options(color);
    Talk::new(&mut play, options, args.hints, args.json)
        .hold(&mut std::io::stdin().lock(), std::io::stdin().is_terminal())?;
    ended(&play, args, color)?;
    Ok(if converged { 0 } else { FINDINGS })
}

/// Whether these actors can be sat for, before anything is solved.
fn seated(scenario: &Scenario, actors: &[String]) -> Result<(), Failure> {
    let known = scenario.actors.iter();
    let names: Vec<String> = known.map(|a| format!("{} ({})", a.id, a.label)).collect();
    let names = names.join(", ");
    if actors.is_empty() {
        let words = format!("whose chair do you take? Give `--as` with one of: {names}");
        return Err(Failure::input(words));
    }
    let unknown = |name: &&String| !scenario.actors.iter().any(|actor| actor.id == **name);
    match actors.iter().find(unknown) {
        None => Ok(()),
        Some(name) => Err(Failure::input(format!(
            "`--as {name}`: there is no actor `{name}`; the actors are {names}"
        ))),
    }
}

/// Something that cannot be done, as it is shown.
pub fn wrong(error: PlayError) -> Failure {
    Failure::input(error.to_string())
}

/// Who plays whom, and how.
fn facts(play: &Play, args: &PlayArgs) -> Vec<String> {
    let scenario = play.table().scenario();
    let (own, others): (Vec<_>, Vec<_>) = scenario
        .actors
        .iter()
        .partition(|actor| args.actors.contains(&actor.id));
    let labels = |actors: &[&Named]| {
        let labels: Vec<&str> = actors.iter().map(|actor| actor.label.as_str()).collect();
        labels.join(", ")
    };
    let mut facts = vec![format!("You decide for: {}.", labels(&own))];
    if !others.is_empty() {
        let how = match args.solve.precision {
            Some(precision) => format!(
                "by their strategies at precision {precision}, at which they err as people do"
            ),
            None => "by their strategies in equilibrium (with --precision they err as people do)"
                .to_owned(),
        };
        facts.push(format!(
            "The program decides for: {}, {how}.",
            labels(&others)
        ));
    }
    facts.push("Answer with the number of an option; ? tells what else you can say.".to_owned());
    facts
}

/// Looks back, and writes the log.
fn ended(play: &Play, args: &PlayArgs, color: When) -> Result<(), Failure> {
    let debrief = play.debrief().map_err(wrong)?;
    if args.json {
        let json = serde_json::to_string(&debrief);
        let json = json.map_err(|error| Failure::input(error.to_string()))?;
        terminal::print(&format!("{json}\n"))?;
    } else {
        terminal::print(&play_debrief(&debrief, terminal::text_options(color)))?;
        terminal::print(&format!(
            "\nAnother course: --seed {}\n",
            args.seed.wrapping_add(1)
        ))?;
    }
    match &args.log {
        None => Ok(()),
        Some(path) => log(play, path),
    }
}

/// Whether a log is written as JSON, by the ending of its name; else it is Parquet.
fn log_format(path: &Path) -> Result<bool, Failure> {
    match path.extension().and_then(|ending| ending.to_str()) {
        Some("json") => Ok(true),
        Some("parquet") => Ok(false),
        _ => Err(Failure::input(format!(
            "`--log {}`: end the name in .parquet or .json",
            path.display()
        ))),
    }
}

fn log(play: &Play, path: &Path) -> Result<(), Failure> {
    let rows = play.rows();
    let bytes = match log_format(path)? {
        true => serde_json::to_vec_pretty(&rows).map_err(|error| Failure::input(error.to_string())),
        false => parquet(&rows, None).map_err(|error| Failure::input(error.to_string())),
    };
    std::fs::write(path, bytes?)
        .map_err(|error| Failure::input(format!("cannot write {}: {error}", path.display())))
}
