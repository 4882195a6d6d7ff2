//! Layout of preferences and perceptions: what is said and where it comes from stand below one another.

use super::cells::{Cell, Cells, Piece, cells, condition};
use super::table::{self, Column};
use super::{Printer, STEP, WIDTH};
use crate::ast::{Item, ItemKind, Prefers, Than, Wanted, Wish};
use crate::span::Span;

impl Printer<'_> {
    /// `prefers actor [by rank] { … }`, with each line below the one before; the closing brace ends at `end`.
    pub(super) fn prefers(&mut self, prefers: &Prefers, end: u32, indent: usize) {
        self.write(&format!("prefers {}", prefers.actor.name));
        if let Some(form) = &prefers.form {
            self.write(&format!(" by {}", form.name));
        }
        let header_end = prefers.form.as_ref().unwrap_or(&prefers.actor).span.end;
        let rows: Vec<(Span, Cells)> = (prefers.wishes.iter())
            .map(|wish| (wish.span, wish_cells(wish)))
            .collect();
        if rows.is_empty() && !self.commented(end) {
            self.write(" { }");
            return;
        }
        let flat: Vec<Vec<Option<String>>> =
            rows.iter().map(|(_, row)| self.flat_cells(row)).collect();
        let columns = [(0, 48), (2, 0)].map(|(gap, widest)| Column { gap, widest });
        let widths = table::widths(&columns, &flat);
        let close = end.saturating_sub(1);
        let inner = indent + STEP;
        let limit_of = |i: usize| rows.get(i).map_or(close, |(span, _)| span.start);
        self.write(" {");
        self.finish(header_end, limit_of(0));
        self.fresh = true;
        for (i, (span, row)) in rows.iter().enumerate() {
            self.begin(span.start, span.end, inner);
            let line = table::row(&columns, &widths, &flat[i]);
            if flat[i].len() == row.len() && inner + super::flat::width(&line) <= WIDTH {
                self.write(&line);
            } else {
                self.loose_row(row, inner);
            }
            self.finish(span.end, limit_of(i + 1));
        }
        self.flush(close, inner);
        self.line(indent);
        self.write("}");
    }

    /// `perceives actor { … }`, always broken; the closing brace stands at `close`.
    pub(super) fn perceived(&mut self, items: &[Item], header_end: u32, close: u32) {
        let limit_of = |i: usize| items.get(i).map_or(close, |item| item.span.start);
        self.write(" {");
        self.finish(header_end, limit_of(0));
        self.fresh = true;
        for (i, item) in items.iter().enumerate() {
            if let ItemKind::Prefers(prefers) = &item.kind {
                let form = prefers.form.as_ref().unwrap_or(&prefers.actor);
                self.begin(item.span.start, form.span.end, STEP);
                self.prefers(prefers, item.span.end, STEP);
            } else {
                self.begin(item.span.start, item.span.end, STEP);
                let row = cells(&item.kind, 0);
                let flat = self.flat_cells(&row);
                let line: Vec<String> = flat.iter().flatten().cloned().collect();
                let line = line.join(" ");
                if flat.len() == row.len() && STEP + super::flat::width(&line) <= WIDTH {
                    self.write(&line);
                } else {
                    self.loose_row(&row, STEP);
                }
            }
            self.finish(item.span.end, limit_of(i + 1));
        }
        self.flush(close, STEP);
        self.line(0);
        self.write("}");
    }

    /// A line that is too wide: whatever follows its first part stands below it.
    fn loose_row(&mut self, row: &Cells, indent: usize) {
        let mut first = true;
        for Cell(pieces) in row.iter().flatten() {
            if !std::mem::take(&mut first) {
                self.line(indent + STEP);
            }
            for piece in pieces {
                match piece {
                    Piece::Words(words) => self.write(words),
                    Piece::Text(text) => {
                        let written = &self.text[text.span.range()];
                        self.write(written);
                    }
                    Piece::Expr(expr) => self.expression(expr, indent + STEP, 0),
                }
            }
        }
    }
}

fn wish_cells(wish: &Wish) -> Cells<'_> {
    let mut pieces = Vec::new();
    if let Some(mark) = &wish.mark {
        pieces.push(Piece::Words(format!("{} ", mark.name)));
    }
    match &wish.says {
        Wanted::Holds(holds) => pieces.extend(condition(holds)),
        Wanted::Weighs(number, when) => {
            pieces.push(Piece::Words("weight ".to_owned()));
            pieces.push(Piece::Expr(number));
            if let Some(when) = when {
                pieces.push(Piece::Words(" if ".to_owned()));
                pieces.push(Piece::Expr(when));
            }
        }
        Wanted::Pair(first, than, second) => {
            let word = match than {
                Than::Over => " over ",
                Than::Like => " like ",
            };
            pieces.push(Piece::Expr(first));
            pieces.push(Piece::Words(word.to_owned()));
            pieces.push(Piece::Expr(second));
        }
    }
    let source = wish.source.as_ref();
    let source = source.map(|text| Cell(vec![Piece::Text(text)]));
    vec![Some(Cell(pieces)), source]
}
