//! Errors with sentences.

use detente_sensitivity::{
    DeltaOptions, InformationOptions, Interest, MorrisOptions, PrimOptions, Sample,
    SensitivityError as E, SobolOptions, TreeOptions, delta, discover, morris, pawn, prim,
    regression, sobol, tree, value_of_information,
};

#[test]
fn samples() {
    let new = Sample::new;
    assert_eq!(new(&[], 0, &[]), Err(E::NoInputs));
    assert_eq!(
        new(&[1.0; 5], 2, &[1.0; 2]),
        Err(E::Ragged {
            values: 5,
            inputs: 2
        })
    );
    assert_eq!(
        new(&[1.0; 4], 2, &[1.0; 3]),
        Err(E::Unequal {
            points: 2,
            outputs: 3
        })
    );
    let infinite = E::Output {
        row: 2,
        value: f64::INFINITY,
    };
    assert_eq!(new(&[1.0; 2], 1, &[1.0, f64::INFINITY]), Err(infinite));
    assert!(matches!(
        new(&[1.0, 2.0, 3.0, f64::NAN], 2, &[1.0; 2]),
        Err(E::Input {
            row: 2,
            input: 2,
            ..
        })
    ));
    let none = E::TooFew {
        what: "rows",
        rows: 0,
        needed: 1,
    };
    assert_eq!(new(&[1.0], 1, &[f64::NAN]), Err(none));
}

#[test]
fn designs() {
    let options = SobolOptions::default();
    assert_eq!(sobol(&[], 0, &options), Err(E::NoInputs));
    assert_eq!(
        sobol(&[1.0; 9], 3, &options),
        Err(E::Blocks { rows: 9, block: 8 })
    );
    assert_eq!(
        sobol(&[1.0; 16], 3, &options),
        Err(E::Constant { value: 1.0 })
    );
    assert!(matches!(
        sobol(&[1.0; 8], 3, &options),
        Err(E::TooFew {
            rows: 1,
            needed: 2,
            ..
        })
    ));
    let sure = SobolOptions {
        confidence: 1.0,
        ..options
    };
    assert!(matches!(
        sobol(&[1.0; 16], 3, &sure),
        Err(E::Setting { .. })
    ));

    let options = MorrisOptions::default();
    assert!(matches!(
        morris(&[], usize::MAX, &[], &options),
        Err(E::TooFew { .. })
    ));
    let walk = [0.0, 0.0, 1.0, 0.0, 1.0, 1.0].repeat(2);
    assert!(morris(&walk, 2, &[1.0; 6], &options).is_ok());
    assert!(matches!(
        morris(&walk, 2, &[1.0; 5], &options),
        Err(E::Unequal { .. })
    ));
    assert!(matches!(
        morris(&walk[..8], 2, &[1.0; 4], &options),
        Err(E::Blocks { .. })
    ));
    assert!(matches!(
        morris(&walk[..6], 2, &[1.0; 3], &options),
        Err(E::TooFew { .. })
    ));
    let mut back = walk.clone();
    back[10] = 0.0;
    back[11] = 0.0;
    let twice = E::Trajectory {
        trajectory: 2,
        step: 2,
    };
    assert_eq!(morris(&back, 2, &[1.0; 6], &options), Err(twice.clone()));
    assert!(
        twice
            .to_string()
            .starts_with("trajectory 2, step 2: every step must change")
    );
    let odd = MorrisOptions {
        levels: 3,
        ..options
    };
    assert!(matches!(
        morris(&walk, 2, &[1.0; 6], &odd),
        Err(E::Setting { .. })
    ));
}

#[test]
fn given_data() {
    let points: Vec<f64> = (0..20).map(f64::from).collect();
    let flat = Sample::new(&points, 1, &[2.0; 20]).unwrap();
    let constant = E::Constant { value: 2.0 };
    assert_eq!(
        delta(&flat, &DeltaOptions::default()),
        Err(constant.clone())
    );
    assert_eq!(pawn(&flat, 10, 1), Err(constant.clone()));
    assert_eq!(regression(&flat, 1), Err(constant.clone()));
    assert_eq!(tree(&flat, &TreeOptions::default()), Err(constant.clone()));
    assert_eq!(
        constant.to_string(),
        "the output is 2 in every row; it hangs on none of the inputs"
    );
    let all = E::OneKind {
        interesting: 20,
        rows: 20,
    };
    assert_eq!(prim(&flat, &PrimOptions::default()), Err(all));
    let below = PrimOptions {
        interest: Interest::Below(1.0),
        ..PrimOptions::default()
    };
    assert_eq!(
        discover(&flat, &below),
        Err(E::OneKind {
            interesting: 0,
            rows: 20
        })
    );

    let short = Sample::new(&points[..4], 1, &points[..4]).unwrap();
    assert!(matches!(
        delta(&short, &DeltaOptions::default()),
        Err(E::TooFew { .. })
    ));
    assert!(matches!(pawn(&short, 10, 1), Err(E::TooFew { .. })));
    assert!(matches!(pawn(&short, 0, 1), Err(E::Setting { .. })));
    assert!(regression(&short, 1).is_ok());
    let sample = Sample::new(&points, 1, &points).unwrap();
    let greedy = PrimOptions {
        peel: 0.5,
        ..PrimOptions::default()
    };
    assert!(matches!(prim(&sample, &greedy), Err(E::Setting { .. })));
    let deep = TreeOptions {
        depth: 9,
        ..TreeOptions::default()
    };
    assert!(matches!(tree(&sample, &deep), Err(E::Setting { .. })));
}

#[test]
fn choices() {
    let points: Vec<f64> = (0..20).map(f64::from).collect();
    let options = InformationOptions::default();
    let worth =
        |payoffs: &[f64], choices| value_of_information(&points, 1, payoffs, choices, &options);
    assert!(matches!(worth(&[1.0; 40], 0), Err(E::Setting { .. })));
    assert!(matches!(
        worth(&[1.0; 40], usize::MAX),
        Err(E::Unequal { .. })
    ));
    assert!(matches!(worth(&[1.0; 39], 2), Err(E::Unequal { .. })));
    assert!(matches!(worth(&[f64::NAN; 40], 2), Err(E::TooFew { .. })));
    assert!(matches!(
        worth(&[f64::INFINITY; 40], 2),
        Err(E::Output { .. })
    ));
    assert!(worth(&[1.0; 40], 2).is_ok());
}
