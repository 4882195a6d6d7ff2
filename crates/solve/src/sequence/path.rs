//! Complementary pivoting (Lemke 1965) along the path of [`super::system`].

use super::system::{System, Variable};
use crate::{Budget, Status};

/// A basis of the problem with the values of its variables, in numbers of some kind.
pub(super) trait Tableau {
    /// Leaves the prior: lets z₀ fall from infinity until a basic variable vanishes, which leaves for it.
    fn begin(&mut self) -> Step;
    /// Lets a variable rise from 0 until a basic one vanishes, which leaves for it.
    fn enter(&mut self, variable: Variable) -> Step;
    /// Whether z₀ vanishes with ε: the limit is a Nash equilibrium, though play that it does not reach may
    /// still have to be refined.
    fn is_near(&self) -> bool;
}

/// What came of a pivot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// This variable left the basis.
    Left(Variable),
    /// z₀ falls to 0 with no basic variable vanishing before.
    Home,
    /// The start is not on the path: two best responses to the prior tie.
    Tied,
    /// No basic variable ever vanishes, or the basis is singular: numbers have gone wrong.
    Lost,
}

/// How the path ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// At z₀ = 0: an equilibrium.
    Home,
    /// Another prior is needed.
    Tied,
    /// Before that, for this reason.
    Stopped(Status),
}

/// Follows the path to its end, for at most `most` pivots, and `near` once it is near. Returns the end and the
/// number of pivots.
pub(super) fn follow<N>(
    system: &System<N>,
    tableau: &mut impl Tableau,
    (most, near): (usize, usize),
    budget: &Budget<'_>,
) -> (End, usize)
where
    N: super::system::Number,
{
    let mut step = tableau.begin();
    let mut pivots = 0;
    while pivots < most && !(pivots >= near && tableau.is_near()) {
        match step {
            Step::Home => return (End::Home, pivots),
            Step::Tied => return (End::Tied, pivots),
            Step::Lost => return (End::Stopped(Status::NumericalTrouble), pivots),
            Step::Left(variable) if variable == system.z() => return (End::Home, pivots + 1),
            Step::Left(variable) => step = tableau.enter(system.complement(variable)),
        }
        if pivots % 16 == 0
            && let Some(status) = budget.spent(None, &format!("{pivots} pivots"))
        {
            return (End::Stopped(status), pivots);
        }
        pivots += 1;
    }
    (End::Stopped(Status::IterationLimit), pivots)
}
