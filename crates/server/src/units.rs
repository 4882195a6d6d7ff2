//! Places in a text as JavaScript counts them: in units of 16 bits.

/// From bytes to 16-bit units and back. Only what is no ASCII is remembered.
#[derive(Clone, Debug)]
pub struct Units {
    /// Behind every character that is no ASCII: its end in bytes and in units.
    turns: Vec<(usize, usize)>,
    bytes: usize,
}

impl Units {
    /// Looks through a text.
    #[must_use]
    pub fn new(text: &str) -> Units {
        let mut turns = Vec::new();
        let mut surplus = 0;
        for (at, c) in text.char_indices().filter(|(_, c)| !c.is_ascii()) {
            surplus += c.len_utf8() - c.len_utf16();
            let end = at + c.len_utf8();
            turns.push((end, end - surplus));
        }
        Units {
            turns,
            bytes: text.len(),
        }
    }

    /// Units before a byte; behind the end counts as the end.
    #[must_use]
    pub fn of(&self, byte: usize) -> usize {
        let byte = byte.min(self.bytes);
        let passed = self.turns.partition_point(|&(end, _)| end <= byte);
        match passed.checked_sub(1) {
            None => byte,
            Some(last) => self.turns[last].1 + (byte - self.turns[last].0),
        }
    }

    /// The byte of a unit; behind the end counts as the end. A place inside of a character may come out: whoever uses it
    /// goes back to the character's beginning.
    #[must_use]
    pub fn byte(&self, unit: usize) -> usize {
        let passed = self.turns.partition_point(|&(_, end)| end <= unit);
        let byte = match passed.checked_sub(1) {
            None => unit,
            Some(last) => self.turns[last].0.saturating_add(unit - self.turns[last].1),
        };
        byte.min(self.bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_character_is_found_again() {
        for text in ["", "plain", "aé𝔸x\r\n“b”", "𝔸𝔸", "é"] {
            let units = Units::new(text);
            let mut count = 0;
            for (byte, c) in text.char_indices() {
                assert_eq!(units.of(byte), count, "{text} {byte}");
                assert_eq!(units.byte(count), byte, "{text} {count}");
                count += c.len_utf16();
            }
            assert_eq!(units.of(text.len()), count);
            assert_eq!(units.byte(usize::MAX), text.len());
        }
    }
}
