//! Options of decisions and draws, and who sees them.

use super::Parser;
use super::entries::Open;
use crate::ast::{Block, Expr, Ident, OptionItem, Options, Sight};
use crate::diagnostic::Diagnostic;
use crate::lexer::{TokenKind as K, clip};
use crate::span::Span;

/// What a `chooses` or `chance` says after its name.
pub(super) struct Offer {
    pub options: Options,
    pub sight: Sight,
}

/// What options are for.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Takes {
    /// A decision.
    Choice,
    /// A decision that is taken with given probabilities.
    Habit,
    /// A draw.
    Draw,
}

impl Parser<'_> {
    /// Options and who sees them, in whatever order they are written.
    pub(super) fn offer(&mut self, id: &Ident, takes: Takes) -> Offer {
        let mut sight = Sight::Everyone;
        let draw = takes != Takes::Choice;
        self.sight(&mut sight, takes);
        let options = if self.kind() == K::In {
            self.grid(&mut sight, takes)
        } else {
            let start = self.here();
            let whose = format!("with the options of `{}`", clip(&id.name));
            let list = self.entries(&whose, |parser| Some(parser.option(draw)));
            Options::Listed(list.unwrap_or_default(), self.since(start))
        };
        self.sight(&mut sight, takes);
        Offer { options, sight }
    }

    /// `secretly`, `seen by a, b` or `seen by nobody`, where it is said here.
    pub(super) fn sight(&mut self, sight: &mut Sight, takes: Takes) {
        let start = self.here();
        let found = if self.word(0) == "secretly" && self.word(1) != "chooses" {
            self.at += 1;
            if takes == Takes::Draw {
                self.at -= 1;
                self.report(
                    Diagnostic::error(
                        "E0121",
                        "nobody makes a draw, so nobody makes it secretly",
                        start,
                    )
                    .help("write `seen by nobody`, or name those who see it: `seen by a, b`"),
                );
                self.at += 1;
                Sight::Nobody(start)
            } else {
                Sight::Secretly(start)
            }
        } else if self.word(0) == "seen" && self.word(1) == "by" {
            self.at += 2;
            let names = self.names("an actor or `nobody`");
            let span = self.since(start);
            match names.as_slice() {
                [only] if only.name == "nobody" => Sight::Nobody(span),
                _ => Sight::SeenBy(names, span),
            }
        } else {
            return;
        };
        if !matches!(sight, Sight::Everyone) {
            let place = self.since(start);
            self.report_at(
                place,
                Diagnostic::error("E0121", "who sees this was already said", place)
                    .help("say it once: `secretly`, `seen by a, b` or `seen by nobody`"),
            );
        }
        *sight = found;
    }

    /// Reports at a place that is already behind.
    pub(super) fn report_at(&mut self, place: Span, mut diagnostic: Diagnostic) {
        diagnostic.primary.0 = place;
        self.sink.push(diagnostic);
    }

    /// Names with commas between them.
    pub(super) fn names(&mut self, what: &str) -> Vec<Ident> {
        let mut names = Vec::new();
        loop {
            let name = self.name(what);
            if !name.name.is_empty() {
                names.push(name);
            }
            if self.kind() != K::Comma || self.statement_follows(1) {
                return names;
            }
            self.at += 1;
        }
    }

    /// `in lo .. hi step s [weight w] [if guard] [{ block }]`, weight and guard on the line of what is before.
    fn grid(&mut self, sight: &mut Sight, takes: Takes) -> Options {
        let start = self.here();
        self.at += 1;
        let (from, to) = self.range();
        let step = if self.eat_word("step") {
            self.sum()
        } else {
            let missing = self
                .expected_error("`step`")
                .help("a range of options needs its step: `in 0 .. 10 step 1`");
            self.report(missing);
            self.missing()
        };
        self.sight(sight, takes);
        let weight = self.weight(takes != Takes::Choice, |parser| parser.sum());
        self.sight(sight, takes);
        // On a new line, `if` begins the next statement.
        let guarded = !self.token(0).first && self.eat(K::If);
        let guard = guarded.then(|| self.guard());
        self.sight(sight, takes);
        let block = (self.kind() == K::OpenBrace).then(|| self.block("of the options"));
        Options::Grid {
            from,
            to,
            step,
            weight,
            guard,
            block,
            span: self.since(start),
        }
    }

    /// `lo .. hi`
    pub(super) fn range(&mut self) -> (Expr, Expr) {
        let from = self.sum();
        if !self.eat(K::Range) {
            let mut missing = self
                .expected_error("`..` and the upper end of the range")
                .help("a range is written `lo .. hi`");
            if self.kind() == K::Comma || self.word(0) == "to" {
                missing = missing.label("write `..` instead");
                self.report(missing);
                self.at += 1;
            } else {
                self.report(missing);
                return (from, self.missing());
            }
        }
        let to = self.sum();
        (from, to)
    }

    /// `weight w`, where it stands here, on the line of what is before. A name alone is no weight: a number may
    /// be called `weight`, too.
    fn weight(&mut self, draw: bool, read: impl FnOnce(&mut Self) -> Expr) -> Option<Expr> {
        let start = self.here();
        let next = self.token(1);
        let follows = match next.kind {
            K::Number | K::OpenParen | K::If => true,
            K::Name | K::BadNumber => !next.first,
            _ => false,
        };
        if self.word(0) != "weight" || self.token(0).first || !follows {
            return None;
        }
        self.at += 1;
        let weight = read(self);
        if !draw {
            let place = self.since(start);
            let actor_decides =
                Diagnostic::error("E0118", "an option of a decision has a weight", place);
            self.report_at(
                place,
                actor_decides.help(
                    "how likely a decision is follows from the equilibrium; for a draw write `chance`, for fixed behaviour `assume ACTOR chooses`",
                ),
            );
            return None;
        }
        Some(weight)
    }

    /// A guard after its `if`.
    fn guard(&mut self) -> Expr {
        let guard = self.expression();
        if self.kind() == K::Then {
            self.stray_then();
        }
        guard
    }

    /// One option: `id ["Label"] [probability | weight w] [if guard] [{ block }]`.
    fn option(&mut self, draw: bool) -> OptionItem {
        let start = self.here();
        let id = self.new_name("the name of an option");
        let label = self.optional_text();
        let (mut probability, mut guard) = (None, None);
        let probable = self.here();
        let mut assigned = false;
        let weight = self.weight(draw, Parser::expression);
        let weighted = weight.is_some();
        if let Some(weight) = weight {
            probability = Some(weight);
        } else if self.eat(K::If) {
            match self.guard_or_conditional(probable) {
                Ok(condition) => guard = Some(condition),
                Err(conditional) => probability = Some(conditional),
            }
        } else {
            assigned = self.kind() == K::Assign;
            if assigned {
                let stray = Diagnostic::error("E0123", "no `=` stands here", probable)
                    .help("what belongs to an option simply follows its name");
                self.report(stray);
                self.at += 1;
            }
            if self.probability_follows(draw) {
                probability = Some(self.expression());
            }
        }
        if !draw && probability.take().is_some() && !assigned {
            let place = self.since(probable);
            let actor_decides = Diagnostic::error(
                "E0118",
                format!(
                    "option `{}` of a decision has a probability",
                    clip(&id.name)
                ),
                place,
            );
            self.report_at(
                place,
                actor_decides.help(
                    "how likely a decision is follows from the equilibrium; for a draw write `chance`, for fixed behaviour `assume ACTOR chooses`",
                ),
            );
        }
        if guard.is_none() && self.eat(K::If) {
            guard = Some(self.guard());
        }
        let block = (self.kind() == K::OpenBrace)
            .then(|| self.block(&format!("of option `{}`", clip(&id.name))));
        OptionItem {
            id,
            label,
            probability,
            weighted,
            guard,
            block,
            span: self.since(start),
        }
    }

    /// Whether a probability stands here. A name on the next line is the next option.
    fn probability_follows(&self, draw: bool) -> bool {
        match self.kind() {
            K::Number | K::OpenParen | K::Minus | K::True | K::False | K::Not => true,
            K::Name | K::BadNumber => draw && !self.token(0).first,
            _ => false,
        }
    }

    /// `{ statements }`. `whose` says what the block belongs to.
    pub(super) fn block(&mut self, whose: &str) -> Block {
        let start = self.here();
        if self.blocks >= super::BLOCK_DEPTH && self.kind() == K::OpenBrace {
            self.report(
                Diagnostic::error(
                    "E0110",
                    format!("blocks are nested more than {} deep", super::BLOCK_DEPTH),
                    start,
                )
                .help("write what repeats as `repeat`, and let later statements ask `if` what was chosen"),
            );
            self.skip_tree();
            return Block {
                statements: Vec::new(),
                span: self.since(start),
            };
        }
        self.blocks += 1;
        let mut statements = Vec::new();
        if let Some(open) = self.open(whose) {
            self.statements(&open, &mut statements);
            self.close_entries(&open, whose);
        }
        self.blocks -= 1;
        Block {
            statements,
            span: self.since(start),
        }
    }

    fn statements(&mut self, open: &Open, statements: &mut Vec<crate::ast::Statement>) {
        loop {
            while self.eat(K::Semicolon) {}
            if self.entries_end(open) {
                return;
            }
            let before = self.at;
            let statement = self.statement();
            statements.push(statement);
            if self.stuck() || self.at == before {
                self.next_statement(before);
            }
            if self.kind() == K::Comma {
                let place = self.here();
                let stray = Diagnostic::error("E0123", "a comma stands between statements", place);
                self.report(stray.help("write `;` or begin a new line"));
                self.at += 1;
            }
        }
    }
}
