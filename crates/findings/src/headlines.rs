//! Sentences that say the main results, generated from the numbers.

use crate::model::{Ending, Findings, TornadoRow, Unit};

/// Endings rarer than this are not worth a headline.
const RARE: f64 = 0.001;

/// A precision of people: of two options whose values differ by a tenth of all that is at stake, the better one is chosen
/// about three times as often.
const HUMAN: f64 = 10.0;

/// A percentage as people say it: "37 %", "less than 1 %".
#[must_use]
pub fn percent(probability: f64) -> String {
    match probability * 100.0 {
        p if p > 0.0 && p < 0.1 => "less than 0.1 %".to_owned(),
        p if p > 99.9 && p < 100.0 => "more than 99.9 %".to_owned(),
        p if p > 0.0 && p < 1.0 || p > 99.0 && p < 100.0 => format!("{p:.1} %"),
        p => format!("{p:.0} %"),
    }
}

/// A number with as many digits as matter.
#[must_use]
pub fn number(value: f64) -> String {
    let digits = match value.abs() {
        a if a >= 100.0 => 0,
        a if a >= 10.0 => 1,
        a if a >= 1.0 => 2,
        _ => 3,
    };
    let text = format!("{value:.digits$}");
    if text
        .trim_start_matches('-')
        .chars()
        .all(|c| c == '0' || c == '.')
    {
        "0".to_owned()
    } else {
        text
    }
}

/// The headline findings, most important first.
#[must_use]
pub fn headlines(findings: &Findings) -> Vec<String> {
    let mut sentences = Vec::new();
    if !findings.certificate.trustworthy {
        sentences.push(format!(
            "Not trustworthy: {}",
            findings.certificate.sentence
        ));
    }
    sentences.extend(likeliest(&findings.endings));
    sentences.extend(robust(findings));
    sentences.extend(moved_most(findings));
    sentences.extend(with_less_precision(findings));
    sentences.extend(looked_back(findings));
    let failed = findings.expects.iter().filter(|check| !check.holds).count();
    if failed > 0 {
        sentences.push(format!(
            "{failed} of {} checks of the model itself fail.",
            findings
                .expects
                .iter()
                .filter(|check| check.applies)
                .count()
        ));
    }
    sentences
}

fn likeliest(endings: &[Ending]) -> Option<String> {
    let mut sorted: Vec<&Ending> = endings
        .iter()
        .filter(|ending| ending.probability >= RARE)
        .collect();
    sorted.sort_by(|a, b| b.probability.total_cmp(&a.probability));
    let range = |ending: &Ending| match (ending.low, ending.high) {
        (Some(low), Some(high)) => format!(
            "{}, {} to {} over the doubted numbers",
            percent(ending.probability),
            percent(low),
            percent(high)
        ),
        _ => percent(ending.probability),
    };
    match sorted[..] {
        [] => None,
        [only] => Some(format!(
            "Practically every course ends in “{}” ({}).",
            only.label,
            range(only)
        )),
        [first, second] => Some(format!(
            "The likeliest ending is “{}” ({}); the other is “{}” ({}).",
            first.label,
            range(first),
            second.label,
            percent(second.probability)
        )),
        [first, second, third, ..] => Some(format!(
            "The likeliest ending is “{}” ({}), before “{}” ({}) and “{}” ({}).",
            first.label,
            range(first),
            second.label,
            percent(second.probability),
            third.label,
            percent(third.probability)
        )),
    }
}

fn most(endings: &[Ending], probability: impl Fn(usize) -> f64) -> Option<&Ending> {
    let best = (0..endings.len())
        .max_by(|&a, &b| probability(a).total_cmp(&probability(b)).then(b.cmp(&a)))?;
    endings.get(best)
}

/// How often the likeliest ending stays the likeliest when numbers are doubted.
fn robust(findings: &Findings) -> Option<String> {
    let doubt = findings.doubt.as_ref().filter(|doubt| doubt.draws > 0)?;
    let likeliest = most(&findings.endings, |i| findings.endings[i].probability)?;
    let index = findings
        .endings
        .iter()
        .position(|ending| ending.id == likeliest.id)?;
    let share = *doubt.most_likely.get(index)?;
    let sampled = format!(
        "when {} ({} draws)",
        match doubt.numbers.len() {
            1 => "the doubtful number is drawn".to_owned(),
            many => format!("all {many} doubtful numbers are drawn together"),
        },
        doubt.draws
    );
    Some(if share >= 0.995 {
        format!("That ending stays the likeliest in every draw {sampled}.")
    } else {
        let rival = most(&findings.endings, |i| {
            if i == index {
                -1.0
            } else {
                doubt.most_likely[i]
            }
        })?;
        format!(
            "It is the likeliest in {} of draws {sampled}; otherwise mostly “{}” is.",
            percent(share),
            rival.label
        )
    })
}

/// The number that moves the endings most, and how.
fn moved_most(findings: &Findings) -> Option<String> {
    let row = findings.tornado.first().filter(|row| row.swing > 0.005)?;
    let (low, high) = (row.at_low.as_ref()?, row.at_high.as_ref()?);
    let index = (0..low.len()).max_by(|&a, &b| {
        (low[a] - high[a])
            .abs()
            .total_cmp(&(low[b] - high[b]).abs())
            .then(b.cmp(&a))
    })?;
    let ending = findings.endings.get(index)?;
    let assumption = findings
        .assumptions
        .iter()
        .find(|assumption| assumption.id == row.param);
    let source = assumption.map_or("", |assumption| assumption.source.as_str());
    let about = if source.is_empty() {
        String::new()
    } else {
        format!(" ({source})")
    };
    Some(format!(
        "The number that moves most is {}{about}: from {} to {}, “{}” goes from {} to {}.",
        row.param.replace('_', " "),
        value(row, row.low),
        value(row, row.high),
        ending.label,
        percent(low[index]),
        percent(high[index])
    ))
}

fn value(row: &TornadoRow, value: f64) -> String {
    if row.percent {
        percent(value)
    } else {
        number(value)
    }
}

/// Whether people who err more would come to another ending.
fn with_less_precision(findings: &Findings) -> Option<String> {
    let last = findings.precision.last()?;
    let limit = most(&findings.endings, |i| last.endings[i])?;
    // Half way between random play and the limit on the scale of the path, and no more precise than people are.
    let middle = ((1.0 + last.precision).sqrt() - 1.0).min(HUMAN);
    let point = findings.precision.iter().min_by(|a, b| {
        (a.precision - middle)
            .abs()
            .total_cmp(&(b.precision - middle).abs())
    })?;
    let human = most(&findings.endings, |i| point.endings[i])?;
    let index = findings
        .endings
        .iter()
        .position(|ending| ending.id == human.id)?;
    Some(if human.id == limit.id {
        format!(
            "Were the actors less precise (λ = {}), “{}” would still be the likeliest ending ({}).",
            number(point.precision),
            human.label,
            percent(point.endings[index])
        )
    } else {
        format!(
            "Were the actors less precise (λ = {}), “{}” would be the likeliest ending ({}).",
            number(point.precision),
            human.label,
            percent(point.endings[index])
        )
    })
}

fn looked_back(findings: &Findings) -> Option<String> {
    let happened = findings.happened.first()?;
    Some(format!(
        "What happened since ({}): “{}”; the model gave it {}.",
        happened.date,
        happened.label,
        percent(happened.probability)
    ))
}

/// An answer as people say it.
#[must_use]
pub fn answer(value: Option<f64>, unit: Unit) -> String {
    match (value, unit) {
        (None, _) => "no such path".to_owned(),
        (Some(value), Unit::Probability) => percent(value),
        (Some(value), Unit::Number) => number(value),
    }
}
