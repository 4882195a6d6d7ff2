//! Issues with a numeric scale, and who wants what on them: `issue … lo .. hi` and `stakeholder`.

use super::{Parser, words};
use crate::ast::{Expr, Ident, ItemKind, Says, Text, Voice};
use crate::diagnostic::Diagnostic;
use crate::lexer::{TokenKind as K, clip};

impl Parser<'_> {
    /// Whether an issue has a scale: there is a `..` before any brace and before what may be the next declaration.
    pub(super) fn scale_follows(&self) -> bool {
        /// Tokens that are looked at; the lower end of a sensible scale is shorter.
        const FAR: usize = 300;
        (0..FAR)
            .take_while(|&ahead| {
                let token = self.token(ahead);
                let next = token.first && words::ITEMS.contains(&self.word(ahead));
                !next && !matches!(token.kind, K::End | K::OpenBrace | K::CloseBrace)
            })
            .any(|ahead| self.token(ahead).kind == K::Range)
    }

    /// `lo .. hi ["unit"] [reference e] [actual e]`, behind the name and label.
    pub(super) fn scale(&mut self, id: Ident, label: Option<Text>) -> ItemKind {
        let range = self.range();
        let unit = self.optional_text();
        let (mut reference, mut actual) = (None, None);
        loop {
            let place = self.here();
            let known = match self.word(0) {
                "reference" => &mut reference,
                "actual" => &mut actual,
                _ => break,
            };
            let twice = known.is_some();
            self.at += 1;
            *known = Some(self.sum());
            if twice {
                self.report_at(
                    place,
                    Diagnostic::error("E0123", "this is said twice", place)
                        .help("an issue has one `reference` point and one `actual` outcome"),
                );
            }
            if self.stuck() {
                break;
            }
        }
        ItemKind::Scale {
            id,
            label,
            range,
            unit,
            reference,
            actual,
        }
    }

    /// `stakeholder id ["Label"] [of actor] { … }`, behind its first word.
    pub(super) fn stakeholder(&mut self) -> ItemKind {
        let id = self.new_name("the name of a stakeholder");
        let belongs = |parser: &Self| parser.word(0) == "of";
        let label = if belongs(self) { None } else { self.label() };
        let of = belongs(self).then(|| {
            self.at += 1;
            self.name("the actor that the stakeholder belongs to")
        });
        let whose = format!("with what `{}` wants", clip(&id.name));
        let start = self.here();
        let voices = self.entries(&whose, |parser| Some(parser.voice()));
        ItemKind::Stakeholder {
            id,
            label,
            of,
            voices: voices.unwrap_or_default(),
            braces: self.since(start),
        }
    }

    /// `influence e` or `issue position e salience e`. An issue may be called `influence`, too: `position` or
    /// `salience` behind it tells.
    fn voice(&mut self) -> Voice {
        let start = self.here();
        let name = self.name("an issue or `influence`");
        self.stray_assign();
        let says = if name.name == "influence" && self.stance_word().is_none() {
            Says::Influence(self.expression())
        } else {
            self.stance()
        };
        Voice {
            name,
            says,
            source: self.optional_text(),
            span: self.since(start),
        }
    }

    /// `position` or `salience`, unless it is itself the name of an issue that has one of them behind it.
    fn stance_word(&self) -> Option<&'static str> {
        const WORDS: [&str; 2] = ["position", "salience"];
        let found = WORDS.into_iter().find(|word| *word == self.word(0))?;
        (!WORDS.contains(&self.word(1))).then_some(found)
    }

    fn stance(&mut self) -> Says {
        let (mut position, mut salience): (Option<Expr>, Option<Expr>) = (None, None);
        while let Some(word) = self.stance_word() {
            let place = self.here();
            self.at += 1;
            self.stray_assign();
            let value = Some(self.expression());
            let known = if word == "position" {
                &mut position
            } else {
                &mut salience
            };
            if known.is_some() {
                self.report_at(
                    place,
                    Diagnostic::error("E0123", format!("`{word}` is said twice"), place)
                        .help("a stakeholder has one position on an issue, and one salience"),
                );
            } else {
                *known = value;
            }
            if self.stuck() {
                break;
            }
        }
        if position.is_none() && salience.is_none() {
            self.expected("`position` and where it stands, then `salience`");
        }
        Says::Stance { position, salience }
    }
}
