//! The published two-party domains in `../shared/cases/negotiation`, against measured frontiers and solutions.

use std::fs;
use std::path::{Path, PathBuf};

use detente_deal::formats::genius;
use detente_deal::{
    Enumerated, Frontier, Merge, Point, Space, extremes, merged, opposition, rationality,
    solutions, zone_count, zone_of,
};
use serde_json::Value;

const FOLDER: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../../shared/cases/negotiation"
);

/// The lines of a file of expected values; `None`, said in a printed line, if the folder is absent.
pub(crate) fn lines(file: &str) -> Option<Vec<Value>> {
    let path = Path::new(FOLDER).join(file);
    let Ok(text) = fs::read_to_string(&path) else {
        println!("skipped: {} is not there", path.display());
        return None;
    };
    Some(
        text.lines()
            .map(|line| serde_json::from_str(line).expect("a JSON line"))
            .collect(),
    )
}

/// The space of a domain's folder, its two profiles in the order of their names.
pub(crate) fn space(folder: &str, profiles: &[Value]) -> Space {
    let folder = Path::new(FOLDER).join(folder);
    let mut files: Vec<PathBuf> = fs::read_dir(&folder)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    files.sort();
    let is_profile = |path: &PathBuf| {
        profiles
            .iter()
            .any(|name| path.file_name().and_then(|n| n.to_str()) == name.as_str())
    };
    let domain = files
        .iter()
        .find(|path| !is_profile(path))
        .expect("a domain");
    let text = |path: &Path| fs::read_to_string(path).expect("a readable file");
    let domain = genius::read_domain(&text(domain), "domain").expect("a domain");
    let parties = profiles
        .iter()
        .map(|name| {
            let name = name.as_str().expect("a name");
            genius::read_profile(&text(&folder.join(name)), name, &domain)
                .unwrap_or_else(|error| panic!("{}: {name}: {error}", folder.display()))
                .preferences
        })
        .collect();
    Space::new(domain, parties).expect("a space")
}

pub(crate) fn numbers(value: &Value) -> Vec<f64> {
    value
        .as_array()
        .expect("a list")
        .iter()
        .map(|number| number.as_f64().expect("a number"))
        .collect()
}

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9
}

fn all_near(a: &[f64], b: &[f64]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| near(*a, *b))
}

/// What a line expects of one solution: `[number, values, ties]`.
fn check_point(
    problems: &mut Vec<String>,
    line: &Value,
    name: &str,
    found: Option<&Point>,
    worth: impl Fn(&[f64]) -> f64,
) {
    let expected = &line[name];
    let label = format!("{} {} {name}", line["dir"], line["mode"]);
    match (expected.is_null(), found) {
        (true, None) => {}
        (false, Some(point)) => {
            let values = numbers(&expected[1]);
            let unique = expected[2] == 1;
            let same = if unique {
                all_near(&point.values, &values)
            } else {
                near(worth(&point.values), worth(&values))
            };
            if !same {
                problems.push(format!("{label}: {:?} for {values:?}", point.values));
            }
        }
        _ => problems.push(format!("{label}: {found:?} for {expected}")),
    }
}

fn smallest(values: impl Iterator<Item = f64>) -> f64 {
    values.fold(f64::INFINITY, f64::min)
}

#[test]
fn all_lines_match_by_enumeration_and_by_merging() {
    let Some(lines) = lines("expected-frontier.jsonl") else {
        return;
    };
    assert_eq!(lines.len(), 166);
    let mut problems = Vec::new();
    for line in &lines {
        check_line(&mut problems, line);
    }
    assert!(
        problems.is_empty(),
        "{}\n{}",
        problems.len(),
        problems.join("\n")
    );
}

fn check_line(problems: &mut Vec<String>, line: &Value) {
    let space = space(
        line["dir"].as_str().expect("a folder"),
        line["profiles"].as_array().expect("profiles"),
    );
    let label = format!("{} {}", line["dir"], line["mode"]);
    let d = numbers(&line["r"]);
    if line["mode"] == "rv" && !all_near(&d, &space.fallbacks()) {
        problems.push(format!(
            "{label}: fallbacks {:?} for {d:?}",
            space.fallbacks()
        ));
    }
    let discounts: Vec<f64> = space.parties().iter().map(|party| party.discount).collect();
    if !all_near(&discounts, &numbers(&line["df"])) {
        problems.push(format!("{label}: discounts {discounts:?}"));
    }
    let all = space.enumerate(2_000_000).expect("small enough");
    let enumerated = Frontier::of(space.domain(), &all);
    let by_merging = merged(&space, &Merge::default()).expect("additive");
    if enumerated != by_merging {
        problems.push(format!(
            "{label}: merged {} for {} points",
            by_merging.len(),
            enumerated.len()
        ));
    }
    let zone = enumerated.rational(&d);
    if all.outcomes() as f64 != line["n"] {
        problems.push(format!("{label}: {} outcomes", all.outcomes()));
    }
    for (found, name) in [
        (zone.outcomes(), "pareto_outcomes"),
        (zone.len() as f64, "pareto_distinct"),
    ] {
        if found != line[name] {
            problems.push(format!("{label}: {name} {found} for {}", line[name]));
        }
    }
    check_whole(problems, line, &space, &all, &enumerated);
    let found = solutions(&enumerated, &d);
    let (nash, zeuthen) = (&found.nash, &found.zeuthen);
    if nash.as_ref().map(|p| gain_product(&p.values, &d))
        != zeuthen.as_ref().map(|p| gain_product(&p.values, &d))
    {
        problems.push(format!(
            "{label}: concessions end at {zeuthen:?}, not at {nash:?}"
        ));
    }
    let gain = |values: &[f64], i: usize| values[i] - d[i];
    let ideal = enumerated.ideal().unwrap_or_default();
    let share = |values: &[f64], i: usize| gain(values, i) / (ideal[i] - d[i]);
    check_point(problems, line, "nash", found.nash.as_ref(), |v| {
        gain(v, 0) * gain(v, 1)
    });
    check_point(
        problems,
        line,
        "egalitarian",
        found.egalitarian.as_ref(),
        |v| smallest((0..2).map(|i| gain(v, i))),
    );
    check_point(
        problems,
        line,
        "ks_maximin",
        found.kalai_smorodinsky.as_ref(),
        |v| smallest((0..2).map(|i| share(v, i))),
    );
    check_point(
        problems,
        line,
        "ks_mingap",
        found.equal_shares.as_ref(),
        |v| (share(v, 0) - share(v, 1)).abs(),
    );
    check_point(
        problems,
        line,
        "utilitarian",
        found.utilitarian.as_ref(),
        |v| v.iter().sum(),
    );
}

fn gain_product(values: &[f64], d: &[f64]) -> f64 {
    values.iter().zip(d).map(|(value, d)| value - d).product()
}

fn check_whole(
    problems: &mut Vec<String>,
    line: &Value,
    space: &Space,
    all: &Enumerated,
    frontier: &Frontier,
) {
    if line["opposition"].is_null() {
        return;
    }
    let extremes = extremes(space);
    let d = numbers(&line["r"]);
    let opposition = opposition(&frontier.rational(&d), &extremes);
    let counted = zone_count(space, &d, 1).expect("additive");
    let single = |value: &Value| vec![value.as_f64().expect("a number")];
    let found = [
        (extremes.ideal.clone(), numbers(&line["ideal"]), "ideal"),
        (extremes.worst.clone(), numbers(&line["min"]), "min"),
        (
            opposition.into_iter().collect(),
            single(&line["opposition"]),
            "opposition",
        ),
        (
            vec![counted.value()],
            vec![zone_of(all, &d)],
            "the zone without enumeration",
        ),
    ];
    for (found, expected, name) in found {
        if !all_near(&found, &expected) {
            problems.push(format!(
                "{} {} {name}: {found:?} for {expected:?}",
                line["dir"], line["mode"]
            ));
        }
    }
    // The expected share was counted in plain binary arithmetic, which loses some outcomes worth exactly their
    // fallback on paper. It lies between the outcomes certainly above and all not below.
    let share = |slack: f64| {
        let moved: Vec<f64> = d.iter().map(|d| d + slack).collect();
        rationality(all, &moved).all
    };
    let expected = line["rational_fraction"].as_f64().expect("a number");
    let inside = rationality(all, &d).all;
    if !(share(1e-9) <= expected + 1e-9 && expected <= inside + 1e-9 && inside == share(-1e-9)) {
        problems.push(format!(
            "{} {} rational_fraction: {inside} for {expected}",
            line["dir"], line["mode"]
        ));
    }
}
