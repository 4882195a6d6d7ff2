//! Sessions in which people sit in actors' chairs.

use std::io::Read;
use std::net::TcpStream;

use serde_json::{Value, json};

use crate::client::{Answer, Running, library};

/// A session of a scenario with its tokens.
struct Table<'a> {
    server: &'a Running,
    code: String,
    links: Value,
}

impl<'a> Table<'a> {
    fn begin(server: &'a Running, name: &str, seats: &[&str], more: Value) -> Table<'a> {
        let seats: Vec<Value> = seats
            .iter()
            .map(|actor| json!({ "name": actor, "actors": [actor] }))
            .collect();
        let mut body =
            json!({ "text": library(name), "name": format!("library/{name}"), "seats": seats });
        for (name, value) in more.as_object().unwrap() {
            body[name] = value.clone();
        }
        let answer = server.post("/plays", &body);
        assert_eq!(answer.status, 200, "{}", answer.body);
        let links = answer.json();
        Table {
            server,
            code: links["code"].as_str().unwrap().to_owned(),
            links,
        }
    }

    fn token(&self, who: &str) -> String {
        let token = match who.parse::<usize>() {
            Ok(seat) => &self.links["seats"][seat]["token"],
            Err(_) => &self.links[who],
        };
        token.as_str().unwrap().to_owned()
    }

    fn path(&self, what: &str) -> String {
        format!("/api/v1/plays/{}{what}", self.code)
    }

    fn get(&self, who: &str, what: &str) -> Answer {
        let bearer = format!("Bearer {}", self.token(who));
        self.server
            .ask("GET", &self.path(what), &[("authorization", &bearer)], "")
    }

    fn post(&self, who: &str, what: &str, body: &Value) -> Answer {
        let bearer = format!("Bearer {}", self.token(who));
        let lines = [
            ("authorization", bearer.as_str()),
            ("content-type", "application/json"),
        ];
        self.server
            .ask("POST", &self.path(what), &lines, &body.to_string())
    }

    /// Everything that is sent to a seat while the game is played to its end: always the first option, by everybody.
    fn played(&self, watched: &str, seats: usize) -> String {
        let bearer = format!("Bearer {}", self.token(watched));
        let mut stream = self.server.begin(
            "GET",
            &self.path("/events"),
            &[("authorization", &bearer)],
            "",
        );
        let mut events = Vec::new();
        self.followed(watched, &mut stream, &mut events);
        let mut all = String::new();
        for _ in 0..50 {
            let mut moved = false;
            for seat in (0..seats).map(|seat| seat.to_string()) {
                let answer = self.get(&seat, "");
                let seen = answer.json();
                let mut bytes = answer.head + &answer.body;
                if seen["view"]["status"] == "your_turn" {
                    let choice = json!({ "option": 1, "turn": seen["view"]["turn"] });
                    let chosen = self.post(&seat, "/choose", &choice);
                    assert_eq!(chosen.status, 200, "{}", chosen.body);
                    let late = self.post(&seat, "/choose", &choice);
                    assert_eq!((late.status, late.code().as_str()), (409, "play"));
                    bytes += &(chosen.head + &chosen.body + &late.head + &late.body);
                    self.followed(watched, &mut stream, &mut events);
                    moved = true;
                }
                if seat == watched && seen["over"] == false {
                    let early = self.get(&seat, "/debrief");
                    if early.status == 409 {
                        bytes += &(early.head + &early.body);
                    }
                    let refused = self.post(&seat, "/undo", &json!({}));
                    assert_eq!(refused.status, 403);
                    all += &(bytes + &refused.head + &refused.body);
                }
            }
            if !moved {
                break;
            }
        }
        assert_eq!(self.get(watched, "").json()["over"], true);
        stream
            .set_read_timeout(Some(std::time::Duration::from_millis(300)))
            .unwrap();
        let _ = stream.read_to_end(&mut events);
        let events = String::from_utf8(events).unwrap();
        // What is told at the end may tell what was hidden.
        let until = events.find("\"over\":true").map_or(events.len(), |end| {
            events[..end].rfind("event: view").unwrap()
        });
        let all = all + &events[..until];
        all.replace(&self.code, "CODE")
            .replace(&self.token(watched), "TOKEN")
    }

    /// Reads until the stream has told what is to be seen now: it leaves out what has changed again before it was sent.
    fn followed(&self, watched: &str, stream: &mut TcpStream, events: &mut Vec<u8>) {
        let now = format!("data: {}", self.get(watched, "").body.trim());
        while !String::from_utf8_lossy(events).contains(&now) {
            let mut some = [0; 4096];
            let count = stream.read(&mut some).unwrap();
            assert!(count > 0, "{now} in {}", String::from_utf8_lossy(events));
            events.extend_from_slice(&some[..count]);
        }
    }

    fn overview(&self) -> Value {
        self.get("facilitator", "").json()["overview"].clone()
    }
}

#[test]
fn what_an_actor_may_not_see_never_reaches_its_seat() {
    let server = Running::new();
    // By what is drawn for the first seat and for the second: all bytes that the first seat got.
    let mut sent: Vec<(String, String, String)> = Vec::new();
    for seed in 0..12 {
        let table = Table::begin(
            &server,
            "kuhn-poker",
            &["first", "second"],
            json!({ "seed": seed }),
        );
        let overview = table.overview();
        let story = overview["story"].as_array().unwrap();
        let hides = |step: &&Value, seat: usize| {
            let seats = overview["seats"].as_array().unwrap();
            let name = seats[seat]["name"]
                .as_str()
                .unwrap_or_default()
                .to_lowercase();
            let hidden = step["hidden_from"].to_string().to_lowercase();
            hidden.contains(&name)
        };
        let draws: Vec<&Value> = story.iter().filter(|step| step["by"] == "chance").collect();
        let own: String = draws
            .iter()
            .filter(|step| !hides(step, 0))
            .map(|step| step["words"].to_string())
            .collect();
        let hidden: String = draws
            .iter()
            .filter(|step| hides(step, 0))
            .map(|step| step["words"].to_string())
            .collect();
        assert!(!hidden.is_empty(), "{story:?}");
        let bytes = table.played("0", 2);
        for secret in [
            table.token("1"),
            table.token("facilitator"),
            table.token("spectator"),
        ] {
            assert!(!bytes.contains(&secret));
        }
        sent.push((own, hidden, bytes));
    }
    // Whoever holds the same card is sent the same bytes, whatever the other one holds (both always do the same).
    let mut compared = 0;
    for (own, hidden, bytes) in &sent {
        for (other_own, other_hidden, other_bytes) in &sent {
            if own == other_own && hidden != other_hidden {
                assert_eq!(dateless(bytes), dateless(other_bytes));
                compared += 1;
            }
        }
    }
    assert!(compared > 0, "no two deals to compare");
}

fn dateless(bytes: &str) -> String {
    let lines = bytes.lines().filter(|line| !line.starts_with("date: "));
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn a_session_survives_a_restart_and_ends_with_a_debrief_and_a_log() {
    let server = Running::new();
    let table = Table::begin(
        &server,
        "kuhn-poker",
        &["first"],
        json!({ "precision": 5, "seed": 3 }),
    );
    let before = table.get("0", "").json();
    assert_eq!(before["view"]["status"], "your_turn");
    let choice = json!({ "option": 1, "turn": before["view"]["turn"] });
    assert_eq!(table.post("0", "/choose", &choice).status, 200);
    let before = table.get("facilitator", "").json();
    let (code, links) = (table.code.clone(), table.links.clone());
    let folder = server.end();
    let server = Running::with(detente_server::Options::default(), folder);
    let table = Table {
        server: &server,
        code,
        links,
    };
    assert_eq!(table.get("facilitator", "").json(), before);
    // Back, and once more to the end.
    assert_eq!(table.post("facilitator", "/undo", &json!({})).status, 200);
    assert_eq!(table.post("facilitator", "/pause", &json!({})).status, 200);
    let seen = table.get("0", "").json();
    assert_eq!(seen["view"]["status"], "paused");
    let choice = json!({ "option": 1, "turn": seen["view"]["turn"] });
    assert_eq!(table.post("0", "/choose", &choice).status, 409);
    assert_eq!(table.post("facilitator", "/resume", &json!({})).status, 200);
    table.played("0", 1);
    let debrief = table.get("0", "/debrief");
    assert_eq!(debrief.status, 200, "{}", debrief.body);
    assert!(!debrief.json()["actors"].as_array().unwrap().is_empty());
    let log = table.get("0", "/log.parquet");
    assert_eq!(
        log.header("content-type"),
        Some("application/vnd.apache.parquet")
    );
    assert!(log.body.starts_with("PAR1") && log.body.ends_with("PAR1"));
    assert_eq!(table.get("spectator", "").json()["role"], "spectator");
}

#[test]
fn seats_are_taken_by_token_or_in_open_sessions_with_the_code() {
    let server = Running::new();
    let closed = Table::begin(&server, "chicken", &["left"], json!({}));
    let bare = |table: &Table<'_>, what: &str, body: &Value| {
        let lines = [("content-type", "application/json")];
        server.ask("POST", &table.path(what), &lines, &body.to_string())
    };
    assert_eq!(server.ask("GET", &closed.path(""), &[], "").status, 401);
    assert_eq!(
        server
            .ask(
                "GET",
                &closed.path(""),
                &[("authorization", "Bearer made-up")],
                ""
            )
            .status,
        401
    );
    assert_eq!(bare(&closed, "/join", &json!({ "seat": 0 })).status, 401);
    assert_eq!(
        bare(&closed, "/choose", &json!({ "option": 1, "turn": 0 })).status,
        401
    );
    assert_eq!(server.get("/plays/NOSUCH22").status, 404);
    let joined = bare(&closed, "/join", &json!({ "token": closed.token("0") }));
    assert_eq!(
        (
            joined.json()["role"].as_str(),
            joined.json()["seat"].as_u64()
        ),
        (Some("seat"), Some(0))
    );
    let cookie = joined
        .header("set-cookie")
        .unwrap()
        .split(';')
        .next()
        .unwrap()
        .to_owned();
    let seen = server.ask("GET", &closed.path(""), &[("cookie", &cookie)], "");
    assert_eq!(seen.json()["seat"], 0);

    // Who came by the link of a seat sits there; the code opens it to nobody else.
    let linked = Table::begin(
        &server,
        "chicken",
        &["left", "right"],
        json!({ "open": true }),
    );
    assert_eq!(linked.get("0", "").status, 200);
    let lobby = server.ask("GET", &linked.path(""), &[], "").json();
    let taken = |seat: usize| lobby["seats"][seat]["taken"].as_bool();
    assert_eq!((taken(0), taken(1)), (Some(true), Some(false)));
    assert_eq!(
        bare(&linked, "/join", &json!({ "seat": 0 })).code(),
        "taken"
    );
    assert_eq!(bare(&linked, "/join", &json!({ "seat": 1 })).status, 200);
    let open = Table::begin(&server, "chicken", &["left"], json!({ "open": true }));
    let lobby = server.ask("GET", &open.path(""), &[], "").json();
    assert_eq!(
        (lobby["role"].as_str(), &lobby["seats"][0]["taken"]),
        (Some("visitor"), &json!(false))
    );
    let joined = bare(&open, "/join", &json!({ "seat": 0 }));
    assert_eq!(joined.json()["token"], open.token("0").as_str());
    assert_eq!(bare(&open, "/join", &json!({ "seat": 0 })).code(), "taken");
    assert_eq!(bare(&open, "/join", &json!({ "seat": 7 })).status, 404);
    assert_eq!(bare(&open, "/join", &json!({})).status, 400);
}
