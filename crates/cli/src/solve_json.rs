//! What a method found, as one JSON object.

use std::collections::HashMap;

use detente_game::Game;
use detente_game::rational::{Rational, expected};
use detente_solve::Equilibrium;
use detente_solve::methods::Outcome;
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use crate::failure::Failure;

/// An object whose keys keep their order.
struct Ordered<V>(Vec<(String, V)>);

impl<V: Serialize> Serialize for Ordered<V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (key, value) in &self.0 {
            map.serialize_entry(key, value)?;
        }
        map.end()
    }
}

/// Per player, per information set, per action.
type Nested<V> = Ordered<Ordered<Ordered<V>>>;

#[derive(Serialize)]
struct Found<'a> {
    method: &'a str,
    status: &'a str,
    sentence: &'a str,
    complete: bool,
    seconds: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    precision: Option<f64>,
    game: Size,
    remarks: &'a [String],
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    components: &'a [Vec<usize>],
    equilibria: Vec<One<'a>>,
}

#[derive(Serialize)]
struct Size {
    players: usize,
    nodes: usize,
    information_sets: usize,
    actions: usize,
}

#[derive(Serialize)]
struct One<'a> {
    payoffs: Vec<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    exact_payoffs: Option<Vec<String>>,
    certificate: Gains,
    #[serde(skip_serializing_if = "Option::is_none")]
    share: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    remark: Option<&'a str>,
    profile: Nested<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    exact_profile: Option<Nested<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    beliefs: Option<Ordered<Ordered<Vec<String>>>>,
}

#[derive(Serialize)]
struct Gains {
    largest_gain: f64,
    largest_relative_gain: f64,
    largest_relative_gain_at_sets: f64,
}

/// The object as text. Beliefs are given per information set, one per node in the order of the tree.
///
/// # Errors
/// A number that JSON cannot hold.
pub fn object(game: &Game, method: &str, outcome: &Outcome) -> Result<String, Failure> {
    let names = Names::new(game);
    let found = &outcome.found;
    let equilibria = found
        .equilibria
        .iter()
        .enumerate()
        .map(|(k, equilibrium)| one(game, &names, outcome, k, equilibrium));
    let object = Found {
        method,
        status: found.status.word(),
        sentence: found.sentence(),
        complete: found.complete,
        seconds: found.seconds,
        precision: outcome.precision,
        game: Size {
            players: game.players(),
            nodes: game.nodes(),
            information_sets: game.sets(),
            actions: game.actions(),
        },
        remarks: &found.remarks,
        components: &outcome.components,
        equilibria: equilibria.collect(),
    };
    let text =
        serde_json::to_string_pretty(&object).map_err(|error| Failure::input(error.to_string()))?;
    Ok(text + "\n")
}

fn one<'a>(
    game: &Game,
    names: &Names,
    outcome: &'a Outcome,
    k: usize,
    equilibrium: &'a Equilibrium,
) -> One<'a> {
    let certificate = &equilibrium.certificate;
    let exact = equilibrium.exact.as_ref();
    let words = |exact: &[Rational]| exact.iter().map(ToString::to_string).collect::<Vec<_>>();
    One {
        payoffs: equilibrium.payoffs(),
        exact_payoffs: exact
            .and_then(|exact| expected(game, exact))
            .map(|payoffs| words(&payoffs)),
        certificate: Gains {
            largest_gain: certificate.largest_gain,
            largest_relative_gain: certificate.largest_relative_gain,
            largest_relative_gain_at_sets: certificate.largest_relative_gain_at_sets,
        },
        share: outcome.shares.get(k).copied(),
        remark: equilibrium.remark.as_deref(),
        profile: names.nested(game, equilibrium.profile.probabilities()),
        exact_profile: exact.map(|exact| names.nested(game, &words(exact))),
        beliefs: outcome.beliefs.get(k).map(|beliefs| {
            let here = |set: usize| words(&beliefs[game.member_range(set)]);
            names.by_player(game, here)
        }),
    }
}

/// Names, made once.
struct Names {
    sets: Vec<String>,
    actions: Vec<Vec<String>>,
}

impl Names {
    fn new(game: &Game) -> Names {
        let names = |set: usize| {
            let count = game.slots(set).len();
            distinct((0..count).map(|k| game.action_name(set, k)).collect())
        };
        Names {
            sets: game.set_names(),
            actions: (0..game.sets()).map(names).collect(),
        }
    }

    /// Something of every information set, under its player.
    fn by_player<V>(&self, game: &Game, of: impl Fn(usize) -> V) -> Ordered<Ordered<V>> {
        let player = |player: usize| {
            let own: Vec<usize> = (0..game.sets())
                .filter(|&set| usize::from(game.set_player()[set]) == player)
                .collect();
            let names = distinct(own.iter().map(|&set| self.sets[set].clone()).collect());
            Ordered(names.into_iter().zip(own.into_iter().map(&of)).collect())
        };
        let names = distinct(game.player_names().to_vec());
        Ordered(
            names
                .into_iter()
                .zip((0..game.players()).map(player))
                .collect(),
        )
    }

    fn nested<V: Clone>(&self, game: &Game, slots: &[V]) -> Nested<V> {
        self.by_player(game, |set| {
            let values = slots[game.slots(set)].iter().cloned();
            Ordered(self.actions[set].iter().cloned().zip(values).collect())
        })
    }
}

/// The same names; one that was there before gets its number behind it.
fn distinct(names: Vec<String>) -> Vec<String> {
    let mut seen: HashMap<String, usize> = HashMap::new();
    names
        .into_iter()
        .map(|name| {
            let times = seen.entry(name.clone()).or_insert(0);
            *times += 1;
            match *times {
                1 => name,
                times => format!("{name} #{times}"),
            }
        })
        .collect()
}
