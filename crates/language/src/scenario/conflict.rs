//! The conflict of a scenario in option form: what each side can do, what each prefers, how each sees it.

use super::{ActorId, ConflictOptionId, Expr, Named, SituationId};
use crate::span::Span;

/// The most options that a conflict may have, imagined ones among them.
pub const MOST_CONFLICT_OPTIONS: usize = 64;

/// All that a scenario says of its conflict in option form; without options there is none.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OptionForm {
    /// What actors can do or leave, in the order written.
    pub options: Vec<ConflictOption>,
    /// States that have a name.
    pub situations: Vec<Situation>,
    /// Today's state.
    pub today: Option<SituationId>,
    /// What cannot be.
    pub infeasible: Vec<Ruled>,
    /// What actors prefer, each at most once.
    pub prefers: Vec<Prefers>,
    /// How actors see the conflict where they see it wrongly, each at most once.
    pub perceives: Vec<Perceives>,
    /// Which states are expected to last, or not to.
    pub stable: Vec<Stable>,
}

impl OptionForm {
    /// The actors that take part: who owns an option of the conflict or prefers something in it, in the scenario's order.
    #[must_use]
    pub fn parties(&self) -> Vec<ActorId> {
        let owners = self.real().map(|(_, option)| option.owner);
        let mut parties: Vec<ActorId> = owners
            .chain(self.prefers.iter().map(|prefers| prefers.actor))
            .collect();
        parties.sort_unstable();
        parties.dedup();
        parties
    }

    /// The options that there are, without those that somebody only imagines.
    pub fn real(&self) -> impl Iterator<Item = (ConflictOptionId, &ConflictOption)> {
        let all = (0..).map(ConflictOptionId).zip(&self.options);
        all.filter(|(_, option)| option.imagined_by.is_none())
    }
}

/// `option … of actor`.
#[derive(Clone, Debug, PartialEq)]
pub struct ConflictOption {
    /// Name and label.
    pub name: Named,
    /// Whose it is.
    pub owner: ActorId,
    /// Once taken up, it stays.
    pub irreversible: bool,
    /// Once given up, it is gone.
    pub unrepeatable: bool,
    /// Words for taking it up, as after "by".
    pub doing: Option<String>,
    /// Words for giving it up.
    pub undoing: Option<String>,
    /// Where it comes from.
    pub source: String,
    /// The actor that only imagines it; none if it is there.
    pub imagined_by: Option<ActorId>,
    /// What it means in the play, if that is said.
    pub means: Option<Meaning>,
}

/// `lens OPTION as e`: a condition on the play.
#[derive(Clone, Debug, PartialEq)]
pub struct Meaning {
    /// When the play has come to it.
    pub when: Expr,
    /// That as written.
    pub text: String,
}

/// `situation` or `today`: a state with a name.
#[derive(Clone, Debug, PartialEq)]
pub struct Situation {
    /// Name (empty where today has none) and label.
    pub name: Named,
    /// The options that are chosen in it; all others are not.
    pub chosen: Vec<ConflictOptionId>,
}

/// A condition over options and situations.
#[derive(Clone, Debug, PartialEq)]
pub enum Condition {
    /// `true` or `false`.
    Truth(bool),
    /// The option is chosen.
    Chosen(ConflictOptionId),
    /// The state is this one.
    Is(SituationId),
    /// The opposite.
    Not(Box<Condition>),
    /// Both.
    And(Box<Condition>, Box<Condition>),
    /// At least one.
    Or(Box<Condition>, Box<Condition>),
    /// `then if when`: whenever the second holds, so does the first.
    If {
        /// What must hold.
        then: Box<Condition>,
        /// Whenever this does.
        when: Box<Condition>,
    },
    /// Both hold or neither does.
    Iff(Box<Condition>, Box<Condition>),
}

impl Condition {
    /// Whether it holds where exactly these options are chosen.
    #[must_use]
    pub fn holds(&self, form: &OptionForm, chosen: &dyn Fn(ConflictOptionId) -> bool) -> bool {
        let holds = |part: &Condition| part.holds(form, chosen);
        match self {
            Condition::Truth(truth) => *truth,
            Condition::Chosen(option) => chosen(*option),
            Condition::Is(situation) => match form.situations.get(situation.index()) {
                None => false,
                Some(at) => (0..)
                    .map(ConflictOptionId)
                    .zip(&form.options)
                    .all(|(option, _)| at.chosen.contains(&option) == chosen(option)),
            },
            Condition::Not(part) => !holds(part),
            Condition::And(a, b) => holds(a) && holds(b),
            Condition::Or(a, b) => holds(a) || holds(b),
            Condition::If { then, when } => !holds(when) || holds(then),
            Condition::Iff(a, b) => holds(a) == holds(b),
        }
    }

    /// Calls this with every option that is named, in situations too.
    pub fn options(&self, form: &OptionForm, found: &mut dyn FnMut(ConflictOptionId)) {
        match self {
            Condition::Truth(_) => {}
            Condition::Chosen(option) => found(*option),
            Condition::Is(situation) => {
                let chosen = form.situations.get(situation.index()).map(|at| &at.chosen);
                chosen
                    .into_iter()
                    .flatten()
                    .for_each(|option| found(*option));
            }
            Condition::Not(part) => part.options(form, found),
            Condition::And(a, b)
            | Condition::Or(a, b)
            | Condition::If { then: a, when: b }
            | Condition::Iff(a, b) => {
                a.options(form, found);
                b.options(form, found);
            }
        }
    }
}

/// `infeasible` or `overlooks`.
#[derive(Clone, Debug, PartialEq)]
pub struct Ruled {
    /// What cannot be.
    pub condition: Condition,
    /// Why.
    pub why: String,
    /// The condition as written.
    pub text: String,
}

/// `prefers`.
#[derive(Clone, Debug, PartialEq)]
pub struct Prefers {
    /// Whose.
    pub actor: ActorId,
    /// What.
    pub wishes: Wishes,
    /// The actor's name behind `prefers`.
    pub span: Span,
}

/// What an actor prefers, in one of four forms.
#[derive(Clone, Debug, PartialEq)]
pub enum Wishes {
    /// Ordered statements, what matters most first.
    Statements(Vec<(Strength, Line<Condition>)>),
    /// Tiers, best first; a state stands in the first that it fits, and below all where it fits none. The truth says
    /// whether a tier is much better than what follows.
    Ranking(Vec<(bool, Line<Condition>)>),
    /// Numbers that are added up where their condition holds (always where there is none).
    Weights(Vec<Line<(Expr, Option<Condition>)>>),
    /// Outcomes pair by pair; what is not said is unknown.
    Pairs(Vec<Line<Pair>>),
}

impl Wishes {
    /// Every condition in them.
    #[must_use]
    pub fn conditions(&self) -> Vec<&Condition> {
        match self {
            Wishes::Statements(lines) => lines.iter().map(|(_, line)| &line.says).collect(),
            Wishes::Ranking(lines) => lines.iter().map(|(_, line)| &line.says).collect(),
            Wishes::Weights(lines) => {
                let conditions = lines.iter().map(|line| line.says.1.as_ref());
                conditions.flatten().collect()
            }
            Wishes::Pairs(lines) => {
                let sides = lines
                    .iter()
                    .map(|line| [&line.says.first, &line.says.second]);
                sides.flatten().collect()
            }
        }
    }
}

/// One line of preferences.
#[derive(Clone, Debug, PartialEq)]
pub struct Line<T> {
    /// What it says.
    pub says: T,
    /// Where that comes from.
    pub source: String,
    /// As written, without its source.
    pub text: String,
}

/// How much a statement matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Strength {
    /// The actor prefers that it holds.
    Plain,
    /// It prefers that strongly; such statements stand first.
    Strongly,
    /// It matters, but nobody knows in which direction.
    Unknown,
}

/// Two outcomes that are compared.
#[derive(Clone, Debug, PartialEq)]
pub struct Pair {
    /// Every state of which this holds …
    pub first: Condition,
    /// … is compared with every state of which this holds.
    pub second: Condition,
    /// How.
    pub than: Comparison,
}

/// How two outcomes compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// The first is better.
    Better,
    /// It is much better.
    MuchBetter,
    /// They are equally good.
    Same,
}

/// `perceives`: in what the conflict differs that an actor sees.
#[derive(Clone, Debug, PartialEq)]
pub struct Perceives {
    /// Who sees it so.
    pub actor: ActorId,
    /// What it takes others, or itself, to prefer.
    pub prefers: Vec<Prefers>,
    /// What it takes for impossible.
    pub infeasible: Vec<Ruled>,
    /// Into what, and out of what, it does not think of moving.
    pub overlooks: Vec<Ruled>,
    /// Options that it does not see.
    pub unseen: Vec<ConflictOptionId>,
}

/// `expect stable` or `expect unstable`.
#[derive(Clone, Debug, PartialEq)]
pub struct Stable {
    /// Whether stability is expected.
    pub stable: bool,
    /// Which states; every feasible one of which this holds.
    pub states: Condition,
    /// For whom; for all where none is named.
    pub actor: Option<ActorId>,
    /// Under which concepts.
    pub concepts: Vec<Concept>,
    /// Who acts as one.
    pub allies: Vec<ActorId>,
    /// The check as written.
    pub text: String,
    /// Why it must hold.
    pub why: String,
    /// Where it stands.
    pub span: Span,
}

/// A concept of stability, by its word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Concept {
    /// `nash`
    Nash,
    /// `general`: general metarational.
    General,
    /// `symmetric`: symmetric metarational.
    Symmetric,
    /// `sequential`
    Sequential,
    /// `symmetric_sequential`
    SymmetricSequential,
    /// `simultaneous`
    Simultaneous,
    /// `limited n`: so many moves ahead.
    Limited(u32),
    /// `non_myopic`
    NonMyopic,
}
