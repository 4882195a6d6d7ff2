//! Issues, preferences over them, and packages that fix each of them.

use std::collections::HashMap;

use super::Checker;
use super::declare::{nothing, number};
use super::names::Entity;
use crate::analysis::Meaning;
use crate::ast::{self, Ident, IssueValue, ItemKind};
use crate::diagnostic::Diagnostic;
use crate::scenario::{Expr, IssueId, PackageId, Preferences};
use crate::span::Span;
use crate::suggest::{list, shorten};

/// Where each option stands in its issue.
pub(super) type Positions = Vec<HashMap<String, usize>>;

impl<'a> Checker<'a> {
    /// Marks the actors that have preferences, before anything asks what an agreement is worth to them.
    pub(super) fn settle_valued(&mut self) {
        for item in &self.pending.values {
            if let ItemKind::Value { actor, .. }
            | ItemKind::Ratifier {
                actor,
                preferences: Some(_),
                ..
            } = &item.kind
                && let Some(Entity::Actor(id)) = self.names.get(&actor.name)
                && let Some(valued) = self.names.valued.get_mut(id.index())
            {
                *valued = true;
            }
        }
    }

    /// Where each option stands in its issue.
    pub(super) fn positions(&self) -> Positions {
        let issues = self.scenario.issues.iter();
        let places = issues.map(|issue| {
            let names = issue.options.iter().map(|option| option.id.clone());
            names.zip(0..).collect()
        });
        places.collect()
    }

    /// Resolves `value` and `package` declarations.
    pub(super) fn agreements(&mut self) {
        let positions = self.positions();
        let mut first = HashMap::new();
        let values = std::mem::take(&mut self.pending.values);
        for item in &values {
            let (actor, issues, fallback) = match &item.kind {
                ItemKind::Value {
                    actor,
                    issues,
                    fallback,
                } => (actor, issues, fallback),
                ItemKind::Ratifier {
                    actor,
                    preferences: Some((issues, fallback)),
                    ..
                } => (actor, issues, fallback),
                _ => continue,
            };
            self.preferences(actor, issues, fallback.as_ref(), &positions, &mut first);
        }
        self.ratifiers(&values);
        for (package, choices, span) in std::mem::take(&mut self.pending.packages) {
            self.package(package, choices, span, &positions);
        }
    }

    fn preferences(
        &mut self,
        actor: &'a Ident,
        issues: &[IssueValue],
        fallback: Option<&ast::Expr>,
        positions: &Positions,
        seen: &mut HashMap<&'a str, Span>,
    ) {
        let first = *seen.entry(&actor.name).or_insert(actor.span);
        let what = format!("the `value` of `{}`", shorten(&actor.name));
        let only = self.once(&what, first, actor.span);
        let id = self.resolver().actor(actor);
        let zero = nothing(actor.span);
        let mut found: Vec<Option<(Expr, Vec<Expr>)>> = vec![None; positions.len()];
        let mut places: HashMap<&str, Span> = HashMap::new();
        for value in issues {
            let place = *places.entry(&value.issue.name).or_insert(value.issue.span);
            let what = format!("issue `{}`", shorten(&value.issue.name));
            let once = self.once(&what, place, value.issue.span);
            if let Some(issue) = self.issue(&value.issue)
                && once
            {
                found[issue.index()] = Some(self.issue_value(issue, value, positions));
            }
        }
        let fallback = match fallback {
            Some(written) => self.fixed(written, "a value without agreement"),
            None => zero.clone(),
        };
        let Some(id) = id.filter(|_| only) else {
            return;
        };
        let issues = found
            .into_iter()
            .zip(&self.scenario.issues)
            .map(|(found, issue)| {
                found.unwrap_or_else(|| (zero.clone(), vec![zero.clone(); issue.options.len()]))
            })
            .collect();
        self.scenario.values.push(Preferences {
            actor: id,
            issues,
            fallback,
        });
    }

    pub(super) fn issue(&mut self, id: &Ident) -> Option<IssueId> {
        match self.names.get(&id.name) {
            Some(Entity::Issue(issue)) => {
                self.reports.mention(id.span, Meaning::Issue(issue));
                Some(issue)
            }
            found => {
                self.resolver()
                    .not_a(id, found, "an issue", |e| matches!(e, Entity::Issue(_)));
                None
            }
        }
    }

    /// Weight and scores of one issue.
    fn issue_value(
        &mut self,
        issue: IssueId,
        value: &IssueValue,
        positions: &Positions,
    ) -> (Expr, Vec<Expr>) {
        let weight = self.fixed(&value.weight, "the weight of an issue");
        let count = positions[issue.index()].len();
        let mut scores: Vec<Option<Expr>> = vec![None; count];
        let mut seen = HashMap::new();
        for (option, score) in &value.scores {
            let score = self.fixed(score, "a score");
            let Some(at) = self.issue_option(issue, option, positions) else {
                continue;
            };
            match seen.insert(at, option.span) {
                Some(first) => self.option_twice(option, first),
                None => scores[at] = Some(score),
            }
        }
        let options = &self.scenario.issues[issue.index()].options;
        let missing: Vec<&str> = options
            .iter()
            .zip(&scores)
            .filter(|(_, score)| score.is_none())
            .map(|(option, _)| option.id.as_str())
            .collect();
        if !missing.is_empty() {
            let message = format!(
                "issue `{}` has options without a score: {}",
                shorten(&value.issue.name),
                list(missing.iter().copied()).replace(" or ", " and ")
            );
            let place = self.scenario.issues[issue.index()].name.span;
            self.reports.push(
                Diagnostic::error("E0408", message, value.issue.span)
                    .label("every option needs a score")
                    .also(place, "the issue")
                    .help(format!(
                        "add `{} 0.5`, with a score from 0 (worst) to 1 (best)",
                        missing[0]
                    )),
            );
        }
        let span = value.issue.span;
        let scores = scores
            .into_iter()
            .map(|score| score.unwrap_or_else(|| nothing(span)))
            .collect();
        (weight, scores)
    }

    pub(super) fn issue_option(
        &mut self,
        issue: IssueId,
        option: &Ident,
        positions: &Positions,
    ) -> Option<usize> {
        if let Some(&at) = positions[issue.index()].get(&option.name) {
            let meaning = Meaning::IssueOption(issue, number(at));
            self.reports.mention(option.span, meaning);
            return Some(at);
        }
        let declared = &self.scenario.issues[issue.index()];
        let options = || declared.options.iter().map(|option| option.id.as_str());
        let name = shorten(&declared.name.id);
        let mut report = Diagnostic::error(
            "E0204",
            format!(
                "`{}` is not an option of issue `{name}`",
                shorten(&option.name)
            ),
            option.span,
        )
        .label("no such option")
        .note(format!("`{name}` can be {}", list(options())))
        .also(declared.name.span, "the issue");
        if let Some(near) = self.reports.nearest(&option.name, options()) {
            report = report.help(format!("did you mean `{near}`?"));
        }
        self.reports.push(report);
        None
    }

    fn package(
        &mut self,
        package: PackageId,
        choices: &[(Ident, Ident)],
        span: Span,
        positions: &Positions,
    ) {
        let mut fixed: HashMap<IssueId, (usize, Span)> = HashMap::new();
        let mut sound = true;
        for (id, option) in choices {
            let Some(issue) = self.issue(id) else {
                sound = false;
                continue;
            };
            let at = self.issue_option(issue, option, positions);
            sound &= at.is_some();
            if let Some((_, first)) = fixed.insert(issue, (at.unwrap_or(0), id.span)) {
                let name = &self.scenario.packages[package.index()].name.id;
                self.reports.push(
                    Diagnostic::error(
                        "E0218",
                        format!(
                            "package `{}` fixes issue `{}` twice",
                            shorten(name),
                            shorten(&id.name)
                        ),
                        id.span,
                    )
                    .label("fixed again")
                    .also(first, "fixed here already"),
                );
            }
        }
        if fixed.len() < positions.len() {
            if sound {
                self.open_issues(package, &fixed, span);
            }
            return;
        }
        let choices = (0..)
            .take(positions.len())
            .map(|i| fixed.get(&IssueId(i)).map_or(0, |&(at, _)| at));
        self.scenario.packages[package.index()].choices = choices.collect();
    }

    fn open_issues(
        &mut self,
        package: PackageId,
        fixed: &HashMap<IssueId, (usize, Span)>,
        span: Span,
    ) {
        const SHOWN: usize = 8;
        let left = self.scenario.issues.len() - fixed.len();
        let mut missing: Vec<String> = (0..)
            .zip(&self.scenario.issues)
            .filter(|(i, _)| !fixed.contains_key(&IssueId(*i)))
            .take(SHOWN)
            .map(|(_, issue)| format!("`{}`", shorten(&issue.name.id)))
            .collect();
        if left > SHOWN {
            missing.push(format!("{} more", left - SHOWN));
        }
        let name = shorten(&self.scenario.packages[package.index()].name.id);
        self.reports.push(
            Diagnostic::error(
                "E0218",
                format!("package `{name}` leaves issues open"),
                span,
            )
            .label(format!("says nothing of {}", missing.join(", ")))
            .help("a package fixes every issue: add `issue option` for each of them"),
        );
    }
}
