//! `detente deal`: who would accept what.

use detente_deal::{DealError, Merge, Preferences, Search};
use detente_findings::deal::{Asked, find, view};
use detente_findings::model::Deal;
use detente_report::{deal_html, deal_text};

use crate::args::{DealArgs, When};
use crate::deal_input::{Table, table};
use crate::deal_json::json;
use crate::failure::{Failure, LIMIT};
use crate::pages::{named_folder, page_file, write_page};
use crate::terminal::{complain, print, text_options};

/// Most outcomes of which the share of draws is counted.
const COUNTED: usize = 2_000_000;

/// Reads, analyses and prints.
///
/// # Errors
/// Bad input; a space beyond the limits.
pub fn run(args: &DealArgs, color: When) -> Result<u8, Failure> {
    let table = table(args, color)?;
    if !args.quiet && !args.json {
        for remark in &table.remarks {
            complain(remark);
        }
    }
    let found = find(asked(args, table)?).map_err(failure)?;
    if args.json {
        print(&json(&found))?;
    }
    if args.json && args.out.is_none() {
        return Ok(0);
    }
    show(args, &view(&found).map_err(failure)?, color)
}

/// Prints the screen, unless something else was asked for, and writes the page.
fn show(args: &DealArgs, deal: &Deal, color: When) -> Result<u8, Failure> {
    let quiet = args.json || args.quiet;
    if !quiet {
        print(&deal_text(deal, text_options(color)))?;
    }
    let out = args.out.clone().unwrap_or_else(|| named_folder(&args.file));
    let path = page_file(&out, "deal.html");
    write_page(&path, &deal_html(deal))?;
    if !quiet {
        print(&format!("\nReport: {}\n", path.display()))?;
    }
    Ok(0)
}

/// What is asked, by name and position.
fn asked(args: &DealArgs, table: Table) -> Result<Asked, Failure> {
    let everybody = with_fallbacks(args, &table, table.space.parties())?;
    let ratifiers = at_home(args, &table)?;
    let seats = seats(args, &table, &ratifiers)?;
    let draws = (table.draws.iter())
        .map(|draw| with_fallbacks(args, &table, draw))
        .collect::<Result<Vec<_>, _>>()?;
    Ok(Asked {
        title: table.title,
        domain: table.space.domain().clone(),
        colours: (0..everybody.len()).collect(),
        everybody,
        seats,
        styles: table.styles,
        ratifiers,
        packages: table.packages,
        draws,
        counted: COUNTED,
        search: Search {
            merge: Merge {
                epsilon: args.epsilon,
                ..Merge::default()
            },
            seed: args.seed,
            ..Search::default()
        },
    })
}

/// Who must consent at home to what whom agrees, by position: those asked for and those that the scenario declares,
/// as far as parties that are named leave them at home and their negotiator at the table.
fn at_home(args: &DealArgs, table: &Table) -> Result<Vec<(usize, usize)>, Failure> {
    let at = |name: &str| position(table.space.parties(), &table.ids, name);
    let mut ratifiers = Vec::new();
    for pair in &args.ratifiers {
        let (home, of) = pair.split_once(':').ok_or_else(|| {
            Failure::input(format!(
                "`--ratifier {pair}`: write RATIFIER:PARTY, such as hawks:us"
            ))
        })?;
        ratifiers.push((at(home)?, at(of)?));
    }
    let named: Vec<usize> = (args.parties.iter())
        .map(|name| at(name))
        .collect::<Result<_, _>>()?;
    for &(home, of) in &table.ratifiers {
        let seated = named.is_empty() || named.contains(&of) && !named.contains(&home);
        if seated && !ratifiers.contains(&(home, of)) {
            ratifiers.push((home, of));
        }
    }
    Ok(ratifiers)
}

fn failure(error: DealError) -> Failure {
    match error {
        DealError::FrontierTooLarge { .. } | DealError::TooLarge { .. } => Failure {
            message: format!("error: {error}; `--epsilon 0.001` allows an error of 0.001"),
            code: LIMIT,
        },
        other => Failure::input(other.to_string()),
    }
}

/// The party with this short name or name.
fn position(parties: &[Preferences], ids: &[String], name: &str) -> Result<usize, Failure> {
    let by_id = ids.iter().position(|id| id == name);
    let by_name = || {
        parties
            .iter()
            .position(|p| p.party.eq_ignore_ascii_case(name))
    };
    by_id.or_else(by_name).ok_or_else(|| {
        Failure::input(format!(
            "no party is called `{name}`; there are: {}",
            ids.join(", ")
        ))
    })
}

/// Who negotiates: those asked for, else everybody but the ratifiers.
fn seats(
    args: &DealArgs,
    table: &Table,
    ratifiers: &[(usize, usize)],
) -> Result<Vec<usize>, Failure> {
    let everybody = table.space.parties();
    let mut seats = Vec::new();
    for name in &args.parties {
        let seat = position(everybody, &table.ids, name)?;
        if !seats.contains(&seat) {
            seats.push(seat);
        }
    }
    if args.parties.is_empty() {
        seats = (0..everybody.len())
            .filter(|p| !ratifiers.iter().any(|(home, _)| home == p))
            .collect();
    }
    match ratifiers.iter().find(|(_, of)| !seats.contains(of)) {
        Some((_, of)) => Err(Failure::input(format!(
            "`{}` has a ratifier and does not negotiate",
            everybody[*of].party
        ))),
        None if seats.is_empty() => {
            Err(Failure::input("nobody negotiates: only ratifiers are left"))
        }
        None => Ok(seats),
    }
}

/// Everybody with the fallbacks asked for.
fn with_fallbacks(
    args: &DealArgs,
    table: &Table,
    parties: &[Preferences],
) -> Result<Vec<Preferences>, Failure> {
    let mut everybody = parties.to_vec();
    if args.no_fallbacks {
        everybody.iter_mut().for_each(|party| party.fallback = 0.0);
    }
    for pair in &args.fallbacks {
        let wrong = || Failure::input(format!("`--fallback {pair}`: write PARTY=NUMBER"));
        let (name, value) = pair.split_once('=').ok_or_else(wrong)?;
        let at = position(&everybody, &table.ids, name)?;
        everybody[at].fallback = value.trim().parse().map_err(|_| wrong())?;
    }
    Ok(everybody)
}
