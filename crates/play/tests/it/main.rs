//! Plays of whole scenarios: what is seen and what is not, what can be done, what is told at the end.
#![allow(clippy::unwrap_used)] // a test that cannot go on panics

mod acts;
mod debrief;
mod log;
mod random;
mod secrecy;

use std::sync::Arc;

use detente_expand::{Limits, expand};
use detente_game::Profile;
use detente_language::check::load;
use detente_language::eval::bind;
use detente_language::source::NoFiles;
use detente_play::{Event, Play, Seat, Setup, Spectators, Table};
use detente_solve::qre;

/// A table for a scenario, with the strategies that `solve` finds.
pub fn table_by(text: &str, solve: impl Fn(&detente_game::Game) -> Profile) -> Arc<Table> {
    let loaded = load("test.detente", text, &NoFiles);
    let scenario = loaded
        .scenario
        .unwrap_or_else(|| panic!("{:#?}\n{text}", loaded.diagnostics));
    let settings = bind(&scenario, &[]).unwrap_or_else(|faults| panic!("{faults:#?}"));
    let expansion = expand(&scenario, &settings, Limits::default(), &mut |_, _| true)
        .unwrap_or_else(|error| panic!("{error:#?}\n{text}"));
    let profile = solve(&expansion.game);
    Arc::new(Table::new(scenario, expansion, profile))
}

/// A table with strategies in equilibrium at a precision.
pub fn table(text: &str, precision: f64) -> Arc<Table> {
    table_by(text, |game| {
        let options = qre::Options {
            precision: Some(precision),
            ..qre::Options::default()
        };
        qre::solve(game, &options, &mut qre::Quiet).profile
    })
}

/// A table at which all play at random.
pub fn random_table(text: &str) -> Arc<Table> {
    table_by(text, Profile::uniform)
}

/// Seats, each with its actors.
pub fn setup(seats: &[&[&str]], seed: u64) -> Setup {
    let seats = seats.iter().enumerate().map(|(i, actors)| Seat {
        name: format!("seat {}", i + 1),
        actors: actors.iter().map(|actor| (*actor).to_owned()).collect(),
    });
    Setup {
        seats: seats.collect(),
        seed,
        hints: true,
        spectators: Spectators::Public,
    }
}

/// A play in which everything up to a node has happened.
pub fn at(table: &Arc<Table>, setup: &Setup, node: u32) -> Play {
    let game = &table.expansion().game;
    let scenario = table.scenario();
    let seat_of = |actor: &str| {
        let mut seats = setup.seats.iter();
        seats.position(|seat| seat.actors.iter().any(|own| own == actor))
    };
    let mut events = vec![Event::Seated {
        game: table.mark(),
        setup: setup.clone(),
    }];
    for edge in table.expansion().events_to(node) {
        let position = edge.child - game.first_child()[edge.node as usize];
        let variable = scenario.variables[edge.variable].id.clone();
        let option = String::new();
        let set = game.set()[edge.node as usize] as usize;
        events.push(if table.expansion().is_draw(edge.node) {
            Event::Drew {
                variable,
                option,
                position,
                injected: false,
            }
        } else {
            let actor = scenario.actors[usize::from(game.set_player()[set])]
                .id
                .clone();
            match seat_of(&actor) {
                Some(seat) => Event::Chose {
                    seat,
                    actor,
                    variable,
                    option,
                    position,
                },
                None => Event::Played {
                    actor,
                    variable,
                    option,
                    position,
                    erred: false,
                },
            }
        });
    }
    let given = events.len();
    let play = Play::replay(table.clone(), &events).unwrap();
    assert!(play.events().len() >= given);
    play
}

/// A crisis with a private type, a secret choice, an alarm and rounds.
pub const CRISIS: &str = r#"
scenario "A crisis"
actor us "United States"
actor iran "Iran"
outcome deal "A deal"
outcome breakout "A breakout"
outcome war "War"
state talks = 0
play {
    chance strength { weak "Iran is weak" 60 %, steady "Iran is steady" 40 % } seen by iran
    repeat 2 {
        us chooses offer { low "offer little", high "offer much" }
        iran chooses reply { accept "accept", refuse "refuse" }
        if reply == accept {
            gain us (if offer == low then 8 else 4)
            gain iran (if offer == low then 2 else 6)
            end deal
        }
        iran chooses programme secretly { hold "keep still", dash "work in secret" }
        chance alarm {
            rings "the alarm rings" (if programme == dash then 70 % else 10 %)
            silent "all is quiet" otherwise
        } seen by us
        set talks = talks + 1
        if alarm == rings {
            us chooses answer { strike "strike", wait "wait" }
            if answer == strike { gain us -6, iran -10 + (if strength == steady then 4 else 0); end war }
        }
        if programme == dash { gain us -12, iran 9; end breakout }
    }
    gain us -1, iran (if strength == weak then -4 else -1)
    end deal
}
"#;
