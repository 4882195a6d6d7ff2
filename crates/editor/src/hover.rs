//! What is shown where the pointer rests.

use detente_language::analysis::Analysis;
use detente_language::span::Span;
use detente_language::tokens::{TokenKind, tokens};

use crate::describe::describe;
use crate::words;

/// Markdown about the name or word at a byte of the text, with its place; nothing elsewhere.
#[must_use]
pub fn hover(analysis: &Analysis, byte: u32) -> Option<(Span, String)> {
    if let Some(mention) = analysis.mention_at(0, byte) {
        return Some((mention.span, describe(analysis, mention.meaning)));
    }
    let text = analysis.sources.file(0)?.text();
    let (tokens, _) = tokens(text);
    let from = tokens.partition_point(|token| token.end < byte);
    let near = tokens.get(from..)?.iter().take(2);
    let token = near
        .filter(|token| token.kind == TokenKind::Name || token.kind.reserved())
        .find(|token| (token.start..=token.end).contains(&byte))?;
    let span = Span {
        file: 0,
        start: token.start,
        end: token.end,
    };
    let word = words::about(analysis.sources.text(span))?;
    let told = format!("```detente\n{}\n```\n\n{}", word.form, word.meaning);
    Some((span, told))
}
