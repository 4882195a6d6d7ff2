//! Findings rendered as text, HTML and SVG.
//!
//! Nothing is computed anew here: every rendering shows the numbers of
//! [`Findings`](detente_findings::model::Findings), of a tree's picture, or of what a method found.

mod answer;
mod deal;
mod equilibria;
mod escape;
mod html;
mod number;
mod pen;
mod solved;
mod text;
mod tree;

pub use deal::{DealParty, DealPoint, DealView, deal_text};
pub use html::{ReportError, html};
pub use solved::{
    ChoiceView, EquilibriaView, EquilibriumView, MethodRow, equilibria_text, methods_text,
};
pub use text::{TextOptions, text};
pub use tree::{TreeError, TreeKind, TreeNode, TreePicture, dot, svg, tikz};
