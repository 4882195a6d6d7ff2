//! The scores that a GENIUS evaluator gives to the options of an issue.

use std::collections::HashMap;

use roxmltree::Node;

use crate::domain::{Issue, Values};
use crate::formats::genius::{error, items, kind, number, place};
use crate::formats::{FormatError, Remark};

/// The score of every option of `issue`, as its element in a profile evaluates it.
pub(super) fn scores(
    node: Node,
    issue: &Issue,
    remarks: &mut Vec<Remark>,
) -> Result<Vec<f64>, FormatError> {
    let expected = match issue.values {
        Values::Named(_) => "discrete",
        Values::Integers { .. } => "integer",
        Values::Grid { .. } => "real",
    };
    if kind(node) != expected {
        let found = kind(node);
        return Err(error(
            node,
            format!(
                "the issue `{}` is {found} here and {expected} in the domain",
                issue.name
            ),
        ));
    }
    match &issue.values {
        Values::Named(options) => evaluations(node, &issue.name, options, remarks),
        Values::Integers { lower, .. } => {
            let shape = Shape::of(node, *lower as f64)?;
            Ok(along(issue, &shape))
        }
        Values::Grid { .. } => Ok(along(issue, &Shape::of(node, 0.0)?)),
    }
}

/// Evaluations over the largest one.
fn evaluations(
    node: Node,
    issue: &str,
    options: &[String],
    remarks: &mut Vec<Remark>,
) -> Result<Vec<f64>, FormatError> {
    let mut found: HashMap<&str, f64> = HashMap::new();
    for item in items(node) {
        let option = crate::formats::genius::attribute(item, "value")?;
        if !options.iter().any(|known| known == option) {
            return Err(error(
                item,
                format!("the issue `{issue}` of the domain has no option `{option}`"),
            ));
        }
        let evaluation = number(item, "evaluation")?;
        if evaluation < 0.0 {
            return Err(error(
                item,
                format!("the evaluation of `{option}` is {evaluation}; it must not be negative"),
            ));
        }
        if found.insert(option, evaluation).is_some() {
            return Err(error(item, format!("a second evaluation of `{option}`")));
        }
    }
    let largest = found.values().copied().fold(0.0, f64::max);
    if largest == 0.0 {
        remarks.push(Remark {
            place: place(node),
            message: format!("no option of `{issue}` has an evaluation above 0; all score 0"),
        });
    }
    options
        .iter()
        .map(|option| {
            let evaluation = found.get(option.as_str()).ok_or_else(|| {
                error(
                    node,
                    format!("no evaluation of the option `{option}` of `{issue}`"),
                )
            })?;
            Ok(if largest > 0.0 {
                evaluation / largest
            } else {
                0.0
            })
        })
        .collect()
}

/// A function from numbers to scores.
enum Shape {
    /// `offset + slope · x`, kept between 0 and 1.
    Linear { offset: f64, slope: f64 },
    /// 0 outside `lower` to `upper`, rising to 1 at `top` and falling again.
    Triangular { lower: f64, upper: f64, top: f64 },
}

impl Shape {
    /// The evaluator of an issue whose linear function counts from `origin`.
    fn of(issue: Node, origin: f64) -> Result<Shape, FormatError> {
        let node = issue
            .children()
            .find(|child| child.has_tag_name("evaluator"))
            .ok_or_else(|| error(issue, "the issue has no `evaluator`"))?;
        let whole = node.has_attribute("slope");
        match node.attribute("ftype").unwrap_or("linear") {
            "linear" if whole => {
                let slope = number(node, "slope")?;
                Ok(Shape::Linear {
                    offset: number(node, "offset")? - slope * origin,
                    slope,
                })
            }
            "linear" => Ok(Shape::Linear {
                offset: number(node, "parameter0")?,
                slope: number(node, "parameter1")?,
            }),
            "constant" => {
                let name = if node.has_attribute("offset") {
                    "offset"
                } else {
                    "parameter0"
                };
                Ok(Shape::Linear {
                    offset: number(node, name)?,
                    slope: 0.0,
                })
            }
            "triangular" => {
                let (lower, upper, top) = (
                    number(node, "parameter0")?,
                    number(node, "parameter1")?,
                    number(node, "parameter2")?,
                );
                if !(lower <= top && top <= upper) {
                    return Err(error(
                        node,
                        format!("a triangle from {lower} to {upper} cannot have its top at {top}"),
                    ));
                }
                Ok(Shape::Triangular { lower, upper, top })
            }
            other => Err(error(
                node,
                format!("an evaluator is `linear`, `constant` or `triangular`, not `{other}`"),
            )),
        }
    }

    fn at(&self, x: f64) -> f64 {
        match *self {
            Shape::Linear { offset, slope } => (offset + slope * x).clamp(0.0, 1.0),
            Shape::Triangular { lower, upper, top } => {
                if x == top {
                    1.0
                } else if x <= lower || x >= upper {
                    0.0
                } else if x < top {
                    (x - lower) / (top - lower)
                } else {
                    (upper - x) / (upper - top)
                }
            }
        }
    }
}

fn along(issue: &Issue, shape: &Shape) -> Vec<f64> {
    (0..issue.options())
        .map(|k| shape.at(issue.number(k).unwrap_or_default()))
        .collect()
}
