//! Mends of diagnostics that an editor can carry out.

use detente_language::diagnostic::Diagnostic;
use detente_language::source::Sources;
use detente_language::tokens::{TokenKind, tokens};

use crate::Edit;

/// Codes whose help `write …` says what stands in the place of what is underlined.
const REPLACED: &[&str] = &["E0102", "E0109", "E0111"];

/// The mend of a diagnostic as an edit with its title; none where only a person can tell.
#[must_use]
pub fn mend(diagnostic: &Diagnostic, sources: &Sources) -> Option<(String, Edit)> {
    let help = diagnostic.help.as_deref()?;
    let span = diagnostic.primary.0;
    let written = sources.text(span);
    let quoted = |before: &str| {
        let rest = help.strip_prefix(before)?;
        let (word, _) = rest.split_once('`')?;
        Some(word)
    };
    let text = if let Some(meant) = quoted("did you mean `") {
        // What was misspelt is a name that is underlined alone.
        (is_word(written) && is_word(meant)).then_some(meant)?
    } else if let Some(meant) = quoted("write `") {
        let hyphen = diagnostic.code == "E0107" && written.contains('-') && is_word(meant);
        let symbol = REPLACED.contains(&diagnostic.code)
            && !meant.contains(['…', ' ', '"'])
            && !written.contains('"');
        (hyphen || symbol).then_some(meant)?
    } else {
        return None;
    };
    let title = format!("Write `{text}`");
    Some((
        title,
        Edit {
            span,
            text: text.to_owned(),
        },
    ))
}

/// Whether a text is a single name or word.
fn is_word(text: &str) -> bool {
    let (tokens, _) = tokens(text);
    match tokens.as_slice() {
        [only, _] => {
            (only.kind == TokenKind::Name || only.kind.reserved())
                && only.end as usize - only.start as usize == text.len()
        }
        _ => false,
    }
}
