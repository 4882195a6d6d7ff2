//! Tables from text, good and bad.

use detente_stakeholders::{Model, StakeholderError, read};
use proptest::prelude::*;

use crate::cases::text;

#[test]
fn published_tables_are_read() {
    for (file, actors, issues) in [
        ("SOE-Competitive", 34, 1),
        ("SOE-Pol-Comp", 13, 2),
        ("SOE-Policy", 26, 1),
        ("dummyData-a040", 40, 1),
        ("dummyData_3Dim", 7, 3),
        ("dummyData_6Dim", 27, 6),
        ("Iranian_Election", 8, 1),
        ("Sultan", 17, 1),
        ("WW1_BDM", 7, 1),
    ] {
        let name = format!("spatial/{file}.csv");
        let Some(text) = text(&name) else { return };
        let table = read::read(&text, &name, None).unwrap();
        assert_eq!(
            (table.actors().len(), table.issues().len()),
            (actors, issues),
            "{file}"
        );
        for model in ["mean", "compromise", "weighted-median", "spatial"] {
            let forecast = Model::named(model).unwrap().forecast(&table).unwrap();
            for (outcome, issue) in forecast.outcomes.iter().zip(table.issues()) {
                assert!(
                    (0.0..=1.0).contains(&issue.share(*outcome)),
                    "{file} {model}"
                );
            }
        }
    }
}

#[test]
fn names_of_issues_are_read_off_the_headings() {
    let text = "actor;power;oil position;oil salience;gas position;gas salience\nA;1;2;50;;\nB;2;4;100;7;10\n";
    let table = read::read(text, "t.csv", Some((0.0, 10.0))).unwrap();
    assert_eq!(table.issues()[1].name, "gas");
    assert_eq!(table.stance(0, 1), None);
    assert_eq!(table.stance(0, 0).unwrap().salience, 0.5);
    assert_eq!(table.actors()[1].influence, 2.0);
    let error = table.complete("this model").unwrap_err();
    assert!(matches!(error, StakeholderError::Missing { .. }));
}

#[test]
fn faults_have_a_place_and_a_mend() {
    for (text, parts) in [
        ("actor,position,salience\nA,left,1\n", ["line 2", "`left`"]),
        ("actor,weight\nA,1\n", ["line 1", "`position`"]),
        ("who,position\nA,1\n", ["line 1", "`actor`"]),
        ("actor,position\nA,1\nA,2\n", ["`A`", "twice"]),
        (
            "x,y,3,1\nActor,D,I,P,S\nA,a,1,2,3\n",
            ["line 1", "3 actors"],
        ),
        (
            "x,y,1,1\nActor,D,I,P,S\nA,a,1,,3\n",
            ["line 3", "no position"],
        ),
        ("actor,influence,position\nA,-1,2\nB,1,3\n", ["A", "-1"]),
        ("", ["actors", "at least one"]),
    ] {
        let error = read::read(text, "t.csv", None).unwrap_err().to_string();
        for part in parts {
            assert!(error.contains(part), "{text:?}: {error}");
        }
    }
}

#[test]
fn names_of_models_name_them() {
    for name in Model::NAMES {
        assert_eq!(Model::named(name).unwrap().name(), name);
    }
    let error = Model::named("oracle").unwrap_err().to_string();
    assert!(
        error.contains("oracle") && error.contains("spatial"),
        "{error}"
    );
}

proptest! {
    #[test]
    fn no_text_makes_reading_panic(text in "[a-z0-9,;\t\n\" .-]{0,200}") {
        let _ = read::read(&text, "t.csv", None);
        let _ = detente_stakeholders::backtest::read(&text, "t.csv");
    }
}
