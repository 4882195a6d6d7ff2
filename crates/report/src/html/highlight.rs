//! The scenario's text with light colouring. It only reads characters: a text that does not parse is shown as well.

use detente_findings::model::Findings;

use super::markup::{Section, code, escape};

#[rustfmt::skip] // one long word must not set the whole list upright
const KEYWORDS: [&str; 60] = [
    "scenario", "source", "note", "as_of", "happened", "on", "actor", "param", "let", "fn",
    "outcome", "state", "issue", "value", "ratifier", "fallback", "package", "ask", "expect",
    "compare", "with", "within", "use", "play", "chooses", "chance", "seen", "by", "nobody",
    "secretly", "together", "show", "to", "if", "else", "then", "repeat", "as", "gain", "set",
    "end", "and", "or", "not", "in", "given", "step", "true", "false", "ever", "bargain",
    "between", "over", "offers", "among", "discount", "against", "style", "of", "correlation",
];

/// The scenario's text.
pub(super) fn scenario(findings: &Findings) -> Option<Section> {
    let text = &findings.scenario.text;
    if text.trim().is_empty() {
        return None;
    }
    Some(Section {
        id: "scenario",
        title: "The scenario’s text",
        body: format!(
            "<p>Everything above follows from this file and its parts. Change a number or a rule and run it again.</p>\n\
             <details class=\"source\"><summary>{} ({} lines)</summary>\n\
             <pre tabindex=\"0\" dir=\"ltr\" aria-label=\"Text of the scenario\"><code>{}</code></pre></details>\n",
            code(&findings.scenario.file),
            text.lines().count(),
            highlight(text)
        ),
    })
}

/// Classes of characters that are set off.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Token {
    Comment,
    Text,
    Number,
    Word,
    Other,
}

fn highlight(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let (token, length) = next(rest, first);
        let (piece, tail) = rest.split_at(length);
        let class = match token {
            Token::Comment => "c",
            Token::Text => "s",
            Token::Number => "m",
            Token::Word if KEYWORDS.contains(&piece) => "k",
            Token::Word | Token::Other => "",
        };
        if class.is_empty() {
            out.push_str(&escape(piece));
        } else {
            out.push_str(&format!("<span class=\"{class}\">{}</span>", escape(piece)));
        }
        rest = tail;
    }
    out
}

/// The kind and the length in bytes of the token at the start of `rest`, which begins with `first`.
fn next(rest: &str, first: char) -> (Token, usize) {
    let run = |accept: &dyn Fn(char) -> bool| rest.find(|c| !accept(c)).unwrap_or(rest.len());
    match first {
        '#' => (Token::Comment, rest.find('\n').unwrap_or(rest.len())),
        '"' => (Token::Text, quoted(rest)),
        c if c.is_ascii_digit() => (Token::Number, number(rest)),
        c if c.is_alphabetic() || c == '_' => {
            (Token::Word, run(&|c| c.is_alphanumeric() || c == '_'))
        }
        _ => {
            let plain = |c: char| !(c == '#' || c == '"' || c == '_' || c.is_alphanumeric());
            (Token::Other, run(&plain).max(first.len_utf8()))
        }
    }
}

/// Up to the closing quote, or the end of the line where it is missing.
fn quoted(rest: &str) -> usize {
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            '\n' => return at,
            '"' if !escaped => return at + 1,
            _ => escaped = c == '\\' && !escaped,
        }
    }
    rest.len()
}

/// Digits with a point among them, but not the two points of a range.
fn number(rest: &str) -> usize {
    let bytes = rest.as_bytes();
    let mut at = 0;
    while let Some(&b) = bytes.get(at) {
        let point = b == b'.' && bytes.get(at + 1).is_some_and(u8::is_ascii_digit);
        if !(b.is_ascii_digit() || point) {
            break;
        }
        at += 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_what_it_knows_and_keeps_every_character() {
        let text = "param a = 85 % in 1.5 .. 99 \"x \\\" <y>\" # note\nlet é = \"open\nend";
        let html = highlight(text);
        assert!(html.contains("<span class=\"k\">param</span> a = <span class=\"m\">85</span> %"));
        assert!(html.contains("<span class=\"m\">1.5</span> .. "));
        assert!(html.contains("<span class=\"s\">&quot;x \\&quot; &lt;y&gt;&quot;</span>"));
        assert!(html.contains("<span class=\"c\"># note</span>\n"));
        assert!(html.contains("<span class=\"s\">&quot;open</span>\n<span class=\"k\">end</span>"));
        let plain = html
            .replace("</span>", "")
            .split("<span class=\"")
            .map(|part| part.split_once("\">").map_or(part, |p| p.1))
            .collect::<String>();
        assert_eq!(plain, escape(text));
    }
}
