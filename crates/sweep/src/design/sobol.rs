//! Sobol' sequences (Sobol' 1967) with the direction numbers of Joe & Kuo (2008), in the order of the Gray code
//! (Antonov & Saleev 1979), scrambled as by Owen (1995).

use super::DesignError;
use super::mix::{key, mix, unit};
use sobol::params::JoeKuoD6;

const PURPOSE: u64 = 3;
/// Binary digits of a coordinate.
const DIGITS: usize = 53;
/// Dimensions for which there are direction numbers.
pub const MOST_DIMENSIONS: usize = 1_000;

/// Direction numbers of some dimensions.
#[derive(Clone, Debug)]
pub(super) struct Sequence {
    /// Per dimension, the number of each binary digit in the upper bits.
    directions: Vec<Vec<u64>>,
    /// Per dimension, what its scrambling hangs on.
    keys: Vec<u64>,
}

impl Sequence {
    /// The sequence in so many dimensions.
    pub(super) fn new(seed: u64, dimensions: usize) -> Result<Sequence, DesignError> {
        if dimensions > MOST_DIMENSIONS {
            return Err(DesignError::Dimensions {
                wanted: dimensions,
                most: MOST_DIMENSIONS,
            });
        }
        let table = JoeKuoD6::standard();
        let directions = match dimensions {
            0 => Vec::new(),
            _ => sobol::Sobol::<f64>::init_direction_vals::<u32>(dimensions, DIGITS, &table),
        };
        Ok(Sequence {
            directions,
            keys: (0..dimensions as u64)
                .map(|d| key(seed, PURPOSE, d))
                .collect(),
        })
    }

    /// Coordinate of point `at` as it stands in the tables.
    pub(super) fn plain(&self, dimension: usize, at: u64) -> u64 {
        let mut gray = at ^ (at >> 1);
        let mut bits = 0;
        while gray != 0 {
            let digit = gray.trailing_zeros() as usize;
            bits ^= self.directions[dimension].get(digit).copied().unwrap_or(0);
            gray &= gray - 1;
        }
        bits
    }

    /// Coordinate of point `at`, scrambled: every digit is turned or not by a coin that hangs on the digits before it.
    pub(super) fn scrambled(&self, dimension: usize, at: u64) -> f64 {
        let plain = self.plain(dimension, at);
        let key = self.keys[dimension];
        let mut turned = plain;
        for digit in 0..DIGITS {
            let before = if digit == 0 { 0 } else { plain >> (64 - digit) };
            // The digits before it with a one in front, so that 0 and 00 are two places.
            let place = before | (1 << digit);
            turned ^= (mix(key ^ mix(place)) >> 63) << (63 - digit);
        }
        unit(turned)
    }
}

#[cfg(test)]
mod tests {
    use super::{Sequence, unit};

    /// The table of Joe & Kuo's web page for their `new-joe-kuo-6.21201`, three dimensions.
    #[test]
    fn the_plain_sequence_is_that_of_joe_and_kuo() {
        let sequence = Sequence::new(1, 3).unwrap();
        let expected = [
            [0.0, 0.0, 0.0],
            [0.5, 0.5, 0.5],
            [0.75, 0.25, 0.25],
            [0.25, 0.75, 0.75],
            [0.375, 0.375, 0.625],
            [0.875, 0.875, 0.125],
            [0.625, 0.125, 0.875],
            [0.125, 0.625, 0.375],
            [0.1875, 0.3125, 0.9375],
            [0.6875, 0.8125, 0.4375],
        ];
        for (at, row) in expected.iter().enumerate() {
            for (dimension, number) in row.iter().enumerate() {
                let found = unit(sequence.plain(dimension, at as u64));
                assert!(found.total_cmp(number).is_eq(), "{at} {dimension}: {found}");
            }
        }
    }

    /// Scrambling keeps the net: of 2^m points every elementary interval of volume 2^-m in the first two dimensions
    /// (a (0, 2)-sequence) holds one.
    #[test]
    fn scrambled_points_are_a_net() {
        let sequence = Sequence::new(7, 2).unwrap();
        let points: Vec<[f64; 2]> = (0..64)
            .map(|at| [0, 1].map(|d| sequence.scrambled(d, at)))
            .collect();
        for x_digits in 0..=6 {
            let (columns, rows) = (1_usize << x_digits, 1_usize << (6 - x_digits));
            let mut held = vec![0; 64];
            for [x, y] in &points {
                let column = (x * columns as f64) as usize;
                held[column * rows + (y * rows as f64) as usize] += 1;
            }
            assert!(held.iter().all(|&count| count == 1), "{columns} × {rows}");
        }
    }
}
