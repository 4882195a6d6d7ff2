//! The language server: one conversation with one editor, over any pair of streams.
//!
//! Messages are answered one after the other, in order; only reading runs beside, so that several changes that
//! come in a row are all taken in before the text is checked again.

mod answer;
mod capabilities;
mod convert;
mod files;
mod frame;
mod workspace;

use std::io::{self, BufRead, Write};
use std::sync::mpsc::{Receiver, TryRecvError, channel};

use lsp_server::{ErrorCode, Message, Notification, Request, RequestId, Response};
use serde::Serialize;
use serde_json::Value;

use frame::Incoming;
use workspace::Workspace;

/// Holds the conversation until the editor ends it. Gives whether it was ended as it should be, by `shutdown`
/// before `exit`.
///
/// # Errors
/// A stream is broken.
pub fn serve(input: impl BufRead + Send + 'static, output: impl Write) -> io::Result<bool> {
    let (sender, receiver) = channel();
    // Not joined: it may wait for input for ever, and ends with the program or its stream.
    std::thread::Builder::new()
        .name("input".to_owned())
        .spawn(move || {
            let mut input = input;
            loop {
                let incoming = frame::read(&mut input);
                let over = matches!(incoming, Err(_) | Ok(Incoming::End));
                if sender.send(incoming).is_err() || over {
                    return;
                }
            }
        })?;
    let mut server = Server {
        output,
        stage: Stage::New,
        workspace: Workspace::default(),
    };
    server.run(&receiver)
}

/// Where the conversation is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    New,
    Running,
    ShutDown,
}

struct Server<W> {
    output: W,
    stage: Stage,
    workspace: Workspace,
}

/// Why a request is not answered.
#[derive(Debug)]
pub(crate) struct Fault {
    code: ErrorCode,
    message: String,
}

impl Fault {
    fn parameters(error: &serde_json::Error) -> Self {
        Fault {
            code: ErrorCode::InvalidParams,
            message: error.to_string(),
        }
    }

    fn refused(message: String) -> Self {
        Fault {
            code: ErrorCode::RequestFailed,
            message,
        }
    }
}

impl<W: Write> Server<W> {
    fn run(&mut self, receiver: &Receiver<io::Result<Incoming>>) -> io::Result<bool> {
        loop {
            // Diagnostics wait until no message does.
            let incoming = match receiver.try_recv() {
                Ok(incoming) => incoming?,
                Err(TryRecvError::Empty) => {
                    self.publish()?;
                    match receiver.recv() {
                        Ok(incoming) => incoming?,
                        Err(_) => return Ok(false),
                    }
                }
                Err(TryRecvError::Disconnected) => return Ok(false),
            };
            match incoming {
                Incoming::End => return Ok(self.stage == Stage::ShutDown),
                Incoming::Broken(why) => {
                    // There is no telling whose answer this is.
                    let id = Value::Null;
                    let error =
                        serde_json::json!({ "code": ErrorCode::ParseError as i32, "message": why });
                    self.raw(&serde_json::json!({ "jsonrpc": "2.0", "id": id, "error": error }))?;
                }
                Incoming::Message(Message::Notification(notification)) => {
                    if notification.method == "exit" {
                        return Ok(self.stage == Stage::ShutDown);
                    }
                    if self.stage == Stage::Running {
                        self.workspace.notified(notification);
                    }
                }
                Incoming::Message(Message::Request(request)) => self.request(request)?,
                // The server asks nothing that it needs an answer to.
                Incoming::Message(Message::Response(_)) => {}
            }
        }
    }

    fn request(&mut self, request: Request) -> io::Result<()> {
        let Request { id, method, params } = request;
        let refuse = |code, message: &str| Fault {
            code,
            message: message.to_owned(),
        };
        let answer = match (self.stage, method.as_str()) {
            (Stage::New, "initialize") => {
                self.stage = Stage::Running;
                Ok(self.workspace.initialize(&params))
            }
            (Stage::New, _) => Err(refuse(
                ErrorCode::ServerNotInitialized,
                "`initialize` comes first",
            )),
            (Stage::ShutDown, _) => {
                Err(refuse(ErrorCode::InvalidRequest, "the server is shut down"))
            }
            (Stage::Running, "initialize") => {
                Err(refuse(ErrorCode::InvalidRequest, "`initialize` comes once"))
            }
            (Stage::Running, "shutdown") => {
                self.stage = Stage::ShutDown;
                Ok(Value::Null)
            }
            (Stage::Running, _) => self.workspace.answer(&method, params),
        };
        self.respond(id, answer)
    }

    fn respond(&mut self, id: RequestId, answer: Result<Value, Fault>) -> io::Result<()> {
        let response = match answer {
            Ok(value) => Response::new_ok(id, value),
            Err(fault) => Response::new_err(id, fault.code as i32, fault.message),
        };
        Message::Response(response).write(&mut self.output)
    }

    fn publish(&mut self) -> io::Result<()> {
        for diagnostics in self.workspace.news() {
            let method = "textDocument/publishDiagnostics".to_owned();
            let notification = Notification::new(method, diagnostics);
            Message::Notification(notification).write(&mut self.output)?;
        }
        Ok(())
    }

    fn raw(&mut self, message: &impl Serialize) -> io::Result<()> {
        let text = serde_json::to_string(message)?;
        write!(self.output, "Content-Length: {}\r\n\r\n{text}", text.len())?;
        self.output.flush()
    }
}
