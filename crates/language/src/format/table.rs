//! Columns: neighbouring lines with like parts are aligned.

use super::flat::width;

/// One column: how far it stands off what is before it, and the widest cell that it makes room for (a wider
/// one pushes the rest of its own line aside).
pub(super) struct Column {
    pub gap: usize,
    pub widest: usize,
}

/// The width of each column. A row's last cell needs no room, since nothing follows it.
pub(super) fn widths(columns: &[Column], rows: &[Vec<Option<String>>]) -> Vec<usize> {
    let mut widths = vec![0; columns.len()];
    for row in rows {
        let last = row.iter().rposition(Option::is_some).unwrap_or(0);
        for (i, cell) in row.iter().enumerate().take(last) {
            let cell = cell.as_deref().map_or(0, width);
            if cell <= columns[i].widest {
                widths[i] = cell.max(widths[i]);
            }
        }
    }
    widths
}

/// A row with its cells at their columns.
pub(super) fn row(columns: &[Column], widths: &[usize], cells: &[Option<String>]) -> String {
    let mut line = String::new();
    let (mut column, mut at) = (0, 0);
    for (i, cell) in cells.iter().enumerate() {
        if i > 0 && widths[i] + cell.as_deref().map_or(0, width) > 0 {
            column += columns[i].gap;
        }
        if let Some(cell) = cell {
            let least = if i > 0 && at > 0 { columns[i].gap } else { 0 };
            let pad = column.saturating_sub(at).max(least);
            line.extend(std::iter::repeat_n(' ', pad));
            line.push_str(cell);
            at += pad + width(cell);
        }
        column += widths[i];
    }
    line
}
