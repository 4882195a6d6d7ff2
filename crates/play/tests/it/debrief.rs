//! What is told at the end.

use detente_play::{Play, PlayError};

use crate::acts::played;
use crate::random::scenario;
use crate::{CRISIS, random_table, setup, table};

/// The parts add up, and every choice has what it must have.
fn adds_up(play: &Play) {
    let debrief = play.debrief().unwrap();
    for actor in &debrief.actors {
        let stake = (actor.most - actor.least).max(1.0);
        let difference = actor.got - actor.expected;
        assert!(
            (actor.parts.sum() - difference).abs() < 1e-9 * stake,
            "{actor:#?}"
        );
        for decision in &actor.decisions {
            let sum: f64 = decision.options.iter().map(|o| o.probability).sum();
            assert!((sum - 1.0).abs() < 1e-6);
            assert!(decision.foresight.loss >= 0.0 && decision.hindsight.loss >= 0.0);
            assert_eq!(decision.options.iter().filter(|o| o.chosen).count(), 1);
            for hidden in &decision.hidden {
                assert!((0.0..=1.0).contains(&hidden.believed), "{hidden:?}");
            }
        }
    }
    let probability: f64 = debrief.story.iter().map(|step| step.probability).product();
    assert!((probability - debrief.likelihood).abs() <= 1e-12);
    assert!(serde_json::to_string(&debrief).is_ok());
}

#[test]
fn luck_and_choices_add_up() {
    let table = table(CRISIS, 5.0);
    for seed in 0..40 {
        for seats in [
            &[&["us"][..]][..],
            &[&["us"], &["iran"]],
            &[&["us", "iran"]],
        ] {
            adds_up(&played(
                Play::begin(table.clone(), setup(seats, seed)).unwrap(),
                seed + 1,
            ));
        }
    }
}

#[test]
fn luck_and_choices_add_up_in_the_library_and_in_random_scenarios() {
    let library = detente_library::all()
        .iter()
        .filter(|known| !known.flagship);
    let texts = library.map(|known| known.text.to_owned());
    for text in texts.chain((1..=20).map(scenario)) {
        let table = random_table(&text);
        if table.expansion().game.nodes() > 20_000 {
            continue;
        }
        let actor = table.scenario().actors[0].id.clone();
        for seed in 0..3 {
            let setup = setup(&[&[actor.as_str()]], seed);
            adds_up(&played(
                Play::begin(table.clone(), setup).unwrap(),
                seed + 5,
            ));
        }
    }
}

#[test]
fn a_called_end_is_looked_back_upon_as_well() {
    let mut play = Play::begin(table(CRISIS, 5.0), setup(&[&["us"]], 3)).unwrap();
    play.choose(0, 1, 1).unwrap();
    if !play.is_over() {
        assert_eq!(play.debrief(), Err(PlayError::NotOver));
        play.call().unwrap();
    }
    adds_up(&play);
    assert!(play.debrief().unwrap().headlines[0].contains("called"));
}

/// A coin that Ann cannot see; guessing right is worth 1. Heads come up three times in four.
const COIN: &str = "actor a \"Ann\"\noutcome over \"Over\"\nplay {\n\
    chance coin { heads 75 %, tails 25 % } seen by nobody\n\
    a chooses guess { say_heads, say_tails }\n\
    gain a (if coin == heads and guess == say_heads or coin == tails and guess == say_tails then 1 else 0)\n\
    end over\n}";

#[test]
fn foresight_and_hindsight_are_told_apart() {
    let table = table(COIN, 1000.0);
    let (mut heads, mut tails) = (0, 0);
    for seed in 0..40 {
        let mut play = Play::begin(table.clone(), setup(&[&["a"]], seed)).unwrap();
        play.choose(0, 1, 1).unwrap();
        let debrief = play.debrief().unwrap();
        let ann = &debrief.actors[0];
        let decision = &ann.decisions[0];
        assert!((decision.options[0].foresight - 0.75).abs() < 1e-12);
        assert!((decision.options[1].foresight - 0.25).abs() < 1e-12);
        assert_eq!(
            decision.foresight.loss, 0.0,
            "what is chosen is its own best"
        );
        assert_eq!(decision.foresight.words, "as good as any");
        assert!((ann.expected - 0.75).abs() < 1e-9);
        let hidden = &decision.hidden[0];
        if ann.got == 0.0 {
            tails += 1;
            assert_eq!(decision.hindsight.loss, 1.0);
            assert_eq!(decision.hindsight.words, "far worse than the best");
            assert!((hidden.believed - 0.25).abs() < 1e-12, "{hidden:?}");
            // The coin itself decides: with tails on the table, Ann's strategy is worth nothing.
            assert!((ann.parts.draws + 0.75).abs() < 1e-9, "{ann:#?}");
        } else {
            heads += 1;
            assert_eq!(decision.hindsight.loss, 0.0);
            assert!((ann.parts.draws - 0.25).abs() < 1e-9);
        }
        assert!(ann.parts.decisions.abs() < 1e-9);
    }
    assert!(heads > 20 && tails > 3, "{heads} {tails}");
}

#[test]
fn a_poor_choice_that_turned_out_well_is_told_as_such() {
    let table = table(COIN, 1000.0);
    let lucky = (0..40).find_map(|seed| {
        let mut play = Play::begin(table.clone(), setup(&[&["a"]], seed)).unwrap();
        play.choose(0, 1, 2).unwrap();
        let debrief = play.debrief().unwrap();
        (debrief.actors[0].got == 1.0).then_some(debrief)
    });
    let debrief = lucky.unwrap();
    let ann = &debrief.actors[0];
    assert!((ann.decisions[0].foresight.loss - 0.5).abs() < 1e-12);
    assert_eq!(ann.decisions[0].hindsight.loss, 0.0);
    assert!((ann.parts.decisions + 0.5).abs() < 1e-9, "{ann:#?}");
    assert!((ann.parts.hidden - 1.5).abs() < 1e-9, "{ann:#?}");
    let told = ann.words.join(" ");
    assert!(told.contains("costliest choice was “say tails”"), "{told}");
    assert!(told.contains("Even with hindsight"), "{told}");
    // Below the actor's name it is not said again; among all headlines it is.
    assert!(!ann.words[1].contains(&ann.label), "{told}");
    let named = format!("{}: even with hindsight", ann.label);
    let headlines = debrief.headlines.join(" ");
    assert!(headlines.contains(&named), "{headlines}");
}
