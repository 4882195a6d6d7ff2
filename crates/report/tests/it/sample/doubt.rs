//! What the invented crisis hangs on.

use detente_findings::model::*;

use super::numbers::assumptions;
use super::{ACTORS, ENDINGS, asks};

/// Draws that lie on straight lines, so that the picture has a slope.
pub(super) fn doubt() -> Doubt {
    let numbers: Vec<DoubtNumber> = (assumptions().into_iter())
        .map(|a| DoubtNumber {
            low: a.low.unwrap_or(a.value),
            high: a.high.unwrap_or(a.value),
            base: Some(a.value),
            percent: a.percent,
            about: a.source,
            id: a.id,
        })
        .collect();
    let rows = (0..48).map(|k| row(&numbers, k)).collect();
    Doubt {
        outputs: outputs(),
        rows,
        importance: vec![
            Importance {
                output: 5,
                rows: 248,
                found: vec![weight(0, -0.62), weight(3, 0.41), weight(1, 0.2)],
            },
            Importance {
                output: 0,
                rows: 248,
                found: vec![weight(1, 0.5)],
            },
            Importance {
                output: 7,
                rows: 248,
                found: vec![weight(2, -0.3)],
            },
        ],
        conditions: vec![condition(&numbers)],
        tree: Some(tree(&numbers)),
        tipping: Some(tipping(&numbers)),
        information: information(),
        numbers,
        ..Doubt::default()
    }
}

/// The first actor has something to learn, the second nothing.
fn information() -> Vec<Information> {
    let option = |label: &str, expected: f64, best_in: f64| OptionWorth {
        label: label.to_owned(),
        expected,
        best_in,
    };
    let first = Information {
        actor: 0,
        label: ACTORS[0].1.to_owned(),
        decision: "At the start".to_owned(),
        reached: 1.0,
        rows: 248,
        options: vec![option("Press <hard>", -3.1, 0.7), option("Talk", -3.4, 0.3)],
        best: 0,
        stake: 40.0,
        evpi: 0.8,
        numbers: vec![NumberWorth {
            number: 1,
            worth: 0.4,
            instead: Some(Instead {
                option: 1,
                above: true,
                limit: 0.3,
            }),
        }],
    };
    let second = Information {
        actor: 1,
        label: ACTORS[1].1.to_owned(),
        evpi: 0.0,
        numbers: Vec::new(),
        ..first.clone()
    };
    vec![first, second]
}

fn row(numbers: &[DoubtNumber], k: usize) -> DoubtRow {
    let share = |j: usize| ((k * (2 * j + 7)) % 48) as f64 / 47.0;
    let value = |(j, n): (usize, &DoubtNumber)| n.low + share(j) * (n.high - n.low);
    let ending = |i: usize| Some(ENDINGS[i].2 * (0.5 + share(i % 4)));
    DoubtRow {
        numbers: numbers.iter().enumerate().map(value).collect(),
        outputs: (0..outputs().len())
            .map(|i| {
                if i < ENDINGS.len() {
                    ending(i)
                } else {
                    Some(share(i))
                }
            })
            .collect(),
    }
}

fn outputs() -> Vec<DoubtOutput> {
    let output = |kind, label: &str, unit, value: Option<f64>, low: f64, high: f64| DoubtOutput {
        kind,
        label: label.to_owned(),
        unit,
        best: value,
        solved: 248,
        quantiles: value.map(|v| [low, f64::midpoint(low, v), v, f64::midpoint(v, high), high]),
    };
    let endings = ENDINGS.iter().map(|&(_, label, v, low, high)| {
        output(
            OutputKind::Ending,
            label,
            Unit::Probability,
            Some(v),
            low,
            high,
        )
    });
    let asked = asks().into_iter().map(|a| {
        let (low, high) = (a.low.unwrap_or(0.0), a.high.unwrap_or(0.0));
        output(OutputKind::Ask, &a.question, a.unit, a.value, low, high)
    });
    let actors = ACTORS.iter().map(|&(_, label, v, low, high)| {
        output(OutputKind::Actor, label, Unit::Number, Some(v), low, high)
    });
    endings.chain(asked).chain(actors).collect()
}

fn weight(number: usize, rank: f64) -> Weight {
    Weight {
        number,
        rank,
        low: rank - 0.12,
        high: rank + 0.1,
        delta: Some((0.2, 0.04)),
    }
}

fn condition(numbers: &[DoubtNumber]) -> Condition {
    let n = &numbers[0];
    Condition {
        what: "“War” is above 10 %".to_owned(),
        output: Some(5),
        above: 0.1,
        share: 0.22,
        rows: 248,
        boxes: vec![DoubtBox {
            words: format!("{} < 0.7", n.id.replace('_', " ")),
            limits: vec![BoxLimit {
                number: 0,
                lower: None,
                upper: Some(f64::midpoint(n.low, n.high)),
                again: 0.9,
            }],
            coverage: 0.64,
            density: 0.81,
            rows: 43,
        }],
    }
}

fn tree(numbers: &[DoubtNumber]) -> DoubtTree {
    let leaf = |rows, mean| DoubtNode {
        rows,
        mean,
        question: None,
    };
    let limit = f64::midpoint(numbers[0].low, numbers[0].high);
    DoubtTree {
        output: 5,
        r2: 0.44,
        rows: 248,
        nodes: vec![
            DoubtNode {
                question: Some(Question {
                    number: 0,
                    limit,
                    words: "70 %".to_owned(),
                    below: 1,
                    above: 2,
                }),
                ..leaf(248, 0.08)
            },
            leaf(60, 0.15),
            leaf(188, 0.05),
        ],
    }
}

fn tipping(numbers: &[DoubtNumber]) -> Tipping {
    let change = |number: usize, share: f64| {
        let n = &numbers[number];
        let base = n.base.unwrap_or(n.low);
        let at = |share: f64| base + share * (n.high - base);
        Change {
            number,
            from: base,
            to: at(share),
            still: at(share - 0.01),
            share,
        }
    };
    let point = |output: usize, changes: Vec<Change>| TippingPoint {
        changes,
        output,
        before: 0.197,
        after: 0.322,
    };
    Tipping {
        ending: 2,
        tried: numbers.len(),
        pairs_tried: 3,
        solved: 21,
        single: vec![point(4, vec![change(0, 0.62)])],
        pairs: vec![point(4, vec![change(0, 0.31), change(2, 0.31)])],
        asks: vec![point(7, vec![change(1, 0.4)])],
    }
}
