//! What could be agreed and who gains: the parts of a negotiation's page, as a section of the report.

use detente_findings::model::{Deal, Findings, Packages};

use super::markup::{Section, escape};
use crate::deal_page::{parts, zone_words};
use crate::number;

/// The section, where the scenario has issues and somebody cares about them.
pub(super) fn packages(findings: &Findings) -> Option<Section> {
    let body = match (&findings.deal, &findings.packages) {
        (Some(deal), _) => analysed(deal),
        (None, Some(packages)) => counted(packages),
        (None, None) => return None,
    };
    Some(Section {
        id: "packages",
        title: "What could be agreed",
        body,
    })
}

fn analysed(deal: &Deal) -> String {
    let items: String = deal
        .sentences
        .iter()
        .map(|sentence| format!("<li>{}</li>\n", escape(sentence)))
        .collect();
    let mut body = format!(
        "<p>{}</p>\n<ul class=\"said\">\n{items}</ul>\n",
        zone_words(deal)
    );
    for part in parts(deal) {
        body += &format!(
            "<h3>{}</h3>\n<div class=\"part\">\n{}</div>\n",
            part.title, part.body
        );
    }
    body
}

/// What is known where there was too much to analyse.
fn counted(packages: &Packages) -> String {
    format!(
        "<p>Of {} possible agreements, {} leave everybody at least as well off as without one. They are too many to say \
         more.</p>\n",
        number::count(packages.count),
        number::count(packages.acceptable_to_all)
    )
}
