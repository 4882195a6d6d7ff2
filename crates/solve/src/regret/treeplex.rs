//! The sequences of one player, laid out for regret matching at many information sets at once.
//!
//! With perfect recall a player's information sets form a forest: before each lies one *sequence*, its last own
//! choice (von Stengel 1996). All information sets with as many own choices before them and as many actions
//! form a *group*. The sequences of a group stand action by action, and within an action set by set, so that
//! the sets of a group are lanes of one vector and every step of the algorithm is plain arithmetic on
//! contiguous numbers. [`crate::regret::public`] puts sets of the same public state side by side.

use std::ops::Range;

use detente_game::Game;

/// In a list of slots: no choice yet.
pub(super) const NO_SLOT: u32 = u32::MAX;

/// Information sets of one player with as many own choices before them and as many actions.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Group {
    /// Actions at each information set.
    pub(super) arity: usize,
    /// Place of its first information set.
    pub(super) first: usize,
    /// Number of its information sets.
    pub(super) sets: usize,
    /// Its first sequence. The sequence of action `a` at the `k`th set is `first_sequence + a * sets + k`.
    pub(super) first_sequence: usize,
}

impl Group {
    /// Sequences of one action at all sets of the group.
    pub(super) fn action(&self, action: usize) -> Range<usize> {
        let begin = self.first_sequence + action * self.sets;
        begin..begin + self.sets
    }

    /// Sequences of one action at some neighbouring sets.
    pub(super) fn lanes(&self, action: usize, begin: usize, count: usize) -> Range<usize> {
        let first = self.first_sequence + action * self.sets + begin;
        first..first + count
    }
}

/// The information sets of one player by groups, earlier ones first.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Forest {
    /// Level, arity and members (information sets of the game, ascending) of each group.
    pub(super) groups: Vec<(u32, usize, Vec<u32>)>,
    /// Per information set of the game: slot of the last own choice before it.
    pub(super) before: Vec<u32>,
}

impl Forest {
    /// Groups the information sets of a player; `before` is what
    /// [`detente_game::order::player_recalls`] tells.
    pub(super) fn new(game: &Game, player: usize, before: Vec<u32>, set_of_slot: &[u32]) -> Forest {
        let level = levels(&before, set_of_slot);
        let own = |set: &u32| usize::from(game.set_player()[*set as usize]) == player;
        let key = |set: u32| (level[set as usize], game.slots(set as usize).len());
        let mut sets: Vec<u32> = (0..game.sets() as u32).filter(own).collect();
        sets.sort_by_key(|&set| (key(set), set));
        let mut groups: Vec<(u32, usize, Vec<u32>)> = Vec::new();
        for set in sets {
            let (level, arity) = key(set);
            match groups.last_mut() {
                Some((l, a, members)) if (*l, *a) == (level, arity) => members.push(set),
                _ => groups.push((level, arity, vec![set])),
            }
        }
        Forest { groups, before }
    }
}

/// Number of own choices before each information set.
fn levels(before: &[u32], set_of_slot: &[u32]) -> Vec<u32> {
    let mut level = vec![u32::MAX; before.len()];
    let mut chain = Vec::new();
    for set in 0..before.len() {
        let mut at = set;
        while level[at] == u32::MAX {
            chain.push(at);
            match set_of_slot.get(before[at] as usize) {
                Some(&earlier) => at = earlier as usize,
                None => break,
            }
        }
        let mut next = level[at].wrapping_add(1);
        while let Some(link) = chain.pop() {
            level[link] = next;
            next += 1;
        }
    }
    level
}

/// Sequences of one player in their final order. Sequence 0 is the empty one.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Treeplex {
    /// Groups, earlier ones first.
    pub(super) groups: Vec<Group>,
    /// Per place of an information set: the sequence before it.
    pub(super) parent: Vec<u32>,
    /// Per sequence: its action slot; [`NO_SLOT`] for the empty one.
    pub(super) slot: Vec<u32>,
}

impl Treeplex {
    /// Orders the sets of every group by public state (`public`, a number per information set of the game),
    /// then by what came before, and numbers the sequences.
    pub(super) fn new(game: &Game, forest: &Forest, public: &[u32]) -> Treeplex {
        let mut sequence_of = vec![0u32; game.actions()];
        let mut treeplex = Treeplex {
            groups: Vec::with_capacity(forest.groups.len()),
            parent: Vec::new(),
            slot: vec![NO_SLOT],
        };
        for (_, arity, members) in &forest.groups {
            let parent = |set: u32| match forest.before[set as usize] {
                NO_SLOT => 0,
                slot => sequence_of[slot as usize],
            };
            let mut members = members.clone();
            members.sort_by_key(|&set| (public[set as usize], parent(set), set));
            treeplex.groups.push(Group {
                arity: *arity,
                first: treeplex.parent.len(),
                sets: members.len(),
                first_sequence: treeplex.slot.len(),
            });
            treeplex
                .parent
                .extend(members.iter().map(|&set| parent(set)));
            for action in 0..*arity {
                for &set in &members {
                    let slot = game.set_first_slot()[set as usize] + action as u32;
                    sequence_of[slot as usize] = treeplex.slot.len() as u32;
                    treeplex.slot.push(slot);
                }
            }
        }
        treeplex
    }

    /// Number of sequences, the empty one included.
    pub(super) fn sequences(&self) -> usize {
        self.slot.len()
    }

    /// Per action slot of the game: its sequence; 0 for those of others.
    pub(super) fn sequence_of(&self, game: &Game) -> Vec<u32> {
        let mut sequence_of = vec![0u32; game.actions()];
        for (sequence, &slot) in self.slot.iter().enumerate().skip(1) {
            sequence_of[slot as usize] = sequence as u32;
        }
        sequence_of
    }
}
