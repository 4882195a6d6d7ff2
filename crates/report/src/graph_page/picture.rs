//! The graph: states as numbered circles, moves to the mover's gain as arrows in its colour.

use std::fmt::Write;

use detente_conflict_graph::study::Study;

use super::layout::{Layout, layout};
use super::table::actor;
use crate::deal_page::plane::{Format, NARROW, WIDE};
use crate::escape::markup;
use crate::forecast_page::key_of;
use crate::html::markup::Section;

/// Space from row to row.
const STEP: f64 = 62.0;
/// Space above the first row.
const TOP: f64 = 44.0;

pub(super) fn section(study: &Study) -> Option<Section> {
    let graph = layout(study)?;
    if graph.places.len() < 2 {
        return None;
    }
    let legend: String = (0..study.actors.len())
        .map(|k| format!("<li>{}</li>\n", actor(study, k)))
        .collect();
    let pictures: String = [WIDE, NARROW]
        .map(|format| drawn(study, &graph, format))
        .concat();
    let start = match study.today {
        Some(_) => {
            "The state where it begins stands at the left, others by how many such moves they are away from it; \
                    what no such moves lead to stands apart at the right."
        }
        None => "States stand in the order of their numbers.",
    };
    let body = format!(
        "<p>An arrow is a move to the mover’s own gain, in its colour. {start} A full circle lasts under every concept asked for, a \
         thick ring under some.</p>\n<ul class=\"movers\">\n{legend}</ul>\n<figure>\n{pictures}</figure>\n"
    );
    Some(Section {
        id: "graph",
        title: "Who would move where",
        body,
    })
}

fn drawn(study: &Study, graph: &Layout, format: Format) -> String {
    let height = TOP + STEP * graph.rows as f64;
    let margin = 26.0;
    // Arrows between states of the last column bend into this.
    let right = 48.0;
    let radius = if graph.columns > 7 || format.class == "narrow" {
        12.0
    } else {
        15.0
    };
    let wide = format.width - margin - right;
    let across = if graph.columns > 1 {
        wide / (graph.columns - 1) as f64
    } else {
        0.0
    };
    let rows: Vec<usize> = (0..graph.columns)
        .map(|column| graph.places.iter().filter(|p| p.column == column).count())
        .collect();
    let at = |k: usize| {
        let place = &graph.places[k];
        let free = (graph.rows - rows[place.column]) as f64 / 2.0;
        // Neighbouring columns are shifted against one another, so that arrows past a state stay visible.
        let shift = if place.column % 2 == 1 { 9.0 } else { -9.0 };
        let x = margin + across * place.column as f64;
        (x, TOP + STEP * (place.row as f64 + free + 0.5) + shift)
    };
    let count = graph.arrows.len();
    let alt = format!(
        "{} states and {count} moves to the mover’s gain",
        graph.places.len()
    );
    let mut out = format!(
        "<svg class=\"plane {} graph\" width=\"{w}\" height=\"{height}\" viewBox=\"0 0 {w} {height}\" role=\"group\" aria-label=\"{}\">\n",
        format.class,
        markup(&alt),
        w = format.width
    );
    if let Some(apart) = graph.apart.filter(|apart| *apart > 0) {
        let x = margin + across * (apart as f64 - 0.5);
        let _ = writeln!(
            out,
            "<path class=\"fallback\" d=\"M{x:.1} 8V{:.1}\"/>",
            height - 6.0
        );
        let words = if format.class == "wide" {
            "not reached so"
        } else {
            "apart"
        };
        let room = 12.0 * words.len() as f64 * 0.58 + 4.0;
        let _ = writeln!(
            out,
            "<text class=\"faint\" x=\"{:.1}\" y=\"18\">{words}</text>",
            (x + 8.0).min(format.width - room)
        );
    }
    for arrow in &graph.arrows {
        let ends = (at(arrow.from), at(arrow.to));
        out += &curve(
            study,
            graph,
            arrow.actor,
            (arrow.from, arrow.to),
            ends,
            radius,
        );
    }
    for (k, place) in graph.places.iter().enumerate() {
        let state = &study.states[place.state];
        let (x, y) = at(k);
        let lasting = state.equilibrium.iter().filter(|lasts| **lasts).count();
        let class = match lasting {
            0 => "node",
            n if n == study.answers.len() => "node all",
            _ => "node some",
        };
        let _ = writeln!(
            out,
            "<a href=\"#state-{n}\"><circle class=\"{class}\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{radius}\"><title>{}</title></circle>\
             <text class=\"{class}\" x=\"{x:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{n}</text></a>",
            markup(&state.words),
            y + 4.2,
            n = state.number
        );
        if study.today == Some(state.number) {
            let _ = writeln!(
                out,
                "<text class=\"name halo\" x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"middle\">now</text>",
                x.max(16.0),
                y - radius - 6.0
            );
        }
    }
    out + "</svg>\n"
}

/// An arrow that bends aside, so that moves back and forth, and of several actors, do not hide one another.
fn curve(
    study: &Study,
    graph: &Layout,
    actor: usize,
    (from, to): (usize, usize),
    ((x0, y0), (x1, y1)): ((f64, f64), (f64, f64)),
    radius: f64,
) -> String {
    let (dx, dy) = (x1 - x0, y1 - y0);
    let length = dx.hypot(dy).max(1.0);
    let same = graph.places[from].column == graph.places[to].column;
    let bend = if same {
        (0.3 * length + 5.0 * actor as f64).min(56.0)
    } else {
        (0.14 * length + 5.0 * actor as f64).min(60.0)
    };
    // Always to the left of its direction.
    let (cx, cy) = (
        (x0 + x1) / 2.0 + bend * dy / length,
        (y0 + y1) / 2.0 - bend * dx / length,
    );
    let toward = |x: f64, y: f64, far: f64| {
        let (dx, dy) = (cx - x, cy - y);
        let length = dx.hypot(dy).max(1.0);
        (x + dx / length * far, y + dy / length * far)
    };
    let (sx, sy) = toward(x0, y0, radius + 1.0);
    let (tx, ty) = toward(x1, y1, radius + 2.0);
    let (hx, hy) = toward(x1, y1, radius + 10.0);
    let (ox, oy) = ((hy - ty) * 0.42, (tx - hx) * 0.42);
    let here = &study.states[graph.places[from].state];
    let there = &study.states[graph.places[to].state];
    let step = (here.moves.iter()).find(|step| step.actor == actor && step.to == there.number);
    let words = step.map_or("", |step| step.words.as_str());
    let name = study.actors.get(actor).map_or("", String::as_str);
    format!(
        "<path class=\"arc\" {key} stroke-width=\"1.6\" d=\"M{sx:.1} {sy:.1}Q{cx:.1} {cy:.1} {hx:.1} {hy:.1}\"><title>{}</title></path>\
         <path class=\"head\" {key} d=\"M{tx:.1} {ty:.1}L{:.1} {:.1}L{:.1} {:.1}z\"/>\n",
        markup(&format!(
            "{name} by {words}: from {} to {}",
            here.number, there.number
        )),
        hx + ox,
        hy + oy,
        hx - ox,
        hy - oy,
        key = key_of(actor)
    )
}
