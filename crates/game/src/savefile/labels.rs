//! Labels given twice, told apart.
//!
//! Gambit numbers them, `a` and `a` become `a_1` and `a_2`; so is it done here, and named in a warning.

use std::collections::HashMap;

use crate::game::Parts;

/// Makes labels distinct: those given more than once are numbered in order, `_1`, `_2` and so on, by-passing
/// names that exist. An empty label stands for its number (from 1) and stays empty unless another label is
/// that number. Gives each label that was given twice.
pub(crate) fn distinct(labels: &mut [String]) -> Vec<String> {
    let mut times: HashMap<String, usize> = HashMap::with_capacity(labels.len());
    for label in labels.iter() {
        *times.entry(label.clone()).or_insert(0) += 1;
    }
    let mut repeated = Vec::new();
    let mut next: HashMap<String, usize> = HashMap::new();
    for (place, label) in labels.iter_mut().enumerate() {
        if label.is_empty() {
            if !times.contains_key(&(place + 1).to_string()) {
                continue;
            }
        } else if times[label] == 1 {
            continue;
        } else if !next.contains_key(label) {
            repeated.push(label.clone());
        }
        let number = next.entry(label.clone()).or_insert(0);
        let fresh = loop {
            *number += 1;
            let name = format!("{label}_{number}");
            if !times.contains_key(&name) {
                break name;
            }
        };
        times.insert(fresh.clone(), 1);
        *label = fresh;
    }
    repeated
}

/// [`distinct`] for players, who need a name: those without get `Player 1` and so on.
pub(crate) fn distinct_players(names: &mut [String]) -> Vec<String> {
    for (place, name) in names.iter_mut().enumerate() {
        if name.is_empty() {
            *name = format!("Player {}", place + 1);
        }
    }
    distinct(names)
}

/// Makes the names of a game distinct: players, the information sets of each player, the actions of each
/// information set. Arrays that do not fit together are left alone.
pub fn tell_apart(parts: &mut Parts) {
    distinct_players(&mut parts.players);
    let labels = &mut parts.labels;
    if labels.sets.len() == parts.set_player.len() {
        for player in 0..parts.players.len() {
            let own = |&set: &usize| usize::from(parts.set_player[set]) == player;
            let sets: Vec<usize> = (0..labels.sets.len()).filter(own).collect();
            let mut names: Vec<String> = sets.iter().map(|&set| labels.sets[set].clone()).collect();
            distinct(&mut names);
            for (set, name) in sets.into_iter().zip(names) {
                labels.sets[set] = name;
            }
        }
    }
    for slots in parts.set_first_slot.windows(2) {
        let slots = slots[0] as usize..slots[1] as usize;
        if let Some(actions) = labels.actions.get_mut(slots) {
            distinct(actions);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made_distinct(labels: &[&str]) -> Vec<String> {
        let mut labels: Vec<String> = labels.iter().map(|&label| label.to_owned()).collect();
        distinct(&mut labels);
        let again = labels.clone();
        assert!(distinct(&mut labels).is_empty());
        assert_eq!(labels, again);
        labels
    }

    #[test]
    fn what_is_distinct_stays() {
        assert_eq!(
            made_distinct(&["a", "b", "", "a_1", ""]),
            ["a", "b", "", "a_1", ""]
        );
    }

    #[test]
    fn what_is_not_is_numbered() {
        assert_eq!(made_distinct(&["x", "x", "x_1"]), ["x_2", "x_3", "x_1"]);
        assert_eq!(made_distinct(&["", "1"]), ["_1", "1"]);
    }

    #[test]
    fn players_have_names() {
        let mut names = vec![String::new(), "Player 1".to_owned()];
        assert_eq!(distinct_players(&mut names), ["Player 1"]);
        assert_eq!(names, ["Player 1_1", "Player 1_2"]);
    }

    #[test]
    fn names_are_told_apart_within_their_scope() {
        let names = |list: &[&str]| list.iter().map(|&name| name.to_owned()).collect();
        let mut parts = Parts {
            players: names(&["A", "A"]),
            set_player: vec![0, 0, 1],
            set_first_slot: vec![0, 2, 4, 6],
            ..Parts::default()
        };
        parts.labels.sets = names(&["s", "s", "s"]);
        parts.labels.actions = names(&["x", "x", "x", "y", "", "2"]);
        tell_apart(&mut parts);
        assert_eq!(parts.players, ["A_1", "A_2"]);
        assert_eq!(parts.labels.sets, ["s_1", "s_2", "s"]);
        assert_eq!(parts.labels.actions, ["x_1", "x_2", "x", "y", "", "2"]);
    }
}
