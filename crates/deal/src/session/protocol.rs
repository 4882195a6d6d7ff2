//! The stacked alternating offers protocol (Aydoğan, Festen, Hindriks and Jonker 2017, §2.1).
//!
//! The parties act in a fixed circle. Whoever is to act accepts the standing offer, makes a new one, or leaves. An
//! offer that all others accept in succession is the agreement; who leaves ends the session for all. A round is one
//! turn of everybody. With two parties this is Rubinstein's alternating offers.

use std::time::Instant;

use crate::session::error::SessionError;
use crate::session::prepared::{Prepared, Seat};
use crate::session::settlement::{Deal, Proposal, Table};

/// What a party does in its turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// Makes an offer: the number of an outcome.
    Offer(u32),
    /// Accepts the standing offer.
    Accept,
    /// Leaves the table for good: everybody gets the fallback.
    Leave,
}

/// One turn of a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// Who acted.
    pub party: usize,
    /// What it did.
    pub act: Act,
}

/// How delay shrinks values. The fallback shrinks as deals do (as in GENIUS).
#[derive(Clone, Debug, PartialEq)]
pub enum Discounting {
    /// Not at all.
    None,
    /// By every party's own discount over the whole session: a deal at share `t` of the turns is worth `u·δᵗ`.
    Session,
    /// By these factors, one per party, from one turn to the next (Rubinstein 1982).
    Turn(Vec<f64>),
}

/// The terms on which a session is held.
#[derive(Clone, Debug, PartialEq)]
pub struct Terms {
    /// Rounds until the deadline, at least 1.
    pub rounds: u32,
    /// Seconds by the clock until the deadline, if that may come first. Sessions that end by it are not reproducible.
    pub seconds: Option<f64>,
    /// Who opens, by position.
    pub opener: usize,
    /// How delay shrinks values.
    pub discounting: Discounting,
    /// Whether parties that have agreed use the time that is left to look for a deal that is better for somebody and worse
    /// for nobody (Raiffa's post-settlement settlement, 1985).
    pub post_settlement: bool,
}

impl Terms {
    /// A deadline in rounds, the first party opens, no discounting, and what is agreed first is final.
    pub fn rounds(rounds: u32) -> Terms {
        Terms {
            rounds,
            seconds: None,
            opener: 0,
            discounting: Discounting::None,
            post_settlement: false,
        }
    }

    /// The same terms with another party opening.
    #[must_use]
    pub fn opened_by(mut self, party: usize) -> Terms {
        self.opener = party;
        self
    }

    /// The same terms with values that shrink by delay.
    #[must_use]
    pub fn discounted(mut self, discounting: Discounting) -> Terms {
        self.discounting = discounting;
        self
    }

    /// The same terms with or without settlements after the settlement.
    #[must_use]
    pub fn post_settlement(mut self, wanted: bool) -> Terms {
        self.post_settlement = wanted;
        self
    }

    /// What a party's value is multiplied by from one turn to the next.
    pub fn factor(&self, prepared: &Prepared, party: usize) -> f64 {
        match &self.discounting {
            Discounting::None => 1.0,
            Discounting::Session => {
                let turns = f64::from(self.rounds) * prepared.parties() as f64;
                prepared.space().parties()[party].discount.powf(1.0 / turns)
            }
            Discounting::Turn(factors) => factors[party],
        }
    }

    /// Whether a session of `parties` parties can be held on these terms.
    ///
    /// # Errors
    /// The term that is out of range.
    pub fn check(&self, parties: usize) -> Result<(), SessionError> {
        let term = |what, value, range| Err(SessionError::Term { what, value, range });
        let most = u32::MAX / (parties as u32 + 1);
        if !(1..=most).contains(&self.rounds) {
            let range = "at least 1, and not beyond the counting of turns";
            return term("the number of rounds", f64::from(self.rounds), range);
        }
        if let Some(seconds) = self.seconds.filter(|s| !(s.is_finite() && *s > 0.0)) {
            return term("the time limit", seconds, "a positive number of seconds");
        }
        if self.opener >= parties {
            let range = "one of the parties, counted from 0";
            return term("the party that opens", self.opener as f64, range);
        }
        if let Discounting::Turn(factors) = &self.discounting {
            if factors.len() != parties {
                let range = "one per party";
                return term("the number of discounts", factors.len() as f64, range);
            }
            if let Some(&factor) = factors.iter().find(|f| !(**f > 0.0 && **f <= 1.0)) {
                return term("a discount per turn", factor, "above 0 and at most 1");
            }
        }
        Ok(())
    }
}

/// What a party sees when it is to act.
#[derive(Clone, Copy, Debug)]
pub struct Turn<'a> {
    /// The space. Only tactics that claim to know others' values look at these.
    pub prepared: &'a Prepared,
    /// Who is to act.
    pub party: usize,
    /// The round, counted from 0.
    pub round: u32,
    /// Rounds until the deadline.
    pub rounds: u32,
    /// Share of the time that will have passed after this round, in (0, 1).
    pub time: f64,
    /// The standing offer and who made it.
    pub standing: Option<(u32, usize)>,
    /// Everything that was done before.
    pub log: &'a [Step],
}

impl<'a> Turn<'a> {
    /// The acting party's own values.
    pub fn own(&self) -> &'a Seat {
        self.prepared.seat(self.party)
    }

    /// The value of the standing offer to the acting party.
    pub fn standing_value(&self) -> Option<f64> {
        self.standing
            .map(|(outcome, _)| self.prepared.value(self.party, outcome))
    }

    /// Whether an offer made now can still be accepted by all others.
    pub fn can_be_answered(&self) -> bool {
        let parties = self.prepared.parties();
        self.log.len() + parties <= self.rounds as usize * parties
    }
}

/// A way to bargain. One value serves one party in one session.
pub trait Tactic {
    /// What to do now. If there is no standing offer, accepting is not allowed.
    fn act(&mut self, turn: &Turn) -> Act;
}

/// How a session ended. Rounds are counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// All agreed.
    Agreement {
        /// The number of the outcome in force in the end.
        outcome: u32,
        /// The round in which the last party accepted the settlement.
        round: u32,
        /// Turns before the one in which the outcome in force was offered or, after the settlement, proposed.
        offered: u32,
    },
    /// The deadline passed.
    NoAgreement {
        /// Rounds that were held in full.
        rounds: u32,
    },
    /// A party left.
    Left {
        /// Who.
        party: usize,
        /// The round.
        round: u32,
    },
}

/// A session that was played.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// How it ended.
    pub end: End,
    /// Every turn until the settlement, if there was one.
    pub trace: Vec<Step>,
    /// Everything proposed after the settlement, in order.
    pub proposals: Vec<Proposal>,
}

impl Session {
    /// The number of the agreed outcome.
    pub fn agreement(&self) -> Option<u32> {
        match self.end {
            End::Agreement { outcome, .. } => Some(outcome),
            End::NoAgreement { .. } | End::Left { .. } => None,
        }
    }

    /// The number of the outcome that was settled on first.
    pub fn settlement(&self) -> Option<u32> {
        self.agreement()?;
        self.trace.iter().rev().find_map(|step| match step.act {
            Act::Offer(outcome) => Some(outcome),
            Act::Accept | Act::Leave => None,
        })
    }

    /// How many offers were made until then.
    pub fn offers(&self) -> usize {
        let is_offer = |step: &&Step| matches!(step.act, Act::Offer(_));
        self.trace.iter().filter(is_offer).count()
    }

    /// What every party has in the end, discounted to the opening of the session.
    pub fn payoffs(&self, prepared: &Prepared, terms: &Terms) -> Vec<f64> {
        let (values, delay) = match self.end {
            End::Agreement {
                outcome, offered, ..
            } => (prepared.values(outcome), f64::from(offered)),
            End::NoAgreement { .. } => (prepared.space().fallbacks(), self.trace.len() as f64),
            End::Left { .. } => (
                prepared.space().fallbacks(),
                self.trace.len().saturating_sub(1) as f64,
            ),
        };
        values
            .iter()
            .enumerate()
            .map(|(party, value)| match terms.discounting {
                Discounting::None => *value,
                _ => value * terms.factor(prepared, party).powf(delay),
            })
            .collect()
    }
}

/// Plays a session among tactics, one per party in the order of the space.
///
/// # Errors
/// Terms out of range, a wrong number of tactics, or a tactic that breaks the protocol.
pub fn play(
    prepared: &Prepared,
    tactics: &mut [Box<dyn Tactic + '_>],
    terms: &Terms,
) -> Result<Session, SessionError> {
    let parties = prepared.parties();
    terms.check(parties)?;
    if tactics.len() != parties {
        return Err(SessionError::Tactics {
            parties,
            tactics: tactics.len(),
        });
    }
    let clock = terms.seconds.map(|seconds| (Instant::now(), seconds));
    let mut trace: Vec<Step> = Vec::new();
    let end = negotiate(prepared, tactics, terms, clock, &mut trace)?;
    let mut session = Session {
        end,
        trace,
        proposals: Vec::new(),
    };
    if terms.post_settlement {
        improve(prepared, terms, clock, &mut session);
    }
    Ok(session)
}

/// The offers until all accept, somebody leaves or the deadline comes.
fn negotiate(
    prepared: &Prepared,
    tactics: &mut [Box<dyn Tactic + '_>],
    terms: &Terms,
    clock: Option<(Instant, f64)>,
    trace: &mut Vec<Step>,
) -> Result<End, SessionError> {
    let parties = prepared.parties();
    let mut standing: Option<(u32, usize, u32)> = None;
    let mut accepted = 0;
    for round in 0..terms.rounds {
        for place in 0..parties {
            let party = (terms.opener + place) % parties;
            let Some(time) = time(round, terms, clock) else {
                return Ok(End::NoAgreement { rounds: round });
            };
            let act = tactics[party].act(&Turn {
                prepared,
                party,
                round,
                rounds: terms.rounds,
                time,
                standing: standing.map(|(outcome, by, _)| (outcome, by)),
                log: trace,
            });
            trace.push(Step { party, act });
            let round = round + 1;
            match (act, standing) {
                (Act::Leave, _) => return Ok(End::Left { party, round }),
                (Act::Accept, Some((outcome, _, offered))) => {
                    accepted += 1;
                    if accepted == parties - 1 {
                        return Ok(End::Agreement {
                            outcome,
                            round,
                            offered,
                        });
                    }
                }
                (Act::Offer(outcome), _) if (outcome as usize) < prepared.outcomes() => {
                    standing = Some((outcome, party, trace.len() as u32 - 1));
                    accepted = 0;
                }
                (Act::Accept, None) => {
                    return Err(illegal(prepared, trace, "it accepts before any offer"));
                }
                (Act::Offer(_), _) => {
                    let what = "it offers no outcome of the space";
                    return Err(illegal(prepared, trace, what));
                }
            }
        }
    }
    Ok(End::NoAgreement {
        rounds: terms.rounds,
    })
}

/// The turns that are left after a settlement.
fn improve(
    prepared: &Prepared,
    terms: &Terms,
    clock: Option<(Instant, f64)>,
    session: &mut Session,
) {
    let End::Agreement {
        outcome, offered, ..
    } = &mut session.end
    else {
        return;
    };
    let since = *offered;
    let deal = Deal {
        outcome: *outcome,
        since,
    };
    let mut table = Table::new(prepared, terms, &session.trace, deal);
    let parties = prepared.parties();
    let turns = terms.rounds as usize * parties;
    let mut silent = 0;
    for number in session.trace.len()..turns {
        if silent == parties || time((number / parties) as u32, terms, clock).is_none() {
            break;
        }
        let party = (terms.opener + number) % parties;
        let proposed = table.turn(party, number as u32, turns - number);
        silent = if proposed { 0 } else { silent + 1 };
    }
    (*outcome, *offered) = (table.deal().outcome, table.deal().since);
    session.proposals = table.proposals;
}

/// Share of the time that will have passed after a round: by rounds, or by the clock if that is further; `None` when
/// the clock has run out.
fn time(round: u32, terms: &Terms, clock: Option<(Instant, f64)>) -> Option<f64> {
    let by_rounds = f64::from(round + 1) / (f64::from(terms.rounds) + 1.0);
    match clock {
        None => Some(by_rounds),
        Some((begun, seconds)) => {
            let by_clock = begun.elapsed().as_secs_f64() / seconds;
            (by_clock < 1.0).then(|| by_rounds.max(by_clock))
        }
    }
}

fn illegal(prepared: &Prepared, trace: &[Step], what: &'static str) -> SessionError {
    let party = trace.last().map_or(0, |step| step.party);
    SessionError::Illegal {
        party: prepared.space().parties()[party].party.clone(),
        turn: trace.len() as u32,
        what,
    }
}
