//! Writes GeniusWeb JSON: domains and linear additive profiles.

use serde_json::{Map, Value, json};

use crate::domain::{Domain, Issue, Values};
use crate::enumerate::Enumerated;
use crate::formats::FormatError;
use crate::formats::shape::line;
use crate::preferences::Preferences;
use crate::space::Space;

/// Most outcomes searched for one that is worth exactly the fallback.
const SEARCHED: usize = 10_000_000;

/// Writes a domain.
pub fn write_domain(domain: &Domain) -> String {
    pretty(&domain_value(domain))
}

/// Writes a profile with its domain. A fallback above 0 becomes a reservation bid: an outcome worth exactly as much.
///
/// # Errors
/// Preferences that GeniusWeb cannot express: not a weighted sum; weights or scores outside 0 to 1, or weights that
/// do not sum to 1; ranges whose scores do not lie on a line; a discount; a fallback that no outcome is worth.
pub fn write_profile(domain: &Domain, preferences: &Preferences) -> Result<String, FormatError> {
    let refuse = |message: String| FormatError {
        place: preferences.party.clone(),
        message,
    };
    preferences
        .check(domain)
        .map_err(|error| refuse(error.to_string()))?;
    let additive = preferences.as_additive().ok_or_else(|| {
        refuse(
            "GeniusWeb's linear additive profiles are weighted sums; this party has a table".into(),
        )
    })?;
    if preferences.discount != 1.0 {
        return Err(refuse("GeniusWeb profiles know no discount".into()));
    }
    let sum: f64 = additive.weights.iter().sum();
    if (sum - 1.0).abs() > 1e-4 {
        return Err(refuse(format!(
            "the weights sum to {sum}; GeniusWeb needs 1"
        )));
    }
    let mut weights = Map::new();
    let mut utilities = Map::new();
    for ((issue, weight), scores) in domain
        .issues()
        .iter()
        .zip(&additive.weights)
        .zip(&additive.scores)
    {
        weights.insert(issue.name.clone(), json!(weight));
        utilities.insert(
            issue.name.clone(),
            utilities_of(issue, scores).map_err(refuse)?,
        );
    }
    let mut profile = json!({
        "name": preferences.party,
        "domain": domain_value(domain),
        "issueUtilities": utilities,
        "issueWeights": weights,
    });
    if preferences.fallback != 0.0 {
        let bid = bid_worth(domain, preferences).ok_or_else(|| {
            refuse(format!(
                "no outcome is worth exactly the fallback {}, which GeniusWeb's reservation bid needs",
                preferences.fallback
            ))
        })?;
        profile["reservationBid"] = json!({ "issuevalues": bid });
    }
    Ok(pretty(&json!({ "LinearAdditiveUtilitySpace": profile })))
}

fn pretty(value: &Value) -> String {
    let mut text = format!("{value:#}");
    text.push('\n');
    text
}

fn domain_value(domain: &Domain) -> Value {
    let issues: Map<String, Value> = domain
        .issues()
        .iter()
        .map(|issue| (issue.name.clone(), values_of(issue)))
        .collect();
    json!({ "name": domain.name(), "issuesValues": issues })
}

fn values_of(issue: &Issue) -> Value {
    let range = |low: String, high: String, step: String| json!({ "range": [low, high, step] });
    match &issue.values {
        Values::Named(options) => json!({ "values": options }),
        Values::Integers { lower, upper } => {
            range(lower.to_string(), upper.to_string(), "1".to_owned())
        }
        Values::Grid {
            lower,
            upper,
            steps,
        } => {
            let step = if *steps == 0 {
                1.0
            } else {
                (upper - lower) / f64::from(*steps)
            };
            let step = if step > 0.0 { step } else { 1.0 };
            range(lower.to_string(), upper.to_string(), step.to_string())
        }
    }
}

fn utilities_of(issue: &Issue, scores: &[f64]) -> Result<Value, String> {
    if scores.iter().any(|score| !(0.0..=1.0).contains(score)) {
        return Err(format!("a score of `{}` lies outside 0 to 1", issue.name));
    }
    if let Values::Named(options) = &issue.values {
        let table: Map<String, Value> = options
            .iter()
            .zip(scores)
            .map(|(option, score)| (option.clone(), json!(score)))
            .collect();
        return Ok(json!({ "DiscreteValueSetUtilities": { "valueUtilities": table } }));
    }
    if line(issue, scores).is_none() {
        return Err(format!(
            "the scores of `{}` do not lie on a line, which GeniusWeb needs for a range",
            issue.name
        ));
    }
    Ok(json!({ "NumberValueSetUtilities": {
        "lowValue": issue.number(0),
        "lowUtility": scores.first(),
        "highValue": issue.number(scores.len() - 1),
        "highUtility": scores.last(),
    }}))
}

/// The first outcome worth exactly the fallback.
fn bid_worth(domain: &Domain, preferences: &Preferences) -> Option<Map<String, Value>> {
    let space = Space::new(domain.clone(), vec![preferences.clone()]).ok()?;
    let all = Enumerated::new(&space, SEARCHED).ok()?;
    let at = all
        .of(0)
        .iter()
        .position(|value| *value == preferences.fallback)?;
    let outcome = domain.outcome(at);
    Some(
        domain
            .issues()
            .iter()
            .zip(&outcome)
            .map(|(issue, &k)| {
                let value = match issue.number(k as usize) {
                    Some(number) => json!(number),
                    None => json!(issue.label(k as usize)),
                };
                (issue.name.clone(), value)
            })
            .collect(),
    )
}
