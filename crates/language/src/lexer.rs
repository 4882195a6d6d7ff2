//! Scenario text to tokens, in one pass and in time linear in the text.
//!
//! What does not belong into a scenario is reported and then mended or skipped here, so that the parser sees
//! sensible tokens: `&&` becomes `and`, curly quotes become plain ones, a run of junk vanishes. Comments are
//! kept beside the tokens for the formatter.

mod foreign;
mod token;

pub use token::{Token, TokenKind};

use crate::ast::Comment;
use crate::diagnostic::Diagnostic;
use crate::parser::sink::Sink;
use crate::span::Span;
use foreign::FOREIGN;

/// What [`lex`] finds.
#[derive(Debug, Default)]
pub struct Lexed {
    /// The tokens; the last one is [`TokenKind::End`].
    pub tokens: Vec<Token>,
    /// The comments in order.
    pub comments: Vec<Comment>,
    /// What was wrong.
    pub sink: Sink,
}

/// Cuts a text of at most 4 GiB into tokens. Positions beyond that would not fit a [`Span`]: the caller checks.
#[must_use]
pub fn lex(text: &str, file: u16) -> Lexed {
    let mut lexer = Lexer {
        text,
        file,
        at: 0,
        first: true,
        open: Vec::new(),
        out: Lexed::default(),
    };
    if text.starts_with('\u{feff}') {
        lexer.at = '\u{feff}'.len_utf8();
    }
    while lexer.at < text.len() {
        lexer.step();
    }
    lexer.token(TokenKind::End, text.len());
    lexer.out
}

struct Lexer<'t> {
    text: &'t str,
    file: u16,
    at: usize,
    /// Whether no token has been met on this line yet.
    first: bool,
    /// The brackets that are open here.
    open: Vec<Open>,
    out: Lexed,
}

/// A bracket that is open: it tells what `]` and `:` mean inside.
#[derive(Clone, Copy, PartialEq)]
enum Open {
    Brace,
    Paren,
    /// The parenthesis of a function that may run over a range, as in `sum(i in 1 .. n: i)`.
    Range,
    Bracket,
}

/// Functions that may run over a range.
pub const RANGED: &[&str] = &["sum", "product", "min", "max", "argmin", "argmax"];

impl Lexer<'_> {
    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn byte(&self, ahead: usize) -> u8 {
        self.text
            .as_bytes()
            .get(self.at + ahead)
            .copied()
            .unwrap_or(0)
    }

    fn span(&self, start: usize, end: usize) -> Span {
        Span {
            file: self.file,
            start: offset(start),
            end: offset(end),
        }
    }

    /// Adds a token from the present position to `end` and moves there.
    fn token(&mut self, kind: TokenKind, end: usize) {
        match kind {
            TokenKind::OpenBrace => self.open.push(Open::Brace),
            TokenKind::OpenBracket => self.open.push(Open::Bracket),
            TokenKind::OpenParen => {
                let ranged = RANGED.contains(&self.name_before());
                self.open
                    .push(if ranged { Open::Range } else { Open::Paren });
            }
            TokenKind::CloseBrace | TokenKind::CloseBracket | TokenKind::CloseParen => {
                self.open.pop();
            }
            _ => {}
        }
        self.out.tokens.push(Token {
            kind,
            first: self.first,
            start: offset(self.at),
            end: offset(end),
        });
        self.first = false;
        self.at = end;
    }

    /// The name that stands directly before the present position.
    fn name_before(&self) -> &str {
        match self.out.tokens.last() {
            Some(token) if token.kind == TokenKind::Name => {
                &self.text[token.start as usize..token.end as usize]
            }
            _ => "",
        }
    }

    /// `[` and `]` of a place in a table, as in `cost[low]`, and the `:` behind a number or in a sum. Elsewhere
    /// these are signs of other notations.
    fn placed_symbol(&self) -> Option<TokenKind> {
        let last = self.out.tokens.last();
        let around = self.open.last();
        match self.byte(0) {
            b'[' => {
                let beside = |t: &Token| t.kind == TokenKind::Name && t.end == offset(self.at);
                last.is_some_and(beside).then_some(TokenKind::OpenBracket)
            }
            b']' => (around == Some(&Open::Bracket)).then_some(TokenKind::CloseBracket),
            b':' if self.byte(1) != b'=' => {
                let numbered = || {
                    around == Some(&Open::Brace)
                        && last.is_some_and(|t| {
                            matches!(t.kind, TokenKind::Number | TokenKind::Percent)
                        })
                };
                (around == Some(&Open::Range) || numbered()).then_some(TokenKind::Colon)
            }
            _ => None,
        }
    }

    /// Reads one token, comment or piece of white space.
    fn step(&mut self) {
        let Some(c) = self.rest().chars().next() else {
            return;
        };
        match c {
            '\n' => {
                self.first = true;
                self.at += 1;
            }
            c if is_space(c) => self.at += c.len_utf8(),
            '#' => self.comment(),
            '"' => self.text_token('"'),
            '0'..='9' => self.number(),
            '.' if self.byte(1).is_ascii_digit() => self.number(),
            c if is_name_start(c) => self.name(),
            c => {
                if let Some(kind) = self.placed_symbol() {
                    self.token(kind, self.at + 1);
                } else if let Some((kind, length)) = self.symbol() {
                    self.token(kind, self.at + length);
                } else if is_quote(c) {
                    self.text_token(c);
                } else if !self.foreign() {
                    self.junk();
                }
            }
        }
    }

    fn comment(&mut self) {
        let line = self.rest().split('\n').next().unwrap_or_default();
        let length = line.len();
        let text = line.trim_end();
        let comment = Comment {
            text: text.to_owned(),
            span: self.span(self.at, self.at + text.len()),
            own_line: self.first,
        };
        self.out.comments.push(comment);
        self.at += length;
    }

    fn name(&mut self) {
        use TokenKind::{And, Else, False, Given, If, In, Name, Not, Or, Then, True};
        let rest = self.rest();
        let mut length = name_length(rest);
        let kind = match &rest[..length] {
            "and" => And,
            "or" => Or,
            "not" => Not,
            "in" => In,
            "if" => If,
            "then" => Then,
            "else" => Else,
            "true" => True,
            "false" => False,
            "given" => Given,
            _ => Name,
        };
        // `deal.oil`: what a bargain agreed, one name.
        while kind == Name
            && let Some(part) = rest[length..].strip_prefix('.')
            && part.starts_with(is_name_start)
        {
            length += 1 + name_length(part);
        }
        self.token(kind, self.at + length);
    }

    /// Counts digits and underscores from `from` on.
    fn digits(&self, from: usize) -> usize {
        let bytes = &self.text.as_bytes()[from..];
        bytes
            .iter()
            .position(|b| !(b.is_ascii_digit() || *b == b'_'))
            .unwrap_or(bytes.len())
    }

    fn number(&mut self) {
        let bytes = self.text.as_bytes();
        let is_digit = |i: usize| bytes.get(i).is_some_and(u8::is_ascii_digit);
        let mut end = self.at + self.digits(self.at);
        if bytes.get(end) == Some(&b'.') && is_digit(end + 1) {
            end += 1;
            end += self.digits(end);
        }
        if matches!(bytes.get(end), Some(b'e' | b'E')) {
            let sign = usize::from(matches!(bytes.get(end + 1), Some(b'+' | b'-')));
            if is_digit(end + 1 + sign) {
                end += 1 + sign;
                end += self.digits(end);
            }
        }
        let tail = &self.text[end..];
        let more = tail.find(|c| !is_name_part(c)).unwrap_or(tail.len());
        let place = self.span(self.at, end + more);
        let written = &self.text[self.at..end + more];
        if more > 0 {
            let words = clip(written);
            let letter = tail.chars().next().unwrap_or('_');
            self.out.sink.push(
                Diagnostic::error("E0105", format!("`{words}` is neither a number nor a name"), place)
                    .help(format!(
                        "a name begins with a letter or `_`; between a number and a name such as `{letter}…` stands an operator, as in `2 * {letter}`"
                    )),
            );
            self.token(TokenKind::BadNumber, end + more);
            return;
        }
        if !digits_value(written).is_finite() {
            let words = clip(written);
            self.out.sink.push(
                Diagnostic::error("E0105", format!("the number `{words}` is too large"), place)
                    .help("numbers go up to about 1.8e308"),
            );
            self.token(TokenKind::BadNumber, end);
            return;
        }
        self.token(TokenKind::Number, end);
    }

    /// A text in quotes of any kind; it ends with the line at the latest.
    fn text_token(&mut self, open: char) {
        let start = self.at;
        let mut chars = self.text[start..].char_indices().skip(1);
        let (mut end, mut closed) = (self.text.len(), false);
        while let Some((i, c)) = chars.next() {
            if c == '\n' {
                end = start + i;
                break;
            }
            if c == '\\' && open == '"' {
                match chars.next() {
                    Some((_, '"' | '\\' | 'n')) => {}
                    Some((j, '\n')) => {
                        end = start + j;
                        break;
                    }
                    Some((j, other)) => self.escape(start + i, start + j, other),
                    None => {}
                }
            } else if closes(open, c) {
                end = start + i + c.len_utf8();
                closed = true;
                break;
            }
        }
        if !closed {
            end = start + self.text[start..end].trim_end().len();
            let place = self.span(start, end);
            self.out.sink.push(
                Diagnostic::error("E0103", "a quoted text is not closed on its line", place)
                    .label("begins here")
                    .help("close it with `\"`; for a line break inside a text write `\\n`"),
            );
        } else if open != '"' {
            let place = self.span(start, end);
            self.out.sink.push(
                Diagnostic::error("E0102", "texts stand in plain double quotes", place)
                    .help("write `\"…\"`"),
            );
        }
        self.token(TokenKind::Text, end);
    }

    fn escape(&mut self, start: usize, at: usize, c: char) {
        let place = self.span(start, at + c.len_utf8());
        self.out.sink.push(
            Diagnostic::error("E0104", format!("`\\{}` means nothing in a text", c.escape_debug()), place)
                .help("there are `\\\"` for a quotation mark, `\\n` for a line break and `\\\\` for a backslash"),
        );
    }

    /// The symbol here, with its length.
    fn symbol(&self) -> Option<(TokenKind, usize)> {
        use TokenKind as K;
        let next = self.byte(1);
        Some(match self.byte(0) {
            b'{' => (K::OpenBrace, 1),
            b'}' => (K::CloseBrace, 1),
            b'(' => (K::OpenParen, 1),
            b')' => (K::CloseParen, 1),
            b',' => (K::Comma, 1),
            b';' => (K::Semicolon, 1),
            b'~' => (K::Tilde, 1),
            b'@' => (K::At, 1),
            b'%' => (K::Percent, 1),
            b'+' => (K::Plus, 1),
            b'^' => (K::Caret, 1),
            b'-' if next != b'>' => (K::Minus, 1),
            b'*' if next != b'*' => (K::Star, 1),
            b'/' if next != b'/' && next != b'*' => (K::Slash, 1),
            b'.' if next == b'.' && self.byte(2) != b'.' => (K::Range, 2),
            b'=' if next == b'=' && self.byte(2) != b'=' => (K::Equal, 2),
            b'=' if !matches!(next, b'=' | b'>' | b'<') => (K::Assign, 1),
            b'!' if next == b'=' => (K::NotEqual, 2),
            b'<' if next == b'=' => (K::LessEqual, 2),
            b'<' if next != b'>' => (K::Less, 1),
            b'>' if next == b'=' => (K::GreaterEqual, 2),
            b'>' => (K::Greater, 1),
            _ => return None,
        })
    }

    /// A symbol of other notations: says what to write here and goes on as if that were written.
    fn foreign(&mut self) -> bool {
        let Some(&(symbol, kind, mend)) = FOREIGN.iter().find(|f| self.rest().starts_with(f.0))
        else {
            return false;
        };
        let end = self.at + symbol.len();
        let place = self.span(self.at, end);
        let found = Diagnostic::error(
            "E0102",
            format!("`{symbol}` is not used in scenarios"),
            place,
        );
        self.out.sink.push(found.help(mend));
        if matches!(symbol, "//" | "/*") {
            self.comment();
        } else if let Some(kind) = kind {
            self.token(kind, end);
        } else {
            self.at = end;
        }
        true
    }

    /// A run of characters that mean nothing, white space between them included.
    fn junk(&mut self) {
        let start = self.at;
        let (mut end, mut count) = (start, 0usize);
        for (i, c) in self.text[start..].char_indices() {
            if is_space(c) || c == '\n' {
                continue;
            }
            if !is_junk(c) {
                break;
            }
            count += 1;
            end = start + i + c.len_utf8();
        }
        let c = self.text[start..].chars().next().unwrap_or(' ');
        let message = if count == 1 {
            format!("the character `{}` means nothing here", c.escape_debug())
        } else {
            format!(
                "{count} characters that mean nothing here, from `{}` on",
                c.escape_debug()
            )
        };
        let mut found = Diagnostic::error("E0101", message, self.span(start, end));
        if c.is_control() || c == char::REPLACEMENT_CHARACTER {
            found = found.note("this does not look like a scenario: they are plain text in UTF-8");
        }
        self.out.sink.push(found);
        if self.text[start..end].contains('\n') {
            self.first = true;
        }
        self.at = end;
    }
}

/// The value of a number as written, underscores aside.
#[must_use]
pub fn digits_value(written: &str) -> f64 {
    if written.contains('_') {
        written.replace('_', "").parse().unwrap_or(f64::NAN)
    } else {
        written.parse().unwrap_or(f64::NAN)
    }
}

/// The text inside the quotes, its escapes resolved. `raw` is a token of kind [`TokenKind::Text`].
#[must_use]
pub fn unquote(raw: &str) -> String {
    let mut chars = raw.chars();
    let open = chars.next().unwrap_or('"');
    let mut value = String::with_capacity(raw.len());
    while let Some(c) = chars.next() {
        if c == '\\' && open == '"' {
            match chars.next() {
                Some('n') => value.push('\n'),
                Some(other) => {
                    if !matches!(other, '"' | '\\') {
                        value.push('\\');
                    }
                    value.push(other);
                }
                None => value.push('\\'),
            }
        } else if closes(open, c) {
            break;
        } else {
            value.push(c);
        }
    }
    value
}

/// The beginning of what may be a very long piece of text, for a message.
#[must_use]
pub fn clip(words: &str) -> String {
    const LONGEST: usize = 40;
    if words.chars().count() <= LONGEST {
        return words.to_owned();
    }
    let mut cut: String = words.chars().take(LONGEST).collect();
    cut.push('…');
    cut
}

/// Texts beyond 4 GiB are refused before lexing, so that positions always fit.
fn offset(position: usize) -> u32 {
    u32::try_from(position).unwrap_or(u32::MAX)
}

fn is_space(c: char) -> bool {
    c != '\n' && (c.is_whitespace() || c == '\u{feff}')
}

fn is_name_start(c: char) -> bool {
    c == '_' || unicode_ident::is_xid_start(c)
}

/// Bytes of the name with which this begins, up to its first dot.
fn name_length(text: &str) -> usize {
    text.find(|c| !is_name_part(c)).unwrap_or(text.len())
}

fn is_name_part(c: char) -> bool {
    unicode_ident::is_xid_continue(c)
}

fn is_quote(c: char) -> bool {
    matches!(c, '\'' | '‘' | '’' | '“' | '”' | '„' | '«' | '»')
}

/// Whether `c` closes a text that `open` has opened.
fn closes(open: char, c: char) -> bool {
    match open {
        '"' => c == '"',
        '\'' | '‘' | '’' => matches!(c, '\'' | '’'),
        _ => matches!(c, '"' | '“' | '”' | '«' | '»'),
    }
}

fn is_junk(c: char) -> bool {
    !(is_name_start(c)
        || is_quote(c)
        || c.is_ascii_digit()
        || "{}(),;.=~@%+-*/^<>!&|:\"#[]→⇒≤≥≠−–—×·÷…".contains(c))
}
