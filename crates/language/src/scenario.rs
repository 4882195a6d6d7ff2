//! The checked scenario: every name resolved, every type checked, parameters still symbolic.
//!
//! This is what later crates see. Indices are positions in the vectors of [`Scenario`].

use crate::ast::Compare;
use crate::span::Span;

macro_rules! index {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(pub u32);
        impl $name {
            /// As an index into the scenario's vector.
            #[must_use]
            pub fn index(self) -> usize { self.0 as usize }
        }
    )*};
}

index! {
    /// Position in [`Scenario::actors`].
    ActorId;
    /// Position in [`Scenario::parameters`].
    ParamId;
    /// Position in [`Scenario::lets`].
    LetId;
    /// Position in [`Scenario::functions`].
    FunctionId;
    /// Position in [`Scenario::outcomes`].
    OutcomeId;
    /// Position in [`Scenario::states`].
    StateId;
    /// Position in [`Scenario::variables`].
    VariableId;
    /// Position in [`Scenario::points`].
    PointId;
    /// Position in [`Scenario::repeats`].
    RepeatId;
    /// Position in [`Scenario::symbols`]: an option's name, the same wherever it is written.
    SymbolId;
    /// Position in [`Scenario::issues`].
    IssueId;
    /// Position in [`Scenario::packages`].
    PackageId;
    /// Position in [`Scenario::blocks`].
    BlockId;
}

/// A scenario without errors.
#[derive(Clone, Debug, PartialEq)]
pub struct Scenario {
    /// `scenario "…"`; the file's name where it is missing.
    pub title: String,
    /// `source "…"`, each.
    pub sources: Vec<String>,
    /// `note "…"`, each.
    pub notes: Vec<String>,
    /// `as_of "…"`.
    pub as_of: Option<String>,
    /// What really happened.
    pub happened: Vec<Happened>,
    /// The players.
    pub actors: Vec<Named>,
    /// The doubtful numbers, in the order written (included files first).
    pub parameters: Vec<Parameter>,
    /// Derived numbers.
    pub lets: Vec<Formula>,
    /// Formulas.
    pub functions: Vec<Formula>,
    /// Ways to end.
    pub outcomes: Vec<Named>,
    /// Variables of the play, with their first value.
    pub states: Vec<Formula>,
    /// What is chosen or drawn.
    pub variables: Vec<Variable>,
    /// Option names.
    pub symbols: Vec<String>,
    /// What can be agreed.
    pub issues: Vec<Issue>,
    /// Preferences over issues, at most one per actor, in the order written.
    pub values: Vec<Preferences>,
    /// Full agreements.
    pub packages: Vec<Package>,
    /// Questions.
    pub asks: Vec<Ask>,
    /// Checks.
    pub expects: Vec<Expect>,
    /// Base rates to compare with.
    pub base_rates: Vec<BaseRate>,
    /// Named stretches of the play.
    pub blocks: Vec<Block>,
    /// Every `chooses` and `chance` of the play and then of the blocks, in the order written.
    pub points: Vec<Point>,
    /// Every `repeat` of the play and then of the blocks, in the order written.
    pub repeats: Vec<Repeat>,
    /// The play.
    pub play: Vec<Step>,
    /// The `play` keyword with its block; the default span where there is no play.
    pub play_span: Span,
}

/// An id with its label (the id where none was written).
#[derive(Clone, Debug, PartialEq)]
pub struct Named {
    /// The name used in the text.
    pub id: String,
    /// The label used in reports.
    pub label: String,
    /// The declaration's name.
    pub span: Span,
}

/// `happened`.
#[derive(Clone, Debug, PartialEq)]
pub struct Happened {
    /// The ending that came true.
    pub outcome: OutcomeId,
    /// The date as written.
    pub date: String,
    /// What happened, in words.
    pub words: String,
}

/// `param`.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    /// Name.
    pub id: String,
    /// Best guess: a constant expression, maybe of other parameters and lets.
    pub value: Expr,
    /// Range it may lie in.
    pub range: Option<(Expr, Expr)>,
    /// Distribution over its range; uniform where there is only a range.
    pub distribution: Option<Distribution>,
    /// Whether it was written with a `%`, so that reports print it so.
    pub percent: bool,
    /// Where the number comes from.
    pub source: String,
    /// The declaration's name.
    pub span: Span,
}

/// How a doubtful number is distributed; arguments are constant expressions.
#[derive(Clone, Debug, PartialEq)]
pub enum Distribution {
    /// `uniform()` over the range or `uniform(lo, hi)`.
    Uniform(Option<(Expr, Expr)>),
    /// `triangular(mode)` over the range or `triangular(lo, mode, hi)`.
    Triangular(Option<Expr>, Expr, Option<Expr>),
    /// `normal(mean, sd)`, cut to the range.
    Normal(Expr, Expr),
    /// `beta(a, b)`, stretched over the range.
    Beta(Expr, Expr),
    /// `log_uniform()` over the range or `log_uniform(lo, hi)`.
    LogUniform(Option<(Expr, Expr)>),
    /// `discrete(value, weight, value, weight, …)`.
    Discrete(Vec<(Expr, Expr)>),
}

/// `let`, `fn` or `state`: a name and an expression.
#[derive(Clone, Debug, PartialEq)]
pub struct Formula {
    /// Name.
    pub id: String,
    /// Label (the id where none was written).
    pub label: String,
    /// Number of arguments (`fn` only).
    pub arguments: usize,
    /// The expression; arguments are [`ExprKind::Argument`].
    pub body: Expr,
    /// Type of its value (for a `fn`, of its result).
    pub kind: Kind,
    /// The declaration's name.
    pub span: Span,
}

/// What is chosen or drawn under one name, wherever it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Variable {
    /// Name.
    pub id: String,
    /// Who chooses it; none where it is drawn.
    pub actor: Option<ActorId>,
    /// What it can be.
    pub domain: Domain,
    /// Its first declaration.
    pub span: Span,
}

/// What a variable can be.
#[derive(Clone, Debug, PartialEq)]
pub enum Domain {
    /// One of these options, in the order first written, each with its label.
    Symbols(Vec<(SymbolId, String)>),
    /// A number of a grid.
    Numbers,
}

/// `issue`.
#[derive(Clone, Debug, PartialEq)]
pub struct Issue {
    /// Name and label.
    pub name: Named,
    /// Options with their labels.
    pub options: Vec<Named>,
}

/// `value`.
#[derive(Clone, Debug, PartialEq)]
pub struct Preferences {
    /// Whose.
    pub actor: ActorId,
    /// For each issue of the scenario, in order: weight and the score of each option, in order. An issue that
    /// the actor does not mention has weight 0.
    pub issues: Vec<(Expr, Vec<Expr>)>,
    /// Value without agreement (0 where none is written).
    pub fallback: Expr,
}

/// `package`.
#[derive(Clone, Debug, PartialEq)]
pub struct Package {
    /// Name and label.
    pub name: Named,
    /// For each issue of the scenario, in order: the position of the agreed option.
    pub choices: Vec<usize>,
}

/// `ask`.
#[derive(Clone, Debug, PartialEq)]
pub struct Ask {
    /// The question in words.
    pub question: String,
    /// The query.
    pub query: Expr,
    /// The query as written.
    pub text: String,
}

/// `expect`.
#[derive(Clone, Debug, PartialEq)]
pub struct Expect {
    /// Left of the comparison.
    pub left: Expr,
    /// The comparison.
    pub compare: Compare,
    /// Right of it.
    pub right: Expr,
    /// Tolerance: `==` holds where the sides differ by at most this, `<` where left < right + this, and so on.
    pub within: Option<Expr>,
    /// The check as written.
    pub text: String,
    /// Why it must hold.
    pub why: String,
    /// Where it stands.
    pub span: Span,
}

/// `compare … with …`.
#[derive(Clone, Debug, PartialEq)]
pub struct BaseRate {
    /// The query whose answer is set beside the rate.
    pub query: Expr,
    /// The query as written.
    pub text: String,
    /// The rate.
    pub rate: Expr,
    /// Its interval.
    pub range: Option<(Expr, Expr)>,
    /// Reference class and source.
    pub source: String,
}

/// `block`: a stretch of the play that can be played at several places.
#[derive(Clone, Debug, PartialEq)]
pub struct Block {
    /// Name and label.
    pub name: Named,
    /// What happens.
    pub steps: Vec<Step>,
}

/// One `chooses` or `chance` statement.
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    /// What it sets.
    pub variable: VariableId,
    /// The `repeat`s around it in its own block, outermost first.
    pub repeats: Vec<RepeatId>,
    /// From its first word to the name it sets.
    pub span: Span,
}

/// One `repeat`.
#[derive(Clone, Debug, PartialEq)]
pub struct Repeat {
    /// Number of rounds, constant.
    pub count: Expr,
    /// Name of the index, if one is given.
    pub index: Option<String>,
    /// The `repeat` with its count.
    pub span: Span,
}

/// A statement of the play.
#[derive(Clone, Debug, PartialEq)]
pub enum Step {
    /// A decision.
    Choose {
        /// Which.
        point: PointId,
        /// Whose.
        actor: ActorId,
        /// What it sets.
        variable: VariableId,
        /// Who sees it; `seen_by[a]` for actor a, the chooser included.
        seen_by: Vec<bool>,
        /// What can be chosen.
        options: Options,
    },
    /// A draw.
    Chance {
        /// Which.
        point: PointId,
        /// Whose decision it stands for, with behaviour that is assumed; none for a plain draw.
        by: Option<ActorId>,
        /// What it sets.
        variable: VariableId,
        /// Who sees it; `seen_by[a]` for actor a.
        seen_by: Vec<bool>,
        /// What can be drawn.
        options: Options,
    },
    /// What is chosen inside is seen only at the end.
    Together(Vec<Step>),
    /// What is known becomes known to more.
    Show {
        /// The choice or draw.
        variable: VariableId,
        /// `to[a]` for actor a.
        to: Vec<bool>,
        /// Where it stands.
        span: Span,
    },
    /// Arms with their conditions, first match wins, then the `else`.
    If(Vec<(Expr, Vec<Step>)>, Vec<Step>),
    /// Rounds.
    Repeat(RepeatId, Vec<Step>),
    /// Payoffs.
    Gain(Vec<(ActorId, Expr)>),
    /// A state changes.
    Set(StateId, Expr),
    /// A block is played; where it does not end the play, that goes on behind.
    Do(BlockId, Span),
    /// The play ends.
    End(OutcomeId, Span),
}

/// What can be chosen or drawn.
// Grids are few, and both variants lie behind a `Step`.
#[allow(clippy::large_enum_variant)]
#[derive(Clone, Debug, PartialEq)]
pub enum Options {
    /// Named options.
    Listed(Vec<OptionItem>),
    /// All numbers of a grid; drawn with equal probability where it is `chance`. In the guard and the block
    /// the variable has the value of the option.
    Grid {
        /// First number (constant).
        from: Expr,
        /// Last number (constant), included.
        to: Expr,
        /// Step (constant), above 0.
        step: Expr,
        /// What the probability of a number is proportional to (in a draw); none where all are equally likely.
        weight: Option<Expr>,
        /// When a number is open.
        guard: Option<Expr>,
        /// What happens.
        block: Vec<Step>,
        /// Whether reports print the numbers as percentages.
        percent: bool,
    },
}

/// One named option.
#[derive(Clone, Debug, PartialEq)]
pub struct OptionItem {
    /// Its name.
    pub symbol: SymbolId,
    /// Its label.
    pub label: String,
    /// Its probability or weight (in a draw).
    pub probability: Option<Expr>,
    /// Whether that is a weight: what the probability is proportional to.
    pub weighted: bool,
    /// When it is open.
    pub guard: Option<Expr>,
    /// What happens.
    pub block: Vec<Step>,
    /// Its name's place.
    pub span: Span,
}

/// Types of values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A number.
    Number,
    /// True or false.
    Truth,
    /// An option's name (or a package's or an outcome's).
    Symbol,
}

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
