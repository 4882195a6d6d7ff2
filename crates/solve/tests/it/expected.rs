//! The exact equilibria that `../shared/cases/gambit` expects, as sets of payoffs.

use detente_game::rational::{Rational, nearest};
use detente_game::{Game, efg, nfg};
use detente_solve::Equilibria;

/// A line of the expectations: the file and the payoffs of all equilibria, sorted; none where there are only
/// words on why there are none.
pub struct Line {
    pub file: String,
    pub payoffs: Option<Vec<Vec<f64>>>,
}

/// The lines of a method; none at all, with a line that says so, where the folder is absent.
pub fn lines(method: &str) -> Vec<Line> {
    let path = format!(
        "{}/../../../shared/cases/gambit/expected.jsonl",
        env!("CARGO_MANIFEST_DIR")
    );
    let Ok(text) = std::fs::read_to_string(&path) else {
        println!("skipped: ../shared/cases/gambit is absent");
        return Vec::new();
    };
    let values = text.lines().map(|line| match serde_json::from_str(line) {
        Ok(value) => value,
        Err(error) => panic!("{line}: {error}"),
    });
    values
        .filter(|value: &serde_json::Value| value["method"] == method)
        .map(|value| Line {
            file: value["game"].as_str().unwrap_or_default().to_owned(),
            payoffs: value["equilibria"]
                .as_array()
                .map(|list| sorted(list.iter().map(|one| numbers(&one["payoffs"])).collect())),
        })
        .collect()
}

fn numbers(list: &serde_json::Value) -> Vec<f64> {
    let texts = list.as_array().into_iter().flatten();
    let fraction = |text: &serde_json::Value| text.as_str().and_then(|text| text.parse().ok());
    texts
        .filter_map(fraction)
        .map(|fraction: Rational| nearest(&fraction))
        .collect()
}

/// Payoffs of all equilibria found, sorted.
pub fn payoffs(found: &Equilibria) -> Vec<Vec<f64>> {
    sorted(found.equilibria.iter().map(|one| one.payoffs()).collect())
}

fn sorted(mut payoffs: Vec<Vec<f64>>) -> Vec<Vec<f64>> {
    for row in &mut payoffs {
        for value in row.iter_mut() {
            *value = (*value * 1e9).round() / 1e9;
        }
    }
    payoffs.sort_by(|a, b| a.partial_cmp(b).unwrap_or(std::cmp::Ordering::Equal));
    payoffs
}

/// A game of the folder; none if it is absent or the reader refuses it.
pub fn load(file: &str) -> Option<Game> {
    let path = format!(
        "{}/../../../shared/cases/gambit/{file}",
        env!("CARGO_MANIFEST_DIR")
    );
    let text = std::fs::read_to_string(path).ok()?;
    if file.ends_with(".nfg") {
        nfg::read(&text).ok().map(|read| read.game)
    } else {
        efg::read(&text).ok().map(|read| read.game)
    }
}
