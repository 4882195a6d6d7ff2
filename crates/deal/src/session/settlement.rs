//! Settlements after the settlement (Raiffa 1985): what was agreed is the fallback while the time that is left is used to
//! look for a deal that is better for somebody and worse for nobody.
//!
//! Raiffa's mediator, who is told everybody's preferences, is not needed here. The parties go on in their circle: each in
//! turn proposes an outcome at least as good for itself as what is agreed, first those that the others seem to like best
//! by all that they have said; the others say whether it is at least as good for them too. What all consent to takes the
//! place of what was agreed, and so on, until nobody has anything more to propose or the deadline comes. Nobody has to
//! show more of its preferences than its answers do, and nobody can lose by it.

use std::collections::HashSet;

use crate::session::prepared::Prepared;
use crate::session::protocol::{Step, Terms};
use crate::session::trade::Trades;

/// An outcome proposed after the settlement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// Who proposed it.
    pub party: usize,
    /// The number of the outcome.
    pub outcome: u32,
    /// Whether it took the place of what was agreed.
    pub accepted: bool,
}

/// An agreement in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Deal {
    /// The number of the outcome.
    pub(crate) outcome: u32,
    /// Turns before the one from which it counts.
    pub(crate) since: u32,
}

/// The parties after their settlement.
pub(crate) struct Table<'a> {
    prepared: &'a Prepared,
    /// What every party's values are multiplied by from one turn to the next.
    factors: Vec<f64>,
    deal: Deal,
    minds: Vec<Mind>,
    /// What somebody has refused: it will be refused for any better deal too.
    refused: HashSet<u32>,
    /// Everything proposed, in order.
    pub(crate) proposals: Vec<Proposal>,
}

/// What a party thinks the others like, and what it would propose next.
struct Mind {
    trades: Trades,
    /// The best last; `None` before it is thought out for the present deal.
    next: Option<Vec<u32>>,
}

impl<'a> Table<'a> {
    /// After a session with this log ended with this deal.
    pub(crate) fn new(
        prepared: &'a Prepared,
        terms: &Terms,
        log: &[Step],
        deal: Deal,
    ) -> Table<'a> {
        let parties = 0..prepared.parties();
        let mind = |party| {
            let mut trades = Trades::new(prepared, party);
            trades.listen(prepared, party, log);
            Mind { trades, next: None }
        };
        Table {
            prepared,
            factors: parties.clone().map(|p| terms.factor(prepared, p)).collect(),
            deal,
            minds: parties.map(mind).collect(),
            refused: HashSet::new(),
            proposals: Vec::new(),
        }
    }

    /// What is agreed now.
    pub(crate) fn deal(&self) -> Deal {
        self.deal
    }

    /// One party's turn, of which `left` are left with this one; whether it had anything to propose.
    pub(crate) fn turn(&mut self, party: usize, number: u32, left: usize) -> bool {
        let Some(outcome) = self.next(party, number, left) else {
            return false;
        };
        let parties = 0..self.prepared.parties();
        let gains: Vec<f64> = parties
            .map(|p| self.prepared.value(p, outcome) - self.needed(p, number))
            .collect();
        let accepted = gains.iter().all(|gain| *gain >= 0.0) && gains.iter().any(|g| *g > 0.0);
        for (other, gain) in gains.iter().enumerate().filter(|(p, _)| *p != party) {
            let trades = &mut self.minds[party].trades;
            trades.learn(
                self.prepared,
                other,
                outcome,
                self.deal.outcome,
                *gain >= 0.0,
            );
        }
        self.proposals.push(Proposal {
            party,
            outcome,
            accepted,
        });
        if accepted {
            self.deal = Deal {
                outcome,
                since: number,
            };
            for mind in &mut self.minds {
                mind.next = None;
            }
        } else {
            self.refused.insert(outcome);
        }
        true
    }

    /// What an outcome agreed in this turn must be worth to a party to be as good as what is agreed.
    fn needed(&self, party: usize, number: u32) -> f64 {
        let value = self.prepared.value(party, self.deal.outcome);
        let factor = self.factors[party];
        if factor == 1.0 {
            return value;
        }
        value * factor.powf(f64::from(self.deal.since) - f64::from(number))
    }

    /// What a party proposes in this turn.
    fn next(&mut self, party: usize, number: u32, left: usize) -> Option<u32> {
        let needed = self.needed(party, number);
        let mind = &mut self.minds[party];
        let next = mind.next.get_or_insert_with(|| {
            // What is refused takes no turn.
            let count = left.div_ceil(self.factors.len()) + self.refused.len();
            let better = (self.prepared, party, self.deal.outcome);
            let mut next = mind.trades.improvements(better, needed, count);
            next.reverse();
            next
        });
        while let Some(outcome) = next.pop() {
            let enough = self.prepared.value(party, outcome) >= needed;
            if enough && !self.refused.contains(&outcome) {
                return Some(outcome);
            }
        }
        None
    }
}
