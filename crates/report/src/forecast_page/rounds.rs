//! Positions over rounds.

use std::fmt::Write;

use detente_stakeholders::study::{Answers, Expected, Study};

use super::frame::{COLUMN, FORMATS, Sheet, colour};
use super::framed;
use crate::deal_page::plane::Format;
use crate::escape::markup;
use crate::forecast::{called, ended, scale_of, weightiest, with_rounds};
use crate::html::markup::{code, escape};
use crate::paper::{columns, label};
use crate::vary::{Scale, spread};

const HEIGHT: f64 = 320.0;
const TOP: f64 = 12.0;
const BOTTOM: f64 = 276.0;
/// Actors named at the right.
const NAMED: usize = 12;
/// Actors with a ribbon: those of more would hide one another.
const RIBBONS: usize = 3;

pub(super) fn figure(study: &Study, answers: &Answers) -> Option<String> {
    let found = with_rounds(answers)?;
    let alt = format!(
        "{}: positions round by round in the model {}, {}.",
        answers.label,
        found.model,
        ended(found)
    );
    let note = format!("{}, {}.", code(&found.model), escape(&ended(found)));
    let pictures: String = FORMATS
        .map(|format| picture(study, answers, found, format, &alt))
        .concat();
    Some(framed(answers, &note, &pictures))
}

fn picture(
    study: &Study,
    answers: &Answers,
    found: &Expected,
    format: Format,
    alt: &str,
) -> String {
    let issue = &answers.issue;
    let values = Scale::exact(issue.lower, issue.upper, 5, false);
    let numbers = values
        .ticks
        .iter()
        .map(|tick| columns(&values.words(*tick)));
    let left = numbers.fold(1.0, f64::max) * COLUMN + 10.0;
    let names = if format.class == "wide" { 170.0 } else { 104.0 };
    let last = found.rounds.len() - 1;
    let mut sheet = Sheet::over((0.0, last as f64), format, left, HEIGHT, alt);
    sheet.right -= names;
    let y = |value: f64| BOTTOM - values.share(value) * (BOTTOM - TOP);
    for tick in &values.ticks {
        let (left, right, at) = (sheet.left, sheet.right, y(*tick));
        sheet.put(&format!(
            "<path class=\"grid\" d=\"M{left:.1} {at:.1}H{right:.1}\"/><text class=\"faint\" x=\"{:.1}\" y=\"{:.1}\" \
             text-anchor=\"end\">{}</text>",
            left - 6.0,
            at + 4.0,
            values.words(*tick)
        ));
    }
    let steps = Scale::exact(0.0, last as f64, format.ticks.min(last.max(1)), false);
    for tick in steps.ticks.iter().filter(|tick| tick.fract() == 0.0) {
        let x = sheet.x(*tick);
        sheet.put(&format!(
            "<text class=\"faint\" x=\"{x:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{}</text>",
            BOTTOM + 17.0,
            steps.words(*tick)
        ));
    }
    let right = sheet.right;
    sheet.put(&format!(
        "<text class=\"name\" x=\"{right:.1}\" y=\"{:.1}\" text-anchor=\"end\">Round →</text>",
        BOTTOM + 36.0
    ));
    for actor in weightiest(answers, RIBBONS) {
        ribbon(&mut sheet, study, found, actor, &y);
    }
    for voice in &answers.voices {
        let mut path = String::new();
        for (round, held) in found.rounds.iter().enumerate() {
            if let Some(at) = held.get(voice.actor).copied().flatten() {
                let letter = if path.is_empty() { 'M' } else { 'L' };
                let _ = write!(path, "{letter}{:.1} {:.1}", sheet.x(round as f64), y(at));
            }
        }
        let wide = 1.0 + 5.0 * voice.weight.sqrt();
        sheet.put(&format!(
            "<path class=\"course\" {} stroke-width=\"{wide:.1}\" d=\"{path}\"><title>{}</title></path>",
            colour(study, voice.actor),
            markup(called(study, voice.actor))
        ));
    }
    ends(&mut sheet, study, answers, found, &y);
    sheet.finish()
}

fn ribbon(
    sheet: &mut Sheet,
    study: &Study,
    found: &Expected,
    actor: usize,
    y: &dyn Fn(f64) -> f64,
) {
    let spans: Vec<(f64, [f64; 2])> = (0..)
        .zip(&found.ribbon)
        .filter_map(|(round, all): (i32, _)| {
            Some((f64::from(round), all.get(actor).copied().flatten()?))
        })
        .collect();
    if spans.iter().all(|(_, [low, high])| high - low <= 0.0) {
        return;
    }
    let mut path = String::new();
    for (round, [low, _]) in &spans {
        let letter = if path.is_empty() { 'M' } else { 'L' };
        let _ = write!(path, "{letter}{:.1} {:.1}", sheet.x(*round), y(*low));
    }
    for (round, [_, high]) in spans.iter().rev() {
        let _ = write!(path, "L{:.1} {:.1}", sheet.x(*round), y(*high));
    }
    sheet.put(&format!(
        "<path class=\"ribbon\" {} d=\"{path}z\"/>",
        colour(study, actor)
    ));
}

/// Names at the ends of the lines.
fn ends(
    sheet: &mut Sheet,
    study: &Study,
    answers: &Answers,
    found: &Expected,
    y: &dyn Fn(f64) -> f64,
) {
    let Some(last) = found.rounds.last() else {
        return;
    };
    let named: Vec<(usize, f64)> = weightiest(answers, NAMED)
        .into_iter()
        .filter_map(|actor| Some((actor, last.get(actor).copied().flatten()?)))
        .collect();
    let places: Vec<f64> = named.iter().map(|(_, at)| y(*at)).collect();
    let set = spread(&places, 15.0, TOP + 4.0, BOTTOM);
    let scale = scale_of(answers);
    let wide = ((sheet.format.width - sheet.right - 22.0) / COLUMN) as usize;
    for (((actor, at), place), foot) in named.iter().zip(&places).zip(set) {
        let x = sheet.right;
        let short = label(called(study, *actor), wide, 1).concat();
        sheet.put(&format!(
            "<path class=\"arc\" {} d=\"M{:.1} {place:.1}L{:.1} {foot:.1}\"/><text x=\"{:.1}\" y=\"{:.1}\">{}<title>{}: {}</title></text>",
            colour(study, *actor),
            x + 2.0,
            x + 12.0,
            x + 15.0,
            foot + 4.0,
            markup(&short),
            markup(called(study, *actor)),
            scale.write(*at)
        ));
    }
}
