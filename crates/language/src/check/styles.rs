//! The styles in which an actor can bargain.

use super::Checker;
use crate::ast::Ident;
use crate::diagnostic::Diagnostic;
use crate::suggest::shorten;

/// Styles by their plain word and their name in the literature; either may be written. What they do is defined by the
/// sessions of the crate `deal`.
pub const STYLES: [(&str, &str); 12] = [
    ("patient", "boulware"),
    ("steady", "linear"),
    ("eager", "conceder"),
    ("reciprocal", "tit_for_tat"),
    ("matching", "absolute_tit_for_tat"),
    ("restless", "random_tit_for_tat"),
    ("forgiving", "averaged_tit_for_tat"),
    ("stepwise", "micro"),
    ("stubborn", "hard_headed"),
    ("blunt", "take_it_or_leave_it"),
    ("cautious", "zeuthen"),
    ("farsighted", "equilibrium"),
];

impl Checker<'_> {
    /// The style that is written behind an actor; one that is not known is reported.
    pub(super) fn style(&mut self, style: &Ident) -> Option<String> {
        let known = || STYLES.iter().flat_map(|(word, name)| [*word, *name]);
        if style.name.is_empty() || known().any(|name| name == style.name) {
            return Some(style.name.clone()).filter(|name| !name.is_empty());
        }
        let mut report = Diagnostic::error(
            "E0224",
            format!("`{}` is not a style of bargaining", shorten(&style.name)),
            style.span,
        )
        .label("no such style");
        if let Some(near) = self.reports.nearest(&style.name, known()) {
            report = report.help(format!("did you mean `{near}`?"));
        }
        let list: Vec<String> = STYLES
            .iter()
            .map(|(word, name)| format!("{word} ({name})"))
            .collect();
        self.reports
            .push(report.note(format!("styles are {}", list.join(", "))));
        None
    }
}
