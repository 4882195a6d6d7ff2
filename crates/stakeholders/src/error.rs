//! What can be wrong with a table of stakeholders, or with a question about it.

/// Why text is not a table, a table not usable, or a question has no answer.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum StakeholderError {
    /// A line of a file that is not what the format wants.
    #[error("{file}, line {line}: {what}; {mend}")]
    Line {
        /// The file's name.
        file: String,
        /// The line, counted from 1.
        line: usize,
        /// What is wrong.
        what: String,
        /// What would be right.
        mend: String,
    },
    /// A table without actors or without issues.
    #[error("the table has no {what}; give at least one")]
    Empty {
        /// Actors or issues.
        what: &'static str,
    },
    /// Two actors, or two issues, share a name.
    #[error("`{name}` appears twice among the {what}; give each a name of its own")]
    Twice {
        /// The name.
        name: String,
        /// Actors or issues.
        what: &'static str,
    },
    /// An array of the wrong length.
    #[error("there are {found} stances; {expected} are needed, one for every actor on every issue")]
    Length {
        /// Entries needed.
        expected: usize,
        /// Entries found.
        found: usize,
    },
    /// A number outside what it may be.
    #[error("{place}: {what} is {value}; it must be {range}")]
    Number {
        /// Whose, or where.
        place: String,
        /// Which number.
        what: &'static str,
        /// What it is.
        value: f64,
        /// What it must be.
        range: &'static str,
    },
    /// A model that needs every stance misses one.
    #[error(
        "{actor} has no position on `{issue}`, which {model} needs; give one, or leave {actor} or the issue out"
    )]
    Missing {
        /// The actor.
        actor: String,
        /// The issue.
        issue: String,
        /// The model.
        model: &'static str,
    },
    /// Nobody who counts has a position on an issue.
    #[error(
        "nobody with weight has a position on `{issue}`; give a position to an actor with influence and salience above 0"
    )]
    Nobody {
        /// The issue.
        issue: String,
    },
    /// A model of one issue was asked about several, or one of several about one.
    #[error("{model} needs {needed}; the table has {found}")]
    Issues {
        /// The model.
        model: &'static str,
        /// How many issues it needs, in words.
        needed: &'static str,
        /// How many issues there are.
        found: usize,
    },
    /// A model that needs a reference point found none.
    #[error(
        "the issue `{issue}` has no reference point, which {model} needs; say what holds without agreement"
    )]
    Reference {
        /// The issue.
        issue: String,
        /// The model.
        model: &'static str,
    },
    /// Saliences of one actor that add up to more than everything.
    #[error(
        "the saliences of {actor} add up to {sum}, more than 1; the spatial model reads their sum as the share of its means that it would use"
    )]
    Salience {
        /// The actor.
        actor: String,
        /// Their sum.
        sum: f64,
    },
    /// Too few past cases for the question.
    #[error("{found} past cases with an outcome are too few; at least {needed} are needed")]
    Cases {
        /// Cases needed.
        needed: usize,
        /// Cases found.
        found: usize,
    },
    /// A word that is none of those known.
    #[error("`{word}` is not a known {what}; known are {known}")]
    Word {
        /// The word.
        word: String,
        /// What it should name.
        what: &'static str,
        /// Those that are known.
        known: String,
    },
}

/// The number if it is `good`, else an error that says whose it is and what it must be.
pub(crate) fn within(
    place: &str,
    what: &'static str,
    value: f64,
    good: bool,
    range: &'static str,
) -> Result<f64, StakeholderError> {
    if good {
        return Ok(value);
    }
    Err(StakeholderError::Number {
        place: place.to_owned(),
        what,
        value,
        range,
    })
}
