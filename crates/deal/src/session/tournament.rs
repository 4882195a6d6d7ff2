//! Styles against one another: every assignment of styles to parties, with every party opening once.
//!
//! For two parties, this is every pairing in both orders, with either side opening. Shares are gains above the fallback,
//! as a part of the largest gain that any deal acceptable to all gives the party; without agreement a share is 0.

use serde::{Serialize, Serializer};

use crate::session::error::SessionError;
use crate::session::prepared::Prepared;
use crate::session::protocol::{End, Terms, play};
use crate::session::style::Style;

/// Most sessions of a tournament.
const MAX_SESSIONS: usize = 1_000_000;

/// How a tournament is held.
#[derive(Clone, Debug, PartialEq)]
pub struct Rules {
    /// The terms of every session; who opens is set by the tournament.
    pub terms: Terms,
    /// Whether parties trade off issues (see [`Style::tactic`]).
    pub trades: bool,
    /// Threads, at least 1. They do not change the result.
    pub threads: usize,
}

/// One session of a tournament.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Match {
    /// Which space, by position.
    pub space: usize,
    /// The style of every party.
    pub styles: Vec<Style>,
    /// Who opened, by position.
    pub opener: usize,
    /// How it ended.
    pub end: Ending,
    /// Rounds held, the last one included.
    pub rounds: u32,
    /// The number of the agreed outcome.
    pub outcome: Option<u32>,
    /// What every party has in the end, discounted.
    pub payoffs: Vec<f64>,
    /// Every party's share of its best possible gain.
    pub shares: Vec<f64>,
    /// The product of all gains at the agreement, as a part of the largest; 0 without agreement.
    pub nash: f64,
    /// How far the agreement lies from the frontier, each party's values measured from worst to best outcome.
    pub distance: Option<f64>,
    /// Whether there was a deal at least as good as the fallback for all.
    pub deal_existed: bool,
}

/// How a session ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Ending {
    /// All agreed.
    Agreement,
    /// The deadline passed.
    NoAgreement,
    /// A party left.
    Left,
}

/// How a style did, or how it did against another.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Record {
    /// Seats taken: sessions, counted once for every party of the style.
    pub seats: u32,
    /// Those that ended in agreement.
    pub agreements: u32,
    /// Those where no agreement was reached although a deal acceptable to all existed.
    pub left_on_the_table: u32,
    /// Agreements on the frontier.
    pub efficient: u32,
    /// Seats with a larger share than the other party's (than all others').
    pub wins: u32,
    /// Mean rounds until agreement; 0 without any.
    pub rounds: f64,
    /// Mean own share, sessions without agreement counted as 0.
    pub share: f64,
    /// Mean of the other parties' mean share.
    pub others: f64,
    /// Mean product of gains, as a part of the largest.
    pub nash: f64,
    /// Mean distance of agreements from the frontier.
    pub distance: f64,
}

/// A tournament that was held.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Tournament {
    /// The styles, in the order of all lists.
    pub styles: Vec<Style>,
    /// How every style did.
    pub records: Vec<Record>,
    /// How every style (row) did against every other (column), and against itself.
    pub against: Vec<Vec<Record>>,
    /// All sessions together.
    pub all: Record,
    /// Every session: by space, then by styles of the parties, then by who opened.
    pub matches: Vec<Match>,
}

impl Serialize for Style {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

/// Holds a tournament of styles over spaces with the same number of parties or different ones.
///
/// # Errors
/// No style; too many sessions; terms that do not fit a space; numbers of parties that are too large to pair.
pub fn tournament(
    spaces: &[Prepared],
    styles: &[Style],
    rules: &Rules,
) -> Result<Tournament, SessionError> {
    let pairings = pairings(spaces, styles)?;
    let threads = rules.threads.clamp(1, pairings.len().max(1));
    let part = pairings.len().div_ceil(threads).max(1);
    let played: Vec<Result<Vec<Match>, SessionError>> = std::thread::scope(|scope| {
        let workers: Vec<_> = pairings
            .chunks(part)
            .map(|part| {
                scope.spawn(move || {
                    part.iter()
                        .map(|(space, styles, opener)| {
                            one(&spaces[*space], *space, styles, *opener, rules)
                        })
                        .collect()
                })
            })
            .collect();
        workers
            .into_iter()
            .map(|worker| {
                worker
                    .join()
                    .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
            })
            .collect()
    });
    let mut matches = Vec::with_capacity(pairings.len());
    for part in played {
        matches.extend(part?);
    }
    Ok(tabulate(styles, matches))
}

type Pairing = (usize, Vec<Style>, usize);

fn pairings(spaces: &[Prepared], styles: &[Style]) -> Result<Vec<Pairing>, SessionError> {
    if styles.is_empty() {
        return Err(SessionError::NoStyle);
    }
    let mut pairings = Vec::new();
    for (number, space) in spaces.iter().enumerate() {
        let parties = space.parties();
        let assignments = styles
            .len()
            .checked_pow(parties as u32)
            .filter(|count| pairings.len() + count * parties <= MAX_SESSIONS)
            .ok_or(SessionError::TooMany {
                styles: styles.len(),
                parties,
                limit: MAX_SESSIONS,
            })?;
        for mut code in 0..assignments {
            let mut assigned = vec![styles[0]; parties];
            for style in assigned.iter_mut().rev() {
                *style = styles[code % styles.len()];
                code /= styles.len();
            }
            pairings.extend((0..parties).map(|opener| (number, assigned.clone(), opener)));
        }
    }
    Ok(pairings)
}

fn one(
    prepared: &Prepared,
    space: usize,
    styles: &[Style],
    opener: usize,
    rules: &Rules,
) -> Result<Match, SessionError> {
    let terms = rules.terms.clone().opened_by(opener);
    terms.check(prepared.parties())?;
    let mut tactics: Vec<_> = styles
        .iter()
        .enumerate()
        .map(|(party, style)| style.tactic(prepared, party, &terms, rules.trades))
        .collect();
    let session = play(prepared, &mut tactics, &terms)?;
    let (end, rounds) = match session.end {
        End::Agreement { round, .. } => (Ending::Agreement, round),
        End::NoAgreement { rounds } => (Ending::NoAgreement, rounds),
        End::Left { round, .. } => (Ending::Left, round),
    };
    let outcome = session.agreement();
    let gains = |values: &[f64]| -> Vec<f64> {
        let fallbacks = prepared.space().fallbacks();
        values.iter().zip(fallbacks).map(|(v, d)| v - d).collect()
    };
    let zone = prepared.zone();
    let best = gains(&zone.ideal().unwrap_or_else(|| prepared.space().fallbacks()));
    let reached = outcome.map(|outcome| gains(&prepared.values(outcome)));
    let share = |party: usize| match &reached {
        Some(gains) if best[party] > 0.0 => gains[party] / best[party],
        _ => 0.0,
    };
    let most = (0..zone.len())
        .map(|point| gains(zone.values(point)).iter().product::<f64>())
        .fold(0.0, f64::max);
    let product = reached.as_ref().map_or(0.0, |g| g.iter().product());
    Ok(Match {
        space,
        styles: styles.to_vec(),
        opener,
        end,
        rounds,
        outcome,
        payoffs: session.payoffs(prepared, &terms),
        shares: (0..prepared.parties()).map(share).collect(),
        nash: if most > 0.0 { product / most } else { 0.0 },
        distance: outcome.map(|outcome| prepared.distance(outcome)),
        deal_existed: !zone.is_empty(),
    })
}

fn tabulate(styles: &[Style], matches: Vec<Match>) -> Tournament {
    let mut records = vec![Record::default(); styles.len()];
    let mut against = vec![vec![Record::default(); styles.len()]; styles.len()];
    let mut all = Record::default();
    let number = |style: Style| styles.iter().position(|s| *s == style).unwrap_or(0);
    for game in &matches {
        for party in 0..game.styles.len() {
            let own = number(game.styles[party]);
            records[own].count(game, party);
            all.count(game, party);
            for other in (0..game.styles.len()).filter(|&other| other != party) {
                against[own][number(game.styles[other])].count(game, party);
            }
        }
    }
    records.iter_mut().for_each(Record::close);
    against.iter_mut().flatten().for_each(Record::close);
    all.close();
    Tournament {
        styles: styles.to_vec(),
        records,
        against,
        all,
        matches,
    }
}

impl Record {
    /// Adds a session from the seat of one party; means are sums until the record is closed.
    fn count(&mut self, game: &Match, party: usize) {
        let agreed = game.end == Ending::Agreement;
        let others = (0..game.shares.len()).filter(|&other| other != party);
        let others: Vec<f64> = others.map(|other| game.shares[other]).collect();
        self.seats += 1;
        self.agreements += u32::from(agreed);
        self.left_on_the_table += u32::from(!agreed && game.deal_existed);
        self.efficient += u32::from(game.distance == Some(0.0));
        let ahead = others.iter().all(|share| game.shares[party] > *share);
        self.wins += u32::from(agreed && ahead);
        self.rounds += if agreed { f64::from(game.rounds) } else { 0.0 };
        self.share += game.shares[party];
        self.others += others.iter().sum::<f64>() / others.len() as f64;
        self.nash += game.nash;
        self.distance += game.distance.unwrap_or(0.0);
    }

    fn close(&mut self) {
        let seats = f64::from(self.seats.max(1));
        let agreements = f64::from(self.agreements.max(1));
        self.rounds /= agreements;
        self.distance /= agreements;
        self.share /= seats;
        self.others /= seats;
        self.nash /= seats;
    }
}
