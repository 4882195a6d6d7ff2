//! Reads GeniusWeb JSON (Jonker and others, ii.tudelft.nl/GeniusWeb): domains and linear additive profiles.
//!
//! A profile may stand alone or inside its `LinearAdditiveUtilitySpace`; it carries its domain. Where it has a
//! reservation bid, the fallback is what that bid is worth. JSON objects have no order: issues and options follow
//! the alphabet.

use serde_json::{Map, Value};

use crate::domain::{Domain, Issue, MAX_OPTIONS, Values};
use crate::formats::{FormatError, Profile, at, check_sum};
use crate::preferences::Preferences;
use crate::space::Space;

pub use crate::formats::geniusweb_write::{write_domain, write_profile};

type Object = Map<String, Value>;

/// Reads a domain, or the domain inside a profile.
///
/// # Errors
/// Text that is not JSON; missing or unknown parts; ranges that are not three numbers `[low, high, step]`.
pub fn read_domain(text: &str) -> Result<Domain, FormatError> {
    let document = parse(text)?;
    let (path, object) = unwrapped(&document)?;
    match object.get("domain") {
        Some(inner) => domain_of(&format!("{path}domain"), inner),
        None => domain_of(path.trim_end_matches('.'), &Value::Object(object.clone())),
    }
}

/// Reads a profile over `domain`, which must be the one it carries. Its party is called `party`.
///
/// # Errors
/// As [`read_domain`]; another domain; issues or options without weight or utility, or unknown ones; utilities
/// outside 0 to 1; weights that do not sum to 1; a reservation bid that is not a bid of the domain.
pub fn read_profile(text: &str, party: &str, domain: &Domain) -> Result<Profile, FormatError> {
    let document = parse(text)?;
    let (path, profile) = unwrapped(&document)?;
    let at_path = |name: &str| format!("{path}{name}");
    if let Some(inner) = profile.get("domain") {
        let own = domain_of(&at_path("domain"), inner)?;
        if own.issues() != domain.issues() {
            return Err(error(
                at_path("domain"),
                "the profile belongs to another domain",
            ));
        }
    }
    let weights = member(profile, &path, "issueWeights")?;
    let utilities = member(profile, &path, "issueUtilities")?;
    known_only(weights, &at_path("issueWeights"), domain)?;
    known_only(utilities, &at_path("issueUtilities"), domain)?;
    let mut all_weights = Vec::new();
    let mut all_scores = Vec::new();
    for issue in domain.issues() {
        let place = at_path(&format!("issueWeights.{}", issue.name));
        let weight = weights
            .get(&issue.name)
            .ok_or_else(|| error(place.clone(), "the issue has no weight"))?;
        all_weights.push(fraction(&place, weight)?);
        let place = at_path(&format!("issueUtilities.{}", issue.name));
        let utility = utilities
            .get(&issue.name)
            .ok_or_else(|| error(place.clone(), "the issue has no utilities"))?;
        all_scores.push(scores(&place, utility, issue)?);
    }
    let place = at_path("issueWeights");
    let remarks = check_sum(&all_weights, || place.clone())?
        .into_iter()
        .collect();
    let mut preferences = Preferences::additive(party, all_weights, all_scores);
    preferences.check(domain).map_err(at(path.clone()))?;
    if let Some(bid) = profile.get("reservationBid").filter(|bid| !bid.is_null()) {
        let outcome = bid_of(&at_path("reservationBid"), bid, domain)?;
        preferences.fallback = Space::new(domain.clone(), vec![preferences.clone()])
            .map_err(at(path))?
            .value(0, &outcome);
    }
    Ok(Profile {
        preferences,
        remarks,
    })
}

fn error(place: impl Into<String>, message: impl Into<String>) -> FormatError {
    FormatError {
        place: place.into(),
        message: message.into(),
    }
}

fn parse(text: &str) -> Result<Value, FormatError> {
    serde_json::from_str(text).map_err(|parsing| {
        error(
            format!("line {}, column {}", parsing.line(), parsing.column()),
            format!("not JSON: {parsing}"),
        )
    })
}

/// The object itself or the one inside its wrapper, with the path to its members.
fn unwrapped(document: &Value) -> Result<(String, &Object), FormatError> {
    const WRAPPER: &str = "LinearAdditiveUtilitySpace";
    let object = document
        .as_object()
        .ok_or_else(|| error("the file", "a JSON object is expected"))?;
    match object.get(WRAPPER) {
        Some(inner) => Ok((format!("{WRAPPER}."), as_object(WRAPPER, inner)?)),
        None => Ok((String::new(), object)),
    }
}

fn as_object<'a>(place: &str, value: &'a Value) -> Result<&'a Object, FormatError> {
    value.as_object().ok_or_else(|| {
        error(
            place,
            format!("an object is expected, not {}", short(value)),
        )
    })
}

fn member<'a>(object: &'a Object, path: &str, name: &str) -> Result<&'a Object, FormatError> {
    let value = object.get(name).ok_or_else(|| {
        let place = if path.is_empty() {
            "the file"
        } else {
            path.trim_end_matches('.')
        };
        error(place, format!("`{name}` is missing"))
    })?;
    as_object(&format!("{path}{name}"), value)
}

fn known_only(object: &Object, place: &str, domain: &Domain) -> Result<(), FormatError> {
    for name in object.keys() {
        if !domain.issues().iter().any(|issue| issue.name == *name) {
            return Err(error(
                format!("{place}.{name}"),
                "the domain has no such issue",
            ));
        }
    }
    Ok(())
}

/// A JSON value in few letters, for messages.
fn short(value: &Value) -> String {
    let text = value.to_string();
    match text.char_indices().nth(40) {
        Some((end, _)) => format!("`{}…`", &text[..end]),
        None => format!("`{text}`"),
    }
}

/// A finite number, which GeniusWeb also writes as text.
fn number(place: &str, value: &Value) -> Result<f64, FormatError> {
    let found = match value {
        Value::Number(number) => number.as_f64(),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    };
    found
        .filter(|number| number.is_finite())
        .ok_or_else(|| error(place, format!("a number is expected, not {}", short(value))))
}

fn fraction(place: &str, value: &Value) -> Result<f64, FormatError> {
    let number = number(place, value)?;
    if (0.0..=1.0).contains(&number) {
        Ok(number)
    } else {
        Err(error(place, format!("{number} is not between 0 and 1")))
    }
}

fn domain_of(path: &str, value: &Value) -> Result<Domain, FormatError> {
    let place = if path.is_empty() { "the file" } else { path };
    let prefix = if path.is_empty() {
        String::new()
    } else {
        format!("{path}.")
    };
    let object = as_object(place, value)?;
    let issues = member(object, &prefix, "issuesValues")?
        .iter()
        .map(|(name, values)| {
            Ok(Issue {
                name: name.clone(),
                values: values_of(&format!("{prefix}issuesValues.{name}"), values)?,
            })
        })
        .collect::<Result<_, _>>()?;
    let name = object.get("name").and_then(Value::as_str).unwrap_or("");
    Domain::new(name, issues).map_err(at(place.to_owned()))
}

fn values_of(place: &str, value: &Value) -> Result<Values, FormatError> {
    let object = as_object(place, value)?;
    if let Some(values) = object.get("values") {
        let place = format!("{place}.values");
        let values = values
            .as_array()
            .ok_or_else(|| error(&*place, "a list of options is expected"))?;
        return values
            .iter()
            .map(|option| {
                option.as_str().map(str::to_owned).ok_or_else(|| {
                    error(&*place, format!("an option is text, not {}", short(option)))
                })
            })
            .collect::<Result<_, _>>()
            .map(Values::Named);
    }
    match object
        .get("range")
        .and_then(Value::as_array)
        .map(Vec::as_slice)
    {
        Some([low, high, step]) => range_of(&format!("{place}.range"), low, high, step),
        _ => Err(error(
            place,
            "either `values` (a list of options) or `range` (low, high and step) is expected",
        )),
    }
}

/// A range from low to high in steps: whole numbers where step and low are, a grid otherwise. The last point is the
/// last one not above `high`.
fn range_of(place: &str, low: &Value, high: &Value, step: &Value) -> Result<Values, FormatError> {
    let (low, high, step) = (
        number(place, low)?,
        number(place, high)?,
        number(place, step)?,
    );
    if !(step > 0.0 && high >= low) {
        return Err(error(
            place,
            format!(
                "a range goes from low to high in steps above 0, not from {low} to {high} in steps of {step}"
            ),
        ));
    }
    // A little more than the quotient, so that 0.3 / 0.1 counts three steps.
    let steps = ((high - low) / step * (1.0 + 1e-12)).floor();
    if steps >= MAX_OPTIONS as f64 {
        return Err(error(
            place,
            format!("the range has more than {MAX_OPTIONS} points"),
        ));
    }
    let whole = step == 1.0 && low.fract() == 0.0 && low.abs() < 1e15;
    Ok(if whole {
        Values::Integers {
            lower: low as i64,
            upper: low as i64 + steps as i64,
        }
    } else {
        let exact = low + steps * step;
        Values::Grid {
            lower: low,
            upper: if steps > 0.0 && (exact - high).abs() <= step * 1e-9 {
                high
            } else {
                exact
            },
            steps: steps as u32,
        }
    })
}

fn scores(place: &str, value: &Value, issue: &Issue) -> Result<Vec<f64>, FormatError> {
    let object = as_object(place, value)?;
    let inner = |names: [&str; 2]| {
        names.into_iter().find_map(|name| {
            object
                .get(name)
                .map(|inner| (format!("{place}.{name}"), inner))
        })
    };
    if let Some((place, inner)) = inner(["DiscreteValueSetUtilities", "discreteutils"]) {
        let Values::Named(options) = &issue.values else {
            return Err(error(
                place,
                "the domain gives this issue a range, not options",
            ));
        };
        let table = as_object(&place, inner)?;
        return option_scores(&place, table, options);
    }
    let Some((place, inner)) = inner(["NumberValueSetUtilities", "numberutils"]) else {
        return Err(error(
            place,
            "`DiscreteValueSetUtilities` or `NumberValueSetUtilities` is expected",
        ));
    };
    line_scores(&place, as_object(&place, inner)?, issue)
}

fn option_scores(
    place: &str,
    object: &Object,
    options: &[String],
) -> Result<Vec<f64>, FormatError> {
    let prefix = format!("{place}.");
    let table = member(object, &prefix, "valueUtilities")?;
    let place = format!("{prefix}valueUtilities");
    for name in table.keys() {
        if !options.contains(name) {
            return Err(error(
                format!("{place}.{name}"),
                "the domain has no such option",
            ));
        }
    }
    options
        .iter()
        .map(|option| {
            let place = format!("{place}.{option}");
            let value = table
                .get(option)
                .ok_or_else(|| error(&*place, "the option has no utility"))?;
            fraction(&place, value)
        })
        .collect()
}

/// Utilities on the line between a low and a high value.
fn line_scores(place: &str, object: &Object, issue: &Issue) -> Result<Vec<f64>, FormatError> {
    if issue.number(0).is_none() {
        return Err(error(
            place,
            "the domain gives this issue options, not a range",
        ));
    }
    let part = |name: &str| {
        let place = format!("{place}.{name}");
        let value = object
            .get(name)
            .ok_or_else(|| error(&*place, format!("`{name}` is missing")))?;
        if name.ends_with("Utility") {
            fraction(&place, value)
        } else {
            number(&place, value)
        }
    };
    let (low, high) = (part("lowValue")?, part("highValue")?);
    let (from, to) = (part("lowUtility")?, part("highUtility")?);
    if high < low {
        return Err(error(
            place,
            format!("`highValue` {high} is below `lowValue` {low}"),
        ));
    }
    Ok((0..issue.options())
        .map(|k| {
            let x = issue.number(k).unwrap_or(low).clamp(low, high);
            let along = if high > low {
                (x - low) / (high - low)
            } else {
                0.0
            };
            from + (to - from) * along
        })
        .collect())
}

fn bid_of(place: &str, value: &Value, domain: &Domain) -> Result<Vec<u32>, FormatError> {
    let prefix = format!("{place}.");
    let bid = member(as_object(place, value)?, &prefix, "issuevalues")?;
    let place = format!("{prefix}issuevalues");
    known_only(bid, &place, domain)?;
    let labels = domain
        .issues()
        .iter()
        .map(|issue| match bid.get(&issue.name) {
            Some(Value::String(label)) => Ok(label.clone()),
            Some(other) => Ok(other.to_string()),
            None => Err(error(
                format!("{place}.{}", issue.name),
                "the reservation bid leaves this issue open",
            )),
        })
        .collect::<Result<Vec<_>, _>>()?;
    domain.find(&labels).map_err(at(place))
}
