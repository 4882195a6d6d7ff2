//! Boxes and trees that are known.

use detente_sensitivity::{
    Form, Interest, Label, Objective, PrimOptions, Sample, TreeOptions, discover, prim, reproduced,
    tree,
};

use crate::samples::sobol_points;

/// 2048 points of three inputs, of interest where `inside` says.
fn sample(inside: impl Fn(&[f64]) -> bool) -> Sample {
    let points = sobol_points(3, 2048);
    let outputs: Vec<f64> = (points.chunks(3))
        .map(|x| f64::from(u8::from(inside(x))))
        .collect();
    Sample::new(&points, 3, &outputs).unwrap()
}

#[test]
fn a_box_is_found_and_told() {
    let sample = sample(|x| x[0] < 0.7 && x[1] > 0.4);
    let found = discover(&sample, &PrimOptions::default()).unwrap();
    assert_eq!(found.boxes.len(), 1);
    let chosen = &found.boxes[0].chosen;
    assert!(chosen.density > 0.95 && chosen.coverage > 0.9, "{chosen:?}");
    assert_eq!(chosen.region.restricted(), 2);
    let (lower, upper) = (chosen.region.limits[1].lower, chosen.region.limits[0].upper);
    assert!((lower.unwrap() - 0.4).abs() < 0.05 && (upper.unwrap() - 0.7).abs() < 0.05);
    let labels = [
        Label::new("detection").form(Form::Percent).range(0.0, 1.0),
        Label::new("cost of blocking"),
        Label::new("nothing"),
    ];
    let words = chosen.region.words(&labels);
    assert!(words.starts_with("detection < ") && words.contains(" % and cost of blocking > 0."));
    assert!(chosen.quasi_p[0].1.unwrap() < 1e-6 && chosen.quasi_p[2] == (None, None));
}

#[test]
fn every_measure_of_a_box_is_what_counting_says() {
    let sample = sample(|x| x[0] + x[1] < 0.8);
    for objective in [Objective::PerRow, Objective::PerShare, Objective::Mean] {
        let options = PrimOptions {
            objective,
            ..PrimOptions::default()
        };
        let mut before = 0.0;
        for peeled in prim(&sample, &options).unwrap().trajectory {
            let inside: Vec<usize> = (0..sample.rows())
                .filter(|&row| {
                    let point: Vec<f64> = (0..3).map(|j| sample.input(j)[row]).collect();
                    peeled.region.holds(&point)
                })
                .collect();
            let hits = inside
                .iter()
                .filter(|&&row| sample.output()[row] > 0.5)
                .count();
            assert_eq!((inside.len(), hits), (peeled.rows, peeled.interesting));
            assert!(peeled.mass >= options.mass && peeled.density >= before);
            // Peeling by the mean may take steps that leave it as it is.
            before = peeled.density;
        }
    }
}

#[test]
fn two_boxes_are_found_one_after_the_other() {
    let sample = sample(|x| x[0] < 0.5 && x[1] < 0.5 || x[0] > 0.7 && x[2] > 0.7);
    let found = discover(&sample, &PrimOptions::default()).unwrap();
    assert_eq!(found.boxes.len(), 2);
    assert!(found.coverage() > 0.9, "{}", found.coverage());
    assert!(found.boxes.iter().all(|found| found.chosen.density > 0.85));
}

#[test]
fn nothing_is_told_where_chance_decides() {
    let points = sobol_points(3, 2048);
    let mut draws = crate::samples::Draws(9);
    let outputs: Vec<f64> = (0..2048).map(|_| draws.next()).collect();
    let sample = Sample::new(&points, 3, &outputs).unwrap();
    let options = PrimOptions {
        interest: Interest::Below(0.3),
        ..PrimOptions::default()
    };
    assert!(discover(&sample, &options).unwrap().boxes.is_empty());
}

#[test]
fn whole_numbers_have_whole_limits() {
    let mut points = sobol_points(2, 1024);
    for x in points.chunks_mut(2) {
        x[0] = (x[0] * 8.0).floor();
    }
    let outputs: Vec<f64> = (points.chunks(2))
        .map(|x| f64::from(u8::from((2.0..=4.0).contains(&x[0]) && x[1] > 0.5)))
        .collect();
    let sample = Sample::new(&points, 2, &outputs).unwrap();
    let found = discover(&sample, &PrimOptions::default()).unwrap();
    let region = &found.boxes[0].chosen.region;
    assert_eq!(
        (region.limits[0].lower, region.limits[0].upper),
        (Some(2.0), Some(4.0))
    );
    let labels = [Label::new("rounds").form(Form::Whole), Label::new("cost")];
    assert!(
        region
            .words(&labels)
            .starts_with("rounds between 2 and 4 and cost > 0.")
    );
}

#[test]
fn halves_reproduce_what_is_there() {
    let sample = sample(|x| x[0] < 0.7 && x[1] > 0.4);
    let options = PrimOptions::default();
    let shares = reproduced(&sample, &options, 0.95, 10, 1).unwrap();
    assert!(
        shares[0] == 1.0 && shares[1] == 1.0 && shares[2] <= 0.5,
        "{shares:?}"
    );
}

#[test]
fn a_tree_finds_steps() {
    let points = sobol_points(3, 2048);
    let step = |x: &[f64]| match (x[0] < 0.3, x[1] < 0.6) {
        (true, _) => 1.0,
        (false, true) => 2.0,
        (false, false) => 5.0,
    };
    let outputs: Vec<f64> = points.chunks(3).map(step).collect();
    let sample = Sample::new(&points, 3, &outputs).unwrap();
    let tree = tree(&sample, &TreeOptions::default()).unwrap();
    let leaves = tree.leaves();
    // Three, or four if the second input is asked for first.
    assert!((3..=4).contains(&leaves.len()));
    assert!((tree.r2 - 1.0).abs() < 1e-12);
    for x in points.chunks(3) {
        assert_eq!(tree.predict(x), Some(step(x)));
    }
    assert!((leaves.iter().map(|leaf| leaf.share).sum::<f64>() - 1.0).abs() < 1e-12);
    assert_eq!(tree.predict(&[]), None);
    let labels = ["detection", "cost", "nothing"].map(Label::new);
    let dearest = leaves
        .iter()
        .find(|leaf| leaf.mean == 5.0)
        .map(|leaf| leaf.region.words(&labels));
    let words = dearest.unwrap();
    assert!(
        words.starts_with("detection > 0.3") && words.contains(" and cost > 0.6"),
        "{words}"
    );
}

#[test]
fn a_tree_keeps_no_leaf_that_noise_made() {
    let points = sobol_points(3, 1000);
    let mut draws = crate::samples::Draws(4);
    let outputs: Vec<f64> = (points.chunks(3))
        .map(|x| f64::from(u8::from(x[2] > 0.5)) * 4.0 + draws.normal())
        .collect();
    let sample = Sample::new(&points, 3, &outputs).unwrap();
    let kept = tree(&sample, &TreeOptions::default()).unwrap();
    assert_eq!(kept.leaves().len(), 2);
    let all = TreeOptions {
        complexity: 0.0,
        ..TreeOptions::default()
    };
    let whole = tree(&sample, &all).unwrap();
    assert!((6..=8).contains(&whole.leaves().len()));
    assert!(whole.leaves().iter().all(|leaf| leaf.rows >= 50));
    assert!(whole.r2 >= kept.r2);
}
