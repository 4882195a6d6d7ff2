//! Formulas.

use super::writer::{NUMBERS, Writer};

impl Writer {
    /// An expression of operators that bind at least as tightly as `least` (1 `or` … 8 `^`, 9 operands).
    pub(super) fn expression(&mut self, least: usize) {
        match self.pick(18) {
            0 | 1 => self.name(),
            2 | 3 => self.of(NUMBERS),
            4 => self.of(&["true", "false"]),
            5 => {
                self.word("(");
                self.expression(0);
                self.word(")");
            }
            6 => self.call(),
            7 if self.pick(3) == 2 => {
                self.of(&["sum(", "product( ", "max("]);
                self.word("i in");
                self.expression(5);
                self.word("..");
                self.expression(5);
                if self.chance() {
                    self.joint("step");
                    self.expression(5);
                }
                self.word(":");
                self.expression(0);
                self.word(")");
            }
            7 if self.chance() => {
                self.out.push_str("cost[");
                self.expression(5);
                if self.chance() {
                    self.word(",");
                    self.expression(5);
                }
                self.word("]");
            }
            7 => {
                self.out.push_str("reply@");
                self.of(&["2", "i", "(i - 1)"]);
            }
            8 if least == 0 => {
                self.word("if");
                self.expression(0);
                self.word("then");
                self.expression(0);
                self.word("else");
                self.expression(0);
            }
            9 if least <= 3 => {
                self.word("not");
                self.expression(3);
            }
            10 if least <= 4 => {
                self.expression(5);
                self.word("in {");
                for _ in 0..self.pick(3) {
                    self.expression(5);
                    self.word(",");
                }
                self.word("}");
            }
            11 if least <= 4 => {
                self.expression(5);
                self.of(&["==", "!=", "<", "<=", ">", ">="]);
                self.expression(5);
            }
            12 if least <= 1 => self.infix(1, &["or"], 2),
            13 if least <= 2 => self.infix(2, &["and"], 3),
            14 if least <= 5 => self.infix(5, &["+", "-"], 6),
            15 if least <= 6 => self.infix(6, &["*", "/"], 7),
            16 if least <= 7 => {
                self.word("-");
                self.expression(7);
            }
            17 if least <= 8 => {
                self.expression(9);
                self.word("^");
                self.expression(7);
            }
            _ => {
                self.word("(");
                self.expression(0);
                self.out.push_str(") %");
                self.gap();
            }
        }
    }

    pub(super) fn infix(&mut self, left: usize, signs: &[&str], right: usize) {
        self.expression(left);
        self.of(signs);
        self.expression(right);
    }

    pub(super) fn call(&mut self) {
        let query = self.chance();
        self.near(if query { "p" } else { "max" });
        self.word("(");
        let count = self.pick(4);
        for i in 0..count {
            self.expression(0);
            if i + 1 < count {
                self.word(",");
            }
        }
        if query && self.chance() {
            let asked = if count > 0 { self.pick(2) } else { 0 };
            self.word(["given", "if"][asked]);
            self.expression(0);
        }
        self.word(")");
    }
}
