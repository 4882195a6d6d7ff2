//! The ways to say what an actor wants.

use crate::condition::Condition;
use crate::conflict;
use crate::error::{GraphError, present};
use crate::relation::{Order, Preferences, Relation, Scores};
use crate::states::States;

/// The most states for which preferences are given pair by pair.
pub const MOST_PAIRED: usize = 4096;
/// The most statements of one actor.
pub const MOST_STATEMENTS: usize = 128;

/// One tier of a ranking.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tier {
    /// The states in it, equally good.
    pub states: Vec<usize>,
    /// Whether it is much better than the tier that follows.
    pub strongly: bool,
}

/// What an ordered statement tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// The actor prefers that it holds.
    Plain,
    /// It prefers that strongly: states that differ in this statement, and in none above it, are far apart.
    Strong,
    /// It matters, but nobody knows in which direction.
    Unknown,
}

/// A statement of option prioritising.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// What should hold.
    pub condition: Condition,
    /// What that tells.
    pub weight: Weight,
}

/// One known comparison, for preferences given pair by pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// The state that is compared …
    pub state: usize,
    /// … with this one.
    pub with: usize,
    /// How the first compares with the second.
    pub relation: Relation,
}

/// What an actor wants.
#[derive(Clone, Debug, PartialEq)]
pub enum Preference {
    /// A number per state; larger is better, equal is equally good. Only the order counts.
    Payoffs(Vec<f64>),
    /// Tiers, best first; every state in exactly one.
    Ranking(Vec<Tier>),
    /// A number per option, added up over those that are chosen (option weighting).
    Weights(Vec<f64>),
    /// Statements, most important first; of two states the one is better that fulfils the first statement in which
    /// they differ (option prioritising; Peng, Hipel, Fang and Kilgour 1997). Strong statements must stand above all
    /// others, so that degrees of preference agree with the order.
    Statements(Vec<Statement>),
    /// Pair by pair; what is not said is unknown. Nothing is concluded from it (preferences need not be transitive).
    Pairs(Vec<Comparison>),
}

impl Preference {
    /// Checks the preferences of an actor and makes them ready.
    ///
    /// # Errors
    /// Lists of the wrong length, numbers that are not finite, states or options that are not there, comparisons that
    /// contradict each other, too many statements or states.
    pub fn resolve(
        &self,
        actor: &str,
        size: usize,
        states: Option<&States>,
    ) -> Result<Preferences, GraphError> {
        let states = || {
            let what = "weights and statements need options, and this conflict has none";
            states.ok_or_else(|| fault(actor, what, "give payoffs, a ranking or comparisons"))
        };
        match self {
            Preference::Payoffs(payoffs) => {
                length(actor, "payoffs", "state", size, payoffs.len())?;
                let keys = keys(actor, payoffs.iter().copied(), 0.0)?;
                Ok(Preferences::Order(Order::from_keys(&keys)))
            }
            Preference::Ranking(tiers) => ranking(actor, tiers, size),
            Preference::Weights(weights) => {
                let states = states()?;
                length(actor, "weights", "option", states.options(), weights.len())?;
                keys(actor, weights.iter().copied(), 0.0)?;
                let sum = |bits: &u64| -> f64 {
                    let chosen = |k: &usize| bits >> k & 1 == 1;
                    (0..weights.len()).filter(chosen).map(|k| weights[k]).sum()
                };
                let keys = keys(actor, states.all().iter().map(sum), ROUNDING)?;
                Ok(Preferences::Order(Order::from_keys(&keys)))
            }
            Preference::Statements(statements) => prioritise(actor, statements, states()?),
            Preference::Pairs(comparisons) => pairs(actor, comparisons, size),
        }
    }
}

fn fault(actor: &str, what: impl Into<String>, mend: &'static str) -> GraphError {
    GraphError::Preference {
        actor: actor.to_owned(),
        what: what.into(),
        mend,
    }
}

fn length(
    actor: &str,
    list: &str,
    what: &'static str,
    expected: usize,
    found: usize,
) -> Result<(), GraphError> {
    let place = format!("the list of {list} of {actor}");
    conflict::length(&place, what, expected, found)
}

/// How far sums of weights may differ by rounding, relative to the largest.
const ROUNDING: f64 = 1e-12;

/// Whole numbers in the same order; neighbours that differ by `rounding` or less, relative to the largest, are equal.
fn keys(
    actor: &str,
    numbers: impl Iterator<Item = f64>,
    rounding: f64,
) -> Result<Vec<i64>, GraphError> {
    let numbers: Vec<f64> = numbers.collect();
    if let Some(at) = numbers.iter().position(|x| !x.is_finite()) {
        let what = format!("number {} is not finite", at + 1);
        return Err(fault(actor, what, "write it like 12.5"));
    }
    let mut sorted: Vec<(f64, usize)> = numbers.iter().copied().zip(0..).collect();
    sorted.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
    let largest = numbers.iter().fold(0.0f64, |m, x| m.max(x.abs()));
    let mut keys = vec![0; numbers.len()];
    let mut key = 0;
    for pair in sorted.windows(2) {
        key += i64::from(pair[1].0 - pair[0].0 > rounding * largest);
        keys[pair[1].1] = key;
    }
    Ok(keys)
}

fn ranking(actor: &str, tiers: &[Tier], states: usize) -> Result<Preferences, GraphError> {
    let mut key = vec![None; states];
    for (place, tier) in tiers.iter().rev().enumerate() {
        for state in &tier.states {
            let at = present(&format!("the ranking of {actor}"), "state", *state, states)?;
            if key[at].replace(place).is_some() {
                let what = format!("state {} stands in the ranking twice", at + 1);
                return Err(fault(actor, what, "give every state one place"));
            }
        }
    }
    if let Some(at) = key.iter().position(Option::is_none) {
        let what = format!("state {} is missing from the ranking", at + 1);
        return Err(fault(actor, what, "give every state one place"));
    }
    // Tiers without states count for nothing but their mark.
    let mut band = Vec::new();
    let mut height = 0;
    for tier in tiers.iter().rev() {
        height += u32::from(tier.strongly && !band.is_empty());
        if !tier.states.is_empty() {
            band.push(height);
        }
    }
    Ok(Preferences::Order(Order::from_keys(&key).with_bands(band)))
}

fn prioritise(
    actor: &str,
    statements: &[Statement],
    states: &States,
) -> Result<Preferences, GraphError> {
    if statements.len() > MOST_STATEMENTS {
        return Err(GraphError::TooMany {
            what: format!("statements of {actor}"),
            found: statements.len(),
            limit: MOST_STATEMENTS,
            mend: "keep those that matter most",
        });
    }
    let (mut unknown, mut strong, mut ended) = (0u128, 0u128, false);
    for (k, statement) in statements.iter().enumerate() {
        let place = format!("statement {} of {actor}", k + 1);
        if let Some(last) = statement.condition.last_option() {
            present(&place, "option", last, states.options())?;
        }
        let bit = 1u128 << (statements.len() - 1 - k);
        match statement.weight {
            Weight::Strong if ended => {
                let what = format!("statement {} is strong but one above it is not", k + 1);
                return Err(fault(actor, what, "put strong statements first"));
            }
            Weight::Strong => strong |= bit,
            Weight::Plain => ended = true,
            Weight::Unknown => {
                ended = true;
                unknown |= bit;
            }
        }
    }
    let score = |bits: &u64| {
        statements.iter().fold(0u128, |score, statement| {
            score << 1 | u128::from(statement.condition.holds(*bits))
        })
    };
    let truths: Vec<u128> = states.all().iter().map(score).collect();
    if unknown != 0 {
        return Ok(Preferences::Scores(Scores {
            truths,
            unknown,
            strong,
        }));
    }
    let order = Order::from_keys(&truths);
    let mut tops = vec![0u128; order.tiers()];
    for (state, rank) in order.ranks().iter().enumerate() {
        tops[*rank as usize] = truths[state] & strong;
    }
    let mut band = vec![0u32; tops.len()];
    for tier in 1..tops.len() {
        band[tier] = band[tier - 1] + u32::from(tops[tier] != tops[tier - 1]);
    }
    Ok(Preferences::Order(order.with_bands(band)))
}

fn pairs(
    actor: &str,
    comparisons: &[Comparison],
    states: usize,
) -> Result<Preferences, GraphError> {
    if states > MOST_PAIRED {
        return Err(GraphError::TooMany {
            what: format!("states that {actor} compares pair by pair"),
            found: states,
            limit: MOST_PAIRED,
            mend: "give a ranking or ordered statements",
        });
    }
    let mut relations = vec![Relation::Unknown; states * states];
    for state in 0..states {
        relations[state * states + state] = Relation::Same;
    }
    let mut said = vec![false; states * states];
    for comparison in comparisons {
        let place = format!("the comparisons of {actor}");
        let state = present(&place, "state", comparison.state, states)?;
        let with = present(&place, "state", comparison.with, states)?;
        let (there, back) = (with * states + state, state * states + with);
        let relation = comparison.relation;
        if (said[there] || state == with) && relations[there] != relation {
            let what = format!(
                "the comparison of states {} and {} contradicts another",
                state + 1,
                with + 1
            );
            return Err(fault(actor, what, "keep one of them"));
        }
        (said[there], said[back]) = (true, true);
        relations[there] = relation;
        relations[back] = relation.reversed();
    }
    Ok(Preferences::Pairs { states, relations })
}
