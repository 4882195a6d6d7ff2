//! What may be chosen about the spatial model.

use serde::{Deserialize, Serialize};

use crate::voting::{Election, Victory, VotingRule};

/// How third parties stand to lose by taking sides.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Commitment {
    /// They keep their own position whatever happens.
    None,
    /// They must take the winner's position if their side loses, and keep their own if it wins.
    #[default]
    Semi,
    /// They take the winner's position in any case.
    Full,
}

/// How the chance of being elected becomes an attitude to risk.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RiskRange {
    /// From 0 to 1.
    Min,
    /// From −½ to 1.
    #[default]
    Mid,
    /// From −1 to 1.
    Max,
}

/// How much of another's attitude to risk an actor sees; the rest it fills with its own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RiskView {
    /// Nothing.
    None,
    /// A third.
    #[default]
    OneThird,
    /// Half.
    Half,
    /// Two thirds.
    TwoThirds,
    /// All.
    Full,
}

impl RiskView {
    /// The share that is seen.
    pub(super) fn share(self) -> f64 {
        match self {
            RiskView::None => 0.0,
            RiskView::OneThird => 1.0 / 3.0,
            RiskView::Half => 0.5,
            RiskView::TwoThirds => 2.0 / 3.0,
            RiskView::Full => 1.0,
        }
    }
}

/// How salience and the chance to win weigh the two positions of a bargain.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Weighing {
    /// Both as they are.
    S1P1,
    /// Both squared.
    #[default]
    S2P2,
    /// Salience squared, and only the surplus of the winner's chance.
    S2PMax,
}

/// Whose reckoning a bargain follows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Bargaining {
    /// The initiator's.
    #[default]
    Initiator,
    /// Two bargains, one of each side's.
    Both,
    /// One bargain, between the two sides' by their weights.
    PowerWeighted,
}

/// Which bargain an actor takes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Transition {
    /// The likeliest; of equals the first.
    #[default]
    Likeliest,
    /// One drawn by the chances, from a random stream with this seed.
    Drawn(u64),
}

/// What may be chosen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Options {
    /// How differences in utility become votes.
    pub voting: VotingRule,
    /// How strengths become chances.
    pub victory: Victory,
    /// How chances of pairs become chances of all.
    pub election: Election,
    /// How third parties are committed.
    pub commitment: Commitment,
    /// The range of attitudes to risk.
    pub risk_range: RiskRange,
    /// How much of another's attitude is seen.
    pub risk_view: RiskView,
    /// How positions of a bargain are weighed.
    pub weighing: Weighing,
    /// Whose reckoning a bargain follows.
    pub bargaining: Bargaining,
    /// Which bargain is taken.
    pub transition: Transition,
    /// How ideals follow positions: row by row, how far actor i's ideal moves to j's position in a turn. Empty: ideals
    /// are where positions are.
    pub accommodation: Vec<f64>,
    /// As KTAB's program computes, not as its rules say.
    pub ktab: bool,
    /// Most turns.
    pub turns: usize,
    /// The run ends when a turn moves positions by less than this share of the first turn's movement.
    pub settled: f64,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            voting: VotingRule::default(),
            victory: Victory::default(),
            election: Election::default(),
            commitment: Commitment::default(),
            risk_range: RiskRange::default(),
            risk_view: RiskView::default(),
            weighing: Weighing::default(),
            bargaining: Bargaining::default(),
            transition: Transition::default(),
            accommodation: Vec::new(),
            ktab: false,
            turns: 100,
            settled: 0.02,
        }
    }
}

impl Options {
    /// The defaults, as KTAB's program computes.
    pub fn ktab() -> Options {
        Options {
            ktab: true,
            ..Options::default()
        }
    }
}
