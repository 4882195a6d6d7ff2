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
        .filter(|lever| lever.most() > 0.0)
        .take(MOST)
        .collect();
    let most = shown
        .iter()
        .fold(0.0, |most: f64, lever| most.max(lever.most()));
    if most <= 0.0 {
        return None;
    }
    let scale = scale_of(answers);
    let told: Vec<String> = shown
        .iter()
        .map(|lever| {
            let [down, up] = lever.position.map(|change| signed(scale, change));
            let cares = lever
                .salience
                .map(|change| change.map(|change| signed(scale, change)));
            let [idle, keen] = cares.map(|words| words.unwrap_or_else(|| "unknown".to_owned()));
            let name = called(study, lever.actor);
            format!("{name} {down} to {up}, {idle} if indifferent, {keen} if all-caring")
        })
        .collect();
    let alt = format!(
        "{}: change of the outcome if one actor stood at an end of the scale, or cared less or more: {}.",
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
            sheet.put(&format!(
                "<path class=\"mark\" d=\"M{middle:.1} {TOP}V{bottom:.1}\"/>"
            ));
            for (i, lever) in shown.iter().enumerate() {
                let y = TOP + ROW * (i as f64 + 0.5) + 2.0;
                sheet.name(y, called(study, lever.actor));
                // One above the other: both may lead to the same side.
                let halves = [("lower", y - 6.5), ("upper", y + 0.5)];
                for (change, (class, top)) in lever.position.into_iter().zip(halves) {
                    let to = sheet.x(change);
                    sheet.put(&format!(
                        "<rect class=\"lever {class}\" x=\"{:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"6\"><title>{}</title></rect>",
                        to.min(middle),
                        top,
                        (to - middle).abs(),
                        signed(scale, change)
                    ));
                }
                for (change, class) in lever.salience.into_iter().zip(["idle", "keen"]) {
                    let Some(change) = change else { continue };
                    sheet.put(&format!(
                        "<circle class=\"lever {class}\" cx=\"{:.1}\" cy=\"{y:.1}\" r=\"3.4\"><title>{}</title></circle>",
                        sheet.x(change),
                        signed(scale, change)
                    ));
                }
            }
            sheet.finish()
        })
        .concat();
    let [low, high] = [answers.issue.lower, answers.issue.upper];
    let note = format!(
        "Outcome of {}. Pale bar: if it stood at {}; dark bar: if it stood at {}. Ring: if it did not care; dot: if it cared for \
         nothing else.",
        code(&study.persuade),
        number::plain(low, false),
        number::plain(high, false)
    );
    Some(framed(answers, &note, &pictures))
}
