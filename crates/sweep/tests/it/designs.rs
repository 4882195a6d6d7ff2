//! Designs: what defines each of them, and that every point is the same whoever asks for it.

use crate::numbers;
use detente_language::eval::bind;
use detente_sweep::design::{Correlation, Design, DesignError, Input, Of, Points, PointsFile};
use detente_sweep::doubtful;

const THREE: &str =
    "param x = 2 in 0 .. 10\nparam y = 5 in 1 .. 100 ~ log_uniform()\nparam z = 1 in 0 .. 4 step 1";

fn inputs(params: &str) -> Vec<Input> {
    let numbers = numbers(params).into_iter().enumerate();
    numbers
        .map(|(i, number)| Input {
            name: format!("n{i}"),
            of: Of::Number(number),
        })
        .collect()
}

fn points(params: &str, design: Design, seed: u64) -> Points {
    Points::new(inputs(params), design, seed, &[]).unwrap()
}

fn cubes(points: &Points) -> Vec<Vec<f64>> {
    (0..points.count())
        .map(|at| points.cube(at).unwrap())
        .collect()
}

/// Average ranks need not be told apart here: continuous numbers have no ties.
fn ranks(values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|&a, &b| values[a].total_cmp(&values[b]));
    let mut ranks = vec![0.0; values.len()];
    for (rank, at) in order.into_iter().enumerate() {
        ranks[at] = rank as f64;
    }
    ranks
}

fn rank_correlation(a: &[f64], b: &[f64]) -> f64 {
    let (a, b) = (ranks(a), ranks(b));
    let middle = (a.len() - 1) as f64 / 2.0;
    let product: f64 = a
        .iter()
        .zip(&b)
        .map(|(x, y)| (x - middle) * (y - middle))
        .sum();
    let square: f64 = a.iter().map(|x| (x - middle) * (x - middle)).sum();
    product / square
}

#[test]
fn a_latin_hypercube_meets_every_stratum_of_every_number_once() {
    let count = 97;
    let found = points(THREE, Design::Latin { points: count }, 3);
    for number in 0..3 {
        let cubes = cubes(&found);
        let mut parts: Vec<u64> = cubes
            .iter()
            .map(|c| (c[number] * count as f64) as u64)
            .collect();
        parts.sort_unstable();
        assert!(parts.into_iter().eq(0..count));
    }
}

#[test]
fn sobol_points_are_even_in_every_dimension_and_their_means_are_near() {
    let found = points(THREE, Design::Sobol { points: 256 }, 3);
    let cubes = cubes(&found);
    for number in 0..3 {
        let mut parts: Vec<u64> = cubes.iter().map(|c| (c[number] * 256.0) as u64).collect();
        parts.sort_unstable();
        assert!(parts.into_iter().eq(0..256));
    }
}

#[test]
fn monte_carlo_is_uniform_and_uncorrelated() {
    let found = points(THREE, Design::MonteCarlo { points: 4000 }, 9);
    let cubes = cubes(&found);
    let column = |d: usize| cubes.iter().map(|c| c[d]).collect::<Vec<f64>>();
    for d in 0..3 {
        let mean = column(d).iter().sum::<f64>() / 4000.0;
        // Four standard errors.
        assert!(
            (mean - 0.5).abs() < 4.0 * (1.0_f64 / 12.0 / 4000.0).sqrt(),
            "{mean}"
        );
    }
    assert!(rank_correlation(&column(0), &column(1)).abs() < 4.0 / 4000.0_f64.sqrt());
}

#[test]
fn draws_of_a_number_do_not_hang_on_which_others_are_varied() {
    for design in [
        Design::MonteCarlo { points: 50 },
        Design::Latin { points: 50 },
    ] {
        let all = points(THREE, design.clone(), 5);
        let mut some = inputs(THREE);
        some.remove(0);
        let some = Points::new(some, design, 5, &[]).unwrap();
        for at in 0..50 {
            assert_eq!(all.values(at)[1..], some.values(at)[..]);
        }
    }
}

#[test]
fn another_seed_gives_other_points() {
    for design in [
        Design::MonteCarlo { points: 8 },
        Design::Latin { points: 8 },
        Design::Sobol { points: 8 },
        Design::Morris {
            trajectories: 2,
            levels: 4,
        },
    ] {
        let all = |seed| {
            let points = points(THREE, design.clone(), seed);
            (0..8).map(|at| points.values(at)).collect::<Vec<_>>()
        };
        assert_ne!(all(1), all(2), "{design:?}");
        assert_eq!(all(1), all(1));
    }
}

#[test]
fn a_grid_is_every_combination_with_the_last_number_fastest() {
    let found = points(THREE, Design::Grid { values: 3 }, 1);
    assert_eq!(found.count(), 27);
    let rows: Vec<Vec<f64>> = (0..4).map(|at| found.values(at)).collect();
    assert_eq!(rows[0], [0.0, 1.0, 0.0]);
    assert_eq!(rows[1], [0.0, 1.0, 2.0]);
    assert_eq!(rows[2], [0.0, 1.0, 4.0]);
    assert_eq!(rows[3][0], 0.0);
    assert!((rows[3][1] - 10.0).abs() < 1e-12, "spread by factors");
    assert_eq!(found.values(26), [10.0, 100.0, 4.0]);
    // Five steps are all that z has.
    assert_eq!(
        points(THREE, Design::Grid { values: 9 }, 1).count(),
        9 * 9 * 5
    );
}

#[test]
fn one_at_a_time_leaves_the_best_guesses_one_by_one() {
    let found = points(THREE, Design::OneAtATime { values: 2 }, 1);
    let rows: Vec<Vec<f64>> = (0..found.count()).map(|at| found.values(at)).collect();
    assert_eq!(
        rows,
        [
            [2.0, 5.0, 1.0],
            [0.0, 5.0, 1.0],
            [10.0, 5.0, 1.0],
            [2.0, 1.0, 1.0],
            [2.0, 100.0, 1.0],
            [2.0, 5.0, 0.0],
            [2.0, 5.0, 4.0],
        ]
    );
}

/// SALib's `saltelli.sample` and `sobol.sample`: per base point A, AB of each number, BA of each number, B.
#[test]
fn saltelli_rows_stand_in_salibs_order() {
    for second_order in [false, true] {
        let base = 16;
        let found = points(THREE, Design::Saltelli { base, second_order }, 4);
        let block = if second_order { 8 } else { 5 };
        assert_eq!(found.count(), base * block);
        for i in 0..base {
            let row = |k: u64| found.cube(i * block + k).unwrap();
            let (a, b) = (row(0), row(block - 1));
            for k in 0..3 {
                let mut ab = a.clone();
                ab[k] = b[k];
                assert_eq!(row(1 + k as u64), ab);
                if second_order {
                    let mut ba = b.clone();
                    ba[k] = a[k];
                    assert_eq!(row(4 + k as u64), ba);
                }
            }
            assert!(a.iter().zip(&b).all(|(a, b)| a != b));
        }
    }
}

/// Morris 1991: in each trajectory every number moves once, by Δ = p / (2 (p − 1)), on the grid of levels.
#[test]
fn morris_trajectories_move_every_number_once() {
    let levels = 6;
    let found = points(
        THREE,
        Design::Morris {
            trajectories: 40,
            levels,
        },
        2,
    );
    assert_eq!(found.count(), 160);
    let delta = 6.0 / 10.0;
    let mut seen = std::collections::HashSet::new();
    for trajectory in 0..40 {
        let rows: Vec<Vec<f64>> = (0..4)
            .map(|s| found.cube(trajectory * 4 + s).unwrap())
            .collect();
        let mut moved = Vec::new();
        for pair in rows.windows(2) {
            let changed: Vec<usize> = (0..3).filter(|&d| pair[0][d] != pair[1][d]).collect();
            assert_eq!(changed.len(), 1);
            assert!(((pair[1][changed[0]] - pair[0][changed[0]]).abs() - delta).abs() < 1e-12);
            moved.push(changed[0]);
        }
        let order = moved.clone();
        moved.sort_unstable();
        assert_eq!(moved, [0, 1, 2]);
        seen.insert(order);
        for u in rows.iter().flatten() {
            let level = u * (levels - 1) as f64;
            assert!((level - level.round()).abs() < 1e-9 && (0.0..=1.0).contains(u));
        }
    }
    assert_eq!(seen.len(), 6, "numbers move in every order");
    let odd = Points::new(
        inputs(THREE),
        Design::Morris {
            trajectories: 1,
            levels: 5,
        },
        1,
        &[],
    );
    assert_eq!(odd.unwrap_err(), DesignError::Levels(5));
}

#[test]
fn a_copula_has_the_rank_correlations_that_are_asked_for() {
    let inputs = inputs(THREE);
    let id = |i: usize| inputs[i].parameter().unwrap();
    let correlations = [
        Correlation {
            a: id(0),
            b: id(1),
            rank: 0.7,
        },
        Correlation {
            a: id(1),
            b: id(2),
            rank: -0.4,
        },
    ];
    for design in [
        Design::MonteCarlo { points: 4000 },
        Design::Latin { points: 4000 },
        Design::Sobol { points: 4096 },
    ] {
        let count = 4000;
        let found = Points::new(inputs.clone(), design.clone(), 6, &correlations).unwrap();
        let cubes: Vec<Vec<f64>> = (0..count).map(|at| found.cube(at).unwrap()).collect();
        let column = |d: usize| cubes.iter().map(|c| c[d]).collect::<Vec<f64>>();
        for (a, b, rank) in [(0, 1, 0.7), (1, 2, -0.4), (0, 2, 0.0)] {
            let is = rank_correlation(&column(a), &column(b));
            assert!((is - rank).abs() < 0.05, "{design:?}: {is} for {rank}");
        }
        for d in 0..3 {
            let mean = column(d).iter().sum::<f64>() / count as f64;
            assert!((mean - 0.5).abs() < 0.02, "still uniform: {mean}");
        }
    }
    let kept = Points::new(inputs.clone(), Design::Grid { values: 2 }, 1, &correlations).unwrap();
    assert!(
        kept.notes()[0].contains("independent"),
        "{:?}",
        kept.notes()
    );
    let impossible = [
        Correlation {
            a: id(0),
            b: id(1),
            rank: 0.9,
        },
        Correlation {
            a: id(1),
            b: id(2),
            rank: 0.9,
        },
        Correlation {
            a: id(0),
            b: id(2),
            rank: -0.9,
        },
    ];
    let refused = Points::new(inputs, Design::Sobol { points: 8 }, 1, &impossible);
    assert_eq!(refused.unwrap_err(), DesignError::Impossible);
}

#[test]
fn the_precision_is_one_more_dimension() {
    let mut inputs = inputs(THREE);
    inputs.push(Input::precision(1.0, 100.0));
    let found = Points::new(inputs, Design::Sobol { points: 64 }, 1, &[]).unwrap();
    let below = (0..64).filter(|&at| {
        let precision = found.point(at).precision.unwrap();
        assert!((1.0..=100.0).contains(&precision));
        precision < 10.0
    });
    assert_eq!(below.count(), 32, "log-uniform");
    assert_eq!(found.point(0).overrides.len(), 3);
}

fn file(name: &str, text: &[u8], scenario: &str) -> Result<PointsFile, DesignError> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, text).unwrap();
    let scenario = crate::scenario(&format!("{scenario}\nactor a\noutcome o\nplay {{ end o }}"));
    let settings = bind(&scenario, &[]).unwrap();
    let numbers = doubtful(&scenario, &settings, &[]).unwrap();
    PointsFile::read(&path, &scenario, &numbers)
}

#[test]
fn points_are_read_from_csv() {
    let params = "param share = 20 % in 0 % .. 50 %\nparam fixed = 3\nparam x = 1 in 0 .. 9";
    let read = file(
        "points.csv",
        b"x, share ,fixed,precision\n1,20%,7,30\n9,0.5,8,3e2\n",
        params,
    );
    let points = Points::of_file(read.unwrap()).unwrap();
    assert_eq!(points.count(), 2);
    assert_eq!(points.values(0), [1.0, 0.2, 7.0, 30.0]);
    assert_eq!(points.values(1), [9.0, 0.5, 8.0, 300.0]);
    assert_eq!(points.point(1).precision, Some(300.0));
}

#[test]
fn bad_files_of_points_are_refused_with_the_place() {
    let params = "param share = 20 % in 0 % .. 50 %\nparam x = 1 in 0 .. 9";
    let says = |name: &str, text: &str, words: &str| {
        let error = file(name, text.as_bytes(), params).unwrap_err().to_string();
        assert!(error.contains(words), "{error}");
    };
    says(
        "a.csv",
        "x,shares\n1,2\n",
        "no param for the column `shares`; did you mean `share`?",
    );
    says(
        "a.csv",
        "x,share\n1,0.2\n2,\n",
        "row 2: `share` has no value",
    );
    says(
        "a.csv",
        "x,share\n1,0.2\n2,nan\n",
        "row 2: `share` has no value",
    );
    says(
        "a.csv",
        "x,share\n1,many\n",
        "row 1: `share` is `many`, which is no number",
    );
    says(
        "a.csv",
        "x,share\n1,0.2\n1,0.6\n",
        "row 2: `share` is 0.6, outside of its range 0 .. 0.5",
    );
    says(
        "a.csv",
        "x,share\n1\n",
        "row 1 has 1 values and there are 2 columns",
    );
    says("a.csv", "x,x\n1,1\n", "the column `x` stands twice");
    says("a.txt", "x\n1\n", ".csv or .parquet");
    says("a.parquet", "x\n1\n", "cannot be read as Parquet");
    let empty = file("a.csv", b"x,share\n", params).unwrap();
    assert_eq!(Points::of_file(empty).unwrap_err(), DesignError::Empty);
}

#[test]
fn designs_without_points_or_numbers_are_refused() {
    let none = Points::new(Vec::new(), Design::Sobol { points: 8 }, 1, &[]);
    assert_eq!(none.unwrap_err(), DesignError::Nothing);
    for design in [Design::Latin { points: 0 }, Design::Grid { values: 0 }] {
        let empty = Points::new(inputs(THREE), design, 1, &[]);
        assert_eq!(empty.unwrap_err(), DesignError::Empty);
    }
    let large = Points::new(inputs(THREE), Design::Grid { values: 10_000_000 }, 1, &[]);
    assert_eq!(large.unwrap_err(), DesignError::Values);
}
