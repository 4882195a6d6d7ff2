//! Where the nodes of a tree stand: one row for every leaf, inner nodes in the middle of their children,
//! one column for every depth, as wide as the longest words on its edges.
//!
//! Rows of leaves keep all words apart, which the tightest tidy layouts (Reingold & Tilford 1981) do not; the rule
//! that a parent stands in the middle of its children is theirs.

use unicode_width::UnicodeWidthStr;

use super::TreePicture;

/// Columns of text that an edge's words may take.
pub(super) const MOST_WORDS: usize = 44;

/// Position of everything, in rows (downwards) and in text columns (rightwards).
pub(super) struct Layout {
    /// Depth of each node.
    pub(super) depth: Vec<usize>,
    /// Row of each node, in leaves from the top.
    pub(super) row: Vec<f64>,
    /// Row of "… 312 more", for nodes with something left out.
    pub(super) elided_row: Vec<Option<f64>>,
    /// Where each depth begins, in text columns.
    pub(super) column: Vec<f64>,
    /// Rows in all.
    pub(super) rows: usize,
}

/// Lays out a tree that passed its check.
pub(super) fn layout(tree: &TreePicture) -> Layout {
    let children = tree.children();
    let count = tree.nodes.len();
    let mut depth = vec![0; count];
    for (i, node) in tree.nodes.iter().enumerate() {
        if let Some(parent) = node.parent {
            depth[i] = depth[parent] + 1;
        }
    }
    let mut row = vec![0.0; count];
    let mut elided_row = vec![None; count];
    let rows = leaves(tree, &children, &mut row, &mut elided_row);
    for i in (0..count).rev() {
        let first = children[i].first().map(|&c| row[c]);
        let last = elided_row[i].or_else(|| children[i].last().map(|&c| row[c]));
        if let (Some(first), Some(last)) = (first, last) {
            row[i] = (first + last) / 2.0;
        }
    }
    Layout {
        column: columns(tree, &depth),
        depth,
        row,
        elided_row,
        rows,
    }
}

/// Gives a row to every leaf and every "… more" in drawing order; the answer is the number of rows.
fn leaves(
    tree: &TreePicture,
    children: &[Vec<usize>],
    row: &mut [f64],
    elided_row: &mut [Option<f64>],
) -> usize {
    enum Visit {
        Node(usize),
        Elided(usize),
    }
    let mut next = 0;
    let mut stack = vec![Visit::Node(0)];
    while let Some(visit) = stack.pop() {
        match visit {
            Visit::Elided(i) => {
                elided_row[i] = Some(f64::from(next));
                next += 1;
            }
            Visit::Node(i) if children[i].is_empty() => {
                row[i] = f64::from(next);
                next += 1;
            }
            Visit::Node(i) => {
                if tree.nodes[i].elided > 0 {
                    stack.push(Visit::Elided(i));
                }
                stack.extend(children[i].iter().rev().map(|&c| Visit::Node(c)));
            }
        }
    }
    next as usize
}

/// The left edge of every depth.
fn columns(tree: &TreePicture, depth: &[usize]) -> Vec<f64> {
    let deepest = depth.iter().copied().max().unwrap_or(0);
    let mut widest = vec![0; deepest + 1];
    for (node, &d) in tree.nodes.iter().zip(depth) {
        widest[d] = widest[d].max(node.edge_words(MOST_WORDS).width());
    }
    let mut at = 0.0;
    widest
        .iter()
        .enumerate()
        .map(|(d, &w)| {
            // Room for the bend of the edge and the words on its straight part.
            at += if d == 0 { 0.0 } else { w as f64 + 9.0 };
            at
        })
        .collect()
}

/// At most `columns` columns of a text, with "…" where something was cut.
pub(super) fn cut(text: &str, columns: usize) -> String {
    if text.width() <= columns {
        return text.to_string();
    }
    let mut out = String::new();
    for c in text.chars() {
        if out.width() + 2 > columns {
            break;
        }
        out.push(c);
    }
    out.trim_end().to_string() + "…"
}
