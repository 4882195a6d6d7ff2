//! PRIM, the patient rule induction method (Friedman & Fisher 1999): boxes in which most rows are of interest, found by
//! peeling a few rows off one side at a time, and pasting some back.

use crate::error::{SensitivityError, within};
use crate::peel::Search;
use crate::region::Region;
use crate::sample::Sample;

/// Which rows are of interest.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Interest {
    /// Those whose output is above this.
    Above(f64),
    /// Those whose output is below this.
    Below(f64),
}

impl Interest {
    /// Whether an output is of interest.
    #[must_use]
    pub fn in_output(self, output: f64) -> bool {
        match self {
            Self::Above(threshold) => output > threshold,
            Self::Below(threshold) => output < threshold,
        }
    }
}

/// By what candidates for the next box are compared; ȳ is the share of rows of interest, n the number of rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Objective {
    /// Gain in ȳ for each row given up or taken in: fair to inputs with few values. The EMA Workbench's default, `lenient1`.
    #[default]
    PerRow,
    /// The same times the rows that remain, `lenient2` (Friedman & Fisher 1999, eq. 14.6).
    PerShare,
    /// ȳ of the new box.
    Mean,
}

/// How boxes are sought.
#[derive(Clone, Debug, PartialEq)]
pub struct PrimOptions {
    /// Which rows are of interest.
    pub interest: Interest,
    /// By what candidates are compared.
    pub objective: Objective,
    /// Share of rows to peel at a time, between 0 and 0.5.
    pub peel: f64,
    /// Share of rows to paste at a time, between 0 and 0.5.
    pub paste: f64,
    /// Share of all rows that a box must hold at least.
    pub mass: f64,
    /// Density that a chosen box must have at least ([`discover`](crate::discover)).
    pub density: f64,
    /// Inputs that a chosen box may restrict at most.
    pub restricted: usize,
    /// Limits with a quasi-p-value above this are dropped from a chosen box.
    pub significance: f64,
    /// Boxes to look for, one after the other.
    pub boxes: usize,
    /// Threads; the results do not depend on them.
    pub threads: usize,
}

impl Default for PrimOptions {
    fn default() -> Self {
        Self {
            interest: Interest::Above(0.5),
            objective: Objective::PerRow,
            peel: 0.05,
            paste: 0.05,
            mass: 0.05,
            density: 0.5,
            restricted: 3,
            significance: 0.05,
            boxes: 3,
            threads: 1,
        }
    }
}

impl PrimOptions {
    pub(crate) fn check(&self) -> Result<(), SensitivityError> {
        let half = |share: f64| share > 0.0 && share < 0.5;
        within(
            "the share to peel",
            self.peel,
            half(self.peel),
            "between 0 and 0.5",
        )?;
        within(
            "the share to paste",
            self.paste,
            half(self.paste),
            "between 0 and 0.5",
        )?;
        let mass = (0.0..=1.0).contains(&self.mass);
        within("the smallest mass", self.mass, mass, "between 0 and 1")
    }
}

/// One box of a trajectory.
#[derive(Clone, Debug, PartialEq)]
pub struct Peeled {
    /// The box.
    pub region: Region,
    /// Share of all rows of interest that lie in it.
    pub coverage: f64,
    /// Share of its rows that are of interest.
    pub density: f64,
    /// Share of all rows that lie in it.
    pub mass: f64,
    /// Its rows.
    pub rows: usize,
    /// Its rows of interest.
    pub interesting: usize,
    /// For every input the quasi-p-values of its lower and upper limit: the chance of so many rows of interest if
    /// the limit did not matter (Bryant & Lempert 2010).
    pub quasi_p: Vec<(Option<f64>, Option<f64>)>,
}

/// A trajectory of boxes, from all rows to the smallest and, with the last ones, back by pasting.
#[derive(Clone, Debug, PartialEq)]
pub struct PrimBox {
    /// The boxes in the order they were found.
    pub trajectory: Vec<Peeled>,
}

/// Peels and pastes one box.
///
/// # Errors
/// Fewer than ten rows, no row or every row of interest, options outside their range.
pub fn prim(sample: &Sample, options: &PrimOptions) -> Result<PrimBox, SensitivityError> {
    let search = Search::new(sample, options)?;
    let rows: Vec<u32> = (0..sample.rows()).map(|row| row as u32).collect();
    Ok(PrimBox {
        trajectory: search.trajectory(&rows),
    })
}
