//! Sets of states, and relations between states, as bits.

/// A set of states.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StateSet {
    size: usize,
    words: Vec<u64>,
}

impl StateSet {
    /// The empty set among `size` states.
    pub fn empty(size: usize) -> StateSet {
        StateSet {
            size,
            words: vec![0; size.div_ceil(64)],
        }
    }

    /// All of `size` states.
    pub fn full(size: usize) -> StateSet {
        let mut set = StateSet::empty(size);
        (0..size).for_each(|state| {
            set.insert(state);
        });
        set
    }

    /// The states among `size` for which `fits` holds.
    pub fn of(size: usize, fits: impl Fn(usize) -> bool) -> StateSet {
        let mut set = StateSet::empty(size);
        for state in (0..size).filter(|state| fits(*state)) {
            set.insert(state);
        }
        set
    }

    /// Adds a state; whether it is new.
    pub fn insert(&mut self, state: usize) -> bool {
        let (word, bit) = (&mut self.words[state / 64], 1 << (state % 64));
        let new = *word & bit == 0;
        *word |= bit;
        new
    }

    /// Whether it holds a state.
    pub fn contains(&self, state: usize) -> bool {
        state < self.size && self.words[state / 64] >> (state % 64) & 1 == 1
    }

    /// How many states it holds.
    pub fn count(&self) -> usize {
        self.words
            .iter()
            .map(|word| word.count_ones() as usize)
            .sum()
    }

    /// Its states, in ascending order.
    pub fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        ones(&self.words)
    }

    /// Adds what is in another.
    pub fn unite(&mut self, other: &StateSet) {
        for (a, b) in self.words.iter_mut().zip(&other.words) {
            *a |= b;
        }
    }

    /// What it has in common with another.
    pub fn intersect(&mut self, other: &StateSet) {
        for (a, b) in self.words.iter_mut().zip(&other.words) {
            *a &= b;
        }
    }
}

/// The places of the ones in a row of words.
pub(crate) fn ones(words: &[u64]) -> impl Iterator<Item = usize> + '_ {
    words.iter().enumerate().flat_map(|(at, word)| {
        let mut left = *word;
        std::iter::from_fn(move || {
            (left != 0).then(|| {
                let bit = left.trailing_zeros() as usize;
                left &= left - 1;
                at * 64 + bit
            })
        })
    })
}

/// A relation between states: a row of bits per state.
#[derive(Clone, Debug)]
pub(crate) struct Table {
    width: usize,
    words: Vec<u64>,
}

impl Table {
    /// The empty relation.
    pub fn empty(size: usize) -> Table {
        let width = size.div_ceil(64);
        Table {
            width,
            words: vec![0; width * size],
        }
    }

    pub fn row(&self, state: usize) -> &[u64] {
        &self.words[state * self.width..(state + 1) * self.width]
    }

    pub fn row_mut(&mut self, state: usize) -> &mut [u64] {
        &mut self.words[state * self.width..(state + 1) * self.width]
    }

    pub fn set(&mut self, from: usize, to: usize) {
        self.words[from * self.width + to / 64] |= 1 << (to % 64);
    }
}
