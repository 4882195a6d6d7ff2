//! What can be wrong with a conflict, or with a question about it.

/// Why a text is not a conflict, a conflict not usable, or a question has no answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum GraphError {
    /// Something of which at least one is needed.
    #[error("the conflict has no {what}; give at least one")]
    Empty {
        /// Actors, options or states.
        what: &'static str,
    },
    /// Two actors, or two options of one actor, share a name; or a state is listed twice.
    #[error("`{name}` appears twice among the {what}; give each its own")]
    Twice {
        /// The name.
        name: String,
        /// What should be distinct.
        what: &'static str,
    },
    /// A number that names no actor, option or state.
    #[error("{place}: there is no {what} number {found}; the conflict has {count}, counted from 0")]
    Absent {
        /// Where it stands.
        place: String,
        /// Actor, option or state.
        what: &'static str,
        /// The number.
        found: usize,
        /// How many there are.
        count: usize,
    },
    /// A list of the wrong length.
    #[error("{place} has {found} entries; {expected} are needed, one for every {what}")]
    Length {
        /// Which list.
        place: String,
        /// What each entry stands for.
        what: &'static str,
        /// Entries needed.
        expected: usize,
        /// Entries found.
        found: usize,
    },
    /// More of something than can be handled.
    #[error("there are {what}: {found} where at most {limit} are possible; {mend}")]
    TooMany {
        /// What there is too much of.
        what: String,
        /// How many there are (or so many at least).
        found: usize,
        /// How many there may be.
        limit: usize,
        /// What helps.
        mend: &'static str,
    },
    /// A condition in text that cannot be read.
    #[error("`{text}`, character {at}: {what}; {mend}")]
    Condition {
        /// The whole text.
        text: String,
        /// The character, counted from 1.
        at: usize,
        /// What is wrong.
        what: String,
        /// What would be right.
        mend: String,
    },
    /// A file that is not what the format wants.
    #[error("{file}, {place}: {what}; {mend}")]
    File {
        /// The file's name.
        file: String,
        /// The line, or the conflict and the part of it.
        place: String,
        /// What is wrong.
        what: String,
        /// What would be right.
        mend: String,
    },
    /// Preferences that contradict themselves or say nothing.
    #[error("the preferences of {actor}: {what}; {mend}")]
    Preference {
        /// Whose.
        actor: String,
        /// What is wrong.
        what: String,
        /// What would be right.
        mend: &'static str,
    },
    /// A question that a conflict of this kind does not answer.
    #[error("{question} cannot be answered here: {why}; {mend}")]
    Unanswerable {
        /// The question.
        question: String,
        /// Why not.
        why: String,
        /// What to do instead.
        mend: &'static str,
    },
}

/// The number if it names one of `count`, else an error that says where it stands.
pub(crate) fn present(
    place: &str,
    what: &'static str,
    found: usize,
    count: usize,
) -> Result<usize, GraphError> {
    if found < count {
        return Ok(found);
    }
    Err(GraphError::Absent {
        place: place.to_owned(),
        what,
        found,
        count,
    })
}
