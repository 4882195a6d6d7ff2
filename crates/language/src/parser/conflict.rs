//! The graph of a conflict: options, situations, what cannot be, who prefers what and sees what, which states last.

use super::Parser;
use crate::ast::{
    Condition, ConflictOption, Expr, Ident, Item, ItemKind, Once, Perceives, Prefers, Ruled,
    Situation, Stable, Than, Wanted, When, Wish,
};
use crate::diagnostic::Diagnostic;
use crate::lexer::{TokenKind as K, clip};

impl Parser<'_> {
    /// `option id ["Label"] of actor …`, behind its first word.
    pub(super) fn conflict_option(&mut self) -> ConflictOption {
        let id = self.new_name("the name of an option");
        let belongs = |parser: &Self| parser.word(0) == "of";
        let label = if belongs(self) { None } else { self.label() };
        let owner = if self.expect_word("of", "`of` and the actor whose option it is") {
            self.name("the actor whose option it is")
        } else {
            self.nobody()
        };
        let mut option = ConflictOption {
            id,
            label,
            owner,
            once: None,
            doing: None,
            undoing: None,
            source: None,
        };
        loop {
            let place = self.here();
            let twice = match self.word(0) {
                "irreversible" | "unrepeatable" => {
                    let once = match self.word(0) {
                        "irreversible" => Once::Irreversible,
                        _ => Once::Unrepeatable,
                    };
                    self.at += 1;
                    option.once.replace((once, place)).is_some()
                }
                word @ ("doing" | "undoing") => {
                    self.at += 1;
                    let words = Some(self.quoted("words for it in quotes, as after \"by\""));
                    let known = match word {
                        "doing" => &mut option.doing,
                        _ => &mut option.undoing,
                    };
                    std::mem::replace(known, words).is_some()
                }
                _ => break,
            };
            if twice {
                self.report_at(
                    place,
                    Diagnostic::error("E0123", "this is said twice", place).help(
                        "write `option id \"Label\" of actor irreversible doing \"…\" undoing \"…\" \"source\"`, each once",
                    ),
                );
            }
            if self.stuck() {
                break;
            }
        }
        option.source = self.optional_text();
        option
    }

    /// A name where none was written.
    fn nobody(&self) -> Ident {
        Ident {
            name: String::new(),
            span: self.missing().span,
        }
    }

    /// `situation id ["Label"] { … }` or `today [id] ["Label"] { … }`; the word itself was just read.
    pub(super) fn situation(&mut self, is_today: bool) -> Situation {
        let today = is_today.then(|| self.behind());
        let unnamed = is_today && self.kind() != K::Name;
        let id = (!unnamed).then(|| self.new_name("the name of a situation"));
        let label = self.label();
        let start = self.here();
        let options = self.entries("with the options that are chosen", |parser| {
            let option = parser.name("an option");
            Some((option, parser.optional_text()))
        });
        Situation {
            id,
            label,
            today,
            options: options.unwrap_or_default(),
            braces: self.since(start),
        }
    }

    /// `condition ["why"]`
    pub(super) fn ruled(&mut self) -> Ruled {
        Ruled {
            condition: self.condition(),
            why: self.optional_text(),
        }
    }

    fn condition(&mut self) -> Condition {
        let start = self.here();
        let holds = self.expression();
        self.condition_of(holds, start)
    }

    /// The rest of a condition whose first half was read.
    fn condition_of(&mut self, holds: Expr, start: crate::span::Span) -> Condition {
        let when = if self.eat(K::If) {
            Some(When::If)
        } else {
            self.eat_word("iff").then_some(When::Iff)
        };
        Condition {
            holds,
            when: when.map(|when| (when, self.expression())),
            span: self.since(start),
        }
    }

    /// `prefers actor [by rank] { … }`, behind its first word.
    pub(super) fn prefers(&mut self) -> Prefers {
        let actor = self.name("the actor whose preferences these are");
        let form = self.eat_word("by").then(|| self.name("`rank`"));
        let whose = format!(
            "with what `{}` prefers, what matters most first",
            clip(&actor.name)
        );
        let start = self.here();
        let wishes = self.lines(&whose, |parser| Some(parser.wish()));
        Prefers {
            actor,
            form,
            wishes: wishes.unwrap_or_default(),
            braces: self.since(start),
        }
    }

    /// Whether the token behind this one goes on with what this word marks.
    fn marks(&self) -> bool {
        let next = self.token(1);
        let begins = matches!(
            next.kind,
            K::Name | K::Not | K::OpenParen | K::True | K::False
        );
        begins && !next.first && !["iff", "over", "like"].contains(&self.word(1))
    }

    fn wish(&mut self) -> Wish {
        let start = self.here();
        let marked = ["strongly", "unknown"].contains(&self.word(0)) && self.marks();
        let mark = marked.then(|| self.name("a mark"));
        let weighed = self.word(0) == "weight"
            && !self.token(1).first
            && (self.marks() || matches!(self.token(1).kind, K::Number | K::Minus));
        let says = if weighed {
            self.at += 1;
            let number = self.sum();
            let when = self.eat(K::If).then(|| self.expression());
            Wanted::Weighs(number, when)
        } else {
            let first = self.here();
            let holds = self.expression();
            let than = match self.word(0) {
                "over" => Some(Than::Over),
                "like" => Some(Than::Like),
                _ => None,
            };
            match than {
                Some(than) => {
                    self.at += 1;
                    Wanted::Pair(holds, than, self.expression())
                }
                None => Wanted::Holds(self.condition_of(holds, first)),
            }
        };
        Wish {
            mark,
            says,
            source: self.optional_text(),
            span: self.since(start),
        }
    }

    /// `perceives actor { … }`, behind its first word.
    pub(super) fn perceives(&mut self) -> Perceives {
        let actor = self.name("the actor who sees the conflict so");
        let whose = format!("with what `{}` takes for true", clip(&actor.name));
        let start = self.here();
        let items = self.entries(&whose, Self::perceived);
        Perceives {
            actor,
            items: items.unwrap_or_default(),
            braces: self.since(start),
        }
    }

    fn perceived(&mut self) -> Option<Item> {
        let start = self.here();
        let word = self.word(0);
        if !["option", "prefers", "infeasible", "overlooks", "unseen"].contains(&word) {
            let message = format!(
                "expected what the actor takes for true, found {}",
                self.found()
            );
            let known =
                "write `option`, `prefers`, `infeasible`, `overlooks` or `unseen` in these braces";
            self.report(Diagnostic::error("E0107", message, start).help(known));
            return None;
        }
        self.at += 1;
        let kind = match word {
            "option" => ItemKind::ConflictOption(self.conflict_option()),
            "prefers" => ItemKind::Prefers(self.prefers()),
            "infeasible" => ItemKind::Infeasible(self.ruled()),
            "overlooks" => ItemKind::Overlooks(self.ruled()),
            _ => ItemKind::Unseen(self.names("an option that the actor does not see")),
        };
        let span = self.since(start);
        Some(Item { kind, span })
    }

    /// Whether an `expect` asks about stability: `stable` or `unstable` with a condition behind it.
    pub(super) fn stability_follows(&self) -> bool {
        let next = self.token(1);
        ["stable", "unstable"].contains(&self.word(0)) && matches!(next.kind, K::Name | K::Not)
    }

    /// `stable condition [for actor] by concept, … [with actor, …] ["why"]`
    pub(super) fn stable(&mut self) -> Stable {
        let stable = self.word(0) == "stable";
        self.at += 1;
        let states = self.expression();
        let actor = self.eat_word("for").then(|| self.name("an actor"));
        let mut concepts = Vec::new();
        if self.expect_word(
            "by",
            "`by` and a concept of stability, such as `sequential`",
        ) {
            loop {
                let concept = self.name("a concept of stability");
                let ahead = self.kind() == K::Number;
                concepts.push((concept, ahead.then(|| self.sum())));
                if self.stuck() || !self.eat(K::Comma) {
                    break;
                }
            }
        }
        let allies = if self.eat_word("with") {
            self.names("an actor that acts with others")
        } else {
            Vec::new()
        };
        Stable {
            stable,
            states,
            actor,
            concepts,
            allies,
            why: self.optional_text(),
        }
    }
}
