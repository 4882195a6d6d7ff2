//! Strategic games: the table of payoffs, read twice.
//!
//! Where everybody chooses once and nobody sees anything, a profile is an equilibrium if every player's payoff is the
//! largest among those against the same choices of the others. One pass over the ends finds these largest payoffs, another
//! one the profiles that have them all. Without draws nothing is added up, and doubles compare as the fractions do that
//! they stand for.

use detente_game::Game;
use detente_game::game::TERMINAL;

use super::search::Found;
use crate::Budget;

/// Profiles between two looks at the clock.
const STRIDE: usize = 1 << 16;

/// A game in which every end follows one choice at each of the information sets, in the same order.
struct Table {
    /// Per decision on the way: its information set.
    sets: Vec<usize>,
    /// Per decision: the number of choices, and how far two of them that are next to each other are apart.
    counts: Vec<usize>,
    strides: Vec<usize>,
    /// Ends, the last decision running fastest.
    ends: Vec<u32>,
}

/// All pure equilibria of a strategic game, of which at most `most` are listed; none where the game is no such table.
pub(super) fn scan(game: &Game, most: usize, budget: &Budget<'_>) -> Option<Found> {
    let table = Table::new(game)?;
    let mut found = Found {
        profiles: Vec::new(),
        count: 0,
        stopped: None,
    };
    let best: Vec<Vec<f64>> = (0..table.sets.len())
        .map(|decision| table.best(game, decision))
        .collect();
    for profile in 0..table.ends.len() {
        if profile % STRIDE == 0 {
            let share = profile as f64 / table.ends.len() as f64;
            let words = format!("{} equilibria so far", found.count);
            found.stopped = budget.spent(Some(share), &words);
            if found.stopped.is_some() {
                break;
            }
        }
        let holds = |decision: usize| {
            let most = best[decision][table.others(profile, decision)];
            table.payoff(game, profile, decision) >= most
        };
        if (0..best.len()).all(holds) {
            found.count += 1;
            if found.profiles.len() < most {
                found.profiles.push(table.choices(profile));
            }
        }
    }
    Some(found)
}

impl Table {
    fn new(game: &Game) -> Option<Table> {
        let (mut sets, mut counts) = (Vec::new(), Vec::new());
        let mut level: Vec<u32> = vec![0];
        while game.set()[level[0] as usize] != TERMINAL {
            let set = game.set()[level[0] as usize];
            if set as usize >= game.sets() || level.iter().any(|&k| game.set()[k as usize] != set) {
                return None;
            }
            sets.push(set as usize);
            counts.push(game.slots(set as usize).len());
            let children = level.iter().map(|&node| game.children(node as usize));
            level = children.flatten().map(|child| child as u32).collect();
        }
        let mut players: Vec<u8> = sets.iter().map(|&set| game.set_player()[set]).collect();
        players.sort_unstable();
        players.dedup();
        let ends = |&node: &u32| game.set()[node as usize] == TERMINAL;
        if players.len() < game.sets() || sets.len() > players.len() || !level.iter().all(ends) {
            return None;
        }
        let mut strides = vec![1; sets.len()];
        for decision in (1..sets.len()).rev() {
            strides[decision - 1] = strides[decision] * counts[decision];
        }
        Some(Table {
            sets,
            counts,
            strides,
            ends: level,
        })
    }

    /// What the player of a decision gets.
    fn payoff(&self, game: &Game, profile: usize, decision: usize) -> f64 {
        let player = game.set_player()[self.sets[decision]];
        game.payoffs_at(self.ends[profile] as usize)[usize::from(player)]
    }

    /// Number of what all others choose.
    fn others(&self, profile: usize, decision: usize) -> usize {
        let (stride, count) = (self.strides[decision], self.counts[decision]);
        profile / (stride * count) * stride + profile % stride
    }

    /// The most that the player of a decision can get against whatever the others choose.
    fn best(&self, game: &Game, decision: usize) -> Vec<f64> {
        let mut best = vec![f64::NEG_INFINITY; self.ends.len() / self.counts[decision]];
        for profile in 0..self.ends.len() {
            let most = &mut best[self.others(profile, decision)];
            *most = most.max(self.payoff(game, profile, decision));
        }
        best
    }

    /// Choices per information set.
    fn choices(&self, profile: usize) -> Vec<u16> {
        let mut choices = vec![0; self.sets.len()];
        for (decision, &set) in self.sets.iter().enumerate() {
            choices[set] = (profile / self.strides[decision] % self.counts[decision]) as u16;
        }
        choices
    }
}

#[cfg(test)]
mod tests {
    use detente_game::read_game;
    use proptest::prelude::*;

    use super::*;
    use crate::pure::nash_in;
    use crate::weighted::weighted;

    fn game(text: &str) -> Game {
        match read_game(text) {
            Ok(read) => read.game,
            Err(remarks) => panic!("{remarks:?}"),
        }
    }

    fn scanned(game: &Game, most: usize) -> Found {
        match scan(game, most, &Budget::unlimited()) {
            Some(found) => found,
            None => panic!("no table"),
        }
    }

    /// A table with few different payoffs, so that ties abound.
    fn tables() -> impl Strategy<Value = String> {
        prop::collection::vec(1usize..=4, 1..=4).prop_flat_map(|counts| {
            let cells = counts.iter().product::<usize>() * counts.len();
            prop::collection::vec(0u8..4, cells).prop_map(move |payoffs| {
                let words = |numbers: &[usize]| {
                    let words: Vec<String> = numbers.iter().map(usize::to_string).collect();
                    words.join(" ")
                };
                let names = "\"p\" ".repeat(counts.len());
                let payoffs: Vec<usize> = payoffs.iter().map(|&payoff| payoff.into()).collect();
                let (counts, payoffs) = (words(&counts), words(&payoffs));
                format!("NFG 1 R \"\" {{ {names} }} {{ {counts} }}\n{payoffs}\n")
            })
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn the_search_of_the_tree_finds_the_same(text in tables()) {
            let game = game(&text);
            let found = scanned(&game, 10_000);
            let (exact, _) = weighted(&game);
            let searched = nash_in(&game, &exact, 10_000, true, &Budget::unlimited());
            prop_assert!(searched.is_ok());
            if let Ok(mut searched) = searched {
                searched.profiles.sort();
                prop_assert_eq!(found.count, searched.count);
                prop_assert_eq!(found.profiles, searched.profiles);
            }
        }
    }

    #[test]
    fn the_second_player_may_stand_first_in_the_tree() {
        let game = game(
            r#"EFG 2 R "" { "a" "b" }
            p "" 2 1 "" { "l" "r" } 0
            p "" 1 1 "" { "u" "m" "d" } 0
            t "" 1 "" { 0 0 }
            t "" 2 "" { 2 1 }
            t "" 3 "" { 1 0 }
            p "" 1 1 "" 0
            t "" 4 "" { 0 0 }
            t "" 5 "" { 0 0 }
            t "" 6 "" { 1 3 }"#,
        );
        // Information sets are numbered as they come: (l, m) and (r, d).
        assert_eq!(scanned(&game, 10).profiles, [[0, 1], [1, 2]]);
    }

    #[test]
    fn more_than_are_listed_are_counted() {
        let text = format!(
            "NFG 1 R \"\" {{ \"a\" \"b\" }} {{ 9 9 }}\n{}",
            "0 ".repeat(162)
        );
        let found = scanned(&game(&text), 5);
        assert_eq!((found.profiles.len(), found.count), (5, 81));
    }

    #[test]
    fn a_tree_is_no_table() {
        for text in [
            // Seen by the second player.
            "EFG 2 R \"\" { \"a\" \"b\" }\np \"\" 1 1 \"\" { \"l\" \"r\" } 0\np \"\" 2 1 \"\" { \"l\" } 0\nt \"\" 1 \"\" { 3 -3 }\np \"\" 2 2 \"\" { \"l\" } 0\nt \"\" 1 \"\"",
            // A draw.
            "EFG 2 R \"\" { \"a\" }\nc \"\" 1 \"\" { \"l\" 1/2 \"r\" 1/2 } 0\nt \"\" 1 \"\" { 3 }\nt \"\" 1 \"\"",
            // An early end.
            "EFG 2 R \"\" { \"a\" \"b\" }\np \"\" 1 1 \"\" { \"l\" \"r\" } 0\nt \"\" 1 \"\" { 3 -3 }\np \"\" 2 1 \"\" { \"l\" } 0\nt \"\" 1 \"\"",
            // One player who moves twice.
            "EFG 2 R \"\" { \"a\" }\np \"\" 1 1 \"\" { \"l\" } 0\np \"\" 1 2 \"\" { \"l\" } 0\nt \"\" 1 \"\" { 3 }",
        ] {
            assert!(
                scan(&game(text), 10, &Budget::unlimited()).is_none(),
                "{text}"
            );
        }
    }
}
