//! The points of a design over some inputs, each at hand by its number.

use super::copula::Copula;
use super::input::Input;
use super::saltelli::{self, Blend};
use super::sobol::Sequence;
use super::{
    Design, DesignError, MOST_POINTS, MOST_VALUES, PointsFile, grid, latin, monte_carlo, morris,
    one_at_a_time,
};
use crate::engine::Point;
use detente_language::scenario::ParamId;

/// A rank correlation (Spearman's) of two numbers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Correlation {
    /// One number.
    pub a: ParamId,
    /// The other.
    pub b: ParamId,
    /// Between −1 and 1.
    pub rank: f64,
}

/// The points of a design.
#[derive(Clone, Debug)]
pub struct Points {
    inputs: Vec<Input>,
    design: Design,
    seed: u64,
    count: u64,
    made: Made,
    copula: Option<Copula>,
    correlations: Vec<Correlation>,
    notes: Vec<String>,
}

/// What a design keeps at hand.
#[derive(Clone, Debug)]
enum Made {
    Nothing,
    Sequence(Sequence),
    Values(Vec<Vec<f64>>),
    File(PointsFile),
}

impl Points {
    /// The points of a design over inputs. Correlations between inputs hold where the points are draws.
    ///
    /// # Errors
    /// A design that is empty, too large or makes no sense for these inputs.
    pub fn new(
        inputs: Vec<Input>,
        design: Design,
        seed: u64,
        correlations: &[Correlation],
    ) -> Result<Points, DesignError> {
        if inputs.is_empty() {
            return Err(DesignError::Nothing);
        }
        let dimensions = inputs.len();
        let spread = |values| inputs.iter().map(|input| input.spread(values)).collect();
        let made = match &design {
            Design::Sobol { .. } => Made::Sequence(Sequence::new(seed, dimensions)?),
            Design::Saltelli { .. } => Made::Sequence(Sequence::new(seed, 2 * dimensions)?),
            Design::Grid { values } | Design::OneAtATime { values } => {
                if *values == 0 {
                    return Err(DesignError::Empty);
                }
                // They are held in memory.
                if *values > MOST_VALUES {
                    return Err(DesignError::Values);
                }
                Made::Values(spread(*values))
            }
            Design::Morris { levels, .. } if *levels < 2 || levels % 2 == 1 => {
                return Err(DesignError::Levels(*levels));
            }
            _ => Made::Nothing,
        };
        let mut points = Points {
            inputs,
            design,
            seed,
            count: 0,
            made,
            copula: None,
            correlations: Vec::new(),
            notes: Vec::new(),
        };
        points.count = points.counted()?;
        points.correlate(correlations)?;
        Ok(points)
    }

    /// The points of a file.
    ///
    /// # Errors
    /// A file without rows.
    pub fn of_file(file: PointsFile) -> Result<Points, DesignError> {
        let count = file.rows();
        if count == 0 {
            return Err(DesignError::Empty);
        }
        Ok(Points {
            inputs: file.inputs().to_vec(),
            design: file.design(),
            seed: 0,
            count,
            made: Made::File(file),
            copula: None,
            correlations: Vec::new(),
            notes: Vec::new(),
        })
    }

    /// What is varied.
    #[must_use]
    pub fn inputs(&self) -> &[Input] {
        &self.inputs
    }

    /// The design.
    #[must_use]
    pub fn design(&self) -> &Design {
        &self.design
    }

    /// The seed of all draws.
    #[must_use]
    pub fn seed(&self) -> u64 {
        self.seed
    }

    /// The number of points.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.count
    }

    /// The correlations that hold between the inputs.
    #[must_use]
    pub fn correlations(&self) -> &[Correlation] {
        &self.correlations
    }

    /// What a reader should know about how the points were made, in sentences.
    #[must_use]
    pub fn notes(&self) -> &[String] {
        &self.notes
    }

    fn counted(&self) -> Result<u64, DesignError> {
        let dimensions = self.inputs.len() as u64;
        let count = match (&self.design, &self.made) {
            (Design::Grid { .. }, Made::Values(values)) => grid::count(values),
            (Design::OneAtATime { .. }, Made::Values(values)) => Some(one_at_a_time::count(values)),
            (
                Design::MonteCarlo { points } | Design::Latin { points } | Design::Sobol { points },
                _,
            ) => Some(*points),
            (Design::Saltelli { base, second_order }, _) => {
                base.checked_mul(saltelli::rows(self.inputs.len(), *second_order))
            }
            (Design::Morris { trajectories, .. }, _) => trajectories.checked_mul(dimensions + 1),
            _ => Some(0),
        };
        match count {
            Some(0) => Err(DesignError::Empty),
            Some(count) if count <= MOST_POINTS => Ok(count),
            _ => Err(DesignError::Large),
        }
    }

    /// Takes up the correlations between its inputs, if it can have any.
    fn correlate(&mut self, correlations: &[Correlation]) -> Result<(), DesignError> {
        let at = |id: ParamId| self.inputs.iter().position(|i| i.parameter() == Some(id));
        let pair = |c: &Correlation| Some((at(c.a)?, at(c.b)?, *c));
        let pairs: Vec<_> = correlations.iter().filter_map(pair).collect();
        if pairs.is_empty() {
            return Ok(());
        }
        if !self.design.draws() {
            self.notes.push(format!(
                "the design `{}` takes the numbers as independent: the scenario's correlations are left out",
                self.design.name()
            ));
            return Ok(());
        }
        let dimensions = self.inputs.len();
        let mut ranks = vec![vec![0.0; dimensions]; dimensions];
        for (i, row) in ranks.iter_mut().enumerate() {
            row[i] = 1.0;
        }
        for &(a, b, correlation) in &pairs {
            ranks[a][b] = correlation.rank;
            ranks[b][a] = correlation.rank;
        }
        self.correlations = pairs.iter().map(|pair| pair.2).collect();
        let copula = Copula::new(&ranks)?;
        if let Some(share) = copula.shrunk {
            self.notes.push(format!(
                "no Gaussian copula has these rank correlations: they were brought closer to 0, to {:.1} % of what is written",
                share * 100.0
            ));
        }
        self.copula = Some(copula);
        Ok(())
    }

    /// Coordinates of point `at` in the unit cube; none of designs that go over ranges.
    #[must_use]
    pub fn cube(&self, at: u64) -> Option<Vec<f64>> {
        let dimensions = self.inputs.len();
        let each = |of: &dyn Fn(usize, u64) -> f64| {
            let streams = self.inputs.iter().map(Input::stream).enumerate();
            streams.map(|(d, stream)| of(d, stream)).collect()
        };
        let mut cube: Vec<f64> = match (&self.design, &self.made) {
            (Design::MonteCarlo { .. }, _) => {
                each(&|_, stream| monte_carlo::coordinate(self.seed, stream, at))
            }
            (Design::Latin { points }, _) => {
                each(&|_, stream| latin::coordinate(self.seed, stream, at, *points))
            }
            (Design::Sobol { .. }, Made::Sequence(sequence)) => {
                each(&|d, _| sequence.scrambled(d, at))
            }
            (Design::Saltelli { second_order, .. }, Made::Sequence(sequence)) => {
                let (base, blend): (u64, Blend) = saltelli::row(at, dimensions, *second_order);
                each(&|d, _| {
                    let from = if blend.is_of_b(d) { dimensions + d } else { d };
                    sequence.scrambled(from, base)
                })
            }
            (Design::Morris { levels, .. }, _) => morris::row(self.seed, at, dimensions, *levels),
            _ => return None,
        };
        if let Some(copula) = &self.copula {
            copula.blend(&mut cube);
        }
        Some(cube)
    }

    /// The values of the inputs at point `at`; NaN where a one-at-a-time design keeps the precision of the best
    /// guesses' solution, and beyond the last point.
    #[must_use]
    pub fn values(&self, at: u64) -> Vec<f64> {
        match (&self.design, &self.made) {
            (Design::Grid { .. }, Made::Values(values)) => grid::row(values, at),
            (Design::OneAtATime { .. }, Made::Values(values)) => {
                let base: Vec<_> = self.inputs.iter().map(Input::base).collect();
                one_at_a_time::row(&base, values, at)
            }
            (_, Made::File(file)) => file.row(at),
            _ => {
                let cube = self.cube(at).unwrap_or_default();
                let morris = matches!(self.design, Design::Morris { .. });
                let value = |(input, u): (&Input, f64)| match morris {
                    true => input.level(u),
                    false => input.quantile(u),
                };
                self.inputs.iter().zip(cube).map(value).collect()
            }
        }
    }

    /// Point `at` as it is solved.
    #[must_use]
    pub fn point(&self, at: u64) -> Point {
        let mut point = Point {
            overrides: Vec::with_capacity(self.inputs.len()),
            precision: None,
        };
        for (input, value) in self.inputs.iter().zip(self.values(at)) {
            match input.parameter() {
                Some(parameter) => point.overrides.push((parameter, value)),
                None if value.is_nan() => {}
                None => point.precision = Some(value),
            }
        }
        point
    }
}
