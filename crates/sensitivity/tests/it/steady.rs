//! Results do not depend on threads, and change as they should when samples change.

use detente_sensitivity::{
    DeltaOptions, InformationOptions, Interest, PrimOptions, Sample, SobolOptions, TreeOptions,
    delta, discover, pawn, regression, sobol, tree, value_of_information,
};

use crate::samples::{Draws, given, ishigami, saltelli};

#[test]
fn threads_change_nothing() {
    let outputs = saltelli(3, 200, true, ishigami);
    let (points, sample) = given();
    let all = |threads: usize| {
        let indices = SobolOptions {
            threads,
            ..SobolOptions::default()
        };
        let measure = DeltaOptions {
            threads,
            resamples: 10,
            ..DeltaOptions::default()
        };
        let boxes = PrimOptions {
            threads,
            interest: Interest::Above(5.0),
            ..PrimOptions::default()
        };
        let split = TreeOptions {
            threads,
            ..TreeOptions::default()
        };
        let worth = InformationOptions {
            threads,
            ..InformationOptions::default()
        };
        (
            sobol(&outputs, 3, &indices),
            delta(&sample, &measure),
            pawn(&sample, 10, threads),
            regression(&sample, threads),
            discover(&sample, &boxes),
            tree(&sample, &split),
            value_of_information(&points, 3, &points[..800], 2, &worth),
        )
    };
    let one = all(1);
    assert!(one.0.is_ok() && one.4.is_ok() && one.6.is_ok());
    assert_eq!(one, all(3));
}

#[test]
fn failed_rows_leave_the_rest_as_it_is() {
    let (points, sample) = given();
    let mut more = points.clone();
    let mut outputs = sample.output().to_vec();
    more.splice(30..30, [0.5, 0.5, 0.5]);
    outputs.insert(10, f64::NAN);
    let longer = Sample::new(&more, 3, &outputs).unwrap();
    assert_eq!((longer.rows(), longer.dropped()), (400, 1));
    assert_eq!(pawn(&longer, 10, 1), pawn(&sample, 10, 1));
    assert_eq!(regression(&longer, 1), regression(&sample, 1));

    let mut outputs = saltelli(3, 201, true, ishigami);
    let options = SobolOptions::default();
    let rest = sobol(&outputs[8..], 3, &options).unwrap();
    outputs[3] = f64::NAN;
    let found = sobol(&outputs, 3, &options).unwrap();
    assert_eq!((found.dropped, found.base_points), (1, 200));
    assert_eq!(found.first, rest.first);
}

#[test]
fn indices_are_the_same_in_other_units() {
    let outputs = saltelli(3, 256, true, ishigami);
    let other: Vec<f64> = outputs.iter().map(|y| 1000.0 - 3.0 * y).collect();
    let options = SobolOptions::default();
    let (a, b) = (
        sobol(&outputs, 3, &options).unwrap(),
        sobol(&other, 3, &options).unwrap(),
    );
    let all = |i: &detente_sensitivity::Indices| {
        [i.first.clone(), i.total.clone(), i.second.clone()].concat()
    };
    for (a, b) in all(&a).iter().zip(all(&b)) {
        assert!((a.value - b.value).abs() < 1e-9 && (a.half_width - b.half_width).abs() < 1e-9);
    }
}

#[test]
fn constant_and_copied_inputs_are_no_trouble() {
    let mut draws = Draws(12);
    let points: Vec<f64> = (0..300)
        .flat_map(|_| {
            let x = draws.next();
            [x, 3.0, x, draws.next()]
        })
        .collect();
    let outputs: Vec<f64> = points.chunks(4).map(|x| x[0] * x[0] + 0.1 * x[3]).collect();
    let sample = Sample::new(&points, 4, &outputs).unwrap();
    let lines = regression(&sample, 1).unwrap();
    assert_eq!(lines.aliased, [1, 2]);
    assert!(lines.coefficients[0].src > 0.9 && lines.coefficients[2].src == 0.0);
    assert!(lines.coefficients[2].spearman > 0.9 && lines.coefficients[1].spearman == 0.0);
    let measures = delta(&sample, &DeltaOptions::default()).unwrap();
    assert_eq!(measures[1].delta.value, 0.0);
    let slices = pawn(&sample, 10, 1).unwrap();
    assert_eq!((slices[1].slices, slices[1].median), (0, 0.0));
    let boxes = PrimOptions {
        interest: Interest::Above(0.5),
        ..PrimOptions::default()
    };
    let found = discover(&sample, &boxes).unwrap();
    assert!(found.boxes[0].chosen.region.limits[1].free());
}
