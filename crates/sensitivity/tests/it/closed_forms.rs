//! Results known as formulas.

use detente_sensitivity::{
    DeltaOptions, FirstOrder, Indices, MorrisOptions, Sample, SobolOptions, delta, morris, pawn,
    regression, sobol,
};

use crate::samples::{Draws, ishigami, saltelli, sobol_points};

fn near(found: f64, expected: f64, error: f64) {
    assert!((found - expected).abs() < error, "{found} {expected}");
}

fn indices(inputs: usize, options: &SobolOptions, function: impl Fn(&[f64]) -> f64) -> Indices {
    let outputs = saltelli(inputs, 1 << 14, options.second_order, function);
    sobol(&outputs, inputs, options).unwrap()
}

#[test]
fn ishigami_function() {
    // Variances for a = 7, b = 0.1 (Saltelli et al. 2000, §2.9.3).
    let (a, b) = (7.0_f64, 0.1_f64);
    let pi = std::f64::consts::PI;
    let v1 = 0.5 * (1.0 + b * pi.powi(4) / 5.0).powi(2);
    let v2 = a * a / 8.0;
    let v13 = b * b * pi.powi(8) * (1.0 / 18.0 - 1.0 / 50.0);
    let all = v1 + v2 + v13;
    for first_order in [FirstOrder::Saltelli, FirstOrder::Jansen] {
        let options = SobolOptions {
            first_order,
            resamples: 20,
            ..SobolOptions::default()
        };
        let found = indices(3, &options, ishigami);
        for (j, expected) in [v1 / all, v2 / all, 0.0].into_iter().enumerate() {
            near(found.first[j].value, expected, 0.01);
        }
        let totals = [(v1 + v13) / all, v2 / all, v13 / all];
        for (j, expected) in totals.into_iter().enumerate() {
            near(found.total[j].value, expected, 0.01);
        }
        for (j, k, expected) in [(0, 1, 0.0), (0, 2, v13 / all), (1, 2, 0.0)] {
            near(found.pair(j, k).unwrap().value, expected, 0.02);
        }
    }
}

#[test]
fn sobol_g_function() {
    // Saltelli & Sobol' (1995): V_j = 1 / (3 (1 + a_j)²), and 1 + V = Π (1 + V_j).
    let a = [0.0, 1.0, 4.5, 9.0, 99.0, 99.0];
    let g = |x: &[f64]| -> f64 {
        let factors = x.iter().zip(&a);
        factors
            .map(|(x, a)| ((4.0 * x - 2.0).abs() + a) / (1.0 + a))
            .product()
    };
    let parts: Vec<f64> = a
        .iter()
        .map(|a| 1.0 / (3.0 * (1.0 + a) * (1.0 + a)))
        .collect();
    let product: f64 = parts.iter().map(|part| 1.0 + part).product();
    let options = SobolOptions {
        second_order: false,
        resamples: 0,
        ..SobolOptions::default()
    };
    let found = indices(a.len(), &options, g);
    for (j, part) in parts.iter().enumerate() {
        near(found.first[j].value, part / (product - 1.0), 0.01);
        let total = part * product / (1.0 + part) / (product - 1.0);
        near(found.total[j].value, total, 0.01);
        assert_eq!(found.first[j].half_width, 0.0);
    }
}

#[test]
fn intervals_hold_the_truth_about_as_often_as_they_say() {
    // y = 3 x₁ + x₂ has first-order indices 0.9 and 0.1.
    let mut held = 0;
    for trial in 0_u64..60 {
        // Far seeds: near ones begin alike.
        let mut draws = Draws(trial.wrapping_mul(0x9E37_79B9_7F4A_7C15));
        let outputs: Vec<f64> = (0..200)
            .flat_map(|_| {
                let (a, b) = (draws.numbers(2), draws.numbers(2));
                crate::samples::block(&a, &b, false)
            })
            .map(|x| 3.0 * x[0] + x[1])
            .collect();
        let options = SobolOptions {
            second_order: false,
            seed: trial,
            ..SobolOptions::default()
        };
        let found = sobol(&outputs, 2, &options).unwrap();
        for (estimate, truth) in found.first.iter().zip([0.9, 0.1]) {
            held += i32::from((estimate.value - truth).abs() <= estimate.half_width);
        }
    }
    assert!((107..=120).contains(&held), "{held} of 120");
}

#[test]
fn effects_of_a_plane_are_its_slopes() {
    let mut points = Vec::new();
    let mut draws = Draws(5);
    for _ in 0..8 {
        let mut at = draws
            .numbers(3)
            .iter()
            .map(|x| (x * 2.0).floor() / 3.0)
            .collect::<Vec<_>>();
        points.extend_from_slice(&at);
        for j in 0..3 {
            at[j] += 2.0 / 3.0;
            points.extend_from_slice(&at);
        }
    }
    let outputs: Vec<f64> = points.chunks(3).map(|x| 2.0 * x[0] - 3.0 * x[1]).collect();
    let found = morris(&points, 3, &outputs, &MorrisOptions::default()).unwrap();
    for (effects, slope) in found.iter().zip([2.0, -3.0, 0.0_f64]) {
        near(effects.mu, slope, 1e-12);
        near(effects.mu_star.value, slope.abs(), 1e-12);
        near(effects.sigma, 0.0, 1e-12);
        near(effects.mu_star.half_width, 0.0, 1e-12);
    }
}

#[test]
fn coefficients_of_a_plane() {
    let points = sobol_points(3, 2048);
    let outputs: Vec<f64> = points.chunks(3).map(|x| 2.0 * x[0] - x[1]).collect();
    let found = regression(&Sample::new(&points, 3, &outputs).unwrap(), 1).unwrap();
    near(found.r2, 1.0, 1e-9);
    near(found.coefficients[0].src, 2.0 / 5.0_f64.sqrt(), 0.01);
    near(found.coefficients[1].src, -1.0 / 5.0_f64.sqrt(), 0.01);
    near(found.coefficients[0].pcc, 1.0, 1e-6);
    near(found.coefficients[1].pcc, -1.0, 1e-6);
}

#[test]
fn delta_of_two_normal_numbers() {
    // y = x₁ + x₂ with equal variances: given x₁, y is normal with half the variance, and δ = E[half the area between
    // N(0, 2) and N(x₁, 1)], by integration on a fine grid.
    let density = |y: f64, mean: f64, variance: f64| {
        (-(y - mean) * (y - mean) / (2.0 * variance)).exp()
            / (2.0 * std::f64::consts::PI * variance).sqrt()
    };
    let step = 0.02;
    let mut expected = 0.0;
    for i in -300..=300 {
        let x = f64::from(i) * step;
        let area: f64 = (-500..=500)
            .map(|k| f64::from(k) * step)
            .map(|y| (density(y, 0.0, 2.0) - density(y, x, 1.0)).abs() * step)
            .sum();
        expected += 0.5 * area * density(x, 0.0, 1.0) * step;
    }
    let mut draws = Draws(6);
    let points: Vec<f64> = (0..3 * 4000).map(|_| draws.normal()).collect();
    let outputs: Vec<f64> = points.chunks(3).map(|x| x[0] + x[1]).collect();
    let sample = Sample::new(&points, 3, &outputs).unwrap();
    let options = DeltaOptions {
        resamples: 20,
        ..DeltaOptions::default()
    };
    let found = delta(&sample, &options).unwrap();
    near(found[0].delta.value, expected, 0.03);
    near(found[1].delta.value, expected, 0.03);
    near(found[2].delta.value, 0.0, 0.04);
    near(found[0].first.value, 0.5, 0.04);
    // The correction brings an input that does not matter nearer to nothing.
    assert!(found[2].delta.value.abs() < found[2].raw);
}

#[test]
fn pawn_of_the_identity() {
    // In slice s of 10 of y = x, the distance from the whole is the larger of the shares below and above it.
    let points: Vec<f64> = (0..1000).map(f64::from).collect();
    let sample = Sample::new(&points, 1, &points).unwrap();
    let found = pawn(&sample, 10, 1).unwrap()[0];
    near(found.maximum, 0.9, 0.01);
    near(found.minimum, 0.5, 0.01);
    near(found.mean, 0.7, 0.01);
    assert_eq!(found.slices, 10);
}
