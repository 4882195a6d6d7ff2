//! One conflict asked in every way at once: which states last for whom and why, how they are reached from today, what
//! coalitions and misperceptions change, and what would have to change for a wished state to last.

mod together;
mod ways;
mod wish;

use std::collections::HashSet;

use serde::Serialize;

use crate::analysis::{Analysis, analyse};
use crate::bits::StateSet;
use crate::coalition::{analyse_blocks, analyse_coalitions};
use crate::concept::{Concept, Reading, Settings};
use crate::conflict::{Change, Conflict, MOST_LISTED};
use crate::error::{GraphError, present};
use crate::explain::explain;
use crate::hypergame::Hypergame;
use crate::words::{move_words, sentence, state_words};
pub use together::{Alliance, Perceived};
pub use ways::{Mobility, Told, Way};
pub use wish::{Change as WishedChange, Possible, Wish};

/// Up to so many states all of them are shown; of more, only those that matter.
pub const MOST_SHOWN: usize = 96;
/// At most so many equilibria of each concept are shown where not all states are.
const MOST_EQUILIBRIA: usize = 24;
/// Up to so many states coalitions are looked at without being asked for.
const FEW: usize = 256;

/// What a study is about.
#[derive(Clone, Debug, PartialEq)]
pub struct Subject {
    /// What it is called.
    pub title: String,
    /// The conflict.
    pub conflict: Conflict,
    /// Per actor the conflict that it sees, where somebody sees it wrongly.
    pub hypergame: Option<Hypergame>,
    /// Today's state.
    pub today: Option<usize>,
    /// Short names of states, for whoever asks.
    pub names: Vec<(String, usize)>,
    /// Short names of actors, for whoever asks; as many as there are actors, or none.
    pub actor_names: Vec<String>,
    /// Short names of options, for whoever asks; as many as there are options, or none.
    pub option_names: Vec<String>,
    /// What should be known of it.
    pub remarks: Vec<String>,
}

impl Subject {
    /// A conflict by itself. Today is where nothing is chosen, if that can be.
    pub fn plain(conflict: Conflict) -> Subject {
        let today = conflict.states().and_then(|states| states.find(0));
        Subject {
            title: conflict.name().to_owned(),
            conflict,
            hypergame: None,
            today,
            names: Vec::new(),
            actor_names: Vec::new(),
            option_names: Vec::new(),
            remarks: Vec::new(),
        }
    }
}

/// Which coalitions are looked at.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub enum Coalitions {
    /// All, where the conflict is small.
    #[default]
    IfFew,
    /// All.
    All,
    /// Blocks that act as one; every actor in one of them.
    Blocks(Vec<Vec<usize>>),
}

/// What is asked.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Question {
    /// The concepts, in the order of the answers; the five usual ones if there are none.
    pub concepts: Vec<Concept>,
    /// How preferences are read and others answer; of unknown preferences extension a is taken where nothing is said.
    pub settings: Settings,
    /// Where the conflict begins; today's state if nothing is said.
    pub from: Option<usize>,
    /// States that are asked about.
    pub about: Vec<usize>,
    /// Which coalitions are looked at.
    pub coalitions: Coalitions,
    /// States that are wished for.
    pub wishes: Vec<usize>,
    /// Who may change its mind for them; everybody if nobody is named.
    pub willing: Vec<usize>,
}

/// An option in the table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OptionRow {
    /// What it is called.
    pub label: String,
    /// Whose it is.
    pub owner: usize,
    /// How it may change.
    pub change: Change,
}

/// A state in the table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StateColumn {
    /// Its number, from 1.
    pub number: usize,
    /// In words.
    pub words: String,
    /// Whether it has a name.
    pub named: bool,
    /// Whether it lasts under a concept that says more than metarational stability, where such were asked for.
    pub matters: bool,
    /// Per option whether it is chosen; nothing where the conflict has no options.
    pub chosen: Vec<bool>,
    /// Per actor its place in the actor's order, 1 the best; none where the actor does not order all states.
    pub places: Vec<Option<u32>>,
    /// Per concept: per actor whether it is stable.
    pub stable: Vec<Vec<bool>>,
    /// Per concept, whether it is an equilibrium.
    pub equilibrium: Vec<bool>,
    /// Moves from here to states that are shown.
    pub moves: Vec<MoveTo>,
    /// Per concept and actor: why it is stable or not; nothing where that was not asked or has no reason in words.
    pub why: Vec<Vec<String>>,
}

/// A move.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MoveTo {
    /// Who moves.
    pub actor: usize,
    /// The number of the state, from 1.
    pub to: usize,
    /// Whether the mover likes it better.
    pub gain: bool,
    /// In words, as after "by".
    pub words: String,
}

/// What a concept comes to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Answer {
    /// The concept.
    pub concept: Concept,
    /// Its name.
    pub name: String,
    /// Equilibria, by number from 1; the first of them where there are many.
    pub equilibria: Vec<usize>,
    /// How many there are.
    pub count: usize,
    /// Under strength of preference, how many of them are strongly stable; none where no preference is strong.
    pub strong: Option<Vec<usize>>,
}

/// Equilibria under another reading of unknown preferences.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Extension {
    /// The reading.
    pub reading: Reading,
    /// Per concept the equilibria, by number from 1.
    pub equilibria: Vec<Vec<usize>>,
}

/// Everything that was found.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Study {
    /// What it is called.
    pub title: String,
    /// The actors.
    pub actors: Vec<String>,
    /// The options.
    pub options: Vec<OptionRow>,
    /// How many states there are.
    pub size: usize,
    /// How preferences are read.
    pub reading: Reading,
    /// The states that are shown: all, or those that matter.
    pub states: Vec<StateColumn>,
    /// What each concept comes to.
    pub answers: Vec<Answer>,
    /// Where the conflict begins, by number from 1.
    pub today: Option<usize>,
    /// States that were asked about, by number from 1.
    pub about: Vec<usize>,
    /// How far the conflict can go from today.
    pub mobility: Option<Mobility>,
    /// How equilibria, and what was asked about, are reached from today.
    pub ways: Vec<Way>,
    /// What coalitions change.
    pub alliance: Option<Alliance>,
    /// What misperceptions change.
    pub perceived: Vec<Perceived>,
    /// The other readings of unknown preferences.
    pub extensions: Vec<Extension>,
    /// What would have to change.
    pub wishes: Vec<Wish>,
    /// What should be known of it.
    pub remarks: Vec<String>,
}

/// Asks everything. What cannot be answered of a conflict of this kind is told among the remarks.
///
/// # Errors
/// A state or actor that is not there; no concept that can be answered.
pub fn study(subject: &Subject, question: &Question) -> Result<Study, GraphError> {
    let conflict = &subject.conflict;
    for state in (question.about.iter())
        .chain(&question.wishes)
        .chain(&question.from)
    {
        present("the question", "state", *state, conflict.size())?;
    }
    let mut remarks = subject.remarks.clone();
    let settings = read(conflict, &question.settings, &mut remarks);
    let (concepts, found) = answered(conflict, question, &settings, &mut remarks)?;
    let today = question.from.or(subject.today);
    let shown = shown(conflict, question, today, &concepts, &found);
    let alliance = together::alliance(conflict, question, &settings, &concepts, &mut remarks);
    let states = shown.iter().map(|state| {
        let all = shown.len() == conflict.size();
        let asked = question.about.contains(state) || today == Some(*state);
        let told = (all || asked || shown.len() <= MOST_SHOWN) && conflict.size() <= MOST_LISTED;
        column(
            conflict,
            *state,
            &shown,
            (&concepts, &found),
            (told || asked).then_some(&settings),
        )
    });
    let states = states.collect();
    let (mobility, ways) = ways::from(conflict, today, &shown, &concepts, &found, question)?;
    let perceived = together::perceived(subject, &concepts, &settings, &mut remarks);
    let extensions = extensions(conflict, &concepts, &settings);
    let wishes = wish::wishes(conflict, question, &concepts, &settings, &mut remarks);
    Ok(Study {
        title: subject.title.clone(),
        actors: conflict.actors().to_vec(),
        options: (conflict.options().iter())
            .map(|option| OptionRow {
                label: option.name.clone(),
                owner: option.owner,
                change: option.change,
            })
            .collect(),
        size: conflict.size(),
        reading: settings.reading,
        states,
        answers: answers(conflict, &concepts, &found, &settings),
        today: today.map(|state| state + 1),
        about: question.about.iter().map(|state| state + 1).collect(),
        mobility,
        ways,
        alliance,
        perceived,
        extensions,
        wishes,
        remarks,
    })
}

fn has_unknown(conflict: &Conflict) -> bool {
    (0..conflict.actors().len()).any(|actor| conflict.preferences(actor).has_unknown())
}

/// The settings, with a reading that unknown preferences allow.
fn read(conflict: &Conflict, asked: &Settings, remarks: &mut Vec<String>) -> Settings {
    if !has_unknown(conflict) || asked.reading.allows_unknown() {
        return *asked;
    }
    remarks.push(
        "some preferences are unknown: actors are taken to move on a chance, and to be deterred by sure harm only (extension a)"
            .to_owned(),
    );
    Settings {
        reading: Reading::UnknownA,
        ..*asked
    }
}

/// The concepts that can be answered, and the answers.
fn answered(
    conflict: &Conflict,
    question: &Question,
    settings: &Settings,
    remarks: &mut Vec<String>,
) -> Result<(Vec<Concept>, Analysis), GraphError> {
    let asked = match question.concepts.as_slice() {
        [] => &Concept::USUAL,
        some => some,
    };
    match analyse(conflict, asked, settings) {
        Ok(found) => Ok((asked.to_vec(), found)),
        Err(fault) => {
            // One by one, to keep what has an answer.
            let mut kept = Vec::new();
            for concept in asked {
                match analyse(conflict, &[*concept], settings) {
                    Ok(_) => kept.push(*concept),
                    Err(why) => remarks.push(why.to_string()),
                }
            }
            if kept.is_empty() {
                return Err(fault);
            }
            let found = analyse(conflict, &kept, settings)?;
            Ok((kept, found))
        }
    }
}

/// The states that are shown, in their order.
fn shown(
    conflict: &Conflict,
    question: &Question,
    today: Option<usize>,
    concepts: &[Concept],
    found: &Analysis,
) -> Vec<usize> {
    if conflict.size() <= MOST_SHOWN {
        return (0..conflict.size()).collect();
    }
    // What was asked about comes first, then what lasts, then what has a name.
    let mut states: Vec<usize> = today.into_iter().collect();
    states.extend(question.about.iter().chain(&question.wishes));
    let most = MOST_SHOWN.max(states.len());
    let lasting = telling(concepts).chain(concepts.iter().copied());
    for concept in lasting {
        states.extend(found.equilibria(concept).iter().take(MOST_EQUILIBRIA));
    }
    let named = (0..conflict.size()).filter(|state| conflict.label(*state).is_some());
    states.extend(named.take(MOST_SHOWN));
    let mut seen = HashSet::new();
    states.retain(|state| seen.insert(*state));
    states.truncate(most);
    states.sort_unstable();
    states
}

fn column(
    conflict: &Conflict,
    state: usize,
    shown: &[usize],
    (concepts, found): (&[Concept], &Analysis),
    told: Option<&Settings>,
) -> StateColumn {
    let actors = 0..conflict.actors().len();
    let chosen = match conflict.states() {
        Some(states) => (0..conflict.options().len())
            .map(|k| states.bits(state) >> k & 1 == 1)
            .collect(),
        None => Vec::new(),
    };
    let place = |actor: usize| {
        let order = conflict.preferences(actor).order()?;
        let tiers = u32::try_from(order.tiers()).ok()?;
        Some(tiers - order.ranks()[state])
    };
    let mut moves = Vec::new();
    for actor in actors.clone() {
        for to in conflict.moves(actor, state) {
            if shown.binary_search(&to).is_ok() {
                moves.push(MoveTo {
                    actor,
                    to: to + 1,
                    gain: conflict.preferences(actor).relation(state, to).is_gain(),
                    words: move_words(conflict, state, to),
                });
            }
        }
    }
    let why = |concept: &Concept| -> Vec<String> {
        let each = actors.clone().map(|actor| {
            let reason = told.map(|settings| explain(conflict, state, actor, *concept, settings));
            match reason {
                Some(Ok(reason)) => sentence(conflict, &reason),
                _ => String::new(),
            }
        });
        each.collect()
    };
    StateColumn {
        number: state + 1,
        words: state_words(conflict, state),
        named: conflict.label(state).is_some(),
        matters: telling(concepts).any(|concept| {
            actors
                .clone()
                .all(|actor| found.is_stable(concept, actor, state))
        }),
        chosen,
        places: actors.clone().map(place).collect(),
        stable: (concepts.iter())
            .map(|concept| {
                let each = actors.clone();
                each.map(|actor| found.is_stable(*concept, actor, state))
                    .collect()
            })
            .collect(),
        equilibrium: (concepts.iter())
            .map(|concept| {
                actors
                    .clone()
                    .all(|actor| found.is_stable(*concept, actor, state))
            })
            .collect(),
        moves,
        why: concepts.iter().map(why).collect(),
    }
}

/// The concepts that tell states apart: metarational stability keeps many, so it counts only where nothing else was
/// asked for.
fn telling(concepts: &[Concept]) -> impl Iterator<Item = Concept> {
    let weak = |concept: &Concept| matches!(concept, Concept::General | Concept::SymmetricGeneral);
    let all_weak = concepts.iter().all(weak);
    concepts
        .iter()
        .copied()
        .filter(move |concept| all_weak || !weak(concept))
}

fn numbers(states: &StateSet) -> Vec<usize> {
    states.iter().map(|state| state + 1).collect()
}

fn answers(
    conflict: &Conflict,
    concepts: &[Concept],
    found: &Analysis,
    settings: &Settings,
) -> Vec<Answer> {
    let degrees = |actor| {
        let order = conflict.preferences(actor).order();
        order.is_some_and(crate::relation::Order::has_degrees)
    };
    let degrees = (0..conflict.actors().len()).any(degrees) && settings.reading == Reading::Plain;
    let strict = Settings {
        reading: Reading::Strong,
        ..*settings
    };
    let strong = |concept: &Concept| {
        let found = analyse(conflict, &[*concept], &strict).ok()?;
        Some(
            found
                .equilibria(*concept)
                .iter()
                .take(MOST_SHOWN)
                .map(|s| s + 1)
                .collect(),
        )
    };
    let answer = |concept: &Concept| {
        let equilibria = found.equilibria(*concept);
        Answer {
            concept: *concept,
            name: concept.name(),
            count: equilibria.count(),
            equilibria: equilibria.iter().take(MOST_SHOWN).map(|s| s + 1).collect(),
            strong: if degrees { strong(concept) } else { None },
        }
    };
    concepts.iter().map(answer).collect()
}

fn extensions(conflict: &Conflict, concepts: &[Concept], settings: &Settings) -> Vec<Extension> {
    if !has_unknown(conflict) {
        return Vec::new();
    }
    let all = [
        Reading::UnknownA,
        Reading::UnknownB,
        Reading::UnknownC,
        Reading::UnknownD,
    ];
    let each = all.into_iter().filter_map(|reading| {
        let settings = Settings {
            reading,
            ..*settings
        };
        let found = analyse(conflict, concepts, &settings).ok()?;
        let equilibria = concepts.iter().map(|c| numbers(&found.equilibria(*c)));
        Some(Extension {
            reading,
            equilibria: equilibria.collect(),
        })
    });
    each.collect()
}

/// Whether states are stable, for who asks about some of them: for one actor or for all, blocks acting as one.
///
/// # Errors
/// As for [`analyse`] and [`analyse_blocks`]; an actor that is not there.
pub fn stable(
    conflict: &Conflict,
    concept: Concept,
    actor: Option<usize>,
    allies: &[usize],
    settings: &Settings,
) -> Result<StateSet, GraphError> {
    let settings = read(conflict, settings, &mut Vec::new());
    if allies.is_empty() {
        let found = analyse(conflict, &[concept], &settings)?;
        return Ok(match actor {
            Some(actor) => found.stable(concept, actor),
            None => found.equilibria(concept),
        });
    }
    let mut blocks = vec![allies.to_vec()];
    let alone = (0..conflict.actors().len()).filter(|actor| !allies.contains(actor));
    blocks.extend(alone.map(|actor| vec![actor]));
    let found = analyse_blocks(conflict, &blocks, &[concept], &settings)?;
    Ok(match actor {
        Some(actor) => {
            let block = blocks.iter().position(|block| block.contains(&actor));
            found.stable(concept, block.unwrap_or(0))
        }
        None => found.equilibria(concept),
    })
}

/// The states that no coalition would leave.
fn coalitional(
    conflict: &Conflict,
    concepts: &[Concept],
    settings: &Settings,
) -> Result<Analysis, GraphError> {
    analyse_coalitions(conflict, concepts, settings)
}
