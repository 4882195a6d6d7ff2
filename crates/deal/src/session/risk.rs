//! Zeuthen's strategy at the table: whoever would lose less by a breakdown concedes (Zeuthen 1930; Harsanyi 1956; as the
//! monotonic concession protocol: Rosenschein and Zlotkin 1994, chapter 4).
//!
//! Two parties' risk limits compare as the products of gains at their demands do, so a party concedes, just enough to
//! have the larger product, whenever the product at its own demand is not larger than that at the other's. Demands
//! move along the party's path over the frontier (as in the solution of that name), which ends at the largest
//! product; two such parties therefore agree there. With more parties the one with the smallest product concedes
//! (Endriss 2006). In alternating offers, both never concede at once. The tactic knows the others' values.

use crate::session::prepared::Prepared;
use crate::session::protocol::{Act, Tactic, Turn};
use crate::solution::{gains, nash_order};
use crate::zeuthen::concessions;

/// Concessions by risk limits.
#[derive(Clone, Debug)]
pub struct Zeuthen {
    /// What the party demands in turn: the number of an outcome and all parties' gains.
    path: Vec<(u32, Vec<f64>)>,
    at: usize,
    fallbacks: Vec<f64>,
    /// The latest offer of every party.
    demands: Vec<Option<u32>>,
    read: usize,
}

impl Zeuthen {
    /// For this party.
    pub fn new(prepared: &Prepared, party: usize) -> Zeuthen {
        let zone = prepared.zone();
        let fallbacks = prepared.space().fallbacks();
        let all: Vec<Vec<f64>> = (0..zone.len())
            .map(|point| gains(zone.values(point), &fallbacks))
            .collect();
        let path = concessions(zone, party, |a, b| nash_order(&all[a], &all[b]))
            .into_iter()
            .map(|point| (prepared.number(zone, point), all[point].clone()))
            .collect();
        Zeuthen {
            path,
            at: 0,
            fallbacks,
            demands: vec![None; prepared.parties()],
            read: 0,
        }
    }

    fn listen(&mut self, turn: &Turn) {
        for step in &turn.log[self.read..] {
            if let Act::Offer(offer) = step.act {
                self.demands[step.party] = Some(offer);
            }
        }
        self.read = turn.log.len();
    }

    /// Whether the own demand has no larger product than that of every other party.
    fn must_concede(&self, turn: &Turn) -> bool {
        let own = &self.path[self.at].1;
        let mut others = (0..self.demands.len())
            .filter(|&other| other != turn.party)
            .map(|other| self.demands[other]);
        others.all(|demand| {
            demand.is_some_and(|outcome| {
                let theirs = gains(&turn.prepared.values(outcome), &self.fallbacks);
                theirs.iter().all(|gain| *gain >= 0.0) && nash_order(own, &theirs).is_le()
            })
        })
    }
}

impl Tactic for Zeuthen {
    fn act(&mut self, turn: &Turn) -> Act {
        self.listen(turn);
        if self.path.is_empty() {
            return Act::Leave;
        }
        while self.at + 1 < self.path.len() && self.must_concede(turn) {
            self.at += 1;
        }
        let demand = turn.prepared.value(turn.party, self.path[self.at].0);
        let ends_here = self.at + 1 == self.path.len() && self.must_concede(turn);
        match turn.standing_value() {
            Some(value) if value >= demand => Act::Accept,
            // Both demands have the largest product and nobody has to concede: one of them is as good as the other.
            Some(_) if ends_here => Act::Accept,
            _ => Act::Offer(self.path[self.at].0),
        }
    }
}
