//! A small decision tree: by a few questions to where an ending is likely and where not.

use crate::conditions::thinned;
use crate::importance::{FEWEST, weights};
use crate::table::Table;
use detente_findings::model::{DoubtNode, DoubtTree, Question};
use detente_sensitivity::{TreeOptions, tree as grow};

/// Numbers that a tree may ask for.
const NUMBERS: usize = 8;
/// Least movement of an ending that is asked about.
const MOVES: f64 = 0.05;
/// Share of the variance that a tree must tell.
const TELLS: f64 = 0.25;
/// Draws from which on there may be three questions in a row instead of two.
const MANY: usize = 200;
/// Draws that a leaf must hold.
const LEAF: f64 = 6.0;

/// A tree on the ending that moves most.
pub(crate) fn tree(table: &Table, threads: usize) -> Option<DoubtTree> {
    if table.rows() < FEWEST {
        return None;
    }
    let endings = table.endings().into_iter();
    let output = endings
        .filter(|&ending| table.moves(ending) >= MOVES)
        .reduce(|best, next| {
            if table.moves(next) > table.moves(best) {
                next
            } else {
                best
            }
        })?;
    let column = &table.values[output];
    let mut numbers: Vec<usize> = weights(table, column).iter().map(|w| w.number).collect();
    numbers.truncate(NUMBERS);
    let sample = thinned(table, &numbers, column)?;
    let options = TreeOptions {
        depth: if sample.rows() < MANY { 2 } else { 3 },
        leaf: (LEAF / sample.rows() as f64).max(0.05),
        complexity: 0.03,
        threads,
    };
    let grown = grow(&sample, &options).ok()?;
    let labels = table.labels(&numbers);
    let nodes: Vec<DoubtNode> = grown
        .nodes
        .iter()
        .map(|node| DoubtNode {
            rows: node.rows,
            mean: node.mean,
            question: node.split.map(|split| Question {
                number: numbers[split.input],
                limit: split.limit,
                words: labels[split.input].number(split.limit),
                below: split.below,
                above: split.above,
            }),
        })
        .collect();
    (nodes.len() > 1 && grown.r2 >= TELLS).then_some(DoubtTree {
        output,
        r2: grown.r2,
        rows: sample.rows(),
        nodes,
    })
}
