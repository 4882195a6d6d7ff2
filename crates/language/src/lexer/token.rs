//! The kinds of token.

/// What a token is. Words that can begin or join expressions are reserved; all others are names, and the
/// parser gives them a meaning by where they stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// A name or a word such as `actor`.
    Name,
    /// A number such as `12.5`, `1e-3` or `1_000`.
    Number,
    /// Something between number and name such as `3rd`, already reported.
    BadNumber,
    /// A text in quotes.
    Text,
    /// `{`
    OpenBrace,
    /// `}`
    CloseBrace,
    /// `(`
    OpenParen,
    /// `)`
    CloseParen,
    /// `[` of a place in a table
    OpenBracket,
    /// `]`
    CloseBracket,
    /// `:` behind a number or in a sum
    Colon,
    /// `,`
    Comma,
    /// `;`
    Semicolon,
    /// `..`
    Range,
    /// `=`
    Assign,
    /// `~`
    Tilde,
    /// `@`
    At,
    /// `%`
    Percent,
    /// `+`
    Plus,
    /// `-`
    Minus,
    /// `*`
    Star,
    /// `/`
    Slash,
    /// `^`
    Caret,
    /// `==`
    Equal,
    /// `!=`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    LessEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterEqual,
    /// `and`
    And,
    /// `or`
    Or,
    /// `not`
    Not,
    /// `in`
    In,
    /// `if`
    If,
    /// `then`
    Then,
    /// `else`
    Else,
    /// `true`
    True,
    /// `false`
    False,
    /// `given`
    Given,
    /// The end of the file.
    End,
}

impl TokenKind {
    /// Whether it is a word that cannot serve as a name.
    #[must_use]
    pub fn reserved(self) -> bool {
        use TokenKind::{And, Else, False, Given, If, In, Not, Or, Then, True};
        matches!(
            self,
            And | Or | Not | In | If | Then | Else | True | False | Given
        )
    }
}

/// One token: `start..end` in bytes of the text.
#[derive(Clone, Copy, Debug)]
pub struct Token {
    /// What it is.
    pub kind: TokenKind,
    /// Whether it is the first token of its line.
    pub first: bool,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}
