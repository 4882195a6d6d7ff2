//! The library's published solutions at numbers other than the examples': every `expect` is a formula of the
//! parameters and must hold wherever in their ranges they lie.

use std::path::PathBuf;

use detente_language::check::load;
use detente_language::eval::bind;
use detente_language::source::NoFiles;
use detente_sweep::{correlations, doubtful, sample};
use serde_json::Value;

use crate::{detente, library, scenarios};

/// Scenarios whose games are too large to be solved many times in the development profile.
const LARGE: [&str; 3] = [
    "alternating-offers",
    "outside-option",
    "value-of-information",
];

/// Draws of each scenario's parameters.
const DRAWS: usize = 3;

/// `--set`s that give every doubtful parameter of a scenario a value drawn from its range.
fn settings(path: &str, draws: usize, seed: u64) -> Vec<Vec<String>> {
    let text = std::fs::read_to_string(path).unwrap();
    let scenario = load(path, &text, &NoFiles).scenario.unwrap();
    let settings = bind(&scenario, &[]).unwrap();
    let doubtful = doubtful(&scenario, &settings, &[]).unwrap();
    let drawn = sample(&doubtful, &correlations(&scenario), draws, seed).unwrap();
    let points = drawn.points.into_iter();
    let named = points.map(|point| {
        let sets = point.overrides.into_iter().map(|(id, value)| {
            let name = &scenario.parameters[id.0 as usize].id;
            format!("--set={name}={value}")
        });
        sets.collect()
    });
    named.collect()
}

/// All scenarios of the library, in alphabetical order.
fn all() -> Vec<PathBuf> {
    let entries = std::fs::read_dir(scenarios().join("library")).unwrap();
    let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|end| end == "detente"));
    paths.sort();
    paths
}

#[test]
fn solutions_are_formulas_of_the_parameters() {
    let mut tested = 0;
    for path in all() {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        if LARGE.contains(&name.as_str()) {
            continue;
        }
        let path = path.to_string_lossy();
        for sets in settings(&path, DRAWS, 1914) {
            // Finer than by default, so that two choices of nearly the same worth are told apart.
            let mut args = vec!["test", &path, "--tolerance=1e-6"];
            args.extend(sets.iter().map(String::as_str));
            let ran = detente(&args);
            assert_eq!(ran.code, 0, "{args:?}\n{}\n{}", ran.out, ran.err);
            assert!(ran.out.contains(" passed, 0 failed"), "{}", ran.out);
            tested += 1;
        }
    }
    assert!(tested >= 30 * DRAWS, "{tested} draws");
}

/// The object that `detente solve --json` prints.
fn solved(path: &str, method: &[&str], sets: &[String]) -> Value {
    let mut args = vec!["solve", path, "--json"];
    args.extend(method);
    args.extend(sets.iter().map(String::as_str));
    let ran = detente(&args);
    assert_eq!(ran.code, 0, "{args:?}\n{}", ran.err);
    serde_json::from_str(&ran.out).unwrap()
}

/// Numbers that `detente ask` prints.
fn asked(path: &str, queries: &[&str], sets: &[String]) -> Vec<f64> {
    let mut args = vec!["ask", path];
    args.extend(queries);
    args.extend(sets.iter().map(String::as_str));
    let ran = detente(&args);
    assert_eq!(ran.code, 0, "{args:?}\n{}", ran.err);
    ran.out.lines().map(|line| line.parse().unwrap()).collect()
}

/// In every equilibrium, the probability of an action where an actor decides first.
fn probabilities(found: &Value, actor: &str, action: &str) -> Vec<f64> {
    let of_one = |one: &Value| {
        let sets = one["profile"][actor].as_object().unwrap();
        let first = sets.iter().find(|(name, _)| name.ends_with("at the start"));
        first.unwrap().1[action].as_f64().unwrap_or(0.0)
    };
    let equilibria = found["equilibria"].as_array().unwrap();
    equilibria.iter().map(of_one).collect()
}

/// Jervis 1978: the dilemma has one equilibrium, the stag hunt two pure ones and a mixed one between them.
#[test]
fn the_security_dilemma_has_all_its_equilibria() {
    let path = library("security-dilemma.detente");
    let (mut dilemmas, mut hunts) = (0, 0);
    for sets in settings(&path, 12, 1978) {
        let found = solved(&path, &["--method", "extreme"], &sets);
        let mut arming = probabilities(&found, "State on the left", "arm");
        arming.sort_by(f64::total_cmp);
        let numbers = asked(&path, &["exploit - peace", "in_doubt"], &sets);
        let expected = if numbers[0] > 0.0 {
            dilemmas += 1;
            vec![1.0]
        } else {
            hunts += 1;
            vec![0.0, numbers[1], 1.0]
        };
        assert_eq!(arming.len(), expected.len(), "{sets:?} {arming:?}");
        for (found, expected) in arming.iter().zip(expected) {
            assert!((found - expected).abs() < 1e-9, "{sets:?} {arming:?}");
        }
    }
    assert!(dilemmas > 0 && hunts > 0, "{dilemmas} {hunts}");
}

/// Butter and arming are both equilibria, and a threat of a strike that would not be carried out is told apart
/// from them.
#[test]
fn butter_for_bombs_has_its_other_equilibrium() {
    let path = library("butter-for-bombs.detente");
    let method = ["--method", "search", "--starts", "8", "--sequential"];
    let found = solved(&path, &method, &[]);
    let mut paying = probabilities(
        &found,
        "Declining state",
        "pay for every period without a weapon",
    );
    paying.sort_by(f64::total_cmp);
    assert_eq!(paying.len(), 2, "{paying:?}");
    assert!(paying[0] < 1e-6 && paying[1] > 1.0 - 1e-6, "{paying:?}");
}
