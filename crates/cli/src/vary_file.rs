//! What `detente vary` found, as CSV and JSON.

use std::fmt::Write;

use detente_findings::tally::Tally;
use detente_sweep::vary::{Answered, Axis, Curve, Map};
use serde_json::{Value, json};

use crate::failure::Failure;
use crate::path_file::quoted;
use crate::vary::{Subject, reason};

/// Name and version of the layout of the JSON.
const SCHEMA: &str = "detente-vary/1";

/// A row per point: the parameter, whether it is a value of the axis or a side of a jump, all answers, and why there
/// are none.
pub fn curve_csv(subject: &Subject<'_>, x: &Axis, curve: &Curve) -> String {
    let mut head = vec![name(subject, x), "point".to_owned()];
    head.extend(columns(subject));
    let mut text = line(&head);
    for sample in &curve.samples {
        let place = if sample.even { "even" } else { "side_of_jump" };
        let mut cells = vec![sample.at.to_string(), place.to_owned()];
        cells.extend(values(subject, &sample.answered));
        text.push_str(&line(&cells));
    }
    text
}

/// A row per pair.
pub fn map_csv(subject: &Subject<'_>, [x, y]: [&Axis; 2], map: &Map) -> String {
    let mut head = vec![name(subject, x), name(subject, y)];
    head.extend(columns(subject));
    let mut text = line(&head);
    for (at, answered) in map.cells.iter().enumerate() {
        let [x, y] = pair(map, at);
        let mut cells = vec![x.to_string(), y.to_string()];
        cells.extend(values(subject, answered));
        text.push_str(&line(&cells));
    }
    text
}

fn pair(map: &Map, at: usize) -> [f64; 2] {
    [map.xs[at % map.xs.len()], map.ys[at / map.xs.len()]]
}

fn name(subject: &Subject<'_>, axis: &Axis) -> String {
    subject.story.scenario.parameters[axis.parameter.index()]
        .id
        .clone()
}

/// The answers' names, as queries.
fn columns(subject: &Subject<'_>) -> Vec<String> {
    let scenario = &subject.story.scenario;
    let endings = scenario.outcomes.iter().map(|o| format!("p({})", o.id));
    let actors = scenario.actors.iter().map(|a| format!("value({})", a.id));
    endings
        .chain(actors)
        .chain(subject.asked.iter().cloned())
        .chain(["reason".to_owned()])
        .collect()
}

fn values(subject: &Subject<'_>, answered: &Answered) -> Vec<String> {
    match answered {
        Ok(tally) => {
            let numbers = tally.endings.iter().chain(&tally.actors);
            let asks = tally
                .asks
                .iter()
                .map(|ask| ask.map_or_else(String::new, |value| value.to_string()));
            numbers
                .map(f64::to_string)
                .chain(asks)
                .chain([String::new()])
                .collect()
        }
        Err(missing) => {
            let empty = columns(subject).len() - 1;
            let mut cells = vec![String::new(); empty];
            cells.push(reason(missing).to_owned());
            cells
        }
    }
}

fn line(cells: &[String]) -> String {
    let mut text = String::new();
    for (k, cell) in cells.iter().enumerate() {
        let comma = if k == 0 { "" } else { "," };
        let _ = write!(text, "{comma}{}", quoted(cell));
    }
    text + "\n"
}

/// One object with all points and jumps.
///
/// # Errors
/// It cannot be written as JSON.
pub fn curve_json(subject: &Subject<'_>, x: &Axis, curve: &Curve) -> Result<String, Failure> {
    let points = curve.samples.iter().map(|sample| {
        let mut point = answers(&sample.answered);
        point["at"] = json!([sample.at]);
        point["even"] = json!(sample.even);
        point
    });
    let points: Vec<Value> = points.collect();
    let jumps = curve.jumps.iter().map(|jump| {
        json!({
            "low": jump.low,
            "high": jump.high,
            "before": tally(&jump.before),
            "after": tally(&jump.after),
        })
    });
    let jumps: Vec<Value> = jumps.collect();
    let mut object = head(subject, &[x]);
    object["points"] = json!(points);
    object["jumps"] = json!(jumps);
    written(&object)
}

/// One object with all pairs.
///
/// # Errors
/// It cannot be written as JSON.
pub fn map_json(subject: &Subject<'_>, axes: [&Axis; 2], map: &Map) -> Result<String, Failure> {
    let points = map.cells.iter().enumerate().map(|(at, answered)| {
        let mut point = answers(answered);
        point["at"] = json!(pair(map, at));
        point
    });
    let points: Vec<Value> = points.collect();
    let mut object = head(subject, &axes);
    object["points"] = json!(points);
    written(&object)
}

fn head(subject: &Subject<'_>, axes: &[&Axis]) -> Value {
    let scenario = &subject.story.scenario;
    let settings: serde_json::Map<String, Value> = subject
        .pinned
        .iter()
        .map(|(id, value)| (scenario.parameters[id.index()].id.clone(), json!(value)))
        .collect();
    let params: Vec<Value> = axes
        .iter()
        .map(|axis| {
            json!({
                "name": name(subject, axis),
                "low": axis.low,
                "high": axis.high,
                "base": subject.settings.parameters[axis.parameter.index()],
            })
        })
        .collect();
    json!({
        "schema": SCHEMA,
        "scenario": scenario.title,
        "file": subject.story.file_name(),
        "settings": settings,
        "precision": subject.options.precision,
        "params": params,
        "endings": scenario.outcomes.iter().map(|o| &o.id).collect::<Vec<_>>(),
        "actors": scenario.actors.iter().map(|a| &a.id).collect::<Vec<_>>(),
        "asks": subject.asked,
    })
}

fn answers(answered: &Answered) -> Value {
    match answered {
        Ok(found) => tally(found),
        Err(missing) => json!({ "reason": reason(missing) }),
    }
}

fn tally(tally: &Tally) -> Value {
    json!({ "endings": tally.endings, "actors": tally.actors, "asks": tally.asks })
}

fn written(object: &Value) -> Result<String, Failure> {
    serde_json::to_string_pretty(object)
        .map(|text| text + "\n")
        .map_err(|error| Failure::input(error.to_string()))
}
