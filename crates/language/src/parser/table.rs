//! `table`: numbers by the options of one or two choices or draws, or by plain numbers.

use super::Parser;
use crate::ast::{Cells, Expr, ExprKind, Ident, ItemKind, Row};
use crate::diagnostic::Diagnostic;
use crate::lexer::{TokenKind as K, clip};

impl Parser<'_> {
    /// `table id ["Label"] by a { … }` behind its first word.
    pub(super) fn table(&mut self) -> ItemKind {
        let id = self.new_name("the name of a table");
        let label = self.optional_text();
        self.expect_word("by", "`by` and the choice or draw that the table goes by");
        let by = self.sides();
        let whose = format!("with the numbers of `{}`", clip(&id.name));
        let cells = self.cells(by.len() > 1, &whose);
        ItemKind::Table {
            id,
            label,
            by,
            cells,
        }
    }

    /// What the table goes by.
    fn sides(&mut self) -> Vec<Ident> {
        let mut by = Vec::new();
        while self.kind() != K::OpenBrace && !self.stuck() {
            let name = self.name("a choice or draw");
            if !name.name.is_empty() {
                by.push(name);
            }
            if !self.eat(K::Comma) {
                break;
            }
        }
        by
    }

    fn cells(&mut self, crossed: bool, whose: &str) -> Cells {
        let start = self.here();
        let mut cells = Cells::default();
        if let Some(open) = self.open(whose) {
            if crossed {
                cells.columns = self.columns();
            }
            while !self.entries_end(&open) {
                let before = self.at;
                cells.rows.extend(self.row(&cells.columns, whose));
                self.next_entry(before);
            }
            self.close_entries(&open, whose);
        }
        cells.span = self.since(start);
        cells
    }

    /// What stands over the columns; it ends with its line or with `;`.
    fn columns(&mut self) -> Vec<Expr> {
        let mut columns = Vec::new();
        while let Some(key) = self.key() {
            columns.push(key);
            if !self.eat(K::Comma) || self.token(0).first {
                break;
            }
        }
        while self.eat(K::Semicolon) {}
        columns
    }

    /// `key e` or, under columns, `key e, e, …`, which ends with its line or with `;`.
    fn row(&mut self, columns: &[Expr], whose: &str) -> Option<Row> {
        let start = self.here();
        let Some(key) = self.key() else {
            self.expected(&format!("an option, a number with `:`, or `}}` {whose}"));
            return None;
        };
        match key.kind {
            ExprKind::Name(_) => self.stray_assign(),
            _ => {
                self.expect(K::Colon, "`:` behind a number that is a place of the table");
            }
        }
        let mut cells = vec![self.expression()];
        while !columns.is_empty()
            && self.kind() == K::Comma
            && (cells.len() < columns.len() || !self.token(1).first)
            && !self.stuck()
        {
            self.at += 1;
            cells.push(self.expression());
        }
        let row = Row {
            key,
            cells,
            span: self.since(start),
        };
        self.fits(&row, columns);
        Some(row)
    }

    fn fits(&mut self, row: &Row, columns: &[Expr]) {
        let wanted = columns.len().max(1);
        if row.cells.len() == wanted || self.stuck() {
            return;
        }
        let found = row.cells.len();
        let numbers = if found == 1 { "number" } else { "numbers" };
        let message = format!("this row has {found} {numbers}, but there are {wanted} columns");
        self.report_at(
            row.span,
            Diagnostic::error("E0125", message, row.span).help(
                "between the numbers of a row stand commas; a row ends with its line or with `;`",
            ),
        );
    }

    /// The name of an option or a plain number, as it stands over a column or before a row.
    fn key(&mut self) -> Option<Expr> {
        let start = self.here();
        let kind = match self.kind() {
            K::Number => {
                let digits = self.words_of(self.token(0)).replace('_', "");
                self.at += 1;
                let percent = self.eat(K::Percent);
                ExprKind::Number { digits, percent }
            }
            kind if matches!(kind, K::Name | K::BadNumber) || kind.reserved() => {
                ExprKind::Name(self.name("an option").name)
            }
            _ => return None,
        };
        Some(Expr {
            kind,
            span: self.since(start),
        })
    }
}
