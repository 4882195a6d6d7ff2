//! From text to a checked [`Scenario`]: files, names, types, values at the best guesses, warnings.
//!
//! Phases run in that order and each reports everything it can find; a later phase looks at what the earlier
//! ones left sound, so that one mistake is told once.

mod agreements;
mod ask;
mod bargains;
mod blocks;
mod builtins;
mod call;
mod compare;
mod conflict;
mod correlations;
mod declare;
mod doubt;
mod draws;
mod expression;
mod formulas;
mod head;
mod include;
mod infer;
mod known;
mod lenses;
mod lookup;
mod names;
mod order;
mod play;
mod questions;
mod ratifiers;
mod stakeholders;
mod styles;
mod tables;
mod used;
mod values;
mod variables;
mod warnings;

pub use builtins::{Function, functions};
pub(crate) use expression::Resolver;
pub use head::DISTRIBUTIONS;
pub(crate) use names::{Among, Names, Reports};
pub use styles::STYLES;
pub(crate) use values::{check_queries, number};

use crate::analysis::Analysis;
use crate::diagnostic::Diagnostic;
use crate::scenario::{ActorId, Expr, RepeatId, Scenario};
use crate::source::{Loader, Sources};

/// Most actors that a scenario may have.
pub const MOST_ACTORS: usize = 60;
/// Most options that one choice, draw or issue may have.
pub const MOST_OPTIONS: usize = 10_000;

/// What came of a text.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// The text and all that it includes, for showing diagnostics.
    pub sources: Sources,
    /// The checked scenario; some exactly if no diagnostic is an error.
    pub scenario: Option<Scenario>,
    /// Errors and warnings, sorted by place.
    pub diagnostics: Vec<Diagnostic>,
}

impl Loaded {
    /// Whether any diagnostic is an error.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.scenario.is_none()
    }
}

/// Reads and checks a scenario. Never fails: what is wrong is told in the diagnostics.
#[must_use]
pub fn load(name: &str, text: &str, loader: &dyn Loader) -> Loaded {
    let analysis = run(name, text, loader);
    Loaded {
        scenario: (!analysis.has_errors()).then_some(analysis.draft),
        sources: analysis.sources,
        diagnostics: analysis.diagnostics,
    }
}

/// Reads and checks a text and keeps all that came of it.
pub(crate) fn run(name: &str, text: &str, loader: &dyn Loader) -> Analysis {
    let mut reports = Reports::new();
    let files = include::read(name, text, loader, &mut reports);
    let unread = reports.errors > 0;
    let mut checker = Checker::new(&files.sources, reports);
    for (number, tree) in &files.trees {
        checker.declare(*number, tree);
    }
    checker.resolve();
    let (draft, reports) = checker.finish(unread);
    let mut diagnostics = reports.list;
    sort(&mut diagnostics);
    let (mentions, compared) = reports.mentions.sorted();
    Analysis {
        sources: files.sources,
        trees: files.trees,
        draft,
        diagnostics,
        mentions,
        compared,
    }
}

/// Sorts by place and removes what is said twice.
pub(crate) fn sort(diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.sort_by(|a, b| {
        let key = |d: &Diagnostic| (d.primary.0.file, d.primary.0.start, d.primary.0.end);
        (key(a), a.code, &a.message).cmp(&(key(b), b.code, &b.message))
    });
    diagnostics.dedup();
}

/// The work at hand: the scenario as far as it is known.
struct Checker<'a> {
    sources: &'a Sources,
    scenario: Scenario,
    names: Names,
    reports: Reports,
    /// What is declared but not looked into yet.
    pending: declare::Pending<'a>,
    /// What each outcome brings, once resolved.
    gains: Vec<Vec<(ActorId, Expr)>>,
    /// Indices of the `repeat`s around, outermost first.
    indices: Vec<(String, RepeatId)>,
    /// The `repeat`s around, outermost first.
    around: Vec<RepeatId>,
}

impl<'a> Checker<'a> {
    fn new(sources: &'a Sources, reports: Reports) -> Self {
        Checker {
            sources,
            scenario: empty(),
            names: Names::default(),
            reports,
            pending: declare::Pending::default(),
            gains: Vec::new(),
            indices: Vec::new(),
            around: Vec::new(),
        }
    }

    fn resolver(&mut self) -> Resolver<'_> {
        let mut resolver =
            Resolver::new(&self.scenario, &self.names, self.sources, &mut self.reports);
        resolver.indices = &self.indices;
        resolver
    }

    /// Resolves all that is declared.
    fn resolve(&mut self) {
        self.settle_variables();
        self.settle_valued();
        self.formulas();
        self.parameters();
        self.correlations();
        self.agreements();
        self.voices();
        self.conflict();
        self.play();
        self.lenses();
        self.questions();
    }

    fn finish(mut self, unread: bool) -> (Scenario, Reports) {
        // Values of a scenario with errors would only repeat them in other words.
        if !unread && self.reports.errors == 0 {
            values::check(&self.scenario, &self.names, &mut self.reports);
        }
        if self.reports.errors == 0 {
            warnings::check(&self.scenario, &mut self.reports);
        }
        (self.scenario, self.reports)
    }
}

fn empty() -> Scenario {
    Scenario {
        title: String::new(),
        sources: Vec::new(),
        notes: Vec::new(),
        as_of: None,
        happened: Vec::new(),
        actors: Vec::new(),
        parameters: Vec::new(),
        correlations: Vec::new(),
        lets: Vec::new(),
        functions: Vec::new(),
        outcomes: Vec::new(),
        states: Vec::new(),
        variables: Vec::new(),
        symbols: Vec::new(),
        issues: Vec::new(),
        values: Vec::new(),
        ratifiers: Vec::new(),
        styles: Vec::new(),
        packages: Vec::new(),
        scales: Vec::new(),
        stakeholders: Vec::new(),
        agreement: None,
        conflict: crate::scenario::OptionForm::default(),
        bargains: Vec::new(),
        asks: Vec::new(),
        expects: Vec::new(),
        base_rates: Vec::new(),
        points: Vec::new(),
        repeats: Vec::new(),
        blocks: Vec::new(),
        play: Vec::new(),
        play_span: crate::span::Span::default(),
    }
}
