//! What `detente session` and `detente tournament` are held on.

use detente_deal::Space;
use detente_deal::session::{Discounting, Prepared, SessionError, Style, Terms};

use crate::args::{DealArgs, TableArgs, When};
use crate::deal_input::table;
use crate::failure::{Failure, LIMIT};
use crate::terminal::complain;

/// A space made ready, with the short names of its parties.
pub struct Ready {
    /// What the negotiation is called.
    pub title: String,
    /// The space.
    pub prepared: Prepared,
    /// Short names of the parties.
    pub ids: Vec<String>,
    /// The style of each party, where the scenario says so.
    pub styles: Vec<Option<Style>>,
}

/// Reads the negotiation and makes it ready.
///
/// # Errors
/// Bad input, or a space too large to enumerate.
pub fn ready(args: &TableArgs, color: When) -> Result<Ready, Failure> {
    let read = table(
        &DealArgs {
            file: args.on.clone(),
            profiles: args.profiles.clone(),
            set: args.set.clone(),
            parties: Vec::new(),
            packages: Vec::new(),
            ratifiers: Vec::new(),
            fallbacks: Vec::new(),
            no_fallbacks: false,
            epsilon: 0.0,
            draws: 0,
            seed: 1,
            json: args.json,
            out: None,
            quiet: false,
        },
        color,
    )?;
    if !args.json {
        for remark in &read.remarks {
            complain(remark);
        }
    }
    let mut seats: Vec<usize> = (0..read.ids.len()).collect();
    if !args.parties.is_empty() {
        seats = (args.parties.iter())
            .map(|name| seat(&read.ids, name))
            .collect::<Result<_, _>>()?;
    }
    let parties = seats.iter().map(|&p| read.space.parties()[p].clone());
    let space = Space::new(read.space.domain().clone(), parties.collect());
    let prepared = space
        .and_then(Prepared::new)
        .map_err(|error| failure(error.into()))?;
    Ok(Ready {
        title: read.title,
        prepared,
        ids: seats.iter().map(|&p| read.ids[p].clone()).collect(),
        styles: seats.iter().map(|&p| read.styles[p]).collect(),
    })
}

/// The position of a party by its short name.
///
/// # Errors
/// A name that no party has.
pub fn seat(ids: &[String], name: &str) -> Result<usize, Failure> {
    ids.iter().position(|id| id == name).ok_or_else(|| {
        Failure::input(format!(
            "no party is called `{name}`; there are {}",
            ids.join(", ")
        ))
    })
}

/// The styles of these names.
///
/// # Errors
/// A name that no style has.
pub fn styles(names: &[String]) -> Result<Vec<Style>, Failure> {
    (names.iter())
        .map(|name| Style::parse(name).map_err(failure))
        .collect()
}

/// The terms that the arguments ask for.
pub fn terms(args: &TableArgs) -> Terms {
    let discounting = if args.discount {
        Discounting::Session
    } else {
        Discounting::None
    };
    Terms::rounds(args.rounds)
        .discounted(discounting)
        .post_settlement(!args.no_trades && !args.no_post_settlement)
}

/// A failure in words for the terminal.
pub fn failure(error: SessionError) -> Failure {
    match error {
        SessionError::Space(detente_deal::DealError::TooLarge { .. })
        | SessionError::TooMany { .. } => Failure {
            message: format!("error: {error}"),
            code: LIMIT,
        },
        other => Failure::input(other.to_string()),
    }
}
