//! The checked scenario: every name resolved, every type checked, parameters still symbolic.
//!
//! This is what later crates see. Indices are positions in the vectors of [`Scenario`].

mod conflict;
mod expression;

pub use conflict::{
    Comparison, Concept, Condition, ConflictOption, Line, MOST_CONFLICT_OPTIONS, Meaning,
    OptionForm, Pair, Perceives, Prefers, Ruled, Situation, Stable, Strength, Wishes,
};
pub use expression::{Arithmetic, Builtin, Expr, ExprKind, Given, Side};

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
    /// Position in [`Scenario::scales`].
    ScaleId;
    /// Position in [`Scenario::stakeholders`].
    StakeholderId;
    /// Position in [`OptionForm::options`].
    ConflictOptionId;
    /// Position in [`OptionForm::situations`].
    SituationId;
    /// Position in [`Scenario::packages`].
    PackageId;
    /// Position in [`Scenario::blocks`].
    BlockId;
    /// Position in [`Scenario::bargains`].
    BargainId;
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
    /// How doubtful numbers hang together.
    pub correlations: Vec<Correlation>,
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
    /// Who must consent at home to what an actor agrees.
    pub ratifiers: Vec<Ratifier>,
    /// The style in which an actor bargains, by the word written; one entry per actor.
    pub styles: Vec<Option<String>>,
    /// Full agreements.
    pub packages: Vec<Package>,
    /// Issues with a numeric scale.
    pub scales: Vec<Scale>,
    /// Who wants what on them.
    pub stakeholders: Vec<Stakeholder>,
    /// When the play has come to an agreement, if that is said.
    pub agreement: Option<Agreement>,
    /// The conflict in option form.
    pub conflict: OptionForm,
    /// What is bargained over in the play.
    pub bargains: Vec<Bargain>,
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
    /// From one number of the range to the next; any number where none is written.
    pub step: Option<Expr>,
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

/// `ratifier`: both actors have preferences, and the one that negotiates is itself no ratifier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ratifier {
    /// Who must consent.
    pub actor: ActorId,
    /// Whose agreements need it.
    pub of: ActorId,
}

/// `correlation`: of two different doubtful numbers, each pair once; all of them are possible together.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Correlation {
    /// One number.
    pub a: ParamId,
    /// The other.
    pub b: ParamId,
    /// Rank correlation (Spearman's), between −1 and 1.
    pub rank: f64,
}

/// `package`.
#[derive(Clone, Debug, PartialEq)]
pub struct Package {
    /// Name and label.
    pub name: Named,
    /// For each issue of the scenario, in order: the position of the agreed option.
    pub choices: Vec<usize>,
}

/// `issue … lo .. hi`: an issue that is settled somewhere on a numeric scale. All its numbers are constant.
#[derive(Clone, Debug, PartialEq)]
pub struct Scale {
    /// Name and label.
    pub name: Named,
    /// Lower end of the scale.
    pub lower: Expr,
    /// Upper end, above the lower.
    pub upper: Expr,
    /// In what it is counted; empty where nothing is written.
    pub unit: String,
    /// What holds without agreement.
    pub reference: Option<Expr>,
    /// What came of it; no model uses it.
    pub actual: Option<Expr>,
    /// What can be agreed about it, if that is said.
    pub agreed: Option<Levels>,
}

/// `lens SCALE as ISSUE { option e, … }`: what the options of an issue come to on a scale.
#[derive(Clone, Debug, PartialEq)]
pub struct Levels {
    /// The issue.
    pub issue: IssueId,
    /// The place of each of its options, in order; constants.
    pub at: Vec<Expr>,
}

/// `lens VARIABLE if e`: when the play has come to an agreement.
#[derive(Clone, Debug, PartialEq)]
pub struct Agreement {
    /// The variable that holds what is agreed: the name of a package.
    pub variable: VariableId,
    /// When it is agreed.
    pub when: Expr,
    /// That as written.
    pub text: String,
}

/// `stakeholder`: its numbers are constant.
#[derive(Clone, Debug, PartialEq)]
pub struct Stakeholder {
    /// Name and label.
    pub name: Named,
    /// The actor that it belongs to.
    pub of: Option<ActorId>,
    /// How much it counts; 0 or above.
    pub influence: Expr,
    /// Where that comes from.
    pub source: String,
    /// What it wants, in the order written, each issue at most once.
    pub stances: Vec<Stance>,
}

/// What a stakeholder wants on an issue.
#[derive(Clone, Debug, PartialEq)]
pub struct Stance {
    /// The issue.
    pub scale: ScaleId,
    /// Where it stands, on the issue's scale.
    pub position: Expr,
    /// How much the issue matters to it, from 0 to 1.
    pub salience: Expr,
    /// Where that comes from.
    pub source: String,
}

/// `bargain`: a step of the play that settles some issues among some actors.
#[derive(Clone, Debug, PartialEq)]
pub struct Bargain {
    /// Name and label.
    pub name: Named,
    /// Whether there is agreement: its two options are `agreed` and `none`.
    pub variable: VariableId,
    /// Who bargains, in the order written; the first makes the first offer.
    pub parties: Vec<ActorId>,
    /// What is on the table. Issues that are not named stay out of it and add nothing to what an agreement is worth.
    pub issues: Vec<IssueId>,
    /// For each of these issues: what it is settled at. The options are those of the issue, in the same order; without
    /// agreement there is no value.
    pub settled: Vec<VariableId>,
    /// How it is settled.
    pub rule: Rule,
    /// What each party has without agreement: its fallback where nothing else is written.
    pub against: Vec<Expr>,
    /// Where it is settled at once, or where nothing can be offered.
    pub point: PointId,
}

/// How a bargain is settled.
// Bargains are few, and both variants lie behind a `Bargain`.
#[allow(clippy::large_enum_variant)]
#[derive(Clone, Debug, PartialEq)]
pub enum Rule {
    /// At once, at this point of the frontier.
    Solution(Solution),
    /// By alternating offers.
    Offers(Offers),
}

/// The cooperative solutions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Solution {
    /// The largest product of gains (Nash 1950).
    Nash,
    /// The largest smallest share of the best possible gain (Kalai and Smorodinsky 1975).
    KalaiSmorodinsky,
    /// The largest smallest gain (Kalai 1977).
    Egalitarian,
    /// The largest sum of values.
    Utilitarian,
}

/// Alternating offers (Ståhl 1972; Rubinstein 1982).
#[derive(Clone, Debug, PartialEq)]
pub struct Offers {
    /// The rounds, of which each has one offer.
    pub rounds: RepeatId,
    /// Most packages that can be offered (constant).
    pub among: Option<Expr>,
    /// What an agreement and the fallbacks are worth of their value one round later (constant); 1 where none is written.
    pub discount: Option<Expr>,
    /// The package offered last, counted from 1.
    pub offer: VariableId,
    /// The last answer: its two options are `accept` and `reject`.
    pub reply: VariableId,
    /// In which round it was agreed; without agreement, how many rounds there were so far.
    pub round: VariableId,
    /// For each party: where it offers, and where the others answer, in the order in which they do.
    pub points: Vec<(PointId, Vec<PointId>)>,
}

impl Scenario {
    /// The bargain whose agreement this variable is.
    #[must_use]
    pub fn bargain_of(&self, variable: VariableId) -> Option<&Bargain> {
        self.bargains
            .iter()
            .find(|bargain| bargain.variable == variable)
    }
}

impl Bargain {
    /// The rules of its offers, where it is settled by them.
    #[must_use]
    pub fn offers(&self) -> Option<&Offers> {
        match &self.rule {
            Rule::Offers(offers) => Some(offers),
            Rule::Solution(_) => None,
        }
    }
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
    /// When the check speaks: a condition of the scenario's numbers, or of its queries; always where none is written.
    pub when: Option<Expr>,
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
    /// Issues are settled.
    Bargain {
        /// Which bargain.
        bargain: BargainId,
        /// Who sees its course; `seen_by[a]` for actor a, the parties included.
        seen_by: Vec<bool>,
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
