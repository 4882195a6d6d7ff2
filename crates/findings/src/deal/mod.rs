//! Who would accept what: everything that `detente_deal` knows of a negotiation, put together and into words.
//!
//! [`find`] analyses; [`view`] turns what was found into the [`Deal`](crate::model::Deal) that reports show.
//! [`scenario`] reads the negotiation that a scenario tells.

mod picture;
pub mod scenario;
mod view;
mod words;
mod worth;

use detente_deal::session::Style;
use detente_deal::{
    Analysis, DealError, Domain, Doubt, Mend, Outcome, Preferences, Ratification, Ratifier, Search,
    Space, analyse, doubt, mend, ratification,
};

pub use picture::{Named, PLANE_SIDE, named_points, pairs, planes};
pub use view::view;
pub use words::{agreed, list};

/// A negotiation, and what is asked about it.
#[derive(Clone, Debug)]
pub struct Asked {
    /// What it is called.
    pub title: String,
    /// The issues.
    pub domain: Domain,
    /// Everybody with preferences.
    pub everybody: Vec<Preferences>,
    /// The colour of each of them, by its number.
    pub colours: Vec<usize>,
    /// Who sits at the table, by position in `everybody`.
    pub seats: Vec<usize>,
    /// The style in which each of everybody bargains, where that is said.
    pub styles: Vec<Option<Style>>,
    /// Who must consent at home to what whom agrees, by position in `everybody`.
    pub ratifiers: Vec<(usize, usize)>,
    /// Outcomes to look at, by name.
    pub packages: Vec<(String, Outcome)>,
    /// Preferences of everybody, drawn together; none where no number is doubtful.
    pub draws: Vec<Vec<Preferences>>,
    /// Most outcomes of which the share of draws is counted, one by one, for the outcome that is safest.
    pub counted: usize,
    /// How the space is searched.
    pub search: Search,
}

/// All that is found about a negotiation.
#[derive(Clone, Debug)]
pub struct Found {
    /// What it is called.
    pub title: String,
    /// The negotiators.
    pub space: Space,
    /// Their colours.
    pub colours: Vec<usize>,
    /// The style of each negotiator, where that is said.
    pub styles: Vec<Option<Style>>,
    /// Names of the packages, in the order of the analysis.
    pub packages: Vec<String>,
    /// The analysis.
    pub analysis: Analysis,
    /// With ratifiers, where there are any; their names.
    pub ratification: Option<(Vec<Ratifier>, Ratification)>,
    /// Under doubtful numbers, where there are any and the space is not too large.
    pub doubt: Option<Doubt>,
    /// The negotiators, then the ratifiers.
    pub everyone: Space,
    /// Of every package, the smallest change that everyone would accept, where somebody refuses.
    pub mends: Vec<Option<Mend>>,
    /// Of every package, how often it is refused under doubtful numbers.
    pub refused: Option<Vec<Refused>>,
    /// Number of draws of the doubtful numbers.
    pub draws: usize,
    /// How spaces are searched.
    pub search: Search,
}

/// How often a package is refused when doubtful numbers are drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Refused {
    /// Share of draws in which everyone accepts it.
    pub all: f64,
    /// Share of draws in which each of everyone refuses it.
    pub each: Vec<f64>,
}

/// Analyses a negotiation.
///
/// # Errors
/// Preferences or packages that do not fit the domain; a space beyond the limits of the search.
pub fn find(asked: Asked) -> Result<Found, DealError> {
    let Asked {
        title,
        domain,
        everybody,
        colours,
        seats,
        styles,
        ratifiers,
        packages,
        draws,
        counted,
        search,
    } = asked;
    let space = Space::new(domain.clone(), pick(&everybody, &seats))?;
    let mut present = seats.clone();
    present.extend(ratifiers.iter().map(|(home, _)| *home));
    let everyone = Space::new(domain.clone(), pick(&everybody, &present))?;
    let (names, outcomes): (Vec<String>, Vec<Outcome>) = packages.into_iter().unzip();
    let analysis = analyse(&space, &outcomes, &search)?;
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
        let found = ratification(&space, &ratifiers, &search)?;
        Some((ratifiers, found))
    };
    let small = domain.size().is_some_and(|size| size <= counted);
    let doubt = if draws.is_empty() || !small {
        None
    } else {
        let draws = draws.iter().map(|draw| pick(draw, &seats));
        Some(doubt(&domain, draws, &outcomes, counted)?)
    };
    let refused = if draws.is_empty() {
        None
    } else {
        let draws: Vec<_> = draws.iter().map(|draw| pick(draw, &present)).collect();
        Some(refusals(&domain, &draws, &outcomes)?)
    };
    let mends = outcomes
        .iter()
        .map(|outcome| mend(&everyone, outcome))
        .collect::<Result<_, _>>()?;
    let styles = seats
        .iter()
        .map(|&seat| styles.get(seat).copied().flatten());
    Ok(Found {
        styles: styles.collect(),
        title,
        colours: seats
            .iter()
            .map(|seat| colours.get(*seat).copied().unwrap_or(*seat))
            .collect(),
        space,
        packages: names,
        analysis,
        ratification,
        doubt,
        everyone,
        mends,
        refused,
        draws: draws.len(),
        search,
    })
}

fn pick(parties: &[Preferences], seats: &[usize]) -> Vec<Preferences> {
    seats.iter().map(|seat| parties[*seat].clone()).collect()
}

/// How often each of `asked` is refused in `draws`.
fn refusals(
    domain: &Domain,
    draws: &[Vec<Preferences>],
    asked: &[Outcome],
) -> Result<Vec<Refused>, DealError> {
    let parties = draws.first().map_or(0, Vec::len);
    let mut counts = vec![(0_usize, vec![0_usize; parties]); asked.len()];
    for draw in draws {
        let space = Space::new(domain.clone(), draw.clone())?;
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
