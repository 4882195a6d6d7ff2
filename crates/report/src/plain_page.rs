//! A page without script: one HTML file with its style and pictures inside, that opens offline and prints.

use crate::html::assets::STYLE;
use crate::html::markup::{Section, escape};

/// What pages without script have beyond the report's style.
pub(crate) const PLAIN_STYLE: &str = include_str!("../../../web/deal.css");

/// The file: a title, a line of facts (HTML), sections.
pub(crate) fn plain_page(title: &str, facts: &str, sections: &[Section]) -> String {
    scripted_page(title, facts, sections, "")
}

/// The same with scripts (HTML) at its end.
pub(crate) fn scripted_page(
    title: &str,
    facts: &str,
    sections: &[Section],
    scripts: &str,
) -> String {
    let contents: String = sections
        .iter()
        .map(|s| format!("<li><a href=\"#{}\">{}</a></li>\n", s.id, s.title))
        .collect();
    let main: String = sections.iter().map(Section::html).collect();
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<link rel=\"icon\" href=\"data:,\">\n\
         <title>{title} · Detente</title>\n<style>\n{STYLE}{PLAIN_STYLE}</style>\n</head>\n<body>\n\
         <a class=\"skip\" href=\"#main\">Skip to the findings</a>\n\
         <header>\n<h1>{title}</h1>\n<p class=\"facts\">{facts}</p>\n</header>\n\
         <nav aria-label=\"Contents\"><h2>Contents</h2><ol>\n{contents}</ol></nav>\n\
         <main id=\"main\" tabindex=\"-1\">\n{main}</main>\n{scripts}</body>\n</html>\n",
        title = escape(title),
    )
}

/// "In short": sentences, which are plain text.
pub(crate) fn in_short(sentences: &[String]) -> Section {
    let items: String = sentences
        .iter()
        .map(|sentence| format!("<li>{}</li>\n", escape(sentence)))
        .collect();
    Section {
        id: "summary",
        title: "In short",
        body: format!("<ul class=\"headlines\">\n{items}</ul>\n"),
    }
}
