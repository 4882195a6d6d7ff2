//! Values of parameters and derived numbers at the best guesses, of a text that may be broken elsewhere.

use super::Analysis;
use crate::diagnostic::Severity;
use crate::eval::{self, Settings};
use crate::scenario::{ActorId, Expr, ExprKind, PackageId, ParamId, Scenario};
use crate::span::Span;

/// The sound numbers of a draft.
pub struct Values<'a> {
    scenario: &'a Scenario,
    settings: Settings,
    /// Places of the errors, sorted.
    errors: Vec<Span>,
    /// Whether preferences have values.
    preferences: bool,
}

impl Analysis {
    /// Gives every parameter that is sound its best guess; none where nothing can be computed.
    #[must_use]
    pub fn values(&self) -> Option<Values<'_>> {
        let scenario = &self.draft;
        let errors = self.diagnostics.iter();
        let errors = errors.filter(|d| d.severity == Severity::Error);
        let mut values = Values {
            scenario,
            settings: Settings {
                parameters: Vec::new(),
                worth: Vec::new(),
                fallback: Vec::new(),
            },
            errors: errors.map(|d| d.primary.0).collect(),
            preferences: true,
        };
        values.errors.sort_unstable();
        // What is unsound has no value, so that the others can have theirs.
        let unsound: Vec<(ParamId, f64)> = (0..)
            .map(ParamId)
            .zip(&scenario.parameters)
            .filter(|(_, parameter)| !values.sound(&parameter.value))
            .map(|(id, _)| (id, f64::NAN))
            .collect();
        if let Ok(settings) = eval::bind(scenario, &unsound) {
            values.settings = settings;
            return Some(values);
        }
        let mut without = scenario.clone();
        without.values.clear();
        values.preferences = false;
        values.settings = eval::bind(&without, &unsound).ok()?;
        Some(values)
    }
}

impl Values<'_> {
    /// The value of a constant expression of the draft; none if it depends on the path or on something broken.
    #[must_use]
    pub fn of(&self, expr: &Expr) -> Option<f64> {
        if !self.sound(expr) {
            return None;
        }
        let value = eval::constant(self.scenario, &self.settings, expr).ok()?;
        value.is_finite().then_some(value)
    }

    /// The value of a package to an actor, and the actor's value without agreement; none where preferences have
    /// errors.
    #[must_use]
    pub fn worth(&self, actor: ActorId, package: PackageId) -> Option<(f64, f64)> {
        let preferences = self.scenario.values.iter().find(|v| v.actor == actor)?;
        let package_known = self.scenario.packages.get(package.index())?;
        if package_known.choices.len() != self.scenario.issues.len() {
            return None;
        }
        let parts = preferences
            .issues
            .iter()
            .flat_map(|(w, s)| s.iter().chain([w]));
        let mut parts = parts.chain([&preferences.fallback]);
        if !self.preferences || !parts.all(|part| self.sound(part)) {
            return None;
        }
        let worth = self
            .settings
            .worth
            .get(actor.index())?
            .get(package.index())?;
        Some((*worth, *self.settings.fallback.get(actor.index())?))
    }

    /// Whether neither the expression nor anything that it names holds an error.
    fn sound(&self, expr: &Expr) -> bool {
        if self.errors.is_empty() && self.preferences {
            return true;
        }
        let mut open = vec![expr];
        let (mut lets, mut functions, mut parameters) = (Vec::new(), Vec::new(), Vec::new());
        while let Some(root) = open.pop() {
            let (mut broken, mut next) = (self.broken(root.span), Vec::new());
            root.walk(|part| match part.kind {
                ExprKind::Number(value) => broken |= !value.is_finite(),
                ExprKind::Param(id) if fresh(&mut parameters, id) => {
                    next.extend(self.scenario.parameters.get(id.index()).map(|p| &p.value));
                }
                ExprKind::Let(id) if fresh(&mut lets, id) => {
                    next.extend(self.scenario.lets.get(id.index()).map(|l| &l.body));
                }
                ExprKind::Call(id, _) if fresh(&mut functions, id) => {
                    next.extend(self.scenario.functions.get(id.index()).map(|f| &f.body));
                }
                ExprKind::Worth(..) | ExprKind::Fallback(_) => broken |= !self.preferences,
                _ => {}
            });
            if broken {
                return false;
            }
            open.extend(next);
        }
        true
    }

    /// Whether an error begins inside of this place.
    fn broken(&self, place: Span) -> bool {
        let start = Span { end: 0, ..place };
        let from = self.errors.partition_point(|error| *error < start);
        let error = self.errors.get(from);
        error.is_some_and(|error| error.file == place.file && error.start <= place.end)
    }
}

fn fresh<T: PartialEq>(seen: &mut Vec<T>, id: T) -> bool {
    let fresh = !seen.contains(&id);
    if fresh {
        seen.push(id);
    }
    fresh
}
