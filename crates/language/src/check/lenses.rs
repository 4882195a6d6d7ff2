//! What things are through another lens: `lens`.

use super::Checker;
use super::expression::Mode;
use super::names::{Among, Entity};
use super::values::Values;
use crate::analysis::Meaning as Mentioned;
use crate::ast::{self, Ident, ItemKind, LensSays};
use crate::diagnostic::Diagnostic;
use crate::scenario::{Agreement, Expr, Levels, Meaning, ScaleId, VariableId};
use crate::span::Span;
use crate::suggest::{list, shorten};

impl<'a> Checker<'a> {
    /// Resolves the `lens` declarations.
    pub(super) fn lenses(&mut self) {
        let mut agreed: Option<Span> = None;
        let mut tied: Vec<Option<Span>> = vec![None; self.scenario.scales.len()];
        for item in std::mem::take(&mut self.pending.lenses) {
            let ItemKind::Lens { id, says } = item else {
                continue;
            };
            match says {
                LensSays::If(when) => {
                    let first = *agreed.get_or_insert(id.span);
                    let once = self.once("what the play agrees on", first, id.span);
                    let agreement = self.agreement(id, when);
                    if once {
                        self.scenario.agreement = agreement;
                    }
                }
                LensSays::Levels { issue, levels } => {
                    let Some(scale) = self.scale_named(id) else {
                        continue;
                    };
                    let place = &mut tied[scale.index()];
                    let first = *place.get_or_insert(id.span);
                    let what = format!("`lens {}`", shorten(&id.name));
                    let once = self.once(&what, first, id.span);
                    let levels = self.levels(issue, levels);
                    if once {
                        self.tie(scale, levels);
                    }
                }
                LensSays::As(means) => self.option_lens(id, means),
                LensSays::Nothing => {}
            }
        }
    }

    fn agreement(&mut self, id: &Ident, when: &ast::Expr) -> Option<Agreement> {
        let condition = self.on_path(when);
        let variable = match self.names.get(&id.name) {
            Some(Entity::Variable(variable)) => variable,
            found => {
                self.resolver()
                    .not_a(id, found, "a choice of the play", |e| {
                        matches!(e, Entity::Variable(_))
                    });
                return None;
            }
        };
        self.reports.mention(id.span, Mentioned::Variable(variable));
        self.holds_packages(variable, id).then(|| Agreement {
            variable,
            text: self.text(when.span),
            when: condition,
        })
    }

    fn option_lens(&mut self, id: &Ident, means: &ast::Expr) {
        let meaning = Meaning {
            when: self.on_path(means),
            text: self.text(means.span),
        };
        let option = match self.names.get(&id.name) {
            Some(Entity::ConflictOption(option)) => option,
            found => {
                let wanted = "an option of the conflict";
                self.resolver().not_a(id, found, wanted, |e| {
                    matches!(e, Entity::ConflictOption(_))
                });
                return;
            }
        };
        self.reports
            .mention(id.span, Mentioned::ConflictOption(option));
        let Some(option) = self.scenario.conflict.options.get_mut(option.index()) else {
            return;
        };
        let first = option.means.is_none();
        option.means.get_or_insert(meaning);
        if !first {
            self.meant_twice(id);
        }
    }

    fn meant_twice(&mut self, id: &Ident) {
        self.reports.push(
            Diagnostic::error(
                "E0216",
                format!("`lens {}` stands twice", shorten(&id.name)),
                id.span,
            )
            .label("said again")
            .help("an option means one thing in the play; join two with `or`"),
        );
    }

    /// A condition on whole paths of the play.
    fn on_path(&mut self, written: &ast::Expr) -> Expr {
        let mut resolver = self.resolver();
        resolver.mode = Mode::Path;
        resolver.truth(written).expr
    }

    fn holds_packages(&mut self, variable: VariableId, id: &Ident) -> bool {
        let domain = self.names.domain(variable);
        let packages = !domain.is_empty() && self.names.all_packages(Among::Variable(variable));
        if !packages {
            self.reports.push(
                Diagnostic::error(
                    "E0431",
                    format!("`{}` is not a choice among packages", shorten(&id.name)),
                    id.span,
                )
                .label("holds no packages")
                .help("name the choice whose options are packages: `us chooses terms { broad, narrow }`, then `lens terms if signed`"),
            );
        }
        packages
    }

    fn levels(&mut self, id: &Ident, written: &'a [(Ident, ast::Expr)]) -> Option<Levels> {
        let issue = self.issue(id);
        let positions = self.positions();
        let mut at: Vec<Option<Expr>> = Vec::new();
        if let Some(issue) = issue {
            at.resize(positions[issue.index()].len(), None);
        }
        let mut seen = std::collections::HashMap::new();
        for (option, level) in written {
            let level = self.fixed(level, "a place on a scale");
            let known = issue.and_then(|issue| self.issue_option(issue, option, &positions));
            let Some(known) = known else { continue };
            match seen.insert(known, option.span) {
                Some(first) => self.option_twice(option, first),
                None => at[known] = Some(level),
            }
        }
        let issue = issue?;
        let options = &self.scenario.issues[issue.index()].options;
        let missing: Vec<&str> = (options.iter().zip(&at))
            .filter(|(_, level)| level.is_none())
            .map(|(option, _)| option.id.as_str())
            .collect();
        if !missing.is_empty() {
            let message = format!(
                "options of `{}` have no place on the scale: {}",
                shorten(&id.name),
                list(missing.iter().copied()).replace(" or ", " and ")
            );
            self.reports.push(
                Diagnostic::error("E0432", message, id.span)
                    .label("every option needs a place")
                    .help(format!(
                        "add `{} 0`, or where on the scale it lies",
                        missing[0]
                    )),
            );
            return None;
        }
        Some(Levels {
            issue,
            at: at.into_iter().flatten().collect(),
        })
    }

    fn tie(&mut self, scale: ScaleId, levels: Option<Levels>) {
        if let Some(scale) = self.scenario.scales.get_mut(scale.index()) {
            scale.agreed = levels;
        }
    }
}

impl Values<'_> {
    /// Reports options that lie off the scale they are tied to.
    pub(super) fn lenses(&mut self) {
        let scenario = self.scenario;
        for scale in &scenario.scales {
            let (Some(lower), Some(upper)) = (self.value(&scale.lower), self.value(&scale.upper))
            else {
                continue;
            };
            for level in scale.agreed.iter().flat_map(|levels| &levels.at) {
                if let Some(value) = self.value(level)
                    && !(lower..=upper).contains(&value)
                {
                    self.off(scale, level.span, value, (lower, upper));
                }
            }
        }
    }
}
