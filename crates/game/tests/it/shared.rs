//! All games of the shared folder, in both formats.

use std::fs;
use std::path::{Path, PathBuf};

use detente_game::normal::Limits;
use detente_game::recall::{Forgotten, lapses};
use detente_game::{Game, Read, efg, nfg, read_game};

/// Files of a folder that end so, by name.
fn files(folder: &str, endings: &[&str]) -> Vec<PathBuf> {
    let path = format!(
        "{}/../../../shared/cases/{folder}",
        env!("CARGO_MANIFEST_DIR")
    );
    let Ok(entries) = fs::read_dir(&path) else {
        println!("skipped: ../shared/cases/{folder} is absent");
        return Vec::new();
    };
    let fits = |path: &PathBuf| {
        path.extension()
            .is_some_and(|e| endings.iter().any(|&x| e == x))
    };
    let paths = entries.filter_map(|entry| entry.ok().map(|e| e.path()));
    let mut files: Vec<PathBuf> = paths.filter(fits).collect();
    files.sort();
    files
}

fn name(path: &Path) -> &str {
    path.file_name()
        .and_then(|s| s.to_str())
        .unwrap_or_default()
}

fn loaded(path: &Path) -> Read {
    let text = fs::read_to_string(path).expect("readable");
    read_game(&text).unwrap_or_else(|remarks| panic!("{}: {remarks:?}", path.display()))
}

fn same_payoffs(one: &Game, other: &Game) -> bool {
    (0..one.players()).all(|player| {
        one.payoff_min(player) == other.payoff_min(player)
            && one.payoff_max(player) == other.payoff_max(player)
    })
}

#[test]
fn every_shared_game_loads_and_is_written_stably() {
    let gambit = files("gambit", &["efg", "nfg"]);
    assert!(gambit.is_empty() || gambit.len() == 130);
    for path in gambit.iter().chain(&files("bench", &["efg", "nfg"])) {
        let first = loaded(path);
        let written = efg::write(&first.game);
        let second = read_game(&written).expect("reads back");
        assert!(
            second.warnings.is_empty(),
            "{}: {:?}",
            path.display(),
            second.warnings
        );
        assert!(first.game.same_shape(&second.game), "{}", path.display());
        assert!(
            same_payoffs(&first.game, &second.game),
            "{}",
            path.display()
        );
        assert_eq!(efg::write(&second.game), written, "{}", path.display());
    }
}

#[test]
fn every_shared_game_that_is_small_is_written_stably_as_nfg() {
    let limits = Limits {
        strategies: 5_000,
        cells: 100_000,
    };
    let mut written = 0;
    for path in files("gambit", &["efg", "nfg"]) {
        let first = loaded(&path);
        let Ok(text) = nfg::write(&first.game, &limits) else {
            continue;
        };
        let second = read_game(&text).expect("reads back");
        assert!(
            second.warnings.is_empty(),
            "{}: {:?}",
            path.display(),
            second.warnings
        );
        let again = nfg::write(&second.game, &limits);
        assert_eq!(again.as_ref(), Ok(&text), "{}", path.display());
        written += 1;
    }
    println!("{written} games written as .nfg");
}

/// The files that Gambit 16.7 refuses for labels given twice, and the three that lack perfect recall.
#[test]
fn oddities_of_the_shared_games() {
    let refused = "4cards caro2 coord2ts e10 e10a holdout nim nim7";
    for path in files("gambit", &["efg", "nfg"]) {
        let read = loaded(&path);
        let stem = name(&path).split('.').next().unwrap_or_default();
        let odd = refused.split(' ').any(|one| one == stem);
        let warnings: Vec<&str> = read.warnings.iter().map(|w| w.message.as_str()).collect();
        assert_eq!(!warnings.is_empty(), odd, "{stem}: {warnings:?}");
        let kinds: Vec<Forgotten> = lapses(&read.game).iter().map(|l| l.forgotten).collect();
        let expected = match stem {
            "holdout" => vec![Forgotten::Visit; 2],
            "e09" => vec![Forgotten::Choice; 3],
            "myerson" => vec![Forgotten::Choice],
            _ => Vec::new(),
        };
        assert_eq!(kinds, expected, "{stem}");
    }
}

#[test]
fn sizes_of_the_bench_games() {
    for path in files("bench", &["efg", "nfg"]) {
        let game = loaded(&path).game;
        let expected = match name(&path) {
            "crisis-561.efg" => (561, 98),
            "crisis-20577.efg" => (20_577, 1_862),
            "leduc3x2.efg" => (9_451, 2_184),
            "bargR3K8M8.efg" => (112_193, 14_016),
            "rand64x64_s1.nfg" => (1 + 64 + 64 * 64, 128),
            _ => continue,
        };
        assert_eq!((game.nodes(), game.actions()), expected, "{}", name(&path));
    }
}
