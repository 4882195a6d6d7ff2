//! Boxes of inputs: where each of them may lie.

/// Where one input may lie, ends included; none where it is free.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Limits {
    /// At least this.
    pub lower: Option<f64>,
    /// At most this.
    pub upper: Option<f64>,
}

impl Limits {
    /// Whether a value lies within.
    #[must_use]
    pub fn hold(&self, value: f64) -> bool {
        self.lower.is_none_or(|lower| value >= lower)
            && self.upper.is_none_or(|upper| value <= upper)
    }

    /// Whether every value does.
    #[must_use]
    pub fn free(&self) -> bool {
        self.lower.is_none() && self.upper.is_none()
    }
}

/// A box: the limits of every input.
#[derive(Clone, Debug, PartialEq)]
pub struct Region {
    /// One for each input.
    pub limits: Vec<Limits>,
}

impl Region {
    /// The box without limits.
    #[must_use]
    pub fn everywhere(inputs: usize) -> Self {
        Self {
            limits: vec![Limits::default(); inputs],
        }
    }

    /// Whether a point lies within.
    #[must_use]
    pub fn holds(&self, point: &[f64]) -> bool {
        let both = self.limits.iter().zip(point);
        both.into_iter().all(|(limits, value)| limits.hold(*value))
    }

    /// How many inputs have a limit.
    #[must_use]
    pub fn restricted(&self) -> usize {
        self.limits.iter().filter(|limits| !limits.free()).count()
    }
}
