//! What `detente deal` shows, in words.

use detente_deal::{Count, Package, Point, Solutions, Space, Trade};
use detente_report::{DealParty, DealPoint, DealView};

use crate::deal::Found;
use crate::deal_words::{agreed, list, sentences};

/// The view of what was found.
pub fn view(found: &Found) -> DealView {
    let space = &found.space;
    let analysis = &found.analysis;
    let extremes = &analysis.extremes;
    let parties = space
        .parties()
        .iter()
        .enumerate()
        .map(|(p, party)| DealParty {
            name: party.party.clone(),
            range: [party.fallback, extremes.worst[p], extremes.ideal[p]],
        });
    let solutions = &analysis.solutions;
    let named = named_solutions(solutions);
    let packages = found.packages.iter().zip(&analysis.packages);
    DealView {
        title: found.title.clone(),
        size: [
            analysis.outcomes,
            space.domain().issues().len() as f64,
            analysis.frontier.len() as f64,
        ],
        zone: match analysis.zone {
            Count::Exact(count) => (count, None),
            Count::Estimated {
                count,
                standard_error,
            } => (count, Some(standard_error)),
        },
        opposition: analysis.opposition,
        parties: parties.collect(),
        issues: stakes(space),
        solutions: solved(space, &named),
        packages: packages
            .map(|(name, looked)| (name.clone(), package(space, looked)))
            .collect(),
        sentences: sentences(found),
    }
}

/// The solutions with their names.
pub fn named_solutions(solutions: &Solutions) -> [(&'static str, &Option<Point>); 5] {
    [
        ("Nash", &solutions.nash),
        ("Kalai–Smorodinsky", &solutions.kalai_smorodinsky),
        ("egalitarian", &solutions.egalitarian),
        ("utilitarian", &solutions.utilitarian),
        ("Zeuthen", &solutions.zeuthen),
    ]
}

/// The share of every party's range of sums that hangs on each issue; nothing where preferences are tables.
fn stakes(space: &Space) -> Vec<(String, Vec<f64>)> {
    let ranges: Option<Vec<Vec<f64>>> = space
        .parties()
        .iter()
        .map(|party| {
            let additive = party.as_additive()?;
            let width = |(weight, scores): (&f64, &Vec<f64>)| {
                let high = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
                let low = scores.iter().copied().fold(f64::INFINITY, f64::min);
                weight * (high - low)
            };
            Some(
                additive
                    .weights
                    .iter()
                    .zip(&additive.scores)
                    .map(width)
                    .collect(),
            )
        })
        .collect();
    let Some(ranges) = ranges else {
        return Vec::new();
    };
    let issues = space.domain().issues().iter().enumerate();
    issues
        .map(|(i, issue)| {
            let share = |ranges: &Vec<f64>| {
                let total: f64 = ranges.iter().sum();
                if total > 0.0 { ranges[i] / total } else { 0.0 }
            };
            (issue.name.clone(), ranges.iter().map(share).collect())
        })
        .collect()
}

fn shown(space: &Space, values: &[f64], words: String) -> DealPoint {
    let fallbacks = space.fallbacks();
    DealPoint {
        values: values.to_vec(),
        refused: values.iter().zip(&fallbacks).map(|(v, d)| v < d).collect(),
        words,
    }
}

/// The solutions; one at the outcome of an earlier one says so.
fn solved(space: &Space, named: &[(&str, &Option<Point>)]) -> Vec<(String, Option<DealPoint>)> {
    let words = |k: usize, point: &Point| {
        let same = |(_, p): &&(&str, &Option<Point>)| {
            p.as_ref().is_some_and(|p| p.outcome == point.outcome)
        };
        match named[..k].iter().find(same) {
            Some((earlier, _)) => format!("as {earlier}"),
            None => agreed(space, &point.outcome),
        }
    };
    let solution = |(k, (name, point)): (usize, &(&str, &Option<Point>))| {
        let point = point.as_ref().map(|p| shown(space, &p.values, words(k, p)));
        ((*name).to_owned(), point)
    };
    named.iter().enumerate().map(solution).collect()
}

fn package(space: &Space, package: &Package) -> DealPoint {
    let refusers: Vec<&str> = space
        .parties()
        .iter()
        .zip(&package.gains)
        .filter(|(_, gain)| **gain < 0.0)
        .map(|(party, _)| party.party.as_str())
        .collect();
    let mut words = match refusers.as_slice() {
        [] => "acceptable to all".to_owned(),
        refusers => format!("worse than no deal for {}", list(refusers)),
    };
    words += if package.efficient {
        "; on the frontier"
    } else {
        "; not on the frontier"
    };
    if let Some(trade) = package.trades.first() {
        words += &format!("; all would rather have {}", traded(space, trade));
    }
    shown(space, &package.values, words)
}

/// Where a trade leads.
pub fn traded(space: &Space, trade: &Trade) -> String {
    let parts: Vec<String> = trade
        .switches
        .iter()
        .map(|switch| {
            let issue = &space.domain().issues()[switch.issue];
            format!("{} {}", issue.name, issue.label(switch.to as usize))
        })
        .collect();
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    list(&parts)
}
