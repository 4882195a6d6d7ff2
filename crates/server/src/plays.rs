//! Sessions in which people sit in actors' chairs: who is in them, what each may see, and what is kept of them.
//!
//! A session is known by its code; what one may do in it is known by a token. Everything that happened is in the store
//! before anybody is told of it, so that a session goes on where it was after a restart.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex};

use detente_play::{Event, Play, PlayError, Seat, Setup, Spectators, Table, parquet};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tokio::sync::watch;

use crate::desk::{Desk, lock};
use crate::guard::{hash, secret};
use crate::refusal::Refusal;
use crate::solving::Problem;
use axum::http::StatusCode;

/// Letters of codes: none that looks like another.
const LETTERS: &[u8] = b"ABCDEFGHJKMNPQRSTUVWXYZ23456789";
/// Letters of a code: 39 bits, which nobody guesses over a network.
const LENGTH: usize = 8;
/// Most seats of a session.
const MOST_SEATS: usize = 64;

/// Who sits where, of what.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Opening {
    /// The scenario.
    pub text: String,
    /// Path of its file, `library/NAME` or `untitled/ID`.
    #[serde(default)]
    pub name: String,
    /// Parameters that are set.
    #[serde(default)]
    pub numbers: BTreeMap<String, f64>,
    /// Precision λ at which the others play; the limit where there is none.
    #[serde(default)]
    pub precision: Option<f64>,
    /// People's seats.
    pub seats: Vec<Seat>,
    /// Whether seats have an adviser.
    #[serde(default)]
    pub hints: bool,
    /// What spectators see.
    #[serde(default)]
    pub spectators: Spectators,
    /// Whether who knows the code may take a seat.
    #[serde(default)]
    pub open: bool,
    /// Seed of all draws; a random one where nothing is said.
    #[serde(default)]
    pub seed: Option<u32>,
}

/// What is kept of a session beside its events.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Kept {
    /// The scenario.
    pub text: String,
    /// Its name.
    pub name: String,
    /// Parameters that are set.
    pub numbers: BTreeMap<String, f64>,
    /// Precision λ at which the others play.
    pub precision: Option<f64>,
    /// Title of the scenario.
    pub title: String,
    /// Who sits where.
    pub seats: Vec<Seat>,
    /// Whether who knows the code may take a seat.
    pub open: bool,
    /// Tokens of the seats.
    pub tokens: Vec<String>,
    /// Which seats are taken: with the code, or by somebody who came with the seat's token.
    pub taken: Vec<bool>,
    /// Token of the facilitator.
    pub facilitator: String,
    /// Token of the spectators.
    pub spectator: String,
}

impl Kept {
    /// The scenario as it is to be solved.
    pub fn problem(&self) -> Problem {
        Problem::plain(&self.text, &self.name, &self.numbers, self.precision)
    }

    /// What the one with this token may do.
    pub fn role(&self, token: &str) -> Option<Role> {
        let given = hash(token);
        let is = |known: &String| hash(known) == given;
        if is(&self.facilitator) {
            return Some(Role::Facilitator);
        }
        if is(&self.spectator) {
            return Some(Role::Spectator);
        }
        self.tokens.iter().position(is).map(Role::Seat)
    }

    /// All tokens, for the facilitator.
    pub fn links(&self, code: &str) -> Value {
        let seats = self.seats.iter().zip(&self.tokens).enumerate();
        let seats = seats.map(|(number, (seat, token))| {
            json!({ "number": number, "name": seat.name, "actors": seat.actors, "token": token })
        });
        json!({
            "code": code,
            "facilitator": self.facilitator,
            "spectator": self.spectator,
            "seats": seats.collect::<Vec<_>>(),
        })
    }

    /// What who knows only the code may know, where seats may be taken with it.
    pub fn lobby(&self, code: &str) -> Value {
        let seats = self.seats.iter().zip(&self.taken).enumerate();
        let seats = seats.map(|(number, (seat, taken))| {
            json!({ "number": number, "name": seat.name, "taken": taken })
        });
        json!({
            "role": "visitor",
            "code": code,
            "title": self.title,
            "seats": seats.collect::<Vec<_>>(),
        })
    }
}

/// What somebody may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Sees everything, pauses, takes back, lays down draws.
    Facilitator,
    /// Looks on.
    Spectator,
    /// Decides for the actors of a seat.
    Seat(usize),
}

impl Role {
    /// As one word.
    pub fn word(self) -> &'static str {
        match self {
            Role::Facilitator => "facilitator",
            Role::Spectator => "spectator",
            Role::Seat(_) => "seat",
        }
    }

    /// Number of the seat.
    pub fn seat(self) -> Option<usize> {
        match self {
            Role::Seat(seat) => Some(seat),
            _ => None,
        }
    }
}

/// Something to be done in a session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Deed {
    /// A seat takes an option of the question of this turn.
    Choose {
        /// From 1.
        option: usize,
        /// Of the view that it answers.
        turn: u32,
    },
    /// The last choice is taken back.
    Undo,
    /// Nobody may choose for now.
    Pause,
    /// It goes on.
    Resume,
    /// It ends here.
    Call,
    /// The next draw of a variable comes out so.
    Inject {
        /// The variable.
        draw: String,
        /// The option.
        option: String,
    },
    /// That is taken back.
    Withdraw {
        /// The variable.
        draw: String,
    },
}

/// A session at work.
pub struct Session {
    /// Its code.
    pub code: String,
    /// Its facts.
    pub kept: Mutex<Kept>,
    play: Mutex<Played>,
    changed: watch::Sender<u64>,
}

struct Played {
    play: Play,
    /// When each event happened, in milliseconds since 1970.
    times: Vec<i64>,
}

/// Sessions by their codes.
pub type Sessions = Mutex<HashMap<String, Arc<Session>>>;

impl Session {
    /// Begins a session of a solved scenario and keeps it.
    ///
    /// # Errors
    /// Seats that make no sense; the store cannot be written.
    pub fn begin(
        desk: &Desk,
        opening: Opening,
        table: Arc<Table>,
        now: u64,
    ) -> Result<Arc<Session>, Refusal> {
        if opening.seats.len() > MOST_SEATS {
            return Err(Refusal::bad(format!(
                "More than {MOST_SEATS} seats are too many."
            )));
        }
        let token = || secret().map_err(|error| Refusal::internal(error.to_string()));
        let (code, random) = code()?;
        let setup = Setup {
            seats: opening.seats.clone(),
            seed: opening.seed.map_or(random, u64::from),
            hints: opening.hints,
            spectators: opening.spectators,
        };
        let title = table.scenario().title.clone();
        let play = Play::begin(table, setup).map_err(|error| refused(&error))?;
        let tokens = opening
            .seats
            .iter()
            .map(|_| token())
            .collect::<Result<Vec<_>, _>>()?;
        let kept = Kept {
            text: opening.text,
            name: opening.name,
            numbers: opening.numbers,
            precision: opening.precision,
            title,
            taken: vec![false; tokens.len()],
            seats: opening.seats,
            open: opening.open,
            tokens,
            facilitator: token()?,
            spectator: token()?,
        };
        let facts = json!(kept).to_string();
        desk.store.begin_play(&code, &facts, now)?;
        let session = Session::of(code, kept, play, Vec::new());
        session.keep(desk, now)?;
        Ok(admit(desk, session))
    }

    /// A session brought back from the store.
    ///
    /// # Errors
    /// Its events are none of this game; the store cannot be read or written.
    pub fn resume(
        desk: &Desk,
        code: &str,
        kept: Kept,
        table: Arc<Table>,
        now: u64,
    ) -> Result<Arc<Session>, Refusal> {
        let mut events = Vec::new();
        let mut times = Vec::new();
        for (time, event) in desk.store.events(code)? {
            let read = serde_json::from_str::<Event>(&event);
            events.push(read.map_err(|error| Refusal::internal(error.to_string()))?);
            times.push(i64::try_from(time).unwrap_or(i64::MAX));
        }
        let play = Play::replay(table, &events).map_err(|error| refused(&error))?;
        let session = Session::of(code.to_owned(), kept, play, times);
        session.keep(desk, now)?;
        Ok(admit(desk, session))
    }

    fn of(code: String, kept: Kept, play: Play, times: Vec<i64>) -> Session {
        Session {
            code,
            kept: Mutex::new(kept),
            play: Mutex::new(Played { play, times }),
            changed: watch::Sender::new(0),
        }
    }

    /// Writes what is new.
    fn keep(&self, desk: &Desk, now: u64) -> Result<(), Refusal> {
        self.keep_new(desk, &mut lock(&self.play), now)
    }

    fn keep_new(&self, desk: &Desk, played: &mut Played, now: u64) -> Result<(), Refusal> {
        let saved = played.times.len();
        let fresh = played.play.events().get(saved..).unwrap_or_default();
        let written: Vec<String> = fresh.iter().map(|event| json!(event).to_string()).collect();
        desk.store
            .keep_events(&self.code, saved as u64, &written, now)?;
        let time = i64::try_from(now).unwrap_or(i64::MAX);
        played.times.resize(saved + written.len(), time);
        Ok(())
    }

    /// Does something, keeps it, and tells those who look on.
    ///
    /// # Errors
    /// It cannot be done now, or not by this one.
    pub fn act(&self, desk: &Desk, role: Role, deed: &Deed, now: u64) -> Result<(), Refusal> {
        let mut played = lock(&self.play);
        let play = &mut played.play;
        let done = match (deed, role) {
            (Deed::Choose { option, turn }, Role::Seat(seat)) => play.choose(seat, *turn, *option),
            (Deed::Undo, Role::Facilitator) => play.undo(),
            (Deed::Pause, Role::Facilitator) => play.pause(),
            (Deed::Resume, Role::Facilitator) => play.resume(),
            (Deed::Call, Role::Facilitator) => play.call(),
            (Deed::Inject { draw, option }, Role::Facilitator) => play.inject(draw, option),
            (Deed::Withdraw { draw }, Role::Facilitator) => play.withdraw(draw),
            _ => return Err(Refusal::forbidden("This is not for you to do here.")),
        };
        done.map_err(|error| refused(&error))?;
        if let Err(error) = self.keep_new(desk, &mut played, now) {
            // What is not kept has not happened: the next one who asks gets it from the store.
            lock(&desk.sessions).remove(&self.code);
            return Err(error);
        }
        drop(played);
        self.changed.send_modify(|count| *count += 1);
        Ok(())
    }

    /// What somebody may see now.
    ///
    /// # Errors
    /// There is no such seat.
    pub fn seen(&self, role: Role) -> Result<Value, Refusal> {
        let played = lock(&self.play);
        let play = &played.play;
        let all = role == Role::Facilitator
            || role == Role::Spectator && play.setup().spectators == Spectators::Everything;
        let view = match role {
            Role::Seat(seat) => Some(play.view(seat).map_err(|error| refused(&error))?),
            Role::Spectator if !all => Some(play.public_view()),
            _ => None,
        };
        let overview = all.then(|| play.overview());
        let kept = lock(&self.kept);
        let mut seen = json!({
            "role": role.word(),
            "code": self.code,
            "title": kept.title,
            "seat": role.seat(),
            "over": play.is_over(),
            "view": view,
            "overview": overview,
        });
        if role == Role::Facilitator {
            seen["links"] = kept.links(&self.code);
        }
        Ok(seen)
    }

    /// Tells of changes.
    pub fn changes(&self) -> watch::Receiver<u64> {
        self.changed.subscribe()
    }

    /// What everybody may know at the end.
    ///
    /// # Errors
    /// It is not over yet.
    pub fn debrief(&self) -> Result<Value, Refusal> {
        let debrief = lock(&self.play)
            .play
            .debrief()
            .map_err(|error| refused(&error))?;
        Ok(json!(debrief))
    }

    /// The log as Parquet: for the facilitator at any time, for the others at the end.
    ///
    /// # Errors
    /// It is not over yet.
    pub fn log(&self, role: Role) -> Result<Vec<u8>, Refusal> {
        let played = lock(&self.play);
        if role != Role::Facilitator && !played.play.is_over() {
            return Err(refused(&PlayError::NotOver));
        }
        let rows = played.play.rows();
        parquet(&rows, Some(&played.times)).map_err(|error| Refusal::internal(error.to_string()))
    }

    /// Takes a free seat with the code; its token.
    ///
    /// # Errors
    /// There is no such seat, it is taken, or seats are not taken with the code here.
    pub fn sit(&self, desk: &Desk, seat: usize) -> Result<String, Refusal> {
        let mut kept = lock(&self.kept);
        if !kept.open {
            return Err(Refusal::forbidden("Here one sits down by one's own link."));
        }
        match kept.taken.get(seat) {
            None => return Err(Refusal::missing(format!("There is no seat number {seat}."))),
            Some(true) => {
                return Err(Refusal::new(
                    StatusCode::CONFLICT,
                    "taken",
                    "This seat is taken.",
                ));
            }
            Some(false) => {}
        }
        self.take(desk, &mut kept, seat)?;
        Ok(kept.tokens[seat].clone())
    }

    /// Somebody came with a token of the session: a seat is no longer free for who knows only the code.
    ///
    /// # Errors
    /// The store cannot be written.
    pub fn came(&self, desk: &Desk, role: Role) -> Result<(), Refusal> {
        let mut kept = lock(&self.kept);
        match role.seat() {
            Some(seat) if kept.taken.get(seat) == Some(&false) => self.take(desk, &mut kept, seat),
            _ => Ok(()),
        }
    }

    fn take(&self, desk: &Desk, kept: &mut Kept, seat: usize) -> Result<(), Refusal> {
        let mut new = kept.clone();
        new.taken[seat] = true;
        desk.store
            .change_play(&self.code, &json!(new).to_string())?;
        *kept = new;
        Ok(())
    }
}

/// Puts a session among those at work; one that somebody else brought back meanwhile stays.
fn admit(desk: &Desk, session: Session) -> Arc<Session> {
    let mut sessions = lock(&desk.sessions);
    let here = sessions.entry(session.code.clone());
    here.or_insert_with(|| Arc::new(session)).clone()
}

/// Why something cannot be done.
fn refused(error: &PlayError) -> Refusal {
    let status = match error {
        PlayError::NotYourTurn
        | PlayError::Stale
        | PlayError::Paused
        | PlayError::NotPaused
        | PlayError::Over
        | PlayError::NotOver
        | PlayError::NothingToUndo => StatusCode::CONFLICT,
        PlayError::Unfit { .. } => StatusCode::INTERNAL_SERVER_ERROR,
        _ => StatusCode::BAD_REQUEST,
    };
    let message = error.to_string();
    let mut letters = message.chars();
    let first: String = letters
        .next()
        .map(|c| c.to_uppercase().collect())
        .unwrap_or_default();
    Refusal::new(status, "play", format!("{first}{}.", letters.as_str()))
}

/// A code, and a random number beside it.
fn code() -> Result<(String, u64), Refusal> {
    let random = || getrandom::u64().map_err(|error| Refusal::internal(error.to_string()));
    let mut left = random()?;
    let mut code = String::new();
    for _ in 0..LENGTH {
        let count = LETTERS.len() as u64;
        code.push(LETTERS[(left % count) as usize].into());
        left /= count;
    }
    // As much as JSON's numbers carry.
    Ok((code, random()? >> 12))
}
