//! The page of a conflict's graph: what lasts, the option form, the picture, reasons, ways, and what would have to change.

mod layout;
mod picture;
mod reasons;
mod table;

use detente_conflict_graph::study::Study;

use crate::graph::{facts, sentences, upper, way_words, wish_words};
use crate::html::markup::{Section, escape};
use crate::plain_page::{in_short, plain_page};

/// The page as a file. It needs no network, no script and no other file.
#[must_use]
pub fn graph_html(study: &Study) -> String {
    let mut sections = vec![in_short(&sentences(study))];
    sections.extend(table::section(study));
    sections.extend(picture::section(study));
    sections.extend(reasons::section(study));
    sections.extend(ways(study));
    sections.extend(wishes(study));
    if !study.remarks.is_empty() {
        let items: String = (study.remarks.iter())
            .map(|remark| format!("<li>{}</li>\n", escape(&crate::forecast::sentence(remark))))
            .collect();
        sections.push(Section {
            id: "remarks",
            title: "To keep in mind",
            body: format!("<ul>\n{items}</ul>\n"),
        });
    }
    plain_page(&study.title, &escape(&facts(study)), &sections)
}

fn ways(study: &Study) -> Option<Section> {
    if study.ways.is_empty() {
        return None;
    }
    let mut body = String::from(
        "<p>The likeliest way has the fewest moves that do not help the mover at once, and then the fewest moves. Nobody moves \
         twice in a row.</p>\n<dl class=\"styles\">\n",
    );
    for way in &study.ways {
        body += &format!("<dt>{}</dt>\n", escape(&upper(&name(study, way.to))));
        for (kind, words) in way_words(study, way) {
            let kind = match kind {
                "" => String::new(),
                kind => format!("<b>{}:</b> ", escape(&upper(kind))),
            };
            body += &format!("<dd>{kind}{}</dd>\n", escape(&words));
        }
    }
    Some(Section {
        id: "ways",
        title: "How it may get there",
        body: body + "</dl>\n",
    })
}

fn name(study: &Study, number: usize) -> String {
    let state = crate::graph::state(study, number);
    state.map_or_else(|| format!("state {number}"), crate::graph::called)
}

fn wishes(study: &Study) -> Option<Section> {
    if study.wishes.is_empty() {
        return None;
    }
    let mut items = String::new();
    for wish in &study.wishes {
        for words in wish_words(study, wish) {
            items += &format!("<li>{}</li>\n", escape(&upper(&words)));
        }
    }
    Some(Section {
        id: "goal",
        title: "What would have to change",
        body: format!("<ul class=\"said\">\n{items}</ul>\n"),
    })
}
