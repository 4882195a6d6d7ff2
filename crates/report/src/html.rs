//! The report: one HTML file with everything inside, that opens offline and prints.
//!
//! Words, tables and the certificate are written here, so that the report can be read without script; the
//! charts are drawn by the modules of `web/` from the findings that the page carries.

pub(crate) mod assets;
mod assumptions;
mod certificate;
mod course;
mod decisions;
pub(crate) mod doubt;
mod endings;
mod equilibria;
mod highlight;
pub(crate) mod information;
mod lenses;
pub(crate) mod markup;
mod packages;
pub(crate) mod scatter;
mod sensitivity;

use crate::plain_page::PLAIN_STYLE;
use detente_findings::model::Findings;
use doubt::Told;
use markup::{Section, code, escape, label};

/// Why a report could not be written.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// The findings could not be written as JSON into the page.
    #[error("the findings could not be written into the report: {0}")]
    Data(#[from] serde_json::Error),
}

/// The findings as a page.
///
/// The file needs no network and no other file. Sections without findings are left out.
///
/// # Errors
/// [`ReportError::Data`] where the findings cannot be serialised.
pub fn html(findings: &Findings) -> Result<String, ReportError> {
    let sections = listed(findings);
    let title = escape(&findings.scenario.title);
    let contents: String = sections
        .iter()
        .map(|s| format!("<li><a href=\"#{}\">{}</a></li>\n", s.id, s.title))
        .collect();
    let main: String = sections.iter().map(Section::html).collect();
    Ok(format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <meta name=\"generator\" content=\"detente {version}\">\n<link rel=\"icon\" href=\"data:,\">\n\
         <title>{title} · Detente</title>\n<style>\n{style}{PLAIN_STYLE}</style>\n</head>\n<body>\n\
         <a class=\"skip\" href=\"#main\">Skip to the findings</a>\n\
         {head}<nav aria-label=\"Contents\"><h2>Contents</h2><ol>\n{contents}</ol></nav>\n\
         <main id=\"main\" tabindex=\"-1\">\n\
         <noscript><p>The pictures need JavaScript. Their numbers stand in the tables below their titles.</p></noscript>\n{main}</main>\n{foot}{scripts}</body>\n</html>\n",
        version = escape(&findings.version),
        style = assets::STYLE,
        head = head(findings),
        foot = foot(findings),
        scripts = assets::scripts(&serde_json::to_string(findings)?),
    ))
}

/// A section of the report by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportSection {
    /// Fragment of its address.
    pub id: &'static str,
    /// Heading; HTML.
    pub title: &'static str,
    /// The whole `section` element, as it stands in the report.
    pub html: String,
}

/// All sections of the report that have something to say, in reading order: what [`html`] puts on its page.
#[must_use]
pub fn sections(findings: &Findings) -> Vec<ReportSection> {
    let alone = |section: Section| ReportSection {
        id: section.id,
        title: section.title,
        html: section.html(),
    };
    listed(findings).into_iter().map(alone).collect()
}

/// All sections that have something to say, in reading order.
fn listed(findings: &Findings) -> Vec<Section> {
    let told = findings.doubt.as_ref().map(|doubt| Told {
        doubt,
        draws: "draws",
    });
    let of = |section: fn(&Told<'_>) -> Option<Section>| told.as_ref().and_then(section);
    [
        endings::headlines(findings),
        endings::endings(findings),
        endings::asks(findings),
        course::unfolds(findings),
        decisions::decisions(findings),
        sensitivity::precision(findings),
        of(fanned),
        of(doubt::tipping),
        of(doubt::importance),
        sensitivity::tornado(findings),
        of(doubt::conditions),
        of(information::information),
        of(scatter::scatter),
        packages::packages(findings),
        lenses::lenses(findings),
        equilibria::equilibria(findings),
        endings::happened(findings),
        assumptions::assumptions(findings),
        certificate::certificate(findings),
        highlight::scenario(findings),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn fanned(told: &Told<'_>) -> Option<Section> {
    let intro = "The numbers of a scenario are guesses. Here all doubtful ones were drawn together, each from its range, and \
                 the scenario solved again each time.";
    doubt::fan(told, intro)
}

fn head(findings: &Findings) -> String {
    let scenario = &findings.scenario;
    let mut facts: Vec<String> = Vec::new();
    if let Some(date) = &scenario.as_of {
        facts.push(format!("As of {}", escape(date)));
    }
    facts.push(code(&scenario.file));
    if !scenario.settings.is_empty() {
        let set: Vec<String> = scenario
            .settings
            .iter()
            .map(|(name, value)| code(&format!("{name} = {}", crate::number::plain(*value, false))))
            .collect();
        facts.push(format!("run with {}", set.join(", ")));
    }
    let sources: String = scenario
        .sources
        .iter()
        .map(|s| format!("<li>Source: {}</li>\n", label(s)))
        .collect();
    let sources = if sources.is_empty() {
        sources
    } else {
        format!("<ul class=\"sources\" aria-label=\"Sources\">\n{sources}</ul>\n")
    };
    let notes: String = scenario
        .notes
        .iter()
        .map(|n| format!("<p class=\"about\">{}</p>\n", label(n)))
        .collect();
    let warning = if findings.certificate.trustworthy {
        String::new()
    } else {
        format!(
            "<p class=\"caution bad\"><strong>These findings are not trustworthy.</strong> {} \
             See <a href=\"#certificate\">the certificate</a>.</p>\n",
            escape(&findings.certificate.sentence)
        )
    };
    format!(
        "<header>\n<h1>{}</h1>\n<p class=\"facts\">{}</p>\n{sources}{notes}{warning}\
         <p class=\"caution\"><strong>How to take these numbers.</strong> They follow from judgements: the \
         scenario’s own assumptions about costs, chances and aims, all of which are listed below with their ranges \
         and sources. The model is a device for thinking a crisis through, step by step and without contradiction. \
         It is no prophecy.</p>\n</header>\n",
        label(&scenario.title),
        facts.join(" · "),
    )
}

fn foot(findings: &Findings) -> String {
    format!(
        "<footer><p>Written by Detente {} from {}, seed {}. The same file, options and seed give the same numbers. \
         Charts drawn with Observable Plot, D3 and d3-sankey, whose licences stand in this page’s source.</p></footer>\n",
        escape(&findings.version),
        code(&findings.scenario.file),
        findings.scenario.seed,
    )
}

/// Position of an ending by its name.
fn ending_index(findings: &Findings, id: &str) -> usize {
    findings
        .endings
        .iter()
        .position(|e| e.id == id)
        .unwrap_or(0)
}

/// Label of an ending by its name; the name itself where it is unknown.
fn ending_label<'a>(findings: &'a Findings, id: &'a str) -> &'a str {
    findings
        .endings
        .iter()
        .find(|e| e.id == id)
        .map_or(id, |e| &e.label)
}

/// Position of an actor by its name.
fn actor_index(findings: &Findings, id: &str) -> usize {
    findings.actors.iter().position(|a| a.id == id).unwrap_or(0)
}

/// Label of an actor by its name; the name itself where it is unknown.
fn actor_label<'a>(findings: &'a Findings, id: &'a str) -> &'a str {
    findings
        .actors
        .iter()
        .find(|a| a.id == id)
        .map_or(id, |a| &a.label)
}

/// Positions of the endings, most likely first; equals keep their order.
fn by_probability(findings: &Findings) -> Vec<usize> {
    let mut order: Vec<usize> = (0..findings.endings.len()).collect();
    order.sort_by(|&a, &b| {
        let p = |i: usize| findings.endings[i].probability;
        p(b).total_cmp(&p(a))
    });
    order
}
