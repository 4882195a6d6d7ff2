//! Offers of the subgame-perfect equilibrium, by backward induction from the deadline (Ståhl 1972; Rubinstein 1982),
//! over a frontier of finitely many points.
//!
//! All values are counted at the turn in question. A party that is to act offers the point best for itself of those
//! that every other party prefers to refusing; a party that refuses becomes the one to offer in its turn, `k` turns
//! later, and may then also leave with its fallback (the outside option; Binmore, Shaked and Sutton 1989). Who would refuse
//! does so at once. A deal counts from the turn in which it was offered. After the deadline everybody has the
//! fallback. The tactic knows the others' values; all parties are taken to reason in this way.

use crate::frontier::Frontier;
use crate::session::prepared::Prepared;
use crate::session::protocol::{Act, Tactic, Terms, Turn};

/// What the party to act does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
    /// Offers this point of the frontier, which all accept.
    Offer(usize),
    /// Waits: no offer is both acceptable and better.
    Wait,
    /// Leaves.
    Leave,
}

/// The equilibrium of alternating offers on a frontier until a deadline.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    parties: usize,
    moves: Vec<Move>,
    /// Turn by turn: what every party has in the end if the party to act makes a new start, counted at this turn.
    values: Vec<f64>,
}

impl Plan {
    /// The equilibrium of `turns` turns. `factors` are what values shrink by from one turn to the next; the party
    /// `opener` acts first. Points below somebody's fallback are never offered.
    ///
    /// `factors` and `fallbacks` hold one number per party of the frontier.
    pub fn new(
        frontier: &Frontier,
        fallbacks: &[f64],
        factors: &[f64],
        turns: usize,
        opener: usize,
    ) -> Plan {
        let mut plan = Plan {
            parties: frontier.parties(),
            moves: vec![Move::Wait; turns],
            values: vec![0.0; (turns + 1) * frontier.parties()],
        };
        plan.values[turns * frontier.parties()..].copy_from_slice(fallbacks);
        let zone: Vec<usize> = (0..frontier.len())
            .filter(|&point| {
                let values = frontier.values(point).iter();
                values.zip(fallbacks).all(|(value, d)| value >= d)
            })
            .collect();
        for turn in (0..turns).rev() {
            let best = plan.best_offer(frontier, &zone, factors, turn, opener);
            plan.settle(turn, best, frontier, fallbacks, factors, opener);
        }
        plan
    }

    /// What the party to act in this turn does.
    pub fn at(&self, turn: usize) -> Move {
        self.moves.get(turn).copied().unwrap_or(Move::Wait)
    }

    /// What every party has in the end if the party to act in this turn makes a new start, counted at this turn.
    pub fn values(&self, turn: usize) -> &[f64] {
        &self.values[turn * self.parties..(turn + 1) * self.parties]
    }

    /// The point that is best for the party to act among those that nobody refuses.
    fn best_offer(
        &self,
        frontier: &Frontier,
        zone: &[usize],
        factors: &[f64],
        turn: usize,
        opener: usize,
    ) -> Option<usize> {
        if turn + self.parties > self.moves.len() {
            return None;
        }
        let actor = (opener + turn) % self.parties;
        let mut needs = vec![f64::NEG_INFINITY; self.parties];
        for k in 1..self.parties {
            let party = (actor + k) % self.parties;
            needs[party] = self.values(turn + k)[party] * factors[party].powi(k as i32);
        }
        let worth = |point: usize| {
            let values = frontier.values(point);
            (values[actor], values.iter().sum::<f64>())
        };
        zone.iter()
            .copied()
            .filter(|&point| {
                let values = frontier.values(point).iter();
                values.zip(&needs).all(|(value, need)| value >= need)
            })
            .reduce(|best, point| {
                if worth(point) > worth(best) {
                    point
                } else {
                    best
                }
            })
    }

    fn settle(
        &mut self,
        turn: usize,
        best: Option<usize>,
        frontier: &Frontier,
        fallbacks: &[f64],
        factors: &[f64],
        opener: usize,
    ) {
        let actor = (opener + turn) % self.parties;
        let waiting: Vec<f64> = self
            .values(turn + 1)
            .iter()
            .zip(factors)
            .map(|(value, factor)| value * factor)
            .collect();
        let offered = best.filter(|&point| {
            let value = frontier.values(point)[actor];
            value >= waiting[actor] && value >= fallbacks[actor]
        });
        let (choice, values) = match offered {
            Some(point) => (Move::Offer(point), frontier.values(point).to_vec()),
            None if waiting[actor] >= fallbacks[actor] => (Move::Wait, waiting),
            None => (Move::Leave, fallbacks.to_vec()),
        };
        self.moves[turn] = choice;
        self.values[turn * self.parties..(turn + 1) * self.parties].copy_from_slice(&values);
    }
}

/// Plays the equilibrium of the session's terms.
#[derive(Clone, Debug)]
pub struct Equilibrium {
    plan: Plan,
    factor: f64,
}

impl Equilibrium {
    /// For this party on these terms.
    pub fn new(prepared: &Prepared, party: usize, terms: &Terms) -> Equilibrium {
        let factors: Vec<f64> = (0..prepared.parties())
            .map(|other| terms.factor(prepared, other))
            .collect();
        Equilibrium {
            plan: Plan::new(
                prepared.zone(),
                &prepared.space().fallbacks(),
                &factors,
                terms.rounds as usize * prepared.parties(),
                terms.opener,
            ),
            factor: factors[party],
        }
    }

    /// Whether the standing offer is at least as good as refusing it now.
    fn accepts(&self, turn: &Turn) -> bool {
        let Some(value) = turn.standing_value() else {
            return false;
        };
        let is_offer = |step: &crate::session::protocol::Step| matches!(step.act, Act::Offer(_));
        let since = turn
            .log
            .iter()
            .rev()
            .take_while(|step| !is_offer(step))
            .count()
            + 1;
        let refusing = self.plan.values(turn.log.len())[turn.party];
        value >= turn.own().fallback() && value >= refusing * self.factor.powi(since as i32)
    }
}

impl Tactic for Equilibrium {
    fn act(&mut self, turn: &Turn) -> Act {
        if self.accepts(turn) {
            return Act::Accept;
        }
        match self.plan.at(turn.log.len()) {
            Move::Offer(point) => Act::Offer(turn.prepared.number(turn.prepared.zone(), point)),
            Move::Leave => Act::Leave,
            Move::Wait if !turn.own().can_gain() => Act::Leave,
            Move::Wait => Act::Offer(turn.own().least_above(turn.own().highest())),
        }
    }
}
