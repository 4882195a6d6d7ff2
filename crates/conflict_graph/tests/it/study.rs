//! Everything of one conflict at once.

use detente_conflict_graph::study::{Coalitions, Question, Subject, stable, study};
use detente_conflict_graph::{
    Change, Choice, Concept, Condition, Conflict, Draft, Preference, Settings, States,
};

/// The Cuban missile crisis of Fraser and Hipel (1984): strike, blockade; withdraw, escalate.
fn cuba() -> Conflict {
    let chosen = |k: usize| Condition::Chosen(k);
    let strike = Choice {
        change: Change::Forward,
        ..Choice::new("strike", 0)
    };
    let draft = Draft {
        name: "Cuba".to_owned(),
        actors: vec!["us".to_owned(), "ussr".to_owned()],
        options: vec![
            strike,
            Choice::new("blockade", 0),
            Choice::new("withdraw", 1),
            Choice::new("escalate", 1),
        ],
        states: States::feasible(4, &[Condition::All(vec![chosen(2), chosen(3)])]).unwrap(),
        preferences: [
            [5, 7, 8, 6, 12, 10, 11, 9, 1, 3, 2, 4],
            [12, 7, 9, 5, 11, 8, 10, 6, 1, 3, 2, 4],
        ]
        .map(|payoffs| Preference::Payoffs(payoffs.map(f64::from).to_vec()))
        .to_vec(),
        unperceived: Vec::new(),
        labels: [(2, "the blockade".to_owned())].into(),
    };
    draft.check().unwrap()
}

#[test]
fn the_cuban_missile_crisis_is_told_as_published() {
    let question = Question {
        about: vec![2],
        wishes: vec![6],
        ..Question::default()
    };
    let found = study(&Subject::plain(cuba()), &question).unwrap();
    let sets: Vec<&[usize]> = found
        .answers
        .iter()
        .map(|a| a.equilibria.as_slice())
        .collect();
    let metarational: &[usize] = &[1, 2, 3, 5, 6, 7, 8];
    assert_eq!(
        sets,
        [&[6][..], metarational, metarational, &[5, 6, 7], &[6]]
    );
    assert_eq!(
        (found.size, found.states.len(), found.today),
        (12, 12, Some(1))
    );
    let blockade = &found.states[2];
    assert_eq!(blockade.words, "the blockade");
    assert_eq!(blockade.places, [Some(5), Some(4)]);
    let why = &blockade.why[0][1];
    assert!(
        why.starts_with("From the blockade, ussr would gain by"),
        "{why}"
    );
    // Every verdict has its reason, and agrees with the equilibria.
    for state in &found.states {
        for (k, answer) in found.answers.iter().enumerate() {
            assert_eq!(
                state.equilibrium[k],
                answer.equilibria.contains(&state.number)
            );
            assert_eq!(state.equilibrium[k], state.stable[k].iter().all(|s| *s));
            assert!(state.why[k].iter().all(|words| !words.is_empty()));
        }
    }
    // Ways lead from today, step by step, to where they say.
    for way in &found.ways {
        for steps in [&way.improvements, &way.fastest, &way.likeliest]
            .into_iter()
            .flatten()
        {
            assert_eq!(steps.last().map(|step| step.to), Some(way.to));
        }
        let likeliest = way
            .likeliest
            .as_ref()
            .map_or(0, |s| s.iter().filter(|t| !t.gain).count());
        assert!(way.improvements.is_none() || likeliest == 0);
    }
    let [wish] = found.wishes.as_slice() else {
        panic!("{:?}", found.wishes)
    };
    assert_eq!((wish.state, wish.concept.as_str()), (7, "sequential"));
    assert!(wish.changes.is_empty() && wish.possible.len() == 2);
}

#[test]
fn threads_change_nothing() {
    let ask = |threads| {
        let question = Question {
            settings: Settings {
                threads,
                ..Settings::default()
            },
            coalitions: Coalitions::All,
            ..Question::default()
        };
        study(&Subject::plain(cuba()), &question).unwrap()
    };
    assert_eq!(ask(1), ask(3));
}

#[test]
fn allies_move_together() {
    let settings = Settings::default();
    let conflict = cuba();
    let alone = stable(&conflict, Concept::Nash, None, &[], &settings).unwrap();
    let both = stable(&conflict, Concept::Nash, None, &[0, 1], &settings).unwrap();
    assert!(alone.contains(5) && !alone.contains(0));
    // From the start both would go nowhere together: Moscow likes nothing better.
    assert!(both.contains(0) && both.contains(4));
    let us = stable(&conflict, Concept::Nash, Some(0), &[], &settings).unwrap();
    assert!(!us.contains(0));
}

#[test]
fn of_many_states_those_that_matter_are_shown() {
    let options: Vec<Choice> = (0..10)
        .map(|k| Choice::new(format!("o{k}"), k % 2))
        .collect();
    let size = 1024;
    let payoffs = |a: usize| (0..size).map(|s| (s * (a + 7) % 997) as f64).collect();
    let draft = Draft {
        name: "Many".to_owned(),
        actors: vec!["a".to_owned(), "b".to_owned()],
        states: States::feasible(10, &[]).unwrap(),
        options,
        preferences: vec![
            Preference::Payoffs(payoffs(0)),
            Preference::Payoffs(payoffs(1)),
        ],
        unperceived: Vec::new(),
        labels: Default::default(),
    };
    let question = Question {
        about: vec![777],
        ..Question::default()
    };
    let found = study(&Subject::plain(draft.check().unwrap()), &question).unwrap();
    assert_eq!(found.size, size);
    assert!(found.states.len() < 120);
    let shown: Vec<usize> = found.states.iter().map(|s| s.number).collect();
    assert!(shown.contains(&1) && shown.contains(&778), "{shown:?}");
    assert!(shown.is_sorted());
}

#[test]
fn what_is_not_there_is_refused() {
    let subject = Subject::plain(cuba());
    let asked = |question: Question| study(&subject, &question).unwrap_err().to_string();
    let fault = asked(Question {
        about: vec![12],
        ..Question::default()
    });
    assert!(fault.contains("no state number 12"), "{fault}");
    let fault = asked(Question {
        concepts: vec![Concept::Limited(0)],
        ..Question::default()
    });
    assert!(fault.contains("at least one move"), "{fault}");
}
