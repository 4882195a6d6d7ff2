//! Writes GENIUS XML: domains and additive profiles.

use std::fmt::Write;

use crate::domain::{Domain, Issue, Values};
use crate::formats::FormatError;
use crate::formats::shape::line;
use crate::preferences::{Additive, Preferences};

/// Writes a domain.
pub fn write_domain(domain: &Domain) -> String {
    let mut out = String::from("<negotiation_template>\n");
    head(&mut out, domain);
    for (i, issue) in domain.issues().iter().enumerate() {
        open_issue(&mut out, i, issue);
        if let Values::Named(options) = &issue.values {
            for (k, option) in options.iter().enumerate() {
                let option = escape(option);
                line_of(
                    &mut out,
                    format_args!(
                        "      <item index=\"{}\" value=\"{option}\" cost=\"0\" description=\"{option}\"/>",
                        k + 1
                    ),
                );
            }
        }
        out.push_str("    </issue>\n");
    }
    out.push_str("  </objective>\n</utility_space>\n</negotiation_template>\n");
    out
}

/// Writes a profile. The largest score of every issue with named options becomes 1, its weight changes to match.
///
/// # Errors
/// Preferences that GENIUS cannot express: not a weighted sum; a negative score; whole-number or real issues whose
/// scores do not lie on a line or leave the range 0 to 1; values that GENIUS would cap at 1 and these do not.
pub fn write_profile(domain: &Domain, preferences: &Preferences) -> Result<String, FormatError> {
    let additive = expressible(domain, preferences)?;
    let mut out = String::new();
    head(&mut out, domain);
    let mut weights = String::new();
    for (i, issue) in domain.issues().iter().enumerate() {
        open_issue(&mut out, i, issue);
        let weight = write_scores(&mut out, issue, additive.weights[i], &additive.scores[i])?;
        out.push_str("    </issue>\n");
        line_of(
            &mut weights,
            format_args!("    <weight index=\"{}\" value=\"{weight}\"/>", i + 1),
        );
    }
    out.push_str(&weights);
    line_of(
        &mut out,
        format_args!(
            "  </objective>\n  <discount_factor value=\"{}\"/>\n  <reservation value=\"{}\"/>\n</utility_space>",
            preferences.discount, preferences.fallback
        ),
    );
    Ok(out)
}

fn refuse(place: impl Into<String>, message: impl Into<String>) -> FormatError {
    FormatError {
        place: place.into(),
        message: message.into(),
    }
}

fn expressible<'a>(
    domain: &Domain,
    preferences: &'a Preferences,
) -> Result<&'a Additive, FormatError> {
    let party = preferences.party.as_str();
    preferences
        .check(domain)
        .map_err(|error| refuse(party, error.to_string()))?;
    let additive = preferences.as_additive().ok_or_else(|| {
        refuse(
            party,
            "GENIUS profiles are weighted sums over issues; this party has a table",
        )
    })?;
    let best: f64 = additive
        .scores
        .iter()
        .zip(&additive.weights)
        .map(|(scores, weight)| weight * scores.iter().copied().fold(f64::NEG_INFINITY, f64::max))
        .sum();
    // What rounding may add to the sum of weights is no reason to refuse.
    if best > 1.0 + 1e-9 && additive.ceiling != 1.0 {
        return Err(refuse(
            party,
            format!("the best outcome is worth {best}; GENIUS knows no value above 1"),
        ));
    }
    Ok(additive)
}

/// Writes what an issue's options score and returns the weight that goes with it.
fn write_scores(
    out: &mut String,
    issue: &Issue,
    weight: f64,
    scores: &[f64],
) -> Result<f64, FormatError> {
    let Values::Named(options) = &issue.values else {
        write_line(out, issue, scores)?;
        return Ok(weight);
    };
    if scores.iter().any(|score| *score < 0.0) {
        return Err(refuse(
            issue.name.as_str(),
            "a score is negative; GENIUS knows none below 0",
        ));
    }
    let largest = scores.iter().copied().fold(0.0, f64::max);
    let scale = if largest > 0.0 { largest } else { 1.0 };
    for (k, (option, score)) in options.iter().zip(scores).enumerate() {
        line_of(
            out,
            format_args!(
                "      <item index=\"{}\" value=\"{}\" cost=\"0\" evaluation=\"{}\"/>",
                k + 1,
                escape(option),
                score / scale
            ),
        );
    }
    Ok(weight * scale)
}

fn write_line(out: &mut String, issue: &Issue, scores: &[f64]) -> Result<(), FormatError> {
    let within = scores.iter().all(|score| (0.0..=1.0).contains(score));
    let Some((offset, slope)) = line(issue, scores).filter(|_| within) else {
        return Err(refuse(
            issue.name.as_str(),
            "GENIUS knows only scores on a straight line between 0 and 1 for ranges of numbers",
        ));
    };
    match &issue.values {
        Values::Grid { lower, .. } => line_of(
            out,
            format_args!(
                "      <evaluator ftype=\"linear\" parameter0=\"{}\" parameter1=\"{slope}\"/>",
                offset - slope * lower
            ),
        ),
        _ => line_of(
            out,
            format_args!(
                "      <evaluator ftype=\"linear\" offset=\"{offset}\" slope=\"{slope}\"/>"
            ),
        ),
    }
    Ok(())
}

fn head(out: &mut String, domain: &Domain) {
    line_of(
        out,
        format_args!(
            "<utility_space number_of_issues=\"{}\">\n  <objective index=\"0\" name=\"{}\" type=\"objective\" \
         etype=\"objective\" description=\"\">",
            domain.issues().len(),
            escape(domain.name())
        ),
    );
}

fn open_issue(out: &mut String, i: usize, issue: &Issue) {
    let (kind, bounds) = match &issue.values {
        Values::Named(_) => ("discrete", None),
        Values::Integers { lower, upper } => {
            ("integer", Some((lower.to_string(), upper.to_string())))
        }
        Values::Grid { lower, upper, .. } => ("real", Some((lower.to_string(), upper.to_string()))),
    };
    let mut tag = format!(
        "    <issue index=\"{}\" name=\"{}\" type=\"{kind}\" etype=\"{kind}\" vtype=\"{kind}\"",
        i + 1,
        escape(&issue.name)
    );
    if let (Values::Integers { .. }, Some((lower, upper))) = (&issue.values, &bounds) {
        // Writing to a string cannot fail; here and below.
        let _ = write!(tag, " lowerbound=\"{lower}\" upperbound=\"{upper}\"");
    }
    if let Values::Grid { steps, .. } = &issue.values {
        let _ = write!(tag, " discretization=\"{steps}\"");
    }
    line_of(out, format_args!("{tag}>"));
    if let Some((lower, upper)) = bounds {
        line_of(
            out,
            format_args!("      <range lowerbound=\"{lower}\" upperbound=\"{upper}\"/>"),
        );
    }
}

fn line_of(out: &mut String, line: std::fmt::Arguments) {
    let _ = writeln!(out, "{line}");
}

/// Text as the value of an attribute. Line breaks and tabs stay what they are, which plain ones would not.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' => out.push_str("&#10;"),
            '\r' => out.push_str("&#13;"),
            '\t' => out.push_str("&#9;"),
            // Not allowed in XML at all, even as a reference.
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}
