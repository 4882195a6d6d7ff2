//! What the answers hang on, in a few sentences of plain text.

use detente_findings::model::{Doubt, Information, Instead, NumberWorth, OutputKind};

use crate::html::doubt::{near, turning};
use crate::html::markup::listed;
use crate::number::{self, Scale};

/// Numbers that are named of an ending.
const NUMBERS: usize = 4;
/// Tipping points that are told.
const POINTS: usize = 2;
/// Knowing a number is told from this share on: of all that is at stake, and of the worth of knowing all numbers.
const KNOWING: f64 = 0.02;
const MUCH: f64 = 0.25;

/// Sentences with their leading words: which numbers matter, what turns the answer over, under which condition, what is worth knowing. `draws` is
/// what a solved point is called.
pub(crate) fn hangs(doubt: &Doubt, draws: &str) -> Vec<String> {
    let mut told = Vec::new();
    told.extend(matter(doubt));
    told.extend(turn(doubt));
    told.extend(when(doubt, draws));
    told.extend(know(doubt));
    told
}

fn name(doubt: &Doubt, number: usize) -> String {
    doubt.numbers[number].id.replace('_', " ")
}

/// The numbers that the ending hangs on which moves most.
fn matter(doubt: &Doubt) -> Option<String> {
    let moves = |output: usize| doubt.outputs[output].quantiles.map_or(0.0, |q| q[4] - q[0]);
    let endings = doubt.importance.iter();
    let endings = endings.filter(|of| doubt.outputs[of.output].kind == OutputKind::Ending);
    let of = endings.reduce(|best, next| {
        if moves(next.output) > moves(best.output) {
            next
        } else {
            best
        }
    })?;
    let rising = of
        .found
        .iter()
        .filter(|weight| weight.low * weight.high > 0.0);
    let found = rising.take(NUMBERS);
    let names: Vec<String> = found
        .map(|weight| {
            let sign = if weight.rank > 0.0 { "+" } else { "−" };
            format!("{} ({sign})", name(doubt, weight.number))
        })
        .collect();
    (!names.is_empty()).then(|| {
        format!(
            "“{}” goes most with {}; + means that it rises with the number",
            doubt.outputs[of.output].label,
            listed(&names)
        )
    })
}

/// The smallest changes that make another ending the likeliest.
fn turn(doubt: &Doubt) -> Vec<String> {
    let Some(tipping) = doubt.tipping.as_ref().filter(|tipping| tipping.tried > 0) else {
        return Vec::new();
    };
    let lead = &doubt.outputs[tipping.ending].label;
    let sentence = |point: &detente_findings::model::TippingPoint| {
        let changes: Vec<String> = (point.changes.iter())
            .map(|change| format!("{} {}", name(doubt, change.number), turning(doubt, change)))
            .collect();
        format!(
            "“{}” becomes the likeliest ({}) where {}",
            doubt.outputs[point.output].label,
            number::percent(point.after),
            listed(&changes)
        )
    };
    let single = tipping.single.iter().take(POINTS).map(sentence);
    let mut told: Vec<String> = single.collect();
    if told.is_empty() {
        told.push(format!(
            "“{lead}” stays the likeliest at both ends of every range tried"
        ));
        told.extend(tipping.pairs.first().map(sentence));
    }
    told
}

fn when(doubt: &Doubt, draws: &str) -> Option<String> {
    let condition = doubt.conditions.first()?;
    let found = condition.boxes.first()?;
    let mut what = condition.what.chars();
    let first: String = what
        .next()
        .map(|c| c.to_uppercase().collect())
        .unwrap_or_default();
    Some(format!(
        "{first}{} mostly when {} ({} of {draws} there, {} of all)",
        what.as_str(),
        found.words,
        number::percent(found.density),
        number::percent(condition.share)
    ))
}

/// The number that is worth most to know, by what is at stake for its actor, where that is clear and tells the actor what
/// to do.
fn know(doubt: &Doubt) -> Option<String> {
    let first = |of: &'_ Information| -> Option<(f64, NumberWorth, Instead)> {
        let number = of.numbers.first()?;
        let share = number.worth / of.stake.max(1e-300);
        let clear = share >= KNOWING && number.worth >= MUCH * of.evpi;
        clear.then_some((share, number.clone(), number.instead?))
    };
    let found = doubt
        .information
        .iter()
        .filter_map(|of| Some((of, first(of)?)));
    let (of, (_, number, instead)) =
        found.reduce(|best, next| if next.1.0 > best.1.0 { next } else { best })?;
    Some(format!(
        "Knowing {} first would be worth up to {} to {}: “{}” where it is {} about {}, otherwise “{}”",
        name(doubt, number.number),
        Scale::of([number.worth]).write(number.worth),
        of.label,
        of.options[instead.option].label,
        if instead.above { "above" } else { "below" },
        near(&doubt.numbers[number.number], instead.limit),
        of.options[of.best].label
    ))
}
