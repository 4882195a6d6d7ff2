//! How good forecasts were: models and forecasters asked about past issues whose outcomes are known.
//!
//! Point forecasts get a distribution from the errors that the same model made elsewhere. Whatever is learnt from
//! outcomes is learnt from other groups than the one it is asked about ([`Folds`]): issues of one proposal, treaty or
//! summit are decided together and must not lend each other their outcomes.

mod case;
mod distribution;
mod folds;
mod forecaster;
mod judge;
mod learnt;
mod logit;
mod places;
mod score;

pub use case::{Case, read, read_cells};
pub use distribution::Distribution;
pub use folds::Folds;
pub use forecaster::{Forecaster, Member, Options};
pub use judge::{Backtest, Judged, Settings, backtest};
pub use score::{Difference, Score};
