//! Games for the commands that take any: scenarios, and Gambit's extensive and strategic files.

use std::path::Path;

use detente_expand::Expansion;
use detente_game::{Game, format_of, read_game, recall, tell_apart};
use detente_line::Story;

use crate::args::When;
use crate::failure::{Failure, INPUT};
use crate::input::{found, told};
use crate::line::{bound, expansion, limits};

/// How a game is read.
#[derive(Clone, Copy, Debug)]
pub struct GameOptions<'a> {
    /// `--set NAME=VALUE`, each; of scenarios only.
    pub set: &'a [String],
    /// Most nodes that the game may have.
    pub max_nodes: usize,
    /// When to use colour.
    pub color: When,
    /// Whether to show no progress.
    pub quiet: bool,
}

/// A game with its names.
pub struct LoadedGame {
    /// The game. Names of players, of each player's information sets, and of the actions at each are distinct.
    pub game: Game,
    /// What was odd, as it is shown on standard error.
    pub warnings: Vec<String>,
}

/// Reads a game: a scenario where the file ends in `.detente`, else what its text begins like.
///
/// # Errors
/// The file cannot be read, has errors, or the game is larger than allowed.
pub fn game(path: &Path, options: GameOptions) -> Result<LoadedGame, Failure> {
    let (path, text) = found(path)?;
    let path = path.as_path();
    let ending = path.extension().and_then(|ending| ending.to_str());
    let scenario = match ending {
        Some("detente") => true,
        Some("efg" | "nfg") => false,
        _ => format_of(&text).is_none(),
    };
    if scenario {
        of_scenario(path, &text, options)
    } else {
        of_savefile(path, &text, options)
    }
}

fn of_scenario(path: &Path, text: &str, options: GameOptions) -> Result<LoadedGame, Failure> {
    let (story, warnings) = told(path, text, options.color)?;
    let (_, settings) = bound(&story, options.set, options.color)?;
    let limits = limits(options.max_nodes);
    let expansion = expansion(&story, &settings, limits, options.color, options.quiet)?;
    Ok(LoadedGame {
        game: named(&story, expansion)?,
        warnings: Some(warnings)
            .filter(|w| !w.is_empty())
            .into_iter()
            .collect(),
    })
}

fn of_savefile(path: &Path, text: &str, options: GameOptions) -> Result<LoadedGame, Failure> {
    let name = path.display();
    if let Some(setting) = options.set.first() {
        return Err(Failure::input(format!(
            "`--set {setting}`: only scenarios have params, and {name} is none"
        )));
    }
    let read = read_game(text).map_err(|remarks| {
        let lines: Vec<String> = remarks
            .iter()
            .map(|remark| format!("error: {name}:{remark}"))
            .collect();
        Failure {
            message: lines.join("\n"),
            code: INPUT,
        }
    })?;
    let nodes = read.game.nodes();
    if nodes > options.max_nodes {
        let most = options.max_nodes;
        return Err(Failure::limit(format!(
            "{name} has {nodes} nodes, more than {most}; allow more with `--max-nodes {nodes}`"
        )));
    }
    let warnings = read.warnings.iter();
    let mut warnings: Vec<String> = warnings
        .map(|remark| format!("warning: {name}:{remark}"))
        .collect();
    let lapses = recall::lapses(&read.game);
    warnings.extend(lapses.iter().map(|lapse| format!("note: {lapse}")));
    Ok(LoadedGame {
        game: read.game,
        warnings,
    })
}

/// The game of a scenario with all its names, each once in its scope.
///
/// # Errors
/// Names that do not fit the game.
pub fn named(story: &Story, expansion: Expansion) -> Result<Game, Failure> {
    let labels = expansion.labels();
    let mut parts = expansion.game.into_parts();
    parts.labels = labels;
    parts.title.clone_from(&story.scenario.title);
    tell_apart(&mut parts);
    Game::new(parts).map_err(|error| Failure::input(error.to_string()))
}
