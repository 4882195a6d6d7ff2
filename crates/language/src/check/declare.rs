//! What is declared: every name gets its meaning and its place before any expression is looked at.

use super::formulas::{Formula, Of};
use super::names::{Entity, Signature, Summary, Type};
use super::{Checker, MOST_ACTORS, MOST_OPTIONS};
use crate::ast::{self, Block, Ident, Item, ItemKind, Options, StatementKind, Text};
use crate::diagnostic::Diagnostic;
use crate::scenario::{
    self, ActorId, Domain, Expr, ExprKind, FunctionId, IssueId, Kind, LetId, Named, OutcomeId,
    PackageId, ParamId, StateId, SymbolId, VariableId,
};
use crate::span::Span;
use crate::suggest::shorten;

/// Declarations whose insides wait until all names are known.
#[derive(Default)]
pub(super) struct Pending<'a> {
    pub(super) formulas: Vec<Formula<'a>>,
    pub(super) parameters: Vec<(ParamId, &'a ItemKind)>,
    pub(super) values: Vec<&'a Item>,
    pub(super) packages: Vec<(PackageId, &'a [(Ident, Ident)], Span)>,
    pub(super) happened: Vec<(&'a Ident, &'a Text, Option<&'a Text>)>,
    pub(super) questions: Vec<&'a Item>,
    pub(super) play: Option<&'a Block>,
    pub(super) title: Option<Span>,
    pub(super) as_of: Option<Span>,
    pub(super) play_at: Option<Span>,
    /// Per variable: how it was first chosen or drawn.
    pub(super) variables: Vec<First>,
}

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
                ItemKind::Param { .. } | ItemKind::Let { .. } | ItemKind::Function { .. } => {
                    self.declare_formula(item);
                }
                ItemKind::Issue { id, label, options } => {
                    self.declare_issue(id, label.as_ref(), options);
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
            ItemKind::Actor { id, label } => self.declare_actor(id, label.as_ref()),
            ItemKind::Outcome { id, label } => {
                let outcome = Entity::Outcome(OutcomeId(number(self.scenario.outcomes.len())));
                if self.enter(id, outcome) {
                    self.scenario.outcomes.push(named(id, label.as_ref()));
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
            ItemKind::Value { .. } => self.pending.values.push(item),
            ItemKind::Ask { .. } | ItemKind::Expect { .. } | ItemKind::BaseRate { .. } => {
                self.pending.questions.push(item);
            }
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
                        value: nothing(value.span),
                        range: None,
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
            _ => {}
        }
    }

    fn declare_function(&mut self, id: &'a Ident, arguments: &'a [Ident], body: &'a ast::Expr) {
        if super::call::builtin(&id.name).is_some() {
            self.reports.push(
                Diagnostic::error(
                    "E0202",
                    format!("`{}` is a function that every scenario has", id.name),
                    id.span,
                )
                .label("taken")
                .help("choose another name"),
            );
            return;
        }
        let mut seen = std::collections::HashMap::new();
        for argument in arguments {
            if let Some(first) = seen.insert(argument.name.as_str(), argument.span) {
                self.twice(argument, first, "this argument");
            }
        }
        let function = FunctionId(number(self.scenario.functions.len()));
        if self.enter(id, Entity::Function(function)) {
            self.scenario
                .functions
                .push(formula(id, None, arguments.len(), body.span));
            self.names.functions.push(Signature {
                arguments: vec![Type::Broken; arguments.len()],
                result: UNKNOWN,
            });
            self.wait(Of::Function(function), id, arguments, body);
        }
    }

    fn wait(&mut self, of: Of, id: &'a Ident, arguments: &'a [Ident], body: &'a ast::Expr) {
        self.pending.formulas.push(Formula {
            of,
            id,
            arguments,
            body,
        });
    }

    fn declare_actor(&mut self, id: &Ident, label: Option<&Text>) {
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
                None => kept.push(named(option, label.as_ref())),
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
    fn enter(&mut self, id: &Ident, entity: Entity) -> bool {
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
                true
            }
        }
    }

    fn twice(&mut self, id: &Ident, first: Span, what: &str) {
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

    /// Finds what is chosen or drawn, with all options of all statements, and the indices of `repeat`s.
    pub(super) fn settle_variables(&mut self) {
        if let Some(block) = self.pending.play {
            self.collect(block);
        }
        self.default_labels();
    }

    fn collect(&mut self, block: &'a Block) {
        for statement in &block.statements {
            match &statement.kind {
                StatementKind::Choose {
                    actor, id, options, ..
                } => {
                    let actor = match self.names.get(&actor.name) {
                        Some(Entity::Actor(actor)) => Some(actor),
                        // The play reports it; here any actor will do, so that it is told once.
                        _ => Some(ActorId(u32::MAX)),
                    };
                    self.declare_variable(id, actor, options);
                }
                StatementKind::Chance { id, options, .. } => {
                    self.declare_variable(id, None, options);
                }
                StatementKind::Together(block) => self.collect(block),
                StatementKind::Repeat { index, body, .. } => {
                    if let Some(index) = index
                        && self.names.get(&index.name) != Some(Entity::Index)
                    {
                        self.enter(index, Entity::Index);
                    }
                    self.collect(body);
                }
                StatementKind::If { arms, otherwise } => {
                    let blocks = arms.iter().map(|(_, block)| block);
                    for block in blocks.chain(otherwise) {
                        self.collect(block);
                    }
                }
                _ => {}
            }
        }
    }

    fn declare_variable(&mut self, id: &'a Ident, actor: Option<ActorId>, options: &'a Options) {
        let grid = matches!(options, Options::Grid { .. });
        let variable = match self.names.get(&id.name) {
            Some(Entity::Variable(variable)) => {
                self.same_variable(id, variable, actor, grid);
                Some(variable)
            }
            _ => {
                let variable = VariableId(number(self.scenario.variables.len()));
                self.enter(id, Entity::Variable(variable)).then(|| {
                    self.scenario.variables.push(scenario::Variable {
                        id: id.name.clone(),
                        actor: actor.filter(|&ActorId(a)| a != u32::MAX),
                        domain: if grid {
                            Domain::Numbers
                        } else {
                            Domain::Symbols(Vec::new())
                        },
                        span: id.span,
                    });
                    self.names.domains.push((!grid).then(Default::default));
                    self.pending.variables.push(First {
                        actor,
                        grid,
                        span: id.span,
                    });
                    variable
                })
            }
        };
        match options {
            Options::Grid { block, .. } => {
                if let Some(block) = block {
                    self.collect(block);
                }
            }
            Options::Listed(listed, _) => {
                for option in listed.iter().take(MOST_OPTIONS) {
                    if let Some(variable) = variable {
                        self.declare_option(variable, &option.id, option.label.as_ref());
                    }
                    if let Some(block) = &option.block {
                        self.collect(block);
                    }
                }
            }
        }
    }

    /// Checks that a name which is chosen or drawn again is so in the same way.
    fn same_variable(
        &mut self,
        id: &Ident,
        variable: VariableId,
        actor: Option<ActorId>,
        grid: bool,
    ) {
        let Some(first) = self.pending.variables.get(variable.index()) else {
            return;
        };
        let (was, span) = (first.actor, first.span);
        let short = shorten(&id.name);
        let known = [actor, was].iter().all(|a| *a != Some(ActorId(u32::MAX)));
        if known && actor != was {
            let who = |actor: Option<ActorId>| match actor
                .and_then(|a| self.scenario.actors.get(a.index()))
            {
                Some(actor) => format!("chosen by `{}` here", shorten(&actor.id)),
                None => "drawn by chance here".to_owned(),
            };
            let message = if actor.is_some() && was.is_some() {
                format!("`{short}` is chosen by two actors")
            } else {
                format!("`{short}` is both chosen and drawn")
            };
            self.reports.push(
                Diagnostic::error("E0210", message, id.span)
                    .label(who(actor))
                    .also(span, who(was))
                    .help("give each its own name"),
            );
        } else if first.grid != grid {
            let what = |grid| {
                if grid {
                    "numbers of a grid"
                } else {
                    "named options"
                }
            };
            let was_grid = first.grid;
            self.reports.push(
                Diagnostic::error(
                    "E0211",
                    format!(
                        "`{short}` has named options in one place and a grid of numbers in another"
                    ),
                    id.span,
                )
                .label(what(grid))
                .also(span, what(was_grid))
                .help("give each its own name"),
            );
        }
    }

    /// Adds an option to a variable's domain; of its labels the first one that is written wins.
    fn declare_option(&mut self, variable: VariableId, id: &Ident, label: Option<&Text>) {
        let symbol = self.symbol(&id.name);
        self.names.option_of.entry(symbol).or_insert(variable);
        let Some(Some(positions)) = self.names.domains.get_mut(variable.index()) else {
            return;
        };
        let Domain::Symbols(options) = &mut self.scenario.variables[variable.index()].domain else {
            return;
        };
        let at = *positions.entry(symbol).or_insert_with(|| {
            options.push((symbol, String::new()));
            options.len() - 1
        });
        if let Some(label) = label
            && options[at].1.is_empty()
        {
            options[at].1.clone_from(&label.value);
        }
    }

    /// Options without label are shown by their package's label, or by their name.
    fn default_labels(&mut self) {
        for variable in &mut self.scenario.variables {
            let Domain::Symbols(options) = &mut variable.domain else {
                continue;
            };
            for (symbol, label) in options.iter_mut().filter(|(_, label)| label.is_empty()) {
                *label = match self.names.packages.get(symbol) {
                    Some(package) => self.scenario.packages[package.index()].name.label.clone(),
                    None => self.scenario.symbols[symbol.index()].clone(),
                };
            }
        }
    }
}

fn formula(id: &Ident, label: Option<&Text>, arguments: usize, body: Span) -> scenario::Formula {
    scenario::Formula {
        id: id.name.clone(),
        label: named(id, label).label,
        arguments,
        body: nothing(body),
        kind: Kind::Number,
        span: id.span,
    }
}
