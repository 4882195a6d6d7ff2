//! Time-dependent concession (Faratin, Sierra and Jennings 1998, time-dependent tactics, the polynomial family).
//!
//! With `α(t) = κ + (1 − κ)·t^(1/β)` and `κ = 0`, the target at time `t` is
//! `m + (M − m)·(1 − α(t))`: `M` is the best value, `m` the fallback or the worst value if that is better. `β < 1` is
//! Boulware (concede late), `β = 1` linear, `β > 1` conceder (concede early). The exponent here is `e = 1/β`.

use crate::session::aspiration::Aspiration;
use crate::session::protocol::Turn;

/// How far below the curve an offer may lie, so that rounding does not cost a round.
const SLACK: f64 = 1e-4;

/// Concession by time alone.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TimeDependent {
    /// The exponent `e = 1/β` of time, above 0.
    pub exponent: f64,
}

impl TimeDependent {
    /// Concedes late: `e = 4`.
    pub const BOULWARE: TimeDependent = TimeDependent { exponent: 4.0 };
    /// Concedes evenly: `e = 1`.
    pub const LINEAR: TimeDependent = TimeDependent { exponent: 1.0 };
    /// Concedes early: `e = ¼`.
    pub const CONCEDER: TimeDependent = TimeDependent { exponent: 0.25 };
}

impl Aspiration for TimeDependent {
    fn target(&mut self, turn: &Turn) -> f64 {
        let own = turn.own();
        let (m, best) = (own.floor(), own.highest());
        (m + (best - m) * (1.0 - turn.time.powf(self.exponent)) - SLACK).clamp(m.min(best), best)
    }
}
