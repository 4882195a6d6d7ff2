//! Tactics that work by a target: accept what meets it, offer what meets it.
//!
//! An [`Aspiration`] says what the party wants to have at least; [`Aspiring`] turns this into a tactic. Without
//! trade-offs it offers the outcome worth least to itself of those that meet the target; with trade-offs the one that
//! the others seem to like best of those.

use crate::session::protocol::{Act, Tactic, Turn};
use crate::session::trade::Trades;

/// What a party wants to have at least, turn by turn.
pub trait Aspiration {
    /// The target now, in the party's own values. Called once per turn.
    fn target(&mut self, turn: &Turn) -> f64;
}

/// A tactic made of a target and, perhaps, of trade-offs.
#[derive(Clone, Debug)]
pub struct Aspiring<A> {
    aspiration: A,
    trades: Option<Trades>,
}

impl<A: Aspiration> Aspiring<A> {
    /// The tactic with this target, with or without trade-offs.
    pub fn new(aspiration: A, trades: Option<Trades>) -> Aspiring<A> {
        Aspiring { aspiration, trades }
    }
}

impl<A: Aspiration> Tactic for Aspiring<A> {
    fn act(&mut self, turn: &Turn) -> Act {
        let own = turn.own();
        if !own.can_gain() {
            return Act::Leave;
        }
        let target = self.aspiration.target(turn).max(own.fallback());
        if let Some(trades) = &mut self.trades {
            trades.listen(turn);
        }
        if turn.standing_value().is_some_and(|value| value >= target) {
            return Act::Accept;
        }
        let choice = self
            .trades
            .as_ref()
            .and_then(|trades| trades.best(own.at_least(target)));
        Act::Offer(choice.unwrap_or_else(|| own.least_above(target)))
    }
}
