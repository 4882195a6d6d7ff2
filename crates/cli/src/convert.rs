//! `detente convert`: any game as a file for other programs.

use std::path::Path;

use detente_game::normal::Limits;
use detente_game::{efg, nfg};

use crate::args::{ConvertArgs, GameFormat, When};
use crate::failure::Failure;
use crate::game_input::{GameOptions, game};
use crate::terminal::{self, complain};

/// Runs the command; the exit code if it came to its end.
///
/// # Errors
/// What ended it early.
pub fn run(args: &ConvertArgs, color: When) -> Result<u8, Failure> {
    let format = match args.to {
        Some(format) => format,
        None => by_ending(args.out.as_deref())?,
    };
    let options = GameOptions {
        set: &args.set,
        max_nodes: args.max_nodes,
        color,
        quiet: false,
    };
    let loaded = game(&args.file, options)?;
    for warning in &loaded.warnings {
        complain(warning);
    }
    let text = match format {
        GameFormat::Efg => efg::write(&loaded.game),
        GameFormat::Nfg => nfg::write(&loaded.game, &Limits::default()).map_err(|error| {
            Failure::limit(format!("{error}; `--to efg` writes games of any size"))
        })?,
    };
    terminal::put(args.out.as_deref(), &text)?;
    Ok(0)
}

/// The format that the ending of the output asks for.
fn by_ending(out: Option<&Path>) -> Result<GameFormat, Failure> {
    let Some(out) = out else {
        return Ok(GameFormat::Efg);
    };
    match out.extension().and_then(|ending| ending.to_str()) {
        Some("efg") => Ok(GameFormat::Efg),
        Some("nfg") => Ok(GameFormat::Nfg),
        _ => Err(Failure::input(format!(
            "{}: say in which format, `--to efg` or `--to nfg`",
            out.display()
        ))),
    }
}
