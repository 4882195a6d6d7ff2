//! `detente sweep`: killed and gone on with, in parts, on a full disk; what it says and refuses.

use crate::{Ran, detente_in};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const SMALL: [&str; 8] = [
    "sweep",
    "risk-return",
    "--points",
    "96",
    "--points-per-file",
    "32",
    "--precision",
    "20",
];

fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
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

fn well(ran: &Ran) {
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
}

/// Waits until a folder holds this many entries beside the manifest, or the time is up.
fn wait_for(folder: &Path, entries: usize) {
    let begun = Instant::now();
    let held = || std::fs::read_dir(folder).map_or(0, Iterator::count);
    while held() <= entries && begun.elapsed() < Duration::from_secs(60) {
        std::thread::sleep(Duration::from_millis(2));
    }
}

#[test]
fn killed_twice_and_gone_on_with_it_gives_the_same_bytes() {
    let home = tempfile::tempdir().unwrap();
    let sweep = |out: &str| {
        let mut args: Vec<String> =
            "sweep risk-return --points 240 --points-per-file 16 --seed 5 --precision 20"
                .split(' ')
                .map(ToOwned::to_owned)
                .collect();
        args.extend([
            "--out".to_owned(),
            out.to_owned(),
            "--resume".to_owned(),
            "-q".to_owned(),
        ]);
        args
    };
    let strings = |args: &[String]| {
        args.iter()
            .map(String::as_str)
            .collect::<Vec<_>>()
            .join(" ")
    };
    for shards in [1, 4] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_detente"))
            .args(sweep("killed"))
            .current_dir(home.path())
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        // One journal stands there while the next shard is computed.
        wait_for(&home.path().join("killed"), shards + 1);
        std::thread::sleep(Duration::from_millis(15));
        child.kill().unwrap();
        child.wait().unwrap();
    }
    let held = detente_in(home.path(), &["sweep", "describe", "killed", "--json"]);
    well(&held);
    let held: Value = serde_json::from_str(&held.out).unwrap();
    let (points, complete) = (
        held["held"].as_u64().unwrap(),
        held["complete"].as_array().unwrap(),
    );
    assert!(
        (16..240).contains(&points),
        "killed in the middle: {points}"
    );
    assert!(!complete.is_empty());
    for out in ["killed", "whole"] {
        let args = sweep(out);
        let args: Vec<&str> = args.iter().map(String::as_str).collect();
        let ran = detente_in(home.path(), &args);
        assert_eq!(ran.code, 0, "{}: {}", strings(&sweep(out)), ran.err);
    }
    assert_eq!(
        files(&home.path().join("killed")),
        files(&home.path().join("whole"))
    );
}

#[test]
fn parts_are_merged_to_what_one_run_gives() {
    let home = tempfile::tempdir().unwrap();
    let run = |more: &[&str]| detente_in(home.path(), &[&SMALL, more].concat());
    well(&run(&["--out", "one", "--threads", "1"]));
    well(&run(&["--out", "two", "--threads", "2"]));
    let expected = files(&home.path().join("one"));
    assert_eq!(files(&home.path().join("two")), expected);
    for k in ["1", "2"] {
        let (shard, out) = (format!("{k}/2"), format!("part{k}"));
        well(&run(&["--out", &out, "--shard", &shard]));
        // Parts may as well share a folder.
        well(&run(&["--out", "shared", "--shard", &shard, "--resume"]));
    }
    assert_eq!(files(&home.path().join("shared")), expected);
    let merge = |more: &[&str]| detente_in(home.path(), &[&["sweep", "merge"], more].concat());
    let missing = merge(&["part2", "--out", "m"]);
    assert_eq!(missing.code, 2);
    assert!(
        missing.err.contains("1 of 3 shards are missing: 0"),
        "{}",
        missing.err
    );
    let merged = merge(&["part1", "part2", "--out", "merged"]);
    well(&merged);
    assert_eq!(merged.out, "All 96 points are in merged, each once.\n");
    assert_eq!(files(&home.path().join("merged")), expected);
    well(&merge(&["merged", "--out", "all.parquet"]));
    assert!(home.path().join("all.parquet").exists());
}

#[test]
fn the_end_of_a_sweep_is_told() {
    let home = tempfile::tempdir().unwrap();
    let run = |more: &[&str]| detente_in(home.path(), &[&SMALL, more].concat());
    let told = run(&["--out", "told"]);
    well(&told);
    for words in [
        "Sobol' sequence over",
        "96 points",
        "mean",
        "5–95 %",
        "Files: told (3 shards)",
    ] {
        assert!(told.out.contains(words), "{words}: {}", told.out);
    }
    let again = run(&["--out", "told"]);
    assert_eq!(again.code, 2);
    assert!(again.err.contains("--resume"), "{}", again.err);
    let other = run(&["--out", "told", "--resume", "--seed", "2"]);
    assert_eq!(other.code, 2);
    assert!(other.err.contains("its seed is 1, not 2"), "{}", other.err);
    let same = run(&["--out", "told", "--resume", "--json"]);
    well(&same);
    let json: Value = serde_json::from_str(&same.out).unwrap();
    assert_eq!(json["this_time"]["kept"], 96);
    let endings = json["complete"]["endings"].as_array().unwrap();
    let total: f64 = endings
        .iter()
        .map(|ending| ending["mean"].as_f64().unwrap())
        .sum();
    assert!((total - 1.0).abs() < 1e-9);
}

#[test]
fn what_makes_no_sense_is_refused() {
    let home = tempfile::tempdir().unwrap();
    std::fs::write(home.path().join("points.csv"), "resolvd\n0.5\n").unwrap();
    let refused = |more: &[&str], words: &str| {
        let args = [&["sweep", "risk-return", "--out", "never"], more].concat();
        let ran = detente_in(home.path(), &args);
        assert_eq!(ran.code, 2, "{}", ran.out);
        assert!(ran.err.contains(words), "{}", ran.err);
        assert!(!home.path().join("never").exists());
    };
    refused(&["--over", "resolvd"], "did you mean `resolved`?");
    refused(
        &["--over", "resolved", "--set", "resolved=0.5"],
        "it is set",
    );
    refused(&["--shard", "4/3"], "write k/n");
    refused(&["--precision", "9..3"], "--precision 5..500");
    refused(
        &["--design", "morris", "--levels", "3"],
        "even number of levels",
    );
    refused(&["--points-from", "points.csv"], "did you mean `resolved`?");
    refused(&["--design", "grid", "--points", "100000000"], "more than");
    let empty = detente_in(home.path(), &["sweep", "describe", "."]);
    assert_eq!(empty.code, 2);
    assert!(empty.err.contains("holds no run"), "{}", empty.err);
}

#[test]
fn every_design_and_a_file_of_points_run() {
    let home = tempfile::tempdir().unwrap();
    for (design, points) in [
        ("sobol", "8"),
        ("latin", "7"),
        ("monte-carlo", "7"),
        ("grid", "2"),
        ("saltelli", "2"),
        ("morris", "2"),
        ("oat", "2"),
    ] {
        let args = [
            "sweep",
            "risk-return",
            "--design",
            design,
            "--points",
            points,
            "--out",
            design,
            "--over",
            "resolved,cost_high",
            "--precision",
            "5..50",
            "--ask",
            "mean(demand)",
        ];
        well(&detente_in(home.path(), &args));
    }
    std::fs::write(
        home.path().join("points.csv"),
        "resolved,precision\n50%,20\n0.2,40\n",
    )
    .unwrap();
    let args = [
        "sweep",
        "risk-return",
        "--points-from",
        "points.csv",
        "--out",
        "file",
    ];
    let ran = detente_in(home.path(), &args);
    well(&ran);
    assert!(ran.out.contains("Points of points.csv"), "{}", ran.out);
}

#[test]
fn a_report_tells_what_the_design_gives() {
    let home = tempfile::tempdir().unwrap();
    let report = |design: &str, more: &[&str]| -> Value {
        let sweep = [
            "sweep",
            "covert-programme",
            "--design",
            design,
            "--out",
            design,
            "-q",
        ];
        well(&detente_in(home.path(), &[&sweep[..], more].concat()));
        let ran = detente_in(home.path(), &["sweep", "report", design, "--json"]);
        well(&ran);
        let page = std::fs::read_to_string(home.path().join(design).join("report.html")).unwrap();
        assert!(page.contains("How far the numbers carry it") && page.ends_with("</html>\n"));
        serde_json::from_str(&ran.out).unwrap()
    };
    let saltelli = report("saltelli", &["--points", "32", "--points-per-file", "40"]);
    let shares = &saltelli["doubt"]["variance"][0];
    assert_eq!(
        (saltelli["points"].as_u64(), saltelli["draws"].as_bool()),
        (Some(192), Some(true))
    );
    assert_eq!(shares["base_points"], 32);
    // The chance of being found out matters, the share of steady regimes does not.
    let total = |at: usize| shares["total"][at][0].as_f64().unwrap();
    assert!(total(0) > 0.2 && total(1) < 0.05, "{shares}");
    let morris = report("morris", &["--points", "8"]);
    assert_eq!(morris["draws"], false);
    assert_eq!(morris["doubt"]["effects"][0]["trajectories"], 8);
    assert!(morris["doubt"]["importance"].as_array().unwrap().is_empty());
    let page = std::fs::read_to_string(home.path().join("morris/report.html")).unwrap();
    for picture in ["<svg class=\"plane wide\"", "<svg class=\"plane narrow\""] {
        assert!(page.contains(picture), "{picture}");
    }
    let latin = report("latin", &["--points", "90"]);
    assert_eq!(latin["doubt"]["importance"][0]["found"][0]["number"], 0);
    let told = detente_in(
        home.path(),
        &["sweep", "report", "latin", "--out", "page.html"],
    );
    well(&told);
    assert!(
        told.out.contains("goes most with detection (+)"),
        "{}",
        told.out
    );
    assert!(home.path().join("page.html").exists());
    let none = detente_in(home.path(), &["sweep", "report", "."]);
    assert_eq!(none.code, 2);
}

/// Of a single number nothing is said to have been moved at once with others.
#[test]
fn a_sweep_over_one_number_speaks_of_one() {
    let home = tempfile::tempdir().unwrap();
    let sweep = "sweep covert-programme --design latin --points 90 --over detection --out one -q";
    let words: Vec<&str> = sweep.split(' ').collect();
    well(&detente_in(home.path(), &words));
    well(&detente_in(home.path(), &["sweep", "report", "one"]));
    let page = std::fs::read_to_string(home.path().join("one/report.html")).unwrap();
    assert!(page.contains("In 90 draws one number was moved."));
    assert!(page.contains("The number that the sweep varies was drawn"));
    assert!(!page.contains("at once. From left"));
}

#[test]
fn what_options_bring_is_written_where_that_is_wanted_and_tells_what_knowing_is_worth() {
    let home = tempfile::tempdir().unwrap();
    // The other side yields where resisting costs it more than 1, in two cases of three.
    let text = "param cost = 1.5 in 0 .. 3\nactor hawk \"Hawk\"\nactor dove\noutcome o\nplay {\n hawk chooses line { hold, press }\n\
        if line == hold { end o }\n dove chooses reply { yields, resists }\n\
        if reply == yields { gain hawk 2, dove -1; end o }\n gain hawk -4, dove -cost\n end o\n}\n";
    std::fs::write(home.path().join("p.detente"), text).unwrap();
    let sweep = |more: &[&str]| {
        let args = "sweep p.detente --points 256 --points-per-file 100 --out p --resume -q";
        let args: Vec<&str> = args.split(' ').chain(more.iter().copied()).collect();
        detente_in(home.path(), &args)
    };
    well(&sweep(&["--worth"]));
    let whole = files(&home.path().join("p"));
    std::fs::remove_file(home.path().join("p/shard-00001.parquet")).unwrap();
    let other = sweep(&[]);
    assert_eq!(other.code, 2);
    assert!(other.err.contains("it weighs the options"), "{}", other.err);
    well(&sweep(&["--worth"]));
    assert!(files(&home.path().join("p")) == whole);

    let held = detente_in(home.path(), &["sweep", "describe", "p", "--json"]);
    for column in [
        "reach(hawk)",
        "value(hawk if line == press)",
        "value(dove if reply == yields)",
    ] {
        assert!(held.out.contains(column), "{column} in {}", held.out);
    }
    let ran = detente_in(home.path(), &["sweep", "report", "p", "--json"]);
    well(&ran);
    let told: Value = serde_json::from_str(&ran.out).unwrap();
    let hawk = &told["doubt"]["information"][0];
    assert_eq!(hawk["label"], "Hawk");
    // Pressing brings 2 · 2/3 − 4 · 1/3 = 0 and so does holding; knowing the cost, 2 · 2/3.
    let evpi = hawk["evpi"].as_f64().unwrap();
    assert!((evpi - 4.0 / 3.0).abs() < 0.05, "{hawk}");
    let limit = hawk["numbers"][0]["instead"]["limit"].as_f64().unwrap();
    assert!((limit - 1.0).abs() < 0.05, "{hawk}");
}

#[test]
fn failed_points_say_where() {
    let home = tempfile::tempdir().unwrap();
    let text = "param x = 1 in 0 .. 2\nlet y = 1 / x\nactor a\noutcome o\noutcome q\nplay {\n a chooses c { l { gain a y; end o }, r }\n end q\n}\n";
    std::fs::write(home.path().join("f.detente"), text).unwrap();
    let sweep = [
        "sweep",
        "f.detente",
        "--design",
        "grid",
        "--points",
        "3",
        "--out",
        "f",
    ];
    let ran = detente_in(home.path(), &sweep);
    well(&ran);
    let reason = "division by zero (line 2, column 9: `1 / x`)";
    assert!(ran.out.contains(reason), "{}", ran.out);
    let report = detente_in(home.path(), &["sweep", "report", "f"]);
    assert!(
        report.out.contains(&format!("1 failed: {reason}")),
        "{}",
        report.out
    );
}

/// A small file system in memory, where this user may make one.
#[cfg(target_os = "linux")]
struct Small(PathBuf);

#[cfg(target_os = "linux")]
impl Small {
    fn new(at: &Path) -> Option<Small> {
        std::fs::create_dir(at).unwrap();
        let size = Small::mount(at, "size=128k");
        size.then(|| Small(at.to_owned()))
    }

    fn mount(at: &Path, options: &str) -> bool {
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", options, "tmpfs"]).arg(at);
        mount.stderr(Stdio::null());
        mount.status().is_ok_and(|status| status.success())
    }
}

#[cfg(target_os = "linux")]
impl Drop for Small {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(&self.0).status();
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_loses_nothing() {
    let home = tempfile::tempdir().unwrap();
    let disk = home.path().join("disk");
    let Some(small) = Small::new(&disk) else {
        return;
    };
    let run = |out: &str| {
        let args = [
            "sweep",
            "risk-return",
            "--points",
            "400",
            "--points-per-file",
            "32",
            "--precision",
            "20",
        ];
        detente_in(
            home.path(),
            &[&args[..], &["--resume", "--out", out]].concat(),
        )
    };
    let full = run("disk/run");
    assert_eq!(full.code, 3, "{}", full.out);
    assert!(full.err.contains("the disk is full"), "{}", full.err);
    let held = detente_in(home.path(), &["sweep", "describe", "disk/run", "--json"]);
    well(&held);
    let held: Value = serde_json::from_str(&held.out).unwrap();
    let before = held["held"].as_u64().unwrap();
    assert!(before >= 32, "{before}");
    assert!(Small::mount(&disk, "remount,size=32m"));
    well(&run("disk/run"));
    well(&run("whole"));
    assert_eq!(files(&disk.join("run")), files(&home.path().join("whole")));
    drop(small);
}
