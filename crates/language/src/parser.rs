//! Tokens to the syntax tree: a recursive-descent parser that never fails.
//!
//! The grammar is LL: `,` between the entries of a brace and `;` between statements may be left out, since what
//! follows always tells where an expression ends. What cannot be read is reported once, then the parser goes on
//! at the next place that looks like a beginning, so that one run finds many errors. Depth is bounded, hence
//! no text can overflow the stack here or in what walks the tree later.

mod agreements;
mod bargain;
mod conflict;
mod declarations;
mod entries;
mod expression;
mod lens;
mod options;
mod play;
pub(crate) mod sink;
mod stakeholders;
mod table;
pub(crate) mod words;

use crate::ast::{Expr, File, Ident, Item, ItemKind, Text};
use crate::diagnostic::Diagnostic;
use crate::lexer::{self, Token, TokenKind, clip};
use crate::span::Span;
use sink::Sink;

/// Greatest depth of an expression's tree.
pub const EXPRESSION_DEPTH: u32 = 200;

/// Greatest depth of braces in `play`.
pub const BLOCK_DEPTH: u32 = 100;

/// Reads a file. Always gives a tree; what could not be read is an error node with a diagnostic beside it.
/// Diagnostics come in the order of the text, at most 50 with one more that counts the rest.
#[must_use]
pub fn parse(text: &str, file: u16) -> (File, Vec<Diagnostic>) {
    if let Some(refusal) = too_large(text, file) {
        return (File::default(), vec![refusal]);
    }
    let lexed = lexer::lex(text, file);
    let mut parser = Parser::new(text, file, &lexed.tokens);
    let items = parser.items();
    let diagnostics = lexed.sink.merge(parser.sink);
    let comments = lexed.comments;
    (File { items, comments }, diagnostics)
}

/// Reads a single expression or query, such as one given on the command line.
#[must_use]
pub fn parse_expression(text: &str, file: u16) -> (Expr, Vec<Diagnostic>) {
    if let Some(refusal) = too_large(text, file) {
        return (Parser::new("", file, &[]).missing(), vec![refusal]);
    }
    let lexed = lexer::lex(text, file);
    let mut parser = Parser::new(text, file, &lexed.tokens);
    let expression = parser.expression();
    if parser.kind() != TokenKind::End {
        parser.expected("the end of the query");
    }
    (expression, lexed.sink.merge(parser.sink))
}

fn too_large(text: &str, file: u16) -> Option<Diagnostic> {
    (u32::try_from(text.len()).is_err()).then(|| {
        let place = Span {
            file,
            start: 0,
            end: 0,
        };
        Diagnostic::error("E0106", "the file is larger than 4 GiB", place)
            .help("split it into several files and include them by `use \"path\"`")
    })
}

/// The state of a parse: a cursor over the tokens.
struct Parser<'t> {
    text: &'t str,
    file: u16,
    tokens: &'t [Token],
    at: usize,
    sink: Sink,
    /// The token at which an error was last reported: there is never a second one at the same token.
    reported: Option<usize>,
    /// Depth of the expression being read.
    depth: u32,
    /// Whether the depth of the present declaration or statement was already complained about.
    deep: bool,
    /// Depth of the braces being read.
    blocks: u32,
    /// How many braces of entries and statements are open here.
    braces: usize,
    /// How many `{` have no `}`, as far as not found yet: the layout is consulted to find out which.
    unclosed: usize,
}

impl<'t> Parser<'t> {
    fn new(text: &'t str, file: u16, tokens: &'t [Token]) -> Self {
        let unclosed = tokens.iter().fold(0usize, |open, token| match token.kind {
            TokenKind::OpenBrace => open + 1,
            TokenKind::CloseBrace => open.saturating_sub(1),
            _ => open,
        });
        Parser {
            text,
            file,
            tokens,
            at: 0,
            sink: Sink::default(),
            reported: None,
            depth: 0,
            deep: false,
            blocks: 0,
            braces: 0,
            unclosed,
        }
    }

    /// The token `ahead` of the present one; the last one for ever after the end.
    fn token(&self, ahead: usize) -> Token {
        let last = self.tokens.len().saturating_sub(1);
        let end = Token {
            kind: TokenKind::End,
            first: false,
            start: 0,
            end: 0,
        };
        let token = self.tokens.get((self.at + ahead).min(last));
        token.copied().unwrap_or(end)
    }

    fn kind(&self) -> TokenKind {
        self.token(0).kind
    }

    fn words_of(&self, token: Token) -> &'t str {
        &self.text[token.start as usize..token.end as usize]
    }

    /// The name that stands `ahead`; empty where there is none.
    fn word(&self, ahead: usize) -> &'t str {
        let token = self.token(ahead);
        if token.kind == TokenKind::Name {
            self.words_of(token)
        } else {
            ""
        }
    }

    fn span_of(&self, token: Token) -> Span {
        Span {
            file: self.file,
            start: token.start,
            end: token.end,
        }
    }

    /// The place of the present token.
    fn here(&self) -> Span {
        self.span_of(self.token(0))
    }

    /// The place of the token read last.
    fn behind(&self) -> Span {
        match self.at.checked_sub(1).and_then(|i| self.tokens.get(i)) {
            Some(token) => self.span_of(*token),
            None => Span {
                file: self.file,
                start: 0,
                end: 0,
            },
        }
    }

    /// From `start` to the end of the token read last.
    fn since(&self, start: Span) -> Span {
        let end = self.behind().end.max(start.start);
        Span { end, ..start }
    }

    fn advance(&mut self) -> Token {
        let token = self.token(0);
        if token.kind != TokenKind::End {
            self.at += 1;
        }
        token
    }

    fn eat(&mut self, kind: TokenKind) -> bool {
        let found = self.kind() == kind && kind != TokenKind::End;
        if found {
            self.at += 1;
        }
        found
    }

    fn eat_word(&mut self, word: &str) -> bool {
        let found = self.word(0) == word;
        if found {
            self.at += 1;
        }
        found
    }

    /// Reports, unless something was already reported at this token.
    fn report(&mut self, diagnostic: Diagnostic) {
        if self.reported != Some(self.at) {
            self.reported = Some(self.at);
            self.sink.push(diagnostic);
        }
    }

    /// Whether the present token has been complained about: the construct that it stands in is given up.
    fn stuck(&self) -> bool {
        self.reported == Some(self.at)
    }

    /// How the present token is named in messages.
    fn found(&self) -> String {
        let token = self.token(0);
        match token.kind {
            TokenKind::End => "the end of the file".to_owned(),
            TokenKind::Text => format!("the text {}", clip(self.words_of(token))),
            _ => format!("`{}`", clip(self.words_of(token))),
        }
    }

    fn expected_error(&self, what: &str) -> Diagnostic {
        let message = format!("expected {what}, found {}", self.found());
        Diagnostic::error("E0107", message, self.here()).label(format!("expected {what}"))
    }

    fn expected(&mut self, what: &str) {
        let diagnostic = self.expected_error(what);
        self.report(diagnostic);
    }

    /// Reads a token of this kind or reports what was expected.
    fn expect(&mut self, kind: TokenKind, what: &str) -> bool {
        let found = self.eat(kind);
        if !found {
            self.expected(what);
        }
        found
    }

    fn expect_word(&mut self, word: &str, what: &str) -> bool {
        let found = self.eat_word(word);
        if !found {
            self.expected(what);
        }
        found
    }

    /// Reads a name, or reports that `what` was expected and gives an empty one.
    fn name(&mut self, what: &str) -> Ident {
        let token = self.token(0);
        let span = self.here();
        match token.kind {
            TokenKind::Name | TokenKind::BadNumber => {
                let written = self.words_of(token);
                if token.kind == TokenKind::Name && written.contains('.') {
                    let dotted = Diagnostic::error(
                        "E0107",
                        "a dot cannot stand in this name",
                        span,
                    )
                    .label(format!("expected {what}"))
                    .help("a dot reads what a bargain agreed, in formulas: `deal.oil == waiver`");
                    self.report(dotted);
                }
                self.at += 1;
                let name = written.replace('.', "_");
                return Ident { name, span };
            }
            kind if kind.reserved() => {
                let word = self.words_of(token);
                let reserved = Diagnostic::error(
                    "E0116",
                    format!("expected {what}, found the word `{word}`, which is reserved"),
                    span,
                );
                self.report(reserved.help(format!("choose another name, such as `{word}_`")));
                // Names of options and actors are followed by these; elsewhere the word may belong to what
                // comes next.
                if matches!(
                    self.token(1).kind,
                    TokenKind::Text | TokenKind::Assign | TokenKind::Comma | TokenKind::OpenBrace
                ) {
                    self.at += 1;
                }
            }
            _ => self.expected(what),
        }
        Ident {
            name: String::new(),
            span: Span {
                end: span.start,
                ..span
            },
        }
    }

    /// Reads a name that is declared here: `hard-liner` is reported and read as `hard_liner`.
    fn new_name(&mut self, what: &str) -> Ident {
        let mut id = self.name(what);
        while self.kind() == TokenKind::Minus
            && self.here().start == id.span.end
            && self.token(1).kind == TokenKind::Name
            && self.token(1).start == self.token(0).end
            && !id.name.is_empty()
        {
            id.name = format!("{}_{}", id.name, self.word(1));
            id.span = id.span.to(self.span_of(self.token(1)));
            let hyphen = Diagnostic::error("E0107", "a hyphen cannot stand in a name", id.span)
                .help(format!("write `{}`", clip(&id.name)));
            self.report(hyphen);
            self.at += 2;
        }
        id
    }

    /// Reads a text if there is one.
    fn optional_text(&mut self) -> Option<Text> {
        let token = self.token(0);
        (token.kind == TokenKind::Text).then(|| {
            self.at += 1;
            Text {
                value: lexer::unquote(self.words_of(token)),
                span: self.span_of(token),
            }
        })
    }

    /// Reads a text, or reports that `what` was expected and gives an empty one. A bare word is taken for a
    /// text without its quotes.
    fn quoted(&mut self, what: &str) -> Text {
        if let Some(text) = self.optional_text() {
            return text;
        }
        let span = self.here();
        let bare = self.kind() == TokenKind::Name && !self.token(0).first;
        let mut diagnostic = self.expected_error(what);
        if bare {
            diagnostic = diagnostic.help("put the text in double quotes: `\"…\"`");
        }
        self.report(diagnostic);
        if bare {
            self.skip_line();
        }
        Text {
            value: String::new(),
            span: Span {
                end: span.start,
                ..span
            },
        }
    }

    /// Skips what is left of the line, but no brace.
    fn skip_line(&mut self) {
        while !self.token(0).first
            && !matches!(
                self.kind(),
                TokenKind::End | TokenKind::OpenBrace | TokenKind::CloseBrace
            )
        {
            self.at += 1;
        }
    }

    /// Skips a bracket with all that it holds, or a single token. Where braces do not match, a declaration at
    /// the left margin ends it.
    fn skip_tree(&mut self) {
        let mut depth = 0usize;
        loop {
            if depth > 0 && self.unclosed > 0 && self.at_margin() {
                return;
            }
            match self.kind() {
                TokenKind::End => return,
                TokenKind::OpenBrace | TokenKind::OpenParen | TokenKind::OpenBracket => depth += 1,
                TokenKind::CloseBrace | TokenKind::CloseParen | TokenKind::CloseBracket => {
                    depth = depth.saturating_sub(1);
                }
                _ => {}
            }
            self.at += 1;
            if depth == 0 {
                return;
            }
        }
    }

    /// Whether a declaration begins here, at the left margin.
    fn at_margin(&self) -> bool {
        let token = self.token(0);
        let line = self.text.as_bytes()[..token.start as usize].last();
        token.first && matches!(line, None | Some(b'\n')) && words::ITEMS.contains(&self.word(0))
    }

    /// All declarations up to the end of the file.
    fn items(&mut self) -> Vec<Item> {
        let mut items = Vec::new();
        loop {
            while self.eat(TokenKind::Semicolon) {}
            if self.kind() == TokenKind::End {
                return items;
            }
            let (start, before) = (self.here(), self.at);
            let kind = self.declaration();
            if self.stuck() {
                self.next_item(before);
            }
            let span = self.since(start);
            let broken = matches!(kind, ItemKind::Error);
            let joined = broken
                && matches!(
                    items.last(),
                    Some(Item {
                        kind: ItemKind::Error,
                        ..
                    })
                );
            if !joined {
                items.push(Item { kind, span });
            }
        }
    }

    /// Goes on to the next declaration: a word that begins one, first on its line.
    fn next_item(&mut self, before: usize) {
        if self.at == before {
            self.advance();
        }
        while self.kind() != TokenKind::End {
            let token = self.token(0);
            if token.first && words::ITEMS.contains(&self.word(0)) {
                return;
            }
            self.skip_tree();
        }
    }
}
