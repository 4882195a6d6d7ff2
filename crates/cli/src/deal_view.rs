//! What `detente deal` shows, in words.

use detente_deal::{
    Count, Lever, Package, Point, Ratification, Ratifier, Space, Tip, Tipping, Trade,
};
use detente_report::{DealParty, DealPoint, DealView};

use crate::deal::Found;

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
    let named = [
        ("Nash", &solutions.nash),
        ("Kalai–Smorodinsky", &solutions.kalai_smorodinsky),
        ("egalitarian", &solutions.egalitarian),
        ("utilitarian", &solutions.utilitarian),
        ("Zeuthen", &solutions.zeuthen),
    ];
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

fn agreed(space: &Space, outcome: &[u32]) -> String {
    let issues = space.domain().issues().iter().zip(outcome);
    let parts: Vec<String> = issues
        .map(|(issue, &k)| format!("{} {}", issue.name, issue.label(k as usize)))
        .collect();
    parts.join(", ")
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

fn list(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [rest @ .., last] => format!("{} and {last}", rest.join(", ")),
    }
}

fn traded(space: &Space, trade: &Trade) -> String {
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

fn sentences(found: &Found) -> Vec<String> {
    let space = &found.space;
    let mut sentences = tips(space, &found.analysis.tipping);
    if let Some((ratifiers, home)) = &found.ratification {
        sentences.extend(at_home(space, ratifiers, home));
    }
    if let Some(doubt) = &found.doubt {
        sentences.push(format!(
            "In {} of {} draws of the doubtful numbers some outcome is acceptable to all; most often, in {}, this \
             one: {}.",
            percent(doubt.open),
            doubt.draws,
            percent(doubt.safest_share),
            agreed(space, &doubt.safest)
        ));
        for (name, share) in found.packages.iter().zip(&doubt.shares) {
            sentences.push(format!(
                "“{name}” is acceptable to all in {} of the draws.",
                percent(*share)
            ));
        }
    }
    sentences
}

fn percent(share: f64) -> String {
    format!("{:.0} %", share * 100.0)
}

/// The smallest change of each kind of number.
fn tips(space: &Space, tipping: &Tipping) -> Vec<String> {
    let verb = if tipping.open { "close" } else { "open" };
    let kinds: [fn(Lever) -> bool; 3] = [
        |lever| lever == Lever::Fallback,
        |lever| matches!(lever, Lever::Weight { .. }),
        |lever| matches!(lever, Lever::Score { .. }),
    ];
    kinds
        .into_iter()
        .filter_map(|kind| tipping.smallest(kind))
        .map(|tip| {
            let beyond = match (tipping.open, tip.up) {
                (true, true) => "above",
                (true, false) => "below",
                (false, _) => "to",
            };
            format!(
                "The zone would {verb} with {} moved from {} {beyond} {}.",
                number(space, &tip),
                digits(tip.from),
                digits(tip.to)
            )
        })
        .collect()
}

/// Four digits.
fn digits(x: f64) -> String {
    let places = (3 - x.abs().max(1e-9).log10().floor() as i32).clamp(0, 6) as usize;
    let text = format!("{x:.places$}").replace('-', "−");
    match text.contains('.') {
        true => text.trim_end_matches('0').trim_end_matches('.').to_owned(),
        false => text,
    }
}

fn number(space: &Space, tip: &Tip) -> String {
    let party = &space.parties()[tip.party].party;
    let issues = space.domain().issues();
    match tip.lever {
        Lever::Fallback => format!("{party}’s fallback"),
        Lever::Weight { issue } => format!("{party}’s weight of {}", issues[issue].name),
        Lever::Score { issue, option } => format!(
            "{party}’s score of {} in {}",
            issues[issue].label(option as usize),
            issues[issue].name
        ),
    }
}

fn at_home(space: &Space, ratifiers: &[Ratifier], home: &Ratification) -> Vec<String> {
    let mut sentences: Vec<String> = ratifiers
        .iter()
        .zip(&home.each)
        .map(|(ratifier, effect)| {
            let name = &ratifier.preferences.party;
            let of = &space.parties()[ratifier.of].party;
            let kept = format!(
                "{name} would ratify {} of the {} outcomes that the negotiators accept",
                effect.zone.value(),
                home.zone_without.value()
            );
            match &effect.shift {
                Some(shift) => format!(
                    "{kept}; the veto moves {of}’s value of the Nash solution by {}.",
                    digits(shift[ratifier.of])
                ),
                None if effect.zone.value() == 0.0 => format!("{kept}: no agreement is left."),
                None => format!("{kept}."),
            }
        })
        .collect();
    if let Some(nash) = &home.with.nash {
        sentences.push(format!(
            "With ratification, the Nash solution is: {}.",
            agreed(space, &nash.outcome)
        ));
    }
    sentences
}
