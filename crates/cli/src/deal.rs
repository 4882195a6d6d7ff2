//! `detente deal`: who would accept what.

use std::path::{Path, PathBuf};

use detente_deal::session::Style;
use detente_deal::{
    Analysis, DealError, Domain, Doubt, Mend, Merge, Outcome, Preferences, Ratification, Ratifier,
    Search, Space, analyse, doubt, mend, ratification,
};
use detente_report::{DealPage, deal_html, deal_text};

use crate::args::{DealArgs, When};
use crate::deal_input::{Table, table};
use crate::deal_json::json;
use crate::deal_picture::page;
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
    /// The negotiators, then the ratifiers.
    pub everyone: Space,
    /// Of every package, the smallest change that everyone would accept, where somebody refuses.
    pub mends: Vec<Option<Mend>>,
    /// Of every package, how often it is refused under doubtful numbers.
    pub refused: Option<Vec<Refused>>,
    /// The style of each negotiator, where the scenario says so.
    pub styles: Vec<Option<Style>>,
    /// How spaces are searched.
    pub search: Search,
}

/// How often a package is refused when doubtful numbers are drawn.
pub struct Refused {
    /// Share of draws in which everyone accepts it.
    pub all: f64,
    /// Share of draws in which each of everyone refuses it.
    pub each: Vec<f64>,
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
    }
    let view = view(&found);
    if !args.json && !args.quiet {
        print(&deal_text(&view, text_options(color)))?;
    }
    if !args.json || args.out.is_some() {
        let path = write(args, &page(&found, view).map_err(failure)?)?;
        if !args.json && !args.quiet {
            print(&format!("\nReport: {}\n", path.display()))?;
        }
    }
    Ok(0)
}

/// Writes the page into `--out`, or a folder named like the file.
fn write(args: &DealArgs, page: &DealPage) -> Result<PathBuf, Failure> {
    let folder = args.out.clone().unwrap_or_else(|| {
        let stem = args.file.file_stem();
        Path::new("findings").join(stem.unwrap_or_else(|| "deal".as_ref()))
    });
    let cannot = |path: &Path, error: std::io::Error| {
        Failure::input(format!("cannot write {}: {error}", path.display()))
    };
    std::fs::create_dir_all(&folder).map_err(|error| cannot(&folder, error))?;
    let path = folder.join("deal.html");
    std::fs::write(&path, deal_html(page)).map_err(|error| cannot(&path, error))?;
    Ok(path)
}

fn find(args: &DealArgs, table: Table) -> Result<Found, Failure> {
    let everybody = with_fallbacks(args, &table, table.space.parties())?;
    let ratifiers = at_home(args, &table)?;
    let seats = seats(args, &table, &ratifiers)?;
    let domain = table.space.domain();
    let space = Space::new(domain.clone(), pick(&everybody, &seats)).map_err(failure)?;
    let mut present = seats.clone();
    present.extend(ratifiers.iter().map(|(home, _)| *home));
    let everyone = Space::new(domain.clone(), pick(&everybody, &present)).map_err(failure)?;
    let draws = (table.draws.iter())
        .map(|draw| with_fallbacks(args, &table, draw))
        .collect::<Result<Vec<_>, _>>()?;
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
    let doubt = if draws.is_empty() || !small {
        None
    } else {
        let draws = draws.iter().map(|draw| pick(draw, &seats));
        Some(doubt(space.domain(), draws, &asked, COUNTED).map_err(failure)?)
    };
    let refused = if draws.is_empty() {
        None
    } else {
        let draws: Vec<_> = draws.iter().map(|draw| pick(draw, &present)).collect();
        Some(refusals(domain, &draws, &asked)?)
    };
    let mends = asked
        .iter()
        .map(|outcome| mend(&everyone, outcome).map_err(failure))
        .collect::<Result<_, _>>()?;
    Ok(Found {
        title: table.title,
        space,
        packages,
        analysis,
        ratification,
        doubt,
        everyone,
        mends,
        refused,
        styles: seats.iter().map(|&seat| table.styles[seat]).collect(),
        search,
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

/// How often each of `asked` is refused in `draws`.
fn refusals(
    domain: &Domain,
    draws: &[Vec<Preferences>],
    asked: &[Outcome],
) -> Result<Vec<Refused>, Failure> {
    let parties = draws.first().map_or(0, Vec::len);
    let mut counts = vec![(0_usize, vec![0_usize; parties]); asked.len()];
    for draw in draws {
        let space = Space::new(domain.clone(), draw.clone()).map_err(failure)?;
        for ((all, each), outcome) in counts.iter_mut().zip(asked) {
            let values = space.values(outcome);
            let refuses = values
                .iter()
                .zip(draw)
                .map(|(v, party)| *v < party.fallback);
            let mut accepted = true;
            for (count, refuses) in each.iter_mut().zip(refuses) {
                *count += usize::from(refuses);
                accepted &= !refuses;
            }
            *all += usize::from(accepted);
        }
    }
    let share = |count: usize| count as f64 / draws.len() as f64;
    let shares = counts.into_iter().map(|(all, each)| Refused {
        all: share(all),
        each: each.into_iter().map(share).collect(),
    });
    Ok(shares.collect())
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
