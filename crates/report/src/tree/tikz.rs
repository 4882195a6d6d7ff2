//! A game tree as a LaTeX document with TikZ, for papers.

use std::fmt::Write;

use super::layout::{MOST_WORDS, cut, layout};
use super::{TreeError, TreeKind, TreePicture, actor_colour};
use crate::escape::tex;

/// Centimetres of a text column and of a row.
const COLUMN: f64 = 0.17;
const ROW: f64 = 1.0;

/// The tree as a LaTeX document that needs the `standalone` class and TikZ only.
///
/// Labels keep their script: other than Latin ones want LuaLaTeX or XeLaTeX with a fitting font.
///
/// # Errors
/// [`TreeError`] where the nodes are no tree.
pub fn tikz(tree: &TreePicture) -> Result<String, TreeError> {
    tree.check()?;
    let at = layout(tree);
    let mut out = String::from(
        "\\documentclass[border=6pt]{standalone}\n\\usepackage{iftex}\n\\ifPDFTeX\\usepackage[T1]{fontenc}\\fi\n\
         \\usepackage{tikz}\n",
    );
    for (i, _) in tree.actors.iter().enumerate() {
        let _ = writeln!(
            out,
            "\\definecolor{{actor{i}}}{{HTML}}{{{}}}",
            actor_colour(i).to_uppercase()
        );
    }
    out.push_str(
        "\\begin{document}\n\\begin{tikzpicture}[font=\\footnotesize,\n  \
         game decision/.style={circle, fill=#1, text=white, inner sep=1.5pt, minimum size=13pt},\n  \
         game draw/.style={rectangle, rotate=45, fill=gray, inner sep=0pt, minimum size=6pt},\n  \
         game end/.style={anchor=west, align=left, inner sep=2pt},\n  \
         game words/.style={anchor=south east, inner sep=2pt},\n  \
         game set/.style={dashed, semithick}]\n",
    );
    let place = |i: usize| (at.column[at.depth[i]] * COLUMN, -at.row[i] * ROW);
    for (i, node) in tree.nodes.iter().enumerate() {
        let (x, y) = place(i);
        let _ = match node.kind {
            TreeKind::Decision(actor) => {
                let set = node.set.map(|s| s.to_string()).unwrap_or_default();
                writeln!(
                    out,
                    "\\node[game decision=actor{actor}, label={{[text=actor{actor}]below:{{{}}}}}] (n{i}) at ({x:.2},{y:.2}) {{{set}}};",
                    tex(&cut(&node.label, MOST_WORDS))
                )
            }
            TreeKind::Draw => writeln!(
                out,
                "\\node[game draw] (n{i}) at ({x:.2},{y:.2}) {{}};\n\\node[below=3pt, gray] at ({x:.2},{y:.2}) {{{}}};",
                tex(&cut(&node.label, MOST_WORDS))
            ),
            TreeKind::End => writeln!(
                out,
                "\\node[game end] (n{i}) at ({x:.2},{y:.2}) {{\\textbf{{{}}}\\\\{}}};",
                tex(&node.label),
                payoffs(tree, i)
            ),
        };
    }
    for (i, node) in tree.nodes.iter().enumerate() {
        let (x, y) = place(i);
        if let Some(parent) = node.parent {
            let words = tex(&node.edge_words(MOST_WORDS));
            let bend = place(parent).0 + 0.9;
            let _ = writeln!(
                out,
                "\\draw[gray] (n{parent}) .. controls +(0.6,0) and +(-0.4,0) .. ({bend:.2},{y:.2}) -- (n{i});\n\
                 \\node[game words] at ({:.2},{y:.2}) {{{words}}};",
                x - 0.25
            );
        }
        if let Some(words) = node.elided_words() {
            let y = -at.elided_row[i].unwrap_or(at.row[i]) * ROW;
            let _ = writeln!(
                out,
                "\\draw[gray, dotted] (n{i}) -- ({:.2},{y:.2}) node[right] {{{}}};",
                x + 0.9,
                tex(&words)
            );
        }
    }
    for nodes in tree.joined() {
        for pair in nodes.windows(2) {
            let _ = writeln!(
                out,
                "\\draw[game set] (n{}) to[bend right=20] (n{});",
                pair[0], pair[1]
            );
        }
    }
    out.push_str(&key(tree));
    out.push_str("\\end{tikzpicture}\n\\end{document}\n");
    Ok(out)
}

/// Payoffs in the colours of their actors.
fn payoffs(tree: &TreePicture, node: usize) -> String {
    let words: Vec<String> = tree.nodes[node]
        .payoffs
        .iter()
        .enumerate()
        .map(|(k, v)| {
            let v = tex(&crate::number::plain(*v, false));
            if k < tree.actors.len() {
                format!("\\textcolor{{actor{k}}}{{{v}}}")
            } else {
                v
            }
        })
        .collect();
    words.join(", ")
}

/// Title and names of the actors above the tree.
fn key(tree: &TreePicture) -> String {
    let actors: Vec<String> = tree
        .actors
        .iter()
        .enumerate()
        .map(|(i, a)| format!("\\textcolor{{actor{i}}}{{\\textbf{{{}}}}}", tex(a)))
        .collect();
    let title = if tree.title.is_empty() {
        String::new()
    } else {
        format!("{{\\large {}}}\\\\[2pt] ", tex(&tree.title))
    };
    format!(
        "\\node[anchor=south west, align=left] at (-0.5,0.9) {{{title}{}}};\n",
        actors.join("\\quad ")
    )
}
