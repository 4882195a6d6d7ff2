//! The play as a flat program: blocks become stretches of operations, control flow becomes jumps.

mod bargain;

pub use bargain::{Opens, Settle};

use detente_language::diagnostic::Diagnostic;
use detente_language::eval::{self, Code, Settings};
use detente_language::scenario::{Domain, Expr, OptionItem, Options, Scenario, Step};
use detente_language::span::Span;

/// Most actors that a scenario may have.
pub const MOST_ACTORS: usize = 60;
/// Most options that a decision or draw may have.
pub const MOST_OPTIONS: usize = 10_000;
/// Most rounds of a `repeat`.
const MOST_ROUNDS: f64 = 60_000.0;

/// A compiled play.
#[derive(Clone, Debug, PartialEq)]
pub struct Program {
    /// Operations: the play, which ends in [`Op::Fall`], then the blocks.
    pub ops: Vec<Op>,
    /// Decisions and draws, one per [`PointId`](detente_language::scenario::PointId), in that order.
    pub branches: Vec<Branch>,
    /// Rounds of each `repeat`.
    pub rounds: Vec<u32>,
    /// First value of each state.
    pub states: Vec<f64>,
    /// Where each block begins; it ends in an [`Op::Return`].
    pub blocks: Vec<usize>,
    /// For each variable, whether it is set beside others: [`Choice::also`].
    pub beside: Vec<bool>,
}

/// One operation.
#[derive(Clone, Debug, PartialEq)]
pub enum Op {
    /// Choose or draw; the index is into [`Program::branches`].
    Branch(usize),
    /// From here on choices are seen only later.
    Together,
    /// Now they are seen.
    Reveal,
    /// A variable becomes known to the actors of the mask `to`; `id` tells this statement from others.
    #[allow(missing_docs)]
    Show { variable: usize, to: u64, id: u64 },
    /// Jump if the condition does not hold.
    Unless(Code, usize),
    /// Jump.
    Jump(usize),
    /// Enter a `repeat`, or skip it if it has no rounds.
    #[allow(missing_docs)]
    Enter { repeat: usize, exit: usize },
    /// Next round of a `repeat`, or leave it.
    #[allow(missing_docs)]
    Next { repeat: usize, start: usize },
    /// An actor gains.
    Gain(usize, Code, Span),
    /// A state changes.
    Set(usize, Code, Span),
    /// A block is played.
    Do(usize),
    /// The play goes on behind the `do` that came here.
    Return,
    /// The play ends.
    End(u16),
    /// The play falls off its end.
    Fall,
}

/// A decision or a draw.
#[derive(Clone, Debug, PartialEq)]
pub struct Branch {
    /// Whose decision; none for a draw.
    pub actor: Option<usize>,
    /// Whose decision a draw stands for, with behaviour that is assumed.
    pub assumed: Option<usize>,
    /// The variable that it sets.
    pub variable: usize,
    /// The actors that see it, as a mask; the chooser is among them.
    pub seen: u64,
    /// What can be chosen or drawn.
    pub options: Vec<Choice>,
    /// Whether it is drawn in proportion to weights.
    pub weighted: bool,
    /// Whether the options are numbers of a grid.
    pub grid: bool,
    /// Whether reports print the numbers as percentages.
    pub percent: bool,
    /// Which options are open.
    pub opens: Opens,
    /// Its place.
    pub span: Span,
}

/// An option.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// The value that the variable gets.
    pub value: f64,
    /// The words for it.
    pub label: String,
    /// When it is open.
    pub guard: Option<Code>,
    /// Its probability or weight; none where all open ones are equally likely, and in decisions.
    pub probability: Option<Code>,
    /// Where the play goes on.
    pub target: usize,
    /// Other variables that it sets, with their values.
    pub also: Vec<(usize, f64)>,
    /// The words for it in a bargain: in short, and where they stand alone.
    pub words: Option<(String, String)>,
    /// Its place.
    pub span: Span,
}

impl Branch {
    /// Who decides, by its own interest or as assumed; none for a plain draw.
    #[must_use]
    pub fn chooser(&self) -> Option<usize> {
        self.actor.or(self.assumed)
    }
}

impl Program {
    /// Compiles the play of a scenario under its settings.
    ///
    /// # Errors
    /// Constants that have no sensible value (rounds, grids), or a scenario beyond the limits.
    pub fn new(scenario: &Scenario, settings: &Settings) -> Result<Program, Box<Diagnostic>> {
        if scenario.actors.len() > MOST_ACTORS {
            return Err(Box::new(Diagnostic::error(
                "E0603",
                format!(
                    "{} actors are more than the {MOST_ACTORS} that a scenario may have",
                    scenario.actors.len()
                ),
                scenario.actors[MOST_ACTORS].span,
            )));
        }
        let mut compiler = Compiler {
            scenario,
            settings,
            ops: Vec::new(),
            branches: Vec::new(),
            rounds: Vec::new(),
            shows: 0,
        };
        compiler.rounds = scenario
            .repeats
            .iter()
            .map(|repeat| rounds(scenario, settings, &repeat.count))
            .collect::<Result<_, _>>()?;
        compiler.branches.resize(scenario.points.len(), None);
        compiler.block(&scenario.play)?;
        compiler.ops.push(Op::Fall);
        let mut blocks = Vec::with_capacity(scenario.blocks.len());
        for block in &scenario.blocks {
            blocks.push(compiler.ops.len());
            compiler.block(&block.steps)?;
            compiler.ops.push(Op::Return);
        }
        let states = scenario
            .states
            .iter()
            .map(|state| eval::constant(scenario, settings, &state.body))
            .collect::<Result<_, _>>()?;
        Ok(Program {
            ops: compiler.ops,
            branches: compiler.branches.into_iter().flatten().collect(),
            rounds: compiler.rounds,
            states,
            blocks,
            beside: beside(scenario),
        })
    }
}

/// For each variable, whether it is set beside another: what bargains settle.
fn beside(scenario: &Scenario) -> Vec<bool> {
    let mut beside = vec![false; scenario.variables.len()];
    for bargain in &scenario.bargains {
        let offers = bargain.offers();
        let own = offers.iter().flat_map(|o| [o.round, bargain.variable]);
        for variable in bargain.settled.iter().copied().chain(own) {
            beside[variable.index()] = true;
        }
    }
    beside
}

/// A whole number of rounds.
fn rounds(scenario: &Scenario, settings: &Settings, count: &Expr) -> Result<u32, Box<Diagnostic>> {
    let value = eval::constant(scenario, settings, count)?;
    if !(0.0..=MOST_ROUNDS).contains(&value) || value.fract() != 0.0 {
        return Err(Box::new(
            Diagnostic::error(
                "E0403",
                format!("`repeat` cannot run {value} rounds"),
                count.span,
            )
            .help(format!("write a whole number from 0 to {MOST_ROUNDS}")),
        ));
    }
    Ok(value as u32)
}

struct Compiler<'a> {
    scenario: &'a Scenario,
    settings: &'a Settings,
    ops: Vec<Op>,
    branches: Vec<Option<Branch>>,
    /// Rounds of each `repeat`.
    rounds: Vec<u32>,
    shows: u64,
}

impl Compiler<'_> {
    fn code(&self, expr: &Expr) -> Result<Code, Box<Diagnostic>> {
        eval::compile(self.scenario, self.settings, expr)
    }

    fn block(&mut self, steps: &[Step]) -> Result<(), Box<Diagnostic>> {
        steps.iter().try_for_each(|step| self.step(step))
    }

    fn step(&mut self, step: &Step) -> Result<(), Box<Diagnostic>> {
        match step {
            Step::Choose {
                point,
                actor,
                variable,
                seen_by,
                options,
            } => {
                let place = (point.index(), Some(actor.index()), None, variable.index());
                self.branch(place, mask(seen_by) | 1 << actor.index(), options)?;
            }
            Step::Chance {
                point,
                by,
                variable,
                seen_by,
                options,
            } => {
                let by = by.map(|actor| actor.index());
                let seen = by.map_or(0, |actor| 1 << actor) | mask(seen_by);
                let place = (point.index(), None, by, variable.index());
                self.branch(place, seen, options)?;
            }
            Step::Together(steps) => {
                self.ops.push(Op::Together);
                self.block(steps)?;
                self.ops.push(Op::Reveal);
            }
            Step::Bargain { bargain, seen_by } => {
                let scenario = self.scenario;
                self.bargain(&scenario.bargains[bargain.index()], mask(seen_by))?;
            }
            Step::Show { variable, to, .. } => {
                // Of a bargain, what was settled is shown with it.
                let bargain = self.scenario.bargain_of(*variable);
                let settled = bargain.map_or(&[][..], |bargain| &bargain.settled);
                for variable in std::iter::once(variable).chain(settled) {
                    self.shows += 1;
                    self.ops.push(Op::Show {
                        variable: variable.index(),
                        to: mask(to),
                        id: self.shows,
                    });
                }
            }
            Step::If(arms, otherwise) => self.conditional(arms, otherwise)?,
            Step::Repeat(repeat, steps) => self.repeat(repeat.index(), steps)?,
            Step::Gain(gains) => {
                for (actor, expr) in gains {
                    let code = self.code(expr)?;
                    self.ops.push(Op::Gain(actor.index(), code, expr.span));
                }
            }
            Step::Set(state, expr) => {
                let code = self.code(expr)?;
                self.ops.push(Op::Set(state.index(), code, expr.span));
            }
            Step::Do(block, _) => self.ops.push(Op::Do(block.index())),
            Step::End(outcome, _) => {
                self.ops
                    .push(Op::End(u16::try_from(outcome.0).unwrap_or(u16::MAX)));
            }
        }
        Ok(())
    }

    fn conditional(
        &mut self,
        arms: &[(Expr, Vec<Step>)],
        otherwise: &[Step],
    ) -> Result<(), Box<Diagnostic>> {
        let mut leaves = Vec::with_capacity(arms.len());
        for (condition, steps) in arms {
            let code = self.code(condition)?;
            let test = self.ops.len();
            self.ops.push(Op::Unless(code, 0));
            self.block(steps)?;
            leaves.push(self.ops.len());
            self.ops.push(Op::Jump(0));
            let next = self.ops.len();
            if let Op::Unless(_, target) = &mut self.ops[test] {
                *target = next;
            }
        }
        self.block(otherwise)?;
        let end = self.ops.len();
        for leave in leaves {
            self.ops[leave] = Op::Jump(end);
        }
        Ok(())
    }

    fn repeat(&mut self, repeat: usize, steps: &[Step]) -> Result<(), Box<Diagnostic>> {
        let enter = self.ops.len();
        self.ops.push(Op::Enter { repeat, exit: 0 });
        self.block(steps)?;
        self.ops.push(Op::Next {
            repeat,
            start: enter + 1,
        });
        self.ops[enter] = Op::Enter {
            repeat,
            exit: self.ops.len(),
        };
        Ok(())
    }

    /// A decision or draw: the blocks of its options follow it, each jumping behind the last.
    fn branch(
        &mut self,
        (point, actor, assumed, variable): (usize, Option<usize>, Option<usize>, usize),
        seen: u64,
        options: &Options,
    ) -> Result<(), Box<Diagnostic>> {
        self.ops.push(Op::Branch(point));
        let declared = &self.scenario.points[point];
        let span = declared.span;
        let (choices, percent) = match options {
            Options::Listed(items) => (self.listed(variable, items)?, false),
            Options::Grid { percent, .. } => (self.grid(options, span)?, *percent),
        };
        if choices.is_empty() || choices.len() > MOST_OPTIONS {
            return Err(Box::new(Diagnostic::error(
                if choices.is_empty() { "E0508" } else { "E0603" },
                format!(
                    "{} options; there may be from 1 to {MOST_OPTIONS}",
                    choices.len()
                ),
                span,
            )));
        }
        let grid = matches!(options, Options::Grid { .. });
        let weighted = match options {
            Options::Listed(items) => items.iter().any(|item| item.weighted),
            Options::Grid { weight, .. } => weight.is_some(),
        };
        self.branches[point] = Some(Branch {
            actor,
            assumed,
            variable,
            seen,
            options: choices,
            weighted,
            grid,
            percent,
            opens: Opens::Guards,
            span,
        });
        Ok(())
    }

    fn listed(
        &mut self,
        variable: usize,
        items: &[OptionItem],
    ) -> Result<Vec<Choice>, Box<Diagnostic>> {
        let mut choices = Vec::with_capacity(items.len());
        let mut leaves = Vec::with_capacity(items.len());
        for item in items {
            let guard = item
                .guard
                .as_ref()
                .map(|guard| self.code(guard))
                .transpose()?;
            let probability = item
                .probability
                .as_ref()
                .map(|p| self.code(p))
                .transpose()?;
            let target = self.ops.len();
            self.block(&item.block)?;
            leaves.push(self.ops.len());
            self.ops.push(Op::Jump(0));
            let label = self.option_label(variable, item);
            let value = f64::from(item.symbol.0);
            choices.push(Choice {
                value,
                label,
                guard,
                probability,
                target,
                also: Vec::new(),
                words: None,
                span: item.span,
            });
        }
        let end = self.ops.len();
        for leave in leaves {
            self.ops[leave] = Op::Jump(end);
        }
        Ok(choices)
    }

    /// The option's label at this statement, else the one its variable has for it elsewhere.
    fn option_label(&self, variable: usize, item: &OptionItem) -> String {
        let id = &self.scenario.symbols[item.symbol.index()];
        if item.label != *id && !item.label.is_empty() {
            return item.label.clone();
        }
        match &self.scenario.variables[variable].domain {
            Domain::Symbols(known) => known
                .iter()
                .find(|(symbol, _)| *symbol == item.symbol)
                .map_or_else(|| id.clone(), |(_, label)| label.clone()),
            Domain::Numbers => id.clone(),
        }
    }

    fn grid(&mut self, options: &Options, span: Span) -> Result<Vec<Choice>, Box<Diagnostic>> {
        let Options::Grid {
            from,
            to,
            step,
            weight,
            guard,
            block,
            percent,
        } = options
        else {
            return Ok(Vec::new());
        };
        let constant = |expr: &Expr| eval::constant(self.scenario, self.settings, expr);
        let values = grid_values(constant(from)?, constant(to)?, constant(step)?, step.span)?;
        let guard = guard.as_ref().map(|guard| self.code(guard)).transpose()?;
        let weight_span = weight.as_ref().map(|w| w.span);
        let weight = weight.as_ref().map(|w| self.code(w)).transpose()?;
        let target = self.ops.len();
        self.block(block)?;
        Ok(values
            .into_iter()
            .map(|value| Choice {
                value,
                label: if *percent {
                    format!("{} %", tidy(value * 100.0))
                } else {
                    value.to_string()
                },
                guard: guard.clone(),
                probability: weight.clone(),
                target,
                also: Vec::new(),
                words: None,
                span: weight_span.unwrap_or(span),
            })
            .collect())
    }
}

/// The numbers of a grid, its last one included if it lies on it.
fn grid_values(from: f64, to: f64, step: f64, span: Span) -> Result<Vec<f64>, Box<Diagnostic>> {
    if step <= 0.0 || to < from {
        return Err(Box::new(
            Diagnostic::error(
                "E0508",
                format!("no number lies between {from} and {to} in steps of {step}"),
                span,
            )
            .help("the step must be above 0 and the first number not above the last"),
        ));
    }
    let count = ((to - from) / step + 1e-9).floor() + 1.0;
    if count > MOST_OPTIONS as f64 {
        return Err(Box::new(
            Diagnostic::error(
                "E0508",
                format!("a grid of {count} numbers is too fine"),
                span,
            )
            .help(format!(
                "there may be at most {MOST_OPTIONS}; choose a larger step"
            )),
        ));
    }
    Ok((0..count as usize)
        .map(|i| tidy(from + i as f64 * step))
        .collect())
}

/// Rounds off what binary fractions add to decimal steps, so that 3 × 0.1 is 0.3.
fn tidy(value: f64) -> f64 {
    let tidied = (value * 1e12).round() / 1e12;
    if tidied.is_finite() { tidied } else { value }
}

fn mask(actors: &[bool]) -> u64 {
    actors
        .iter()
        .enumerate()
        .filter(|(_, sees)| **sees)
        .fold(0, |mask, (i, _)| mask | 1 << i)
}
