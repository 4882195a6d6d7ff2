//! Issues with a numeric scale, and who wants what on them.

use std::collections::HashMap;

use super::Checker;
use super::declare::{named, nothing};
use super::names::Entity;
use super::values::Values;
use crate::analysis::Meaning;
use crate::ast::{Ident, ItemKind, Says, Text, Voice};
use crate::diagnostic::Diagnostic;
use crate::scenario::{Expr, Scale, ScaleId, Stakeholder, Stance};
use crate::span::Span;
use crate::suggest::shorten;

/// How far beyond the ends of a scale a position may lie, as a share of it: rounding, no more.
const ROUNDING: f64 = 1e-9;

impl<'a> Checker<'a> {
    /// Makes room for an issue with a scale.
    pub(super) fn declare_scale(&mut self, id: &Ident, label: Option<&Text>) {
        self.scenario.scales.push(Scale {
            name: named(id, label),
            lower: nothing(id.span),
            upper: nothing(id.span),
            unit: String::new(),
            reference: None,
            actual: None,
            agreed: None,
        });
    }

    /// Resolves issues with a scale and `stakeholder` declarations.
    pub(super) fn voices(&mut self) {
        for (scale, item) in std::mem::take(&mut self.pending.scales) {
            self.scale(scale, item);
        }
        for item in std::mem::take(&mut self.pending.stakeholders) {
            self.stakeholder(item);
        }
    }

    fn scale(&mut self, scale: ScaleId, item: &'a ItemKind) {
        let ItemKind::Scale {
            range: (lower, upper),
            unit,
            reference,
            actual,
            ..
        } = item
        else {
            return;
        };
        let lower = self.fixed(lower, "an end of a scale");
        let upper = self.fixed(upper, "an end of a scale");
        let reference = reference.as_ref();
        let reference = reference.map(|at| self.fixed(at, "a reference point"));
        let actual = actual.as_ref();
        let actual = actual.map(|at| self.fixed(at, "what came of an issue"));
        if let Some(known) = self.scenario.scales.get_mut(scale.index()) {
            known.lower = lower;
            known.upper = upper;
            known.unit = unit.as_ref().map(|u| u.value.clone()).unwrap_or_default();
            known.reference = reference;
            known.actual = actual;
        }
    }

    fn stakeholder(&mut self, item: &'a ItemKind) {
        let ItemKind::Stakeholder {
            id,
            label,
            of,
            voices,
            ..
        } = item
        else {
            return;
        };
        let of = of.as_ref().and_then(|actor| self.resolver().actor(actor));
        let (mut influence, mut said): (Option<(Expr, String)>, Option<Span>) = (None, None);
        let mut stances = Vec::new();
        let mut places: HashMap<&str, Span> = HashMap::new();
        for voice in voices {
            let source = voice.source.as_ref();
            let source = source.map(|text| text.value.clone()).unwrap_or_default();
            match &voice.says {
                Says::Influence(value) => {
                    let first = *said.get_or_insert(voice.span);
                    let what = format!("the influence of `{}`", shorten(&id.name));
                    let value = self.fixed(value, "an influence");
                    if self.once(&what, first, voice.span) {
                        influence = Some((value, source));
                    }
                }
                Says::Stance { .. } => {
                    let first = *places.entry(&voice.name.name).or_insert(voice.span);
                    let what = format!(
                        "what `{}` wants on `{}`",
                        shorten(&id.name),
                        shorten(&voice.name.name)
                    );
                    let once = self.once(&what, first, voice.span);
                    stances.extend(self.stance(voice, source).filter(|_| once));
                }
            }
        }
        let (influence, source) = match influence {
            Some(found) => found,
            None => {
                self.lacks(
                    &format!("`{}` has no influence", shorten(&id.name)),
                    id.span,
                    "add `influence 1`, or how much it counts beside the others",
                );
                (nothing(id.span), String::new())
            }
        };
        self.scenario.stakeholders.push(Stakeholder {
            name: named(id, label.as_ref()),
            of,
            influence,
            source,
            stances,
        });
    }

    fn lacks(&mut self, message: &str, span: Span, mend: &str) {
        self.reports.push(
            Diagnostic::error("E0421", message, span)
                .label("not said")
                .help(mend),
        );
    }

    fn stance(&mut self, voice: &Voice, source: String) -> Option<Stance> {
        let Says::Stance { position, salience } = &voice.says else {
            return None;
        };
        let position = position.as_ref().map(|at| self.fixed(at, "a position"));
        let salience = salience.as_ref().map(|of| self.fixed(of, "a salience"));
        let short = shorten(&voice.name.name);
        match (&position, &salience) {
            (Some(_), None) => self.lacks(
                &format!("the position on `{short}` has no salience"),
                voice.span,
                "add `salience 0.5`: how much the issue matters, from 0 (not at all) to 1",
            ),
            (None, Some(_)) => self.lacks(
                &format!("the salience of `{short}` has no position"),
                voice.span,
                "add `position` and where on the scale it stands, or leave the line out",
            ),
            _ => {}
        }
        let scale = self.scale_named(&voice.name)?;
        Some(Stance {
            scale,
            position: position?,
            salience: salience?,
            source,
        })
    }

    pub(super) fn scale_named(&mut self, id: &Ident) -> Option<ScaleId> {
        match self.names.get(&id.name) {
            Some(Entity::Scale(scale)) => {
                self.reports.mention(id.span, Meaning::Scale(scale));
                Some(scale)
            }
            Some(Entity::Issue(issue)) => {
                let short = shorten(&id.name);
                let place = self.scenario.issues.get(issue.index());
                let mut report = Diagnostic::error(
                    "E0205",
                    format!("`{short}` is an issue with options, not one with a scale"),
                    id.span,
                )
                .label("a position needs a scale")
                .help(format!(
                    "declare another issue with a scale, such as `issue {short}_level 0 .. 1`"
                ));
                if let Some(issue) = place {
                    report = report.also(issue.name.span, "declared here");
                }
                self.reports.push(report);
                None
            }
            found => {
                let wanted = "an issue with a scale";
                self.resolver()
                    .not_a(id, found, wanted, |e| matches!(e, Entity::Scale(_)));
                None
            }
        }
    }
}

impl Values<'_> {
    /// Reports scales without width, and numbers of stakeholders that lie where they cannot.
    pub(super) fn voices(&mut self) {
        let scenario = self.scenario;
        let scales = scenario.scales.iter();
        let ends: Vec<Option<(f64, f64)>> = scales.map(|scale| self.ends(scale)).collect();
        for voice in &scenario.stakeholders {
            if let Some(value) = self.value(&voice.influence)
                && value < 0.0
            {
                self.wrong(
                    "an influence is 0 or above",
                    &voice.influence,
                    super::number(value, false),
                    "only what the influences are beside one another counts",
                );
            }
            for stance in &voice.stances {
                if let Some(value) = self.value(&stance.salience)
                    && !(0.0..=1.0).contains(&value)
                {
                    self.wrong(
                        "a salience lies between 0 and 1",
                        &stance.salience,
                        super::number(value, false),
                        "0 is not at all, 1 is as much as can be; `80 %` is 0.8",
                    );
                }
                let Some(scale) = scenario.scales.get(stance.scale.index()) else {
                    continue;
                };
                if let Some(value) = self.value(&stance.position)
                    && let Some(Some((lower, upper))) = ends.get(stance.scale.index())
                    && !(-ROUNDING..=1.0 + ROUNDING).contains(&((value - lower) / (upper - lower)))
                {
                    self.off(scale, stance.position.span, value, (*lower, *upper));
                }
            }
        }
    }

    /// Reports a place off a scale.
    pub(super) fn off(&mut self, scale: &Scale, at: Span, value: f64, (lower, upper): (f64, f64)) {
        let short = shorten(&scale.name.id);
        let (lo, hi) = (super::number(lower, false), super::number(upper, false));
        self.reports.push(
            Diagnostic::error(
                "E0422",
                format!("this position lies off the scale of `{short}`"),
                at,
            )
            .label(super::number(value, false))
            .also(scale.name.span, format!("goes from {lo} to {hi}"))
            .help("keep it on the scale, or make the scale longer"),
        );
    }

    /// The ends of a scale, if they are apart.
    fn ends(&mut self, scale: &Scale) -> Option<(f64, f64)> {
        for at in scale.reference.iter().chain(&scale.actual) {
            self.value(at);
        }
        let (lower, upper) = (self.value(&scale.lower)?, self.value(&scale.upper)?);
        if upper > lower {
            return Some((lower, upper));
        }
        let (lo, hi) = (super::number(lower, false), super::number(upper, false));
        self.reports.push(
            Diagnostic::error(
                "E0424",
                format!("the scale of `{}` has no length", shorten(&scale.name.id)),
                scale.lower.span.to(scale.upper.span),
            )
            .label(format!("{lo} is not below {hi}"))
            .help("write the smaller end first: `0 .. 100`"),
        );
        None
    }

    fn wrong(&mut self, message: &str, expr: &Expr, shown: String, help: &str) {
        self.reports.push(
            Diagnostic::error("E0423", message, expr.span)
                .label(shown)
                .help(help),
        );
    }
}
