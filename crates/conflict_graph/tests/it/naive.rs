//! The definitions, taken word by word: slow, and independent of the library's searches.

use std::collections::BTreeSet;

use detente_conflict_graph::{Change, Concept, Draft, Preferences, Reading, Relation};

/// A conflict as plain tables.
pub(crate) struct Naive {
    pub states: Vec<u64>,
    /// Per actor and state the states reached.
    pub moves: Vec<Vec<Vec<usize>>>,
    pub preferences: Vec<Preferences>,
    pub owner: Vec<usize>,
    pub reading: Reading,
}

impl Naive {
    pub fn new(draft: &Draft, reading: Reading) -> Naive {
        let states = draft.states.all().to_vec();
        let n = draft.actors.len();
        let blind = |i: usize, s: u64| {
            draft
                .unperceived
                .get(i)
                .is_some_and(|l| l.iter().any(|c| c.holds(s)))
        };
        let can = |i: usize, from: u64, to: u64| {
            from != to
                && !blind(i, from)
                && !blind(i, to)
                && draft.options.iter().enumerate().all(|(k, option)| {
                    let (was, is) = (from >> k & 1 == 1, to >> k & 1 == 1);
                    was == is
                        || (option.owner == i
                            && match option.change {
                                Change::Free => true,
                                Change::Forward => is,
                                Change::Backward => was,
                            })
                })
        };
        let targets = |i: usize, from: u64| {
            (0..states.len())
                .filter(|t| can(i, from, states[*t]))
                .collect::<Vec<_>>()
        };
        let moves = (0..n)
            .map(|i| states.iter().map(|s| targets(i, *s)).collect())
            .collect();
        let preferences = draft.preferences.iter();
        let preferences = preferences
            .map(|p| p.resolve("x", states.len(), Some(&draft.states)).unwrap())
            .collect();
        Naive {
            moves,
            preferences,
            owner: draft.options.iter().map(|option| option.owner).collect(),
            states,
            reading,
        }
    }

    pub fn actors(&self) -> usize {
        self.moves.len()
    }

    fn relation(&self, i: usize, from: usize, to: usize) -> Relation {
        self.preferences[i].relation(from, to)
    }

    fn better(relation: Relation) -> bool {
        relation == Relation::Better || relation == Relation::MuchBetter
    }

    /// R+ (or R+ and R^U together, where the reading says so).
    pub fn improvements(&self, i: usize, s: usize) -> Vec<usize> {
        let unknown = matches!(self.reading, Reading::UnknownA | Reading::UnknownC);
        let wants = |t: &usize| {
            let relation = self.relation(i, s, *t);
            Naive::better(relation) || (unknown && relation == Relation::Unknown)
        };
        self.moves[i][s].iter().copied().filter(wants).collect()
    }

    fn credible(&self, i: usize, s: usize) -> Vec<usize> {
        let unknown = !matches!(self.reading, Reading::Plain | Reading::Strong);
        let wants = |t: &usize| {
            let relation = self.relation(i, s, *t);
            Naive::better(relation) || (unknown && relation == Relation::Unknown)
        };
        self.moves[i][s].iter().copied().filter(wants).collect()
    }

    pub fn hurts(&self, i: usize, s: usize, t: usize) -> bool {
        match (self.reading, self.relation(i, s, t)) {
            (_, Relation::MuchWorse) => true,
            (Reading::Strong, _) => false,
            (_, Relation::Worse | Relation::Same) => true,
            (Reading::UnknownC | Reading::UnknownD, Relation::Unknown) => true,
            _ => false,
        }
    }

    /// R_H or R_H+: pairs of a state and who moved last, until nothing is added.
    pub fn reach(&self, movers: &[usize], s: usize, credible: bool) -> BTreeSet<usize> {
        let next = |i: usize, t: usize| {
            if credible {
                self.credible(i, t)
            } else {
                self.moves[i][t].clone()
            }
        };
        let mut pairs: BTreeSet<(usize, usize)> = BTreeSet::new();
        for i in movers {
            pairs.extend(next(*i, s).into_iter().map(|t| (t, *i)));
        }
        loop {
            let mut more = pairs.clone();
            for (t, last) in &pairs {
                for i in movers.iter().filter(|i| *i != last) {
                    more.extend(next(*i, *t).into_iter().map(|u| (u, *i)));
                }
            }
            if more.len() == pairs.len() {
                return pairs.into_iter().map(|(t, _)| t).collect();
            }
            pairs = more;
        }
    }

    fn others(&self, i: usize) -> Vec<usize> {
        (0..self.actors()).filter(|j| *j != i).collect()
    }

    pub fn stable(&self, concept: Concept, i: usize, s: usize) -> bool {
        let others = self.others(i);
        let held = |end: usize| self.moves[i][end].iter().all(|t| self.hurts(i, s, *t));
        let answered = |to: usize| match concept {
            Concept::Nash => false,
            Concept::General => self
                .reach(&others, to, false)
                .iter()
                .any(|t| self.hurts(i, s, *t)),
            Concept::SymmetricGeneral => self
                .reach(&others, to, false)
                .iter()
                .any(|t| self.hurts(i, s, *t) && held(*t)),
            Concept::Sequential => self
                .reach(&others, to, true)
                .iter()
                .any(|t| self.hurts(i, s, *t)),
            Concept::SymmetricSequential => self
                .reach(&others, to, true)
                .iter()
                .any(|t| self.hurts(i, s, *t) && held(*t)),
            Concept::Simultaneous => self.together(i, s, to),
            _ => self.stays(i, s, concept),
        };
        match concept {
            Concept::Limited(_) => self.stays(i, s, concept),
            _ => self.improvements(i, s).into_iter().all(answered),
        }
    }

    /// All combinations of improvements of the others from s, put upon the actor's own.
    fn together(&self, i: usize, s: usize, to: usize) -> bool {
        let mask = |j: usize| {
            (0..self.owner.len())
                .filter(|k| self.owner[*k] == j)
                .fold(0u64, |m, k| m | 1 << k)
        };
        let mut ends: Vec<(u64, bool)> = vec![(self.states[to], false)];
        for j in self.others(i) {
            let moved: Vec<(u64, bool)> = ends
                .iter()
                .flat_map(|(bits, _)| {
                    let with = |t: usize| (bits & !mask(j) | self.states[t] & mask(j), true);
                    self.credible(j, s)
                        .into_iter()
                        .map(with)
                        .collect::<Vec<_>>()
                })
                .collect();
            ends.extend(moved);
        }
        ends.into_iter()
            .filter(|(_, moved)| *moved)
            .any(|(bits, _)| {
                let end = self.states.iter().position(|state| *state == bits);
                end.is_some_and(|end| self.hurts(i, s, end))
            })
    }

    fn stays(&self, i: usize, s: usize, concept: Concept) -> bool {
        match concept {
            Concept::Limited(horizon) => self.end(horizon, i, s) == s,
            _ => false,
        }
    }

    /// Where play ends if i moves first and `horizon` moves are left: plain recursion.
    pub fn end(&self, horizon: u32, i: usize, s: usize) -> usize {
        if horizon == 0 {
            return s;
        }
        let mut best: Option<usize> = None;
        for t in &self.moves[i][s] {
            let mut expected: Option<usize> = None;
            for j in self.others(i) {
                let end = self.end(horizon - 1, j, *t);
                if end != *t && expected.is_none_or(|e| Naive::better(self.relation(i, end, e))) {
                    expected = Some(end);
                }
            }
            let end = expected.unwrap_or(*t);
            if best.is_none_or(|b| Naive::better(self.relation(i, b, end))) {
                best = Some(end);
            }
        }
        best.filter(|end| Naive::better(self.relation(i, s, *end)))
            .unwrap_or(s)
    }
}
