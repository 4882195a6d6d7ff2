//! The tokens of a text and the words of the language, for colouring and completing.

use crate::ast::Comment;
pub use crate::check::{DISTRIBUTIONS, Function, STYLES, functions};
use crate::lexer;
pub use crate::lexer::{Token, TokenKind};
pub use crate::parser::words::{CONCEPTS, ITEMS, JOINTS, RESERVED, RULES, STATEMENTS};

/// The tokens of a text, the last of them [`TokenKind::End`], and its comments. Texts beyond 4 GiB have none.
#[must_use]
pub fn tokens(text: &str) -> (Vec<Token>, Vec<Comment>) {
    if u32::try_from(text.len()).is_err() {
        return (Vec::new(), Vec::new());
    }
    let lexed = lexer::lex(text, 0);
    (lexed.tokens, lexed.comments)
}

/// Why a word cannot serve as the name of something that is declared; none if it can.
#[must_use]
pub fn unfit_name(word: &str) -> Option<String> {
    let (tokens, comments) = tokens(word);
    let single = match tokens.as_slice() {
        [only, _] => comments.is_empty() && only.start == 0 && only.end as usize == word.len(),
        _ => false,
    };
    if RESERVED.contains(&word) || word == "outcome" {
        return Some(format!("`{word}` is a word of the language"));
    }
    if ITEMS.contains(&word) || STATEMENTS.contains(&word) || JOINTS.contains(&word) {
        return Some(format!("`{word}` is a word of the language"));
    }
    if functions().any(|function| function.name == word) {
        return Some(format!("`{word}` is a function that every scenario has"));
    }
    if !single || word.contains('.') || tokens.first().is_none_or(|t| t.kind != TokenKind::Name) {
        return Some(
            "a name is made of letters, digits and `_`, and begins with no digit".to_owned(),
        );
    }
    None
}
