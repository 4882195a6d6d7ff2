//! `detente sweep report`: what the points of a run say.

use std::path::Path;

use detente_doubt::swept;
use detente_report::{SweepPage, sweep_html, sweep_text};
use detente_sweep::run::describe;

use crate::args::When;
use crate::args_sweep::ReportArgs;
use crate::failure::Failure;
use crate::line::threads;
use crate::sweep::failure;
use crate::sweep_view::design;
use crate::terminal;

/// Runs the command; the exit code if it came to its end.
///
/// # Errors
/// There is no run, it cannot be read, or the page cannot be written.
pub fn report(args: &ReportArgs, color: When) -> Result<u8, Failure> {
    let held = describe(&args.folder).map_err(failure)?;
    if let Some(error) = held.damaged.into_iter().next() {
        return Err(failure(error));
    }
    let found = swept(&args.folder, &held.plan, threads(args.threads)).map_err(failure)?;
    let design = design(&held.plan.design);
    let page = SweepPage {
        title: &found.title,
        file: &found.file,
        design: &design,
        seed: found.seed,
        points: (found.planned, found.points, found.failed),
        draws: found.draws,
        notes: &found.notes,
        doubt: &found.doubt,
    };
    let html = sweep_html(&page).map_err(|error| Failure::input(error.to_string()))?;
    let out = match &args.out {
        None => args.folder.join("report.html"),
        Some(file) if file.extension().is_some_and(|end| end == "html") => file.clone(),
        Some(folder) => folder.join("report.html"),
    };
    let cannot = |path: &Path, error: &std::io::Error| {
        Failure::input(format!("cannot write {}: {error}", path.display()))
    };
    if let Some(folder) = out.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder).map_err(|error| cannot(folder, &error))?;
    }
    std::fs::write(&out, html).map_err(|error| cannot(&out, &error))?;
    if args.json {
        let json = serde_json::to_string_pretty(&found)
            .map_err(|error| Failure::input(error.to_string()))?;
        terminal::print(&(json + "\n"))?;
    } else if !args.quiet {
        let text = sweep_text(&page, terminal::text_options(color));
        terminal::print(&format!("{text}\nReport: {}\n", out.display()))?;
    }
    Ok(0)
}
