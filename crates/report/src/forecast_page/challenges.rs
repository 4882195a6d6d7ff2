//! Who challenges whom: names in the order of their positions, arcs from the challenger to the challenged.

use detente_stakeholders::study::{Answers, Study, Voice};

use super::frame::{FORMATS, ROW, Sheet, colour, margin};
use super::framed;
use crate::escape::markup;
use crate::forecast::{called, scale_of};
use crate::number::percent;

/// Rows at most; of more, challengers with most weight and whom they challenge.
const MOST: usize = 24;

pub(super) fn figure(study: &Study, answers: &Answers) -> Option<String> {
    if answers.challenges.is_empty() {
        return None;
    }
    let mut shown = involved(answers);
    shown.sort_by(|a, b| {
        b.position
            .total_cmp(&a.position)
            .then(a.actor.cmp(&b.actor))
    });
    let row = |actor: usize| shown.iter().position(|voice| voice.actor == actor);
    let arcs: Vec<_> = answers
        .challenges
        .iter()
        .filter_map(|one| Some((one, row(one.from)?, row(one.to)?)))
        .collect();
    let scale = scale_of(answers);
    let told: Vec<String> = arcs
        .iter()
        .take(MOST)
        .map(|(one, ..)| {
            let (from, to) = (called(study, one.from), called(study, one.to));
            format!("{from} challenges {to}")
        })
        .collect();
    let alt = format!("{}: {}.", answers.label, told.join("; "));
    let height = ROW * shown.len() as f64 + 12.0;
    let pictures: String = FORMATS
        .map(|format| {
            let mut sheet = Sheet::new(answers, format, margin(format) + 46.0, height, &alt);
            let y = |row: usize| 6.0 + ROW * (row as f64 + 0.5);
            for (i, voice) in shown.iter().enumerate() {
                let left = sheet.left - 8.0;
                sheet.left -= 46.0;
                sheet.name(y(i), called(study, voice.actor));
                sheet.left += 46.0;
                sheet.put(&format!(
                    "<text class=\"faint\" x=\"{left:.1}\" y=\"{:.1}\" text-anchor=\"end\">{}</text>\
                     <circle class=\"part\" {} cx=\"{:.1}\" cy=\"{:.1}\" r=\"4\"/>",
                    y(i) + 4.0,
                    scale.write(voice.position),
                    colour(study, voice.actor),
                    sheet.left + 2.0,
                    y(i)
                ));
            }
            let reach = sheet.right - sheet.left - 20.0;
            let far = shown.len().max(2) as f64;
            for (one, from, to) in &arcs {
                let (a, b) = (y(*from), y(*to));
                let x = sheet.left + 8.0;
                let apart = (*from as f64 - *to as f64).abs() / far;
                let bulge = x + 24.0 + apart * reach * 1.25;
                // Where arcs meet a row from above and below, they end a little apart.
                let end = if a < b { b - 3.0 } else { b + 3.0 };
                sheet.put(&format!(
                    "<path class=\"arc\" {key} stroke-width=\"{:.1}\" d=\"M{x:.1} {a:.1}C{bulge:.1} {a:.1} {bulge:.1} {end:.1} {:.1} \
                     {end:.1}\"><title>{} challenges {}: {} to win</title></path>\
                     <path class=\"head\" {key} d=\"M{x:.1} {end:.1}l8 -4v8z\"/>",
                    0.8 + 2.4 * one.chance.clamp(0.0, 1.0),
                    x + 7.0,
                    markup(called(study, one.from)),
                    markup(called(study, one.to)),
                    markup(&percent(one.chance)),
                    key = colour(study, one.from),
                ));
            }
            sheet.finish()
        })
        .concat();
    Some(framed(answers, "", &pictures))
}

/// Those who challenge or are challenged, pair by pair, the challengers with most weight first, while there is room.
fn involved(answers: &Answers) -> Vec<&Voice> {
    let of = |actor: usize| answers.voices.iter().find(|voice| voice.actor == actor);
    let mut pairs: Vec<(&Voice, &Voice)> = (answers.challenges.iter())
        .filter_map(|one| Some((of(one.from)?, of(one.to)?)))
        .collect();
    pairs.sort_by(|a, b| b.0.weight.total_cmp(&a.0.weight));
    let mut shown: Vec<&Voice> = Vec::new();
    for (from, to) in pairs {
        let known = |voice: &Voice| shown.iter().any(|other| other.actor == voice.actor);
        let new: Vec<&Voice> = [from, to].into_iter().filter(|one| !known(one)).collect();
        if shown.len() + new.len() <= MOST {
            shown.extend(new);
        }
    }
    shown
}
