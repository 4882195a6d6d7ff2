//! The page of one negotiation played out: the offers over the plane of values, what they were worth round by round,
//! and what was said.

mod lines;
mod offers;

use detente_findings::model::{Deal, DealPlane};

use crate::deal_page::plane::{Overlay, Path, pictures};
use crate::deal_page::planes;
use crate::html::markup::{Section, escape, key, label, listed};
use crate::number;
use crate::plain_page::{in_short, plain_page};

/// A session, ready to be shown.
#[derive(Clone, Debug, PartialEq)]
pub struct SessionPage {
    /// The negotiation: its title, parties, planes with the frontier and solutions. Its sentences are those that say
    /// how the session ended.
    pub deal: Deal,
    /// Style of every party and what it does, in words.
    pub styles: Vec<[String; 2]>,
    /// Rounds until the deadline.
    pub rounds: u32,
    /// Every turn, in order.
    pub turns: Vec<SessionTurn>,
    /// What took the place of the settlement afterwards, in order.
    pub improvements: Vec<SessionImprovement>,
    /// What was agreed in the end, if anything.
    pub agreement: Option<SessionAgreement>,
}

/// A deal that took the place of what was agreed.
#[derive(Clone, Debug, PartialEq)]
pub struct SessionImprovement {
    /// Who proposed it, by position.
    pub party: usize,
    /// Its values to all parties.
    pub values: Vec<f64>,
    /// The deal, in words.
    pub words: String,
}

/// What a party did in its turn.
#[derive(Clone, Debug, PartialEq)]
pub struct SessionTurn {
    /// The round, counted from 1.
    pub round: u32,
    /// Who, by position.
    pub party: usize,
    /// The offer, if it made one: its values to all parties.
    pub values: Option<Vec<f64>>,
    /// The offer or the act, in words.
    pub words: String,
}

/// What was agreed in the end.
#[derive(Clone, Debug, PartialEq)]
pub struct SessionAgreement {
    /// The round of the settlement, counted from 1.
    pub round: u32,
    /// Its values to all parties.
    pub values: Vec<f64>,
}

/// The page as a file. It needs no network, no script and no other file.
#[must_use]
pub fn session_html(page: &SessionPage) -> String {
    let deal = &page.deal;
    let facts = format!(
        "A negotiation played out by alternating offers, at most {}: {}",
        number::counted(page.rounds as usize, "round", "rounds"),
        listed(
            &(deal.parties.iter().zip(&page.styles))
                .map(|(party, [style, _])| format!("{} {}", label(&party.name), escape(style)))
                .collect::<Vec<_>>()
        )
    );
    let mut sections = vec![in_short(&deal.sentences)];
    sections.extend(plane_section(page));
    sections.push(lines::section(page));
    sections.push(offers::section(page));
    plain_page(&deal.title, &facts, &sections)
}

fn plane_section(page: &SessionPage) -> Option<Section> {
    let deal = &page.deal;
    if deal.planes.is_empty() {
        return None;
    }
    let mut body = format!(
        "<p>Every dot on a line is an offer, placed by what it is worth to two of the parties; a line joins the offers of \
         one party in their order. In the shaded corner both are at least as well off as without a deal.</p>\n{}",
        legend(page)
    );
    body += &planes(deal, "--plane", |plane| figure(page, plane));
    Some(Section {
        id: "plane",
        title: "The offers, by what they are worth",
        body,
    })
}

fn legend(page: &SessionPage) -> String {
    let offers: String = (page.deal.parties.iter())
        .map(|party| {
            format!(
                "<li>{}offers of {}</li>",
                key("actor", party.colour),
                label(&party.name)
            )
        })
        .collect();
    let agreement = match page.agreement {
        Some(_) => "<li><span class=\"key ring\" style=\"--key:var(--good)\"></span>agreement</li>",
        None => "",
    };
    format!(
        "<ul class=\"legend\">{offers}{agreement}<li><span class=\"key line\"></span>frontier</li>\
         <li><span class=\"key dashed\" style=\"--key:var(--faint)\"></span>without a deal</li>\
         <li><span class=\"key diamond\" style=\"background:none;border:1.5px solid var(--ink)\"></span>solution</li>\
         <li><span class=\"key\" style=\"background:var(--nobody)\"></span>other outcomes</li></ul>\n"
    )
}

fn figure(page: &SessionPage, plane: &DealPlane) -> String {
    let deal = &page.deal;
    let [a, b] = plane.parties;
    let on_plane = |values: &[f64]| [values[a], values[b]];
    let overlay = Overlay {
        paths: (0..deal.parties.len())
            .map(|party| Path {
                colour: deal.parties[party].colour,
                points: offers_of(page, party).map(|(_, v)| on_plane(v)).collect(),
            })
            .collect(),
        agreement: (page.agreement.as_ref()).map(|agreement| {
            (
                format!("agreed in round {}", agreement.round),
                on_plane(&agreement.values),
            )
        }),
    };
    let (first, second) = (&deal.parties[a].name, &deal.parties[b].name);
    let alt = format!(
        "The offers by their value to {first} and to {second}. {}",
        deal.sentences.join(" ")
    );
    format!(
        "<figure>\n<figcaption><h3>{} and {}</h3></figcaption>\n{}</figure>\n",
        label(first),
        label(second),
        pictures(&overlay, deal, plane, &alt)
    )
}

/// The offers of a party: rounds and values to all.
fn offers_of(page: &SessionPage, party: usize) -> impl Iterator<Item = (u32, &[f64])> + '_ {
    let turns = page.turns.iter().filter(move |turn| turn.party == party);
    turns.filter_map(|turn| Some((turn.round, turn.values.as_deref()?)))
}
