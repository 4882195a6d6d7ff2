//! What other equilibria say, in words that every rendering shares.

use detente_findings::model::{EquilibriaFacts, Findings};

use crate::number;

/// Endings that differ by less are called the same.
const ALIKE: f64 = 0.005;

/// How many equilibria were found and how far apart they are, in one line.
pub(crate) fn in_short(findings: &Findings, facts: &EquilibriaFacts) -> String {
    let from = number::counted(facts.searched.starts, "start", "starts");
    let cut = cut_short(facts);
    if facts.others.is_empty() {
        return format!("One equilibrium found from {from}{cut}.");
    }
    let apart = match widest(findings, facts) {
        Some((label, low, high)) => {
            format!("“{label}” is {} in them", number::percent_range(low, high))
        }
        None => "all with the same endings".to_owned(),
    };
    format!(
        "{} equilibria found from {from}{cut}, {apart}; shown is that of the principal branch.",
        facts.found
    )
}

/// Says so where starts were given up, or the search was cut short.
pub(crate) fn cut_short(facts: &EquilibriaFacts) -> String {
    let given_up = match facts.searched.given_up {
        0 => None,
        some => Some(format!("{some} of them given up")),
    };
    let cut = match facts.searched.status.as_str() {
        "time_limit" => Some("cut short by the time limit".to_owned()),
        "interrupted" => Some("interrupted".to_owned()),
        _ => None,
    };
    let said: Vec<String> = given_up.into_iter().chain(cut).collect();
    match said.is_empty() {
        true => String::new(),
        false => format!(" ({})", said.join(", ")),
    }
}

/// The ending whose probability differs most among all equilibria, with its smallest and largest one; none where
/// nothing differs.
pub(crate) fn widest<'a>(
    findings: &'a Findings,
    facts: &EquilibriaFacts,
) -> Option<(&'a str, f64, f64)> {
    let spans = findings.endings.iter().enumerate().map(|(i, ending)| {
        let others = facts
            .others
            .iter()
            .filter_map(|other| other.endings.get(i).copied());
        let (low, high) = others.fold(
            (ending.probability, ending.probability),
            |(low, high), p| (low.min(p), high.max(p)),
        );
        (ending.label.as_str(), low, high)
    });
    spans
        .max_by(|a, b| (a.2 - a.1).total_cmp(&(b.2 - b.1)))
        .filter(|(_, low, high)| high - low >= ALIKE)
}
