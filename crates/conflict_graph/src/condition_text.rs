//! Conditions in text: `withdraw`, `not escalate if blockade`, `-3 iff 2`, `(1 or 2) and not 4`.

use crate::condition::Condition;
use crate::error::GraphError;

/// How deep conditions may be nested.
const DEPTH: usize = 64;

/// Reads a condition. Options are named (without regard to case; in double quotation marks if the name is more than
/// one word) or numbered from 1. `not` and `-` bind first, then `and` and `&`, `or` and `|`, last `if` and `iff`.
///
/// # Errors
/// Text that is not such a condition, or names no option of `names`.
pub fn read_condition(text: &str, names: &[String]) -> Result<Condition, GraphError> {
    let mut reader = Reader {
        text,
        names,
        words: words(text)?,
        next: 0,
        depth: 0,
    };
    let condition = reader.whole()?;
    match reader.words.get(reader.next) {
        None => Ok(condition),
        Some(word) => Err(reader.fault(
            word.at,
            format!("`{}` is too much", word.text),
            "join conditions by and, or, if or iff",
        )),
    }
}

struct Word {
    at: usize,
    text: String,
    quoted: bool,
}

fn words(text: &str) -> Result<Vec<Word>, GraphError> {
    let mut found = Vec::new();
    let chars: Vec<char> = text.chars().collect();
    let mut k = 0;
    while k < chars.len() {
        let at = k + 1;
        let (start, quoted) = (k, chars[k] == '"');
        if chars[k].is_whitespace() {
            k += 1;
            continue;
        }
        if quoted {
            let end = (k + 1..chars.len()).find(|e| chars[*e] == '"');
            let Some(end) = end else {
                return Err(GraphError::Condition {
                    text: text.to_owned(),
                    at,
                    what: "the quotation mark is never closed".to_owned(),
                    mend: "close it after the name".to_owned(),
                });
            };
            let text = chars[start + 1..end].iter().collect();
            found.push(Word { at, text, quoted });
            k = end + 1;
            continue;
        }
        k += 1;
        if !is_sign(chars[start]) {
            while k < chars.len() && !chars[k].is_whitespace() && !ends_word(chars[k]) {
                k += 1;
            }
        }
        let text = chars[start..k].iter().collect();
        found.push(Word { at, text, quoted });
    }
    Ok(found)
}

fn is_sign(c: char) -> bool {
    matches!(c, '(' | ')' | '&' | '|' | '-' | '!')
}

/// A hyphen inside a word belongs to it.
fn ends_word(c: char) -> bool {
    c == '"' || (is_sign(c) && c != '-')
}

struct Reader<'a> {
    text: &'a str,
    names: &'a [String],
    words: Vec<Word>,
    next: usize,
    depth: usize,
}

impl Reader<'_> {
    fn fault(&self, at: usize, what: String, mend: &str) -> GraphError {
        GraphError::Condition {
            text: self.text.to_owned(),
            at,
            what,
            mend: mend.to_owned(),
        }
    }

    /// Takes the next word if it is one of these.
    fn take(&mut self, wanted: &[&str]) -> bool {
        let fits = self.words.get(self.next).is_some_and(|word| {
            !word.quoted && wanted.iter().any(|w| word.text.eq_ignore_ascii_case(w))
        });
        self.next += usize::from(fits);
        fits
    }

    fn whole(&mut self) -> Result<Condition, GraphError> {
        let mut left = self.any()?;
        loop {
            if self.take(&["iff"]) {
                left = Condition::Iff(Box::new(left), Box::new(self.any()?));
            } else if self.take(&["if"]) {
                left = Condition::If {
                    then: Box::new(left),
                    when: Box::new(self.any()?),
                };
            } else {
                return Ok(left);
            }
        }
    }

    fn any(&mut self) -> Result<Condition, GraphError> {
        let mut parts = vec![self.all()?];
        while self.take(&["or", "|"]) {
            parts.push(self.all()?);
        }
        Ok(single(parts, Condition::Any))
    }

    fn all(&mut self) -> Result<Condition, GraphError> {
        let mut parts = vec![self.one()?];
        while self.take(&["and", "&"]) {
            parts.push(self.one()?);
        }
        Ok(single(parts, Condition::All))
    }

    fn one(&mut self) -> Result<Condition, GraphError> {
        let at = self.words.get(self.next).map_or(1, |word| word.at);
        self.depth += 1;
        if self.depth > DEPTH {
            let what = format!("more than {DEPTH} levels are too deep");
            return Err(self.fault(at, what, "write it flatter"));
        }
        let condition = if self.take(&["not", "-", "!"]) {
            Condition::Not(Box::new(self.one()?))
        } else if self.take(&["("]) {
            let inner = self.whole()?;
            if !self.take(&[")"]) {
                let what = "the bracket is never closed".to_owned();
                return Err(self.fault(at, what, "close it with )"));
            }
            inner
        } else {
            self.option()?
        };
        self.depth -= 1;
        Ok(condition)
    }

    fn option(&mut self) -> Result<Condition, GraphError> {
        let Some(word) = self.words.get(self.next) else {
            let what = "an option is missing at the end".to_owned();
            return Err(self.fault(self.text.chars().count() + 1, what, "name one"));
        };
        self.next += 1;
        let number = word.text.parse::<usize>().ok().filter(|_| !word.quoted);
        let at = match number {
            Some(number) => number.checked_sub(1).filter(|k| *k < self.names.len()),
            None => self
                .names
                .iter()
                .position(|name| name.eq_ignore_ascii_case(&word.text)),
        };
        at.map(Condition::Chosen).ok_or_else(|| {
            self.fault(
                word.at,
                format!("`{}` is no option", word.text),
                &format!("the options are {}", self.names.join(", ")),
            )
        })
    }
}

fn single(mut parts: Vec<Condition>, join: fn(Vec<Condition>) -> Condition) -> Condition {
    match (parts.len(), parts.pop()) {
        (1, Some(only)) => only,
        (_, Some(last)) => {
            parts.push(last);
            join(parts)
        }
        (_, None) => join(parts),
    }
}
