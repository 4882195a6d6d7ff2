//! Compiled expressions and their evaluation.

use crate::ast::Compare;
use crate::diagnostic::Diagnostic;
use crate::scenario::{ActorId, Arithmetic, Builtin, OutcomeId, RepeatId, StateId, VariableId};
use crate::span::Span;

/// An expression with its parameters filled in, its formulas inlined and its constants folded.
#[derive(Clone, Debug, PartialEq)]
pub enum Code {
    /// A value.
    Value(f64),
    /// A variable's latest value.
    Variable(VariableId),
    /// A variable's latest value in a round.
    VariableAt(VariableId, Box<Code>),
    /// A state's present value.
    State(StateId),
    /// A state's value at the end of a round.
    StateAt(StateId, Box<Code>),
    /// Index of a `repeat`, from 1.
    Index(RepeatId),
    /// What an actor has gained so far.
    Payoff(ActorId),
    /// Whether the path ended so.
    EndedIn(OutcomeId),
    /// The round in which the path ended so; in which it ended, where no outcome is named.
    Round(Option<OutcomeId>),
    /// Whether this held at any time of the path.
    Ever(Box<Code>),
    /// `-e`
    Negate(Box<Code>),
    /// `not e`
    Not(Box<Code>),
    /// `a and b`
    And(Box<Code>, Box<Code>),
    /// `a or b`
    Or(Box<Code>, Box<Code>),
    /// A comparison.
    Compare(Compare, Box<Code>, Box<Code>),
    /// Arithmetic; the place is named if it has no finite result.
    Arithmetic(Arithmetic, Box<Code>, Box<Code>, Span),
    /// Whether the first is one of the others.
    In(Box<Code>, Vec<Code>),
    /// `if c then a else b`
    If(Box<Code>, Box<Code>, Box<Code>),
    /// A built-in function; the place is named if it has no finite result.
    Builtin(Builtin, Vec<Code>, Span),
    /// The place of a table by these keys, with what stands on its sides and its places row by row; the place
    /// is named if a key is not among those of its side.
    Lookup(Vec<Code>, Vec<Vec<f64>>, Vec<Code>, Span),
    /// The value that belongs to a key; no value where the key is not in the table.
    Table(Box<Code>, Vec<(f64, f64)>),
}

/// Why an expression has no result.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Fault {
    /// A division by zero.
    DivisionByZero(Span),
    /// A result beyond all numbers, or the logarithm or root of a number that has none.
    NotFinite(Span),
    /// A table is asked for a place that it does not have.
    NoPlace(Span),
}

impl Fault {
    /// The fault as a diagnostic without a path.
    #[must_use]
    pub fn diagnostic(self) -> Diagnostic {
        match self {
            Fault::DivisionByZero(span) => {
                Diagnostic::error("E0503", "division by zero", span).label("the divisor is 0 here")
            }
            Fault::NotFinite(span) => Diagnostic::error("E0503", "this has no finite value", span)
                .label("too large, or the logarithm, root or power of a number that has none"),
            Fault::NoPlace(span) => Diagnostic::error("E0511", "the table has no such place", span)
                .label("no row or column for what is asked here")
                .help(
                    "add the row or column, or ask only where there is one: `if … then … else …`",
                ),
        }
    }
}

/// What an expression may look at: the point of a path where it is evaluated.
pub trait Env {
    /// A variable's latest value; NaN if it has none.
    fn variable(&self, variable: VariableId) -> f64;
    /// A state's present value.
    fn state(&self, state: StateId) -> f64;
    /// Index of an enclosing `repeat`, from 1.
    fn index(&self, repeat: RepeatId) -> f64;
    /// What an actor has gained so far.
    fn payoff(&self, actor: ActorId) -> f64;
    /// A variable's latest value in a round; NaN if it has none.
    fn variable_at(&self, _variable: VariableId, _round: f64) -> f64 {
        f64::NAN
    }
    /// A state's value at the end of a round; NaN if the path did not come so far.
    fn state_at(&self, _state: StateId, _round: f64) -> f64 {
        f64::NAN
    }
    /// Whether the path ended so.
    fn ended_in(&self, _outcome: OutcomeId) -> bool {
        false
    }
    /// The round in which the path ended.
    fn round(&self) -> f64 {
        f64::NAN
    }
    /// Whether an expression held at any time of the path.
    ///
    /// # Errors
    /// Those of the expression.
    fn ever(&self, _code: &Code) -> Result<bool, Fault> {
        Ok(false)
    }
}

/// The environment of constants: nothing of a path has a value.
pub struct NoPath;

impl Env for NoPath {
    fn variable(&self, _: VariableId) -> f64 {
        f64::NAN
    }
    fn state(&self, _: StateId) -> f64 {
        f64::NAN
    }
    fn index(&self, _: RepeatId) -> f64 {
        f64::NAN
    }
    fn payoff(&self, _: ActorId) -> f64 {
        f64::NAN
    }
}

impl Code {
    /// The value at a point of a path; NaN for no value.
    ///
    /// # Errors
    /// Arithmetic between values that has no finite result.
    pub fn eval(&self, env: &impl Env) -> Result<f64, Fault> {
        Ok(match self {
            Code::Value(value) => *value,
            Code::Variable(variable) => env.variable(*variable),
            Code::VariableAt(variable, round) => env.variable_at(*variable, round.eval(env)?),
            Code::State(state) => env.state(*state),
            Code::StateAt(state, round) => env.state_at(*state, round.eval(env)?),
            Code::Index(repeat) => env.index(*repeat),
            Code::Payoff(actor) => env.payoff(*actor),
            Code::EndedIn(outcome) => truth(env.ended_in(*outcome)),
            Code::Round(Some(outcome)) if !env.ended_in(*outcome) => f64::NAN,
            Code::Round(_) => env.round(),
            Code::Ever(code) => truth(env.ever(code)?),
            Code::Negate(a) => -a.eval(env)?,
            Code::Not(a) => truth(!a.holds(env)?),
            Code::And(a, b) => truth(a.holds(env)? && b.holds(env)?),
            Code::Or(a, b) => truth(a.holds(env)? || b.holds(env)?),
            Code::Compare(compare, a, b) => truth(holds(*compare, a.eval(env)?, b.eval(env)?)),
            Code::Arithmetic(op, a, b, span) => arithmetic(*op, a.eval(env)?, b.eval(env)?, *span)?,
            Code::In(a, members) => {
                let value = a.eval(env)?;
                let mut found = false;
                for member in members {
                    found = found || member.eval(env)? == value;
                }
                truth(found)
            }
            Code::If(condition, a, b) => {
                if condition.holds(env)? {
                    a.eval(env)?
                } else {
                    b.eval(env)?
                }
            }
            Code::Builtin(function, arguments, span) => builtin(*function, arguments, *span, env)?,
            Code::Lookup(keys, sides, cells, span) => {
                let mut place = 0;
                for (key, side) in keys.iter().zip(sides) {
                    let key = key.eval(env)?;
                    if key.is_nan() {
                        return Ok(f64::NAN);
                    }
                    let found = position(side, key).ok_or(Fault::NoPlace(*span))?;
                    place = place * side.len() + found;
                }
                match cells.get(place) {
                    Some(cell) => cell.eval(env)?,
                    None => return Err(Fault::NoPlace(*span)),
                }
            }
            Code::Table(key, rows) => {
                let key = key.eval(env)?;
                rows.iter()
                    .find(|row| row.0 == key)
                    .map_or(f64::NAN, |row| row.1)
            }
        })
    }

    /// Whether a truth holds; no value does not hold.
    ///
    /// # Errors
    /// As [`Code::eval`].
    pub fn holds(&self, env: &impl Env) -> Result<bool, Fault> {
        Ok(self.eval(env)? == 1.0)
    }

    /// Whether it looks at what an actor has gained, anywhere in it.
    #[must_use]
    pub fn reads_payoffs(&self) -> bool {
        let any = |codes: &[Code]| codes.iter().any(Code::reads_payoffs);
        match self {
            Code::Payoff(_) => true,
            Code::Value(_)
            | Code::Variable(_)
            | Code::State(_)
            | Code::Index(_)
            | Code::EndedIn(_)
            | Code::Round(_) => false,
            Code::VariableAt(_, a)
            | Code::StateAt(_, a)
            | Code::Ever(a)
            | Code::Negate(a)
            | Code::Not(a)
            | Code::Table(a, _) => a.reads_payoffs(),
            Code::And(a, b)
            | Code::Or(a, b)
            | Code::Compare(_, a, b)
            | Code::Arithmetic(_, a, b, _) => a.reads_payoffs() || b.reads_payoffs(),
            Code::If(a, b, c) => a.reads_payoffs() || b.reads_payoffs() || c.reads_payoffs(),
            Code::In(a, others) => a.reads_payoffs() || any(others),
            Code::Builtin(_, arguments, _) => any(arguments),
            Code::Lookup(keys, _, cells, _) => any(keys) || any(cells),
        }
    }

    /// The value, if it does not depend on the path.
    #[must_use]
    pub fn as_value(&self) -> Option<f64> {
        match self {
            Code::Value(value) => Some(*value),
            _ => None,
        }
    }
}

/// Where a key stands on the side of a table; rounding of decimal steps does not count.
pub(super) fn position(side: &[f64], key: f64) -> Option<usize> {
    let near = |k: &f64| (k - key).abs() <= 1e-9 * k.abs().max(1.0);
    side.iter().position(near)
}

/// 1 for true, 0 for false.
pub(super) fn truth(value: bool) -> f64 {
    f64::from(u8::from(value))
}

/// A comparison; false where a side has no value, `!=` included.
#[must_use]
pub(super) fn holds(compare: Compare, a: f64, b: f64) -> bool {
    match compare {
        Compare::Equal => a == b,
        Compare::NotEqual => a != b && !a.is_nan() && !b.is_nan(),
        Compare::Less => a < b,
        Compare::LessEqual => a <= b,
        Compare::Greater => a > b,
        Compare::GreaterEqual => a >= b,
    }
}

/// Arithmetic between two values; no value passes through.
pub(super) fn arithmetic(op: Arithmetic, a: f64, b: f64, span: Span) -> Result<f64, Fault> {
    if a.is_nan() || b.is_nan() {
        return Ok(f64::NAN);
    }
    let result = match op {
        Arithmetic::Add => a + b,
        Arithmetic::Subtract => a - b,
        Arithmetic::Multiply => a * b,
        Arithmetic::Divide if b == 0.0 => return Err(Fault::DivisionByZero(span)),
        Arithmetic::Divide => a / b,
        Arithmetic::Power => a.powf(b),
    };
    finite(result, span)
}

fn finite(result: f64, span: Span) -> Result<f64, Fault> {
    if result.is_finite() {
        Ok(result)
    } else {
        Err(Fault::NotFinite(span))
    }
}

/// A built-in function; no value of any argument passes through.
fn builtin(
    function: Builtin,
    arguments: &[Code],
    span: Span,
    env: &impl Env,
) -> Result<f64, Fault> {
    if matches!(function, Builtin::Sum | Builtin::Product) {
        let (start, op) = match function {
            Builtin::Sum => (0.0, Arithmetic::Add),
            _ => (1.0, Arithmetic::Multiply),
        };
        let mut terms = arguments.iter();
        return terms.try_fold(start, |all, term| {
            arithmetic(op, all, term.eval(env)?, span)
        });
    }
    if matches!(function, Builtin::ArgMin | Builtin::ArgMax) {
        return best(function == Builtin::ArgMin, arguments, env);
    }
    let Some(first) = arguments.first() else {
        return Ok(f64::NAN);
    };
    let mut result = first.eval(env)?;
    let mut unit = 1.0;
    for argument in &arguments[1..] {
        let next = argument.eval(env)?;
        if next.is_nan() || result.is_nan() {
            return Ok(f64::NAN);
        }
        match function {
            Builtin::Min => result = result.min(next),
            Builtin::Max => result = result.max(next),
            _ => unit = next,
        }
    }
    if result.is_nan() {
        return Ok(f64::NAN);
    }
    if function == Builtin::Choose {
        return choose(result, unit).ok_or(Fault::NotFinite(span));
    }
    if unit == 0.0 {
        return Err(Fault::DivisionByZero(span));
    }
    finite(
        match function {
            Builtin::Min
            | Builtin::Max
            | Builtin::Sum
            | Builtin::Product
            | Builtin::ArgMin
            | Builtin::ArgMax
            | Builtin::Choose => result,
            Builtin::Abs => result.abs(),
            Builtin::Exp => result.exp(),
            Builtin::Ln => result.ln(),
            Builtin::Sqrt => result.sqrt(),
            Builtin::Round => (result / unit).round() * unit,
            Builtin::Floor => (result / unit).floor() * unit,
            Builtin::Ceil => (result / unit).ceil() * unit,
        },
        span,
    )
}

/// The number at which the formula behind it is largest (or smallest), the first of several; no value where
/// there is none, or where the formula has none.
fn best(smallest: bool, arguments: &[Code], env: &impl Env) -> Result<f64, Fault> {
    let (mut at, mut most) = (f64::NAN, f64::NEG_INFINITY);
    for pair in arguments.chunks_exact(2) {
        let value = pair[1].eval(env)?;
        if value.is_nan() {
            return Ok(f64::NAN);
        }
        let value = if smallest { -value } else { value };
        // What differs by rounding alone is no better.
        if value > most + 1e-12 * most.abs().min(f64::MAX) || at.is_nan() {
            (at, most) = (pair[0].eval(env)?, value);
        }
    }
    Ok(at)
}

/// The binomial coefficient of whole numbers; none of others, nor where it is beyond all numbers.
fn choose(n: f64, k: f64) -> Option<f64> {
    let whole = |x: f64| x >= 0.0 && x.fract() == 0.0;
    if !whole(n) || !whole(k) {
        return None;
    }
    if k > n {
        return Some(0.0);
    }
    let (mut ways, mut i) = (1.0_f64, 0.0);
    while i < k.min(n - k) && ways.is_finite() {
        // Exact while the product is: each intermediate number is a binomial coefficient itself.
        ways = ways * (n - i) / (i + 1.0);
        i += 1.0;
    }
    ways.is_finite().then_some(ways)
}
