//! The syntax tree: what was written, before names and types are looked at.
//!
//! Parsing never fails. What could not be read is an [`Item::Error`], [`Statement::Error`] or
//! [`ExprKind::Error`] with a diagnostic beside the tree, so later phases and editors work on broken text.

// The fields of a variant are the parts of the syntax that its doc comment shows.
#![allow(missing_docs)]

mod conflict;

pub use conflict::{
    Condition, ConflictOption, Once, Perceives, Prefers, Ruled, Situation, Stable, Than, Wanted,
    When, Wish,
};

use crate::span::Span;

/// A name as written.
#[derive(Clone, Debug, PartialEq)]
pub struct Ident {
    /// The name itself.
    pub name: String,
    /// Where it stands.
    pub span: Span,
}

/// A quoted text as written, with its escapes resolved.
#[derive(Clone, Debug, PartialEq)]
pub struct Text {
    /// The text without quotes.
    pub value: String,
    /// Where it stands, quotes included.
    pub span: Span,
}

/// A comment, from its `#` to the end of the line (without the line break).
#[derive(Clone, Debug, PartialEq)]
pub struct Comment {
    /// The comment with its `#`.
    pub text: String,
    /// Where it stands.
    pub span: Span,
    /// Whether nothing but white space stands before it on its line.
    pub own_line: bool,
}

/// One file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct File {
    /// Declarations in the order written.
    pub items: Vec<Item>,
    /// All comments in the order written.
    pub comments: Vec<Comment>,
}

/// One declaration.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// What it declares.
    pub kind: ItemKind,
    /// From its first word to its last character.
    pub span: Span,
}

/// What a declared thing is through another lens.
#[derive(Clone, Debug, PartialEq)]
pub enum LensSays {
    /// When the play has agreed on it.
    If(Expr),
    /// What it means in the play.
    As(Expr),
    /// What options of an issue come to on its scale.
    #[allow(
        missing_docs,
        reason = "the form above `ItemKind::Lens` names its fields"
    )]
    Levels {
        issue: Ident,
        levels: Vec<(Ident, Expr)>,
    },
    /// Nothing that can be read.
    Nothing,
}

/// The kinds of declaration.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs, reason = "the form above each variant names its fields")]
pub enum ItemKind {
    /// `scenario "Title"`
    Scenario(Text),
    /// `source "…"`
    Source(Text),
    /// `note "…"`
    Note(Text),
    /// `as_of "2025-03-31"`
    AsOf(Text),
    /// `happened outcome on "2025-06-22" "…"`
    Happened {
        outcome: Ident,
        date: Text,
        words: Option<Text>,
    },
    /// `actor id ["Label"] [style word]`
    Actor {
        id: Ident,
        label: Option<Text>,
        style: Option<Ident>,
    },
    /// `param id = e [in lo .. hi [step s]] [~ dist(…)] "source"`
    Param {
        id: Ident,
        value: Expr,
        range: Option<(Expr, Expr)>,
        step: Option<Expr>,
        distribution: Option<(Ident, Vec<Expr>)>,
        source: Option<Text>,
    },
    /// `correlation a, b = e`
    Correlation { a: Ident, b: Ident, rank: Expr },
    /// `let id = e`
    Let { id: Ident, value: Expr },
    /// `fn id(a, b) = e`
    Function {
        id: Ident,
        arguments: Vec<Ident>,
        body: Expr,
    },
    /// `outcome id "Label" [{ actor e, … }]`
    Outcome {
        id: Ident,
        label: Option<Text>,
        gains: Vec<(Ident, Expr)>,
    },
    /// `state id ["Label"] = e`
    State {
        id: Ident,
        label: Option<Text>,
        value: Expr,
    },
    /// `issue id "Label" { option ["Label"], … }`
    Issue {
        id: Ident,
        label: Option<Text>,
        options: Vec<(Ident, Option<Text>)>,
    },
    /// `issue id ["Label"] lo .. hi ["unit"] [reference e] [actual e]`
    Scale {
        id: Ident,
        label: Option<Text>,
        range: (Expr, Expr),
        unit: Option<Text>,
        reference: Option<Expr>,
        actual: Option<Expr>,
    },
    /// `stakeholder id ["Label"] [of actor] { influence e … issue position e salience e … }`
    Stakeholder {
        id: Ident,
        label: Option<Text>,
        of: Option<Ident>,
        voices: Vec<Voice>,
        /// From brace to brace.
        braces: Span,
    },
    /// `value actor { issue weight { option score, … } … fallback e }`
    Value {
        actor: Ident,
        issues: Vec<IssueValue>,
        fallback: Option<Expr>,
    },
    /// `ratifier actor of actor [{ issue weight { option score, … } … fallback e }]`
    Ratifier {
        actor: Ident,
        of: Ident,
        preferences: Option<(Vec<IssueValue>, Option<Expr>)>,
    },
    /// `package id "Label" { issue option, … }`
    Package {
        id: Ident,
        label: Option<Text>,
        choices: Vec<(Ident, Ident)>,
    },
    /// `table id ["Label"] by a { key e, … }` or `table id ["Label"] by a, b { key, key … key e, e … }`
    Table {
        id: Ident,
        label: Option<Text>,
        by: Vec<Ident>,
        cells: Cells,
    },
    /// `lens id if e`, `lens id as e`, `lens id as issue { option e, … }`
    Lens { id: Ident, says: LensSays },
    /// `ask "Question" query`
    Ask { question: Text, query: Expr },
    /// `expect query cmp e [within e] [if condition] "why"`
    Expect {
        left: Expr,
        compare: Compare,
        right: Expr,
        within: Option<Expr>,
        when: Option<Expr>,
        why: Option<Text>,
    },
    /// `compare query with e [in lo .. hi] "reference class and source"`
    BaseRate {
        query: Expr,
        rate: Expr,
        range: Option<(Expr, Expr)>,
        source: Option<Text>,
    },
    /// `option id ["Label"] of actor …`
    ConflictOption(ConflictOption),
    /// `situation id ["Label"] { option, … }`, or today's
    Situation(Situation),
    /// `infeasible condition ["why"]`
    Infeasible(Ruled),
    /// `prefers actor { … }`
    Prefers(Prefers),
    /// `perceives actor { … }`
    Perceives(Perceives),
    /// `overlooks condition ["why"]`, in `perceives` only
    Overlooks(Ruled),
    /// `unseen option, …`, in `perceives` only
    Unseen(Vec<Ident>),
    /// `expect stable condition … by concept`
    Stable(Stable),
    /// `use "path"`
    Use(Text),
    /// `block id ["Label"] { … }`
    Block {
        id: Ident,
        label: Option<Text>,
        body: Block,
    },
    /// `play { … }`
    Play(Block),
    /// Something that could not be read.
    Error,
}

/// The braces of a table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cells {
    /// What stands over the columns: names of options or plain numbers; nothing in a table by one thing.
    pub columns: Vec<Expr>,
    /// The rows in the order written.
    pub rows: Vec<Row>,
    /// From brace to brace.
    pub span: Span,
}

/// One row of a table: `key e, e, …`.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The name of an option or a plain number.
    pub key: Expr,
    /// The numbers, one for each column.
    pub cells: Vec<Expr>,
    /// All of it.
    pub span: Span,
}

/// One issue's part of an actor's preferences: `issue weight { option score, … }`.
#[derive(Clone, Debug, PartialEq)]
pub struct IssueValue {
    /// The issue.
    pub issue: Ident,
    /// Its weight.
    pub weight: Expr,
    /// Score of each option.
    pub scores: Vec<(Ident, Expr)>,
    /// All of it.
    pub span: Span,
}

/// One line of a stakeholder: `influence e ["source"]` or `issue position e salience e ["source"]`.
#[derive(Clone, Debug, PartialEq)]
pub struct Voice {
    /// `influence`, or the issue.
    pub name: Ident,
    /// What is said of it.
    pub says: Says,
    /// Where that comes from.
    pub source: Option<Text>,
    /// All of it.
    pub span: Span,
}

/// What a line of a stakeholder says.
// Lines are few, and both variants lie in a list.
#[allow(clippy::large_enum_variant)]
#[derive(Clone, Debug, PartialEq)]
pub enum Says {
    /// How much it counts.
    Influence(Expr),
    /// What it wants, and how much that matters to it.
    Stance {
        /// `position e`
        position: Option<Expr>,
        /// `salience e`
        salience: Option<Expr>,
    },
}

/// `{ … }`: statements in order.
#[derive(Clone, Debug, PartialEq)]
pub struct Block {
    /// The statements.
    pub statements: Vec<Statement>,
    /// From brace to brace.
    pub span: Span,
}

/// One statement of `play`.
#[derive(Clone, Debug, PartialEq)]
pub struct Statement {
    /// What it does.
    pub kind: StatementKind,
    /// From its first word to its last character.
    pub span: Span,
}

/// The kinds of statement.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs, reason = "the form above each variant names its fields")]
pub enum StatementKind {
    /// `[assume] ACTOR chooses id [secretly | seen by a, b | seen by nobody] OPTIONS`
    Choose {
        assumed: bool,
        actor: Ident,
        id: Ident,
        sight: Sight,
        options: Options,
    },
    /// `chance id OPTIONS [seen by …]`
    Chance {
        id: Ident,
        options: Options,
        sight: Sight,
    },
    /// `bargain id ["Label"] between a, b over issue, … by …`
    Bargain(Box<Bargain>),
    /// `together { … }`
    Together(Block),
    /// `show id to a, b`
    Show { id: Ident, to: Vec<Ident> },
    /// `if e { … } else if e { … } else { … }`
    If {
        arms: Vec<(Expr, Block)>,
        otherwise: Option<Block>,
    },
    /// `repeat n [as i] { … }`
    Repeat {
        count: Expr,
        index: Option<Ident>,
        body: Block,
    },
    /// `gain actor e, actor e`
    Gain(Vec<(Ident, Expr)>),
    /// `set id = e`
    Set { id: Ident, value: Expr },
    /// `do id`
    Do(Ident),
    /// `end outcome`
    End(Ident),
    /// Something that could not be read.
    Error,
}

/// `bargain id ["Label"] between a, b over issue, … by RULE [against a e, b e] [secretly | seen by …]`
#[derive(Clone, Debug, PartialEq)]
pub struct Bargain {
    /// Its name.
    pub id: Ident,
    /// Its label.
    pub label: Option<Text>,
    /// Who bargains.
    pub parties: Vec<Ident>,
    /// What is on the table.
    pub issues: Vec<Ident>,
    /// How it is settled.
    pub rule: Rule,
    /// What parties have without agreement, where that is not their `fallback`.
    pub against: Vec<(Ident, Expr)>,
    /// Who sees it besides the parties.
    pub sight: Sight,
}

/// How a bargain is settled.
// Bargains are few, and both variants lie behind a `Bargain`.
#[allow(clippy::large_enum_variant)]
#[derive(Clone, Debug, PartialEq)]
pub enum Rule {
    /// `nash` and its like: a cooperative solution.
    Solution(Ident),
    /// `offers n [among k] [discount e]`: alternating offers.
    Offers {
        /// How many rounds.
        rounds: Expr,
        /// How many packages can be offered.
        among: Option<Expr>,
        /// What values shrink by from round to round.
        discount: Option<Expr>,
    },
}

/// Who sees what is chosen or drawn.
#[derive(Clone, Debug, PartialEq)]
pub enum Sight {
    /// Nothing was said: every actor sees it.
    Everyone,
    /// `secretly`: only the chooser.
    Secretly(Span),
    /// `seen by a, b` (and the chooser).
    SeenBy(Vec<Ident>, Span),
    /// `seen by nobody` (but the chooser).
    Nobody(Span),
}

/// What can be chosen or drawn.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs, reason = "the form above each variant names its fields")]
#[allow(
    clippy::large_enum_variant,
    reason = "one per statement, and a box would be in every reader's way"
)]
pub enum Options {
    /// `{ a …, b … }`
    Listed(Vec<OptionItem>, Span),
    /// `in lo .. hi step s [weight w] [if guard] [{ block }]`: every number of the grid, from `lo` to `hi`
    /// included; where it is `chance`, drawn in proportion to the weights, or with equal probability.
    Grid {
        from: Expr,
        to: Expr,
        step: Expr,
        weight: Option<Expr>,
        guard: Option<Expr>,
        block: Option<Block>,
        span: Span,
    },
}

/// One option: `id ["Label"] [probability | weight w] [if guard] [{ block }]`, probabilities and weights in
/// `chance` only.
#[derive(Clone, Debug, PartialEq)]
pub struct OptionItem {
    /// Its name.
    pub id: Ident,
    /// Its label.
    pub label: Option<Text>,
    /// Its probability or weight (in `chance`).
    pub probability: Option<Expr>,
    /// Whether that is a weight.
    pub weighted: bool,
    /// When it is open.
    pub guard: Option<Expr>,
    /// What happens when it is taken.
    pub block: Option<Block>,
    /// All of it.
    pub span: Span,
}

/// An expression.
#[derive(Clone, Debug, PartialEq)]
pub struct Expr {
    /// What it is.
    pub kind: ExprKind,
    /// Where it stands.
    pub span: Span,
}

/// The kinds of expression.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs, reason = "the form above each variant names its fields")]
pub enum ExprKind {
    /// `12.5`, and `85 %` as 85 with `percent`.
    Number { digits: String, percent: bool },
    /// `true` or `false`.
    Truth(bool),
    /// A name: a parameter, a variable, an option, an outcome … which, the checker decides.
    Name(String),
    /// `reply@2`
    At(Ident, Box<Expr>),
    /// `-e`
    Negate(Box<Expr>),
    /// `not e`
    Not(Box<Expr>),
    /// `e%` where `e` is no plain number, as in `(a + b) %`.
    Percent(Box<Expr>),
    /// `a + b`, `a and b`, `a == b` …
    Binary(Binary, Box<Expr>, Box<Expr>),
    /// `x in {a, b}`
    In(Box<Expr>, Vec<Expr>),
    /// `if c then a else b`
    If(Box<Expr>, Box<Expr>, Box<Expr>),
    /// `max(a, b)`, `worth(iran, offer)`, `p(war given threat == yes)`, `p(war if threat == yes)`: the condition,
    /// if any, last.
    Call {
        function: Ident,
        arguments: Vec<Expr>,
        given: Option<Box<Given>>,
    },
    /// `sum(i in lo .. hi [step s]: e)`, and so with `product`, `min` and `max`.
    Over(Box<Over>),
    /// `cost[resolve]`: a place of a table.
    Lookup { table: Ident, keys: Vec<Expr> },
    /// `( e )`, kept so that the formatter prints what was written.
    Paren(Box<Expr>),
    /// Something that could not be read.
    Error,
}

/// The condition of a query: `given e` or `if e`.
#[derive(Clone, Debug, PartialEq)]
pub struct Given {
    /// Whether it was written with `if`: were it to come to that, however unlikely.
    pub supposed: bool,
    /// The condition.
    pub condition: Expr,
}

/// A function of a formula for each number of a range.
#[derive(Clone, Debug, PartialEq)]
pub struct Over {
    /// `sum` and its like.
    pub function: Ident,
    /// The name of the number.
    pub index: Ident,
    /// First number.
    pub from: Expr,
    /// Last number.
    pub to: Expr,
    /// From one to the next; 1 if none is written.
    pub step: Option<Expr>,
    /// The formula.
    pub body: Expr,
}

/// Operators between two expressions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Binary {
    /// `or`
    Or,
    /// `and`
    And,
    /// A comparison
    Compare(Compare),
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`
    Divide,
    /// `^`, binds tightest and to the right
    Power,
}

/// Comparisons.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compare {
    /// `==`
    Equal,
    /// `!=`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    LessEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterEqual,
}
