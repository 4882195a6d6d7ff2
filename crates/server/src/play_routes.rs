//! Addresses of sessions in which people sit in actors' chairs.

use std::sync::Arc;

use axum::extract::{Extension, FromRequestParts, Path, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE, HeaderMap, SET_COOKIE};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, get, post};
use axum::{Json, http::StatusCode};
use detente_line::whole::Stage;
use detente_play::Table;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::desk::{Desk, lock};
use crate::events::{Outlet, events};
use crate::guard::{bearer, cookies};
use crate::plays::{Deed, Kept, Opening, Role, Session};
use crate::queue::Turn;
use crate::refusal::Refusal;
use crate::routes::{Input, Named, Peer, light, now, queued};
use crate::solving::{Patience, Problem, solved};

type Shared = State<Arc<Desk>>;
type Answered = Result<Response, Refusal>;

/// Addresses of one session, for which its own tokens are asked.
pub fn table() -> Vec<(&'static str, MethodRouter<Arc<Desk>>)> {
    vec![
        ("/plays/{code}", get(look)),
        ("/plays/{code}/events", get(watch)),
        ("/plays/{code}/join", post(join)),
        ("/plays/{code}/choose", post(choose)),
        (
            "/plays/{code}/undo",
            post(async |at: At, Input(Nothing {})| at.act(Deed::Undo).await),
        ),
        (
            "/plays/{code}/pause",
            post(async |at: At, Input(Nothing {})| at.act(Deed::Pause).await),
        ),
        (
            "/plays/{code}/resume",
            post(async |at: At, Input(Nothing {})| at.act(Deed::Resume).await),
        ),
        (
            "/plays/{code}/call",
            post(async |at: At, Input(Nothing {})| at.act(Deed::Call).await),
        ),
        ("/plays/{code}/inject", post(inject)),
        ("/plays/{code}/withdraw", post(withdraw)),
        ("/plays/{code}/debrief", get(debrief)),
        ("/plays/{code}/log.parquet", get(log)),
    ]
}

/// `POST /plays`: solves the scenario and begins a session.
pub async fn begin(
    State(desk): Shared,
    Extension(peer): Extension<Peer>,
    headers: HeaderMap,
    Input(opening): Input<Opening>,
) -> Answered {
    let problem = Problem::plain(
        &opening.text,
        &opening.name,
        &opening.numbers,
        opening.precision,
    );
    problem.check(&desk)?;
    let work = move |desk: &Desk, patience: &Patience<'_>, turn: &Turn| {
        let table = seated(desk, &problem, patience, turn)?;
        let session = Session::begin(desk, opening, table, now())?;
        let links = lock(&session.kept).links(&session.code);
        Ok(links)
    };
    let links = queued(&desk, peer, &headers, work).await?;
    Ok(Json(links).into_response())
}

/// A solved scenario ready to be sat down to.
fn seated(
    desk: &Desk,
    problem: &Problem,
    patience: &Patience<'_>,
    turn: &Turn,
) -> Result<Arc<Table>, Refusal> {
    let numbered = desk
        .numbered(&problem.name, &problem.text, &problem.numbers)
        .map_err(|fault| patience.refusal(&fault))?;
    let how = problem.how(desk, turn.threads());
    let watch = |_: Stage, _: f64, _: f64, _: &str| patience.lasts();
    let solved = solved(desk, numbered, problem, &how, None, &watch, patience)?;
    if let Some(refusal) = patience.stopped() {
        return Err(refusal);
    }
    Ok(Arc::new(Table::new(
        solved.numbered.story.scenario.clone(),
        solved.grown.expansion.clone(),
        solved.solution.profile.clone(),
    )))
}

/// A session, and who asks.
struct At {
    desk: Arc<Desk>,
    session: Arc<Session>,
    role: Role,
}

impl FromRequestParts<Arc<Desk>> for At {
    type Rejection = Refusal;

    async fn from_request_parts(
        parts: &mut axum::http::request::Parts,
        desk: &Arc<Desk>,
    ) -> Result<At, Refusal> {
        let Path(code) = Path::<String>::from_request_parts(parts, desk).await?;
        let kept = kept(desk, &code).await?;
        let role = role(&kept, &parts.headers, &code).ok_or_else(stranger)?;
        let peer = parts.extensions.get::<Peer>().copied();
        let peer = peer.ok_or_else(|| Refusal::internal("A request without a sender."))?;
        let session = session(desk, peer, &parts.headers, &code, kept).await?;
        let here = session.clone();
        light(desk, move |desk| here.came(desk, role)).await??;
        Ok(At {
            desk: desk.clone(),
            session,
            role,
        })
    }
}

impl At {
    async fn act(self, deed: Deed) -> Answered {
        let At {
            desk,
            session,
            role,
        } = self;
        light(&desk, move |desk| session.act(desk, role, &deed, now())).await??;
        Ok(Json(json!({ "ok": true })).into_response())
    }
}

/// The facts of a session, at work or in the store.
async fn kept(desk: &Arc<Desk>, code: &str) -> Result<Kept, Refusal> {
    if let Some(session) = lock(&desk.sessions).get(code) {
        return Ok(lock(&session.kept).clone());
    }
    let asked = code.to_owned();
    let missing = Refusal::missing("There is no session of this code.");
    let facts = light(desk, move |desk| desk.store.play(&asked)).await??;
    let facts = facts.ok_or(missing)?;
    serde_json::from_str(&facts).map_err(|error| Refusal::internal(error.to_string()))
}

/// A session at work; one from before a restart is brought back: its scenario is solved and its events are followed.
async fn session(
    desk: &Arc<Desk>,
    peer: Peer,
    headers: &HeaderMap,
    code: &str,
    kept: Kept,
) -> Result<Arc<Session>, Refusal> {
    if let Some(session) = lock(&desk.sessions).get(code) {
        return Ok(session.clone());
    }
    let code = code.to_owned();
    let work = move |desk: &Desk, patience: &Patience<'_>, turn: &Turn| {
        let table = seated(desk, &kept.problem(), patience, turn)?;
        Session::resume(desk, &code, kept, table, now())
    };
    queued(desk, peer, headers, work).await
}

/// What the one who asks may do: by the token given, else by the session's cookie.
fn role(kept: &Kept, headers: &HeaderMap, code: &str) -> Option<Role> {
    match bearer(headers) {
        Some(token) => kept.role(token),
        None => cookies(headers, &cookie(code)).find_map(|token| kept.role(token)),
    }
}

fn cookie(code: &str) -> String {
    format!("detente-{code}")
}

fn stranger() -> Refusal {
    let words = "This session asks for one of its tokens.";
    let help =
        "Open the link that the facilitator gave you, or send `Authorization: Bearer TOKEN`.";
    Refusal::new(StatusCode::UNAUTHORIZED, "token", words).help(help)
}

/// What one may see now. Who knows only the code sees the seats, where they are taken with it.
async fn look(
    State(desk): Shared,
    path: Named,
    Extension(peer): Extension<Peer>,
    headers: HeaderMap,
) -> Answered {
    let Path(code) = path?;
    let facts = kept(&desk, &code).await?;
    match role(&facts, &headers, &code) {
        Some(role) => {
            let session = session(&desk, peer, &headers, &code, facts).await?;
            let look =
                move |desk: &Desk| session.came(desk, role).and_then(|()| session.seen(role));
            let seen = light(&desk, look).await??;
            Ok(Json(seen).into_response())
        }
        None if facts.open && bearer(&headers).is_none() => {
            Ok(Json(facts.lobby(&code)).into_response())
        }
        None => Err(stranger()),
    }
}

/// What one may see, now and whenever that changes. What is the same as before is not sent again: not even the number of
/// messages tells of what is hidden.
async fn watch(at: At) -> Answered {
    let (outlet, response) = events();
    tokio::spawn(follow(at, outlet));
    Ok(response)
}

async fn follow(at: At, outlet: Outlet) {
    let At {
        desk,
        session,
        role,
    } = at;
    let mut changes = session.changes();
    let mut last = String::new();
    while !desk.is_closing() {
        changes.mark_unchanged();
        let looked = session.clone();
        let Ok(Ok(seen)) = light(&desk, move |_| looked.seen(role)).await else {
            return;
        };
        let seen = seen.to_string();
        if seen != last {
            outlet.send("view", &seen);
            last = seen;
        }
        tokio::select! {
            changed = changes.changed() => if changed.is_err() { return },
            () = outlet.left() => return,
            () = desk.ended() => return,
        }
    }
}

/// With what one joins: a token, or the number of a free seat.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Joining {
    token: Option<String>,
    seat: Option<usize>,
}

async fn join(
    State(desk): Shared,
    path: Named,
    Extension(peer): Extension<Peer>,
    headers: HeaderMap,
    Input(joining): Input<Joining>,
) -> Answered {
    let Path(code) = path?;
    let facts = kept(&desk, &code).await?;
    let token = match (joining.token, joining.seat) {
        (Some(token), None) => token,
        (None, Some(_)) if !facts.open => return Err(stranger()),
        (None, Some(seat)) => {
            let session = session(&desk, peer, &headers, &code, facts.clone()).await?;
            light(&desk, move |desk| session.sit(desk, seat)).await??
        }
        _ => return Err(Refusal::bad("Give either `token` or `seat`.")),
    };
    let role = facts.role(&token).ok_or_else(stranger)?;
    let set = format!(
        "{}={token}; Path=/api/v1/plays/{code}; Max-Age=7776000; HttpOnly; SameSite=Strict",
        cookie(&code)
    );
    let told = json!({ "role": role.word(), "seat": role.seat(), "token": token });
    Ok(([(SET_COOKIE, set)], Json(told)).into_response())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Choice {
    option: usize,
    turn: u32,
}

async fn choose(at: At, Input(Choice { option, turn }): Input<Choice>) -> Answered {
    at.act(Deed::Choose { option, turn }).await
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Nothing {}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Injected {
    draw: String,
    option: String,
}

async fn inject(at: At, Input(Injected { draw, option }): Input<Injected>) -> Answered {
    at.act(Deed::Inject { draw, option }).await
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Withdrawn {
    draw: String,
}

async fn withdraw(at: At, Input(Withdrawn { draw }): Input<Withdrawn>) -> Answered {
    at.act(Deed::Withdraw { draw }).await
}

async fn debrief(at: At) -> Answered {
    let found: Result<Value, Refusal> = light(&at.desk, move |_| at.session.debrief()).await?;
    Ok(Json(found?).into_response())
}

async fn log(at: At) -> Answered {
    let At {
        desk,
        session,
        role,
    } = at;
    let name = format!("attachment; filename=\"{}.parquet\"", session.code);
    let bytes = light(&desk, move |_| session.log(role)).await??;
    let facts = [
        (CONTENT_TYPE, "application/vnd.apache.parquet".to_owned()),
        (CONTENT_DISPOSITION, name),
    ];
    Ok((facts, bytes).into_response())
}
