//! What `detente vary` found, as it is drawn.

use detente_findings::headlines::{number, percent};
use detente_findings::tally::Tally;
use detente_language::scenario::{Expr, ExprKind};
use detente_report::{
    AxisView, CurveView, GapView, Ink, JumpView, LineView, MapPanel, MapView, PanelView,
};
use detente_sweep::vary::{Answered, Axis, Curve, Jump, Map, Sample};

use crate::vary::{Subject, reason};

/// Endings that are never likelier have no line.
const RARE: f64 = 0.0005;
/// Endings that change by less are level.
const LEVEL: f64 = 0.002;
/// Changes at a jump that are told, and the smallest of them.
const MOST_CHANGES: usize = 3;
const SMALL_CHANGE: f64 = 0.01;
/// Maps that are drawn without being asked for.
const MOST_MAPS: usize = 4;

/// Answers along one parameter.
pub fn curve_view(subject: &Subject<'_>, x: &Axis, curve: &Curve) -> CurveView {
    let tallies: Vec<Option<&Tally>> = curve
        .samples
        .iter()
        .map(|sample| sample.answered.as_ref().ok())
        .collect();
    let (endings, never) = endings(subject, &tallies);
    let mut panels = Vec::new();
    let answers = answers(subject, &tallies);
    let mut note = note(subject);
    if let Some(level) = level(&endings).filter(|_| !answers.is_empty()) {
        // Level lines would only take the room of what was asked for.
        note = if note.is_empty() {
            level
        } else {
            format!("{note}. {level}")
        };
    } else if !endings.is_empty() {
        panels.push(PanelView {
            title: "How likely each ending is".to_owned(),
            probability: true,
            lines: endings,
        });
    }
    panels.extend(answers);
    CurveView {
        title: subject.story.scenario.title.clone(),
        note,
        x: axis(subject, x),
        at: curve.samples.iter().map(|sample| sample.at).collect(),
        whole: x.whole,
        panels,
        jumps: curve.jumps.iter().map(|jump| told(subject, jump)).collect(),
        gaps: gaps(&curve.samples),
        never,
    }
}

/// A line for each ending that comes anywhere, and the labels of the others.
fn endings(subject: &Subject<'_>, tallies: &[Option<&Tally>]) -> (Vec<LineView>, Vec<String>) {
    let (mut lines, mut never) = (Vec::new(), Vec::new());
    for (i, outcome) in subject.story.scenario.outcomes.iter().enumerate() {
        let values: Vec<Option<f64>> = tallies
            .iter()
            .map(|tally| tally.map(|tally| tally.endings[i]))
            .collect();
        if values.iter().flatten().any(|p| *p >= RARE) {
            lines.push(LineView {
                label: outcome.label.clone(),
                ink: Ink::Ending(i),
                values,
            });
        } else if !values.is_empty() {
            never.push(outcome.label.clone());
        }
    }
    (lines, never)
}

/// The endings in words where none of them changes; none where one does.
fn level(endings: &[LineView]) -> Option<String> {
    let mut words = Vec::new();
    for line in endings {
        let values = || line.values.iter().flatten().copied();
        let (low, high) = (
            values().fold(f64::INFINITY, f64::min),
            values().fold(0.0, f64::max),
        );
        if high - low > LEVEL {
            return None;
        }
        words.push(format!("“{}” {}", line.label, percent(high)));
    }
    (!words.is_empty()).then(|| format!("Throughout: {}", words.join(", ")))
}

/// One panel for all probabilities that were asked for, and one for each other number.
fn answers(subject: &Subject<'_>, tallies: &[Option<&Tally>]) -> Vec<PanelView> {
    let lines = (0..subject.queries.len()).map(|k| LineView {
        label: subject.asked[k].clone(),
        ink: Ink::Answer(k),
        values: tallies
            .iter()
            .map(|tally| tally.and_then(|tally| tally.asks[k]))
            .collect(),
    });
    let mut probabilities = Vec::new();
    let mut others = Vec::new();
    for (line, query) in lines.zip(subject.queries) {
        if is_probability(query) {
            probabilities.push(line);
        } else {
            others.push(PanelView {
                title: line.label.clone(),
                probability: false,
                lines: vec![line],
            });
        }
    }
    let title = match &probabilities[..] {
        [only] => only.label.clone(),
        _ => "What was asked".to_owned(),
    };
    let asked = (!probabilities.is_empty()).then_some(PanelView {
        title,
        probability: true,
        lines: probabilities,
    });
    asked.into_iter().chain(others).collect()
}

fn is_probability(query: &Expr) -> bool {
    matches!(query.kind, ExprKind::Probability(..))
}

/// What was set, and the precision where one was asked for.
fn note(subject: &Subject<'_>) -> String {
    let scenario = &subject.story.scenario;
    let mut parts: Vec<String> = Vec::new();
    for (id, value) in subject.pinned {
        let known = &scenario.parameters[id.index()];
        let value = if known.percent {
            percent(*value)
        } else {
            number(*value)
        };
        parts.push(format!("{} = {value}", known.id));
    }
    if let Some(precision) = subject.options.precision {
        parts.push(format!("precision λ = {}", number(precision)));
    }
    if parts.is_empty() {
        return String::new();
    }
    format!("with {}", parts.join(", "))
}

fn axis(subject: &Subject<'_>, axis: &Axis) -> AxisView {
    let index = axis.parameter.index();
    let parameter = &subject.story.scenario.parameters[index];
    AxisView {
        name: parameter.id.clone(),
        words: parameter.source.clone(),
        percent: parameter.percent,
        base: Some(subject.settings.parameters[index]),
    }
}

/// A jump with the largest changes in words.
fn told(subject: &Subject<'_>, jump: &Jump) -> JumpView {
    let outcomes = &subject.story.scenario.outcomes;
    let mut changes: Vec<(f64, String)> = Vec::new();
    for (i, outcome) in outcomes.iter().enumerate() {
        let (before, after) = (jump.before.endings[i], jump.after.endings[i]);
        let words = format!(
            "“{}” from {} to {}",
            outcome.label,
            percent(before),
            percent(after)
        );
        changes.push(((after - before).abs(), words));
    }
    for (k, query) in subject.queries.iter().enumerate() {
        let write = |value: Option<f64>| match value {
            None => "none".to_owned(),
            Some(value) if is_probability(query) => percent(value),
            Some(value) => number(value),
        };
        let (before, after) = (jump.before.asks[k], jump.after.asks[k]);
        let size = match (before, after) {
            (Some(a), Some(b)) => (a - b).abs() / a.abs().max(b.abs()).max(1e-12),
            (None, None) => 0.0,
            _ => 1.0,
        };
        let words = format!(
            "{} from {} to {}",
            subject.asked[k],
            write(before),
            write(after)
        );
        changes.push((size, words));
    }
    changes.retain(|change| change.0 >= SMALL_CHANGE);
    changes.sort_by(|a, b| b.0.total_cmp(&a.0));
    changes.truncate(MOST_CHANGES);
    let size = changes.first().map_or(0.0, |change| change.0);
    let words: Vec<String> = changes.into_iter().map(|change| change.1).collect();
    JumpView {
        low: jump.low,
        high: jump.high,
        words: words.join(", "),
        size,
    }
}

/// Neighbouring points that could not be solved for the same reason, but for its numbers, are one gap.
fn gaps(samples: &[Sample]) -> Vec<GapView> {
    let bare = |words: &str| words.replace(|c: char| c.is_ascii_digit() || c == '.', "");
    let same = |a: &str, b: &str| bare(a) == bare(b);
    let mut gaps: Vec<GapView> = Vec::new();
    let mut goes_on = false;
    for sample in samples {
        let Err(missing) = &sample.answered else {
            goes_on = false;
            continue;
        };
        let words = reason(missing);
        match gaps.last_mut() {
            Some(last) if goes_on && same(&last.reason, words) => last.to = sample.at,
            _ => gaps.push(GapView {
                from: sample.at,
                to: sample.at,
                reason: words.to_owned(),
            }),
        }
        goes_on = true;
    }
    gaps
}

/// Answers over two parameters: those that were asked for, else the endings that change most.
pub fn map_view(subject: &Subject<'_>, [x, y]: [&Axis; 2], map: &Map) -> MapView {
    let panels = if subject.queries.is_empty() {
        ending_maps(subject, map)
    } else {
        let asked = subject.queries.iter().enumerate();
        asked
            .map(|(k, query)| MapPanel {
                title: subject.asked[k].clone(),
                probability: is_probability(query),
                cells: cells(map, |tally| tally.asks[k]),
            })
            .collect()
    };
    MapView {
        title: subject.story.scenario.title.clone(),
        note: note(subject),
        x: axis(subject, x),
        y: axis(subject, y),
        xs: map.xs.clone(),
        ys: map.ys.clone(),
        panels,
        failed: failed(map),
    }
}

fn cells(map: &Map, of: impl Fn(&Tally) -> Option<f64>) -> Vec<Option<f64>> {
    let of = |cell: &Answered| cell.as_ref().ok().and_then(&of);
    map.cells.iter().map(of).collect()
}

/// The endings by how much they change, those that say the same as another left out.
fn ending_maps(subject: &Subject<'_>, map: &Map) -> Vec<MapPanel> {
    let outcomes = &subject.story.scenario.outcomes;
    let mut found: Vec<(f64, MapPanel)> = Vec::new();
    // Of two endings between which all is decided, the later one is shown: as a rule the worse.
    for (i, outcome) in outcomes.iter().enumerate().rev() {
        let cells = cells(map, |tally| Some(tally.endings[i]));
        let low = cells
            .iter()
            .flatten()
            .copied()
            .fold(f64::INFINITY, f64::min);
        let high = cells.iter().flatten().copied().fold(0.0, f64::max);
        let told = found.iter().any(|(_, other)| {
            let pairs = cells.iter().zip(&other.cells);
            pairs.into_iter().all(|pair| match pair {
                (Some(a), Some(b)) => (a + b - 1.0).abs() < 1e-6,
                _ => true,
            })
        });
        if !told {
            let panel = MapPanel {
                title: outcome.label.clone(),
                probability: true,
                cells,
            };
            found.push((high - low, panel));
        }
    }
    found.sort_by(|a, b| b.0.total_cmp(&a.0));
    let changing = found.iter().filter(|(span, _)| *span >= RARE).count();
    found.truncate(changing.clamp(1, MOST_MAPS));
    found.into_iter().map(|(_, panel)| panel).collect()
}

/// How many cells could not be solved, and why the first of them.
fn failed(map: &Map) -> String {
    let mut missing = map.cells.iter().filter_map(|cell| cell.as_ref().err());
    let Some(first) = missing.next() else {
        return String::new();
    };
    let count = 1 + missing.count();
    let of = map.cells.len();
    format!(
        "{count} of {of} pairs could not be solved. The first: {}",
        reason(first)
    )
}
