//! `detente lsp` as an editor starts it.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Command, Stdio};

fn framed(message: &str) -> String {
    format!("Content-Length: {}\r\n\r\n{message}", message.len())
}

/// All messages on a stream.
fn messages(out: &[u8]) -> Vec<serde_json::Value> {
    let mut input = BufReader::new(out);
    let mut found = Vec::new();
    loop {
        let mut header = String::new();
        if input.read_line(&mut header).unwrap() == 0 {
            return found;
        }
        let length = header.trim().strip_prefix("Content-Length: ").unwrap();
        let mut bytes = vec![0; length.parse::<usize>().unwrap() + 2];
        input.read_exact(&mut bytes).unwrap();
        found.push(serde_json::from_slice(&bytes).unwrap());
    }
}

/// What the server says and its exit code.
fn said(messages_to: &[&str]) -> (Vec<serde_json::Value>, i32) {
    let mut server = Command::new(env!("CARGO_BIN_EXE_detente"))
        .arg("lsp")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut to = server.stdin.take().unwrap();
    for message in messages_to {
        to.write_all(framed(message).as_bytes()).unwrap();
    }
    drop(to);
    let output = server.wait_with_output().unwrap();
    (messages(&output.stdout), output.status.code().unwrap())
}

const INITIALIZE: &str =
    r#"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"capabilities":{}}}"#;
const OPEN: &str = r#"{"jsonrpc":"2.0","method":"textDocument/didOpen","params":{"textDocument":{"uri":"untitled:a","languageId":"detente","version":7,"text":"let a = b\n"}}}"#;
const HOVER: &str = r#"{"jsonrpc":"2.0","id":"two","method":"textDocument/hover","params":{"textDocument":{"uri":"untitled:a"},"position":{"line":0,"character":4}}}"#;
const SHUTDOWN: &str = r#"{"jsonrpc":"2.0","id":3,"method":"shutdown"}"#;
const EXIT: &str = r#"{"jsonrpc":"2.0","method":"exit"}"#;

#[test]
fn the_command_serves_an_editor() {
    let (said, code) = said(&[INITIALIZE, OPEN, HOVER, SHUTDOWN, EXIT]);
    assert_eq!(code, 0);
    let answer = |id: serde_json::Value| said.iter().find(|m| m["id"] == id).unwrap();
    assert_eq!(
        answer(1.into())["result"]["capabilities"]["hoverProvider"],
        true
    );
    let hover = answer("two".into())["result"]["contents"]["value"].to_string();
    assert!(hover.contains("let a = b"), "{hover}");
    assert_eq!(answer(3.into())["result"], serde_json::Value::Null);
}

#[test]
fn an_end_without_farewell_is_no_success() {
    assert_eq!(said(&[INITIALIZE, EXIT]).1, 1);
    assert_eq!(said(&[]).1, 1);
}
