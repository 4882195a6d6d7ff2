//! Tables of draws with a known make.

use detente_doubt::{Analysis, Table, analyse};
use detente_findings::model::{Doubt, DoubtNumber, DoubtOutput, OutputKind, Unit};

/// Numbers between 0 and 1 that lie evenly (a Kronecker sequence of roots of primes), and the endings that they make.
fn table(rows: usize, numbers: usize, ending: impl Fn(&[f64]) -> f64) -> Table {
    const PRIMES: [f64; 8] = [2.0, 3.0, 5.0, 7.0, 11.0, 13.0, 17.0, 19.0];
    let inputs: Vec<Vec<f64>> = (0..numbers)
        .map(|j| {
            (1..=rows)
                .map(|i| (i as f64 * PRIMES[j].sqrt()).fract())
                .collect()
        })
        .collect();
    let first: Vec<f64> = (0..rows)
        .map(|i| ending(&inputs.iter().map(|column| column[i]).collect::<Vec<_>>()))
        .collect();
    let rest = first.iter().map(|p| 1.0 - p).collect();
    let number = |j: usize| DoubtNumber {
        id: format!("x{j}"),
        about: String::new(),
        percent: false,
        base: Some(0.5),
        low: 0.0,
        high: 1.0,
    };
    let output = |label: &str| DoubtOutput {
        kind: OutputKind::Ending,
        label: label.to_owned(),
        unit: Unit::Probability,
        best: None,
        solved: 0,
        quantiles: None,
    };
    Table {
        numbers: (0..numbers).map(number).collect(),
        outputs: vec![output("war"), output("peace")],
        inputs,
        values: vec![first, rest],
    }
}

fn analysed(table: Table) -> Doubt {
    let mut doubt = Doubt::default();
    let analysis = Analysis {
        lead: None,
        fills: true,
        seed: 1,
        threads: 2,
    };
    analyse(&mut doubt, table, analysis);
    doubt
}

#[test]
fn a_box_is_found_again() {
    let doubt = analysed(table(400, 6, |x| {
        if x[0] > 0.6 && x[1] < 0.5 { 0.8 } else { 0.1 }
    }));
    let found = &doubt.conditions[0].boxes[0];
    let sides: Vec<usize> = found.limits.iter().map(|side| side.number).collect();
    assert_eq!(sides, [0, 1]);
    assert!((found.limits[0].lower.unwrap() - 0.6).abs() < 0.05);
    assert!((found.limits[1].upper.unwrap() - 0.5).abs() < 0.05);
    assert!(found.density > 0.9 && found.coverage > 0.9);
    let tree = doubt.tree.unwrap();
    assert!(tree.r2 > 0.9);
    let questions: Vec<usize> = (tree.nodes.iter())
        .filter_map(|node| node.question.as_ref())
        .map(|question| question.number)
        .collect();
    assert_eq!(questions.len(), 2);
    assert!(questions.contains(&0) && questions.contains(&1));
}

#[test]
fn what_rises_and_falls_again_is_seen_with_draws_enough() {
    let doubt = analysed(table(600, 4, |x| (4.0 * (x[2] - 0.5).powi(2)).min(1.0)));
    let war = &doubt.importance[0];
    assert_eq!(war.found[0].number, 2);
    assert!(war.found[0].delta.unwrap().0 > 0.3);
}

#[test]
fn of_noise_nothing_is_said() {
    // An output that is a number of its own, which is not among those that are looked at.
    let mut whole = table(150, 8, |x| x[7]);
    whole.numbers.truncate(7);
    whole.inputs.truncate(7);
    let doubt = analysed(whole);
    assert!(doubt.importance.is_empty(), "{:?}", doubt.importance);
    assert!(doubt.conditions.is_empty() && doubt.tree.is_none());
    assert_eq!(doubt.outputs[0].solved, 150);
}
