//! How an actor compares two states.

use serde::Serialize;

/// How one state compares with another in an actor's eyes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Relation {
    /// Much better (strongly preferred; Hamouda, Kilgour and Hipel 2004).
    MuchBetter,
    /// Better.
    Better,
    /// Equally good.
    Same,
    /// Worse.
    Worse,
    /// Much worse.
    MuchWorse,
    /// Nobody knows (Li, Hipel, Kilgour and Fang 2004).
    Unknown,
}

impl Relation {
    /// The same comparison from the other side.
    pub fn reversed(self) -> Relation {
        match self {
            Relation::MuchBetter => Relation::MuchWorse,
            Relation::Better => Relation::Worse,
            Relation::Worse => Relation::Better,
            Relation::MuchWorse => Relation::MuchBetter,
            Relation::Same | Relation::Unknown => self,
        }
    }

    /// Better or much better.
    pub fn is_gain(self) -> bool {
        matches!(self, Relation::Better | Relation::MuchBetter)
    }
}

/// A complete order of the states, with or without degrees.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    /// Per state, its tier: 0 is worst, no number is left out.
    rank: Vec<u32>,
    /// Per tier, its band: a tier of a higher band is much better. All 0 if there are no degrees.
    band: Vec<u32>,
}

impl Order {
    /// From numbers that grow with preference, equal for states that are equally good.
    pub(crate) fn from_keys<K: Ord + Copy>(keys: &[K]) -> Order {
        let mut sorted: Vec<(K, u32)> = keys.iter().copied().zip(0u32..).collect();
        sorted.sort_unstable();
        let mut rank = vec![0; keys.len()];
        let mut tier = 0;
        for at in 0..sorted.len() {
            tier += u32::from(at > 0 && sorted[at - 1].0 != sorted[at].0);
            rank[sorted[at].1 as usize] = tier;
        }
        Order {
            rank,
            band: vec![0; tier as usize + 1],
        }
    }

    /// The same with bands, per tier.
    pub(crate) fn with_bands(mut self, band: Vec<u32>) -> Order {
        self.band = band;
        self
    }

    /// Per state, its tier; 0 is worst.
    pub fn ranks(&self) -> &[u32] {
        &self.rank
    }

    /// The number of tiers.
    pub fn tiers(&self) -> usize {
        self.band.len()
    }

    /// The band of a tier.
    pub fn band(&self, rank: u32) -> u32 {
        self.band[rank as usize]
    }

    /// Whether some preference is strong.
    pub fn has_degrees(&self) -> bool {
        self.band.first() != self.band.last()
    }

    fn relation(&self, from: usize, to: usize) -> Relation {
        let (a, b) = (self.rank[from], self.rank[to]);
        let far = self.band(a) != self.band(b);
        match (b.cmp(&a), far) {
            (std::cmp::Ordering::Equal, _) => Relation::Same,
            (std::cmp::Ordering::Greater, true) => Relation::MuchBetter,
            (std::cmp::Ordering::Greater, false) => Relation::Better,
            (std::cmp::Ordering::Less, true) => Relation::MuchWorse,
            (std::cmp::Ordering::Less, false) => Relation::Worse,
        }
    }
}

/// Ordered statements some of which may matter either way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scores {
    /// Per state, the truths of the statements; the first statement is the highest bit.
    pub(crate) truths: Vec<u128>,
    /// The statements whose direction is unknown.
    pub(crate) unknown: u128,
    /// The statements that make a preference strong.
    pub(crate) strong: u128,
}

impl Scores {
    fn relation(&self, from: usize, to: usize) -> Relation {
        let differ = self.truths[from] ^ self.truths[to];
        if differ == 0 {
            return Relation::Same;
        }
        let first = 1u128 << (127 - differ.leading_zeros());
        let strong = self.strong & first != 0;
        match (self.unknown & first != 0, self.truths[to] & first != 0) {
            (true, _) => Relation::Unknown,
            (false, true) if strong => Relation::MuchBetter,
            (false, true) => Relation::Better,
            (false, false) if strong => Relation::MuchWorse,
            (false, false) => Relation::Worse,
        }
    }
}

/// An actor's preferences, checked and ready to be asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Preferences {
    /// A complete order.
    Order(Order),
    /// Ordered statements of which some are unknown.
    Scores(Scores),
    /// Pair by pair: entry `from * states + to`.
    Pairs {
        /// The number of states.
        states: usize,
        /// How `to` compares with `from`.
        relations: Vec<Relation>,
    },
}

impl Preferences {
    /// How the state `to` compares with the state `from`.
    pub fn relation(&self, from: usize, to: usize) -> Relation {
        match self {
            Preferences::Order(order) => order.relation(from, to),
            Preferences::Scores(scores) => scores.relation(from, to),
            Preferences::Pairs { states, relations } => relations[from * states + to],
        }
    }

    /// The order, if there is one.
    pub fn order(&self) -> Option<&Order> {
        match self {
            Preferences::Order(order) => Some(order),
            _ => None,
        }
    }

    /// Whether some comparison is unknown.
    pub fn has_unknown(&self) -> bool {
        match self {
            Preferences::Order(_) => false,
            Preferences::Scores(_) => true,
            Preferences::Pairs { relations, .. } => relations.contains(&Relation::Unknown),
        }
    }

    /// The same over some of the states, in that order.
    pub(crate) fn only(&self, kept: &[usize]) -> Preferences {
        match self {
            Preferences::Order(order) => {
                let keys: Vec<u32> = kept.iter().map(|s| order.rank[*s]).collect();
                let mut tiers: Vec<u32> = keys.clone();
                tiers.sort_unstable();
                tiers.dedup();
                let band = tiers.iter().map(|tier| order.band(*tier)).collect();
                Preferences::Order(Order::from_keys(&keys).with_bands(band))
            }
            Preferences::Scores(scores) => Preferences::Scores(Scores {
                truths: kept.iter().map(|s| scores.truths[*s]).collect(),
                ..*scores
            }),
            Preferences::Pairs { .. } => {
                let pairs = kept.iter().flat_map(|a| kept.iter().map(|b| (*a, *b)));
                Preferences::Pairs {
                    states: kept.len(),
                    relations: pairs.map(|(a, b)| self.relation(a, b)).collect(),
                }
            }
        }
    }
}
