//! Weight by position, stacked.

use detente_stakeholders::study::{Answers, Study, Voice};

use super::frame::{FORMATS, Sheet, axis_name, colour, hue};
use super::framed;
use crate::escape::markup;
use crate::forecast::{called, scale_of, weightiest};
use crate::html::markup::{key, label};
use crate::number::percent;

const HEIGHT: f64 = 260.0;
const TOP: f64 = 36.0;
const BOTTOM: f64 = 220.0;
/// Stretches of the scale whose actors are stacked.
const STRETCHES: f64 = 24.0;
/// Actors named in the legend.
const NAMED: usize = 10;

pub(super) fn figure(study: &Study, answers: &Answers) -> Option<String> {
    let shown = weightiest(answers, NAMED);
    let most = shown.first().copied()?;
    let scale = scale_of(answers);
    let alt = format!(
        "{}: weight by position. Most weight has {}.",
        answers.label,
        called(study, most)
    );
    let legend: String = shown
        .iter()
        .map(|actor| {
            let (kind, number) = hue(study, *actor);
            let name = label(called(study, *actor));
            format!("<li>{}{name}</li>", key(kind, number))
        })
        .collect();
    let stacks = stacks(answers);
    let tallest = stacks
        .iter()
        .map(|(_, voices)| voices.iter().map(|voice| voice.weight).sum::<f64>())
        .fold(1e-12, f64::max);
    let pictures: String = FORMATS
        .map(|format| {
            let mut sheet = Sheet::new(answers, format, 20.0, HEIGHT, &alt);
            sheet.axis(TOP, BOTTOM, axis_name(answers));
            let wide = ((sheet.right - sheet.left) / STRETCHES - 2.0).max(4.0);
            for (position, voices) in &stacks {
                let x = sheet.x(*position) - wide / 2.0;
                let mut y = BOTTOM;
                for voice in voices {
                    let tall = voice.weight / tallest * (BOTTOM - TOP - 4.0);
                    y -= tall;
                    sheet.put(&format!(
                        "<rect class=\"part\" {} x=\"{x:.1}\" y=\"{y:.1}\" width=\"{wide:.1}\" height=\"{tall:.1}\">\
                         <title>{}, at {}: {}</title></rect>",
                        colour(study, voice.actor),
                        markup(called(study, voice.actor)),
                        scale.write(voice.position),
                        markup(&percent(voice.weight))
                    ));
                }
            }
            if let Some(forecast) = &answers.forecast {
                let words = format!("forecast {}", scale.write(forecast.median));
                sheet.mark(forecast.median, (TOP - 14.0, BOTTOM), "median", &words);
            }
            sheet.finish()
        })
        .concat();
    let legend = format!("<ul class=\"legend\">{legend}</ul>\n");
    Some(framed(answers, "", &(legend + &pictures)))
}

/// Actors by the stretch of the scale on which they stand: where the lowest of each stretch stands, and who is there,
/// heaviest first. No two stretches begin nearer to one another than the length of one.
fn stacks(answers: &Answers) -> Vec<(f64, Vec<&Voice>)> {
    let mut voices: Vec<&Voice> = answers.voices.iter().filter(|v| v.weight > 0.0).collect();
    voices.sort_by(|a, b| {
        a.position
            .total_cmp(&b.position)
            .then(a.actor.cmp(&b.actor))
    });
    let mut stacks: Vec<(f64, Vec<&Voice>)> = Vec::new();
    for voice in voices {
        match stacks.last_mut() {
            Some((start, stack)) if voice.position - *start < answers.issue.width() / STRETCHES => {
                stack.push(voice);
            }
            _ => stacks.push((voice.position, vec![voice])),
        }
    }
    for (_, stack) in &mut stacks {
        stack.sort_by(|a, b| b.weight.total_cmp(&a.weight).then(a.actor.cmp(&b.actor)));
    }
    stacks
}
