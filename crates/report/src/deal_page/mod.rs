//! The page of a negotiation, and its parts, which other pages show too.

pub(crate) mod labels;
pub(crate) mod plane;
mod stakes;
mod tables;

use detente_findings::model::{Deal, DealPlane};

use crate::html::markup::{Section, label, listed};
use crate::number;
use crate::plain_page::{in_short, plain_page};
use plane::{Overlay, pictures};

/// The page as a file. It needs no network, no script and no other file.
#[must_use]
pub fn deal_html(deal: &Deal) -> String {
    let mut sentences = vec![zone_words(deal)];
    sentences.extend_from_slice(&deal.sentences);
    let mut sections = vec![in_short(&sentences)];
    sections.extend(parts(deal));
    let facts = format!(
        "Who would accept what: {} possible outcomes of {}, {} on the frontier",
        number::large(deal.outcomes),
        number::counted(deal.issues.len(), "issue", "issues"),
        number::counted(deal.frontier, "point", "points"),
    );
    plain_page(&deal.title, &facts, &sections)
}

/// Everything but the sentences.
pub(crate) fn parts(deal: &Deal) -> Vec<Section> {
    [
        plane_section(deal),
        stakes::section(deal),
        tables::shares(deal),
        tables::packages(deal),
        tables::solutions(deal),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// From how many outcomes the zone was estimated, and how well, as the end of a sentence.
pub(crate) fn estimated(deal: &Deal, error: f64) -> String {
    let drawn = deal.zone.sample.map_or_else(String::new, |sample| {
        format!(
            " from {} outcomes drawn at random",
            number::count(u64::from(sample))
        )
    });
    format!(
        " (estimated{drawn}, standard error {})",
        number::small_percent(error)
    )
}

/// How much everybody accepts, in a sentence.
pub(crate) fn zone_words(deal: &Deal) -> String {
    let zone = deal.zone.count;
    let share = number::small_percent(zone / deal.outcomes);
    match deal.zone.standard_error {
        None if zone == 0.0 => {
            "No outcome leaves everybody at least as well off as without a deal: there is no zone of possible \
             agreement, and no solution."
                .to_owned()
        }
        None => format!(
            "Of {1} outcomes, {0} ({share}) would leave everybody at least as well off as without a deal.",
            number::large(zone),
            number::large(deal.outcomes)
        ),
        Some(error) => format!(
            "About {share} of the {} outcomes leave everybody at least as well off as without a deal{}.",
            number::large(deal.outcomes),
            estimated(deal, error / deal.outcomes)
        ),
    }
}

fn plane_section(deal: &Deal) -> Option<Section> {
    if deal.planes.is_empty() {
        return None;
    }
    let mut body = format!(
        "<p>The farther to the right and the higher an outcome lies, the better it is for the one party and for the \
         other. The shaded corner is where both are at least as well off as without a deal.{}</p>\n{}",
        match deal.sampled {
            Some(outcomes) => format!(
                " The outcomes are a random sample of {}.",
                number::count(outcomes as u64)
            ),
            None => String::new(),
        },
        legend(deal)
    );
    body += &planes(deal, "--parties", |plane| figure(deal, plane));
    Some(Section {
        id: "plane",
        title: "All outcomes, by what they are worth",
        body,
    })
}

/// The planes of a negotiation as figures, and how many more there are, among which `choose` chooses.
pub(crate) fn planes(deal: &Deal, choose: &str, figure: impl Fn(&DealPlane) -> String) -> String {
    let figures: String = deal.planes.iter().map(figure).collect();
    let mut body = format!("<div class=\"planes\">\n{figures}</div>\n");
    if deal.more_planes > 0 {
        body += &format!(
            "<p class=\"hint\">{} not drawn; <code>{choose}</code> chooses.</p>\n",
            number::counted(
                deal.more_planes,
                "more pair of parties is",
                "more pairs of parties are"
            )
        );
    }
    body
}

pub(crate) fn legend(deal: &Deal) -> String {
    let square = |colour: &str, words: &str| {
        format!("<li><span class=\"key\" style=\"background:var(--{colour})\"></span>{words}</li>")
    };
    let mut items = square("nobody", "somebody refuses");
    items += &square(
        "accent",
        "some outcomes here acceptable to all at the table",
    );
    if deal.ratifiers {
        items += &square("ending-0", "… and ratified at home");
    }
    items += "<li><span class=\"key line\"></span>frontier</li>\
              <li><span class=\"key dashed\" style=\"--key:var(--faint)\"></span>without a deal</li>\
              <li><span class=\"key diamond\" style=\"background:none;border:1.5px solid var(--ink)\"></span>solution</li>\
              <li><span class=\"key dot\" style=\"background:var(--package)\"></span>package</li>";
    format!("<ul class=\"legend\">{items}</ul>\n")
}

fn figure(deal: &Deal, plane: &DealPlane) -> String {
    let name = |axis: usize| deal.parties[plane.parties[axis]].name.as_str();
    let inside: u64 = plane.bins.iter().map(|bin| u64::from(bin.zone)).sum();
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
    out += &pictures(&Overlay::default(), deal, plane, &alt);
    out + "</figure>\n"
}
