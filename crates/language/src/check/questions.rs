//! `ask`, `expect` and `compare`.

use super::Checker;
use crate::ast::{self, ItemKind, Text};
use crate::scenario::{Ask, BaseRate, Expect, Expr};
use crate::span::Span;

impl Checker<'_> {
    /// Resolves every question that the file puts to its solution.
    pub(super) fn questions(&mut self) {
        for item in std::mem::take(&mut self.pending.questions) {
            match &item.kind {
                ItemKind::Ask { question, query } => {
                    let ask = Ask {
                        question: question.value.clone(),
                        text: self.text(query.span),
                        query: self.query(query),
                    };
                    self.scenario.asks.push(ask);
                }
                ItemKind::Expect {
                    left,
                    compare,
                    right,
                    within,
                    when,
                    why,
                } => {
                    let last = when.as_ref().or(within.as_ref()).unwrap_or(right);
                    let expect = Expect {
                        text: self.text(left.span.to(last.span)),
                        left: self.query(left),
                        compare: *compare,
                        right: self.query(right),
                        within: within.as_ref().map(|e| self.fixed(e, "a tolerance")),
                        when: when
                            .as_ref()
                            .map(|e| self.resolver().query_condition(e).expr),
                        why: words(why.as_ref()),
                        span: left.span.to(last.span),
                    };
                    self.scenario.expects.push(expect);
                }
                ItemKind::BaseRate {
                    query,
                    rate,
                    range,
                    source,
                } => {
                    let base_rate = BaseRate {
                        text: self.text(query.span),
                        query: self.query(query),
                        rate: self.fixed(rate, "a base rate"),
                        range: range.as_ref().map(|(lo, hi)| {
                            let lo = self.fixed(lo, "the end of a range");
                            (lo, self.fixed(hi, "the end of a range"))
                        }),
                        source: words(source.as_ref()),
                    };
                    self.scenario.base_rates.push(base_rate);
                }
                _ => {}
            }
        }
    }

    fn query(&mut self, written: &ast::Expr) -> Expr {
        self.resolver().query(written).expr
    }

    /// What was written, with its line breaks and runs of blanks made single blanks.
    pub(super) fn text(&self, span: Span) -> String {
        let words: Vec<&str> = self.sources.text(span).split_whitespace().collect();
        words.join(" ")
    }
}

fn words(text: Option<&Text>) -> String {
    text.map(|text| text.value.clone()).unwrap_or_default()
}
