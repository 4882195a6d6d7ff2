//! What can be wrong with a domain, with preferences over it, and with a question about them.

/// Why numbers are not a domain, not preferences, or a question has no answer.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum DealError {
    /// A domain without issues.
    #[error("a domain needs at least one issue")]
    NoIssue,
    /// An issue without options, or with more than the numbering holds.
    #[error("the issue `{issue}` has {options} options; it needs between 1 and {max}", max = crate::domain::MAX_OPTIONS)]
    Options {
        /// The issue.
        issue: String,
        /// Number of its options.
        options: u64,
    },
    /// Two issues, or two options of one issue, share a name.
    #[error("`{name}` appears twice {place}")]
    Twice {
        /// The name.
        name: String,
        /// Where: "among the issues", or "in the issue …".
        place: String,
    },
    /// A range whose ends are not finite, or the wrong way round.
    #[error(
        "the issue `{issue}` ranges from {lower} to {upper}: the lower end must not be above the upper"
    )]
    Range {
        /// The issue.
        issue: String,
        /// Its lower end.
        lower: f64,
        /// Its upper end.
        upper: f64,
    },
    /// A number that is not finite or lies outside what it may be.
    #[error("{party}: {what} is {value}; it must be {range}")]
    Number {
        /// The party.
        party: String,
        /// Which number.
        what: String,
        /// What it is.
        value: f64,
        /// What it must be.
        range: &'static str,
    },
    /// An array of the wrong length.
    #[error("{party}: {what} has {found} entries; this domain needs {expected}")]
    Length {
        /// The party.
        party: String,
        /// Which array.
        what: String,
        /// Entries needed.
        expected: usize,
        /// Entries found.
        found: usize,
    },
    /// Too few parties for the question.
    #[error("this needs at least {needed} parties; the space has {found}")]
    Parties {
        /// Parties needed.
        needed: usize,
        /// Parties found.
        found: usize,
    },
    /// The space has more outcomes than may be enumerated.
    #[error("the space has {outcomes} outcomes, more than the {limit} that are enumerated")]
    TooLarge {
        /// Number of outcomes.
        outcomes: f64,
        /// The limit.
        limit: usize,
    },
    /// Merging issue by issue carries more sums than it may.
    #[error(
        "merging issue {issue} compares {sums} sums, more than the {limit} allowed; allow an error, or a higher limit"
    )]
    FrontierTooLarge {
        /// The issue, counted from 1.
        issue: usize,
        /// Sums to compare.
        sums: usize,
        /// The limit.
        limit: usize,
    },
    /// A question over draws without any.
    #[error("no draw of preferences is given")]
    NoDraw,
    /// The question needs additive preferences and a party's are not.
    #[error(
        "{party}: its preferences are a table of all outcomes, not a weighted sum over issues, which this needs"
    )]
    NotAdditive {
        /// The party.
        party: String,
    },
    /// An outcome that does not belong to the domain.
    #[error("the outcome does not belong to this domain: {0}")]
    Outcome(String),
}
