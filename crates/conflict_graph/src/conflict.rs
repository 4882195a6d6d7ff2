//! A conflict: actors, their options, the feasible states, what each prefers, who can move whither.

use std::collections::{BTreeMap, HashSet};

use serde::{Deserialize, Serialize};

use crate::condition::Condition;
use crate::error::{GraphError, present};
use crate::moves::{Arcs, Cosets, Movement, Reach};
use crate::preference::Preference;
use crate::relation::{Preferences, Relation};
use crate::states::States;

/// The most states of a conflict whose moves are listed one by one.
pub const MOST_LISTED: usize = 4096;

/// How an option may change.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Change {
    /// It can be taken up and given up.
    #[default]
    #[serde(rename = "both")]
    Free,
    /// It can be taken up, and stays.
    #[serde(rename = "fwd")]
    Forward,
    /// It can be given up, and stays so.
    #[serde(rename = "back")]
    Backward,
}

/// An option: something that its owner does or leaves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Its name.
    pub name: String,
    /// The number of the actor to whom it belongs.
    pub owner: usize,
    /// How it may change.
    pub change: Change,
    /// Words for taking it up, as after "by": "withdrawing". Without them the name is used.
    pub doing: Option<String>,
    /// Words for giving it up: "lifting the blockade".
    pub undoing: Option<String>,
}

impl Choice {
    /// An option that its owner can take up and give up.
    pub fn new(name: impl Into<String>, owner: usize) -> Choice {
        Choice {
            name: name.into(),
            owner,
            change: Change::Free,
            doing: None,
            undoing: None,
        }
    }
}

/// A conflict in option form, before it is checked.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// What it is called.
    pub name: String,
    /// The names of the actors.
    pub actors: Vec<String>,
    /// The options.
    pub options: Vec<Choice>,
    /// The feasible states.
    pub states: States,
    /// What each actor wants.
    pub preferences: Vec<Preference>,
    /// Per actor, states that it takes for impossible: it does not move into them, nor out of them. May be left empty.
    pub unperceived: Vec<Vec<Condition>>,
    /// Names of states, for words: "the blockade". May be left empty.
    pub labels: BTreeMap<usize, String>,
}

/// A conflict, checked.
#[derive(Clone, Debug, PartialEq)]
pub struct Conflict {
    name: String,
    actors: Vec<String>,
    options: Vec<Choice>,
    size: usize,
    states: Option<States>,
    preferences: Vec<Preferences>,
    moves: Vec<Movement>,
    labels: BTreeMap<usize, String>,
}

impl Draft {
    /// Checks the draft.
    ///
    /// # Errors
    /// No actors; equal names; lists of the wrong length; options of nobody; whatever [`Preference::resolve`] refuses.
    pub fn check(self) -> Result<Conflict, GraphError> {
        distinct(&self.actors, "actors")?;
        let count = self.actors.len();
        let (options, states) = (self.options, self.states);
        length(
            "the list of options",
            "option of the states",
            states.options(),
            options.len(),
        )?;
        length(
            "the list of preferences",
            "actor",
            count,
            self.preferences.len(),
        )?;
        let mut seen = HashSet::new();
        for option in &options {
            let owner = present(
                &format!("option `{}`", option.name),
                "actor",
                option.owner,
                count,
            )?;
            if !seen.insert((owner, &option.name)) {
                let name = option.name.clone();
                let what = "options of one actor";
                return Err(GraphError::Twice { name, what });
            }
        }
        if !self.unperceived.is_empty() {
            let place = "the list of what actors do not perceive";
            length(place, "actor", count, self.unperceived.len())?;
        }
        for condition in self.unperceived.iter().flatten() {
            if let Some(last) = condition.last_option() {
                present(
                    "what an actor does not perceive",
                    "option",
                    last,
                    states.options(),
                )?;
            }
        }
        if let Some(last) = self.labels.keys().next_back() {
            present("the names of states", "state", *last, states.len())?;
        }
        let resolve = |(actor, preference): (&String, &Preference)| {
            preference.resolve(actor, states.len(), Some(&states))
        };
        let pairs = self.actors.iter().zip(&self.preferences);
        let preferences = pairs.map(resolve).collect::<Result<Vec<_>, _>>()?;
        let moves = (0..count).map(|actor| {
            let blind: &[Condition] = self.unperceived.get(actor).map_or(&[], Vec::as_slice);
            let sees = |bits: u64| !blind.iter().any(|condition| condition.holds(bits));
            Movement::Options(Cosets::new(&states, reach(&options, actor), sees))
        });
        let moves = moves.collect();
        Ok(Conflict {
            name: self.name,
            actors: self.actors,
            size: states.len(),
            options,
            states: Some(states),
            preferences,
            moves,
            labels: self.labels,
        })
    }
}

fn reach(options: &[Choice], actor: usize) -> Reach {
    let mask = |fits: &dyn Fn(&Choice) -> bool| {
        let own = options.iter().enumerate();
        own.filter(|(_, option)| option.owner == actor && fits(option))
            .fold(0u64, |mask, (k, _)| mask | 1 << k)
    };
    Reach {
        own: mask(&|_| true),
        forward: mask(&|option| option.change == Change::Forward),
        backward: mask(&|option| option.change == Change::Backward),
    }
}

impl Conflict {
    /// A conflict as a graph: per actor, its moves as pairs of states; states are numbered from 0.
    ///
    /// # Errors
    /// No actors or states, too many states; equal names; moves between states that are not there; preferences by
    /// options, and whatever else [`Preference::resolve`] refuses.
    pub fn graph(
        name: impl Into<String>,
        actors: Vec<String>,
        size: usize,
        arcs: &[Vec<(usize, usize)>],
        preferences: &[Preference],
    ) -> Result<Conflict, GraphError> {
        distinct(&actors, "actors")?;
        check_listed(size)?;
        length("the list of moves", "actor", actors.len(), arcs.len())?;
        length(
            "the list of preferences",
            "actor",
            actors.len(),
            preferences.len(),
        )?;
        let resolve =
            |(actor, preference): (&String, &Preference)| preference.resolve(actor, size, None);
        let resolved = actors.iter().zip(preferences).map(resolve);
        let preferences = resolved.collect::<Result<Vec<_>, _>>()?;
        let mut moves = Vec::new();
        for (actor, list) in actors.iter().zip(arcs) {
            let mut targets = vec![Vec::new(); size];
            for (from, to) in list {
                let place = format!("the moves of {actor}");
                let from = present(&place, "state", *from, size)?;
                targets[from].push(present(&place, "state", *to, size)? as u32);
            }
            moves.push(Movement::Arcs(Arcs::new(targets)));
        }
        Ok(Conflict {
            name: name.into(),
            actors,
            options: Vec::new(),
            size,
            states: None,
            preferences,
            moves,
            labels: BTreeMap::new(),
        })
    }

    /// The conflict with states put together that cannot be told apart, so that several actors may share moves into
    /// them (common moves). States that no group names stay by themselves; a group stands where its first state stood.
    ///
    /// # Errors
    /// A state in two groups, or one that is not there; a group within which somebody is not indifferent; too many
    /// states are left.
    pub fn merged(&self, groups: &[Vec<usize>]) -> Result<Conflict, GraphError> {
        let mut first: Vec<usize> = (0..self.size).collect();
        let mut seen = HashSet::new();
        for group in groups {
            let lead = group.iter().copied().min().unwrap_or(0);
            for state in group {
                let state = present("the groups of states", "state", *state, self.size)?;
                if !seen.insert(state) {
                    let name = format!("state {}", state + 1);
                    let what = "states that are put together";
                    return Err(GraphError::Twice { name, what });
                }
                self.check_indifferent(lead, state)?;
                first[state] = lead;
            }
        }
        let kept: Vec<usize> = (0..self.size).filter(|s| first[*s] == *s).collect();
        check_listed(kept.len())?;
        let mut node = vec![0u32; self.size];
        for (k, state) in (0u32..).zip(&kept) {
            node[*state] = k;
        }
        let place = |state: usize| node[first[state]];
        let moves = self.moves.iter().map(|movement| {
            let mut targets = vec![Vec::new(); kept.len()];
            for state in 0..self.size {
                let list: &mut Vec<u32> = &mut targets[place(state) as usize];
                list.extend(movement.targets(state).into_iter().map(place));
            }
            Movement::Arcs(Arcs::new(targets))
        });
        let moves = moves.collect();
        let preferences = self.preferences.iter().map(|p| p.only(&kept)).collect();
        let states = self.states.as_ref().map(|states| {
            let bits = kept.iter().map(|s| states.bits(*s)).collect();
            States::listed(states.options(), bits)
        });
        let labels = self
            .labels
            .iter()
            .map(|(s, label)| (place(*s) as usize, label.clone()));
        Ok(Conflict {
            name: self.name.clone(),
            actors: self.actors.clone(),
            options: self.options.clone(),
            size: kept.len(),
            states: states.transpose()?,
            preferences,
            moves,
            labels: labels.collect(),
        })
    }

    fn check_indifferent(&self, a: usize, b: usize) -> Result<(), GraphError> {
        let differs = |p: &&Preferences| p.relation(a, b) != Relation::Same;
        match self.preferences.iter().position(|p| differs(&p)) {
            None => Ok(()),
            Some(actor) => Err(GraphError::Preference {
                actor: self.actors[actor].clone(),
                what: format!(
                    "states {} and {} are put together but not equally good",
                    a + 1,
                    b + 1
                ),
                mend: "put together only states between which everybody is indifferent",
            }),
        }
    }

    /// What it is called.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The names of the actors.
    pub fn actors(&self) -> &[String] {
        &self.actors
    }

    /// The options; none if the conflict was given as a graph.
    pub fn options(&self) -> &[Choice] {
        &self.options
    }

    /// The number of states.
    pub fn size(&self) -> usize {
        self.size
    }

    /// The states as sets of options; of states that were put together, the first. None if given as a graph.
    pub fn states(&self) -> Option<&States> {
        self.states.as_ref()
    }

    /// What an actor prefers.
    pub fn preferences(&self, actor: usize) -> &Preferences {
        &self.preferences[actor]
    }

    /// The states that an actor reaches from a state by one move, in ascending order.
    pub fn moves(&self, actor: usize, state: usize) -> Vec<usize> {
        self.moves[actor].targets(state)
    }

    /// Those of them that it likes better (its unilateral improvements).
    pub fn improvements(&self, actor: usize, state: usize) -> Vec<usize> {
        let better = |to: &usize| self.preferences[actor].relation(state, *to).is_gain();
        self.moves(actor, state)
            .into_iter()
            .filter(better)
            .collect()
    }

    /// The same conflict with other preferences of one actor.
    ///
    /// # Errors
    /// As for [`Preference::resolve`]; no such actor.
    pub fn with_preference(
        &self,
        actor: usize,
        preference: &Preference,
    ) -> Result<Conflict, GraphError> {
        let actor = present("other preferences", "actor", actor, self.actors.len())?;
        let resolved = preference.resolve(&self.actors[actor], self.size, self.states.as_ref())?;
        let mut changed = self.clone();
        changed.preferences[actor] = resolved;
        Ok(changed)
    }

    /// Gives an actor the preferences that it has in another version of the conflict.
    pub(crate) fn restore(&mut self, from: &Conflict, actor: usize) {
        self.preferences[actor] = from.preferences[actor].clone();
    }

    /// The name of a state, if it was given one.
    pub fn label(&self, state: usize) -> Option<&str> {
        self.labels.get(&state).map(String::as_str)
    }

    pub(crate) fn movement(&self, actor: usize) -> &Movement {
        &self.moves[actor]
    }

    /// The mask of an actor's options.
    pub(crate) fn own_options(&self, actor: usize) -> u64 {
        reach(&self.options, actor).own
    }
}

fn check_listed(size: usize) -> Result<(), GraphError> {
    if size == 0 {
        let what = "states";
        return Err(GraphError::Empty { what });
    }
    if size > MOST_LISTED {
        return Err(GraphError::TooMany {
            what: "states whose moves are listed one by one".to_owned(),
            found: size,
            limit: MOST_LISTED,
            mend: "give the conflict in option form",
        });
    }
    Ok(())
}

/// An error where a list has not the length that it must have.
pub(crate) fn length(
    place: &str,
    what: &'static str,
    expected: usize,
    found: usize,
) -> Result<(), GraphError> {
    if found == expected {
        return Ok(());
    }
    Err(GraphError::Length {
        place: place.to_owned(),
        what,
        expected,
        found,
    })
}

fn distinct(names: &[String], what: &'static str) -> Result<(), GraphError> {
    let mut seen = HashSet::new();
    for name in names {
        if !seen.insert(name) {
            let name = name.clone();
            return Err(GraphError::Twice { name, what });
        }
    }
    if names.is_empty() {
        return Err(GraphError::Empty { what });
    }
    Ok(())
}
