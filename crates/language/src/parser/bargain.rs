//! Bargains: `bargain id ["Label"] between a, b over issue, … by RULE …`.

use super::options::Takes;
use super::{Parser, words};
use crate::ast::{Bargain, Expr, Ident, Rule, Sight, StatementKind};
use crate::diagnostic::Diagnostic;
use crate::lexer::{TokenKind as K, clip};

impl Parser<'_> {
    /// A bargain, behind its first word.
    pub(super) fn bargain(&mut self) -> StatementKind {
        let id = self.new_name("the name of the bargain");
        let label = self.optional_text();
        self.expect_word("between", "`between` and the actors who bargain");
        let parties = self.listed("an actor");
        self.expect_word("over", "`over` and the issues on the table");
        let issues = self.listed("an issue");
        if !self.expect_word("by", "`by` and how it is settled") {
            return StatementKind::Error;
        }
        let Some(rule) = self.rule() else {
            return StatementKind::Error;
        };
        let mut sight = Sight::Everyone;
        self.sight(&mut sight, Takes::Choice);
        let against = if self.eat_word("against") {
            self.against()
        } else {
            Vec::new()
        };
        self.sight(&mut sight, Takes::Choice);
        StatementKind::Bargain(Box::new(Bargain {
            id,
            label,
            parties,
            issues,
            rule,
            against,
            sight,
        }))
    }

    /// Names with commas between them; behind a comma always stands another, whatever it is called.
    fn listed(&mut self, what: &str) -> Vec<Ident> {
        let mut names = Vec::new();
        loop {
            let name = self.name(what);
            if !name.name.is_empty() {
                names.push(name);
            }
            if !self.eat(K::Comma) {
                return names;
            }
        }
    }

    /// `nash` and its like, or `offers n [among k] [discount e]`.
    fn rule(&mut self) -> Option<Rule> {
        let start = self.here();
        let word = self.word(0);
        let found = words::RULES.iter().find(|rule| **rule == word).copied();
        let rule = found.or_else(|| {
            let meant = words::meant(word, words::RULES).filter(|_| !word.is_empty());
            let unknown = self
                .expected_error("how the bargain is settled")
                .note("`by nash`, `by kalai_smorodinsky`, `by egalitarian`, `by utilitarian`, or `by offers n`");
            self.report(match meant {
                Some(meant) => unknown.help(format!("did you mean `{meant}`?")),
                None => unknown,
            });
            meant
        })?;
        self.at += 1;
        if rule != "offers" {
            return Some(Rule::Solution(Ident {
                name: rule.to_owned(),
                span: start,
            }));
        }
        let rounds = self.sum();
        let (mut among, mut discount) = (None, None);
        loop {
            let word = self.word(0);
            let part: &mut Option<Expr> = match word {
                "among" => &mut among,
                "discount" => &mut discount,
                _ => break,
            };
            if part.is_some() {
                let place = self.here();
                let twice =
                    Diagnostic::error("E0123", format!("`{}` is said twice", clip(word)), place);
                self.report(twice.help("say it once"));
                break;
            }
            self.at += 1;
            *part = Some(self.sum());
        }
        Some(Rule::Offers {
            rounds,
            among,
            discount,
        })
    }

    /// `a e, b e` behind `against`.
    fn against(&mut self) -> Vec<(Ident, Expr)> {
        let mut against = Vec::new();
        loop {
            let actor = self.name("an actor and what it has without agreement");
            if actor.name.is_empty() && self.stuck() {
                return against;
            }
            let value = self.expression();
            against.push((actor, value));
            if self.kind() != K::Comma || self.statement_follows(1) {
                return against;
            }
            self.at += 1;
        }
    }
}
