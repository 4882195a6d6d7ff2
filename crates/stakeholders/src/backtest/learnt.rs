//! What the forecaster learnt from the 197 issues of *Decision-making in the European Union III* that are at hand.

use super::forecaster::{Forecaster, Member};

/// Powers of influence and salience, then the coefficients: nearness to the centre, a held position and, where there is
/// a third, the reference point. Without actors of the Union by name, so that they serve for any crisis.
const LEARNT: [(f64, f64, &[f64]); 18] = [
    (0.0, 1.0, &[2.728563048, 4.129132791]),
    (0.0, 2.0, &[2.729352281, 4.127060439]),
    (0.0, 3.0, &[2.680359698, 4.116321968]),
    (0.25, 1.0, &[2.874888482, 4.144119220]),
    (0.25, 2.0, &[2.940803438, 4.150974246]),
    (0.25, 3.0, &[2.969425166, 4.151129360]),
    (0.5, 1.0, &[2.848969837, 4.139980152]),
    (0.5, 2.0, &[2.962516179, 4.148802571]),
    (0.5, 3.0, &[3.028932034, 4.154162190]),
    (0.0, 1.0, &[3.097693603, 3.953926292, 1.003852289]),
    (0.0, 2.0, &[3.066611151, 3.953686849, 0.979659000]),
    (0.0, 3.0, &[2.970039304, 3.944850103, 0.945854142]),
    (0.25, 1.0, &[3.375779984, 3.957255488, 1.142184471]),
    (0.25, 2.0, &[3.418888187, 3.964921278, 1.134392694]),
    (0.25, 3.0, &[3.394620109, 3.967266232, 1.106752698]),
    (0.5, 1.0, &[3.435494626, 3.948497552, 1.226788040]),
    (0.5, 2.0, &[3.532019760, 3.954909932, 1.233318342]),
    (0.5, 3.0, &[3.543222194, 3.962487989, 1.209225129]),
];

impl Forecaster {
    /// The forecaster as [`Forecaster::fit`] learns it from those issues with no actor named.
    pub fn learnt() -> Forecaster {
        let member = |(influence, salience, coefficients): (f64, f64, &[f64])| Member {
            influence,
            salience,
            marked: coefficients.len() > 2,
            coefficients: coefficients.to_vec(),
        };
        Forecaster {
            named: Vec::new(),
            members: LEARNT.map(member).into(),
        }
    }
}
