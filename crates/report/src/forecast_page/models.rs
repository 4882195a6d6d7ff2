//! What each model expects, a row each.

use detente_stakeholders::study::{Answers, Study};

use super::frame::{FORMATS, ROW, Sheet, axis_name, margin};
use super::framed;
use crate::forecast::scale_of;
use crate::html::markup::escape;

const TOP: f64 = 28.0;

pub(super) fn figure(_: &Study, answers: &Answers) -> Option<String> {
    let scale = scale_of(answers);
    let mut rows: Vec<(&str, f64, Option<[f64; 2]>, &str)> = answers
        .models
        .iter()
        .filter_map(|found| Some((found.model.as_str(), found.outcome?, found.range, "dot")))
        .collect();
    if let Some(forecast) = &answers.forecast {
        let range = Some([forecast.lower, forecast.upper]);
        rows.push(("forecaster", forecast.median, range, "dot best"));
    }
    if rows.is_empty() {
        return None;
    }
    let told: Vec<String> = rows
        .iter()
        .map(|(name, outcome, ..)| format!("{name} {}", scale.write(*outcome)))
        .collect();
    let alt = format!("{}: {}.", answers.label, told.join(", "));
    let silent: Vec<String> = answers
        .models
        .iter()
        .filter_map(|found| {
            let why = escape(found.why.as_deref()?);
            Some(format!("<code>{}</code> is silent: {why}.", found.model))
        })
        .collect();
    let bottom = TOP + ROW * rows.len() as f64 + 4.0;
    let pictures: String = FORMATS
        .map(|format| {
            let mut sheet = Sheet::new(answers, format, margin(format), bottom + 44.0, &alt);
            sheet.axis(TOP, bottom, axis_name(answers));
            if let Some(reference) = answers.issue.reference {
                let x = sheet.x(reference);
                sheet.put(&format!(
                    "<path class=\"fallback\" d=\"M{x:.1} {TOP}V{bottom}\"><title>without agreement</title></path>"
                ));
            }
            if let Some(actual) = answers.actual {
                let words = format!("came to {}", scale.write(actual));
                sheet.mark(actual, (TOP - 4.0, bottom), "actual", &words);
            }
            for (i, (name, outcome, range, class)) in rows.iter().enumerate() {
                let y = TOP + ROW * (i as f64 + 0.5) + 2.0;
                sheet.name(y, name);
                if let Some([low, high]) = range {
                    let (from, to) = (sheet.x(*low), sheet.x(*high));
                    sheet.put(&format!("<path class=\"whisker\" d=\"M{from:.1} {y:.1}H{to:.1}\"/>"));
                }
                let x = sheet.x(*outcome);
                sheet.put(&format!(
                    "<circle class=\"{class}\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"4.6\"><title>{name}: {}</title></circle>",
                    scale.write(*outcome)
                ));
            }
            sheet.finish()
        })
        .concat();
    Some(framed(answers, &silent.join(" "), &pictures))
}
