//! Declarations: actors, numbers, tables, what is valued.

use super::writer::Writer;

impl Writer {
    pub(super) fn item(&mut self) {
        let kind = self.pick(18);
        match kind {
            0 | 1 => {
                self.word(["actor", "outcome"][kind]);
                self.name();
                self.maybe_text();
                if kind == 1 && self.pick(3) == 2 {
                    self.braces(|w| {
                        w.actor();
                        w.expression(0);
                    });
                }
            }
            2 => {
                self.of(&["scenario", "source", "note", "as_of", "use"]);
                self.text();
            }
            3 => {
                self.word("happened");
                self.name();
                self.word("on");
                self.text();
                self.maybe_text();
            }
            4 | 5 => self.parameter(),
            6 => {
                self.word("let");
                self.name();
                self.word("=");
                self.expression(0);
            }
            7 => {
                self.word("fn");
                self.name();
                self.word("( a , b ) =");
                self.expression(0);
            }
            8 => {
                self.word("state");
                self.name();
                self.maybe_text();
                self.word("=");
                self.expression(0);
            }
            9 => {
                self.word("issue");
                self.name();
                self.maybe_text();
                self.braces(|w| {
                    w.name();
                    w.maybe_text();
                });
            }
            10 if self.chance() => self.stakeholders(),
            10 if self.chance() => self.lens(),
            11 if self.chance() => self.conflict(),
            10 => self.preferences(),
            11 => {
                self.word("package");
                self.name();
                self.maybe_text();
                self.braces(|w| {
                    w.name();
                    w.name();
                });
            }
            12 => {
                self.word("ask");
                self.text();
                self.expression(0);
            }
            13 => {
                self.word("expect");
                self.expression(5);
                self.of(&["==", "<", ">="]);
                self.expression(5);
                if self.chance() {
                    self.joint("within");
                    self.expression(5);
                }
                if self.chance() {
                    self.word("if");
                    self.expression(0);
                }
                self.maybe_text();
            }
            14 => self.table(),
            16 => {
                self.word("block");
                self.name();
                self.maybe_text();
                self.block(0);
            }
            15 => {
                self.word("compare");
                self.expression(0);
                self.word("with");
                self.expression(5);
                if self.chance() {
                    self.range();
                }
                self.maybe_text();
            }
            _ => {
                self.word("play");
                self.block(0);
            }
        }
    }

    pub(super) fn parameter(&mut self) {
        self.word("param");
        self.name();
        self.word("=");
        self.expression(0);
        if self.chance() {
            self.range();
            if self.chance() {
                self.joint("step");
                self.expression(5);
            }
        }
        if self.chance() {
            self.word("~");
            self.near("normal");
            self.word("(");
            self.expression(0);
            self.word(",");
            self.expression(0);
            self.word(")");
        }
        self.maybe_text();
    }

    pub(super) fn table(&mut self) {
        self.word("table");
        self.name();
        self.maybe_text();
        self.word("by");
        self.name();
        let columns = if self.chance() { self.pick(3) + 1 } else { 0 };
        if columns > 0 {
            self.word(",");
            self.name();
        }
        self.word("{");
        // What stands over the columns stands on one line.
        for i in 0..columns {
            let key = ["low", "2", "0.5", "30 %", "steady"][self.pick(5)];
            self.near(key);
            if i + 1 < columns {
                self.near(",");
            }
        }
        if columns > 0 {
            self.of(&[";", "\n", "# the columns\n"]);
        }
        for _ in 0..self.pick(4) {
            self.of(&["low", "3:", "steady", "2 :", "40 % :"]);
            self.expression(0);
            for _ in 1..columns {
                self.word(",");
                self.expression(0);
            }
            self.of(&[";", "\n"]);
        }
        self.word("}");
    }

    pub(super) fn range(&mut self) {
        self.word("in");
        self.expression(5);
        self.word("..");
        self.expression(5);
    }

    pub(super) fn bargain(&mut self) {
        self.word("bargain");
        self.name();
        if self.chance() {
            self.text();
        }
        self.word("between us , iran over");
        self.name();
        for _ in 0..self.pick(3) {
            self.word(",");
            self.name();
        }
        self.word("by");
        match self.pick(3) {
            0 => {
                self.word("offers");
                self.expression(5);
                if self.chance() {
                    self.word("among");
                    self.expression(5);
                }
                if self.chance() {
                    self.word("discount");
                    self.expression(5);
                }
            }
            _ => self.of(&["nash", "egalitarian", "kalai_smorodinsky", "utilitarian"]),
        }
        if self.chance() {
            self.word("against us");
            self.expression(0);
            for _ in 0..self.pick(2) {
                self.word(", iran");
                self.expression(0);
            }
        }
        self.sight(true);
    }

    pub(super) fn preferences(&mut self) {
        if self.chance() {
            self.word("value");
            self.actor();
        } else {
            self.word("ratifier");
            self.actor();
            self.word("of");
            self.actor();
            if self.chance() {
                return;
            }
        }
        self.word("{");
        let before = self.chance();
        for i in 0..self.pick(3) {
            if i == 0 && before {
                self.word("fallback");
                self.expression(0);
                self.comma();
            }
            self.name();
            self.expression(0);
            self.braces(|w| {
                w.name();
                w.expression(0);
            });
            self.comma();
        }
        self.word("}");
    }

    /// In brackets, since a word such as `value` at the head of a line with a name behind it begins something new.
    fn bracketed(&mut self) {
        self.word("(");
        self.expression(0);
        self.word(")");
    }

    fn lens(&mut self) {
        self.word("lens");
        self.name();
        match self.pick(3) {
            0 => {
                self.word("if");
                self.bracketed();
            }
            1 => {
                self.word("as");
                self.bracketed();
            }
            _ => {
                self.word("as");
                self.name();
                self.braces(|w| {
                    w.name();
                    w.bracketed();
                });
            }
        }
    }

    pub(super) fn stakeholders(&mut self) {
        if self.chance() {
            self.word("issue");
            self.name();
            self.of(&["0", "x", "-1.5"]);
            self.word("..");
            self.bracketed();
            for word in ["reference", "actual"] {
                if self.chance() {
                    self.word(word);
                    self.bracketed();
                }
            }
            return;
        }
        self.word("stakeholder");
        self.name();
        if self.chance() {
            self.word("of");
            self.actor();
        }
        self.word("{");
        for i in 0..self.pick(4) {
            if i == 0 {
                self.word("influence");
                self.expression(0);
            } else {
                self.name();
                self.word("position");
                self.expression(0);
                self.word("salience");
                self.expression(0);
            }
            self.comma();
        }
        self.word("}");
    }

    pub(super) fn conflict(&mut self) {
        match self.pick(6) {
            0 => self.conflict_option(),
            1 => {
                self.of(&["today", "situation x", "today y \"t\""]);
                self.braces(|w| w.name());
            }
            2 => {
                self.word("infeasible");
                self.condition();
            }
            3 => self.prefers(),
            4 => {
                self.word("perceives");
                self.actor();
                self.word("{");
                for _ in 0..self.pick(3) {
                    match self.pick(3) {
                        0 => self.conflict_option(),
                        1 => self.prefers(),
                        _ => {
                            self.of(&["infeasible", "overlooks"]);
                            self.condition();
                        }
                    }
                    self.of(&[";", "\n", "# seen\n"]);
                }
                self.word("}");
            }
            _ => {
                self.of(&["expect stable", "expect unstable"]);
                self.of(&["x", "not reply", "x and reply"]);
                if self.chance() {
                    self.word("for us");
                }
                self.of(&[
                    "by nash",
                    "by limited 3 , general",
                    "by sequential with us , iran",
                ]);
            }
        }
    }

    fn conflict_option(&mut self) {
        self.word("option");
        self.name();
        self.word("of");
        self.actor();
        if self.chance() {
            self.of(&["irreversible", "unrepeatable"]);
        }
        if self.chance() {
            self.word("doing");
            self.text();
        }
        if self.chance() {
            self.text();
        }
    }

    fn condition(&mut self) {
        self.bracketed();
        if self.chance() {
            self.of(&["if", "iff"]);
            self.bracketed();
        }
    }

    fn prefers(&mut self) {
        self.word("prefers");
        self.actor();
        if self.chance() {
            self.word("by rank");
        }
        self.word("{");
        for _ in 0..self.pick(4) {
            match self.pick(3) {
                0 => {
                    if self.chance() {
                        self.of(&["strongly", "unknown"]);
                    }
                    self.near("(");
                    self.expression(0);
                    self.word(")");
                }
                1 => {
                    self.word("weight");
                    self.near("(");
                    self.expression(0);
                    self.word(")");
                    if self.chance() {
                        self.word("if");
                        self.bracketed();
                    }
                }
                _ => {
                    self.bracketed();
                    self.of(&["over", "like"]);
                    self.bracketed();
                }
            }
            self.comma();
        }
        self.word("}");
    }

    pub(super) fn braces(&mut self, entry: impl Fn(&mut Self)) {
        self.word("{");
        for _ in 0..self.pick(5) {
            entry(self);
            self.comma();
        }
        self.word("}");
    }
}
