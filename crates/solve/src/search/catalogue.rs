//! Candidates become equilibria: polished, certified, told apart.

use std::collections::BTreeSet;

use detente_game::rational::{Rational, nearest};
use detente_game::{Game, Profile, passes};

use super::Kind;
use super::response::Response;
use super::start::Way;
use super::support::{Isolation, REACHED, isolation, polish};
use crate::{Certificate, certify, certify_with};

/// Thresholds below which a probability may stand for 0: the supports that are tried.
const THRESHOLDS: [f64; 7] = [1e-1, 3e-2, 1e-2, 1e-3, 1e-4, 1e-6, 1e-9];
/// Largest relative gain at an information set that counts as rational off the path, where logit play at high but
/// finite precision is all there is to go by.
const OFF_PATH: f64 = 1e-6;
/// Probabilities at reached information sets that differ by more make another equilibrium.
const APART: f64 = 1e-5;

/// A certified equilibrium.
#[derive(Clone)]
pub(super) struct Candidate {
    pub(super) profile: Profile,
    pub(super) certificate: Certificate,
    pub(super) isolation: Isolation,
    /// Reach of every information set.
    reach: Vec<f64>,
    /// Whether the profile is a best reply off the path as well.
    pub(super) sequential: bool,
}

impl Candidate {
    /// Largest difference in probability from another profile at the information sets that are reached.
    pub(super) fn distance(&self, game: &Game, from: &Profile) -> f64 {
        let reached = (0..game.sets()).filter(|&set| self.reach[set] > REACHED);
        let pairs =
            reached.flat_map(|set| self.profile.at(game, set).iter().zip(from.at(game, set)));
        pairs.map(|(p, q)| (p - q).abs()).fold(0.0, f64::max)
    }
}

/// What counts as an equilibrium.
#[derive(Clone, Copy)]
pub(super) struct Standard {
    pub(super) kind: Kind,
    /// Largest relative gain.
    pub(super) tolerance: f64,
}

impl Standard {
    /// The candidate, if nobody gains more than allowed.
    pub(super) fn judged(self, response: &Response<'_>, profile: Profile) -> Option<Candidate> {
        let game = response.game;
        let certificate = certify(game, &profile);
        let sequential = certificate.largest_relative_gain_at_sets <= self.tolerance.max(OFF_PATH);
        let good = certificate.largest_relative_gain <= self.tolerance
            && (sequential || self.kind == Kind::Nash);
        good.then(|| Candidate {
            isolation: isolation(response, &profile),
            reach: passes::set_reach(game, &passes::reach(game, &profile)),
            certificate,
            sequential,
            profile,
        })
    }

    /// A pure sequential equilibrium with the beliefs that support it.
    pub(super) fn supported(
        response: &Response<'_>,
        profile: Profile,
        beliefs: &[Rational],
    ) -> Candidate {
        let game = response.game;
        let beliefs: Vec<f64> = beliefs.iter().map(nearest).collect();
        Candidate {
            isolation: isolation(response, &profile),
            reach: passes::set_reach(game, &passes::reach(game, &profile)),
            certificate: certify_with(game, &profile, &beliefs),
            sequential: true,
            profile,
        }
    }

    /// The equilibrium that a profile near it stands for: the first that Newton's method finds and the judge
    /// accepts, on the supports that the profile suggests, smaller ones first. One that is rational off the path
    /// comes before one that is not. Play off the path is polished as well or, where the beliefs there do not allow it,
    /// left as it is.
    pub(super) fn settled(self, response: &Response<'_>, near: &Profile) -> Option<Candidate> {
        let mut threat = None;
        for plays in supports(response.game, near) {
            for reached_only in [false, true] {
                let polished = polish(response, near, &plays, reached_only);
                let Some(found) = polished.and_then(|profile| self.judged(response, profile))
                else {
                    continue;
                };
                if found.sequential {
                    return Some(found);
                }
                threat = threat.or(Some(found));
            }
        }
        threat
    }
}

/// Different supports, by thresholds of probability; the best action of every information set is in each.
fn supports(game: &Game, near: &Profile) -> Vec<Vec<bool>> {
    let mut found: Vec<Vec<bool>> = Vec::new();
    for threshold in THRESHOLDS {
        let mut plays = vec![false; game.actions()];
        for set in 0..game.sets() {
            let here = near.at(game, set);
            let most = here.iter().copied().fold(0.0, f64::max);
            for (slot, &p) in game.slots(set).zip(here) {
                plays[slot] = p >= threshold.min(most);
            }
        }
        if found.last() != Some(&plays) {
            found.push(plays);
        }
    }
    found
}

/// An equilibrium and who found it.
pub(super) struct Entry {
    pub(super) candidate: Candidate,
    /// Numbers of the starts that led to it.
    pub(super) starts: BTreeSet<usize>,
    /// Numbers of the starts whose prior led to it; 0 is the principal branch.
    pub(super) priors: BTreeSet<usize>,
}

/// Equilibria that differ where play leads.
#[derive(Default)]
pub(super) struct Catalogue {
    pub(super) entries: Vec<Entry>,
}

impl Catalogue {
    /// Adds what a start found, or counts it for what is there. A candidate that is a best reply off the path
    /// replaces one that is not.
    pub(super) fn add(&mut self, game: &Game, number: usize, way: Way, candidate: &Candidate) {
        let known = self
            .entries
            .iter()
            .position(|entry| same(game, &entry.candidate, candidate));
        let at = known.unwrap_or_else(|| {
            self.entries.push(Entry {
                candidate: candidate.clone(),
                starts: BTreeSet::new(),
                priors: BTreeSet::new(),
            });
            self.entries.len() - 1
        });
        let entry = &mut self.entries[at];
        if candidate.sequential && !entry.candidate.sequential {
            entry.candidate = candidate.clone();
        }
        entry.starts.insert(number);
        if way == Way::Prior {
            entry.priors.insert(number);
        }
    }

    /// Adds an equilibrium that no start found, or takes note that the one that is there is rational off the path,
    /// with beliefs that differ from those which its play suggests.
    pub(super) fn list(&mut self, game: &Game, candidate: Candidate) {
        let known = self
            .entries
            .iter_mut()
            .find(|entry| same(game, &entry.candidate, &candidate));
        match known {
            Some(entry) if entry.candidate.sequential => {}
            Some(entry) => entry.candidate = candidate,
            None => self.entries.push(Entry {
                candidate,
                starts: BTreeSet::new(),
                priors: BTreeSet::new(),
            }),
        }
    }

    /// Takes equilibria that are not isolated for one where points between them are equilibria too. The one of the
    /// principal branch stands for its continuum, else the first that is rational off the path, else the first.
    pub(super) fn join_continua(&mut self, game: &Game, tolerance: f64) {
        let mut joined: Vec<Entry> = Vec::new();
        // Per entry of `joined`: everything that was joined to it.
        let mut members: Vec<Vec<Profile>> = Vec::new();
        for entry in std::mem::take(&mut self.entries) {
            let profile = &entry.candidate.profile;
            let touches = |place: &usize| {
                let others: &Vec<Profile> = &members[*place];
                joined[*place].candidate.isolation != Isolation::Isolated
                    && others
                        .iter()
                        .any(|other| linked(game, other, profile, tolerance))
            };
            let mut touched: Vec<usize> = match entry.candidate.isolation {
                Isolation::Isolated => Vec::new(),
                _ => (0..joined.len()).filter(touches).collect(),
            };
            let Some(first) = (!touched.is_empty()).then(|| touched.remove(0)) else {
                members.push(vec![profile.clone()]);
                joined.push(entry);
                continue;
            };
            members[first].push(profile.clone());
            joined[first].absorb(entry);
            for place in touched.into_iter().rev() {
                let more = members.remove(place);
                members[first].extend(more);
                let other = joined.remove(place);
                joined[first].absorb(other);
            }
        }
        self.entries = joined;
    }
}

impl Entry {
    fn absorb(&mut self, other: Entry) {
        let rank = |entry: &Entry| (entry.priors.contains(&0), entry.candidate.sequential);
        if rank(&other) > rank(self) {
            self.candidate = other.candidate;
        }
        self.candidate.isolation = Isolation::Continuum;
        self.starts.extend(other.starts);
        self.priors.extend(other.priors);
    }
}

/// Whether points between two equilibria are equilibria.
fn linked(game: &Game, a: &Profile, b: &Profile, tolerance: f64) -> bool {
    [0.5, 0.25, 0.75].into_iter().all(|share| {
        let pairs = a.probabilities().iter().zip(b.probabilities());
        let between = pairs.map(|(p, q)| p + share * (q - p)).collect();
        Profile::from_probabilities(game, between)
            .is_ok_and(|between| certify(game, &between).largest_relative_gain <= tolerance)
    })
}

/// Whether two equilibria play alike wherever play leads, or lie in a continuum on the same support.
fn same(game: &Game, a: &Candidate, b: &Candidate) -> bool {
    let continuum = a.isolation == Isolation::Continuum && b.isolation == Isolation::Continuum;
    (0..game.sets()).all(|set| {
        let (reached, also) = (a.reach[set] > REACHED, b.reach[set] > REACHED);
        let pairs = || a.profile.at(game, set).iter().zip(b.profile.at(game, set));
        reached == also
            && (!reached
                || pairs().all(|(p, q)| (p - q).abs() <= APART)
                || continuum && pairs().all(|(p, q)| (*p > REACHED) == (*q > REACHED)))
    })
}
