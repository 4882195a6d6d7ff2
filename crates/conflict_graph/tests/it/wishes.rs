//! Inverse analysis and goal seeking against all rankings, one by one.

use detente_conflict_graph::{
    Concept, Conflict, Draft, GraphError, Preference, Settings, Tier, analyse, inverse, rethink,
    seek,
};
use proptest::prelude::*;

use crate::draw;

const CONCEPTS: [Concept; 6] = [
    Concept::Nash,
    Concept::General,
    Concept::SymmetricGeneral,
    Concept::Sequential,
    Concept::SymmetricSequential,
    Concept::Simultaneous,
];

fn permutations(n: usize) -> Vec<Vec<usize>> {
    if n == 0 {
        return vec![Vec::new()];
    }
    let mut all = Vec::new();
    for rest in permutations(n - 1) {
        for at in 0..n {
            let mut longer = rest.clone();
            longer.insert(at, n - 1);
            all.push(longer);
        }
    }
    all
}

/// Best first.
fn ranking(order: &[usize]) -> Preference {
    let tier = |state: &usize| Tier {
        states: vec![*state],
        strongly: false,
    };
    Preference::Ranking(order.iter().map(tier).collect())
}

fn stable(conflict: &Conflict, order: &[usize], state: usize, concept: Concept) -> bool {
    let changed = conflict.with_preference(0, &ranking(order)).unwrap();
    let found = analyse(&changed, &[concept], &Settings::default()).unwrap();
    found.is_stable(concept, 0, state)
}

/// Pairs in another order.
fn swaps(a: &[usize], b: &[usize]) -> usize {
    let place = |list: &[usize], s: usize| list.iter().position(|t| *t == s).unwrap();
    let mut count = 0;
    for s in 0..a.len() {
        for t in 0..s {
            let before = place(a, s) < place(a, t);
            count += usize::from(before != (place(b, s) < place(b, t)));
        }
    }
    count
}

fn all_rankings_agree(draft: &Draft, order: &[usize]) -> Result<(), TestCaseError> {
    let states = draft.states.len();
    let mut order = order.to_vec();
    order.retain(|s| *s < states);
    let conflict = draft.clone().check().unwrap();
    let conflict = conflict.with_preference(0, &ranking(&order)).unwrap();
    let all = permutations(states);
    for concept in CONCEPTS {
        for state in 0..states {
            let good: Vec<&Vec<usize>> = all
                .iter()
                .filter(|o| stable(&conflict, o, state, concept))
                .collect();
            let found = inverse(&conflict, state, 0, concept, 1000).unwrap();
            let counts = Some((good.len() as u128, all.len() as u128));
            prop_assert_eq!(found.count, counts, "{:?} state {}", concept, state);
            prop_assert!((found.share - good.len() as f64 / all.len() as f64).abs() < 1e-12);
            prop_assert!(found.complete);
            for o in &all {
                let place = |s: usize| o.iter().position(|t| *t == s).unwrap();
                let meets = |set: &Vec<usize>| set.iter().all(|s| place(*s) > place(state));
                let wanted = stable(&conflict, o, state, concept);
                prop_assert_eq!(found.conditions.iter().any(meets), wanted);
            }
            let fewest = good.iter().map(|o| swaps(&order, o)).min();
            let change = rethink(&conflict, state, 0, concept).unwrap();
            prop_assert!(change.proven);
            prop_assert_eq!(Some(change.swaps), fewest, "{:?} state {}", concept, state);
            let flat: Vec<usize> = change
                .ranking
                .iter()
                .flat_map(|t| t.states.clone())
                .collect();
            prop_assert!(stable(&conflict, &flat, state, concept));
            prop_assert_eq!(swaps(&order, &flat), change.swaps);
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn counts_and_smallest_changes_agree_with_all_rankings(
        draft in draw::draft(3, 1).prop_filter("few states", |d| d.states.len() <= 5),
        order in Just((0..8).collect::<Vec<usize>>()).prop_shuffle(),
    ) {
        all_rankings_agree(&draft, &order)?;
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// With everybody willing, Nash, metarational and mostly sequential equilibria can always be had, ties or not.
    #[test]
    fn goals_are_reached(draft in draw::draft(4, 2)) {
        let conflict = draft.check().unwrap();
        let everybody: Vec<usize> = (0..conflict.actors().len()).collect();
        for concept in [Concept::Nash, Concept::General, Concept::SymmetricGeneral] {
            for state in 0..conflict.size().min(4) {
                let goal = seek(&conflict, state, &everybody, concept, &Settings::default()).unwrap();
                prop_assert_eq!(goal.unstable_for, Vec::<usize>::new());
                let mut changed = conflict.clone();
                for change in &goal.changes {
                    let preference = Preference::Ranking(change.ranking.clone());
                    changed = changed.with_preference(change.actor, &preference).unwrap();
                }
                let found = analyse(&changed, &[concept], &Settings::default()).unwrap();
                prop_assert!(found.equilibria(concept).contains(state));
            }
        }
    }
}

/// Where too many states count, the share is drawn, and near the true one: under Nash it is one in so many.
#[test]
fn large_shares_are_drawn() {
    let arcs: Vec<(usize, usize)> = (1..40).map(|to| (0, to)).collect();
    let names = vec!["A".to_owned()];
    let payoffs = Preference::Payoffs(vec![0.0; 40]);
    let conflict = Conflict::graph("star", names, 40, &[arcs], &[payoffs]).unwrap();
    let found = inverse(&conflict, 0, 0, Concept::Nash, 10).unwrap();
    assert_eq!(found.count, None);
    assert!(found.standard_error > 0.0);
    assert!((found.share - 1.0 / 40.0).abs() < 5.0 * found.standard_error);
    assert_eq!(found.conditions.len(), 1);
}

#[test]
fn foresight_has_no_inverse() {
    let names = vec!["A".to_owned()];
    let payoffs = Preference::Payoffs(vec![0.0, 1.0]);
    let conflict = Conflict::graph("two", names, 2, &[vec![(0, 1)]], &[payoffs]).unwrap();
    let found = inverse(&conflict, 0, 0, Concept::Limited(2), 10);
    assert!(matches!(found, Err(GraphError::Unanswerable { .. })));
    assert!(matches!(
        inverse(&conflict, 2, 0, Concept::Nash, 10),
        Err(GraphError::Absent { .. })
    ));
}
