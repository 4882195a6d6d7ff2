//! The declarations of a file.

use super::{Parser, words};
use crate::ast::{Expr, Ident, ItemKind, Text};
use crate::diagnostic::Diagnostic;
use crate::lexer::{TokenKind as K, clip};

impl Parser<'_> {
    /// One declaration. Anything else is reported and read as what was probably meant.
    pub(super) fn declaration(&mut self) -> ItemKind {
        self.deep = false;
        let place = self.here();
        if self.kind() == K::CloseBrace {
            self.report(
                Diagnostic::error("E0114", "this `}` closes nothing", place)
                    .help("remove it, or look for a `}` too many above"),
            );
            self.at += 1;
            return ItemKind::Error;
        }
        if self.statement_follows(0) || self.kind() == K::Else {
            return self.stray_statements();
        }
        if self.kind() != K::Name {
            self.expected("a declaration such as `actor`, `param` or `play`");
            return ItemKind::Error;
        }
        let word = self.word(0);
        if words::ITEMS.contains(&word) {
            return self.declaration_by(word);
        }
        let message = format!("no declaration begins with `{}`", clip(word));
        let unknown = Diagnostic::error("E0108", message, place);
        let Some(meant) = words::meant(word, words::ITEMS) else {
            self.report(unknown.help(
                "declarations begin with `scenario`, `actor`, `param`, `let`, `outcome`, `play`, `ask`, `expect` …",
            ));
            return ItemKind::Error;
        };
        self.report(unknown.help(format!("did you mean `{meant}`?")));
        self.declaration_by(meant)
    }

    /// Statements where declarations stand, as after a `}` too many: one error for all of them.
    fn stray_statements(&mut self) -> ItemKind {
        let place = self.here();
        self.report(
            Diagnostic::error("E0117", "a statement stands outside of `play`", place)
                .help("what happens stands inside `play { … }`; look for a `}` too many above"),
        );
        while self.statement_follows(0) || self.kind() == K::Else {
            let before = self.at;
            if self.kind() == K::Else {
                self.at += 1;
                if self.kind() == K::OpenBrace {
                    self.block("after `else`");
                }
            } else {
                self.statement();
            }
            if self.stuck() || self.at == before {
                break;
            }
            while self.eat(K::Semicolon) {}
        }
        ItemKind::Error
    }

    /// The declaration that begins with this word; the word itself stands at the cursor, maybe misspelt.
    fn declaration_by(&mut self, word: &str) -> ItemKind {
        self.at += 1;
        match word {
            "scenario" => ItemKind::Scenario(self.quoted("the scenario's title in quotes")),
            "source" => ItemKind::Source(self.quoted("the source in quotes")),
            "note" => ItemKind::Note(self.quoted("the note in quotes")),
            "as_of" => ItemKind::AsOf(self.quoted("a date in quotes")),
            "use" => ItemKind::Use(self.quoted("the path of a file in quotes")),
            "happened" => self.happened(),
            "actor" => {
                let id = self.new_name("the name of an actor");
                let styled = |parser: &Self| parser.word(0) == "style" && !parser.token(0).first;
                let label = if styled(self) { None } else { self.label() };
                let style = styled(self).then(|| {
                    self.at += 1;
                    self.name("a style of bargaining")
                });
                ItemKind::Actor { id, label, style }
            }
            "outcome" => {
                let id = self.new_name("the name of an outcome");
                let label = self.label();
                let gains = if self.kind() == K::OpenBrace {
                    let whose = format!("with the payoffs of `{}`", clip(&id.name));
                    self.entries(&whose, |parser| {
                        let actor = parser.name("an actor");
                        parser.stray_assign();
                        Some((actor, parser.expression()))
                    })
                } else {
                    None
                };
                ItemKind::Outcome {
                    id,
                    label,
                    gains: gains.unwrap_or_default(),
                }
            }
            "param" => self.parameter(),
            "correlation" => self.correlation(),
            "let" => self.let_(),
            "state" => {
                let id = self.new_name("the name of a state");
                let label = self.label();
                self.assign("`=` and the first value");
                let value = self.expression();
                ItemKind::State { id, label, value }
            }
            "fn" => self.function(),
            "table" => self.table(),
            "issue" => self.issue(),
            "value" => self.value(),
            "ratifier" => self.ratifier(),
            "package" => self.package(),
            "stakeholder" => self.stakeholder(),
            "lens" => self.lens(),
            "option" => ItemKind::ConflictOption(self.conflict_option()),
            "situation" => ItemKind::Situation(self.situation(false)),
            "today" => ItemKind::Situation(self.situation(true)),
            "infeasible" => ItemKind::Infeasible(self.ruled()),
            "prefers" => ItemKind::Prefers(self.prefers()),
            "perceives" => ItemKind::Perceives(self.perceives()),
            "ask" => self.ask(),
            "expect" if self.stability_follows() => ItemKind::Stable(self.stable()),
            "expect" => self.expectation(),
            "compare" => self.base_rate(),
            "block" => {
                let id = self.new_name("the name of a block");
                let label = self.label();
                let body = self.block(&format!("of block `{}`", clip(&id.name)));
                ItemKind::Block { id, label, body }
            }
            _ => ItemKind::Play(self.block("of `play`")),
        }
    }

    /// An optional label. A word that begins no declaration is taken for a label without quotes.
    pub(super) fn label(&mut self) -> Option<Text> {
        if self.kind() == K::Name && !self.token(0).first && !words::ITEMS.contains(&self.word(0)) {
            return Some(self.quoted("a label in quotes"));
        }
        self.optional_text()
    }

    fn assign(&mut self, what: &str) {
        if self.kind() == K::Equal {
            let place = self.here();
            self.report(
                Diagnostic::error("E0111", "`==` compares; `=` sets a value", place)
                    .help("write `=`"),
            );
            self.at += 1;
        } else {
            self.expect(K::Assign, what);
        }
    }

    fn happened(&mut self) -> ItemKind {
        let outcome = self.name("the outcome that came true");
        self.expect_word("on", "`on` and the date in quotes");
        ItemKind::Happened {
            outcome,
            date: self.quoted("a date in quotes"),
            words: self.optional_text(),
        }
    }

    fn parameter(&mut self) -> ItemKind {
        let id = self.new_name("the name of a number");
        self.assign("`=` and the best guess");
        let value = self.expression();
        let (mut range, mut step, mut distribution, mut source) = (None, None, None, None);
        loop {
            let place = self.here();
            let twice = match self.kind() {
                K::In => {
                    self.at += 1;
                    range.replace(self.range()).is_some()
                        || distribution.is_some()
                        || source.is_some()
                }
                K::Name if self.word(0) == "step" => {
                    self.at += 1;
                    let early = range.is_none();
                    step.replace(self.sum()).is_some()
                        || early
                        || distribution.is_some()
                        || source.is_some()
                }
                K::Tilde => {
                    self.at += 1;
                    distribution.replace(self.distribution()).is_some() || source.is_some()
                }
                K::Text => std::mem::replace(&mut source, self.optional_text()).is_some(),
                _ => break,
            };
            if twice {
                self.report_at(
                    place,
                    Diagnostic::error(
                        "E0123",
                        "the parts of a `param` stand in another order",
                        place,
                    )
                    .help("write `param name = value in lo .. hi step s ~ dist(…) \"source\"`, each once"),
                );
            }
            if self.stuck() {
                break;
            }
        }
        ItemKind::Param {
            id,
            value,
            range,
            step,
            distribution,
            source,
        }
    }

    fn correlation(&mut self) -> ItemKind {
        let a = self.name("a `param`");
        self.expect(K::Comma, "`,` and another `param`");
        let b = self.name("another `param`");
        self.assign("`=` and the rank correlation");
        let rank = self.expression();
        ItemKind::Correlation { a, b, rank }
    }

    fn distribution(&mut self) -> (Ident, Vec<Expr>) {
        let name = self.name("a distribution such as `triangular(20)`");
        let mut arguments = Vec::new();
        let open = self.here();
        if self.eat(K::OpenParen) {
            while !matches!(self.kind(), K::CloseParen | K::End) {
                arguments.push(self.expression());
                if !self.eat(K::Comma) {
                    break;
                }
            }
            self.close(K::CloseParen, open, "of the distribution");
        }
        (name, arguments)
    }

    fn let_(&mut self) -> ItemKind {
        let id = self.new_name("the name of a number");
        self.assign("`=` and the value");
        let value = self.expression();
        if matches!(self.kind(), K::In | K::Tilde | K::Text) {
            let place = self.here();
            self.report(
                Diagnostic::error(
                    "E0107",
                    "only a `param` has a range, a distribution or a source",
                    place,
                )
                .help(format!("write `param {} = …`", clip(&id.name))),
            );
        }
        ItemKind::Let { id, value }
    }

    fn function(&mut self) -> ItemKind {
        let id = self.new_name("the name of a formula");
        let open = self.here();
        let mut arguments = Vec::new();
        if self.expect(K::OpenParen, "`(` and the names of the arguments") {
            while !matches!(self.kind(), K::CloseParen | K::End) {
                arguments.push(self.name("the name of an argument"));
                if !self.eat(K::Comma) {
                    break;
                }
            }
            self.close(K::CloseParen, open, "of the arguments");
        }
        self.assign("`=` and the formula");
        let body = self.expression();
        ItemKind::Function {
            id,
            arguments,
            body,
        }
    }

    fn issue(&mut self) -> ItemKind {
        let id = self.new_name("the name of an issue");
        if self.scale_follows() {
            let label = self.optional_text();
            return self.scale(id, label);
        }
        let label = self.label();
        let whose = format!("with the options of `{}`", clip(&id.name));
        let options = self.entries(&whose, |parser| {
            let option = parser.new_name("the name of an option");
            Some((option, parser.optional_text()))
        });
        ItemKind::Issue {
            id,
            label,
            options: options.unwrap_or_default(),
        }
    }

    fn package(&mut self) -> ItemKind {
        let id = self.new_name("the name of a package");
        let label = self.label();
        let whose = format!("with the issues of package `{}`", clip(&id.name));
        let choices = self.entries(&whose, |parser| {
            let issue = parser.name("an issue");
            parser.stray_assign();
            let option = parser.name("the agreed option of the issue");
            Some((issue, option))
        });
        ItemKind::Package {
            id,
            label,
            choices: choices.unwrap_or_default(),
        }
    }

    pub(super) fn stray_assign(&mut self) {
        if self.kind() == K::Assign {
            let place = self.here();
            let stray = Diagnostic::error("E0123", "no `=` stands here", place);
            self.report(stray.help("the two simply follow each other"));
            self.at += 1;
        }
    }

    fn ask(&mut self) -> ItemKind {
        let question = match self.optional_text() {
            Some(question) => question,
            None => {
                let missing = self
                    .expected_error("the question in quotes")
                    .help("write `ask \"Does war come?\" p(war)`");
                self.report(missing);
                Text {
                    value: String::new(),
                    span: self.missing().span,
                }
            }
        };
        let query = self.expression();
        ItemKind::Ask { question, query }
    }

    fn expectation(&mut self) -> ItemKind {
        let left = self.sum();
        let compare = self.comparison();
        if compare.is_none() {
            let missing = Diagnostic::error(
                "E0122",
                format!("expected a comparison, found {}", self.found()),
                self.here(),
            );
            self.report(missing.help(
                "an `expect` compares a query with a number: `expect p(war) < 5 %`; for a range write two",
            ));
            return ItemKind::Error;
        }
        self.comparison_sign();
        let right = self.sum();
        if self.comparison().is_some() || matches!(self.kind(), K::And | K::Or | K::In) {
            let message = format!("an `expect` holds one comparison, found {}", self.found());
            let several = Diagnostic::error("E0122", message, self.here());
            self.report(several.help("write one `expect` for each"));
        }
        let within = self.eat_word("within").then(|| self.sum());
        let when = self.eat(K::If).then(|| self.expression());
        ItemKind::Expect {
            left,
            compare: compare.unwrap_or(crate::ast::Compare::Equal),
            right,
            within,
            when,
            why: self.optional_text(),
        }
    }

    fn base_rate(&mut self) -> ItemKind {
        let query = self.expression();
        self.expect_word("with", "`with` and the base rate");
        let rate = self.sum();
        let range = self.eat(K::In).then(|| self.range());
        ItemKind::BaseRate {
            query,
            rate,
            range,
            source: self.optional_text(),
        }
    }
}
