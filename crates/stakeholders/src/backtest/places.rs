//! The places where a decision may end, and what speaks for each.

use crate::table::Stakeholders;

/// Steps that a scale is cut into.
pub(super) const STEPS: usize = 100;

/// Marks a place may bear: a position held, positions of named actors, the reference point.
pub(super) type Mark = (usize, Vec<f64>);

/// What the choice among places sees of an issue.
#[derive(Clone, Debug)]
pub(super) struct Places {
    /// Place by place, how near it is to the centre: minus the distance, as a share of the scale.
    pub nearness: Vec<f64>,
    /// Places with marks, each once: `[held, named…, reference]`.
    pub marks: Vec<Mark>,
}

/// How the centre is weighed, and which actors' positions are marked.
pub(super) struct Lens<'a> {
    /// Power of influence.
    pub influence: f64,
    /// Power of salience.
    pub salience: f64,
    /// Names of actors whose positions are marked; `None` for no marks but held positions.
    pub named: Option<&'a [String]>,
}

/// Added to saliences, so that nobody is without any.
const LEAST: f64 = 0.02;

impl Places {
    /// Looks at a table's issue.
    pub fn new(table: &Stakeholders, issue: usize, lens: &Lens) -> Places {
        let scale = &table.issues()[issue];
        let spot = |x: f64| {
            let steps = (scale.share(x) * STEPS as f64).round();
            // The cast keeps what is off the scale at its ends.
            (steps.max(0.0) as usize).min(STEPS)
        };
        let center = center(table, issue, lens);
        let nearness = (0..=STEPS)
            .map(|step| -(step as f64 / STEPS as f64 - scale.share(center)).abs())
            .collect();
        let width = 1 + lens.named.map_or(0, |named| named.len() + 1);
        let mut marks: Vec<Mark> = Vec::new();
        let mut mark = |at: usize, which: usize| {
            let known = marks.iter().position(|(place, _)| *place == at);
            let known = known.unwrap_or_else(|| {
                marks.push((at, vec![0.0; width]));
                marks.len() - 1
            });
            marks[known].1[which] = 1.0;
        };
        for (a, stance) in table.voices(issue) {
            mark(spot(stance.position), 0);
            let name = &table.actors()[a].name;
            let named = lens.named.unwrap_or_default();
            if let Some(at) = named.iter().position(|other| other == name) {
                mark(spot(stance.position), 1 + at);
            }
        }
        if let (Some(named), Some(reference)) = (lens.named, scale.reference) {
            mark(spot(reference), 1 + named.len());
        }
        Places { nearness, marks }
    }

    /// The place nearest to a point of the scale.
    pub fn nearest(share: f64) -> usize {
        ((share * STEPS as f64).round().max(0.0) as usize).min(STEPS)
    }
}

/// The mean position weighed by powers of influence and salience.
fn center(table: &Stakeholders, issue: usize, lens: &Lens) -> f64 {
    let scale = &table.issues()[issue];
    let (mut sum, mut weights, mut plain, mut count) = (0.0, 0.0, 0.0, 0.0);
    for (a, stance) in table.voices(issue) {
        let influence = table.actors()[a].influence.powf(lens.influence);
        let w = influence * (stance.salience + LEAST).powf(lens.salience);
        sum += w * stance.position;
        weights += w;
        plain += stance.position;
        count += 1.0;
    }
    if weights > 0.0 {
        sum / weights
    } else if count > 0.0 {
        plain / count
    } else {
        scale.place(0.5)
    }
}
