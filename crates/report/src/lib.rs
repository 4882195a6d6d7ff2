//! Findings rendered as text, HTML and SVG.
//!
//! Nothing is computed anew here: every rendering shows the numbers of
//! [`Findings`](detente_findings::model::Findings) or of a tree's picture.

mod answer;
mod equilibria;
mod escape;
mod html;
mod number;
mod text;
mod tree;

pub use html::{ReportError, html};
pub use text::{TextOptions, text};
pub use tree::{TreeError, TreeKind, TreeNode, TreePicture, dot, svg, tikz};
