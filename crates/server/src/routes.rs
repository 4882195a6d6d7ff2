//! The interface for programs: which address is answered by what.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use axum::body::{Body, to_bytes};
use axum::extract::rejection::PathRejection;
use axum::extract::{FromRequest, Path, Query, Request, State};
use axum::http::StatusCode;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_TYPE, ETAG, HeaderMap, HeaderValue, IF_NONE_MATCH, LOCATION, SET_COOKIE,
};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, get, post};
use axum::{Extension, Json, Router};
use detente_library::Group;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use tokio::sync::oneshot;

use crate::assets::PAGE;
use crate::desk::Desk;
use crate::events::events;
use crate::folder::{FolderError, hex, version};
use crate::guard::{headers, unknown};
use crate::play_routes;
use crate::queue::Turn;
use crate::refusal::Refusal;
use crate::solving::{Patience, Problem, check_text, report, stream};
use crate::tree;
use crate::writing;

/// The interface as OpenAPI 3.1 describes it.
pub const OPENAPI: &str = include_str!("openapi.json");
/// Where the interface begins.
pub const BASE: &str = "/api/v1";
/// Longest that the body of a request may take to come.
const PATIENCE: Duration = Duration::from_secs(20);
/// Most bytes of a request without a token where one is needed.
const STRANGERS: usize = 1 << 14;
/// Beside its text a request is small.
const BESIDE: usize = 1 << 18;

type Shared = State<Arc<Desk>>;
type Answered = Result<Response, Refusal>;

/// From where a request comes.
#[derive(Clone, Copy, Debug)]
pub struct Peer(pub IpAddr);

/// Addresses of the interface that ask for the token where one is needed.
fn table() -> Vec<(&'static str, MethodRouter<Arc<Desk>>)> {
    vec![
        ("/status", get(status)),
        ("/files", get(files)),
        ("/files/{*path}", get(read_file).put(write_file)),
        ("/library/{name}", get(library)),
        ("/drafts/{*path}", get(drafts).post(keep_draft)),
        ("/analysis", post(analysis)),
        ("/complete", post(complete)),
        ("/hover", post(hover)),
        ("/format", post(format)),
        ("/solve", post(solve)),
        ("/report", post(whole_report)),
        ("/tree", post(tree::answer)),
        ("/plays", post(play_routes::begin)),
    ]
}

/// All addresses. `scripts` are hashes of what script may stand in the page.
pub fn routes(desk: Arc<Desk>, scripts: &[String]) -> Router {
    let mut api = Router::new();
    for (path, methods) in table() {
        api = api.route(path, methods);
    }
    let mut api = api
        .route_layer(from_fn_with_state(desk.clone(), admitted))
        .route("/openapi.json", get(openapi));
    for (path, methods) in play_routes::table() {
        api = api.route(path, methods);
    }
    let common: Arc<[_]> = headers(scripts).into();
    Router::new()
        .nest(BASE, api)
        .route("/", get(page))
        .route("/assets/{*path}", get(asset))
        .fallback(async || Refusal::missing("There is nothing at this address."))
        .method_not_allowed_fallback(async || {
            let words = "This address does not take that method.";
            Refusal::new(StatusCode::METHOD_NOT_ALLOWED, "method", words)
        })
        .layer(from_fn_with_state(desk.clone(), gate))
        .layer(axum::middleware::map_response(
            move |mut response: Response| {
                let common = common.clone();
                async move {
                    let headers = response.headers_mut();
                    for (name, value) in common.iter() {
                        headers.insert(name, value.clone());
                    }
                    headers
                        .entry(CACHE_CONTROL)
                        .or_insert(HeaderValue::from_static("no-store"));
                    response
                }
            },
        ))
        .with_state(desk)
}

/// Every request comes by an allowed way, and its body within a time.
async fn gate(State(desk): Shared, request: Request, next: Next) -> Response {
    if let Err(refusal) = desk.guard.way(request.method(), request.headers()) {
        return refusal.into_response();
    }
    let (parts, body) = request.into_parts();
    // JSON writes some characters in several; who gives no token has nothing long to say.
    let most = match desk.guard.admits(&parts.headers) {
        true => desk.limits.text.saturating_mul(3) + BESIDE,
        false => STRANGERS,
    };
    let body = match tokio::time::timeout(PATIENCE, to_bytes(body, most)).await {
        Ok(Ok(body)) => body,
        Ok(Err(_)) => {
            let words = format!("A request may have {most} bytes.");
            return Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large", words).into_response();
        }
        Err(_) => {
            let words = "The request did not come to its end.";
            return Refusal::new(StatusCode::REQUEST_TIMEOUT, "slow", words).into_response();
        }
    };
    next.run(Request::from_parts(parts, Body::from(body))).await
}

/// Who asks the interface knows the token, where one is needed.
async fn admitted(State(desk): Shared, request: Request, next: Next) -> Response {
    match desk.guard.admits(request.headers()) {
        true => next.run(request).await,
        false => unknown().into_response(),
    }
}

#[derive(Deserialize)]
struct Entry {
    token: Option<String>,
}

/// The page. A link with the token begins a session.
async fn page(State(desk): Shared, headers: HeaderMap, Query(entry): Query<Entry>) -> Answered {
    if let Some(token) = entry.token {
        if !desk.guard.locked() {
            return Ok((StatusCode::SEE_OTHER, [(LOCATION, "/".to_owned())]).into_response());
        }
        let cookie = desk.guard.enter(&token)?;
        let to = [(LOCATION, "/".to_owned()), (SET_COOKIE, cookie)];
        return Ok((StatusCode::SEE_OTHER, to).into_response());
    }
    file(&desk, &headers, PAGE)
}

async fn asset(State(desk): Shared, headers: HeaderMap, path: Named) -> Answered {
    let Path(path) = path?;
    file(&desk, &headers, &path)
}

fn file(desk: &Desk, headers: &HeaderMap, path: &str) -> Answered {
    let missing = || Refusal::missing(format!("The page has no file `{path}`."));
    let asset = desk.assets.get(path).ok_or_else(missing)?;
    let tag = format!("\"{}\"", &hex(&crate::desk::key(&[&asset.bytes]))[..32]);
    let known = headers
        .get(IF_NONE_MATCH)
        .and_then(|known| known.to_str().ok());
    let facts = [(ETAG, tag.clone()), (CACHE_CONTROL, "no-cache".to_owned())];
    if known.is_some_and(|known| known.contains(&tag)) {
        return Ok((StatusCode::NOT_MODIFIED, facts).into_response());
    }
    let media = [(CONTENT_TYPE, asset.media)];
    Ok((facts, media, Body::from(asset.bytes.into_owned())).into_response())
}

async fn openapi() -> Response {
    ([(CONTENT_TYPE, "application/json")], OPENAPI).into_response()
}

async fn status(State(desk): Shared) -> Json<Value> {
    Json(json!({
        "version": env!("CARGO_PKG_VERSION"),
        "folder": desk.folder.root().file_name().map(|name| name.to_string_lossy()),
        "open": desk.first,
        "writable": true,
        "multi": desk.guard.locked(),
        "limits": {
            "text": desk.limits.text,
            "nodes": desk.limits.nodes,
            "seconds": desk.limits.time.as_secs(),
        },
    }))
}

async fn files(State(desk): Shared) -> Answered {
    light(&desk, |desk| {
        let library = detente_library::all().iter().map(|known| {
            let story = desk
                .story(&format!("library/{}", known.name), known.text)
                .ok();
            let scenario = story.as_ref().map(|(story, _)| &story.scenario);
            let group = scenario.filter(|_| !known.flagship).map(Group::of);
            json!({
                "name": known.name,
                "title": scenario.map(|scenario| &scenario.title),
                "group": group.map_or("case", Group::word),
                "heading": group.map_or("Cases", Group::title),
                "about": scenario.and_then(|scenario| scenario.sources.first()),
            })
        });
        let library: Vec<Value> = library.collect();
        Json(json!({ "files": desk.folder.list(), "library": library })).into_response()
    })
    .await
}

/// A path that may be no text.
pub type Named = Result<Path<String>, PathRejection>;

impl From<PathRejection> for Refusal {
    fn from(rejection: PathRejection) -> Refusal {
        Refusal::bad(rejection.body_text())
    }
}

async fn read_file(State(desk): Shared, path: Named) -> Answered {
    let Path(path) = path?;
    light(&desk, move |desk| {
        Ok(Json(desk.folder.read(&path)?).into_response())
    })
    .await?
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    text: String,
    base: Option<String>,
}

async fn write_file(State(desk): Shared, path: Named, Input(file): Input<Written>) -> Answered {
    let Path(path) = path?;
    let done = move |desk: &Desk| {
        let version = desk.folder.write(&path, &file.text, file.base.as_deref())?;
        Ok(Json(json!({ "version": version })).into_response())
    };
    light(&desk, done).await?
}

impl From<FolderError> for Refusal {
    fn from(error: FolderError) -> Refusal {
        let words = error.to_string();
        match error {
            FolderError::Path(_) => Refusal::new(StatusCode::BAD_REQUEST, "path", words),
            FolderError::Missing(_) => Refusal::missing(words),
            FolderError::Large { .. } => {
                Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large", words)
            }
            FolderError::Conflict { text, .. } => {
                let base = text.as_deref().map(version);
                Refusal::new(StatusCode::CONFLICT, "conflict", words)
                    .help(
                        "Look at both texts, then write again with the present version as `base`.",
                    )
                    .beside("text", text)
                    .beside("version", base)
            }
            FolderError::System { .. } => Refusal::internal(words),
        }
    }
}

async fn library(name: Named) -> Answered {
    let Path(name) = name?;
    let found = detente_library::find(&name);
    let found = found.ok_or_else(|| Refusal::missing(format!("The library has no `{name}`.")))?;
    Ok(Json(json!({ "name": found.name, "text": found.text })).into_response())
}

#[derive(Deserialize)]
struct Numbered {
    id: Option<u64>,
}

async fn drafts(
    State(desk): Shared,
    path: Named,
    number: Result<Query<Numbered>, axum::extract::rejection::QueryRejection>,
) -> Answered {
    let Path(path) = path?;
    let Query(number) = number?;
    let read = move |desk: &Desk| match number.id {
        None => Ok(Json(json!({ "drafts": desk.store.drafts(&path)? })).into_response()),
        Some(id) => match desk.store.draft(&path, id)? {
            Some(text) => Ok(Json(json!({ "text": text })).into_response()),
            None => Err(Refusal::missing(format!("`{path}` has no draft {id}."))),
        },
    };
    light(&desk, read).await?
}

async fn keep_draft(State(desk): Shared, path: Named, Input(draft): Input<Written>) -> Answered {
    let Path(path) = path?;
    check_text(&desk, &draft.text)?;
    if path.len() > 500 || path.chars().any(char::is_control) {
        return Err(Refusal::bad("This is no path of a text."));
    }
    let done = move |desk: &Desk| {
        let base = draft.base.unwrap_or_default();
        let id = desk.store.keep(&path, &draft.text, &base, now())?;
        Ok(Json(json!({ "id": id })).into_response())
    };
    light(&desk, done).await?
}

impl From<crate::store::StoreError> for Refusal {
    fn from(error: crate::store::StoreError) -> Refusal {
        Refusal::internal(error.to_string())
    }
}

/// A text.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Text {
    text: String,
    #[serde(default)]
    name: String,
}

/// A text and a place in it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct At {
    text: String,
    #[serde(default)]
    name: String,
    at: usize,
}

async fn analysis(State(desk): Shared, Input(of): Input<Text>) -> Answered {
    check_text(&desk, &of.text)?;
    light(&desk, move |desk| {
        Json(writing::analysis(&of.name, &of.text, desk.loader(&of.name))).into_response()
    })
    .await
}

async fn complete(State(desk): Shared, Input(of): Input<At>) -> Answered {
    check_text(&desk, &of.text)?;
    light(&desk, move |desk| {
        let loader = desk.loader(&of.name);
        Json(writing::completion(&of.name, &of.text, of.at, loader)).into_response()
    })
    .await
}

async fn hover(State(desk): Shared, Input(of): Input<At>) -> Answered {
    check_text(&desk, &of.text)?;
    light(&desk, move |desk| {
        let loader = desk.loader(&of.name);
        Json(writing::hovered(&of.name, &of.text, of.at, loader)).into_response()
    })
    .await
}

async fn format(State(desk): Shared, Input(of): Input<Text>) -> Answered {
    check_text(&desk, &of.text)?;
    let done = move |_: &Desk| match writing::formatted(&of.text) {
        Ok(text) => Ok(Json(json!({ "text": text })).into_response()),
        Err(words) => Err(Refusal::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "scenario",
            words,
        )),
    };
    light(&desk, done).await?
}

async fn solve(
    State(desk): Shared,
    Extension(peer): Extension<Peer>,
    headers: HeaderMap,
    Input(problem): Input<Problem>,
) -> Answered {
    problem.check(&desk)?;
    let (line, slot) = who(&headers, peer)?;
    let slot = desk.take(slot);
    let (outlet, response) = events();
    let at = desk.clone();
    let work = move |turn: &Turn| stream(&at, &problem, &slot, &outlet, turn);
    desk.queue.put(&line, work).map_err(|_| busy())?;
    Ok(response)
}

async fn whole_report(
    State(desk): Shared,
    Extension(peer): Extension<Peer>,
    headers: HeaderMap,
    Input(problem): Input<Problem>,
) -> Answered {
    problem.check(&desk)?;
    let page = queued(&desk, peer, &headers, move |desk, patience, turn| {
        report(desk, &problem, patience, turn)
    })
    .await?;
    let facts = [
        (CONTENT_TYPE, "text/html; charset=utf-8"),
        (
            axum::http::header::CONTENT_DISPOSITION,
            "attachment; filename=\"report.html\"",
        ),
    ];
    Ok((facts, page).into_response())
}

/// Does long work in its turn and waits for it. Whoever goes away while waiting stops it.
///
/// # Errors
/// The work's, or there is too much to do.
pub async fn queued<T: Send + 'static>(
    desk: &Arc<Desk>,
    peer: Peer,
    headers: &HeaderMap,
    work: impl FnOnce(&Desk, &Patience<'_>, &Turn) -> Result<T, Refusal> + Send + 'static,
) -> Result<T, Refusal> {
    let (line, slot) = who(headers, peer)?;
    let slot = desk.take(slot);
    let (done, waiting) = oneshot::channel();
    let at = desk.clone();
    let work = move |turn: &Turn| {
        let found = {
            let gone = || done.is_closed();
            let patience = Patience::new(&at, &slot, &gone, turn);
            match patience.dropped() {
                true => Err(patience.stopped().unwrap_or_else(Refusal::cancelled)),
                false => work(&at, &patience, turn),
            }
        };
        let _ = done.send(found);
    };
    desk.queue.put(&line, work).map_err(|_| busy())?;
    let failed = || Refusal::internal("This could not be worked out: a fault of the program.");
    waiting.await.unwrap_or_else(|_| Err(failed()))
}

fn busy() -> Refusal {
    let words = "There is too much to do already.";
    let help = "Ask again in a moment.";
    Refusal::new(StatusCode::SERVICE_UNAVAILABLE, "busy", words).help(help)
}

/// In whose line a request waits, and which slot it takes: of `Detente-Slot: CLIENT/SLOT`, else by address.
///
/// # Errors
/// The header is no such pair.
fn who(headers: &HeaderMap, peer: Peer) -> Result<(String, Option<String>), Refusal> {
    let Some(named) = headers.get("detente-slot") else {
        return Ok((peer.0.to_string(), None));
    };
    let wrong = || {
        Refusal::bad(
            "Write `Detente-Slot: CLIENT/SLOT`, each of letters, digits, `_`, `.` and `-`.",
        )
    };
    let named = named.to_str().map_err(|_| wrong())?;
    let (client, slot) = named.split_once('/').ok_or_else(wrong)?;
    let plain = |name: &str| {
        let letters = name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "_.-".contains(c));
        letters && (1..=80).contains(&name.len())
    };
    match plain(client) && plain(slot) {
        true => Ok((
            format!("{} {client}", peer.0),
            Some(format!("{} {named}", peer.0)),
        )),
        false => Err(wrong()),
    }
}

/// Does work that is short but too long to hold up others.
///
/// # Errors
/// It panicked, or the server ends.
pub async fn light<T: Send + 'static>(
    desk: &Arc<Desk>,
    work: impl FnOnce(&Desk) -> T + Send + 'static,
) -> Result<T, Refusal> {
    let closing = |_| {
        Refusal::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "closing",
            "The server is being ended.",
        )
    };
    let permit = desk.light.clone().acquire_owned().await.map_err(closing)?;
    let desk = desk.clone();
    let done = tokio::task::spawn_blocking(move || {
        let done = work(&desk);
        drop(permit);
        done
    });
    let failed = |_| Refusal::internal("This could not be worked out: a fault of the program.");
    done.await.map_err(failed)
}

/// A body of JSON.
pub struct Input<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Input<T> {
    type Rejection = Refusal;

    async fn from_request(request: Request, state: &S) -> Result<Self, Refusal> {
        let Json(input) = Json::<T>::from_request(request, state).await?;
        Ok(Input(input))
    }
}

/// Milliseconds since 1970.
pub fn now() -> u64 {
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_address_is_described() {
        let described: Value = serde_json::from_str(OPENAPI).unwrap();
        let described: Vec<&String> = described["paths"].as_object().unwrap().keys().collect();
        let mut known: Vec<String> = table()
            .iter()
            .chain(&play_routes::table())
            .map(|(path, _)| path.replace("{*", "{"))
            .chain(["/openapi.json".to_owned()])
            .collect();
        known.sort();
        let mut sorted = described.clone();
        sorted.sort();
        assert!(
            sorted.into_iter().eq(known.iter()),
            "{described:?} {known:?}"
        );
    }
}
