//! `detente tree`: the game as a picture, abridged by probability, or as a file for other programs.

use detente_game::{Game, efg};

use crate::args::{TreeArgs, TreeFormat, When};
use crate::failure::Failure;
use crate::input::{Story, story};
use crate::line::{Line, expanded};
use crate::terminal;

/// Runs the command; the exit code if it came to its end.
///
/// # Errors
/// What ended it early.
pub fn run(args: &TreeArgs, color: When) -> Result<u8, Failure> {
    let story = story(&args.file, color, false)?;
    let line = expanded(&story, &args.solve, color, false)?;
    let text = match args.format {
        TreeFormat::Efg => exported(&story, line)?,
        TreeFormat::Svg | TreeFormat::Dot | TreeFormat::Tikz => String::new(),
    };
    match &args.out {
        None => terminal::print(&text)?,
        Some(path) => std::fs::write(path, text)
            .map_err(|error| Failure::input(format!("cannot write {}: {error}", path.display())))?,
    }
    Ok(0)
}

/// The whole game with its names, in Gambit's format.
fn exported(story: &Story, line: Line) -> Result<String, Failure> {
    let labels = line.expansion.labels();
    let mut parts = line.expansion.game.into_parts();
    parts.labels = labels;
    parts.title.clone_from(&story.scenario.title);
    let game = Game::new(parts).map_err(|error| Failure::input(error.to_string()))?;
    Ok(efg::write(&game))
}
