//! What an actor cannot tell apart looks the same to it, to the byte.

use std::collections::HashMap;
use std::sync::Arc;

use detente_expand::Observer;
use detente_play::{Play, Setup, Table};

use crate::random::{below, scenario};
use crate::{CRISIS, at, random_table, setup};

/// Most nodes of a game that are looked at.
const MOST: usize = 700;

fn json(play: &Play, seat: usize) -> String {
    serde_json::to_string(&play.view(seat).unwrap()).unwrap()
}

/// Nodes of the game, all of a small one; of a large one whole information sets.
fn nodes(table: &Table) -> Vec<u32> {
    let game = &table.expansion().game;
    if game.nodes() <= MOST {
        return (0..game.nodes() as u32).collect();
    }
    let (mut state, mut nodes) = (7, Vec::new());
    while nodes.len() < MOST / 4 {
        let set = below(&mut state, game.sets() as u64) as usize;
        let members = &game.members()[game.member_range(set)];
        nodes.extend(members.iter().take(4));
        nodes.extend(members.iter().rev().take(2));
    }
    nodes.sort_unstable();
    nodes.dedup();
    nodes
}

/// What a seat can tell by its actors' observations, in another way than the crate does it.
fn told(table: &Table, actors: &[usize], node: u32) -> String {
    let seen = actors
        .iter()
        .map(|&actor| table.expansion().observations(Observer::Actor(actor), node));
    format!("{:?}", seen.collect::<Vec<_>>())
}

/// Every seat's view must be a function of what its actors have seen and of whether they are asked, and where.
fn checked(table: &Arc<Table>, setup: &Setup, nodes: &[u32]) -> usize {
    let game = &table.expansion().game;
    let scenario = table.scenario();
    let actors: Vec<Vec<usize>> = setup
        .seats
        .iter()
        .map(|seat| {
            let own = scenario.actors.iter().enumerate();
            own.filter(|(_, actor)| seat.actors.contains(&actor.id))
                .map(|(i, _)| i)
                .collect()
        })
        .collect();
    let mut views: HashMap<String, (String, u32)> = HashMap::new();
    let mut same = 0;
    for &node in nodes {
        let set = game.set()[node as usize] as usize;
        let owner = game.set_player().get(set).map(|&owner| usize::from(owner));
        let end = owner.is_none() && !table.expansion().is_draw(node);
        let rests = owner.is_some_and(|owner| actors.iter().any(|own| own.contains(&owner)));
        if !rests && !end {
            continue;
        }
        let play = at(table, setup, node);
        for (seat, own) in actors.iter().enumerate() {
            let asked = owner.filter(|owner| own.contains(owner)).map(|_| set);
            let ending = end.then(|| {
                let row = game.first_child()[node as usize] as usize;
                let payoffs = game.payoffs_at(node as usize);
                let payoffs: Vec<f64> = own.iter().map(|&actor| payoffs[actor]).collect();
                (table.expansion().paths.outcome[row], payoffs)
            });
            // Of one actor that is asked, the information set alone must tell all.
            let told = match asked {
                Some(_) if own.len() == 1 => String::new(),
                _ => told(table, own, node),
            };
            let key = format!("{seat} {asked:?} {ending:?} {told}");
            let view = json(&play, seat);
            match views.get(&key) {
                Some((known, first)) => {
                    same += 1;
                    assert_eq!(*known, view, "nodes {first} and {node}, seat {seat}");
                }
                None => {
                    views.insert(key, (view, node));
                }
            }
        }
        let public = serde_json::to_string(&play.public_view()).unwrap();
        let seen = table.expansion().observations(Observer::Public, node);
        let row = game.first_child()[node as usize] as usize;
        let outcome = end.then(|| table.expansion().paths.outcome[row]);
        let key = format!("public {outcome:?} {seen:?}");
        let known = views.entry(key).or_insert((public.clone(), node));
        assert_eq!(known.0, public, "nodes {} and {node}, the public", known.1);
    }
    same
}

fn seatings(table: &Table) -> Vec<Setup> {
    let ids: Vec<&str> = table
        .scenario()
        .actors
        .iter()
        .map(|a| a.id.as_str())
        .collect();
    let singles: Vec<Vec<&str>> = ids.iter().map(|id| vec![*id]).collect();
    let mut seatings = vec![singles.clone()];
    seatings.extend(singles.iter().map(|one| vec![one.clone()]));
    if ids.len() > 2 {
        seatings.push(vec![vec![ids[0], ids[2]], vec![ids[1]]]);
    }
    let setups = seatings.iter().map(|seats| {
        let seats: Vec<&[&str]> = seats.iter().map(Vec::as_slice).collect();
        setup(&seats, 1)
    });
    setups.collect()
}

fn checked_all(text: &str) -> usize {
    let table = random_table(text);
    let nodes = nodes(&table);
    let seatings = seatings(&table);
    seatings
        .iter()
        .map(|setup| checked(&table, setup, &nodes))
        .sum()
}

/// Sets of the game and classes of sight fit together.
fn sights_fit(table: &Table) {
    let (game, expansion) = (&table.expansion().game, table.expansion());
    let sights = expansion.sights();
    for set in 0..game.sets() {
        let members = &game.members()[game.member_range(set)];
        let owner = Observer::Actor(usize::from(game.set_player()[set]));
        let class = sights.class(owner, members[0]);
        assert!(
            members
                .iter()
                .all(|&node| sights.class(owner, node) == class)
        );
    }
    let actors = expansion.words.actors.len();
    let observers = (0..actors).map(Observer::Actor).chain([Observer::Public]);
    for observer in observers {
        let mut known: HashMap<u32, String> = HashMap::new();
        for node in 0..game.nodes().min(2_000) as u32 {
            let class = sights.class(observer, node);
            let seen = format!("{:?}", expansion.observations(observer, node));
            assert_eq!(*known.entry(class).or_insert(seen.clone()), seen);
        }
    }
}

#[test]
fn what_cannot_be_told_apart_looks_the_same_in_the_crisis() {
    assert!(checked_all(CRISIS) > 50);
}

#[test]
fn what_cannot_be_told_apart_looks_the_same_in_random_scenarios() {
    let mut same = 0;
    for seed in 1..=40 {
        let text = scenario(seed);
        let table = random_table(&text);
        if table.expansion().game.nodes() > 20_000 {
            continue;
        }
        sights_fit(&table);
        same += checked_all(&text);
    }
    assert!(same > 5_000, "{same}");
}

#[test]
fn what_cannot_be_told_apart_looks_the_same_in_the_library() {
    let mut same = 0;
    for embedded in detente_library::all() {
        let table = random_table(embedded.text);
        if table.expansion().game.nodes() > 50_000 {
            continue;
        }
        let nodes = nodes(&table);
        for setup in seatings(&table).iter().take(2) {
            same += checked(&table, setup, &nodes);
        }
    }
    assert!(same > 1_000, "{same}");
}

#[test]
fn nothing_hidden_is_in_the_bytes() {
    // Options of the random scenarios have names of their own.
    for seed in 41..=60 {
        let text = scenario(seed);
        let table = random_table(&text);
        let setup = setup(&[&["a"], &["b"], &["c"]], 1);
        let expansion = table.expansion();
        for node in nodes(&table).into_iter().filter(|&node| {
            let set = expansion.game.set()[node as usize] as usize;
            set < expansion.game.sets()
        }) {
            let play = at(&table, &setup, node);
            for seat in 0..3 {
                let view = play.view(seat).unwrap();
                let shown = serde_json::to_string(&view.chairs[0].story).unwrap();
                for hidden in expansion.hidden_from(seat, node) {
                    let words = hidden.rsplit(": ").next().unwrap();
                    let again = expansion
                        .events_to(node)
                        .iter()
                        .filter(|event| {
                            expansion.words.options[event.branch][event.option].bare == words
                        })
                        .count();
                    assert!(again > 1 || !shown.contains(words), "{hidden} in {shown}");
                }
            }
        }
    }
}

#[test]
fn waiting_tells_whom_only_where_that_is_known() {
    let table = random_table(CRISIS);
    let setup = setup(&[&["us"], &["iran"]], 1);
    let game = &table.expansion().game;
    let mut told = [0; 2];
    for node in 0..game.nodes() as u32 {
        let set = game.set()[node as usize] as usize;
        if set >= game.sets() {
            continue;
        }
        let play = at(&table, &setup, node);
        let mover = usize::from(game.set_player()[set]);
        let view = play.view(1 - mover).unwrap();
        assert!(view.question.is_none());
        match view.waiting_for {
            Some(label) => {
                assert_eq!(label, table.scenario().actors[mover].label);
                told[0] += 1;
            }
            None => told[1] += 1,
        }
    }
    assert!(told[0] > 0);
}
