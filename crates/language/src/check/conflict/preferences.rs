//! Who prefers what: ordered statements, tiers, weights or pairs.

use super::super::Checker;
use super::super::values::Values;
use crate::ast::{self, Than, Wanted, Wish};
use crate::diagnostic::Diagnostic;
use crate::scenario::{ActorId, Comparison, Line, Pair, Prefers, Strength, Wishes};
use crate::span::Span;
use crate::suggest::shorten;

/// The form in which preferences are written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Statements,
    Ranking,
    Weights,
    Pairs,
}

impl Form {
    fn of(wish: &Wish, ranked: bool) -> Form {
        match &wish.says {
            Wanted::Holds(_) if ranked => Form::Ranking,
            Wanted::Holds(_) => Form::Statements,
            Wanted::Weighs(..) => Form::Weights,
            Wanted::Pair(..) => Form::Pairs,
        }
    }

    fn words(self) -> &'static str {
        match self {
            Form::Statements => "a statement",
            Form::Ranking => "a tier of a ranking",
            Form::Weights => "a weight",
            Form::Pairs => "a comparison of two outcomes",
        }
    }
}

impl<'a> Checker<'a> {
    /// What an actor prefers; in what `viewer` perceives, if one is given.
    pub(super) fn prefers(
        &mut self,
        written: &'a ast::Prefers,
        viewer: Option<ActorId>,
    ) -> Option<Prefers> {
        let actor = self.resolver().actor(&written.actor);
        let ranked = self.is_ranked(written);
        let first = written.wishes.first();
        let form = first.map_or(Form::Statements, |wish| Form::of(wish, ranked));
        for wish in &written.wishes {
            let other = Form::of(wish, ranked);
            if other != form {
                self.reports.push(
                    Diagnostic::error(
                        "E0427",
                        format!("{} stands among lines of another form", other.words()),
                        wish.span,
                    )
                    .label(format!("the first line is {}", form.words()))
                    .help("write all lines of one `prefers` in the same form"),
                );
                return None;
            }
        }
        let wishes = match form {
            Form::Statements => Wishes::Statements(self.statements(written, viewer)),
            Form::Ranking => Wishes::Ranking(self.tiers(written, viewer)),
            Form::Weights => Wishes::Weights(self.weights(written, viewer)),
            Form::Pairs => Wishes::Pairs(self.pairs(written, viewer)),
        };
        Some(Prefers {
            actor: actor?,
            wishes,
            span: written.actor.span,
        })
    }

    fn is_ranked(&mut self, written: &ast::Prefers) -> bool {
        let Some(form) = &written.form else {
            return false;
        };
        if form.name != "rank" && !form.name.is_empty() {
            self.reports.push(
                Diagnostic::error(
                    "E0427",
                    format!("preferences are not written by `{}`", shorten(&form.name)),
                    form.span,
                )
                .label("unknown form")
                .help("write `by rank` for outcomes from best to worst, or leave `by` out for statements, weights or pairs"),
            );
        }
        form.name == "rank"
    }

    fn line<T>(&mut self, wish: &Wish, says: T, span: Span) -> Line<T> {
        Line {
            says,
            source: wish
                .source
                .as_ref()
                .map_or_else(String::new, |s| s.value.clone()),
            text: self.text(span),
        }
    }

    fn statements(
        &mut self,
        written: &'a ast::Prefers,
        viewer: Option<ActorId>,
    ) -> Vec<(Strength, Line<crate::scenario::Condition>)> {
        let (mut found, mut weaker) = (Vec::new(), None);
        for wish in &written.wishes {
            let Wanted::Holds(condition) = &wish.says else {
                continue;
            };
            let mark = wish.mark.as_ref();
            let strength = match mark.map(|mark| mark.name.as_str()) {
                Some("strongly") => Strength::Strongly,
                Some(_) => Strength::Unknown,
                None => Strength::Plain,
            };
            match (strength, weaker, mark) {
                (Strength::Strongly, Some(first), Some(mark)) => self.reports.push(
                    Diagnostic::error(
                        "E0426",
                        "a strong preference stands below one that is not strong",
                        mark.span,
                    )
                    .label("strong statements stand first")
                    .also(first, "this one matters more, and not strongly")
                    .help("move it up, or leave `strongly` out"),
                ),
                (Strength::Strongly, ..) => {}
                _ => weaker = weaker.or(Some(condition.span)),
            }
            if let Some(says) = self.state_condition(condition, viewer) {
                found.push((strength, self.line(wish, says, condition.span)));
            }
        }
        found
    }

    /// Reports a mark that a line of this form cannot have.
    fn unmarked(&mut self, wish: &Wish, allowed: &[&str]) -> bool {
        let Some(mark) = &wish.mark else {
            return true;
        };
        let fits = allowed.contains(&mark.name.as_str());
        if !fits {
            let message = format!("`{}` has no meaning here", mark.name);
            let help = match mark.name.as_str() {
                "unknown" => {
                    "only statements can be `unknown`; of outcomes in pairs leave out what nobody knows"
                }
                _ => "a strong preference is a larger weight",
            };
            self.reports
                .push(Diagnostic::error("E0426", message, mark.span).help(help));
        }
        fits
    }

    fn tiers(
        &mut self,
        written: &'a ast::Prefers,
        viewer: Option<ActorId>,
    ) -> Vec<(bool, Line<crate::scenario::Condition>)> {
        let mut found = Vec::new();
        for wish in &written.wishes {
            let Wanted::Holds(condition) = &wish.says else {
                continue;
            };
            self.unmarked(wish, &["strongly"]);
            if let Some(says) = self.state_condition(condition, viewer) {
                let line = self.line(wish, says, condition.span);
                found.push((wish.mark.is_some(), line));
            }
        }
        found
    }

    fn weights(
        &mut self,
        written: &'a ast::Prefers,
        viewer: Option<ActorId>,
    ) -> Vec<Line<(crate::scenario::Expr, Option<crate::scenario::Condition>)>> {
        let mut found = Vec::new();
        for wish in &written.wishes {
            let Wanted::Weighs(number, when) = &wish.says else {
                continue;
            };
            self.unmarked(wish, &[]);
            let last = when.as_ref().map_or(number.span, |when| when.span);
            let number_span = number.span;
            let number = self.fixed(number, "a weight");
            let when = when.as_ref().map(|when| self.holding(when, viewer));
            if let Some(None) = when {
                continue;
            }
            found.push(self.line(wish, (number, when.flatten()), number_span.to(last)));
        }
        found
    }

    fn pairs(&mut self, written: &'a ast::Prefers, viewer: Option<ActorId>) -> Vec<Line<Pair>> {
        let mut found = Vec::new();
        for wish in &written.wishes {
            let Wanted::Pair(first, than, second) = &wish.says else {
                continue;
            };
            let allowed: &[&str] = match than {
                Than::Over => &["strongly"],
                Than::Like => &[],
            };
            let strongly = self.unmarked(wish, allowed) && wish.mark.is_some();
            let span = first.span.to(second.span);
            let (a, b) = (self.holding(first, viewer), self.holding(second, viewer));
            let (Some(first), Some(second)) = (a, b) else {
                continue;
            };
            let than = match than {
                Than::Like => Comparison::Same,
                Than::Over if strongly => Comparison::MuchBetter,
                Than::Over => Comparison::Better,
            };
            let pair = Pair {
                first,
                second,
                than,
            };
            found.push(self.line(wish, pair, span));
        }
        found
    }
}

impl Values<'_> {
    /// Reports weights without a value.
    pub(crate) fn wish_weights(&mut self) {
        let form = &self.scenario.conflict;
        let imagined = form.perceives.iter().flat_map(|view| &view.prefers);
        for prefers in form.prefers.iter().chain(imagined) {
            if let Wishes::Weights(lines) = &prefers.wishes {
                for line in lines {
                    self.value(&line.says.0);
                }
            }
        }
    }
}
