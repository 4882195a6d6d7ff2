//! Tactics that work by a target: accept what meets it, offer what meets it.
//!
//! An [`Aspiration`] says what the party wants to have at least; [`Aspiring`] turns this into a tactic. Without
//! trade-offs it offers the outcome worth least to itself of those that meet the target. With trade-offs it offers the one
//! that the others seem to like best of those. Before it accepts an offer, as long as there is time, it asks for an
//! earlier offer of the others that was better for itself, or for one that seems better for somebody and worse for nobody
//! (an improvement of a settlement before it is signed; after it, this is Raiffa's post-settlement settlement of 1985).

use crate::session::protocol::{Act, Tactic, Turn};
use crate::session::trade::Trades;

/// How often in a session a party asks for a better deal before it accepts one.
const IMPROVEMENTS: u32 = 10;

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

    /// What to ask for before the standing offer is accepted, if anything.
    fn improvement(&self, turn: &Turn) -> Option<u32> {
        let trades = self.trades.as_ref()?;
        if self.improvements >= IMPROVEMENTS || turn.round + ROUNDS_LEFT >= turn.rounds {
            return None;
        }
        let value = turn.standing_value()?;
        recalled(turn, value).or_else(|| guessed(trades, turn, value))
    }
}

/// The others' earlier offer that is worth most to the party, if it is worth more than `value` and was not asked for
/// since. Whoever offered it will hardly refuse it now.
fn recalled(turn: &Turn, value: f64) -> Option<u32> {
    let mut best = None;
    let mut most = value;
    for (at, step) in turn.log.iter().enumerate() {
        if let (Act::Offer(offer), true) = (step.act, step.party != turn.party) {
            let worth = turn.prepared.value(turn.party, offer);
            if worth > most && !asked(turn, at, offer) {
                (most, best) = (worth, Some(offer));
            }
        }
    }
    best
}

/// An offer that seems better than the standing one, worth `value`, for somebody and worse for nobody, and is not yet
/// made.
fn guessed(trades: &Trades, turn: &Turn, value: f64) -> Option<u32> {
    let (standing, _) = turn.standing?;
    let best = trades.best_above(turn, value)?;
    let gains = turn.prepared.value(turn.party, best) > value;
    let pleases =
        trades.likes_better(best, standing) || (gains && !trades.likes_better(standing, best));
    (pleases && !asked(turn, 0, best)).then_some(best)
}

/// Whether the party that is to act has made this offer since a turn.
fn asked(turn: &Turn, since: usize, offer: u32) -> bool {
    turn.log[since..]
        .iter()
        .any(|step| step.party == turn.party && step.act == Act::Offer(offer))
}

impl<A: Aspiration> Tactic for Aspiring<A> {
    fn act(&mut self, turn: &Turn) -> Act {
        let own = turn.own();
        if !own.can_gain() {
            return Act::Leave;
        }
        let target = self.aspiration.target(turn).max(own.fallback());
        if let Some(trades) = &mut self.trades {
            trades.listen(turn.prepared, turn.party, turn.log);
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
        let choice = trades.and_then(|trades| trades.best_above(turn, target));
        Act::Offer(choice.unwrap_or_else(|| own.least_above(target)))
    }
}
