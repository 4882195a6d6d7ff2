//! What every name stands for, and the types of what it stands for.

use std::collections::HashMap;

use crate::analysis::{Meaning, Mentions};
use crate::diagnostic::{Diagnostic, Severity};
use crate::scenario::{
    ActorId, BlockId, ConflictOptionId, FunctionId, IssueId, LetId, OutcomeId, PackageId, ParamId,
    ScaleId, SituationId, StakeholderId, StateId, SymbolId, VariableId,
};
use crate::span::Span;

/// What a name of the scenario stands for. There is one namespace for all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Entity {
    Actor(ActorId),
    Param(ParamId),
    Let(LetId),
    Function(FunctionId),
    /// A table: a function of its keys that is written otherwise.
    Table(FunctionId),
    Outcome(OutcomeId),
    State(StateId),
    Issue(IssueId),
    Scale(ScaleId),
    Stakeholder(StakeholderId),
    ConflictOption(ConflictOptionId),
    Situation(SituationId),
    Package(PackageId),
    Block(BlockId),
    Variable(VariableId),
    /// Index of some `repeat`; which one depends on the place.
    Index,
}

impl Entity {
    /// What it means to editors; none for an index, which depends on the place.
    pub(crate) fn meaning(self) -> Option<Meaning> {
        Some(match self {
            Entity::Actor(id) => Meaning::Actor(id),
            Entity::Param(id) => Meaning::Param(id),
            Entity::Let(id) => Meaning::Let(id),
            Entity::Function(id) | Entity::Table(id) => Meaning::Function(id),
            Entity::Block(id) => Meaning::Block(id),
            Entity::Outcome(id) => Meaning::Outcome(id),
            Entity::State(id) => Meaning::State(id),
            Entity::Issue(id) => Meaning::Issue(id),
            Entity::Scale(id) => Meaning::Scale(id),
            Entity::Stakeholder(id) => Meaning::Stakeholder(id),
            Entity::ConflictOption(id) => Meaning::ConflictOption(id),
            Entity::Situation(id) => Meaning::Situation(id),
            Entity::Package(id) => Meaning::Package(id),
            Entity::Variable(id) => Meaning::Variable(id),
            Entity::Index => return None,
        })
    }

    /// With its article, for "`x` is …".
    pub(crate) fn words(self) -> &'static str {
        match self {
            Entity::Actor(_) => "an actor",
            Entity::Param(_) => "a `param`",
            Entity::Let(_) => "a `let`",
            Entity::Function(_) => "a `fn`",
            Entity::Table(_) => "a table",
            Entity::Outcome(_) => "an outcome",
            Entity::State(_) => "a `state`",
            Entity::Issue(_) => "an issue",
            Entity::Scale(_) => "an issue with a scale",
            Entity::Stakeholder(_) => "a stakeholder",
            Entity::ConflictOption(_) => "an option of the conflict",
            Entity::Situation(_) => "a situation",
            Entity::Package(_) => "a package",
            Entity::Block(_) => "a block of the play",
            Entity::Variable(_) => "a choice, draw or bargain",
            Entity::Index => "the index of a `repeat`",
        }
    }
}

/// Type of an expression, with what is known about symbols.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Type {
    Number,
    Truth,
    Symbol(Among),
    /// An argument of the `fn` at hand: its use decides.
    Flexible,
    /// Something wrong that is reported already: fits everywhere.
    Broken,
}

/// Which symbols a symbol may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Among {
    /// An option of this variable.
    Variable(VariableId),
    /// A package.
    Packages,
    /// Any option of the scenario.
    Any,
}

/// What is known about a `let`, a `state` or the result of a `fn`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Summary {
    pub(crate) ty: Type,
    /// Whether its value depends on the path.
    pub(crate) varies: bool,
}

/// What is known about a `fn`.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Signature {
    pub(crate) arguments: Vec<Type>,
    pub(crate) result: Summary,
}

/// The namespace of a scenario, with what expressions need to know about each name.
#[derive(Clone, Debug, Default)]
pub(crate) struct Names {
    pub(crate) global: HashMap<String, (Entity, Span)>,
    /// Option names and package names.
    pub(crate) symbols: HashMap<String, SymbolId>,
    /// Per variable: its options; none for a variable with numbers.
    pub(crate) domains: Vec<Option<HashMap<SymbolId, usize>>>,
    /// The variable in which an option's name first occurs.
    pub(crate) option_of: HashMap<SymbolId, VariableId>,
    pub(crate) packages: HashMap<SymbolId, PackageId>,
    pub(crate) lets: Vec<Summary>,
    pub(crate) functions: Vec<Signature>,
    pub(crate) states: Vec<Summary>,
    /// Per actor: whether it has a `value` declaration.
    pub(crate) valued: Vec<bool>,
    /// What can be asked of bargains behind a dot.
    pub(crate) parts: HashMap<VariableId, Part>,
}

/// Something that can be asked of a bargain: `deal.oil`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Part {
    /// The bargain's own variable.
    pub(crate) of: VariableId,
    /// The issue; none for what belongs to the offers.
    pub(crate) issue: Option<IssueId>,
}

impl Names {
    pub(crate) fn get(&self, name: &str) -> Option<Entity> {
        self.global.get(name).map(|&(entity, _)| entity)
    }

    /// The option of this name among these symbols.
    pub(crate) fn option(&self, name: &str, among: Among) -> Option<SymbolId> {
        let symbol = *self.symbols.get(name)?;
        let fits = match among {
            Among::Variable(variable) => self.domain(variable).contains_key(&symbol),
            Among::Packages => self.packages.contains_key(&symbol),
            Among::Any => true,
        };
        fits.then_some(symbol)
    }

    /// What an option's name means beside these symbols.
    pub(crate) fn option_meaning(&self, symbol: SymbolId, among: Among) -> Meaning {
        if let Among::Variable(variable) = among
            && let Some(Part { issue, .. }) = self.parts.get(&variable)
            && let (Some(issue), Some(&at)) = (issue, self.domain(variable).get(&symbol))
        {
            return Meaning::IssueOption(*issue, super::declare::number(at));
        }
        if let Some(&package) = self.packages.get(&symbol) {
            return Meaning::Package(package);
        }
        if let Among::Variable(variable) = among
            && let Some(&at) = self.domain(variable).get(&symbol)
        {
            return Meaning::Option(variable, super::declare::number(at));
        }
        Meaning::Symbol(symbol)
    }

    /// Options of a variable; nothing for one with numbers.
    pub(crate) fn domain(&self, variable: VariableId) -> &HashMap<SymbolId, usize> {
        static NOTHING: std::sync::LazyLock<HashMap<SymbolId, usize>> =
            std::sync::LazyLock::new(HashMap::new);
        self.domains
            .get(variable.index())
            .and_then(Option::as_ref)
            .unwrap_or(&NOTHING)
    }

    /// Type of a variable.
    pub(crate) fn variable(&self, variable: VariableId) -> Type {
        match self.domains.get(variable.index()) {
            Some(Some(_)) => Type::Symbol(Among::Variable(variable)),
            _ => Type::Number,
        }
    }

    /// Whether every symbol of one sort is a package.
    pub(crate) fn all_packages(&self, among: Among) -> bool {
        match among {
            Among::Packages => true,
            Among::Variable(variable) => self
                .domain(variable)
                .keys()
                .all(|symbol| self.packages.contains_key(symbol)),
            Among::Any => false,
        }
    }

    /// Whether two sorts of symbols have one in common.
    pub(crate) fn overlap(&self, a: Among, b: Among) -> bool {
        match (a, b) {
            (Among::Variable(a), Among::Variable(b)) => {
                let (few, many) = (self.domain(a), self.domain(b));
                a == b || few.keys().any(|symbol| many.contains_key(symbol))
            }
            (Among::Variable(v), Among::Packages) | (Among::Packages, Among::Variable(v)) => self
                .domain(v)
                .keys()
                .any(|symbol| self.packages.contains_key(symbol)),
            _ => true,
        }
    }
}

/// More errors, and more warnings, than this are not kept: what is wrong so often has one cause.
const MOST: usize = 1000;

/// Diagnostics found so far. Their number, and the search for near names, are bounded, so that checking
/// stays linear in the text however much is wrong with it.
#[derive(Debug)]
pub(crate) struct Reports {
    pub(crate) list: Vec<Diagnostic>,
    pub(crate) errors: usize,
    warnings: usize,
    searches: usize,
    /// What the names of the text stand for.
    pub(crate) mentions: Mentions,
}

impl Reports {
    pub(crate) fn new() -> Self {
        Reports {
            list: Vec::new(),
            errors: 0,
            warnings: 0,
            searches: 100,
            mentions: Mentions::default(),
        }
    }

    pub(crate) fn push(&mut self, diagnostic: Diagnostic) {
        let count = match diagnostic.severity {
            Severity::Error => &mut self.errors,
            Severity::Warning => &mut self.warnings,
        };
        *count += 1;
        if *count <= MOST {
            self.list.push(diagnostic);
        }
    }

    /// [`crate::suggest::nearest`] while the budget lasts.
    pub(crate) fn nearest<'a>(
        &mut self,
        word: &str,
        candidates: impl IntoIterator<Item = &'a str>,
    ) -> Option<&'a str> {
        self.searches = self.searches.checked_sub(1)?;
        crate::suggest::nearest(word, candidates)
    }
}
