//! `detente test`: runs the `expect`s of scenarios.

use std::path::Path;

use detente_findings::assemble::checks;
use detente_findings::headlines::number;
use detente_findings::model::Check;
use detente_line::conflict::Checked;

use crate::args::{SolveArgs, TestArgs, When};
use crate::failure::{FINDINGS, Failure, INPUT, LIMIT};
use crate::input::{Shown, scenarios, story};
use crate::line::{bound, expanded, solved};
use crate::progress::interrupted;
use crate::terminal::{self, complain};

/// Largest relative gain from deviating, finer than elsewhere: of two options that are nearly alike, a check may
/// name the better one.
const TOLERANCE: f64 = 1e-6;

/// One scenario's checks.
struct Tested {
    checks: Vec<Check>,
    /// Which states of the conflict should last.
    stability: Vec<Checked>,
    /// Why its solution is not trustworthy, if it is not.
    doubt: Option<&'static str>,
}

/// Runs the command; every scenario is tested whatever the others give.
///
/// # Errors
/// No scenario is found, or standard output cannot be written.
pub fn run(args: &TestArgs, color: When) -> Result<u8, Failure> {
    let (mut worst, mut held, mut failed, mut silent) = (0, 0, 0, 0);
    for path in scenarios(&args.paths)? {
        if interrupted() {
            return Ok(LIMIT);
        }
        let tested = match test(&path, args, color) {
            Ok(tested) => tested,
            Err(failure) => {
                complain(&failure.message);
                worst = worst.max(INPUT);
                continue;
            }
        };
        let unstable = tested.stability.iter().filter(|check| !check.holds);
        let fails = tested.checks.iter().filter(|check| !check.holds).count() + unstable.count();
        let applying = tested.checks.iter().filter(|check| check.applies).count();
        let applying = applying + tested.stability.len();
        held += applying - fails;
        failed += fails;
        silent += tested.checks.len() + tested.stability.len() - applying;
        if fails > 0 || tested.doubt.is_some() {
            worst = worst.max(FINDINGS);
        }
        terminal::print(&if args.json {
            json(&path, &tested)?
        } else {
            table(&path, &tested)
        })?;
    }
    if !args.json {
        let silent = match silent {
            0 => String::new(),
            1 => ", 1 does not apply here".to_owned(),
            n => format!(", {n} do not apply here"),
        };
        terminal::print(&format!("{held} passed, {failed} failed{silent}\n"))?;
    }
    Ok(if interrupted() { LIMIT } else { worst })
}

fn test(path: &Path, args: &TestArgs, color: When) -> Result<Tested, Failure> {
    let story = story(path, color, true)?;
    let (_, settings) = bound(&story, &args.solve.set, color)?;
    let stability = detente_line::conflict::checks(&story, &settings)
        .map_err(|fault| Failure::of(&fault, color))?;
    // A conflict without play needs no solution.
    let told = &story.scenario;
    if told.play.is_empty() && told.expects.is_empty() && !stability.is_empty() {
        return Ok(Tested {
            checks: Vec::new(),
            stability,
            doubt: None,
        });
    }
    let solve = SolveArgs {
        tolerance: args.solve.tolerance.or(Some(TOLERANCE)),
        ..args.solve.clone()
    };
    let mut line = expanded(&story, &solve, color, args.json)?;
    line.options.path_points = 0;
    let solution = solved(&line.expansion.game, &line.options, args.json);
    let checks = checks(&story.scenario, &line.settings, &line.expansion, &solution)
        .map_err(|fault| story.failure(&fault, color, INPUT))?;
    let doubt = (!solution.status.is_success()).then(|| solution.status.sentence());
    Ok(Tested {
        checks,
        stability,
        doubt,
    })
}

/// A heading with the file, and a line per check.
fn table(path: &Path, tested: &Tested) -> String {
    let mut text = format!("{}\n", path.display());
    if let Some(doubt) = tested.doubt {
        text.push_str(&format!("  not trustworthy: {doubt}\n"));
    }
    if tested.checks.is_empty() && tested.stability.is_empty() {
        text.push_str("  no `expect` in this scenario\n");
    }
    for check in &tested.checks {
        let mark = match (check.applies, check.holds) {
            (false, _) => "-   ",
            (true, true) => "ok  ",
            (true, false) => "FAIL",
        };
        text.push_str(&format!("  {mark} {}", check.text));
        if !check.applies {
            text.push_str("   (does not apply here)");
        }
        if !check.holds {
            let side = |value: Option<f64>| value.map_or_else(|| "no value".to_owned(), number);
            text.push_str(&format!(
                "   (left {}, right {})",
                side(check.left),
                side(check.right)
            ));
            if !check.why.is_empty() {
                text.push_str(&format!("\n       {}", check.why));
            }
        }
        text.push('\n');
    }
    for check in &tested.stability {
        let mark = if check.holds { "ok  " } else { "FAIL" };
        text.push_str(&format!("  {mark} {}", check.text));
        if !check.holds {
            text.push_str(&format!("   ({})", check.against));
            if !check.why.is_empty() {
                text.push_str(&format!("\n       {}", check.why));
            }
        }
        text.push('\n');
    }
    text
}

/// One object a line.
fn json(path: &Path, tested: &Tested) -> Result<String, Failure> {
    let lines = tested.checks.iter().map(|check| {
        let object = serde_json::json!({
            "file": path.to_string_lossy(),
            "check": check.text,
            "why": check.why,
            "holds": check.holds,
            "applies": check.applies,
            "left": check.left,
            "right": check.right,
            "trustworthy": tested.doubt.is_none(),
        });
        serde_json::to_string(&object).map(|line| line + "\n")
    });
    let stability = tested.stability.iter().map(|check| {
        let object = serde_json::json!({
            "file": path.to_string_lossy(),
            "check": check.text,
            "why": check.why,
            "holds": check.holds,
            "applies": true,
            "against": check.against,
            "trustworthy": true,
        });
        serde_json::to_string(&object).map(|line| line + "\n")
    });
    lines
        .chain(stability)
        .collect::<Result<String, _>>()
        .map_err(|error| Failure::input(error.to_string()))
}
