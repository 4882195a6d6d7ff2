//! What the invented crisis rests on, and what could be agreed in it.

use detente_deal::{Domain, Issue, Preferences, Search};
use detente_findings::deal::{Asked, find, view};
use detente_findings::model::*;

use super::{ACTORS, ENDINGS, asks, strings};

pub(super) fn tornado() -> Vec<TornadoRow> {
    assumptions()
        .into_iter()
        .enumerate()
        .map(|(i, a)| {
            let size = 0.16 / (1.0 + i as f64 * 0.45);
            let sign = if i % 3 == 1 { -1.0 } else { 1.0 };
            // Probability moves between two endings, so that the rows still sum to 1.
            let moved = |by: f64| {
                let mut e: Vec<f64> = ENDINGS.iter().map(|e| e.2).collect();
                let (from, to) = [(2, 4), (4, 0), (0, 5), (2, 0)][i % 4];
                let by = by.clamp(-e[to] * 0.9, e[from] * 0.9);
                e[from] -= by;
                e[to] += by;
                e
            };
            let asked = |by: f64| {
                asks()
                    .iter()
                    .enumerate()
                    .map(|(k, ask)| {
                        let reach = if k % 4 == i % 4 { 1.0 } else { 0.2 };
                        ask.value.map(|v| match ask.unit {
                            Unit::Probability => (v + by * reach).clamp(0.0, 1.0),
                            Unit::Number => v + 20.0 * by * reach,
                        })
                    })
                    .collect()
            };
            TornadoRow {
                param: a.id,
                base: a.value,
                low: a.low.unwrap_or(a.value),
                high: a.high.unwrap_or(a.value),
                percent: a.percent,
                at_low: (i != 7).then(|| moved(-sign * size)),
                at_high: Some(moved(sign * size * 0.8)),
                asks_at_low: (i != 7).then(|| asked(-sign * size)),
                asks_at_high: Some(asked(sign * size * 0.8)),
                one_sided: if i == 2 { vec![0] } else { Vec::new() },
                swing: size,
            }
        })
        .collect()
}

pub(super) fn packages() -> Packages {
    let issues = [
        (
            "enrichment",
            "Enrichment",
            vec!["zero", "cap at 3.67 %", "cap at 20 %"],
            [0.45, 0.3, 0.5],
            [[1.0, 0.7, 0.2], [0.0, 0.75, 1.0], [1.0, 0.45, 0.0]],
        ),
        (
            "relief",
            "Relief from sanctions",
            vec!["none", "in steps", "in full"],
            [0.2, 0.4, 0.1],
            [[1.0, 0.7, 0.2], [0.0, 0.6, 1.0], [1.0, 0.6, 0.0]],
        ),
        (
            "missiles",
            "Missiles",
            vec!["open", "range limit"],
            [0.15, 0.2, 0.25],
            [[0.0, 1.0], [1.0, 0.0], [0.0, 1.0]].map(|s| [s[0], s[1], 0.0]),
        ),
        (
            "militias",
            "Militias",
            vec!["untouched", "no new arms", "disband"],
            [0.2, 0.1, 0.15],
            [[0.0, 0.6, 1.0], [1.0, 0.5, 0.0], [0.0, 0.6, 1.0]],
        ),
    ];
    let fallback = [0.46, 0.44, 0.38];
    let names: [(&str, [usize; 4]); 4] = [
        ("Back to the deal of 2015", [1, 2, 0, 0]),
        ("Cap for relief in steps", [1, 1, 0, 1]),
        ("Grand bargain", [1, 2, 1, 1]),
        ("Surrender", [0, 0, 1, 2]),
    ];
    let value = |choices: &[usize; 4]| -> Vec<f64> {
        (0..3)
            .map(|a| {
                issues
                    .iter()
                    .zip(choices)
                    .map(|(issue, &o)| issue.3[a] * issue.4[a][o])
                    .sum()
            })
            .collect()
    };
    let mut all: Vec<[usize; 4]> = Vec::new();
    for a in 0..3 {
        for b in 0..3 {
            for c in 0..2 {
                for d in 0..3 {
                    all.push([a, b, c, d]);
                }
            }
        }
    }
    let efficient = |v: &[f64]| {
        !all.iter()
            .map(value)
            .any(|w| w.iter().zip(v).all(|(w, v)| w >= v) && w.iter().zip(v).any(|(w, v)| w > v))
    };
    let point = |choices: &[usize; 4]| {
        let values = value(choices);
        PackagePoint {
            label: names
                .iter()
                .find(|n| n.1 == *choices)
                .map(|n| n.0.to_string()),
            choices: choices.to_vec(),
            acceptable_to_all: values.iter().zip(fallback).all(|(v, f)| *v >= f),
            efficient: efficient(&values),
            values,
        }
    };
    let points: Vec<PackagePoint> = all.iter().map(point).collect();
    Packages {
        actors: (0..3)
            .map(|a| PackageActor {
                id: ACTORS[a].0.to_string(),
                label: ACTORS[a].1.to_string(),
                fallback: fallback[a],
                weights: issues.iter().map(|i| i.3[a]).collect(),
            })
            .collect(),
        issues: issues
            .iter()
            .map(|i| PackageIssue {
                id: i.0.to_string(),
                label: i.1.to_string(),
                options: strings(&i.2),
            })
            .collect(),
        named: names.iter().map(|n| point(&n.1)).collect(),
        count: points.len() as u64,
        acceptable_to_all: points.iter().filter(|p| p.acceptable_to_all).count() as u64,
        all: points,
    }
}

/// Who would accept what, by the analysis itself.
pub(super) fn deal() -> Deal {
    let packages = packages();
    let scores = [
        [[1.0, 0.7, 0.2], [0.0, 0.75, 1.0], [1.0, 0.45, 0.0]],
        [[1.0, 0.7, 0.2], [0.0, 0.6, 1.0], [1.0, 0.6, 0.0]],
        [[0.0, 1.0, 0.0], [1.0, 0.0, 0.0], [0.0, 1.0, 0.0]],
        [[0.0, 0.6, 1.0], [1.0, 0.5, 0.0], [0.0, 0.6, 1.0]],
    ];
    let issues = packages.issues.iter();
    let issues = issues.map(|issue| Issue::named(issue.label.clone(), issue.options.clone()));
    let everybody: Vec<Preferences> = (packages.actors.iter().enumerate())
        .map(|(a, actor)| {
            let scores = scores.iter().zip(&packages.issues);
            let scores = scores.map(|(issue, named)| issue[a][..named.options.len()].to_vec());
            Preferences::additive(actor.label.clone(), actor.weights.clone(), scores.collect())
                .with_fallback(actor.fallback)
        })
        .collect();
    let named = packages.named.iter().map(|package| {
        let outcome = package.choices.iter().map(|k| *k as u32).collect();
        (package.label.clone().unwrap(), outcome)
    });
    let found = find(Asked {
        title: "An invented crisis".to_string(),
        domain: Domain::new("crisis", issues.collect()).unwrap(),
        colours: (0..everybody.len()).collect(),
        seats: vec![0, 1],
        styles: Vec::new(),
        ratifiers: vec![(2, 0)],
        packages: named.collect(),
        draws: vec![everybody.clone()],
        everybody,
        counted: 1_000,
        search: Search::default(),
    })
    .unwrap();
    view(&found).unwrap()
}

pub(super) fn assumptions() -> Vec<Assumption> {
    #[rustfmt::skip]
    let rows: [(&str, f64, f64, f64, &str, bool); 25] = [
        ("detection", 0.85, 0.5, 0.99, "chance that a covert dash is found within a round; judgement after the record of 2002 and 2009", true),
        ("war_us", 20.0, 5.0, 40.0, "what a war costs the United States; judgement", false),
        ("resolve_real", 0.4, 0.15, 0.7, "chance that Washington would really strike; judgement", true),
        ("war_iran", 45.0, 20.0, 70.0, "what a war costs Iran; judgement", false),
        ("relief_value", 18.0, 8.0, 30.0, "what full relief is worth to Iran in a year, from exports of 1.5 to 2.5 mb/d and a discount of 8 to 1 $/b", false),
        ("economy_fragile", 0.45, 0.2, 0.75, "chance that the economy cannot bear another year; World Bank growth 2018–19", true),
        ("audience_us", 6.0, 1.0, 12.0, "what backing down after a public threat costs at home; judgement", false),
        ("supply_elasticity", 0.1, 0.015, 0.15, "short-run elasticity of world oil supply; Kilian & Murphy, Baumeister & Hamilton, Caldara et al.", false),
        ("demand_elasticity", -0.14, -0.35, -0.05, "short-run elasticity of world oil demand; the same", false),
        ("renege", 0.2, 0.05, 0.5, "chance in a year that Washington walks out of a signed deal; after 2018", true),
        ("senate", 0.71, 0.4, 0.9, "chance that a signed deal passes the Senate; judgement", true),
        ("ousted_if_surrender", 0.66, 0.4, 0.9, "chance that a government which yields on everything falls; judgement", true),
        ("shock", 0.38, 0.2, 0.6, "chance of a regional shock in a round; count of 2019 to 2025", true),
        ("shock_size", 5.0, 2.0, 9.0, "what a shock takes from Iran's strength; judgement", false),
        ("israel_strike_cost", 7.0, 3.0, 15.0, "what striking alone costs Israel; judgement", false),
        ("israel_fear", 22.0, 10.0, 40.0, "what an Iranian weapon is worth to Israel, negative; judgement", false),
        ("gulf_offset", 0.5, 0.0, 1.0, "share of new Iranian oil that Gulf exporters offset; judgement", true),
        ("oil_price", 70.0, 60.0, 85.0, "dollars a barrel, end of March 2025", false),
        ("iran_exports", 1.7, 1.4, 2.0, "million barrels a day, early 2025", false),
        ("discount", 3.0, 1.0, 8.0, "dollars a barrel under Brent, March 2025", false),
        ("bomb", 60.0, 30.0, 90.0, "what a weapon is worth to Iran; judgement", false),
        ("bomb_us", 60.0, 30.0, 90.0, "what an Iranian weapon costs the United States; judgement", false),
        ("ties", 0.35, 0.1, 0.6, "how much Gulf ties soften isolation; judgement", true),
        ("blunt", 0.3, 0.1, 0.5, "what an ultimatum costs in Iranian pride, share of relief; judgement", true),
        ("patience", 0.95, 0.9, 0.99, "weight of the next round; usual in the literature", true),
    ];
    rows.iter()
        .map(|&(id, value, low, high, source, percent)| Assumption {
            step: None,
            id: id.to_string(),
            value,
            low: Some(low),
            high: Some(high),
            distribution: "uniform".to_string(),
            source: source.to_string(),
            percent,
            set: id == "detection",
        })
        .collect()
}
