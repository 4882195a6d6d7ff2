//! What changed from one text to another, declaration by declaration and statement by statement.

use detente_language::source::Sources;
use serde::Serialize;

use crate::outline::{Node, outline};

/// How something differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Only in the second.
    Added,
    /// Only in the first.
    Removed,
    /// In both, with other words.
    Changed,
}

/// Something that differs.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Change {
    /// How.
    pub kind: Kind,
    /// What it is: "param `detection`", "gain of us".
    pub what: String,
    /// Where in the play, from the outside in; empty for declarations.
    pub place: Vec<String>,
    /// What it says in the first, as written.
    pub before: Option<String>,
    /// What it says in the second.
    pub after: Option<String>,
}

/// What changed from one scenario to another, in the order of the second; included files count as if they were
/// written in place.
#[must_use]
pub fn texts(first: &Sources, second: &Sources) -> Vec<Change> {
    let mut changes = Vec::new();
    differ(&outline(first), &outline(second), &[], &mut changes);
    changes
}

fn differ(first: &[Node], second: &[Node], place: &[String], changes: &mut Vec<Change>) {
    let partner = partners(first, second);
    for (a, node) in first.iter().enumerate() {
        if !partner.contains(&Some(a)) {
            changes.push(Change {
                kind: Kind::Removed,
                what: node.what.clone(),
                place: place.to_vec(),
                before: said(node),
                after: None,
            });
        }
    }
    for (node, partner) in second.iter().zip(&partner) {
        let Some(before) = partner.map(|a| &first[a]) else {
            changes.push(Change {
                kind: Kind::Added,
                what: node.what.clone(),
                place: place.to_vec(),
                before: None,
                after: said(node),
            });
            continue;
        };
        if before.text != node.text {
            changes.push(Change {
                kind: Kind::Changed,
                what: node.what.clone(),
                place: place.to_vec(),
                before: Some(before.text.clone()),
                after: Some(node.text.clone()),
            });
        }
        let mut within = place.to_vec();
        if !node.place.is_empty() {
            within.push(node.place.clone());
        }
        differ(&before.inside, &node.inside, &within, changes);
    }
}

/// What a node says, with the first things inside where it says nothing itself.
fn said(node: &Node) -> Option<String> {
    const MOST: usize = 4;
    if !node.text.is_empty() {
        return Some(node.text.clone());
    }
    let mut words: Vec<String> = node
        .inside
        .iter()
        .take(MOST)
        .map(|inside| {
            let what = if node.what.starts_with("param") {
                ""
            } else {
                inside.what.as_str()
            };
            format!("{what} {}", inside.text).trim().to_owned()
        })
        .collect();
    if node.inside.len() > MOST {
        words.push("…".to_owned());
    }
    (!words.is_empty()).then(|| words.join(", "))
}

/// For each node of the second list, which of the first it is: the same node, else the next that has its key.
fn partners(first: &[Node], second: &[Node]) -> Vec<Option<usize>> {
    let mut free = vec![true; first.len()];
    let mut found: Vec<Option<usize>> = vec![None; second.len()];
    let alike: [fn(&Node, &Node) -> bool; 3] = [
        |a, b| a == b,
        |a, b| a.key == b.key && (a.text == b.text || a.inside == b.inside && !a.inside.is_empty()),
        |a, b| a.key == b.key,
    ];
    for alike in alike {
        for (node, partner) in second.iter().zip(&mut found) {
            if partner.is_none() {
                let at = (0..first.len()).find(|&at| free[at] && alike(&first[at], node));
                if let Some(at) = at {
                    free[at] = false;
                    *partner = Some(at);
                }
            }
        }
    }
    found
}
