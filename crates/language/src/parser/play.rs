//! The statements of `play`.

use super::options::Takes;
use super::{Parser, words};
use crate::ast::{Ident, Statement, StatementKind};
use crate::diagnostic::Diagnostic;
use crate::lexer::{TokenKind as K, clip};

impl Parser<'_> {
    /// One statement. Anything else is reported and read as what was probably meant.
    pub(super) fn statement(&mut self) -> Statement {
        self.deep = false;
        let start = self.here();
        let kind = match self.kind() {
            K::If => self.conditional_statement(),
            K::Name if self.word(1) == "chooses" => self.choose(false),
            K::Name if words::STATEMENTS.contains(&self.word(0)) => {
                let word = self.word(0);
                self.statement_by(word)
            }
            K::Name => self.unknown_statement(),
            K::Else => self.stray_else(),
            K::OpenBrace => {
                let bare = self
                    .expected_error("a statement")
                    .help("a block belongs to an option, `if`, `repeat` or `together`");
                self.report(bare);
                self.block("of a block");
                StatementKind::Error
            }
            _ => {
                self.expected("a statement");
                StatementKind::Error
            }
        };
        Statement {
            kind,
            span: self.since(start),
        }
    }

    /// Whether the token `ahead` begins a statement.
    pub(super) fn statement_follows(&self, ahead: usize) -> bool {
        let token = self.token(ahead);
        token.kind == K::If
            || self.word(ahead + 1) == "chooses"
            || words::STATEMENTS.contains(&self.word(ahead))
                && matches!(
                    self.token(ahead + 1).kind,
                    K::Name | K::Number | K::OpenBrace
                )
    }

    /// Skips the rest of a statement that could not be read.
    pub(super) fn next_statement(&mut self, before: usize) {
        if self.at == before {
            self.skip_tree();
        }
        while !matches!(self.kind(), K::End | K::CloseBrace | K::Semicolon) && !self.token(0).first
        {
            self.skip_tree();
        }
    }

    /// The statement that begins with this word; the word itself stands at the cursor, maybe misspelt.
    fn statement_by(&mut self, word: &str) -> StatementKind {
        if word == "if" {
            return self.conditional_statement();
        }
        self.at += 1;
        match word {
            "chance" => {
                let id = self.new_name("the name of the draw");
                let offer = self.offer(&id, Takes::Draw);
                StatementKind::Chance {
                    id,
                    options: offer.options,
                    sight: offer.sight,
                }
            }
            "assume" => {
                if !words::is_chooses(self.word(1)) {
                    self.expected("an actor and what it `chooses`");
                    return StatementKind::Error;
                }
                self.choose(true)
            }
            "bargain" => self.bargain(),
            "together" => StatementKind::Together(self.block("of `together`")),
            "show" => {
                let id = self.name("the name of a choice or draw");
                self.expect_word("to", "`to` and the actors who learn of it");
                let to = self.names("an actor");
                StatementKind::Show { id, to }
            }
            "repeat" => self.repeat(),
            "gain" => self.gain(),
            "set" => self.set(),
            "do" => StatementKind::Do(self.name("the name of a block")),
            _ => {
                let mut outcome = self.name("an outcome");
                if outcome.name.is_empty() {
                    outcome.span = self.behind();
                }
                StatementKind::End(outcome)
            }
        }
    }

    fn choose(&mut self, assumed: bool) -> StatementKind {
        let actor = self.name("an actor");
        self.at += 1;
        let id = self.new_name("the name of what is chosen");
        let takes = if assumed { Takes::Habit } else { Takes::Choice };
        let offer = self.offer(&id, takes);
        StatementKind::Choose {
            assumed,
            actor,
            id,
            sight: offer.sight,
            options: offer.options,
        }
    }

    fn conditional_statement(&mut self) -> StatementKind {
        let mut arms = Vec::new();
        let mut otherwise = None;
        loop {
            self.at += 1;
            let condition = self.expression();
            if self.kind() == K::Then {
                self.stray_then();
            }
            let block = self.block("after the condition");
            arms.push((condition, block));
            if matches!(self.word(0), "elif" | "elsif" | "elseif") {
                let place = self.here();
                let word = self.word(0);
                let joined =
                    Diagnostic::error("E0119", format!("`{word}` is not a word here"), place);
                self.report(joined.help("write `else if`"));
                continue;
            }
            if !self.eat(K::Else) {
                break;
            }
            if self.kind() != K::If {
                otherwise = Some(self.block("after `else`"));
                break;
            }
        }
        StatementKind::If { arms, otherwise }
    }

    pub(super) fn stray_then(&mut self) {
        let place = self.here();
        self.report(
            Diagnostic::error("E0123", "no `then` stands here", place)
                .help("`then` belongs to values: `gain us if c then 1 else 2`; here a block follows: `if c { … }`"),
        );
        self.at += 1;
    }

    fn stray_else(&mut self) -> StatementKind {
        let place = self.here();
        self.report(
            Diagnostic::error("E0119", "this `else` has no `if`", place)
                .help("`else` follows the `}` of an `if` directly"),
        );
        self.at += 1;
        if self.kind() == K::If {
            self.conditional_statement();
        } else if self.kind() == K::OpenBrace {
            self.block("after `else`");
        }
        StatementKind::Error
    }

    fn repeat(&mut self) -> StatementKind {
        let count = self.expression();
        if self.word(0) == "times" {
            let place = self.here();
            let stray = Diagnostic::error("E0123", "no `times` stands here", place);
            self.report(stray.help("write `repeat 3 { … }` or `repeat 3 as round { … }`"));
            self.at += 1;
        }
        let index = self
            .eat_word("as")
            .then(|| self.new_name("a name for the number of the round"));
        let body = self.block("of `repeat`");
        StatementKind::Repeat { count, index, body }
    }

    fn gain(&mut self) -> StatementKind {
        let mut gains = Vec::new();
        loop {
            let actor = self.name("an actor and what it gains");
            if self.kind() == K::Assign {
                let place = self.here();
                let stray = Diagnostic::error("E0123", "no `=` stands here", place);
                self.report(stray.help("write `gain us 20, iran 25`"));
                self.at += 1;
            }
            if actor.name.is_empty() && self.stuck() {
                break;
            }
            let value = self.expression();
            gains.push((actor, value));
            if self.kind() != K::Comma || self.statement_follows(1) {
                break;
            }
            self.at += 1;
        }
        StatementKind::Gain(gains)
    }

    fn set(&mut self) -> StatementKind {
        let id = self.name("a state");
        if self.kind() == K::Equal {
            let place = self.here();
            self.report(
                Diagnostic::error("E0111", "`==` compares; `=` sets a value", place)
                    .help("write `=`"),
            );
            self.at += 1;
        } else {
            self.expect(K::Assign, "`=` and the new value");
        }
        let value = self.expression();
        StatementKind::Set { id, value }
    }

    /// A name that begins no statement: says what was probably meant and reads it as that.
    fn unknown_statement(&mut self) -> StatementKind {
        let word = self.word(0);
        let place = self.here();
        let next = self.token(1);
        if self.token(2).kind == K::Name && !next.first && words::is_chooses(self.word(1)) {
            let message = format!("`{}` is not a word here", clip(self.word(1)));
            let choose = Diagnostic::error("E0109", message, self.span_of(next));
            self.report(choose.help(format!("write `{} chooses …`", clip(word))));
            return self.choose(false);
        }
        if words::ITEMS.contains(&word) && matches!(next.kind, K::Name | K::Text) {
            let message = format!("`{word}` is a declaration");
            self.report(
                Diagnostic::error("E0117", message, place)
                    .help("declarations stand outside of `play { … }`"),
            );
            self.declaration();
            return StatementKind::Error;
        }
        if let Some(kind) = self.statement_without_word() {
            return kind;
        }
        let message = format!("no statement begins with `{}`", clip(word));
        let unknown = Diagnostic::error("E0109", message, place);
        if let Some(meant) = words::meant(word, words::STATEMENTS) {
            self.report(unknown.help(format!("did you mean `{meant}`?")));
            return self.statement_by(meant);
        }
        self.report(unknown.help(
            "statements are `ACTOR chooses`, `assume`, `bargain`, `chance`, `together`, `show`, `if`, `repeat`, `gain`, `set`, `do` and `end`",
        ));
        StatementKind::Error
    }

    /// `x = 5`, `war` and `us 20` say what they mean but for the word before them.
    fn statement_without_word(&mut self) -> Option<StatementKind> {
        let span = self.here();
        let id = Ident {
            name: self.word(0).to_owned(),
            span,
        };
        let name = clip(&id.name);
        let next = self.token(1);
        let unclear = || Diagnostic::error("E0109", format!("`{name}` begins no statement"), span);
        match next.kind {
            K::Assign => {
                self.report(unclear().help(format!("to change a state write `set {name} = …`")));
                self.at += 2;
                let value = self.expression();
                Some(StatementKind::Set { id, value })
            }
            K::CloseBrace | K::Semicolon => {
                self.report(
                    Diagnostic::error("E0124", format!("`{name}` alone says nothing"), span)
                        .help(format!("to end the play here write `end {name}`")),
                );
                self.at += 1;
                Some(StatementKind::End(id))
            }
            K::Number | K::Minus if !next.first => {
                self.report(unclear().help(format!(
                    "for payoffs write `gain {name} …`, with commas between several: `gain {name} 1, other 2`"
                )));
                Some(self.gain())
            }
            _ => None,
        }
    }
}
