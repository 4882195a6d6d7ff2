//! Symbols that people bring along from other notations.

use super::TokenKind;

/// Symbols of other notations, longest first, with what stands for them and what to say.
pub(super) const FOREIGN: &[(&str, Option<TokenKind>, &str)] = &[
    (
        "...",
        Some(TokenKind::Range),
        "a range is written `lo .. hi`",
    ),
    ("===", Some(TokenKind::Equal), "write `==`"),
    (
        "=>",
        None,
        "leave it out: what belongs to an option simply follows it",
    ),
    ("=<", Some(TokenKind::LessEqual), "write `<=`"),
    (
        "->",
        None,
        "leave it out: what belongs to an option simply follows it",
    ),
    ("<>", Some(TokenKind::NotEqual), "write `!=`"),
    ("&&", Some(TokenKind::And), "write `and`"),
    ("||", Some(TokenKind::Or), "write `or`"),
    ("**", Some(TokenKind::Caret), "write `^` for a power"),
    (":=", Some(TokenKind::Assign), "write `=`"),
    ("//", None, "comments begin with `#`"),
    ("/*", None, "comments begin with `#`, on every line"),
    ("&", Some(TokenKind::And), "write `and`"),
    ("|", Some(TokenKind::Or), "write `or`"),
    ("!", Some(TokenKind::Not), "write `not`"),
    (
        ":",
        None,
        "leave it out: what belongs to a name simply follows it",
    ),
    (
        "→",
        None,
        "leave it out: what belongs to an option simply follows it",
    ),
    (
        "⇒",
        None,
        "leave it out: what belongs to an option simply follows it",
    ),
    ("≤", Some(TokenKind::LessEqual), "write `<=`"),
    ("≥", Some(TokenKind::GreaterEqual), "write `>=`"),
    ("≠", Some(TokenKind::NotEqual), "write `!=`"),
    ("−", Some(TokenKind::Minus), "write the plain `-`"),
    (
        "–",
        Some(TokenKind::Minus),
        "write the plain `-`, and a range as `lo .. hi`",
    ),
    ("—", Some(TokenKind::Minus), "write the plain `-`"),
    ("×", Some(TokenKind::Star), "write `*`"),
    ("·", Some(TokenKind::Star), "write `*`"),
    ("÷", Some(TokenKind::Slash), "write `/`"),
    ("…", Some(TokenKind::Range), "a range is written `lo .. hi`"),
    (
        "[",
        Some(TokenKind::OpenBrace),
        "lists stand in braces: `{ a, b }`; a place of a table stands beside its name: `cost[low]`",
    ),
    (
        "]",
        Some(TokenKind::CloseBrace),
        "lists stand in braces: `{ a, b }`",
    ),
    (
        ".",
        None,
        "a decimal point stands between digits, a range is written `lo .. hi`",
    ),
];
