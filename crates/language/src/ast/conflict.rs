//! The syntax of conflicts in option form: what each side can do, and which outcomes it would rather have.

use super::{Expr, Ident, Item, Text};
use crate::span::Span;

/// `e`, `e if e` or `e iff e`: a condition over options and situations.
#[derive(Clone, Debug, PartialEq)]
pub struct Condition {
    /// What holds.
    pub holds: Expr,
    /// When: the word between them, and the other condition.
    pub when: Option<(When, Expr)>,
    /// All of it.
    pub span: Span,
}

/// How the second half of a condition limits the first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// Whenever the second holds, so does the first; of what cannot be, both together.
    If,
    /// Both hold or neither does.
    Iff,
}

/// `option id ["Label"] of actor [irreversible | unrepeatable] [doing "…"] [undoing "…"] ["source"]`
#[derive(Clone, Debug, PartialEq)]
pub struct ConflictOption {
    /// Its name.
    pub id: Ident,
    /// Its label.
    pub label: Option<Text>,
    /// Whose it is.
    pub owner: Ident,
    /// `irreversible` or `unrepeatable`.
    pub once: Option<(Once, Span)>,
    /// Words for taking it up.
    pub doing: Option<Text>,
    /// Words for giving it up.
    pub undoing: Option<Text>,
    /// Where it comes from.
    pub source: Option<Text>,
}

/// In which direction an option changes once only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Once {
    /// `irreversible`: taken up, it stays.
    Irreversible,
    /// `unrepeatable`: given up, it is gone.
    Unrepeatable,
}

/// `situation id ["Label"] { option, … }` or `today [id] ["Label"] { option, … }`
#[derive(Clone, Debug, PartialEq)]
pub struct Situation {
    /// Its name; `today` needs none.
    pub id: Option<Ident>,
    /// Its label.
    pub label: Option<Text>,
    /// Whether it is today's: where `today` stands.
    pub today: Option<Span>,
    /// The options that are chosen in it; all others are not.
    pub options: Vec<(Ident, Option<Text>)>,
    /// From brace to brace.
    pub braces: Span,
}

/// `infeasible condition ["why"]` or `overlooks condition ["why"]`
#[derive(Clone, Debug, PartialEq)]
pub struct Ruled {
    /// What cannot be.
    pub condition: Condition,
    /// Why.
    pub why: Option<Text>,
}

/// `prefers actor [by rank] { … }`
#[derive(Clone, Debug, PartialEq)]
pub struct Prefers {
    /// Whose preferences these are.
    pub actor: Ident,
    /// The word behind `by`: `rank`.
    pub form: Option<Ident>,
    /// The lines.
    pub wishes: Vec<Wish>,
    /// From brace to brace.
    pub braces: Span,
}

/// One line of preferences: `[strongly | unknown] condition ["source"]`, `weight number [if condition] ["source"]` or
/// `[strongly] condition over condition ["source"]`.
#[derive(Clone, Debug, PartialEq)]
pub struct Wish {
    /// `strongly` or `unknown`.
    pub mark: Option<Ident>,
    /// What is said.
    pub says: Wanted,
    /// Where that comes from.
    pub source: Option<Text>,
    /// All of it.
    pub span: Span,
}

/// What a line of preferences says.
// Lines are few, and the variants lie in a list.
#[allow(clippy::large_enum_variant)]
#[derive(Clone, Debug, PartialEq)]
pub enum Wanted {
    /// `condition`
    Holds(Condition),
    /// `weight number [if condition]`
    Weighs(Expr, Option<Expr>),
    /// `condition over condition`, or `condition like condition`
    Pair(Expr, Than, Expr),
}

/// How two outcomes compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Than {
    /// `over`: the first is better.
    Over,
    /// `like`: they are equally good.
    Like,
}

/// `perceives actor { option …  prefers …  infeasible …  overlooks …  unseen a, b }`
#[derive(Clone, Debug, PartialEq)]
pub struct Perceives {
    /// Who sees the conflict so.
    pub actor: Ident,
    /// What it takes for true: [`super::ItemKind::ConflictOption`], [`super::ItemKind::Prefers`],
    /// [`super::ItemKind::Infeasible`], [`super::ItemKind::Overlooks`] and [`super::ItemKind::Unseen`].
    pub items: Vec<Item>,
    /// From brace to brace.
    pub braces: Span,
}

/// `expect stable condition [for actor] by concept, … [with actor, …] ["why"]`, or `expect unstable …`
#[derive(Clone, Debug, PartialEq)]
pub struct Stable {
    /// Whether stability is expected: `stable`, not `unstable`.
    pub stable: bool,
    /// Which states.
    pub states: Expr,
    /// For whom; for all where nobody is named.
    pub actor: Option<Ident>,
    /// Under which concepts, each with its horizon if it has one.
    pub concepts: Vec<(Ident, Option<Expr>)>,
    /// Who acts as one.
    pub allies: Vec<Ident>,
    /// Why.
    pub why: Option<Text>,
}
