//! Reads GENIUS XML (Lin, Kraus, Baarslag, Tykhonov, Hindriks and Jonker 2014): domains and additive profiles.
//!
//! A profile's score of an option is its evaluation over the largest evaluation of the issue; values are weighted sums
//! of scores, at most 1. Whole-number issues have a linear evaluator, real ones a linear, constant or triangular one;
//! real issues are cut into a grid (21 points, as in GENIUS, unless the issue has a `discretization`).

use roxmltree::{Document, Node, ParsingOptions};

use crate::domain::{Domain, Issue, Values};
use crate::formats::genius_evaluator::scores;
use crate::formats::{FormatError, Profile, Remark, at, check_sum};
use crate::preferences::{Additive, Preferences, Utility};

pub use crate::formats::genius_write::{write_domain, write_profile};

/// Points of a real issue's grid less one, where the file does not say.
const STEPS: u32 = 20;

/// Most elements and attributes of a file.
const NODES: u32 = 4_000_000;

/// Reads a domain file; a profile does as well, for its issues. `name` is used if the file names its objective "root"
/// or not at all.
///
/// # Errors
/// Text that is not XML or declares a document type (entities could refer to themselves); no issue; an issue of an
/// unknown kind, without options or with bad bounds; options or issues with the same name.
pub fn read_domain(text: &str, name: &str) -> Result<Domain, FormatError> {
    let document = parse(text)?;
    let mut issues = Vec::new();
    for node in issue_nodes(&document) {
        issues.push(Issue {
            name: attribute(node, "name")?.to_owned(),
            values: values(node)?,
        });
    }
    let named = document
        .descendants()
        .find(|node| node.has_tag_name("objective"))
        .and_then(|node| node.attribute("name"))
        .filter(|name| !matches!(*name, "" | "root" | "any"));
    Domain::new(named.unwrap_or(name), issues).map_err(at(place(document.root_element())))
}

/// Reads the profile of `party` over a domain.
///
/// # Errors
/// As [`read_domain`]; an issue of the domain that the profile lacks, or the other way round; an option without
/// evaluation, or unknown to the domain; evaluations that are negative or not numbers; weights that are missing,
/// negative or far from summing to 1; a reservation value that is not a number; a discount outside \[0, 1\].
pub fn read_profile(text: &str, party: &str, domain: &Domain) -> Result<Profile, FormatError> {
    let document = parse(text)?;
    let root = document.root_element();
    let nodes: Vec<Node> = issue_nodes(&document).collect();
    for node in &nodes {
        let name = attribute(*node, "name")?;
        if !domain.issues().iter().any(|issue| issue.name == name) {
            return Err(error(*node, format!("the domain has no issue `{name}`")));
        }
    }
    let mut remarks = Vec::new();
    let mut weights = Vec::new();
    let mut all_scores = Vec::new();
    for issue in domain.issues() {
        let mut named = nodes
            .iter()
            .filter(|node| node.attribute("name") == Some(issue.name.as_str()));
        let node = *named
            .next()
            .ok_or_else(|| error(root, format!("the profile has no issue `{}`", issue.name)))?;
        if let Some(second) = named.next() {
            return Err(error(
                *second,
                format!("the issue `{}` appears twice", issue.name),
            ));
        }
        weights.push(weight(&document, node)?);
        all_scores.push(scores(node, issue, &mut remarks)?);
    }
    remarks.extend(check_sum(&weights, || place(root))?);
    let preferences = Preferences {
        party: party.to_owned(),
        utility: Utility::Additive(Additive {
            weights,
            scores: all_scores,
            ceiling: 1.0,
        }),
        fallback: fallback(&document, &mut remarks)?,
        discount: discount(&document, &mut remarks)?,
    };
    preferences.check(domain).map_err(at(place(root)))?;
    Ok(Profile {
        preferences,
        remarks,
    })
}

fn parse(text: &str) -> Result<Document<'_>, FormatError> {
    // A byte order mark is allowed before the declaration.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text).trim_start();
    let options = ParsingOptions {
        allow_dtd: false,
        nodes_limit: NODES,
        ..ParsingOptions::default()
    };
    Document::parse_with_options(text, options).map_err(|parsing| {
        let at = parsing.pos();
        let message = match parsing {
            roxmltree::Error::DtdDetected => {
                "the file declares a document type; entities are not read".to_owned()
            }
            roxmltree::Error::NodesLimitReached => {
                format!("the file has more than {NODES} elements")
            }
            other => format!("not XML: {other}"),
        };
        FormatError {
            place: format!("line {}, column {}", at.row, at.col),
            message,
        }
    })
}

/// The issues of a file, in its order.
fn issue_nodes<'a, 'input>(
    document: &'a Document<'input>,
) -> impl Iterator<Item = Node<'a, 'input>> {
    document
        .descendants()
        .filter(|node| node.has_tag_name("issue"))
}

pub(super) fn place(node: Node) -> String {
    let at = node.document().text_pos_at(node.range().start);
    format!("line {}, column {}", at.row, at.col)
}

pub(super) fn error(node: Node, message: impl Into<String>) -> FormatError {
    FormatError {
        place: place(node),
        message: message.into(),
    }
}

pub(super) fn attribute<'a>(node: Node<'a, '_>, name: &str) -> Result<&'a str, FormatError> {
    node.attribute(name).ok_or_else(|| {
        let tag = node.tag_name().name();
        error(node, format!("`{tag}` lacks the attribute `{name}`"))
    })
}

/// A finite number.
pub(super) fn number(node: Node, name: &str) -> Result<f64, FormatError> {
    let text = attribute(node, name)?;
    let value: Option<f64> = text.trim().parse().ok();
    value.filter(|value| value.is_finite()).ok_or_else(|| {
        error(
            node,
            format!("`{name}` is `{text}`; it must be a finite number"),
        )
    })
}

fn integer(node: Node, name: &str) -> Result<i64, FormatError> {
    let text = attribute(node, name)?;
    text.trim().parse().map_err(|_| {
        error(
            node,
            format!("`{name}` is `{text}`; it must be a whole number"),
        )
    })
}

pub(super) fn kind<'a>(node: Node<'a, '_>) -> &'a str {
    ["type", "etype", "vtype"]
        .iter()
        .find_map(|name| node.attribute(*name))
        .unwrap_or("discrete")
}

/// The element that holds an issue's bounds: a `range`, or the issue itself.
fn bounds<'a, 'input>(node: Node<'a, 'input>) -> Node<'a, 'input> {
    node.children()
        .find(|child| child.has_tag_name("range"))
        .unwrap_or(node)
}

fn values(node: Node) -> Result<Values, FormatError> {
    match kind(node) {
        "discrete" => items(node)
            .map(|item| attribute(item, "value").map(str::to_owned))
            .collect::<Result<_, _>>()
            .map(Values::Named),
        "integer" => Ok(Values::Integers {
            lower: integer(bounds(node), "lowerbound")?,
            upper: integer(bounds(node), "upperbound")?,
        }),
        "real" => Ok(Values::Grid {
            lower: number(bounds(node), "lowerbound")?,
            upper: number(bounds(node), "upperbound")?,
            steps: match node.attribute("discretization") {
                None => STEPS,
                Some(text) => text.trim().parse().map_err(|_| {
                    error(
                        node,
                        format!("`discretization` is `{text}`; it must be a whole number"),
                    )
                })?,
            },
        }),
        other => Err(error(
            node,
            format!("an issue is `discrete`, `integer` or `real`, not `{other}`"),
        )),
    }
}

pub(super) fn items<'a, 'input>(issue: Node<'a, 'input>) -> impl Iterator<Item = Node<'a, 'input>> {
    issue.children().filter(|node| node.has_tag_name("item"))
}

/// The weight of an issue: the `weight` beside it with its index.
fn weight(document: &Document, issue: Node) -> Result<f64, FormatError> {
    let index = attribute(issue, "index")?;
    let mut found = document
        .descendants()
        .filter(|node| node.has_tag_name("weight") && node.attribute("index") == Some(index));
    let node = found.next().ok_or_else(|| {
        error(
            issue,
            format!("no `weight` has the index {index} of this issue"),
        )
    })?;
    if let Some(second) = found.next() {
        return Err(error(
            second,
            format!("a second weight for the issue with index {index}"),
        ));
    }
    let weight = number(node, "value")?;
    if weight < 0.0 {
        return Err(error(
            node,
            format!("a weight is {weight}; it must not be negative"),
        ));
    }
    Ok(weight)
}

fn single<'a, 'input>(
    document: &'a Document<'input>,
    tag: &str,
) -> Result<Option<Node<'a, 'input>>, FormatError> {
    let mut found = document.descendants().filter(|node| node.has_tag_name(tag));
    let first = found.next();
    match found.next() {
        Some(second) => Err(error(second, format!("a second `{tag}`"))),
        None => Ok(first),
    }
}

fn fallback(document: &Document, remarks: &mut Vec<Remark>) -> Result<f64, FormatError> {
    let Some(node) = single(document, "reservation")? else {
        return Ok(0.0);
    };
    let value = number(node, "value")?;
    if !(0.0..=1.0).contains(&value) {
        remarks.push(Remark {
            place: place(node),
            message: format!(
                "the reservation value {value} lies outside the range of values, 0 to 1"
            ),
        });
    }
    Ok(value)
}

fn discount(document: &Document, remarks: &mut Vec<Remark>) -> Result<f64, FormatError> {
    let Some(node) = single(document, "discount_factor")? else {
        return Ok(1.0);
    };
    let value = number(node, "value")?;
    if value == 0.0 {
        remarks.push(Remark {
            place: place(node),
            message: "a discount of 0 is taken as none, as GENIUS does".to_owned(),
        });
        return Ok(1.0);
    }
    if !(0.0..=1.0).contains(&value) {
        return Err(error(
            node,
            format!("the discount is {value}; it must be above 0 and at most 1"),
        ));
    }
    Ok(value)
}
