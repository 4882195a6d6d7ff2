//! The page of a negotiation: one HTML file with its pictures inside, that needs no script, opens offline and prints.

mod labels;
mod plane;
mod stakes;
mod tables;

use crate::deal::DealView;
use crate::html::assets::STYLE;
use crate::html::markup::{Section, escape, label, listed};
use crate::number;
use plane::{NARROW, Plane, WIDE};

const DEAL_STYLE: &str = include_str!("../../../../web/deal.css");

/// What the page of a negotiation shows beyond the terminal's screen.
#[derive(Clone, Debug, PartialEq)]
pub struct DealPage {
    /// What the terminal's screen shows, too.
    pub view: DealView,
    /// Planes of pairs of parties.
    pub planes: Vec<DealPlane>,
    /// Pairs of parties of which no plane is drawn.
    pub more_planes: usize,
    /// Whether ratifiers were asked.
    pub ratifiers: bool,
    /// Who would accept how much: of all outcomes.
    pub shares: Vec<DealShare>,
    /// Whether the planes and shares come from a random sample of outcomes.
    pub sampled: Option<usize>,
    /// Of every issue, what each party likes best.
    pub best: Vec<Vec<String>>,
    /// The packages.
    pub packages: Vec<DealPackage>,
}

/// The plane of two parties' values.
#[derive(Clone, Debug, PartialEq)]
pub struct DealPlane {
    /// The parties, by position; the first's values run to the right.
    pub parties: [usize; 2],
    /// Worst values.
    pub low: [f64; 2],
    /// Best values.
    pub high: [f64; 2],
    /// Values without a deal.
    pub fallbacks: [f64; 2],
    /// Bins along each side.
    pub side: usize,
    /// Outcomes in each bin, row by row from the lowest: all, those acceptable to all negotiators, and of them those
    /// that every ratifier accepts.
    pub bins: Vec<[u32; 3]>,
    /// Points of the frontier.
    pub frontier: Vec<[f64; 2]>,
    /// Whether they lie on one line: with two parties.
    pub joined: bool,
    /// Solutions and packages.
    pub marks: Vec<DealMark>,
}

/// A solution or package on a plane.
#[derive(Clone, Debug, PartialEq)]
pub struct DealMark {
    /// Its name, or those of all that lie here.
    pub name: String,
    /// Its values to the plane's parties.
    pub at: [f64; 2],
    /// Whether it is a solution.
    pub solution: bool,
}

/// A share of all outcomes.
#[derive(Clone, Debug, PartialEq)]
pub struct DealShare {
    /// Who accepts them.
    pub label: String,
    /// The share.
    pub share: f64,
    /// Whether several must accept together.
    pub joint: bool,
}

/// A package.
#[derive(Clone, Debug, PartialEq)]
pub struct DealPackage {
    /// Its name.
    pub name: String,
    /// What is agreed.
    pub agreed: String,
    /// Value less fallback, to every party.
    pub gains: Vec<f64>,
    /// Distance to the frontier.
    pub distance: f64,
    /// Whether it lies on the frontier.
    pub efficient: bool,
    /// What would improve it for all, or make it acceptable; in words.
    pub trade: String,
    /// Share of draws of doubtful numbers in which all accept it.
    pub share: Option<f64>,
}

/// The page as a file. It needs no network and no other file.
#[must_use]
pub fn deal_html(page: &DealPage) -> String {
    let sections: Vec<Section> = [
        summary(page),
        plane_section(page),
        stakes::section(page),
        tables::shares(page),
        tables::packages(page),
        tables::solutions(page),
    ]
    .into_iter()
    .flatten()
    .collect();
    let contents: String = sections
        .iter()
        .map(|s| format!("<li><a href=\"#{}\">{}</a></li>\n", s.id, s.title))
        .collect();
    let main: String = sections.iter().map(Section::html).collect();
    let [outcomes, issues, points] = page.view.size;
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<link rel=\"icon\" href=\"data:,\">\n\
         <title>{title} · Detente</title>\n<style>\n{STYLE}{DEAL_STYLE}</style>\n</head>\n<body>\n\
         <a class=\"skip\" href=\"#main\">Skip to the findings</a>\n\
         <header>\n<h1>{title}</h1>\n<p class=\"facts\">Who would accept what: {} possible outcomes of {}, {} on the \
         frontier</p>\n</header>\n<nav aria-label=\"Contents\"><h2>Contents</h2><ol>\n{contents}</ol></nav>\n\
         <main id=\"main\" tabindex=\"-1\">\n{main}</main>\n</body>\n</html>\n",
        number::large(outcomes),
        number::counted(issues as usize, "issue", "issues"),
        number::large(points),
        title = escape(&page.view.title),
    )
}

fn summary(page: &DealPage) -> Option<Section> {
    let sentences = page.view.sentences.iter();
    let items: String = sentences
        .map(|sentence| format!("<li>{}</li>\n", escape(sentence)))
        .collect();
    let zone = zone_words(page);
    Some(Section {
        id: "summary",
        title: "In short",
        body: format!("<ul class=\"headlines\">\n<li>{zone}</li>\n{items}</ul>\n"),
    })
}

fn zone_words(page: &DealPage) -> String {
    let (zone, error) = page.view.zone;
    let share = number::small_percent(zone / page.view.size[0]);
    match error {
        None if zone == 0.0 => {
            "No outcome leaves everybody at least as well off as without a deal: there is no zone of possible \
             agreement, and no solution."
                .to_owned()
        }
        None => format!(
            "Of {1} outcomes, {0} ({share}) would leave everybody at least as well off as without a deal.",
            number::large(zone),
            number::large(page.view.size[0])
        ),
        Some(_) => format!(
            "About {share} of the outcomes leave everybody at least as well off as without a deal."
        ),
    }
}

fn plane_section(page: &DealPage) -> Option<Section> {
    if page.planes.is_empty() {
        return None;
    }
    let mut body = format!(
        "<p>The farther to the right and the higher an outcome lies, the better it is for the one party and for the \
         other. The shaded corner is where both are at least as well off as without a deal.{}</p>\n{}<div class=\"planes\">\n",
        match page.sampled {
            Some(outcomes) => format!(
                " The outcomes are a random sample of {}.",
                number::count(outcomes as u64)
            ),
            None => String::new(),
        },
        legend(page)
    );
    for plane in &page.planes {
        body += &figure(page, plane);
    }
    body += "</div>\n";
    if page.more_planes > 0 {
        body += &format!(
            "<p class=\"hint\">{} not drawn; <code>--parties</code> chooses.</p>\n",
            number::counted(
                page.more_planes,
                "more pair of parties is",
                "more pairs of parties are"
            )
        );
    }
    Some(Section {
        id: "plane",
        title: "All outcomes, by what they are worth",
        body,
    })
}

fn legend(page: &DealPage) -> String {
    let square = |colour: &str, words: &str| {
        format!("<li><span class=\"key\" style=\"background:var(--{colour})\"></span>{words}</li>")
    };
    let mut items = square("nobody", "somebody refuses");
    items += &square(
        "accent",
        "some outcomes here acceptable to all at the table",
    );
    if page.ratifiers {
        items += &square("ending-0", "… and ratified at home");
    }
    items += "<li><span class=\"key line\"></span>frontier</li>\
              <li><span class=\"key dashed\" style=\"--key:var(--faint)\"></span>without a deal</li>\
              <li><span class=\"key diamond\" style=\"background:none;border:1.5px solid var(--ink)\"></span>solution</li>\
              <li><span class=\"key dot\" style=\"background:var(--actor-1)\"></span>package</li>";
    format!("<ul class=\"legend\">{items}</ul>\n")
}

fn figure(page: &DealPage, plane: &DealPlane) -> String {
    let name = |axis: usize| page.view.parties[plane.parties[axis]].name.as_str();
    let inside: u64 = plane.bins.iter().map(|bin| u64::from(bin[1])).sum();
    let alt = format!(
        "Outcomes by their value to {} and to {}. {} acceptable to all. {}",
        name(0),
        name(1),
        match inside {
            0 => "None is".to_owned(),
            n => format!("{} are", number::count(n)),
        },
        listed(
            &plane
                .marks
                .iter()
                .map(|m| m.name.clone())
                .collect::<Vec<_>>()
        )
    );
    let mut out = format!(
        "<figure>\n<figcaption><h3>{} and {}</h3></figcaption>\n",
        label(name(0)),
        label(name(1))
    );
    for format in [WIDE, NARROW] {
        let (svg, left_out) = Plane::new(page, plane, format).svg(&alt);
        out += &svg;
        if !left_out.is_empty() {
            out += &format!(
                "<p class=\"hint {}\">Without room for a name: {}.</p>\n",
                format.class,
                escape(&listed(&left_out))
            );
        }
    }
    out + "</figure>\n"
}
