//! Points and test functions.

use std::f64::consts::PI;

use detente_sensitivity::Sample;

/// Knuth's MMIX generator; its upper 32 bits as a number in [0, 1). `bench/peer_doubt_known.py` draws the same.
pub struct Draws(pub u64);

impl Draws {
    pub fn next(&mut self) -> f64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 32) as f64 / 2_f64.powi(32)
    }

    pub fn numbers(&mut self, count: usize) -> Vec<f64> {
        (0..count).map(|_| self.next()).collect()
    }

    /// A standard normal number (Box & Muller 1958).
    pub fn normal(&mut self) -> f64 {
        let (u, v) = (1.0 - self.next(), self.next());
        (-2.0 * u.ln()).sqrt() * (2.0 * PI * v).cos()
    }
}

/// The function of `bench/peer_doubt_known.py`.
pub fn sums_and_products(x: &[f64]) -> f64 {
    4.0 * x[0] + 2.0 * x[1] * x[1] + 8.0 * x[0] * x[2]
}

/// Its sample of 400 points.
pub fn given() -> (Vec<f64>, Sample) {
    let points = Draws(3).numbers(1200);
    let outputs: Vec<f64> = points.chunks(3).map(sums_and_products).collect();
    let sample = Sample::new(&points, 3, &outputs).unwrap();
    (points, sample)
}

/// Ishigami & Homma (1990) with a = 7, b = 0.1 on the unit cube.
pub fn ishigami(x: &[f64]) -> f64 {
    let z: Vec<f64> = x.iter().map(|x| PI * (2.0 * x - 1.0)).collect();
    z[0].sin() + 7.0 * z[1].sin().powi(2) + 0.1 * z[2].powi(4) * z[0].sin()
}

/// The rows of a Saltelli design over one base point.
pub fn block(a: &[f64], b: &[f64], second: bool) -> Vec<Vec<f64>> {
    let mixed = |from: &[f64], to: &[f64], j: usize| {
        let mut row = from.to_vec();
        row[j] = to[j];
        row
    };
    let mut rows = vec![a.to_vec()];
    rows.extend((0..a.len()).map(|j| mixed(a, b, j)));
    if second {
        rows.extend((0..a.len()).map(|j| mixed(b, a, j)));
    }
    rows.push(b.to_vec());
    rows
}

/// Outputs of a Saltelli design over scrambled Sobol' points.
pub fn saltelli(
    inputs: usize,
    base_points: u32,
    second: bool,
    function: impl Fn(&[f64]) -> f64,
) -> Vec<f64> {
    let point = |i: u32| -> Vec<f64> {
        (0..2 * inputs as u32)
            .map(|j| f64::from(sobol_burley::sample(i, j, 7)))
            .collect()
    };
    (0..base_points)
        .flat_map(|i| {
            let point = point(i);
            let (a, b) = point.split_at(inputs);
            block(a, b, second)
        })
        .map(|row| function(&row))
        .collect()
}

/// Points of the scrambled Sobol' sequence, one after the other.
pub fn sobol_points(inputs: usize, rows: u32) -> Vec<f64> {
    (0..rows)
        .flat_map(|i| (0..inputs as u32).map(move |j| f64::from(sobol_burley::sample(i, j, 7))))
        .collect()
}
