//! The library against the definitions, on conflicts drawn at random.

use std::collections::BTreeMap;

use detente_conflict_graph::{
    Change, Choice, Concept, Condition, Draft, Preference, Reading, Settings, States, analyse,
};
use proptest::prelude::*;

use crate::draw;
use crate::naive::Naive;

const ALL: [Concept; 9] = [
    Concept::Nash,
    Concept::General,
    Concept::SymmetricGeneral,
    Concept::Sequential,
    Concept::SymmetricSequential,
    Concept::Simultaneous,
    Concept::Limited(1),
    Concept::Limited(2),
    Concept::Limited(3),
];

fn agrees(draft: &Draft) -> Result<(), TestCaseError> {
    let naive = Naive::new(draft, Reading::Plain);
    let conflict = draft.clone().check().unwrap();
    let graph = draw::as_graph(&conflict);
    let settings = Settings::default();
    let found = analyse(&conflict, &ALL, &settings).unwrap();
    let listed: Vec<Concept> = ALL
        .iter()
        .copied()
        .filter(|c| *c != Concept::Simultaneous)
        .collect();
    let also = analyse(&graph, &listed, &settings).unwrap();
    for concept in ALL {
        for actor in 0..naive.actors() {
            for state in 0..naive.states.len() {
                let wanted = naive.stable(concept, actor, state);
                let place = format!("{concept:?} actor {actor} state {state}");
                prop_assert_eq!(found.is_stable(concept, actor, state), wanted, "{}", place);
                if concept != Concept::Simultaneous {
                    prop_assert_eq!(
                        also.is_stable(concept, actor, state),
                        wanted,
                        "graph {}",
                        place
                    );
                }
            }
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3000))]

    #[test]
    fn small_conflicts_agree_with_the_definitions(draft in draw::draft(4, 1)) {
        agrees(&draft)?;
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn larger_conflicts_agree_with_the_definitions(draft in draw::draft(3, 3)) {
        agrees(&draft)?;
    }
}

/// The same with so many more options that states are no longer laid out.
fn widened(mut draft: Draft) -> Draft {
    while draft.options.len() < 40 {
        let name = format!("idle {}", draft.options.len());
        draft.options.push(Choice::new(name, 0));
    }
    draft.states = States::listed(40, draft.states.all().to_vec()).unwrap();
    draft
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn many_options_agree_with_few(draft in draw::draft(4, 2)) {
        let wide = widened(draft.clone()).check().unwrap();
        let narrow = draft.check().unwrap();
        let settings = Settings::default();
        prop_assert_eq!(
            analyse(&wide, &ALL, &settings).unwrap(),
            analyse(&narrow, &ALL, &settings).unwrap()
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// Non-myopic stability is limited-move stability at all horizons from some horizon on.
    #[test]
    fn non_myopic_is_limited_in_the_end(draft in draw::draft(3, 2)) {
        let conflict = draft.check().unwrap();
        let settings = Settings::default();
        let far: Vec<Concept> = (60..84).map(Concept::Limited).collect();
        let far = analyse(&conflict, &far, &settings).unwrap();
        let found = analyse(&conflict, &[Concept::NonMyopic], &settings).unwrap();
        for actor in 0..conflict.actors().len() {
            for state in 0..conflict.size() {
                let always = far.concepts().iter().all(|c| far.is_stable(*c, actor, state));
                prop_assert_eq!(found.is_stable(Concept::NonMyopic, actor, state), always);
            }
        }
    }
}

/// Large enough for threads to share one actor's states; judged with and without a layout.
#[test]
fn seven_thousand_states_in_two_ways() {
    let mut seed = 1u64;
    let mut roll = || {
        seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        seed >> 40
    };
    let options = (0..13).map(|k| Choice {
        change: if k % 5 == 4 {
            Change::Forward
        } else {
            Change::Free
        },
        ..Choice::new(format!("option {k}"), k % 3)
    });
    let states = States::feasible(13, &[Condition::pattern("YYY----------").unwrap()]).unwrap();
    let size = states.len();
    let payoffs =
        (0..3).map(|_| Preference::Payoffs((0..size).map(|_| (roll() % 500) as f64).collect()));
    let draft = Draft {
        name: "large".to_owned(),
        actors: (0..3).map(|i| format!("actor {i}")).collect(),
        options: options.collect(),
        preferences: payoffs.collect(),
        unperceived: Vec::new(),
        labels: BTreeMap::new(),
        states,
    };
    let near = &ALL[..6];
    let settings = Settings::default();
    let conflict = draft.clone().check().unwrap();
    let found = analyse(&conflict, near, &settings).unwrap();
    let two = Settings {
        threads: 2,
        ..settings
    };
    assert_eq!(analyse(&conflict, near, &two).unwrap(), found);
    assert_eq!(
        analyse(&widened(draft).check().unwrap(), near, &two).unwrap(),
        found
    );
}
