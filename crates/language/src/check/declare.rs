//! What is declared: every name gets its meaning and its place before any expression is looked at.

use super::formulas::{Body, Formula, Of};
use super::names::{Entity, Signature, Summary, Type};
use super::{Checker, MOST_ACTORS, MOST_OPTIONS};
use crate::analysis::Meaning;
use crate::ast::{self, Block, Ident, Item, ItemKind, Text};
use crate::diagnostic::Diagnostic;
use crate::scenario::{
    self, ActorId, Expr, ExprKind, FunctionId, IssueId, Kind, LetId, Named, OutcomeId, PackageId,
    ParamId, ScaleId, StakeholderId, StateId, SymbolId,
};
use crate::span::Span;
use crate::suggest::shorten;

/// Declarations whose insides wait until all names are known.
#[derive(Default)]
pub(super) struct Pending<'a> {
    pub(super) formulas: Vec<Formula<'a>>,
    pub(super) parameters: Vec<(ParamId, &'a ItemKind)>,
    pub(super) values: Vec<&'a Item>,
    pub(super) correlations: Vec<&'a Item>,
    pub(super) packages: Vec<Fixes<'a>>,
    pub(super) scales: Vec<(ScaleId, &'a ItemKind)>,
    pub(super) stakeholders: Vec<&'a ItemKind>,
    pub(super) lenses: Vec<&'a ItemKind>,
    pub(super) conflict: super::conflict::Pending<'a>,
    pub(super) happened: Vec<(&'a Ident, &'a Text, Option<&'a Text>)>,
    pub(super) questions: Vec<&'a Item>,
    pub(super) play: Option<&'a Block>,
    pub(super) blocks: Vec<&'a Block>,
    /// Per outcome: what it brings.
    pub(super) gains: Vec<&'a [(Ident, ast::Expr)]>,
    pub(super) title: Option<Span>,
    pub(super) as_of: Option<Span>,
    pub(super) play_at: Option<Span>,
    /// Per variable: how it was first chosen or drawn.
    pub(super) variables: Vec<First>,
}

/// A package with what it fixes and the place of its name.
pub(super) type Fixes<'a> = (PackageId, &'a [(Ident, Ident)], Span);

/// The first statement that chooses or draws a variable.
pub(super) struct First {
    pub(super) actor: Option<ActorId>,
    pub(super) grid: bool,
    pub(super) span: Span,
}

/// An index of a vector as a number of the scenario.
pub(super) fn number(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

/// What stands for an expression until it is resolved.
pub(super) fn nothing(span: Span) -> Expr {
    Expr {
        kind: ExprKind::Number(0.0),
        span,
    }
}

/// What stands for a formula until it is resolved, and for ever where that fails: no value.
fn unknown(span: Span) -> Expr {
    Expr {
        kind: ExprKind::Number(f64::NAN),
        span,
    }
}

/// A label as written; the name where there is none.
pub(super) fn named(id: &Ident, label: Option<&Text>) -> Named {
    Named {
        id: id.name.clone(),
        label: label.map_or_else(|| id.name.clone(), |label| label.value.clone()),
        span: id.span,
    }
}

const UNKNOWN: Summary = Summary {
    ty: Type::Broken,
    varies: false,
};

impl<'a> Checker<'a> {
    /// Enters what a file declares. Included files come first; of file 0 everything counts, of the others
    /// only what may be shared.
    pub(super) fn declare(&mut self, file: u16, tree: &'a ast::File) {
        for item in &tree.items {
            match &item.kind {
                ItemKind::Param { .. }
                | ItemKind::Let { .. }
                | ItemKind::Function { .. }
                | ItemKind::Table { .. } => self.declare_formula(item),
                ItemKind::Issue { id, label, options } => {
                    self.declare_issue(id, label.as_ref(), options);
                }
                ItemKind::Scale { id, label, .. } => {
                    let scale = ScaleId(number(self.scenario.scales.len()));
                    if self.enter(id, Entity::Scale(scale)) {
                        self.declare_scale(id, label.as_ref());
                        self.pending.scales.push((scale, &item.kind));
                    }
                }
                ItemKind::Package { id, label, choices } => {
                    self.declare_package(id, label.as_ref(), choices);
                }
                ItemKind::Use(_) | ItemKind::Error => {}
                _ if file == 0 => self.declare_own(item),
                _ => {}
            }
        }
    }

    fn declare_own(&mut self, item: &'a Item) {
        match &item.kind {
            ItemKind::Actor { id, label, style } => {
                self.declare_actor(id, label.as_ref(), style.as_ref());
            }
            ItemKind::Outcome { id, label, gains } => {
                let outcome = Entity::Outcome(OutcomeId(number(self.scenario.outcomes.len())));
                if self.enter(id, outcome) {
                    self.scenario.outcomes.push(named(id, label.as_ref()));
                    self.pending.gains.push(gains);
                }
            }
            ItemKind::State { id, label, value } => {
                let state = StateId(number(self.scenario.states.len()));
                if self.enter(id, Entity::State(state)) {
                    self.scenario
                        .states
                        .push(formula(id, label.as_ref(), 0, value.span));
                    self.names.states.push(Summary {
                        varies: true,
                        ..UNKNOWN
                    });
                    self.wait(Of::State(state), id, &[], value);
                }
            }
            ItemKind::Stakeholder { id, .. } => {
                let number = self.pending.stakeholders.len();
                let voice = Entity::Stakeholder(StakeholderId(self::number(number)));
                if self.enter(id, voice) {
                    self.pending.stakeholders.push(&item.kind);
                }
            }
            ItemKind::ConflictOption(_)
            | ItemKind::Situation(_)
            | ItemKind::Infeasible(_)
            | ItemKind::Prefers(_)
            | ItemKind::Perceives(_)
            | ItemKind::Stable(_) => self.declare_conflict(item),
            ItemKind::Value { .. } | ItemKind::Ratifier { .. } => self.pending.values.push(item),
            ItemKind::Correlation { .. } => self.pending.correlations.push(item),
            ItemKind::Lens { .. } => self.pending.lenses.push(&item.kind),
            ItemKind::Ask { .. } | ItemKind::Expect { .. } | ItemKind::BaseRate { .. } => {
                self.pending.questions.push(item);
            }
            ItemKind::Block { id, label, body } => self.declare_block(id, label.as_ref(), body),
            ItemKind::Play(block) => {
                let start = Span {
                    end: block.span.start.min(item.span.start + 4),
                    ..item.span
                };
                let first = *self.pending.play_at.get_or_insert(start);
                if self.once("`play`", first, start) {
                    self.pending.play = Some(block);
                    self.scenario.play_span = item.span;
                }
            }
            _ => self.head(item),
        }
    }

    fn declare_formula(&mut self, item: &'a Item) {
        match &item.kind {
            ItemKind::Param {
                id, value, source, ..
            } => {
                let parameter = ParamId(number(self.scenario.parameters.len()));
                if self.enter(id, Entity::Param(parameter)) {
                    self.scenario.parameters.push(scenario::Parameter {
                        id: id.name.clone(),
                        value: unknown(value.span),
                        range: None,
                        step: None,
                        distribution: None,
                        percent: false,
                        source: source.as_ref().map(|s| s.value.clone()).unwrap_or_default(),
                        span: id.span,
                    });
                    self.pending.parameters.push((parameter, &item.kind));
                    self.wait(Of::Param(parameter), id, &[], value);
                }
            }
            ItemKind::Let { id, value } => {
                let name = LetId(number(self.scenario.lets.len()));
                if self.enter(id, Entity::Let(name)) {
                    self.scenario.lets.push(formula(id, None, 0, value.span));
                    self.names.lets.push(UNKNOWN);
                    self.wait(Of::Let(name), id, &[], value);
                }
            }
            ItemKind::Function {
                id,
                arguments,
                body,
            } => self.declare_function(id, arguments, body),
            ItemKind::Table {
                id,
                label,
                by,
                cells,
            } => self.declare_table(id, label.as_ref(), by, cells),
            _ => {}
        }
    }

    /// Whether a function or table may be called so: not as those that every scenario has.
    pub(super) fn own_name(&mut self, id: &Ident) -> bool {
        let own = super::builtins::builtin(&id.name).is_none();
        if !own {
            self.reports.push(
                Diagnostic::error(
                    "E0202",
                    format!("`{}` is a function that every scenario has", id.name),
                    id.span,
                )
                .label("taken")
                .help("choose another name"),
            );
        }
        own
    }

    /// Makes room for a function or table.
    pub(super) fn enter_function(
        &mut self,
        id: &Ident,
        label: Option<&Text>,
        arguments: usize,
        entity: impl FnOnce(FunctionId) -> Entity,
    ) -> Option<FunctionId> {
        let function = FunctionId(number(self.scenario.functions.len()));
        self.enter(id, entity(function)).then(|| {
            let entry = formula(id, label, arguments, id.span);
            self.scenario.functions.push(entry);
            self.names.functions.push(Signature {
                arguments: vec![Type::Broken; arguments],
                result: UNKNOWN,
            });
            function
        })
    }

    fn declare_function(&mut self, id: &'a Ident, arguments: &'a [Ident], body: &'a ast::Expr) {
        if !self.own_name(id) {
            return;
        }
        let mut seen = std::collections::HashMap::new();
        for argument in arguments {
            if let Some(first) = seen.insert(argument.name.as_str(), argument.span) {
                self.twice(argument, first, "this argument");
            }
        }
        if let Some(function) = self.enter_function(id, None, arguments.len(), Entity::Function) {
            self.wait(Of::Function(function), id, arguments, body);
        }
    }

    fn wait(&mut self, of: Of, id: &'a Ident, arguments: &'a [Ident], body: &'a ast::Expr) {
        self.pending.formulas.push(Formula {
            of,
            id,
            arguments,
            body: Body::Formula(body),
        });
    }

    fn declare_actor(&mut self, id: &Ident, label: Option<&Text>, style: Option<&Ident>) {
        let count = self.scenario.actors.len();
        if count == MOST_ACTORS {
            self.reports.push(
                Diagnostic::error(
                    "E0603",
                    format!("a scenario may have at most {MOST_ACTORS} actors"),
                    id.span,
                )
                .label("one too many"),
            );
            return;
        }
        if self.enter(id, Entity::Actor(ActorId(number(count)))) {
            self.scenario.actors.push(named(id, label));
            self.names.valued.push(false);
            let style = style.and_then(|style| self.style(style));
            self.scenario.styles.push(style);
        }
    }

    fn declare_issue(
        &mut self,
        id: &Ident,
        label: Option<&Text>,
        options: &[(Ident, Option<Text>)],
    ) {
        let issue = IssueId(number(self.scenario.issues.len()));
        if !self.enter(id, Entity::Issue(issue)) {
            return;
        }
        self.count_options(options.len(), id.span);
        let mut seen = std::collections::HashMap::new();
        let mut kept = Vec::new();
        for (option, label) in options.iter().take(MOST_OPTIONS) {
            match seen.insert(option.name.as_str(), option.span) {
                Some(first) => self.option_twice(option, first),
                None => {
                    let meaning = Meaning::IssueOption(issue, number(kept.len()));
                    self.reports.declares(option.span, meaning);
                    kept.push(named(option, label.as_ref()));
                }
            }
        }
        self.scenario.issues.push(scenario::Issue {
            name: named(id, label),
            options: kept,
        });
    }

    fn declare_package(
        &mut self,
        id: &'a Ident,
        label: Option<&Text>,
        choices: &'a [(Ident, Ident)],
    ) {
        let package = PackageId(number(self.scenario.packages.len()));
        if !self.enter(id, Entity::Package(package)) {
            return;
        }
        self.scenario.packages.push(scenario::Package {
            name: named(id, label),
            choices: Vec::new(),
        });
        let symbol = self.symbol(&id.name);
        self.names.packages.insert(symbol, package);
        self.pending.packages.push((package, choices, id.span));
    }

    /// Gives a name its meaning; reports it where it has one already.
    pub(super) fn enter(&mut self, id: &Ident, entity: Entity) -> bool {
        // A name that could not be read is reported already.
        if id.name.is_empty() {
            return false;
        }
        if id.name == "outcome" {
            self.reports.push(
                Diagnostic::error(
                    "E0202",
                    "`outcome` is how the play ended, in queries",
                    id.span,
                )
                .label("taken")
                .help("choose another name"),
            );
            return false;
        }
        match self.names.global.get(&id.name) {
            Some(&(_, first)) => {
                self.twice(id, first, "this name");
                false
            }
            None => {
                self.names.global.insert(id.name.clone(), (entity, id.span));
                if let Some(meaning) = entity.meaning() {
                    self.reports.declares(id.span, meaning);
                }
                true
            }
        }
    }

    pub(super) fn twice(&mut self, id: &Ident, first: Span, what: &str) {
        self.reports.push(
            Diagnostic::error(
                "E0201",
                format!("`{}` is declared twice", shorten(&id.name)),
                id.span,
            )
            .label(format!("{what} is taken already"))
            .also(first, "first declared here")
            .help("choose another name for one of them"),
        );
    }

    pub(super) fn option_twice(&mut self, option: &Ident, first: Span) {
        self.reports.push(
            Diagnostic::error(
                "E0217",
                format!("option `{}` is listed twice", shorten(&option.name)),
                option.span,
            )
            .label("listed again")
            .also(first, "first listed here"),
        );
    }

    pub(super) fn count_options(&mut self, count: usize, span: Span) {
        if count > MOST_OPTIONS {
            self.reports.push(
                Diagnostic::error(
                    "E0603",
                    format!("{count} options are too many: there may be at most {MOST_OPTIONS}"),
                    span,
                )
                .label("too many options"),
            );
        }
    }

    /// Whether this is the first of something that stands only once; reports it otherwise.
    pub(super) fn once(&mut self, what: &str, first: Span, here: Span) -> bool {
        if first != here {
            self.reports.push(
                Diagnostic::error("E0216", format!("{what} stands twice"), here)
                    .label("once more")
                    .also(first, "first here"),
            );
        }
        first == here
    }

    pub(super) fn symbol(&mut self, name: &str) -> SymbolId {
        if let Some(&symbol) = self.names.symbols.get(name) {
            return symbol;
        }
        let symbol = SymbolId(number(self.scenario.symbols.len()));
        self.scenario.symbols.push(name.to_owned());
        self.names.symbols.insert(name.to_owned(), symbol);
        symbol
    }
}

fn formula(id: &Ident, label: Option<&Text>, arguments: usize, body: Span) -> scenario::Formula {
    scenario::Formula {
        id: id.name.clone(),
        label: named(id, label).label,
        arguments,
        body: unknown(body),
        kind: Kind::Number,
        span: id.span,
    }
}
