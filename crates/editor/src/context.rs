//! What stands around a place, read off the tokens before it, so that it works on the most broken text.
//!
//! One pass over the tokens keeps a stack of the braces and parentheses that are open, each with what it is for
//! and where its present statement, entry or argument began.

use detente_language::tokens::{ITEMS, STATEMENTS, Token, TokenKind as K, tokens};

/// What an open brace or parenthesis is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Frame {
    /// The file itself: declarations.
    File,
    /// Statements of `play`; the index of the `repeat` whose block it is.
    Block(Option<String>),
    /// Options of a choice or draw: of which, and whether it is a draw.
    Options(String, bool),
    /// Options of an `issue` that is declared.
    Issue,
    /// Numbers of a `table`.
    Table,
    /// `value actor { … }`
    Preferences,
    /// Scores of an issue.
    Scores(String),
    /// `stakeholder id { … }`
    Stakeholder,
    /// `situation id { … }` and `today { … }`
    Situation,
    /// `prefers actor { … }`
    Wishes,
    /// `perceives actor { … }`
    Perceives,
    /// `package id { … }`
    Package,
    /// `x in { … }`: what stands left of it.
    Set(String),
    /// `name( … )`, the name empty for plain parentheses.
    Call(String),
}

/// An open bracket.
#[derive(Clone, Debug)]
pub(crate) struct Open {
    /// What it is for.
    pub(crate) frame: Frame,
    /// The first token of the present statement, entry or argument.
    pub(crate) start: usize,
    /// Arguments before the present one.
    pub(crate) argument: usize,
}

/// A place in a text with what stands before it.
#[derive(Clone, Debug)]
pub(crate) struct Context<'t> {
    text: &'t str,
    tokens: Vec<Token>,
    /// Open brackets, the file first.
    pub(crate) stack: Vec<Open>,
    /// The bytes of the word being written, empty where a new one begins.
    pub(crate) word: (u32, u32),
    /// Tokens before that word.
    before: usize,
}

impl<'t> Context<'t> {
    /// The context of a byte; none inside of a text, a comment or a number.
    pub(crate) fn new(text: &'t str, byte: u32) -> Option<Self> {
        let (tokens, comments) = tokens(text);
        let after = comments.partition_point(|c| c.span.start < byte);
        let comment = after.checked_sub(1).and_then(|i| comments.get(i));
        let since = comment.and_then(|c| text.get(c.span.start as usize..byte as usize));
        if since.is_some_and(|since| !since.contains('\n')) {
            return None;
        }
        let before = tokens.partition_point(|token| token.end < byte);
        let mut context = Context {
            text,
            tokens,
            stack: vec![Open {
                frame: Frame::File,
                start: 0,
                argument: 0,
            }],
            word: (byte, byte),
            before,
        };
        // Texts that are not closed end with their line, and what follows is still inside.
        if before > 0 && context.unclosed_text(before - 1, byte) {
            return None;
        }
        if let Some(token) = context.tokens.get(before).copied()
            && token.start < byte
        {
            match token.kind {
                K::Name => context.word = (token.start, token.end),
                kind if kind.reserved() => context.word = (token.start, token.end),
                K::Number | K::BadNumber => return None,
                K::Text if token.end > byte || context.unclosed_text(before, byte) => return None,
                // A symbol that ends here stands before the place.
                _ if token.end == byte => context.before += 1,
                _ => {}
            }
        }
        for at in 0..context.before {
            context.read(at);
        }
        let written = (context.word.0 < context.word.1).then_some(context.before);
        if context.begins(context.before, context.word.0, written) {
            let before = context.before;
            context.top().start = before;
        }
        Some(context)
    }

    /// The innermost open bracket.
    pub(crate) fn innermost(&self) -> &Open {
        // The file is never popped.
        &self.stack[self.stack.len() - 1]
    }

    fn top(&mut self) -> &mut Open {
        let last = self.stack.len() - 1;
        &mut self.stack[last]
    }

    /// The tokens of the present statement, entry or argument before the word being written.
    pub(crate) fn statement(&self) -> &[Token] {
        let start = self.innermost().start.min(self.before);
        &self.tokens[start..self.before]
    }

    /// The tokens of the file's present declaration.
    pub(crate) fn declaration(&self) -> &[Token] {
        &self.tokens[self.stack[0].start.min(self.before)..self.before]
    }

    /// The token before the word being written.
    pub(crate) fn last(&self, back: usize) -> Option<Token> {
        let at = self.before.checked_sub(back + 1)?;
        self.tokens.get(at).copied()
    }

    /// What a token says.
    pub(crate) fn says(&self, token: Token) -> &'t str {
        self.text
            .get(token.start as usize..token.end as usize)
            .unwrap_or("")
    }

    fn say(&self, at: usize) -> &'t str {
        self.tokens.get(at).map_or("", |&token| self.says(token))
    }

    fn kind(&self, at: usize) -> K {
        self.tokens.get(at).map_or(K::End, |token| token.kind)
    }

    /// Whether a text is not closed and nothing but blanks stands between it and the byte.
    fn unclosed_text(&self, at: usize, byte: u32) -> bool {
        let Some(&token) = self.tokens.get(at).filter(|t| t.kind == K::Text) else {
            return false;
        };
        let says = self.says(token);
        let closed = says.len() > 1 && says.ends_with('"') && !says.ends_with("\\\"");
        let between = self.text.get(token.end as usize..byte as usize);
        !closed && !between.is_some_and(|between| between.contains('\n'))
    }

    /// Whether a declaration stands here, at the left margin: then no bracket is open, whatever was written.
    fn at_margin(&self, at: usize) -> bool {
        let Some(&token) = self.tokens.get(at) else {
            return false;
        };
        let margin = self.text.as_bytes()[..token.start as usize].last();
        token.first
            && matches!(margin, None | Some(b'\n'))
            && ITEMS.contains(&self.say(at))
            && matches!(self.kind(at + 1), K::Name | K::Text | K::OpenBrace)
    }

    /// Whether what stands behind so many tokens, at this byte, begins a statement or entry: the token `word`, or
    /// what is to be written there.
    fn begins(&self, at: usize, byte: u32, word: Option<usize>) -> bool {
        let Some(previous) = at.checked_sub(1) else {
            return true;
        };
        let kind = self.kind(previous);
        if matches!(self.innermost().frame, Frame::Call(_)) {
            return false;
        }
        let entries = !matches!(self.innermost().frame, Frame::File | Frame::Block(_));
        match kind {
            K::Semicolon | K::OpenBrace => return true,
            K::Comma => return entries,
            _ => {}
        }
        let end = self.tokens[previous].end as usize;
        let gap = self.text.get(end..byte as usize).unwrap_or("");
        let same_line = !gap.contains('\n');
        if kind == K::CloseBrace {
            let goes_on = word.is_some_and(|word| self.kind(word) == K::Else);
            return !goes_on && !self.in_set(previous);
        }
        if same_line {
            let begins = |word: usize| {
                STATEMENTS.contains(&self.say(word)) && self.kind(word + 1) == K::Name
                    || self.say(word + 1) == "chooses"
            };
            return matches!(self.innermost().frame, Frame::Block(_))
                && operand_end(kind)
                && word.is_some_and(begins);
        }
        operand_end(kind)
    }

    /// Whether this closing brace ends the set of `x in { … }`, after which an expression goes on.
    fn in_set(&self, close: usize) -> bool {
        let mut depth = 0_usize;
        for at in (0..=close).rev() {
            match self.kind(at) {
                K::CloseBrace => depth += 1,
                K::OpenBrace => {
                    depth -= 1;
                    if depth == 0 {
                        return at > 0 && self.kind(at - 1) == K::In;
                    }
                }
                // Sets are short and hold names only.
                K::Name | K::Comma | K::Number => {}
                _ => return false,
            }
        }
        false
    }

    fn read(&mut self, at: usize) {
        if self.at_margin(at) {
            self.stack.truncate(1);
            self.stack[0].start = at;
        } else {
            let byte = self.tokens[at].start;
            let begins = !matches!(self.kind(at), K::CloseBrace | K::CloseParen | K::Comma)
                && self.begins(at, byte, Some(at));
            if begins {
                self.top().start = at;
            }
        }
        match self.kind(at) {
            K::OpenBrace => {
                let frame = self.frame(at);
                self.push(frame, at + 1);
            }
            K::OpenParen => {
                let called = at > 0 && self.kind(at - 1) == K::Name;
                let name = if called { self.say(at - 1) } else { "" };
                self.push(Frame::Call(name.to_owned()), at + 1);
            }
            K::CloseBrace => {
                while matches!(self.innermost().frame, Frame::Call(_)) {
                    self.stack.pop();
                }
                self.pop();
            }
            K::CloseParen if matches!(self.innermost().frame, Frame::Call(_)) => self.pop(),
            K::Comma if matches!(self.innermost().frame, Frame::Call(_)) => {
                let top = self.top();
                top.argument += 1;
                top.start = at + 1;
            }
            _ => {}
        }
    }

    fn push(&mut self, frame: Frame, start: usize) {
        self.stack.push(Open {
            frame,
            start,
            argument: 0,
        });
    }

    fn pop(&mut self) {
        if self.stack.len() > 1 {
            self.stack.pop();
        }
    }

    /// What the brace at this token is for.
    fn frame(&self, at: usize) -> Frame {
        if at > 0 && self.kind(at - 1) == K::In {
            let left = at.checked_sub(2).map_or("", |left| self.say(left));
            return Frame::Set(left.to_owned());
        }
        let start = self.innermost().start.min(at);
        let word = |i: usize| {
            if start + i < at {
                self.say(start + i)
            } else {
                ""
            }
        };
        let grid = (start..at).any(|i| self.kind(i) == K::In);
        match &self.innermost().frame {
            Frame::File => match word(0) {
                "issue" => Frame::Issue,
                "table" => Frame::Table,
                "value" | "ratifier" => Frame::Preferences,
                "lens" => Frame::Scores(word(3).to_owned()),
                "package" => Frame::Package,
                "stakeholder" => Frame::Stakeholder,
                "situation" | "today" => Frame::Situation,
                "prefers" => Frame::Wishes,
                "perceives" => Frame::Perceives,
                _ => Frame::Block(None),
            },
            // Its lines may follow one another without a sign between them.
            Frame::Perceives => Frame::Wishes,
            Frame::Preferences => Frame::Scores(word(0).to_owned()),
            Frame::Block(_) if word(1) == "chooses" && !grid => {
                Frame::Options(word(2).to_owned(), false)
            }
            Frame::Block(_) if word(0) == "assume" && !grid => {
                Frame::Options(word(3).to_owned(), true)
            }
            Frame::Block(_) if word(0) == "chance" && !grid => {
                Frame::Options(word(1).to_owned(), true)
            }
            Frame::Block(_) if word(0) == "repeat" => {
                let named = (start..at).find(|&i| self.say(i) == "as");
                Frame::Block(named.map(|i| self.say(i + 1).to_owned()))
            }
            _ => Frame::Block(None),
        }
    }
}

/// Whether an expression can end with such a token.
pub(crate) fn operand_end(kind: K) -> bool {
    matches!(
        kind,
        K::Name
            | K::Number
            | K::BadNumber
            | K::Text
            | K::CloseBrace
            | K::CloseParen
            | K::Percent
            | K::True
            | K::False
    )
}
