//! What can be done in a play.

use detente_play::{By, Event, Play, PlayError, Status};

use crate::random::below;
use crate::{CRISIS, random_table, setup, table};

/// Plays to the end, everybody choosing at random.
pub fn played(mut play: Play, mut state: u64) -> Play {
    while let Some(seat) = play.to_move() {
        let view = play.view(seat).unwrap();
        let options = view.question.unwrap().options.len() as u64;
        let option = 1 + below(&mut state, options) as usize;
        play.choose(seat, view.turn, option).unwrap();
    }
    play
}

#[test]
fn a_play_rests_at_persons_and_goes_to_its_end() {
    let table = table(CRISIS, 5.0);
    for seed in 0..50 {
        let play = Play::begin(table.clone(), setup(&[&["iran"]], seed)).unwrap();
        assert_eq!(play.to_move(), Some(0));
        let play = played(play, seed + 1);
        assert!(play.is_over());
        let view = play.view(0).unwrap();
        assert_eq!(view.status, Status::Ended);
        assert!(view.ending.is_some() && view.question.is_none());
    }
}

#[test]
fn events_bring_a_play_back() {
    let table = table(CRISIS, 5.0);
    for seed in 0..20 {
        let mut play = Play::begin(table.clone(), setup(&[&["us"], &["iran"]], seed)).unwrap();
        let mut state = seed + 3;
        let mut acts = 0;
        while let Some(seat) = play.to_move() {
            acts += 1;
            match below(&mut state, 6) {
                0 if play.undo().is_ok() => {}
                1 => {
                    play.pause().unwrap();
                    assert_eq!(play.choose(seat, 1, 1), Err(PlayError::Paused));
                    play.resume().unwrap();
                }
                2 => {
                    let _ = play.inject("alarm", "rings");
                }
                _ => {
                    let turn = play.view(seat).unwrap().turn;
                    play.choose(seat, turn, 1 + below(&mut state, 2) as usize)
                        .unwrap();
                }
            }
            let text = serde_json::to_string(play.events()).unwrap();
            let events: Vec<Event> = serde_json::from_str(&text).unwrap();
            let again = Play::replay(table.clone(), &events).unwrap();
            assert_eq!(again.events(), play.events());
            assert_eq!(again.overview(), play.overview());
            for seat in 0..2 {
                assert_eq!(again.view(seat), play.view(seat));
            }
            if acts > 200 {
                play.call().unwrap();
            }
        }
        assert!(play.debrief().is_ok());
    }
}

#[test]
fn a_play_cut_short_is_played_on() {
    let table = table(CRISIS, 5.0);
    let play = played(Play::begin(table.clone(), setup(&[&["us"]], 4)).unwrap(), 9);
    for kept in 1..=play.events().len() {
        let again = Play::replay(table.clone(), &play.events()[..kept]).unwrap();
        let shared = again.events().len().min(play.events().len());
        // What the program and chance add is what they had added.
        let own = |event: &&Event| !matches!(event, Event::Chose { .. });
        let added = again.events()[..shared].iter().skip(kept).filter(own);
        for (event, before) in added.zip(&play.events()[kept..]) {
            assert_eq!(event, before);
        }
        assert!(again.is_over() || again.to_move().is_some());
    }
}

#[test]
fn an_undo_does_not_cast_the_dice_anew() {
    let table = table(CRISIS, 2.0);
    for seed in 0..30 {
        let mut play = Play::begin(table.clone(), setup(&[&["iran"]], seed)).unwrap();
        let before = play.overview();
        let view = play.view(0).unwrap();
        play.choose(0, view.turn, 2).unwrap();
        let after = play.overview().story;
        play.undo().unwrap();
        assert_eq!(play.overview().story, before.story);
        let again = play.view(0).unwrap();
        assert_eq!(again.question, view.question);
        // An answer to the question before the undo no longer counts.
        assert_eq!(play.choose(0, view.turn, 1), Err(PlayError::Stale));
        play.choose(0, again.turn, 2).unwrap();
        assert_eq!(play.overview().story, after);
    }
}

#[test]
fn who_notices_nothing_of_an_undo_is_told_nothing() {
    let text = "actor a \"Ann\"\nactor b \"Bob\"\noutcome o\nplay {\na chooses x secretly { l, r }\n\
                a chooses y secretly { l, r }\nb chooses z { l, r }\ngain a 1, b 1\nend o\n}";
    let mut play = Play::begin(random_table(text), setup(&[&["a"], &["b"]], 1)).unwrap();
    let first = play.view(1).unwrap();
    play.choose(0, 1, 2).unwrap();
    assert_eq!(play.view(1).unwrap(), first);
    play.undo().unwrap();
    assert_eq!(play.view(1).unwrap(), first);
    assert_eq!(first.waiting_for.as_deref(), Some("Ann"));
    // Bob is asked and the question is taken back: that he notices.
    let turn = play.view(0).unwrap().turn;
    play.choose(0, turn, 1).unwrap();
    play.choose(0, turn + 1, 1).unwrap();
    assert_eq!(play.view(1).unwrap().status, Status::YourTurn);
    play.undo().unwrap();
    assert_eq!(play.view(1).unwrap().turn, 2);
    assert_eq!(play.undo(), Ok(()));
    assert_eq!(play.undo(), Err(PlayError::NothingToUndo));
}

#[test]
fn a_draw_that_is_laid_down_comes_out_so() {
    let table = table(CRISIS, 5.0);
    for seed in 0..20 {
        let mut play = Play::begin(table.clone(), setup(&[&["iran"]], seed)).unwrap();
        play.inject("alarm", "silent").unwrap();
        // What is laid down later for the same variable counts.
        play.inject("alarm", "rings").unwrap();
        assert_eq!(play.overview().pending.len(), 1);
        let turn = play.view(0).unwrap().turn;
        play.choose(0, turn, 2).unwrap();
        play.choose(0, turn + 1, 1).unwrap();
        let rung = |play: &Play| {
            let story = play.overview().story;
            story
                .iter()
                .any(|step| step.by == By::Facilitator && step.words == "the alarm rings")
        };
        assert!(rung(&play), "{:#?}", play.overview().story);
        assert!(play.overview().pending.is_empty());
        // Taken back, it is laid down again.
        play.undo().unwrap();
        assert_eq!(play.overview().pending.len(), 1);
        play.choose(0, play.view(0).unwrap().turn, 1).unwrap();
        assert!(rung(&play));
    }
}

#[test]
fn what_is_laid_down_can_be_withdrawn_and_must_be_possible() {
    let table = table(CRISIS, 5.0);
    let mut play = Play::begin(table, setup(&[&["iran"]], 1)).unwrap();
    play.inject("alarm", "rings").unwrap();
    play.withdraw("alarm").unwrap();
    assert_eq!(
        play.withdraw("alarm"),
        Err(PlayError::NothingLaidDown("alarm".to_owned()))
    );
    let impossible = |variable: &str, option: &str| PlayError::NoDraw {
        variable: variable.to_owned(),
        option: option.to_owned(),
    };
    for (variable, option) in [("alarm", "burns"), ("strength", "weak"), ("offer", "low")] {
        assert_eq!(
            play.inject(variable, option),
            Err(impossible(variable, option))
        );
    }
}

#[test]
fn what_cannot_be_done_is_an_error_and_changes_nothing() {
    let table = table(CRISIS, 5.0);
    let wrong = |seats: &[&[&str]]| Play::begin(table.clone(), setup(seats, 1)).unwrap_err();
    assert_eq!(wrong(&[]), PlayError::NoSeats);
    assert_eq!(
        wrong(&[&["us"], &["us"]]),
        PlayError::TwoSeats("us".to_owned())
    );
    assert_eq!(wrong(&[&[]]), PlayError::EmptySeat("seat 1".to_owned()));
    assert!(wrong(&[&["usa"]]).to_string().contains("`us`, `iran`"));
    let mut play = Play::begin(table.clone(), setup(&[&["us"], &["iran"]], 1)).unwrap();
    let before = play.events().to_vec();
    assert_eq!(play.choose(1, 1, 1), Err(PlayError::NotYourTurn));
    assert_eq!(play.choose(0, 2, 1), Err(PlayError::Stale));
    assert_eq!(play.choose(7, 1, 1), Err(PlayError::NoSeat(7)));
    let no_option = |number| PlayError::NoOption { number, options: 2 };
    assert_eq!(play.choose(0, 1, 0), Err(no_option(0)));
    assert_eq!(play.choose(0, 1, 3), Err(no_option(3)));
    assert_eq!(play.resume(), Err(PlayError::NotPaused));
    assert_eq!(play.undo(), Err(PlayError::NothingToUndo));
    assert_eq!(play.debrief(), Err(PlayError::NotOver));
    assert!(play.view(2).is_err());
    assert_eq!(play.events(), before);
    play.call().unwrap();
    assert_eq!(play.choose(0, 1, 1), Err(PlayError::Over));
    assert_eq!(play.pause(), Err(PlayError::Over));
    assert_eq!(play.call(), Err(PlayError::Over));
    assert_eq!(play.view(0).unwrap().status, Status::Called);
    play.undo().unwrap();
    assert_eq!(play.to_move(), Some(0));
}

#[test]
fn events_of_another_play_are_refused() {
    let crisis = table(CRISIS, 5.0);
    let other = random_table("actor a\noutcome o\nplay { a chooses x { l, r } gain a 1 end o }");
    let play = Play::begin(crisis.clone(), setup(&[&["us"]], 1)).unwrap();
    assert!(Play::replay(other, play.events()).is_err());
    assert!(Play::replay(crisis.clone(), &[]).is_err());
    let mut events = play.events().to_vec();
    events.push(events[0].clone());
    assert!(Play::replay(crisis.clone(), &events).is_err());
    let bad = |event: Event| {
        let mut events = play.events().to_vec();
        events.push(event);
        Play::replay(crisis.clone(), &events)
            .unwrap_err()
            .to_string()
    };
    let chose = |seat, position| Event::Chose {
        seat,
        actor: "us".to_owned(),
        variable: "offer".to_owned(),
        option: "low".to_owned(),
        position,
    };
    assert!(bad(chose(1, 0)).contains("turn"));
    assert!(bad(chose(0, 2)).contains("no such option"));
    assert!(bad(Event::Resumed).contains("not paused"));
    assert!(
        bad(Event::Drew {
            variable: "alarm".to_owned(),
            option: "rings".to_owned(),
            position: 0,
            injected: false
        })
        .contains("nothing was to be drawn")
    );
}

#[test]
fn the_program_errs_as_often_as_its_strategy_says() {
    let text = "actor a\nactor b\noutcome o\nplay { b chooses y { good { gain b 1 }, bad } \
                a chooses x { l, r }\nend o }";
    let table = table(text, 2.0);
    let expected = table.profile().probabilities()[1];
    let erred = |seed: u64| {
        let play = Play::begin(table.clone(), setup(&[&["a"]], seed)).unwrap();
        let played = play.events().iter();
        played
            .clone()
            .any(|event| matches!(event, Event::Played { erred: true, .. }))
    };
    let count = (0..2_000).filter(|&seed| erred(seed)).count() as f64;
    let spread = (2_000.0 * expected * (1.0 - expected)).sqrt();
    assert!(
        (count - 2_000.0 * expected).abs() < 4.0 * spread,
        "{count} {expected}"
    );
}
