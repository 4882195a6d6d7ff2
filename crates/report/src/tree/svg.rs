//! A game tree as SVG. Colours and sizes are plain attributes, so that every viewer and editor shows the same.

use std::fmt::Write;

use unicode_width::UnicodeWidthStr;

use super::layout::{Layout, MOST_WORDS, cut, layout};
use super::{TreeError, TreeKind, TreeNode, TreePicture, actor_colour};
use crate::escape::markup;
use crate::number;

/// Width of a text column and height of a row, in pixels, at the font size below.
const COLUMN: f64 = 6.7;
const ROW: f64 = 40.0;
const SIZE: f64 = 12.0;
/// Radius of a decision.
const RADIUS: f64 = 11.0;
const MARGIN: f64 = 28.0;
const INK: &str = "#1e2227";
const FAINT: &str = "#5a606a";

/// The tree as an SVG file, drawn from left to right.
///
/// Decisions are circles in their actor's colour with the number of the information set; sets with several nodes
/// are joined by dashed lines. The likelier an edge, the thicker it is.
///
/// # Errors
/// [`TreeError`] where the nodes are no tree.
pub fn svg(tree: &TreePicture) -> Result<String, TreeError> {
    tree.check()?;
    let at = layout(tree);
    let canvas = Canvas::new(tree, &at);
    let mut out = canvas.open(tree);
    for nodes in tree.joined() {
        canvas.join(&mut out, tree, &nodes);
    }
    for (i, node) in tree.nodes.iter().enumerate() {
        canvas.edge(&mut out, i, node);
    }
    for (i, node) in tree.nodes.iter().enumerate() {
        canvas.node(&mut out, tree, i, node);
    }
    out.push_str("</svg>\n");
    Ok(out)
}

/// Positions in pixels.
struct Canvas {
    x: Vec<f64>,
    y: Vec<f64>,
    parent: Vec<Option<usize>>,
    elided_y: Vec<Option<f64>>,
    /// Where each node's words on its edge begin.
    words_x: Vec<f64>,
    width: f64,
    height: f64,
}

impl Canvas {
    fn new(tree: &TreePicture, at: &Layout) -> Canvas {
        let top = MARGIN + if tree.title.is_empty() { 0.0 } else { 26.0 } + 30.0;
        let left = MARGIN + RADIUS + 6.0 * COLUMN;
        let x: Vec<f64> = at
            .depth
            .iter()
            .map(|&d| left + at.column[d] * COLUMN)
            .collect();
        let y: Vec<f64> = at.row.iter().map(|r| top + (r + 0.5) * ROW).collect();
        let words_x = tree
            .nodes
            .iter()
            .zip(&x)
            .map(|(n, x)| x - RADIUS - 6.0 - columns(&words(n)) * COLUMN)
            .collect();
        let behind = tree.nodes.iter().zip(&x).map(|(n, x)| x + behind(n));
        let title = columns(&tree.title) * 9.5 + 2.0 * MARGIN;
        Canvas {
            width: behind.fold(title, f64::max).max(left + legend_width(tree)) + MARGIN,
            height: top + at.rows as f64 * ROW + MARGIN,
            parent: tree.nodes.iter().map(|n| n.parent).collect(),
            elided_y: at
                .elided_row
                .iter()
                .map(|r| r.map(|r| top + (r + 0.5) * ROW))
                .collect(),
            words_x,
            x,
            y,
        }
    }

    /// The frame with title and key.
    fn open(&self, tree: &TreePicture) -> String {
        let (w, h) = (self.width.ceil(), self.height.ceil());
        let name = if tree.title.is_empty() {
            "Game tree"
        } else {
            &tree.title
        };
        let mut out = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{w}\" height=\"{h}\" viewBox=\"0 0 {w} {h}\" role=\"img\" \
             font-family=\"Helvetica, Arial, 'Liberation Sans', sans-serif\" font-size=\"{SIZE}\" fill=\"{INK}\">\n\
             <title>{}</title>\n<rect width=\"{w}\" height=\"{h}\" fill=\"#ffffff\"/>\n",
            markup(name)
        );
        let mut y = MARGIN;
        if !tree.title.is_empty() {
            let _ = writeln!(
                out,
                "<text x=\"{MARGIN}\" y=\"{y}\" font-size=\"17\" font-weight=\"bold\">{}</text>",
                markup(&tree.title)
            );
            y += 26.0;
        }
        let mut x = MARGIN + 6.0;
        for (i, actor) in tree.actors.iter().enumerate() {
            let _ = writeln!(
                out,
                "<circle cx=\"{x:.1}\" cy=\"{:.1}\" r=\"6\" fill=\"#{}\"/><text x=\"{:.1}\" y=\"{y:.1}\">{}</text>",
                y - 4.0,
                actor_colour(i),
                x + 12.0,
                markup(actor)
            );
            x += key_width(actor);
        }
        out
    }

    /// A dashed line through the nodes of one information set, from top to bottom.
    fn join(&self, out: &mut String, tree: &TreePicture, nodes: &[usize]) {
        let mut nodes = nodes.to_vec();
        nodes.sort_by(|&a, &b| self.y[a].total_cmp(&self.y[b]).then(a.cmp(&b)));
        let colour = match tree.nodes[nodes[0]].kind {
            TreeKind::Decision(actor) => format!("#{}", actor_colour(actor)),
            _ => FAINT.to_string(),
        };
        for pair in nodes.windows(2) {
            let (a, b) = (pair[0], pair[1]);
            // A bow to the left keeps off nodes that stand between.
            let bow = self.x[a].min(self.x[b]) - 26.0;
            let _ = writeln!(
                out,
                "<path d=\"M{:.1} {:.1}C{bow:.1} {:.1} {bow:.1} {:.1} {:.1} {:.1}\" fill=\"none\" stroke=\"{colour}\" \
                 stroke-width=\"1.6\" stroke-dasharray=\"5 4\"/>",
                self.x[a],
                self.y[a],
                self.y[a] + 14.0,
                self.y[b] - 14.0,
                self.x[b],
                self.y[b]
            );
        }
    }

    fn edge(&self, out: &mut String, i: usize, node: &TreeNode) {
        let Some(parent) = self.parent[i] else { return };
        let (x0, y0, x1, y1) = (self.x[parent] + 8.0, self.y[parent], self.x[i], self.y[i]);
        let straight = self.words_x[i] - 4.0;
        let middle = (x0 + straight) / 2.0;
        let p = node.edge_probability.filter(|p| p.is_finite());
        let width = p.map_or(1.2, |p| 0.8 + 3.2 * p.clamp(0.0, 1.0));
        let _ = writeln!(
            out,
            "<path d=\"M{x0:.1} {y0:.1}C{middle:.1} {y0:.1} {middle:.1} {y1:.1} {straight:.1} {y1:.1}H{x1:.1}\" fill=\"none\" \
             stroke=\"#9aa0a8\" stroke-width=\"{width:.2}\"/>"
        );
        let words = words(node);
        if !words.is_empty() {
            let _ = writeln!(
                out,
                "<text x=\"{:.1}\" y=\"{:.1}\">{}</text>",
                self.words_x[i],
                y1 - 6.0,
                markup(&words)
            );
        }
    }

    fn node(&self, out: &mut String, tree: &TreePicture, i: usize, node: &TreeNode) {
        let (x, y) = (self.x[i], self.y[i]);
        out.push_str("<g>");
        let _ = write!(
            out,
            "<title>{}</title>",
            markup(&format!(
                "{} (reached {})",
                node.label,
                number::percent(node.probability)
            ))
        );
        match node.kind {
            TreeKind::Decision(actor) => decision(out, x, y, actor, node.set),
            TreeKind::Draw => {
                let _ = write!(
                    out,
                    "<path d=\"M{:.1} {y:.1}L{x:.1} {:.1}L{:.1} {y:.1}L{x:.1} {:.1}Z\" fill=\"#8b8f96\"/>",
                    x - 8.0,
                    y - 8.0,
                    x + 8.0,
                    y + 8.0
                );
            }
            TreeKind::End => {
                let _ = write!(
                    out,
                    "<rect x=\"{:.1}\" y=\"{:.1}\" width=\"4\" height=\"18\" fill=\"{INK}\"/>",
                    x - 2.0,
                    y - 9.0
                );
            }
        }
        self.words_at(out, tree, i, node);
        out.push_str("</g>\n");
    }

    /// Words behind ends and below inner nodes, and what is left out.
    fn words_at(&self, out: &mut String, tree: &TreePicture, i: usize, node: &TreeNode) {
        let (x, y) = (self.x[i], self.y[i]);
        if node.kind == TreeKind::End {
            let _ = write!(
                out,
                "<text x=\"{:.1}\" y=\"{:.1}\" font-weight=\"bold\">{}</text>",
                x + 10.0,
                y - 2.0,
                markup(&node.label)
            );
            let _ = write!(out, "<text x=\"{:.1}\" y=\"{:.1}\">", x + 10.0, y + 13.0);
            for (k, payoff) in node.payoffs.iter().enumerate() {
                let colour = if k < tree.actors.len() {
                    format!("#{}", actor_colour(k))
                } else {
                    INK.to_string()
                };
                let gap = if k == 0 { "" } else { " dx=\"8\"" };
                let _ = write!(
                    out,
                    "<tspan fill=\"{colour}\"{gap}>{}</tspan>",
                    number::plain(*payoff, false)
                );
            }
            out.push_str("</text>");
        } else {
            let _ = write!(
                out,
                "<text x=\"{x:.1}\" y=\"{:.1}\" text-anchor=\"middle\" font-size=\"10.5\" fill=\"{FAINT}\">{}</text>",
                y + RADIUS + 12.0,
                markup(&cut(&node.label, 18))
            );
        }
        if let Some(words) = node.elided_words() {
            let (from, to) = (x + RADIUS, self.elided_y[i].unwrap_or(y));
            let _ = write!(
                out,
                "<path d=\"M{from:.1} {y:.1}C{:.1} {y:.1} {:.1} {to:.1} {:.1} {to:.1}\" fill=\"none\" stroke=\"#9aa0a8\" \
                 stroke-dasharray=\"1.5 4\"/><text x=\"{:.1}\" y=\"{:.1}\" fill=\"{FAINT}\">{}</text>",
                from + 12.0,
                from + 12.0,
                from + 26.0,
                from + 31.0,
                to + 4.0,
                markup(&words)
            );
        }
    }
}

fn decision(out: &mut String, x: f64, y: f64, actor: usize, set: Option<usize>) {
    let _ = write!(
        out,
        "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{RADIUS}\" fill=\"#{}\"/>",
        actor_colour(actor)
    );
    if let Some(set) = set {
        let size = if set < 100 { 11.0 } else { 8.5 };
        let _ = write!(
            out,
            "<text x=\"{x:.1}\" y=\"{:.1}\" text-anchor=\"middle\" font-size=\"{size}\" fill=\"#ffffff\">{set}</text>",
            y + size * 0.36
        );
    }
}

fn words(node: &TreeNode) -> String {
    node.edge_words(MOST_WORDS)
}

fn columns(text: &str) -> f64 {
    text.width() as f64
}

/// Room that a node's words take behind it.
fn behind(node: &TreeNode) -> f64 {
    let end = match node.kind {
        TreeKind::End => columns(&node.label).max(columns(&node.payoff_words())) + 3.0,
        _ => columns(&cut(&node.label, 18)) / 2.0,
    };
    let elided = node.elided_words().map_or(0.0, |w| columns(&w) + 6.0);
    end.max(elided) * COLUMN
}

fn key_width(actor: &str) -> f64 {
    columns(actor) * COLUMN + 34.0
}

fn legend_width(tree: &TreePicture) -> f64 {
    tree.actors.iter().map(|a| key_width(a)).sum()
}
