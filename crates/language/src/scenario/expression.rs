//! Resolved expressions: every name stands for what it means.

use super::{
    ActorId, FunctionId, LetId, OutcomeId, ParamId, RepeatId, StateId, SymbolId, VariableId,
};
use crate::ast::Compare;
use crate::span::Span;

/// A resolved expression.
#[derive(Clone, Debug, PartialEq)]
pub struct Expr {
    /// What it is.
    pub kind: ExprKind,
    /// Where it stands.
    pub span: Span,
}

/// The kinds of resolved expression.
#[derive(Clone, Debug, PartialEq)]
pub enum ExprKind {
    /// A number (percentages already divided by 100).
    Number(f64),
    /// True or false.
    Truth(bool),
    /// An option's name. Package names, too, are symbols.
    Symbol(SymbolId),
    /// A parameter.
    Param(ParamId),
    /// A `let`.
    Let(LetId),
    /// A state's present value.
    State(StateId),
    /// A variable's latest value; without value before it is chosen or drawn.
    Variable(VariableId),
    /// `x@n` of a variable: its latest value in round n of the outermost `repeat` around it (queries only).
    VariableAt(VariableId, Box<Expr>),
    /// `x@n` of a state: its value at the end of round n of the play's outermost `repeat`s (queries only).
    StateAt(StateId, Box<Expr>),
    /// Whether the path ended so (queries only).
    EndedIn(OutcomeId),
    /// Index of an enclosing `repeat`, from 1.
    Index(RepeatId),
    /// Argument of the enclosing `fn`.
    Argument(usize),
    /// The number of an enclosing [`ExprKind::Over`], counted from the outermost one of the formula.
    Bound(usize),
    /// `-e`
    Negate(Box<Expr>),
    /// `not e`
    Not(Box<Expr>),
    /// `and`, `or`
    And(Box<Expr>, Box<Expr>),
    /// Either.
    Or(Box<Expr>, Box<Expr>),
    /// Comparison of two numbers or two symbols; false if either side has no value.
    Compare(Compare, Box<Expr>, Box<Expr>),
    /// Arithmetic.
    Arithmetic(Arithmetic, Box<Expr>, Box<Expr>),
    /// `x in {a, b}`; false if x has no value.
    In(Box<Expr>, Vec<Expr>),
    /// `if c then a else b`
    If(Box<Expr>, Box<Expr>, Box<Expr>),
    /// The place of a table, the body of the `fn` that the table is: its arguments are the keys. The places
    /// stand row by row; a key that is not among those of its side has no place.
    Table {
        /// What is looked up, one for each side of the table.
        keys: Vec<Expr>,
        /// Rows and, in a table by two things, columns.
        sides: Vec<Side>,
        /// The numbers.
        cells: Vec<Expr>,
    },
    /// A function of one number or more, of a formula for each number of a range: first, last, step (1 if none
    /// is given; all constant where the formula is used), and the formula.
    Over(Builtin, Box<[Expr; 3]>, Box<Expr>),
    /// A built-in function of numbers.
    Builtin(Builtin, Vec<Expr>),
    /// A `fn` of the scenario.
    Call(FunctionId, Vec<Expr>),
    /// `worth(actor, package)`: Σ weight × score. The package is a symbol: a package's name, or a variable
    /// whose options are all names of packages.
    Worth(ActorId, Box<Expr>),
    /// `fallback(actor)`.
    Fallback(ActorId),
    /// `payoff(actor)`: what the actor has gained so far on the path (in a query: on the whole path).
    Payoff(ActorId),
    /// `ever(e)`: whether e held at any time of the path (queries only).
    Ever(Box<Expr>),
    /// `round(outcome)`: the round in which the path ended so; without value if it did not (queries only).
    Round(OutcomeId),
    /// `p(e given f)` (queries only, at the top).
    Probability(Box<Expr>, Option<Box<Expr>>),
    /// `mean(e given f)`: over the paths on which e has a value (queries only, at the top).
    Mean(Box<Expr>, Option<Box<Expr>>),
    /// `value(actor given f)` (queries only, at the top).
    Value(ActorId, Option<Box<Expr>>),
}

/// The rows or the columns of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Side {
    /// The choice or draw by whose options it goes; none where it goes by plain numbers.
    pub by: Option<VariableId>,
    /// What stands there, in order: numbers, or the [`SymbolId`]s of options.
    pub keys: Vec<f64>,
}

impl Expr {
    /// The expressions it is made of, in the order written.
    #[must_use]
    pub fn parts(&self) -> Vec<&Expr> {
        match &self.kind {
            ExprKind::Number(_)
            | ExprKind::Truth(_)
            | ExprKind::Symbol(_)
            | ExprKind::Param(_)
            | ExprKind::Let(_)
            | ExprKind::State(_)
            | ExprKind::Variable(_)
            | ExprKind::EndedIn(_)
            | ExprKind::Index(_)
            | ExprKind::Argument(_)
            | ExprKind::Bound(_)
            | ExprKind::Fallback(_)
            | ExprKind::Payoff(_)
            | ExprKind::Round(_) => Vec::new(),
            ExprKind::VariableAt(_, e)
            | ExprKind::StateAt(_, e)
            | ExprKind::Negate(e)
            | ExprKind::Not(e)
            | ExprKind::Worth(_, e)
            | ExprKind::Ever(e) => vec![e],
            ExprKind::And(a, b)
            | ExprKind::Or(a, b)
            | ExprKind::Compare(_, a, b)
            | ExprKind::Arithmetic(_, a, b) => vec![a, b],
            ExprKind::Table { keys, cells, .. } => keys.iter().chain(cells).collect(),
            ExprKind::Over(_, range, body) => range.iter().chain([&**body]).collect(),
            ExprKind::In(one, many) => std::iter::once(&**one).chain(many).collect(),
            ExprKind::If(c, a, b) => vec![c, a, b],
            ExprKind::Builtin(_, all) | ExprKind::Call(_, all) => all.iter().collect(),
            ExprKind::Probability(e, given) | ExprKind::Mean(e, given) => {
                std::iter::once(&**e).chain(given.as_deref()).collect()
            }
            ExprKind::Value(_, given) => given.as_deref().into_iter().collect(),
        }
    }

    /// Looks at this expression and everything in it; formulas that it names are not entered.
    pub fn walk<'a>(&'a self, mut look: impl FnMut(&'a Expr)) {
        let mut open = vec![self];
        while let Some(expr) = open.pop() {
            look(expr);
            open.extend(expr.parts());
        }
    }
}

/// Arithmetic between two numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arithmetic {
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`
    Divide,
    /// `^`
    Power,
}

/// Built-in functions of numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Builtin {
    /// Smallest of one or more.
    Min,
    /// Largest of one or more.
    Max,
    /// Sum of any number.
    Sum,
    /// Product of any number.
    Product,
    /// The number of the range at which the formula is smallest, the first of several; its arguments are each
    /// number of the range and the formula there, in turn.
    ArgMin,
    /// The same for the largest.
    ArgMax,
    /// In how many ways `k` of `n` can be chosen: the binomial coefficient.
    Choose,
    /// Absolute value.
    Abs,
    /// e to the power.
    Exp,
    /// Natural logarithm.
    Ln,
    /// Square root.
    Sqrt,
    /// Nearest whole number, halves away from zero; with a second argument, nearest multiple of it.
    Round,
    /// Largest whole number not above; with a second argument, largest multiple of it not above.
    Floor,
    /// Smallest whole number not below; with a second argument, smallest multiple of it not below.
    Ceil,
}
