//! Layout of tables: those by one thing like other braces, those by two with their columns aligned to the right.

use super::braces::List;
use super::flat::{Shape, width};
use super::{Printer, STEP, WIDTH};
use crate::ast::{Cells, Expr, ExprKind, Row};

impl Printer<'_> {
    /// The braces of a table; `crossed` where it goes by two things.
    pub(super) fn cells(&mut self, cells: &Cells, crossed: bool, header_end: u32) {
        let end = cells.span.end;
        let bare = !crossed || cells.rows.is_empty() && cells.columns.is_empty();
        if bare
            && !self.commented(end)
            && let Some(line) = self.flat(self.room(0), &List(&cells.rows))
        {
            self.write(&line);
            return;
        }
        let close = end.saturating_sub(1);
        let grid = Grid::new(self, cells, crossed);
        let limit_of = |i: usize| cells.rows.get(i).map_or(close, |row| row.span.start);
        self.write(" {");
        let head = cells.columns.first().zip(cells.columns.last());
        self.finish(
            header_end,
            head.map_or(limit_of(0), |(first, _)| first.span.start),
        );
        self.fresh = true;
        if let Some((first, last)) = head {
            self.begin(first.span.start, last.span.end, STEP);
            let line = grid.head(&cells.columns, self);
            self.write(&line);
            self.finish(last.span.end, limit_of(0));
        }
        for (i, row) in cells.rows.iter().enumerate() {
            self.begin(row.span.start, row.span.end, STEP);
            match grid.rows.get(i) {
                Some(Some(cells)) => {
                    let line = grid.line(&key(self, &row.key, true), cells);
                    self.write(&line);
                }
                _ => self.long_row(row),
            }
            self.finish(row.span.end, limit_of(i + 1));
        }
        self.flush(close, STEP);
        self.line(0);
        self.write("}");
    }

    /// A row too wide for its line: its numbers are broken where they have to be.
    fn long_row(&mut self, row: &Row) {
        let name = key(self, &row.key, true);
        self.write(&name);
        for (i, cell) in row.cells.iter().enumerate() {
            self.write(if i > 0 { ", " } else { " " });
            self.expression(cell, STEP, 1);
        }
    }
}

/// The words of a key, with the `:` that stands behind a number before a row.
fn key(printer: &Printer, key: &Expr, row: bool) -> String {
    let words = flat(printer, key).unwrap_or_default();
    let colon = row && !matches!(key.kind, ExprKind::Name(_));
    if colon { words + ":" } else { words }
}

fn flat(printer: &Printer, shape: &dyn Shape) -> Option<String> {
    printer.flat(WIDTH, shape)
}

/// The numbers of a table and the widths of its columns.
struct Grid {
    keys: usize,
    columns: Vec<usize>,
    /// The numbers of each row; none where they do not fit on its line.
    rows: Vec<Option<Vec<String>>>,
}

impl Grid {
    fn new(printer: &Printer, cells: &Cells, crossed: bool) -> Grid {
        let fits = |row: &Row| {
            let numbers: Option<Vec<String>> =
                row.cells.iter().map(|cell| flat(printer, cell)).collect();
            let line = STEP + flat(printer, row).map_or(WIDTH, |line| width(&line));
            numbers.filter(|_| line <= WIDTH)
        };
        let rows: Vec<Option<Vec<String>>> = cells.rows.iter().map(fits).collect();
        let names = cells
            .rows
            .iter()
            .map(|row| width(&key(printer, &row.key, true)));
        let mut grid = Grid {
            keys: names.max().unwrap_or(0),
            columns: vec![0; cells.columns.len()],
            rows,
        };
        if !crossed {
            return grid;
        }
        let heads = cells
            .columns
            .iter()
            .map(|head| width(&key(printer, head, false)));
        for (column, head) in grid.columns.iter_mut().zip(heads) {
            *column = head;
        }
        for row in grid.rows.iter().flatten() {
            for (column, number) in grid.columns.iter_mut().zip(row) {
                *column = width(number).max(*column);
            }
        }
        // Where aligned lines would be too wide, columns are as wide as their numbers.
        let whole = STEP + grid.keys + grid.columns.iter().map(|column| column + 2).sum::<usize>();
        if whole > WIDTH {
            grid.columns.fill(0);
        }
        grid
    }

    fn head(&self, columns: &[Expr], printer: &Printer) -> String {
        let heads: Vec<String> = columns
            .iter()
            .map(|head| key(printer, head, false))
            .collect();
        let line = self.line("", &heads);
        // Nothing stands before the first column, so that the line need not begin at its margin.
        if self.columns.iter().all(|column| *column == 0) {
            line.trim_start().to_owned()
        } else {
            line
        }
    }

    fn line(&self, key: &str, numbers: &[String]) -> String {
        let mut line = key.to_owned();
        line.push_str(&" ".repeat(self.keys.saturating_sub(width(key))));
        for (i, number) in numbers.iter().enumerate() {
            let column = self.columns.get(i).copied().unwrap_or(0);
            line.push(' ');
            line.push_str(&" ".repeat(column.saturating_sub(width(number))));
            line.push_str(number);
            if i + 1 < numbers.len() {
                line.push(',');
            }
        }
        line
    }
}
