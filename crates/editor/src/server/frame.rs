//! Messages on a stream: a header with the length, then JSON.
//!
//! What cannot be read is told to the caller and skipped where its length is known, so that one bad message
//! does not end the conversation.

use std::io::{self, BufRead, Read};

use lsp_server::Message;

/// Longest message that is read.
const LONGEST: u64 = 1 << 28;
/// Longest line of a header.
const LONGEST_LINE: u64 = 1 << 13;

/// What came on the stream.
#[derive(Debug)]
pub enum Incoming {
    /// A message.
    Message(Message),
    /// Something that is no message, and why.
    Broken(String),
    /// The end of the stream.
    End,
}

/// Reads the next message.
///
/// # Errors
/// The stream cannot be read, or is broken so that the next message cannot be found.
pub fn read(input: &mut impl BufRead) -> io::Result<Incoming> {
    let mut length: Option<u64> = None;
    loop {
        let mut line = Vec::new();
        let read = input
            .by_ref()
            .take(LONGEST_LINE)
            .read_until(b'\n', &mut line)?;
        if read == 0 {
            return Ok(Incoming::End);
        }
        if line.last() != Some(&b'\n') {
            return Err(invalid("a header line has no end"));
        }
        let line = String::from_utf8_lossy(&line);
        let line = line.trim();
        if line.is_empty() {
            match length {
                Some(length) => return body(input, length),
                // Blank lines between messages do no harm.
                None => continue,
            }
        }
        match line.split_once(':') {
            Some((name, value)) if name.trim().eq_ignore_ascii_case("Content-Length") => {
                let value = value.trim().parse();
                length = Some(value.map_err(|_| invalid("Content-Length is no number"))?);
            }
            Some(_) => {}
            None => return Ok(Incoming::Broken("a header line without `:`".to_owned())),
        }
    }
}

fn body(input: &mut impl BufRead, length: u64) -> io::Result<Incoming> {
    if length > LONGEST {
        io::copy(&mut input.by_ref().take(length), &mut io::sink())?;
        return Ok(Incoming::Broken(format!("{length} bytes are too many")));
    }
    let mut bytes = Vec::new();
    input.by_ref().take(length).read_to_end(&mut bytes)?;
    if (bytes.len() as u64) < length {
        return Ok(Incoming::End);
    }
    Ok(match serde_json::from_slice(&bytes) {
        Ok(message) => Incoming::Message(message),
        Err(error) => Incoming::Broken(error.to_string()),
    })
}

fn invalid(why: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, why)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn broken_messages_are_skipped_and_the_next_is_read() {
        let good = r#"{"jsonrpc":"2.0","method":"exit"}"#;
        let stream = format!(
            "Content-Length: 5\r\n\r\n{{]]]}}content-length:{}\r\nContent-Type: x\r\n\r\n{good}no header\r\nContent-Length: 900\r\n\r\n{{",
            good.len()
        );
        let mut input = stream.as_bytes();
        let mut next = || read(&mut input).expect("readable");
        assert!(matches!(next(), Incoming::Broken(_)));
        assert!(
            matches!(next(), Incoming::Message(Message::Notification(n)) if n.method == "exit")
        );
        assert!(matches!(next(), Incoming::Broken(_)));
        assert!(matches!(next(), Incoming::End), "cut off");
        assert!(read(&mut "Content-Length: -1\r\n\r\n".as_bytes()).is_err());
        let endless = "x".repeat(1 << 14);
        assert!(read(&mut endless.as_bytes()).is_err());
    }
}
