//! Doubtful numbers as distributions: the value at each quantile.

use crate::SweepError;
use crate::design::shares;
use detente_language::diagnostic::Diagnostic;
use detente_language::eval::{Settings, Steps, constant};
use detente_language::scenario::{Distribution, Expr, ParamId, Parameter, Scenario};
use statrs::distribution::{Beta, ContinuousCDF, Normal};

/// A parameter that has a range or a distribution.
#[derive(Clone, Debug, PartialEq)]
pub struct Doubtful {
    /// Which.
    pub parameter: ParamId,
    /// Best guess.
    pub base: f64,
    /// Low end of its range (5 % quantile where only a distribution is given).
    pub low: f64,
    /// High end of its range (95 % quantile where only a distribution is given).
    pub high: f64,
    /// The numbers that it may be, where it goes in steps.
    pub steps: Option<Steps>,
    /// How it is distributed.
    shape: Shape,
}

/// Distributions with numbers in place.
#[derive(Clone, Debug, PartialEq)]
enum Shape {
    Uniform(f64, f64),
    LogUniform(f64, f64),
    Triangular(f64, f64, f64),
    /// Mean, standard deviation, and the range to which it is cut.
    Normal(f64, f64, f64, f64),
    /// a, b, and the range over which it is stretched.
    Beta(f64, f64, f64, f64),
    /// Values with weights that sum to 1.
    Discrete(Vec<(f64, f64)>),
}

/// The doubtful parameters of a scenario, without those that are pinned and those that only stakeholders use.
///
/// # Errors
/// A distribution that makes no sense at these settings.
pub fn doubtful(
    scenario: &Scenario,
    settings: &Settings,
    pinned: &[ParamId],
) -> Result<Vec<Doubtful>, SweepError> {
    let others = scenario.beside_the_play();
    let left_out: Vec<ParamId> = (0..)
        .zip(others)
        .filter_map(|(i, other)| other.then_some(ParamId(i)))
        .chain(pinned.iter().copied())
        .collect();
    free(scenario, settings, &left_out)
}

/// The doubtful parameters that stakeholders use, without those that are pinned.
///
/// # Errors
/// A distribution that makes no sense at these settings.
pub fn doubtful_voices(
    scenario: &Scenario,
    settings: &Settings,
    pinned: &[ParamId],
) -> Result<Vec<Doubtful>, SweepError> {
    let used = scenario.stakeholders_use();
    let left_out: Vec<ParamId> = (0..)
        .zip(used)
        .filter_map(|(i, used)| (!used).then_some(ParamId(i)))
        .chain(pinned.iter().copied())
        .collect();
    free(scenario, settings, &left_out)
}

/// The parameters with a range or a distribution, without those that are left out.
fn free(
    scenario: &Scenario,
    settings: &Settings,
    pinned: &[ParamId],
) -> Result<Vec<Doubtful>, SweepError> {
    let mut found = Vec::new();
    for (i, parameter) in scenario.parameters.iter().enumerate() {
        let id = ParamId(i as u32);
        if pinned.contains(&id) || (parameter.range.is_none() && parameter.distribution.is_none()) {
            continue;
        }
        let wrong = |reason: String| SweepError::Distribution {
            parameter: parameter.id.clone(),
            reason,
        };
        let steps =
            Steps::of(scenario, settings, parameter).map_err(|fault| wrong(fault.message))?;
        let shape =
            shape(scenario, settings, parameter, steps).map_err(|fault| wrong(fault.message))?;
        shape.check().map_err(wrong)?;
        let range = match (&parameter.range, steps) {
            (Some(_), Some(steps)) => [Ok(steps.first), Ok(steps.last)],
            (Some((low, high)), None) => [low, high].map(|end| constant(scenario, settings, end)),
            (None, _) => [Ok(shape.quantile(0.05)), Ok(shape.quantile(0.95))],
        };
        let [low, high] = range.map(|end| end.map_err(|fault| wrong(fault.message)));
        let base = settings.parameters[i];
        found.push(Doubtful {
            parameter: id,
            base,
            low: low?,
            high: high?,
            steps,
            shape,
        });
    }
    Ok(found)
}

/// A number that goes in steps is drawn half a step beyond its ends and rounded, so that each step has its full
/// share.
fn shape(
    scenario: &Scenario,
    settings: &Settings,
    parameter: &Parameter,
    steps: Option<Steps>,
) -> Result<Shape, Box<Diagnostic>> {
    let number = |expr: &Expr| constant(scenario, settings, expr);
    let range = match &parameter.range {
        Some((low, high)) => Some((number(low)?, number(high)?)),
        None => None,
    };
    let ends = range.unwrap_or((f64::NEG_INFINITY, f64::INFINITY));
    let half = steps.map_or(0.0, |steps| steps.step / 2.0);
    let (low, high) = match steps {
        Some(steps) => (steps.first - half, steps.last + half),
        None => ends,
    };
    let pair = |given: &Option<(Expr, Expr)>| match given {
        Some((a, b)) => Ok::<_, Box<Diagnostic>>((number(a)? - half, number(b)? + half)),
        None => Ok((low, high)),
    };
    Ok(match &parameter.distribution {
        None => Shape::Uniform(low, high),
        Some(Distribution::Uniform(ends)) => {
            let (a, b) = pair(ends)?;
            Shape::Uniform(a, b)
        }
        Some(Distribution::LogUniform(None)) => Shape::LogUniform(ends.0, ends.1),
        Some(Distribution::LogUniform(Some((a, b)))) => Shape::LogUniform(number(a)?, number(b)?),
        Some(Distribution::Triangular(a, mode, b)) => {
            let a = a.as_ref().map_or(Ok(low), number)?;
            let b = b.as_ref().map_or(Ok(high), number)?;
            Shape::Triangular(a, number(mode)?, b)
        }
        Some(Distribution::Normal(mean, deviation)) => {
            Shape::Normal(number(mean)?, number(deviation)?, low, high)
        }
        Some(Distribution::Beta(a, b)) => {
            let (low, high) = range.map_or((0.0, 1.0), |_| (low, high));
            Shape::Beta(number(a)?, number(b)?, low, high)
        }
        Some(Distribution::Discrete(values)) => {
            let pairs = values
                .iter()
                .map(|(value, weight)| Ok((number(value)?, number(weight)?)));
            let pairs = pairs.collect::<Result<Vec<_>, Box<Diagnostic>>>()?;
            let sum: f64 = pairs.iter().map(|pair| pair.1).sum();
            Shape::Discrete(
                pairs
                    .into_iter()
                    .map(|(value, weight)| (value, weight / sum))
                    .collect(),
            )
        }
    })
}

impl Shape {
    /// Whether its numbers make a distribution.
    fn check(&self) -> Result<(), String> {
        let good = match self {
            Shape::Uniform(a, b) => a.is_finite() && b.is_finite() && a <= b,
            Shape::LogUniform(a, b) => *a > 0.0 && b.is_finite() && a <= b,
            Shape::Triangular(a, mode, b) => {
                a.is_finite() && b.is_finite() && a <= mode && mode <= b
            }
            Shape::Normal(mean, deviation, low, high) => {
                mean.is_finite() && *deviation > 0.0 && low <= high
            }
            Shape::Beta(a, b, low, high) => *a > 0.0 && *b > 0.0 && low <= high,
            Shape::Discrete(pairs) => {
                !pairs.is_empty()
                    && pairs
                        .iter()
                        .all(|(value, weight)| value.is_finite() && *weight >= 0.0)
            }
        };
        if good {
            Ok(())
        } else {
            Err(format!("its distribution makes no sense: {self:?}"))
        }
    }

    /// The value below which a share `q` (0 < q < 1) of the distribution lies.
    fn quantile(&self, q: f64) -> f64 {
        match self {
            Shape::Uniform(a, b) => a + q * (b - a),
            Shape::LogUniform(a, b) => a * (b / a).powf(q),
            Shape::Triangular(a, mode, b) => triangular(*a, *mode, *b, q),
            Shape::Normal(mean, deviation, low, high) => match Normal::new(*mean, *deviation) {
                // Cut to the range: the quantile is taken between the shares below its ends.
                Ok(normal) => {
                    let (below, above) = (normal.cdf(*low), normal.cdf(*high));
                    normal
                        .inverse_cdf(below + q * (above - below))
                        .clamp(*low, *high)
                }
                Err(_) => *mean,
            },
            Shape::Beta(a, b, low, high) => match Beta::new(*a, *b) {
                Ok(beta) => low + (high - low) * beta.inverse_cdf(q),
                Err(_) => f64::midpoint(*low, *high),
            },
            Shape::Discrete(pairs) => {
                let mut below = 0.0;
                let found = pairs.iter().find(|(_, weight)| {
                    below += weight;
                    q <= below
                });
                found.or(pairs.last()).map_or(f64::NAN, |pair| pair.0)
            }
        }
    }
}

fn triangular(a: f64, mode: f64, b: f64, q: f64) -> f64 {
    if b <= a {
        return a;
    }
    let turn = (mode - a) / (b - a);
    if q < turn {
        a + (q * (b - a) * (mode - a)).sqrt()
    } else {
        b - ((1.0 - q) * (b - a) * (b - mode)).sqrt()
    }
}

impl Doubtful {
    /// The value below which a share `q` (0 < q < 1) of its distribution lies.
    #[must_use]
    pub fn quantile(&self, q: f64) -> f64 {
        let drawn = self.shape.quantile(q);
        self.steps.map_or(drawn, |steps| steps.nearest(drawn))
    }

    /// The range that holds every value it can have: from minus to plus infinity where only a distribution without
    /// ends is given.
    #[must_use]
    pub fn bounds(&self) -> (f64, f64) {
        let ends = [self.low, self.high, self.quantile(0.0), self.quantile(1.0)];
        let values = match &self.shape {
            Shape::Discrete(_) => self.spread(1),
            _ => Vec::new(),
        };
        let all = || ends.iter().chain(&values).copied();
        (
            all().fold(f64::INFINITY, f64::min),
            all().fold(f64::NEG_INFINITY, f64::max),
        )
    }

    /// `count` values spread evenly over the range (by factors where the distribution is log-uniform), fewer where
    /// the number goes in steps; of a discrete distribution, its values in rising order.
    #[must_use]
    pub fn spread(&self, count: u64) -> Vec<f64> {
        let mut values: Vec<f64> = match &self.shape {
            Shape::Discrete(pairs) => pairs.iter().map(|pair| pair.0).collect(),
            // Written so that both ends are met exactly.
            Shape::LogUniform(..) if self.low > 0.0 => shares(count)
                .map(|share| self.low.powf(1.0 - share) * self.high.powf(share))
                .map(|value| value.clamp(self.low, self.high))
                .collect(),
            _ => shares(count)
                .map(|share| self.low * (1.0 - share) + self.high * share)
                .collect(),
        };
        if let Some(steps) = self.steps {
            values
                .iter_mut()
                .for_each(|value| *value = steps.nearest(*value));
        }
        values.sort_by(f64::total_cmp);
        values.dedup();
        values
    }

    /// The only values that it may have, where its distribution lists them.
    #[must_use]
    pub fn values(&self) -> Option<Vec<f64>> {
        match &self.shape {
            Shape::Discrete(pairs) => Some(pairs.iter().map(|pair| pair.0).collect()),
            _ => None,
        }
    }

    /// The distribution in words: "uniform", "triangular, most likely 20".
    #[must_use]
    pub fn words(&self) -> String {
        let shape = self.shape.words();
        match self.steps {
            Some(steps) => format!("{shape}, in steps of {}", steps.step),
            None => shape,
        }
    }
}

impl Shape {
    fn words(&self) -> String {
        match self {
            Shape::Uniform(..) => "uniform".to_owned(),
            Shape::LogUniform(..) => "log-uniform".to_owned(),
            Shape::Triangular(_, mode, _) => format!("triangular, most likely {mode}"),
            Shape::Normal(mean, deviation, ..) => {
                format!("normal, mean {mean}, standard deviation {deviation}")
            }
            Shape::Beta(a, b, ..) => format!("beta({a}, {b}) over the range"),
            Shape::Discrete(pairs) => {
                let values: Vec<String> = pairs
                    .iter()
                    .map(|(value, weight)| format!("{value} ({:.0} %)", weight * 100.0))
                    .collect();
                format!("one of {}", values.join(", "))
            }
        }
    }
}
