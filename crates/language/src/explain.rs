//! What every code means, with an example that is wrong and one that is right.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::LazyLock;

use crate::render::wrap;

/// What is told about one code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// The code, such as `E0203`.
    pub code: &'static str,
    /// One line.
    pub title: &'static str,
    /// A paragraph, then for most codes `Wrong:` and `Right:`, each with an indented example.
    pub text: &'static str,
}

impl Explanation {
    /// The example behind `Wrong:`.
    #[must_use]
    pub fn wrong(&self) -> Option<String> {
        self.example("Wrong:")
    }

    /// The example behind `Right:`.
    #[must_use]
    pub fn right(&self) -> Option<String> {
        self.example("Right:")
    }

    fn example(&self, heading: &str) -> Option<String> {
        let text = indented(self.text);
        let mut lines = text.lines().skip_while(|line| *line != heading);
        lines.next()?;
        let lines = lines.take_while(|line| line.is_empty() || line.starts_with("    "));
        let example: Vec<&str> = lines.map(|line| line.get(4..).unwrap_or("")).collect();
        Some(example.join("\n").trim_matches('\n').to_owned() + "\n")
    }
}

/// The text with its examples indented, where they are written between fences.
fn indented(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut fenced = false;
    for line in text.lines() {
        if line.starts_with("```") {
            fenced = !fenced;
        } else if fenced && !line.is_empty() {
            let _ = writeln!(out, "    {line}");
        } else {
            let _ = writeln!(out, "{line}");
        }
    }
    out
}

/// The explanation of a code for a terminal of 80 columns; small letters do as well.
#[must_use]
pub fn explain(code: &str) -> Option<&'static str> {
    static TEXTS: LazyLock<BTreeMap<&str, String>> =
        LazyLock::new(|| all().map(|e| (e.code, page(&e, 80))).collect());
    TEXTS
        .get(code.to_ascii_uppercase().as_str())
        .map(String::as_str)
}

/// The explanation of a code with its paragraphs broken at a width; examples stay as they are.
#[must_use]
pub fn explain_within(code: &str, width: usize) -> Option<String> {
    let code = code.to_ascii_uppercase();
    let explanation = all().find(|explanation| explanation.code == code)?;
    Some(page(&explanation, width))
}

fn page(explanation: &Explanation, width: usize) -> String {
    let title = format!("{}: {}", explanation.code, explanation.title);
    let mut page = wrap(&title, width, 0) + "\n";
    for part in indented(explanation.text).trim_end().split("\n\n") {
        page.push('\n');
        if part.starts_with("    ") {
            page.push_str(part);
        } else {
            page.push_str(&wrap(&part.replace('\n', " "), width, 0));
        }
        page.push('\n');
    }
    page
}

/// Every code of the program, in order.
pub fn all() -> impl Iterator<Item = Explanation> {
    [
        crate::codes_syntax::CODES,
        crate::codes_names::CODES,
        crate::codes_types::CODES,
        crate::codes_values::CODES,
        crate::codes_conflict::CODES,
        crate::codes_play::CODES,
        crate::codes_warnings::CODES,
    ]
    .into_iter()
    .flatten()
    .map(|&(code, title, text)| Explanation { code, title, text })
}

/// The page of the book that lists all codes, in Markdown.
#[must_use]
pub fn book() -> String {
    let mut page = String::from(
        "# Errors and warnings\n\n\
         Every message has a code. `detente explain CODE` prints what stands here. Errors (E…) keep a scenario from\n\
         being run; warnings (W…) do not.\n",
    );
    let chapters = [
        ("E01", "Syntax"),
        ("E02", "Names"),
        ("E03", "Types"),
        ("E04", "Values of declarations"),
        ("E05", "What only a path shows"),
        ("E06", "Limits"),
        ("W07", "Warnings"),
    ];
    for (prefix, chapter) in chapters {
        let _ = write!(page, "\n## {chapter}\n");
        for explanation in all().filter(|e| e.code.starts_with(prefix)) {
            section(&explanation, &mut page);
        }
    }
    page
}

fn section(explanation: &Explanation, page: &mut String) {
    let _ = write!(
        page,
        "\n### {}: {}\n\n",
        explanation.code, explanation.title
    );
    let text = explanation.text;
    let words = text.split("\nWrong:\n").next().unwrap_or(text);
    page.push_str(words.trim_end());
    page.push('\n');
    for (heading, example) in [
        ("Wrong:", explanation.wrong()),
        ("Right:", explanation.right()),
    ] {
        if let Some(example) = example {
            let _ = write!(page, "\n{heading}\n\n```detente\n{example}```\n");
        }
    }
}
