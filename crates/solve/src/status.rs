//! The ways in which a solve can end.

/// How a solve ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Status {
    /// The largest relative gain from deviating is within the tolerance.
    Converged,
    /// The precision asked for was reached exactly.
    PrecisionReached,
    /// Everything that the method looks for was searched through.
    Complete,
    /// The caller asked to stop.
    Interrupted,
    /// The time limit ran out.
    TimeLimit,
    /// The branch could only be followed in steps too small to make headway.
    StepTooSmall,
    /// The most steps allowed were taken.
    IterationLimit,
    /// Values stopped being finite numbers.
    NumericalTrouble,
    /// The game couples its information sets so much that the memory limit would be exceeded.
    TooLarge,
}

impl Status {
    /// Whether the result is what was asked for.
    pub fn is_success(self) -> bool {
        matches!(
            self,
            Status::Converged | Status::PrecisionReached | Status::Complete
        )
    }

    /// The status as one word, stable for files and scripts.
    pub fn word(self) -> &'static str {
        match self {
            Status::Converged => "converged",
            Status::PrecisionReached => "precision_reached",
            Status::Complete => "complete",
            Status::Interrupted => "interrupted",
            Status::TimeLimit => "time_limit",
            Status::StepTooSmall => "step_too_small",
            Status::IterationLimit => "iteration_limit",
            Status::NumericalTrouble => "numerical_trouble",
            Status::TooLarge => "too_large",
        }
    }

    /// The status as a sentence.
    pub fn sentence(self) -> &'static str {
        match self {
            Status::Converged => "Converged: nobody gains more than the tolerance by deviating.",
            Status::PrecisionReached => "The precision asked for was reached exactly.",
            Status::Complete => {
                "Complete: everything that the method looks for was searched through."
            }
            Status::Interrupted => {
                "Interrupted: the best point reached is shown, short of what was asked for."
            }
            Status::TimeLimit => {
                "The time limit ran out: the best point reached is shown, short of what was asked for."
            }
            Status::StepTooSmall => {
                "Stalled: the branch could only be followed in ever smaller steps; the best point reached is shown."
            }
            Status::IterationLimit => {
                "The most steps allowed were taken: the best point reached is shown, short of what was asked for."
            }
            Status::NumericalTrouble => {
                "Numerical trouble: values stopped being finite; the last sound point is shown."
            }
            Status::TooLarge => {
                "The game couples its information sets so much that solving it would take more memory than allowed."
            }
        }
    }
}
