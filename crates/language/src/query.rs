//! Queries that are not part of the scenario's text: from the command line, sweeps and the workbench.

use crate::ast;
use crate::check::{Names, Reports, Resolver, check_queries, sort};
use crate::diagnostic::{Diagnostic, Severity};
use crate::parser;
use crate::scenario::{Expect, Expr, Scenario};
use crate::source::Sources;
use crate::span::Span;

/// What a query is called where its errors are shown.
const NAME: &str = "query";

/// Reads a query such as `p(war given approach == offer)`.
///
/// # Errors
/// What is wrong with it, with the sources (the query alone) that show where.
pub fn parse(scenario: &Scenario, text: &str) -> Result<Expr, (Sources, Vec<Diagnostic>)> {
    let (written, diagnostics) = parser::parse_expression(text, 0);
    let mut questioner = Questioner::new(scenario, text, diagnostics);
    let query = questioner.resolve(
        |resolver| resolver.query(&written).expr,
        |query| vec![query],
    );
    questioner.finish(query)
}

/// Reads a check such as `p(war) < 5 %` or `mean(x) == 3 within 0.1`.
///
/// # Errors
/// As [`parse`].
pub fn parse_check(scenario: &Scenario, text: &str) -> Result<Expect, (Sources, Vec<Diagnostic>)> {
    let (head, tolerance) = split_within(text);
    let (written, mut diagnostics) = parser::parse_expression(head, 0);
    let tolerance = tolerance.map(|tolerance| {
        let (written, more) = parser::parse_expression(&tolerance, 0);
        diagnostics.extend(more);
        written
    });
    let mut questioner = Questioner::new(scenario, text, diagnostics);
    let ast::ExprKind::Binary(ast::Binary::Compare(compare), left, right) = &written.kind else {
        if questioner.reports.errors == 0 {
            questioner.reports.push(
                Diagnostic::error("E0301", "a check compares two numbers", written.span)
                    .help("write it as `query < number`, or with any other comparison"),
            );
        }
        return questioner.finish(None);
    };
    let resolve = |resolver: &mut Resolver<'_>| {
        let within = tolerance.map(|tolerance| resolver.fixed(&tolerance, "a tolerance").expr);
        let left = resolver.query(left).expr;
        let right = resolver.query(right).expr;
        Expect {
            left,
            compare: *compare,
            right,
            within,
            when: None,
            text: text.split_whitespace().collect::<Vec<_>>().join(" "),
            why: String::new(),
            span: written.span,
        }
    };
    let expect = questioner.resolve(resolve, |expect| vec![&expect.left, &expect.right]);
    questioner.finish(expect)
}

/// The tolerance of a check, with blanks in front of it so that its places fit the whole text.
fn split_within(text: &str) -> (&str, Option<String>) {
    const WORD: &str = " within ";
    match text.find(WORD) {
        Some(at) => {
            let from = at + WORD.len();
            (&text[..at], Some(" ".repeat(from) + &text[from..]))
        }
        None => (text, None),
    }
}

struct Questioner<'a> {
    scenario: &'a Scenario,
    sources: Sources,
    reports: Reports,
}

impl<'a> Questioner<'a> {
    fn new(scenario: &'a Scenario, text: &str, diagnostics: Vec<Diagnostic>) -> Self {
        let mut reports = Reports::new();
        diagnostics.into_iter().for_each(|d| reports.push(d));
        Questioner {
            scenario,
            sources: Sources::of(NAME, text),
            reports,
        }
    }

    /// Resolves what could be read.
    fn resolve<T>(
        &mut self,
        resolve: impl FnOnce(&mut Resolver<'_>) -> T,
        parts: impl for<'t> Fn(&'t T) -> Vec<&'t Expr>,
    ) -> Option<T> {
        let mut names = Names::of(self.scenario);
        // Places of the scenario's text cannot be shown beside the query.
        for (_, place) in names.global.values_mut() {
            *place = Span {
                file: u16::MAX,
                ..*place
            };
        }
        let mut resolver = Resolver::new(self.scenario, &names, &self.sources, &mut self.reports);
        let found = resolve(&mut resolver);
        if self.reports.errors == 0 {
            check_queries(self.scenario, &names, parts(&found), &mut self.reports);
        }
        Some(found)
    }

    fn finish<T>(self, found: Option<T>) -> Result<T, (Sources, Vec<Diagnostic>)> {
        let mut diagnostics = self.reports.list;
        for diagnostic in &mut diagnostics {
            diagnostic.secondary.retain(|(place, _)| place.file == 0);
        }
        diagnostics.retain(|d| d.severity == Severity::Error);
        sort(&mut diagnostics);
        match found {
            Some(found) if diagnostics.is_empty() => Ok(found),
            _ => Err((self.sources, diagnostics)),
        }
    }
}
