//! Tokens of a savefile.

/// A token.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Token<'a> {
    /// Text in quotes, escapes undone.
    Text(String),
    /// Anything else between blanks, commas and braces: a keyword or a number.
    Word(&'a str),
    /// `{`
    Open,
    /// `}`
    Close,
}

/// Splits a text into tokens. Blanks and commas only separate.
pub(super) struct Lexer<'a> {
    text: &'a str,
    at: usize,
    peeked: Option<(usize, Option<Token<'a>>)>,
    /// Where a text in quotes is never closed, if there is one.
    pub(super) unclosed: Option<usize>,
}

impl<'a> Lexer<'a> {
    pub(super) fn new(text: &'a str) -> Lexer<'a> {
        let at = if text.starts_with('\u{feff}') {
            '\u{feff}'.len_utf8()
        } else {
            0
        };
        Lexer {
            text,
            at,
            peeked: None,
            unclosed: None,
        }
    }

    /// The next token without taking it.
    pub(super) fn peek(&mut self) -> Option<&Token<'a>> {
        if self.peeked.is_none() {
            self.peeked = Some(self.scan());
        }
        self.peeked.as_ref().and_then(|(_, token)| token.as_ref())
    }

    /// Takes the next token.
    pub(super) fn next(&mut self) -> Option<Token<'a>> {
        match self.peeked.take() {
            Some((_, token)) => token,
            None => self.scan().1,
        }
    }

    /// Offset at which the next token begins.
    pub(super) fn offset(&mut self) -> usize {
        self.peek();
        self.peeked.as_ref().map_or(self.at, |(offset, _)| *offset)
    }

    fn scan(&mut self) -> (usize, Option<Token<'a>>) {
        let rest = &self.text[self.at..];
        let skipped = rest
            .find(|c: char| !c.is_whitespace() && c != ',')
            .unwrap_or(rest.len());
        self.at += skipped;
        let begin = self.at;
        let rest = &self.text[begin..];
        let token = match rest.chars().next() {
            None => None,
            Some('{') => self.take(1, Token::Open),
            Some('}') => self.take(1, Token::Close),
            Some('"') => Some(self.quoted()),
            Some(_) => {
                let separates = |c: char| c.is_whitespace() || matches!(c, ',' | '{' | '}' | '"');
                let end = rest.find(separates).unwrap_or(rest.len());
                self.take(end, Token::Word(&rest[..end]))
            }
        };
        (begin, token)
    }

    fn take(&mut self, length: usize, token: Token<'a>) -> Option<Token<'a>> {
        self.at += length;
        Some(token)
    }

    fn quoted(&mut self) -> Token<'a> {
        let begin = self.at;
        let mut text = String::new();
        let mut escaped = false;
        for (offset, c) in self.text[begin + 1..].char_indices() {
            if escaped {
                if c != '"' && c != '\\' {
                    text.push('\\');
                }
                text.push(c);
                escaped = false;
            } else if c == '\\' {
                escaped = true;
            } else if c == '"' {
                self.at = begin + 1 + offset + 1;
                return Token::Text(text);
            } else {
                text.push(c);
            }
        }
        self.unclosed.get_or_insert(begin);
        self.at = self.text.len();
        Token::Text(text)
    }
}
