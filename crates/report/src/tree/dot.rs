//! A game tree in Graphviz's DOT language.

use std::fmt::Write;

use super::layout::MOST_WORDS;
use super::{TreeError, TreeKind, TreePicture, actor_colour};
use crate::escape::dot as escape;

/// The tree as a DOT file: `dot -Tpdf tree.dot -o tree.pdf`.
///
/// # Errors
/// [`TreeError`] where the nodes are no tree.
pub fn dot(tree: &TreePicture) -> Result<String, TreeError> {
    tree.check()?;
    let mut out = String::from(
        "digraph game {\n  rankdir=LR;\n  ordering=out;\n  node [fontname=\"Helvetica\", fontsize=11];\n  \
         edge [fontname=\"Helvetica\", fontsize=10, arrowhead=none];\n",
    );
    if !tree.title.is_empty() {
        let _ = writeln!(out, "  labelloc=t;\n  label=\"{}\";", escape(&tree.title));
    }
    for (i, node) in tree.nodes.iter().enumerate() {
        let _ = match node.kind {
            TreeKind::Decision(actor) => {
                let set = node.set.map(|s| format!(" ({s})")).unwrap_or_default();
                let words = format!("{}{set}\n{}", tree.actors[actor], node.label);
                writeln!(
                    out,
                    "  n{i} [shape=box, style=\"rounded,filled\", fillcolor=\"#{}\", fontcolor=white, label=\"{}\"];",
                    actor_colour(actor),
                    escape(&words)
                )
            }
            TreeKind::Draw => writeln!(
                out,
                "  n{i} [shape=diamond, label=\"{}\"];",
                escape(&node.label)
            ),
            TreeKind::End => {
                let words = format!("{}\n{}", node.label, node.payoff_words());
                writeln!(
                    out,
                    "  n{i} [shape=plaintext, label=\"{}\"];",
                    escape(&words)
                )
            }
        };
        if let Some(parent) = node.parent {
            let _ = writeln!(
                out,
                "  n{parent} -> n{i} [label=\"{}\"];",
                escape(&node.edge_words(MOST_WORDS))
            );
        }
    }
    for (i, node) in tree.nodes.iter().enumerate() {
        if let Some(words) = node.elided_words() {
            let _ = writeln!(
                out,
                "  e{i} [shape=plaintext, fontcolor=gray40, label=\"{}\"];\n  n{i} -> e{i} [style=dotted];",
                escape(&words)
            );
        }
    }
    for nodes in tree.joined() {
        for pair in nodes.windows(2) {
            let _ = writeln!(
                out,
                "  n{} -> n{} [style=dashed, constraint=false, color=gray40];",
                pair[0], pair[1]
            );
        }
    }
    out.push_str("}\n");
    Ok(out)
}
