//! Findings as tables.

use std::sync::Arc;

use arrow_array::builder::{
    BooleanBuilder, Float64Builder, StringBuilder, UInt32Builder, UInt64Builder,
};
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::ArrowError;
use detente_findings::model::{Findings, Unit};

type Columns = Vec<(String, ArrayRef)>;
type Make = fn(&Findings) -> Columns;

/// All tables by name.
const TABLES: [(&str, Make); 9] = [
    ("endings", endings),
    ("asks", asks),
    ("actors", actors),
    ("decisions", decisions),
    ("courses", courses),
    ("precision", precision),
    ("tornado", tornado),
    ("information", information),
    ("assumptions", assumptions),
];

/// The table of this name.
///
/// # Errors
/// There is none: the names that there are.
pub fn table(
    findings: &Findings,
    name: &str,
) -> Result<Result<RecordBatch, ArrowError>, Vec<&'static str>> {
    match TABLES.iter().find(|(known, _)| *known == name) {
        Some((_, make)) => Ok(RecordBatch::try_from_iter_with_nullable(
            make(findings)
                .into_iter()
                .map(|(name, column)| (name, column, true)),
        )),
        None => Err(TABLES.iter().map(|(known, _)| *known).collect()),
    }
}

fn words<'a>(name: &str, values: impl Iterator<Item = Option<&'a str>>) -> (String, ArrayRef) {
    let mut column = StringBuilder::new();
    values.for_each(|value| column.append_option(value));
    (name.to_owned(), Arc::new(column.finish()))
}

fn numbers(name: &str, values: impl Iterator<Item = Option<f64>>) -> (String, ArrayRef) {
    let mut column = Float64Builder::new();
    values.for_each(|value| column.append_option(value));
    (name.to_owned(), Arc::new(column.finish()))
}

fn truths(name: &str, values: impl Iterator<Item = bool>) -> (String, ArrayRef) {
    let mut column = BooleanBuilder::new();
    values.for_each(|value| column.append_value(value));
    (name.to_owned(), Arc::new(column.finish()))
}

fn places(name: &str, values: impl Iterator<Item = usize>) -> (String, ArrayRef) {
    let mut column = UInt64Builder::new();
    values.for_each(|value| column.append_value(value as u64));
    (name.to_owned(), Arc::new(column.finish()))
}

fn rounds(name: &str, values: impl Iterator<Item = Option<u32>>) -> (String, ArrayRef) {
    let mut column = UInt32Builder::new();
    values.for_each(|value| column.append_option(value));
    (name.to_owned(), Arc::new(column.finish()))
}

/// A row each: id, label, probability, low, high.
fn endings(findings: &Findings) -> Columns {
    let rows = || findings.endings.iter();
    vec![
        words("id", rows().map(|row| Some(row.id.as_str()))),
        words("label", rows().map(|row| Some(row.label.as_str()))),
        numbers("probability", rows().map(|row| Some(row.probability))),
        numbers("low", rows().map(|row| row.low)),
        numbers("high", rows().map(|row| row.high)),
    ]
}

fn asks(findings: &Findings) -> Columns {
    let rows = || findings.asks.iter();
    let unit = |unit: Unit| match unit {
        Unit::Probability => "probability",
        Unit::Number => "number",
    };
    vec![
        words("question", rows().map(|row| Some(row.question.as_str()))),
        words("query", rows().map(|row| Some(row.query.as_str()))),
        numbers("value", rows().map(|row| row.value)),
        words("unit", rows().map(|row| Some(unit(row.unit)))),
        numbers("low", rows().map(|row| row.low)),
        numbers("high", rows().map(|row| row.high)),
    ]
}

fn actors(findings: &Findings) -> Columns {
    let rows = || findings.actors.iter();
    vec![
        words("id", rows().map(|row| Some(row.id.as_str()))),
        words("label", rows().map(|row| Some(row.label.as_str()))),
        numbers("value", rows().map(|row| Some(row.value))),
        numbers("low", rows().map(|row| row.low)),
        numbers("high", rows().map(|row| row.high)),
    ]
}

/// A row for every option of every decision.
fn decisions(findings: &Findings) -> Columns {
    let rows = || {
        let decisions = findings.decisions.iter().enumerate();
        decisions.flat_map(|(at, decision)| {
            let options = decision.options.iter();
            options.map(move |option| (at, decision, option))
        })
    };
    vec![
        places("decision", rows().map(|(at, ..)| at)),
        words("actor", rows().map(|(_, d, _)| Some(d.actor.as_str()))),
        words("name", rows().map(|(_, d, _)| Some(d.name.as_str()))),
        words(
            "variable",
            rows().map(|(_, d, _)| Some(d.variable.as_str())),
        ),
        rounds("round", rows().map(|(_, d, _)| d.round)),
        numbers("reach", rows().map(|(_, d, _)| Some(d.reach))),
        words("option", rows().map(|(.., o)| Some(o.id.as_str()))),
        words("label", rows().map(|(.., o)| Some(o.label.as_str()))),
        numbers("probability", rows().map(|(.., o)| Some(o.probability))),
        numbers("value", rows().map(|(.., o)| Some(o.value))),
    ]
}

/// A row for every step of every course.
fn courses(findings: &Findings) -> Columns {
    let rows = || {
        let courses = findings.courses.iter().enumerate();
        courses.flat_map(|(at, course)| {
            let steps = course.steps.iter().enumerate();
            steps.map(move |(number, step)| (at, course, number, step))
        })
    };
    vec![
        places("course", rows().map(|(at, ..)| at)),
        numbers(
            "course_probability",
            rows().map(|(_, course, ..)| Some(course.probability)),
        ),
        words(
            "outcome",
            rows().map(|(_, course, ..)| Some(course.outcome.as_str())),
        ),
        places("step", rows().map(|(_, _, number, _)| number)),
        words("actor", rows().map(|(.., step)| step.actor.as_deref())),
        words("words", rows().map(|(.., step)| Some(step.words.as_str()))),
        numbers(
            "probability",
            rows().map(|(.., step)| Some(step.probability)),
        ),
        truths("hidden", rows().map(|(.., step)| step.hidden)),
        rounds("round", rows().map(|(.., step)| step.round)),
    ]
}

/// A row for every precision on the way: what each ending's probability and each actor's value is there.
fn precision(findings: &Findings) -> Columns {
    let rows = || findings.precision.iter();
    let mut columns = vec![numbers("precision", rows().map(|row| Some(row.precision)))];
    for (at, ending) in findings.endings.iter().enumerate() {
        let name = format!("p({})", ending.id);
        columns.push(numbers(
            &name,
            rows().map(|row| row.endings.get(at).copied()),
        ));
    }
    for (at, actor) in findings.actors.iter().enumerate() {
        let name = format!("value({})", actor.id);
        columns.push(numbers(
            &name,
            rows().map(|row| row.actors.get(at).copied()),
        ));
    }
    columns.push(numbers(
        "largest_relative_gain",
        rows().map(|row| Some(row.largest_relative_gain)),
    ));
    columns
}

/// A row for every doubtful number, the one that moves the endings most first.
fn tornado(findings: &Findings) -> Columns {
    let rows = || findings.tornado.iter();
    let mut columns = vec![
        words("param", rows().map(|row| Some(row.param.as_str()))),
        numbers("base", rows().map(|row| Some(row.base))),
        numbers("low", rows().map(|row| Some(row.low))),
        numbers("high", rows().map(|row| Some(row.high))),
        numbers("swing", rows().map(|row| Some(row.swing))),
    ];
    for (at, ending) in findings.endings.iter().enumerate() {
        let end = |values: &Option<Vec<f64>>| values.as_ref().and_then(|v| v.get(at).copied());
        let name = |end: &str| format!("p({}) at {end}", ending.id);
        columns.push(numbers(&name("low"), rows().map(|row| end(&row.at_low))));
        columns.push(numbers(&name("high"), rows().map(|row| end(&row.at_high))));
    }
    columns
}

/// What knowing would be worth: for each actor a row for all numbers together, which has no `number`, and then one for each
/// number that can be told from chance. `best` is the option without knowing; `instead` the better one `above` or `below` a
/// limit.
fn information(findings: &Findings) -> Columns {
    let doubt = findings.doubt.as_ref();
    let all = || doubt.into_iter().flat_map(|doubt| &doubt.information);
    let rows = || {
        all().flat_map(|of| {
            let each = of.numbers.iter().map(move |number| (of, Some(number)));
            std::iter::once((of, None)).chain(each)
        })
    };
    let name = |number: usize| doubt.and_then(|doubt| doubt.numbers.get(number));
    let instead = || rows().map(|(of, number)| Some((of, number?.instead?)));
    vec![
        words("actor", rows().map(|(of, _)| Some(of.label.as_str()))),
        words("decision", rows().map(|(of, _)| Some(of.decision.as_str()))),
        words(
            "number",
            rows().map(|(_, number)| Some(name(number?.number)?.id.as_str())),
        ),
        numbers(
            "worth",
            rows().map(|(of, number)| Some(number.map_or(of.evpi, |number| number.worth))),
        ),
        words(
            "best",
            rows().map(|(of, _)| of.options.get(of.best).map(|option| option.label.as_str())),
        ),
        words(
            "instead",
            instead().map(|found| {
                let (of, instead) = found?;
                Some(of.options.get(instead.option)?.label.as_str())
            }),
        ),
        numbers(
            "above",
            instead().map(|found| found.filter(|(_, i)| i.above).map(|(_, i)| i.limit)),
        ),
        numbers(
            "below",
            instead().map(|found| found.filter(|(_, i)| !i.above).map(|(_, i)| i.limit)),
        ),
    ]
}

fn assumptions(findings: &Findings) -> Columns {
    let rows = || findings.assumptions.iter();
    vec![
        words("id", rows().map(|row| Some(row.id.as_str()))),
        numbers("value", rows().map(|row| Some(row.value))),
        numbers("low", rows().map(|row| row.low)),
        numbers("high", rows().map(|row| row.high)),
        words(
            "distribution",
            rows().map(|row| Some(row.distribution.as_str())),
        ),
        words("source", rows().map(|row| Some(row.source.as_str()))),
        truths("percent", rows().map(|row| row.percent)),
        truths("set", rows().map(|row| row.set)),
    ]
}
