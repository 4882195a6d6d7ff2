//! Things that were worked out and may be asked for again: those used last stay, as long as there is room.

use std::collections::HashMap;
use std::hash::Hash;

/// Values by their keys, with weights that together stay below a bound.
#[derive(Debug)]
pub struct Memory<K, V> {
    kept: HashMap<K, (V, usize, u64)>,
    room: usize,
    weight: usize,
    clock: u64,
}

impl<K: Hash + Eq + Clone, V: Clone> Memory<K, V> {
    /// A memory for values that weigh so much together.
    pub fn new(room: usize) -> Memory<K, V> {
        Memory {
            kept: HashMap::new(),
            room,
            weight: 0,
            clock: 0,
        }
    }

    /// The value of a key, which is fresh from now on.
    pub fn get(&mut self, key: &K) -> Option<V> {
        self.clock += 1;
        let (value, _, used) = self.kept.get_mut(key)?;
        *used = self.clock;
        Some(value.clone())
    }

    /// Keeps a value unless it alone is too heavy; the ones not used for longest make room.
    pub fn put(&mut self, key: K, value: V, weight: usize) {
        if weight > self.room {
            return;
        }
        self.clock += 1;
        if let Some((_, old, _)) = self.kept.insert(key, (value, weight, self.clock)) {
            self.weight -= old;
        }
        self.weight += weight;
        while self.weight > self.room {
            let oldest = self.kept.iter().min_by_key(|(_, kept)| kept.2);
            let Some(oldest) = oldest.map(|(key, _)| key.clone()) else {
                break;
            };
            if let Some((_, weight, _)) = self.kept.remove(&oldest) {
                self.weight -= weight;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Memory;

    #[test]
    fn what_was_used_last_stays() {
        let mut memory = Memory::new(10);
        memory.put("a", 1, 4);
        memory.put("b", 2, 4);
        assert_eq!(memory.get(&"a"), Some(1));
        memory.put("c", 3, 4);
        assert_eq!(
            [memory.get(&"a"), memory.get(&"b"), memory.get(&"c")],
            [Some(1), None, Some(3)]
        );
        memory.put("a", 4, 6);
        assert_eq!([memory.get(&"a"), memory.get(&"c")], [Some(4), Some(3)]);
        memory.put("d", 5, 11);
        assert_eq!(memory.get(&"d"), None);
    }
}
