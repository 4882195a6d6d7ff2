//! Hard-headed bargaining: one demand, no movement (Boulwarism in its first sense; the ultimatum).

use crate::session::aspiration::{Aspiration, Aspiring};
use crate::session::protocol::{Act, Tactic, Turn};
use crate::session::trade::Trades;

/// Wants this share of the way from the floor to the best outcome, from first to last.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Insists {
    /// From 0, the floor, to 1, the best outcome.
    pub share: f64,
}

impl Aspiration for Insists {
    fn target(&mut self, turn: &Turn) -> f64 {
        let own = turn.own();
        let floor = own.floor().min(own.highest());
        let target = floor + (own.highest() - floor) * self.share;
        target.clamp(floor, own.highest())
    }
}

/// Insists, and leaves when its demand has been refused this often.
#[derive(Clone, Debug)]
pub struct TakeItOrLeaveIt {
    insists: Aspiring<Insists>,
    patience: u32,
    offered: u32,
}

impl TakeItOrLeaveIt {
    /// Insists on a share of the way to its best outcome and leaves after `patience` refusals, at least 1.
    pub fn new(share: f64, patience: u32, trades: Option<Trades>) -> TakeItOrLeaveIt {
        TakeItOrLeaveIt {
            insists: Aspiring::new(Insists { share }, trades),
            patience: patience.max(1),
            offered: 0,
        }
    }
}

impl Tactic for TakeItOrLeaveIt {
    fn act(&mut self, turn: &Turn) -> Act {
        match self.insists.act(turn) {
            Act::Offer(_) if self.offered >= self.patience => Act::Leave,
            Act::Offer(outcome) => {
                self.offered += 1;
                Act::Offer(outcome)
            }
            other => other,
        }
    }
}
