//! What the page of `detente session` shows.

use detente_deal::session::{Act, End, Session, Step, Style, Terms};
use detente_deal::{Search, density, extremes, solutions};
use detente_findings::deal::{PLANE_SIDE, named_points, pairs, planes};
use detente_findings::model::{Deal, DealParty};
use detente_report::{SessionAgreement, SessionImprovement, SessionPage, SessionTurn};

use crate::failure::Failure;
use crate::session::labels;
use crate::session_input::{Ready, failure, seat};

/// A session that was held.
pub struct Told<'a> {
    /// On what.
    pub ready: &'a Ready,
    /// The style of every party.
    pub styles: &'a [Style],
    /// What happened.
    pub session: &'a Session,
    /// On which terms.
    pub terms: &'a Terms,
    /// How it ended, in words.
    pub sentences: Vec<String>,
}

/// The page, with the planes of two parties or of all pairs.
///
/// # Errors
/// A party that is not there.
pub fn page(told: &Told<'_>, plane: &[String]) -> Result<SessionPage, Failure> {
    let prepared = &told.ready.prepared;
    let (drawn, more_planes) = chosen(&told.ready.ids, plane)?;
    let parties = told.styles.iter();
    let turns = told.session.trace.iter().enumerate();
    Ok(SessionPage {
        deal: deal(told, &drawn, more_planes)?,
        styles: parties
            .map(|style| [style.word().to_owned(), style.manner().to_owned()])
            .collect(),
        rounds: told.terms.rounds,
        turns: turns
            .map(|(number, step)| turn(told, number, step))
            .collect(),
        improvements: (told.session.proposals.iter())
            .filter(|proposal| proposal.accepted)
            .map(|proposal| SessionImprovement {
                party: proposal.party,
                values: prepared.values(proposal.outcome),
                words: labels(told.ready, proposal.outcome).join(" · "),
            })
            .collect(),
        agreement: match told.session.end {
            End::Agreement { outcome, round, .. } => Some(SessionAgreement {
                round,
                values: prepared.values(outcome),
            }),
            End::NoAgreement { .. } | End::Left { .. } => None,
        },
    })
}

/// The pairs of parties whose plane is drawn, and how many more there are.
fn chosen(ids: &[String], plane: &[String]) -> Result<(Vec<[usize; 2]>, usize), Failure> {
    match plane {
        [] => Ok(pairs(ids.len())),
        [a, b] if a != b => Ok((vec![[seat(ids, a)?, seat(ids, b)?]], 0)),
        _ => Err(Failure::input(format!(
            "`--plane {}`: write two different parties, such as `--plane {},{}`",
            plane.join(","),
            ids[0],
            ids[1]
        ))),
    }
}

fn deal(told: &Told<'_>, drawn: &[[usize; 2]], more_planes: usize) -> Result<Deal, Failure> {
    let prepared = &told.ready.prepared;
    let space = prepared.space();
    let extremes = extremes(space);
    let parties = space.parties().iter().enumerate();
    let solutions = solutions(prepared.frontier(), &space.fallbacks());
    // Sessions are held on spaces that can be enumerated.
    let search = Search {
        enumerated: prepared.outcomes(),
        ..Search::default()
    };
    let (densities, _) = density(space, space.parties().len(), drawn, PLANE_SIDE, &search)
        .map_err(|error| failure(error.into()))?;
    Ok(Deal {
        title: told.ready.title.clone(),
        outcomes: space.domain().count(),
        parties: parties
            .map(|(p, party)| DealParty {
                name: party.party.clone(),
                colour: p,
                fallback: party.fallback,
                worst: extremes.worst[p],
                best: extremes.ideal[p],
            })
            .collect(),
        sentences: told.sentences.clone(),
        planes: planes(
            space,
            prepared.frontier(),
            &densities,
            &named_points(&solutions),
        ),
        more_planes,
        ..Deal::default()
    })
}

fn turn(told: &Told<'_>, number: usize, step: &Step) -> SessionTurn {
    let prepared = &told.ready.prepared;
    let (values, words) = match step.act {
        Act::Offer(outcome) => (
            Some(prepared.values(outcome)),
            labels(told.ready, outcome).join(" · "),
        ),
        Act::Accept => (None, "accepts".to_owned()),
        Act::Leave => (None, "leaves".to_owned()),
    };
    SessionTurn {
        round: (number / prepared.parties()) as u32 + 1,
        party: step.party,
        values,
        words,
    }
}
