//! A coarse grid that throws out most dominated points of a large set before they are sorted.
//!
//! All coordinates but the last are cut into cells. A point is dominated if some point in cells strictly above its
//! own, in every cut coordinate, is at least as large in the last.

/// Below this many points, sorting all of them is as fast.
const SMALL: usize = 512;

/// Cells per cut coordinate, by number of cut coordinates.
const CELLS: [usize; 3] = [2048, 96, 24];

/// Positions of the points that the grid cannot throw out, in rising order.
pub(crate) fn survivors(columns: &[&[f64]]) -> Vec<usize> {
    let points = columns.first().map_or(0, |column| column.len());
    let Some((last, cut)) = columns.split_last() else {
        return Vec::new();
    };
    if points < SMALL || !(1..=CELLS.len()).contains(&cut.len()) {
        return (0..points).collect();
    }
    let cells = CELLS[cut.len() - 1];
    let cell_of = cells_of(cut, cells);
    let mut best = vec![f64::NEG_INFINITY; cells.pow(cut.len() as u32)];
    for (&cell, &value) in cell_of.iter().zip(*last) {
        let best = &mut best[cell as usize];
        *best = best.max(value);
    }
    let bound = strictly_above(best, cells, cut.len());
    (0..points)
        .filter(|&p| last[p] > bound[cell_of[p] as usize])
        .collect()
}

/// The cell of every point; larger numbers in a coordinate never come into a lower cell of it.
fn cells_of(cut: &[&[f64]], cells: usize) -> Vec<u32> {
    let mut cell_of = vec![0_u32; cut[0].len()];
    for column in cut {
        let (low, high) = column
            .iter()
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), &value| {
                (low.min(value), high.max(value))
            });
        let scale = if high > low {
            (cells - 1) as f64 / (high - low)
        } else {
            0.0
        };
        // A width beyond the largest number makes the scale 0: one cell, still correct.
        for (cell, &value) in cell_of.iter_mut().zip(*column) {
            let along = ((value - low) * scale).min((cells - 1) as f64);
            *cell = *cell * cells as u32 + along as u32;
        }
    }
    cell_of
}

/// For every cell, the largest entry among the cells strictly above it in all coordinates.
fn strictly_above(mut best: Vec<f64>, cells: usize, coordinates: usize) -> Vec<f64> {
    for c in 0..coordinates {
        let stride = cells.pow(c as u32);
        let line = stride * cells;
        for block in best.chunks_exact_mut(line) {
            for offset in 0..stride {
                let mut above = f64::NEG_INFINITY;
                for k in (0..cells).rev() {
                    let entry = &mut block[offset + k * stride];
                    let own = *entry;
                    *entry = above;
                    above = above.max(own);
                }
            }
        }
    }
    best
}
