//! A small client and a server on a free port.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::thread::JoinHandle;

use detente_server::{Options, Server};
use serde_json::Value;
use tokio::sync::oneshot;

/// A server that ends with the test.
pub struct Running {
    pub at: SocketAddr,
    pub folder: tempfile::TempDir,
    pub link: String,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

/// An answer.
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: String,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }

    pub fn code(&self) -> String {
        self.json()["error"]["code"]
            .as_str()
            .unwrap_or_default()
            .to_owned()
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        let mut lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, value)| value)
    }

    /// Events with their data.
    pub fn events(&self) -> Vec<(String, Value)> {
        let events = self.body.split("\n\n").filter_map(|event| {
            let (name, data) = event.strip_prefix("event: ")?.split_once("\ndata: ")?;
            Some((name.to_owned(), serde_json::from_str(data).unwrap()))
        });
        events.collect()
    }
}

impl Running {
    pub fn new() -> Running {
        Running::with(Options::default(), tempfile::tempdir().unwrap())
    }

    pub fn with(options: Options, folder: tempfile::TempDir) -> Running {
        let options = Options {
            served: folder.path().to_owned(),
            state: Some(folder.path().join(".state")),
            ..options
        };
        let server = Server::open(&options).unwrap();
        let (at, link) = (server.address(), server.link());
        let (stop, stopped) = oneshot::channel();
        let run = move || {
            let stop = async {
                let _ = stopped.await;
            };
            server.run_until(stop).unwrap();
        };
        Running {
            at,
            folder,
            link,
            stop: Some(stop),
            thread: Some(std::thread::spawn(run)),
        }
    }

    /// Ends the server in peace; what it served stays.
    pub fn end(mut self) -> tempfile::TempDir {
        self.ended();
        std::mem::replace(&mut self.folder, tempfile::tempdir().unwrap())
    }

    fn ended(&mut self) {
        self.stop.take();
        if let Some(thread) = self.thread.take() {
            thread.join().unwrap();
        }
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// A request with these lines in its head. An answer of HTTP/1.0 ends with its connection.
    pub fn ask(&self, method: &str, path: &str, lines: &[(&str, &str)], body: &str) -> Answer {
        let mut stream = self.begin(method, path, lines, body);
        let mut bytes = Vec::new();
        let _ = stream.read_to_end(&mut bytes);
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
        let status = head
            .split(' ')
            .nth(1)
            .and_then(|status| status.parse().ok());
        Answer {
            status: status.unwrap_or(0),
            head: head.to_owned(),
            body: body.to_owned(),
        }
    }

    pub fn begin(&self, method: &str, path: &str, lines: &[(&str, &str)], body: &str) -> TcpStream {
        let mut stream = TcpStream::connect(self.at).unwrap();
        let mut head = format!("{method} {path} HTTP/1.0\r\n");
        if !lines.iter().any(|(name, _)| *name == "host") {
            head += &format!("host: {}\r\n", self.at);
        }
        for (name, value) in lines {
            head += &format!("{name}: {value}\r\n");
        }
        if !body.is_empty() {
            head += &format!("content-length: {}\r\n", body.len());
        }
        stream
            .write_all(format!("{head}\r\n{body}").as_bytes())
            .unwrap();
        stream
    }

    pub fn get(&self, path: &str) -> Answer {
        self.ask("GET", &format!("/api/v1{path}"), &[], "")
    }

    pub fn post(&self, path: &str, body: &Value) -> Answer {
        self.send("POST", path, body)
    }

    pub fn send(&self, method: &str, path: &str, body: &Value) -> Answer {
        let json = [("content-type", "application/json")];
        self.ask(method, &format!("/api/v1{path}"), &json, &body.to_string())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.ended();
    }
}

/// The text of a scenario of the library.
pub fn library(name: &str) -> &'static str {
    detente_library::find(name).unwrap().text
}
