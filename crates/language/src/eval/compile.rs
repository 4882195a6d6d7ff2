//! Resolved expressions to [`Code`]: values of parameters filled in, formulas inlined, constants folded.

use std::collections::HashMap;

mod bargain;

use super::code::{Code, NoPath};
use super::{Settings, package_named};
use crate::diagnostic::Diagnostic;
use crate::scenario::{Builtin, Expr, ExprKind, FunctionId, Scenario, Side};
use crate::span::Span;

/// How many pieces one expression may have after its formulas have been inlined.
const LARGEST: usize = 100_000;
/// How many pieces may be looked at, those included that are folded into constants on the way.
const LONGEST: usize = 5_000_000;
/// How deep formulas may be nested in one another.
const DEEPEST: usize = 200;
/// How deep expressions may be nested in one another, formulas written out, so that no stack overflows.
const LOWEST: usize = 2_000;
/// How many numbers the range of a sum may have.
const MOST_TERMS: f64 = 50_000.0;

/// Compiles an expression of the play or of a query's inside.
///
/// # Errors
/// The expression is a query that belongs to the top (`p`, `mean`, `value`), or its formulas are nested in
/// one another so often that it grows beyond 100,000 pieces.
pub fn compile(
    scenario: &Scenario,
    settings: &Settings,
    expr: &Expr,
) -> Result<Code, Box<Diagnostic>> {
    let mut known = Known::Settings(settings);
    Compiler::new(scenario, &mut known).expression(expr, &[])
}

/// Compiles an expression whose [`ExprKind::Argument`]s have these values.
///
/// # Errors
/// As [`compile`].
pub fn compile_with(
    scenario: &Scenario,
    settings: &Settings,
    expr: &Expr,
    arguments: &[f64],
) -> Result<Code, Box<Diagnostic>> {
    let mut known = Known::Settings(settings);
    let arguments: Vec<Code> = arguments.iter().map(|&value| Code::Value(value)).collect();
    Compiler::new(scenario, &mut known).expression(expr, &arguments)
}

/// The value of parameter `i`, binding the parameters that it names first.
pub(super) fn parameter(
    scenario: &Scenario,
    values: &mut [Option<f64>],
    i: usize,
    depth: usize,
) -> Result<f64, Box<Diagnostic>> {
    if let Some(value) = values[i] {
        return Ok(value);
    }
    let declared = &scenario.parameters[i];
    if depth > DEEPEST {
        return Err(too_large(declared.span));
    }
    let mut known = Known::Binding(values);
    let code = Compiler {
        depth,
        ..Compiler::new(scenario, &mut known)
    }
    .expression(&declared.value, &[])?;
    let value = code
        .eval(&NoPath)
        .map_err(|fault| Box::new(fault.diagnostic()))?;
    if value.is_nan() {
        return Err(Box::new(Diagnostic::error(
            "E0507",
            format!("`{}` has no value", declared.id),
            declared.span,
        )));
    }
    values[i] = Some(value);
    Ok(value)
}

/// Where values of parameters come from: all bound, or still being bound.
enum Known<'a> {
    Settings(&'a Settings),
    Binding(&'a mut [Option<f64>]),
}

struct Compiler<'a, 'b> {
    scenario: &'a Scenario,
    known: &'b mut Known<'a>,
    pieces: usize,
    /// Pieces looked at so far.
    steps: usize,
    /// How many formulas are being written out inside one another.
    depth: usize,
    /// How many expressions are.
    level: usize,
    /// The numbers of the sums around, within the formula at hand.
    bound: Vec<f64>,
    /// Values of formulas with constant arguments that are known already.
    values: HashMap<(FunctionId, Vec<u64>), f64>,
}

impl<'a, 'b> Compiler<'a, 'b> {
    fn new(scenario: &'a Scenario, known: &'b mut Known<'a>) -> Self {
        Compiler {
            scenario,
            known,
            pieces: 0,
            steps: 0,
            depth: 0,
            level: 0,
            bound: Vec::new(),
            values: HashMap::new(),
        }
    }

    fn expression(&mut self, expr: &Expr, arguments: &[Code]) -> Result<Code, Box<Diagnostic>> {
        let before = self.pieces;
        self.pieces += 1;
        self.steps += 1;
        if self.pieces > LARGEST || self.steps > LONGEST {
            return Err(too_large(expr.span));
        }
        if self.depth > DEEPEST || self.level > LOWEST {
            return Err(too_deep(expr.span));
        }
        self.level += 1;
        let code = self.piece(expr, arguments);
        self.level -= 1;
        let code = code?;
        // What is folded into a constant is no larger than that.
        if is_value(&code) {
            self.pieces = before + 1;
        }
        Ok(code)
    }

    fn piece(&mut self, expr: &Expr, arguments: &[Code]) -> Result<Code, Box<Diagnostic>> {
        let code = match &expr.kind {
            ExprKind::Number(value) => Code::Value(*value),
            ExprKind::Truth(value) => Code::Value(super::code::truth(*value)),
            ExprKind::Symbol(symbol) => Code::Value(f64::from(symbol.0)),
            ExprKind::Param(parameter) => Code::Value(self.parameter(parameter.index())?),
            ExprKind::Let(formula) => {
                self.inline(&self.scenario.lets[formula.index()].body, &[])?
            }
            ExprKind::Call(formula, given) => {
                let given = self.all(given, arguments)?;
                let body = &self.scenario.functions[formula.index()].body;
                if let ExprKind::Table { sides, cells, .. } = &body.kind {
                    return self.table(given, sides, cells, expr.span);
                }
                return self.call(*formula, body, &given);
            }
            ExprKind::Bound(i) => Code::Value(self.bound.get(*i).copied().unwrap_or(f64::NAN)),
            ExprKind::Over(function, range, body) => {
                let numbered = matches!(function, Builtin::ArgMin | Builtin::ArgMax);
                let terms = self.terms(range, (body, numbered), arguments, expr.span)?;
                Code::Builtin(*function, terms, expr.span)
            }
            ExprKind::Argument(i) => self.argument(arguments, *i, expr.span)?,
            ExprKind::State(state) => Code::State(*state),
            ExprKind::Variable(variable) => Code::Variable(*variable),
            ExprKind::VariableAt(variable, round) => {
                Code::VariableAt(*variable, self.boxed(round, arguments)?)
            }
            ExprKind::StateAt(state, round) => Code::StateAt(*state, self.boxed(round, arguments)?),
            ExprKind::EndedIn(outcome) => Code::EndedIn(*outcome),
            ExprKind::Index(repeat) => Code::Index(*repeat),
            ExprKind::Payoff(actor) => Code::Payoff(*actor),
            ExprKind::Round(outcome) => Code::Round(*outcome),
            ExprKind::Ever(inner) => Code::Ever(self.boxed(inner, arguments)?),
            ExprKind::Negate(a) => Code::Negate(self.boxed(a, arguments)?),
            ExprKind::Not(a) => Code::Not(self.boxed(a, arguments)?),
            ExprKind::And(a, b) => Code::And(self.boxed(a, arguments)?, self.boxed(b, arguments)?),
            ExprKind::Or(a, b) => Code::Or(self.boxed(a, arguments)?, self.boxed(b, arguments)?),
            ExprKind::Compare(compare, a, b) => Code::Compare(
                *compare,
                self.boxed(a, arguments)?,
                self.boxed(b, arguments)?,
            ),
            ExprKind::Arithmetic(op, a, b) => Code::Arithmetic(
                *op,
                self.boxed(a, arguments)?,
                self.boxed(b, arguments)?,
                expr.span,
            ),
            ExprKind::In(a, members) => {
                Code::In(self.boxed(a, arguments)?, self.all(members, arguments)?)
            }
            ExprKind::If(condition, a, b) => return self.choice(condition, a, b, arguments),
            ExprKind::Builtin(function, given) => {
                Code::Builtin(*function, self.all(given, arguments)?, expr.span)
            }
            ExprKind::Table { keys, sides, cells } => {
                let keys = self.all(keys, arguments)?;
                return self.table(keys, sides, cells, expr.span);
            }
            ExprKind::Worth(actor, package)
                if let Some((bargain, round)) = self.bargain(package) =>
            {
                let round = match round {
                    Some(round) => Some(self.expression(round, arguments)?),
                    None => None,
                };
                return self.worth_of(*actor, bargain, round.as_ref());
            }
            ExprKind::Worth(actor, package) => {
                let package = self.boxed(package, arguments)?;
                Code::Table(package, self.worth_table(actor.index()))
            }
            ExprKind::Fallback(actor) => Code::Value(match self.known {
                Known::Settings(settings) => settings.fallback[actor.index()],
                Known::Binding(_) => f64::NAN,
            }),
            ExprKind::Probability(..) | ExprKind::Mean(..) | ExprKind::Value(..) => {
                return Err(Box::new(Diagnostic::error(
                    "E0301",
                    "a query over all paths cannot stand inside an expression of one path",
                    expr.span,
                )));
            }
        };
        Ok(folded(code))
    }

    fn boxed(&mut self, expr: &Expr, arguments: &[Code]) -> Result<Box<Code>, Box<Diagnostic>> {
        Ok(Box::new(self.expression(expr, arguments)?))
    }

    fn all(&mut self, exprs: &[Expr], arguments: &[Code]) -> Result<Vec<Code>, Box<Diagnostic>> {
        exprs
            .iter()
            .map(|expr| self.expression(expr, arguments))
            .collect()
    }

    /// A place of a table: of constant keys, only that place, so that others may be senseless.
    fn table(
        &mut self,
        keys: Vec<Code>,
        sides: &[Side],
        cells: &[Expr],
        span: Span,
    ) -> Result<Code, Box<Diagnostic>> {
        let place = keys.iter().zip(sides).try_fold(0, |place, (key, side)| {
            let found = super::code::position(&side.keys, key.as_value()?)?;
            Some(place * side.keys.len() + found)
        });
        if let Some(cell) = place.and_then(|place| cells.get(place)) {
            return self.inline(cell, &[]);
        }
        let around = std::mem::take(&mut self.bound);
        let cells = self.all(cells, &[])?;
        self.bound = around;
        let sides = sides.iter().map(|side| side.keys.clone()).collect();
        Ok(Code::Lookup(keys, sides, cells, span))
    }

    /// A `fn` with its arguments. Values for constant arguments are kept, so that a formula that calls itself
    /// several times takes as many steps as it has different arguments.
    fn call(
        &mut self,
        function: FunctionId,
        body: &Expr,
        given: &[Code],
    ) -> Result<Code, Box<Diagnostic>> {
        let bits = |code: &Code| code.as_value().map(f64::to_bits);
        let key = given.iter().map(bits).collect::<Option<Vec<u64>>>();
        let key = key.map(|arguments| (function, arguments));
        if let Some(&value) = key.as_ref().and_then(|key| self.values.get(key)) {
            return Ok(Code::Value(value));
        }
        let code = self.inline(body, given)?;
        if let (Some(key), Some(value)) = (key, code.as_value()) {
            self.values.insert(key, value);
        }
        Ok(code)
    }

    /// The body of a sum for every number of its range, behind that number where it is `numbered`.
    fn terms(
        &mut self,
        range: &[Expr; 3],
        (body, numbered): (&Expr, bool),
        arguments: &[Code],
        span: Span,
    ) -> Result<Vec<Code>, Box<Diagnostic>> {
        let mut ends = [0.0; 3];
        for (end, expr) in ends.iter_mut().zip(range) {
            let code = self.expression(expr, arguments)?;
            let value = code.as_value().filter(|value| !value.is_nan());
            *end = value.ok_or_else(|| range_varies(expr.span))?;
        }
        let [from, to, step] = ends;
        if step <= 0.0 {
            return Err(Box::new(
                Diagnostic::error("E0508", format!("a step of {step}"), range[2].span)
                    .label("must be above 0"),
            ));
        }
        let count = ((to - from) / step + 1e-9).floor() + 1.0;
        if count > MOST_TERMS {
            return Err(too_large(span));
        }
        let mut terms = Vec::new();
        let mut i = 0.0;
        while i < count {
            // As on grids, binary fractions add nothing to decimal steps: 3 × 0.1 is 0.3.
            let number = from + i * step;
            let tidied = (number * 1e12).round() / 1e12;
            let number = if tidied.is_finite() { tidied } else { number };
            if numbered {
                terms.push(Code::Value(number));
            }
            self.bound.push(number);
            let term = self.expression(body, arguments);
            self.bound.pop();
            terms.push(term?);
            i += 1.0;
        }
        Ok(terms)
    }

    /// The body of a `let` or `fn` with its arguments in place; it does not see the sums around.
    fn inline(&mut self, body: &Expr, arguments: &[Code]) -> Result<Code, Box<Diagnostic>> {
        let around = std::mem::take(&mut self.bound);
        self.depth += 1;
        let code = self.expression(body, arguments);
        self.depth -= 1;
        self.bound = around;
        code
    }

    /// An argument's code; copies count as pieces, since doubling formulas double them.
    fn argument(
        &mut self,
        arguments: &[Code],
        i: usize,
        span: Span,
    ) -> Result<Code, Box<Diagnostic>> {
        let code = arguments.get(i).cloned().unwrap_or(Code::Value(f64::NAN));
        let copied = size(&code);
        self.pieces += copied;
        // An argument of many pieces may be as deep.
        if self.pieces > LARGEST || copied > 2 * LOWEST {
            Err(too_large(span))
        } else {
            Ok(code)
        }
    }

    /// `if`: a constant condition leaves only its branch, so that the other may be senseless.
    fn choice(
        &mut self,
        condition: &Expr,
        a: &Expr,
        b: &Expr,
        arguments: &[Code],
    ) -> Result<Code, Box<Diagnostic>> {
        let condition = self.expression(condition, arguments)?;
        match condition.as_value() {
            Some(1.0) => self.expression(a, arguments),
            Some(_) => self.expression(b, arguments),
            None => Ok(Code::If(
                Box::new(condition),
                self.boxed(a, arguments)?,
                self.boxed(b, arguments)?,
            )),
        }
    }

    fn parameter(&mut self, i: usize) -> Result<f64, Box<Diagnostic>> {
        match self.known {
            Known::Settings(settings) => Ok(settings.parameters[i]),
            Known::Binding(values) => parameter(self.scenario, values, i, self.depth + 1),
        }
    }

    /// Symbol of each option that is named like a package, with the package's worth.
    fn worth_table(&self, actor: usize) -> Vec<(f64, f64)> {
        let Known::Settings(settings) = &*self.known else {
            return Vec::new();
        };
        let symbols = self.scenario.symbols.iter().enumerate();
        symbols
            .filter_map(|(symbol, name)| {
                let package = package_named(self.scenario, name)?;
                Some((symbol as f64, settings.worth[actor][package.index()]))
            })
            .collect()
    }
}

/// Replaces an operation on constants by its result, unless it is a fault: that one is told where it happens.
fn folded(code: Code) -> Code {
    let constant = match &code {
        Code::Negate(a) | Code::Not(a) => is_value(a),
        Code::And(a, b)
        | Code::Or(a, b)
        | Code::Compare(_, a, b)
        | Code::Arithmetic(_, a, b, _) => is_value(a) && is_value(b),
        Code::In(a, members) => is_value(a) && members.iter().all(is_value),
        Code::Builtin(_, arguments, _) => arguments.iter().all(is_value),
        Code::Table(key, _) => is_value(key),
        _ => false,
    };
    if constant && let Ok(value) = code.eval(&NoPath) {
        return Code::Value(value);
    }
    code
}

fn is_value(code: &Code) -> bool {
    code.as_value().is_some()
}

/// Number of pieces of a compiled expression.
fn size(code: &Code) -> usize {
    1 + match code {
        Code::VariableAt(_, a)
        | Code::StateAt(_, a)
        | Code::Ever(a)
        | Code::Negate(a)
        | Code::Not(a)
        | Code::Table(a, _) => size(a),
        Code::And(a, b)
        | Code::Or(a, b)
        | Code::Compare(_, a, b)
        | Code::Arithmetic(_, a, b, _) => size(a) + size(b),
        Code::Lookup(keys, _, cells, _) => keys.iter().chain(cells).map(size).sum(),
        Code::In(a, members) => size(a) + members.iter().map(size).sum::<usize>(),
        Code::If(c, a, b) => size(c) + size(a) + size(b),
        Code::Builtin(_, arguments, _) => arguments.iter().map(size).sum(),
        _ => 0,
    }
}

fn range_varies(span: Span) -> Box<Diagnostic> {
    Box::new(
        Diagnostic::error("E0306", "the range of a sum must be the same on every path", span)
            .label("depends on the path")
            .help("let it run over the longest range, and count a term only where it belongs: `if i <= n then … else 0`"),
    )
}

fn too_deep(span: Span) -> Box<Diagnostic> {
    Box::new(
        Diagnostic::error("E0604", "formulas are nested too deep here", span)
            .note(format!("there may be {DEEPEST} formulas inside one another"))
            .help("a `fn` that calls itself comes to an end by an `if` about numbers alone, not about choices, draws or states"),
    )
}

fn too_large(span: Span) -> Box<Diagnostic> {
    Box::new(
        Diagnostic::error("E0604", "this formula grows too large when it is written out", span)
            .note("formulas that use one another several times double with every step")
            .help("compute the repeated part once with `let`, of numbers only, or make the formula simpler"),
    )
}
