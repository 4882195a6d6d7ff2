//! What came of a point, as it is stored.

use crate::engine::Solved;

/// A point and what came of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The point's number.
    pub point: u64,
    /// Values of the inputs; NaN for a precision that is the base's.
    pub inputs: Vec<f64>,
    /// Its answers, or why there are none.
    pub result: Result<Numbers, String>,
}

/// The answers of a point.
#[derive(Clone, Debug, PartialEq)]
pub struct Numbers {
    /// Probability of each ending.
    pub endings: Vec<f64>,
    /// Expected payoff of each actor.
    pub actors: Vec<f64>,
    /// Answers to asks; NaN for none.
    pub asks: Vec<f64>,
    /// Precision λ at which it was solved.
    pub precision: f64,
    /// Largest gain from deviating, as a share of the payoff range.
    pub largest_gain: f64,
    /// The same at every information set.
    pub largest_gain_at_sets: f64,
    /// Kind of equilibrium.
    pub kind: String,
    /// Whether the solution went on from the base's.
    pub continued: bool,
    /// Probability of coming to each decision that is weighed.
    pub reach: Vec<f64>,
    /// What the options of these decisions would bring, decision by decision; NaN for none.
    pub options: Vec<f64>,
}

impl Row {
    /// The row of a point; none where it was not solved because the caller stopped.
    pub(super) fn of(point: u64, inputs: Vec<f64>, solved: Solved) -> Option<Row> {
        let result = match solved {
            Solved::Skipped => return None,
            Solved::Failed(reason) => Err(reason),
            Solved::Answers(answer) => Ok(Numbers {
                endings: answer.tally.endings,
                actors: answer.tally.actors,
                asks: answer
                    .tally
                    .asks
                    .iter()
                    .map(|ask| ask.unwrap_or(f64::NAN))
                    .collect(),
                precision: answer.precision,
                largest_gain: answer.largest_gain,
                largest_gain_at_sets: answer.largest_gain_at_sets,
                kind: answer.kind.word().to_owned(),
                continued: answer.continued,
                reach: answer.weighed.iter().map(|one| one.reach).collect(),
                options: (answer.weighed.iter())
                    .flat_map(|one| one.values.iter().copied())
                    .collect(),
            }),
        };
        Some(Row {
            point,
            inputs,
            result,
        })
    }

    /// As bytes of a journal.
    pub(super) fn encode(&self) -> Vec<u8> {
        let mut bytes = self.point.to_le_bytes().to_vec();
        numbers(&mut bytes, &self.inputs);
        match &self.result {
            Err(reason) => {
                bytes.push(0);
                text(&mut bytes, reason);
            }
            Ok(found) => {
                bytes.push(1);
                for list in [&found.endings, &found.actors, &found.asks] {
                    numbers(&mut bytes, list);
                }
                let rest = [
                    found.precision,
                    found.largest_gain,
                    found.largest_gain_at_sets,
                ];
                numbers(&mut bytes, &rest);
                text(&mut bytes, &found.kind);
                bytes.push(u8::from(found.continued));
                for list in [&found.reach, &found.options] {
                    numbers(&mut bytes, list);
                }
            }
        }
        bytes
    }

    /// From bytes of a journal; none where they are no row.
    pub(super) fn decode(bytes: &[u8]) -> Option<Row> {
        let mut from = Cursor(bytes);
        let point = from.number()?;
        let inputs = from.numbers()?;
        let result = match from.byte()? {
            0 => Err(from.text()?),
            _ => {
                let (endings, actors, asks) = (from.numbers()?, from.numbers()?, from.numbers()?);
                let [precision, largest_gain, largest_gain_at_sets] =
                    from.numbers()?.try_into().ok()?;
                Ok(Numbers {
                    endings,
                    actors,
                    asks,
                    precision,
                    largest_gain,
                    largest_gain_at_sets,
                    kind: from.text()?,
                    continued: from.byte()? == 1,
                    reach: from.numbers()?,
                    options: from.numbers()?,
                })
            }
        };
        from.0.is_empty().then_some(Row {
            point,
            inputs,
            result,
        })
    }
}

fn numbers(bytes: &mut Vec<u8>, list: &[f64]) {
    bytes.extend((list.len() as u64).to_le_bytes());
    bytes.extend(list.iter().flat_map(|number| number.to_le_bytes()));
}

fn text(bytes: &mut Vec<u8>, text: &str) {
    bytes.extend((text.len() as u64).to_le_bytes());
    bytes.extend(text.as_bytes());
}

struct Cursor<'a>(&'a [u8]);

impl<'a> Cursor<'a> {
    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }

    fn byte(&mut self) -> Option<u8> {
        self.take(1)?.first().copied()
    }

    fn number(&mut self) -> Option<u64> {
        Some(u64::from_le_bytes(self.take(8)?.try_into().ok()?))
    }

    fn numbers(&mut self) -> Option<Vec<f64>> {
        let count = usize::try_from(self.number()?).ok()?;
        let bytes = self.take(count.checked_mul(8)?)?;
        let number = |eight: &[u8]| Some(f64::from_le_bytes(eight.try_into().ok()?));
        bytes.chunks_exact(8).map(number).collect()
    }

    fn text(&mut self) -> Option<String> {
        let count = usize::try_from(self.number()?).ok()?;
        String::from_utf8(self.take(count)?.to_vec()).ok()
    }
}
