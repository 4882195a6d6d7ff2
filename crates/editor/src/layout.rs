//! The canonical layout as the smallest stretch of lines that changes.

use detente_language::format::format;

/// What to replace so that the text is in canonical layout: the bytes and what comes there. Nothing where it is
/// so already.
///
/// # Errors
/// The text cannot be read: its first error says why.
pub fn layout(text: &str) -> Result<Option<(std::ops::Range<usize>, String)>, String> {
    let formatted = format(text).map_err(|diagnostics| {
        let first = diagnostics.into_iter().next();
        first.map_or_else(String::new, |d| d.message)
    })?;
    if formatted == text {
        return Ok(None);
    }
    let before = common(text.split_inclusive('\n'), formatted.split_inclusive('\n'));
    let (old, new) = (&text[before..], &formatted[before..]);
    let after = common(
        old.split_inclusive('\n').rev(),
        new.split_inclusive('\n').rev(),
    );
    let range = before..text.len() - after;
    Ok(Some((range, new[..new.len() - after].to_owned())))
}

/// Bytes of the lines that both begin with.
fn common<'a>(a: impl Iterator<Item = &'a str>, b: impl Iterator<Item = &'a str>) -> usize {
    let equal = a.zip(b).take_while(|(a, b)| a == b);
    equal.map(|(line, _)| line.len()).sum()
}

#[cfg(test)]
mod tests {
    use super::layout;

    #[test]
    fn only_the_lines_that_change_are_replaced() {
        let text = "actor us\nparam  a=3\nactor iran\n";
        let (range, new) = layout(text).expect("readable").expect("a change");
        let mut changed = text.to_owned();
        changed.replace_range(range.clone(), &new);
        assert_eq!(layout(&changed), Ok(None));
        assert!(range.start > 0 && range.end < text.len(), "{range:?}");
        assert!(layout("actor {").is_err());
    }
}
