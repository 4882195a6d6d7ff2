//! The tree on request: a node and what can be told of it.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Extension;
use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use detente_findings::explore::{likeliest, look};
use detente_line::whole::Stage;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::desk::Desk;
use crate::queue::Turn;
use crate::refusal::Refusal;
use crate::routes::{Input, Peer, queued};
use crate::solving::{Patience, Problem, solved};

/// Options and histories that are shown where nothing is said, and at most.
const SHOWN: usize = 24;
const MOST: usize = 500;

/// Which node of which solved scenario.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// The scenario.
    text: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    numbers: BTreeMap<String, f64>,
    #[serde(default)]
    precision: Option<f64>,
    /// A node; the root where nothing is said.
    #[serde(default)]
    node: Option<u32>,
    /// An information set, whose likeliest node is meant.
    #[serde(default)]
    set: Option<u32>,
    /// From which option on, the likeliest first.
    #[serde(default)]
    children_from: usize,
    /// Most options and histories.
    #[serde(default)]
    limit: Option<usize>,
}

/// `POST /tree`.
pub async fn answer(
    State(desk): State<Arc<Desk>>,
    Extension(peer): Extension<Peer>,
    headers: HeaderMap,
    Input(question): Input<Question>,
) -> Result<Response, Refusal> {
    let problem = Problem::plain(
        &question.text,
        &question.name,
        &question.numbers,
        question.precision,
    );
    problem.check(&desk)?;
    let work = move |desk: &Desk, patience: &Patience<'_>, turn: &Turn| {
        shown(desk, &problem, &question, patience, turn)
    };
    let found = queued(&desk, peer, &headers, work).await?;
    Ok(Json(found).into_response())
}

fn shown(
    desk: &Desk,
    problem: &Problem,
    question: &Question,
    patience: &Patience<'_>,
    turn: &Turn,
) -> Result<Value, Refusal> {
    let numbered = desk
        .numbered(&problem.name, &problem.text, &problem.numbers)
        .map_err(|fault| patience.refusal(&fault))?;
    let how = problem.how(desk, turn.threads());
    let watch = |_: Stage, _: f64, _: f64, _: &str| patience.lasts();
    let solved = solved(desk, numbered, problem, &how, None, &watch, patience)?;
    let expansion = &solved.grown.expansion;
    let passes = solved.passes();
    let node = match (question.node, question.set) {
        (Some(node), _) => node,
        (None, Some(set)) => likeliest(expansion, passes, set)
            .ok_or_else(|| Refusal::missing(format!("There is no information set {set}.")))?,
        (None, None) => 0,
    };
    let most = question.limit.unwrap_or(SHOWN).min(MOST);
    let found = look(expansion, passes, node, question.children_from, most)
        .ok_or_else(|| Refusal::missing(format!("There is no node {node}.")))?;
    let scenario = &solved.numbered.story.scenario;
    let named = |list: &[detente_language::scenario::Named]| {
        let named = list
            .iter()
            .map(|named| json!({ "id": named.id, "label": named.label }));
        named.collect::<Vec<_>>()
    };
    Ok(json!({
        "node": found,
        "nodes": expansion.game.nodes(),
        "actors": named(&scenario.actors),
        "outcomes": named(&scenario.outcomes),
        "trustworthy": solved.solution.status.is_success(),
        "sentence": solved.solution.status.sentence(),
    }))
}
