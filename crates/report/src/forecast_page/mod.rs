//! The page of a forecast: what models expect of each issue, where the forecaster puts its chances, how positions move,
//! who challenges whom, and whom to persuade.

mod challenges;
mod chances;
mod frame;
mod levers;
mod models;
mod power;
mod rounds;

use detente_stakeholders::study::{Answers, Study};

pub(crate) use frame::key_of;

use crate::forecast::{facts, sentence, sentences};
use crate::html::markup::{Section, escape, label};
use crate::plain_page::{in_short, plain_page};

/// The page as a file. It needs no network, no script and no other file.
#[must_use]
pub fn forecast_html(study: &Study) -> String {
    let said: Vec<String> = study
        .issues
        .iter()
        .flat_map(|answers| sentences(study, answers))
        .collect();
    let mut sections = vec![in_short(&said)];
    let parts: [(&'static str, &'static str, &str, Picture); 6] = [
        (
            "chances",
            "Where it may end",
            "The chances that the forecaster gives to each stretch of the scale. Decisions pile up where somebody stands, \
             so the picture has peaks. The shaded stretch holds nine chances in ten.",
            chances::figure,
        ),
        (
            "models",
            "What models expect",
            "One row per model; a line through a dot holds 90 of 100 draws of the doubtful numbers, and a dashed line from top to \
             bottom marks what holds without agreement. Against past decisions of the European Union, bargaining models did no \
             better than the weighted mean (<code>compromise</code>), and the forecaster did better than all.",
            models::figure,
        ),
        (
            "power",
            "Who stands where, and with how much weight",
            "Influence times salience at each place of the scale, as a share of everybody’s, one colour an actor.",
            power::figure,
        ),
        (
            "rounds",
            "Round by round",
            "How positions move in the model that is named. Broader lines have more weight; ribbons, of the three with most weight, \
             hold 90 of 100 draws where numbers are doubted.",
            rounds::figure,
        ),
        (
            "challenges",
            "Who challenges whom at first",
            "Each actor challenges where it expects to gain most, if anywhere (spatial model, first turn). Names are in the \
             order of their positions; arrows end at the challenged, and broader ones are likelier to win.",
            challenges::figure,
        ),
        (
            "persuade",
            "Whom to persuade",
            "How far the outcome would move if one actor stood at the lower or at the upper end of the scale, or if it cared \
             less or more, all else as it is.",
            levers::figure,
        ),
    ];
    for (id, title, words, draw) in parts {
        let figures: String = study
            .issues
            .iter()
            .filter_map(|answers| draw(study, answers))
            .collect();
        if !figures.is_empty() {
            let body = format!("<p>{words}</p>\n<div class=\"planes\">\n{figures}</div>\n");
            sections.push(Section { id, title, body });
        }
    }
    if !study.remarks.is_empty() {
        let items: String = study
            .remarks
            .iter()
            .map(|remark| format!("<li>{}</li>\n", escape(&sentence(remark))))
            .collect();
        sections.push(Section {
            id: "remarks",
            title: "To keep in mind",
            body: format!("<ul>\n{items}</ul>\n"),
        });
    }
    plain_page(&study.title, &escape(&facts(study)), &sections)
}

/// Draws an issue; nothing where there is nothing to draw.
type Picture = fn(&Study, &Answers) -> Option<String>;

/// A figure with its caption around pictures for desk and phone; `note` is HTML.
fn framed(answers: &Answers, note: &str, pictures: &str) -> String {
    let note = match note {
        "" => String::new(),
        note => format!("<p>{note}</p>"),
    };
    format!(
        "<figure>\n<figcaption><h3>{}</h3>{note}</figcaption>\n{pictures}</figure>\n",
        label(&answers.label)
    )
}
