//! What can go wrong on the way from a scenario to a game.

use detente_language::diagnostic::Diagnostic;

/// Why there is no game.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum ExpandError {
    /// Something that the scenario says does not work, with its place and the path that shows it.
    #[error("{}", .0.message)]
    Scenario(Box<Diagnostic>),
    /// A limit was reached before the game was complete.
    #[error("{}", .0.message)]
    Limit(Box<Diagnostic>),
    /// The caller asked to stop.
    #[error("expansion was interrupted after {0} nodes")]
    Interrupted(usize),
    /// The arrays do not make a game; this is a fault of the program, not of the scenario.
    #[error("the expanded game is inconsistent: {0}")]
    Game(#[from] detente_game::GameError),
}

impl ExpandError {
    /// The diagnostic to render, where there is one.
    #[must_use]
    pub fn diagnostic(&self) -> Option<&Diagnostic> {
        match self {
            ExpandError::Scenario(diagnostic) | ExpandError::Limit(diagnostic) => Some(diagnostic),
            ExpandError::Interrupted(_) | ExpandError::Game(_) => None,
        }
    }
}

impl From<Box<Diagnostic>> for ExpandError {
    fn from(diagnostic: Box<Diagnostic>) -> Self {
        ExpandError::Scenario(diagnostic)
    }
}
