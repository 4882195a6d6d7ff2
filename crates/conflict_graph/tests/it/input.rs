//! Conditions, states, preferences, files: what is read, and what is refused.

use std::collections::BTreeMap;

use detente_conflict_graph::Allowed;
use detente_conflict_graph::{
    Choice, Comparison, Concept, Condition, Conflict, Draft, GraphError, Hypergame, Kind,
    Preference, Relation, Settings, Statement, States, Tier, Weight, analyse, analyse_blocks,
    evolution, explain, read_condition, read_json, sentence, state_words,
};

fn names(list: &[&str]) -> Vec<String> {
    list.iter().map(|name| (*name).to_owned()).collect()
}

fn truths(text: &str) -> Vec<u64> {
    let condition = read_condition(text, &names(&["strike", "block ade", "withdraw"])).unwrap();
    (0..8).filter(|state| condition.holds(*state)).collect()
}

#[test]
fn conditions_in_text() {
    assert_eq!(truths("strike"), [1, 3, 5, 7]);
    assert_eq!(truths("-1"), [0, 2, 4, 6]);
    assert_eq!(truths("not \"block ade\" and 3"), [4, 5]);
    assert_eq!(truths("1 & 2 | 3"), [3, 4, 5, 6, 7]);
    assert_eq!(truths("1 if 2"), [0, 1, 3, 4, 5, 7]);
    assert_eq!(truths("1 IFF 2"), [0, 3, 4, 7]);
    assert_eq!(truths("!(1 or 2)"), [0, 4]);
}

#[test]
fn conditions_that_cannot_be_read() {
    let names = names(&["a", "b"]);
    for (text, at) in [
        ("", 1),
        ("a and", 6),
        ("(a", 1),
        ("a b", 3),
        ("3", 1),
        ("0", 1),
        ("a or \"b", 6),
        ("a or c", 6),
    ] {
        match read_condition(text, &names) {
            Err(GraphError::Condition { at: found, .. }) => assert_eq!(found, at, "{text}"),
            other => panic!("{text}: {other:?}"),
        }
    }
    let deep = "not ".repeat(10_000) + "a";
    assert!(matches!(
        read_condition(&deep, &names),
        Err(GraphError::Condition { .. })
    ));
    let deep = "(".repeat(10_000) + "a";
    assert!(matches!(
        read_condition(&deep, &names),
        Err(GraphError::Condition { .. })
    ));
}

#[test]
fn feasible_states() {
    let ruled_out = [
        Condition::pattern("YY-").unwrap(),
        Condition::pattern("--Y").unwrap(),
    ];
    let states = States::feasible(3, &ruled_out).unwrap();
    let marks: Vec<String> = (0..states.len()).map(|s| states.marks(s)).collect();
    assert_eq!(marks, ["NNN", "YNN", "NYN"]);
    assert_eq!(states.find(2), Some(2));
    assert_eq!(states.find(4), None);
    assert!(Condition::pattern("YX").is_err());
    assert!(matches!(
        States::feasible(0, &[]),
        Err(GraphError::Empty { .. })
    ));
    assert!(matches!(
        States::feasible(65, &[]),
        Err(GraphError::TooMany { .. })
    ));
    assert!(matches!(
        States::feasible(64, &[]),
        Err(GraphError::TooMany { .. })
    ));
    let nothing = Condition::Any(vec![]);
    assert_eq!(
        States::feasible(2, std::slice::from_ref(&nothing))
            .unwrap()
            .len(),
        4
    );
    let everything = Condition::Not(Box::new(nothing));
    assert!(matches!(
        States::feasible(2, &[everything]),
        Err(GraphError::Empty { .. })
    ));
    let beyond = Condition::Chosen(3);
    assert!(matches!(
        States::feasible(3, &[beyond]),
        Err(GraphError::Absent { .. })
    ));
    assert!(matches!(
        States::listed(2, vec![4]),
        Err(GraphError::Absent { .. })
    ));
    assert!(matches!(
        States::listed(2, vec![1, 1]),
        Err(GraphError::Twice { .. })
    ));
    assert!(matches!(
        States::listed(40, vec![1, 1]),
        Err(GraphError::Twice { .. })
    ));
    // With all but a few options fixed, many options are no burden.
    let fixed = Condition::pattern(&("-".repeat(3) + &"Y".repeat(61))).unwrap();
    let states = States::feasible(64, &[Condition::Not(Box::new(fixed))]).unwrap();
    assert_eq!(states.len(), 8);
}

/// A crisis of two: who escalates, who withdraws.
fn blockade() -> Draft {
    let mut labels = BTreeMap::new();
    labels.insert(1, "the blockade".to_owned());
    Draft {
        name: "Blockade".to_owned(),
        actors: names(&["Washington", "Moscow"]),
        options: vec![
            Choice {
                undoing: Some("lifting the blockade".to_owned()),
                ..Choice::new("Blockade", 0)
            },
            Choice {
                doing: Some("withdrawing".to_owned()),
                ..Choice::new("Withdraw", 1)
            },
        ],
        // NN, YN, NY, YY
        states: States::feasible(2, &[]).unwrap(),
        preferences: vec![
            Preference::Payoffs(vec![1.0, 2.0, 4.0, 3.0]),
            Preference::Payoffs(vec![4.0, 1.0, 3.0, 2.0]),
        ],
        unperceived: Vec::new(),
        labels,
    }
}

#[test]
fn a_state_in_words() {
    let conflict = blockade().check().unwrap();
    let settings = Settings::default();
    let told = |state, actor, concept| {
        let told = explain(&conflict, state, actor, concept, &settings).unwrap();
        sentence(&conflict, &told)
    };
    assert_eq!(
        told(1, 1, Concept::General),
        "From the blockade, Moscow would gain by withdrawing, and Washington has no countermove that hurts it."
    );
    assert_eq!(
        told(1, 1, Concept::Nash),
        "From the blockade, Moscow would gain by withdrawing."
    );
    assert_eq!(
        told(2, 0, Concept::Sequential),
        "From state 3 (Withdraw), Washington has no move to anything that it likes better."
    );
    assert_eq!(
        told(3, 0, Concept::General),
        "From state 4 (Blockade, Withdraw), Washington could gain by lifting the blockade, but Moscow giving up \
         “Withdraw” would lead it to state 1 (nothing chosen), which it likes no better than state 4 (Blockade, \
         Withdraw)."
    );
    assert_eq!(
        told(1, 1, Concept::Limited(2)),
        "From the blockade, looking 2 moves ahead, Moscow would begin by withdrawing, as it expects play to end at \
         state 3 (Withdraw)."
    );
    assert_eq!(state_words(&conflict, 0), "state 1 (nothing chosen)");
}

/// Preferences in four forms that say the same.
#[test]
fn preferences_that_say_the_same() {
    let condition = |text: &str| read_condition(text, &names(&["Blockade", "Withdraw"])).unwrap();
    let statement = |text: &str| Statement {
        condition: condition(text),
        weight: Weight::Plain,
    };
    let tier = |states: &[usize]| Tier {
        states: states.to_vec(),
        strongly: false,
    };
    let forms = [
        Preference::Payoffs(vec![1.0, 0.0, 7.0, 2.0]),
        Preference::Ranking(vec![tier(&[2]), tier(&[3]), tier(&[0]), tier(&[1])]),
        Preference::Weights(vec![-1.0, 2.0]),
        Preference::Statements(vec![statement("withdraw"), statement("not blockade")]),
    ];
    let states = States::feasible(2, &[]).unwrap();
    let first = forms[0].resolve("A", 4, Some(&states)).unwrap();
    for form in &forms {
        assert_eq!(form.resolve("A", 4, Some(&states)).unwrap(), first);
    }
}

/// Small differences count beside large numbers; sums are equal up to rounding.
#[test]
fn close_numbers() {
    let states = States::feasible(2, &[]).unwrap();
    let ranks = |preference: Preference| {
        let found = preference.resolve("A", 4, Some(&states)).unwrap();
        found.order().unwrap().ranks().to_vec()
    };
    assert_eq!(
        ranks(Preference::Payoffs(vec![1e15, 1.0, 2.0, -0.0])),
        [3, 1, 2, 0]
    );
    assert_eq!(
        ranks(Preference::Payoffs(vec![0.0, -0.0, 1.0, 1.0])),
        [0, 0, 1, 1]
    );
    let states = States::listed(3, vec![0b011, 0b100]).unwrap();
    let weights = Preference::Weights(vec![0.1, 0.2, 0.3]);
    let found = weights.resolve("A", 2, Some(&states)).unwrap();
    assert_eq!(found.relation(0, 1), Relation::Same);
}

fn refused(change: impl Fn(&mut Draft)) -> GraphError {
    let mut draft = blockade();
    change(&mut draft);
    draft.check().unwrap_err()
}

#[test]
fn drafts_that_are_refused() {
    use GraphError::{Absent, Empty, Length, Twice};
    assert!(matches!(refused(|d| d.actors.clear()), Empty { .. }));
    assert!(matches!(
        refused(|d| d.actors[1] = "Washington".to_owned()),
        Twice { .. }
    ));
    assert!(matches!(refused(|d| d.options[0].owner = 2), Absent { .. }));
    assert!(matches!(refused(|d| d.options.truncate(1)), Length { .. }));
    assert!(matches!(
        refused(|d| d.preferences.truncate(1)),
        Length { .. }
    ));
    assert!(matches!(
        refused(|d| d.unperceived = vec![vec![]]),
        Length { .. }
    ));
    assert!(matches!(
        refused(|d| d.unperceived = vec![vec![], vec![Condition::Chosen(9)]]),
        Absent { .. }
    ));
    assert!(matches!(
        refused(|d| {
            d.labels.insert(4, "x".to_owned());
        }),
        Absent { .. }
    ));
    let same = |d: &mut Draft| {
        d.options[1] = d.options[0].clone();
    };
    assert!(matches!(refused(same), Twice { .. }));
}

#[test]
fn preferences_that_are_refused() {
    let refused = |preference: Preference| refused(|d| d.preferences[0] = preference.clone());
    let tier = |states: &[usize]| Tier {
        states: states.to_vec(),
        strongly: false,
    };
    let strong = |weight| Statement {
        condition: Condition::Chosen(0),
        weight,
    };
    assert!(matches!(
        refused(Preference::Payoffs(vec![1.0])),
        GraphError::Length { .. }
    ));
    for preference in [
        Preference::Payoffs(vec![1.0, f64::NAN, 2.0, 3.0]),
        Preference::Weights(vec![f64::INFINITY, 0.0]),
        Preference::Weights(vec![f64::MAX, f64::MAX]),
        Preference::Ranking(vec![tier(&[0, 1, 2])]),
        Preference::Ranking(vec![tier(&[0, 1, 2, 3]), tier(&[0])]),
        Preference::Statements(vec![strong(Weight::Plain), strong(Weight::Strong)]),
        Preference::Pairs(vec![
            Comparison {
                state: 0,
                with: 1,
                relation: Relation::Better,
            },
            Comparison {
                state: 1,
                with: 0,
                relation: Relation::Better,
            },
        ]),
        Preference::Pairs(vec![Comparison {
            state: 1,
            with: 1,
            relation: Relation::Better,
        }]),
    ] {
        assert!(matches!(refused(preference), GraphError::Preference { .. }));
    }
    let far = Preference::Ranking(vec![tier(&[4])]);
    assert!(matches!(refused(far), GraphError::Absent { .. }));
    let many = vec![strong(Weight::Plain); 129];
    assert!(matches!(
        refused(Preference::Statements(many)),
        GraphError::TooMany { .. }
    ));
}

#[test]
fn questions_that_are_refused() {
    let conflict = blockade().check().unwrap();
    let settings = Settings::default();
    let graph = conflict.merged(&[]).unwrap();
    for (conflict, concept) in [
        (&graph, Concept::Simultaneous),
        (&conflict, Concept::Limited(0)),
        (&conflict, Concept::Limited(1_000_000)),
    ] {
        let found = analyse(conflict, &[concept], &settings);
        assert!(matches!(found, Err(GraphError::Unanswerable { .. })));
    }
    assert!(explain(&conflict, 4, 0, Concept::Nash, &settings).is_err());
    assert!(explain(&conflict, 0, 2, Concept::Nash, &settings).is_err());
    assert!(explain(&conflict, 0, 0, Concept::NonMyopic, &settings).is_err());
    assert!(evolution(&conflict, 4, Allowed::Any).is_err());
    for blocks in [
        vec![vec![0]],
        vec![vec![0, 1], vec![1]],
        vec![vec![0, 1], vec![]],
    ] {
        assert!(analyse_blocks(&conflict, &blocks, &[Concept::Nash], &settings).is_err());
    }
    let far = [Concept::Simultaneous];
    assert!(analyse_blocks(&conflict, &[vec![0, 1]], &far, &settings).is_err());
    assert!(conflict.merged(&[vec![0, 1]]).is_err());
    assert!(conflict.merged(&[vec![9]]).is_err());
    let arcs = [vec![(0, 5)]];
    let payoffs = [Preference::Payoffs(vec![0.0])];
    assert!(Conflict::graph("x", names(&["A"]), 1, &arcs, &payoffs).is_err());
    let weights = [Preference::Weights(vec![0.0])];
    assert!(Conflict::graph("x", names(&["A"]), 1, &[vec![]], &weights).is_err());
}

#[test]
fn files_that_are_refused() {
    let good = r#"{"conflict": "x", "options": [{"name": "a", "may_change": "both"}],
        "decision_makers": [{"name": "A", "options": [0]}],
        "states": [{"state": 1, "options": "N", "payoffs": [1]}, {"state": 2, "options": "Y", "payoffs": [2]}]}"#;
    assert_eq!(read_json(good, "x.json").unwrap().len(), 1);
    for (from, to) in [
        ("both", "sideways"),
        ("[0]", "[1]"),
        ("[0]", "[]"),
        ("[0]", "[0, 0]"),
        (r#""N""#, r#""NY""#),
        (r#""N""#, r#""?""#),
        ("[1]", "[1, 2]"),
        ("\"states\"", "\"sates\""),
    ] {
        let bad = good.replacen(from, to, 1);
        let found = read_json(&bad, "x.json");
        assert!(
            matches!(found, Err(GraphError::File { .. })),
            "{bad}: {found:?}"
        );
    }
    assert!(read_json("[{}", "x.json").is_err());
}

/// Moscow does not know that Washington can strike: it expects the blockade to hold, and is surprised.
#[test]
fn a_hypergame() {
    let view = blockade();
    let mut real = blockade();
    real.options.push(Choice::new("Strike", 0));
    real.states = States::feasible(3, &[]).unwrap();
    // Striking is what Washington likes best.
    real.preferences = vec![
        Preference::Payoffs(vec![1.0, 2.0, 4.0, 3.0, 5.0, 6.0, 8.0, 7.0]),
        Preference::Payoffs(vec![8.0, 5.0, 7.0, 6.0, 1.0, 2.0, 3.0, 4.0]),
    ];
    real.labels.clear();
    let real = real.check().unwrap();
    let views = vec![real.clone(), view.check().unwrap()];
    let game = Hypergame::new(real.clone(), views).unwrap();
    assert_eq!(game.seen(1, 5), Some(1));
    let settings = Settings::default();
    let outlook = game.outlook(Concept::Nash, &settings).unwrap();
    // Real: Washington strikes, without a blockade if Moscow withdraws; Moscow withdraws under fire.
    assert_eq!(outlook.real.iter().collect::<Vec<_>>(), [6]);
    // As Moscow sees it, it stays from "nothing" and withdraws from the blockade; of those, Washington stays in none.
    for state in outlook.equilibria.iter() {
        let kind = outlook.kind(state).unwrap();
        assert_eq!(
            kind == Kind::Steady,
            outlook.expected.iter().all(|set| set.contains(state))
        );
    }
    let same = Hypergame::new(real.clone(), vec![real.clone(), real.clone()]).unwrap();
    let same = same.outlook(Concept::Nash, &settings).unwrap();
    assert_eq!(same.real, same.equilibria);
    assert!(same.real.iter().all(|s| same.kind(s) == Some(Kind::Steady)));
    assert!(!same.rests_on_error(6));
    assert!(Hypergame::new(real.clone(), vec![real.clone()]).is_err());
    let graph = real.merged(&[]).unwrap();
    assert!(Hypergame::new(real, vec![graph.clone(), graph]).is_err());
}
