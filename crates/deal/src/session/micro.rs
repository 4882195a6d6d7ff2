//! MiCRO, the minimal concession strategy (de Jonge 2022, §4).
//!
//! Outcomes are offered in the order of their own value, the best first. A party makes a new offer only if it has made
//! no more different offers than it has received; otherwise it repeats one. It accepts what is worth at least as much as
//! the worst offer that it has made or is about to make. Offers below the fallback are never made.
//!
//! Where the paper repeats an offer at random, the last one is repeated here (with trade-offs: the one that the
//! others seem to like best), and among outcomes of equal own value, trade-offs decide which is offered next. With
//! several other parties, the one that has made the fewest different offers is matched.

use std::collections::HashSet;

use crate::session::protocol::{Act, Tactic, Turn};
use crate::session::trade::Trades;

/// One step for one step.
#[derive(Clone, Debug)]
pub struct Micro {
    sent: Vec<u32>,
    received: Vec<HashSet<u32>>,
    read: usize,
    trades: Option<Trades>,
    /// The outcomes of the current own value that are not yet offered.
    level: Vec<u32>,
    /// Rank of the first outcome below the current own value.
    next: usize,
}

impl Micro {
    /// Before any offer, with or without trade-offs.
    pub fn new(trades: Option<Trades>) -> Micro {
        Micro {
            sent: Vec::new(),
            received: Vec::new(),
            read: 0,
            trades,
            level: Vec::new(),
            next: 0,
        }
    }

    fn listen(&mut self, turn: &Turn) {
        self.received
            .resize_with(turn.prepared.parties(), HashSet::new);
        for step in &turn.log[self.read..] {
            if let Act::Offer(offer) = step.act {
                self.received[step.party].insert(offer);
            }
        }
        self.read = turn.log.len();
        if let Some(trades) = &mut self.trades {
            trades.listen(turn.prepared, turn.party, turn.log);
        }
    }

    fn may_concede(&self, turn: &Turn) -> bool {
        let received = (0..self.received.len())
            .filter(|&party| party != turn.party)
            .map(|party| self.received[party].len())
            .min();
        self.sent.len() <= received.unwrap_or(0)
    }

    /// The next outcome in order, if it is worth at least the fallback.
    fn upcoming(&mut self, turn: &Turn) -> Option<u32> {
        let own = turn.own();
        if self.level.is_empty() {
            let (_, value) = own.ranked(self.next)?;
            if value < own.fallback() {
                return None;
            }
            let end = own.at_least(value).len();
            self.level = own.at_least(value)[self.next..].to_vec();
            self.next = end;
        }
        let choice = self.trades.as_ref().and_then(|t| t.best(turn, &self.level));
        choice.or_else(|| self.level.first().copied())
    }

    fn repeated(&self, turn: &Turn) -> Option<u32> {
        let choice = self.trades.as_ref().and_then(|t| t.best(turn, &self.sent));
        choice.or_else(|| self.sent.last().copied())
    }
}

impl Tactic for Micro {
    fn act(&mut self, turn: &Turn) -> Act {
        self.listen(turn);
        let fresh = if self.may_concede(turn) {
            self.upcoming(turn)
        } else {
            None
        };
        let value = |outcome: u32| turn.prepared.value(turn.party, outcome);
        let worst = fresh.or_else(|| self.sent.last().copied());
        let Some(worst) = worst else {
            return Act::Leave;
        };
        if turn
            .standing_value()
            .is_some_and(|offered| offered >= value(worst))
        {
            return Act::Accept;
        }
        match fresh {
            Some(outcome) => {
                self.level.retain(|o| *o != outcome);
                self.sent.push(outcome);
                Act::Offer(outcome)
            }
            None => self.repeated(turn).map_or(Act::Leave, Act::Offer),
        }
    }
}
