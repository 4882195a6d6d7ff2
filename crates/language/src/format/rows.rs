//! Layout of declarations without braces: neighbours of one family are aligned.

use super::cells::{Cell, Cells, Piece, cells, keyword};
use super::flat::width;
use super::table::{self, Column};
use super::{Printer, STEP, WIDTH};
use crate::ast::{Item, ItemKind};

/// Declarations of one family are aligned with their neighbours.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Family {
    Head,
    Use,
    Happened,
    Actor,
    Outcome,
    Number,
    Correlation,
    Function,
    Question,
    Scale,
    ConflictOption,
    Infeasible,
}

impl Family {
    fn of(kind: &ItemKind) -> Option<Family> {
        Some(match kind {
            ItemKind::Scenario(_) | ItemKind::Source(_) | ItemKind::Note(_) | ItemKind::AsOf(_) => {
                Family::Head
            }
            ItemKind::Use(_) => Family::Use,
            ItemKind::Happened { .. } => Family::Happened,
            ItemKind::Actor { .. } => Family::Actor,
            ItemKind::Outcome { .. } => Family::Outcome,
            ItemKind::Param { .. } | ItemKind::Let { .. } | ItemKind::State { .. } => {
                Family::Number
            }
            ItemKind::Correlation { .. } => Family::Correlation,
            ItemKind::Function { .. } => Family::Function,
            ItemKind::Scale { .. } => Family::Scale,
            ItemKind::ConflictOption(_) => Family::ConflictOption,
            ItemKind::Infeasible(_) => Family::Infeasible,
            ItemKind::Ask { .. }
            | ItemKind::Expect { .. }
            | ItemKind::Stable(_)
            | ItemKind::BaseRate { .. } => Family::Question,
            _ => return None,
        })
    }

    fn columns(self) -> Vec<Column> {
        let measures: &[(usize, usize)] = match self {
            Family::Number => &[(0, 32), (1, 24), (2, 32), (2, 32), (3, 0)],
            Family::ConflictOption => {
                &[(0, 32), (1, 48), (1, 24), (1, 16), (1, 40), (1, 40), (2, 0)]
            }
            Family::Question | Family::Infeasible => &[(0, 10), (1, 50), (3, 0)],
            Family::Scale => &[(0, 32), (2, 48), (2, 24), (1, 16), (2, 24), (2, 0)],
            Family::Actor => &[(0, 32), (2, 48), (2, 0)],
            Family::Outcome => &[(0, 32), (2, 48), (1, 0)],
            _ => &[(0, 32), (1, 0)],
        };
        let column = |&(gap, widest): &(usize, usize)| Column { gap, widest };
        measures.iter().map(column).collect()
    }
}
/// Where the columns of a group stand.
pub(super) struct Layout {
    pub columns: Vec<Column>,
    pub widths: Vec<usize>,
    /// Whether sources stand below their numbers, since not all of them have room beside.
    pub stacked: bool,
}

impl Layout {
    fn width(&self, cells: &[Option<String>]) -> usize {
        width(&table::row(&self.columns, &self.widths, cells))
    }
}

impl Printer<'_> {
    pub(super) fn items(&mut self, items: &[Item]) {
        let mut rest = items;
        while let Some(first) = rest.first() {
            let count = self.group(rest);
            let (group, after) = rest.split_at(count);
            let limit = after.first().map_or(u32::MAX, |item| item.span.start);
            match Family::of(&first.kind) {
                Some(family) => self.rows(family, group, limit),
                None => self.braced_item(first, limit),
            }
            rest = after;
        }
    }

    /// How many of the declarations from the first on are aligned with it.
    fn group(&self, items: &[Item]) -> usize {
        let Some(family) = items.first().and_then(|item| Family::of(&item.kind)) else {
            return 1;
        };
        let pairs = items.iter().zip(items.iter().skip(1));
        1 + pairs
            .take_while(|(before, item)| {
                Family::of(&item.kind) == Some(family)
                    && self.joined(before.span.end, item.span.start, item.span.end)
            })
            .count()
    }

    fn rows(&mut self, family: Family, items: &[Item], limit: u32) {
        let columns = family.columns();
        let word = items.iter().map(|item| keyword(&item.kind).len()).max();
        let rows: Vec<Cells> = items
            .iter()
            .map(|item| cells(&item.kind, word.unwrap_or(0)))
            .collect();
        let flat: Vec<Vec<Option<String>>> = rows.iter().map(|row| self.flat_cells(row)).collect();
        let widths = table::widths(&columns, &flat);
        let mut layout = Layout {
            columns,
            widths,
            stacked: false,
        };
        layout.stacked = family == Family::Number
            && rows.iter().zip(&flat).any(|(row, cells)| {
                row.last().is_some_and(Option::is_some) && layout.width(cells) > WIDTH
            });
        for (i, item) in items.iter().enumerate() {
            let limit = items.get(i + 1).map_or(limit, |next| next.span.start);
            self.begin(item.span.start, item.span.end, 0);
            if flat[i].len() < rows[i].len() || !self.row(&layout, &rows[i], &flat[i]) {
                self.broken_row(&layout, &rows[i]);
            }
            self.finish(item.span.end, limit);
        }
    }

    /// The cells up to the first that does not fit on a line. Texts cannot be broken, so they always fit.
    pub(super) fn flat_cells(&self, row: &Cells) -> Vec<Option<String>> {
        let flat = row.iter().map(|cell| match cell {
            None => Some(None),
            Some(cell) if cell.is_text() => self.flat(usize::MAX, cell).map(Some),
            Some(cell) => self.flat(WIDTH, cell).map(Some),
        });
        flat.map_while(|cell| cell).collect()
    }

    /// Prints a line, with its last cell on a line of its own where the whole is too wide. Gives false where that
    /// does not help.
    fn row(&mut self, layout: &Layout, row: &Cells, cells: &[Option<String>]) -> bool {
        let aligned = table::row(&layout.columns, &layout.widths, cells);
        let Some(last) = cells.iter().rposition(Option::is_some) else {
            return true;
        };
        let is_text = row[last].as_ref().is_some_and(Cell::is_text);
        // What follows a name directly stays with it.
        let beside = width(&aligned) <= WIDTH && !(layout.stacked && is_text);
        if beside || last < 2 && is_text {
            self.write(&aligned);
            return true;
        }
        let words = cells[last].as_deref().unwrap_or_default();
        let before = table::row(&layout.columns, &layout.widths, &cells[..last]);
        let before = before.trim_end();
        let fits = is_text || STEP + width(words) <= WIDTH;
        if last < 2 || width(before) > WIDTH || !fits {
            return false;
        }
        self.write(before);
        self.line(STEP);
        self.write(words);
        true
    }

    /// Prints a line that is too wide: each cell from the third on begins a line.
    fn broken_row(&mut self, layout: &Layout, cells: &Cells) {
        for (i, cell) in cells.iter().enumerate() {
            let Some(Cell(pieces)) = cell else {
                continue;
            };
            let continued = i > 1;
            if continued {
                self.line(STEP);
            } else if i == 1 {
                let pad = layout.widths[0].saturating_sub(self.column);
                self.write(&" ".repeat(pad + layout.columns[1].gap));
            }
            for piece in pieces {
                match piece {
                    Piece::Words(words) => self.write(words),
                    Piece::Text(text) => {
                        let written = &self.text[text.span.range()];
                        self.write(written);
                    }
                    Piece::Expr(expr) => {
                        let indent = if continued { STEP } else { 0 };
                        self.expression(expr, indent, 0);
                    }
                }
            }
        }
    }
}
