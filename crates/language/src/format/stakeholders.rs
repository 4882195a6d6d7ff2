//! Layout of the lines of a stakeholder: positions, saliences and sources stand below one another.

use super::cells::{Cell, Cells, Piece};
use super::rows::Layout;
use super::table::{self, Column};
use super::{Printer, STEP, WIDTH};
use crate::ast::{Expr, Says, Voice};

impl Printer<'_> {
    /// The braces of a stakeholder, always broken; `close` is where the last of them stands.
    pub(super) fn voices(&mut self, voices: &[Voice], header_end: u32, close: u32) {
        let limit_of = |i: usize| voices.get(i).map_or(close, |voice| voice.span.start);
        self.write(" {");
        self.finish(header_end, limit_of(0));
        self.fresh = true;
        let rows: Vec<Cells> = voices.iter().map(cells).collect();
        let flat: Vec<Vec<Option<String>>> = rows.iter().map(|row| self.flat_cells(row)).collect();
        let column = |(gap, widest)| Column { gap, widest };
        let columns: Vec<Column> = [(0, 32), (1, 24), (1, 24), (2, 0)].map(column).into();
        let layout = Layout {
            widths: table::widths(&columns, &flat),
            columns,
            stacked: false,
        };
        for (i, voice) in voices.iter().enumerate() {
            self.begin(voice.span.start, voice.span.end, STEP);
            self.voice(&layout, &rows[i], &flat[i]);
            self.finish(voice.span.end, limit_of(i + 1));
        }
        self.flush(close, STEP);
        self.line(0);
        self.write("}");
    }

    /// One line; where it is too wide, its source stands below it, and in the end each part.
    fn voice(&mut self, layout: &Layout, row: &Cells, flat: &[Option<String>]) {
        let line = table::row(&layout.columns, &layout.widths, flat);
        if flat.len() == row.len() && STEP + super::flat::width(&line) <= WIDTH {
            self.write(&line);
            return;
        }
        // Sources stand below what they speak of where there is no room beside it.
        let last = row.len().saturating_sub(1);
        let before = table::row(
            &layout.columns,
            &layout.widths,
            &flat[..last.min(flat.len())],
        );
        let before = before.trim_end();
        if flat.len() == row.len() && STEP + super::flat::width(before) <= WIDTH {
            self.write(before);
            self.line(2 * STEP);
            self.write(flat[last].as_deref().unwrap_or_default());
            return;
        }
        for (i, cell) in row.iter().enumerate() {
            let Some(Cell(pieces)) = cell else { continue };
            if i > 0 {
                self.line(2 * STEP);
            }
            for piece in pieces {
                match piece {
                    Piece::Words(words) => self.write(words),
                    Piece::Text(text) => {
                        let written = &self.text[text.span.range()];
                        self.write(written);
                    }
                    Piece::Expr(expr) => self.expression(expr, 2 * STEP, 0),
                }
            }
        }
    }
}

fn cells(voice: &Voice) -> Cells<'_> {
    let name = Some(Cell(vec![Piece::Words(voice.name.name.clone())]));
    let source = voice.source.as_ref();
    let source = source.map(|text| Cell(vec![Piece::Text(text)]));
    match &voice.says {
        Says::Influence(value) => vec![name, pieces("", value), None, source],
        Says::Stance { position, salience } => vec![
            name,
            position.as_ref().and_then(|at| pieces("position ", at)),
            salience.as_ref().and_then(|of| pieces("salience ", of)),
            source,
        ],
    }
}

fn pieces<'t>(word: &str, value: &'t Expr) -> Option<Cell<'t>> {
    let mut pieces = vec![Piece::Expr(value)];
    if !word.is_empty() {
        pieces.insert(0, Piece::Words(word.to_owned()));
    }
    Some(Cell(pieces))
}
