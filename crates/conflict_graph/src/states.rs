//! The feasible states of a conflict as bit sets of options.

use std::collections::HashMap;

use crate::condition::Condition;
use crate::error::GraphError;

/// The largest number of options: a state is one word.
pub const MOST_OPTIONS: usize = 64;
/// The largest number of states that is enumerated or accepted.
pub const MOST_STATES: usize = 1 << 24;
/// Up to this many options, states are looked up in a table of all combinations.
const TABLE_OPTIONS: usize = 22;
/// … unless fewer than one combination in so many is feasible.
const SPARSE: usize = 64;
/// So many partial states are looked at when states are enumerated.
const MOST_LOOKS: usize = 1 << 28;
const NONE: u32 = u32::MAX;

/// The feasible states, numbered from 0 in the order given. Bit k of a state: option k is chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct States {
    options: usize,
    bits: Vec<u64>,
    lookup: Lookup,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Lookup {
    /// State k is the combination k.
    Everything,
    Table(Vec<u32>),
    Map(HashMap<u64, u32>),
}

impl States {
    /// Every combination of the options that no condition of `infeasible` rules out, in ascending order.
    ///
    /// # Errors
    /// No state is left, or more than [`MOST_STATES`]; too many options; a condition over an option that is not there.
    pub fn feasible(options: usize, infeasible: &[Condition]) -> Result<States, GraphError> {
        check_options(options)?;
        for (k, condition) in infeasible.iter().enumerate() {
            if let Some(last) = condition.last_option() {
                let place = format!("infeasibility condition {}", k + 1);
                crate::error::present(&place, "option", last, options)?;
            }
        }
        let mut bits = Vec::new();
        let mut stack = vec![(0u64, options)];
        let mut looks = 0;
        while let Some((state, undecided)) = stack.pop() {
            looks += 1;
            if looks > MOST_LOOKS {
                return Err(too_many(bits.len().max(MOST_STATES + 1)));
            }
            let known = u64::MAX
                .checked_shl(u32::try_from(undecided).unwrap_or(64))
                .unwrap_or(0);
            let ruled_out = |c: &Condition| c.holds_so_far(state, known) == Some(true);
            if infeasible.iter().any(ruled_out) {
                continue;
            }
            if undecided > 0 {
                // The state without the option comes off the stack first.
                stack.push((state | 1 << (undecided - 1), undecided - 1));
                stack.push((state, undecided - 1));
                continue;
            }
            bits.push(state);
            if bits.len() > MOST_STATES {
                return Err(too_many(bits.len()));
            }
        }
        States::listed(options, bits)
    }

    /// The states listed.
    ///
    /// # Errors
    /// No states, or too many; a state twice, or with an option that is not there; too many options.
    pub fn listed(options: usize, bits: Vec<u64>) -> Result<States, GraphError> {
        check_options(options)?;
        if bits.is_empty() {
            let what = "feasible states";
            return Err(GraphError::Empty { what });
        }
        if bits.len() > MOST_STATES {
            return Err(too_many(bits.len()));
        }
        for (k, state) in bits.iter().enumerate() {
            if options < 64 && state >> options != 0 {
                let found = 63 - state.leading_zeros() as usize;
                let place = format!("state {}", k + 1);
                crate::error::present(&place, "option", found, options)?;
            }
        }
        let lookup = Lookup::of(options, &bits)?;
        Ok(States {
            options,
            bits,
            lookup,
        })
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.bits.len()
    }

    /// Never: a conflict has states.
    pub fn is_empty(&self) -> bool {
        self.bits.is_empty()
    }

    /// The number of options.
    pub fn options(&self) -> usize {
        self.options
    }

    /// The options of a state.
    pub fn bits(&self, state: usize) -> u64 {
        self.bits[state]
    }

    /// All states, in their order.
    pub fn all(&self) -> &[u64] {
        &self.bits
    }

    /// The number of the state with these options, if it is feasible.
    pub fn find(&self, bits: u64) -> Option<usize> {
        let found = match &self.lookup {
            Lookup::Everything => {
                return usize::try_from(bits).ok().filter(|k| *k < self.bits.len());
            }
            Lookup::Table(table) => {
                let at = usize::try_from(bits).ok()?;
                table.get(at).copied().filter(|k| *k != NONE)
            }
            Lookup::Map(map) => map.get(&bits).copied(),
        };
        found.map(|k| k as usize)
    }

    /// A state as the field writes it: Y or N per option, first option first.
    pub fn marks(&self, state: usize) -> String {
        let mark = |k: usize| {
            if self.bits[state] >> k & 1 == 1 {
                'Y'
            } else {
                'N'
            }
        };
        (0..self.options).map(mark).collect()
    }
}

impl Lookup {
    fn of(options: usize, bits: &[u64]) -> Result<Lookup, GraphError> {
        let in_order = || bits.iter().enumerate().all(|(k, state)| *state == k as u64);
        if options <= TABLE_OPTIONS && bits.len() == 1 << options && in_order() {
            return Ok(Lookup::Everything);
        }
        let twice = |state: u64| GraphError::Twice {
            name: (0..options)
                .map(|k| if state >> k & 1 == 1 { 'Y' } else { 'N' })
                .collect(),
            what: "states",
        };
        if options <= TABLE_OPTIONS && bits.len() * SPARSE >= 1 << options {
            let mut table = vec![NONE; 1 << options];
            for (k, state) in (0u32..).zip(bits) {
                let at = usize::try_from(*state).map_err(|_| twice(*state))?;
                if std::mem::replace(&mut table[at], k) != NONE {
                    return Err(twice(*state));
                }
            }
            return Ok(Lookup::Table(table));
        }
        let mut map = HashMap::with_capacity(bits.len());
        for (k, state) in (0u32..).zip(bits) {
            if map.insert(*state, k).is_some() {
                return Err(twice(*state));
            }
        }
        Ok(Lookup::Map(map))
    }
}

fn check_options(options: usize) -> Result<(), GraphError> {
    if options == 0 {
        let what = "options";
        return Err(GraphError::Empty { what });
    }
    if options > MOST_OPTIONS {
        return Err(GraphError::TooMany {
            what: "options".to_owned(),
            found: options,
            limit: MOST_OPTIONS,
            mend: "put options together that go together",
        });
    }
    Ok(())
}

fn too_many(found: usize) -> GraphError {
    GraphError::TooMany {
        what: "feasible states".to_owned(),
        found,
        limit: MOST_STATES,
        mend: "rule out combinations that make no sense by infeasibility conditions",
    }
}
