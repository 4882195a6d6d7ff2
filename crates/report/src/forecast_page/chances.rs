//! The forecaster's chances along the scale.

use std::fmt::Write;

use detente_stakeholders::study::{Answers, Spread, Study};

use super::frame::{FORMATS, Sheet, axis_name};
use super::framed;
use crate::forecast::{counted, scale_of};
use crate::html::markup::escape;
use crate::number::percent;

/// Height of the picture, and where its bars stand.
const HEIGHT: f64 = 240.0;
const TOP: f64 = 46.0;
const BOTTOM: f64 = 200.0;
/// Stretches that the scale is cut into.
const STRETCHES: usize = 50;

pub(super) fn figure(study: &Study, answers: &Answers) -> Option<String> {
    let forecast = answers.forecast.as_ref()?;
    let scale = scale_of(answers);
    let alt = format!(
        "{}: the forecaster’s chances. Median {}, nine chances in ten from {} to {}.",
        answers.label,
        counted(answers, forecast.median),
        scale.write(forecast.lower),
        scale.write(forecast.upper)
    );
    let note = match answers.actual {
        Some(actual) => {
            let below = share_below(forecast, actual);
            format!(
                "It came to {}: {} of the chances lay below.",
                escape(&counted(answers, actual)),
                percent(below)
            )
        }
        None if study.draws > 0 => "Over all draws of the doubtful numbers.".to_owned(),
        None => String::new(),
    };
    let pictures: String = FORMATS
        .map(|format| {
            let mut sheet = Sheet::new(answers, format, 20.0, HEIGHT, &alt);
            draw(&mut sheet, answers, forecast);
            sheet.finish()
        })
        .concat();
    Some(framed(answers, &note, &pictures))
}

fn share_below(forecast: &Spread, value: f64) -> f64 {
    let atoms = forecast.distribution.atoms.iter();
    atoms.filter(|(x, _)| *x < value).map(|(_, w)| w).sum()
}

fn draw(sheet: &mut Sheet, answers: &Answers, forecast: &Spread) {
    let issue = &answers.issue;
    let mut heights = [0.0; STRETCHES];
    for (x, chance) in &forecast.distribution.atoms {
        let at = (issue.share(*x) * STRETCHES as f64).max(0.0) as usize;
        heights[at.min(STRETCHES - 1)] += chance;
    }
    let most = heights.iter().copied().fold(1e-12, f64::max);
    let (from, to) = (sheet.x(forecast.lower), sheet.x(forecast.upper));
    sheet.put(&format!(
        "<rect class=\"zone\" x=\"{from:.1}\" y=\"{TOP}\" width=\"{:.1}\" height=\"{:.1}\"/>",
        (to - from).max(1.0),
        BOTTOM - TOP
    ));
    sheet.axis(TOP, BOTTOM, axis_name(answers));
    let wide = (sheet.right - sheet.left) / STRETCHES as f64;
    let mut bars = String::new();
    for (at, height) in heights.iter().enumerate() {
        let tall = height / most * (BOTTOM - TOP - 4.0);
        let _ = write!(
            bars,
            "M{:.1} {BOTTOM}v-{tall:.1}h{:.1}v{tall:.1}z",
            sheet.left + at as f64 * wide + 0.5,
            wide - 1.0
        );
    }
    sheet.put(&format!("<path class=\"bars\" d=\"{bars}\"/>"));
    let scale = scale_of(answers);
    let median = format!("median {}", scale.write(forecast.median));
    sheet.mark(forecast.median, (TOP - 4.0, BOTTOM), "median", &median);
    if let Some(actual) = answers.actual {
        let words = format!("came to {}", scale.write(actual));
        sheet.mark(actual, (TOP - 24.0, BOTTOM), "actual", &words);
    }
}
