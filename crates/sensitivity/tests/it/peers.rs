//! The same samples as SALib 1.6, EMA Workbench 2.5, SciPy and scikit-learn had (`bench/peer_doubt_known.py`).

use detente_sensitivity::{
    Estimate, Interest, MorrisOptions, Objective, Peeled, PrimOptions, Sample, SobolOptions,
    TreeOptions, delta_raw, first_order_raw, morris, pawn, prim, regression, sobol, tree,
};
use serde_json::Value;

use crate::samples::{Draws, block, given, sums_and_products};

fn told(name: &str) -> Value {
    let all: Value = serde_json::from_str(include_str!("peers.json")).unwrap();
    all[name].clone()
}

fn numbers(value: &Value) -> Vec<f64> {
    let list = value.as_array().unwrap();
    list.iter().map(|value| value.as_f64().unwrap()).collect()
}

fn same(ours: &[f64], theirs: &Value) {
    let theirs = numbers(theirs);
    assert_eq!(ours.len(), theirs.len());
    for (ours, theirs) in ours.iter().zip(&theirs) {
        assert!((ours - theirs).abs() < 1e-9, "{ours} {theirs}");
    }
}

/// Half widths from 2000 resamples each, which differ by chance.
fn alike(ours: &[Estimate], theirs: &Value) {
    for (ours, theirs) in ours.iter().zip(numbers(theirs)) {
        let ratio = ours.half_width / theirs;
        assert!((0.9..1.1).contains(&ratio), "{} {theirs}", ours.half_width);
    }
}

fn values(estimates: &[Estimate]) -> Vec<f64> {
    estimates.iter().map(|estimate| estimate.value).collect()
}

#[test]
fn sobol_indices_are_those_of_salib() {
    for (second_order, name) in [(true, "sobol"), (false, "sobol_first")] {
        let mut draws = Draws(1);
        let outputs: Vec<f64> = (0..256)
            .flat_map(|_| {
                let (a, b) = (draws.numbers(3), draws.numbers(3));
                block(&a, &b, second_order)
            })
            .map(|row| sums_and_products(&row))
            .collect();
        let options = SobolOptions {
            second_order,
            resamples: 2000,
            ..SobolOptions::default()
        };
        let ours = sobol(&outputs, 3, &options).unwrap();
        let theirs = told(name);
        same(&values(&ours.first), &theirs["S1"]);
        same(&values(&ours.total), &theirs["ST"]);
        alike(&ours.first, &theirs["S1_conf"]);
        alike(&ours.total, &theirs["ST_conf"]);
        if second_order {
            same(&values(&ours.second), &theirs["S2"]);
            alike(&ours.second, &theirs["S2_conf"]);
            assert_eq!(ours.pair(2, 1), Some(ours.second[2]));
        } else {
            assert!(ours.second.is_empty() && ours.pair(0, 1).is_none());
        }
    }
}

#[test]
fn elementary_effects_are_those_of_salib() {
    let mut draws = Draws(2);
    let mut points = Vec::new();
    for t in 0..20 {
        let mut at: Vec<f64> = draws.numbers(3);
        at.iter_mut().for_each(|x| *x = (*x * 2.0).floor() / 3.0);
        let mut rows = vec![at.clone()];
        for k in 0..3 {
            at[(t + k) % 3] += 2.0 / 3.0;
            rows.push(at.clone());
        }
        if t % 2 == 1 {
            rows.reverse();
        }
        points.extend(rows.concat());
    }
    let outputs: Vec<f64> = points.chunks(3).map(sums_and_products).collect();
    let options = MorrisOptions {
        resamples: 2000,
        ..MorrisOptions::default()
    };
    let ours = morris(&points, 3, &outputs, &options).unwrap();
    let theirs = told("morris");
    let of = |part: fn(&detente_sensitivity::Effects) -> f64| -> Vec<f64> {
        ours.iter().map(part).collect()
    };
    same(&of(|e| e.mu), &theirs["mu"]);
    same(&of(|e| e.sigma), &theirs["sigma"]);
    let stars: Vec<Estimate> = ours.iter().map(|effects| effects.mu_star).collect();
    same(&values(&stars), &theirs["mu_star"]);
    for (ours, theirs) in stars.iter().zip(numbers(&theirs["mu_star_conf"])) {
        assert!((ours.half_width - theirs).abs() < 0.1 * theirs + 1e-12);
    }
}

#[test]
fn measures_of_given_data_are_those_of_salib() {
    let (_, sample) = given();
    let theirs = told("given");
    same(&delta_raw(&sample, 1).unwrap(), &theirs["delta"]);
    same(&first_order_raw(&sample, 1).unwrap(), &theirs["first"]);
    let ours = pawn(&sample, 10, 1).unwrap();
    let of = |part: fn(&detente_sensitivity::Pawn) -> f64| -> Vec<f64> {
        ours.iter().map(part).collect()
    };
    same(&of(|p| p.minimum), &theirs["pawn"]["minimum"]);
    same(&of(|p| p.mean), &theirs["pawn"]["mean"]);
    same(&of(|p| p.median), &theirs["pawn"]["median"]);
    same(&of(|p| p.maximum), &theirs["pawn"]["maximum"]);
    same(&of(|p| p.variation), &theirs["pawn"]["CV"]);
}

#[test]
fn coefficients_are_those_of_scipy() {
    let (_, sample) = given();
    let ours = regression(&sample, 1).unwrap();
    let theirs = told("regression");
    let of = |part: fn(&detente_sensitivity::Coefficients) -> f64| -> Vec<f64> {
        ours.coefficients.iter().map(part).collect()
    };
    same(&of(|c| c.src), &theirs["src"]);
    same(&of(|c| c.srrc), &theirs["srrc"]);
    same(&of(|c| c.pcc), &theirs["pcc"]);
    same(&of(|c| c.prcc), &theirs["prcc"]);
    same(&of(|c| c.spearman), &theirs["spearman"]);
    assert!((ours.r2 - theirs["r2"].as_f64().unwrap()).abs() < 1e-9);
    assert!((ours.rank_r2 - theirs["rank_r2"].as_f64().unwrap()).abs() < 1e-9);
}

/// Of interest in a box, but every tenth row tells the other way.
fn boxed(whole: bool) -> (Vec<f64>, Sample) {
    let mut points = Draws(3).numbers(1200);
    let outputs: Vec<f64> = (points.chunks(3).enumerate())
        .map(|(i, x)| {
            let inside = x[0] < 0.6 && x[1] > 0.3 && x[2] > 0.2;
            f64::from(u8::from(inside != (i % 10 == 0)))
        })
        .collect();
    if whole {
        for row in points.chunks_mut(3) {
            row[1] = (row[1] * 6.0).floor();
        }
    }
    let sample = Sample::new(&points, 3, &outputs).unwrap();
    (points, sample)
}

fn same_box(ours: &Peeled, theirs: &Value, sample: &Sample) {
    let number = |key: &str| theirs[key].as_f64().unwrap();
    assert!((ours.coverage - number("coverage")).abs() < 1e-12);
    assert!((ours.density - number("density")).abs() < 1e-12);
    assert!((ours.mass - number("mass")).abs() < 1e-12);
    assert_eq!(ours.region.restricted() as f64, number("res_dim"));
    for (j, limits) in ours.region.limits.iter().enumerate() {
        let column = sample.input(j);
        let least = column.iter().copied().fold(f64::INFINITY, f64::min);
        let most = column.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let ends = [limits.lower.unwrap_or(least), limits.upper.unwrap_or(most)];
        same(&ends, &theirs["limits"][j]);
        let (lower, upper) = ours.quasi_p[j];
        same(
            &[lower.unwrap_or(-1.0), upper.unwrap_or(-1.0)],
            &theirs["qp"][j],
        );
    }
}

#[test]
fn peeling_and_pasting_go_the_way_of_the_ema_workbench() {
    for (name, objective, whole) in [
        ("prim", Objective::PerRow, false),
        ("prim_lenient2", Objective::PerShare, false),
        ("prim_whole", Objective::PerRow, true),
    ] {
        let (_, sample) = boxed(whole);
        let options = PrimOptions {
            interest: Interest::Above(0.5),
            objective,
            ..PrimOptions::default()
        };
        let ours = prim(&sample, &options).unwrap().trajectory;
        let theirs = told(name);
        let theirs = theirs.as_array().unwrap();
        // Without pasting of whole numbers there, only peeling is compared.
        assert!(ours.len() == theirs.len() || whole && ours.len() > theirs.len());
        for (ours, theirs) in ours.iter().zip(theirs) {
            same_box(ours, theirs, &sample);
        }
    }
}

#[test]
fn the_tree_is_that_of_scikit_learn() {
    let (_, sample) = given();
    let options = TreeOptions {
        complexity: 0.0,
        ..TreeOptions::default()
    };
    let ours = tree(&sample, &options).unwrap().leaves();
    let theirs = told("tree");
    let theirs = theirs.as_array().unwrap();
    assert_eq!(ours.len(), theirs.len());
    for (ours, theirs) in ours.iter().zip(theirs) {
        assert_eq!(ours.rows as u64, theirs["rows"].as_u64().unwrap());
        assert!((ours.mean - theirs["mean"].as_f64().unwrap()).abs() < 1e-9);
    }
}
