//! `detente deal`: who would accept what.

use detente_deal::{
    Analysis, DealError, Doubt, Merge, Outcome, Preferences, Ratification, Ratifier, Search, Space,
    analyse, doubt, ratification,
};
use detente_report::deal_text;

use crate::args::{DealArgs, When};
use crate::deal_input::{Table, table};
use crate::deal_json::json;
use crate::deal_view::view;
use crate::failure::{Failure, LIMIT};
use crate::terminal::{complain, print, text_options};

/// Most outcomes of which the share of draws is counted.
const COUNTED: usize = 2_000_000;

/// All that is found about a negotiation.
pub struct Found {
    /// What it is called.
    pub title: String,
    /// The negotiators.
    pub space: Space,
    /// Names of the packages, in the order of the analysis.
    pub packages: Vec<String>,
    /// The analysis.
    pub analysis: Analysis,
    /// With ratifiers, where there are any; their names.
    pub ratification: Option<(Vec<Ratifier>, Ratification)>,
    /// Under doubtful numbers, where there are any.
    pub doubt: Option<Doubt>,
}

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
    let found = find(args, table)?;
    if args.json {
        print(&json(&found))?;
    } else if !args.quiet {
        print(&deal_text(&view(&found), text_options(color)))?;
    }
    Ok(0)
}

fn find(args: &DealArgs, table: Table) -> Result<Found, Failure> {
    let everybody = with_fallbacks(args, &table)?;
    let ratifiers = at_home(args, &table)?;
    let seats = seats(args, &table, &ratifiers)?;
    let domain = table.space.domain().clone();
    let space = Space::new(domain, pick(&everybody, &seats)).map_err(failure)?;
    let search = Search {
        merge: Merge {
            epsilon: args.epsilon,
            ..Merge::default()
        },
        seed: args.seed,
        ..Search::default()
    };
    let (packages, asked): (Vec<String>, Vec<Outcome>) = table.packages.iter().cloned().unzip();
    let analysis = analyse(&space, &asked, &search).map_err(failure)?;
    let ratifiers: Vec<Ratifier> = ratifiers
        .into_iter()
        .filter_map(|(home, of)| {
            Some(Ratifier {
                of: seats.iter().position(|seat| *seat == of)?,
                preferences: everybody[home].clone(),
            })
        })
        .collect();
    let ratification = if ratifiers.is_empty() {
        None
    } else {
        let found = ratification(&space, &ratifiers, &search).map_err(failure)?;
        Some((ratifiers, found))
    };
    let small = space.domain().size().is_some_and(|size| size <= COUNTED);
    let doubt = if table.draws.is_empty() || !small {
        None
    } else {
        let draws = table.draws.iter().map(|draw| pick(draw, &seats));
        Some(doubt(space.domain(), draws, &asked, COUNTED).map_err(failure)?)
    };
    Ok(Found {
        title: table.title,
        space,
        packages,
        analysis,
        ratification,
        doubt,
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

fn pick(parties: &[Preferences], seats: &[usize]) -> Vec<Preferences> {
    seats.iter().map(|seat| parties[*seat].clone()).collect()
}

/// Everybody with the fallbacks asked for.
fn with_fallbacks(args: &DealArgs, table: &Table) -> Result<Vec<Preferences>, Failure> {
    let mut everybody = table.space.parties().to_vec();
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
