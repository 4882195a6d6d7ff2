//! What a misspelt name was probably meant to be.

/// Names longer than this are not compared: nobody mistypes only one letter in so long a name.
const LONGEST: usize = 48;

/// The candidate nearest to `word` (optimal string alignment distance, a restricted Damerau–Levenshtein:
/// a letter added, left out, replaced, or two neighbours swapped), if it is near enough to be a slip: one
/// difference in words up to five letters, then one more for every three letters. Ties go to the
/// alphabetically first, so that the answer does not depend on the order of the candidates.
#[must_use]
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted: Vec<char> = fold(word);
    if wanted.is_empty() || wanted.len() > LONGEST {
        return None;
    }
    let allowed = (wanted.len() / 3).max(1);
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates {
        let length = candidate.chars().count();
        if candidate == word || length > LONGEST || length.abs_diff(wanted.len()) > allowed {
            continue;
        }
        let distance = distance(&wanted, &fold(candidate));
        // A word of one or two letters has half its letters wrong at distance one.
        let near = distance <= allowed && (distance == 0 || length.max(wanted.len()) > 2);
        if near && best.is_none_or(|found| (distance, candidate) < found) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, name)| name)
}

fn fold(word: &str) -> Vec<char> {
    word.chars()
        .flat_map(char::to_lowercase)
        .map(|c| if c == '-' { '_' } else { c })
        .collect()
}

fn distance(a: &[char], b: &[char]) -> usize {
    let width = b.len() + 1;
    let mut before_last = vec![0; width];
    let mut last: Vec<usize> = (0..width).collect();
    let mut row = vec![0; width];
    for i in 1..=a.len() {
        row[0] = i;
        for j in 1..width {
            let replaced = last[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            row[j] = replaced.min(last[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                row[j] = row[j].min(before_last[j - 2] + 1);
            }
        }
        std::mem::swap(&mut before_last, &mut last);
        std::mem::swap(&mut last, &mut row);
    }
    last[b.len()]
}

/// The names in a sentence: `a`, `b` or `c`; long lists are cut with the number left out.
#[must_use]
pub fn list<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    const SHOWN: usize = 8;
    let names: Vec<&str> = names.into_iter().collect();
    let quoted: Vec<String> = names
        .iter()
        .take(SHOWN)
        .map(|name| format!("`{}`", shorten(name)))
        .collect();
    if names.len() > SHOWN {
        return format!("{} and {} more", quoted.join(", "), names.len() - SHOWN);
    }
    match quoted.split_last() {
        None => String::new(),
        Some((only, [])) => only.clone(),
        Some((last, rest)) => format!("{} or {last}", rest.join(", ")),
    }
}

/// A name that may be of any length, cut for a message.
#[must_use]
pub fn shorten(name: &str) -> String {
    const SHOWN: usize = 60;
    match name.char_indices().nth(SHOWN) {
        Some((at, _)) => format!("{}…", &name[..at]),
        None => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_slips_and_nothing_else() {
        let names = ["accept", "reject", "war", "war_us", "hold", "dash"];
        let near = |word| nearest(word, names);
        assert_eq!(near("acept"), Some("accept"));
        assert_eq!(near("acecpt"), Some("accept"), "swapped");
        assert_eq!(near("REJECT"), Some("reject"), "capitals");
        assert_eq!(near("war-us"), Some("war_us"));
        assert_eq!(near("wra"), Some("war"));
        assert_eq!(near("peace"), None);
        assert_eq!(near("accept"), None, "the word itself is no slip");
        assert_eq!(near(""), None);
        assert_eq!(
            nearest("b", ["a", "c"]),
            None,
            "one letter is too little to go by"
        );
    }

    #[test]
    fn ties_do_not_depend_on_order() {
        assert_eq!(nearest("cat", ["rat", "bat"]), Some("bat"));
        assert_eq!(nearest("cat", ["bat", "rat"]), Some("bat"));
    }

    #[test]
    fn lists_read_like_a_sentence() {
        assert_eq!(list(["a"]), "`a`");
        assert_eq!(list(["a", "b"]), "`a` or `b`");
        assert_eq!(list(["a", "b", "c"]), "`a`, `b` or `c`");
        assert!(list(["x"; 12]).ends_with("and 4 more"));
        assert_eq!(shorten(&"é".repeat(70)).chars().count(), 61);
    }
}
