//! Where issues with a scale come to rest.

use detente_findings::headlines::{number, percent};
use detente_findings::model::{Findings, Lens, LensIssue, LensVerdict};

use crate::input::{Level, Play, Voices};
use crate::voices::{Heard, variants};

/// Levels that lie no farther apart than this share of the scale count as the same.
const NEAR: f64 = 0.15;

/// What is less likely than this is not told.
const SURE: f64 = 1e-9;

/// Every issue through all lenses.
pub(crate) fn issues(
    findings: &Findings,
    play: &Play,
    voices: &Voices<'_>,
    heard: &[Heard],
) -> Vec<LensIssue> {
    let subject = voices.subject;
    let scales = subject.table.issues().iter().enumerate();
    let issue = |(at, scale): (usize, &detente_stakeholders::Issue)| {
        let level = voices.levels.get(at).and_then(Option::as_ref);
        let agreed = level.and_then(|level| agreed(findings, play, level));
        let text = |list: &[String]| list.get(at).cloned().unwrap_or_default();
        Some(LensIssue {
            label: text(&subject.labels),
            unit: text(&subject.units),
            low: scale.lower,
            high: scale.upper,
            today: scale.reference,
            play: level.and_then(|_| expected(agreed, play.signed?, scale.reference)),
            play_agreed: agreed,
            deal: level.and_then(|level| settled(findings, level)),
            forecast: heard.get(at)?.median,
            forecast_range: heard.get(at)?.range,
            compromise: heard.get(at)?.compromise,
        })
    };
    scales.filter_map(issue).collect()
}

/// What the play expects, where it comes to an agreement with this probability.
fn expected(agreed: Option<f64>, signed: f64, today: Option<f64>) -> Option<f64> {
    match (agreed, today) {
        (Some(agreed), Some(today)) => Some(signed * agreed + (1.0 - signed) * today),
        (Some(agreed), None) => (signed > 1.0 - SURE).then_some(agreed),
        (None, today) => today.filter(|_| signed < SURE),
    }
}

/// What the play expects to be agreed, if there is an agreement on a package.
fn agreed(findings: &Findings, play: &Play, level: &Level) -> Option<f64> {
    let packages = findings.packages.as_ref()?;
    let mut sum = 0.0;
    let mut weight = 0.0;
    for (package, probability) in packages.named.iter().zip(&play.packages) {
        let probability = probability.unwrap_or(0.0);
        sum += probability * level.at.get(*package.choices.get(level.issue)?)?;
        weight += probability;
    }
    (weight > SURE).then(|| sum / weight)
}

/// Where Nash's solution of the negotiation settles it: the product of gains over fallbacks is largest there.
fn settled(findings: &Findings, level: &Level) -> Option<f64> {
    let packages = findings.packages.as_ref()?;
    let seated = |name: &str| {
        let deal = findings.deal.as_ref();
        deal.is_some_and(|deal| deal.parties.iter().any(|party| party.name == name))
    };
    let product = |values: &[f64]| -> f64 {
        let gains = packages.actors.iter().zip(values);
        let gains = gains.filter(|(actor, _)| seated(&actor.label));
        let gains = gains.map(|(actor, value)| (value - actor.fallback).max(0.0));
        gains.product()
    };
    let best = packages
        .all
        .iter()
        .max_by(|a, b| product(&a.values).total_cmp(&product(&b.values)))?;
    (product(&best.values) > 0.0)
        .then(|| level.at.get(*best.choices.get(level.issue)?).copied())
        .flatten()
}

/// Whether play and forecast agree on an issue; none where the play says nothing of it.
pub(crate) fn verdict(
    at: usize,
    issue: &LensIssue,
    play: &Play,
    voices: &Voices<'_>,
) -> Option<LensVerdict> {
    let expected = issue.play?;
    let width = issue.high - issue.low;
    let near = |a: f64, b: f64| (a - b).abs() <= NEAR * width;
    let told = |value: f64| match issue.unit.as_str() {
        "" => number(value),
        unit => format!("{} {unit}", number(value)),
    };
    let agree = near(expected, issue.forecast);
    let words = format!(
        "{}: the play expects {}, the stakeholders’ forecast {}.",
        issue.label,
        told(expected),
        told(issue.forecast)
    );
    let because = || {
        let signed = play.signed?;
        let today = issue.today?;
        if let Some(agreed) = issue
            .play_agreed
            .filter(|level| near(*level, issue.forecast))
        {
            return Some(format!(
                "They agree on what would be agreed, {}, and not on whether it is: in the play there is no agreement in {} of \
                 cases, and then it stays at {}. The forecast knows no breakdown.",
                told(agreed),
                percent(1.0 - signed),
                told(today)
            ));
        }
        if near(issue.forecast, today) {
            return Some(format!(
                "The forecast stays near today’s {}: the voices pull both ways. In the play few decide, and those who \
                 do sign terms that go further.",
                told(today)
            ));
        }
        let seats: Vec<String> = voices.subject.sides.iter().flatten().cloned().collect();
        let changed = variants(voices, &seats).into_iter().find_map(|variant| {
            let median = variant.median(at)?;
            near(median, expected).then_some((variant, median))
        });
        Some(match changed {
            Some((variant, median)) => format!(
                "With {} the forecast would be {}, near the play: {} makes the difference.",
                variant.words,
                told(median),
                variant.about
            ),
            None => format!(
                "However the voices are weighed, the forecast stays apart: it looks for the place where positions meet, issue by \
                 issue; in the play this issue is part of a package that is signed in {}, and stays at {} otherwise.",
                percent(signed),
                told(today)
            ),
        })
    };
    Some(LensVerdict {
        lenses: [Lens::Play, Lens::Forecast],
        agree,
        because: (!agree).then(because).flatten(),
        words,
    })
}
