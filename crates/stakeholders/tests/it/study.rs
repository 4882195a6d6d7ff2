//! Everything asked of one table at once.

use detente_stakeholders::backtest::{Case, Forecaster, Options, read};
use detente_stakeholders::study::{Question, Study, Subject, study};
use detente_stakeholders::{Actor, Issue, Model, StakeholderError, Stakeholders, Stance, leverage};

use crate::cases::text;

fn question(names: &[&str]) -> Question {
    Question {
        models: names
            .iter()
            .map(|name| Model::named(name).unwrap())
            .collect(),
        forecaster: Some(Forecaster::learnt()),
        persuade: Model::Compromise,
    }
}

/// Three actors on two issues; `None` where the last has no stance.
fn table(last: Option<f64>, salience: f64) -> Stakeholders {
    let actor = |name: &str| Actor {
        name: name.to_owned(),
        label: String::new(),
        influence: 10.0,
    };
    let stance = |position: f64| Some(Stance { position, salience });
    let issues = vec![Issue::new("oil", 0.0, 10.0), Issue::new("cap", 0.0, 60.0)];
    let stances = vec![
        stance(0.0),
        stance(60.0),
        stance(4.0),
        stance(30.0),
        stance(10.0),
        last.and_then(stance),
    ];
    Stakeholders::new(vec![actor("a"), actor("b"), actor("c")], issues, stances).unwrap()
}

fn asked(subject: &Subject, names: &[&str]) -> Study {
    study(subject, &question(names)).unwrap()
}

#[test]
fn what_the_forecaster_learnt_is_what_it_learns() {
    let file = "deu/deu3-calibration.tsv";
    let Some(text) = text(file) else { return };
    let cases = read(&text, file).unwrap();
    let borrowed: Vec<&Case> = cases.iter().collect();
    let fitted = Forecaster::fit(&borrowed, &Options::default()).unwrap();
    let learnt = Forecaster::learnt();
    assert_eq!(fitted.members.len(), learnt.members.len());
    for (a, b) in fitted.members.iter().zip(&learnt.members) {
        assert_eq!(
            (a.influence, a.salience, a.marked),
            (b.influence, b.salience, b.marked)
        );
        for (x, y) in a.coefficients.iter().zip(&b.coefficients) {
            assert!((x - y).abs() < 1e-6, "{a:?} {b:?}");
        }
    }
}

#[test]
fn issues_answer_for_themselves() {
    let subject = Subject::plain("two", table(Some(0.0), 0.4));
    let found = asked(&subject, &["compromise", "median", "spatial", "exchange"]);
    assert!(found.remarks.is_empty());
    let [oil, cap] = found.issues.as_slice() else {
        panic!("{found:?}")
    };
    let outcome = |at: usize| oil.models[at].outcome.unwrap();
    assert!((outcome(0) - 14.0 / 3.0).abs() < 1e-12);
    assert_eq!(outcome(1), 4.0);
    // The rounds of the spatial model begin where everybody stands.
    assert_eq!(oil.models[2].rounds[0], [Some(0.0), Some(4.0), Some(10.0)]);
    assert_eq!(cap.models[2].rounds[0], [Some(60.0), Some(30.0), Some(0.0)]);
    assert!(oil.voices.iter().map(|v| v.weight).sum::<f64>() > 1.0 - 1e-12);
    let spread = oil.forecast.as_ref().unwrap();
    assert!(spread.lower <= spread.median && spread.median <= spread.upper);
    let alone = leverage(&subject.table.issue(0).unwrap(), &Model::Compromise, 0).unwrap();
    assert_eq!(oil.leverage, alone);
    for made in oil.challenges.iter().chain(&cap.challenges) {
        assert!(made.from != made.to && made.from < 3 && made.to < 3);
    }
}

#[test]
fn a_table_that_the_spatial_model_cannot_read_is_made_readable_and_that_is_said() {
    let missing = asked(&Subject::plain("x", table(None, 0.4)), &["spatial"]);
    assert!(missing.remarks[0].contains("every issue by itself"));
    assert!(
        missing
            .issues
            .iter()
            .all(|issue| issue.models[0].outcome.is_some())
    );
    let much = asked(&Subject::plain("x", table(Some(0.0), 1.0)), &["spatial"]);
    assert!(much.remarks[0].contains("2.00"), "{:?}", much.remarks);
    assert!(
        much.issues
            .iter()
            .all(|issue| issue.models[0].outcome.is_some())
    );
    // A model that stays silent says why.
    let one = Subject::plain("x", table(None, 0.4).issue(0).unwrap());
    let silent = asked(&one, &["exchange", "nash"]);
    let models = &silent.issues[0].models;
    assert!(
        models
            .iter()
            .all(|found| found.outcome.is_none() && found.why.is_some())
    );
}

#[test]
fn draws_give_ranges_that_hold_what_was_drawn() {
    let mut subject = Subject::plain("x", table(Some(0.0), 0.2));
    subject.draws = (0..21).map(|i| table(Some(f64::from(i)), 0.2)).collect();
    subject.actual = vec![None, Some(31.0)];
    let found = asked(&subject, &["mean", "spatial"]);
    let mean = &found.issues[1].models[0];
    // (90 + x) / 3 for x from 1 to 19.
    let [low, high] = mean.range.unwrap();
    assert!((low - 91.0 / 3.0).abs() < 1e-9 && (high - 109.0 / 3.0).abs() < 1e-9);
    let spatial = &found.issues[1].models[1];
    assert_eq!(spatial.ribbon.len(), spatial.rounds.len());
    assert_eq!(spatial.ribbon[0][2], Some([1.0, 19.0]));
    assert_eq!(
        found.issues[1].best.as_deref().map(str::is_empty),
        Some(false)
    );
    assert_eq!(found.issues[0].best, None);
    subject.draws.push(table(Some(0.0), 0.2).issue(0).unwrap());
    let wrong = study(&subject, &question(&["mean"]));
    assert!(matches!(wrong, Err(StakeholderError::Length { .. })));
}

#[test]
fn log_rolls_are_moved_between_issues_and_what_cannot_be_moved_is_said() {
    let subject = Subject::plain("t", table(Some(30.0), 0.4));
    let moved = |name: &str| {
        let persuade = Model::named(name).unwrap();
        let asked = Question {
            persuade,
            ..question(&["mean"])
        };
        study(&subject, &asked).unwrap()
    };
    let rolled = moved("exchange");
    assert!(rolled.remarks.is_empty(), "{:?}", rolled.remarks);
    assert!(rolled.issues.iter().all(|found| found.leverage.len() == 3));
    let silent = moved("nash");
    assert!(silent.issues.iter().all(|found| found.leverage.is_empty()));
    assert_eq!(silent.remarks.len(), 2);
    assert!(silent.remarks[0].starts_with("whom to persuade: the issue `oil`"));
}
