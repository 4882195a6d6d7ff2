//! A conversation with the server over pipes, as an editor would hold it.

use std::io::{BufRead, BufReader, Read, Write, pipe};
use std::thread::JoinHandle;

use serde_json::{Value, json};

/// An editor's end of a conversation.
pub struct Editor {
    to: Option<std::io::PipeWriter>,
    from: BufReader<std::io::PipeReader>,
    next: i64,
    server: Option<JoinHandle<std::io::Result<bool>>>,
    /// What was told without being asked for and not looked at yet.
    told: Vec<Value>,
}

impl Editor {
    /// A server that has heard nothing yet.
    pub fn silent() -> Editor {
        let (server_in, to) = pipe().unwrap();
        let (from, server_out) = pipe().unwrap();
        let server = std::thread::spawn(move || {
            detente_editor::server::serve(BufReader::new(server_in), server_out)
        });
        Editor {
            to: Some(to),
            from: BufReader::new(from),
            next: 0,
            server: Some(server),
            told: Vec::new(),
        }
    }

    /// A server that is ready, with what it answered to `initialize`.
    pub fn ready(params: Value) -> (Editor, Value) {
        let mut editor = Editor::silent();
        let answer = editor.ask("initialize", params);
        editor.tell("initialized", json!({}));
        (editor, answer["result"].clone())
    }

    /// Sends bytes as they are.
    pub fn send(&mut self, bytes: &[u8]) {
        let to = self.to.as_mut().unwrap();
        to.write_all(bytes).unwrap();
        to.flush().unwrap();
    }

    fn message(&mut self, message: &Value) {
        let text = message.to_string();
        self.send(format!("Content-Length: {}\r\n\r\n{text}", text.len()).as_bytes());
    }

    /// Sends a notification.
    pub fn tell(&mut self, method: &str, params: Value) {
        self.message(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    /// Sends a request and waits for its answer.
    pub fn ask(&mut self, method: &str, params: Value) -> Value {
        self.next += 1;
        let id = self.next;
        self.message(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
        loop {
            let message = self.receive();
            if message["id"] == json!(id) {
                return message;
            }
            self.told.push(message);
        }
    }

    /// The result of a request that succeeds.
    pub fn result(&mut self, method: &str, params: Value) -> Value {
        let answer = self.ask(method, params);
        assert!(answer.get("error").is_none(), "{method}: {answer}");
        answer["result"].clone()
    }

    /// The next message.
    pub fn receive(&mut self) -> Value {
        let mut length = 0;
        loop {
            let mut line = String::new();
            assert!(
                self.from.read_line(&mut line).unwrap() > 0,
                "the server went"
            );
            let line = line.trim();
            if line.is_empty() {
                break;
            }
            if let Some(value) = line.strip_prefix("Content-Length: ") {
                length = value.parse().unwrap();
            }
        }
        let mut bytes = vec![0; length];
        self.from.read_exact(&mut bytes).unwrap();
        serde_json::from_slice(&bytes).unwrap()
    }

    /// Opens a text.
    pub fn open(&mut self, uri: &str, text: &str) {
        let item = json!({ "uri": uri, "languageId": "detente", "version": 1, "text": text });
        self.tell("textDocument/didOpen", json!({ "textDocument": item }));
    }

    /// The next diagnostics of a file, as (code, line, column).
    pub fn diagnostics(&mut self, uri: &str) -> Value {
        let is = |m: &Value| {
            m["method"] == "textDocument/publishDiagnostics" && m["params"]["uri"] == uri
        };
        if let Some(at) = self.told.iter().position(is) {
            return self.told.remove(at)["params"].clone();
        }
        loop {
            let message = self.receive();
            if is(&message) {
                return message["params"].clone();
            }
            self.told.push(message);
        }
    }

    /// Ends the conversation; gives whether it was ended as it should be.
    pub fn end(mut self) -> bool {
        assert_eq!(self.ask("shutdown", Value::Null)["result"], Value::Null);
        self.tell("exit", Value::Null);
        self.server.take().unwrap().join().unwrap().unwrap()
    }

    /// Hangs up; gives how the server took it.
    pub fn hang_up(mut self) -> std::io::Result<bool> {
        self.to = None;
        self.server.take().unwrap().join().unwrap()
    }
}

/// The parameters of a request about a place.
pub fn at(uri: &str, line: u32, character: u32) -> Value {
    json!({
        "textDocument": { "uri": uri },
        "position": { "line": line, "character": character },
    })
}
