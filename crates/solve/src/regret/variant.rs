//! The members of the family: how they sum regrets, and how they weigh iterations in the average.

use super::minimizer::{Rule, positive};

/// A way to minimize counterfactual regret.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum Variant {
    /// CFR (Zinkevich, Johanson, Bowling & Piccione 2007): plain regrets, plain average.
    Cfr,
    /// CFR+ (Tammelin 2014): regrets cut off at 0, iteration `t` weighs `t`.
    CfrPlus,
    /// Discounted CFR (Brown & Sandholm 2019) with α = 1.5, β = 0, γ = 2: old regrets fade, iteration `t`
    /// weighs `t²`.
    Dcfr,
    /// Predictive CFR+ (Farina, Kroer & Sandholm 2021): as CFR+, but mixes for the regrets that are expected
    /// next, those of the last iteration once more; iteration `t` weighs `t²`.
    #[default]
    PredictiveCfrPlus,
}

impl Variant {
    /// All variants.
    pub const ALL: [Variant; 4] = [
        Variant::Cfr,
        Variant::CfrPlus,
        Variant::Dcfr,
        Variant::PredictiveCfrPlus,
    ];

    /// The variant as one word, stable for files and scripts.
    pub fn word(self) -> &'static str {
        match self {
            Variant::Cfr => "cfr",
            Variant::CfrPlus => "cfr+",
            Variant::Dcfr => "dcfr",
            Variant::PredictiveCfrPlus => "pcfr+",
        }
    }

    /// The power of `t` with which its authors weigh iteration `t` in the average.
    pub fn averaging(self) -> f64 {
        match self {
            Variant::Cfr => 0.0,
            Variant::CfrPlus => 1.0,
            Variant::Dcfr | Variant::PredictiveCfrPlus => 2.0,
        }
    }
}

/// CFR.
pub(super) struct Plain;

impl Rule for Plain {
    fn observe(&self, sum: f64, regret: f64) -> (f64, f64) {
        let sum = sum + regret;
        (sum, positive(sum))
    }
}

/// CFR+.
pub(super) struct CutOff;

impl Rule for CutOff {
    fn observe(&self, sum: f64, regret: f64) -> (f64, f64) {
        let sum = positive(sum + regret);
        (sum, sum)
    }
}

/// Discounted CFR at one iteration.
pub(super) struct Discounted {
    /// t^α / (t^α + 1), on positive sums.
    positive: f64,
    /// t^β / (t^β + 1), on negative ones.
    negative: f64,
}

impl Discounted {
    pub(super) fn at(iteration: u64) -> Discounted {
        let power = (iteration as f64).powf(1.5);
        Discounted {
            positive: power / (power + 1.0),
            negative: 0.5,
        }
    }
}

impl Rule for Discounted {
    fn observe(&self, sum: f64, regret: f64) -> (f64, f64) {
        let sum = sum + regret;
        let kept = if sum > 0.0 {
            self.positive
        } else {
            self.negative
        };
        (sum * kept, positive(sum * kept))
    }
}

/// Predictive CFR+.
pub(super) struct Predictive;

impl Rule for Predictive {
    fn observe(&self, sum: f64, regret: f64) -> (f64, f64) {
        let sum = positive(sum + regret);
        (sum, positive(sum + regret))
    }
}
