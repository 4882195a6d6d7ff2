//! What an actor makes of agreements: `value`, and `ratifier` for those who must consent at home.

use super::Parser;
use crate::ast::{Expr, Ident, IssueValue, ItemKind};
use crate::diagnostic::Diagnostic;
use crate::lexer::{TokenKind as K, clip};

/// What stands in `value actor { … }`.
enum Preference {
    Issue(IssueValue),
    Fallback(Expr),
}

impl Parser<'_> {
    /// `value actor { … }`, behind its first word.
    pub(super) fn value(&mut self) -> ItemKind {
        let actor = self.name("an actor");
        let (issues, fallback) = self.preferences(&actor);
        ItemKind::Value {
            actor,
            issues,
            fallback,
        }
    }

    /// `ratifier actor of actor [{ … }]`, behind its first word.
    pub(super) fn ratifier(&mut self) -> ItemKind {
        let actor = self.name("an actor that must consent");
        self.expect_word("of", "`of` and the actor that negotiates");
        let of = self.name("the actor that negotiates");
        let braced = self.kind() == K::OpenBrace;
        let preferences = braced.then(|| self.preferences(&actor));
        ItemKind::Ratifier {
            actor,
            of,
            preferences,
        }
    }

    /// The braces with what an actor makes of the issues.
    fn preferences(&mut self, actor: &Ident) -> (Vec<IssueValue>, Option<Expr>) {
        let whose = format!("with the preferences of `{}`", clip(&actor.name));
        let parts = self.entries(&whose, |parser| Some(parser.preference()));
        let (mut issues, mut fallback) = (Vec::new(), None);
        for part in parts.unwrap_or_default() {
            match part {
                Preference::Issue(issue) => issues.push(issue),
                Preference::Fallback(value) if fallback.is_none() => fallback = Some(value),
                Preference::Fallback(value) => self.report_at(
                    value.span,
                    Diagnostic::error("E0123", "`fallback` is said twice", value.span)
                        .help("an actor has one value without agreement"),
                ),
            }
        }
        (issues, fallback)
    }

    /// `issue weight { option score, … }` or `fallback e`. An issue may be called `fallback`, too: the brace
    /// tells.
    fn preference(&mut self) -> Preference {
        let start = self.here();
        let issue = self.name("an issue or `fallback`");
        self.stray_assign();
        let weight = self.expression();
        if issue.name == "fallback" && self.kind() != K::OpenBrace {
            return Preference::Fallback(weight);
        }
        let whose = format!("with the scores of `{}`", clip(&issue.name));
        let scores = self.entries(&whose, |parser| {
            let option = parser.name("an option");
            parser.stray_assign();
            Some((option, parser.expression()))
        });
        Preference::Issue(IssueValue {
            issue,
            weight,
            scores: scores.unwrap_or_default(),
            span: self.since(start),
        })
    }
}
