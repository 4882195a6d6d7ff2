//! `lens`: what something is through another lens.

use super::Parser;
use crate::ast::{ItemKind, LensSays};
use crate::lexer::{TokenKind as K, clip};

impl Parser<'_> {
    /// `lens id if e`, `lens id as e` or `lens id as issue { option e, … }`, behind its first word.
    pub(super) fn lens(&mut self) -> ItemKind {
        let id = self.name("a variable, an option, or an issue with a scale");
        if self.eat(K::If) {
            let says = LensSays::If(self.expression());
            return ItemKind::Lens { id, says };
        }
        if self.word(0) != "as" {
            self.expected("`if` and when it is agreed, or `as` and what it means");
            let says = LensSays::Nothing;
            return ItemKind::Lens { id, says };
        }
        self.at += 1;
        let says = if self.kind() == K::Name && self.token(1).kind == K::OpenBrace {
            let issue = self.name("an issue");
            let whose = format!("with the levels of `{}`", clip(&issue.name));
            let levels = self.entries(&whose, |parser| {
                let option = parser.name("an option");
                parser.stray_assign();
                Some((option, parser.expression()))
            });
            LensSays::Levels {
                issue,
                levels: levels.unwrap_or_default(),
            }
        } else {
            LensSays::As(self.expression())
        };
        ItemKind::Lens { id, says }
    }
}
