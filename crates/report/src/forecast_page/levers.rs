//! How far each actor's move would move the outcome.

use detente_stakeholders::study::{Answers, Study};

use super::frame::{FORMATS, ROW, Sheet, axis_name, margin};
use super::framed;
use crate::forecast::{called, scale_of, signed};
use crate::html::markup::code;
use crate::number;

/// Actors shown.
const MOST: usize = 12;
const TOP: f64 = 8.0;

pub(super) fn figure(study: &Study, answers: &Answers) -> Option<String> {
    let shown: Vec<_> = answers
        .leverage
        .iter()
        .filter(|lever| lever.position.iter().any(|change| change.abs() > 0.0))
        .take(MOST)
        .collect();
    let most = shown
        .iter()
        .flat_map(|lever| lever.position)
        .fold(0.0, |most: f64, change| most.max(change.abs()));
    if most <= 0.0 {
        return None;
    }
    let scale = scale_of(answers);
    let told: Vec<String> = shown
        .iter()
        .map(|lever| {
            let [down, up] = lever.position.map(|change| signed(scale, change));
            format!("{} {down} to {up}", called(study, lever.actor))
        })
        .collect();
    let alt = format!(
        "{}: change of the outcome if one actor stood at an end of the scale: {}.",
        answers.label,
        told.join("; ")
    );
    let bottom = TOP + ROW * shown.len() as f64 + 4.0;
    let pictures: String = FORMATS
        .map(|format| {
            let ends = (-most, most);
            let mut sheet = Sheet::over(ends, format, margin(format), bottom + 44.0, &alt);
            sheet.axis(TOP, bottom, axis_name(answers));
            let middle = sheet.x(0.0);
            for (i, lever) in shown.iter().enumerate() {
                let y = TOP + ROW * (i as f64 + 0.5) + 2.0;
                sheet.name(y, called(study, lever.actor));
                for (change, class) in lever.position.into_iter().zip(["lower", "upper"]) {
                    let to = sheet.x(change);
                    sheet.put(&format!(
                        "<rect class=\"lever {class}\" x=\"{:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"13\"><title>{}</title></rect>",
                        to.min(middle),
                        y - 6.5,
                        (to - middle).abs(),
                        signed(scale, change)
                    ));
                }
            }
            sheet.put(&format!(
                "<path class=\"mark\" d=\"M{middle:.1} {TOP}V{bottom:.1}\"/>"
            ));
            sheet.finish()
        })
        .concat();
    let [low, high] = [answers.issue.lower, answers.issue.upper];
    let note = format!(
        "Outcome of {}. Pale: if it stood at {}; dark: if it stood at {}.",
        code(&study.persuade),
        number::plain(low, false),
        number::plain(high, false)
    );
    Some(framed(answers, &note, &pictures))
}
