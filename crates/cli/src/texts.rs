//! `detente check`, `detente fmt` and `detente explain`: what concerns texts only.

use std::path::Path;

use detente_language::explain;
use detente_language::format::format;
use detente_language::source::Sources;
use detente_language::suggest::nearest;

use crate::args::{CheckArgs, ExplainArgs, FmtArgs, When};
use crate::failure::{FINDINGS, Failure, INPUT};
use crate::input::{checked, read, shown};
use crate::terminal::{self, complain};
use detente_line::library::{Place, place};

/// Runs `detente check`; every file is looked at whatever the others hold.
///
/// # Errors
/// Standard output cannot be written.
pub fn check(args: &CheckArgs, color: When) -> Result<u8, Failure> {
    let mut worst = 0;
    for file in &args.files {
        let loaded = match checked(file) {
            Ok(loaded) => loaded,
            Err(failure) => {
                complain(&failure.message);
                worst = INPUT;
                continue;
            }
        };
        if !loaded.diagnostics.is_empty() {
            complain(&shown(&loaded.diagnostics, &loaded.sources, color));
        }
        match &loaded.scenario {
            None => worst = INPUT,
            Some(scenario) => {
                let counts = [
                    (scenario.actors.len(), "actor"),
                    (scenario.parameters.len(), "param"),
                    (scenario.points.len(), "decision or draw"),
                    (scenario.asks.len(), "ask"),
                    (scenario.expects.len(), "expect"),
                ];
                let mut counts = counts.map(|(count, what)| plural(count, what)).to_vec();
                if !scenario.stakeholders.is_empty() {
                    counts.push(plural(scenario.stakeholders.len(), "stakeholder"));
                }
                let options = scenario.conflict.options.len();
                if options > 0 {
                    counts.push(plural(options, "option"));
                }
                terminal::print(&format!(
                    "{}: no errors ({})\n",
                    file.display(),
                    counts.join(", ")
                ))?;
            }
        }
    }
    Ok(worst)
}

fn plural(count: usize, what: &str) -> String {
    match (count, what) {
        (1, _) => format!("1 {what}"),
        (_, "decision or draw") => format!("{count} decisions and draws"),
        _ => format!("{count} {what}s"),
    }
}

/// Runs `detente fmt`.
///
/// # Errors
/// Standard output cannot be written.
pub fn fmt(args: &FmtArgs, color: When) -> Result<u8, Failure> {
    let mut worst = 0;
    for file in &args.files {
        let code = match fmt_one(file, args.check, color) {
            Ok(code) => code,
            Err(failure) => {
                complain(&failure.message);
                failure.code
            }
        };
        worst = worst.max(code);
    }
    Ok(worst)
}

fn fmt_one(file: &Path, check: bool, color: When) -> Result<u8, Failure> {
    if let Place::Library(embedded) = place(file) {
        let name = embedded.name;
        return Err(Failure::input(format!(
            "`{name}` is a scenario of the library and stays as it is; `detente new --from {name}` makes a copy"
        )));
    }
    let text = read(file)?;
    let formatted = format(&text).map_err(|diagnostics| {
        let sources = Sources::of(file.to_string_lossy(), text.as_str());
        Failure {
            message: shown(&diagnostics, &sources, color),
            code: INPUT,
        }
    })?;
    if file == Path::new("-") {
        terminal::print(&formatted)?;
        return Ok(0);
    }
    if formatted == text {
        return Ok(0);
    }
    if check {
        terminal::print(&format!("{}: not formatted\n", file.display()))?;
        return Ok(FINDINGS);
    }
    std::fs::write(file, formatted)
        .map_err(|error| Failure::input(format!("cannot write {}: {error}", file.display())))?;
    terminal::print(&format!("{}: formatted\n", file.display()))?;
    Ok(0)
}

/// Runs `detente explain`.
///
/// # Errors
/// An unknown code, with a suggestion.
pub fn explain(args: &ExplainArgs) -> Result<u8, Failure> {
    let Some(code) = &args.code else {
        let lines = explain::all().map(|known| format!("{}  {}\n", known.code, known.title));
        terminal::print(&lines.collect::<String>())?;
        return Ok(0);
    };
    let code = code.to_uppercase();
    match explain::explain_within(&code, terminal::width()) {
        Some(text) => terminal::print(&format!("{}\n", text.trim_end())).map(|()| 0),
        None => {
            let near = nearest(&code, explain::all().map(|known| known.code));
            let near = near.map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
            Err(Failure::input(format!(
                "there is no code `{code}`{near} (`detente explain` lists all)"
            )))
        }
    }
}
