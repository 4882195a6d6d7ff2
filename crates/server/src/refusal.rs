//! Why a request is not answered: a status, a code for programs, a sentence for people.

use axum::Json;
use axum::extract::rejection::{JsonRejection, QueryRejection};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use detente_line::Fault;
use serde_json::{Map, Value, json};

use crate::writing::told;

/// Why a request is not answered.
#[derive(Clone, Debug)]
pub struct Refusal {
    /// Status of the answer.
    pub status: StatusCode,
    /// A word for programs.
    pub code: &'static str,
    /// A sentence.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// More members of the answer, beside `error`.
    pub beside: Map<String, Value>,
    /// What is wrong in the scenario's text.
    pub diagnostics: Vec<Value>,
}

impl Refusal {
    /// A refusal without more to say.
    pub fn new(status: StatusCode, code: &'static str, message: impl Into<String>) -> Refusal {
        Refusal {
            status,
            code,
            message: message.into(),
            help: None,
            beside: Map::new(),
            diagnostics: Vec::new(),
        }
    }

    /// There is no such thing.
    pub fn missing(message: impl Into<String>) -> Refusal {
        Refusal::new(StatusCode::NOT_FOUND, "missing", message)
    }

    /// The request makes no sense.
    pub fn bad(message: impl Into<String>) -> Refusal {
        Refusal::new(StatusCode::BAD_REQUEST, "bad_request", message)
    }

    /// Nobody may do this, or not this one.
    pub fn forbidden(message: impl Into<String>) -> Refusal {
        Refusal::new(StatusCode::FORBIDDEN, "forbidden", message)
    }

    /// Something that should not happen.
    pub fn internal(message: impl Into<String>) -> Refusal {
        Refusal::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", message)
    }

    /// Stopped because nobody waits for it any more.
    pub fn cancelled() -> Refusal {
        let words = "A newer request in the same slot took its place.";
        Refusal::new(StatusCode::CONFLICT, "cancelled", words)
    }

    /// With what to do about it.
    #[must_use]
    pub fn help(mut self, words: impl Into<String>) -> Refusal {
        self.help = Some(words.into());
        self
    }

    /// With another member of the answer beside `error`.
    #[must_use]
    pub fn beside(mut self, name: &str, value: impl Into<Value>) -> Refusal {
        self.beside.insert(name.to_owned(), value.into());
        self
    }

    /// Why the line ended early.
    pub fn of(fault: &Fault) -> Refusal {
        let (status, code) = match fault.is_limit() {
            true => (StatusCode::UNPROCESSABLE_ENTITY, "limit"),
            false => (StatusCode::UNPROCESSABLE_ENTITY, "scenario"),
        };
        match fault {
            Fault::Told {
                diagnostics,
                sources,
                ..
            } => {
                let first = diagnostics.iter().max_by_key(|found| found.severity);
                let mut refusal = Refusal::new(
                    status,
                    code,
                    first.map_or_else(String::new, |found| found.message.clone()),
                );
                refusal.help = first.and_then(|found| found.help.clone());
                refusal.diagnostics = told(diagnostics, sources);
                refusal
            }
            Fault::Asked(words) | Fault::Limit(words) => Refusal::new(status, code, words.clone()),
        }
    }

    /// As the member `error` of an answer.
    pub fn error(&self) -> Value {
        let mut error = json!({ "code": self.code, "message": self.message });
        if let Some(help) = &self.help {
            error["help"] = help.clone().into();
        }
        if !self.diagnostics.is_empty() {
            error["diagnostics"] = self.diagnostics.clone().into();
        }
        error
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let mut answer = self.beside.clone();
        answer.insert("error".to_owned(), self.error());
        (self.status, Json(Value::Object(answer))).into_response()
    }
}

impl From<JsonRejection> for Refusal {
    fn from(rejection: JsonRejection) -> Refusal {
        let code = match rejection.status() {
            StatusCode::PAYLOAD_TOO_LARGE => "too_large",
            StatusCode::UNSUPPORTED_MEDIA_TYPE => "media_type",
            _ => "bad_request",
        };
        Refusal::new(rejection.status(), code, rejection.body_text())
    }
}

impl From<QueryRejection> for Refusal {
    fn from(rejection: QueryRejection) -> Refusal {
        Refusal::new(rejection.status(), "bad_request", rejection.body_text())
    }
}
