//! `detente ask`: just the numbers.

use detente_findings::query::Queries;
use detente_solve::qre;

use crate::args::{AskArgs, When};
use crate::failure::{FINDINGS, Failure, INPUT, LIMIT};
use crate::input::{Shown, query, story};
use crate::line::{expanded, solved, threads};
use crate::progress::interrupted;
use crate::terminal::{self, complain};

/// Runs the command; the exit code if it came to its end.
///
/// # Errors
/// What ended it early.
pub fn run(args: &AskArgs, color: When) -> Result<u8, Failure> {
    let story = story(&args.file, color, true)?;
    let queries = args
        .queries
        .iter()
        .map(|text| query(&story.scenario, text, color))
        .collect::<Result<Vec<_>, _>>()?;
    let mut line = expanded(&story, &args.solve, color, false)?;
    // Only the last point of the path is asked for.
    line.options.path_points = 0;
    line.options.threads = qre::Options::worth_while(&line.expansion.game, threads(args.threads));
    let solution = solved(&line.expansion.game, &line.options, false);
    let answers = Queries::new(&story.scenario, &line.settings, &line.expansion, &queries)
        .and_then(|ready| {
            ready.answer(
                &story.scenario,
                &line.settings,
                &line.expansion.game,
                &solution.profile,
            )
        })
        .map_err(|fault| story.failure(&fault, color, INPUT))?;
    terminal::print(&if args.json {
        object(&args.queries, &answers)?
    } else {
        lines(&answers)
    })?;
    if solution.status.is_success() {
        return Ok(0);
    }
    complain(&format!("warning: {}", solution.status.sentence()));
    Ok(if interrupted() { LIMIT } else { FINDINGS })
}

/// One number a line, `none` where a condition has probability 0.
fn lines(answers: &[Option<f64>]) -> String {
    let lines = answers.iter().map(|answer| match answer {
        Some(value) => format!("{value}\n"),
        None => "none\n".to_owned(),
    });
    lines.collect()
}

fn object(queries: &[String], answers: &[Option<f64>]) -> Result<String, Failure> {
    let pairs = queries
        .iter()
        .cloned()
        .zip(answers.iter().map(|answer| serde_json::json!(answer)));
    let object: serde_json::Map<String, serde_json::Value> = pairs.collect();
    let text =
        serde_json::to_string_pretty(&object).map_err(|error| Failure::input(error.to_string()))?;
    Ok(text + "\n")
}
