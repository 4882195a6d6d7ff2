//! The value of information where it is known.

use detente_sensitivity::{InformationOptions, value_of_information};
use statrs::function::erf::erf;

use crate::samples::Draws;

/// What knowing a normal advantage with this mean and deviation is worth beyond its sign's mean (Raiffa & Schlaifer 1961):
/// σ φ(m / σ) − |m| Φ(−|m| / σ).
fn unit_loss(mean: f64, deviation: f64) -> f64 {
    let z = mean.abs() / deviation;
    let density = (-0.5 * z * z).exp() / std::f64::consts::TAU.sqrt();
    let tail = 0.5 * (1.0 - erf(z / std::f64::consts::SQRT_2));
    deviation * (density - z * tail)
}

#[test]
fn two_options_whose_advantage_is_linear_and_normal() {
    let (mean, slopes) = (0.5, [2.0, 1.0, 0.0]);
    let mut draws = Draws(8);
    let points: Vec<f64> = (0..3 * 40_000).map(|_| draws.normal()).collect();
    let payoffs: Vec<f64> = (points.chunks(3))
        .flat_map(|x| {
            let advantage: f64 = x.iter().zip(&slopes).map(|(x, slope)| x * slope).sum();
            [1.0 + x[2], 1.0 + x[2] + mean + advantage]
        })
        .collect();
    let options = InformationOptions::default();
    let found = value_of_information(&points, 3, &payoffs, 2, &options).unwrap();
    assert_eq!(found.best, 1);
    assert!((found.expected[1] - found.expected[0] - mean).abs() < 0.05);
    assert!((found.evpi - unit_loss(mean, 5.0_f64.sqrt())).abs() < 0.02);
    assert!((found.inputs[0].evppi - unit_loss(mean, 2.0)).abs() < 0.02);
    assert!((found.inputs[1].evppi - unit_loss(mean, 1.0)).abs() < 0.02);
    // What both options share is not worth knowing.
    assert!(found.inputs[2].evppi < 0.02 && found.inputs[2].beyond_noise() < 0.01);
    assert!(found.inputs.iter().all(|worth| worth.evppi <= found.evpi));
}

#[test]
fn nothing_to_learn_where_one_option_is_always_best() {
    let points = Draws(8).numbers(1000);
    let payoffs: Vec<f64> = points.iter().flat_map(|x| [*x, 2.0 + x, 1.0]).collect();
    let found = value_of_information(&points, 1, &payoffs, 3, &InformationOptions::default());
    let found = found.unwrap();
    assert_eq!(
        (found.best, found.evpi, found.inputs[0].evppi),
        (1, 0.0, 0.0)
    );
}

#[test]
fn an_input_of_two_values_has_two_parts() {
    // Option 0 brings 1 at 0 and 0 at 1; option 1 the other way: knowing is worth a half.
    let points: Vec<f64> = (0..1000).map(|i| f64::from(i % 2)).collect();
    let payoffs: Vec<f64> = points.iter().flat_map(|x| [1.0 - x, *x]).collect();
    let options = InformationOptions::default();
    let found = value_of_information(&points, 1, &payoffs, 2, &options).unwrap();
    assert_eq!((found.evpi, found.inputs[0].evppi), (0.5, 0.5));
    assert!(found.inputs[0].noise > 0.0 && found.inputs[0].noise < 0.1);
}

#[test]
fn rows_that_failed_are_left_out_and_counted() {
    let points = Draws(8).numbers(100);
    let mut payoffs: Vec<f64> = points.iter().flat_map(|x| [*x, 0.5]).collect();
    payoffs[7] = f64::NAN;
    payoffs[6] = f64::NAN;
    payoffs[11] = f64::NAN;
    let options = InformationOptions::default();
    let found = value_of_information(&points, 1, &payoffs, 2, &options).unwrap();
    assert_eq!((found.rows, found.dropped), (98, 2));
}
