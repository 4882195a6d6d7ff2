//! Tactics that work by a target: accept what meets it, offer what meets it.
//!
//! An [`Aspiration`] says what the party wants to have at least; [`Aspiring`] turns this into a tactic. Without
//! trade-offs it offers the outcome worth least to itself of those that meet the target. With trade-offs it offers the one
//! that the others seem to like best of those, and before it accepts an offer it may ask for another one that seems
//! better for somebody and worse for nobody, as long as there is time.

use crate::session::protocol::{Act, Tactic, Turn};
use crate::session::trade::Trades;

/// How often in a session a party asks for a better deal before it accepts one.
const IMPROVEMENTS: u32 = 3;

/// Rounds that must be left for that.
const ROUNDS_LEFT: u32 = 3;

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
    improvements: u32,
}

impl<A: Aspiration> Aspiring<A> {
    /// The tactic with this target, with or without trade-offs.
    pub fn new(aspiration: A, trades: Option<Trades>) -> Aspiring<A> {
        Aspiring {
            aspiration,
            trades,
            improvements: 0,
        }
    }

    /// An offer that seems better than the standing one for somebody and worse for nobody, and is not yet made.
    fn improvement(&self, turn: &Turn) -> Option<u32> {
        let trades = self.trades.as_ref()?;
        if self.improvements >= IMPROVEMENTS || turn.round + ROUNDS_LEFT >= turn.rounds {
            return None;
        }
        let (standing, _) = turn.standing?;
        let value = turn.standing_value()?;
        let best = trades.best(turn, turn.own().at_least(value))?;
        let gains = turn.prepared.value(turn.party, best) > value;
        let made = turn
            .log
            .iter()
            .any(|step| step.party == turn.party && step.act == Act::Offer(best));
        let pleases =
            trades.likes_better(best, standing) || (gains && !trades.likes_better(standing, best));
        (pleases && !made).then_some(best)
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
            return match self.improvement(turn) {
                Some(better) => {
                    self.improvements += 1;
                    Act::Offer(better)
                }
                None => Act::Accept,
            };
        }
        let trades = self.trades.as_ref();
        let choice = trades.and_then(|trades| trades.best(turn, own.at_least(target)));
        Act::Offer(choice.unwrap_or_else(|| own.least_above(target)))
    }
}
