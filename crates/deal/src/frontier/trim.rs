//! Thinning of a set of undominated points within a guaranteed error (Papadimitriou and Yannakakis 2000, with
//! differences instead of ratios).

/// Positions of points such that every point of the set is at most `allowance` above one of them in every coordinate,
/// and the largest excess that occurs. The set must be undominated.
pub(crate) fn trim(columns: &[&[f64]], allowance: f64) -> (Vec<usize>, f64) {
    match columns {
        [first, second] => along_curve(first, second, allowance),
        _ => by_cells(columns, allowance),
    }
}

/// Two coordinates: from the first point not covered, the farthest that still covers it; then past all that this one
/// covers. No smaller set will do.
fn along_curve(first: &[f64], second: &[f64], allowance: f64) -> (Vec<usize>, f64) {
    let mut order: Vec<usize> = (0..first.len()).collect();
    order.sort_unstable_by(|&a, &b| first[b].total_cmp(&first[a]));
    let mut kept = Vec::new();
    let mut error = 0.0_f64;
    let mut next = 0;
    while next < order.len() {
        let open = order[next];
        let reach = order[next..].partition_point(|&p| first[open] - first[p] <= allowance);
        // At least the open point itself is in reach.
        let chosen = next + reach.max(1) - 1;
        let keep = order[chosen];
        error = error.max(first[open] - first[keep]);
        kept.push(keep);
        let covered = order[chosen..].partition_point(|&p| second[p] - second[keep] <= allowance);
        next = chosen + covered.max(1);
        error = error.max(second[order[next - 1]] - second[keep]);
    }
    (kept, error)
}

/// Any number of coordinates: one point per cell of a grid whose cells are as wide as the allowance, the one with the
/// largest sum.
fn by_cells(columns: &[&[f64]], allowance: f64) -> (Vec<usize>, f64) {
    let points = columns.first().map_or(0, |column| column.len());
    let width = columns.len();
    let mut cells = vec![0.0; points * width];
    for (c, column) in columns.iter().enumerate() {
        for (p, value) in column.iter().enumerate() {
            cells[p * width + c] = (value / allowance).floor();
        }
    }
    let cell = |p: usize| &cells[p * width..(p + 1) * width];
    let sum = |p: usize| columns.iter().map(|column| column[p]).sum::<f64>();
    let mut order: Vec<usize> = (0..points).collect();
    order.sort_unstable_by(|&a, &b| {
        let cells = cell(a).iter().zip(cell(b)).map(|(x, y)| x.total_cmp(y));
        cells
            .into_iter()
            .find(|order| order.is_ne())
            .unwrap_or_else(|| sum(b).total_cmp(&sum(a)).then(a.cmp(&b)))
    });
    let mut kept: Vec<usize> = Vec::new();
    let mut error = 0.0_f64;
    for p in order {
        match kept.last() {
            Some(&keep) if cell(keep) == cell(p) => {
                for column in columns {
                    error = error.max(column[p] - column[keep]);
                }
            }
            _ => kept.push(p),
        }
    }
    (kept, error)
}
