//! Packages from the command line: `--package 'price=low,term=long'`.

use detente_deal::{Domain, Outcome};
use detente_language::scenario::Scenario;

use crate::failure::Failure;

/// An issue's names, and those of each of its options.
pub struct Spelling {
    names: Vec<String>,
    options: Vec<Vec<String>>,
}

/// How the issues of a domain may be written: by their names.
pub fn spellings(domain: &Domain) -> Vec<Spelling> {
    let issues = domain.issues().iter();
    issues
        .map(|issue| Spelling {
            names: vec![issue.name.clone()],
            options: (0..issue.options()).map(|k| vec![issue.label(k)]).collect(),
        })
        .collect()
}

/// How the issues of a scenario may be written: by their short names, too.
pub fn spelled(domain: &Domain, scenario: &Scenario) -> Vec<Spelling> {
    let mut spellings = spellings(domain);
    for (spelling, issue) in spellings.iter_mut().zip(&scenario.issues) {
        spelling.names.push(issue.name.id.clone());
        for (names, option) in spelling.options.iter_mut().zip(&issue.options) {
            names.push(option.id.clone());
        }
    }
    spellings
}

/// The packages that these texts describe, named by their number.
///
/// # Errors
/// A text that names no issue or option, or leaves an issue out.
pub fn asked_for(
    texts: &[String],
    spellings: &[Spelling],
) -> Result<Vec<(String, Outcome)>, Failure> {
    let numbered = texts.iter().enumerate();
    numbered
        .map(|(k, text)| Ok((format!("Package {}", k + 1), outcome(text, spellings)?)))
        .collect()
}

fn outcome(text: &str, spellings: &[Spelling]) -> Result<Outcome, Failure> {
    let wrong = |what: String| Failure::input(format!("`--package {text}`: {what}"));
    let mut chosen: Vec<Option<u32>> = vec![None; spellings.len()];
    for (issue, option) in pairs(text, spellings).map_err(wrong)? {
        let options = &spellings[issue].options;
        let at = options.iter().position(|names| is_one_of(names, option));
        let at = at.ok_or_else(|| {
            wrong(format!(
                "`{}` has no option `{option}`; there are {}",
                spellings[issue].names[0],
                firsts(options.iter())
            ))
        })?;
        if chosen[issue].replace(at as u32).is_some() {
            return Err(wrong(format!(
                "`{}` stands twice",
                spellings[issue].names[0]
            )));
        }
    }
    let missing = chosen.iter().zip(spellings);
    let missing: Vec<&Vec<String>> = missing
        .filter(|(chosen, _)| chosen.is_none())
        .map(|(_, spelling)| &spelling.names)
        .collect();
    if !missing.is_empty() {
        return Err(wrong(format!(
            "a package settles every issue; nothing is said of {}",
            firsts(missing.into_iter())
        )));
    }
    Ok(chosen.into_iter().flatten().collect())
}

/// Issues by position with what is said of them. A comma parts only where an issue and `=` follow: options may hold
/// commas themselves.
fn pairs<'a>(text: &'a str, spellings: &[Spelling]) -> Result<Vec<(usize, &'a str)>, String> {
    let issue_of = |part: &str| {
        let name = part.split_once('=')?.0.trim();
        spellings.iter().position(|s| is_one_of(&s.names, name))
    };
    let mut starts = vec![0];
    starts.extend(
        text.match_indices(',')
            .map(|(at, _)| at + 1)
            .filter(|start| issue_of(&text[*start..]).is_some()),
    );
    starts.push(text.len() + 1);
    starts
        .windows(2)
        .map(|span| {
            let part = &text[span[0]..span[1] - 1];
            let issue = issue_of(part).ok_or_else(|| {
                format!(
                    "write ISSUE=OPTION for every issue, parted by commas; the issues are {}",
                    firsts(spellings.iter().map(|s| &s.names))
                )
            })?;
            let option = part.split_once('=').map_or("", |(_, option)| option.trim());
            Ok((issue, option))
        })
        .collect()
}

fn is_one_of(names: &[String], word: &str) -> bool {
    names.iter().any(|name| name.eq_ignore_ascii_case(word))
}

fn firsts<'a>(names: impl Iterator<Item = &'a Vec<String>>) -> String {
    let names: Vec<String> = names
        .filter_map(|names| names.first())
        .map(|name| format!("`{name}`"))
        .collect();
    names.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use detente_deal::Issue;

    fn spelling() -> Vec<Spelling> {
        let issues = vec![
            Issue::named("price", ["low, as asked", "high"]),
            Issue::named("term", ["1", "2"]),
        ];
        spellings(&Domain::new("d", issues).unwrap())
    }

    #[test]
    fn options_may_hold_commas_and_issues_any_order() {
        let asked = |text: &str| outcome(text, &spelling()).map_err(|failure| failure.message);
        assert_eq!(asked("price=low, as asked,term=2").unwrap(), [0, 1]);
        assert_eq!(asked(" TERM = 1 , price = high").unwrap(), [1, 0]);
        for (text, part) in [
            ("price=high", "nothing is said of `term`"),
            ("price=dear,term=1", "no option `dear`"),
            ("price=high,price=high,term=1", "stands twice"),
            ("high", "write ISSUE=OPTION"),
            ("", "write ISSUE=OPTION"),
        ] {
            let message = asked(text).unwrap_err();
            assert!(message.contains(part), "{text}: {message}");
        }
    }
}
