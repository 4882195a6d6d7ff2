//! What can be folded away: braces over several lines, and runs of comments.

use std::ops::Range;

use detente_language::tokens::{TokenKind, tokens};

/// Something that can be folded: from its first line to its last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fold {
    /// Its bytes.
    pub bytes: Range<usize>,
    /// Whether it is made of comments.
    pub comment: bool,
}

/// Everything that can be folded, in the order of its beginnings.
#[must_use]
pub fn folds(text: &str) -> Vec<Fold> {
    let (tokens, comments) = tokens(text);
    let (mut folds, mut open) = (Vec::new(), Vec::new());
    for token in &tokens {
        match token.kind {
            TokenKind::OpenBrace => open.push(token.start as usize),
            TokenKind::CloseBrace => {
                if let Some(start) = open.pop() {
                    folds.push(Fold {
                        bytes: start..token.start as usize,
                        comment: false,
                    });
                }
            }
            _ => {}
        }
    }
    let mut run: Option<Range<usize>> = None;
    for comment in comments.iter().filter(|comment| comment.own_line) {
        let span = comment.span.range();
        match &mut run {
            Some(run) if adjoining(text, run.end, span.start) => run.end = span.end,
            _ => folds.extend(run.replace(span).map(comment_fold)),
        }
    }
    folds.extend(run.map(comment_fold));
    folds.retain(|fold| {
        text.get(fold.bytes.clone())
            .is_some_and(|t| t.contains('\n'))
    });
    folds.sort_by_key(|fold| fold.bytes.start);
    folds
}

fn comment_fold(bytes: Range<usize>) -> Fold {
    Fold {
        bytes,
        comment: true,
    }
}

/// Whether only blanks and one line break stand between.
fn adjoining(text: &str, from: usize, to: usize) -> bool {
    let between = text.get(from..to).unwrap_or("x");
    between.trim().is_empty() && between.matches('\n').count() == 1
}
