//! Who may ask: hosts and origins that are allowed, the token, sessions that expire, and headers that tell browsers what
//! the page may do.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use axum::http::header::{AUTHORIZATION, COOKIE, HOST, HeaderMap, HeaderValue, ORIGIN};
use axum::http::{HeaderName, Method};
use sha2::{Digest, Sha256};

use crate::folder::hex;
use crate::refusal::Refusal;
use axum::http::StatusCode;

/// A session of a browser ends so long after its last use.
const IDLE: Duration = Duration::from_secs(12 * 3600);
/// And so long after its beginning.
const WHOLE: Duration = Duration::from_secs(7 * 24 * 3600);
/// Most sessions; the one not used for longest makes room.
const MOST_SESSIONS: usize = 1_000;
/// Name of the cookie.
const NAME: &str = "detente";

/// What is kept of a session.
struct Session {
    begun: Instant,
    used: Instant,
}

/// Who may ask.
pub struct Guard {
    /// Names beside addresses and `localhost` under which the server is known.
    names: Vec<String>,
    /// Hash of the token, where one is needed.
    token: Option<[u8; 32]>,
    sessions: Mutex<HashMap<[u8; 32], Session>>,
}

/// 256 random bits in hexadecimal digits.
///
/// # Errors
/// The system gives none.
pub fn secret() -> Result<String, getrandom::Error> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes)?;
    Ok(hex(&bytes))
}

impl Guard {
    /// Lets in who knows the token; everybody where there is none.
    #[must_use]
    pub fn new(names: Vec<String>, token: Option<&str>) -> Guard {
        Guard {
            names: names.iter().map(|name| name.to_lowercase()).collect(),
            token: token.map(hash),
            sessions: Mutex::default(),
        }
    }

    /// Whether a token is needed.
    #[must_use]
    pub fn locked(&self) -> bool {
        self.token.is_some()
    }

    /// Whether a request comes by an allowed way: to a host that is this server's (a foreign name that leads here would
    /// let a foreign page read the answers, by DNS rebinding) and, if from a page, from a page of this server.
    ///
    /// # Errors
    /// It does not.
    pub fn way(&self, method: &Method, headers: &HeaderMap) -> Result<(), Refusal> {
        let mut hosts = headers.get_all(HOST).iter();
        let host = match (hosts.next(), hosts.next()) {
            (Some(host), None) => host.to_str().unwrap_or_default(),
            _ => "",
        };
        if !self.known(host) {
            let words = "This server is not known under the name that was asked for.";
            let help = "Open it by the link that it printed, or name the host with `--name`.";
            return Err(Refusal::new(StatusCode::MISDIRECTED_REQUEST, "host", words).help(help));
        }
        let reads = method == Method::GET || method == Method::HEAD;
        let origin = headers.get(ORIGIN);
        let own = |origin: &HeaderValue| {
            let origin = origin.to_str().unwrap_or_default();
            let bare = origin
                .strip_prefix("http://")
                .or(origin.strip_prefix("https://"));
            bare.is_some_and(|bare| bare.eq_ignore_ascii_case(host))
        };
        let foreign = origin.is_some_and(|origin| !own(origin));
        let site = headers
            .get("sec-fetch-site")
            .and_then(|site| site.to_str().ok());
        let cross = site.is_some_and(|site| site != "same-origin" && site != "none");
        // A link on another page may lead here; nothing else of another page may.
        let followed = reads
            && headers
                .get("sec-fetch-mode")
                .is_some_and(|mode| mode == "navigate");
        match foreign || cross && !followed {
            true => Err(Refusal::new(
                StatusCode::FORBIDDEN,
                "origin",
                "Another page may not ask this server.",
            )),
            false => Ok(()),
        }
    }

    /// Whether a `Host` is this server's: an address, `localhost` or a name that was allowed, with any port.
    fn known(&self, host: &str) -> bool {
        let (name, port) = match host.strip_prefix('[') {
            Some(rest) => rest.split_once(']').unwrap_or(("", "")),
            None => host
                .split_once(':')
                .map_or((host, ""), |(name, _)| (name, &host[name.len()..])),
        };
        let digits = port.strip_prefix(':').unwrap_or(port);
        if !digits.chars().all(|c| c.is_ascii_digit()) {
            return false;
        }
        let name = name.to_lowercase();
        name == "localhost" || name.parse::<IpAddr>().is_ok() || self.names.contains(&name)
    }

    /// Whether the one who asks knows the token or has a session.
    pub fn admits(&self, headers: &HeaderMap) -> bool {
        match &self.token {
            None => true,
            Some(token) => {
                bearer(headers).is_some_and(|given| hash(given) == *token) || self.session(headers)
            }
        }
    }

    /// Begins a session for who gives the token; the cookie to set.
    ///
    /// # Errors
    /// The token is wrong, or the system gives no random bits.
    pub fn enter(&self, token: &str) -> Result<String, Refusal> {
        if self.token.is_none_or(|known| hash(token) != known) {
            return Err(unknown());
        }
        let id = secret().map_err(|error| Refusal::internal(error.to_string()))?;
        let now = Instant::now();
        let mut sessions = self.sessions.lock().unwrap_or_else(PoisonError::into_inner);
        sessions.retain(|_, session| session.lives(now));
        if sessions.len() >= MOST_SESSIONS {
            let oldest = sessions.iter().min_by_key(|(_, session)| session.used);
            if let Some(oldest) = oldest.map(|(id, _)| *id) {
                sessions.remove(&oldest);
            }
        }
        sessions.insert(
            hash(&id),
            Session {
                begun: now,
                used: now,
            },
        );
        let age = IDLE.as_secs();
        Ok(format!(
            "{NAME}={id}; Path=/; Max-Age={age}; HttpOnly; SameSite=Strict"
        ))
    }

    fn session(&self, headers: &HeaderMap) -> bool {
        let now = Instant::now();
        let mut sessions = self.sessions.lock().unwrap_or_else(PoisonError::into_inner);
        cookies(headers, NAME).any(|id| match sessions.get_mut(&hash(id)) {
            Some(session) if session.lives(now) => {
                session.used = now;
                true
            }
            _ => false,
        })
    }
}

impl Session {
    fn lives(&self, now: Instant) -> bool {
        now.duration_since(self.used) < IDLE && now.duration_since(self.begun) < WHOLE
    }
}

/// The token is missing or wrong.
pub fn unknown() -> Refusal {
    let words = "This server asks for its token.";
    let help = "Open the link that the server printed, or send `Authorization: Bearer TOKEN`.";
    Refusal::new(StatusCode::UNAUTHORIZED, "token", words).help(help)
}

/// The token of an `Authorization` header.
pub fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

/// Values of the cookies of this name.
pub fn cookies<'a>(headers: &'a HeaderMap, name: &'a str) -> impl Iterator<Item = &'a str> {
    let lines = headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|line| line.to_str().ok());
    let pairs = lines.flat_map(|line| line.split(';'));
    pairs.filter_map(move |pair| pair.trim().strip_prefix(name)?.strip_prefix('='))
}

/// Hashes are compared in the place of secrets: how long it takes tells nothing about them.
pub fn hash(secret: &str) -> [u8; 32] {
    Sha256::digest(secret).into()
}

/// What every answer tells browsers. `scripts` are hashes of what script may stand in the page itself.
#[must_use]
pub fn headers(scripts: &[String]) -> Vec<(HeaderName, HeaderValue)> {
    let scripts: String = scripts.iter().map(|hash| format!(" {hash}")).collect();
    let policy = format!(
        "default-src 'none'; script-src 'self'{scripts}; style-src 'self'; img-src 'self' data: blob:; \
         connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    );
    let fixed = [
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "no-referrer"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        ("x-frame-options", "DENY"),
        (
            "permissions-policy",
            "camera=(), microphone=(), geolocation=()",
        ),
    ];
    let fixed = fixed.into_iter().map(|(name, value)| {
        (
            HeaderName::from_static(name),
            HeaderValue::from_static(value),
        )
    });
    let policy = HeaderValue::from_str(&policy).ok();
    let policy = policy.map(|value| (HeaderName::from_static("content-security-policy"), value));
    fixed.chain(policy).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(pairs: &[(&'static str, &str)]) -> HeaderMap {
        let pair = |&(name, value): &(&'static str, &str)| {
            (
                HeaderName::from_static(name),
                HeaderValue::from_str(value).unwrap(),
            )
        };
        pairs.iter().map(pair).collect()
    }

    #[test]
    fn only_own_hosts_and_origins_are_allowed() {
        let guard = Guard::new(vec!["Class.local".to_owned()], None);
        let code = |method: Method, pairs: &[(&'static str, &str)]| {
            guard
                .way(&method, &of(pairs))
                .err()
                .map(|refusal| refusal.code)
        };
        for host in [
            "127.0.0.1:8080",
            "localhost",
            "LOCALHOST:1",
            "[::1]:8080",
            "192.168.0.7:80",
            "class.local:8080",
        ] {
            assert_eq!(code(Method::POST, &[("host", host)]), None, "{host}");
        }
        for host in [
            "evil.example",
            "localhost.evil.example:80",
            "127.0.0.1.evil.example",
            "",
            "localhost:x",
            "[::1",
            "a@localhost",
        ] {
            assert_eq!(code(Method::GET, &[("host", host)]), Some("host"), "{host}");
        }
        assert_eq!(code(Method::GET, &[]), Some("host"));
        assert_eq!(
            code(Method::GET, &[("host", "localhost"), ("host", "localhost")]),
            Some("host")
        );
        let here = ("host", "localhost:8080");
        for origin in ["http://localhost:8080", "https://localhost:8080"] {
            assert_eq!(code(Method::POST, &[here, ("origin", origin)]), None);
        }
        for origin in [
            "http://localhost:9090",
            "http://evil.example",
            "null",
            "file://",
            "localhost:8080",
        ] {
            assert_eq!(
                code(Method::POST, &[here, ("origin", origin)]),
                Some("origin"),
                "{origin}"
            );
        }
        let cross = ("sec-fetch-site", "cross-site");
        assert_eq!(code(Method::POST, &[here, cross]), Some("origin"));
        assert_eq!(code(Method::GET, &[here, cross]), Some("origin"));
        let followed = ("sec-fetch-mode", "navigate");
        assert_eq!(code(Method::GET, &[here, cross, followed]), None);
        assert_eq!(code(Method::POST, &[here, cross, followed]), Some("origin"));
    }

    #[test]
    fn the_token_opens_and_begins_a_session() {
        let guard = Guard::new(Vec::new(), Some("secret"));
        assert!(!guard.admits(&of(&[])));
        assert!(!guard.admits(&of(&[("authorization", "Bearer wrong")])));
        assert!(guard.admits(&of(&[("authorization", "bearer secret")])));
        assert!(guard.enter("wrong").is_err());
        let cookie = guard.enter("secret").unwrap();
        let (pair, rules) = cookie.split_once(';').unwrap();
        assert!(rules.contains("HttpOnly") && rules.contains("SameSite=Strict"));
        assert!(guard.admits(&of(&[("cookie", &format!("other=1; {pair}"))])));
        assert!(!guard.admits(&of(&[("cookie", "detente=made-up")])));
        assert!(Guard::new(Vec::new(), None).admits(&of(&[])));
    }

    #[test]
    fn sessions_end() {
        let now = Instant::now();
        let session = Session {
            begun: now,
            used: now,
        };
        assert!(session.lives(now + IDLE - Duration::from_secs(1)));
        assert!(!session.lives(now + IDLE));
        let used = now + WHOLE - Duration::from_secs(1);
        assert!(!Session { begun: now, used }.lives(now + WHOLE));
    }
}
