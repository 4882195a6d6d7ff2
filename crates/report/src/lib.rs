//! Findings rendered as text, HTML and SVG.
//!
//! Nothing is computed anew here: every rendering shows the numbers of
//! [`Findings`](detente_findings::model::Findings), of a tree's picture, of a forecast, or of what a method found.

mod answer;
mod backtest;
mod compare;
mod compare_svg;
mod deal;
mod deal_page;
mod effects_svg;
mod endings_svg;
mod equilibria;
mod escape;
mod forecast;
mod forecast_page;
mod graph;
mod graph_page;
mod hangs;
mod html;
mod library;
mod number;
mod page;
mod palette;
mod paper;
mod pen;
mod plain_page;
mod play;
mod session_page;
mod solved;
mod sweep_page;
mod text;
mod tournament_page;
mod tree;
mod vary;

pub use backtest::backtest_text;
pub use compare::comparison_text;
pub use compare_svg::comparison_svg;
pub use deal::deal_text;
pub use deal_page::deal_html;
pub use endings_svg::endings_svg;
pub use forecast::forecast_text;
pub use forecast_page::forecast_html;
pub use graph::graph_text;
pub use graph_page::graph_html;
pub use html::{ReportError, ReportSection, html, sections};
pub use library::{LibraryRow, library_table, library_text};
pub use page::{Page, page};
pub use play::{
    play_advice, play_debrief, play_known, play_opening, play_question, play_scale, play_story,
};
pub use session_page::{
    SessionAgreement, SessionImprovement, SessionPage, SessionTurn, session_html,
};
pub use solved::{
    ChoiceView, EquilibriaView, EquilibriumView, MethodRow, equilibria_text, methods_text,
};
pub use sweep_page::{SweepPage, sweep_html, sweep_text};
pub use text::{TextOptions, text};
pub use tournament_page::{TournamentPage, tournament_html, tournament_sentences};
pub use tree::{TreeError, TreeKind, TreeNode, TreePicture, dot, svg, tikz};
pub use vary::{
    AxisView, CurveView, GapView, Ink, JumpView, LineView, MapPanel, MapView, PanelView, curve_svg,
    curve_text, map_svg, map_text,
};
