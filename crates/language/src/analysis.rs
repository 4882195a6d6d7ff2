//! All that is known of a text, broken or not: what editors ask.
//!
//! The checker notes every name that it looks up (see [`Mention`]), so whatever the language grows, an editor
//! knows of it as soon as the checker does. Of a broken text everything is kept that could be made sense of.

mod values;

use crate::ast::File;
use crate::check::{self, Among, Reports};
use crate::diagnostic::{Diagnostic, Severity};
use crate::scenario::{
    ActorId, BlockId, ConflictOptionId, FunctionId, IssueId, LetId, OutcomeId, PackageId, ParamId,
    RepeatId, ScaleId, Scenario, SituationId, StakeholderId, StateId, SymbolId, VariableId,
};
use crate::source::{Loader, Sources};
use crate::span::Span;

pub use values::Values;

/// What a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Meaning {
    /// An actor.
    Actor(ActorId),
    /// A `param`.
    Param(ParamId),
    /// A `let`.
    Let(LetId),
    /// A `fn` or table of the scenario.
    Function(FunctionId),
    /// A block of the play.
    Block(BlockId),
    /// The number over which a sum or its like runs, by the place where it is named.
    Bound(Span),
    /// An outcome.
    Outcome(OutcomeId),
    /// A `state`.
    State(StateId),
    /// An issue.
    Issue(IssueId),
    /// An issue with a numeric scale.
    Scale(ScaleId),
    /// A stakeholder.
    Stakeholder(StakeholderId),
    /// An option of the conflict.
    ConflictOption(ConflictOptionId),
    /// A situation.
    Situation(SituationId),
    /// A package; also where an option carries its name.
    Package(PackageId),
    /// What is chosen or drawn.
    Variable(VariableId),
    /// An option of a variable, by its position in the variable's domain.
    Option(VariableId, u32),
    /// An option of an issue, by its position.
    IssueOption(IssueId, u32),
    /// An option's name where it is left open which variable has it.
    Symbol(SymbolId),
    /// An argument of a `fn`, by its position.
    Argument(FunctionId, u32),
    /// The index of a `repeat`.
    Index(RepeatId),
    /// A function that every scenario has, by its name.
    Builtin(&'static str),
}

/// A name in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mention {
    /// Where it stands.
    pub span: Span,
    /// What it stands for.
    pub meaning: Meaning,
    /// Whether it is declared here: once for most names, at every statement that sets it for a choice or draw.
    pub declares: bool,
}

/// What came of a text, as far as it could be read.
#[derive(Clone, Debug)]
pub struct Analysis {
    /// The text and all that it includes.
    pub sources: Sources,
    /// Number and syntax tree of each file, included files first, the text itself last.
    pub trees: Vec<(u16, File)>,
    /// The scenario as far as it could be understood. It is checked exactly if no diagnostic is an error: only
    /// then may it be run.
    pub draft: Scenario,
    /// Errors and warnings, sorted by place.
    pub diagnostics: Vec<Diagnostic>,
    /// Every name that was looked up, sorted by place.
    pub mentions: Vec<Mention>,
    /// Variables that are compared with one another: their options are the same names.
    pub compared: Vec<(VariableId, VariableId)>,
}

/// Reads and checks a text. Never fails: what is wrong is told in the diagnostics.
#[must_use]
pub fn analyse(name: &str, text: &str, loader: &dyn Loader) -> Analysis {
    check::run(name, text, loader)
}

impl Analysis {
    /// Whether any diagnostic is an error.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        let error = |d: &Diagnostic| d.severity == Severity::Error;
        self.diagnostics.iter().any(error)
    }

    /// The name that holds or touches this byte of a file.
    #[must_use]
    pub fn mention_at(&self, file: u16, byte: u32) -> Option<Mention> {
        let from = self
            .mentions
            .partition_point(|m| (m.span.file, m.span.end) < (file, byte));
        let near = self.mentions.get(from..)?.iter().take(2);
        let mut touching =
            near.filter(|m| m.span.file == file && (m.span.start..=m.span.end).contains(&byte));
        let first = touching.next()?;
        // Between two names that touch, the one that begins here is meant.
        Some(*touching.next().unwrap_or(first))
    }

    /// All mentions of the same thing, in order.
    pub fn mentions_of(&self, meaning: Meaning) -> impl Iterator<Item = Mention> {
        let same = move |m: &&Mention| m.meaning == meaning;
        self.mentions.iter().filter(same).copied()
    }

    /// The syntax tree of a file.
    #[must_use]
    pub fn tree(&self, file: u16) -> Option<&File> {
        let found = self.trees.iter().find(|(number, _)| *number == file);
        found.map(|(_, tree)| tree)
    }
}

/// Mentions noted so far.
#[derive(Debug, Default)]
pub(crate) struct Mentions {
    pub(crate) list: Vec<Mention>,
    pub(crate) compared: Vec<(VariableId, VariableId)>,
}

impl Mentions {
    /// Sorted by place, each once: some expressions are looked at twice.
    pub(crate) fn sorted(mut self) -> (Vec<Mention>, Vec<(VariableId, VariableId)>) {
        self.list.sort_unstable();
        self.list.dedup();
        self.compared.sort_unstable();
        self.compared.dedup();
        (self.list, self.compared)
    }
}

impl Reports {
    /// Notes what the name at a place stands for. A name that could not be read has no place.
    pub(crate) fn mention(&mut self, span: Span, meaning: Meaning) {
        self.note(span, meaning, false);
    }

    /// Notes that a name is declared at this place.
    pub(crate) fn declares(&mut self, span: Span, meaning: Meaning) {
        self.note(span, meaning, true);
    }

    /// Notes that the options of two variables are compared, so that they must keep their names together.
    pub(crate) fn compares(&mut self, a: Among, b: Among) {
        if let (Among::Variable(a), Among::Variable(b)) = (a, b)
            && a != b
        {
            self.mentions.compared.push((a.min(b), a.max(b)));
        }
    }

    fn note(&mut self, span: Span, meaning: Meaning, declares: bool) {
        if span.start < span.end {
            self.mentions.list.push(Mention {
                span,
                meaning,
                declares,
            });
        }
    }
}
