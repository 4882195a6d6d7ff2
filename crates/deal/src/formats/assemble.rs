//! A negotiation from the texts of its files: which is the domain, which are the profiles, in which format.

use crate::domain::Domain;
use crate::formats::{FormatError, Profile, Remark, genius, geniusweb};
use crate::preferences::Preferences;
use crate::space::Space;

/// A file by name, and its text.
#[derive(Clone, Debug, PartialEq)]
pub struct Source {
    /// Its name, shown in messages.
    pub name: String,
    /// What its party is called.
    pub party: String,
    /// Its text.
    pub text: String,
}

/// What is wrong with a set of files.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{file}: {error}")]
pub struct FileError {
    /// The file.
    pub file: String,
    /// What is wrong with it, and where.
    pub error: FormatError,
}

/// A negotiation as read, with what was odd about its files.
#[derive(Clone, Debug, PartialEq)]
pub struct Negotiation {
    /// Domain and preferences.
    pub space: Space,
    /// What was odd: the file's name, and the remark.
    pub remarks: Vec<(String, Remark)>,
}

/// What a file is.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Genius { profile: bool },
    GeniusWeb { profile: bool },
}

impl Kind {
    fn of(text: &str) -> Kind {
        if text
            .trim_start_matches('\u{feff}')
            .trim_start()
            .starts_with(['{', '['])
        {
            Kind::GeniusWeb {
                profile: text.contains("\"issueWeights\""),
            }
        } else {
            Kind::Genius {
                profile: text.contains("<weight"),
            }
        }
    }

    fn is_profile(self) -> bool {
        let (Kind::Genius { profile } | Kind::GeniusWeb { profile }) = self;
        profile
    }

    fn domain(self, source: &Source) -> Result<Domain, FormatError> {
        match self {
            Kind::Genius { .. } => genius::read_domain(&source.text, &source.party),
            Kind::GeniusWeb { .. } => geniusweb::read_domain(&source.text),
        }
    }

    fn profile(self, source: &Source, domain: &Domain) -> Result<Profile, FormatError> {
        match self {
            Kind::Genius { .. } => genius::read_profile(&source.text, &source.party, domain),
            Kind::GeniusWeb { .. } => geniusweb::read_profile(&source.text, &source.party, domain),
        }
    }
}

/// Reads a domain and profiles over it, GENIUS or GeniusWeb, in the order given. Without a domain file, the first
/// profile's issues are the domain.
///
/// # Errors
/// No file; two domains; no profile; what is wrong with a file.
pub fn negotiation(sources: &[Source]) -> Result<Negotiation, FileError> {
    let of = |source: &Source| {
        let file = source.name.clone();
        |error: FormatError| FileError { file, error }
    };
    let none = |message: &str| FileError {
        file: sources.first().map_or("no file", |s| &s.name).to_owned(),
        error: FormatError {
            place: "the files given".to_owned(),
            message: message.to_owned(),
        },
    };
    let mut domains = sources.iter().filter(|s| !Kind::of(&s.text).is_profile());
    let profiles = || sources.iter().filter(|s| Kind::of(&s.text).is_profile());
    let named = domains.next();
    if let Some(second) = domains.next() {
        return Err(of(second)(FormatError {
            place: "the whole file".to_owned(),
            message: "a second file without weights: one domain and its profiles are expected"
                .into(),
        }));
    }
    let first = named.or_else(|| profiles().next());
    let first = first.ok_or_else(|| none("a domain or a profile is expected"))?;
    let domain = Kind::of(&first.text).domain(first).map_err(of(first))?;
    let mut parties: Vec<Preferences> = Vec::new();
    let mut remarks = Vec::new();
    for source in profiles() {
        let read = Kind::of(&source.text)
            .profile(source, &domain)
            .map_err(of(source))?;
        parties.push(read.preferences);
        let named = read.remarks.into_iter();
        remarks.extend(named.map(|remark| (source.name.clone(), remark)));
    }
    if parties.is_empty() {
        return Err(none(
            "no profile: preferences of at least one party are expected",
        ));
    }
    let space = Space::new(domain, parties).map_err(|error| none(&error.to_string()))?;
    Ok(Negotiation { space, remarks })
}
