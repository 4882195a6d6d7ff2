//! The log for research.

use detente_play::{By, Play, batch, parquet};

use crate::acts::played;
use crate::{CRISIS, setup, table};

#[test]
fn rows_tell_choices_and_draws_and_what_was_taken_back() {
    let table = table(CRISIS, 5.0);
    let mut play = Play::begin(table, setup(&[&["us"], &["iran"]], 5)).unwrap();
    play.choose(0, 1, 1).unwrap();
    play.choose(1, 1, 2).unwrap();
    play.undo().unwrap();
    let play = played(play, 11);
    let rows = play.rows();
    assert_eq!(
        rows.iter()
            .filter(|row| row.undone && row.by == By::Person)
            .count(),
        1
    );
    let course: Vec<_> = rows.iter().filter(|row| !row.undone).collect();
    assert_eq!(course.len(), play.overview().story.len());
    for (i, (row, step)) in course.iter().zip(play.overview().story).enumerate() {
        assert_eq!(row.step, i + 1);
        assert_eq!(row.by, step.by);
        assert_eq!(row.probability, step.probability);
        assert_eq!(row.actor.is_some(), row.by == By::Person);
        assert_eq!(row.foresight.is_some(), row.actor.is_some());
    }
    let debrief = play.debrief().unwrap();
    let losses = |actor: &str| -> f64 {
        let own = course
            .iter()
            .filter(|row| row.actor.as_deref() == Some(actor));
        own.map(|row| row.best_foresight.unwrap() - row.foresight.unwrap())
            .sum()
    };
    for actor in &debrief.actors {
        let told: f64 = actor.decisions.iter().map(|d| d.foresight.loss).sum();
        assert!((told - losses(&actor.actor)).abs() < 1e-12);
    }
}

#[test]
fn a_log_is_a_parquet_file_that_can_be_read() {
    let table = table(CRISIS, 5.0);
    let play = played(Play::begin(table, setup(&[&["us"]], 5)).unwrap(), 3);
    let rows = play.rows();
    let times: Vec<i64> = (0..play.events().len() as i64).collect();
    let bytes = bytes::Bytes::from(parquet(&rows, Some(&times)).unwrap());
    let reader = parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder::try_new(bytes);
    let read: Vec<_> = reader
        .unwrap()
        .build()
        .unwrap()
        .map(Result::unwrap)
        .collect();
    assert_eq!(read.len(), 1);
    assert_eq!(read[0], batch(&rows, Some(&times)).unwrap());
    assert_eq!(read[0].num_rows(), rows.len());
    assert!(read[0].column_by_name("time").is_some());
    assert!(batch(&[], None).unwrap().column_by_name("time").is_none());
}
