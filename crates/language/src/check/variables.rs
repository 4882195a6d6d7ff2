//! What is chosen or drawn: every name with all options of all statements that set it.

use super::declare::{First, number};
use super::names::Entity;
use super::{Checker, MOST_OPTIONS};
use crate::analysis::Meaning;
use crate::ast::{Block, Ident, Options, StatementKind, Text};
use crate::diagnostic::Diagnostic;
use crate::scenario::{self, ActorId, Domain, VariableId};
use crate::suggest::shorten;

impl<'a> Checker<'a> {
    /// Finds what is chosen or drawn, with all options of all statements, and the indices of `repeat`s.
    pub(super) fn settle_variables(&mut self) {
        if let Some(block) = self.pending.play {
            self.collect(block);
        }
        for block in self.pending.blocks.clone() {
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
                StatementKind::Bargain(bargain) => self.declare_bargain(bargain),
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
            Some(Entity::Variable(variable)) if self.settled_already(id, variable) => None,
            Some(Entity::Variable(variable)) => {
                self.reports.declares(id.span, Meaning::Variable(variable));
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
        match self.names.packages.get(&symbol) {
            Some(&package) => self.reports.mention(id.span, Meaning::Package(package)),
            None => self
                .reports
                .declares(id.span, Meaning::Option(variable, number(at))),
        }
        if let Some(label) = label
            && options[at].1.is_empty()
        {
            options[at].1.clone_from(&label.value);
        }
    }

    /// Options without label are shown by their package's label, or by their name.
    fn default_labels(&mut self) {
        for (i, variable) in (0..).zip(&mut self.scenario.variables) {
            let Domain::Symbols(options) = &mut variable.domain else {
                continue;
            };
            // What a bargain has settled is no package, whatever it is called.
            if self.names.parts.contains_key(&VariableId(i)) {
                for (symbol, label) in options.iter_mut().filter(|(_, label)| label.is_empty()) {
                    label.clone_from(&self.scenario.symbols[symbol.index()]);
                }
                continue;
            }
            for (symbol, label) in options.iter_mut().filter(|(_, label)| label.is_empty()) {
                *label = match self.names.packages.get(symbol) {
                    Some(package) => self.scenario.packages[package.index()].name.label.clone(),
                    None => self.scenario.symbols[symbol.index()].clone(),
                };
            }
        }
    }
}
