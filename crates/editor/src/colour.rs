//! What every token is, for colouring by meaning.

use detente_language::analysis::{Analysis, Meaning};
use detente_language::span::Span;
use detente_language::tokens::{CONCEPTS, DISTRIBUTIONS, RULES, STYLES, TokenKind, tokens};

use crate::words;

/// What a stretch of text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Colour {
    /// A word of the language.
    Keyword,
    /// A comment.
    Comment,
    /// A text in quotes.
    Text,
    /// A number.
    Number,
    /// An actor.
    Actor,
    /// A `param`.
    Parameter,
    /// A `let`.
    Constant,
    /// A choice, draw, state or index.
    Variable,
    /// An argument of a `fn`.
    Argument,
    /// A function.
    Function,
    /// An option or package.
    Option,
    /// An outcome.
    Outcome,
    /// An issue.
    Issue,
}

impl Colour {
    /// All colours in the order of their numbers, each with the name of the protocol's token type.
    pub const ALL: [(Colour, &'static str); 13] = [
        (Colour::Keyword, "keyword"),
        (Colour::Comment, "comment"),
        (Colour::Text, "string"),
        (Colour::Number, "number"),
        (Colour::Actor, "class"),
        (Colour::Parameter, "property"),
        (Colour::Constant, "property"),
        (Colour::Variable, "variable"),
        (Colour::Argument, "parameter"),
        (Colour::Function, "function"),
        (Colour::Option, "enumMember"),
        (Colour::Outcome, "event"),
        (Colour::Issue, "enum"),
    ];

    fn of(meaning: Meaning) -> Colour {
        match meaning {
            Meaning::Actor(_) | Meaning::Stakeholder(_) => Colour::Actor,
            Meaning::Param(_) => Colour::Parameter,
            Meaning::Let(_) => Colour::Constant,
            Meaning::Function(_) | Meaning::Builtin(_) | Meaning::Block(_) => Colour::Function,
            Meaning::Outcome(_) => Colour::Outcome,
            Meaning::State(_) | Meaning::Variable(_) | Meaning::Index(_) | Meaning::Bound(_) => {
                Colour::Variable
            }
            Meaning::Issue(_) | Meaning::Scale(_) => Colour::Issue,
            Meaning::Package(_)
            | Meaning::Option(..)
            | Meaning::IssueOption(..)
            | Meaning::ConflictOption(_)
            | Meaning::Symbol(_) => Colour::Option,
            Meaning::Situation(_) => Colour::Outcome,
            Meaning::Argument(..) => Colour::Argument,
        }
    }
}

/// A coloured stretch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Coloured {
    /// Where.
    pub span: Span,
    /// What it is.
    pub colour: Colour,
    /// Whether a name is declared here.
    pub declares: bool,
}

/// The colours of a text, in order and without overlap. A name that stands for nothing has none.
#[must_use]
pub fn colours(analysis: &Analysis) -> Vec<Coloured> {
    let text = analysis.sources.file(0).map_or("", |file| file.text());
    let (tokens, comments) = tokens(text);
    let mut all: Vec<Coloured> = tokens
        .iter()
        .filter_map(|token| {
            let span = Span {
                file: 0,
                start: token.start,
                end: token.end,
            };
            let (colour, declares) = match token.kind {
                TokenKind::Text => (Colour::Text, false),
                TokenKind::Number => (Colour::Number, false),
                TokenKind::Name => name(analysis, span)?,
                kind if kind.reserved() => (Colour::Keyword, false),
                _ => return None,
            };
            Some(Coloured {
                span,
                colour,
                declares,
            })
        })
        .collect();
    all.extend(comments.iter().map(|comment| Coloured {
        span: comment.span,
        colour: Colour::Comment,
        declares: false,
    }));
    all.sort_unstable_by_key(|coloured| coloured.span);
    all
}

fn name(analysis: &Analysis, span: Span) -> Option<(Colour, bool)> {
    let mention = analysis.mention_at(0, span.start);
    if let Some(mention) = mention.filter(|m| m.span.start == span.start) {
        return Some((Colour::of(mention.meaning), mention.declares));
    }
    let word = analysis.sources.text(span);
    if words::about(word).is_some() || word == "outcome" {
        return Some((Colour::Keyword, false));
    }
    if STYLES
        .iter()
        .any(|(plain, name)| [*plain, *name].contains(&word))
    {
        return Some((Colour::Option, false));
    }
    let known = [&DISTRIBUTIONS[..], RULES, CONCEPTS];
    known
        .iter()
        .any(|words| words.contains(&word))
        .then_some((Colour::Function, false))
}
