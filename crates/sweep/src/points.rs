//! Which points are solved when doubt is explored: both ends of each range, and draws of all numbers together.

use crate::design::{Correlation, Design, DesignError, Input, Of, Points};
use crate::draw::Doubtful;
use crate::engine::Point;
use detente_language::scenario::Scenario;

/// One parameter at a time at the low and the high end of its range.
#[must_use]
pub fn tornado(doubtful: &[Doubtful]) -> Vec<Point> {
    let ends = doubtful
        .iter()
        .flat_map(|number| [(number, number.low), (number, number.high)]);
    ends.map(|(number, value)| Point::new(vec![(number.parameter, value)]))
        .collect()
}

/// Draws of all doubtful numbers together.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Drawn {
    /// The draws, each with a value for every number in the order of the numbers.
    pub points: Vec<Point>,
    /// What a reader should know about how they were made, in sentences.
    pub notes: Vec<String>,
}

/// A Latin hypercube (McKay, Beckman & Conover 1979): every parameter's distribution is cut into as many
/// equally likely parts as there are draws, and each part is drawn from once. Correlated numbers are blended as in
/// the designs of a sweep. Another parameter more or less changes no other draw.
///
/// # Errors
/// Correlations that contradict one another.
pub fn sample(
    doubtful: &[Doubtful],
    correlations: &[Correlation],
    draws: usize,
    seed: u64,
) -> Result<Drawn, DesignError> {
    if doubtful.is_empty() || draws == 0 {
        return Ok(Drawn::default());
    }
    let input = |number: &Doubtful| Input {
        name: String::new(),
        of: Of::Number(number.clone()),
    };
    let design = Design::Latin {
        points: draws as u64,
    };
    let inputs = doubtful.iter().map(input).collect();
    let points = Points::new(inputs, design, seed, correlations)?;
    Ok(Drawn {
        points: (0..points.count()).map(|at| points.point(at)).collect(),
        notes: points.notes().to_vec(),
    })
}

/// The rank correlations that a scenario declares.
#[must_use]
pub fn correlations(scenario: &Scenario) -> Vec<Correlation> {
    let known = scenario.correlations.iter();
    known
        .map(|known| Correlation {
            a: known.a,
            b: known.b,
            rank: known.rank,
        })
        .collect()
}
