//! Pure equilibria against known lists.

use std::time::Duration;

use detente_solve::{Budget, Status, pure};

use crate::expected::{lines, load, payoffs};

#[test]
fn pure_equilibria_match_the_expected_sets() {
    for line in lines("enumpure") {
        let (Some(game), Some(expected)) = (load(&line.file), line.payoffs) else {
            continue;
        };
        match pure::equilibria(&game, &pure::Options::default(), &Budget::unlimited()) {
            Ok(found) => {
                assert_eq!(payoffs(&found), expected, "{}", line.file);
                assert!(found.complete);
                let gain = |one: &detente_solve::Equilibrium| one.certificate.largest_gain;
                assert!(found.equilibria.iter().all(|one| gain(one) < 1e-9));
            }
            Err(why) => panic!("{}: {why}", line.file),
        }
    }
}

#[test]
fn equilibria_beyond_the_listed_ones_are_counted() {
    let Some(game) = load("cs.efg") else { return };
    let options = pure::Options { most: 100 };
    let found = match pure::equilibria(&game, &options, &Budget::unlimited()) {
        Ok(found) => found,
        Err(why) => panic!("{why}"),
    };
    assert_eq!(found.status, Status::Complete);
    assert!(!found.complete);
    assert_eq!(found.equilibria.len(), 100);
    assert_eq!(
        found.remarks,
        ["100 of 11075584 pure equilibria are listed."]
    );
}

#[test]
fn perfect_information_is_counted_backwards() {
    let Some(game) = load("ttt.efg") else { return };
    let options = pure::Options { most: 10 };
    match pure::equilibria(&game, &options, &Budget::unlimited()) {
        Ok(found) => {
            assert_eq!(found.status, Status::Complete);
            assert_eq!(
                found.remarks,
                ["10 of 55718656 pure equilibria are listed."]
            );
        }
        Err(why) => panic!("{why}"),
    }
}

#[test]
fn a_time_limit_keeps_what_was_found() {
    let Some(game) = load("cs.efg") else { return };
    let budget = Budget::new(Some(Duration::from_millis(100)), &|_| true);
    let options = pure::Options { most: 10 };
    match pure::equilibria(&game, &options, &budget) {
        Ok(found) => {
            assert_eq!(found.status, Status::TimeLimit);
            assert!(!found.complete);
            assert_eq!(found.equilibria.len(), 10);
        }
        Err(why) => panic!("{why}"),
    }
}
