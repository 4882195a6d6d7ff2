//! Text made safe for the languages that the renderings are written in.

/// For HTML and XML, between tags and inside quoted attributes. Characters that neither allows become U+FFFD.
pub(crate) fn markup(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\t' | '\n' | '\r' => out.push(c),
            '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            c if c.is_control() => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

/// For running text and cells of tables of Markdown. Signs that begin nothing inside a line are left alone.
pub(crate) fn markdown(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '#' | '~' => {
                out.push('\\');
                out.push(c);
            }
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// For a quoted string of Graphviz's DOT language: quotes and backslashes are literal, breaks are line breaks.
pub(crate) fn dot(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            c if c.is_control() => out.push(' '),
            // Graphviz reads character references in labels.
            '&' => out.push_str("&amp;"),
            c => out.push(c),
        }
    }
    out
}

/// For running text of LaTeX.
pub(crate) fn tex(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\textbackslash{}"),
            '{' => out.push_str("\\{"),
            '}' => out.push_str("\\}"),
            '$' | '&' | '#' | '_' | '%' => {
                out.push('\\');
                out.push(c);
            }
            '^' => out.push_str("\\textasciicircum{}"),
            '~' => out.push_str("\\textasciitilde{}"),
            '<' => out.push_str("\\textless{}"),
            '>' => out.push_str("\\textgreater{}"),
            '|' => out.push_str("\\textbar{}"),
            '"' => out.push_str("\\textquotedbl{}"),
            '−' => out.push_str("$-$"),
            '…' => out.push_str("\\dots{}"),
            '\u{a0}' => out.push_str("\\,"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_text_is_inert() {
        assert_eq!(
            markup("<b a='1' b=\"2\">&\u{1}\n"),
            "&lt;b a=&#39;1&#39; b=&quot;2&quot;&gt;&amp;\u{fffd}\n"
        );
        assert_eq!(
            markdown("a*b_c|d\n<e> `f`"),
            "a\\*b\\_c\\|d &lt;e&gt; \\`f\\`"
        );
        assert_eq!(dot("a\"b\\N\n&c\t"), "a\\\"b\\\\N\\n&amp;c ");
        assert_eq!(
            tex("50 % \\input{x}_$#^~−1"),
            "50 \\% \\textbackslash{}input\\{x\\}\\_\\$\\#\\textasciicircum{}\\textasciitilde{}$-$1"
        );
    }
}
