//! Dividing a pie by vote: the closed rule of Baron and Ferejohn (1989, §III).
//!
//! In every session of a committee one member is drawn to propose how to divide a pie of 1; if at least `quota` members,
//! the proposer included, vote for it, it is done, and otherwise the next session begins and everybody's share is
//! worth less. A member votes for what is worth at least as much to it as going on. The proposer therefore buys the
//! cheapest `quota − 1` votes. Values are found by going back from the last session, after which nobody gets
//! anything; with many sessions they tend to the stationary equilibrium.

use crate::session::error::SessionError;

/// Members whose votes cost the same up to this are asked with equal chance.
const SAME: f64 = 1e-12;

/// A committee that divides a pie of 1.
#[derive(Clone, Debug, PartialEq)]
pub struct Committee {
    /// The chance of every member to be drawn as proposer; they sum to 1.
    pub recognition: Vec<f64>,
    /// What a share is multiplied by from one session to the next, per member.
    pub discounts: Vec<f64>,
    /// Votes needed, the proposer's included.
    pub quota: usize,
}

/// What members can count on.
#[derive(Clone, Debug, PartialEq)]
pub struct Shares {
    /// What every member keeps if it is drawn first.
    pub proposing: Vec<f64>,
    /// What every member expects before the first draw.
    pub expected: Vec<f64>,
}

impl Committee {
    /// `members` equals with the same discount.
    pub fn of_equals(members: usize, discount: f64, quota: usize) -> Committee {
        Committee {
            recognition: vec![1.0 / members.max(1) as f64; members],
            discounts: vec![discount; members],
            quota,
        }
    }

    /// The shares when at most `sessions` sessions are held.
    ///
    /// # Errors
    /// No member, lists of different lengths, chances that do not sum to 1, a discount outside [0, 1], a quota that
    /// is 0 or larger than the committee, no session.
    pub fn shares(&self, sessions: u32) -> Result<Shares, SessionError> {
        self.check(sessions)?;
        let members = self.recognition.len();
        let mut expected = vec![0.0; members];
        let mut proposing = vec![0.0; members];
        for _ in 0..sessions {
            let prices: Vec<f64> = expected
                .iter()
                .zip(&self.discounts)
                .map(|(value, discount)| value * discount)
                .collect();
            let mut next = vec![0.0; members];
            for proposer in 0..members {
                let division = self.division(proposer, &prices);
                proposing[proposer] = division[proposer];
                for (value, share) in next.iter_mut().zip(&division) {
                    *value += self.recognition[proposer] * share;
                }
            }
            expected = next;
        }
        Ok(Shares {
            proposing,
            expected,
        })
    }

    /// What every member expects once `proposer` is drawn.
    fn division(&self, proposer: usize, prices: &[f64]) -> Vec<f64> {
        let mut others: Vec<usize> = (0..prices.len()).filter(|&m| m != proposer).collect();
        others.sort_by(|&a, &b| prices[a].total_cmp(&prices[b]).then(a.cmp(&b)));
        let needed = self.quota - 1;
        let mut division = vec![0.0; prices.len()];
        division[proposer] = 1.0;
        if needed == 0 {
            return division;
        }
        let dearest = prices[others[needed - 1]];
        let cheaper = |m: &&usize| prices[**m] < dearest - SAME;
        let as_dear = |m: &&usize| (prices[**m] - dearest).abs() <= SAME;
        let left = needed - others.iter().filter(cheaper).count();
        let chance = left as f64 / others.iter().filter(as_dear).count() as f64;
        for &member in others.iter().filter(cheaper) {
            division[member] = prices[member];
            division[proposer] -= prices[member];
        }
        for &member in others.iter().filter(as_dear) {
            division[member] = chance * prices[member];
            division[proposer] -= chance * prices[member];
        }
        if division[proposer] < prices[proposer] {
            return prices.to_vec();
        }
        division
    }

    fn check(&self, sessions: u32) -> Result<(), SessionError> {
        let term = |what, value, range| Err(SessionError::Term { what, value, range });
        let members = self.recognition.len();
        if members == 0 {
            return term("the number of members", 0.0, "at least 1");
        }
        if self.discounts.len() != members {
            let range = "one per member";
            return term(
                "the number of discounts",
                self.discounts.len() as f64,
                range,
            );
        }
        let sum: f64 = self.recognition.iter().sum();
        if self.recognition.iter().any(|c| !(0.0..=1.0).contains(c)) || (sum - 1.0).abs() > 1e-9 {
            return term(
                "the sum of the chances to propose",
                sum,
                "1, of shares from 0 to 1",
            );
        }
        if let Some(&d) = self.discounts.iter().find(|d| !(0.0..=1.0).contains(*d)) {
            return term("a discount", d, "from 0 to 1");
        }
        if !(1..=members).contains(&self.quota) {
            let range = "between 1 and the number of members";
            return term("the quota", self.quota as f64, range);
        }
        if sessions == 0 {
            return term("the number of sessions", 0.0, "at least 1");
        }
        Ok(())
    }
}
