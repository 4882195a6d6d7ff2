//! Answers to the asks in words, the same in every rendering.

use detente_findings::model::{Answer, Unit};

use crate::number::{self, Scale};

/// Writes the answers of one run; those that are no probabilities share their decimals.
pub(crate) struct Answers {
    numbers: Scale,
}

impl Answers {
    pub(crate) fn of(asks: &[Answer]) -> Answers {
        let numbers = asks.iter().filter(|a| a.unit == Unit::Number);
        Answers {
            numbers: Scale::of(numbers.filter_map(|a| a.value)),
        }
    }

    /// The answer; none where its condition has probability 0.
    pub(crate) fn value(&self, ask: &Answer) -> Option<String> {
        ask.value.map(|v| match ask.unit {
            Unit::Probability => number::percent(v),
            Unit::Number => self.numbers.write(v),
        })
    }

    /// Its range over doubted numbers; empty where there is none.
    pub(crate) fn range(&self, ask: &Answer) -> String {
        match (ask.low, ask.high, ask.unit) {
            (Some(low), Some(high), Unit::Probability) => number::percent_range(low, high),
            (Some(low), Some(high), Unit::Number) => self.numbers.range(low, high),
            _ => String::new(),
        }
    }
}
