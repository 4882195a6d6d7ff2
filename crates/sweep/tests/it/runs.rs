//! Runs: the same bytes whatever the threads and parts, damaged and foreign files, a full disk.

use crate::scenario;
use arrow_array::RecordBatchReader;
use arrow_array::cast::AsArray;
use arrow_array::types::UInt64Type;
use detente_expand::Limits;
use detente_language::eval::bind;
use detente_language::scenario::Scenario;
use detente_solve::qre::{self, Next};
use detente_sweep::design::{Design, Input, Of, Points};
use detente_sweep::doubtful;
use detente_sweep::run::{
    Done, Ground, Options, Parts, Plan, RunError, Solving, Step, batch, describe, ground, merge,
    part, rows, run, summary,
};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// A threat that is met or not. Where `x` is above 8 the last formula has no value, and the point fails.
const TEXT: &str = "param x = 3 in 0 .. 9\nparam y = 2 in 1 .. 5\nactor a\nactor b\n\
    outcome peace { a 0 b 0 }\noutcome yield { a y b -1 }\noutcome war { a -x b sqrt(8 - x) - 4 }\n\
    ask \"Is there war?\" p(war)\n\
    play {\n a chooses move { threaten, wait }\n if move == wait { end peace }\n\
    b chooses reply { give, fight }\n if reply == give { end yield }\n end war\n}\n";

struct Case {
    scenario: Scenario,
    points: Points,
    plan: Plan,
    ground: Ground,
}

fn case(count: u64, per_shard: u64, seed: u64) -> Case {
    let scenario = scenario(TEXT);
    let settings = bind(&scenario, &[]).unwrap();
    let inputs = doubtful(&scenario, &settings, &[]).unwrap().into_iter();
    let inputs = inputs.map(|number| Input {
        name: scenario.parameters[number.parameter.index()].id.clone(),
        of: Of::Number(number),
    });
    let points = Points::new(inputs.collect(), Design::Sobol { points: count }, seed, &[]).unwrap();
    let parts = Parts {
        scenario: &scenario,
        file: "threat.detente",
        text: TEXT,
        included: Vec::new(),
        pinned: &[],
        asked: &[],
        solving: Solving {
            precision: Some(8.0),
            tolerance: 1e-4,
            raw_payoffs: false,
            max_nodes: 1000,
            afresh: false,
        },
        points_per_shard: per_shard,
        decisions: &[],
    };
    let plan = Plan::new(parts, &points);
    let options = qre::Options {
        precision: Some(8.0),
        ..qre::Options::default()
    };
    let limits = Limits {
        nodes: 1000,
        bytes: None,
    };
    let ground = ground(&scenario, &[], &[], &options, limits, &mut |_| {
        Next::Continue
    })
    .unwrap();
    Case {
        scenario,
        points,
        plan,
        ground,
    }
}

impl Case {
    fn run(
        &self,
        folder: &Path,
        options: &Options,
        mut go_on: impl FnMut(Step) -> bool,
    ) -> Result<Done, RunError> {
        let engine = self.ground.engine(&self.scenario, &[], &[], false);
        run(
            folder,
            &self.plan,
            &self.points,
            &engine,
            options,
            &mut go_on,
        )
    }

    fn all(&self) -> Options {
        Options {
            shards: 0..self.plan.shards(),
            threads: 1,
            resume: false,
        }
    }
}

/// Every file of a folder.
fn bytes(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let entries = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap());
    entries
        .map(|entry| {
            (
                entry.file_name().into(),
                std::fs::read(entry.path()).unwrap(),
            )
        })
        .collect()
}

#[test]
fn files_do_not_depend_on_threads_parts_or_stops() {
    let case = case(100, 16, 1);
    let home = tempfile::tempdir().unwrap();
    let at = |name: &str| home.path().join(name);
    let done = case.run(&at("one"), &case.all(), |_| true).unwrap();
    assert!(!done.stopped && done.step.done == 100 && done.step.failed > 0);
    let expected = bytes(&at("one"));
    assert_eq!(expected.len(), 8, "seven shards and the manifest");

    let two = Options {
        threads: 2,
        ..case.all()
    };
    case.run(&at("two"), &two, |_| true).unwrap();
    assert_eq!(bytes(&at("two")), expected);

    let mut folders = Vec::new();
    for k in 1..=3 {
        let options = Options {
            shards: part(k, 3, case.plan.shards()),
            ..case.all()
        };
        let folder = at(&format!("part{k}"));
        case.run(&folder, &options, |_| true).unwrap();
        folders.push(folder);
    }
    merge(&folders, &at("merged"), &mut |_, _| {}).unwrap();
    assert_eq!(bytes(&at("merged")), expected);

    // Stopped again and again; the journals carry what is in flight.
    let resume = Options {
        resume: true,
        threads: 2,
        ..case.all()
    };
    let mut last = 0;
    for stop in [7, 30, 31, 60, 1000] {
        let done = case
            .run(&at("stopped"), &resume, |step| step.done < stop)
            .unwrap();
        assert!(done.step.kept >= last, "nothing is lost");
        assert_eq!(describe(&at("stopped")).unwrap().points(), done.step.done);
        last = done.step.done;
    }
    assert_eq!(bytes(&at("stopped")), expected);
}

#[test]
fn parts_cover_all_shards_once() {
    for (n, shards) in [(1, 5), (3, 7), (7, 3), (10, 10)] {
        let all: Vec<u64> = (1..=n).flat_map(|k| part(k, n, shards)).collect();
        assert!(all.into_iter().eq(0..shards));
    }
}

#[test]
fn a_folder_is_never_used_twice_by_mistake() {
    let first = case(20, 8, 1);
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("run");
    first.run(&folder, &first.all(), |_| true).unwrap();
    let again = first.run(&folder, &first.all(), |_| true).unwrap_err();
    assert!(matches!(again, RunError::NotEmpty(_)), "{again}");
    let resume = |case: &Case| Options {
        resume: true,
        ..case.all()
    };
    let other = case(20, 8, 2);
    let differs = other
        .run(&folder, &resume(&other), |_| true)
        .unwrap_err()
        .to_string();
    assert!(differs.contains("its seed is 1, not 2"), "{differs}");
    let other = case(24, 8, 1);
    let differs = other
        .run(&folder, &resume(&other), |_| true)
        .unwrap_err()
        .to_string();
    assert!(
        differs.contains("sobol with 20 points, not sobol with 24 points"),
        "{differs}"
    );
    let strange = home.path().join("strange");
    std::fs::create_dir(&strange).unwrap();
    std::fs::write(strange.join("letter.txt"), "Dear reader").unwrap();
    let refused = first.run(&strange, &resume(&first), |_| true).unwrap_err();
    assert!(matches!(refused, RunError::NoRun(_)), "{refused}");
}

#[test]
fn damaged_doubled_missing_and_foreign_shards_are_named() {
    let case_ = case(40, 8, 1);
    let home = tempfile::tempdir().unwrap();
    let at = |name: &str| home.path().join(name);
    let (one, two) = (at("one"), at("two"));
    let halves = |k| Options {
        shards: part(k, 2, case_.plan.shards()),
        ..case_.all()
    };
    case_.run(&one, &halves(1), |_| true).unwrap();
    let join = |folders: &[&PathBuf], out: &str| {
        let folders: Vec<PathBuf> = folders.iter().map(|folder| (*folder).clone()).collect();
        merge(&folders, &at(out), &mut |_, _| {})
    };
    let missing = join(&[&one], "m1").unwrap_err().to_string();
    assert_eq!(missing, "3 of 5 shards are missing: 2–4");
    case_.run(&two, &halves(2), |_| true).unwrap();
    join(&[&one, &two], "whole.parquet").unwrap();
    let doubled = join(&[&one, &two, &one], "m2").unwrap_err();
    assert!(
        matches!(doubled, RunError::Doubled { shard: 0, .. }),
        "{doubled}"
    );

    let other = case(40, 8, 2);
    other.run(&at("other"), &other.all(), |_| true).unwrap();
    let foreign = join(&[&one, &at("other")], "m3").unwrap_err().to_string();
    assert!(foreign.contains("another run"), "{foreign}");
    std::fs::copy(
        at("other").join("shard-00003.parquet"),
        two.join("shard-00003.parquet"),
    )
    .unwrap();
    let foreign = join(&[&one, &two], "m4").unwrap_err().to_string();
    assert!(
        foreign.contains("shard-00003.parquet: it belongs to another run"),
        "{foreign}"
    );
    std::fs::copy(
        two.join("shard-00002.parquet"),
        two.join("shard-00003.parquet"),
    )
    .unwrap();
    let swapped = join(&[&one, &two], "m5").unwrap_err().to_string();
    assert!(
        swapped.contains("another shard than its name says"),
        "{swapped}"
    );
    std::fs::write(two.join("shard-00003.parquet"), b"PAR1 torn").unwrap();
    let torn = describe(&two).unwrap();
    assert_eq!(torn.damaged.len(), 1);
    let resume = Options {
        resume: true,
        ..halves(2)
    };
    let damaged = case_.run(&two, &resume, |_| true).unwrap_err().to_string();
    assert!(
        damaged.contains("shard-00003.parquet") && damaged.contains("remove it"),
        "{damaged}"
    );
    std::fs::remove_file(two.join("shard-00003.parquet")).unwrap();
    case_.run(&two, &resume, |_| true).unwrap();
    join(&[&one, &two], "m6").unwrap();
}

#[test]
fn a_torn_journal_is_cut_at_its_last_whole_row() {
    // More points than workers can be ahead of whoever writes them down.
    let case = case(400, 400, 1);
    let home = tempfile::tempdir().unwrap();
    let (whole, torn) = (home.path().join("whole"), home.path().join("torn"));
    case.run(&whole, &case.all(), |_| true).unwrap();
    case.run(&torn, &case.all(), |step| step.done < 12).unwrap();
    let journal = torn.join(".shard-00000.journal");
    let bytes_ = std::fs::read(&journal).unwrap();
    for tail in [b"".as_slice(), &[0; 64], &[1, 2, 3]] {
        let mut cut = bytes_[..bytes_.len() - 5].to_vec();
        cut.extend(tail);
        std::fs::write(&journal, cut).unwrap();
        let held = describe(&torn).unwrap();
        assert_eq!(held.begun.len(), 1);
    }
    let resume = Options {
        resume: true,
        ..case.all()
    };
    case.run(&torn, &resume, |_| true).unwrap();
    assert_eq!(bytes(&torn), bytes(&whole));
}

#[test]
fn failed_points_are_rows_with_their_reason() {
    let case = case(64, 64, 1);
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("run");
    let done = case.run(&folder, &case.all(), |_| true).unwrap();
    let summary = summary(&folder).unwrap();
    assert_eq!(summary.points, 64);
    assert_eq!(summary.failed, done.step.failed);
    // x is above 8 in a ninth of its range.
    assert!((6..=9).contains(&summary.failed), "{}", summary.failed);
    let reason = summary.reason.unwrap().0;
    assert_eq!(
        reason,
        "this has no finite value (line 7, column 22: `sqrt(8 - x)`)"
    );
    let total: f64 = summary.endings.iter().map(|ending| ending.mean).sum();
    assert!((total - 1.0).abs() < 1e-9);
    assert!(
        summary
            .endings
            .iter()
            .all(|e| e.low <= e.mean + 1e-3 && e.mean <= e.high + 1e-3)
    );
}

#[test]
fn rows_are_read_in_order_without_what_is_missing() {
    let case = case(100, 16, 1);
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("run");
    case.run(&folder, &case.all(), |_| true).unwrap();
    std::fs::remove_file(folder.join("shard-00001.parquet")).unwrap();
    let columns = ["p(war)".to_owned(), "point".to_owned()];
    let read = rows(&folder, Some(&columns)).unwrap();
    let names: Vec<String> = (read.schema().fields().iter())
        .map(|field| field.name().clone())
        .collect();
    assert_eq!(names, ["point", "p(war)"], "in the order of the files");
    let mut points = Vec::new();
    for batch in read {
        let batch = batch.unwrap();
        points.extend_from_slice(batch.column(0).as_primitive::<UInt64Type>().values());
    }
    let expected: Vec<u64> = (0..16).chain(32..100).collect();
    assert_eq!(points, expected);
    let error = rows(&folder, Some(&["p(wra)".to_owned()])).err().unwrap();
    assert!(
        error.to_string().contains("did you mean `p(war)`?"),
        "{error}"
    );
}

#[test]
fn columns_with_names_that_clash_get_names_of_their_own() {
    let table = batch(&case(4, 4, 1).plan, &[]).unwrap();
    let schema = table.schema();
    let names: Vec<&str> = schema.fields().iter().map(|f| f.name().as_str()).collect();
    assert_eq!(
        names,
        [
            "point",
            "x",
            "y",
            "precision",
            "p(peace)",
            "p(yield)",
            "p(war)",
            "Is there war?",
            "value(a)",
            "value(b)",
            "kind",
            "largest_gain",
            "largest_gain_at_sets",
            "continued",
            "status",
            "reason"
        ]
    );
}
