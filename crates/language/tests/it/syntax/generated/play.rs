//! The play: blocks, choices, draws.

use super::writer::{NAMES, TEXTS, Writer};

impl Writer {
    pub(super) fn block(&mut self, depth: usize) {
        self.word("{");
        let statements = self.pick(if depth < 4 { 4 } else { 1 });
        for _ in 0..statements {
            self.statement(depth + 1);
            if self.chance() {
                self.word(";");
            }
        }
        self.word("}");
    }

    pub(super) fn statement(&mut self, depth: usize) {
        match self.pick(9) {
            0 => {
                self.of(&["end", "do"]);
                self.name();
            }
            1 => {
                self.word("gain");
                self.actor();
                self.expression(0);
                for _ in 0..self.pick(3) {
                    self.word(",");
                    self.actor();
                    self.expression(0);
                }
            }
            2 => {
                let assumed = self.pick(3) == 2;
                if assumed {
                    self.word("assume");
                }
                self.actor();
                self.word("chooses");
                self.name();
                self.sight(true);
                self.options(assumed, depth);
            }
            3 => {
                self.word("chance");
                self.name();
                let before = self.chance();
                if before {
                    self.sight(false);
                }
                self.options(true, depth);
                if !before && !self.out.ends_with('\n') {
                    self.sight(false);
                }
            }
            4 if self.chance() => self.bargain(),
            4 => {
                self.word("together");
                self.block(depth);
            }
            5 => {
                self.word("show");
                self.name();
                self.word("to us , iran");
            }
            6 => {
                self.word("if");
                self.expression(0);
                self.block(depth);
                for _ in 0..self.pick(3) {
                    self.word("else");
                    self.word("if");
                    self.expression(0);
                    self.block(depth);
                }
                if self.chance() {
                    self.word("else");
                    self.block(depth);
                }
            }
            7 => {
                self.word("repeat");
                self.expression(0);
                if self.chance() {
                    self.word("as");
                    self.name();
                }
                self.block(depth);
            }
            _ => {
                self.word("set");
                self.name();
                self.word("=");
                self.expression(0);
            }
        }
    }

    pub(super) fn sight(&mut self, decision: bool) {
        match self.pick(4) {
            1 => self.word("seen by nobody"),
            2 => self.word("seen by us , iran"),
            3 if decision => self.word("secretly"),
            _ => {}
        }
    }

    pub(super) fn options(&mut self, draw: bool, depth: usize) {
        if self.pick(4) == 3 {
            self.range();
            self.joint("step");
            self.expression(5);
            // A weight stands on the line where the step ends.
            if draw && self.pick(3) == 2 {
                self.word("* ( x");
                self.near(")");
                self.near("weight");
                self.near("(");
                self.expression(0);
                self.word(")");
            }
            // A guard stands on the line where the step ends; `if` on the next line is a statement.
            if self.chance() {
                self.word("* ( x");
                self.near(")");
                self.word("if");
                self.expression(0);
            }
            if self.chance() {
                self.block(depth);
            } else {
                self.out.push('\n');
            }
            return;
        }
        self.word("{");
        for _ in 0..self.pick(4) {
            // A probability stands on the line of its option.
            let name = NAMES[self.pick(NAMES.len())];
            self.near(name);
            if self.pick(3) == 2 {
                let text = TEXTS[self.pick(TEXTS.len())];
                self.near(text);
            }
            if draw {
                if self.pick(4) == 3 {
                    self.near("weight");
                    self.near("(");
                    self.expression(0);
                    self.near(")");
                } else {
                    self.expression(0);
                }
            } else {
                self.gap();
            }
            if self.pick(3) == 2 {
                self.word("if");
                self.expression(0);
            }
            if self.pick(3) == 2 {
                self.block(depth);
            }
            self.comma();
        }
        self.word("}");
    }
}
