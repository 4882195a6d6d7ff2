//! What can be written at a place: names, options of the variable at hand, words of the language where they fit.

mod names;

use detente_language::analysis::{Analysis, Meaning, Values};
use detente_language::scenario::Kind;
use detente_language::span::Span;
use detente_language::tokens::{
    CONCEPTS, DISTRIBUTIONS, ITEMS, RULES, STATEMENTS, STYLES, Token, TokenKind as K,
};

use crate::context::{Context, Frame, operand_end};

/// One thing that can be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// The word.
    pub label: String,
    /// What it is.
    pub kind: CompletionKind,
    /// A line about it: its label, its value, or how it is written.
    pub detail: String,
    /// What it stands for, if it is a name of the scenario.
    pub meaning: Option<Meaning>,
}

/// What a completion is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CompletionKind {
    /// A word of the language.
    Word,
    /// A constant: a `param` or `let`.
    Number,
    /// What changes along the path: a choice, draw, state, index or argument.
    Variable,
    /// A formula or function: arguments in parentheses follow.
    Function,
    /// An option, outcome or package.
    Option,
    /// An actor.
    Actor,
    /// An issue.
    Issue,
}

/// What can be written at a byte of the text, and the stretch that it replaces.
#[must_use]
pub fn complete(analysis: &Analysis, byte: u32) -> (Span, Vec<Completion>) {
    let text = analysis.sources.file(0).map_or("", |file| file.text());
    let byte = crate::floor(text, byte);
    let nothing = Span {
        file: 0,
        start: byte,
        end: byte,
    };
    let Some(context) = Context::new(text, byte) else {
        return (nothing, Vec::new());
    };
    let replaced = Span {
        file: 0,
        start: context.word.0,
        end: context.word.1,
    };
    let mut offer = Offer {
        analysis,
        values: analysis.values(),
        context: &context,
        list: Vec::new(),
    };
    offer.place();
    let mut seen = std::collections::HashSet::new();
    offer.list.retain(|c| seen.insert(c.label.clone()));
    (replaced, offer.list)
}

struct Offer<'a> {
    analysis: &'a Analysis,
    values: Option<Values<'a>>,
    context: &'a Context<'a>,
    list: Vec<Completion>,
}

impl Offer<'_> {
    fn place(&mut self) {
        let context = self.context;
        let statement = context.statement();
        let frame = context.innermost().frame.clone();
        match frame {
            Frame::File if statement.is_empty() => self.words(ITEMS),
            Frame::File => self.in_declaration(statement),
            Frame::Block(_) if statement.is_empty() => {
                self.words(STATEMENTS);
                self.actors();
            }
            Frame::Block(_) => self.in_statement(statement),
            Frame::Options(variable, _) if statement.is_empty() => {
                self.options_of(&variable);
                self.packages();
            }
            Frame::Options(_, draw) => self.in_option(statement, draw),
            Frame::Issue => {}
            Frame::Table => self.expression(&[]),
            Frame::Preferences if statement.is_empty() => {
                self.issues();
                self.words(&["fallback"]);
            }
            Frame::Stakeholder if statement.is_empty() => {
                self.scales();
                self.words(&["influence"]);
            }
            Frame::Stakeholder => self.in_voice(statement),
            Frame::Situation => self.conflict_options(),
            Frame::Wishes if statement.is_empty() => {
                self.of_conflict(&["strongly", "unknown", "weight"]);
            }
            Frame::Wishes
                if statement
                    .last()
                    .is_some_and(|&t| context.says(t) == "weight") =>
            {
                self.values();
                self.of_conflict(&[]);
            }
            Frame::Wishes if statement.iter().any(|&t| context.says(t) == "weight") => {
                self.expression(&["if"]);
                self.of_conflict(&[]);
            }
            Frame::Wishes => self.of_conflict(&["if", "iff", "and", "or", "over", "like"]),
            Frame::Perceives if statement.is_empty() => {
                self.words(&["option", "prefers", "infeasible", "overlooks", "unseen"]);
            }
            Frame::Perceives => self.in_declaration(statement),
            Frame::Scores(issue) if statement.is_empty() => self.issue_options(&issue),
            Frame::Package if statement.is_empty() => self.issues(),
            Frame::Package => {
                if let [issue] = statement {
                    self.issue_options(context.says(*issue));
                }
            }
            Frame::Preferences | Frame::Scores(_) if statement.len() == 1 => self.values(),
            Frame::Preferences | Frame::Scores(_) => self.expression(&[]),
            Frame::Set(left) => self.beside(&left),
            Frame::Call(name) => self.in_call(&name),
        }
    }

    /// Behind the first word of a stakeholder's line.
    fn in_voice(&mut self, statement: &[Token]) {
        let says = |i: usize| statement.get(i).map_or("", |&t| self.context.says(t));
        let said = |word| statement.iter().any(|&t| self.context.says(t) == word);
        match statement.len() {
            1 if says(0) != "influence" => self.words(&["position"]),
            1 => self.values(),
            _ if says(0) == "influence" || said("salience") => self.expression(&[]),
            _ => self.expression(&["salience"]),
        }
    }

    fn in_declaration(&mut self, statement: &[Token]) {
        let says = |i: usize| statement.get(i).map_or("", |&t| self.context.says(t));
        let last = statement.last().map_or("", |&t| self.context.says(t));
        let has = |kind: K| statement.iter().any(|t| t.kind == kind);
        match says(0) {
            "table" if last == "by" || last == "," => self.variables(),
            "table" if statement.len() == 2 => self.words(&["by"]),
            "actor" if last == "style" => {
                for (word, _) in STYLES {
                    self.word(word, CompletionKind::Word);
                }
            }
            "actor" if statement.len() > 1 => self.words(&["style"]),
            "happened" if statement.len() == 1 => self.outcomes(),
            "happened" if statement.len() == 2 => self.words(&["on"]),
            "value" | "ratifier" if statement.len() == 1 => self.actors(),
            "stakeholder" if last == "of" => self.actors(),
            "stakeholder" if statement.len() > 1 => self.words(&["of"]),
            "issue" if has(K::Range) => self.expression(&["reference", "actual"]),
            "issue" if statement.len() > 1 => self.expression(&[]),
            "lens" if statement.len() == 1 => {
                self.variables();
                self.scales();
                self.conflict_options();
            }
            "lens" if statement.len() == 2 => self.words(&["if", "as"]),
            "lens" => self.expression(&[]),
            "option" if last == "of" => self.actors(),
            "option" if statement.iter().any(|&t| self.context.says(t) == "of") => {
                self.words(&["irreversible", "unrepeatable", "doing", "undoing"]);
            }
            "option" if statement.len() > 1 => self.words(&["of"]),
            "prefers" | "perceives" if statement.len() == 1 => self.actors(),
            "prefers" if last == "by" => self.words(&["rank"]),
            "prefers" if statement.len() == 2 => self.words(&["by"]),
            "unseen" => self.conflict_options(),
            "infeasible" | "overlooks" => self.of_conflict(&["if", "iff", "and", "or"]),
            "expect" if ["stable", "unstable"].contains(&says(1)) => {
                self.in_stability(statement, last);
            }
            "ratifier" if statement.len() == 2 => self.words(&["of"]),
            "ratifier" if statement.len() == 3 => self.actors(),
            "param" if statement.last().is_some_and(|t| t.kind == K::Tilde) => {
                for name in DISTRIBUTIONS {
                    self.word(name, CompletionKind::Function);
                }
            }
            "param" if has(K::Text) => {}
            "param" if has(K::Range) => self.expression(&["step"]),
            "param" if has(K::Assign) => self.expression(&["in"]),
            "correlation" if statement.len() == 1 || last == "," => self.params(),
            "let" | "fn" | "state" if has(K::Assign) => self.expression(&[]),
            "ask" if statement.len() > 1 => self.expression(&[]),
            "expect" => {
                self.expression(&["within", "if"]);
                if statement.len() == 1 {
                    self.words(&["stable", "unstable"]);
                }
            }
            "compare" => self.expression(&["with", "in"]),
            _ => {}
        }
    }

    /// Behind `expect stable`.
    fn in_stability(&mut self, statement: &[Token], last: &str) {
        let said = |word| statement.iter().any(|&t| self.context.says(t) == word);
        match last {
            "for" | "with" => self.actors(),
            "," if said("with") => self.actors(),
            "by" | "," => self.words(CONCEPTS),
            _ if said("by") => self.words(&["with"]),
            _ => self.of_conflict(&["and", "or", "for", "by"]),
        }
    }

    fn in_statement(&mut self, statement: &[Token]) {
        let says = |i: usize| statement.get(i).map_or("", |&t| self.context.says(t));
        let last = statement.last().map_or("", |&t| self.context.says(t));
        let before = statement.len().checked_sub(2).map_or("", says);
        let listing = |word| last == word || last == "," && !statement.is_empty();
        match (says(0), says(1)) {
            (_, "chooses") => self.in_choice(statement, last),
            ("else", _) if statement.len() == 1 => self.words(&["if"]),
            ("chance", _) if statement.len() > 1 => self.in_choice(statement, last),
            ("bargain", _) if statement.len() > 1 => self.in_bargain(statement, last),
            ("show", _) if statement.len() == 1 => self.variables(),
            ("show", _) if statement.len() == 2 => self.words(&["to"]),
            ("show", _) if listing("to") => self.actors(),
            ("repeat", _) => self.expression(&["as"]),
            ("gain", _) if last == "gain" || last == "," => self.actors(),
            // Behind an actor stands what it gains.
            ("gain", _) if before == "gain" || before == "," => self.values(),
            ("set", _) if statement.len() == 1 => self.states(),
            ("set", state) if statement.len() == 3 => {
                self.beside(state);
                self.values();
            }
            ("end", _) if statement.len() == 1 => self.outcomes(),
            ("do", _) if statement.len() == 1 => self.blocks(),
            ("assume", _) if statement.len() == 1 => self.actors(),
            ("assume", _) if statement.len() == 2 => self.words(&["chooses"]),
            ("if" | "gain" | "set", _) => self.expression(&[]),
            (_, "") if !STATEMENTS.contains(&says(0)) => self.words(&["chooses"]),
            _ => {}
        }
    }

    /// Behind the name of a bargain.
    fn in_bargain(&mut self, statement: &[Token], last: &str) {
        let part = statement.iter().rev().map(|&t| self.context.says(t));
        let mut parts =
            part.filter(|word| ["between", "over", "by", "against", "seen"].contains(word));
        match (parts.next().unwrap_or_default(), last) {
            ("between", "between" | ",") | ("against", "against" | ",") => self.actors(),
            ("over", "over" | ",") => self.issues(),
            ("by", "by") => self.words(RULES),
            ("by", _) if statement.iter().any(|&t| self.context.says(t) == "seen") => self.actors(),
            ("", _) => self.words(&["between"]),
            ("between", _) => self.words(&["over"]),
            ("over", _) => self.words(&["by"]),
            ("by", _) => self.expression(&["among", "discount", "against", "secretly", "seen"]),
            ("seen", _) => self.words(&["by"]),
            _ => self.expression(&[]),
        }
    }

    /// Behind the name of what is chosen or drawn.
    fn in_choice(&mut self, statement: &[Token], last: &str) {
        let seen = statement.iter().any(|&t| self.context.says(t) == "seen");
        let grid = statement.iter().any(|t| t.kind == K::In);
        let head =
            2 + usize::from(statement.len() > 1 && self.context.says(statement[1]) == "chooses");
        match last {
            "chooses" | "chance" => {}
            "seen" => self.words(&["by"]),
            "by" => {
                self.actors();
                self.words(&["nobody"]);
            }
            "," if seen => self.actors(),
            _ if grid => self.expression(&["step", "seen"]),
            _ if statement.len() == head => self.words(&["secretly", "seen", "in"]),
            _ => {}
        }
    }

    /// Behind the name of an option.
    fn in_option(&mut self, statement: &[Token], draw: bool) {
        let guarded = statement.iter().any(|t| t.kind == K::If);
        if draw && statement.len() == 1 {
            // The name ends nothing here: its probability follows.
            self.values();
        } else if draw || guarded {
            self.expression(&[]);
        } else {
            self.words(&["if"]);
        }
    }

    fn in_call(&mut self, name: &str) {
        let argument = self.context.innermost().argument;
        let declared = self.context.declaration();
        let fresh = self.context.statement().is_empty();
        let names_arguments = declared.len() == 3
            && declared
                .first()
                .is_some_and(|&t| self.context.says(t) == "fn");
        match (name, argument) {
            _ if names_arguments => {}
            ("worth" | "fallback" | "payoff" | "value", 0) if fresh => self.actors(),
            ("worth", 1) if fresh => {
                self.packages();
                self.variables();
                self.arguments();
            }
            ("p" | "mean" | "value", _) => self.expression(&["given", "if"]),
            _ => self.expression(&[]),
        }
    }

    /// An expression, at whatever point of it; `more` are words that may follow it here.
    fn expression(&mut self, more: &[&'static str]) {
        let context = self.context;
        let Some(last) = context.last(0) else { return };
        match last.kind {
            K::Equal | K::NotEqual => {
                let left = context.last(1).map_or("", |t| context.says(t));
                // `reply@2 == …`
                let at = context.last(2).filter(|t| t.kind == K::At);
                let owner = at.and_then(|_| context.last(3));
                self.beside(owner.map_or(left, |t| context.says(t)));
            }
            // A text ends no expression: behind a question its query begins.
            kind if operand_end(kind) && kind != K::Text => {
                self.words(&["and", "or"]);
                self.words(more);
                let conditional = context.statement().iter().any(|t| t.kind == K::If);
                if conditional {
                    self.words(&["then", "else"]);
                }
                self.words(&["in"]);
            }
            _ => self.values(),
        }
    }

    /// What can stand beside a name: its options, where it has some.
    fn beside(&mut self, name: &str) {
        let before = self.list.len();
        self.options_of(name);
        let draft = &self.analysis.draft;
        if name == "outcome" && self.query() {
            self.outcomes();
        } else if draft
            .states
            .iter()
            .any(|s| s.id == name && s.kind == Kind::Symbol)
        {
            self.packages();
        }
        if self.list.len() == before {
            self.values();
        }
    }

    /// Whether this stands in a query.
    fn query(&self) -> bool {
        let first = self.context.declaration().first();
        let first = first.map_or("", |&t| self.context.says(t));
        matches!(first, "ask" | "expect" | "compare")
    }
}
