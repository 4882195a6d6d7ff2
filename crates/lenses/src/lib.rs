//! The same crisis through several lenses, side by side.
//!
//! The play says who moves when, knowing what. The analysis of deals says who would accept what; the forecast, what
//! becomes of issues on which many want different things; the graph of the conflict, from which states nobody would
//! move. [`lenses`] puts their answers beside one another and tells where they agree and where not. Which assumption
//! makes a difference is not guessed: one lens is asked again with that assumption changed, and the answer is told where
//! the difference is gone.

mod agreement;
mod graph;
mod input;
mod issues;
mod voices;

pub use input::{Graph, Level, Play, Voices};

use detente_conflict_graph::GraphError;
use detente_findings::model::{Findings, Lenses};
use detente_stakeholders::StakeholderError;

/// Why lenses cannot be put side by side.
#[derive(Debug, thiserror::Error)]
pub enum LensError {
    /// The forecast of the stakeholders.
    #[error("the forecast from the stakeholders: {0}")]
    Voices(#[from] StakeholderError),
    /// The graph of the conflict.
    #[error("the graph of the conflict: {0}")]
    Graph(#[from] GraphError),
}

/// What the lenses say that a scenario has, beside its play; none where it has no other.
///
/// # Errors
/// Stakeholders of whom nobody speaks to an issue; a graph that cannot be analysed.
pub fn lenses(
    findings: &Findings,
    play: &Play,
    voices: Option<&Voices<'_>>,
    graph: Option<&Graph<'_>>,
) -> Result<Option<Lenses>, LensError> {
    if voices.is_none() && graph.is_none() && (findings.deal.is_none() || play.signed.is_none()) {
        return Ok(None);
    }
    let mut told = Lenses::default();
    let heard = voices.map(|voices| voices::heard(voices)).transpose()?;
    told.agreement = agreement::agreement(findings, play, voices, heard.as_ref());
    if let (Some(voices), Some(heard)) = (voices, &heard) {
        told.issues = issues::issues(findings, play, voices, heard);
    }
    if let Some(agreement) = &told.agreement {
        told.verdicts.extend(agreement::signed(agreement));
        told.verdicts
            .extend(voices.and_then(|voices| agreement::nearest(agreement, findings, voices)));
    }
    if let Some(voices) = voices {
        let each = told.issues.iter().enumerate();
        let verdicts = each.filter_map(|(at, issue)| issues::verdict(at, issue, play, voices));
        told.verdicts.extend(verdicts);
    }
    if let Some(graph) = graph {
        let seen = graph::seen(graph)?;
        told.verdicts.extend(graph::verdict(graph, &seen)?);
        told.options = graph::options(graph, &seen);
        told.equilibria = seen.equilibria;
    }
    Ok(Some(told))
}
